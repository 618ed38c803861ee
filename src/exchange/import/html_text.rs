//! The text of a cell of a web page, as it shows: how the source is laid out does not count, what the writer set does.

use crate::domain::values::{LONGEST_TEXT, LONGEST_TEXT_BYTES};

/// A text that is put together from pieces.
#[derive(Debug, Default)]
pub struct PageText {
    text: String,
    /// Blanks since the last character.
    blanks: usize,
    /// Whether the source goes on in a new line among these blanks.
    broken: bool,
}

impl PageText {
    /// Adds a piece. Of a text that is longer than any value, only so much is kept that it shows.
    pub fn push(&mut self, piece: &str) {
        for c in piece.chars() {
            if self.text.len() > LONGEST_TEXT_BYTES {
                return;
            }
            match c {
                '\n' | '\r' => self.broken = true,
                ' ' | '\t' | '\x0c' => self.blanks += 1,
                c => {
                    self.close_gap(c);
                    self.text.push(if c == '\u{a0}' { ' ' } else { c });
                }
            }
        }
    }

    /// A new line, where something stands before it.
    pub fn break_line(&mut self) {
        (self.blanks, self.broken) = (0, false);
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// A new line, unless one was just begun.
    pub fn begin_block(&mut self) {
        if !self.text.ends_with('\n') {
            self.break_line();
        }
    }

    /// Takes the text out, without blanks around it.
    pub fn take(&mut self) -> String {
        (self.blanks, self.broken) = (0, false);
        let text = std::mem::take(&mut self.text);
        match text.trim() {
            trimmed if trimmed.len() == text.len() => text,
            trimmed => trimmed.to_owned(),
        }
    }

    /// Blanks in a line are the writer's. A new line of the source is one blank, and none between Chinese characters.
    fn close_gap(&mut self, next: char) {
        let is_wide = |c: char| c >= '\u{2e80}';
        let before = self.text.chars().next_back().filter(|c| *c != '\n');
        if let Some(before) = before {
            match self.broken {
                true if is_wide(before) && is_wide(next) => {}
                true => self.text.push(' '),
                false => self.text.extend(std::iter::repeat_n(' ', self.blanks.min(LONGEST_TEXT))),
            }
        }
        (self.blanks, self.broken) = (0, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[&str]) -> String {
        let mut text = PageText::default();
        for piece in pieces {
            match *piece {
                "<br>" => text.break_line(),
                "<p>" => text.begin_block(),
                piece => text.push(piece),
            }
        }
        text.take()
    }

    #[test]
    fn a_text_shows_without_the_layout_of_its_source() {
        assert_eq!(shown(&["\r\n  入党", "<br>", "\r\n  时间 "]), "入党\n时间");
        assert_eq!(shown(&["机关第一\r\n  党支部"]), "机关第一党支部");
        assert_eq!(shown(&["Zhang\r\n  San"]), "Zhang San");
        assert_eq!(shown(&["单位：甲   时间：", "\u{a0}\u{a0}", "乙"]), "单位：甲   时间：  乙");
        assert_eq!(shown(&["<p>", "<p>", "甲", "<p>", "<p>", "乙", "<p>"]), "甲\n乙");
        assert_eq!(shown(&["\u{a0}", " "]), "");
        assert!(shown(&[&"长".repeat(LONGEST_TEXT * 2)]).len() > LONGEST_TEXT);
    }
}
