//! Finds what stands twice in a file (重复): a person by ID number, or by name and birth; an organisation by code, or by
//! name and parent; a talk by all that is told of it.

use std::collections::HashMap;
use std::sync::Arc;

use super::reading::{Listed, Place, RosterReading, RowProblem};
use crate::domain::fields::Known;
use crate::domain::lists::{OrganisationField, TalkField};
use crate::domain::organisations::branch_key;
use crate::domain::values::{Trouble, Value};

/// Reports each on its later row; both rows stay listed.
pub fn report(reading: &mut RosterReading) {
    let mut by_number: HashMap<&str, usize> = HashMap::new();
    let mut by_name: HashMap<(&str, &Value), usize> = HashMap::new();
    let mut found: Vec<(Arc<str>, u32, usize, Known)> = Vec::new();
    for (index, row) in reading.rows.iter().enumerate() {
        let number = row.values.get(&Known::IdNumber).and_then(Value::as_text);
        let same_number = number.is_some_and(|number| by_number.insert(number, index).is_some());
        let name = row.values.get(&Known::Name).and_then(Value::as_text);
        let person = name.zip(row.values.get(&Known::Birth));
        let same_name = person.is_some_and(|person| by_name.insert(person, index).is_some());
        let field = if same_number { Some(Known::IdNumber) } else { same_name.then_some(Known::Name) };
        found.extend(field.map(|field| (row.sheet.clone(), row.row, row.beside, field)));
    }
    reading.problems.extend(found.into_iter().map(|(sheet, row, beside, field)| RowProblem {
        sheet,
        row,
        beside,
        place: Place::Field(field),
        trouble: Trouble::Duplicate,
        raw: String::new(),
    }));
}

/// Organisations with the same code, or the same name below the same parent.
pub fn report_organisations(listed: &mut Listed<OrganisationField>) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut found = Vec::new();
    for (index, row) in listed.rows.iter().enumerate() {
        let text = |field| row.values.get(&field).and_then(Value::as_text);
        let parent = text(OrganisationField::Parent).map(branch_key).unwrap_or_default();
        let code = text(OrganisationField::Code).map(|code| format!("\u{1f}{code}"));
        let name = text(OrganisationField::Name).map(|name| format!("{parent}/{}", branch_key(name)));
        let mut is_double = |key: Option<String>| key.is_some_and(|key| seen.insert(key, index).is_some());
        let (same_code, same_name) = (is_double(code), is_double(name));
        let field =
            if same_code { Some(OrganisationField::Code) } else { same_name.then_some(OrganisationField::Name) };
        if let Some(field) = field {
            found.push(RowProblem {
                sheet: row.sheet.clone(),
                row: row.row,
                beside: 0,
                place: Place::Field(field),
                trouble: Trouble::Duplicate,
                raw: String::new(),
            });
        }
    }
    listed.problems.append(&mut found);
}

/// Talks that are the same in everything.
pub fn report_talks(listed: &mut Listed<TalkField>) {
    let mut seen = HashMap::new();
    let mut found = Vec::new();
    // 15日 of one month is another day than that of the next.
    let yearless = listed.yearless.iter().map(|cell| ((&cell.sheet, cell.row), (&cell.raw, cell.context.month)));
    let yearless: HashMap<_, _> = yearless.collect();
    for row in &listed.rows {
        let day_of_no_year = yearless.get(&(&row.sheet, row.row));
        // Where the day is not known two may be two.
        if !row.values.contains_key(&TalkField::HeldOn) && day_of_no_year.is_none() {
            continue;
        }
        // Numbers of their own, and what brackets tell of who is named, stand among what is kept.
        if seen.insert((&row.values, &row.extra, &row.kept, &row.time, day_of_no_year), row.row).is_some() {
            found.push(RowProblem {
                sheet: row.sheet.clone(),
                row: row.row,
                beside: 0,
                place: Place::Row,
                trouble: Trouble::Duplicate,
                raw: String::new(),
            });
        }
    }
    listed.problems.append(&mut found);
}
