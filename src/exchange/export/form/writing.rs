//! Writes a new XLSX that is the received form with people in its rows.
//!
//! Everything above the rows stays in its place, everything below moves down or up with their number. Start at
//! [`write_form`].

use std::io::Write as _;
use std::path::Path;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, IgnoreError, Workbook, Worksheet};

use super::look::Look;
use super::reading::ReceivedForm;
use super::rows::FormExport;
use crate::domain::fields::{FieldKey, FieldKind, Known};
use crate::domain::upper_form::{FormColumn, Holding};
use crate::domain::values::{half_width, squeezed};
use crate::exchange::export::members::width;
use crate::exchange::export::xlsx::not_written;
use crate::exchange::import::sheets::{Cell, Merged, Row};
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::files::write_with;
use crate::view::desk::Desk;

/// What was written (写出的表).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormWritten {
    /// People.
    pub rows: usize,
    /// Heads of columns that were left empty.
    pub left_empty: Vec<String>,
    /// What of the received sheet was not taken over.
    pub not_kept: Vec<String>,
}

/// Writes the people into the form as a new file; an existing one is replaced only with `replace`.
pub fn write_form(
    desk: &Desk,
    received: &ReceivedForm,
    export: &FormExport,
    path: &Path,
    replace: bool,
    progress: &Progress,
) -> Result<FormWritten> {
    if path.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("xlsx")) {
        return Err(Problem::usage(format!("写到“{}”，不是 XLSX", path.display()))
            .unchanged("没有写文件")
            .next("文件名请以 .xlsx 结尾"));
    }
    let look = Look::of(&received.path, &received.sheet_name)?;
    let mut workbook = Workbook::new();
    let mut filler = Filler { received, look: &look, sheet: workbook.add_worksheet(), width: received.form.width() };
    let rows = filler.fill(desk, export, progress)?;
    let packed = workbook.save_to_buffer().map_err(not_written)?;
    write_with(path, replace, |file| {
        file.write_all(&packed)?;
        Ok(())
    })?;
    let left_empty = export.form.left_empty().into_iter().map(str::to_owned).collect();
    let not_kept = received.not_kept.iter().chain(&look.not_kept).cloned().collect();
    Ok(FormWritten { rows, left_empty, not_kept })
}

/// Fills the new sheet.
struct Filler<'a> {
    received: &'a ReceivedForm,
    look: &'a Look,
    sheet: &'a mut Worksheet,
    /// Columns of the table.
    width: usize,
}

