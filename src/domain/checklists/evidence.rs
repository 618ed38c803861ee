//! Evidence (材料): files and paper that show that an item is there, and how an archive numbers them.

use serde::{Deserialize, Serialize};

use super::Retention;
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{ChecklistItemId, EvidenceId, OrganisationId, TalkId};

/// What shows that an item is there (材料), or a scan of a talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub id: EvidenceId,
    pub belongs: Belongs,
    /// The place among its neighbours, which gives the 件号.
    pub position: i64,
    /// 题名; of a file its name without the ending until somebody writes another.
    pub title: String,
    pub kind: EvidenceKind,
    /// 页数
    pub pages: Option<u32>,
    /// The first of its versions, where it is a later one.
    pub version_of: Option<EvidenceId>,
    /// 定稿: of several versions one; alone it is.
    pub is_final: bool,
    /// 文号
    pub document: Option<String>,
    /// 责任者
    pub author: Option<String>,
    /// 日期 of the document.
    pub day: Option<PartialDate>,
    /// 密级
    pub secrecy: Option<Secrecy>,
    /// 保管期限, where it is another than the item's.
    pub retention: Option<Retention>,
    /// 备注
    pub remark: Option<String>,
    pub added_by: String,
    pub added_on: Day,
}

/// To what evidence belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Belongs {
    Item(ChecklistItemId),
    Talk(TalkId),
}

impl Belongs {
    pub fn item(self) -> Option<ChecklistItemId> {
        match self {
            Self::Item(id) => Some(id),
            Self::Talk(_) => None,
        }
    }
}

/// What evidence is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceKind {
    /// 文件: its bytes lie in the store of attachments under their hash.
    File {
        /// As it was called when it was attached: shown, never used as a path.
        name: String,
        /// SHA-256, as 64 hexadecimal digits.
        hash: String,
        bytes: u64,
    },
    /// 纸质, and where it lies (柜、盒).
    Paper { cabinet: Option<String> },
}

/// 密级: this program is not for state secrets, so none of 绝密, 机密, 秘密 can be chosen (《保守国家秘密法》).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
pub enum Secrecy {
    #[serde(rename = "内部")]
    Internal,
    #[serde(rename = "工作秘密")]
    WorkSecret,
}

impl Secrecy {
    pub const ALL: [Self; 2] = [Self::Internal, Self::WorkSecret];

    /// The Chinese name, which is also what is stored.
    pub fn label(self) -> &'static str {
        match self {
            Self::Internal => "内部",
            Self::WorkSecret => "工作秘密",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|secrecy| secrecy.label() == label)
    }
}

/// How an organisation numbers its archive (档号); those below it do as it does, unless told otherwise
/// ([`ArchiveNumbers::resolved`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveNumbers {
    pub id: i64,
    pub organisation: OrganisationId,
    pub numbering: Numbering,
    /// 全宗号, given by the archives.
    pub fonds: Option<String>,
    /// 全宗名称
    pub fonds_name: Option<String>,
    /// 机构（问题）代码
    pub section: Option<String>,
}

impl ArchiveNumbers {
    /// What holds for an organisation, by what it says itself and what those above it say, the nearest first. In the
    /// numbering of the archives each of 全宗号, 全宗名称 and 机构（问题）代码 comes from the nearest that tells it.
    pub fn resolved<'n>(told: impl IntoIterator<Item = &'n Self>) -> Option<Self> {
        let mut told = told.into_iter();
        let mut holds = told.next()?.clone();
        if holds.numbering == Numbering::Archive {
            for above in told {
                holds.fonds = holds.fonds.or_else(|| above.fonds.clone());
                holds.fonds_name = holds.fonds_name.or_else(|| above.fonds_name.clone());
                holds.section = holds.section.or_else(|| above.section.clone());
            }
        }
        Some(holds)
    }
}

/// The two ways to number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Numbering {
    /// 档号 of DA/T 22-2015: 全宗号-WS·年度-保管期限-机构（问题）-件号.
    Archive,
    /// The branch's own: 年度-类别号-件号.
    Simple,
}

impl Numbering {
    pub const ALL: [Self; 2] = [Self::Archive, Self::Simple];

    /// The name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Archive => "archive",
            Self::Simple => "simple",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|numbering| numbering.name() == name)
    }
}
