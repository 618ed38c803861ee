//! One member on a day: every field of the table as it stands then, the dated facts, what follows from them.

mod findings;

use std::collections::BTreeMap;

pub use findings::{Finding, Fix};

use crate::clock::Day;
use crate::domain::dates::{PartialDate, Precision, full_years};
use crate::domain::fields::{FIELDS, FactKind, FieldKey, Home, Known};
use crate::domain::identity;
use crate::domain::ids::{ExtraFieldId, FactId, OrganisationId, PersonId};
use crate::domain::members::{Category, Fact, PersonFile};
use crate::domain::organisations::OrganisationTree;
use crate::problem::Result;
use crate::store::members::{self, ExtraField};

use super::desk::Desk;

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
    pub age: Option<u16>,
    /// On the roll on the day; else how it ended, if it did.
    pub on_roll: bool,
    pub branch: Option<OrganisationId>,
    /// The names of the organisations that stand in the facts.
    pub organisations: BTreeMap<OrganisationId, String>,
    /// What happened when, newest first.
    pub timeline: Vec<Happening>,
    /// What does not fit together (待核).
    pub findings: Vec<Finding>,
}

/// One line of the timeline (时间线).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// `2019-07-01`, `2019-07`, `2019`.
    pub date: String,
    pub title: String,
    pub note: String,
    pub kind: HappeningKind,
    /// The dated fact it is the start or the end of.
    pub fact: Option<FactId>,
    /// After the day the page is shown for.
    pub is_future: bool,
}

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HappeningKind {
    /// 党籍: the way into the party, status, floating, lost contact.
    Party,
    /// 职务: posts in the party.
    Post,
    /// 组织关系: branch and group.
    Membership,
    /// Else: starting to work.
    Life,
}

/// Reads one member; `None` if there is no such person.
pub fn page(desk: &Desk, id: PersonId, as_of: Day) -> Result<Option<MemberPage>> {
    let Some(file) = members::file(desk.reader(), id)? else { return Ok(None) };
    let extra_fields = members::extra_fields(desk.reader())?;
    let values = values_on(&file, as_of, desk.tree());
    let path = file.person.path();
    let membership = file.on_roll(as_of);
    Ok(Some(MemberPage {
        values,
        extra_fields,
        category: path.category_on(as_of),
        standing_years: path.standing_years_on(as_of),
        age: age_on(&file, as_of),
        on_roll: membership.is_some(),
        branch: membership.and_then(|fact| fact.organisation),
        organisations: names_in(&file, desk.tree()),
        timeline: timeline(&file, desk.tree(), as_of),
        findings: findings::findings(&file, as_of),
        as_of,
        file,
    }))
}

fn names_in(file: &PersonFile, tree: &OrganisationTree) -> BTreeMap<OrganisationId, String> {
    let nodes = file.facts.iter().filter_map(|fact| tree.get(fact.organisation?));
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
        Known::Branch => file.membership_on(day).and_then(name),
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

/// A value as it is shown: personal ones masked unless asked for.
pub fn shown(key: FieldKey, value: &str, unmasked: bool) -> String {
    match key {
        FieldKey::Known(Known::IdNumber) if !unmasked => identity::masked(value),
        FieldKey::Known(Known::Phone) if !unmasked => identity::masked_phone(value),
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

fn timeline(file: &PersonFile, tree: &OrganisationTree, as_of: Day) -> Vec<Happening> {
    let person = &file.person;
    let mut found: Vec<(PartialDate, Happening)> = Vec::new();
    let mut add = |date: Option<PartialDate>, kind, fact, title: String, note: String| {
        if let Some(date) = date {
            let is_future = date.first_day() > as_of;
            found.push((date, Happening { date: date.to_string(), title, note, kind, fact, is_future }));
        }
    };
    let introducers = person.text(Known::Introducers).map(|names| format!("介绍人 {names}"));
    let steps = [
        (Known::Applied, HappeningKind::Party, "递交入党申请书"),
        (Known::Activist, HappeningKind::Party, "列为入党积极分子"),
        (Known::Candidate, HappeningKind::Party, "列为发展对象"),
        (Known::Joined, HappeningKind::Party, "接收为预备党员"),
        (Known::Full, HappeningKind::Party, "转为正式党员"),
        (Known::WorkStart, HappeningKind::Life, "参加工作"),
    ];
    for (known, kind, title) in steps {
        let note = introducers.clone().filter(|_| known == Known::Joined).unwrap_or_default();
        add(person.date(known), kind, None, title.to_owned(), note);
    }
    let memberships: Vec<_> = file.facts.iter().filter(|fact| fact.kind == FactKind::Membership).collect();
    for fact in &file.facts {
        let place = fact.organisation.and_then(|id| tree.get(id)).map(|node| node.name.clone()).unwrap_or_default();
        let Some((kind, begins, ends)) = words_of(fact) else { continue };
        let note = if place.is_empty() { fact.place.clone().unwrap_or_default() } else { place };
        add(fact.span.from, kind, Some(fact.id), begins, note.clone());
        // The end of one membership is the start of the next: told once.
        let goes_on =
            fact.kind == FactKind::Membership && memberships.iter().any(|next| next.span.from == fact.span.to);
        if !goes_on {
            add(fact.span.to, kind, Some(fact.id), ends, note);
        }
    }
    found.sort_by(|(one, _), (other, _)| other.cmp(one));
    found.into_iter().map(|(_, happening)| happening).collect()
}

/// How the start and the end of a fact are told; nothing for 「否」.
fn words_of(fact: &Fact) -> Option<(HappeningKind, String, String)> {
    let value = fact.value.clone().unwrap_or_default();
    let (kind, begins, ends) = match fact.kind {
        FactKind::Membership => (HappeningKind::Membership, "组织关系转入".to_owned(), "组织关系转出".to_owned()),
        FactKind::Group => (HappeningKind::Membership, "编入党小组".to_owned(), "离开党小组".to_owned()),
        FactKind::Post => (HappeningKind::Post, format!("任 {value}"), format!("不再任 {value}")),
        FactKind::Status => (HappeningKind::Party, format!("党籍状态：{value}"), format!("不再是 {value}")),
        FactKind::Floating if value == "是" => {
            (HappeningKind::Party, "登记为流动党员".to_owned(), "流动结束".to_owned())
        }
        FactKind::Lost if value == "是" => (HappeningKind::Party, "失去联系".to_owned(), "恢复联系".to_owned()),
        FactKind::Floating | FactKind::Lost => return None,
    };
    Some((kind, begins, ends))
}
