//! A new table of what a file holds that is no xlsx, with what is told of it. What such a file has besides its cells is
//! not taken over.
//!
//! Cells stand as they stood, numbers of people too: a text is a text, so that nothing is rounded, a number is a number
//! and a day a day. Start at [`remade`].

use std::collections::HashSet;

use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, IgnoreError, Workbook, Worksheet, XlsxError};

use super::sheet_part::{Put, WIDTH, height_of, puts, shown_width};
use super::told::Told;
use crate::exchange::export::xlsx::not_written;
use crate::exchange::import::RecognisedTable;
use crate::exchange::import::noted::HEAD;
use crate::exchange::import::sheets::{Cell, Row, Sheet};
use crate::exchange::import::shown::{DayCell, Shown};
use crate::problem::Result;
use crate::progress::Progress;

/// Characters that the name of a sheet may have.
const LONGEST_NAME: usize = 31;
/// How narrow and how wide a column is made, in characters.
const WIDTHS: (usize, usize) = (6, 40);

/// A sheet with its tables and what is told of it.
pub type ToldSheet<'a> = (&'a Sheet, Vec<&'a RecognisedTable>, Told);

/// The new workbook, packed; `name` is that of the file.
pub fn remade(name: &str, sheets: &[ToldSheet<'_>], progress: &Progress) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let mut names = HashSet::new();
    let mut done = 0;
    for (sheet, tables, told) in sheets.iter().filter(|(sheet, ..)| !sheet.rows.is_empty()) {
        let page = workbook.add_worksheet();
        page.set_name(sheet_name(name, &sheet.name, &mut names)).map_err(not_written)?;
        let width = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        Writer { page, sheet, told, tables, width }.write(&mut done, progress)?;
    }
    workbook.save_to_buffer().map_err(not_written)
}

/// The name of a sheet: its own where no other has it, in the form that a workbook allows.
fn sheet_name(file: &str, sheet: &str, taken: &mut HashSet<String>) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let plain = |text: &str| text.replace(['[', ']', ':', '*', '?', '/', '\\', '\''], " ").trim().to_owned();
    let base = Some(plain(sheet)).filter(|name| !name.is_empty()).unwrap_or_else(|| plain(stem));
    let base = if base.is_empty() { "Sheet1".to_owned() } else { base };
    let cut = |text: &str, room: usize| text.chars().take(room).collect::<String>();
    let numbered = (2..).map(|number: u32| {
        let number = format!(" ({number})");
        format!("{}{number}", cut(&base, LONGEST_NAME - number.len()))
    });
    let mut names = std::iter::once(cut(&base, LONGEST_NAME)).chain(numbered);
    names.find(|name| taken.insert(name.to_lowercase())).unwrap_or(base)
}

/// Writes one sheet.
struct Writer<'a> {
    page: &'a mut Worksheet,
    sheet: &'a Sheet,
    told: &'a Told,
    tables: &'a [&'a RecognisedTable],
    /// Columns of the sheet; what is told stands in the next.
    width: usize,
}

