//! The talk plan (谈话计划) of an organisation: what is proposed from what its coverage lacks, and what was kept of a
//! plan with what became of it.
//!
//! Must never write: a proposal is kept by the command `plan_talks`. Start at [`propose`] and [`kept`].

mod kept;

use std::collections::{BTreeMap, BTreeSet};

pub use kept::{KeptPlan, PlannedLine, kept, open_everywhere};

use super::coverage::{CoverageAsk, CoverageBoard, board};
use super::desk::Desk;
use super::organisations::posts;
use crate::clock::Day;
use crate::command::{PlanTalks, PlannedDraft};
use crate::domain::coverage::{Coverage, Held, Relation, WhyLeftOut};
use crate::domain::dates::Period;
use crate::domain::ids::{OrganisationId, PersonId, TalkId};
use crate::domain::rules::organisations::is_of_committee;
use crate::domain::talk_plan::{self, Askable, CannotClose, JustHeld, Lacking, TalkPlan};
use crate::problem::{Problem, Result};
use crate::store::talks::people_of;

/// Whose coverage is to be closed, and when talks may be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PlanAsk {
    pub organisation: OrganisationId,
    /// 覆盖期间
    pub period: Period,
    /// 开始日期、完成日期
    pub days: Period,
    pub today: Day,
}

/// Talks that are proposed (拟定的谈话).
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    pub organisation: OrganisationId,
    pub name: String,
    pub period: Period,
    /// The days that are left of those asked for within the period: what is held outside of it closes nothing.
    pub days: Period,
    pub plan: TalkPlan,
    names: BTreeMap<PersonId, String>,
}

impl Proposal {
    pub fn name_of(&self, person: PersonId) -> &str {
        self.names.get(&person).map_or("", String::as_str)
    }

    /// Keeps it instead of what was planned before and not held.
    pub fn keep(&self) -> PlanTalks {
        let talks = self.plan.talks.iter().map(PlannedDraft::from).collect();
        PlanTalks { organisation_id: self.organisation, talks, replace: true }
    }

    /// What no talk can close, in words.
    pub fn cannot_close_words(&self) -> Vec<String> {
        let words = |one: &CannotClose| match *one {
            CannotClose::NoTalker(person, relation) => {
                format!("{}（{}）：没有可以谈话的支委", self.name_of(person), relation.label())
            }
            CannotClose::NoPartner(person) => {
                format!("{}（{}）：没有别的党员", self.name_of(person), Relation::AmongMembers.label())
            }
            CannotClose::TooLate(person, until) => {
                format!("{}（{}）：应在 {until} 前谈，已经来不及", self.name_of(person), Relation::AfterEvents.label())
            }
        };
        self.plan.cannot_close.iter().map(words).collect()
    }

    /// How often each is talker, whoever is it most often first.
    pub fn loads(&self) -> Vec<(PersonId, usize)> {
        let mut loads: Vec<_> = self.plan.loads().into_iter().collect();
        loads.sort_by_key(|(person, load)| (std::cmp::Reverse(*load), *person));
        loads
    }
}

/// Proposes talks that close what the coverage of an organisation lacks today and by the last day.
///
/// Fails with a sentence where the period is over or no working day is left.
pub fn propose(desk: &Desk, ask: PlanAsk) -> Result<Proposal> {
    let days = days_within(ask)?;
    let today = CoverageAsk::until_today(ask.organisation, ask.period, ask.today);
    let now = board(desk, today)?;
    let mut lacking = Lacking::of(&now.coverage);
    let here = people_here(&now.coverage);
    if today.as_of < days.last {
        let then = board(desk, CoverageAsk { as_of: days.last, ..today })?;
        lacking.take_in(Lacking::of(&then.coverage), |person| here.contains(&person));
    }
    let askable = askable(desk, ask.organisation, today.as_of, &now.coverage)?;
    let just_held = just_held(desk, &now)?;
    let plan = talk_plan::propose(&lacking, &askable, &just_held, days)?;
    let names = names(desk, &plan);
    Ok(Proposal { organisation: ask.organisation, name: now.name, period: ask.period, days, plan, names })
}

