//! The citizen's identity number (公民身份号码, GB 11643-1999): what it says and whether its check digit is right.
//!
//! Warns, never blocks: real rosters hold numbers that are wrong, and they must be kept as written.

use std::borrow::Cow;

use super::dates::PartialDate;

/// The sex a number tells (性别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sex {
    Male,
    Female,
}

impl Sex {
    pub fn label(self) -> &'static str {
        match self {
            Self::Male => "男",
            Self::Female => "女",
        }
    }
}

/// What is wrong with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdFault {
    /// Not 15 or 18 characters, or a character that cannot be there.
    Length,
    /// The check digit does not fit.
    CheckDigit,
    /// The birth date in it is no date.
    BirthDate,
}

/// What a number tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    pub birth: Option<PartialDate>,
    pub sex: Sex,
}

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS: &[u8; 11] = b"10X98765432";

/// Upper case, half width, without spaces and a leading apostrophe; a sound 15-digit number is upgraded to 18.
pub fn normalised(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let plain: String =
        text.nfkc().filter(|c| !c.is_whitespace() && !is_between(*c)).collect::<String>().to_uppercase();
    if plain.len() == 15 && plain.bytes().all(|byte| byte.is_ascii_digit()) {
        let long = format!("{}19{}", &plain[..6], &plain[6..]);
        if let Some(check) = check_character(&long) {
            let upgraded = format!("{long}{check}");
            if told(&upgraded).is_some_and(|told| told.birth.is_some()) {
                return upgraded;
            }
        }
    }
    plain
}

/// What stands between, before or behind the digits without being of the number: quotes, strokes, unseen characters.
fn is_between(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | '-' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The first fault of an 18-character number, or `None` where it is right.
pub fn fault(number: &str) -> Option<IdFault> {
    let Some(check) = check_character(number.get(..17).unwrap_or_default()) else { return Some(IdFault::Length) };
    if number.len() != 18 {
        return Some(IdFault::Length);
    }
    if told(number).is_none_or(|told| told.birth.is_none()) {
        return Some(IdFault::BirthDate);
    }
    (!number.ends_with(check)).then_some(IdFault::CheckDigit)
}

/// Birth and sex as an 18-character number tells them, whether or not its check digit fits.
pub fn told(number: &str) -> Option<Told> {
    let bytes = number.as_bytes();
    if bytes.len() != 18 || !bytes[..17].iter().all(u8::is_ascii_digit) {
        return None;
    }
    let sex = if (bytes[16] - b'0') % 2 == 1 { Sex::Male } else { Sex::Female };
    let birth = PartialDate::from_iso(&format!("{}-{}-{}", &number[6..10], &number[10..12], &number[12..14]));
    Some(Told { birth, sex })
}

/// `110000********0012`: first six and last four; shorter texts keep only their last four.
pub fn masked(number: &str) -> String {
    mask(number, 6, 4)
}

/// `138****0000`: first three and last four.
pub fn masked_phone(phone: &str) -> String {
    phone.split('、').map(|one| mask(one, 3, 4)).collect::<Vec<_>>().join("、")
}

/// A text with every run of digits masked that may be an ID number or a mobile phone, also one with +86 in front.
pub fn masked_within(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_of_number = |c: char| matches!(c, '0'..='9' | '０'..='９');
    let longest = text.split(|c| !is_of_number(c)).map(|run| run.chars().count()).max().unwrap_or(0);
    if longest < 11 {
        return text;
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(start) = rest.find(is_of_number) {
        let digits = rest[start..].find(|c| !is_of_number(c)).map_or(rest.len(), |end| start + end);
        let count = rest[start..digits].chars().count();
        let check = rest[digits..].chars().next().filter(|c| count == 17 && matches!(*c, 'x' | 'X' | 'ｘ' | 'Ｘ'));
        let end = digits + check.map_or(0, char::len_utf8);
        let number = &rest[start..end];
        shown.push_str(&rest[..start]);
        match count {
            15.. => shown.push_str(&masked(number)),
            11 => shown.push_str(&masked_phone(number)),
            13 if number.starts_with("86") => {
                shown.push_str("86");
                shown.push_str(&masked_phone(&number[2..]));
            }
            _ => shown.push_str(number),
        }
        rest = &rest[end..];
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

fn mask(text: &str, head: usize, tail: usize) -> String {
    let characters: Vec<char> = text.chars().collect();
    let hidden = characters.len().saturating_sub(head + tail);
    if hidden == 0 {
        let shown = characters.len().min(2);
        return format!(
            "{}{}",
            "*".repeat(characters.len() - shown),
            characters[characters.len() - shown..].iter().collect::<String>()
        );
    }
    let first: String = characters[..head].iter().collect();
    let last: String = characters[characters.len() - tail..].iter().collect();
    format!("{first}{}{last}", "*".repeat(hidden))
}

/// The check character of the first 17 digits; `None` where they are not 17 digits.
pub fn check_character(first_17: &str) -> Option<char> {
    if first_17.len() != 17 || !first_17.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let sum: u32 = first_17.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    Some(char::from(CHECK_CHARACTERS[(sum % 11) as usize]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_of_gb_11643() {
        for right in ["110000190001010012", "11000019000101008X", "110000199807010020", "110000200106300039"] {
            assert_eq!(fault(right), None, "{right}");
        }
        assert_eq!(fault("110000190001010013"), Some(IdFault::CheckDigit));
        assert_eq!(fault("11000019000229001X"), Some(IdFault::BirthDate));
        assert_eq!(fault("1100001900010100"), Some(IdFault::Length));
        assert_eq!(fault("11000019000101O012"), Some(IdFault::Length));
    }

    #[test]
    fn a_15_digit_number_is_upgraded() {
        assert_eq!(normalised("110000000101001"), "110000190001010012");
        assert_eq!(normalised(" '11000019000101008ｘ"), "11000019000101008X");
    }

    #[test]
    fn birth_and_sex_are_told() {
        let told = told("110000199807010020").expect("18 characters");
        assert_eq!((told.birth, told.sex), (PartialDate::from_iso("1998-07-01"), Sex::Female));
    }

    #[test]
    fn numbers_and_phones_are_masked() {
        assert_eq!(masked("110000190001010012"), "110000********0012");
        assert_eq!(masked_phone("13800000000、0571-88001234"), "138****0000、057******1234");
        assert_eq!(masked("12345"), "***45");
    }
}
