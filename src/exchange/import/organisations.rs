//! Reads the rows of a list of organisations; what stands above what is told by a column, a heading, indentation or
//! numbers.
//!
//! A parent that only might be meant is left out. Start at [`read_organisations`].

use std::sync::Arc;

use super::headers::Role;
use super::reading::{Listed, Place};
use super::record::{Above, RowReading};
use super::settle::Settled;
use super::sheets::{Row, Sheet};
use super::steps::{Steps, indentation};
use super::tables::Table;
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::lists::OrganisationField;
use crate::domain::organisations::{OrganisationKind, branch_key};
use crate::domain::values::{Trouble, Value, kind_of_organisation, squeezed};

/// Reads the organisations of a table.
pub fn read_organisations(
    sheet: &Sheet,
    table: &Table<OrganisationField>,
    columns: Vec<Settled<OrganisationField>>,
    today: Day,
    into: &mut Listed<OrganisationField>,
) {
    let names: Vec<usize> = columns
        .iter()
        .filter(|settled| settled.column.role == Role::Field(OrganisationField::Name))
        .map(|settled| settled.column.index)
        .collect();
    // 党支部名称 above a name that tells no kind.
    let are_branches = columns.iter().any(|settled| {
        let column = &settled.column;
        column.role == Role::Field(OrganisationField::Name)
            && column.head.contains("支部")
            && !column.head.contains(['总', '（', '('])
    });
    let serials: Vec<usize> = columns
        .iter()
        .filter(|settled| settled.column.role == Role::Derived)
        .map(|settled| settled.column.index)
        .collect();
    let columns: Vec<(Settled<OrganisationField>, Arc<str>)> =
        columns.into_iter().map(|settled| (settled.clone(), settled.column.head.as_str().into())).collect();
    let rows: Vec<&Row> = table.records.iter().map(|record| &sheet.rows[record.place]).collect();
    let mut steps = Steps::of(&rows, &names, serials.first().copied());
    let mut above = Above::default();
    let mut within = 0;
    for (record, row) in table.records.iter().zip(&rows) {
        let around = &table.surroundings[record.within];
        let mut reading = RowReading::new(&sheet.name, row.number, None);
        for (settled, head) in &columns {
            let index = settled.column.index;
            let cell = above.meant(row.cell(index), index);
            reading.take(settled, head, cell);
            if settled.column.role == Role::Field(OrganisationField::Committee) && is_post(head) {
                reading.keep(head, &cell.shown(), None);
            }
        }
        above.remember(row);
        reading.join_parts(today);
        tell_name_and_kind(&mut reading, are_branches);
        if record.within != within {
            steps.forget();
            within = record.within;
        }
        tell_parent(&mut reading, &mut steps, row, around.parent.as_deref());
        check(&mut reading, today);
        into.questions.append(&mut reading.questions);
        into.problems.append(&mut reading.problems);
        into.rows.push(reading.into_row());
    }
}

/// Whether a head of a committee tells which post: 组织委员, 纪检委员.
fn is_post(head: &str) -> bool {
    const POSTS: &[&str] = &[
        "组织", "宣传", "组宣", "纪检", "纪律", "青年", "统战", "保密", "生活", "群众", "群工", "妇女", "学习", "文体",
    ];
    POSTS.iter().any(|post| head.contains(&format!("{post}委员")) || head.contains(&format!("{post}检查委员")))
}

/// A name without what shows its place: indentation, strokes of a drawn tree, a number in front.
pub fn plain_name(text: &str) -> String {
    let (_, text) = indentation(text);
    let text = squeezed(text);
    let rest = without_number(&text);
    // 101 中学党支部 begins with its number.
    if kind_of_organisation(rest).is_some() || kind_of_organisation(&text).is_none() { rest.to_owned() } else { text }
}

/// Without `一、`, `（二）`, `3.`, `1.2` in front.
fn without_number(text: &str) -> &str {
    let plain = super::titles::without_number(text);
    if plain.len() < text.len() {
        return without_number(plain);
    }
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '．' | '-' | '①'..='⑳'));
    let number = &text[..text.len() - rest.len()];
    if number.contains(['.', '．', '-']) || number.starts_with('①') || number.chars().any(|c| ('①'..='⑳').contains(&c))
    {
        rest
    } else {
        text
    }
}

fn tell_name_and_kind(reading: &mut RowReading<'_, OrganisationField>, are_branches: bool) {
    let Some(name) = reading.values.get(&OrganisationField::Name).and_then(Value::as_text) else { return };
    let name = plain_name(name);
    let told = kind_of_organisation(&name).or_else(|| are_branches.then_some(OrganisationKind::Branch));
    if let Some(kind) = told {
        reading.values.entry(OrganisationField::Kind).or_insert_with(|| Value::Text(kind.label().to_owned()));
    }
    reading.values.insert(OrganisationField::Name, Value::Text(name));
}

fn tell_parent(reading: &mut RowReading<'_, OrganisationField>, steps: &mut Steps, row: &Row, heading: Option<&str>) {
    let text = |field| reading.values.get(&field).and_then(Value::as_text).map(str::to_owned);
    let Some(name) = text(OrganisationField::Name) else { return };
    let kind = text(OrganisationField::Kind).and_then(|label| OrganisationKind::from_label(&label));
    let by_step = steps.parent_of(row, &name, kind);
    let is_other = |parent: &str| branch_key(parent) != branch_key(&name);
    match text(OrganisationField::Parent).map(|parent| plain_name(&parent)) {
        Some(parent) if is_other(&parent) => {
            reading.values.insert(OrganisationField::Parent, Value::Text(parent));
        }
        // The highest one names itself.
        Some(_) => drop(reading.values.remove(&OrganisationField::Parent)),
        None => {
            let told = by_step.or_else(|| heading.map(str::to_owned)).filter(|parent| is_other(parent));
            if let Some(parent) = told {
                reading.values.insert(OrganisationField::Parent, Value::Text(parent));
            }
        }
    }
}

/// Names are there; dates follow each other and are not ahead, but for the end of the term.
fn check(reading: &mut RowReading<'_, OrganisationField>, today: Day) {
    let is_told = |place: &Place<OrganisationField>| *place == Place::Field(OrganisationField::Name);
    if !reading.values.contains_key(&OrganisationField::Name)
        && !reading.problems.iter().any(|problem| is_told(&problem.place))
    {
        reading.problem(Place::Field(OrganisationField::Name), Trouble::NameMissing, "");
    }
    let date = |field| reading.values.get(&field).and_then(Value::as_date);
    let (founded, elected) = (date(OrganisationField::Founded), date(OrganisationField::ElectedOn));
    let ends = date(OrganisationField::TermEnds);
    let is_before = |one: Option<PartialDate>, other: Option<PartialDate>| {
        one.zip(other).is_some_and(|(one, other)| one.last_day() < other.first_day())
    };
    let is_ahead = |date: Option<PartialDate>| date.is_some_and(|date| date.first_day() > today);
    let wrong = [
        (OrganisationField::Founded, is_ahead(founded)),
        (OrganisationField::ElectedOn, is_ahead(elected) || is_before(elected, founded)),
        (OrganisationField::TermEnds, is_before(ends, elected)),
    ];
    for (field, _) in wrong.into_iter().filter(|(_, is_wrong)| *is_wrong) {
        let text = reading.values.get(&field).map(Value::text).unwrap_or_default();
        reading.problem(Place::Field(field), Trouble::DateOrder, &text);
    }
}
