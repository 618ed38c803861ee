//! The roster form (党员花名册) as plain data: whoever fills it decides the words; this file decides nothing.
//!
//! Knows neither members nor masks: a masked roster holds masked texts and says so. Start at [`RosterSheet`].

use crate::clock::Day;

/// How the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CellAlign {
    #[default]
    Center,
    Left,
    Right,
}

/// A column of a roster (栏).
#[derive(Debug, Clone, PartialEq)]
pub struct RosterColumn {
    pub label: String,
    /// Fixed width; `None`: as wide as its contents ask for.
    pub width_millimetres: Option<f64>,
    pub align: CellAlign,
}

impl RosterColumn {
    /// A column with centred cells, as wide as its contents ask for.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), width_millimetres: None, align: CellAlign::Center }
    }

    /// The same with cells that begin at the left: long texts.
    #[must_use]
    pub fn left(mut self) -> Self {
        self.align = CellAlign::Left;
        self
    }
}

/// The rows of one branch, or of the whole roster.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RosterSection {
    /// The branch, as a row over its members; `None`: no such row.
    pub title: Option<String>,
    /// One text a column.
    pub rows: Vec<Vec<String>>,
}

/// A roster (党员花名册), ready to be typeset: A4 landscape.
#[derive(Debug, Clone, PartialEq)]
pub struct RosterSheet {
    /// 中共××支部委员会党员花名册.
    pub title: String,
    /// 填报单位（盖章）.
    pub organisation: String,
    /// 截至: the day on which the roster is true.
    pub as_of: Day,
    /// 填报日期.
    pub filled_on: Day,
    /// 制表人; empty: a line to sign on.
    pub prepared_by: String,
    /// 审核人; empty: a line to sign on.
    pub checked_by: String,
    /// Whether a column 序号 counts the rows.
    pub numbered: bool,
    pub columns: Vec<RosterColumn>,
    pub sections: Vec<RosterSection>,
    /// 注.
    pub notes: Vec<String>,
    /// Whether ID numbers and phones stand masked in the cells; the paper says so.
    pub masked: bool,
    /// Whether it comes from a practice workbook: 练习 on every page.
    pub practice: bool,
}

impl RosterSheet {
    /// The number of people on it.
    pub fn people(&self) -> usize {
        self.sections.iter().map(|section| section.rows.len()).sum()
    }
}
