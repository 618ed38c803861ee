//! Talks of a ledger on their way into the workbook (台账中的谈话).

use std::sync::Arc;

use super::Difference;
use crate::domain::ids::{OrganisationId, TalkId};
use crate::domain::talks::TalkDraft;

/// A talk of the file, as it would be written.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedTalk {
    /// The file's place in [`super::ImportPlan::file_names`].
    pub file: usize,
    pub sheet: Arc<str>,
    pub row: u32,
    /// 谈话人, as the file names them.
    pub talkers: String,
    /// 谈话对象, as the file names them.
    pub name: String,
    /// Who is meant, of those who are not the only ones of their name: 「赵永强，1980-02-03 生，机关第一党支部」.
    pub meant: Vec<String>,
    /// 谈话类型 in words; empty where that waits for an answer.
    pub kind: String,
    /// In whose ledger it stands, as far as that is known.
    pub organisation: Option<OrganisationId>,
    pub class: TalkClass,
    /// What is written: the talk, or one that the workbook has with what is filled in. Of a row that is not written, what
    /// is understood so far.
    pub draft: TalkDraft,
}

/// What becomes of a row of a ledger.
#[derive(Debug, Clone, PartialEq)]
pub enum TalkClass {
    /// 新增
    New,
    /// 变更: the workbook has the talk, and the ledger tells what stands empty there, or was answered to correct it.
    Changed { id: TalkId, differences: Vec<Difference> },
    /// 相同
    Same { id: TalkId },
    /// 待定: waits for an answer, or is told twice.
    Waiting(TalkWaits),
    /// 有误: cannot be written.
    Broken,
}

/// Why a row of a ledger waits (待定的原因).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TalkWaits {
    /// Which day is meant.
    Day,
    /// Of which year the day is.
    Year,
    /// In whose ledger it stands.
    Organisation,
    /// Who of those in one column talked with whom.
    Sides,
    /// Who somebody is.
    Who,
    /// Which type is meant.
    Kind,
    /// Whether it is a talk of the workbook that it corrects, or another one.
    SameTalk,
    /// It repeats a row before.
    Twice,
}

impl TalkWaits {
    /// For people who look at the row.
    pub fn words(self) -> &'static str {
        match self {
            Self::Day => "谈话时间有两种读法，等回答",
            Self::Year => "没有写是哪一年，等回答",
            Self::Organisation => "不知道记在哪个党组织，等回答",
            Self::Sides => "不知道谁是谈话人，等回答",
            Self::Who => "不知道是哪一位，等回答",
            Self::Kind => "不知道是哪一类谈话，等回答",
            Self::SameTalk => "不知道是不是工作簿里的那一次谈话，等回答",
            Self::Twice => "和前面的一行完全相同，不再写入",
        }
    }
}
