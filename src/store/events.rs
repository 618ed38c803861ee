//! Table `event`: what happened to people.

use super::cell::Cell;
use super::reader::{Query, Reader, Row, date_in, impossible};
use super::table::Table;
use crate::domain::dates::PartialDate;
use crate::domain::events::{Event, EventKind};
use crate::domain::ids::{EventId, OrganisationId, PersonId};
use crate::problem::Result;

const ALL: Query = Query::new(Table::Event, "ORDER BY person, day, id");
const OF_PERSON: Query = Query::new(Table::Event, "WHERE person = ?1 ORDER BY day, id");
const OF_KIND: Query = Query::new(Table::Event, "WHERE kind = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day, id");
const TO_CHECK: Query = Query::new(
    Table::Event,
    "WHERE kind IN ('extended', 'honour', 'discipline') OR (kind IN ('transfer_in', 'transfer_within', 'transfer_out') AND receipt IS NULL) ORDER BY person, day, id",
);
pub(super) const QUERIES: &[Query] = &[ALL, OF_PERSON, OF_KIND, TO_CHECK];

/// What happened to a person, the earliest first.
pub fn of_person(reader: Reader<'_>, id: PersonId) -> Result<Vec<Event>> {
    reader.rows(OF_PERSON, [id.0])
}

/// Events of a kind whose day, as it is stored, lies from `from` to `to`, the earliest first. A month or a year stands
/// before all its days.
pub fn of_kind(reader: Reader<'_>, kind: EventKind, from: PartialDate, to: PartialDate) -> Result<Vec<Event>> {
    reader.rows(OF_KIND, rusqlite::params![kind.name(), from.stored(), to.stored()])
}

/// What rules about members look at: extensions, honours and discipline, and letters without a receipt; person by person, in order.
pub fn to_check(reader: Reader<'_>) -> Result<Vec<Event>> {
    reader.rows(TO_CHECK, [])
}

/// Passes all events, person by person, each person's in their order.
pub fn each(reader: Reader<'_>, take: impl FnMut(Event) -> Result<()>) -> Result<()> {
    reader.each(ALL, [], take)
}

impl Row for Event {
    const TABLE: Table = Table::Event;

    fn id(&self) -> i64 {
        self.id.0
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.person.0.into(),
            self.kind.name().into(),
            self.day.stored().into(),
            self.organisation.map(|id| id.0).into(),
            self.target.map(|id| id.0).into(),
            (&self.value).into(),
            (&self.place).into(),
            (&self.document).into(),
            self.until.map(PartialDate::stored).into(),
            self.receipt.map(PartialDate::stored).into(),
            (&self.note).into(),
        ]
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let fail = |column: &str| impossible(Table::Event, id, column);
        let mut cells = cells.into_iter();
        let mut next = || cells.next().unwrap_or(Cell::Null);
        Ok(Self {
            id: EventId(id),
            person: next().integer().map(PersonId).ok_or_else(|| fail("person"))?,
            kind: next().into_text().and_then(|name| EventKind::from_name(&name)).ok_or_else(|| fail("kind"))?,
            day: date_in(next(), || fail("day"))?.ok_or_else(|| fail("day"))?,
            organisation: next().integer().map(OrganisationId),
            target: next().integer().map(OrganisationId),
            value: next().into_text(),
            place: next().into_text(),
            document: next().into_text(),
            until: date_in(next(), || fail("until"))?,
            receipt: date_in(next(), || fail("receipt"))?,
            note: next().into_text(),
        })
    }
}
