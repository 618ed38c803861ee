//! Letters and digits of a text, as texts are searched and compared (字符): half-width, in lower case, without blanks and
//! punctuation. Start at [`letters`].

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

/// The letters and digits of a text, each with the bytes of the character that it comes from.
pub fn letters(text: &str) -> impl Iterator<Item = (char, Range<usize>)> {
    text.char_indices().flat_map(|(start, character)| {
        let range = start..start + character.len_utf8();
        let (plain, others) = match plain(character) {
            Some(letter) => (letter, None),
            None => (None, Some(by_table(character))),
        };
        plain.into_iter().chain(others.into_iter().flatten()).map(move |letter| (letter, range.clone()))
    })
}

/// The same without their places, into a list that is used again: for many texts.
pub fn letters_into(text: &str, into: &mut Vec<char>) {
    into.clear();
    into.reserve(text.len());
    for character in text.chars() {
        match plain(character) {
            Some(letter) => into.extend(letter),
            None => into.extend(by_table(character)),
        }
    }
}

/// The letter of a character that needs no table, or that it is none; `None` where a table must be asked.
fn plain(character: char) -> Option<Option<char>> {
    match character {
        '\u{4e00}'..='\u{9fff}' => Some(Some(character)),
        '，' | '。' | '；' | '：' | '、' | '“' | '”' | '（' | '）' | '！' | '？' | '《' | '》' | '…' | '—'
        | '\u{3000}' => Some(None),
        _ if character.is_ascii() => Some(Some(character.to_ascii_lowercase()).filter(char::is_ascii_alphanumeric)),
        _ => None,
    }
}

fn by_table(character: char) -> impl Iterator<Item = char> {
    std::iter::once(character).nfkc().flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::{letters, letters_into};

    #[test]
    fn a_character_may_give_no_letter_one_or_two() {
        let found: Vec<_> = letters("Ａ，㎏ 谈").collect();
        assert_eq!(found, [('a', 0..3), ('k', 6..9), ('g', 6..9), ('谈', 10..13)]);
    }

    #[test]
    fn with_and_without_places_they_are_the_same() {
        let text = "　《条例》第１９条：一对一、Ab-2，“谈”…〇㎏•";
        let mut alone = vec!['x'];
        letters_into(text, &mut alone);
        assert_eq!(alone, letters(text).map(|(letter, _)| letter).collect::<Vec<_>>());
        assert_eq!(alone.iter().collect::<String>(), "条例第19条一对一ab2谈〇kg");
    }
}
