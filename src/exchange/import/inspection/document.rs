//! The tables and lines of a Word document, by its `word/document.xml`.
//!
//! Start at [`blocks`].

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Block;
use super::grid::{Grid, GridCell, GridRow};
use super::lines::Line;
use crate::exchange::import::merged::attribute;
use crate::exchange::import::xml_workbook::meaning;

/// The most columns that a cell of a document may reach over.
const MOST_COLUMNS: usize = 64;

/// The pieces in their order; none where the text with tags is broken.
pub fn blocks(xml: &[u8]) -> Option<Vec<Block>> {
    let mut reader = Reader::from_reader(xml);
    let mut buffer = Vec::new();
    let mut page = Page::default();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(element) => page.begin(&element, false),
            Event::Empty(element) => page.begin(&element, true),
            Event::End(element) => page.end(element.local_name().as_ref()),
            Event::Text(text) if page.is_in_text() => page.write(&text.xml10_content()),
            Event::GeneralRef(reference) if page.is_in_text() => page.write(&meaning(&reference)),
            Event::Eof => break,
            _ => {}
        }
    }
    Some(page.finish())
}

/// The document while it is read.
#[derive(Default)]
struct Page {
    blocks: Vec<Block>,
    /// The paragraph that is read.
    text: String,
    level: Option<usize>,
    lines: u32,
    is_text: bool,
    /// Within what a program shows instead of what it cannot.
    fallback: usize,
    /// How many tables lie in each other.
    tables: usize,
    grid: Grid,
    row: Vec<GridCell>,
    cell: Option<GridCell>,
    rows: u32,
}

impl Page {
    fn is_in_text(&self) -> bool {
        self.is_text && self.fallback == 0
    }

    fn write(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn begin(&mut self, element: &BytesStart<'_>, is_empty: bool) {
        let value = || attribute(element, b"val");
        let count = || value().and_then(|value| value.parse::<usize>().ok()).unwrap_or(1).min(MOST_COLUMNS);
        match element.local_name().as_ref() {
            "Fallback" if !is_empty => self.fallback += 1,
            "tbl" if !is_empty => {
                self.tables += 1;
                if self.tables == 1 {
                    self.end_paragraph();
                    self.rows = 0;
                }
            }
            "tc" if self.tables == 1 && !is_empty => self.cell = Some(GridCell { span: 1, ..GridCell::default() }),
            "gridBefore" if self.tables == 1 => self.row.extend(vec![GridCell::default(); count()]),
            "gridSpan" if self.tables == 1 => {
                if let Some(cell) = &mut self.cell {
                    cell.span = count().max(1);
                }
            }
            "vMerge" if self.tables == 1 => {
                if let Some(cell) = &mut self.cell {
                    cell.is_below = value().as_deref() != Some("restart");
                }
            }
            "ilvl" => self.level = value().and_then(|value| value.parse().ok()),
            // What is not numbered by a list though its style is.
            "numId" if value().as_deref() == Some("0") => self.level = None,
            "t" if !is_empty => self.is_text = true,
            "tab" if self.fallback == 0 && !self.text.is_empty() => self.text.push(' '),
            "br" | "cr" if self.fallback == 0 => self.text.push('\n'),
            _ => {}
        }
    }

    fn end(&mut self, element: &str) {
        match element {
            "Fallback" => self.fallback = self.fallback.saturating_sub(1),
            "t" => self.is_text = false,
            "p" => self.end_paragraph(),
            "tc" if self.tables == 1 => self.end_cell(),
            "tr" if self.tables == 1 => {
                self.rows += 1;
                self.grid.rows.push(GridRow { number: self.rows, cells: std::mem::take(&mut self.row) });
            }
            "tbl" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    let grid = std::mem::take(&mut self.grid).without_blank_rows();
                    if !grid.rows.is_empty() {
                        self.blocks.push(Block::Table(grid));
                    }
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        let level = self.level.take();
        if let Some(cell) = self.cell.as_mut().filter(|_| self.tables > 0) {
            if !text.trim().is_empty() {
                if !cell.text.is_empty() {
                    cell.text.push('\n');
                }
                cell.text.push_str(text.trim());
            }
            return;
        }
        self.lines += 1;
        if text.trim().is_empty() {
            return;
        }
        let line = Line { number: self.lines, text: text.trim().to_owned(), level };
        match self.blocks.last_mut() {
            Some(Block::Lines(lines)) => lines.push(line),
            _ => self.blocks.push(Block::Lines(vec![line])),
        }
    }

    fn end_cell(&mut self) {
        let Some(mut cell) = self.cell.take() else { return };
        if cell.is_below {
            // It repeats what stands above it, as merged cells of a spreadsheet do.
            let above = self.grid.rows.last().map(|row| row.text(self.row.len()).to_owned());
            cell.text = above.unwrap_or_default();
        }
        let span = cell.span;
        self.row.push(cell);
        self.row.extend(vec![GridCell::default(); span - 1]);
    }

    fn finish(mut self) -> Vec<Block> {
        self.end_paragraph();
        self.blocks
    }
}
