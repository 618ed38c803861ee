//! Text files: the separator found, the records read, each with the line on which it begins.
//!
//! Start at [`read_text`].

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};

use super::sheets::{Cell, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Row, Sheet};
use super::source::{no_roster, too_large};
use crate::exchange::guard::unguarded;
use crate::problem::Result;
use crate::progress::Progress;

/// The last one wins where none fits better.
const SEPARATORS: [u8; 4] = [b'|', b';', b'\t', b','];
/// Stands for a separator that is longer than a byte; no text holds it otherwise.
const STAND_IN: char = '\u{1f}';
/// The longest line, in bytes; no row of a roster comes near it.
const LONGEST_LINE: usize = 1 << 20;
/// How many records are looked at to find the separator, and at most how many bytes.
const SAMPLE: usize = 60;
const SAMPLE_BYTES: usize = 1 << 20;

/// Reads a text as one sheet without a name.
pub fn read_text(text: &str, file_name: &str, progress: &Progress) -> Result<Sheet> {
    if text.split(['\r', '\n']).any(|line| line.len() > LONGEST_LINE) {
        return Err(too_large(file_name));
    }
    let mut sheet = Sheet::new("");
    sheet.is_text_file = true;
    let mut cells = 0;
    let (separator, in_place) = separator_of(text);
    let text = &*in_place.map_or(Cow::Borrowed(text), |wide| wide.replaced(text));
    for (line, record) in records(text, separator) {
        if sheet.rows.len().is_multiple_of(1000) {
            progress.step(u64::from(line))?;
        }
        cells += record.len();
        if line > MOST_ROWS || record.len() > MOST_COLUMNS as usize || cells > MOST_CELLS {
            return Err(too_large(file_name));
        }
        let mut row =
            Row { number: line, cells: record.iter().map(|text| Cell::text(unguarded(kept_as_text(text)))).collect() };
        while row.cells.last().is_some_and(|cell| matches!(cell, Cell::Empty)) {
            row.cells.pop();
        }
        if !row.cells.is_empty() {
            sheet.rows.push(row);
        }
    }
    if sheet.rows.is_empty() {
        return Err(no_roster(file_name, "文件里没有内容"));
    }
    Ok(sheet)
}

/// `="00123"` is how some programs write a text that a spreadsheet must not take for a number.
fn kept_as_text(text: &str) -> &str {
    text.strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .filter(|inner| !inner.contains('"'))
        .unwrap_or(text)
}

/// The records with the line on which each begins, counted from 1.
fn records(text: &str, separator: u8) -> impl Iterator<Item = (u32, StringRecord)> {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let (mut bytes, mut fields) = (0, 0);
    std::iter::from_fn(move || {
        // As large as the last one. No copy is made: one without end takes memory enough.
        let mut record = StringRecord::with_capacity(bytes, fields);
        // The text is valid UTF-8 and lies in memory: nothing else can fail.
        if !reader.read_record(&mut record).unwrap_or(false) {
            return None;
        }
        let line = record.position().map_or(1, |position| first_line(text, position.byte(), position.line()));
        (bytes, fields) = (record.as_slice().len(), record.len());
        Some((line, record))
    })
}

/// The reader notes where it stood before it skipped blank lines; the record begins after them.
fn first_line(text: &str, byte: u64, line: u64) -> u32 {
    let start = usize::try_from(byte).unwrap_or(usize::MAX);
    let skipped = text.as_bytes().get(start..).unwrap_or_default();
    let blank = skipped.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    u32::try_from(line + blank as u64).unwrap_or(u32::MAX)
}

/// What parts the fields of a text that knows no separator of one byte.
#[derive(Debug, Clone, Copy)]
enum Wide {
    Character(char),
    /// At least so many blanks, of any width.
    Blanks(usize),
}

impl Wide {
    const ALL: [Self; 5] =
        [Self::Character('，'), Self::Character('；'), Self::Character('｜'), Self::Blanks(2), Self::Blanks(1)];

    /// The text with a stand-in for every separator.
    fn replaced(self, text: &str) -> Cow<'_, str> {
        let least = match self {
            Self::Character(wide) => return Cow::Owned(text.replace(wide, &STAND_IN.to_string())),
            Self::Blanks(least) => least,
        };
        let is_blank = |c: char| matches!(c, ' ' | '\u{3000}' | '\u{a0}');
        let mut out = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            let mut rest = line.trim_start_matches(is_blank);
            while let Some(start) = rest.find(is_blank) {
                let (field, after) = rest.split_at(start);
                let next = after.trim_start_matches(is_blank);
                let blanks = &after[..after.len() - next.len()];
                out.push_str(field);
                if blanks.chars().count() >= least && !next.trim_end().is_empty() {
                    out.push(STAND_IN);
                } else {
                    out.push_str(blanks);
                }
                rest = next;
            }
            out.push_str(rest);
        }
        Cow::Owned(out)
    }
}

