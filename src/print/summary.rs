//! The summary form (党员基本情况汇总) as plain data: figures that others counted, in the order in which they stand.
//!
//! Counts nothing and adds nothing up. Start at [`SummarySheet`].

use super::frame::Frame;

/// What the summary covers (范围).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SummaryScope {
    /// 党支部.
    Branch,
    /// 党总支 (and 党委 with a part of the tree).
    GeneralBranch,
    /// 全部: the whole workbook.
    Whole,
}

impl SummaryScope {
    /// The title of the paper.
    pub fn title(self) -> &'static str {
        match self {
            Self::Branch => "党支部党员基本情况汇总表",
            Self::GeneralBranch => "党总支党员基本情况汇总表",
            Self::Whole => "党员基本情况汇总表",
        }
    }
}

/// A figure as it is printed (数字).
#[derive(Debug, Clone, PartialEq)]
pub struct SummaryFigure {
    /// 女党员.
    pub label: String,
    pub value: u64,
    /// 人, 个.
    pub unit: String,
    /// Part of the total, 0…1; `None` where none is meant.
    pub share: Option<f64>,
}

/// A band of a family (段).
#[derive(Debug, Clone, PartialEq)]
pub struct SummaryBand {
    /// 31至35岁.
    pub label: String,
    pub value: u64,
    /// Part of the family's total, 0…1.
    pub share: Option<f64>,
}

/// Bands that add up to a total (结构): ages, education, entry periods, 党龄.
#[derive(Debug, Clone, PartialEq)]
pub struct BandFamily {
    /// 年龄.
    pub title: String,
    /// What is counted, at the right of the title: 周岁，合计 182 人.
    pub basis: String,
    /// Whether bars show the bands beside the numbers.
    pub bars: bool,
    pub bands: Vec<SummaryBand>,
}

/// A row of the table of branches.
#[derive(Debug, Clone, PartialEq)]
pub struct BranchRow {
    pub name: String,
    /// One a column.
    pub values: Vec<u64>,
}

/// The branches of a general branch, one a row (各支部情况).
#[derive(Debug, Clone, PartialEq)]
pub struct BranchTable {
    /// 党员, 正式, 预备, 女 …
    pub columns: Vec<String>,
    pub rows: Vec<BranchRow>,
    /// 合计.
    pub total: Option<Vec<u64>>,
}

/// A summary (党员基本情况汇总), ready to be typeset: A4 portrait.
#[derive(Debug, Clone, PartialEq)]
pub struct SummarySheet {
    pub frame: Frame,
    pub scope: SummaryScope,
    /// 总数, 正式, 预备, 女, 少数民族, 大专及以上, 光荣在党50年.
    pub figures: Vec<SummaryFigure>,
    /// Organisations by kind: 党总支 1 个.
    pub organisations: Vec<SummaryFigure>,
    pub families: Vec<BandFamily>,
    pub branches: Option<BranchTable>,
    /// 注: what is counted and how.
    pub notes: Vec<String>,
}
