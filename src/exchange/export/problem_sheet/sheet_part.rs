//! The part of a worksheet, with cells coloured and a column of texts added; all else is copied as it stands.
//!
//! [`Survey::of`] looks where things stand, [`write_sheet`] writes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Write;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use super::styles::Styles;
use super::told::{Colour, Told};
use super::xml::{CLOSED, OPEN, Patch, Pieces, escaped, prefix_of, tag_with};
use crate::domain::import_layout::letters;
use crate::exchange::import::merged::{attribute, place_of};
use crate::exchange::import::noted::HEAD;
use crate::problem::{Problem, Result};
use crate::progress::Progress;

/// Width of the added column, in characters.
pub const WIDTH: u32 = 48;
/// Height of a line of text, in points.
const LINE: f64 = 15.0;
/// The greatest height that a row may have.
const HIGHEST: f64 = 409.0;
/// Characters that a cell may hold, less some that escaping may add.
const LONGEST_TEXT: usize = 32_000;

/// What becomes of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    Colour(Colour),
    Head,
    Words(String),
    /// What was told before and does not hold any more goes.
    Nothing,
}

/// How wide a text is, in characters as spreadsheets count them: ours are twice as wide as theirs.
pub fn shown_width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// The height of a row that shows all of a text in the added column, in points; none where one line is enough.
pub fn height_of(words: &str) -> Option<f64> {
    // A line breaks before a character that would not fit whole.
    let lines = shown_width(words).div_ceil(WIDTH as usize - 2);
    (lines > 1).then_some(lines as f64 * LINE)
}

/// What becomes of the cells of a row, by column.
type PutRow = BTreeMap<usize, Put>;

/// What becomes of which cells when what is told stands in a column.
pub fn puts(told: &Told, column: usize) -> BTreeMap<u32, PutRow> {
    let mut puts: BTreeMap<u32, PutRow> = BTreeMap::new();
    let mut put = |row: u32, column: usize, what: Put| puts.entry(row).or_default().insert(column, what);
    for (row, column) in &told.gone {
        put(*row, *column, Put::Nothing);
    }
    for ((row, column), colour) in &told.colours {
        put(*row, *column, Put::Colour(*colour));
    }
    for (row, words) in &told.sentences {
        put(*row, column, Put::Words(words.chars().take(LONGEST_TEXT).collect()));
    }
    for row in &told.heads {
        put(*row, column, Put::Head);
    }
    puts
}

/// Where rows and cells stand, also those that do not say it: after the one before.
#[derive(Debug, Default)]
struct Counter {
    row: u32,
    next_column: usize,
}

impl Counter {
    fn row(&mut self, element: &BytesStart<'_>) -> bool {
        let told: Option<u32> = attribute(element, b"r").and_then(|text| text.parse().ok());
        self.row = told.unwrap_or(self.row.saturating_add(1));
        self.next_column = 0;
        told.is_some()
    }

    fn column(&mut self, element: &BytesStart<'_>) -> usize {
        let told = attribute(element, b"r").and_then(|text| place_of(&text));
        let column = told.map_or(self.next_column, |(_, column)| column);
        self.next_column = column + 1;
        column
    }
}

/// Where things stand in a worksheet.
#[derive(Debug, Default)]
pub struct Survey {
    /// The last column in which something stands.
    pub last_used: Option<usize>,
    /// The cells that there are in the rows that are asked for; a row without any is there too.
    cells: HashMap<u32, BTreeSet<usize>>,
    /// Rows that only their cells number, by where they begin.
    numbers: HashMap<usize, u32>,
}

