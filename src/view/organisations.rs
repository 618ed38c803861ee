//! The tree of organisations as it is shown: with the number of members in each and below. What the rules find and
//! when terms end stands in [`standing`], everything about one of them in [`page`].

mod leaders;
mod outcome;
mod page;
mod people;
mod standing;

use std::collections::HashMap;

pub use outcome::{MergerOutcome, SplitOutcome, merger, split};
pub use page::{GroupLine, HistoryLine, OrganisationPage, page};
pub use people::{ChoosablePerson, choosable};
pub use standing::{
    FindingLine, Standing, TermLine, all_findings, ending_terms, findings_if_elected, standing, standings, terms,
    terms_by_due,
};

use super::desk::Desk;
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::fields::FactKind;
use crate::domain::ids::{FactId, OrganisationId, PersonId};
use crate::domain::organisations::{Organisation, OrganisationKind};
use crate::domain::posts::post_rank;
use crate::problem::Result;
use crate::store::members::{facts_in, posts_in};

/// One line of the tree.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganisationLine {
    pub organisation: Organisation,
    /// 0 for a root.
    pub depth: usize,
    pub has_children: bool,
    /// 党员 of it and all below it; of a 党小组 those who are in the group.
    pub members: usize,
    /// 党员 of it alone.
    pub own_members: usize,
    /// Not yet founded, or closed, on the day.
    pub is_gone: bool,
}

/// 党员 of all organisations together. Those of a 党小组 are in its branch too and count once.
pub fn whole(lines: &[OrganisationLine]) -> usize {
    lines.iter().filter(|line| line.depth == 0).map(|line| line.members).sum()
}

/// All organisations in tree order on a day.
pub fn tree(desk: &Desk, as_of: Day) -> Result<Vec<OrganisationLine>> {
    let mut own: HashMap<OrganisationId, usize> = HashMap::new();
    for card in desk.directory().cards() {
        if card.is_member_on(as_of)
            && let Some(membership) = card.on_roll(as_of)
        {
            *own.entry(membership.organisation).or_default() += 1;
        }
    }
    let tree = desk.tree_on(as_of);
    let mut all: HashMap<OrganisationId, usize> = HashMap::new();
    for (id, count) in &own {
        for node in tree.lineage(*id) {
            *all.entry(node.id).or_default() += count;
        }
    }
    let line = |node: &Organisation| {
        let in_group = (node.kind == OrganisationKind::Group).then(|| members_of_group(desk, node.id, as_of));
        let (members, own_members) = match in_group.transpose()? {
            Some(count) => (count, count),
            None => (all.get(&node.id).copied().unwrap_or(0), own.get(&node.id).copied().unwrap_or(0)),
        };
        Ok(OrganisationLine {
            depth: tree.lineage(node.id).count().saturating_sub(1),
            has_children: tree.children(Some(node.id)).next().is_some(),
            members,
            own_members,
            is_gone: !node.stands_on(as_of),
            organisation: node.clone(),
        })
    };
    tree.within(None).into_iter().map(line).collect()
}

/// Belonging to a 党小组 is a fact of its own, never a membership.
fn members_of_group(desk: &Desk, group: OrganisationId, day: Day) -> Result<usize> {
    let facts = facts_in(desk.reader(), group)?;
    let holding = facts.iter().filter(|fact| fact.kind == FactKind::Group && fact.span.holds_on(day));
    Ok(holding.filter(|fact| desk.directory().get(fact.person).is_some_and(|card| card.is_member_on(day))).count())
}

/// Somebody with a post in an organisation (党内职务).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostLine {
    /// The fact that says so.
    pub fact: FactId,
    pub post: String,
    pub person: PersonId,
    pub name: String,
    /// Since when, where that is known.
    pub since: Option<PartialDate>,
}

/// Who has which post in an organisation on a day, the highest post first.
pub fn posts(desk: &Desk, id: OrganisationId, as_of: Day) -> Result<Vec<PostLine>> {
    let held = posts_in(desk.reader(), id)?.into_iter();
    let mut posts: Vec<PostLine> = held
        .filter_map(|fact| {
            let card = desk.directory().get(fact.person)?;
            if !card.holds(FactKind::Post, fact.span, as_of) {
                return None;
            }
            let name = card.name.to_string();
            Some(PostLine { fact: fact.id, post: fact.value?, person: fact.person, name, since: fact.span.from })
        })
        .collect();
    posts.sort_by_key(|line| post_rank(&line.post));
    Ok(posts)
}
