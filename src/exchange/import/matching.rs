//! Which person of the workbook a row is.
//!
//! By ID number; else by name with birth or joined equal and nothing contradicting. A name alone is a question.

use std::cell::RefCell;
use std::collections::HashMap;

use super::reading::RosterRow;
use crate::domain::dates::PartialDate;
use crate::domain::fields::{FactKind, Known};
use crate::domain::ids::PersonId;
use crate::domain::members::PersonFile;
use crate::domain::organisations::OrganisationTree;
use crate::domain::values::Value;
use crate::problem::Result;
use crate::store::members::each_file;
use crate::store::reader::Reader;

/// Everybody of the workbook who was not voided, as an import looks for them.
#[derive(Debug, Default)]
pub(super) struct People {
    files: Vec<PersonFile>,
    by_id: HashMap<PersonId, usize>,
    by_number: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    /// Rows of the file seen so far, by ID number and by name with birth.
    seen: RefCell<HashMap<String, u32>>,
}

/// Who a row may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Matched {
    Nobody,
    One(PersonId),
    Several(Vec<PersonId>),
}

impl People {
    pub(super) fn load(reader: Reader<'_>) -> Result<Self> {
        let mut people = Self::default();
        each_file(reader, |file| {
            if file.person.voided.is_none() {
                people.add(file);
            }
            Ok(())
        })?;
        Ok(people)
    }

    fn add(&mut self, file: PersonFile) {
        let place = self.files.len();
        self.by_id.insert(file.person.id, place);
        if let Some(number) = file.person.text(Known::IdNumber) {
            self.by_number.entry(number.to_owned()).or_default().push(place);
        }
        self.by_name.entry(file.person.name().to_owned()).or_default().push(place);
        self.files.push(file);
    }

    pub(super) fn all(&self) -> &[PersonFile] {
        &self.files
    }

    pub(super) fn get(&self, id: PersonId) -> Option<&PersonFile> {
        self.by_id.get(&id).map(|place| &self.files[*place])
    }

    /// Who of the workbook this row is.
    pub(super) fn find(&self, row: &RosterRow, name: &str) -> Matched {
        if let Some(number) = text(row, Known::IdNumber)
            && let Some(places) = self.by_number.get(number)
        {
            return self.matched(places.clone());
        }
        let Some(places) = self.by_name.get(name) else { return Matched::Nobody };
        let possible: Vec<usize> =
            places.iter().copied().filter(|place| !contradicts(&self.files[*place], row)).collect();
        let certain: Vec<usize> = possible.iter().copied().filter(|place| confirms(&self.files[*place], row)).collect();
        match (certain.len(), possible.len()) {
            (1, _) => self.matched(certain),
            (0, 0) => Matched::Nobody,
            (0, _) => Matched::Several(self.ids(&possible)),
            _ => Matched::Several(self.ids(&certain)),
        }
    }

    /// The earlier row of the file that is the same new person: same ID number, or same name and birth.
    pub(super) fn seen_in_file(&self, row: &RosterRow, name: &str) -> Option<u32> {
        let mut seen = self.seen.borrow_mut();
        let number = text(row, Known::IdNumber).map(str::to_owned);
        let birth = date(row, Known::Birth).map(|birth| format!("{name}\u{1f}{birth}"));
        let earlier = [&number, &birth].into_iter().flatten().find_map(|key| seen.get(key).copied());
        if earlier.is_none() {
            for key in [number, birth].into_iter().flatten() {
                seen.insert(key, row.row);
            }
        }
        earlier
    }

    /// 「林秀英，1981-05-21 生，局机关第一党支部」
    pub(super) fn describe(&self, id: PersonId, tree: &OrganisationTree) -> String {
        let Some(file) = self.get(id) else { return id.to_string() };
        let branch = file.facts.iter().rev().find(|fact| fact.kind == FactKind::Membership);
        let branch = branch.and_then(|fact| fact.organisation).and_then(|id| tree.get(id));
        let birth = file.person.date(Known::Birth).map(|birth| format!("{birth} 生"));
        let parts = [Some(file.person.name().to_owned()), birth, branch.map(|node| node.shown_name().to_owned())];
        parts.into_iter().flatten().collect::<Vec<_>>().join("，")
    }

    fn matched(&self, places: Vec<usize>) -> Matched {
        match places[..] {
            [one] => Matched::One(self.files[one].person.id),
            [] => Matched::Nobody,
            _ => Matched::Several(self.ids(&places)),
        }
    }

    fn ids(&self, places: &[usize]) -> Vec<PersonId> {
        places.iter().map(|place| self.files[*place].person.id).collect()
    }
}

/// ID number, birth or joined say that these are two persons.
fn contradicts(file: &PersonFile, row: &RosterRow) -> bool {
    let numbers = file.person.text(Known::IdNumber).zip(text(row, Known::IdNumber));
    let dates = |key| file.person.date(key).zip(date(row, key));
    numbers.is_some_and(|(one, other)| one != other)
        || [Known::Birth, Known::Joined]
            .into_iter()
            .any(|key| dates(key).is_some_and(|(one, other)| !one.agrees_with(other)))
}

/// Birth or joined say that these are one person.
fn confirms(file: &PersonFile, row: &RosterRow) -> bool {
    [Known::Birth, Known::Joined]
        .into_iter()
        .any(|key| file.person.date(key).zip(date(row, key)).is_some_and(|(one, other)| one.agrees_with(other)))
}

fn text(row: &RosterRow, key: Known) -> Option<&str> {
    match row.values.get(&key) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

fn date(row: &RosterRow, key: Known) -> Option<PartialDate> {
    match row.values.get(&key) {
        Some(Value::Date(date)) => Some(*date),
        _ => None,
    }
}