impl Survey {
    /// Looks through a worksheet for these rows. None where it is broken.
    pub fn of(xml: &str, is_asked_for: impl Fn(u32) -> bool, progress: &Progress) -> Result<Option<Self>> {
        let mut survey = Self::default();
        let mut counter = Counter::default();
        let (mut in_row, mut begin, mut column, mut in_data) = (BTreeSet::new(), None, None, false);
        for (nth, piece) in (0u64..).zip(Pieces::of(xml)) {
            if nth.is_multiple_of(65_536) {
                progress.step(0)?;
            }
            let Ok((event, place)) = piece else { return Ok(None) };
            match event {
                Event::Start(element) if element.local_name().as_ref() == "sheetData" => in_data = true,
                Event::End(element) if element.local_name().as_ref() == "sheetData" => in_data = false,
                _ if !in_data => {}
                Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                    "row" => {
                        begin = (!counter.row(&element)).then_some(place.start);
                        in_row.clear();
                        if xml[place].ends_with(CLOSED) && is_asked_for(counter.row) {
                            survey.cells.entry(counter.row).or_default();
                        }
                    }
                    "c" => {
                        if let (Some(begin), Some((row, _))) =
                            (begin.take(), attribute(&element, b"r").and_then(|text| place_of(&text)))
                        {
                            counter.row = row;
                            survey.numbers.insert(begin, row);
                        }
                        let at = counter.column(&element);
                        in_row.insert(at);
                        column = Some(at);
                    }
                    "v" | "f" | "is" => survey.last_used = survey.last_used.max(column),
                    _ => {}
                },
                Event::End(element) if element.local_name().as_ref() == "row" && is_asked_for(counter.row) => {
                    survey.cells.entry(counter.row).or_default().extend(std::mem::take(&mut in_row));
                }
                _ => {}
            }
        }
        Ok(Some(survey))
    }
}

/// Writes a worksheet in which things become of its cells, and which is as wide as a column of texts.
pub fn write_sheet<'x, W: Write>(
    xml: &'x str,
    survey: &'x Survey,
    (puts, column): (BTreeMap<u32, PutRow>, usize),
    styles: &'x mut Styles,
    out: W,
    progress: &Progress,
) -> Result<W> {
    let (here, missing) = puts.into_iter().partition(|(row, _)| survey.cells.contains_key(row));
    let mut writer = SheetWriter {
        patch: Patch::new(xml, out),
        survey,
        styles,
        column,
        here,
        missing,
        counter: Counter::default(),
        prefix: String::new(),
        column_styles: Vec::new(),
        part: Part::Before,
        has_width: false,
        row: None,
        dropped: None,
    };
    for (nth, piece) in (0u64..).zip(Pieces::of(xml)) {
        if nth.is_multiple_of(65_536) {
            progress.step(u64::from(writer.counter.row))?;
        }
        let (event, place) = piece.map_err(|error| Problem::fault(error.to_string()))?;
        match event {
            Event::Start(element) => writer.start(&element, OPEN, place)?,
            Event::Empty(element) => writer.start(&element, CLOSED, place)?,
            Event::End(element) => writer.end(element.local_name().as_ref(), place)?,
            _ => {}
        }
    }
    Ok(writer.patch.end()?)
}

/// Which part of the worksheet is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Before,
    Widths,
    Between,
    Cells,
    After,
}

/// A row while it is written.
struct RowNow {
    puts: PutRow,
    cells: BTreeSet<usize>,
    /// The format that its new cells take over.
    style: Option<u32>,
}

struct SheetWriter<'x, W> {
    patch: Patch<'x, W>,
    survey: &'x Survey,
    styles: &'x mut Styles,
    column: usize,
    /// Of rows that there are.
    here: BTreeMap<u32, PutRow>,
    /// Of rows that are not there.
    missing: BTreeMap<u32, PutRow>,
    counter: Counter,
    prefix: String,
    /// First and last column, format.
    column_styles: Vec<(usize, usize, u32)>,
    part: Part,
    /// The width of the added column stands already.
    has_width: bool,
    row: Option<RowNow>,
    /// Where a cell begins that gives way to a new one, and the new one.
    dropped: Option<(usize, String)>,
}

