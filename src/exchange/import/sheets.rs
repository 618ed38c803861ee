//! What every kind of file is read into: sheets of rows of cells.
//!
//! Knows nothing of members. A cell keeps its kind and what it shows; start at [`Sheet`].

use std::borrow::Cow;
use std::sync::Arc;

use super::noted::Noted;
use super::shown::{self, DayCell, Shown};
use crate::domain::values::{CellKind, Raw};

/// The most rows that are read of a sheet.
pub const MOST_ROWS: u32 = 200_000;
/// The most columns.
pub const MOST_COLUMNS: u32 = 512;
/// The most cells of a file.
pub const MOST_CELLS: usize = 6_000_000;

/// The most steps by which a cell is indented.
const MOST_STEPS: u8 = 15;

/// A sheet of a workbook, or the one table of a text file (工作表).
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Empty for text files.
    pub name: Arc<str>,
    /// Hidden sheets are old copies; they are not read.
    pub visible: bool,
    /// The rows that hold anything, in order.
    pub rows: Vec<Row>,
    pub merged: Vec<Merged>,
    pub is_1904: bool,
    /// The text of a file, where numbers have lost their format and a merged cell is just blank below.
    pub is_text_file: bool,
    pub hidden: Hidden,
    /// Where the program told its sender what was wrong; that is taken out.
    pub noted: Option<Noted>,
}

impl Sheet {
    /// A sheet without rows.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            visible: true,
            rows: Vec::new(),
            merged: Vec::new(),
            is_1904: false,
            is_text_file: false,
            hidden: Hidden::default(),
            noted: None,
        }
    }

    /// A sheet of these rows of texts, from the first row on.
    #[cfg(test)]
    pub fn of_texts(rows: &[&[&str]]) -> Self {
        let mut sheet = Self::new("Sheet1");
        for (number, row) in (1..).zip(rows) {
            for (column, text) in row.iter().enumerate() {
                sheet.put(number, column, Cell::text(text));
            }
        }
        sheet
    }

    /// Puts a cell in its place and gives by how many cells its row became longer: one far to the right takes room for
    /// all before it. Rows may come in any order; [`Self::finish`] sorts them.
    pub fn put(&mut self, number: u32, column: usize, cell: Cell) -> usize {
        if self.rows.last().is_none_or(|last| last.number != number) {
            let width = self.rows.last().map_or(0, |row| row.cells.len());
            self.rows.push(Row { number, cells: Vec::with_capacity(width) });
        }
        self.rows.last_mut().map_or(0, |row| row.put(column, cell))
    }

    /// Brings the rows into order, and lets merged cells speak for all their rows. None where that takes more than
    /// `cells_left`.
    #[must_use]
    pub fn finish(&mut self, cells_left: &mut usize) -> Option<()> {
        if !self.rows.is_sorted_by(|one, next| one.number < next.number) {
            self.rows.sort_by_key(|row| row.number);
            self.rows.dedup_by(|next, held| {
                let same = next.number == held.number;
                if same {
                    held.take_from(next);
                }
                same
            });
        }
        self.fill_merged_down(cells_left)
    }

    /// The value of a merged cell goes down in its first column.
    fn fill_merged_down(&mut self, cells_left: &mut usize) -> Option<()> {
        for merged in &self.merged {
            if merged.last_row > merged.first_row
                && let Ok(place) = self.rows.binary_search_by_key(&merged.first_row, |row| row.number)
                && let Some((first, below)) = self.rows.get_mut(place..).and_then(<[Row]>::split_first_mut)
                && let Some(value) = first.cells.get(merged.first_column).filter(|cell| !matches!(cell, Cell::Empty))
            {
                for row in below.iter_mut().take_while(|row| row.number <= merged.last_row) {
                    *cells_left = cells_left.checked_sub(row.put(merged.first_column, value.clone()) + 1)?;
                }
            }
        }
        Some(())
    }

    /// The merged cells that reach into a row.
    pub fn merged_in(&self, number: u32) -> Vec<&Merged> {
        self.merged.iter().filter(|one| (one.first_row..=one.last_row).contains(&number)).collect()
    }

    /// The rows in which a column is only the lower part of a merged cell, by place in `rows`.
    pub fn filled_places(&self, column: usize) -> Vec<usize> {
        let mut places: Vec<usize> = self
            .merged
            .iter()
            .filter(|merged| merged.first_column == column)
            .flat_map(|merged| {
                let from = self.rows.partition_point(|row| row.number <= merged.first_row);
                let to = self.rows.partition_point(|row| row.number <= merged.last_row);
                from..to
            })
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}

/// Rows and columns that are hidden (隐藏); they are read all the same. An xlsx does not need it told: it is copied as
/// it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hidden {
    /// By their numbers.
    pub rows: Vec<u32>,
    pub columns: Vec<usize>,
}

impl Hidden {
    pub fn row(&mut self, number: u32) {
        if number <= MOST_ROWS && self.rows.len() <= MOST_ROWS as usize {
            self.rows.push(number);
        }
    }

