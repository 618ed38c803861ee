//! Reads the tables of members, which may be long: in chunks, on two cores.
//!
//! Start at [`RosterReading::read_members`].

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::ScopedJoinHandle;

use super::{Other, Question, RosterReading, RosterRow, RowProblem, SkippedRow, Why};
use crate::clock::Day;
use crate::domain::fields::Known;
use crate::exchange::import::head_words::member_words;
use crate::exchange::import::kinds::is_of_members;
use crate::exchange::import::layouts::ToldHeads;
use crate::exchange::import::person::{Person, PersonReader};
use crate::exchange::import::record::repeats;
use crate::exchange::import::settle::settle;
use crate::exchange::import::sheets::Sheet;
use crate::exchange::import::tables::{Found, Placed, Table, find};
use crate::problem::Result;
use crate::progress::Progress;

impl RosterReading {
    /// Reads the tables of members of a sheet.
    pub(super) fn read_members(
        &mut self,
        sheet: &Sheet,
        told: &ToldHeads<Known>,
        today: Day,
        before: u64,
        progress: &Progress,
    ) -> Result<Found<Known>> {
        let carried = [Known::Branch, Known::Group, Known::Unit];
        let found = find(sheet, member_words(), told, Known::Name, &carried, progress)?;
        for table in self.begin(sheet, &found, is_of_members) {
            self.read_table(sheet, table, today, before, progress)?;
        }
        Ok(found)
    }

    fn read_table(
        &mut self,
        sheet: &Sheet,
        table: &Table<Known>,
        today: Day,
        before: u64,
        progress: &Progress,
    ) -> Result<()> {
        let columns = settle(sheet, table, today);
        self.recognise(sheet, table, &columns);
        let reader = PersonReader::new(sheet, table, columns, today);
        let chunks = chunks_of(sheet, &table.records);
        let next = AtomicUsize::new(0);
        let read_on = || -> Result<Vec<(usize, Part)>> {
            let mut parts = Vec::new();
            loop {
                let nth = next.fetch_add(1, Ordering::Relaxed);
                let Some(chunk) = chunks.get(nth) else { return Ok(parts) };
                let first = chunk.first().map_or(0, |record| record.place);
                progress.step(before + first as u64)?;
                let above = nth.checked_sub(1).and_then(|above| chunks[above].last());
                let reader = above.map_or_else(|| reader.clone(), |above| reader.after(&sheet.rows[above.place]));
                parts.push((nth, read_part(reader, chunk)));
            }
        };
        let (one, other) = std::thread::scope(|scope| {
            let other = (chunks.len() > 1).then(|| scope.spawn(read_on));
            let one = read_on();
            // A panic there is one here too.
            let join =
                |other: ScopedJoinHandle<'_, _>| other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (one, other.map_or_else(|| Ok(Vec::new()), join))
        });
        let mut parts = one?;
        parts.append(&mut other?);
        parts.sort_unstable_by_key(|(nth, _)| *nth);
        for (_, part) in parts {
            self.take(part);
        }
        Ok(())
    }

    fn take(&mut self, mut part: Part) {
        self.rows.append(&mut part.rows);
        self.skipped.append(&mut part.skipped);
        self.others.append(&mut part.others);
        self.questions.append(&mut part.questions);
        self.problems.append(&mut part.problems);
    }
}

/// What some rows gave.
#[derive(Default)]
struct Part {
    rows: Vec<RosterRow>,
    skipped: Vec<SkippedRow>,
    others: Vec<Other>,
    questions: Vec<Question>,
    problems: Vec<RowProblem>,
}

/// Reads records.
fn read_part(mut reader: PersonReader<'_>, records: &[Placed]) -> Part {
    let mut part = Part::default();
    for record in records {
        match reader.read(*record) {
            Person::Member(row) => part.rows.push(row),
            Person::Other(other) => {
                let why = Why::NotAMember(other.word.clone());
                part.skipped.push(SkippedRow { sheet: reader.sheet_name(), row: other.row.row, why });
                part.others.push(*other);
            }
            Person::Nobody(row, why) => part.skipped.push(SkippedRow { sheet: reader.sheet_name(), row, why }),
        }
    }
    Part { questions: reader.questions, problems: reader.problems, ..part }
}

/// Records that one core reads at a time.
const CHUNK: usize = 1_000;

/// Parts the records so that each chunk can be read for itself: before it stands a row that tells all its values
/// itself, in case a `〃` comes after it.
fn chunks_of<'t>(sheet: &Sheet, mut records: &'t [Placed]) -> Vec<&'t [Placed]> {
    let mut chunks = Vec::new();
    while !records.is_empty() {
        let ends = |at: &usize| !repeats(&sheet.rows[records[at - 1].place]);
        let end = (CHUNK..records.len()).find(ends).unwrap_or(records.len());
        let (chunk, rest) = records.split_at(end);
        chunks.push(chunk);
        records = rest;
    }
    chunks
}
