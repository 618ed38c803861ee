//! How organisations stand on a day: their term, who holds posts, what the rules find.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::clock::Day;
use crate::domain::fields::FactKind;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::members::Category;
use crate::domain::organisations::{
    Organisation, OrganisationEvent, OrganisationKind, OrganisationTree, Term, TermYears, former_due, term_on,
};
use crate::domain::rules::RuleFinding;
use crate::domain::rules::organisations::{Holder, State, TermStage, Told, findings, is_of_committee, term_stage};
use crate::problem::Result;
use crate::store::directory::Card;
use crate::store::members::facts_in;
use crate::view::desk::Desk;
use crate::view::organisations::leaders::leaders;
use crate::view::organisations::{PostLine, posts};

/// How one organisation stands on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    pub organisation: OrganisationId,
    pub term: Term,
    /// How near the end of the term is, where that is to be said.
    pub stage: Option<TermStage>,
    pub posts: Vec<PostLine>,
    /// 书记, of a 党小组 its 组长.
    pub leaders: Vec<String>,
    /// 沿革, the latest first.
    pub events: Vec<OrganisationEvent>,
    pub findings: Vec<RuleFinding>,
    /// 正式党员 and 党员 that the rules speak of: with those below where it holds branches.
    pub formal: i64,
    pub members: i64,
}

/// A line of the table of terms (任期表).
#[derive(Debug, Clone, PartialEq)]
pub struct TermLine {
    pub organisation: Organisation,
    /// `总支/支部`
    pub path: String,
    pub term: Term,
    pub stage: Option<TermStage>,
    /// 书记
    pub secretary: String,
    /// Persons on the committee.
    pub committee: usize,
    /// What the rules say of the term.
    pub findings: Vec<RuleFinding>,
}

/// Something that the rules find in an organisation (待核), as a line of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingLine {
    pub organisation: OrganisationId,
    /// 全称
    pub name: String,
    /// `总支/支部`
    pub path: String,
    pub finding: RuleFinding,
}

/// How one organisation stands; `None` if there is none of this id on the day.
pub fn standing(desk: &Desk, id: OrganisationId, day: Day) -> Result<Option<Standing>> {
    let ground = Ground::of(desk, day);
    let tree = Arc::clone(&ground.tree);
    tree.get(id).filter(|node| node.stands_on(day)).map(|node| ground.standing(node)).transpose()
}

/// How each organisation of a scope stands, in tree order; those that are not there on the day are left out.
pub fn standings(desk: &Desk, scope: Option<OrganisationId>, day: Day) -> Result<Vec<Standing>> {
    let ground = Ground::of(desk, day);
    let tree = Arc::clone(&ground.tree);
    tree.within(scope).into_iter().filter(|node| node.stands_on(day)).map(|node| ground.standing(node)).collect()
}

/// The terms of a scope's organisations, groups left out, in tree order.
pub fn terms(desk: &Desk, scope: Option<OrganisationId>, day: Day) -> Result<Vec<TermLine>> {
    Ground::of(desk, day).terms(scope, |_, _| true)
}

/// Those of them of which there is something to be said on a day, or will be by `soon`.
pub fn ending_terms(desk: &Desk, scope: Option<OrganisationId>, day: Day, soon: Day) -> Result<Vec<TermLine>> {
    Ground::of(desk, day).terms(scope, |node, term| term_stage(desk.rules(), node.kind, term, soon).is_some())
}

/// The same by the day on which the next committee is due, the earliest first; terms that are not known stand last.
pub fn terms_by_due(desk: &Desk, scope: Option<OrganisationId>, day: Day) -> Result<Vec<TermLine>> {
    let mut lines = terms(desk, scope, day)?;
    lines.sort_by_key(|line| {
        let due = line.term.due().map(|due| due.first_day());
        (due.is_none(), due)
    });
    Ok(lines)
}

