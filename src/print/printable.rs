//! Text made fit for paper: characters that no font has become 〔U+XXXX〕 and are remembered, line breaks and tabs
//! become spaces, control characters and marks that turn the direction of text fall away.
//!
//! Nothing is ever printed as □ or lost without a word. Start at [`Printable::text`].

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::fonts::PaperFonts;
use crate::domain::identity::masked_within;

/// Makes the texts of one paper printable and remembers what could not be printed.
#[derive(Debug)]
pub struct Printable<'a> {
    fonts: &'a PaperFonts,
    missing: BTreeSet<char>,
    is_masking: bool,
}

impl<'a> Printable<'a> {
    pub fn new(fonts: &'a PaperFonts) -> Self {
        Self { fonts, missing: BTreeSet::new(), is_masking: false }
    }

    /// The same for a paper on which no ID number and no mobile phone stands in full, whoever typed it wherever.
    pub fn masking(fonts: &'a PaperFonts) -> Self {
        Self { is_masking: true, ..Self::new(fonts) }
    }

    /// The text as it can be printed, on one line.
    pub fn text<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let made = self.made(text);
        // Last: what falls away may have stood between the digits.
        if self.is_masking { masked_within(made) } else { made }
    }

    fn made<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        if text
            .chars()
            .all(|character| !is_break(character) && !is_dropped(character) && self.fonts.can_print(character))
        {
            return Cow::Borrowed(text);
        }
        let mut made = String::with_capacity(text.len() + 8);
        for character in text.chars() {
            if is_break(character) {
                if !made.ends_with(' ') {
                    made.push(' ');
                }
            } else if is_dropped(character) {
                continue;
            } else if self.fonts.can_print(character) {
                made.push(character);
            } else {
                self.missing.insert(character);
                made.push_str(&code_point(character));
            }
        }
        Cow::Owned(made)
    }

    /// The same, owned.
    pub fn owned(&mut self, text: &str) -> String {
        self.text(text).into_owned()
    }

    /// Takes over what was missing in a part of the paper.
    pub fn take_missing(&mut self, part: &Self) {
        self.missing.extend(&part.missing);
    }

    /// The characters that no font had so far, in order.
    pub fn missing(&self) -> Vec<char> {
        self.missing.iter().copied().collect()
    }

    /// The note that stands at the end of a paper on which characters could not be printed.
    pub fn note(&self) -> Option<String> {
        if self.missing.is_empty() {
            return None;
        }
        let codes: Vec<String> = self.missing.iter().map(|character| code_point(*character)).collect();
        Some(format!("本机没有字体能印出 {} 个字，文中以编码代替：{}，请手工补写", codes.len(), codes.join("")))
    }
}

/// Breaks of lines and tabs.
fn is_break(character: char) -> bool {
    (character.is_control() && character.is_whitespace()) || matches!(character, '\u{2028}' | '\u{2029}')
}

/// Characters that show nothing and may hide or turn what stands beside them.
fn is_dropped(character: char) -> bool {
    character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `〔U+2A6D6〕`.
fn code_point(character: char) -> String {
    format!("〔U+{:04X}〕", u32::from(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_without_a_font_is_printed_as_its_code_and_noted() {
        let mut printable = Printable::new(PaperFonts::embedded());
        assert_eq!(printable.text("张\u{2A6D6}"), "张〔U+2A6D6〕");
        assert_eq!(printable.text("张三"), "张三");
        assert_eq!(printable.missing(), vec!['\u{2A6D6}']);
        assert_eq!(
            printable.note().as_deref(),
            Some("本机没有字体能印出 1 个字，文中以编码代替：〔U+2A6D6〕，请手工补写")
        );
    }

    #[test]
    fn line_breaks_become_one_space_and_control_characters_fall_away() {
        let mut printable = Printable::new(PaperFonts::embedded());
        assert_eq!(printable.text("幸福路\r\n12号\u{0}\u{7}"), "幸福路 12号");
        assert_eq!(printable.text("甲\u{202e}乙\u{2028}丙"), "甲乙 丙");
        assert_eq!(printable.note(), None);
    }
}
