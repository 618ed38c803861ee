//! Owns cells as places: the one that is stood on, the block that is selected, the steps that keys make.
//! Must never know what stands in a cell. Start at [`Block`].

use std::ops::RangeInclusive;

use egui::Rect;

/// A cell of a table, by its row and its visible column from the left, boxes not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellPlace {
    pub row: usize,
    pub column: usize,
}

/// A block of cells: from where it was begun to where one stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    pub anchor: CellPlace,
    pub cursor: CellPlace,
}

/// Where a cell was drawn, and what of the table is not covered there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CellSpot {
    pub rect: Rect,
    pub clip: Rect,
}

/// A step from one cell to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    /// The first and the last cell of the row.
    RowStart,
    RowEnd,
    /// The first and the last row of the column.
    Top,
    Bottom,
    /// The first and the last cell of all.
    First,
    Last,
}

/// How large a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    pub rows: usize,
    pub columns: usize,
    /// Rows that a page goes.
    pub page: usize,
}

impl Block {
    /// One cell.
    pub fn one(cell: CellPlace) -> Self {
        Self { anchor: cell, cursor: cell }
    }

    /// The same beginning, another end.
    pub fn to(self, cursor: CellPlace) -> Self {
        Self { cursor, ..self }
    }

    /// All cells; one stands where one stood.
    pub fn all(extent: Extent) -> Self {
        let last = CellPlace { row: extent.rows.saturating_sub(1), column: extent.columns.saturating_sub(1) };
        Self { anchor: last, cursor: CellPlace { row: 0, column: 0 } }
    }

    pub fn rows(self) -> RangeInclusive<usize> {
        self.anchor.row.min(self.cursor.row)..=self.anchor.row.max(self.cursor.row)
    }

    pub fn columns(self) -> RangeInclusive<usize> {
        self.anchor.column.min(self.cursor.column)..=self.anchor.column.max(self.cursor.column)
    }

    /// How many rows and columns.
    pub fn size(self) -> (usize, usize) {
        (self.rows().count(), self.columns().count())
    }

    pub fn is_one(self) -> bool {
        self.anchor == self.cursor
    }

    pub fn contains(self, cell: CellPlace) -> bool {
        self.rows().contains(&cell.row) && self.columns().contains(&cell.column)
    }

    /// The block after a step: another cell, or with `extend` another end.
    pub fn stepped(self, step: Step, extend: bool, extent: Extent) -> Self {
        let (row_end, column_end) = (extent.rows.saturating_sub(1), extent.columns.saturating_sub(1));
        let CellPlace { row, column } = self.cursor;
        let (row, column) = match step {
            Step::Up => (row.saturating_sub(1), column),
            Step::Down => (row + 1, column),
            Step::Left => (row, column.saturating_sub(1)),
            Step::Right => (row, column + 1),
            Step::PageUp => (row.saturating_sub(extent.page), column),
            Step::PageDown => (row + extent.page, column),
            Step::RowStart => (row, 0),
            Step::RowEnd => (row, column_end),
            Step::Top => (0, column),
            Step::Bottom => (row_end, column),
            Step::First => (0, 0),
            Step::Last => (row_end, column_end),
        };
        let cursor = CellPlace { row: row.min(row_end), column: column.min(column_end) };
        if extend { self.to(cursor) } else { Self::one(cursor) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Block, CellPlace, Extent, Step};

    const EXTENT: Extent = Extent { rows: 100, columns: 5, page: 20 };

    fn at(row: usize, column: usize) -> CellPlace {
        CellPlace { row, column }
    }

    #[test]
    fn steps_stop_at_the_edges() {
        let from = |step| Block::one(at(1, 1)).stepped(step, false, EXTENT).cursor;
        assert_eq!(
            (from(Step::Up), from(Step::Down), from(Step::Left), from(Step::Right)),
            (at(0, 1), at(2, 1), at(1, 0), at(1, 2))
        );
        assert_eq!((from(Step::PageUp), from(Step::PageDown)), (at(0, 1), at(21, 1)));
        assert_eq!((from(Step::RowStart), from(Step::RowEnd)), (at(1, 0), at(1, 4)));
        assert_eq!((from(Step::Top), from(Step::Bottom)), (at(0, 1), at(99, 1)));
        assert_eq!((from(Step::First), from(Step::Last)), (at(0, 0), at(99, 4)));
        assert_eq!(Block::one(at(99, 4)).stepped(Step::Right, false, EXTENT).cursor, at(99, 4));
        let none = Extent { rows: 0, columns: 0, page: 1 };
        assert_eq!(Block::one(at(0, 0)).stepped(Step::Down, false, none).cursor, at(0, 0));
    }

    #[test]
    fn a_block_grows_from_where_it_was_begun() {
        let block = Block::one(at(5, 2)).stepped(Step::Up, true, EXTENT).stepped(Step::Right, true, EXTENT);
        assert_eq!((block.rows(), block.columns(), block.size()), (4..=5, 2..=3, (2, 2)));
        assert!(block.contains(at(5, 3)) && !block.contains(at(3, 3)));
        assert!(block.stepped(Step::Down, false, EXTENT).is_one());
        assert_eq!(Block::all(EXTENT).size(), (100, 5));
    }
}
