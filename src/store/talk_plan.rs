//! What became of planned talks: read from the records, never stored. Start at [`became`].

use std::collections::{BTreeMap, BTreeSet};

use super::directory::Directory;
use super::reader::Reader;
use super::standing::{answering, answers_for, roles_in};
use super::{coverage, events, members, organisations, talks};
use crate::clock::Day;
use crate::domain::coverage::{CoverageRules, Due, Held, Occasion, OccasionKind, Relation};
use crate::domain::fields::FactKind;
use crate::domain::ids::{OrganisationId, PersonId, PlannedTalkId};
use crate::domain::organisations::OrganisationTree;
use crate::domain::talk_plan::{self, Became, PlanPlace, closes_of, looked_at_from};
use crate::domain::talks::PlannedTalk;
use crate::problem::Result;

/// What became of each of these planned talks that is not open any more, by the rules of coverage.
pub fn became(
    reader: Reader<'_>,
    directory: &Directory,
    rules: &CoverageRules,
    planned: &[PlannedTalk],
) -> Result<BTreeMap<PlannedTalkId, Became>> {
    if planned.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut numbered = BTreeMap::new();
    for one in planned {
        let Some(number) = one.number else { continue };
        if let Some(talk) = talks::numbered(reader, one.organisation, number)?.first() {
            numbered.insert(one.id, Held { held_on: talk.held_on, talk: talk.id });
        }
    }
    let places = places(reader, directory, rules, planned)?;
    let awaited = |one: &PlannedTalk| places.get(&one.organisation).map_or(&[][..], |place| &place.awaited);
    let from = planned.iter().map(|one| looked_at_from(one, awaited(one))).min().unwrap_or(Day::MIN);
    let talks = coverage::seen_between(reader, &talks::types(reader)?, from, Day::MAX)?;
    Ok(talk_plan::became(planned, &talks, &numbered, rules, &places))
}

/// What the planned talks of each organisation are judged by; none where they are to close nothing.
fn places(
    reader: Reader<'_>,
    directory: &Directory,
    rules: &CoverageRules,
    planned: &[PlannedTalk],
) -> Result<BTreeMap<OrganisationId, PlanPlace>> {
    let tree = organisations::tree(reader)?;
    let mut places: BTreeMap<OrganisationId, PlanPlace> = BTreeMap::new();
    let mut asked = BTreeSet::new();
    for one in planned {
        let closes = closes_of(one);
        if closes.is_empty() {
            continue;
        }
        let id = one.organisation;
        if let std::collections::btree_map::Entry::Vacant(place) = places.entry(id) {
            let posts = members::posts_in(reader, id)?;
            let people = roles_in(directory, id, &posts, Day::MAX);
            place.insert(PlanPlace { people, awaited: Vec::new() });
        }
        let partner = one.partner.filter(|_| closes.contains(&Relation::AfterEvents));
        if let Some(partner) = partner.filter(|partner| asked.insert((id, *partner))) {
            let awaited = awaited(reader, directory, rules, &tree, (id, partner))?;
            places.entry(id).or_default().awaited.extend(awaited);
        }
    }
    Ok(places)
}

/// What happened to somebody, is answered for by an organisation, and asks for a talk.
fn awaited(
    reader: Reader<'_>,
    directory: &Directory,
    rules: &CoverageRules,
    tree: &OrganisationTree,
    (organisation, person): (OrganisationId, PersonId),
) -> Result<Vec<Due>> {
    let Some(card) = directory.get(person).filter(|card| !card.voided) else { return Ok(Vec::new()) };
    let events = events::of_person(reader, person)?.into_iter();
    let events = events.filter(|event| answers_for(event, card, tree) == Some(organisation)).map(|event| Occasion {
        day: event.day,
        person,
        kind: OccasionKind::Event(event.kind),
        id: event.id.0,
    });
    let posts = members::facts_of(reader, person)?.into_iter().filter(|fact| fact.kind == FactKind::Post);
    let posts = posts.filter(|fact| fact.organisation.and_then(|id| answering(id, tree)) == Some(organisation));
    let posts = posts.filter_map(|fact| {
        Some(Occasion { day: fact.span.from?, person, kind: OccasionKind::Appointed, id: fact.id.0 })
    });
    Ok(events.chain(posts).filter_map(|occasion| rules.due_of(occasion)).collect())
}