/// What the rules find in the organisations of a scope: the firm first, then in tree order.
pub fn all_findings(desk: &Desk, scope: Option<OrganisationId>, day: Day) -> Result<Vec<FindingLine>> {
    let tree = desk.tree_on(day);
    let mut lines = Vec::new();
    for standing in standings(desk, scope, day)? {
        let Some(node) = tree.get(standing.organisation) else { continue };
        lines.extend(standing.findings.into_iter().map(|finding| FindingLine {
            organisation: node.id,
            name: node.name.clone(),
            path: tree.path(node.id),
            finding,
        }));
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.finding.level));
    Ok(lines)
}

/// What the rules would find if these were elected on a day; what they say of terms is left out.
pub fn findings_if_elected(
    desk: &Desk,
    id: OrganisationId,
    day: Day,
    elected: &[(PersonId, String)],
) -> Result<Vec<RuleFinding>> {
    let ground = Ground::of(desk, day);
    let Some(node) = ground.tree.get(id) else { return Ok(Vec::new()) };
    let holders = elected.iter().map(|(person, post)| ground.holder(node, *person, post)).collect();
    let mut found = ground.findings(node, holders, Told::default(), ground.term(node, &ground.events(id)))?;
    found.retain(|finding| !finding.rule.starts_with("term."));
    Ok(found)
}

/// What standings are told from: the tree of the day, and how many belong to each organisation.
struct Ground<'d> {
    desk: &'d Desk,
    day: Day,
    tree: Arc<OrganisationTree>,
    counts: Counts,
}

impl<'d> Ground<'d> {
    fn of(desk: &'d Desk, day: Day) -> Self {
        let tree = desk.tree_on(day);
        Self { counts: Counts::of(desk, &tree, day), desk, day, tree }
    }

    fn events(&self, id: OrganisationId) -> Vec<OrganisationEvent> {
        self.desk.organisation_events().iter().filter(|event| event.organisation == id).cloned().collect()
    }

    fn term(&self, node: &Organisation, events: &[OrganisationEvent]) -> Term {
        term_on(node, events, TermYears::of(self.desk.rules()), self.day)
    }

    fn standing(&self, node: &Organisation) -> Result<Standing> {
        let events = self.events(node.id);
        let term = self.term(node, &events);
        let posts = posts(self.desk, node.id, self.day)?;
        let holders = posts.iter().map(|line| self.holder(node, line.person, &line.post)).collect();
        let findings = self.findings(node, holders, told(node), term)?;
        let (formal, members) = self.counted(node)?;
        let stage = term_stage(self.desk.rules(), node.kind, term, self.day);
        let events = events.into_iter().rev().collect();
        let leaders = leaders(self.desk, node, &posts, self.day)?;
        Ok(Standing { organisation: node.id, term, stage, posts, leaders, events, findings, formal, members })
    }

    /// The terms of those whom `keep` keeps.
    fn terms(
        &self,
        scope: Option<OrganisationId>,
        keep: impl Fn(&Organisation, Term) -> bool,
    ) -> Result<Vec<TermLine>> {
        let nodes = self.tree.within(scope).into_iter().filter(|node| node.kind != OrganisationKind::Group);
        let wanted =
            nodes.filter(|node| node.stands_on(self.day) && keep(node, self.term(node, &self.events(node.id))));
        let lines = wanted.map(|node| {
            let standing = self.standing(node)?;
            Ok(TermLine {
                organisation: node.clone(),
                path: self.tree.path(node.id),
                term: standing.term,
                stage: standing.stage,
                secretary: standing.leaders.join("、"),
                committee: committee_of(&standing.posts, node),
                findings: standing.findings.into_iter().filter(|finding| finding.rule.starts_with("term.")).collect(),
            })
        });
        lines.collect()
    }

    fn findings(&self, node: &Organisation, posts: Vec<Holder>, told: Told, term: Term) -> Result<Vec<RuleFinding>> {
        let (formal, members) = self.counted(node)?;
        let former_due = former_due(node, &self.events(node.id), TermYears::of(self.desk.rules()), term);
        let (units, admits) = (units_in(node), node.admits.as_deref() == Some("是"));
        let founded = node.founded;
        let state = State { kind: node.kind, formal, members, units, posts, told, term, founded, former_due, admits };
        Ok(findings(self.desk.rules(), &state, self.day))
    }

