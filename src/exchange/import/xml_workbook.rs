//! Reads workbooks in the XML of Excel 2003 (SpreadsheetML): cells with what they show, merged cells, hidden sheets.
//!
//! Start at [`read`].

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::merged::attribute;
use super::sheets::{Cell, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Merged, Sheet};
use super::shown::{self, DateParts, Shown};
use super::source::{damaged, no_roster, too_large};
use crate::clock::Day;
use crate::domain::values::LONGEST_TEXT_BYTES;
use crate::problem::Result;
use crate::progress::Progress;

/// The most sheets of a workbook.
const MOST_SHEETS: usize = 1_000;
/// How deep elements may stand within each other.
const MOST_NESTED: usize = 64;
/// The style of cells that name none.
const DEFAULT_STYLE: &str = "Default";

/// The sheets of a workbook. Hidden ones come without rows.
pub fn read(text: &str, name: &str, progress: &Progress) -> Result<Vec<Sheet>> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    let mut book = Book::new(name);
    let mut nth = 0u64;
    loop {
        nth += 1;
        if nth.is_multiple_of(4_096) {
            progress.step(0)?;
        }
        match reader.read_event().map_err(|error| damaged(name, &error.to_string()))? {
            Event::Start(element) => book.start(&element)?,
            Event::Empty(element) => {
                book.start(&element)?;
                book.end()?;
            }
            Event::End(_) => book.end()?,
            Event::Text(text) => book.text(&text.xml10_content()),
            Event::CData(text) => book.text(&text.xml10_content()),
            Event::GeneralRef(reference) => book.text(&meaning(&reference)),
            Event::Eof => return book.finish(),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// What `&lt;` and `&#10;` stand for; an unknown name stands for itself.
pub(super) fn meaning(reference: &BytesRef<'_>) -> String {
    let named = || resolve_predefined_entity(reference).map(str::to_owned);
    let numbered = || reference.resolve_char_ref().ok().flatten().map(String::from);
    named().or_else(numbered).unwrap_or_else(|| format!("&{};", &**reference))
}

/// The elements that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    Workbook,
    Date1904,
    Style,
    NumberFormat,
    Worksheet,
    Visible,
    Table,
    Column,
    Row,
    Cell,
    Data,
    Other,
}

impl Tag {
    fn of(local_name: &str) -> Self {
        match local_name {
            "Workbook" => Self::Workbook,
            "Date1904" => Self::Date1904,
            "Style" => Self::Style,
            "NumberFormat" => Self::NumberFormat,
            "Worksheet" => Self::Worksheet,
            "Visible" => Self::Visible,
            "Table" => Self::Table,
            "Column" => Self::Column,
            "Row" => Self::Row,
            "Cell" => Self::Cell,
            "Data" => Self::Data,
            _ => Self::Other,
        }
    }
}

/// A workbook while it is read.
struct Book<'a> {
    name: &'a str,
    /// The elements that are open.
    path: Vec<Tag>,
    styles: HashMap<String, Shown>,
    /// The style whose format comes next.
    style: String,
    is_1904: bool,
    sheets: Vec<Sheet>,
    place: Place,
    /// The text of the element that is open: of a cell, or whether a sheet is visible.
    text: String,
    is_ended: bool,
    cells_left: usize,
}

/// Where in a sheet the reader stands.
#[derive(Debug, Default)]
struct Place {
    /// The styles of columns: first, last, style.
    columns: Vec<(usize, usize, String)>,
    next_column: usize,
    row: u32,
    /// How many rows more a row stands for.
    row_span: u32,
    column: usize,
    table_style: Option<String>,
    row_style: Option<String>,
    cell_style: Option<String>,
    across: usize,
    down: u32,
    kind: String,
}

