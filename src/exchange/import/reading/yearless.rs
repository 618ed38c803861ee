//! Days of talks that are written without a year, in a list that tells none (没有写年份): one answer dates them all.
//!
//! Start at [`Listed::date`].

use std::collections::HashMap;
use std::sync::Arc;

use super::{Kept, Listed, Place, Question, RowProblem};
use crate::domain::lists::ListField;
use crate::domain::values::{CellKind, Context, Raw, Reading, Value};

/// A cell with a month and a day of no year.
#[derive(Debug, Clone, PartialEq)]
pub struct Yearless<K> {
    pub sheet: Arc<str>,
    pub row: u32,
    pub field: K,
    /// What the cell shows.
    pub raw: String,
    pub kind: CellKind,
    /// What was known when it was read.
    pub context: Context,
}

impl<K: ListField> Yearless<K> {
    fn read(&self, year: i16) -> Reading {
        let raw = Raw { text: &self.raw, kind: self.kind };
        self.field.read_below("", &raw, &Context { year: Some(year), ..self.context })
    }
}

/// The years that a list is of (年份).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Years {
    pub first: i16,
    /// The same one, unless the list goes on over the turn of a year: then a month before that of the row above begins
    /// the next year.
    pub last: i16,
}

impl Years {
    /// 2026; 2025-2026.
    pub fn read(text: &str) -> Option<Self> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let years = Self { first: first.parse().ok()?, last: last.parse().ok()? };
        (years.first <= years.last).then_some(years)
    }
}

impl<K: ListField> Listed<K> {
    /// Reads the days without a year as those of these years.
    pub fn date(&mut self, years: Years) {
        let places: HashMap<(Arc<str>, u32), usize> =
            self.rows.iter().enumerate().map(|(place, row)| ((row.sheet.clone(), row.row), place)).collect();
        let (mut year, mut above) = (years.first, None);
        for cell in std::mem::take(&mut self.yearless) {
            let mut reading = cell.read(year);
            if year < years.last && above.is_some_and(|above| month_in(&reading).is_some_and(|month| month < above)) {
                year += 1;
                reading = cell.read(year);
            }
            above = month_in(&reading).or(above);
            let row = places.get(&(cell.sheet.clone(), cell.row)).and_then(|place| self.rows.get_mut(*place));
            let Yearless { sheet, row: number, field, raw, .. } = cell;
            match reading {
                Reading::Value(value) => {
                    row.and_then(|row| row.values.insert(field, value));
                }
                Reading::Doubtful(value, trouble) => {
                    let kept = Kept { head: field.label().into(), text: raw.clone(), instead_of: None };
                    if let Some(row) = row {
                        row.values.insert(field, value);
                        row.kept.extend(Some(kept).filter(|_| trouble.keeps_text()));
                    }
                    let place = Place::Field(field);
                    self.problems.push(RowProblem { sheet, row: number, beside: 0, place, trouble, raw });
                }
                Reading::Ambiguous(choices) => {
                    self.questions.push(Question { sheet, row: number, beside: 0, field, raw, choices });
                }
                Reading::Refused(trouble) => {
                    let kept = Kept { head: field.label().into(), text: raw.clone(), instead_of: Some(field) };
                    row.into_iter().for_each(|row| row.kept.push(kept.clone()));
                    let place = Place::Field(field);
                    self.problems.push(RowProblem { sheet, row: number, beside: 0, place, trouble, raw });
                }
                Reading::Nothing | Reading::Masked => {}
            }
        }
    }
}

fn month_in(reading: &Reading) -> Option<i8> {
    let first = match reading {
        Reading::Value(value) | Reading::Doubtful(value, _) => Some(value),
        Reading::Ambiguous(values) => values.first(),
        _ => None,
    };
    first.and_then(Value::as_date)?.month()
}
