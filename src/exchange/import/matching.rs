//! Which person of the workbook a row is, and which row of the file before.
//!
//! By ID number; else by name with birth or joined equal and nothing contradicting. A name alone is a question, and so
//! is who is contradicted in one thing and confirmed in another.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

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
}

/// Who a row may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Matched {
    Nobody,
    One(PersonId),
    /// Several are confirmed.
    Several(Vec<PersonId>),
    /// These have the name, and nothing more is known.
    Namesakes(Vec<PersonId>),
    /// Each of these is contradicted in one thing only, and confirmed in another.
    Nearly(Vec<(PersonId, Known)>),
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

    /// Those who bear this name.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = &PersonFile> {
        self.by_name.get(name).into_iter().flatten().map(|place| &self.files[*place])
    }

    /// Who of the workbook this row is.
    pub(super) fn find(&self, row: &RosterRow, name: &str) -> Matched {
        let told = Telling::of(&row.values);
        if let Some(places) = told.number.as_ref().and_then(|number| self.by_number.get(number)) {
            return match places[..] {
                [one] => Matched::One(self.files[one].person.id),
                _ => Matched::Several(self.ids(places)),
            };
        }
        let Some(places) = self.by_name.get(name) else { return Matched::Nobody };
        let held: Vec<(usize, Telling)> =
            places.iter().map(|place| (*place, Telling::of(&self.files[*place].person.values))).collect();
        let is_possible = |held: &Telling| held.contradictions(&told).next().is_none();
        let of = |fits: &dyn Fn(&Telling) -> bool| -> Vec<usize> {
            held.iter().filter(|(_, held)| fits(held)).map(|(place, _)| *place).collect()
        };
        let certain = of(&|held| is_possible(held) && held.confirms(&told));
        match certain[..] {
            [one] => return Matched::One(self.files[one].person.id),
            [] => {}
            _ => return Matched::Several(self.ids(&certain)),
        }
        let possible = of(&is_possible);
        if !possible.is_empty() {
            return Matched::Namesakes(self.ids(&possible));
        }
        let nearly = held.iter().filter_map(|(place, held)| Some((*place, held.contradicted_once(&told)?)));
        let nearly: Vec<_> = nearly.map(|(place, field)| (self.files[place].person.id, field)).collect();
        if nearly.is_empty() { Matched::Nobody } else { Matched::Nearly(nearly) }
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

    fn ids(&self, places: &[usize]) -> Vec<PersonId> {
        places.iter().map(|place| self.files[*place].person.id).collect()
    }
}

/// A record of one of the files: file, sheet, row, and which of the tables beside each other has it.
pub(super) type RowPlace = (usize, Arc<str>, u32, usize);

/// Where a row of a file stands.
pub(super) fn place_of(file: usize, row: &RosterRow) -> RowPlace {
    (file, Arc::clone(&row.sheet), row.row, row.beside)
}

/// The rows of the files so far that are new persons.
#[derive(Debug, Default)]
pub(super) struct Seen {
    rows: Vec<(RowPlace, Telling)>,
    by_number: HashMap<String, usize>,
    /// By name and year: dates that agree are of one year.
    by_birth: HashMap<(String, i16), Vec<usize>>,
    by_joined: HashMap<(String, i16), Vec<usize>>,
}

impl Seen {
    /// The earlier row that is the same person: the same ID number, or the same name with birth or joined equal and
    /// nothing contradicting.
    pub(super) fn earlier(&self, row: &RosterRow, name: &str) -> Option<&RowPlace> {
        let told = Telling::of(&row.values);
        let by_number = told.number.as_ref().and_then(|number| self.by_number.get(number));
        let found = by_number.copied().or_else(|| {
            let of = |map: &HashMap<_, Vec<usize>>, date: Option<PartialDate>| {
                let places = map.get(&(name.to_owned(), date?.year()))?;
                let is_same = |at: &&usize| {
                    let held = &self.rows[**at].1;
                    held.contradictions(&told).next().is_none() && held.confirms(&told)
                };
                places.iter().find(is_same).copied()
            };
            of(&self.by_birth, told.birth).or_else(|| of(&self.by_joined, told.joined))
        });
        found.map(|at| &self.rows[at].0)
    }

    pub(super) fn add(&mut self, place: RowPlace, row: &RosterRow, name: &str) {
        let told = Telling::of(&row.values);
        let at = self.rows.len();
        if let Some(number) = &told.number {
            self.by_number.entry(number.clone()).or_insert(at);
        }
        for (map, date) in [(&mut self.by_birth, told.birth), (&mut self.by_joined, told.joined)] {
            if let Some(date) = date {
                map.entry((name.to_owned(), date.year())).or_default().push(at);
            }
        }
        self.rows.push((place, told));
    }
}

/// What tells people of one name apart, as far as it is told.
#[derive(Debug, Clone, Default)]
struct Telling {
    number: Option<String>,
    birth: Option<PartialDate>,
    joined: Option<PartialDate>,
    phone: Option<String>,
}

impl Telling {
    fn of(values: &BTreeMap<Known, Value>) -> Self {
        let text = |key| values.get(&key).and_then(Value::as_text).map(str::to_owned);
        let date = |key| match values.get(&key) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        };
        Self {
            number: text(Known::IdNumber),
            birth: date(Known::Birth),
            joined: date(Known::Joined),
            phone: text(Known::Phone),
        }
    }

    /// Whether both tell the same; nothing where one of them tells nothing.
    fn agreements(&self, other: &Self) -> [(Known, Option<bool>); 3] {
        let dates = |one: Option<PartialDate>, other| one.zip(other).map(|(one, other)| one.agrees_with(other));
        [
            (Known::IdNumber, self.number.as_ref().zip(other.number.as_ref()).map(|(one, other)| one == other)),
            (Known::Birth, dates(self.birth, other.birth)),
            (Known::Joined, dates(self.joined, other.joined)),
        ]
    }

    /// In what ID number, birth and joined say that these are two persons.
    fn contradictions(&self, other: &Self) -> impl Iterator<Item = Known> {
        self.agreements(other).into_iter().filter(|(_, same)| *same == Some(false)).map(|(field, _)| field)
    }

    /// Birth or joined say that these are one person.
    fn confirms(&self, other: &Self) -> bool {
        self.agreements(other)[1..].iter().any(|(_, same)| *same == Some(true))
    }

    /// The one thing that speaks against these being one person, where something else speaks for it.
    fn contradicted_once(&self, other: &Self) -> Option<Known> {
        let mut against = self.contradictions(other);
        let only = against.next().filter(|_| against.next().is_none())?;
        let same_phone = self.phone.is_some() && self.phone == other.phone;
        let speaks_for = same_phone || self.agreements(other).iter().any(|(_, same)| *same == Some(true));
        speaks_for.then_some(only)
    }
}
