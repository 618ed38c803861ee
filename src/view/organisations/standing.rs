//! How organisations stand on a day: their term, who holds posts, what the rules find.

use std::collections::HashMap;

use crate::clock::Day;
use crate::domain::fields::FactKind;
use crate::domain::ids::OrganisationId;
use crate::domain::members::Category;
use crate::domain::organisations::{
    Organisation, OrganisationEvent, OrganisationKind, OrganisationTree, Term, TermYears, term_on,
};
use crate::domain::rules::organisations::{Holder, State, findings, is_of_committee, is_secretary};
use crate::domain::rules::{RuleBook, RuleFinding};
use crate::problem::Result;
use crate::store::directory::Card;
use crate::store::members::facts_in;
use crate::view::desk::Desk;
use crate::view::organisations::{PostLine, posts};

/// How one organisation stands on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    pub organisation: OrganisationId,
    pub term: Term,
    pub posts: Vec<PostLine>,
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
    /// 书记
    pub secretary: String,
    /// Persons on the committee.
    pub committee: usize,
    /// What the rules say of the term.
    pub findings: Vec<RuleFinding>,
}

/// How one organisation stands; `None` if there is none of this id on the day.
pub fn standing(desk: &Desk, id: OrganisationId, day: Day) -> Result<Option<Standing>> {
    let tree = desk.tree_on(day);
    let counts = Counts::of(desk, &tree, day);
    tree.get(id).filter(|node| node.stands_on(day)).map(|node| one(desk, &tree, node, &counts, day)).transpose()
}

/// How each organisation of a scope stands, in tree order; those that are not there on the day are left out.
pub fn standings(desk: &Desk, scope: Option<OrganisationId>, day: Day) -> Result<Vec<Standing>> {
    let tree = desk.tree_on(day);
    let counts = Counts::of(desk, &tree, day);
    let nodes = tree.within(scope).into_iter().filter(|node| node.stands_on(day));
    nodes.map(|node| one(desk, &tree, node, &counts, day)).collect()
}

/// The terms of a scope's organisations, groups left out, in tree order.
pub fn terms(desk: &Desk, scope: Option<OrganisationId>, day: Day) -> Result<Vec<TermLine>> {
    let tree = desk.tree_on(day);
    let mut lines = Vec::new();
    for standing in standings(desk, scope, day)? {
        let Some(node) = tree.get(standing.organisation).filter(|node| node.kind != OrganisationKind::Group) else {
            continue;
        };
        let holders = |fits: fn(&str) -> bool| {
            let mut names: Vec<&str> =
                standing.posts.iter().filter(|line| fits(&line.post)).map(|line| line.name.as_str()).collect();
            names.dedup();
            names
        };
        let told = node.secretary.clone().unwrap_or_default();
        let secretaries = holders(is_secretary).join("、");
        lines.push(TermLine {
            organisation: node.clone(),
            path: tree.path(node.id),
            term: standing.term,
            secretary: if secretaries.is_empty() { told } else { secretaries },
            committee: distinct(holders(is_of_committee)),
            findings: standing.findings.into_iter().filter(|finding| finding.rule.starts_with("term.")).collect(),
        });
    }
    Ok(lines)
}

fn distinct(mut names: Vec<&str>) -> usize {
    names.sort_unstable();
    names.dedup();
    names.len()
}

fn one(desk: &Desk, tree: &OrganisationTree, node: &Organisation, counts: &Counts, day: Day) -> Result<Standing> {
    let events: Vec<OrganisationEvent> =
        desk.organisation_events().iter().filter(|event| event.organisation == node.id).cloned().collect();
    let term = term_on(node, &events, term_years(desk.rules()), day);
    let posts = posts(desk, node.id, day)?;
    let (formal, members) = match node.kind {
        OrganisationKind::Group => group_counts(desk, node.id, day)?,
        _ => counts.get(node.id),
    };
    let state = State {
        kind: node.kind,
        formal,
        members,
        units: units_in(node),
        posts: posts.iter().map(|line| holder(desk, tree, node, line, day)).collect(),
        told_secretary: node.secretary.is_some(),
        term,
    };
    let findings = findings(desk.rules(), &state, day);
    let events = events.into_iter().rev().collect();
    Ok(Standing { organisation: node.id, term, posts, events, findings, formal, members })
}

fn holder(desk: &Desk, tree: &OrganisationTree, node: &Organisation, line: &PostLine, day: Day) -> Holder {
    let card = desk.directory().get(line.person);
    let belongs =
        card.and_then(|card| card.on_roll(day)).is_some_and(|held| tree.is_within(held.organisation, node.id));
    let path = card.map(|card| card.path);
    Holder {
        post: line.post.clone(),
        name: line.name.clone(),
        is_formal: path.is_some_and(|path| path.category_on(day) == Some(Category::Formal)),
        belongs,
        standing_years: path.and_then(|path| path.standing_years_on(day)).map(i64::from),
    }
}

/// 覆盖单位: those that a joint branch names, one after the other.
fn units_in(node: &Organisation) -> i64 {
    let names = node.unit.as_deref().unwrap_or_default().split(['、', '，', ',', '；', ';', '\n']);
    i64::try_from(names.filter(|name| !name.trim().is_empty()).count()).unwrap_or(i64::MAX)
}

/// Years of terms as the rules of the workbook have them.
pub(in crate::view) fn term_years(book: &RuleBook) -> TermYears {
    let number = |name, otherwise| book.get("term.years").map_or(otherwise, |rule| rule.number(name));
    TermYears { committee: number("committee", 5), branch: number("branch", 3) }
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

fn counted(card: &Card, day: Day) -> (i64, i64) {
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
