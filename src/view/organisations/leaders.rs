//! Who leads an organisation on a day: 书记, of a 党小组 its 组长. Screen and paper tell the same.

use std::collections::HashSet;

use super::{PostLine, posts};
use crate::clock::Day;
use crate::domain::fields::FactKind;
use crate::domain::ids::PersonId;
use crate::domain::organisations::{Organisation, OrganisationKind};
use crate::domain::rules::organisations::{is_group_leader, is_secretary, leads_group};
use crate::problem::Result;
use crate::store::members::facts_in;
use crate::view::desk::Desk;

/// The names of those who lead it, each once; the one a list of organisations tells where nobody holds the post. `own`
/// are the posts held in it.
pub(super) fn leaders(desk: &Desk, node: &Organisation, own: &[PostLine], day: Day) -> Result<Vec<String>> {
    let is_group = node.kind == OrganisationKind::Group;
    let leads = if is_group { is_group_leader } else { is_secretary };
    let mut found: Vec<PostLine> = own.iter().filter(|line| leads(&line.post)).cloned().collect();
    if let Some(branch) = node.parent.filter(|_| is_group) {
        // Rosters name the group in a post of the branch: 「第一党小组组长」.
        let in_group = people_in(desk, node, day)?;
        let names = [node.name.as_str(), node.shown_name()];
        let of_branch = posts(desk, branch, day)?.into_iter();
        found.extend(of_branch.filter(|line| leads_group(&line.post, &names, in_group.contains(&line.person))));
    }
    let mut told = HashSet::new();
    found.retain(|line| told.insert(line.person));
    if found.is_empty() {
        return Ok(node.secretary.iter().cloned().collect());
    }
    Ok(found.into_iter().map(|line| line.name).collect())
}

fn people_in(desk: &Desk, group: &Organisation, day: Day) -> Result<HashSet<PersonId>> {
    let facts = facts_in(desk.reader(), group.id)?.into_iter();
    let holding = facts.filter(|fact| fact.kind == FactKind::Group && fact.span.holds_on(day));
    Ok(holding.map(|fact| fact.person).collect())
}
