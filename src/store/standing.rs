//! What people are and were in an organisation (身份), and which organisation answers for what happened to somebody:
//! what coverage and plans are read from. Start at [`roles_in`].

use std::collections::BTreeMap;

use super::directory::{Card, Directory};
use crate::clock::Day;
use crate::domain::coverage::Roles;
use crate::domain::dates::Span;
use crate::domain::events::{Event, EventKind};
use crate::domain::fields::FactKind;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::members::Fact;
use crate::domain::organisations::OrganisationTree;
use crate::domain::rules::organisations::is_of_committee;

/// Who was a member of an organisation up to a day, or on its committee by these posts of it, by id. Whoever is voided is
/// nothing in any.
pub fn roles_in(directory: &Directory, id: OrganisationId, posts: &[Fact], until: Day) -> Vec<Roles> {
    let mut people: BTreeMap<PersonId, Roles> = BTreeMap::new();
    for card in directory.ever_in(Some(id)).iter().filter_map(|id| directory.get(*id)).filter(|card| !card.voided) {
        let here = card.member_spans(until).into_iter().filter(|(organisation, _)| *organisation == id);
        let member: Vec<Span> = here.map(|(_, span)| span).collect();
        if !member.is_empty() {
            people.insert(card.id, Roles { member, ..Roles::new(card.id) });
        }
    }
    for (fact, span) in on_committee(directory, posts) {
        people.entry(fact.person).or_insert_with(|| Roles::new(fact.person)).committee.push(span);
    }
    people.into_values().collect()
}

/// Those of these posts that are of the committee, each with the days on which it was held.
pub fn on_committee<'f>(directory: &Directory, posts: &'f [Fact]) -> impl Iterator<Item = (&'f Fact, Span)> {
    posts.iter().filter_map(|fact| {
        let post = fact.value.as_deref().unwrap_or_default();
        let card = directory.get(fact.person).filter(|card| !card.voided && is_of_committee(post))?;
        Some((fact, card.span_held(FactKind::Post, fact.span)))
    })
}

/// The organisation whose coverage an event belongs to: the one it names, of a transfer within the workbook the one it
/// leads to; else the one the person belonged to on its day. What happens in a group is its branch's.
pub fn answers_for(event: &Event, card: &Card, tree: &OrganisationTree) -> Option<OrganisationId> {
    let named = if event.kind == EventKind::TransferWithin { event.target } else { event.organisation };
    let held = || card.membership_on(event.day.first_day()).map(|membership| membership.organisation);
    answering(named.or_else(held)?, tree)
}

/// The organisation itself, of a group its branch.
pub fn answering(id: OrganisationId, tree: &OrganisationTree) -> Option<OrganisationId> {
    tree.branch_of_group(id).map(|node| node.id)
}
