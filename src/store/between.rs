//! Facts that begin or end between two days: what the difference between the days is told from.
//!
//! One walk over the table of facts, whatever the days. Start at [`facts_between`].

use std::collections::HashMap;

use rusqlite::Row as SqlRow;

use super::reader::{Reader, impossible};
use super::table::Table;
use crate::clock::Day;
use crate::domain::dates::{PartialDate, Span};
use crate::domain::fields::FactKind;
use crate::domain::ids::{FactId, OrganisationId, PersonId};
use crate::domain::members::Fact;
use crate::problem::{Problem, Result};

/// A date known to the month or the year is stored just below its first day, so that whole days part all dates rightly:
/// what is stored is at most a day exactly if its first day is.
const BETWEEN: &str = "SELECT id, person, kind, from_day, to_day, organisation, value, place FROM fact \
     WHERE (from_day > ?1 AND from_day <= ?2) OR (to_day > ?1 AND to_day <= ?2) \
     OR (kind IN ('group', 'status', 'floating', 'lost') \
         AND (from_day IS NULL OR from_day <= ?1) AND (to_day IS NULL OR to_day > ?2))";
const STEADY: &str = "SELECT id, person, kind, from_day, to_day, organisation, value, place FROM fact \
     WHERE kind IN ('group', 'status', 'floating', 'lost') \
     AND (from_day IS NULL OR from_day <= ?1) AND (to_day IS NULL OR to_day > ?2)";
pub(super) const STATEMENTS: &[&str] = &[BETWEEN, STEADY];

/// More facts than this are quicker found by a second walk than asked for one by one.
const FEW: usize = 5_000;

/// What began or ended between two days, by person.
#[derive(Debug, Default)]
pub struct Between {
    /// Facts that begin or end after the first day and not after the second. Their places in the roster are not read.
    pub moved: HashMap<PersonId, Vec<Fact>>,
    /// Facts beside those, of the same person and kind, that hold on both days, for the kinds of which one counts at a
    /// time: one of these may be the one that counts.
    pub steady: HashMap<PersonId, Vec<Fact>>,
}

/// Reads them.
pub fn facts_between(reader: Reader<'_>, from: Day, to: Day) -> Result<Between> {
    let (from, to) = (PartialDate::of_day(from).stored(), PartialDate::of_day(to).stored());
    let is_between = |day: Option<i64>| day.is_some_and(|day| from < day && day <= to);
    let mut found = Between::default();
    // Nearly everybody has some, of which few are needed: they are read later.
    let mut steady: Vec<(PersonId, FactKind, i64)> = Vec::new();
    let mut statement = reader.0.prepare_cached(BETWEEN)?;
    let mut rows = statement.query([from, to])?;
    while let Some(row) = rows.next()? {
        let (id, person) = (row.get(0)?, PersonId(row.get(1)?));
        let kind = row.get_ref(2)?.as_str().ok().and_then(FactKind::from_name);
        let kind = kind.ok_or_else(|| impossible(Table::Fact, id, "kind"))?;
        if is_between(row.get(3)?) || is_between(row.get(4)?) {
            found.moved.entry(person).or_default().push(fact(row, id, person, kind)?);
        } else {
            steady.push((person, kind, id));
        }
    }
    steady.retain(|(person, kind, _)| {
        found.moved.get(person).is_some_and(|moved| moved.iter().any(|fact| fact.kind == *kind))
    });
    found.steady = steady_facts(reader, steady, from, to)?;
    Ok(found)
}

/// These facts, by person.
fn steady_facts(
    reader: Reader<'_>,
    wanted: Vec<(PersonId, FactKind, i64)>,
    from: i64,
    to: i64,
) -> Result<HashMap<PersonId, Vec<Fact>>> {
    let mut found: HashMap<PersonId, Vec<Fact>> = HashMap::with_capacity(wanted.len());
    if wanted.len() <= FEW {
        for (person, _, id) in wanted {
            found.entry(person).or_default().extend(reader.get::<Fact>(id)?);
        }
        return Ok(found);
    }
    let wanted: HashMap<i64, (PersonId, FactKind)> =
        wanted.into_iter().map(|(person, kind, id)| (id, (person, kind))).collect();
    let mut statement = reader.0.prepare_cached(STEADY)?;
    let mut rows = statement.query([from, to])?;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        if let Some((person, kind)) = wanted.get(&id) {
            found.entry(*person).or_default().push(fact(row, id, *person, *kind)?);
        }
    }
    Ok(found)
}

fn fact(row: &SqlRow<'_>, id: i64, person: PersonId, kind: FactKind) -> Result<Fact> {
    let date = |place: usize, column| match row.get::<_, Option<i64>>(place)? {
        None => Ok::<_, Problem>(None),
        Some(stored) => PartialDate::from_stored(stored).map(Some).ok_or_else(|| impossible(Table::Fact, id, column)),
    };
    Ok(Fact {
        id: FactId(id),
        person,
        kind,
        organisation: row.get::<_, Option<i64>>(5)?.map(OrganisationId),
        value: row.get(6)?,
        place: row.get(7)?,
        span: Span { from: date(3, "from_day")?, to: date(4, "to_day")? },
        position: None,
    })
}
