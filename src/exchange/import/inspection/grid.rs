//! A table as it lies on the page: texts in rows, with which cells are one.

use crate::exchange::import::sheets::Sheet;

/// A table.
#[derive(Debug, Default)]
pub struct Grid {
    /// Of the sheet; empty where it has none.
    pub name: String,
    /// The rows that hold anything.
    pub rows: Vec<GridRow>,
}

#[derive(Debug)]
pub struct GridRow {
    /// As a spreadsheet shows it, or counted.
    pub number: u32,
    pub cells: Vec<GridCell>,
}

/// A cell; of cells that are one, the first at the left has the text, and those below repeat it.
#[derive(Debug, Clone, Default)]
pub struct GridCell {
    pub text: String,
    /// Over how many columns it reaches.
    pub span: usize,
    /// It is only the lower part of one above.
    pub is_below: bool,
}

impl GridCell {
    pub fn new(text: &str) -> Self {
        Self { text: text.trim().to_owned(), span: 1, is_below: false }
    }

    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

impl GridRow {
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| &cell.text)
    }

    /// The columns that hold something of their own.
    pub fn own(&self) -> impl Iterator<Item = (usize, &GridCell)> {
        self.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank() && !cell.is_below)
    }

    /// What stands in it, in one text.
    pub fn in_words(&self) -> String {
        self.own().map(|(_, cell)| &*cell.text).collect::<Vec<_>>().join(" ")
    }
}

impl Grid {
    pub fn of_sheet(sheet: &Sheet) -> Self {
        let mut rows = Vec::new();
        for row in &sheet.rows {
            let mut cells: Vec<GridCell> =
                (0..row.cells.len()).map(|column| GridCell::new(&row.text(column))).collect();
            for merged in sheet.merged_in(row.number) {
                if let Some(cell) = cells.get_mut(merged.first_column) {
                    cell.span = merged.last_column.saturating_sub(merged.first_column) + 1;
                    cell.is_below = row.number > merged.first_row;
                }
            }
            rows.push(GridRow { number: row.number, cells });
        }
        Self { name: sheet.name.trim().to_owned(), rows }.without_blank_rows()
    }

    pub fn of_cells(rows: Vec<Vec<String>>) -> Self {
        let row = |(number, cells): (u32, Vec<String>)| GridRow {
            number,
            cells: cells.iter().map(|text| GridCell::new(text)).collect(),
        };
        Self { name: String::new(), rows: (1..).zip(rows).map(row).collect() }.without_blank_rows()
    }

    pub fn without_blank_rows(mut self) -> Self {
        self.rows.retain(|row| row.own().next().is_some());
        self
    }

    /// How many columns it has.
    pub fn width(&self) -> usize {
        let filled = |row: &GridRow| row.cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1);
        self.rows.iter().map(filled).max().unwrap_or(0)
    }
}
