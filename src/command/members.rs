//! Changes of members: adding and editing here; cells of a table in [`cells`], dated facts in [`facts`], coming and
//! going in [`moves`].

mod adopting;
mod cells;
mod event_corrections;
mod events;
mod facts;
mod floating;
mod merge;
mod merge_checklists;
mod merge_talks;
mod moves;
mod named_branch;
mod order;
mod places;
mod returning;
mod unmerge;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use adopting::{AdoptFromIdNumber, Adopted};
pub use cells::{CellRow, EditCells};
pub use event_corrections::{EditEvent, RemoveEvent};
pub use events::{OwnDay, RecordEvent};
pub use facts::{Appoint, EndPost, RemoveFact, SetFact};
pub use floating::AddFloatingMember;
pub use merge::{MergeMembers, TellApart};
pub use moves::{EndMembership, Leaving, RestoreMembers, TransferMember, VoidMembers};
pub(super) use moves::{end_all, end_fact};
pub use order::MoveInRoster;
pub(super) use places::Places;
pub use unmerge::UnmergeMembers;

use super::drafts::{Checked, MemberDraft};
use super::ledger::Stamp;
use super::organisations::require;
use super::{Made, title};
use crate::clock::Day;
use crate::domain::dates::{PartialDate, Span};
use crate::domain::fields::{FactKind, FieldKey, Home, Known};
use crate::domain::ids::{ExtraFieldId, FactId, OrganisationId, PersonId};
use crate::domain::members::{Category, CategoryTold, Fact, Person, PersonFile};
use crate::domain::organisations::OrganisationKind;
use crate::domain::values::Value;
use crate::problem::{Problem, Result};
use crate::store::book::Book;
use crate::store::members::{self as table, ExtraField, ExtraValue};
use crate::store::{organisations, workbook::Title};

/// Adds a member (新增党员). `set` needs a `name`; the membership starts at `transfer_in`, else its start is unknown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddMember {
    pub branch_id: OrganisationId,
    pub set: MemberDraft,
}

/// Edits fields of members. Fields with dated facts (党小组、党内职务、党籍状态、流动、失联) are corrected (更正); with
/// `on` they change from that day (变更，自某日起).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditMembers {
    pub ids: Vec<PersonId>,
    pub set: MemberDraft,
    #[serde(default)]
    pub on: Option<PartialDate>,
}

impl AddMember {
    pub(super) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let tree = organisations::tree(book.reader())?;
        let branch = require(&tree, self.branch_id)?;
        if branch.kind == OrganisationKind::Group {
            return Err(rejected("党小组不接收组织关系，请选它所在的党支部"));
        }
        if !branch.stands_on(stamp.today()) {
            return Err(rejected(format!("{} 已经撤销", branch.name)));
        }
        let checked = self.set.check(&table::extra_fields(book.reader())?, stamp.today())?;
        let Some(Some(Value::Text(name))) = checked.known.get(&Known::Name) else {
            return Err(rejected("要有姓名"));
        };
        let person = Person::new(PersonId(book.new_id()), name);
        let file = PersonFile { person, facts: Vec::new(), extras: BTreeMap::new() };
        let id = file.person.id;
        let mut told = file.person.clone();
        set_person_fields(&mut told, &checked, stamp.today());
        let category = told.path().category_on(stamp.today()).filter(|category| !category.is_member());
        let text = format!("新增{} {name}", category.map_or("党员", Category::label));
        write_new(book, &mut Places::default(), file, self.branch_id, &checked, stamp.today())?;
        Ok((title(text), Made(Some(id.0))))
    }
}

/// Writes a new person with all that was told.
pub(super) fn write_new(
    book: &mut Book<'_>,
    places: &mut Places,
    mut file: PersonFile,
    branch: OrganisationId,
    checked: &Checked,
    told_on: Day,
) -> Result<()> {
    set_person_fields(&mut file.person, checked, told_on);
    book.insert(&file.person)?;
    let from = match checked.known.get(&Known::TransferIn) {
        Some(Some(Value::Date(date))) => Some(*date),
        _ => None,
    };
    let membership = Fact {
        id: FactId(book.new_id()),
        person: file.person.id,
        kind: FactKind::Membership,
        organisation: Some(branch),
        value: None,
        place: None,
        span: Span { from, to: None },
        position: Some(places.next_position(book, branch)?),
    };
    book.insert(&membership)?;
    file.facts.push(membership);
    facts::set_fact_fields(book, places, &file, branch, checked, None, told_on)?;
    set_extras(book, file.person.id, &[], &checked.extras)
}

impl EditMembers {
    pub(super) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let extra = table::extra_fields(book.reader())?;
        let checked = self.set.check(&extra, stamp.today())?;
        if self.ids.len() > 1 && checked.known.contains_key(&Known::IdNumber) {
            return Err(rejected("公民身份号码要逐人修改"));
        }
        let rows = self.ids.iter().map(|id| (*id, &checked));
        let names = edit_all(book, rows, |_| String::new(), self.on, stamp.today())?;
        let what = labels(told(&checked), &extra);
        let text = match &names[..] {
            [name] => format!("修改 {name}：{what}"),
            _ => format!("批量修改 {} 人：{what}", names.len()),
        };
        Ok((title(text), Made(self.ids.first().map(|id| id.0))))
    }
}

/// Persons between two reports of progress.
const STRIDE: u64 = 64;

