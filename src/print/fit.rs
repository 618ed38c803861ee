//! How wide a text is on paper, and into how many lines it breaks: asked for tens of thousands of cells before
//! anything is typeset, so that every row has its height and every page its rows in advance.
//!
//! Measures with the 宋体 of tables, whose cells are typeset without extra space between Han and Latin. Breaks as
//! typst does: between Han characters, at spaces, never before a closing or after an opening mark. Start at [`Ruler`].

use std::borrow::Cow;

use typst::layout::Abs;
use typst::text::{Font, FontInstance, FontVariant, FontVariations};

use super::fonts::PaperFonts;

/// Allows for rounding: a line is taken as full a little before its end.
const SLACK: f64 = 0.995;
/// A break without width, put into runs that are longer than a line.
const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// Measures text in em (widths of a Han character).
#[derive(Debug)]
pub struct Ruler {
    fonts: Vec<FontInstance>,
    ascii: [f64; 128],
}

impl Ruler {
    pub fn new(fonts: &PaperFonts) -> Self {
        let instance =
            |font: &Font| font.clone().instantiate(FontVariant::default(), Abs::pt(10.0), &FontVariations::default());
        let fonts: Vec<FontInstance> = fonts.all().iter().map(instance).collect();
        let mut ascii = [0.0; 128];
        for (code, width) in (0_u8..).zip(&mut ascii) {
            *width = advance(&fonts, char::from(code));
        }
        Self { fonts, ascii }
    }

    /// The width of a character, in em.
    pub fn character(&self, character: char) -> f64 {
        match character {
            '\0'..='\x7f' => self.ascii[character as usize],
            '\u{3400}'..='\u{9fff}' => 1.0,
            ZERO_WIDTH_SPACE => 0.0,
            _ => advance(&self.fonts, character),
        }
    }

    /// The width of a text on one line, in em.
    pub fn width(&self, text: &str) -> f64 {
        text.chars().map(|character| self.character(character)).sum()
    }

    /// The number of lines a text takes at a width in em; `None` where a run that cannot be broken is wider.
    pub fn lines(&self, text: &str, width: f64) -> Option<usize> {
        let width = width * SLACK;
        let (mut lines, mut used) = (1, 0.0);
        for unit in Units::new(text) {
            let own = self.width(unit.trim_end());
            if own > width {
                return None;
            }
            if used + own > width {
                lines += 1;
                used = 0.0;
            }
            used += self.width(unit);
        }
        Some(lines)
    }

    /// The text in lines of at most `width` em, as many as [`Self::lines`] tells, with the breaks in it. A last line of
    /// a single character takes one more from the line before: 「组长」 stays together.
    pub fn in_lines<'t>(&self, text: &'t str, width: f64) -> Cow<'t, str> {
        let width = width * SLACK;
        let mut lines: Vec<Vec<&str>> = vec![Vec::new()];
        let mut used = 0.0;
        for unit in Units::new(text) {
            if used + self.width(unit.trim_end()) > width {
                lines.push(Vec::new());
                used = 0.0;
            }
            used += self.width(unit);
            lines.last_mut().into_iter().for_each(|line| line.push(unit));
        }
        if let [.., before, last] = &mut lines[..]
            && let [alone] = last[..]
            && alone.chars().filter(|character| !is_closing(*character)).count() == 1
            && before.len() > 1
            && let Some(unit) = before.pop_if(|unit| self.width(unit) + self.width(alone) <= width)
        {
            last.insert(0, unit);
        }
        match lines.len() {
            1 => Cow::Borrowed(text),
            _ => Cow::Owned(lines.iter().map(|line| line.concat()).collect::<Vec<_>>().join("\n")),
        }
    }

    /// The text with breaks put into every run that is wider than a line of `width` em.
    pub fn breakable<'t>(&self, text: &'t str, width: f64) -> Cow<'t, str> {
        if self.lines(text, width).is_some() {
            return Cow::Borrowed(text);
        }
        let mut made = String::with_capacity(text.len() * 2);
        for unit in Units::new(text) {
            if self.width(unit.trim_end()) <= width * SLACK {
                made.push_str(unit);
                continue;
            }
            for character in unit.chars() {
                made.push(character);
                made.push(ZERO_WIDTH_SPACE);
            }
        }
        Cow::Owned(made)
    }
}

