//! Coverage (谈话覆盖) of an organisation, and of all below it, with everything a screen or a paper shows beside it.
//!
//! What is asked for and what counts is told by the domain; what it is told from is read here, anew for each question.
//! Start at [`board`] for one organisation, at [`tree`] for one with all below it; the numbers as figures stand in
//! [`figures`].

mod called;
mod effect;
mod figures;
mod ground;

use std::collections::{BTreeMap, BTreeSet};

pub use called::Called;
pub use effect::{Effect, EffectIn, effects};
pub use figures::figures;
use ground::Ground;

use super::desk::Desk;
use crate::clock::Day;
use crate::domain::coverage::{Coverage, CoverageRules, Need, Relation, State, WhyLeftOut, Window};
use crate::domain::dates::Period;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::organisations::OrganisationKind;
use crate::domain::rules::Rule;
use crate::problem::{Problem, Result};
use crate::store::members;
pub use crate::store::standing::{answering, answers_for};

/// Whose coverage, of which period, as of which day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CoverageAsk {
    pub organisation: OrganisationId,
    pub period: Period,
    pub as_of: Day,
}

impl CoverageAsk {
    /// As of today, or of the period's end if that is earlier.
    pub fn until_today(organisation: OrganisationId, period: Period, today: Day) -> Self {
        let window = Window::until_today(period, today);
        Self { organisation, period, as_of: window.as_of }
    }

    fn window(&self) -> Window {
        Window { period: self.period, as_of: self.as_of }
    }
}

/// The coverage of one organisation (覆盖情况).
#[derive(Debug, Clone, PartialEq)]
pub struct CoverageBoard {
    pub organisation: OrganisationId,
    /// The name it has on the day.
    pub name: String,
    pub coverage: Coverage,
    /// The rules of the relations that are on, in their order.
    pub rules: Vec<(Relation, Rule)>,
    /// Why people are left out, in the words of the rules that are on.
    reasons: BTreeMap<WhyLeftOut, String>,
    /// Everybody who is asked for, left out, or had something happen.
    people: BTreeMap<PersonId, CoveredPerson>,
}

/// Somebody as the coverage shows them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CoveredPerson {
    pub name: String,
    /// 党内职务 here on the day, joined by 、; empty where there is none.
    pub posts: String,
    /// 职务
    pub job: Option<String>,
    /// 「1990-01-30 生」, where somebody else here has the same name.
    pub told_apart: Option<String>,
}

impl CoveredPerson {
    /// What is told beside the name: the post here, else the job.
    pub fn place(&self) -> &str {
        if self.posts.is_empty() { self.job.as_deref().unwrap_or_default() } else { &self.posts }
    }
}

impl CoverageBoard {
    /// Somebody of it; without a name where nobody asks for them.
    pub fn person(&self, id: PersonId) -> CoveredPerson {
        self.people.get(&id).cloned().unwrap_or_default()
    }

    /// The name, with the birth where somebody else here bears it too: 「曹振华，1990-01-30 生」.
    pub fn called(&self, id: PersonId) -> String {
        match self.people.get(&id).map(|person| (&person.name, &person.told_apart)) {
            Some((name, Some(apart))) => format!("{name}，{apart}"),
            Some((name, None)) => name.clone(),
            None => String::new(),
        }
    }

    /// Why somebody is left out, in the words of the rule, with its article.
    pub fn reason(&self, why: WhyLeftOut) -> &str {
        self.reasons.get(&why).map_or(why.label(), String::as_str)
    }

    /// The field of the matrix of C1 for two of the committee, whichever is named first.
    pub fn pair(&self, one: PersonId, other: PersonId) -> Option<&Need<(PersonId, PersonId)>> {
        let is_it = |need: &&Need<(PersonId, PersonId)>| need.whom == (one, other) || need.whom == (other, one);
        self.coverage.pairs.as_ref()?.needs.iter().find(is_it)
    }
}

/// An organisation with all below it (各支部情况), in the order of the tree: no ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverageNode {
    pub organisation: OrganisationId,
    /// The name it has on the day.
    pub name: String,
    pub coverage: Coverage,
    pub branches: Vec<CoverageNode>,
}

