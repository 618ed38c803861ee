//! Tables `talk`, `talk_person`, `follow_up`, `planned_talk`, `talk_type` and `snooze`.

use std::collections::HashMap;

use super::cell::Cell;
use super::reader::{Query, Reader, Row, date_in, impossible};
use super::table::Table;
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{FollowUpId, OrganisationId, PersonId, PlannedTalkId, TalkId};
use crate::domain::talks::{
    Counts, FollowUp, PlannedTalk, Side, Snooze, Somebody, Talk, TalkNumber, TalkPerson, TalkTypeChange, TalkTypes,
};
use crate::problem::Result;

const ALL: Query = Query::new(Table::Talk, "ORDER BY held_on, id");
const HELD_BETWEEN: Query = Query::new(Table::Talk, "WHERE held_on BETWEEN ?1 AND ?2 ORDER BY held_on, id");
const OF_YEAR: Query = Query::new(Table::Talk, "WHERE organisation = ?1 AND year = ?2 ORDER BY number, id");
const NUMBERED: Query = Query::new(Table::Talk, "WHERE organisation = ?1 AND year = ?2 AND number = ?3");
const OF_PERSON: Query =
    Query::new(Table::Talk, "WHERE id IN (SELECT talk FROM talk_person WHERE person = ?1) ORDER BY held_on, id");
const PEOPLE: Query = Query::new(Table::TalkPerson, "ORDER BY talk, position, id");
const PEOPLE_OF: Query = Query::new(Table::TalkPerson, "WHERE talk = ?1 ORDER BY side DESC, position, id");
const PEOPLE_BETWEEN: Query = Query::new(
    Table::TalkPerson,
    "WHERE talk IN (SELECT id FROM talk WHERE held_on BETWEEN ?1 AND ?2) ORDER BY talk, position, id",
);
const AS_PERSON: Query = Query::new(Table::TalkPerson, "WHERE person = ?1 ORDER BY talk, id");
const FOLLOW_UPS_OF: Query = Query::new(Table::FollowUp, "WHERE talk = ?1 ORDER BY position, id");
const FOLLOW_UPS_OPEN: Query = Query::new(Table::FollowUp, "WHERE done_on IS NULL ORDER BY due, id");
const FOLLOW_UPS: Query = Query::new(Table::FollowUp, "ORDER BY talk, position, id");
const FOLLOW_UPS_OWNED: Query = Query::new(Table::FollowUp, "WHERE owner = ?1 ORDER BY id");
const PLANNED: Query = Query::new(Table::PlannedTalk, "ORDER BY due, id");
const PLANNED_OF: Query = Query::new(Table::PlannedTalk, "WHERE organisation = ?1 ORDER BY due, id");
const PLANNED_WITH: Query = Query::new(Table::PlannedTalk, "WHERE talker = ?1 OR partner = ?1 ORDER BY id");
const TYPES: Query = Query::new(Table::TalkType, "ORDER BY code");
const SNOOZES: Query = Query::new(Table::Snooze, "ORDER BY work");
const SNOOZE: Query = Query::new(Table::Snooze, "WHERE work = ?1");
pub(super) const QUERIES: &[Query] = &[
    ALL,
    HELD_BETWEEN,
    OF_YEAR,
    NUMBERED,
    OF_PERSON,
    PEOPLE,
    PEOPLE_OF,
    PEOPLE_BETWEEN,
    AS_PERSON,
    FOLLOW_UPS_OF,
    FOLLOW_UPS_OPEN,
    FOLLOW_UPS,
    FOLLOW_UPS_OWNED,
    PLANNED,
    PLANNED_OF,
    PLANNED_WITH,
    TYPES,
    SNOOZES,
    SNOOZE,
];

