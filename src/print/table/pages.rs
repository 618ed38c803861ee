//! A table divided into pages before it is typeset: its sheet, and the rows of each page.
//!
//! Fixed widths and heights make typesetting quick, tell 「共 y 页」 in advance and let a long table be typeset in
//! pieces. Start at [`TablePages::plan`].

use std::borrow::Cow;

use serde::Serialize;

use super::cells::{CellData, FittedRow, Fitter, ROW_UNITS, UNIT};
use super::columns::{ColumnData, Columns, column_data};
use super::rows::{Item, Paging, paginate};
use super::{CellAlign, Orientation, TableSheet};
use crate::domain::fields::Known;
use crate::domain::rules::Level;
use crate::print::fit::Ruler;
use crate::print::fonts::PaperFonts;
use crate::print::printable::Printable;
use crate::print::sheet::{POINTS_PER_MILLIMETRE, SheetData, long_date, period_words, title_size};
use crate::problem::{Problem, Result};

/// More people than this are not put on one paper: it takes some 1,200 pages and half a gigabyte of memory.
pub const MOST_PEOPLE: usize = 20_000;

/// Pages typeset at a time: some 500 rows, a quarter of a second.
const PAGES_PER_PIECE: usize = 25;

// Heights in millimetres; the sheet is A4, 297 × 210.
const NEXT_HEAD: f64 = 7.0;
const HEADER_ROW: f64 = 10.0;
const SIGN_LINE: f64 = 13.0;
const NOTE_LINE: f64 = 4.4;
/// A line of what narrows a table down, below its head.
const NARROWED_LINE: f64 = 5.0;

/// The sheet in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
struct Leaf {
    flipped: bool,
    top: f64,
    bottom: f64,
    side: f64,
    /// Title and fill-in line of the first page.
    first_head: f64,
    /// What narrows the table down, below them.
    narrowed: f64,
    /// Of the table.
    #[serde(skip)]
    width: f64,
    /// Between the margins.
    #[serde(skip)]
    height: f64,
}

const LANDSCAPE: Leaf = Leaf {
    flipped: true,
    top: 14.0,
    bottom: 15.0,
    side: 16.0,
    first_head: 21.0,
    narrowed: 0.0,
    width: 265.0,
    height: 181.0,
};
const PORTRAIT: Leaf = Leaf {
    flipped: false,
    top: 18.0,
    bottom: 18.0,
    side: 18.0,
    first_head: 27.0,
    narrowed: 0.0,
    width: 174.0,
    height: 261.0,
};

/// 2号, as GB/T 9704-2012 sets titles.
const TITLE_SIZE: f64 = 22.0;
const NOTE_SIZE: f64 = 8.5;
/// Of what narrows a table down.
const SMALL_SIZE: f64 = 9.0;

/// A table, divided into pages.
pub struct TablePages<'s> {
    sheet: SheetData,
    leaf: Leaf,
    /// 截至 or 期间.
    when: String,
    /// 「只列：含“值班”」; empty where nothing is left out.
    narrowed: String,
    /// 「合计：24 人」
    total: String,
    nothing: &'static str,
    columns: Columns,
    title_size: f64,
    rows: Vec<FittedRow<'s>>,
    pages: Vec<Vec<Item>>,
    section_titles: Vec<String>,
}

#[derive(Serialize)]
struct PieceData<'p> {
    sheet: &'p SheetData,
    title_size: f64,
    note_size: f64,
    small_size: f64,
    text_size: f64,
    when: &'p str,
    narrowed: &'p str,
    total: &'p str,
    page_count: usize,
    geometry: Geometry,
    columns: &'p [ColumnData],
    pages: Vec<PageData<'p>>,
}