/// 应谈、已谈 of one relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ratio {
    pub required: usize,
    pub done: usize,
    pub open: usize,
}

impl Ratio {
    pub fn missing(self) -> usize {
        self.required - self.done - self.open
    }

    /// How a relation of one organisation stands; `None` where it is switched off.
    pub fn of(coverage: &Coverage, relation: Relation) -> Option<Self> {
        fn ratio<W>(needs: &[Need<W>]) -> Ratio {
            let count = |state: State| needs.iter().filter(|need| need.state == state).count();
            Ratio { required: needs.len(), done: count(State::Done), open: count(State::Open) }
        }
        match relation {
            Relation::Committee => coverage.pairs.as_ref().map(|board| ratio(&board.needs)),
            Relation::WithCommittee => coverage.with_committee.as_ref().map(|board| ratio(&board.needs)),
            Relation::AmongMembers => coverage.among_members.as_ref().map(|board| ratio(&board.needs)),
            Relation::AfterEvents => coverage.after_events.as_ref().map(|board| ratio(&board.needs)),
        }
    }

    /// All together; `None` of none.
    pub fn sum(ratios: impl Iterator<Item = Self>) -> Option<Self> {
        ratios.reduce(Self::and)
    }

    fn and(self, other: Self) -> Self {
        Self { required: self.required + other.required, done: self.done + other.done, open: self.open + other.open }
    }
}

impl CoverageNode {
    /// It and all below it, in the order of the tree.
    pub fn all(&self) -> Vec<&Self> {
        let below = self.branches.iter().flat_map(Self::all);
        std::iter::once(self).chain(below).collect()
    }

    /// A relation of it and all below it together; `None` where it is switched off.
    pub fn total(&self, relation: Relation) -> Option<Ratio> {
        self.all()
            .into_iter()
            .map(|node| Ratio::of(&node.coverage, relation))
            .reduce(|sum, one| Some(sum?.and(one?)))?
    }
}

/// The coverage of one organisation, with the last talk ever in each relation.
pub fn board(desk: &Desk, ask: CoverageAsk) -> Result<CoverageBoard> {
    let name = known(desk, ask)?;
    let ground = Ground::new(desk, ask.window())?;
    let coverage = ground.one(ask.organisation)?;
    let people = people(desk, ask, &coverage)?;
    let rule = |relation: Relation| {
        let rule = relation.rule(desk.rules()).filter(|rule| rule.enabled)?;
        Some((relation, rule.clone()))
    };
    let rules = Relation::ALL.into_iter().filter_map(rule).collect();
    let reason = |why: WhyLeftOut| {
        let rule = why.rule(desk.rules()).filter(|rule| rule.enabled)?;
        Some((why, format!("{}·{}", rule.words(), rule.shown_article())))
    };
    let reasons = WhyLeftOut::ALL.into_iter().filter_map(reason).collect();
    Ok(CoverageBoard { organisation: ask.organisation, name, coverage, rules, reasons, people })
}

/// The coverage of each of these organisations; talks since a day are looked at, which is not after the period's first.
pub fn several(desk: &Desk, ids: &[OrganisationId], window: Window, since: Day) -> Result<Vec<Coverage>> {
    Ground::new(desk, window)?.several(ids, since)
}

/// The coverage of an organisation and of all that stand below it on the day, groups left out: they have neither
/// members nor a committee of their own.
pub fn tree(desk: &Desk, ask: CoverageAsk) -> Result<CoverageNode> {
    known(desk, ask)?;
    let mut roots = nodes(desk, &[ask.organisation], ask.window())?;
    roots.pop().ok_or_else(|| nobody(ask.organisation))
}

/// Who is missing in one relation, by name, of an organisation and of each below it; whoever has time left comes last.
pub fn missing(desk: &Desk, ask: CoverageAsk, relation: Relation) -> Result<BTreeMap<OrganisationId, Vec<String>>> {
    let tree = tree(desk, ask)?;
    let names = |node: &CoverageNode| {
        let called = Called::new(desk, &node.coverage);
        let told = [State::Missing, State::Open].map(|state| called.told(&node.coverage, relation, state));
        (node.organisation, told.concat())
    };
    Ok(tree.all().into_iter().map(names).collect())
}

