//! A roster divided into pages before it is typeset: column widths, row heights and the rows of each page.
//!
//! Fixed widths and heights make typesetting quick, tell 「共 y 页」 in advance and let a long roster be typeset in
//! pieces. A text too long for its cell is set smaller, then in more lines, then in a row twice as high: nothing is cut
//! off. Start at [`RosterPages::plan`].

use std::borrow::Cow;

use serde::Serialize;

use super::fit::Ruler;
use super::fonts::PaperFonts;
use super::printable::Printable;
use super::roster::{CellAlign, RosterSheet};
use super::roster_columns::{ColumnData, Columns, ROSTER_WIDTH, column_data};
use super::roster_rows::{Item, Paging, paginate};
use super::sheet::{POINTS_PER_MILLIMETRE, SheetData, SheetWords};
use crate::problem::{Problem, Result};

/// More people than this are not put on one paper: it takes some 1,200 pages and half a gigabyte of memory.
pub const MOST_PEOPLE: usize = 20_000;

/// Pages typeset at a time: some 500 rows, a quarter of a second.
const PAGES_PER_PIECE: usize = 25;

// Heights in millimetres; the sheet is A4 landscape, 297 × 210.
const TOP_MARGIN: f64 = 14.0;
const BOTTOM_MARGIN: f64 = 15.0;
const SIDE_MARGIN: f64 = (297.0 - ROSTER_WIDTH) / 2.0;
const FIRST_HEAD: f64 = 21.0;
const NEXT_HEAD: f64 = 7.0;
const HEADER_ROW: f64 = 10.0;
const ROW: f64 = 8.5;
const SIGN_LINE: f64 = 13.0;
const NOTE_LINE: f64 = 4.4;
const TEXT_HEIGHT: f64 = 210.0 - TOP_MARGIN - BOTTOM_MARGIN;

/// Sizes to which the text of a cell is set smaller, in points.
const SIZES: [f64; 5] = [10.0, 9.0, 8.0, 7.0, SMALLEST];
const SMALLEST: f64 = 6.5;
/// A text that nearly fits is rather set a little smaller than on two lines; a number much smaller than broken.
const ONE_LINE: [f64; 2] = [0.95, 0.9];
const NUMBER_SIZES: [f64; 3] = [6.0, 5.5, 5.0];
const TITLE_SIZE: f64 = 20.0;
const NOTE_SIZE: f64 = 8.5;
/// White above and below the text of a row, together, in points.
const ROW_PADDING: f64 = 3.0;
/// From line to line, in em; `sheet.typ` sets lines so.
const LINE_PITCH: f64 = 1.2;

/// A roster, divided into pages.
pub struct RosterPages<'s> {
    sheet: SheetData,
    columns: Columns,
    people: usize,
    title_size: f64,
    rows: Vec<FittedRow<'s>>,
    pages: Vec<Vec<Item>>,
    section_titles: Vec<String>,
}

/// A row whose height is known.
struct FittedRow<'s> {
    cells: Vec<CellData<'s>>,
    units: usize,
}

/// The content of a cell: at the usual size, or at its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
enum CellData<'s> {
    Usual(Cow<'s, str>),
    Sized { text: Cow<'s, str>, size: f64 },
    Section { section: String },
}

#[derive(Serialize)]
struct PieceData<'p> {
    sheet: &'p SheetData,
    title_size: f64,
    note_size: f64,
    text_size: f64,
    people: usize,
    page_count: usize,
    geometry: Geometry,
    columns: &'p [ColumnData],
    pages: Vec<PageData<'p>>,
}

#[derive(Serialize)]
struct Geometry {
    top: f64,
    bottom: f64,
    side: f64,
    first_head: f64,
    next_head: f64,
    header_row: f64,
    sign_line: f64,
    note_line: f64,
}

#[derive(Serialize)]
struct PageData<'p> {
    number: usize,
    first: bool,
    last: bool,
    /// Row heights in millimetres.
    heights: Vec<f64>,
    cells: Vec<CellData<'p>>,
}

