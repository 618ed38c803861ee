//! One member on a day: every field of the table as it stands then, the dated facts, what follows from them.

mod talks;
mod timeline;

use std::collections::BTreeMap;

pub use talks::MemberTalk;
pub use timeline::{Happening, HappeningKind};

use crate::clock::Day;
use crate::domain::as_written;
use crate::domain::dates::{PartialDate, Precision, full_years};
use crate::domain::events::Event;
use crate::domain::fields::{FIELDS, FactKind, FieldKey, Home, Known};
use crate::domain::identity;
use crate::domain::ids::{ExtraFieldId, OrganisationId, PersonId};
use crate::domain::members::{Category, Fact, PersonFile};
use crate::domain::organisations::OrganisationTree;
use crate::domain::posts::told::told_post;
use crate::domain::probation::extended_until;
use crate::problem::Result;
use crate::store::events;
use crate::store::members::{self, ExtraField};

use super::desk::Desk;
use super::duplicates::{Merged, merged_into, merged_one};
use super::quality::{self, Finding};

/// Everything about one member, ready for the member page.
#[derive(Debug, Clone)]
pub struct MemberPage {
    pub file: PersonFile,
    pub as_of: Day,
    /// Values on the day by field, unmasked.
    pub values: BTreeMap<FieldKey, String>,
    pub extra_fields: Vec<ExtraField>,
    pub category: Option<Category>,
    /// 党龄 in full years.
    pub standing_years: Option<u16>,
    /// The end of the probation of who is on probation.
    pub probation_ends: Option<PartialDate>,
    pub age: Option<u16>,
    /// On the roll on the day; else how it ended, if it did.
    pub on_roll: bool,
    pub branch: Option<OrganisationId>,
    /// The names of the organisations that stand in the facts.
    pub organisations: BTreeMap<OrganisationId, String>,
    /// What was recorded of the person (变动), the earliest first.
    pub events: Vec<Event>,
    /// Talks in which the person sat, newest first.
    pub talks: Vec<MemberTalk>,
    /// What happened when, newest first.
    pub timeline: Vec<Happening>,
    /// What the rules find (待核).
    pub findings: Vec<Finding>,
    /// Into whom the person was merged (已并入).
    pub merged: Option<Merged>,
    /// Who was merged into the person.
    pub merged_here: Vec<Merged>,
}

/// Reads one member; `None` if there is no such person.
pub fn page(desk: &Desk, id: PersonId, as_of: Day) -> Result<Option<MemberPage>> {
    let Some(file) = members::file(desk.reader(), id)? else { return Ok(None) };
    let extra_fields = members::extra_fields(desk.reader())?;
    let tree = desk.tree_on(as_of);
    let values = values_on(&file, as_of, &tree);
    let path = file.person.path();
    let membership = file.on_roll(as_of);
    let events = events::of_person(desk.reader(), id)?;
    let talks = talks::talks(desk, id)?;
    Ok(Some(MemberPage {
        values,
        extra_fields,
        category: path.category_on(as_of),
        standing_years: path.standing_years_on(as_of),
        probation_ends: desk.probation().ends_on(&path, extended_until(&events), as_of),
        age: age_on(&file, as_of),
        on_roll: membership.is_some(),
        branch: membership.and_then(|fact| fact.organisation),
        organisations: names_in(&file, &events, &tree),
        timeline: timeline::timeline(&file, &events, &talks, &tree, as_of),
        talks,
        findings: quality::of_person(desk, &file, &events, as_of),
        merged: merged_one(desk, id),
        merged_here: merged_into(desk, id),
        as_of,
        events,
        file,
    }))
}

fn names_in(file: &PersonFile, events: &[Event], tree: &OrganisationTree) -> BTreeMap<OrganisationId, String> {
    let of_facts = file.facts.iter().filter_map(|fact| fact.organisation);
    let of_events = events.iter().flat_map(|event| [event.organisation, event.target]).flatten();
    let nodes = of_facts.chain(of_events).filter_map(|id| tree.get(id));
    nodes.map(|node| (node.id, node.shown_name().to_owned())).collect()
}

/// Every field as it stands on `day`, unmasked; fields without a value are left out.
pub fn values_on(file: &PersonFile, day: Day, tree: &OrganisationTree) -> BTreeMap<FieldKey, String> {
    let mut values = BTreeMap::new();
    for field in FIELDS {
        if let Some(value) = value_on(file, field.key, day, tree) {
            values.insert(FieldKey::Known(field.key), value);
        }
    }
    for (id, value) in &file.extras {
        values.insert(FieldKey::Extra(*id), value.clone());
    }
    values
}

