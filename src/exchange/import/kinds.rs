//! Which kind of list a sheet holds: members, organisations, talks, or none that the program knows.
//!
//! Decided by which table of fields explains more of the heads, once the values below them were looked at; the title
//! counts a little. Start at [`kind_of`].

use std::collections::BTreeSet;

use super::head_words::{Words, member_words, organisation_words, talk_words};
use super::headers::Role;
use super::layouts::{ToldHeads, ToldLists};
use super::organisations::plain_name;
use super::reading::RosterKind;
use super::settle::{Settled, settle, settle_organisations, settle_talks};
use super::sheets::Sheet;
use super::tables::{Found, Table, find};
use crate::clock::Day;
use crate::domain::fields::Known;
use crate::domain::lists::{ListField, OrganisationField, TalkField};
use crate::domain::values::{kind_of_organisation, says_nothing};
use crate::problem::Result;
use crate::progress::Progress;

/// Rows at the top that tell the kind.
const LOOKED_AT: usize = 120;
/// A title that names the kind counts as so many heads.
const TITLE: usize = 2;

/// The kind of list in a sheet: what a person said, else what fits best. Members where several fit alike; none where no
/// heads are found near the top.
pub fn kind_of(sheet: &Sheet, told: &ToldLists, today: Day, progress: &Progress) -> Result<RosterKind> {
    if let Some(kind) = told.kind_of(sheet) {
        return Ok(kind);
    }
    let mut top = Sheet::new(&sheet.name);
    top.rows = sheet.rows.iter().take(LOOKED_AT).cloned().collect();
    let last = top.rows.last().map_or(0, |row| row.number);
    top.merged = sheet.merged.iter().filter(|merged| merged.first_row <= last).copied().collect();
    (top.is_1904, top.is_text_file) = (sheet.is_1904, sheet.is_text_file);
    let found = find(&top, member_words(), &ToldHeads::nothing(), Known::Name, &[], progress)?;
    let members = fit(&top, &found, member_words(), is_of_members, |table| settle(&top, table, today));
    let found = find(&top, organisation_words(), &ToldHeads::nothing(), OrganisationField::Name, &[], progress)?;
    let organisations =
        fit(&top, &found, organisation_words(), is_of_organisations, |table| settle_organisations(&top, table, today));
    let found = find(&top, talk_words(), &ToldHeads::nothing(), TalkField::Partners, &[], progress)?;
    let talks = fit(&top, &found, talk_words(), is_of_talks, |table| settle_talks(&top, table, today));
    let fits = [(talks, RosterKind::Talks), (organisations, RosterKind::Organisations), (members, RosterKind::Members)];
    let best = fits.into_iter().filter(|(fit, _)| *fit > 0).max_by_key(|(fit, _)| *fit);
    Ok(best.map_or(RosterKind::None, |(_, kind)| kind))
}

/// How many fields of a kind the heads of a sheet tell; 0 where it is not of the kind.
fn fit<K: ListField>(
    sheet: &Sheet,
    found: &Found<K>,
    words: &Words<K>,
    is_of_kind: fn(&Table<K>, &Sheet) -> bool,
    settle: impl Fn(&Table<K>) -> Vec<Settled<K>>,
) -> usize {
    let Some(table) = found.tables.iter().find(|table| is_of_kind(table, sheet)) else { return 0 };
    let mut fields: BTreeSet<K> = BTreeSet::new();
    for settled in settle(table) {
        match settled.column.role {
            Role::Field(field) | Role::Part(field, _) => drop(fields.insert(field)),
            Role::Pair(one, two) => fields.extend([one, two]),
            Role::Derived | Role::Extra => {}
        }
    }
    let names_it = words.names_kind(&sheet.name) || table.titles.iter().any(|title| words.names_kind(title));
    fields.len() + if names_it { TITLE } else { 0 }
}

/// Whether a table with somebody to talk with is a ledger of talks: a second field says so, and a head or a title, or a
/// person spoke of it.
pub fn is_of_talks(table: &Table<TalkField>, sheet: &Sheet) -> bool {
    use TalkField::{Content, HeldOn, Kind, Talkers, Topic};
    const SIGNS: [TalkField; 5] = [HeldOn, Talkers, Content, Kind, Topic];
    let says = |text: &str| ["谈话", "谈心", "约谈", "被谈"].iter().any(|word| text.contains(word));
    let fits = has_any(table, &SIGNS)
        && (table.header.columns.iter().any(|column| says(&column.head))
            || says(&sheet.name)
            || table.titles.iter().any(|title| says(title)));
    fits || table.header.told.is_some()
}

