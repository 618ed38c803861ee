//! What a web page says of its cells beside their text: `mso-number-format`, `x:num`, `x:str`, as Excel writes them and
//! others after it.
//!
//! The text is what the cell shows, and counts; these tell whether a number stands behind it. Start at
//! [`Formats::of`] and [`CellSort::cell`].

use std::collections::HashMap;

use super::sheets::Cell;
use super::shown::{self, Shown};

/// How the cells of a class or a tag are formatted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `@`: what was typed is what is there.
    Text,
    Number(Shown),
}

/// What a cell is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CellSort {
    Text,
    Number {
        /// The number behind the text, where the page tells it.
        value: Option<f64>,
        format: Shown,
    },
    /// The page does not say: a number may have lost its zeros.
    Unsaid,
}

impl CellSort {
    /// The cell whose text this is.
    pub fn cell(self, text: &str) -> Cell {
        let Self::Number { value, format } = self else { return Cell::text(text) };
        let value = match (value, format) {
            // A date says by its text what it is.
            (None, Shown::Date(_)) => None,
            (value, _) => value.or_else(|| plain_number(text)),
        };
        let Some(value) = value else { return Cell::text(text) };
        let cell = Cell::of_number(value, format, false);
        let is_shown = match &cell {
            // Days may be counted from 1904, which the page does not tell.
            Cell::Date(day) if !day.hides_year => text.contains(&format!("{:02}", day.date.year() % 100)),
            cell => cell.shown() == text,
        };
        if is_shown { cell } else { Cell::text(text) }
    }
}

/// The number that a text is: digits and at most one point.
pub fn plain_number(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    if is_plain { text.parse().ok() } else { None }
}

/// The formats of a page, by class and by tag.
#[derive(Debug, Default)]
pub struct Formats {
    of_class: HashMap<String, Format>,
    of_tag: HashMap<String, Format>,
}

impl Formats {
    /// Takes over the rules of a `<style>`. Of `table td.xl65` only `td.xl65` counts.
    pub fn add(&mut self, style: &str) {
        let mut rest = style;
        while let Some((selectors, after)) = rest.split_once('{') {
            let end = rule_end(after);
            let (body, next) = after.split_at(end);
            rest = next.strip_prefix('}').unwrap_or(next);
            let Some(format) = format_in(body) else { continue };
            let selectors = selectors.rsplit(['}', ';']).next().unwrap_or_default();
            for selector in selectors.split(',') {
                let last = selector.split_whitespace().next_back().unwrap_or_default();
                match last.split_once('.') {
                    Some((_, class)) => self.of_class.insert(class.to_owned(), format),
                    None => self.of_tag.insert(last.to_ascii_lowercase(), format),
                };
            }
        }
    }

    /// The format of a cell, by its own style, its class, its tag.
    pub fn of(&self, tag: &str, class: Option<&str>, style: Option<&str>) -> Option<Format> {
        let of_class = |class: &str| class.split_whitespace().find_map(|class| self.of_class.get(class)).copied();
        style.and_then(format_in).or_else(|| class.and_then(of_class)).or_else(|| self.of_tag.get(tag).copied())
    }
}

/// Where a rule ends: the first `}` outside quotes.
fn rule_end(text: &str) -> usize {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            // A quote that is left open ends with its line.
            '\n' => quote = None,
            '"' | '\'' if quote == Some(c) => quote = None,
            '"' | '\'' if quote.is_none() => quote = Some(c),
            '}' if quote.is_none() => return at,
            _ => {}
        }
    }
    text.len()
}

/// The number format among declarations.
fn format_in(declarations: &str) -> Option<Format> {
    const NAMES: [&str; 2] = ["mso-number-format", "vnd.ms-excel.numberformat"];
    let value = NAMES.iter().find_map(|name| declarations.split_once(name)).map(|(_, rest)| rest)?;
    let code = unescaped(value.trim_start().strip_prefix(':')?.trim_start());
    Some(match code.trim() {
        "" => return None,
        "@" => Format::Text,
        code => Format::Number(shown::understand_named(code)),
    })
}

