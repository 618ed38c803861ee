//! Reads the rows of a ledger of talks.
//!
//! What was said is personal: it goes into the reading and nowhere else. Start at [`read_talks`].

use std::sync::Arc;

use super::headers::Role;
use super::plan_talks::part_of_form;
use super::reading::{Listed, Place};
use super::record::{Above, RowReading};
use super::settle::Settled;
use super::sheets::{Cell, Sheet};
use super::shown::time_of_number;
use super::tables::Table;
use super::titles::Surroundings;
use crate::clock::Day;
use crate::domain::lists::TalkField;
use crate::domain::talks::TalkDraftField;
use crate::domain::values::{Trouble, Value, time_in_text, years_told};

/// Reads the talks of a table.
pub fn read_talks(
    sheet: &Sheet,
    table: &Table<TalkField>,
    columns: Vec<Settled<TalkField>>,
    today: Day,
    into: &mut Listed<TalkField>,
) {
    let has_branch = columns.iter().any(|settled| settled.column.role == Role::Field(TalkField::Branch));
    let columns = types_beside_topics(columns);
    let columns: Vec<(Settled<TalkField>, Arc<str>)> =
        columns.into_iter().map(|settled| (settled.clone(), settled.column.head.as_str().into())).collect();
    let mut above = Above::default();
    let waiting = into.yearless.len();
    for record in &table.records {
        let row = &sheet.rows[record.place];
        let around = &table.surroundings[record.within];
        let mut reading = RowReading::new(&sheet.name, row.number, around.year);
        reading.month = around.month;
        for (settled, head) in &columns {
            let index = settled.column.index;
            let cell = above.meant(row.cell(index), index);
            match (settled.column.role, cell) {
                (Role::Field(TalkField::HeldOn), cell) => reading.time = time_beside_day(cell).or(reading.time),
                (Role::Extra, Cell::Number(value, _)) if part_of_form(head) == Some(TalkDraftField::Time) => {
                    let clock = time_of_number(*value).map(|clock| Cell::text(&clock));
                    reading.take(settled, head, clock.as_ref().unwrap_or(cell));
                    continue;
                }
                _ => {}
            }
            reading.take(settled, head, cell);
        }
        above.remember(row);
        reading.join_parts(today);
        if !has_branch {
            complete(&mut reading, around);
        }
        check(&mut reading);
        into.questions.append(&mut reading.questions);
        into.problems.append(&mut reading.problems);
        into.yearless.append(&mut reading.yearless);
        into.rows.push(reading.into_row());
    }
    if into.yearless.len() > waiting {
        let titles = table.titles.iter().map(String::as_str).chain([&*sheet.name]);
        into.years.extend(titles.flat_map(years_told));
    }
}

/// The table of fields has one line for 谈话类型 and 谈话主题: where a table has columns of both, the types stand under their
/// own head, for a row may be empty in either.
fn types_beside_topics(mut columns: Vec<Settled<TalkField>>) -> Vec<Settled<TalkField>> {
    let is_subject = |settled: &Settled<TalkField>| settled.column.role == Role::Field(TalkField::Topic);
    let is_type = |settled: &Settled<TalkField>| part_of_form(&settled.column.head) == Some(TalkDraftField::Kind);
    if columns.iter().any(|settled| is_subject(settled) && !is_type(settled)) {
        for types in columns.iter_mut().filter(|settled| is_subject(settled) && is_type(settled)) {
            types.column.role = Role::Extra;
        }
    }
    columns
}

/// The branch, where a title or a row above tells it.
fn complete(reading: &mut RowReading<'_, TalkField>, around: &Surroundings) {
    if let Some(branch) = &around.branch {
        reading.values.insert(TalkField::Branch, Value::Text(branch.clone()));
    }
}

/// The hour that stands in the cell of the day: it has its own place in the form.
fn time_beside_day(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Date(day) => day.time(),
        Cell::Text(text) => time_in_text(text),
        _ => None,
    }
}

/// A talk is with somebody. One that is ahead is told where it is refused.
fn check(reading: &mut RowReading<'_, TalkField>) {
    let is_told = |place: &Place<TalkField>| *place == Place::Field(TalkField::Partners);
    if !reading.values.contains_key(&TalkField::Partners)
        && !reading.problems.iter().any(|problem| is_told(&problem.place))
    {
        reading.problem(Place::Field(TalkField::Partners), Trouble::NameMissing, "");
    }
}