#[derive(Serialize)]
struct Geometry {
    #[serde(flatten)]
    leaf: Leaf,
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

impl<'s> TablePages<'s> {
    /// Divides a table into pages.
    pub fn plan(sheet: &'s TableSheet, fonts: &PaperFonts, printable: &mut Printable<'_>) -> Result<Self> {
        check(sheet)?;
        let ruler = Ruler::new(fonts);
        let mut texts = printable_rows(sheet, printable);
        sign_marked(sheet, &mut texts);
        let mut leaf = match sheet.orientation {
            Orientation::Landscape => LANDSCAPE,
            Orientation::Portrait => PORTRAIT,
        };
        let width = leaf.width * POINTS_PER_MILLIMETRE / SMALL_SIZE;
        let narrowed = sheet.narrowed.as_deref().map(|words| printable.owned(words)).unwrap_or_default();
        let narrowed = ruler.breakable(&narrowed, width).into_owned();
        if !narrowed.is_empty() {
            leaf.narrowed = ruler.lines(&narrowed, width).unwrap_or(1) as f64 * NARROWED_LINE;
        }
        let columns = column_data(sheet, &texts, leaf.width, &ruler, printable);
        let mut data = SheetData::new(&sheet.title, &sheet.frame, fonts, printable);
        let section_titles = section_titles(sheet, printable);
        let masked = sheet.masked.then(|| masked_words(sheet));
        data.set_notes(sheet.notes.iter().map(String::as_str).chain(masked.as_deref()), printable);
        let fitter = Fitter { columns: &columns, most_units: most_units(leaf), ruler: &ruler };
        let mut rows: Vec<FittedRow<'s>> = texts.into_iter().map(|row| fitter.row(row)).collect();
        colour_marked(sheet, &mut rows, columns.text_size);
        let pages = paginate(&items(sheet, &rows), &paging(&data, leaf, &ruler));
        let title_size = title_size(&data.title, leaf.width, TITLE_SIZE, &ruler);
        let when = match sheet.period {
            Some(period) => format!("期间：{}", period_words(period)),
            None => format!("截至：{}", long_date(sheet.frame.as_of)),
        };
        let (people, nothing) = (sheet.people(), sheet.words.nothing);
        let total = format!("合计：{people} {}", sheet.words.unit);
        Ok(Self { sheet: data, leaf, when, narrowed, total, nothing, columns, title_size, rows, pages, section_titles })
    }

    /// The number of pages.
    pub fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// The number of pieces in which it is typeset.
    pub fn pieces(&self) -> usize {
        self.pages.len().div_ceil(PAGES_PER_PIECE)
    }

    /// The data of one piece, for `table.typ`.
    pub fn data(&self, piece: usize) -> Result<Vec<u8>> {
        let from = piece * PAGES_PER_PIECE;
        let pages = self.pages.iter().enumerate().skip(from).take(PAGES_PER_PIECE);
        let data = PieceData {
            sheet: &self.sheet,
            title_size: self.title_size,
            note_size: NOTE_SIZE,
            small_size: SMALL_SIZE,
            text_size: self.columns.text_size,
            when: &self.when,
            narrowed: &self.narrowed,
            total: &self.total,
            page_count: self.pages.len(),
            geometry: Geometry {
                leaf: self.leaf,
                next_head: NEXT_HEAD,
                header_row: HEADER_ROW,
                sign_line: SIGN_LINE,
                note_line: NOTE_LINE,
            },
            columns: &self.columns.columns,
            pages: pages.map(|(index, items)| self.page(index, items)).collect(),
        };
        serde_json::to_vec(&data).map_err(|error| Problem::fault(format!("table data: {error}")))
    }

