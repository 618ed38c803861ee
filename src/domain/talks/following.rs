//! What follows from a talk (跟进), what is planned (计划), what was put off (推迟).

use super::TalkNumber;
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{FollowUpId, OrganisationId, PersonId, PlannedTalkId, TalkId};

/// What a talk asks to be done (跟进).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    pub id: FollowUpId,
    pub talk: TalkId,
    pub position: i64,
    /// 措施
    pub measure: String,
    /// 责任人 of the workbook.
    pub owner: Option<PersonId>,
    /// 责任人 who is in no roster; never together with `owner`.
    pub owner_name: Option<String>,
    /// 完成时限
    pub due: Option<PartialDate>,
    /// 办结日期
    pub done_on: Option<PartialDate>,
    /// 办结情况
    pub closing_note: Option<String>,
}

impl FollowUp {
    /// Whether it is not done and its time is over.
    pub fn is_overdue_on(&self, day: Day) -> bool {
        self.done_on.is_none() && self.due.is_some_and(|due| due.last_day() < day)
    }
}

/// A talk that is planned (计划谈话), or a numbered sheet that was printed blank (空白表).
///
/// Whether it was held is never stored: it was, when a talk of that day or later joins the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedTalk {
    pub id: PlannedTalkId,
    pub organisation: OrganisationId,
    /// The number that the printed sheet carries.
    pub number: Option<TalkNumber>,
    pub talker: Option<PersonId>,
    pub partner: Option<PersonId>,
    /// What it closes: `C1` … `C4`, several joined by a blank.
    pub rule: Option<String>,
    /// The code of a type of talk.
    pub kind: Option<String>,
    /// The day it was planned on.
    pub made_on: Day,
    /// By when.
    pub due: Option<PartialDate>,
    pub note: Option<String>,
}

/// A piece of work on 今日 that was put off (推迟).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snooze {
    pub id: i64,
    /// The key of the piece of work.
    pub work: String,
    /// It comes back on this day.
    pub until: Day,
    pub reason: String,
    pub set_on: Day,
}