/// Sets what was told of each person, one after the other; gives back their names. `place` tells a refusal which of
/// them it is about.
fn edit_all<'c>(
    book: &mut Book<'_>,
    rows: impl ExactSizeIterator<Item = (PersonId, &'c Checked)>,
    place: impl Fn(u64) -> String,
    on: Option<PartialDate>,
    today: Day,
) -> Result<Vec<String>> {
    let mut names = Vec::with_capacity(rows.len());
    let mut places = Places::default();
    book.progress().stage("写入", rows.len() as u64)?;
    for ((id, checked), nth) in rows.zip(0_u64..) {
        if nth % STRIDE == 0 {
            book.progress().step(nth)?;
        }
        let seen = require_file(book, id)?;
        if let Some(refused) = without_membership(&seen, checked) {
            let refused = rejected(format!("{}{refused}", place(nth + 1)));
            return Err(refused.next("流入和流动的登记在“历次变动”里更正"));
        }
        names.push(seen.person.name().to_owned());
        edit_one(book, &mut places, &seen, checked, on, today)?;
    }
    Ok(names)
}

/// Why fields with dated facts cannot be set, of who was never on a roll here but floated in (流入).
fn without_membership(seen: &PersonFile, checked: &Checked) -> Option<String> {
    if seen.facts.iter().any(|fact| fact.kind == FactKind::Membership) {
        return None;
    }
    let field = checked.known.keys().find(|key| matches!(key.spec().home, Home::Fact(_)))?;
    Some(format!("{} 的组织关系不在这里，没有“{}”", seen.person.name(), field.label()))
}

/// Sets what was told of one person.
pub(super) fn edit_one(
    book: &mut Book<'_>,
    places: &mut Places,
    seen: &PersonFile,
    checked: &Checked,
    on: Option<PartialDate>,
    today: Day,
) -> Result<()> {
    let mut wanted = seen.person.clone();
    set_person_fields(&mut wanted, checked, today);
    book.update(&seen.person, &wanted)?;
    let membership =
        seen.membership_on(today).or_else(|| seen.facts.iter().rev().find(|fact| fact.kind == FactKind::Membership));
    if let Some(membership) = membership {
        if let Some(from) = checked.known.get(&Known::TransferIn) {
            let from = match from {
                Some(Value::Date(date)) => Some(*date),
                _ => None,
            };
            let span = Span { from, ..membership.span };
            book.update(membership, &Fact { span, ..membership.clone() })?;
        }
        if let Some(branch) = membership.organisation {
            facts::set_fact_fields(book, places, seen, branch, checked, on, today)?;
        }
    }
    if checked.extras.is_empty() {
        return Ok(());
    }
    let held = table::extras_of(book.reader(), seen.person.id)?;
    set_extras(book, seen.person.id, &held, &checked.extras)
}

/// Sets the fields that are columns of the person, and the category where the dates do not give it.
fn set_person_fields(person: &mut Person, checked: &Checked, today: Day) {
    let (mut path_changed, former) = (false, person.path().told_before());
    for (key, value) in &checked.known {
        if key.spec().home == Home::Person {
            path_changed |=
                matches!(key, Known::Applied | Known::Activist | Known::Candidate | Known::Joined | Known::Full);
            person.set(*key, value.clone());
        }
    }
    let derived = person.path().derived_on(today);
    match checked.known.get(&Known::Category) {
        Some(Some(Value::Text(label))) => {
            let told = Category::from_label(label).map(|category| CategoryTold { category, on: today });
            person.category_told = told.filter(|told| derived != Some(told.category)).or(former);
        }
        Some(_) => person.category_told = former,
        None if path_changed => {
            let needed = |told: &CategoryTold| derived.is_none_or(|now| now < told.category);
            person.category_told = former.or(person.category_told.filter(needed));
        }
        None => {}
    }
}

/// Sets values of extra fields, of which the person holds these.
fn set_extras(
    book: &mut Book<'_>,
    person: PersonId,
    seen: &[ExtraValue],
    wanted: &BTreeMap<ExtraFieldId, Option<String>>,
) -> Result<()> {
    for (field, value) in wanted {
        let old = seen.iter().find(|extra| extra.field == *field);
        match (old, value) {
            (Some(old), Some(value)) => book.update(old, &ExtraValue { value: value.clone(), ..old.clone() })?,
            (Some(old), None) => book.delete(old)?,
            (None, Some(value)) => {
                let id = book.new_id();
                book.insert(&ExtraValue { id, person, field: *field, value: value.clone() })?;
            }
            (None, None) => {}
        }
    }
    Ok(())
}

/// Everything about a person. Fails if there is no such person.
pub(super) fn require_file(book: &Book<'_>, id: PersonId) -> Result<PersonFile> {
    table::file(book.reader(), id)?.ok_or_else(|| rejected(format!("没有编号为 {id} 的人")))
}

/// The fields that were set, but for the one that follows another.
fn told(checked: &Checked) -> impl Iterator<Item = FieldKey> + '_ {
    let known = checked.known.keys().filter(|key| **key != Known::EducationText).map(|key| FieldKey::Known(*key));
    known.chain(checked.extras.keys().map(|id| FieldKey::Extra(*id)))
}

/// The labels of fields: 「学历、联系电话 等 5 项」.
fn labels(keys: impl Iterator<Item = FieldKey>, extra: &[ExtraField]) -> String {
    let label = |key| match key {
        FieldKey::Known(known) => known.label().to_owned(),
        FieldKey::Extra(id) => {
            extra.iter().find(|field| field.id == id).map(|field| field.label.clone()).unwrap_or_default()
        }
    };
    let names: Vec<String> = keys.map(label).collect();
    if names.len() > 3 { format!("{} 等 {} 项", names[..3].join("、"), names.len()) } else { names.join("、") }
}

pub(super) fn rejected(happened: impl Into<String>) -> Problem {
    Problem::input("没有改动党员", happened)
}
