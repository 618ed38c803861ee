//! The talk plan (谈话计划) of an organisation and of those below it: what is proposed from what their coverage lacks,
//! and what was kept of a plan with what became of it.
//!
//! Must never write: a proposal is kept by the command `plan_talks_together`. Start at [`propose`] and [`kept`].

mod kept;
mod proposing;
mod two;
mod words;

use std::collections::BTreeMap;

pub use kept::{KeptPlan, PlannedLine, kept, kept_within, open_everywhere};
pub use proposing::propose;
pub use two::{relation_of_two, still_closes};

use super::coverage::answering;
use super::desk::Desk;
use crate::clock::Day;
use crate::command::{PlanTalks, PlanTalksTogether, PlannedDraft};
use crate::domain::coverage::LeftOut;
use crate::domain::dates::Period;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::organisations::OrganisationKind;
use crate::domain::talk_plan::{ProposedTalk, TalkPlan};

/// Whose coverage is to be closed, and when talks may be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PlanAsk {
    /// An organisation; `None` for all of the workbook.
    pub scope: Option<OrganisationId>,
    /// With all organisations below it, each by its own committee.
    pub with_below: bool,
    /// 覆盖期间
    pub period: Period,
    /// 开始日期、完成日期
    pub days: Period,
    pub today: Day,
}

/// Talks that are proposed (拟定的谈话).
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    pub scope: Option<OrganisationId>,
    pub name: String,
    /// Whom it is for, in the order of the tree.
    pub organisations: Vec<PlannedFor>,
    pub period: Period,
    /// The days that are left of those asked for within the period: what is held outside of it closes nothing.
    pub days: Period,
    pub plan: TalkPlan,
    names: BTreeMap<PersonId, String>,
}

/// An organisation that a plan is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedFor {
    pub organisation: OrganisationId,
    pub name: String,
    /// How many of its committee may be asked to talk.
    committee: usize,
    /// Whether its coverage asks for anything on the last day.
    asks: bool,
    /// Who is not asked for on the last day, and why.
    left_out: Vec<LeftOut>,
}

impl Proposal {
    pub fn name_of(&self, person: PersonId) -> &str {
        self.names.get(&person).map_or("", String::as_str)
    }

    /// Keeps it, each organisation's talks in its own plan, instead of what was planned before and not held.
    pub fn keep(&self) -> PlanTalksTogether {
        let plan = |of: &PlannedFor| {
            let talks = self.talks_of(of.organisation).map(PlannedDraft::from).collect();
            PlanTalks { organisation_id: of.organisation, talks, replace: true }
        };
        PlanTalksTogether { plans: self.organisations.iter().map(plan).collect() }
    }

    /// The talks of an organisation, in the order of their weeks.
    pub fn talks_of(&self, organisation: OrganisationId) -> impl Iterator<Item = &ProposedTalk> {
        self.plan.talks.iter().filter(move |talk| talk.organisation == organisation)
    }

    /// How often each is talker, whoever is it most often first.
    pub fn loads(&self) -> Vec<(PersonId, usize)> {
        let mut loads: Vec<_> = self.plan.loads().into_iter().collect();
        loads.sort_by_key(|(person, load)| (std::cmp::Reverse(*load), *person));
        loads
    }
}

/// The organisations of a scope that have a coverage of their own: itself, of a 党小组 its branch, and those below.
fn organisations(desk: &Desk, scope: Option<OrganisationId>, with_below: bool, day: Day) -> Vec<OrganisationId> {
    let tree = desk.tree_on(day);
    let itself = scope.map(|id| answering(id, &tree).unwrap_or(id));
    let is_asked = |id: OrganisationId| with_below || itself.is_none_or(|itself| itself == id);
    let within = tree.within(itself).into_iter().filter(|node| node.kind != OrganisationKind::Group);
    let standing = within.filter(|node| node.stands_on(day) || Some(node.id) == itself);
    standing.map(|node| node.id).filter(|id| is_asked(*id)).collect()
}