/// The days of the period that were asked for.
fn days_within(ask: PlanAsk) -> Result<Period> {
    let first = ask.days.first.max(ask.period.first);
    if first > ask.period.last {
        let happened = format!("覆盖期间到 {} 为止，已经过了", ask.period.last);
        return Err(Problem::input("没有拟出计划", happened).next("请换一个期间"));
    }
    if ask.days.last < ask.period.first {
        let happened = format!("完成日期 {} 早于覆盖期间（{} 起）", ask.days.last, ask.period.first);
        return Err(Problem::input("没有拟出计划", happened).next("请改完成日期"));
    }
    Ok(Period { first, last: ask.days.last.min(ask.period.last) })
}

/// Everybody who is on the committee or a member on the day of a coverage.
fn people_here(coverage: &Coverage) -> BTreeSet<PersonId> {
    let left_out = coverage.left_out.iter().map(|left| left.person);
    coverage.committee.iter().chain(&coverage.members).copied().chain(left_out).collect()
}

/// Whoever is asked for may be asked to talk, and whoever came a short while ago.
fn askable(desk: &Desk, organisation: OrganisationId, day: Day, coverage: &Coverage) -> Result<Askable> {
    let posts = posts(desk, organisation, day)?;
    let on_committee = |person: PersonId| posts.iter().any(|line| line.person == person && is_of_committee(&line.post));
    let new = coverage.left_out.iter().filter(|left| left.why == WhyLeftOut::New).map(|left| left.person);
    let (committee, members): (Vec<_>, Vec<_>) = new.partition(|person| on_committee(*person));
    Ok(Askable {
        committee: coverage.committee.iter().copied().chain(committee).collect(),
        members: coverage.members.iter().copied().chain(members).collect(),
    })
}

/// With whom everybody who is missing had the last talk of the kind that is missing.
fn just_held(desk: &Desk, board: &CoverageBoard) -> Result<JustHeld> {
    let coverage = &board.coverage;
    let of_person = [&coverage.with_committee, &coverage.among_members].into_iter().flatten();
    let of_person = of_person.flat_map(|board| &board.needs).map(|need| (need.whom, need.last));
    let of_event = coverage.after_events.iter().flat_map(|board| &board.needs);
    let of_event = of_event.map(|need| (need.whom.occasion.person, need.last));
    let last: BTreeSet<(TalkId, PersonId)> =
        of_person.chain(of_event).filter_map(|(person, last): (_, Option<Held>)| Some((last?.talk, person))).collect();
    let mut people: BTreeMap<TalkId, Vec<PersonId>> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (talk, person) in last {
        if let std::collections::btree_map::Entry::Vacant(place) = people.entry(talk) {
            let sat = people_of(desk.reader(), talk)?;
            place.insert(sat.into_iter().filter_map(|row| row.who.person()).collect());
        }
        let others = people.get(&talk).into_iter().flatten().filter(|other| **other != person);
        pairs.extend(others.map(|other| (person, *other)));
    }
    Ok(pairs.into_iter().collect())
}

/// The names of all in a plan.
fn names(desk: &Desk, plan: &TalkPlan) -> BTreeMap<PersonId, String> {
    let in_talks = plan.talks.iter().flat_map(|talk| [talk.talker, talk.partner]);
    let not_closed = plan.cannot_close.iter().map(|one| match *one {
        CannotClose::NoTalker(person, _) | CannotClose::NoPartner(person) | CannotClose::TooLate(person, _) => person,
    });
    in_talks.chain(not_closed).map(|person| (person, name(desk, person))).collect()
}

fn name(desk: &Desk, person: PersonId) -> String {
    desk.directory().get(person).map_or_else(String::new, |card| card.name.to_string())
}
