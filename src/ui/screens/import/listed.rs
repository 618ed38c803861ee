//! Rows of lists of organisations and of talks in words.
//! Must never know the page. Start at [`organisation`] and [`talk`].

use std::collections::BTreeSet;

use super::preview::{Class, ShownRow, differences_in_words, with_kept};
use crate::command::ORGANISATION_FIELDS;
use crate::domain::imports::{OrganisationClass, PlannedOrganisation};
use crate::domain::lists::TalkField;
use crate::domain::values::Value;
use crate::exchange::import::RosterRow;

pub fn class_of(class: &OrganisationClass) -> Class {
    match class {
        OrganisationClass::New { .. } => Class::New,
        OrganisationClass::Changed { .. } => Class::Changed,
        OrganisationClass::Same { .. } => Class::Same,
        OrganisationClass::Waiting => Class::Waiting,
        OrganisationClass::Broken => Class::Broken,
    }
}

/// Whether the program has a field of organisations under this head.
pub fn is_field(head: &str) -> bool {
    ORGANISATION_FIELDS.iter().any(|(_, label)| *label == head)
}

/// 「党支部，书记 张三，2022-04-10 选举」
pub fn organisation(row: &PlannedOrganisation, place: String, trouble: String, is_asked: bool) -> ShownRow {
    let what = match &row.class {
        OrganisationClass::New { .. } => new_in_words(row),
        OrganisationClass::Changed { differences, .. } => differences_in_words(differences, &BTreeSet::new()),
        OrganisationClass::Same { .. } => "和工作簿里一样".to_owned(),
        OrganisationClass::Waiting if is_asked => "可能是现有的党组织，等回答".to_owned(),
        OrganisationClass::Waiting => "重复的行，不写入".to_owned(),
        OrganisationClass::Broken => "不能写入".to_owned(),
    };
    let name = if row.name.is_empty() { "（没有名称）".to_owned() } else { row.name.clone() };
    ShownRow {
        place,
        name,
        branch: row.parent.clone().unwrap_or_default(),
        what,
        content: String::new(),
        trouble,
        person: None,
    }
}

fn new_in_words(row: &PlannedOrganisation) -> String {
    let of = |field: &str, before: &str, after: &str| row.set.get(field).map(|text| format!("{before}{text}{after}"));
    let told = [
        of("org_kind", "", ""),
        of("secretary", "书记 ", ""),
        of("deputy", "副书记 ", ""),
        of("committee", "委员 ", ""),
        of("elected_on", "", " 选举"),
        of("term_ends", "", " 届满"),
    ];
    let told = told.into_iter().flatten().collect::<Vec<_>>().join("，");
    with_kept(told, row.set.get("remark").map_or("", String::as_str))
}

/// 「2024-02-01，周诚林谈，岗位调整谈话」
pub fn talk(row: &RosterRow<TalkField>, place: String, trouble: String) -> ShownRow {
    let text = |field: TalkField| row.values.get(&field).map(Value::text);
    let talkers = text(TalkField::Talkers).map(|names| format!("{names}谈"));
    let told = [text(TalkField::HeldOn), talkers, text(TalkField::Mode), text(TalkField::Topic)];
    ShownRow {
        place,
        name: text(TalkField::Partners).unwrap_or_else(|| "（没有谈话对象）".to_owned()),
        branch: text(TalkField::Branch).unwrap_or_default(),
        what: told.into_iter().flatten().collect::<Vec<_>>().join("，"),
        content: text(TalkField::Content).unwrap_or_default(),
        trouble,
        person: None,
    }
}