const TEXTS_OF_YEAR: &str = "SELECT id, number, content, opinions, attitude, measures FROM talk WHERE organisation = ?1 AND year = ?2 ORDER BY number, id";
const LAST_NUMBER: &str = "SELECT max(number) FROM talk WHERE organisation = ?1 AND year = ?2";
const LAST_PLANNED: &str = "SELECT max(number) FROM planned_talk WHERE organisation = ?1 AND year = ?2";
const LAST_TALKS: &str = "SELECT sat.person, max(talk.held_on) FROM talk_person AS sat JOIN talk ON talk.id = sat.talk WHERE sat.person IS NOT NULL AND sat.side <> 'recorder' AND talk.held_on <= ?1 GROUP BY sat.person";
/// Every row is looked at: by day, each of them would be looked up.
const OF_KIND: &str = "SELECT id FROM talk WHERE kind = ?1 ORDER BY +held_on DESC, id DESC LIMIT ?2";
pub(super) const STATEMENTS: &[&str] = &[OF_KIND, TEXTS_OF_YEAR, LAST_NUMBER, LAST_PLANNED, LAST_TALKS];

/// A talk with everybody in it and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TalkFile {
    pub talk: Talk,
    /// Talkers, partners, recorder, each side in its order.
    pub people: Vec<TalkPerson>,
    pub follow_ups: Vec<FollowUp>,
}

impl TalkFile {
    /// Who sat on a side, in their order.
    pub fn on(&self, side: Side) -> impl Iterator<Item = &Somebody> {
        self.people.iter().filter(move |person| person.side == side).map(|person| &person.who)
    }
}

/// Everything about one talk, or `None` if there is no such talk.
pub fn file(reader: Reader<'_>, id: TalkId) -> Result<Option<TalkFile>> {
    let Some(talk) = reader.get::<Talk>(id.0)? else { return Ok(None) };
    Ok(Some(TalkFile { people: people_of(reader, id)?, follow_ups: follow_ups_of(reader, id)?, talk }))
}

/// Who sat in a talk: talkers, partners, recorder, each in their order.
pub fn people_of(reader: Reader<'_>, id: TalkId) -> Result<Vec<TalkPerson>> {
    let mut people: Vec<TalkPerson> = reader.rows(PEOPLE_OF, [id.0])?;
    people.sort_by_key(|person| (person.side, person.position, person.id));
    Ok(people)
}

/// Passes all talks, the earliest first.
pub fn each(reader: Reader<'_>, take: impl FnMut(Talk) -> Result<()>) -> Result<()> {
    reader.each(ALL, [], take)
}

/// The talks of a type, at most `limit`, the one that was held last first.
pub fn of_kind(reader: Reader<'_>, code: &str, limit: usize) -> Result<Vec<TalkId>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    Ok(reader.integers(OF_KIND, (code, limit))?.into_iter().map(TalkId).collect())
}

/// Passes everybody who sat in any talk, talk by talk.
pub fn each_person(reader: Reader<'_>, take: impl FnMut(TalkPerson) -> Result<()>) -> Result<()> {
    reader.each(PEOPLE, [], take)
}

/// Talks whose day, as it is stored, lies from `from` to `to`, the earliest first. A month or a year stands before all
/// its days: `from` is told so that what acts as its first day is there too.
pub fn held_between(reader: Reader<'_>, from: Day, to: Day) -> Result<Vec<Talk>> {
    let mut talks: Vec<Talk> = reader.rows(HELD_BETWEEN, stored(from, to))?;
    talks.retain(|talk| (from..=to).contains(&talk.held_on.first_day()));
    Ok(talks)
}

/// Everybody who sat in a talk of these days, talk by talk; of a few talks just before them too.
pub fn people_between(reader: Reader<'_>, from: Day, to: Day) -> Result<Vec<TalkPerson>> {
    reader.rows(PEOPLE_BETWEEN, stored(from, to))
}

/// These days as they are stored: a month stands just below its first day, and a year below its first month.
pub(super) fn stored(from: Day, to: Day) -> [i64; 2] {
    let from = PartialDate::of_day(from).stored();
    [from - 101, PartialDate::of_day(to).stored()]
}

/// The talks of a ledger in a year, by number.
pub fn of_year(reader: Reader<'_>, organisation: OrganisationId, year: i16) -> Result<Vec<Talk>> {
    reader.rows(OF_YEAR, [organisation.0, i64::from(year)])
}

