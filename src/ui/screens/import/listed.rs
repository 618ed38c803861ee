//! Rows of lists of organisations and of talks in words.
//! Must never know the page. Start at [`organisation`] and [`talk`].

use std::collections::BTreeSet;

use super::preview::{Class, ShownRow, differences_in_words, with_kept};
use crate::command::ORGANISATION_FIELDS;
use crate::domain::imports::{
    Difference, ImportedTalk, OrganisationClass, PlannedOrganisation, RosterKind, TalkClass, TalkWaits,
};
use crate::domain::talks::mode_of;
use crate::exchange::import::{RecognisedTable, TableColumn, place_of_column};

pub fn class_of(class: &OrganisationClass) -> Class {
    match class {
        OrganisationClass::New { .. } => Class::New,
        OrganisationClass::Changed { .. } => Class::Changed,
        OrganisationClass::Same { .. } => Class::Same,
        OrganisationClass::Waiting => Class::Waiting,
        OrganisationClass::Broken => Class::Broken,
    }
}

/// How the program calls what stands in a column of a list besides its fields, if it has a place for it.
pub fn place_of<'t>(table: &'t RecognisedTable, column: &'t TableColumn) -> Option<&'t str> {
    let head = &*column.head;
    match table.kind {
        RosterKind::Organisations => ORGANISATION_FIELDS.iter().find(|(_, label)| *label == head).map(|_| head),
        RosterKind::Talks => place_of_column(table, column),
        RosterKind::Members | RosterKind::None => None,
    }
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

pub fn class_of_talk(class: &TalkClass) -> Class {
    match class {
        TalkClass::New => Class::New,
        TalkClass::Changed { .. } => Class::Changed,
        TalkClass::Same { .. } | TalkClass::Waiting(TalkWaits::Twice) => Class::Same,
        TalkClass::Waiting(_) => Class::Waiting,
        TalkClass::Broken => Class::Broken,
    }
}

/// 「2024-02-01，周诚林谈，日常谈心谈话，一对一」
pub fn talk(row: &ImportedTalk, place: String, branch: String, trouble: String) -> ShownRow {
    let what = match &row.class {
        TalkClass::New => talk_in_words(row),
        TalkClass::Changed { differences, .. } => {
            let (filled, corrected): (Vec<_>, Vec<_>) = differences.iter().partition(|one| one.old.is_empty());
            let mut what = talk_in_words(row);
            for (verb, parts) in [("更正", corrected), ("补上", filled)] {
                let labels: Vec<&str> = parts.iter().map(|one: &&Difference| one.label.as_str()).collect();
                if !labels.is_empty() {
                    what = format!("{what}；{verb}{}", labels.join("、"));
                }
            }
            what
        }
        TalkClass::Same { .. } => "和工作簿里一样".to_owned(),
        TalkClass::Waiting(why) => why.words().to_owned(),
        TalkClass::Broken => "不能写入".to_owned(),
    };
    let name = if row.name.is_empty() { "（没有谈话对象）".to_owned() } else { row.name.clone() };
    let content = row.draft.content.clone().unwrap_or_default();
    ShownRow { place, name, branch, what, content, trouble, person: None }
}

fn talk_in_words(row: &ImportedTalk) -> String {
    let draft = &row.draft;
    let told = [
        draft.number.clone(),
        draft.held_on.map(|day| day.to_string()),
        Some(format!("{}谈", row.talkers)),
        Some(row.kind.clone()),
        draft.mode.as_deref().map(|mode| mode_of(mode).unwrap_or(mode).to_owned()),
        draft.topic.clone().filter(|topic| *topic != row.kind),
    ];
    let mut told = told.into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("，");
    if !row.meant.is_empty() {
        told = format!("{told}；同名的记为 {}", row.meant.join("、"));
    }
    with_kept(told, draft.remark.as_deref().unwrap_or_default())
}