impl<'s> RosterPages<'s> {
    /// Divides a roster into pages.
    pub fn plan(sheet: &'s RosterSheet, fonts: &PaperFonts, printable: &mut Printable<'_>) -> Result<Self> {
        check(sheet)?;
        let ruler = Ruler::new(fonts);
        let texts = printable_rows(sheet, printable);
        let columns = column_data(sheet, &texts, &ruler, printable);
        let words = SheetWords {
            title: &sheet.title,
            organisation: &sheet.organisation,
            as_of: sheet.as_of,
            filled_on: sheet.filled_on,
            prepared_by: &sheet.prepared_by,
            checked_by: &sheet.checked_by,
            practice: sheet.practice,
        };
        let mut data = SheetData::new(&words, fonts, printable);
        let section_titles = section_titles(sheet, printable);
        let masked = sheet.masked.then_some("公民身份号码、联系电话已隐去部分数字");
        data.set_notes(sheet.notes.iter().map(String::as_str).chain(masked), printable);
        let rows: Vec<FittedRow<'s>> = texts.into_iter().map(|row| fit_row(row, &columns, &ruler)).collect();
        let pages = paginate(&items(sheet, &rows), &paging(&data, &ruler));
        let title_size = fitting_title_size(&data.title, &ruler);
        Ok(Self { sheet: data, columns, people: sheet.people(), title_size, rows, pages, section_titles })
    }

    /// The number of pages.
    pub fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// The number of pieces in which it is typeset.
    pub fn pieces(&self) -> usize {
        self.pages.len().div_ceil(PAGES_PER_PIECE)
    }

    /// The data of one piece, for `roster.typ`.
    pub fn data(&self, piece: usize) -> Result<Vec<u8>> {
        let from = piece * PAGES_PER_PIECE;
        let pages = self.pages.iter().enumerate().skip(from).take(PAGES_PER_PIECE);
        let data = PieceData {
            sheet: &self.sheet,
            title_size: self.title_size,
            note_size: NOTE_SIZE,
            text_size: self.columns.text_size,
            people: self.people,
            page_count: self.pages.len(),
            geometry: Geometry {
                top: TOP_MARGIN,
                bottom: BOTTOM_MARGIN,
                side: SIDE_MARGIN,
                first_head: FIRST_HEAD,
                next_head: NEXT_HEAD,
                header_row: HEADER_ROW,
                sign_line: SIGN_LINE,
                note_line: NOTE_LINE,
            },
            columns: &self.columns.columns,
            pages: pages.map(|(index, items)| self.page(index, items)).collect(),
        };
        serde_json::to_vec(&data).map_err(|error| Problem::fault(format!("roster data: {error}")))
    }

    fn page(&self, index: usize, items: &[Item]) -> PageData<'_> {
        let mut page = PageData {
            number: index + 1,
            first: index == 0,
            last: index + 1 == self.pages.len(),
            heights: Vec::with_capacity(items.len()),
            cells: Vec::with_capacity(items.len() * self.columns.columns.len()),
        };
        if self.people == 0 && items.is_empty() {
            page.heights.push(ROW);
            page.cells.push(CellData::Section { section: "没有人员".to_owned() });
        }
        for item in items {
            page.heights.push(item.units as f64 * ROW);
            match item.row {
                Some(row) => page.cells.extend(self.rows[row].cells.iter().cloned()),
                None => {
                    let title = &self.section_titles[item.section];
                    let section = if item.continued { format!("{title}（续）") } else { title.clone() };
                    page.cells.push(CellData::Section { section });
                }
            }
        }
        page
    }
}

/// A roster has columns, one cell for each, and no more people than fit on one paper.
fn check(sheet: &RosterSheet) -> Result<()> {
    let people = sheet.people();
    if people > MOST_PEOPLE {
        return Err(Problem::input("没有排版", format!("这份名册有 {people} 人，一份纸质名册最多 {MOST_PEOPLE} 人"))
            .next("请按党支部分别打印，或导出为表格文件"));
    }
    let width = sheet.columns.len();
    if width == 0 {
        return Err(Problem::input("没有排版", "名册没有选任何栏目").next("请至少选一栏"));
    }
    match sheet.sections.iter().flat_map(|section| &section.rows).find(|row| row.len() != width) {
        Some(row) => Err(Problem::fault(format!("a roster row of {} cells under {width} columns", row.len()))),
        None => Ok(()),
    }
}

/// The cells of every row, printable, with 序号 in front where it is asked for.
fn printable_rows<'s>(sheet: &'s RosterSheet, printable: &mut Printable<'_>) -> Vec<Vec<Cow<'s, str>>> {
    let rows = sheet.sections.iter().flat_map(|section| &section.rows);
    rows.zip(1_usize..)
        .map(|(row, number)| {
            let number = sheet.numbered.then(|| Cow::Owned(number.to_string()));
            number.into_iter().chain(row.iter().map(|text| printable.text(text))).collect()
        })
        .collect()
}

