//! The rows of a form: each person's values in its columns, dates as the form writes them.
//!
//! Start at [`FormExport::each_row`].

use crate::domain::dates::PartialDate;
use crate::domain::fields::{FieldKey, Known};
use crate::domain::ids::PersonId;
use crate::domain::upper_form::{DateStyle, FormColumn, Holding, UpperForm};
use crate::exchange::guard::guarded;
use crate::problem::Result;
use crate::progress::Progress;
use crate::view::desk::Desk;
use crate::view::members::{ListAsk, MemberRow, each_row, list};

/// A form and who goes into it.
#[derive(Debug, Clone, PartialEq)]
pub struct FormExport {
    pub form: UpperForm,
    /// Who, on which day, in which order.
    pub ask: ListAsk,
    /// Those selected, in this order; empty for everybody of the list.
    pub people: Vec<PersonId>,
    /// ID numbers and phones in full.
    pub unmasked: bool,
}

impl FormExport {
    /// Passes each row: one text for each place in the sheet, empty ones included.
    pub(super) fn each_row(
        &self,
        desk: &Desk,
        progress: &Progress,
        mut take: impl FnMut(Vec<String>) -> Result<()>,
    ) -> Result<u64> {
        let everybody;
        let people: &[PersonId] = if self.people.is_empty() {
            everybody = list(desk, &self.ask)?.ids;
            &everybody
        } else {
            &self.people
        };
        progress.stage("填表", people.len() as u64)?;
        let fields = self.fields();
        let width = self.form.width();
        let mut number = 0;
        each_row(desk, people, self.ask.as_of, &fields, self.unmasked, |row| {
            number += 1;
            let mut cells = vec![String::new(); width];
            for column in &self.form.columns {
                cells[column.place] = cell(column, &row, &fields, number);
            }
            progress.step(number)?;
            take(cells)
        })?;
        Ok(number)
    }

    /// The fields that its columns need, each once.
    fn fields(&self) -> Vec<FieldKey> {
        let mut fields: Vec<FieldKey> = Vec::new();
        for column in &self.form.columns {
            let needed: Vec<FieldKey> = match column.holds {
                Holding::Field(key) => vec![key],
                Holding::Part(known, _) => vec![known.into()],
                Holding::Pair(one, two) => vec![one.into(), two.into()],
                Holding::Nothing | Holding::Number | Holding::Age | Holding::Standing => Vec::new(),
            };
            fields.extend(needed);
        }
        fields.sort_unstable();
        fields.dedup();
        fields
    }
}

fn cell(column: &FormColumn, row: &MemberRow, fields: &[FieldKey], number: u64) -> String {
    let value = |key: FieldKey| {
        let place = fields.iter().position(|field| *field == key)?;
        row.cells.get(place).cloned().flatten()
    };
    let style = column.date.as_deref().and_then(DateStyle::of_sample).unwrap_or(DateStyle::USUAL);
    let shown = |key: FieldKey| {
        let text = value(key).unwrap_or_default();
        match key {
            FieldKey::Known(known) if known.spec().is_date() => {
                PartialDate::from_iso(&text).map_or(text, |date| style.written(date))
            }
            FieldKey::Known(Known::PartyPost) => row.posts_told.clone().unwrap_or_default(),
            _ => text,
        }
    };
    let years = |years: Option<u16>| years.map(|years| years.to_string()).unwrap_or_default();
    match column.holds {
        Holding::Nothing => String::new(),
        Holding::Number => number.to_string(),
        Holding::Age => years(row.age),
        Holding::Standing => years(row.standing_years),
        Holding::Field(key) => shown(key),
        Holding::Part(known, part) => {
            let date = value(known.into()).and_then(|text| PartialDate::from_iso(&text));
            date.and_then(|date| part.of(date)).unwrap_or_default()
        }
        Holding::Pair(one, two) => both(shown(one.into()), shown(two.into()), &column.head),
    }
}

/// Two values with the mark that stands between their heads.
fn both(one: String, two: String, head: &str) -> String {
    let mark = if head.contains('/') { "/" } else { "、" };
    [one, two].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(mark)
}

/// The rows as a spreadsheet takes them from the clipboard: cells parted by tabs, a row a line; no heads, they stand in
/// the form already.
pub fn copied_rows(desk: &Desk, export: &FormExport, progress: &Progress) -> Result<(String, usize)> {
    let mut text = String::new();
    let rows = export.each_row(desk, progress, |cells| {
        let cells = cells.iter().map(|cell| {
            let plain = cell.replace(['\t', '\r', '\n'], " ");
            guarded(&plain).into_owned()
        });
        text.push_str(&cells.collect::<Vec<_>>().join("\t"));
        text.push('\n');
        Ok(())
    })?;
    Ok((text, usize::try_from(rows).unwrap_or(usize::MAX)))
}
