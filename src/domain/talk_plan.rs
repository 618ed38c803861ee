//! The talk plan (拟计划): one-to-one talks that close what the coverage of one or more organisations lacks, by a day.
//!
//! How many talks there are follows: one for each pair of the committee that has none (支委之间), one for each member
//! no committee member talked with (支委和党员), one for every two members who talked with no other member (党员和党员),
//! one after an event (必谈事项); but a talk after an event is the one with the committee too, and the one of a pair of the
//! committee where the person is on it. Among the plans with so few talks this is one whose largest load is the
//! smallest: nobody has to be talker (谈话人) more often than some one person has to be in every plan.
//!
//! Why is it the smallest? Who is talker of which talk is found by a flow ([`sharing`]) in which each talk sends one
//! unit to its talker and no talker takes more than a bound. The bound begins at what the average asks and rises by one
//! until every unit arrives; below it the largest flow is too small, so no plan exists. Talks of several organisations
//! that have a talker in common are shared out together ([`table`]). Who talks with whom among members is a maximum
//! matching ([`matching`], Edmonds 1965), so that each of them has to be talker once at most. Weeks are shared by the
//! same flow, for one talker after the other ([`weeks`]).
//!
//! Knows nothing of how coverage is found, of today, or of holidays. Start at [`propose`];
//! what became of a plan that was kept is told by [`became`].

mod committee;
mod flow;
mod judging;
mod kept;
mod lacking;
mod matching;
mod members;
mod overlap;
mod sharing;
mod sheets;
mod table;
mod weeks;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::coverage::Relation;
use super::dates::Period;
use super::ids::{OrganisationId, PersonId};
use crate::clock::Day;
use crate::problem::{Problem, Result};

pub use kept::{Became, PlanPlace, became, closes_of, looked_at_from, relations_of, rule_of};
pub use sheets::{SheetWanted, sheets_of};
pub use weeks::week_of;

/// What the coverage of an organisation lacks (还缺). Where several talks of one kind are asked for, a pair or a person
/// stands here as often as talks are missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lacking {
    /// 支委之间: the pairs without a talk.
    pub committee_pairs: Vec<(PersonId, PersonId)>,
    /// 支委和党员: the members without one.
    pub with_committee: Vec<PersonId>,
    /// 党员和党员: the members without one.
    pub among_members: Vec<PersonId>,
    /// 必谈事项: the events after which no talk was held yet.
    pub after_events: Vec<AwaitedTalk>,
}

/// A talk that an event asks for (必谈事项).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AwaitedTalk {
    /// Whom a committee member is to talk with.
    pub person: PersonId,
    /// The days it may be held on, from that of the event.
    pub days: Period,
}

/// Who may be asked to talk: not who is away, cannot be reached or is unable.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Askable {
    /// The committee (支委).
    pub committee: Vec<PersonId>,
    /// The members who are not on it.
    pub members: Vec<PersonId>,
}

/// An organisation whose coverage is to be closed, by its own committee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToClose {
    pub organisation: OrganisationId,
    pub lacking: Lacking,
    pub askable: Askable,
    /// Who talks with whom on the sheets that are printed: 谈话人, 谈话对象. As many stay as the largest load allows.
    pub printed: BTreeSet<(PersonId, PersonId)>,
}

/// Who talked with whom just now: proposed again only where nothing else is as good.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JustHeld(BTreeSet<(PersonId, PersonId)>);

impl JustHeld {
    /// These talk too.
    fn add(&mut self, pairs: &[(PersonId, PersonId)]) {
        self.0.extend(pairs.iter().map(|(one, other)| (*one.min(other), *one.max(other))));
    }

    /// Whether these two talked.
    pub fn holds(&self, one: PersonId, other: PersonId) -> bool {
        self.0.contains(&(one.min(other), one.max(other)))
    }
}

impl FromIterator<(PersonId, PersonId)> for JustHeld {
    fn from_iter<I: IntoIterator<Item = (PersonId, PersonId)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(one, other)| (one.min(other), one.max(other))).collect())
    }
}

/// A talk of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedTalk {
    /// Whose coverage it closes.
    pub organisation: OrganisationId,
    /// 谈话人
    pub talker: PersonId,
    /// 谈话对象
    pub partner: PersonId,
    /// What it closes (补哪一项), in ascending order.
    pub closes: Vec<Relation>,
    /// The Monday of the week it is to be held in.
    pub week: Day,
    /// The last working day of that week on which it still closes what it is to close.
    pub due: Day,
}

/// Something the coverage lacks that no talk can close (补不上的).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CannotClose {
    /// Nobody else is on the committee.
    NoTalker(PersonId, Relation),
    /// There is no other member.
    NoPartner(PersonId),
    /// No working day is left until the last one a talk after an event may be held on.
    TooLate(PersonId, Day),
}

/// A plan (谈话计划), in the order of its weeks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TalkPlan {
    pub talks: Vec<ProposedTalk>,
    /// Organisation by organisation.
    pub cannot_close: Vec<(OrganisationId, CannotClose)>,
}

impl TalkPlan {
    /// How often each is talker.
    pub fn loads(&self) -> BTreeMap<PersonId, usize> {
        let mut loads = BTreeMap::new();
        for talk in &self.talks {
            *loads.entry(talk.talker).or_default() += 1;
        }
        loads
    }

    /// How often the one is talker who is it most often.
    pub fn largest_load(&self) -> usize {
        self.loads().into_values().max().unwrap_or(0)
    }
}

/// A talk that has its two persons and no week yet.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Unscheduled {
    organisation: OrganisationId,
    talker: PersonId,
    partner: PersonId,
    closes: Vec<Relation>,
    /// The working days it may be held on.
    days: Period,
}

/// Proposes talks that close what each of these organisations lacks within the working weeks of `period`.
///
/// Fails with a sentence if the period has no working day, or more weeks than anybody plans ahead.
pub fn propose(of: &[ToClose], just_held: &JustHeld, period: Period) -> Result<TalkPlan> {
    let weeks = weeks::working_weeks(period)?;
    let mut cannot_close = Vec::new();
    let mut table = table::Table::default();
    let mut works = Vec::new();
    for one in &overlap::without_twice(of) {
        let mut told = Vec::new();
        let mut of_committee = committee::Work::of(one, weeks.days, &mut told);
        of_committee.fill(&mut table, just_held);
        let mut of_members = members::Work::of(one, just_held, weeks.days, &mut told);
        of_members.fill(&mut table);
        works.push((of_committee, of_members));
        cannot_close.extend(told.into_iter().map(|told| (one.organisation, told)));
    }
    let talkers = table.share().ok_or_else(|| Problem::fault("the talks of a plan find no talkers"))?;
    let talks = works.iter().flat_map(|(of_committee, of_members)| {
        of_committee.talks(&talkers).into_iter().chain(of_members.talks(&talkers))
    });
    Ok(TalkPlan { talks: weeks.share(talks.collect())?, cannot_close })
}
