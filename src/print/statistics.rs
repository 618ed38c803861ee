//! Tables of figures on paper (统计表): the annual form, figures by branch, the comparison of two years, cross tables.
//!
//! The table is that of [`crate::view::statistics`]; here it gets its signatures and, where it is too wide for a page,
//! its parts. Counts nothing. Start at [`statistics_of`].

use serde::Serialize;

use super::fill::FillOptions;
use super::fit::Ruler;
use super::fonts::PaperFonts;
use super::frame::{Frame, Whose};
use super::printable::Printable;
use super::sheet::{POINTS_PER_MILLIMETRE, SheetData, title_size};
use super::statistics_halves::{Halves, HalvesPage};
use super::summary_page::{percent, thousands};
use crate::problem::{Problem, Result};
use crate::view::desk::Desk;
use crate::view::statistics::{FigureTable, StatisticsAsk, TableCell, TableRow, Weight, statistics};

/// A table of figures (统计表), ready to be typeset: A4, landscape where it is wide.
#[derive(Debug, Clone, PartialEq)]
pub struct StatisticsSheet {
    pub title: String,
    pub frame: Frame,
    pub table: FigureTable,
    /// How many records the table tells of, for the log.
    pub people: usize,
}

/// The table that is asked for, as paper has it.
pub fn statistics_of(desk: &Desk, ask: &StatisticsAsk, options: &FillOptions) -> Result<StatisticsSheet> {
    let counted = statistics(desk, ask)?;
    let whose = Whose::on(desk, ask.scope(), ask.as_of())?;
    let people = counted.figures().iter().map(|figure| figure.rows.len()).max().unwrap_or(0);
    Ok(StatisticsSheet {
        title: format!("{}{}", whose.name(), ask.title()),
        frame: whose.frame(options),
        table: counted.table(options.today),
        people,
    })
}

/// Most columns of numbers that stand side by side; a wider table goes on in a further part.
const MOST_COLUMNS: usize = 14;
/// A table with more columns than this lies across the page.
const UPRIGHT_COLUMNS: usize = 8;
/// A table with no more columns than this stands in two halves side by side.
const HALF_COLUMNS: usize = 2;
/// Size of the text, in points; the template is told.
const TEXT_SIZE: f64 = 9.5;
/// The first column takes at least and at most so many millimetres.
const LABEL_WIDTH: (f64, f64) = (24.0, 66.0);
/// Of the title, in points: a table has less room for it than a roster.
const TITLE_SIZE: f64 = 20.0;
/// Between the margins, in millimetres, upright and across.
const WIDTH: (f64, f64) = (170.0, 257.0);

#[derive(Serialize)]
struct StatisticsData {
    sheet: SheetData,
    text_size: f64,
    title_size: f64,
    landscape: bool,
    corner: String,
    /// In millimetres.
    label_width: f64,
    parts: Vec<PartData>,
    /// Of a table that stands in two halves: what stands where. It has no parts then.
    halves: Option<HalvesData>,
}

#[derive(Serialize)]
struct HalvesData {
    columns: Vec<String>,
    label_width: f64,
    header_height: f64,
    pages: Vec<HalvesPage>,
}

#[derive(Serialize)]
struct PartData {
    columns: Vec<String>,
    rows: Vec<RowData>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct RowData {
    pub label: String,
    pub depth: usize,
    pub weight: &'static str,
    pub cells: Vec<String>,
}

/// The data of a table for `statistics.typ`.
pub(super) fn data(sheet: &StatisticsSheet, fonts: &PaperFonts, printable: &mut Printable<'_>) -> Result<Vec<u8>> {
    let table = &sheet.table;
    let ruler = Ruler::new(fonts);
    let landscape = table.columns.len() > UPRIGHT_COLUMNS;
    let width = if landscape { WIDTH.1 } else { WIDTH.0 };
    let mut head = SheetData::new(&sheet.title, &sheet.frame, fonts, printable);
    let parts = parts(table, printable);
    head.set_notes(table.notes.iter().map(String::as_str), printable);
    let (parts, halves) = match <[PartData; 1]>::try_from(parts) {
        Ok([part]) if table.columns.len() <= HALF_COLUMNS => {
            let halves = Halves { ruler: &ruler, text_size: TEXT_SIZE, notes: &head.notes };
            let pages = halves.pages(part.rows);
            let (label_width, header_height) = (Halves::LABEL_WIDTH, Halves::ROW);
            (Vec::new(), Some(HalvesData { columns: part.columns, label_width, header_height, pages }))
        }
        Ok(part) => (Vec::from(part), None),
        Err(parts) => (parts, None),
    };
    let made = StatisticsData {
        text_size: TEXT_SIZE,
        title_size: title_size(&head.title, width, TITLE_SIZE, &ruler),
        landscape,
        corner: printable.owned(&table.corner),
        label_width: label_width(table, &ruler),
        sheet: head,
        parts,
        halves,
    };
    serde_json::to_vec(&made).map_err(|error| Problem::fault(format!("statistics data: {error}")))
}

fn label_width(table: &FigureTable, ruler: &Ruler) -> f64 {
    let millimetres =
        |row: &TableRow| (ruler.width(&row.label) + row.depth as f64) * TEXT_SIZE / POINTS_PER_MILLIMETRE + 3.0;
    table.rows.iter().map(millimetres).fold(LABEL_WIDTH.0, f64::max).min(LABEL_WIDTH.1)
}

/// The table in parts that fit the page, each with the names of the rows.
fn parts(table: &FigureTable, printable: &mut Printable<'_>) -> Vec<PartData> {
    let width = table.columns.len();
    let count = width.div_ceil(MOST_COLUMNS).max(1);
    let each = width.div_ceil(count).max(1);
    let mut parts = Vec::with_capacity(count);
    for from in (0..width.max(1)).step_by(each) {
        let to = (from + each).min(width);
        let row = |row: &TableRow, printable: &mut Printable<'_>| RowData {
            label: printable.owned(&row.label),
            depth: row.depth,
            weight: match row.weight {
                Weight::Heading => "heading",
                Weight::Plain => "plain",
                Weight::Total => "total",
            },
            cells: row.cells.get(from..to).unwrap_or_default().iter().map(|cell| words(cell, printable)).collect(),
        };
        parts.push(PartData {
            columns: table.columns[from..to].iter().map(|column| printable.owned(column)).collect(),
            rows: table.rows.iter().map(|of| row(of, printable)).collect(),
        });
    }
    parts
}

fn words(cell: &TableCell, printable: &mut Printable<'_>) -> String {
    match cell {
        TableCell::Nothing => String::new(),
        TableCell::Text(text) => printable.owned(text),
        TableCell::Share(share) => percent(Some(*share)),
        TableCell::Figure(value, _) => thousands(*value),
        TableCell::Reckoned(reckoned, _) => printable.owned(&reckoned.to_string()),
    }
}
