//! Finds persons who stand twice in a file (重复): the same ID number, or the same name and birth.

use std::collections::HashMap;
use std::sync::Arc;

use super::reading::{Place, RosterReading, RowProblem};
use crate::domain::fields::Known;
use crate::domain::values::{Trouble, Value};

/// Reports each on its later row; both rows stay listed.
pub fn report(reading: &mut RosterReading) {
    let mut by_number: HashMap<&str, usize> = HashMap::new();
    let mut by_name: HashMap<(&str, &Value), usize> = HashMap::new();
    let mut found: Vec<(Arc<str>, u32, Known)> = Vec::new();
    for (index, row) in reading.rows.iter().enumerate() {
        let number = row.values.get(&Known::IdNumber).and_then(Value::as_text);
        let same_number = number.is_some_and(|number| by_number.insert(number, index).is_some());
        let name = row.values.get(&Known::Name).and_then(Value::as_text);
        let person = name.zip(row.values.get(&Known::Birth));
        let same_name = person.is_some_and(|person| by_name.insert(person, index).is_some());
        let field = if same_number { Some(Known::IdNumber) } else { same_name.then_some(Known::Name) };
        found.extend(field.map(|field| (row.sheet.clone(), row.row, field)));
    }
    reading.problems.extend(found.into_iter().map(|(sheet, row, field)| RowProblem {
        sheet,
        row,
        place: Place::Field(field),
        trouble: Trouble::Duplicate,
        raw: String::new(),
    }));
}
