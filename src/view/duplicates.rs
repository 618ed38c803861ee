//! Who is perhaps recorded twice (疑似重复), pair by pair, with what the two have side by side; and who was merged.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::desk::Desk;
use super::member::{extra_labels, shown};
use crate::clock::Day;
use crate::domain::duplicates::uniting::{Side, differences, overlapping_memberships};
use crate::domain::duplicates::{Likeness, Pair, compare, find};
use crate::domain::fields::{FieldKey, person_fields};
use crate::domain::ids::{FactId, OrganisationId, PersonId};
use crate::domain::members::{Fact, PersonFile};
use crate::problem::Result;
use crate::store::directory::search_terms;
use crate::store::{duplicates, events, members, settings};

/// Pairs that may be one person.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Duplicates {
    /// The surest first.
    pub pairs: Vec<PairLine>,
    /// There are more than are listed.
    pub is_cut: bool,
    /// Pairs of the same scope of whom it was said that they are not one.
    pub apart: Vec<PairLine>,
}

/// A pair as it is listed.
#[derive(Debug, Clone, PartialEq)]
pub struct PairLine {
    pub pair: Pair,
    pub first: Party,
    pub second: Party,
}

/// One of a pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    pub id: PersonId,
    pub name: String,
    /// Where the person is on the roll, or was last.
    pub branch: Option<OrganisationId>,
    pub branch_name: String,
    pub on_roll: bool,
    pub likeness: Likeness,
}

/// Which pairs are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Whose {
    /// Everybody's of the scope.
    #[default]
    All,
    /// Those of one person.
    Of(PersonId),
    /// These two, whether or not they look alike.
    Two(PersonId, PersonId),
}

/// The pairs of whom one at least is, or was last, in the scope; of one person, or of two, wherever they are.
pub fn duplicates(desk: &Desk, scope: Option<OrganisationId>, whose: Whose, day: Day) -> Result<Duplicates> {
    let people = duplicates::likenesses(desk.reader())?;
    let apart: HashSet<(PersonId, PersonId)> = settings::apart(desk.reader())?.into_iter().collect();
    if let Whose::Two(one, other) = whose {
        let both: Vec<&Likeness> = people.iter().filter(|person| person.id == one || person.id == other).collect();
        let [one, other] = both[..] else { return Ok(Duplicates::default()) };
        let (first, second) = (party(desk, one, day), party(desk, other, day));
        let pairs = vec![PairLine { pair: compare(one, other), first, second }];
        return Ok(Duplicates { pairs, ..Duplicates::default() });
    }
    let found = find(&people);
    let scope = scope.filter(|_| whose == Whose::All);
    let within: Option<HashSet<OrganisationId>> =
        scope.map(|scope| desk.tree_on(day).within(Some(scope)).into_iter().map(|node| node.id).collect());
    let place = |id: PersonId| people.binary_search_by_key(&id, |person| person.id).ok();
    let mut answer = Duplicates { is_cut: found.is_cut, ..Duplicates::default() };
    for pair in found.pairs {
        let (Some(one), Some(other)) = (place(pair.first), place(pair.second)) else { continue };
        let (first, second) = (party(desk, &people[one], day), party(desk, &people[other], day));
        let in_scope = |party: &Party| {
            within.as_ref().is_none_or(|within| party.branch.is_some_and(|branch| within.contains(&branch)))
        };
        let is_asked = match whose {
            Whose::Of(person) => pair.first == person || pair.second == person,
            _ => true,
        };
        if !is_asked || !(in_scope(&first) || in_scope(&second)) {
            continue;
        }
        let is_apart = apart.contains(&(pair.first, pair.second));
        let list = if is_apart { &mut answer.apart } else { &mut answer.pairs };
        list.push(PairLine { pair, first, second });
    }
    Ok(answer)
}

fn party(desk: &Desk, likeness: &Likeness, day: Day) -> Party {
    let card = desk.directory().get(likeness.id);
    let held = card.and_then(|card| card.on_roll(day));
    let branch = held.or(card.and_then(|card| card.last_membership())).map(|membership| membership.organisation);
    let tree = desk.tree_on(day);
    let branch_name = branch.and_then(|id| tree.get(id)).map(|node| node.shown_name().to_owned());
    Party {
        id: likeness.id,
        name: likeness.name.clone(),
        branch,
        branch_name: branch_name.unwrap_or_default(),
        on_roll: held.is_some(),
        likeness: likeness.clone(),
    }
}

/// Two persons side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The one that stays.
    pub kept: PersonFile,
    pub other: PersonFile,
    /// Why they may be one, and what speaks against it.
    pub pair: Pair,
    pub rows: Vec<ComparedRow>,
    /// Memberships of the two that overlap: whose history is kept has to be decided.
    pub overlapping: Vec<(FactLine, FactLine)>,
    /// The dated facts of each, in words.
    pub kept_facts: Vec<FactLine>,
    pub other_facts: Vec<FactLine>,
    /// How many events each has.
    pub kept_events: usize,
    pub other_events: usize,
}

/// One field of two persons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedRow {
    pub key: FieldKey,
    /// The name by which the command takes it.
    pub name: String,
    pub label: String,
    /// Masked where the field is personal; `None` where there is nothing.
    pub kept: Option<String>,
    pub other: Option<String>,
    pub differs: bool,
    pub better: Side,
}

impl ComparedRow {
    /// Whether one of two values has to be chosen.
    pub fn is_open(&self) -> bool {
        self.differs && self.kept.is_some() && self.other.is_some()
    }
}

/// A dated fact in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactLine {
    pub id: FactId,
    /// 组织关系
    pub kind: &'static str,
    /// 「局机关第一党支部，2016-05-30 起」
    pub words: String,
}

