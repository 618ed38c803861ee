//! Who is found while one writes down a talk: by name, pinyin or initials, whose name it is before all others, then those
//! of the organisation.

use crate::clock::Day;
use crate::domain::dates::full_years;
use crate::domain::fields::FactKind;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::problem::Result;
use crate::store::directory::{Card, search_terms};
use crate::store::members::file;
use crate::view::desk::Desk;
use crate::view::organisations::posts;

/// Who is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleAsk {
    /// Name, pinyin, initials; everybody of the organisation where it is empty.
    pub text: String,
    /// The organisation whose people come first.
    pub near: Option<OrganisationId>,
    pub as_of: Day,
}

/// Somebody who was found, told from others of the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonFound {
    pub id: PersonId,
    pub name: String,
    /// Where the person is on the roll or floats in, or that he is on none.
    pub branch: String,
    /// The same, to be compared with.
    pub organisation: Option<OrganisationId>,
    /// 「45 岁」; empty where it is not known.
    pub age: String,
    /// 「组织委员」; empty where there is none.
    pub post: String,
}

/// Found people that are told at most: who is not among them writes another letter.
const MOST: usize = 30;

/// Those who are found. Whose name, pinyin or initials are what is looked for come before whose begin with it, these
/// before all others; among each the organisation's own, its committee first, then those below it, those elsewhere, and
/// at last who is on no roll.
pub fn find_people(desk: &Desk, ask: &PeopleAsk) -> Result<Vec<PersonFound>> {
    let terms = search_terms(&ask.text);
    let tree = desk.tree_on(ask.as_of);
    let near = ask.near.map(|id| tree.branch_of_group(id).map_or(id, |branch| branch.id));
    let committee: Vec<PersonId> = match near {
        Some(near) => posts(desk, near, ask.as_of)?.into_iter().map(|line| line.person).collect(),
        None => Vec::new(),
    };
    let of_near = |card: &Card| card.on_roll(ask.as_of).is_some_and(|held| Some(held.organisation) == near);
    let mut found = Vec::new();
    for card in desk.directory().cards().iter().filter(|card| !card.voided) {
        let is_wanted = if terms.is_empty() {
            of_near(card) || committee.contains(&card.id)
        } else {
            desk.directory().matches(card, &terms)
        };
        if !is_wanted {
            continue;
        }
        let post = committee.iter().position(|id| *id == card.id).unwrap_or(committee.len());
        let held = card.on_roll(ask.as_of).or_else(|| desk.directory().floats_in(card, ask.as_of));
        let place = match (held.map(|held| held.organisation), near) {
            _ if post < committee.len() => Place::Here,
            (None, _) => Place::Nowhere,
            (Some(organisation), Some(near)) if organisation == near => Place::Here,
            (Some(organisation), Some(near)) if tree.is_within(organisation, near) => Place::Below,
            (Some(_), _) => Place::Elsewhere,
        };
        let rank = (desk.directory().name_fit(card, &terms), place, post);
        found.push((rank, held.map(|held| held.position), card));
    }
    found.sort_by_key(|(rank, position, card)| (*rank, *position, card.id));
    found.truncate(MOST);
    found.into_iter().map(|(_, _, card)| person(desk, card, ask.as_of)).collect()
}

/// Where somebody belongs, seen from the organisation whose people come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Here,
    Below,
    Elsewhere,
    Nowhere,
}

/// These people, as far as they are there.
pub fn named_people(desk: &Desk, ids: &[PersonId], as_of: Day) -> Result<Vec<PersonFound>> {
    ids.iter().filter_map(|id| desk.directory().get(*id)).map(|card| person(desk, card, as_of)).collect()
}

pub(super) fn person(desk: &Desk, card: &Card, as_of: Day) -> Result<PersonFound> {
    let tree = desk.tree_on(as_of);
    let held = card.on_roll(as_of).or_else(|| desk.directory().floats_in(card, as_of));
    let branch = held.and_then(|held| tree.get(held.organisation)).map(|node| node.shown_name().to_owned());
    let age = card.birth.and_then(|birth| full_years(birth.first_day(), as_of));
    let mut posts: Vec<String> = Vec::new();
    for fact in file(desk.reader(), card.id)?.iter().flat_map(|file| file.facts_on(FactKind::Post, as_of)) {
        // 书记 of two organisations is told once.
        posts.extend(fact.value.clone().filter(|post| !posts.contains(post)));
    }
    Ok(PersonFound {
        id: card.id,
        name: card.name.to_string(),
        branch: branch.unwrap_or_else(|| "不在册".to_owned()),
        organisation: held.map(|held| held.organisation),
        age: age.map(|age| format!("{age} 岁")).unwrap_or_default(),
        post: posts.join("、"),
    })
}
