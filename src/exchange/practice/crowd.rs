//! Workbooks of any size: rows written through the book directly, as one entry, since a hundred thousand commands would
//! be measured instead of what is to be measured.

use std::collections::BTreeMap;

use super::people::{Inventor, Profile, Values, begin};
use super::words::words;
use super::{CrowdSize, crowd_talks};
use crate::command::{Ledger, Stamp};
use crate::domain::dates::{PartialDate, Span};
use crate::domain::fields::{FactKind, Home, Known};
use crate::domain::ids::{ExtraFieldId, FactId, OrganisationId, PersonId};
use crate::domain::members::{Category, CategoryTold, Fact, Person};
use crate::domain::organisations::{Organisation, OrganisationKind};
use crate::domain::values::Value;
use crate::problem::Result;
use crate::progress::Progress;
use crate::store::book::Book;
use crate::store::members::{ExtraField, ExtraValue};
use crate::store::settings::{self, Setting};

/// Steps between neighbours in an order.
const STEP: i64 = 1_024;
/// Rows between two reports of progress.
const STRIDE: u32 = 512;
/// Branches below one general branch.
const BRANCHES_PER_GENERAL: usize = 12;
/// What the members of a branch do, and how old they are, by turns.
const WORK: [(&str, (i64, i64)); 5] =
    [("office", (24, 59)), ("care", (23, 58)), ("service", (24, 59)), ("retired", (60, 92)), ("society", (24, 62))];

/// A branch with its groups, the last place in its roster, and its people, the committee first.
pub(super) struct Place {
    pub id: OrganisationId,
    unit: String,
    groups: Vec<OrganisationId>,
    position: i64,
    pub people: Vec<PersonId>,
}

pub(super) fn fill(mut ledger: Ledger, size: CrowdSize, seed: u32, stamp: &Stamp, progress: &Progress) -> Result<()> {
    let CrowdSize { members, talks } = size;
    let words = words()?;
    let mut inventor = Inventor::new(&words, seed, stamp.today());
    let title = format!("生成练习党员 {members} 人");
    progress.stage("生成练习党员", u64::from(members))?;
    ledger.fill(&title, stamp, progress, |book| {
        set_practice(book)?;
        let mut places = found(book, members)?;
        let hobby = ExtraFieldId(book.new_id());
        book.insert(&ExtraField::text(hobby, "特长".to_owned(), STEP))?;
        for nth in 0..members {
            if nth % STRIDE == 0 {
                progress.step(u64::from(nth))?;
            }
            let turn = usize::try_from(nth).unwrap_or(0) % places.len();
            let place = &mut places[turn];
            let (kind_of_work, ages) = WORK[turn % WORK.len()];
            let mut values = inventor.member(Profile { unit: &place.unit, kind_of_work, ages })?;
            begin(&mut values, None);
            let person = write(book, place, values, stamp)?;
            place.people.push(person);
            if nth % 3 == 0 {
                let id = book.new_id();
                let value = inventor.chance.word(&words.hobbies);
                book.insert(&ExtraValue { id, person, field: hobby, value })?;
            }
        }
        crowd_talks::hold(book, &places, talks, &mut inventor, stamp.today(), progress)
    })?;
    Ok(())
}

fn set_practice(book: &mut Book<'_>) -> Result<()> {
    for (name, value) in [(settings::TITLE, "青禾县（练习）"), (settings::PRACTICE, "yes")] {
        let id = book.new_id();
        book.insert(&Setting { id, name: name.to_owned(), value: value.to_owned() })?;
    }
    Ok(())
}

/// A committee, general branches below it, branches below them, every fourth with groups.
fn found(book: &mut Book<'_>, members: u32) -> Result<Vec<Place>> {
    let count = usize::try_from(members / 150).unwrap_or(usize::MAX).clamp(4, 600);
    let root = add(book, None, OrganisationKind::Committee, "青禾县直属机关党委", STEP)?;
    let mut general = root;
    let mut places = Vec::with_capacity(count);
    for (nth, position) in (0..count).zip(1..) {
        if nth % BRANCHES_PER_GENERAL == 0 {
            let name = format!("青禾县第{}单位党总支", nth / BRANCHES_PER_GENERAL + 1);
            general = add(book, Some(root), OrganisationKind::GeneralBranch, &name, position * STEP)?;
        }
        let unit = format!("青禾县第{}单位", nth / BRANCHES_PER_GENERAL + 1);
        let name = format!("{unit}第{}党支部", nth % BRANCHES_PER_GENERAL + 1);
        let id = add(book, Some(general), OrganisationKind::Branch, &name, position * STEP)?;
        let mut groups = Vec::new();
        if nth % 4 == 0 {
            for (name, place) in [("第一党小组", 1), ("第二党小组", 2)] {
                groups.push(add(book, Some(id), OrganisationKind::Group, name, place * STEP)?);
            }
        }
        places.push(Place { id, unit, groups, position: 0, people: Vec::new() });
    }
    Ok(places)
}

fn add(
    book: &mut Book<'_>,
    parent: Option<OrganisationId>,
    kind: OrganisationKind,
    name: &str,
    position: i64,
) -> Result<OrganisationId> {
    let id = OrganisationId(book.new_id());
    book.insert(&Organisation { position, ..Organisation::new(id, parent, kind, name) })?;
    Ok(id)
}

/// Writes a person with the dated facts.
fn write(book: &mut Book<'_>, place: &mut Place, values: Values, stamp: &Stamp) -> Result<PersonId> {
    let id = PersonId(book.new_id());
    let text = |key: Known| values.get(&key).and_then(Value::as_text).map(str::to_owned);
    let date = |key: Known| values.get(&key).and_then(Value::as_date);
    let category = text(Known::Category).and_then(|label| Category::from_label(&label));
    let own: BTreeMap<Known, Value> = values
        .iter()
        .filter(|(key, _)| key.spec().home == Home::Person)
        .map(|(key, value)| (*key, value.clone()))
        .collect();
    let category_told = category.map(|category| CategoryTold { category, on: stamp.today() });
    book.insert(&Person { id, values: own, category_told, voided: None, merged_into: None })?;
    let fact = |kind: FactKind, from: Option<PartialDate>| Fact {
        id: FactId(0),
        person: id,
        kind,
        organisation: None,
        value: None,
        place: None,
        span: Span { from, to: None },
        position: None,
    };
    place.position += STEP;
    let mut facts = vec![Fact {
        organisation: Some(place.id),
        position: Some(place.position),
        ..fact(FactKind::Membership, date(Known::TransferIn))
    }];
    if !place.groups.is_empty() {
        let turn = usize::try_from(place.position / STEP).unwrap_or(0) % place.groups.len();
        facts.push(Fact { organisation: Some(place.groups[turn]), ..fact(FactKind::Group, None) });
    }
    let post = ["书记", "组织委员", "宣传委员"].get(usize::try_from(place.position / STEP - 1).unwrap_or(usize::MAX));
    if let Some(post) = post {
        facts.push(Fact {
            organisation: Some(place.id),
            value: Some((*post).to_owned()),
            ..fact(FactKind::Post, None)
        });
    }
    if let Some(value) = text(Known::Floating) {
        facts.push(Fact { value: Some(value), place: text(Known::FloatPlace), ..fact(FactKind::Floating, None) });
    }
    for fact in facts {
        let id = FactId(book.new_id());
        book.insert(&Fact { id, ..fact })?;
    }
    Ok(id)
}
