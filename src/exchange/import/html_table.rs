//! One table of a web page while it is read: where its cells stand when some of them span rows and columns.
//!
//! Follows the table model of HTML, in one pass and without a tree. Start at [`OpenTable`].

use super::html_formats::{CellSort, plain_number};
use super::html_text::PageText;
use super::sheets::{Cell, MOST_COLUMNS, MOST_ROWS, Merged, Sheet};

/// The most rows a cell can span (HTML, 4.9.11).
const MOST_SPANNED: u32 = 65_534;

/// The page holds more than any roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

/// A table that is not yet closed.
#[derive(Debug)]
pub struct OpenTable {
    /// How many tables began before it.
    pub order: usize,
    /// Whether it says that its cells are text (`x:str`).
    pub is_of_text: bool,
    sheet: Sheet,
    /// The number of the row, from 1; 0 before the first.
    row: u32,
    in_row: bool,
    /// Where the next cell of the row stands, unless one from above is there.
    column: usize,
    /// The last row that a cell from above takes, by column.
    taken: Vec<u32>,
    /// Where the spans of this group of rows begin; none reaches beyond its group.
    group: usize,
    cell: Option<OpenCell>,
}

#[derive(Debug)]
struct OpenCell {
    text: PageText,
    sort: CellSort,
    spans: Spans,
}

/// How many rows and columns a cell takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spans {
    pub rows: u32,
    pub columns: usize,
}

impl Spans {
    /// By the attributes of the cell. No rows at all means: down to the end of the group.
    pub fn of(rows: Option<&str>, columns: Option<&str>) -> Self {
        // A number too long to be held is a large one.
        let number = |text: Option<&str>| {
            let digits = text?.trim().split(|c: char| !c.is_ascii_digit()).next()?;
            (!digits.is_empty()).then(|| digits.parse().unwrap_or(u32::MAX))
        };
        let rows = match number(rows) {
            Some(0) => MOST_SPANNED,
            rows => rows.unwrap_or(1).min(MOST_SPANNED),
        };
        Self { rows, columns: number(columns).unwrap_or(1).clamp(1, MOST_COLUMNS) as usize }
    }
}

impl OpenTable {
    pub fn new(order: usize, is_of_text: bool) -> Self {
        Self {
            order,
            is_of_text,
            sheet: Sheet::new(""),
            row: 0,
            in_row: false,
            column: 0,
            taken: Vec::new(),
            group: 0,
            cell: None,
        }
    }

    /// The text of the cell that is open.
    pub fn text(&mut self) -> Option<&mut PageText> {
        self.cell.as_mut().map(|cell| &mut cell.text)
    }

    pub fn is_in_cell(&self) -> bool {
        self.cell.is_some()
    }

    pub fn is_in_row(&self) -> bool {
        self.in_row
    }

    /// Whether no row has begun.
    pub fn is_new(&self) -> bool {
        self.row == 0
    }

    /// Puts what stands above the table before its first row.
    pub fn put_lead(&mut self, text: &str) {
        if !text.is_empty() {
            self.sheet.put(0, 0, Cell::text(text));
        }
    }

    pub fn begin_row(&mut self) {
        self.row = self.row.saturating_add(1);
        self.in_row = true;
        self.column = 0;
    }

    /// The row that is open is not shown.
    pub fn hide_row(&mut self) {
        self.sheet.hidden.row(self.row);
    }

    pub fn begin_cell(&mut self, sort: CellSort, spans: Spans) {
        while self.taken.get(self.column).is_some_and(|last| *last >= self.row) {
            self.column += 1;
        }
        self.cell = Some(OpenCell { text: PageText::default(), sort, spans });
    }

    /// Closes the cell that is open, if any.
    pub fn end_cell(&mut self, cells_left: &mut usize) -> Result<(), TooLarge> {
        let Some(OpenCell { mut text, sort, spans }) = self.cell.take() else { return Ok(()) };
        let text = text.take();
        let cell = sort.cell(&text);
        let column = self.column;
        self.column = column.saturating_add(spans.columns);
        if self.row > MOST_ROWS || column >= MOST_COLUMNS as usize {
            return if matches!(cell, Cell::Empty) { Ok(()) } else { Err(TooLarge) };
        }
        if sort == CellSort::Unsaid && plain_number(&text).is_some() {
            self.sheet.is_text_file = true;
        }
        if !matches!(cell, Cell::Empty) {
            take(cells_left, self.sheet.put(self.row, column, cell))?;
        }
        if spans.rows > 1 || spans.columns > 1 {
            take(cells_left, 1)?;
            self.span(column, spans);
        }
        Ok(())
    }

