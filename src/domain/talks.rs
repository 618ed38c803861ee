//! Heart-to-heart talks (谈心谈话): what one is, and when a record of one is acceptable.
//!
//! Knows nothing of tables or screens; the day it is, is handed in. Start at [`TalkDraft::check`], the only place where
//! a [`Talk`] comes into being. Types stand in [`types`], what follows from a talk and what is planned in
//! [`following`]; which talks count towards the rule is asked elsewhere.

mod checking;
mod draft;
mod following;
mod types;

pub use checking::{LONGEST_TEXT, has_texts, named};
pub use draft::{FollowUpDraft, TALK_LABELS, TalkDraft, TalkDraftField, TalkFault, Told, mode_of};
pub use following::{FollowUp, PlannedTalk, Snooze};
pub use types::{Counts, TalkType, TalkTypeChange, TalkTypes, TypeTold};

use std::fmt;

use super::dates::PartialDate;
use super::ids::{OrganisationId, PersonId, TalkId};

/// A talk that was held (谈话), without its persons and follow-ups: those are rows of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    pub id: TalkId,
    /// The organisation in whose ledger it stands; for the coverage it does not matter.
    pub organisation: OrganisationId,
    /// 编号
    pub number: TalkNumber,
    /// 谈话时间; never in the future. A paper ledger may tell the month only.
    pub held_on: PartialDate,
    /// 时刻, as written: `9:30`, `下午`.
    pub time: Option<String>,
    /// 谈话类型: the code of a [`TalkType`], `T01` and so on.
    pub kind: String,
    /// 谈话方式: one of [`MODES`], or as a ledger had it.
    pub mode: Option<String>,
    /// 谈话地点
    pub place: Option<String>,
    /// 谈话主题、事由
    pub topic: Option<String>,
    /// 谈话提纲
    pub outline: Option<String>,
    /// 谈话内容
    pub content: Option<String>,
    /// 存在问题、意见建议
    pub opinions: Option<String>,
    /// 谈话对象表态
    pub attitude: Option<String>,
    /// 整改（帮扶）措施
    pub measures: Option<String>,
    /// 备注
    pub remark: Option<String>,
}

/// The ways to talk (谈话方式), in the order in which they are offered.
pub const MODES: [&str; 3] = ["一对一", "一对多", "电话、视频"];

/// The yearly number of a talk within its organisation (编号), shown `2026-036`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TalkNumber {
    pub year: i16,
    pub number: u32,
}

impl fmt::Display for TalkNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:03}", self.year, self.number)
    }
}

impl TalkNumber {
    /// Reads 「2026-036」; a number alone is of `year`.
    pub fn read(text: &str, year: i16) -> Option<Self> {
        let (of, number) = match text.trim().split_once('-') {
            Some((of, number)) => (of.trim().parse().ok()?, number),
            None => (year, text.trim()),
        };
        let number = number.trim().parse().ok().filter(|number| *number > 0)?;
        Some(Self { year: of, number })
    }
}

/// On which side of a talk somebody sat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// 谈话人
    Talker,
    /// 谈话对象
    Partner,
    /// 记录人
    Recorder,
}

impl Side {
    pub const ALL: [Self; 3] = [Self::Talker, Self::Partner, Self::Recorder];

    /// The name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Talker => "talker",
            Self::Partner => "partner",
            Self::Recorder => "recorder",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.name() == name)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Talker => "谈话人",
            Self::Partner => "谈话对象",
            Self::Recorder => "记录人",
        }
    }
}

/// Somebody in a talk: a person of the workbook, or a name (群众、积极分子) with what is told of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TalkPerson {
    pub id: i64,
    pub talk: TalkId,
    pub side: Side,
    /// The place on that side, as written.
    pub position: i64,
    pub who: Somebody,
}

/// A person of the workbook, or somebody who is in no roster (名册外的人).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Somebody {
    Person(PersonId),
    /// Never counted in the coverage. `about`: 单位、职务、政治面貌.
    Named {
        name: String,
        about: Option<String>,
    },
}

impl Somebody {
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(id) => Some(*id),
            Self::Named { .. } => None,
        }
    }

    /// The name of who is in no roster.
    pub fn named(&self) -> Option<&str> {
        match self {
            Self::Person(_) => None,
            Self::Named { name, .. } => Some(name),
        }
    }
}
