//! Text files: the separator found, the records read, each with the line on which it begins.
//!
//! Start at [`read_text`].

use csv::{ReaderBuilder, StringRecord};

use super::sheets::{Cell, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Row, Sheet};
use super::source::{no_roster, too_large};
use crate::exchange::guard::unguarded;
use crate::problem::Result;
use crate::progress::Progress;

/// The last one wins where none fits better.
const SEPARATORS: [u8; 4] = [b'|', b';', b'\t', b','];
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
    for (line, record) in records(text, separator_of(text)) {
        if sheet.rows.len().is_multiple_of(1000) {
            progress.step(u64::from(line))?;
        }
        cells += record.len();
        if line > MOST_ROWS || record.len() > MOST_COLUMNS as usize || cells > MOST_CELLS {
            return Err(too_large(file_name));
        }
        let mut row = Row { number: line, cells: record.iter().map(|text| Cell::text(unguarded(text))).collect() };
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

/// The separator under which most records have the same number of fields, and more than one.
fn separator_of(text: &str) -> u8 {
    let text = &text[..text.floor_char_boundary(SAMPLE_BYTES)];
    let fit = |separator: u8| {
        let widths: Vec<usize> =
            records(text, separator).take(SAMPLE).map(|(_, record)| record.len()).filter(|width| *width > 1).collect();
        let most = widths.iter().map(|width| widths.iter().filter(|other| *other == width).count()).max().unwrap_or(0);
        let width = widths.iter().copied().max().unwrap_or(0);
        (most, width)
    };
    SEPARATORS
        .into_iter()
        .map(|separator| (fit(separator), separator))
        .max_by_key(|(fit, _)| *fit)
        .map_or(b',', |(_, best)| best)
}

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
