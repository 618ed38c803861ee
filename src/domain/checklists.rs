//! Archive checklists (档案清单): what must be in the box, what is there, what is missing.
//!
//! A [`Checklist`] belongs to an organisation and a year, or to a member's file. Its items are copied from a
//! [`Template`]; what of the workbook fills an item by itself stands in [`fills`]. Whether an item is there is read in
//! [`standing`], from what somebody set, from its evidence and from what fills it. Knows nothing of files, tables or
//! screens.

mod catalogue;
mod difference;
mod evidence;
mod fills;
mod lines;
mod standing;
mod templates;
mod words;

pub use catalogue::{Piece, PieceNumber, PieceNumbers, Place, eight_digits, example};
pub use difference::{ItemChange, TemplateDifference, difference};
pub use evidence::{ArchiveNumbers, Belongs, Evidence, EvidenceKind, Numbering, Secrecy};
pub use fills::{Fill, Filled, OPTIONAL};
pub use lines::{TemplateLine, TemplateLines, with_codes};
pub use standing::{By, Progress, Standing, progress, standing};
pub use templates::{Subject, Template, TemplateChange, TemplateItem, Templates, due_in};
pub use words::TemplateWords;

use serde::{Deserialize, Serialize};

use super::dates::PartialDate;
use super::ids::{ChecklistId, ChecklistItemId, OrganisationId, PersonId};
use crate::clock::Day;

/// How an item stands (状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// 有
    Have,
    /// 部分
    Partly,
    /// 缺
    Missing,
    /// 不适用; always with a reason.
    NotApplicable,
}

impl ItemState {
    pub const ALL: [Self; 4] = [Self::Have, Self::Partly, Self::Missing, Self::NotApplicable];

    /// The name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Have => "have",
            Self::Partly => "partly",
            Self::Missing => "missing",
            Self::NotApplicable => "not_applicable",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Have => "有",
            Self::Partly => "部分",
            Self::Missing => "缺",
            Self::NotApplicable => "不适用",
        }
    }

    /// Whether something is still to be done: the gap list has these.
    pub fn is_gap(self) -> bool {
        matches!(self, Self::Partly | Self::Missing)
    }
}

/// How long a document is kept (保管期限). What a template says is a suggestion: each unit has its own table, approved by
/// the archives authority (《机关档案管理规定》).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
pub enum Retention {
    /// 永久
    #[serde(rename = "Y")]
    Permanent,
    /// 30年
    #[serde(rename = "D30")]
    Thirty,
    /// 10年
    #[serde(rename = "D10")]
    Ten,
}

impl Retention {
    pub const ALL: [Self; 3] = [Self::Permanent, Self::Thirty, Self::Ten];

    /// The code of DA/T 22-2015, 6.4: `Y`, `D30`, `D10`; also the name in the file.
    pub fn code(self) -> &'static str {
        match self {
            Self::Permanent => "Y",
            Self::Thirty => "D30",
            Self::Ten => "D10",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|retention| retention.code() == code)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Permanent => "永久",
            Self::Thirty => "30年",
            Self::Ten => "10年",
        }
    }
}

/// What a checklist is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Of {
    /// The archive of an organisation in a year.
    Year(i16),
    /// A member's file (入党档案).
    Person(PersonId),
}

/// A checklist (档案清单), without its items: those are rows of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist {
    pub id: ChecklistId,
    /// Whose archive it is; of a member's file, who keeps it.
    pub organisation: OrganisationId,
    pub of: Of,
    /// The code of its template.
    pub template: String,
    /// The version of the template to which the items were last brought.
    pub version: i64,
    /// The title of the template when it was made.
    pub title: String,
    pub made_on: Day,
}

/// An item (项) of a checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistItem {
    pub id: ChecklistItemId,
    pub checklist: ChecklistId,
    /// The item that it is part of.
    pub parent: Option<ChecklistItemId>,
    /// The place among its neighbours.
    pub position: i64,
    /// The code of the template's item, none of one that was added here.
    pub code: Option<String>,
    /// 内容
    pub title: String,
    /// 标准
    pub standard: Option<String>,
    /// What fills it by itself.
    pub fill: Option<Fill>,
    /// 保管期限建议
    pub retention: Option<Retention>,
    /// As somebody set it. An item with parts never has one: it stands as its parts do.
    pub state: Option<ItemState>,
    /// 原因
    pub reason: Option<String>,
    /// 责任人
    pub owner: Option<Owner>,
    /// 期限
    pub due: Option<PartialDate>,
    /// 备注
    pub note: Option<String>,
    /// 检查人 and 检查日期
    pub checked: Option<(String, Day)>,
    /// What its template said of it where something else was written here; see [`ChecklistItem::said`].
    pub template_words: Option<TemplateWords>,
}

/// Who answers for an item (责任人).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Owner {
    Person(PersonId),
    /// Somebody who is in no roster.
    Named(String),
}

impl Owner {
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(id) => Some(*id),
            Self::Named(_) => None,
        }
    }
}

/// Room between two neighbours in their order.
pub const STEP: i64 = 1_024;
