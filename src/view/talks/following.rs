//! What follows from talks (跟进): what is to be done, by whom, until when, and how it ended.

use super::{ledgers, name_of, names};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{FollowUpId, OrganisationId, TalkId};
use crate::domain::talks::{FollowUp, Side, Somebody, Talk, TalkNumber, TalkPerson};
use crate::problem::Result;
use crate::store::talks as table;
use crate::view::desk::Desk;

/// Which follow-ups are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowUpAsk {
    pub scope: Option<OrganisationId>,
    pub as_of: Day,
}

/// How a follow-up stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FollowUpState {
    /// 逾期
    Overdue,
    /// 未到期, or without a time at all
    Open,
    /// 已办结
    Done,
}

impl FollowUpState {
    pub const ALL: [Self; 3] = [Self::Overdue, Self::Open, Self::Done];

    pub fn label(self) -> &'static str {
        match self {
            Self::Overdue => "逾期",
            Self::Open => "未到期",
            Self::Done => "已办结",
        }
    }
}

/// A follow-up with the talk it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUpLine {
    pub id: FollowUpId,
    pub talk: TalkId,
    pub number: TalkNumber,
    pub held_on: PartialDate,
    pub organisation: OrganisationId,
    /// Those who were talked with.
    pub partners: String,
    pub measure: String,
    /// 责任人; empty where nobody is told.
    pub owner: String,
    pub due: Option<PartialDate>,
    pub done_on: Option<PartialDate>,
    pub closing_note: Option<String>,
    pub state: FollowUpState,
    /// Days since it was due, of one that is overdue.
    pub days_late: Option<i32>,
}

/// The follow-ups of a scope: overdue, then open by when they are due, then done, the last one first.
pub fn follow_ups(desk: &Desk, ask: &FollowUpAsk) -> Result<Vec<FollowUpLine>> {
    let ledgers = ledgers(desk, ask.scope);
    let mut lines: Vec<FollowUpLine> = Vec::new();
    let mut known: Option<(Talk, Vec<TalkPerson>)> = None;
    for follow_up in table::follow_ups(desk.reader())? {
        if known.as_ref().is_none_or(|(talk, _)| talk.id != follow_up.talk) {
            known = match desk.reader().get::<Talk>(follow_up.talk.0)? {
                Some(talk) => Some((talk, table::people_of(desk.reader(), follow_up.talk)?)),
                None => None,
            };
        }
        if let Some((talk, people)) = known.as_ref().filter(|(talk, _)| ledgers.contains_key(&talk.organisation)) {
            lines.push(line_of(desk, talk, people, follow_up, ask.as_of));
        }
    }
    lines.sort_by_key(|line| {
        let done = line.done_on.map(|done| std::cmp::Reverse(done.first_day()));
        (line.state, done, line.due.is_none(), line.due.map(PartialDate::last_day), line.number)
    });
    Ok(lines)
}

pub(in crate::view) fn line_of(
    desk: &Desk,
    talk: &Talk,
    people: &[TalkPerson],
    follow_up: FollowUp,
    as_of: Day,
) -> FollowUpLine {
    let partners = people.iter().filter(|person| person.side == Side::Partner).map(|person| &person.who);
    let state = match (follow_up.done_on, follow_up.is_overdue_on(as_of)) {
        (Some(_), _) => FollowUpState::Done,
        (None, true) => FollowUpState::Overdue,
        (None, false) => FollowUpState::Open,
    };
    let late = follow_up.due.filter(|_| state == FollowUpState::Overdue);
    let owner = follow_up.owner.map(|id| name_of(desk, &Somebody::Person(id)));
    FollowUpLine {
        id: follow_up.id,
        talk: talk.id,
        number: talk.number,
        held_on: talk.held_on,
        organisation: talk.organisation,
        partners: names(desk, partners),
        owner: owner.or_else(|| follow_up.owner_name.clone()).unwrap_or_default(),
        days_late: late.and_then(|due| as_of.since(due.last_day()).ok()).map(|span| span.get_days()),
        measure: follow_up.measure,
        due: follow_up.due,
        done_on: follow_up.done_on,
        closing_note: follow_up.closing_note,
        state,
    }
}