/// One field as it stands on `day`, unmasked.
pub fn value_on(file: &PersonFile, key: Known, day: Day, tree: &OrganisationTree) -> Option<String> {
    if key.spec().home == Home::Person {
        return file.person.values.get(&key).map(crate::domain::values::Value::text);
    }
    let name = |fact: &Fact| fact.organisation.and_then(|id| tree.get(id)).map(|node| node.name.clone());
    let first = |kind: FactKind| file.facts_on(kind, day).next();
    match key {
        Known::Category => file.person.path().category_on(day).map(|category| category.label().to_owned()),
        // Of who floats in: the branch here in whose life the person takes part.
        Known::Branch => file.membership_on(day).or_else(|| first(FactKind::Floating)).and_then(name),
        Known::TransferIn => file.membership_on(day)?.span.from.map(|from| from.to_string()),
        Known::Group => first(FactKind::Group).and_then(name),
        Known::PartyPost => {
            let posts: Vec<&str> =
                file.facts_on(FactKind::Post, day).filter_map(|fact| fact.value.as_deref()).collect();
            (!posts.is_empty()).then(|| posts.join("、"))
        }
        Known::Status => file.status_on(day).map(str::to_owned),
        Known::Lost => first(FactKind::Lost)?.value.clone(),
        Known::LostSince => first(FactKind::Lost)?.span.from.map(|from| from.to_string()),
        Known::Floating => first(FactKind::Floating)?.value.clone(),
        Known::FloatPlace => first(FactKind::Floating)?.place.clone(),
        _ => None,
    }
}

/// The posts on `day` in words where some are of another organisation than the person's own: those with its name, 「书记、
/// 局机关党总支书记」. `None` where all are of the own one, and said well enough by themselves.
pub fn posts_by_organisation(file: &PersonFile, day: Day, tree: &OrganisationTree) -> Option<String> {
    let own = file.membership_on(day).and_then(|membership| membership.organisation);
    let held: Vec<&Fact> = file.facts_on(FactKind::Post, day).collect();
    let elsewhere = |fact: &Fact| fact.organisation.filter(|id| Some(*id) != own).and_then(|id| tree.get(id));
    if !held.iter().any(|fact| elsewhere(fact).is_some()) {
        return None;
    }
    let words = held.into_iter().filter_map(|fact| {
        let post = fact.value.as_deref()?;
        Some(post_in_words(post, elsewhere(fact).map(|node| node.shown_name())))
    });
    Some(words.collect::<Vec<_>>().join("、"))
}

/// The posts on `day` as they leave the program: those of another organisation with its name, so that they are read back
/// as they are, 「书记、书记（局机关党总支）」.
pub fn posts_told(file: &PersonFile, day: Day, tree: &OrganisationTree) -> Option<String> {
    let own = file.membership_on(day).and_then(|membership| membership.organisation);
    let told = |fact: &Fact| Some(told_post(fact.value.as_deref()?, fact.organisation, own, tree));
    let posts: Vec<String> = file.facts_on(FactKind::Post, day).filter_map(told).collect();
    (!posts.is_empty()).then(|| posts.join("、"))
}

/// A post; with the name of the organisation where it is another than the person's own: 「局机关党总支书记」.
pub fn post_in_words(post: &str, elsewhere: Option<&str>) -> String {
    match elsewhere.filter(|name| !post.contains(name)) {
        Some(name) => format!("{name}{post}"),
        None => post.to_owned(),
    }
}

/// A value as it is shown: personal ones masked unless asked for.
pub fn shown(key: FieldKey, value: &str, unmasked: bool) -> String {
    match key {
        FieldKey::Known(Known::IdNumber) if !unmasked => identity::masked(value),
        FieldKey::Known(Known::Phone) if !unmasked => identity::masked_phone(value),
        FieldKey::Known(Known::Remark) if !unmasked => as_written::masked(value).into_owned(),
        _ => value.to_owned(),
    }
}

/// Age in full years on `day`; only where the first and the last possible birthday give the same.
pub fn age_on(file: &PersonFile, day: Day) -> Option<u16> {
    let birth = file.person.date(Known::Birth)?;
    let oldest = full_years(birth.first_day(), day)?;
    let youngest = full_years(birth.last_day(), day)?;
    (oldest == youngest || birth.precision() == Precision::Month).then_some(oldest)
}

/// Labels of extra fields by id.
pub fn extra_labels(fields: &[ExtraField]) -> BTreeMap<ExtraFieldId, String> {
    fields.iter().map(|field| (field.id, field.label.clone())).collect()
}
