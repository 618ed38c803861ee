//! The tree of organisations as it is shown: with the number of members in each and below.

use std::collections::HashMap;

use super::desk::Desk;
use crate::clock::Day;
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::Organisation;

/// One line of the tree.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganisationLine {
    pub organisation: Organisation,
    /// 0 for a root.
    pub depth: usize,
    pub has_children: bool,
    /// 党员 of it and all below it.
    pub members: usize,
    /// 党员 of it alone.
    pub own_members: usize,
    /// Not yet founded, or closed, on the day.
    pub is_gone: bool,
}

/// All organisations in tree order on a day.
pub fn tree(desk: &Desk, as_of: Day) -> Vec<OrganisationLine> {
    let mut own: HashMap<OrganisationId, usize> = HashMap::new();
    for card in desk.directory().cards() {
        if card.is_member_on(as_of)
            && let Some(membership) = card.on_roll(as_of)
        {
            *own.entry(membership.organisation).or_default() += 1;
        }
    }
    let tree = desk.tree();
    let mut all: HashMap<OrganisationId, usize> = HashMap::new();
    for (id, count) in &own {
        for node in tree.lineage(*id) {
            *all.entry(node.id).or_default() += count;
        }
    }
    tree.within(None)
        .into_iter()
        .map(|node| OrganisationLine {
            depth: tree.lineage(node.id).count().saturating_sub(1),
            has_children: tree.children(Some(node.id)).next().is_some(),
            members: all.get(&node.id).copied().unwrap_or(0),
            own_members: own.get(&node.id).copied().unwrap_or(0),
            is_gone: !node.stands_on(as_of),
            organisation: node.clone(),
        })
        .collect()
}