/// Two persons side by side, the first of whom would stay; `None` where one of them is not there or was merged.
pub fn comparison(desk: &Desk, keep: PersonId, other: PersonId) -> Result<Option<Comparison>> {
    let reader = desk.reader();
    let (Some(kept), Some(other)) = (members::file(reader, keep)?, members::file(reader, other)?) else {
        return Ok(None);
    };
    if [&kept, &other].iter().any(|file| file.person.merged_into.is_some()) {
        return Ok(None);
    }
    let labels = extra_labels(&members::extra_fields(reader)?);
    let different: BTreeMap<FieldKey, Side> =
        differences(&kept, &other).into_iter().map(|one| (one.key, one.better)).collect();
    let own: BTreeSet<FieldKey> =
        kept.extras.keys().chain(other.extras.keys()).map(|id| FieldKey::Extra(*id)).collect();
    let keys = person_fields().map(|field| FieldKey::Known(field.key)).chain(own);
    let value = |file: &PersonFile, key: FieldKey| {
        let value = match key {
            FieldKey::Known(known) => file.person.values.get(&known).map(crate::domain::values::Value::text),
            FieldKey::Extra(id) => file.extras.get(&id).cloned(),
        };
        value.map(|value| shown(key, &value, false))
    };
    let row = |key: FieldKey| {
        let (name, label) = match key {
            FieldKey::Known(known) => (known.spec().name.to_owned(), known.label().to_owned()),
            FieldKey::Extra(id) => labels.get(&id).map(|label| (label.clone(), label.clone())).unwrap_or_default(),
        };
        let better = different.get(&key).copied();
        let (kept, other) = (value(&kept, key), value(&other, key));
        ComparedRow { key, name, label, kept, other, differs: better.is_some(), better: better.unwrap_or(Side::Kept) }
    };
    let rows = keys.map(row).filter(|row| row.kept.is_some() || row.other.is_some()).collect();
    let lines = |facts: &[Fact]| facts.iter().map(|fact| fact_line(desk, fact)).collect();
    let overlapping = overlapping_memberships(&kept.facts, &other.facts, &BTreeSet::new());
    Ok(Some(Comparison {
        rows,
        overlapping: overlapping
            .iter()
            .map(|(ours, theirs)| (fact_line(desk, ours), fact_line(desk, theirs)))
            .collect(),
        kept_facts: lines(&kept.facts),
        other_facts: lines(&other.facts),
        kept_events: events::of_person(reader, keep)?.len(),
        other_events: events::of_person(reader, other.person.id)?.len(),
        pair: compare(&likeness(&kept), &likeness(&other)),
        kept,
        other,
    }))
}

fn likeness(file: &PersonFile) -> Likeness {
    use crate::domain::fields::Known;
    let person = &file.person;
    let text = |key: Known| person.text(key).map(str::to_owned);
    Likeness {
        id: person.id,
        name: person.name().to_owned(),
        sex: text(Known::Sex),
        id_number: text(Known::IdNumber),
        birth: person.date(Known::Birth),
        joined: person.date(Known::Joined),
    }
}

fn fact_line(desk: &Desk, fact: &Fact) -> FactLine {
    let name = fact.organisation.and_then(|id| desk.tree().get(id)).map(|node| node.shown_name().to_owned());
    let days = match (fact.span.from, fact.span.to) {
        (Some(from), Some(to)) => format!("{from} 至 {to}"),
        (Some(from), None) => format!("{from} 起"),
        (None, Some(to)) => format!("起始不详，至 {to}"),
        (None, None) => "起始不详".to_owned(),
    };
    let parts = [name, fact.value.clone(), fact.place.clone(), Some(days)];
    FactLine {
        id: fact.id, kind: fact.kind.label(), words: parts.into_iter().flatten().collect::<Vec<_>>().join("，")
    }
}

/// A person who was merged into another (已并入).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    pub id: PersonId,
    pub name: String,
    /// The person that stayed in the end.
    pub into: PersonId,
    pub into_name: String,
}

/// Those who were merged into somebody and whom a text finds.
pub fn merged(desk: &Desk, text: &str) -> Vec<Merged> {
    let terms = search_terms(text);
    if terms.is_empty() {
        return Vec::new();
    }
    let cards = desk.directory().cards().iter().filter(|card| card.merged_into.is_some());
    let mut found: Vec<Merged> = cards
        .filter(|card| desk.directory().matches(card, &terms))
        .filter_map(|card| merged_one(desk, card.id))
        .collect();
    found.sort_by_key(|merged| merged.id);
    found
}

/// Those who were merged into this person, the earliest recorded first.
pub fn merged_into(desk: &Desk, id: PersonId) -> Vec<Merged> {
    let cards = desk.directory().cards().iter().filter(|card| card.merged_into == Some(id));
    let mut found: Vec<Merged> = cards.filter_map(|card| merged_one(desk, card.id)).collect();
    found.sort_by_key(|merged| merged.id);
    found
}

/// Into whom a person was merged, to the end of the way; `None` for one who was not.
pub fn merged_one(desk: &Desk, id: PersonId) -> Option<Merged> {
    let card = desk.directory().get(id)?;
    let mut into = desk.directory().get(card.merged_into?)?;
    // Nobody is merged into oneself; where a file says so all the same it comes to an end.
    for _ in 0..100 {
        let Some(next) = into.merged_into.and_then(|next| desk.directory().get(next)) else { break };
        into = next;
    }
    Some(Merged { id, name: card.name.to_string(), into: into.id, into_name: into.name.to_string() })
}