    fn page(&self, index: usize, items: &[Item]) -> PageData<'_> {
        let mut page = PageData {
            number: index + 1,
            first: index == 0,
            last: index + 1 == self.pages.len(),
            heights: Vec::with_capacity(items.len()),
            cells: Vec::with_capacity(items.len() * self.columns.columns.len()),
        };
        if self.rows.is_empty() && items.is_empty() {
            page.heights.push(ROW_UNITS as f64 * UNIT);
            page.cells.push(CellData::Section { section: self.nothing.to_owned() });
        }
        for item in items {
            page.heights.push(item.units as f64 * UNIT);
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

/// A table has columns, one cell for each, and no more rows than fit on one paper.
fn check(sheet: &TableSheet) -> Result<()> {
    let people = sheet.rows();
    if people > MOST_PEOPLE {
        let unit = sheet.words.unit;
        return Err(Problem::input("没有排版", format!("这份表有 {people} {unit}，一份纸质表最多 {MOST_PEOPLE} 行"))
            .next("请按党支部分别打印，或导出为表格文件"));
    }
    let width = sheet.columns.len();
    if width == 0 {
        return Err(Problem::input("没有排版", "名册没有选任何栏目").next("请至少选一栏"));
    }
    match sheet.sections.iter().flat_map(|section| &section.rows).find(|row| row.len() != width) {
        Some(row) => Err(Problem::fault(format!("a table row of {} cells under {width} columns", row.len()))),
        None => Ok(()),
    }
}

/// 「公民身份号码、联系电话已隐去部分数字」, of the columns that stand on it.
fn masked_words(sheet: &TableSheet) -> String {
    let stands = |field: &Known| sheet.columns.iter().any(|column| column.label == field.label());
    let masked: Vec<&str> =
        [Known::IdNumber, Known::Phone].iter().filter(|field| stands(field)).map(|field| field.label()).collect();
    format!("{}已隐去部分数字", masked.join("、"))
}

/// The cells of every row, printable, with 序号 in front where it is asked for.
fn printable_rows<'s>(sheet: &'s TableSheet, printable: &mut Printable<'_>) -> Vec<Vec<Cow<'s, str>>> {
    let rows = sheet.sections.iter().flat_map(|section| &section.rows);
    rows.zip(1_usize..)
        .map(|(row, number)| {
            let number = sheet.numbered.then(|| Cow::Owned(number.to_string()));
            number.into_iter().chain(row.iter().map(|text| printable.text(text))).collect()
        })
        .collect()
}

/// `局机关第一党支部（24 人）`; empty where a section has no title.
fn section_titles(sheet: &TableSheet, printable: &mut Printable<'_>) -> Vec<String> {
    let unit = sheet.words.unit;
    let mut titled = |title: &String, people| format!("{}（{people} {unit}）", printable.text(title));
    sheet
        .sections
        .iter()
        .map(|section| section.title.as_ref().map(|title| titled(title, section.rows.len())).unwrap_or_default())
        .collect()
}

/// What stands under the header, in order, with heights.
fn items(sheet: &TableSheet, rows: &[FittedRow<'_>]) -> Vec<Item> {
    let mut items = Vec::with_capacity(rows.len() + sheet.sections.len());
    let mut row = 0;
    for (section, held) in sheet.sections.iter().enumerate() {
        let titled = held.title.is_some();
        if titled {
            items.push(Item::title(section, ROW_UNITS));
        }
        for _ in &held.rows {
            items.push(Item::row(section, titled, row, rows[row].units));
            row += 1;
        }
    }
    items
}

/// How many units of row height each kind of page takes.
fn paging(sheet: &SheetData, leaf: Leaf, ruler: &Ruler) -> Paging {
    let width = leaf.width * POINTS_PER_MILLIMETRE / NOTE_SIZE - 2.0;
    let note_lines: usize = sheet.notes.iter().map(|note| ruler.lines(note, width).unwrap_or(1)).sum();
    let units = |height: f64| (height / UNIT).floor().max(1.0) as usize;
    Paging {
        first: units(leaf.height - leaf.first_head - leaf.narrowed - HEADER_ROW),
        next: units(leaf.height - NEXT_HEAD - HEADER_ROW),
        bottom: ((SIGN_LINE + note_lines as f64 * NOTE_LINE) / UNIT).ceil() as usize,
        title: ROW_UNITS,
    }
}

/// The cells that ask for attention, by row and column of the whole table.
fn marked_cells(sheet: &TableSheet) -> impl Iterator<Item = (usize, usize, Level)> {
    let mut next = 0;
    sheet.sections.iter().flat_map(move |section| {
        let first = next;
        next += section.rows.len();
        let column = usize::from(sheet.numbered);
        section.marked.iter().map(move |cell| (first + cell.row, column + cell.column, cell.level))
    })
}

/// The colour never stands alone: ○ for 提醒, ◆ for 应当 stand in front.
fn sign_marked(sheet: &TableSheet, rows: &mut [Vec<Cow<'_, str>>]) {
    for (row, column, level) in marked_cells(sheet) {
        if let Some(text) = rows.get_mut(row).and_then(|row| row.get_mut(column)) {
            let sign = match level {
                Level::Amber => '○',
                Level::Red => '◆',
            };
            text.to_mut().insert(0, sign);
        }
    }
}

/// Gives the cells that ask for attention their colour.
fn colour_marked(sheet: &TableSheet, rows: &mut [FittedRow<'_>], usual: f64) {
    for (row, column, level) in marked_cells(sheet) {
        let Some(cell) = rows.get_mut(row).and_then(|row| row.cells.get_mut(column)) else { continue };
        let (text, size) = match cell {
            CellData::Usual(text) => (text.clone(), usual),
            CellData::Sized { text, size } => (text.clone(), *size),
            CellData::Marked { .. } | CellData::Section { .. } => continue,
        };
        let level = match level {
            Level::Amber => "amber",
            Level::Red => "red",
        };
        *cell = CellData::Marked { text, size, level };
    }
}

/// The units of a row that fills a page by itself.
fn most_units(leaf: Leaf) -> usize {
    ((leaf.height - leaf.first_head - leaf.narrowed - HEADER_ROW) / UNIT).floor().max(1.0) as usize
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Day;
    use crate::print::paper::{Form, compile};
    use crate::print::samples;
    use crate::print::table::TableColumn;
    use crate::progress::Progress;

    #[test]
    fn where_texts_are_to_be_of_one_size_a_long_one_is_not_set_smaller_than_those_beside_it() {
        let mut sheet = samples::roster(30);
        let row = |row: &mut Vec<String>| row[8] = "青禾县民政局养老服务和儿童福利股".repeat(4);
        sheet.sections[0].rows.iter_mut().for_each(row);
        let fonts = PaperFonts::embedded();
        let sizes = |sheet: &TableSheet| {
            let pages = TablePages::plan(sheet, fonts, &mut Printable::new(fonts)).expect("a plan");
            let cells = pages.rows.iter().flat_map(|row| &row.cells);
            let own = cells.filter_map(|cell| match cell {
                CellData::Sized { text, size } if !text.is_ascii() => Some(size.to_string()),
                _ => None,
            });
            own.chain([pages.columns.text_size.to_string()]).collect::<std::collections::BTreeSet<String>>()
        };
        assert!(sizes(&sheet).len() > 1, "fitted: some are smaller");
        sheet.columns = sheet.columns.into_iter().map(TableColumn::even).collect();
        assert_eq!(sizes(&sheet).len(), 1);
    }

    #[test]
    fn what_narrows_a_table_down_has_its_room_on_the_first_page() {
        let fonts = PaperFonts::embedded();
        let sheet = |narrowed: &str| TableSheet {
            narrowed: Some(narrowed.to_owned()).filter(|words| !words.is_empty()),
            ..samples::roster(120)
        };
        let many = format!("只列：{}", "含“值班”，".repeat(60));
        let mut rows = Vec::new();
        for (words, lines) in [("", 0), ("只列：含“值班”", 1), (&many, 5)] {
            let sheet = sheet(words);
            let plan = TablePages::plan(&sheet, fonts, &mut Printable::new(fonts)).expect("a plan");
            assert_eq!(plan.leaf.narrowed, f64::from(lines) * NARROWED_LINE, "{words}");
            rows.push(plan.pages[0].len());
            let planned = plan.page_count();
            let paper = compile(&Form::Table(sheet), fonts, Day::constant(2026, 11, 24), &Progress::default());
            let paper = paper.expect("a paper");
            assert_eq!(paper.pages(), planned, "nothing is pushed off its page: {words}");
            assert!(paper.page_text(0).contains("只列") != words.is_empty() && !paper.page_text(1).contains("只列"));
        }
        assert!(rows[2] < rows[1] && rows[1] <= rows[0], "{rows:?}");
    }

    /// 题名 beside a long 责任者: the row is high anyway.
    #[test]
    fn a_text_beside_a_longer_one_is_as_large_as_the_row_has_room_for() {
        let mut sheet = samples::roster(30);
        for row in &mut sheet.sections[0].rows {
            row[8] = "青禾县民政局养老服务和儿童福利股".repeat(8);
            row[10] = "关于印发《青禾县民政局党总支2026年度党建工作要点》的通知".repeat(2);
        }
        let fonts = PaperFonts::embedded();
        let pages = TablePages::plan(&sheet, fonts, &mut Printable::new(fonts)).expect("a plan");
        for row in &pages.rows {
            let size = match &row.cells[11] {
                CellData::Sized { size, .. } => *size,
                cell => panic!("the text is long: {cell:?}"),
            };
            assert_eq!(size, pages.columns.text_size, "{:?}", row.cells);
        }
    }

    #[test]
    fn a_long_text_makes_its_row_higher_and_is_never_too_small_to_be_read() {
        let mut sheet = samples::roster(30);
        let unit = "青禾县民政局养老服务和儿童福利股及县未成年人保护中心";
        sheet.sections[0].rows.iter_mut().for_each(|row| row[8] = unit.repeat(3));
        let fonts = PaperFonts::embedded();
        let pages = TablePages::plan(&sheet, fonts, &mut Printable::new(fonts)).expect("a plan");
        assert!(pages.columns.text_size >= 8.0);
        for row in &pages.rows {
            let small =
                |cell: &CellData<'_>| matches!(cell, CellData::Sized { text, size } if *size < 8.0 && !text.is_ascii());
            assert!(!row.cells.iter().any(small), "{:?}", row.cells);
            assert!(row.units > ROW_UNITS);
        }
    }
}
