//! The kept plan (谈话计划) with what became of each talk: held, covered by others, open or overdue.

use std::collections::{BTreeMap, BTreeSet};

use super::organisations;
use crate::clock::Day;
use crate::domain::coverage::{CoverageRules, Held, Relation};
use crate::domain::dates::Period;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::talk_plan::{Became, closes_of, week_of};
use crate::domain::talks::PlannedTalk;
use crate::problem::Result;
use crate::store::{talk_plan, talks};
use crate::view::coverage::Called;
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
        self.lines.iter().filter(|line| line.held().is_some()).count()
    }

    /// 已由别的谈话补上
    pub fn covered(&self) -> usize {
        self.lines.iter().filter(|line| line.is_covered()).count()
    }

    /// What is still to be held.
    pub fn open(&self) -> usize {
        self.lines.iter().filter(|line| line.is_open()).count()
    }
}

/// A planned talk as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedLine {
    pub planned: PlannedTalk,
    /// 谈话人, 谈话对象, told apart where two bear the name; empty where nobody is told.
    pub talker: String,
    pub partner: String,
    pub closes: Vec<Relation>,
    /// `None` while it is open.
    pub became: Option<Became>,
}

impl PlannedLine {
    /// The Monday of the week it is due in.
    pub fn week(&self) -> Option<Day> {
        self.planned.due.map(|due| week_of(due.last_day()))
    }

    /// The record that ticks it off.
    pub fn held(&self) -> Option<Held> {
        match self.became? {
            Became::Held(held) => Some(held),
            Became::Covered => None,
        }
    }

    /// Whether other talks closed what it was to close.
    pub fn is_covered(&self) -> bool {
        self.became == Some(Became::Covered)
    }

    /// Whether it is still to be held.
    pub fn is_open(&self) -> bool {
        self.became.is_none()
    }

    /// Whether it is open and its time is over.
    pub fn is_overdue_on(&self, day: Day) -> bool {
        self.is_open() && self.planned.due.is_some_and(|due| due.last_day() < day)
    }
}

/// What is planned in an organisation for a period: due in it or, where no day is told, planned in it. Blank sheets
/// without anybody's name are no part of a plan.
pub fn kept(desk: &Desk, organisation: OrganisationId, period: Period) -> Result<KeptPlan> {
    let planned = talks::planned_of(desk.reader(), organisation)?;
    let lines = lines(desk, planned.into_iter().filter(|one| is_shown(one, period)).collect())?;
    Ok(KeptPlan { organisation, name: desk.scope_name(Some(organisation)), lines })
}

/// The same of each organisation of a scope that has a plan, in the order of the tree.
pub fn kept_within(desk: &Desk, scope: Option<OrganisationId>, period: Period, today: Day) -> Result<Vec<KeptPlan>> {
    let ids = organisations(desk, scope, true, today);
    let wanted: BTreeSet<OrganisationId> = ids.iter().copied().collect();
    let mut planned = talks::planned(desk.reader())?;
    planned.retain(|one| wanted.contains(&one.organisation) && is_shown(one, period));
    let mut of: BTreeMap<OrganisationId, Vec<PlannedLine>> = BTreeMap::new();
    for line in lines(desk, planned)? {
        of.entry(line.planned.organisation).or_default().push(line);
    }
    let plan = |organisation: OrganisationId| {
        let lines = of.remove(&organisation)?;
        Some(KeptPlan { organisation, name: desk.scope_name(Some(organisation)), lines })
    };
    Ok(ids.into_iter().filter_map(plan).collect())
}

/// All planned talks of the workbook that are still to be held, by when they are due.
pub fn open_everywhere(desk: &Desk) -> Result<Vec<PlannedLine>> {
    let mut planned = talks::planned(desk.reader())?;
    planned.retain(is_of_somebody);
    let mut lines = lines(desk, planned)?;
    lines.retain(PlannedLine::is_open);
    Ok(lines)
}

fn is_of_somebody(planned: &PlannedTalk) -> bool {
    planned.talker.is_some() || planned.partner.is_some()
}

/// Whether the plan of a period shows it.
fn is_shown(planned: &PlannedTalk, period: Period) -> bool {
    is_of_somebody(planned) && period.holds(planned.due.map_or(planned.made_on, |due| due.last_day()))
}

fn lines(desk: &Desk, planned: Vec<PlannedTalk>) -> Result<Vec<PlannedLine>> {
    let rules = CoverageRules::of(desk.rules());
    let mut became = talk_plan::became(desk.reader(), desk.directory(), &rules, &planned)?;
    let of: BTreeSet<OrganisationId> = planned.iter().map(|one| one.organisation).collect();
    let here = of.into_iter().flat_map(|id| desk.directory().ever_in(Some(id))).copied();
    let called = Called::among(desk, here.chain(planned.iter().flat_map(people_of)));
    let shown = |id: Option<PersonId>| id.map_or_else(String::new, |id| called.of(id));
    let line = |planned: PlannedTalk| PlannedLine {
        talker: shown(planned.talker),
        partner: shown(planned.partner),
        closes: closes_of(&planned),
        became: became.remove(&planned.id),
        planned,
    };
    Ok(planned.into_iter().map(line).collect())
}

fn people_of(planned: &PlannedTalk) -> impl Iterator<Item = PersonId> + use<> {
    planned.talker.into_iter().chain(planned.partner)
}
