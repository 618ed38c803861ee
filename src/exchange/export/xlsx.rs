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
use crate::exchange::shortened::within_cell;
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
    /// Cells that do not hold the whole text.
    shortened: u64,
    formats: Formats,
}

/// How cells are written: those of a list plainly, those of a table of figures between thin lines, with white between
/// the numbers and what stands beside them.
struct Formats {
    head: CellFormat,
    text: CellFormat,
    /// A text in a column of numbers: 「4 + 5」.
    among_numbers: CellFormat,
    number: CellFormat,
    share: CellFormat,
    /// A row of nothing but a name, over the rows of its family.
    heading: CellFormat,
}

impl Formats {
    fn of_list() -> Self {
        // The text format keeps what is typed into the sheet later as it is typed.
        let text = CellFormat::new().set_num_format("@");
        Self {
            head: head().set_border_bottom(FormatBorder::Thin),
            among_numbers: text.clone(),
            heading: text.clone(),
            number: CellFormat::new().set_num_format("0"),
            share: CellFormat::new().set_num_format("0.0%"),
            text,
        }
    }

    fn of_table() -> Self {
        let cell = || {
            CellFormat::new().set_num_format("@").set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter)
        };
        let number = |shown: &str| cell().set_num_format(shown).set_align(FormatAlign::Right).set_indent(1);
        Self {
            head: head().set_border(FormatBorder::Thin),
            text: cell().set_text_wrap(),
            among_numbers: cell().set_align(FormatAlign::Center),
            number: number("0"),
            share: number("0.0%"),
            heading: cell().set_bold().set_background_color(FILL),
        }
    }
}

/// Behind heads: warm and pale, as on paper.
const FILL: Color = Color::RGB(0x00EB_E7DC);

fn head() -> CellFormat {
    CellFormat::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(FILL)
}

/// A4, by the number of its paper.
const A4: u8 = 9;
/// A table with more columns than this lies across the page.
const UPRIGHT_COLUMNS: usize = 8;

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
        let formats = if caption.is_some() { Formats::of_table() } else { Formats::of_list() };
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
                sheet.set_column_format(place, &CellFormat::new().set_num_format("@")).map_err(not_written)?;
            }
            sheet.write_string_with_format(first, place, &column.label, &formats.head).map_err(not_written)?;
        }
        sheet.set_freeze_panes(first + 1, if caption.is_some() { 1 } else { 0 }).map_err(not_written)?;
        sheet.set_repeat_rows(first, first).map_err(not_written)?;
        sheet.set_paper_size(A4);
        if caption.is_some() {
            // Its width is that of a page, its length as it comes.
            sheet.set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
            sheet.set_footer("&C第 &P 页，共 &N 页");
        }
        if caption.is_none() || columns.len() > UPRIGHT_COLUMNS {
            sheet.set_landscape();
        }
        let stands = columns.iter().map(|column| (column.stands_in(Format::Xlsx), column.is_number)).collect();
        let notes = caption.map(|caption| caption.notes);
        Ok(Self { file, workbook, stands, head: first, next: first + 1, notes, shortened: 0, formats })
    }

    pub fn row(&mut self, cells: &[Datum<'_>]) -> Result<()> {
        let sheet = self.workbook.worksheet_from_index(0).map_err(not_written)?;
        let is_table = self.notes.is_some();
        let is_heading = is_table && cells.iter().skip(1).all(|cell| *cell == Datum::Nothing);
        let formats = &self.formats;
        let standing = cells.iter().zip(&self.stands).filter(|(_, (stands, _))| *stands);
        for (place, (cell, (_, is_number))) in (0_u16..).zip(standing) {
            let written = match cell {
                Datum::Nothing if !is_table => continue,
                Datum::Nothing if is_heading => sheet.write_blank(self.next, place, &formats.heading),
                Datum::Nothing => sheet.write_blank(self.next, place, &formats.text),
                Datum::Number(number) if *is_number => {
                    sheet.write_number_with_format(self.next, place, *number as f64, &formats.number)
                }
                Datum::Share(share) if *is_number => {
                    sheet.write_number_with_format(self.next, place, *share, &formats.share)
                }
                cell => {
                    let format = match (is_heading, is_number) {
                        (true, _) => &formats.heading,
                        (_, true) => &formats.among_numbers,
                        _ => &formats.text,
                    };
                    let text = cell.shown();
                    let held = within_cell(&text);
                    self.shortened += u64::from(held.len() != text.len());
                    sheet.write_string_with_format(self.next, place, held, format)
                }
            };
            written.map_err(not_written)?;
        }
        self.next += 1;
        Ok(())
    }

    /// Writes the file; how many cells do not hold the whole text.
    pub fn end(mut self) -> Result<u64> {
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
        Ok(self.shortened)
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