/// Passes what was said in the talks of a ledger in a year, text by text.
pub fn each_text_of_year(
    reader: Reader<'_>,
    organisation: OrganisationId,
    year: i16,
    mut take: impl FnMut((TalkId, TalkNumber), &str),
) -> Result<()> {
    let mut statement = reader.0.prepare_cached(TEXTS_OF_YEAR)?;
    let mut rows = statement.query([organisation.0, i64::from(year)])?;
    while let Some(row) = rows.next()? {
        let talk = (TalkId(row.get(0)?), TalkNumber { year, number: row.get(1)? });
        for column in 2..=5 {
            if let Some(text) =
                row.get_ref(column)?.as_str_or_null().map_err(|_| impossible(Table::Talk, talk.0.0, "content"))?
            {
                take(talk, text);
            }
        }
    }
    Ok(())
}

/// The talks that carry a number: one, or none.
pub fn numbered(reader: Reader<'_>, organisation: OrganisationId, number: TalkNumber) -> Result<Vec<Talk>> {
    reader.rows(NUMBERED, [organisation.0, i64::from(number.year), i64::from(number.number)])
}

/// The talks in which a person sat, the earliest first.
pub fn of_person(reader: Reader<'_>, id: PersonId) -> Result<Vec<Talk>> {
    reader.rows(OF_PERSON, [id.0])
}

/// The rows in which a person sits in talks.
pub fn as_person(reader: Reader<'_>, id: PersonId) -> Result<Vec<TalkPerson>> {
    reader.rows(AS_PERSON, [id.0])
}

/// The greatest number of a year that a talk or a printed sheet carries, 0 where there is none.
pub fn last_number(reader: Reader<'_>, organisation: OrganisationId, year: i16) -> Result<u32> {
    let last = |sql| reader.integer(sql, [organisation.0, i64::from(year)]).map(Option::unwrap_or_default);
    let last: i64 = last(LAST_NUMBER)?.max(last(LAST_PLANNED)?);
    Ok(u32::try_from(last).unwrap_or(0))
}

/// What a talk asks to be done, in its order.
pub fn follow_ups_of(reader: Reader<'_>, id: TalkId) -> Result<Vec<FollowUp>> {
    reader.rows(FOLLOW_UPS_OF, [id.0])
}

/// What is not done yet, what is due first before all.
pub fn open_follow_ups(reader: Reader<'_>) -> Result<Vec<FollowUp>> {
    reader.rows(FOLLOW_UPS_OPEN, [])
}

/// All follow-ups, talk by talk.
pub fn follow_ups(reader: Reader<'_>) -> Result<Vec<FollowUp>> {
    reader.rows(FOLLOW_UPS, [])
}

/// What a person is to do.
pub fn follow_ups_owned(reader: Reader<'_>, id: PersonId) -> Result<Vec<FollowUp>> {
    reader.rows(FOLLOW_UPS_OWNED, [id.0])
}

/// All planned talks, by when they are due.
pub fn planned(reader: Reader<'_>) -> Result<Vec<PlannedTalk>> {
    reader.rows(PLANNED, [])
}

/// The planned talks of an organisation, by when they are due.
pub fn planned_of(reader: Reader<'_>, organisation: OrganisationId) -> Result<Vec<PlannedTalk>> {
    reader.rows(PLANNED_OF, [organisation.0])
}

/// The planned talks in which a person sits.
pub fn planned_with(reader: Reader<'_>, id: PersonId) -> Result<Vec<PlannedTalk>> {
    reader.rows(PLANNED_WITH, [id.0])
}

/// When each person last sat in a talk up to a day, as talker or partner and whatever its type; who never did is not
/// there.
pub fn last_talks(reader: Reader<'_>, day: Day) -> Result<HashMap<PersonId, PartialDate>> {
    let mut statement = reader.0.prepare_cached(LAST_TALKS)?;
    let mut rows = statement.query([PartialDate::of_day(day).stored()])?;
    let mut last = HashMap::new();
    while let Some(row) = rows.next()? {
        let person: i64 = row.get(0)?;
        let held_on = PartialDate::from_stored(row.get(1)?);
        last.insert(PersonId(person), held_on.ok_or_else(|| impossible(Table::Talk, person, "held_on"))?);
    }
    Ok(last)
}

