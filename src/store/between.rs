//! Facts that begin or end between two days: what the difference between the days is told from.
//!
//! One walk over the table of facts, whatever the days. Start at [`facts_between`].

use std::collections::HashMap;
use std::ops::Range;

use rusqlite::Row as SqlRow;

use super::reader::{Reader, impossible};
use super::table::Table;
use crate::clock::Day;
use crate::domain::dates::{PartialDate, Span};
use crate::domain::fields::FactKind;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::problem::{Problem, Result};

/// A date known to the month or the year is stored just below its first day, so that whole days part all dates rightly:
/// what is stored is at most a day exactly if its first day is.
const BETWEEN: &str = "SELECT id, person, kind, from_day, to_day, organisation, value, place FROM fact \
     WHERE (from_day > ?1 AND from_day <= ?2) OR (to_day > ?1 AND to_day <= ?2) \
     OR (kind IN ('group', 'status', 'floating', 'lost') \
         AND (from_day IS NULL OR from_day <= ?1) AND (to_day IS NULL OR to_day > ?2))";
pub(super) const STATEMENTS: &[&str] = &[BETWEEN];

/// A dated fact that begins or ends between two days, or, of the kinds of which one counts at a time, holds on both:
/// beside one that moved, it may be the one that counts.
#[derive(Debug, Clone, Copy)]
pub struct FactBetween {
    person: PersonId,
    id: i64,
    pub kind: FactKind,
    pub span: Span,
    /// Whether it begins or ends between the days.
    pub moved: bool,
    pub organisation: Option<OrganisationId>,
    value: TextPlace,
    place: TextPlace,
}

/// Where a text stands among the texts; the first is the empty one, for none.
type TextPlace = u32;

/// What began or ended between two days. Values and places repeat, so that each is kept once.
#[derive(Debug)]
pub struct Between {
    /// One person after the other.
    facts: Vec<FactBetween>,
    /// Where the facts stand of those of whom one moved.
    people: HashMap<PersonId, Range<u32>>,
    texts: Vec<Box<str>>,
}

impl Between {
    /// The facts of somebody of whom one moved, in the order in which they were recorded; of others none.
    pub fn of(&self, person: PersonId) -> &[FactBetween] {
        let range = self.people.get(&person).map(|range| range.start as usize..range.end as usize);
        range.and_then(|range| self.facts.get(range)).unwrap_or_default()
    }

    /// The value of a fact; empty where there is none.
    pub fn value(&self, fact: &FactBetween) -> &str {
        &self.texts[fact.value as usize]
    }

    /// 外出流向 and the like; empty where there is none.
    pub fn place(&self, fact: &FactBetween) -> &str {
        &self.texts[fact.place as usize]
    }
}

/// Reads them.
pub fn facts_between(reader: Reader<'_>, from: Day, to: Day) -> Result<Between> {
    let (from, to) = (PartialDate::of_day(from).stored(), PartialDate::of_day(to).stored());
    let mut facts: Vec<FactBetween> = Vec::new();
    let mut texts = Texts::default();
    let mut statement = reader.0.prepare_cached(BETWEEN)?;
    let mut rows = statement.query([from, to])?;
    while let Some(row) = rows.next()? {
        facts.push(fact(row, from, to, &mut texts)?);
    }
    facts.sort_by_key(|fact| (fact.person, fact.id));
    let mut people = HashMap::new();
    let mut start = 0_u32;
    for of_one in facts.chunk_by(|one, next| one.person == next.person) {
        let end = start + of_one.len() as u32;
        if of_one.iter().any(|fact| fact.moved) {
            people.insert(of_one[0].person, start..end);
        }
        start = end;
    }
    Ok(Between { facts, people, texts: texts.all })
}

fn fact(row: &SqlRow<'_>, after: i64, until: i64, texts: &mut Texts) -> Result<FactBetween> {
    let id = row.get(0)?;
    let kind = row.get_ref(2)?.as_str().ok().and_then(FactKind::from_name);
    let stored: [Option<i64>; 2] = [row.get(3)?, row.get(4)?];
    let date = |stored: Option<i64>, column| match stored {
        None => Ok(None),
        Some(stored) => PartialDate::from_stored(stored).map(Some).ok_or_else(|| impossible(Table::Fact, id, column)),
    };
    let mut text = |place: usize, column| {
        let text = row.get_ref(place)?.as_str_or_null().map_err(|_| impossible(Table::Fact, id, column))?;
        Ok::<_, Problem>(texts.place(text.unwrap_or_default()))
    };
    Ok(FactBetween {
        person: PersonId(row.get(1)?),
        id,
        kind: kind.ok_or_else(|| impossible(Table::Fact, id, "kind"))?,
        span: Span { from: date(stored[0], "from_day")?, to: date(stored[1], "to_day")? },
        moved: stored.into_iter().flatten().any(|day| after < day && day <= until),
        organisation: row.get::<_, Option<i64>>(5)?.map(OrganisationId),
        value: text(6, "value")?,
        place: text(7, "place")?,
    })
}

/// Texts, each once.
#[derive(Debug)]
struct Texts {
    all: Vec<Box<str>>,
    places: HashMap<Box<str>, TextPlace>,
}

impl Default for Texts {
    fn default() -> Self {
        Self { all: vec!["".into()], places: HashMap::from([("".into(), 0)]) }
    }
}

impl Texts {
    fn place(&mut self, text: &str) -> TextPlace {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = self.all.len() as TextPlace;
        self.all.push(text.into());
        self.places.insert(text.into(), place);
        place
    }
}