    /// Both ends included; what lies beyond the most columns is left out.
    pub fn columns(&mut self, first: usize, last: usize) {
        let most = MOST_COLUMNS as usize;
        if self.columns.len() <= most {
            self.columns.extend(first..=last.min(most - 1));
        }
    }
}

/// A row, with the number a spreadsheet shows; in text the line on which the record begins.
#[derive(Debug, Clone)]
pub struct Row {
    pub number: u32,
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell of a column; an empty one beyond the last.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }

    /// Puts a cell in its column; gives by how many cells the row became longer.
    fn put(&mut self, column: usize, cell: Cell) -> usize {
        let before = self.cells.len();
        if before <= column {
            self.cells.resize(column + 1, Cell::Empty);
        }
        if let Some(held) = self.cells.get_mut(column) {
            *held = cell;
        }
        self.cells.len() - before
    }

    /// Takes over the cells of the same row that came later in the file.
    fn take_from(&mut self, other: &mut Self) {
        for (column, cell) in other.cells.drain(..).enumerate() {
            if !matches!(cell, Cell::Empty) {
                self.put(column, cell);
            }
        }
    }

    /// What a column shows.
    pub fn text(&self, column: usize) -> Cow<'_, str> {
        self.cell(column).shown()
    }

    /// Whether no cell shows anything.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }

    /// The columns that show something.
    pub fn filled(&self) -> impl Iterator<Item = (usize, &Cell)> {
        self.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank())
    }
}

/// Cells that are one (合并单元格). Row numbers as shown, columns from 0, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    pub first_row: u32,
    pub last_row: u32,
    pub first_column: usize,
    pub last_column: usize,
}

impl Merged {
    pub fn reaches(&self, column: usize) -> bool {
        (self.first_column..=self.last_column).contains(&column)
    }
}

/// A cell (单元格).
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Empty,
    Text(Box<str>),
    Number(f64, Shown),
    Date(DayCell),
    /// `#REF!` and the like.
    Error,
}

impl Cell {
    /// A text cell; empty where there is no text.
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.into()) }
    }

    /// A text cell that its format indents: each step is shown as a wide space.
    pub fn indented(text: &str, steps: u8) -> Self {
        if steps == 0 || text.is_empty() {
            return Self::text(text);
        }
        let before = "\u{3000}".repeat(usize::from(steps.min(MOST_STEPS)));
        Self::text(&format!("{before}{text}"))
    }

    /// A number with the number format of its cell: a date where the format makes it one.
    pub fn of_number(value: f64, format: Shown, is_1904: bool) -> Self {
        match format {
            Shown::Date(parts) => shown::date_cell(value, parts, is_1904),
            _ => Self::Number(value, format),
        }
    }

    /// What the cell shows.
    pub fn shown(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(value, format) => Cow::Owned(shown::number_text(*value, *format)),
            Self::Date(day) => Cow::Owned(day.text()),
            Self::Error => Cow::Borrowed("#N/A"),
        }
    }

    /// Whether it shows nothing.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.chars().all(|c| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}'),
            _ => false,
        }
    }

    /// The kind that a value is read by.
    pub fn kind(&self) -> CellKind {
        match self {
            Self::Empty | Self::Text(_) => CellKind::Text,
            Self::Number(value, _) => CellKind::Number(*value),
            Self::Date(day) if day.hides_year => CellKind::YearHidden(day.date),
            Self::Date(day) => CellKind::Date(day.date),
            Self::Error => CellKind::Error,
        }
    }
}

/// A cell as the reader of values wants it; `text` must be what the cell shows.
pub fn raw<'a>(cell: &Cell, text: &'a str) -> Raw<'a> {
    Raw { text, kind: cell.kind() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_cells_speak_for_all_their_rows() {
        let mut sheet = Sheet::new("党员");
        sheet.put(4, 1, Cell::text("机关党支部"));
        sheet.put(5, 2, Cell::text("张三"));
        sheet.put(3, 0, Cell::text("序号"));
        sheet.merged = vec![Merged { first_row: 4, last_row: 6, first_column: 1, last_column: 1 }];
        sheet.finish(&mut 100).expect("small");
        assert_eq!(sheet.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [3, 4, 5]);
        assert_eq!(sheet.rows[2].text(1), "机关党支部");
        assert_eq!(sheet.filled_places(1), [2]);
    }
    #[test]
    fn room_for_far_cells_and_for_merged_ones_is_counted() {
        let mut sheet = Sheet::new("党员");
        let taken: usize = (1..=10).map(|row| sheet.put(row, 499, Cell::text("远处"))).sum();
        assert_eq!(taken, 5_000, "all cells before it too");
        assert_eq!(sheet.put(10, 3, Cell::text("近处")), 0);
        sheet.merged = vec![Merged { first_row: 1, last_row: 10, first_column: 499, last_column: 499 }; 3];
        assert_eq!(sheet.finish(&mut 20), None, "three times nine rows");
        assert_eq!(sheet.finish(&mut 27), Some(()));
    }
}
