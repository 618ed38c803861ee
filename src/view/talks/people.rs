//! Who is found while one writes down a talk: by name, pinyin or initials, those of the organisation before all others.

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
    /// Where the person is on the roll, or that he is on none.
    pub branch: String,
    /// 「45 岁」; empty where it is not known.
    pub age: String,
    /// 「组织委员」; empty where there is none.
    pub post: String,
}

/// Found people that are told at most: who is not among them writes another letter.
const MOST: usize = 30;

/// Those who are found. On the roll before those who left, the organisation before others, its committee first.
pub fn find_people(desk: &Desk, ask: &PeopleAsk) -> Result<Vec<PersonFound>> {
    let terms = search_terms(&ask.text);
    let committee: Vec<PersonId> = match ask.near {
        Some(near) => posts(desk, near, ask.as_of)?.into_iter().map(|line| line.person).collect(),
        None => Vec::new(),
    };
    let of_near = |card: &Card| card.on_roll(ask.as_of).is_some_and(|held| Some(held.organisation) == ask.near);
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
        let begins = terms.first().is_none_or(|term| card.name.starts_with(term.as_str()));
        let held = card.on_roll(ask.as_of);
        let rank = (held.is_none(), !of_near(card) && post == committee.len(), !begins, post);
        found.push((rank, held.map(|held| held.position), card));
    }
    found.sort_by_key(|(rank, position, card)| (*rank, *position, card.id));
    found.truncate(MOST);
    found.into_iter().map(|(_, _, card)| person(desk, card, ask.as_of)).collect()
}

/// These people, as far as they are there.
pub fn named_people(desk: &Desk, ids: &[PersonId], as_of: Day) -> Result<Vec<PersonFound>> {
    ids.iter().filter_map(|id| desk.directory().get(*id)).map(|card| person(desk, card, as_of)).collect()
}

pub(super) fn person(desk: &Desk, card: &Card, as_of: Day) -> Result<PersonFound> {
    let tree = desk.tree_on(as_of);
    let branch = card.on_roll(as_of).or_else(|| desk.directory().floats_in(card, as_of));
    let branch = branch.and_then(|held| tree.get(held.organisation)).map(|node| node.shown_name().to_owned());
    let age = card.birth.and_then(|birth| full_years(birth.first_day(), as_of));
    let mut held: Vec<String> = Vec::new();
    for fact in file(desk.reader(), card.id)?.iter().flat_map(|file| file.facts_on(FactKind::Post, as_of)) {
        // 书记 of two organisations is told once.
        held.extend(fact.value.clone().filter(|post| !held.contains(post)));
    }
    Ok(PersonFound {
        id: card.id,
        name: card.name.to_string(),
        branch: branch.unwrap_or_else(|| "不在册".to_owned()),
        age: age.map(|age| format!("{age} 岁")).unwrap_or_default(),
        post: held.join("、"),
    })
}