    fn counted(&self, node: &Organisation) -> Result<(i64, i64)> {
        match node.kind {
            OrganisationKind::Group => group_counts(self.desk, node.id, self.day),
            _ => Ok(self.counts.get(node.id)),
        }
    }

    fn holder(&self, node: &Organisation, person: PersonId, post: &str) -> Holder {
        let card = self.desk.directory().get(person);
        let held = card.and_then(|card| card.on_roll(self.day));
        let path = card.map(|card| card.path);
        Holder {
            person,
            post: post.to_owned(),
            name: card.map_or_else(String::new, |card| card.name.to_string()),
            is_formal: path.is_some_and(|path| path.category_on(self.day) == Some(Category::Formal)),
            belongs: held.is_some_and(|held| self.tree.is_within(held.organisation, node.id)),
            standing_years: path.and_then(|path| path.standing_years_on(self.day)).map(i64::from),
        }
    }
}

/// Persons on the committee; while nobody holds a post, those that a list tells.
fn committee_of(posts: &[PostLine], node: &Organisation) -> usize {
    let people: HashSet<PersonId> =
        posts.iter().filter(|line| is_of_committee(&line.post)).map(|line| line.person).collect();
    if people.is_empty() { names_told(node).len() } else { people.len() }
}

/// 书记、副书记 and 委员 as a list of organisations names them, each once.
fn names_told(node: &Organisation) -> HashSet<&str> {
    let texts = [&node.secretary, &node.deputy, &node.committee].into_iter().flatten();
    let names = texts.flat_map(|text| text.split(['、', '，', ',', '；', ';', '\n']));
    names.map(str::trim).filter(|name| !name.is_empty()).collect()
}

fn told(node: &Organisation) -> Told {
    let committee = i64::try_from(names_told(node).len()).unwrap_or(i64::MAX);
    Told { secretary: node.secretary.is_some(), committee }
}

/// 覆盖单位: those that a joint branch names, one after the other.
fn units_in(node: &Organisation) -> i64 {
    let names = node.unit.as_deref().unwrap_or_default().split(['、', '，', ',', '；', ';', '\n']);
    i64::try_from(names.filter(|name| !name.trim().is_empty()).count()).unwrap_or(i64::MAX)
}

/// Formal members and members of each organisation with all below it.
struct Counts(HashMap<OrganisationId, (i64, i64)>);

impl Counts {
    fn of(desk: &Desk, tree: &OrganisationTree, day: Day) -> Self {
        let mut own: HashMap<OrganisationId, (i64, i64)> = HashMap::new();
        for card in desk.directory().cards() {
            let Some(held) = card.on_roll(day) else { continue };
            let (formal, members) = counted(card, day);
            let counts = own.entry(held.organisation).or_default();
            counts.0 += formal;
            counts.1 += members;
        }
        let mut all: HashMap<OrganisationId, (i64, i64)> = HashMap::new();
        for (id, (formal, members)) in own {
            for node in tree.lineage(id) {
                let counts = all.entry(node.id).or_default();
                counts.0 += formal;
                counts.1 += members;
            }
        }
        Self(all)
    }

    fn get(&self, id: OrganisationId) -> (i64, i64) {
        self.0.get(&id).copied().unwrap_or_default()
    }
}

/// 1 where a person counts as formal member, 1 where as member at all.
pub(super) fn counted(card: &Card, day: Day) -> (i64, i64) {
    match card.path.category_on(day) {
        Some(Category::Formal) => (1, 1),
        Some(Category::Probationary) => (0, 1),
        _ => (0, 0),
    }
}

fn group_counts(desk: &Desk, group: OrganisationId, day: Day) -> Result<(i64, i64)> {
    let facts = facts_in(desk.reader(), group)?;
    let holding = facts.iter().filter(|fact| fact.kind == FactKind::Group && fact.span.holds_on(day));
    let cards = holding.filter_map(|fact| desk.directory().get(fact.person)).filter(|card| card.is_member_on(day));
    Ok(cards.map(|card| counted(card, day)).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1)))
}