/// The separator under which most records have the same number of fields, and more than one; where no byte parts most
/// records, what is longer than a byte may.
fn separator_of(text: &str) -> (u8, Option<Wide>) {
    let text = &text[..text.floor_char_boundary(SAMPLE_BYTES)];
    let fit = |text: &str, separator: u8| {
        let all: Vec<usize> = records(text, separator).take(SAMPLE).map(|(_, record)| record.len()).collect();
        let widths: Vec<usize> = all.iter().copied().filter(|width| *width > 1).collect();
        let most = widths.iter().map(|width| widths.iter().filter(|other| *other == width).count()).max().unwrap_or(0);
        let width = widths.iter().copied().max().unwrap_or(0);
        (most, width, all.len())
    };
    let fits = SEPARATORS.map(|separator| (fit(text, separator), separator));
    let Some((best, separator)) =
        fits.into_iter().max_by_key(|((most, width, _), _)| (most * width.saturating_sub(1).min(8), *width))
    else {
        return (b',', None);
    };
    // Fewer than half of the records are parted alike.
    if best.0 * 2 >= best.2 {
        return (separator, None);
    }
    let wide = Wide::ALL.map(|wide| (fit(&wide.replaced(text), STAND_IN as u8), wide));
    let wider = wide.into_iter().rev().max_by_key(|((most, ..), _)| *most);
    match wider.filter(|((most, width, _), _)| *most > best.0 && *width >= LEAST_WIDTH) {
        Some((_, wide)) => (STAND_IN as u8, Some(wide)),
        None => (separator, None),
    }
}

/// Sentences have commas, too: a list has more columns.
const LEAST_WIDTH: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        read_text(text, "花名册.csv", &Progress::default()).expect("a table")
    }

    fn rows(sheet: &Sheet) -> Vec<(u32, Vec<String>)> {
        sheet
            .rows
            .iter()
            .map(|row| (row.number, row.cells.iter().map(|cell| cell.shown().into_owned()).collect()))
            .collect()
    }

    #[test]
    fn the_row_is_the_line_on_which_the_record_begins() {
        let read = sheet("姓名,备注\n\n\n张三,\"两行\n备注\"\r\n\r\n李四,无\n");
        assert_eq!(
            rows(&read),
            [
                (1, vec!["姓名".into(), "备注".into()]),
                (4, vec!["张三".into(), "两行\n备注".into()]),
                (7, vec!["李四".into(), "无".into()])
            ]
        );
    }

    #[test]
    fn any_separator_is_found() {
        for separator in [",", ";", "\t", "|"] {
            let text = format!(
                "标题\n姓名{separator}性别{separator}住址\n张三{separator}男{separator}\"甲，乙\"\n李四{separator}女{separator}丙,丁\n"
            );
            assert_eq!(sheet(&text).rows[2].text(0), "张三", "{separator:?}");
            assert_eq!(sheet(&text).rows[1].cells.len(), 3, "{separator:?}");
        }
    }

    #[test]
    fn separators_that_are_longer_than_a_byte_are_found() {
        let wide = sheet("红星村党员名单\n姓名，性别，住址\n张三，男，一组\n李四，女，二组,门前\n");
        assert_eq!((wide.rows[2].text(0), wide.rows[3].text(2)), ("张三".into(), "二组,门前".into()));
        let blanks = sheet("姓名   性别  入党时间\n张　三   男  2001.7\n李四     女  2002.7\n");
        assert_eq!((blanks.rows[1].text(0), blanks.rows[2].text(2)), ("张　三".into(), "2002.7".into()));
        let one = sheet("姓名 性别 入党时间\n张三 男 2001.7\n李四 女 2002.7\n");
        assert_eq!((one.rows[1].text(1), one.rows[2].text(2)), ("男".into(), "2002.7".into()));
        let sentence = sheet("今天天气很好，我们出去走走。\n明天也是，大家都来。\n");
        assert_eq!(sentence.rows[0].cells.len(), 1);
    }

    #[test]
    fn a_text_that_must_not_become_a_number_is_itself() {
        let read = sheet("姓名,身份证号\n张三,=\"110000190001010012\"\n李四,\"=\"\"110000190001010012\"\"\"\n");
        assert_eq!([1, 2].map(|row| read.rows[row].text(1)), ["110000190001010012", "110000190001010012"]);
    }

    #[test]
    fn a_line_without_end_is_refused() {
        let endless = format!("姓名\n{}\n", "甲,".repeat(LONGEST_LINE));
        let problem = read_text(&endless, "花名册.csv", &Progress::default()).expect_err("a refusal");
        assert!(problem.happened.contains("过大"), "{problem}");
    }

    #[test]
    fn one_formula_guard_comes_off() {
        let read = sheet("姓名,备注\n张三,'=1+1\n李四,''=1+1\n");
        assert_eq!((read.rows[1].text(1), read.rows[2].text(1)), ("=1+1".into(), "'=1+1".into()));
    }
}
