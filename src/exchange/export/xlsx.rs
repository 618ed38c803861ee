//! XLSX: every cell a typed text, so that no ID number is rounded and nothing is calculated.

use std::fs::File;
use std::io::Write as _;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format as CellFormat, FormatAlign, FormatBorder, IgnoreError, Workbook,
    XlsxError,
};

use super::{Column, Datum, Format};
use crate::clock::Moment;
use crate::problem::{Problem, Result};

pub(super) struct XlsxSheet<'f> {
    file: &'f mut File,
    workbook: Workbook,
    /// Whether each column stands in this file.
    stands: Vec<bool>,
    next: u32,
}

impl<'f> XlsxSheet<'f> {
    pub fn begin(file: &'f mut File, title: &str, columns: &[Column], at: Moment) -> Result<Self> {
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
        let stands: Vec<bool> = columns.iter().map(|column| column.stands_in(Format::Xlsx)).collect();
        let sheet = workbook.add_worksheet();
        sheet.set_name(title).map_err(not_written)?;
        let standing = columns.iter().zip(&stands).filter(|(_, stands)| **stands);
        for (place, (column, _)) in (0_u16..).zip(standing) {
            sheet.set_column_width(place, column.width).map_err(not_written)?;
            sheet.set_column_format(place, &text).map_err(not_written)?;
            sheet.write_string_with_format(0, place, &column.label, &head).map_err(not_written)?;
        }
        sheet.set_freeze_panes(1, 0).map_err(not_written)?;
        sheet.set_repeat_rows(0, 0).map_err(not_written)?;
        sheet.set_landscape();
        Ok(Self { file, workbook, stands, next: 1 })
    }

    pub fn row(&mut self, cells: &[Datum<'_>]) -> Result<()> {
        let sheet = self.workbook.worksheet_from_index(0).map_err(not_written)?;
        let standing = cells.iter().zip(&self.stands).filter(|(_, stands)| **stands);
        for (place, (cell, _)) in (0_u16..).zip(standing) {
            if *cell != Datum::Nothing {
                sheet.write_string(self.next, place, cell.shown()).map_err(not_written)?;
            }
        }
        self.next += 1;
        Ok(())
    }

    pub fn end(mut self) -> Result<()> {
        let width = self.stands.iter().filter(|stands| **stands).count();
        let last_column = u16::try_from(width).unwrap_or(u16::MAX).saturating_sub(1);
        let last_row = self.next - 1;
        let sheet = self.workbook.worksheet_from_index(0).map_err(not_written)?;
        sheet.autofilter(0, 0, last_row, last_column).map_err(not_written)?;
        sheet.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText).map_err(not_written)?;
        // Packed in memory: the packer complains on stderr when its file refuses.
        let packed = self.workbook.save_to_buffer().map_err(not_written)?;
        self.file.write_all(&packed)?;
        Ok(())
    }
}

fn not_written(error: XlsxError) -> Problem {
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