impl<W: Write> SheetWriter<'_, W> {
    fn start(&mut self, element: &BytesStart<'_>, ending: &str, place: Range<usize>) -> Result<()> {
        match (self.part, element.local_name().as_ref()) {
            (Part::Before, "dimension") => self.dimension(element, ending, place),
            (Part::Before, "cols") => {
                self.prefix = prefix_of(element);
                self.part = if ending == OPEN { Part::Widths } else { Part::Between };
                if ending == CLOSED {
                    let widths = self.widths();
                    self.patch.replace(place, &widths)?;
                }
                Ok(())
            }
            (Part::Widths, "col") => self.col(element, ending, place),
            (Part::Before | Part::Between, "sheetData") => {
                self.prefix = prefix_of(element);
                self.sheet_data(element, ending, place)
            }
            (Part::Cells, "row") => self.row(element, ending, place),
            (Part::Cells, "c") => self.cell(element, ending, place),
            _ => Ok(()),
        }
    }

    fn end(&mut self, name: &str, place: Range<usize>) -> Result<()> {
        match (self.part, name) {
            (Part::Widths, "cols") => {
                self.part = Part::Between;
                if !self.has_width {
                    let width = self.width();
                    self.patch.insert(place.start, &width)?;
                }
            }
            (Part::Cells, "c") => {
                if let Some((from, cell)) = self.dropped.take() {
                    self.patch.replace(from..place.end, &cell)?;
                }
            }
            (Part::Cells, "row") => {
                if let Some(mut row) = self.row.take() {
                    let rest = self.new_cells(&mut row, usize::MAX);
                    self.patch.insert(place.start, &rest)?;
                }
            }
            (Part::Cells, "sheetData") => {
                self.part = Part::After;
                let rows = self.missing_rows(u32::MAX);
                self.patch.insert(place.start, &rows)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// The sheet reaches to the added column.
    fn dimension(&mut self, element: &BytesStart<'_>, ending: &str, place: Range<usize>) -> Result<()> {
        let Some(range) = attribute(element, b"ref") else { return Ok(()) };
        let (first, last) = range.split_once(':').unwrap_or((&range, &range));
        let Some((row, column)) = place_of(last) else { return Ok(()) };
        let widest = letters(column.max(self.column));
        let widened = format!("{first}:{widest}{row}");
        self.patch.replace(place, &tag_with(element, ending, &[("ref", Some(&widened))]))?;
        Ok(())
    }

    /// The width of the added column.
    fn width(&self) -> String {
        let (prefix, at) = (&self.prefix, self.column + 1);
        format!(r#"<{prefix}col min="{at}" max="{at}" width="{WIDTH}" customWidth="1"/>"#)
    }

    fn widths(&mut self) -> String {
        self.has_width = true;
        let (prefix, width) = (&self.prefix, self.width());
        format!("<{prefix}cols>{width}</{prefix}cols>")
    }

    /// A width that holds for several columns, the added one among them, is parted.
    fn col(&mut self, element: &BytesStart<'_>, ending: &str, place: Range<usize>) -> Result<()> {
        let number = |name: &[u8]| attribute(element, name).and_then(|text| text.parse::<usize>().ok());
        let (Some(min), Some(max)) = (number(b"min"), number(b"max")) else { return Ok(()) };
        if let Some(style) = number(b"style").and_then(|style| u32::try_from(style).ok()) {
            self.column_styles.push((min, max, style));
        }
        let at = self.column + 1;
        if self.has_width || max < at {
            return Ok(());
        }
        self.has_width = true;
        if at < min {
            let width = self.width();
            self.patch.insert(place.start, &width)?;
            return Ok(());
        }
        let part = |from: usize, to: usize| match from <= to {
            true => tag_with(element, CLOSED, &[("min", Some(&from.to_string())), ("max", Some(&to.to_string()))]),
            false => String::new(),
        };
        let parted = format!("{}{}{}", part(min, at - 1), self.width(), part(at + 1, max));
        // A tag that is open has an end of its own, which stays: then the last of them is that one.
        if ending == CLOSED {
            self.patch.replace(place, &parted)?;
        } else {
            let opened = parted.strip_suffix(CLOSED).map_or(parted.clone(), |rest| format!("{rest}{OPEN}"));
            self.patch.replace(place, &opened)?;
        }
        Ok(())
    }

    fn sheet_data(&mut self, element: &BytesStart<'_>, ending: &str, place: Range<usize>) -> Result<()> {
        if self.part == Part::Before {
            let widths = self.widths();
            self.patch.insert(place.start, &widths)?;
        }
        self.part = if ending == OPEN { Part::Cells } else { Part::After };
        if ending == CLOSED {
            let (opened, rows) = (tag_with(element, OPEN, &[]), self.missing_rows(u32::MAX));
            self.patch.replace(place, &format!("{opened}{rows}</{}sheetData>", self.prefix))?;
        }
        Ok(())
    }

    fn row(&mut self, element: &BytesStart<'_>, ending: &str, place: Range<usize>) -> Result<()> {
        self.counter.row(element);
        if let Some(number) = self.survey.numbers.get(&place.start) {
            self.counter.row = *number;
        }
        let number = self.counter.row;
        let before = self.missing_rows(number);
        self.patch.insert(place.start, &before)?;
        let Some(puts) = self.here.remove(&number) else { return Ok(()) };
        let flag = |name: &[u8]| attribute(element, name).is_some_and(|text| text == "1" || text == "true");
        let style = attribute(element, b"s").filter(|_| flag(b"customFormat")).and_then(|text| text.parse().ok());
        let mut row = RowNow { puts, cells: self.survey.cells.get(&number).cloned().unwrap_or_default(), style };
        let mut changes = vec![("spans", None)];
        // Not all programs make a row as high as its texts need.
        let needed = row.puts.values().filter_map(|put| match put {
            Put::Words(words) => height_of(words),
            _ => None,
        });
        let given = attribute(element, b"ht").and_then(|text| text.parse::<f64>().ok());
        let needed = needed.map(|height| height.min(HIGHEST)).find(|height| given.is_none_or(|given| given < *height));
        let needed = needed.map(|height| height.to_string());
        if let Some(height) = &needed {
            changes.push(("ht", Some(height.as_str())));
        }
        let opened = tag_with(element, OPEN, &changes);
        if ending == CLOSED {
            let cells = self.new_cells(&mut row, usize::MAX);
            let name: String = element.name().as_ref().to_owned();
            self.patch.replace(place, &format!("{opened}{cells}</{name}>"))?;
        } else {
            self.patch.replace(place, &opened)?;
            self.row = Some(row);
        }
        Ok(())
    }

    fn cell(&mut self, element: &BytesStart<'_>, ending: &str, place: Range<usize>) -> Result<()> {
        let column = self.counter.column(element);
        let Some(mut row) = self.row.take() else { return Ok(()) };
        let before = self.new_cells(&mut row, column);
        self.patch.insert(place.start, &before)?;
        match row.puts.remove(&column) {
            Some(Put::Colour(colour)) => {
                let style = attribute(element, b"s").and_then(|text| text.parse().ok()).unwrap_or(0);
                let style = self.styles.coloured(style, colour).to_string();
                self.patch.replace(place, &tag_with(element, ending, &[("s", Some(&style))]))?;
            }
            Some(put) => {
                let cell = self.new_cell(&row, column, &put);
                self.give_way(cell, ending, place)?;
            }
            None => {}
        }
        self.row = Some(row);
        Ok(())
    }

    /// Puts a new cell in the place of one that is there.
    fn give_way(&mut self, cell: String, ending: &str, place: Range<usize>) -> Result<()> {
        if ending == CLOSED {
            self.patch.replace(place, &cell)?;
        } else {
            self.dropped = Some((place.start, cell));
        }
        Ok(())
    }

    /// The cells of a row before a column that there were not.
    fn new_cells(&mut self, row: &mut RowNow, before: usize) -> String {
        let columns: Vec<usize> = row.puts.range(..before).map(|(column, _)| *column).collect();
        let mut cells = String::new();
        for column in columns.into_iter().filter(|column| !row.cells.contains(column)) {
            if let Some(put) = row.puts.remove(&column) {
                cells.push_str(&self.new_cell(row, column, &put));
            }
        }
        cells
    }

    fn new_cell(&mut self, row: &RowNow, column: usize, put: &Put) -> String {
        let (prefix, number) = (&self.prefix, self.counter.row);
        let name = letters(column);
        let text = |style: u32, text: &str| {
            let text = escaped(text);
            format!(
                r#"<{prefix}c r="{name}{number}" s="{style}" t="inlineStr"><{prefix}is><{prefix}t xml:space="preserve">{text}</{prefix}t></{prefix}is></{prefix}c>"#
            )
        };
        match put {
            Put::Nothing => String::new(),
            Put::Head => text(self.styles.head(), HEAD),
            Put::Words(words) => text(self.styles.words(), words),
            Put::Colour(colour) => {
                let of_column = || {
                    let mut styles = self.column_styles.iter();
                    styles.find(|(min, max, _)| (*min..=*max).contains(&(column + 1))).map(|(.., style)| *style)
                };
                let style = self.styles.coloured(row.style.or_else(of_column).unwrap_or(0), *colour);
                format!(r#"<{prefix}c r="{name}{number}" s="{style}"/>"#)
            }
        }
    }

    /// The rows before a number that there were not.
    fn missing_rows(&mut self, before: u32) -> String {
        let rest = self.missing.split_off(&before);
        let missing = std::mem::replace(&mut self.missing, rest);
        let counted = self.counter.row;
        let mut rows = String::new();
        for (number, puts) in missing {
            self.counter.row = number;
            let mut row = RowNow { puts, cells: BTreeSet::new(), style: None };
            let cells = self.new_cells(&mut row, usize::MAX);
            let prefix = &self.prefix;
            rows.push_str(&format!(r#"<{prefix}row r="{number}">{cells}</{prefix}row>"#));
        }
        self.counter.row = counted;
        rows
    }
}
