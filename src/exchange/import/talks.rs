//! Reads the rows of a ledger of talks.
//!
//! What was said is personal: it goes into the reading and nowhere else. Start at [`read_talks`].

use std::sync::Arc;

use super::headers::Role;
use super::reading::{Listed, Place};
use super::record::{Above, RowReading};
use super::settle::Settled;
use super::sheets::Sheet;
use super::tables::Table;
use super::titles::Surroundings;
use crate::clock::Day;
use crate::domain::lists::TalkField;
use crate::domain::values::{Trouble, Value};

/// Reads the talks of a table.
pub fn read_talks(
    sheet: &Sheet,
    table: &Table<TalkField>,
    columns: Vec<Settled<TalkField>>,
    today: Day,
    into: &mut Listed<TalkField>,
) {
    let has_branch = columns.iter().any(|settled| settled.column.role == Role::Field(TalkField::Branch));
    let columns: Vec<(Settled<TalkField>, Arc<str>)> =
        columns.into_iter().map(|settled| (settled.clone(), settled.column.head.as_str().into())).collect();
    let mut above = Above::default();
    for record in &table.records {
        let row = &sheet.rows[record.place];
        let around = &table.surroundings[record.within];
        let mut reading = RowReading::new(&sheet.name, row.number, around.year);
        for (settled, head) in &columns {
            let index = settled.column.index;
            reading.take(settled, head, above.meant(row.cell(index), index));
        }
        above.remember(row);
        reading.join_parts(today);
        if !has_branch {
            complete(&mut reading, around);
        }
        check(&mut reading);
        into.questions.append(&mut reading.questions);
        into.problems.append(&mut reading.problems);
        into.rows.push(reading.into_row());
    }
}

/// The branch, where a title or a row above tells it.
fn complete(reading: &mut RowReading<'_, TalkField>, around: &Surroundings) {
    if let Some(branch) = &around.branch {
        reading.values.insert(TalkField::Branch, Value::Text(branch.clone()));
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
