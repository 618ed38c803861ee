//! Reads xlsx workbooks: cells with what they show, merged cells, hidden sheets. [`super::package`] guards it.
//!
//! Start at [`read`].

use std::io::Cursor;
use std::sync::mpsc::sync_channel;

use calamine::{DataRef, HorizontalAlignment, Reader as _, SheetType, SheetVisible, Style, Xlsx, XlsxError};

use super::merged;
use super::sheets::{Cell, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Merged, Sheet};
use super::shown::{self, Shown};
use super::source::{damaged, locked, no_roster, too_large};
use crate::domain::dates::PartialDate;
use crate::problem::{Problem, Result};
use crate::progress::Progress;

type Book = Xlsx<Cursor<Vec<u8>>>;

/// The sheets of a workbook. Hidden ones come without rows. `kept` is what the guard kept of the parts.
pub fn read(bytes: Vec<u8>, kept: &[(String, Vec<u8>)], name: &str, progress: &Progress) -> Result<Vec<Sheet>> {
    let broken = |error: XlsxError| unreadable(name, &error);
    let mut book = Book::new(Cursor::new(bytes)).map_err(broken)?;
    let is_1904 = book.has_1904_epoch();
    let known = book.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    let mut cells_left = MOST_CELLS;
    for metadata in known.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let mut sheet = Sheet::new(&metadata.name);
        sheet.is_1904 = is_1904;
        sheet.visible = metadata.visible == SheetVisible::Visible;
        if sheet.visible {
            read_cells(&mut book, &mut sheet, &mut cells_left, name, progress)?;
            sheet.merged = match merged::of_sheet(kept, &metadata.name) {
                Some(merged) => merged,
                None => walked_merged_cells(&mut book, &metadata.name, name)?,
            };
            sheet.finish(&mut cells_left).ok_or_else(|| too_large(name))?;
        }
        sheets.push(sheet);
    }
    if sheets.is_empty() {
        return Err(no_roster(name, "工作簿里没有工作表"));
    }
    Ok(sheets)
}

fn unreadable(name: &str, error: &XlsxError) -> Problem {
    match error {
        XlsxError::Password => locked(name),
        error => damaged(name, &error.to_string()),
    }
}

fn read_cells(
    book: &mut Book,
    sheet: &mut Sheet,
    cells_left: &mut usize,
    name: &str,
    progress: &Progress,
) -> Result<()> {
    let broken = |error: XlsxError| unreadable(name, &error);
    let mut reader = book.worksheet_cells_reader(&sheet.name).map_err(broken)?;
    let formats: Vec<Format> = reader.styles().iter().map(Format::of).collect();
    let is_1904 = sheet.is_1904;
    // One core takes the file apart, the other makes cells of what it finds.
    std::thread::scope(|scope| {
        let (to, found) = sync_channel::<Vec<Found<'_>>>(WAITING);
        let maker = scope.spawn(move || -> Result<()> {
            for (found, style) in found.into_iter().flatten() {
                let (row, column) = found.get_position();
                let format = formats.get(style).copied().unwrap_or(Format::PLAIN);
                let cell = cell_of(found.get_value(), format, is_1904);
                if matches!(cell, Cell::Empty) {
                    continue;
                }
                if row >= MOST_ROWS || column >= MOST_COLUMNS {
                    return Err(too_large(name));
                }
                let taken = sheet.put(row + 1, column as usize, cell);
                *cells_left = cells_left.checked_sub(taken).ok_or_else(|| too_large(name))?;
            }
            Ok(())
        });
        let mut batch = Vec::with_capacity(BATCH);
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(broken)? {
            let row = u64::from(cell.get_position().0);
            batch.push((cell, style));
            if batch.len() == BATCH {
                progress.step(row)?;
                // The other stops early only with a problem, and tells it below.
                if to.send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH))).is_err() {
                    break;
                }
            }
        }
        to.send(batch).unwrap_or_default();
        drop(to);
        // A panic there is one here too.
        maker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// A cell as the file holds it, and the number of its style.
type Found<'b> = (calamine::Cell<DataRef<'b>>, usize);

/// Cells that are handed over at once.
const BATCH: usize = 4_096;
/// Batches that may wait: what is held in memory stays small.
const WAITING: usize = 4;

/// How a cell shows what it holds.
#[derive(Clone, Copy)]
struct Format {
    number: Shown,
    /// By how many steps a text is indented.
    indent: u8,
}

impl Format {
    const PLAIN: Self = Self { number: Shown::General, indent: 0 };

    fn of(style: &Style) -> Self {
        let number = match &style.number_format {
            // A format without a code of its own is one of those that Excel knows by number.
            Some(format) if format.format_code == "General" => shown::built_in(format.format_id.unwrap_or(0)),
            Some(format) => shown::understand(&format.format_code),
            None => Shown::General,
        };
        let alignment = style.alignment.as_ref().filter(|one| one.horizontal != HorizontalAlignment::Right);
        Self { number, indent: alignment.and_then(|alignment| alignment.indent).unwrap_or(0) }
    }
}

fn cell_of(value: &DataRef<'_>, Format { number: format, indent }: Format, is_1904: bool) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => Cell::indented(text, indent),
        DataRef::SharedString(text) => Cell::indented(text, indent),
        DataRef::Int(value) => Cell::of_number(*value as f64, format, is_1904),
        DataRef::Float(value) => Cell::of_number(*value, format, is_1904),
        DataRef::DateTime(value) => Cell::of_number(value.as_f64(), format, is_1904),
        DataRef::Bool(value) => Cell::text(if *value { "TRUE" } else { "FALSE" }),
        DataRef::DateTimeIso(text) => {
            let date = text.get(..10).and_then(PartialDate::from_iso);
            date.map_or_else(|| Cell::text(text), |date| Cell::Date(date.into()))
        }
        DataRef::DurationIso(text) => Cell::text(text),
        DataRef::Error(_) => Cell::Error,
    }
}

/// The long way, for a workbook whose parts lie in unusual places.
fn walked_merged_cells(book: &mut Book, sheet: &str, name: &str) -> Result<Vec<Merged>> {
    let merged = book.merge_cells_by_sheet_name(sheet).map_err(|error| unreadable(name, &error))?;
    Ok(merged
        .iter()
        .map(|range| Merged {
            first_row: range.start.0 + 1,
            last_row: range.end.0 + 1,
            first_column: range.start.1 as usize,
            last_column: range.end.1 as usize,
        })
        .collect())
}