impl Writer<'_> {
    fn write(&mut self, done: &mut u64, progress: &Progress) -> Result<()> {
        let last = self.sheet.rows.last().map_or(1, |row| row.number);
        self.merge()?;
        for row in &self.sheet.rows {
            *done += 1;
            if done.is_multiple_of(512) {
                progress.step(*done)?;
            }
            self.row(row)?;
        }
        for (row, puts) in puts(self.told, self.width) {
            for (column, put) in puts {
                self.put(row, column, &put)?;
            }
        }
        self.set_widths()?;
        for row in &self.sheet.hidden.rows {
            self.page.set_row_hidden(self.at(*row)).map_err(not_written)?;
        }
        for column in &self.sheet.hidden.columns {
            self.page.set_column_hidden(place(*column)).map_err(not_written)?;
        }
        let texts = IgnoreError::NumberStoredAsText;
        self.page.ignore_error_range(0, 0, self.at(last), place(self.width), texts).map_err(not_written)?;
        Ok(())
    }

    fn row(&mut self, row: &Row) -> Result<()> {
        let merged = self.sheet.merged_in(row.number);
        // A cell that is one with another is shown by the first of them.
        let is_first = |column: usize| {
            let covering = merged.iter().find(|one| one.reaches(column));
            covering.is_none_or(|one| (one.first_row, one.first_column) == (row.number, column))
        };
        for (column, cell) in row.cells.iter().enumerate() {
            if is_first(column) {
                let format = self.format(row.number, column);
                self.cell(row.number, column, cell, format)?;
            }
        }
        Ok(())
    }

    fn cell(&mut self, number: u32, column: usize, cell: &Cell, format: Format) -> Result<()> {
        let (row, column, text) = (self.at(number), place(column), cell.shown());
        let written = match (number_in(cell, self.sheet.is_text_file), day_in(cell)) {
            (Some((value, code)), _) => {
                self.page.write_number_with_format(row, column, value, &format.set_num_format(code))
            }
            (None, Some(day)) => {
                self.page.write_datetime_with_format(row, column, &day, &format.set_num_format("yyyy-mm-dd"))
            }
            (None, None) if text.is_empty() => self.page.write_blank(row, column, &format.set_num_format("@")),
            (None, None) => self.page.write_string_with_format(row, column, &*text, &format.set_num_format("@")),
        };
        written.map(drop).map_err(not_written)
    }

    fn put(&mut self, row: u32, column: usize, put: &Put) -> Result<()> {
        let format = Format::new().set_text_wrap().set_align(FormatAlign::VerticalCenter);
        let (words, format) = match put {
            Put::Head => (HEAD, format.set_bold()),
            Put::Words(words) => {
                if let Some(height) = height_of(words) {
                    self.page.set_row_height(self.at(row), height).map_err(not_written)?;
                }
                (words.as_str(), format.set_font_color(Color::RGB(0x00C0_0000)))
            }
            // A cell that holds something has its colour already.
            Put::Colour(_) if !self.is_blank(row, column) => return Ok(()),
            Put::Colour(_) => {
                let format = self.format(row, column).set_num_format("@");
                return self.page.write_blank(self.at(row), place(column), &format).map(drop).map_err(not_written);
            }
            Put::Nothing => return Ok(()),
        };
        let written = self.page.write_string_with_format(self.at(row), place(column), words, &format);
        written.map(drop).map_err(not_written)
    }

    /// Where a row stands, from 0. What stands above the table of a page is its row 0: then all stand one lower.
    fn at(&self, number: u32) -> u32 {
        let has_lead = self.sheet.rows.first().is_some_and(|row| row.number == 0);
        if has_lead { number } else { number.saturating_sub(1) }
    }

    fn is_blank(&self, number: u32, column: usize) -> bool {
        let found = self.sheet.rows.binary_search_by_key(&number, |row| row.number);
        found.is_ok_and(|at| *self.sheet.rows[at].cell(column) == Cell::Empty)
    }

    fn format(&self, row: u32, column: usize) -> Format {
        let is_head = self.tables.iter().any(|table| (table.heads.0..=table.heads.1).contains(&row));
        let format = if is_head { Format::new().set_bold() } else { Format::new() };
        match self.told.colours.get(&(row, column)) {
            Some(colour) => format.set_background_color(Color::RGB(colour.rgb())),
            None => format,
        }
    }

    /// As wide as the table needs it: a title may reach over its neighbours.
    fn set_widths(&mut self) -> Result<()> {
        let is_of_table = |number: u32| {
            let mut tables = self.tables.iter();
            tables.any(|table| (table.heads.0..=table.last_row).contains(&number))
        };
        let mut widths = vec![WIDTHS.0; self.width];
        for row in self.sheet.rows.iter().filter(|row| is_of_table(row.number)) {
            let mut merged = self.sheet.merged_in(row.number);
            merged.retain(|one| one.first_column < one.last_column);
            let is_alone = |column: usize| !merged.iter().any(|one| one.reaches(column));
            for (column, cell) in row.filled().filter(|(column, _)| is_alone(*column)) {
                let wide = cell.shown().lines().map(shown_width).max().unwrap_or(0) + 2;
                widths[column] = widths[column].max(wide).min(WIDTHS.1);
            }
        }
        for (column, wide) in (0..).zip(widths) {
            self.page.set_column_width(column, wide as f64).map_err(not_written)?;
        }
        self.page.set_column_width(place(self.width), WIDTH).map_err(not_written)?;
        Ok(())
    }

    /// Cells that were one are one again; what stands in them is written afterwards.
    fn merge(&mut self) -> Result<()> {
        for merged in &self.sheet.merged {
            let (from, to) = (place(merged.first_column), place(merged.last_column));
            if (merged.first_row, from) != (merged.last_row, to) {
                let format = self.format(merged.first_row, merged.first_column);
                let (first, last) = (self.at(merged.first_row), self.at(merged.last_row));
                match self.page.merge_range(first, from, last, to, "", &format) {
                    // A file may hold what no program lets one do: then the first of them counts.
                    Ok(_) | Err(XlsxError::MergeRangeOverlaps(..)) => {}
                    Err(error) => return Err(not_written(error)),
                }
            }
        }
        Ok(())
    }
}

/// A cell that is a number, with its number format: it stays one, so that what is unclear about it stays unclear. So is
/// `2019.1` in a text file, which has lost what it was.
fn number_in(cell: &Cell, is_text_file: bool) -> Option<(f64, String)> {
    match cell {
        Cell::Number(value, Shown::Fixed(0)) => Some((*value, "0".to_owned())),
        Cell::Number(value, Shown::Fixed(decimals)) => Some((*value, format!("0.{}", "0".repeat((*decimals).into())))),
        Cell::Number(value, Shown::Percent(_)) => Some((*value, "0.##%".to_owned())),
        Cell::Number(value, Shown::General | Shown::Date(_)) => Some((*value, "General".to_owned())),
        Cell::Text(text) if is_text_file && text.len() == 6 && text.ends_with(".1") => {
            text.parse().ok().map(|value| (value, "General".to_owned()))
        }
        _ => None,
    }
}

/// A cell that is a day, as spreadsheets count days; they know none before 1900.
fn day_in(cell: &Cell) -> Option<ExcelDateTime> {
    let Cell::Date(DayCell { date, hides_year: false, .. }) = cell else { return None };
    let (month, day) = date.month().zip(date.day())?;
    let year = u16::try_from(date.year()).ok()?;
    ExcelDateTime::from_ymd(year, month.unsigned_abs(), day.unsigned_abs()).ok()
}

fn place(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_keep_their_names_and_no_two_have_the_same() {
        let mut taken = HashSet::new();
        let mut name = |file: &str, sheet: &str| sheet_name(file, sheet, &mut taken);
        assert_eq!(name("一.xlsx", "党员"), "党员");
        assert_eq!(name("二.xlsx", "党员"), "党员 (2)");
        assert_eq!(name("三支部[新].csv", ""), "三支部 新");
        let long = "很".repeat(40);
        assert_eq!(name("四.xlsx", &long).chars().count(), 31);
        assert_eq!(name("五.xlsx", &long).chars().count(), 31);
    }
}