/// The first value of a list of declarations, without its quotes and escapes: `"yyyy\0022年\0022"` is `yyyy"年"`.
fn unescaped(text: &str) -> String {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    let mut rest = text.strip_prefix(['"', '\'']).unwrap_or(text);
    let mut code = String::new();
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let number = rest.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
                let taken = match number.and_then(char::from_u32) {
                    Some(c) => {
                        code.push(c);
                        4
                    }
                    None => rest.chars().next().map_or(0, |c| {
                        code.push(c);
                        c.len_utf8()
                    }),
                };
                rest = &rest[taken..];
            }
            c if quote == Some(c) => break,
            ';' | '}' if quote.is_none() => break,
            c => code.push(c),
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use super::super::shown::DateParts;
    use super::*;

    #[test]
    fn formats_are_read_as_excel_and_others_write_them() {
        for (style, format) in [
            (r#"mso-number-format:"\@""#, Format::Text),
            (r"color:red;mso-number-format:\@;border:none", Format::Text),
            ("vnd.ms-excel.numberformat:@", Format::Text),
            (r#"mso-number-format:"0\.00_ ""#, Format::Number(Shown::Fixed(2))),
            (r#"mso-number-format:"yyyy\0022年\0022m\0022月\0022\;\@""#, Format::Number(Shown::Date(DateParts::Month))),
            (r#"mso-number-format:"yyyy\\-mm\\-dd""#, Format::Number(Shown::Date(DateParts::Day))),
            (r#"mso-number-format:"Short Date""#, Format::Number(Shown::Date(DateParts::Day))),
            ("mso-number-format:General", Format::Number(Shown::General)),
        ] {
            assert_eq!(format_in(style), Some(format), "{style}");
        }
        assert_eq!(format_in("mso-number-format"), None);
        assert_eq!(format_in("border:none"), None);
    }

    #[test]
    fn the_nearer_format_counts() {
        let mut formats = Formats::default();
        formats.add(
            "<!--table {mso-displayed-decimal-separator:\"\\.\";}\ntd\n\t{mso-number-format:General;}\n.xl65, td.xl66\n\t{mso-number-format:\"\\@\";}\n.odd{content:\"}\";mso-number-format:\"0\\.0\"}-->",
        );
        let general = Some(Format::Number(Shown::General));
        assert_eq!(formats.of("td", None, None), general);
        assert_eq!(formats.of("td", Some("plain xl65"), None), Some(Format::Text));
        assert_eq!(formats.of("td", Some("xl66"), None), Some(Format::Text));
        assert_eq!(formats.of("td", Some("odd"), None), Some(Format::Number(Shown::Fixed(1))));
        assert_eq!(formats.of("td", Some("xl65"), Some("mso-number-format:General")), general);
        assert_eq!(formats.of("th", Some("none"), None), None);
    }

    #[test]
    fn the_text_counts_and_a_number_stands_behind_it_where_it_fits() {
        let number = |value, format| CellSort::Number { value, format };
        let date = Shown::Date(DateParts::Month);
        for (sort, text, cell) in [
            (CellSort::Text, "2019.10", Cell::text("2019.10")),
            (CellSort::Unsaid, "2019.1", Cell::text("2019.1")),
            (number(None, Shown::General), "2019.1", Cell::Number(2019.1, Shown::General)),
            (number(None, Shown::General), "2019.10", Cell::text("2019.10")),
            (number(None, Shown::General), "110000199001010012", Cell::text("110000199001010012")),
            (number(None, Shown::Fixed(2)), "2019.10", Cell::Number(2019.1, Shown::Fixed(2))),
            (
                number(None, Shown::Fixed(0)),
                "110000199001010000",
                Cell::Number(110_000_199_001_010_000.0, Shown::Fixed(0)),
            ),
            (number(None, Shown::General), "张三", Cell::text("张三")),
            (number(None, date), "2019.07", Cell::text("2019.07")),
            (number(Some(43_647.0), date), "2019年7月", Cell::of_number(43_647.0, date, false)),
            (number(Some(42_185.0), date), "2019年7月", Cell::text("2019年7月")),
            (number(Some(110_000_199_001_010_000.0), Shown::General), "1.1E+17", Cell::text("1.1E+17")),
        ] {
            assert_eq!(sort.cell(text), cell, "{sort:?} {text}");
        }
    }
}