impl<'a> Book<'a> {
    fn new(name: &'a str) -> Self {
        Self {
            name,
            path: Vec::new(),
            styles: HashMap::new(),
            style: String::new(),
            is_1904: false,
            sheets: Vec::new(),
            place: Place::default(),
            text: String::new(),
            is_ended: false,
            cells_left: MOST_CELLS,
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<()> {
        let parent = self.path.last().copied();
        let tag = Tag::of(element.local_name().as_ref());
        if self.path.len() == MOST_NESTED {
            return Err(damaged(self.name, "elements are nested too deep"));
        }
        self.path.push(tag);
        match (tag, parent) {
            (Tag::Date1904, _) => self.is_1904 = true,
            (Tag::Style, _) => self.begin_style(element),
            (Tag::NumberFormat, Some(Tag::Style)) => {
                let format =
                    attribute(element, b"Format").map_or(Shown::General, |code| shown::understand_named(&code));
                self.styles.insert(self.style.clone(), format);
            }
            (Tag::Worksheet, Some(Tag::Workbook)) => {
                if self.sheets.len() == MOST_SHEETS {
                    return Err(too_large(self.name));
                }
                self.place = Place::default();
                self.sheets.push(Sheet::new(&attribute(element, b"Name").unwrap_or_default()));
            }
            (Tag::Table, Some(Tag::Worksheet)) => self.place.table_style = attribute(element, b"StyleID"),
            (Tag::Column, Some(Tag::Table)) => {
                self.place.begin_column(element);
                self.hide(tag, element);
            }
            (Tag::Row, Some(Tag::Table)) => {
                self.place.begin_row(element);
                self.hide(tag, element);
            }
            (Tag::Cell, Some(Tag::Row)) => self.place.begin_cell(element),
            (Tag::Data, Some(Tag::Cell)) => {
                self.text.clear();
                self.place.kind = attribute(element, b"Type").unwrap_or_default();
            }
            (Tag::Visible, _) => self.text.clear(),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        let tag = self.path.pop();
        match (tag, self.path.last().copied()) {
            (Some(Tag::Data), Some(Tag::Cell)) => self.put_cell()?,
            (Some(Tag::Cell), Some(Tag::Row)) => self.end_cell()?,
            (Some(Tag::Visible), _) if self.path.contains(&Tag::Worksheet) => {
                if let Some(sheet) = self.sheets.last_mut() {
                    sheet.visible = !matches!(self.text.trim(), "SheetHidden" | "SheetVeryHidden");
                }
            }
            (Some(Tag::Worksheet), Some(Tag::Workbook)) => self.end_sheet()?,
            (Some(Tag::Workbook), None) => self.is_ended = true,
            _ => {}
        }
        Ok(())
    }

    /// Adds to the text of a cell, whatever element within it says how it looks. Of a text that is longer than any
    /// value, only so much is kept that it shows.
    fn text(&mut self, text: &str) {
        if self.path.iter().any(|tag| matches!(tag, Tag::Data | Tag::Visible)) && self.text.len() <= LONGEST_TEXT_BYTES
        {
            self.text.push_str(text);
        }
    }

    /// Takes over that the row or the columns just begun are hidden.
    fn hide(&mut self, tag: Tag, element: &BytesStart<'_>) {
        let Some(sheet) = self.sheets.last_mut().filter(|_| number(element, b"Hidden") == Some(1)) else { return };
        let span = number(element, b"Span").unwrap_or(0);
        if tag == Tag::Row {
            let last = self.place.row.saturating_add(span).min(MOST_ROWS);
            (self.place.row..=last).for_each(|row| sheet.hidden.row(row));
        } else if let Some(last) = self.place.next_column.checked_sub(1) {
            sheet.hidden.columns(last.saturating_sub(span as usize), last);
        }
    }

    fn begin_style(&mut self, element: &BytesStart<'_>) {
        self.style = attribute(element, b"ID").unwrap_or_default();
        let parent = attribute(element, b"Parent").unwrap_or_else(|| DEFAULT_STYLE.to_owned());
        let format = self.styles.get(&parent).copied().unwrap_or(Shown::General);
        self.styles.insert(self.style.clone(), format);
    }

    fn put_cell(&mut self) -> Result<()> {
        let text = std::mem::take(&mut self.text);
        let cell = match self.place.kind.as_str() {
            "Number" => match text.trim().parse::<f64>() {
                Ok(value) if value.is_finite() => Cell::of_number(value, self.format(), self.is_1904),
                _ => Cell::text(&text),
            },
            "DateTime" => date_cell(text.trim(), self.format()),
            "Boolean" => match text.trim() {
                "0" => Cell::text("FALSE"),
                "1" => Cell::text("TRUE"),
                other => Cell::text(other),
            },
            "Error" => Cell::Error,
            _ => Cell::text(&text),
        };
        let (row, column) = (self.place.row, self.place.column);
        if matches!(cell, Cell::Empty) {
            return Ok(());
        }
        if row > MOST_ROWS || column >= MOST_COLUMNS as usize {
            return Err(too_large(self.name));
        }
        let taken = self.sheets.last_mut().map_or(0, |sheet| sheet.put(row, column, cell));
        self.take(taken)
    }

    /// The number format of the cell: of its own style, or of its row, its column, its table.
    fn format(&self) -> Shown {
        let place = &self.place;
        let of_column = || {
            let columns = place.columns.iter().rev();
            columns
                .into_iter()
                .find(|(first, last, _)| (*first..=*last).contains(&place.column))
                .map(|(.., style)| style)
        };
        let style =
            place.cell_style.as_ref().or(place.row_style.as_ref()).or_else(of_column).or(place.table_style.as_ref());
        let style = style.map_or(DEFAULT_STYLE, String::as_str);
        self.styles.get(style).copied().unwrap_or(Shown::General)
    }

    fn end_cell(&mut self) -> Result<()> {
        let place = &mut self.place;
        let (row, column) = (place.row, place.column);
        place.column = column.saturating_add(place.across + 1);
        if (place.across, place.down) != (0, 0) && row <= MOST_ROWS && column < MOST_COLUMNS as usize {
            let merged = Merged {
                first_row: row,
                last_row: row.saturating_add(place.down),
                first_column: column,
                last_column: column.saturating_add(place.across),
            };
            if let Some(sheet) = self.sheets.last_mut() {
                sheet.merged.push(merged);
            }
            self.take(1)?;
        }
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<()> {
        let Some(sheet) = self.sheets.last_mut() else { return Ok(()) };
        sheet.is_1904 = self.is_1904;
        if !sheet.visible {
            (sheet.rows, sheet.merged) = (Vec::new(), Vec::new());
        }
        sheet.finish(&mut self.cells_left).ok_or_else(|| too_large(self.name))
    }

    fn take(&mut self, cells: usize) -> Result<()> {
        self.cells_left = self.cells_left.checked_sub(cells).ok_or_else(|| too_large(self.name))?;
        Ok(())
    }

    fn finish(self) -> Result<Vec<Sheet>> {
        if !self.is_ended {
            return Err(damaged(self.name, "XML ends early"));
        }
        if self.sheets.is_empty() {
            return Err(no_roster(self.name, "工作簿里没有工作表"));
        }
        Ok(self.sheets)
    }
}

impl Place {
    fn begin_column(&mut self, element: &BytesStart<'_>) {
        let first = number(element, b"Index").map_or(self.next_column, |index| (index as usize).saturating_sub(1));
        let last = first.saturating_add(number(element, b"Span").unwrap_or(0) as usize);
        self.next_column = last.saturating_add(1);
        if self.columns.len() < MOST_COLUMNS as usize
            && let Some(style) = attribute(element, b"StyleID")
        {
            self.columns.push((first, last, style));
        }
    }

    fn begin_row(&mut self, element: &BytesStart<'_>) {
        let next = self.row.saturating_add(1).saturating_add(self.row_span);
        self.row = number(element, b"Index").filter(|index| *index > 0).unwrap_or(next);
        self.row_span = number(element, b"Span").unwrap_or(0);
        self.row_style = attribute(element, b"StyleID");
        self.column = 0;
    }

    fn begin_cell(&mut self, element: &BytesStart<'_>) {
        if let Some(index) = number(element, b"Index").filter(|index| *index > 0) {
            self.column = index as usize - 1;
        }
        self.cell_style = attribute(element, b"StyleID");
        self.across = number(element, b"MergeAcross").unwrap_or(0).min(MOST_COLUMNS) as usize;
        self.down = number(element, b"MergeDown").unwrap_or(0).min(MOST_ROWS);
    }
}

fn number(element: &BytesStart<'_>, name: &[u8]) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok()
}

/// A date and time `1986-03-07T00:00:00.000`, as precise as its format shows it.
fn date_cell(text: &str, format: Shown) -> Cell {
    let parts = match format {
        Shown::Date(parts) => parts,
        _ => DateParts::Day,
    };
    let day = text.get(..10).and_then(|day| day.parse::<Day>().ok());
    let serial = day.map(|day| day.duration_since(Day::constant(1899, 12, 30)).as_hours() / 24);
    let hours = text.get(11..13).and_then(|hours| hours.parse::<f64>().ok()).unwrap_or_default();
    let minutes = text.get(14..16).and_then(|minutes| minutes.parse::<f64>().ok()).unwrap_or_default();
    let time = (hours * 60.0 + minutes) / 1_440.0;
    match serial.map(|serial| shown::date_cell(serial as f64 + time, parts, false)) {
        // A time of day, or a day that Excel does not count rightly.
        None | Some(Cell::Number(..)) => Cell::text(text),
        Some(cell) => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(inside: &str) -> String {
        format!(
            "\u{feff}<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">{inside}</Workbook>"
        )
    }

    fn sheets(inside: &str) -> Vec<Sheet> {
        read(&book(inside), "名册.xls", &Progress::default()).expect("a workbook")
    }

    fn sheet(styles: &str, table: &str) -> Sheet {
        let inside = format!("<Styles>{styles}</Styles><Worksheet ss:Name=\"党员\"><Table>{table}</Table></Worksheet>");
        sheets(&inside).remove(0)
    }

    fn rows(sheet: &Sheet) -> Vec<(u32, String)> {
        let joined = |cells: &[Cell]| cells.iter().map(Cell::shown).collect::<Vec<_>>().join("|");
        sheet.rows.iter().map(|row| (row.number, joined(&row.cells))).collect()
    }

    fn cell(attributes: &str, kind: &str, text: &str) -> String {
        format!("<Cell {attributes}><Data ss:Type=\"{kind}\">{text}</Data></Cell>")
    }

    #[test]
    fn rows_and_cells_stand_where_their_numbers_say() {
        let text = |attributes: &str, text: &str| cell(attributes, "String", text);
        let read = sheet(
            "",
            &format!(
                "<Row>{}{}</Row><Row ss:Index=\"3\" ss:Hidden=\"1\">{}{}</Row><Row ss:Span=\"2\"/><Row>{}</Row>",
                text("ss:MergeAcross=\"1\"", "标题"),
                text("", "右"),
                text("ss:MergeDown=\"4\"", "支部"),
                text("ss:Index=\"4\"", "甲"),
                text("ss:Index=\"2\"", "乙")
            ),
        );
        assert_eq!(rows(&read), [(1, "标题||右".into()), (3, "支部|||甲".into()), (7, "支部|乙".into())]);
        assert_eq!(read.hidden.rows, [3]);
        let columns =
            "<Column/><Column ss:Hidden=\"1\" ss:Span=\"1\"/><Column/><Column ss:Index=\"9\" ss:Hidden=\"1\"/>";
        let read = sheet("", &format!("{columns}<Row>{}</Row>", text("", "甲")));
        assert_eq!(read.hidden.columns, [1, 2, 8]);
    }

    #[test]
    fn cells_show_what_their_styles_say() {
        let styles = "<Style ss:ID=\"Default\"/><Style ss:ID=\"m\"><NumberFormat ss:Format=\"yyyy&quot;年&quot;m&quot;月&quot;;@\"/></Style>\
                      <Style ss:ID=\"m2\" ss:Parent=\"m\"><Font/></Style><Style ss:ID=\"f\"><NumberFormat ss:Format=\"Fixed\"/></Style>";
        let read = sheet(
            styles,
            &format!(
                "<Column ss:Index=\"4\" ss:Span=\"1\" ss:StyleID=\"m\"/><Row>{}{}{}{}{}</Row><Row ss:StyleID=\"f\">{}{}</Row>",
                cell("ss:StyleID=\"m2\"", "DateTime", "1986-03-07T00:00:00.000"),
                cell("", "DateTime", "1986-03-07T00:00:00.000"),
                cell("ss:StyleID=\"f\"", "Number", "2019.1"),
                cell("", "Number", "31478"),
                cell("", "DateTime", "1899-12-31T08:30:00.000"),
                cell("", "Number", "2020.1"),
                cell("ss:StyleID=\"Default\"", "Number", "2020.1"),
            ),
        );
        assert_eq!(
            rows(&read),
            [(1, "1986-03|1986-03-07|2019.10|1986-03|1899-12-31T08:30:00.000".into()), (2, "2020.10|2020.1".into())]
        );
    }

    #[test]
    fn texts_come_without_their_looks_and_without_comments() {
        let read = sheet(
            "",
            "<Row><Cell><ss:Data ss:Type=\"String\" xmlns=\"http://www.w3.org/TR/REC-html40\"><B>张</B><Font>三 &amp; &#10;四</Font></ss:Data>\
             <Comment><ss:Data>批注</ss:Data></Comment></Cell><Cell><Data ss:Type=\"String\">a & b &nbsp;<![CDATA[<c>]]></Data></Cell>\
             <Cell><Data ss:Type=\"Error\">#REF!</Data></Cell><Cell><Data ss:Type=\"Boolean\">1</Data></Cell></Row>",
        );
        assert_eq!(rows(&read), [(1, "张三 & \n四|a & b &nbsp;<c>|#N/A|TRUE".into())]);
        assert_eq!(read.rows[0].cells[2], Cell::Error);
    }

    #[test]
    fn hidden_sheets_come_without_rows_and_days_may_count_from_1904() {
        let row = format!("<Table><Row>{}</Row></Table>", cell("ss:StyleID=\"d\"", "Number", "42185"));
        let hidden = "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>";
        let read = sheets(&format!(
            "<ExcelWorkbook><Date1904/></ExcelWorkbook><Styles><Style ss:ID=\"d\"><NumberFormat ss:Format=\"Short Date\"/></Style></Styles>\
             <Worksheet ss:Name=\"甲\">{row}</Worksheet><Worksheet ss:Name=\"乙\">{row}{hidden}</Worksheet>"
        ));
        assert_eq!(rows(&read[0]), [(1, "2019-07-01".into())]);
        assert!(!read[1].visible && read[1].rows.is_empty());
    }

    #[test]
    fn what_is_broken_or_endless_is_refused() {
        let refused = |text: &str| read(text, "名册.xls", &Progress::default()).expect_err("a refusal").happened;
        assert!(refused("<Workbook><Worksheet ss:Name=\"甲\"><Table>").contains("没有传完"));
        assert!(refused("<Workbook><a></b></Workbook>").contains("已损坏"));
        assert!(refused(&book("")).contains("没有工作表"));
        assert!(refused(&format!("<Workbook>{}", "<a>".repeat(1_000))).contains("已损坏"));
        let far = book(&format!(
            "<Worksheet><Table><Row ss:Index=\"999999\">{}</Row></Table></Worksheet>",
            cell("", "String", "远")
        ));
        assert!(refused(&far).contains("过大"));
    }
}
