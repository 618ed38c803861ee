//! Rows and sheets that are left out (没有取的行), and why.
//!
//! Start at [`Why`].

use std::sync::Arc;

use crate::domain::imports::RosterKind;

/// Why a row, or a sheet, is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    Total,
    /// A note, a footer, a signature, a page number.
    Note,
    /// A row between records, and what was taken from it, in words; empty where nothing was.
    Group(String),
    RepeatedHeads,
    /// 群众, 团员, a democratic party; with the word.
    NotAMember(String),
    /// A list of staff that does not say that the person is a member.
    NotSaid,
    HiddenSheet,
    /// A sheet that holds no list.
    OtherSheet,
    /// A sheet that holds a list of another kind than most of the file.
    OtherKind(RosterKind),
}

impl Why {
    /// For people who read the report.
    pub fn sentence(&self) -> String {
        match self {
            Self::Total => "合计行".into(),
            Self::Note => "说明、签字或页码".into(),
            Self::Group(told) if told.is_empty() => "分组行".into(),
            Self::Group(told) => format!("分组行：{told}"),
            Self::RepeatedHeads => "重复的表头".into(),
            Self::NotAMember(word) => format!("不是党员：{word}"),
            Self::NotSaid => "没有写明是党员".into(),
            Self::HiddenSheet => "隐藏的工作表，没有读取".into(),
            Self::OtherSheet => "不是名册或台账的工作表".into(),
            Self::OtherKind(kind) => format!("是{}，和这个文件的其他工作表不同；请另存为一个文件再导入", kind.label()),
        }
    }
}

impl Why {
    /// What was taken from the row for those below it: it is no record, but not left out either.
    pub fn taken(&self) -> Option<&str> {
        match self {
            Self::Group(told) => Some(told.as_str()).filter(|told| !told.is_empty()),
            _ => None,
        }
    }
}

/// A row, or a sheet, that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedRow {
    pub sheet: Arc<str>,
    /// 0 for a whole sheet.
    pub row: u32,
    pub why: Why,
}