/// The coverage of a scope: of one organisation, or of each root where none is told.
pub fn scope_nodes(desk: &Desk, scope: Option<OrganisationId>, window: Window) -> Result<Vec<CoverageNode>> {
    let roots: Vec<OrganisationId> = match scope {
        Some(scope) => vec![scope],
        None => desk.tree_on(window.as_of).children(None).map(|node| node.id).collect(),
    };
    nodes(desk, &roots, window)
}

/// The same for several organisations at once.
fn nodes(desk: &Desk, roots: &[OrganisationId], window: Window) -> Result<Vec<CoverageNode>> {
    let tree = desk.tree_on(window.as_of);
    let below = |id: OrganisationId| -> Vec<OrganisationId> {
        let standing = tree.children(Some(id)).filter(|node| node.stands_on(window.as_of));
        standing.filter(|node| node.kind != OrganisationKind::Group).map(|node| node.id).collect()
    };
    let mut all = roots.to_vec();
    let mut next = 0;
    while let Some(id) = all.get(next).copied() {
        all.extend(below(id));
        next += 1;
    }
    let ground = Ground::new(desk, window)?;
    let mut told: BTreeMap<OrganisationId, Coverage> =
        all.iter().copied().zip(ground.several(&all, window.period.first)?).collect();
    // From the last on: whoever stands below others comes behind them.
    let mut made: BTreeMap<OrganisationId, CoverageNode> = BTreeMap::new();
    for id in all.into_iter().rev() {
        let Some(coverage) = told.remove(&id) else { continue };
        let branches = below(id).into_iter().filter_map(|id| made.remove(&id)).collect();
        let name = tree.get(id).map(|node| node.name.clone()).unwrap_or_default();
        made.insert(id, CoverageNode { organisation: id, name, coverage, branches });
    }
    Ok(roots.iter().filter_map(|id| made.remove(id)).collect())
}

/// The name of the organisation that is asked about.
fn known(desk: &Desk, ask: CoverageAsk) -> Result<String> {
    let tree = desk.tree_on(ask.as_of);
    tree.get(ask.organisation).map(|node| node.name.clone()).ok_or_else(|| nobody(ask.organisation))
}

fn nobody(id: OrganisationId) -> Problem {
    Problem::usage(format!("没有编号为 {id} 的党组织"))
}

/// Everybody whom a coverage names.
fn people(desk: &Desk, ask: CoverageAsk, coverage: &Coverage) -> Result<BTreeMap<PersonId, CoveredPerson>> {
    let after_events = coverage.after_events.iter().flat_map(|board| &board.needs);
    let ids = coverage.committee.iter().chain(&coverage.members).copied();
    let ids = ids.chain(coverage.left_out.iter().map(|out| out.person));
    let ids = ids.chain(after_events.map(|need| need.whom.occasion.person));
    let ids: BTreeSet<PersonId> = ids.collect();
    let mut jobs = members::jobs_of(desk.reader(), ids.iter().copied())?;
    let mut people = BTreeMap::new();
    for card in ids.into_iter().filter_map(|id| desk.directory().get(id)) {
        let told_apart = card.birth.map(|birth| format!("{birth} 生"));
        let name = card.name.to_string();
        people.insert(card.id, CoveredPerson { name, posts: String::new(), job: jobs.remove(&card.id), told_apart });
    }
    let mut bearers: BTreeMap<String, usize> = BTreeMap::new();
    people.values().for_each(|person| *bearers.entry(person.name.clone()).or_default() += 1);
    for person in people.values_mut().filter(|person| bearers.get(&person.name) == Some(&1)) {
        person.told_apart = None;
    }
    for line in super::organisations::posts(desk, ask.organisation, ask.as_of)? {
        if let Some(person) = people.get_mut(&line.person) {
            let separator = if person.posts.is_empty() { "" } else { "、" };
            person.posts.push_str(separator);
            person.posts.push_str(&line.post);
        }
    }
    Ok(people)
}

/// The rules of coverage as the workbook has them.
fn rules(desk: &Desk) -> CoverageRules {
    CoverageRules::of(desk.rules())
}