/// What the workbook changed of types.
pub fn type_changes(reader: Reader<'_>) -> Result<Vec<TalkTypeChange>> {
    reader.rows(TYPES, [])
}

/// The types as they hold in this workbook.
pub fn types(reader: Reader<'_>) -> Result<TalkTypes> {
    Ok(TalkTypes::shipped()?.with(type_changes(reader)?))
}

/// What was put off.
pub fn snoozes(reader: Reader<'_>) -> Result<Vec<Snooze>> {
    reader.rows(SNOOZES, [])
}

/// How a piece of work was put off, if it was.
pub fn snooze(reader: Reader<'_>, work: &str) -> Result<Option<Snooze>> {
    Ok(reader.rows(SNOOZE, [work])?.into_iter().next())
}

fn date(date: Option<PartialDate>) -> Cell {
    date.map(PartialDate::stored).into()
}

pub(super) fn number_in(year: Option<i64>, number: Option<i64>) -> Option<TalkNumber> {
    Some(TalkNumber { year: i16::try_from(year?).ok()?, number: u32::try_from(number?).ok()? })
}

impl Row for Talk {
    const TABLE: Table = Table::Talk;

    fn id(&self) -> i64 {
        self.id.0
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.organisation.0.into(),
            i64::from(self.number.year).into(),
            i64::from(self.number.number).into(),
            self.held_on.stored().into(),
            self.kind.as_str().into(),
            (&self.mode).into(),
            (&self.place).into(),
            (&self.topic).into(),
            (&self.outline).into(),
            (&self.content).into(),
            (&self.opinions).into(),
            (&self.attitude).into(),
            (&self.measures).into(),
            (&self.remark).into(),
            (&self.time).into(),
        ]
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let fail = |column: &str| impossible(Table::Talk, id, column);
        let mut cells = cells.into_iter();
        let mut next = || cells.next().unwrap_or(Cell::Null);
        Ok(Self {
            id: TalkId(id),
            organisation: next().integer().map(OrganisationId).ok_or_else(|| fail("organisation"))?,
            number: number_in(next().integer(), next().integer()).ok_or_else(|| fail("number"))?,
            held_on: date_in(next(), || fail("held_on"))?.ok_or_else(|| fail("held_on"))?,
            kind: next().into_text().ok_or_else(|| fail("kind"))?,
            mode: next().into_text(),
            place: next().into_text(),
            topic: next().into_text(),
            outline: next().into_text(),
            content: next().into_text(),
            opinions: next().into_text(),
            attitude: next().into_text(),
            measures: next().into_text(),
            remark: next().into_text(),
            time: next().into_text(),
        })
    }
}

impl Row for TalkPerson {
    const TABLE: Table = Table::TalkPerson;

    fn id(&self) -> i64 {
        self.id
    }

    fn cells(&self) -> Vec<Cell> {
        let (person, name, about) = match &self.who {
            Somebody::Person(id) => (Cell::Integer(id.0), Cell::Null, Cell::Null),
            Somebody::Named { name, about } => (Cell::Null, name.as_str().into(), about.into()),
        };
        vec![self.talk.0.into(), self.side.name().into(), self.position.into(), person, name, about]
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let fail = |column: &str| impossible(Table::TalkPerson, id, column);
        let mut cells = cells.into_iter();
        let mut next = || cells.next().unwrap_or(Cell::Null);
        let talk = next().integer().map(TalkId).ok_or_else(|| fail("talk"))?;
        let side = next().into_text().and_then(|name| Side::from_name(&name)).ok_or_else(|| fail("side"))?;
        let position = next().integer().ok_or_else(|| fail("position"))?;
        let who = match (next().integer(), next().into_text(), next().into_text()) {
            (Some(person), None, _) => Somebody::Person(PersonId(person)),
            (None, Some(name), about) => Somebody::Named { name, about },
            _ => return Err(fail("person")),
        };
        Ok(Self { id, talk, side, position, who })
    }
}

impl Row for FollowUp {
    const TABLE: Table = Table::FollowUp;