    fn span(&mut self, first_column: usize, spans: Spans) {
        let end = (first_column + spans.columns).min(MOST_COLUMNS as usize);
        let last_row = self.row.saturating_add(spans.rows - 1);
        if self.taken.len() < end {
            self.taken.resize(end, 0);
        }
        for taken in self.taken.get_mut(first_column..end).unwrap_or_default() {
            *taken = (*taken).max(last_row);
        }
        self.sheet.merged.push(Merged { first_row: self.row, last_row, first_column, last_column: end - 1 });
    }

    /// Closes the row, if one is open; gives the texts of its cells.
    pub fn end_row(&mut self) -> Vec<String> {
        if !std::mem::take(&mut self.in_row) {
            return Vec::new();
        }
        let row = self.sheet.rows.last().filter(|row| row.number == self.row);
        row.map_or_else(Vec::new, |row| row.filled().map(|(_, cell)| cell.shown().into_owned()).collect())
    }

    /// Ends a group of rows, and with it the cells that reach further.
    pub fn end_group(&mut self) {
        for merged in self.sheet.merged.get_mut(self.group..).unwrap_or_default() {
            merged.last_row = merged.last_row.min(self.row);
        }
        self.group = self.sheet.merged.len();
        self.taken.clear();
    }

    /// The table, if it has any cells of its own.
    pub fn close(mut self, cells_left: &mut usize) -> Result<Option<Sheet>, TooLarge> {
        self.end_group();
        self.sheet.finish(cells_left).ok_or(TooLarge)?;
        let has_cells = self.sheet.rows.last().is_some_and(|row| row.number > 0);
        Ok(has_cells.then_some(self.sheet))
    }
}

fn take(cells_left: &mut usize, cells: usize) -> Result<(), TooLarge> {
    *cells_left = cells_left.checked_sub(cells).ok_or(TooLarge)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of cells: text, rows, columns.
    fn table(groups: &[&[&[(&str, &str, &str)]]]) -> Sheet {
        let mut table = OpenTable::new(0, false);
        for group in groups {
            for row in *group {
                table.begin_row();
                for (text, rows, columns) in *row {
                    table.begin_cell(CellSort::Text, Spans::of(Some(rows), Some(columns)));
                    table.text().expect("a cell").push(text);
                    table.end_cell(&mut 1_000).expect("small");
                }
                table.end_row();
            }
            table.end_group();
        }
        table.close(&mut 1_000).expect("small").expect("cells")
    }

    fn rows(sheet: &Sheet) -> Vec<(u32, String)> {
        let joined = |cells: &[Cell]| cells.iter().map(Cell::shown).collect::<Vec<_>>().join("|");
        sheet.rows.iter().map(|row| (row.number, joined(&row.cells))).collect()
    }

    #[test]
    fn cells_stand_beside_those_that_span_rows_and_columns() {
        let sheet = table(&[&[
            &[("序号", "2", ""), ("党内情况", "", "2"), ("支部", "3", "1")],
            &[("入党", "", ""), ("转正", "", "")],
            &[("1", "", ""), ("甲", "", ""), ("乙", "", "")],
            &[],
            &[("2", "", ""), ("", "", "2"), ("丙", "", "")],
        ]]);
        assert_eq!(
            rows(&sheet),
            [
                (1, "序号|党内情况||支部".into()),
                (2, "序号|入党|转正|支部".into()),
                (3, "1|甲|乙|支部".into()),
                (5, "2|||丙".into())
            ]
        );
    }

    #[test]
    fn a_span_ends_with_its_group_and_its_table() {
        let sheet = table(&[
            &[&[("一组", "0", ""), ("甲", "", "")], &[("乙", "", "")]],
            &[&[("二组", "9", ""), ("丙", "", "")]],
        ]);
        assert_eq!(rows(&sheet), [(1, "一组|甲".into()), (2, "一组|乙".into()), (3, "二组|丙".into())]);
        assert_eq!(sheet.merged.iter().map(|merged| merged.last_row).collect::<Vec<_>>(), [2, 3]);
    }

    #[test]
    fn spans_are_numbers_or_one() {
        for (rows, columns, spans) in [
            ("", "", (1, 1)),
            (" 3 ", "2px", (3, 2)),
            ("-1", "0", (1, 1)),
            ("99999999999", "99999999999", (MOST_SPANNED, MOST_COLUMNS as usize)),
        ] {
            let found = Spans::of(Some(rows), Some(columns));
            assert_eq!((found.rows, found.columns), spans, "{rows} {columns}");
        }
    }

    #[test]
    fn cells_far_out_are_too_many() {
        let mut table = OpenTable::new(0, false);
        table.begin_row();
        table.begin_cell(CellSort::Text, Spans::of(None, Some("9999")));
        assert_eq!(table.end_cell(&mut 1_000), Ok(()));
        table.begin_cell(CellSort::Text, Spans::of(None, None));
        table.text().expect("a cell").push("远处");
        assert_eq!(table.end_cell(&mut 1_000), Err(TooLarge));
    }
}
