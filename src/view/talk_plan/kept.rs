//! The kept plan (谈话计划) with what became of each talk: held, open or overdue.

use super::name;
use crate::clock::Day;
use crate::domain::coverage::{Held, Relation};
use crate::domain::dates::Period;
use crate::domain::ids::OrganisationId;
use crate::domain::talk_plan::{closes_of, week_of};
use crate::domain::talks::PlannedTalk;
use crate::problem::Result;
use crate::store::{talk_plan, talks};
use crate::view::desk::Desk;

/// The kept plan of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPlan {
    pub organisation: OrganisationId,
    pub name: String,
    /// By when they are due; those without a day first.
    pub lines: Vec<PlannedLine>,
}

impl KeptPlan {
    /// 已谈
    pub fn held(&self) -> usize {
        self.lines.iter().filter(|line| line.held.is_some()).count()
    }
}

/// A planned talk as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedLine {
    pub planned: PlannedTalk,
    /// 谈话人, 谈话对象; empty where nobody is told.
    pub talker: String,
    pub partner: String,
    pub closes: Vec<Relation>,
    /// The record that ticks it off.
    pub held: Option<Held>,
}

impl PlannedLine {
    /// The Monday of the week it is due in.
    pub fn week(&self) -> Option<Day> {
        self.planned.due.map(|due| week_of(due.last_day()))
    }

    /// Whether it was not held and its time is over.
    pub fn is_overdue_on(&self, day: Day) -> bool {
        self.held.is_none() && self.planned.due.is_some_and(|due| due.last_day() < day)
    }
}

/// What is planned in an organisation for a period: due in it or, where no day is told, planned in it. Blank sheets
/// without anybody's name are no part of a plan.
pub fn kept(desk: &Desk, organisation: OrganisationId, period: Period) -> Result<KeptPlan> {
    let mut planned = talks::planned_of(desk.reader(), organisation)?;
    planned.retain(is_of_somebody);
    planned.retain(|one| period.holds(one.due.map_or(one.made_on, |due| due.last_day())));
    let name = desk.scope_name(Some(organisation));
    Ok(KeptPlan { organisation, name, lines: lines(desk, planned)? })
}

/// All planned talks of the workbook that were not held yet, by when they are due.
pub fn open_everywhere(desk: &Desk) -> Result<Vec<PlannedLine>> {
    let mut planned = talks::planned(desk.reader())?;
    planned.retain(is_of_somebody);
    let mut lines = lines(desk, planned)?;
    lines.retain(|line| line.held.is_none());
    Ok(lines)
}

fn is_of_somebody(planned: &PlannedTalk) -> bool {
    planned.talker.is_some() || planned.partner.is_some()
}

fn lines(desk: &Desk, planned: Vec<PlannedTalk>) -> Result<Vec<PlannedLine>> {
    let mut held = talk_plan::held(desk.reader(), &planned)?;
    let shown = |id| -> String { Option::map_or(id, String::new(), |id| name(desk, id)) };
    let line = |planned: PlannedTalk| PlannedLine {
        talker: shown(planned.talker),
        partner: shown(planned.partner),
        closes: closes_of(&planned),
        held: held.remove(&planned.id),
        planned,
    };
    Ok(planned.into_iter().map(line).collect())
}