    fn id(&self) -> i64 {
        self.id.0
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.talk.0.into(),
            self.position.into(),
            self.measure.as_str().into(),
            self.owner.map(|id| id.0).into(),
            (&self.owner_name).into(),
            date(self.due),
            date(self.done_on),
            (&self.closing_note).into(),
        ]
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let fail = |column: &str| impossible(Table::FollowUp, id, column);
        let mut cells = cells.into_iter();
        let mut next = || cells.next().unwrap_or(Cell::Null);
        Ok(Self {
            id: FollowUpId(id),
            talk: next().integer().map(TalkId).ok_or_else(|| fail("talk"))?,
            position: next().integer().ok_or_else(|| fail("position"))?,
            measure: next().into_text().ok_or_else(|| fail("measure"))?,
            owner: next().integer().map(PersonId),
            owner_name: next().into_text(),
            due: date_in(next(), || fail("due"))?,
            done_on: date_in(next(), || fail("done_on"))?,
            closing_note: next().into_text(),
        })
    }
}

impl Row for PlannedTalk {
    const TABLE: Table = Table::PlannedTalk;

    fn id(&self) -> i64 {
        self.id.0
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.organisation.0.into(),
            self.number.map(|number| i64::from(number.year)).into(),
            self.number.map(|number| i64::from(number.number)).into(),
            self.talker.map(|id| id.0).into(),
            self.partner.map(|id| id.0).into(),
            (&self.rule).into(),
            (&self.kind).into(),
            PartialDate::of_day(self.made_on).stored().into(),
            date(self.due),
            (&self.note).into(),
        ]
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let fail = |column: &str| impossible(Table::PlannedTalk, id, column);
        let mut cells = cells.into_iter();
        let mut next = || cells.next().unwrap_or(Cell::Null);
        Ok(Self {
            id: PlannedTalkId(id),
            organisation: next().integer().map(OrganisationId).ok_or_else(|| fail("organisation"))?,
            number: number_in(next().integer(), next().integer()),
            talker: next().integer().map(PersonId),
            partner: next().integer().map(PersonId),
            rule: next().into_text(),
            kind: next().into_text(),
            made_on: date_in(next(), || fail("made_on"))?.ok_or_else(|| fail("made_on"))?.first_day(),
            due: date_in(next(), || fail("due"))?,
            note: next().into_text(),
        })
    }
}

impl Row for TalkTypeChange {
    const TABLE: Table = Table::TalkType;

    fn id(&self) -> i64 {
        self.id
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.code.as_str().into(),
            (&self.label).into(),
            self.counts.map(|counts| counts.name().to_owned()).as_ref().map_or(Cell::Null, |name| name.as_str().into()),
            (&self.outline).into(),
            self.position.into(),
            self.removed.map(i64::from).into(),
        ]
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let fail = |column: &str| impossible(Table::TalkType, id, column);
        let mut cells = cells.into_iter();
        let mut next = || cells.next().unwrap_or(Cell::Null);
        let counts = |name: String| Counts::from_name(&name).ok_or_else(|| fail("counts"));
        Ok(Self {
            id,
            code: next().into_text().ok_or_else(|| fail("code"))?,
            label: next().into_text(),
            counts: next().into_text().map(counts).transpose()?,
            outline: next().into_text(),
            position: next().integer(),
            removed: next().integer().map(|removed| removed != 0),
        })
    }
}

impl Row for Snooze {
    const TABLE: Table = Table::Snooze;

    fn id(&self) -> i64 {
        self.id
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.work.as_str().into(),
            PartialDate::of_day(self.until).stored().into(),
            self.reason.as_str().into(),
            PartialDate::of_day(self.set_on).stored().into(),
        ]
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let fail = |column: &str| impossible(Table::Snooze, id, column);
        let mut cells = cells.into_iter();
        let mut next = || cells.next().unwrap_or(Cell::Null);
        let day = |cell: Cell, column: &str| {
            date_in(cell, || fail(column))?.map(PartialDate::first_day).ok_or_else(|| fail(column))
        };
        Ok(Self {
            id,
            work: next().into_text().ok_or_else(|| fail("work"))?,
            until: day(next(), "until")?,
            reason: next().into_text().ok_or_else(|| fail("reason"))?,
            set_on: day(next(), "set_on")?,
        })
    }
}