/// Whether a table with names of organisations is a list of them: most are such names, and something is told of them
/// that only a list of organisations tells, or a person spoke of it.
pub fn is_of_organisations(table: &Table<OrganisationField>, sheet: &Sheet) -> bool {
    const SIGNS: [OrganisationField; 9] = [
        OrganisationField::Kind,
        OrganisationField::Code,
        OrganisationField::Parent,
        OrganisationField::Founded,
        OrganisationField::Secretary,
        OrganisationField::Deputy,
        OrganisationField::Committee,
        OrganisationField::ElectedOn,
        OrganisationField::TermEnds,
    ];
    // Dues, marks and lists of who came are kept by branch, too.
    const OTHERS: &[&str] = &["党费", "考核", "评分", "积分", "得分", "签到", "经费", "任务", "考勤", "慰问"];
    let other = |text: &str| OTHERS.iter().any(|word| text.contains(word));
    if table.header.told.is_some() {
        return true;
    }
    if other(&sheet.name) || table.titles.iter().any(|title| other(title)) {
        return false;
    }
    let keys = table.header.columns.iter().filter(|column| column.role == Role::Field(OrganisationField::Name));
    let columns: Vec<usize> = keys.map(|column| column.index).collect();
    let names = table.records.iter().filter_map(|record| {
        let row = &sheet.rows[record.place];
        columns.iter().map(|column| row.text(*column)).find(|text| !says_nothing(text))
    });
    let (mut all, mut named) = (0, 0);
    for name in names {
        all += 1;
        named += usize::from(kind_of_organisation(&plain_name(&name)).is_some());
    }
    let says = |text: &str| organisation_words().names_kind(text);
    let is_titled = says(&sheet.name) || table.titles.iter().any(|title| says(title));
    let signs = SIGNS.iter().filter(|sign| has_any(table, &[**sign])).count();
    (named * 5 >= all * 3 && (signs >= 1 || is_titled)) || (is_titled && signs >= 2)
}

fn has_any<K: ListField>(table: &Table<K>, fields: &[K]) -> bool {
    let holds = |role: Role<K>| match role {
        Role::Field(field) | Role::Part(field, _) => fields.contains(&field),
        Role::Pair(one, two) => fields.contains(&one) || fields.contains(&two),
        Role::Derived | Role::Extra => false,
    };
    table.header.columns.iter().any(|column| holds(column.role))
}

/// Whether a table with names is a list of members: a head says so, or what stands above it, or a person spoke of it.
pub fn is_of_members(table: &Table<Known>, sheet: &Sheet) -> bool {
    const SIGNS: [Known; 12] = [
        Known::Joined,
        Known::Full,
        Known::Category,
        Known::Applied,
        Known::Activist,
        Known::Candidate,
        Known::PartyPost,
        Known::Group,
        Known::Branch,
        Known::TransferIn,
        Known::Fee,
        Known::Introducers,
    ];
    let by_heads = has_any(table, &SIGNS);
    let says = |text: &str| ["党员", "支部", "入党", "发展对象", "积极分子"].iter().any(|word| text.contains(word));
    by_heads || table.header.told.is_some() || says(&sheet.name) || table.titles.iter().any(|title| says(title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::import_layout::{ImportLayout, Meaning};
    use crate::domain::lists::ColumnField;

    #[test]
    fn a_list_is_of_the_kind_that_a_person_said_whatever_the_words_say() {
        let heads: &[&str] = &["党组织名称", "书记", "成立时间"];
        let sheet =
            Sheet::of_texts(&[heads, &["机关第一党支部", "张三", "2001.7"], &["机关第二党支部", "李四", "2003.7"]]);
        let kind = |layouts: &[ImportLayout]| {
            let told = ToldLists::of(layouts);
            kind_of(&sheet, &told, Day::constant(2026, 11, 24), &Progress::default()).expect("not cancelled")
        };
        assert_eq!(kind(&[]), RosterKind::Organisations);
        for told in RosterKind::ALL {
            assert_eq!(kind(&[ImportLayout::of_heads("支部", told, heads.iter().copied())]), told);
        }
        let mut layout = ImportLayout::of_heads("支部", RosterKind::Members, heads.iter().copied());
        layout.tell(1, Some(Meaning::Field(ColumnField::of(Known::Name))));
        assert_eq!(kind(&[layout]), RosterKind::Members);
    }
}
