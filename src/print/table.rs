//! Rows under heads (党员花名册, 台账, 任期表 …) as plain data: whoever fills the table decides the words; this file decides
//! nothing.
//!
//! Knows neither members nor masks: a masked table holds masked texts and says so. Start at [`TableSheet`].

mod cells;
mod columns;
pub mod pages;
mod rows;

use super::frame::Frame;
use crate::domain::dates::Period;
use crate::domain::rules::Level;

/// How the sheet lies (纸张方向): A4 both ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orientation {
    /// 横向
    Landscape,
    /// 纵向
    Portrait,
}

/// What the rows are, in words (计数).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowWords {
    /// 「人」 in 「合计：24 人」.
    pub unit: &'static str,
    /// What stands in the table when there is no row: 「没有人员」.
    pub nothing: &'static str,
}

impl RowWords {
    /// One person a row.
    pub const PEOPLE: Self = Self { unit: "人", nothing: "没有人员" };
}

/// How the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CellAlign {
    #[default]
    Center,
    Left,
    Right,
}

/// How large the texts of a column are set (字号).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Letters {
    /// A little smaller where that spares a line: many rows stand on a page.
    #[default]
    Fitted,
    /// As large as all others: a row whose long texts stand beside each other is of one size.
    Even,
}

/// A column of a table (栏).
#[derive(Debug, Clone, PartialEq)]
pub struct TableColumn {
    pub label: String,
    /// Fixed width; `None`: as wide as its contents ask for.
    pub width_millimetres: Option<f64>,
    pub align: CellAlign,
    pub letters: Letters,
}

impl TableColumn {
    /// A column with centred cells, as wide as its contents ask for.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), width_millimetres: None, align: CellAlign::Center, letters: Letters::Fitted }
    }

    /// The same with cells that begin at the left: long texts.
    #[must_use]
    pub fn left(mut self) -> Self {
        self.align = CellAlign::Left;
        self
    }

    /// The same with a width of its own.
    #[must_use]
    pub fn wide(mut self, millimetres: f64) -> Self {
        self.width_millimetres = Some(millimetres);
        self
    }

    /// The same with texts of one size.
    #[must_use]
    pub fn even(mut self) -> Self {
        self.letters = Letters::Even;
        self
    }
}

/// The rows of one branch or month, or of the whole table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableSection {
    /// The branch or month, as a row over its rows; `None`: no such row.
    pub title: Option<String>,
    /// One text a column.
    pub rows: Vec<Vec<String>>,
    /// Cells that ask for attention.
    pub marked: Vec<MarkedCell>,
}

/// A cell that asks for attention (提醒、应当): set in the colour of its level, with its mark in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkedCell {
    pub row: usize,
    pub column: usize,
    pub level: Level,
}

/// A table of rows, ready to be typeset: a roster (党员花名册), a ledger, a list of terms.
#[derive(Debug, Clone, PartialEq)]
pub struct TableSheet {
    /// 中共××支部委员会党员花名册.
    pub title: String,
    pub frame: Frame,
    pub orientation: Orientation,
    pub words: RowWords,
    /// 期间: of a ledger; it stands in the place of the day.
    pub period: Option<Period>,
    /// Whether a column 序号 counts the rows.
    pub numbered: bool,
    pub columns: Vec<TableColumn>,
    pub sections: Vec<TableSection>,
    /// How many the rows stand for, where one row may stand for several.
    pub stands_for: Option<usize>,
    /// What it leaves out, where it is not whole (筛选): it stands below the title, that nobody takes it for the whole.
    pub narrowed: Option<String>,
    /// 注.
    pub notes: Vec<String>,
    /// Whether ID numbers and phones stand masked in the cells; the paper says so.
    pub masked: bool,
}

impl TableSheet {
    /// The number of people on it, or of whatever its rows are.
    pub fn people(&self) -> usize {
        self.stands_for.unwrap_or_else(|| self.rows())
    }

    /// The number of its rows.
    pub fn rows(&self) -> usize {
        self.sections.iter().map(|section| section.rows.len()).sum()
    }

    /// The same without the column of this label, where no row has anything in it. A table without rows is a form to be
    /// filled in, and keeps it.
    #[must_use]
    pub fn without_if_empty(mut self, label: &str) -> Self {
        let Some(place) = self.columns.iter().position(|column| column.label == label) else { return self };
        let mut cells = self.sections.iter().flat_map(|section| &section.rows).map(|row| row.get(place));
        if self.rows() == 0 || !cells.all(|cell| cell.is_none_or(String::is_empty)) {
            return self;
        }
        self.columns.remove(place);
        for section in &mut self.sections {
            section.rows.iter_mut().filter(|row| place < row.len()).for_each(|row| drop(row.remove(place)));
            section.marked.retain(|marked| marked.column != place);
            section.marked.iter_mut().filter(|marked| marked.column > place).for_each(|marked| marked.column -= 1);
        }
        self
    }
}