/// `局机关第一党支部（24 人）`; empty where a section has no title.
fn section_titles(sheet: &RosterSheet, printable: &mut Printable<'_>) -> Vec<String> {
    let mut titled = |title: &String, people| format!("{}（{people} 人）", printable.text(title));
    sheet
        .sections
        .iter()
        .map(|section| section.title.as_ref().map(|title| titled(title, section.rows.len())).unwrap_or_default())
        .collect()
}

/// What stands under the header, in order, with heights.
fn items(sheet: &RosterSheet, rows: &[FittedRow<'_>]) -> Vec<Item> {
    let mut items = Vec::with_capacity(rows.len() + sheet.sections.len());
    let mut row = 0;
    for (section, held) in sheet.sections.iter().enumerate() {
        let titled = held.title.is_some();
        if titled {
            items.push(Item::title(section));
        }
        for _ in &held.rows {
            items.push(Item::row(section, titled, row, rows[row].units));
            row += 1;
        }
    }
    items
}

/// How many units of row height each kind of page takes.
fn paging(sheet: &SheetData, ruler: &Ruler) -> Paging {
    let width = ROSTER_WIDTH * POINTS_PER_MILLIMETRE / NOTE_SIZE - 2.0;
    let note_lines: usize = sheet.notes.iter().map(|note| ruler.lines(note, width).unwrap_or(1)).sum();
    let units = |height: f64| (height / ROW).floor().max(1.0) as usize;
    Paging {
        first: units(TEXT_HEIGHT - FIRST_HEAD - HEADER_ROW),
        next: units(TEXT_HEIGHT - NEXT_HEAD - HEADER_ROW),
        bottom: ((SIGN_LINE + note_lines as f64 * NOTE_LINE) / ROW).ceil() as usize,
    }
}

/// The largest size, at most the usual one, at which the title stands on one line.
fn fitting_title_size(title: &str, ruler: &Ruler) -> f64 {
    let points = (ROSTER_WIDTH - 10.0) * POINTS_PER_MILLIMETRE;
    (points / ruler.width(title).max(1.0)).clamp(9.0, TITLE_SIZE)
}

/// Sets each cell of a row at the largest size at which it fits, in the lowest row in which all of them fit.
fn fit_row<'s>(row: Vec<Cow<'s, str>>, columns: &Columns, ruler: &Ruler) -> FittedRow<'s> {
    let mut units = 1;
    let mut cells = Vec::with_capacity(row.len());
    for (text, column) in row.into_iter().zip(&columns.columns) {
        let points = column.text_points();
        if ruler.width(&text) * columns.text_size <= points {
            cells.push(CellData::Usual(text));
            continue;
        }
        let (text, size, needed) = fit_cell(text, points, columns.text_size, ruler);
        units = units.max(needed);
        cells.push(CellData::Sized { text, size });
    }
    FittedRow { cells, units }
}

/// The size of a text in a cell, and the units of row height it takes.
fn fit_cell<'s>(text: Cow<'s, str>, points: f64, usual: f64, ruler: &Ruler) -> (Cow<'s, str>, f64, usize) {
    let width = ruler.width(&text);
    if let Some(size) = ONE_LINE.into_iter().map(|part| usual * part).find(|size| width * size <= points) {
        return (text, size, 1);
    }
    if ruler.lines(&text, points / SMALLEST).is_none()
        && let Some(size) = NUMBER_SIZES.into_iter().find(|size| width * size <= points)
    {
        return (text, size, 1);
    }
    let text = match ruler.breakable(&text, points / SMALLEST) {
        Cow::Owned(broken) => Cow::Owned(broken),
        Cow::Borrowed(_) => text,
    };
    let height = |units: usize| units as f64 * ROW * POINTS_PER_MILLIMETRE - ROW_PADDING;
    let most_units = most_units();
    for units in 1..=most_units {
        for size in SIZES.into_iter().filter(|size| *size <= usual) {
            let allowed = ((height(units) / size + LINE_PITCH - 1.0) / LINE_PITCH).floor() as usize;
            if ruler.lines(&text, points / size).is_some_and(|lines| lines <= allowed) {
                return (text, size, units);
            }
        }
    }
    // More than a page of text in one cell: it is set as small as it takes.
    let area = width * LINE_PITCH * 1.15;
    (text, (points * height(most_units) / area.max(1.0)).sqrt().clamp(0.5, SMALLEST), most_units)
}

/// The units of a row that fills a page by itself.
fn most_units() -> usize {
    ((TEXT_HEIGHT - FIRST_HEAD - HEADER_ROW) / ROW).floor().max(1.0) as usize
}

impl CellAlign {
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Center => "center",
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}
