//! One member on a day: every field of the table as it stands then, the dated facts, what follows from them.

use std::collections::BTreeMap;

use crate::clock::Day;
use crate::domain::dates::{Precision, full_years};
use crate::domain::fields::{FIELDS, FactKind, FieldKey, Home, Known};
use crate::domain::identity;
use crate::domain::ids::{ExtraFieldId, OrganisationId, PersonId};
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
    /// What happened when, newest first.
    pub timeline: Vec<Happening>,
    /// What does not fit together, in sentences.
    pub findings: Vec<String>,
}

/// One line of the timeline (时间线).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// `2019-07-01`, `2019-07`, `2019`.
    pub date: String,
    pub title: String,
    pub note: String,
    /// Of the party life (a filled dot), or something else.
    pub is_party: bool,
    /// After the day the page is shown for.
    pub is_future: bool,
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
        timeline: timeline(&file, desk.tree(), as_of),
        findings: findings(&file),
        as_of,
        file,
    }))
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
    let mut found = Vec::new();
    let mut add = |date: Option<crate::domain::dates::PartialDate>, title: String, note: String, is_party: bool| {
        if let Some(date) = date {
            let is_future = date.first_day() > as_of;
            found.push((date, Happening { date: date.to_string(), title, note, is_party, is_future }));
        }
    };
    let person = &file.person;
    let introducers = person.text(Known::Introducers).map(|names| format!("介绍人 {names}")).unwrap_or_default();
    add(person.date(Known::Applied), "递交入党申请书".into(), String::new(), true);
    add(person.date(Known::Activist), "列为入党积极分子".into(), String::new(), true);
    add(person.date(Known::Candidate), "列为发展对象".into(), String::new(), true);
    add(person.date(Known::Joined), "接收为预备党员".into(), introducers, true);
    add(person.date(Known::Full), "转为正式党员".into(), String::new(), true);
    add(person.date(Known::WorkStart), "参加工作".into(), String::new(), false);
    for fact in &file.facts {
        let place = fact.organisation.and_then(|id| tree.get(id)).map(|node| node.name.clone()).unwrap_or_default();
        let value = fact.value.clone().unwrap_or_default();
        let (begins, ends) = match fact.kind {
            FactKind::Membership => ("组织关系转入".to_owned(), "组织关系转出".to_owned()),
            FactKind::Group => ("编入党小组".to_owned(), "离开党小组".to_owned()),
            FactKind::Post => (format!("任 {value}"), format!("不再任 {value}")),
            FactKind::Status => (format!("党籍状态：{value}"), format!("不再是{value}")),
            FactKind::Floating if value == "是" => ("登记为流动党员".to_owned(), "流动结束".to_owned()),
            FactKind::Lost if value == "是" => ("失去联系".to_owned(), "恢复联系".to_owned()),
            FactKind::Floating | FactKind::Lost => continue,
        };
        let note = if place.is_empty() { fact.place.clone().unwrap_or_default() } else { place };
        add(fact.span.from, begins, note.clone(), true);
        add(fact.span.to, ends, note, true);
    }
    found.sort_by(|(one, _), (other, _)| other.cmp(one));
    found.into_iter().map(|(_, happening)| happening).collect()
}

/// What does not fit together: ID number against its rules, birth and sex. Warns, never blocks.
fn findings(file: &PersonFile) -> Vec<String> {
    let mut found = Vec::new();
    let person = &file.person;
    if let Some(number) = person.text(Known::IdNumber) {
        match identity::fault(number) {
            Some(identity::IdFault::Length) => found.push("公民身份号码位数不对".to_owned()),
            Some(identity::IdFault::CheckDigit) => found.push("公民身份号码校验位不符".to_owned()),
            Some(identity::IdFault::BirthDate) => found.push("公民身份号码里的出生日期不存在".to_owned()),
            None => {}
        }
        if let Some(told) = identity::told(number) {
            if let (Some(birth), Some(in_number)) = (person.date(Known::Birth), told.birth)
                && !birth.agrees_with(in_number)
            {
                found.push(format!("出生日期不一致：登记为 {birth}，身份号码中为 {in_number}"));
            }
            if person.text(Known::Sex).is_some_and(|sex| sex != told.sex.label()) {
                found.push(format!("性别不一致：身份号码中为{}", told.sex.label()));
            }
        }
    }
    if let Some(told) = person.category_told {
        found.push(format!("人员类别“{}”是花名册所载（{}），日期推不出来", told.category.label(), told.on));
    }
    if let (Some(joined), Some(full)) = (person.date(Known::Joined), person.date(Known::Full))
        && full.last_day() < joined.first_day()
    {
        found.push("转正时间早于入党时间".to_owned());
    }
    found
}