/// The advance of the first font that has the character; 1 em where none has it.
fn advance(fonts: &[FontInstance], character: char) -> f64 {
    fonts
        .iter()
        .find_map(|font| font.x_advance(font.ttf().glyph_index(character)?.0))
        .map_or(1.0, |advance| advance.get())
}

/// The pieces of a text between which a line may break.
struct Units<'t> {
    rest: &'t str,
}

impl<'t> Units<'t> {
    fn new(text: &'t str) -> Self {
        Self { rest: text }
    }
}

impl<'t> Iterator for Units<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let mut characters = self.rest.char_indices();
        let (_, mut before) = characters.next()?;
        let end = characters
            .find_map(|(at, character)| {
                let breaks = may_break(before, character);
                before = character;
                breaks.then_some(at)
            })
            .unwrap_or(self.rest.len());
        let (unit, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(unit)
    }
}

fn may_break(before: char, after: char) -> bool {
    if after == ' ' || is_closing(after) || is_opening(before) {
        return false;
    }
    before == ' ' || before == ZERO_WIDTH_SPACE || is_wide(before) || is_wide(after)
}

/// Han, kana, full-width forms: a line may break beside them.
fn is_wide(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Marks that do not begin a line.
fn is_closing(character: char) -> bool {
    "，。、；：？！）》〉」』】〕”’…—·%‰℃,.;:?!)]}々".contains(character)
}

/// Marks that do not end a line.
fn is_opening(character: char) -> bool {
    "（《〈「『【〔“‘([{".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_characters_break_anywhere_but_not_before_a_closing_mark() {
        let ruler = Ruler::new(PaperFonts::embedded());
        assert_eq!(ruler.width("县救助管理站"), 6.0);
        assert_eq!(ruler.lines("县救助管理站党支部", 5.1), Some(2));
        assert_eq!(ruler.lines("县救助管理站，党支部", 6.1), Some(2));
        assert_eq!(ruler.lines("一二三四，", 4.1), Some(2));
        assert_eq!(Units::new("四（五）六").collect::<Vec<_>>(), ["四", "（五）", "六"]);
        assert_eq!(Units::new("王 a12 李").collect::<Vec<_>>(), ["王 ", "a12 ", "李"]);
    }

    #[test]
    fn the_last_character_of_a_text_never_stands_on_a_line_of_its_own() {
        let ruler = Ruler::new(PaperFonts::embedded());
        assert_eq!(ruler.in_lines("第一党小组组长", 6.1), "第一党小组\n组长");
        assert_eq!(ruler.in_lines("县救助管理站（本级）", 8.1), "县救助管理站\n（本级）");
        assert_eq!(ruler.in_lines("青民转〔2026〕12号", 8.6), "青民转〔2026〕\n12号");
        assert_eq!(ruler.in_lines("县社会福利院护理部", 6.1), "县社会福利院\n护理部");
        assert_eq!(ruler.in_lines("第一党小组", 6.1), "第一党小组");
        assert_eq!(ruler.in_lines("组长", 1.1), "组\n长", "no line is wide enough for two");
    }

    #[test]
    fn a_number_wider_than_its_column_is_broken_only_when_asked() {
        let ruler = Ruler::new(PaperFonts::embedded());
        let number = "110000199001010013";
        assert_eq!(ruler.lines(number, 5.0), None);
        let broken = ruler.breakable(number, 5.0);
        assert!(ruler.lines(&broken, 5.0).is_some_and(|lines| lines >= 2));
        assert_eq!(broken.replace('\u{200b}', ""), number);
        assert_eq!(ruler.breakable("短", 5.0), "短");
    }
}