impl Filler<'_> {
    fn fill(&mut self, desk: &Desk, export: &FormExport, progress: &Progress) -> Result<usize> {
        let name = Some(self.received.sheet_name.as_str()).filter(|name| !name.is_empty()).unwrap_or("Sheet1");
        self.sheet.set_name(name).map_err(not_written)?;
        self.set_page()?;
        self.set_widths(&export.form.columns)?;
        let first = *self.received.body.start();
        self.merge_above()?;
        for row in &self.received.top {
            self.copy_row(row, 0)?;
        }
        let formats = self.body_formats(&export.form.columns);
        let height = self.look.heights.get(&first).copied();
        let mut next = first;
        export.each_row(desk, progress, |cells| {
            if let Some(height) = height {
                self.sheet.set_row_height(next - 1, height).map_err(not_written)?;
            }
            self.merge_within(next)?;
            for (column, text) in cells.iter().enumerate() {
                let format = formats.get(column).cloned().unwrap_or_default();
                self.write(next, column, text, &format)?;
            }
            next += 1;
            Ok(())
        })?;
        let people = next - first;
        // Rows that were filled in or numbered beforehand give way to those of the people.
        let shift = i64::from(next) - (i64::from(*self.received.body.end()) + 1);
        self.merge_below(shift)?;
        for row in &self.received.bottom {
            self.copy_below(row, shift, people)?;
        }
        let last_column = u16::try_from(self.width.saturating_sub(1)).unwrap_or(u16::MAX);
        let last_row = next.max(first + 1) - 1;
        self.sheet
            .ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)
            .map_err(not_written)?;
        Ok(usize::try_from(people).unwrap_or(usize::MAX))
    }

    fn set_page(&mut self) -> Result<()> {
        self.sheet.set_paper_size(9);
        if self.look.landscape || !self.look.is_known() {
            self.sheet.set_landscape();
        }
        let (first, last) = (self.received.heads.start() - 1, self.received.heads.end() - 1);
        self.sheet.set_repeat_rows(first, last).map_err(not_written)?;
        Ok(())
    }

    fn set_widths(&mut self, columns: &[FormColumn]) -> Result<()> {
        for column in 0..self.width {
            let told = self.look.widths.get(&column).copied();
            let usual = || columns.iter().find(|one| one.place == column).map(usual_width);
            if let Some(width) = told.or_else(usual) {
                self.sheet.set_column_width(place(column), width).map_err(not_written)?;
            }
        }
        Ok(())
    }

    /// How the cells of the first row to be filled in look; texts stay as they are typed.
    fn body_formats(&self, columns: &[FormColumn]) -> Vec<Format> {
        let row = *self.received.body.start();
        let plain = || Format::new().set_font_name("宋体").set_font_size(11).set_border(FormatBorder::Thin);
        let is_left = |column: usize| columns.iter().any(|one| one.place == column && is_long(one.holds));
        (0..self.width)
            .map(|column| {
                let told = self.look.format(row, column);
                let format = told.unwrap_or_else(|| {
                    let align = if is_left(column) { FormatAlign::Left } else { FormatAlign::Center };
                    plain().set_align(align).set_align(FormatAlign::VerticalCenter).set_text_wrap()
                });
                format.set_num_format("@")
            })
            .collect()
    }

    /// A row of the received sheet in its place, or moved.
    fn copy_row(&mut self, row: &Row, shift: i64) -> Result<()> {
        let Some(number) = moved(row.number, shift) else { return Ok(()) };
        if let Some(height) = self.look.heights.get(&row.number) {
            self.sheet.set_row_height(number - 1, *height).map_err(not_written)?;
        }
        for column in 0..row.cells.len().max(self.width) {
            let format = self.copied_format(row.number, column);
            // The lower part of merged cells is shown by the upper one.
            let text = if self.is_covered(row.number, column) { "".into() } else { row.text(column) };
            self.write(number, column, &text, &format)?;
        }
        Ok(())
    }

    /// The same for a row below: a total of people is that of those who were written.
    fn copy_below(&mut self, row: &Row, shift: i64, people: u32) -> Result<()> {
        if is_total(row) {
            let cells = row.cells.iter().map(|cell| Cell::text(&retold(&cell.shown(), people))).collect();
            return self.copy_row(&Row { number: row.number, cells }, shift);
        }
        self.copy_row(row, shift)
    }

    fn copied_format(&self, row: u32, column: usize) -> Format {
        if let Some(format) = self.look.format(row, column) {
            return format;
        }
        if self.look.is_known() {
            return Format::new();
        }
        let font = Format::new().set_font_name("宋体").set_align(FormatAlign::VerticalCenter);
        if self.received.heads.contains(&row) && column < self.width {
            return font
                .set_font_size(11)
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_text_wrap()
                .set_border(FormatBorder::Thin);
        }
        if self.received.top.first().is_some_and(|first| first.number == row) && row < *self.received.heads.start() {
            return font.set_font_size(18).set_bold().set_align(FormatAlign::Center);
        }
        font.set_font_size(11)
    }

    fn write(&mut self, row: u32, column: usize, text: &str, format: &Format) -> Result<()> {
        let column = place(column);
        let written = if text.is_empty() {
            self.sheet.write_blank(row - 1, column, format)
        } else {
            self.sheet.write_string_with_format(row - 1, column, text, format)
        };
        written.map(drop).map_err(not_written)
    }

    fn is_covered(&self, row: u32, column: usize) -> bool {
        let covers = |merged: &Merged| {
            (merged.first_row..=merged.last_row).contains(&row)
                && (merged.first_column..=merged.last_column).contains(&column)
                && (merged.first_row, merged.first_column) != (row, column)
        };
        self.received.merged.iter().any(covers)
    }

    /// Makes these cells one; what stands in them is written afterwards.
    fn merge(&mut self, merged: &Merged, first_row: u32, last_row: u32) -> Result<()> {
        let (from, to) = (place(merged.first_column), place(merged.last_column));
        if first_row == last_row && from == to {
            return Ok(());
        }
        let format = Format::new();
        let done = self.sheet.merge_range(first_row - 1, from, last_row - 1, to, "", &format);
        done.map(drop).map_err(not_written)
    }

    /// Merged cells above the rows stay in their places.
    fn merge_above(&mut self) -> Result<()> {
        let above = |merged: &&Merged| merged.last_row <= *self.received.heads.end();
        for merged in self.received.merged.iter().filter(above) {
            self.merge(merged, merged.first_row, merged.last_row)?;
        }
        Ok(())
    }

    /// Those below move with their rows.
    fn merge_below(&mut self, shift: i64) -> Result<()> {
        let is_kept = |merged: &&Merged| self.received.bottom.iter().any(|row| row.number == merged.first_row);
        for merged in self.received.merged.iter().filter(is_kept) {
            if let (Some(from), Some(to)) = (moved(merged.first_row, shift), moved(merged.last_row, shift)) {
                self.merge(merged, from, to)?;
            }
        }
        Ok(())
    }

    /// Those within the first row to be filled in stand in each of them.
    fn merge_within(&mut self, row: u32) -> Result<()> {
        let first = *self.received.body.start();
        let within = |merged: &&Merged| merged.first_row == first && merged.last_row == first;
        for merged in self.received.merged.iter().filter(within) {
            self.merge(merged, row, row)?;
        }
        Ok(())
    }
}

