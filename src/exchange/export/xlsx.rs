//! XLSX: every cell a typed text, so that no ID number is rounded and nothing is calculated; only counted numbers are
//! numbers.

use std::fs::File;
use std::io::Write as _;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format as CellFormat, FormatAlign, FormatBorder, IgnoreError, Workbook,
    XlsxError,
};

use super::{Caption, Column, Datum, Format};
use crate::clock::Moment;
use crate::problem::{Problem, Result};

pub(super) struct XlsxSheet<'f> {
    file: &'f mut File,
    workbook: Workbook,
    /// For each column whether it stands in this file, and whether its numbers are numbers.
    stands: Vec<(bool, bool)>,
    /// The row of the head.
    head: u32,
    next: u32,
    /// Sentences below the table; `None` for a plain list.
    notes: Option<Vec<String>>,
    formats: Formats,
}

/// How counted numbers are written.
struct Formats {
    number: CellFormat,
    share: CellFormat,
}

impl<'f> XlsxSheet<'f> {
    pub fn begin(
        file: &'f mut File,
        title: &str,
        columns: &[Column],
        caption: Option<Caption>,
        at: Moment,
    ) -> Result<Self> {
        let mut workbook = Workbook::new();
        let day = at.day();
        let (year, month, day) = (day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs());
        let made = ExcelDateTime::from_ymd(year, month, day).map_err(not_written)?;
        workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
        let head = CellFormat::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color(Color::RGB(0x00EB_E7DC))
            .set_border_bottom(FormatBorder::Thin);
        // The text format keeps what is typed into the sheet later as it is typed.
        let text = CellFormat::new().set_num_format("@");
        let sheet = workbook.add_worksheet();
        sheet.set_name(title).map_err(not_written)?;
        let first = if caption.is_some() { 2 } else { 0 };
        if let Some(caption) = &caption {
            let large = CellFormat::new().set_bold().set_font_size(16);
            sheet.write_string_with_format(0, 0, &caption.title, &large).map_err(not_written)?;
            sheet.write_string(1, 0, &caption.scope).map_err(not_written)?;
        }
        for (place, column) in (0_u16..).zip(columns.iter().filter(|column| column.stands_in(Format::Xlsx))) {
            sheet.set_column_width(place, column.width).map_err(not_written)?;
            if !column.is_number {
                sheet.set_column_format(place, &text).map_err(not_written)?;
            }
            sheet.write_string_with_format(first, place, &column.label, &head).map_err(not_written)?;
        }
        sheet.set_freeze_panes(first + 1, if caption.is_some() { 1 } else { 0 }).map_err(not_written)?;
        sheet.set_repeat_rows(first, first).map_err(not_written)?;
        sheet.set_landscape();
        let stands = columns.iter().map(|column| (column.stands_in(Format::Xlsx), column.is_number)).collect();
        let formats =
            Formats { number: CellFormat::new().set_num_format("0"), share: CellFormat::new().set_num_format("0.0%") };
        let notes = caption.map(|caption| caption.notes);
        Ok(Self { file, workbook, stands, head: first, next: first + 1, notes, formats })
    }

    pub fn row(&mut self, cells: &[Datum<'_>]) -> Result<()> {
        let sheet = self.workbook.worksheet_from_index(0).map_err(not_written)?;
        let standing = cells.iter().zip(&self.stands).filter(|(_, (stands, _))| *stands);
        for (place, (cell, (_, is_number))) in (0_u16..).zip(standing) {
            let written = match cell {
                Datum::Nothing => continue,
                Datum::Number(number) if *is_number => {
                    sheet.write_number_with_format(self.next, place, *number as f64, &self.formats.number)
                }
                Datum::Share(share) if *is_number => {
                    sheet.write_number_with_format(self.next, place, *share, &self.formats.share)
                }
                cell => sheet.write_string(self.next, place, cell.shown()),
            };
            written.map_err(not_written)?;
        }
        self.next += 1;
        Ok(())
    }

    pub fn end(mut self) -> Result<()> {
        let width = self.stands.iter().filter(|(stands, _)| *stands).count();
        let last_column = u16::try_from(width).unwrap_or(u16::MAX).saturating_sub(1);
        let last_row = self.next - 1;
        let sheet = self.workbook.worksheet_from_index(0).map_err(not_written)?;
        match &self.notes {
            None => {
                sheet.autofilter(self.head, 0, last_row, last_column).map_err(not_written)?;
            }
            Some(notes) => {
                for (row, note) in (self.next + 1..).zip(notes) {
                    sheet.write_string(row, 0, format!("注：{note}")).map_err(not_written)?;
                }
            }
        }
        sheet.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText).map_err(not_written)?;
        // Packed in memory: the packer complains on stderr when its file refuses.
        let packed = self.workbook.save_to_buffer().map_err(not_written)?;
        self.file.write_all(&packed)?;
        Ok(())
    }
}

pub(super) fn not_written(error: XlsxError) -> Problem {
    match error {
        XlsxError::IoError(error) => error.into(),
        XlsxError::RowColumnLimitError => {
            Problem::input("没有导出", "一张 XLSX 表放不下这么多行（最多 1048575 行）").next("请改用 CSV，或先筛选")
        }
        XlsxError::MaxStringLengthExceeded => {
            Problem::input("没有导出", "有一格文字超过 32767 字，XLSX 放不下").next("请改用 CSV")
        }
        other => Problem::fault(other.to_string()),
    }
}
