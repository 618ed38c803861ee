//! Reads the rows of a ledger of talks.
//!
//! What was said is personal: it goes into the reading and nowhere else. Start at [`read_talks`].

use std::sync::Arc;

use super::head_words::talk_words;
use super::headers::Role;
use super::plan_talks::{head_beside, is_of_person, part_of_form};
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
    let both: Vec<Arc<str>> = columns
        .iter()
        .filter(|settled| holds_both(settled))
        .map(|settled| settled.column.head.as_str().into())
        .collect();
    let columns = under_own_heads(columns);
    let columns = with_heads(columns);
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
        check(&mut reading, &both);
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

/// Columns of both sides are read under their own heads, as they are written.
fn under_own_heads(mut columns: Vec<Settled<TalkField>>) -> Vec<Settled<TalkField>> {
    for sides in columns.iter_mut().filter(|settled| holds_both(settled)) {
        sides.column.role = Role::Extra;
    }
    columns
}

/// Columns with the heads under which they are kept: of 职务 beside 谈话人 it is told whose it is.
fn with_heads(columns: Vec<Settled<TalkField>>) -> Vec<(Settled<TalkField>, Arc<str>)> {
    let mut side = None;
    let with_head = |settled: Settled<TalkField>| {
        let head = settled.column.head.as_str();
        let told = match settled.column.role {
            Role::Extra => head_beside(head, side),
            _ => None,
        };
        side = match settled.column.role {
            Role::Field(field @ (TalkField::Talkers | TalkField::Partners)) => Some(field),
            Role::Extra => side.filter(|_| is_of_person(head)),
            _ => None,
        };
        let head = told.unwrap_or_else(|| head.into());
        (settled, head)
    };
    columns.into_iter().map(with_head).collect()
}

/// Whether a column names both sides: who stands on which is told once the names of the workbook are known.
fn holds_both(settled: &Settled<TalkField>) -> bool {
    matches!(settled.column.role, Role::Pair(..)) && talk_words().is_key(settled.column.role)
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
fn check(reading: &mut RowReading<'_, TalkField>, both: &[Arc<str>]) {
    if reading.extra.iter().any(|(head, _)| both.contains(head)) {
        return;
    }
    let is_told = |place: &Place<TalkField>| *place == Place::Field(TalkField::Partners);
    if !reading.values.contains_key(&TalkField::Partners)
        && !reading.problems.iter().any(|problem| is_told(&problem.place))
    {
        reading.problem(Place::Field(TalkField::Partners), Trouble::NameMissing, "");
    }
}