/// The number of a row after the rows above it became more or fewer; none above the first.
fn moved(row: u32, shift: i64) -> Option<u32> {
    u32::try_from(i64::from(row) + shift).ok().filter(|row| *row > 0)
}

fn place(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// Whether texts of a column may be long.
fn is_long(holds: Holding) -> bool {
    let Holding::Field(key) = holds else { return false };
    match key {
        FieldKey::Known(known) => {
            matches!(known.spec().kind, FieldKind::LongText | FieldKind::Organisation)
                || matches!(known, Known::Unit | Known::School)
        }
        FieldKey::Extra(_) => true,
    }
}

/// The width of a column of which the received file tells none.
fn usual_width(column: &FormColumn) -> f64 {
    match column.holds {
        Holding::Field(FieldKey::Known(known)) => width(known),
        Holding::Number | Holding::Age | Holding::Standing | Holding::Part(..) => 6.0,
        _ => 14.0,
    }
}

/// Words with which a row of totals begins.
const TOTALS: [&str; 8] = ["合计", "总计", "共计", "小计", "本页合计", "本页小计", "总数", "总人数"];

fn is_total(row: &Row) -> bool {
    let begins = |text: &str| {
        let plain = squeezed(&half_width(text));
        let counts = plain.strip_prefix('共').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        counts || TOTALS.iter().any(|word| plain.starts_with(word))
    };
    row.filled().take(2).any(|(_, cell)| begins(&cell.shown()))
}

/// A text of a total as it is true of the people written: `合计：36人` tells their number; other numbers would be those
/// of the people who stood there before, and are left out.
fn retold(text: &str, people: u32) -> String {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let plain = squeezed(&half_width(text));
    if !plain.chars().any(|c| c.is_ascii_digit()) {
        return text.to_owned();
    }
    let unit = plain.char_indices().find(|(_, c)| matches!(c, '人' | '名'));
    let told = unit.and_then(|(at, unit)| {
        let digits = plain[..at].chars().rev().take_while(|c| c.is_ascii_digit()).count();
        (digits > 0).then(|| format!("{}{people}{unit}", &plain[..at - digits]))
    });
    told.unwrap_or_else(|| plain.split(is_digit).next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::retold;

    #[test]
    fn a_total_tells_those_who_were_written_and_no_number_of_others() {
        assert_eq!(retold("合计：36 人", 5), "合计:5人");
        assert_eq!(retold("共36名，其中女10名", 5), "共5名");
        assert_eq!(retold("合计", 5), "合计");
        assert_eq!(retold("32人", 5), "5人");
        assert_eq!(retold("1,284.50", 5), "");
    }
}
