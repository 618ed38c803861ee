//! Tables `person`, `fact`, `extra_field` and `extra_value`: everything about a person.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value as Json;

use super::cell::Cell;
use super::reader::{Query, Reader, Row, Walk, date_in, impossible};
use super::table::Table;
use crate::clock::Day;
use crate::domain::dates::{PartialDate, Span};
use crate::domain::fields::{self, ExtraKind, FactKind, Known};
use crate::domain::ids::{ExtraFieldId, FactId, OrganisationId, PersonId};
use crate::domain::members::{Category, CategoryTold, Fact, Person, PersonFile};
use crate::domain::values::Value;
use crate::problem::Result;

const PEOPLE: Query = Query::new(Table::Person, "ORDER BY id");
const FACTS: Query = Query::new(Table::Fact, "ORDER BY person, from_day, id");
const FACTS_OF_PERSON: Query = Query::new(Table::Fact, "WHERE person = ?1 ORDER BY from_day, id");
const FACTS_OF_PEOPLE: Query = Query::new(
    Table::Fact,
    "WHERE person IN (SELECT value FROM json_each(?1)) AND kind IN (SELECT value FROM json_each(?2)) ORDER BY from_day, id",
);
const FACTS_OF_ORGANISATION: Query = Query::new(Table::Fact, "WHERE organisation = ?1 ORDER BY position, id");
const POSTS_OF_ORGANISATION: Query =
    Query::new(Table::Fact, "WHERE kind = 'post' AND organisation = ?1 ORDER BY from_day, id");
const BELONGINGS: Query = Query::new(Table::Fact, "WHERE kind IN ('membership', 'group', 'post') ORDER BY person");
const EXTRA_FIELDS: Query = Query::new(Table::ExtraField, "ORDER BY position, id");
const EXTRAS: Query = Query::new(Table::ExtraValue, "ORDER BY person, field");
const EXTRAS_OF_PERSON: Query = Query::new(Table::ExtraValue, "WHERE person = ?1 ORDER BY field");
const EXTRAS_OF_FIELD: Query = Query::new(Table::ExtraValue, "WHERE field = ?1 ORDER BY person");
pub(super) const QUERIES: &[Query] = &[
    PEOPLE,
    FACTS,
    FACTS_OF_PERSON,
    FACTS_OF_PEOPLE,
    FACTS_OF_ORGANISATION,
    POSTS_OF_ORGANISATION,
    BELONGINGS,
    EXTRA_FIELDS,
    EXTRAS,
    EXTRAS_OF_PERSON,
    EXTRAS_OF_FIELD,
];

const OCCUPATIONS: &str = "SELECT id, occupation FROM person WHERE occupation IS NOT NULL";
const NATIVE_PLACES: &str = "SELECT id, native_place FROM person WHERE native_place IS NOT NULL";
/// One walk for all kinds that are asked for; there are six. Most that do not hold on the day are left out already: a
/// month counts as its first day and a year as its first, at most 101 behind as they are stored.
const FACTS_ABOUT: &str = "SELECT id, person, kind, organisation, value, from_day, to_day FROM fact WHERE kind IN (?1, ?2, ?3, ?4, ?5, ?6) AND (to_day IS NULL OR to_day > ?7 - 101) AND (from_day IS NULL OR from_day <= ?7)";
pub(super) const STATEMENTS: &[&str] = &[LAST_POSITION, OCCUPATIONS, NATIVE_PLACES, FACTS_ABOUT, JOBS];

const JOBS: &str = "SELECT id, job FROM person WHERE id IN (SELECT value FROM json_each(?1)) AND job IS NOT NULL";
const LAST_POSITION: &str = "SELECT max(position) FROM fact WHERE organisation = ?1 AND kind = 'membership'";

/// A field that the user made (自定义字段).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtraField {
    pub id: ExtraFieldId,
    pub label: String,
    pub position: i64,
    pub kind: ExtraKind,
}

impl ExtraField {
    /// A field of plain text, as an import makes it.
    pub fn text(id: ExtraFieldId, label: String, position: i64) -> Self {
        Self { id, label, position, kind: ExtraKind::Text }
    }
}

/// A person's value of such a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtraValue {
    pub id: i64,
    pub person: PersonId,
    pub field: ExtraFieldId,
    pub value: String,
}

/// Everything about one person, or `None` if there is no such person.
pub fn file(reader: Reader<'_>, id: PersonId) -> Result<Option<PersonFile>> {
    let Some(person) = reader.get::<Person>(id.0)? else { return Ok(None) };
    let facts = facts_of(reader, id)?;
    let extras = extras_of(reader, id)?.into_iter().map(|extra| (extra.field, extra.value)).collect();
    Ok(Some(PersonFile { person, facts, extras }))
}

/// A person's facts, earliest first, unknown starts before all.
pub fn facts_of(reader: Reader<'_>, id: PersonId) -> Result<Vec<Fact>> {
    reader.rows(FACTS_OF_PERSON, [id.0])
}

/// The facts of these kinds of these people, earliest first, unknown starts before all.
pub fn facts_of_people(
    reader: Reader<'_>,
    people: impl IntoIterator<Item = PersonId>,
    kinds: &[FactKind],
) -> Result<Vec<Fact>> {
    let kinds = Json::from(kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>()).to_string();
    reader.rows(FACTS_OF_PEOPLE, (as_list(people), kinds))
}

/// The 职务 of those of these people who have one.
pub fn jobs_of(reader: Reader<'_>, people: impl IntoIterator<Item = PersonId>) -> Result<HashMap<PersonId, String>> {
    let mut statement = reader.0.prepare_cached(JOBS)?;
    let jobs = statement.query_map([as_list(people)], |row| Ok((PersonId(row.get(0)?), row.get(1)?)))?;
    Ok(jobs.collect::<rusqlite::Result<_>>()?)
}

/// People as the list that a statement takes as one parameter.
fn as_list(people: impl IntoIterator<Item = PersonId>) -> String {
    Json::from(people.into_iter().map(|person| person.0).collect::<Vec<_>>()).to_string()
}

/// A person's values of extra fields.
pub fn extras_of(reader: Reader<'_>, id: PersonId) -> Result<Vec<ExtraValue>> {
    reader.rows(EXTRAS_OF_PERSON, [id.0])
}

/// Everybody's values of an extra field.
pub fn extra_values_of(reader: Reader<'_>, id: ExtraFieldId) -> Result<Vec<ExtraValue>> {
    reader.rows(EXTRAS_OF_FIELD, [id.0])
}

/// The facts in which an organisation stands.
pub fn facts_in(reader: Reader<'_>, id: OrganisationId) -> Result<Vec<Fact>> {
    reader.rows(FACTS_OF_ORGANISATION, [id.0])
}

/// The posts of an organisation, ever held, the earliest first.
pub fn posts_in(reader: Reader<'_>, id: OrganisationId) -> Result<Vec<Fact>> {
    reader.rows(POSTS_OF_ORGANISATION, [id.0])
}

/// The extra fields, in their order.
pub fn extra_fields(reader: Reader<'_>) -> Result<Vec<ExtraField>> {
    reader.rows(EXTRA_FIELDS, [])
}

/// The greatest 名册顺序 in a branch, 0 where nobody is.
pub fn last_position(reader: Reader<'_>, branch: OrganisationId) -> Result<i64> {
    Ok(reader.integer(LAST_POSITION, [branch.0])?.unwrap_or(0))
}

/// Passes everything about everybody, in the order of ids: three walks side by side, nothing held but one person.
pub fn each_file(reader: Reader<'_>, mut take: impl FnMut(PersonFile) -> Result<()>) -> Result<()> {
    let mut facts = reader.prepare(FACTS)?;
    let mut facts = Walk::<Fact>::begin(&mut facts)?;
    let mut extras = reader.prepare(EXTRAS)?;
    let mut extras = Walk::<ExtraValue>::begin(&mut extras)?;
    reader.each(PEOPLE, [], |person: Person| {
        let id = person.id;
        let mut file = PersonFile { person, facts: Vec::new(), extras: BTreeMap::new() };
        // Every fact and every value belongs to a person: what is not passed yet is of this one or of a later one.
        while let Some(fact) = facts.take_if(|fact| fact.person == id)? {
            file.facts.push(fact);
        }
        while let Some(extra) = extras.take_if(|extra| extra.person == id)? {
            file.extras.insert(extra.field, extra.value);
        }
        take(file)
    })
}

/// A person who is asked for costs about as much as so many who are passed in a walk over everybody.
const WALKED: usize = 4;

/// Passes everything about these people, each with its place in `ids`, in no order: asked for one by one, or, where
/// they are many among `everybody`, found in one walk. Those who are not there are left out.
pub fn each_file_of(
    reader: Reader<'_>,
    ids: &[PersonId],
    everybody: usize,
    mut take: impl FnMut(usize, &PersonFile) -> Result<()>,
) -> Result<()> {
    if ids.len().saturating_mul(WALKED) < everybody.max(WALKED * 100) {
        for (place, id) in ids.iter().enumerate() {
            if let Some(file) = file(reader, *id)? {
                take(place, &file)?;
            }
        }
        return Ok(());
    }
    let mut wanted: Vec<(PersonId, usize)> = ids.iter().copied().zip(0..).collect();
    wanted.sort_unstable();
    let mut wanted = wanted.into_iter().peekable();
    each_file(reader, |file| {
        while wanted.next_if(|(id, _)| *id < file.person.id).is_some() {}
        while let Some((_, place)) = wanted.next_if(|(id, _)| *id == file.person.id) {
            take(place, &file)?;
        }
        Ok(())
    })
}

/// Passes the memberships, groups and posts of everybody who has any, person by person, in no order of time.
pub fn each_belonging(reader: Reader<'_>, mut take: impl FnMut(PersonId, &[Fact]) -> Result<()>) -> Result<()> {
    let mut facts: Vec<Fact> = Vec::new();
    reader.each(BELONGINGS, [], |fact: Fact| {
        if let Some(last) = facts.last()
            && last.person != fact.person
        {
            take(last.person, &facts)?;
            facts.clear();
        }
        facts.push(fact);
        Ok(())
    })?;
    facts.last().map_or(Ok(()), |last| take(last.person, &facts))
}

/// Passes the occupation of everybody who has one, as it is written.
pub fn each_occupation(reader: Reader<'_>, take: impl FnMut(PersonId, &str)) -> Result<()> {
    each_text(reader, OCCUPATIONS, take)
}

/// Passes 籍贯 of everybody who has one, as it is written.
pub fn each_native_place(reader: Reader<'_>, take: impl FnMut(PersonId, &str)) -> Result<()> {
    each_text(reader, NATIVE_PLACES, take)
}

fn each_text(reader: Reader<'_>, statement: &str, mut take: impl FnMut(PersonId, &str)) -> Result<()> {
    let mut statement = reader.0.prepare_cached(statement)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(PersonId(row.get(0)?), row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
    }
    Ok(())
}

/// A dated fact as far as counting needs it, borrowed from the row that is read.
#[derive(Debug, Clone, Copy)]
pub struct FactSeen<'r> {
    pub id: FactId,
    pub person: PersonId,
    pub kind: FactKind,
    pub organisation: Option<OrganisationId>,
    pub value: Option<&'r str>,
    pub span: Span,
}

/// Passes the facts of these kinds that hold on a day, in no order: one walk, without making a row of each.
pub fn each_fact_on(
    reader: Reader<'_>,
    kinds: &[FactKind],
    day: Day,
    mut take: impl FnMut(FactSeen<'_>),
) -> Result<()> {
    let Some(first) = kinds.first() else { return Ok(()) };
    let name = |place: usize| kinds.get(place).unwrap_or(first).name();
    let mut statement = reader.0.prepare_cached(FACTS_ABOUT)?;
    let number = PartialDate::of_day(day).stored();
    let mut rows = statement.query((name(0), name(1), name(2), name(3), name(4), name(5), number))?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let fail = |column: &str| impossible(Table::Fact, id, column);
        let text = |place: usize| row.get_ref(place)?.as_str_or_null().map_err(rusqlite::Error::from);
        let date = |place: usize, column: &str| match row.get::<_, Option<i64>>(place)? {
            None => Ok(None),
            Some(stored) => PartialDate::from_stored(stored).map(Some).ok_or_else(|| fail(column)),
        };
        let span = Span { from: date(5, "from_day")?, to: date(6, "to_day")? };
        if !span.holds_on(day) {
            continue;
        }
        take(FactSeen {
            id: FactId(id),
            person: PersonId(row.get(1)?),
            kind: text(2)?.and_then(FactKind::from_name).ok_or_else(|| fail("kind"))?,
            organisation: row.get::<_, Option<i64>>(3)?.map(OrganisationId),
            value: text(4)?,
            span,
        });
    }
    Ok(())
}

impl Row for Person {
    const TABLE: Table = Table::Person;

    fn id(&self) -> i64 {
        self.id.0
    }

    fn cells(&self) -> Vec<Cell> {
        let mut cells: Vec<Cell> = fields::person_fields()
            .map(|field| match self.values.get(&field.key) {
                None => Cell::Null,
                Some(Value::Text(text)) => Cell::Text(text.clone()),
                Some(Value::Date(date)) => Cell::Integer(date.stored()),
            })
            .collect();
        cells.push(self.category_told.map(|told| told.category.label().to_owned()).into());
        cells.push(self.category_told.map(|told| PartialDate::of_day(told.on).stored()).into());
        cells.push((&self.voided).into());
        cells.push(self.merged_into.map(|id| id.0).into());
        cells
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let mut values = BTreeMap::new();
        let mut cells = cells.into_iter();
        for field in fields::person_fields() {
            let value = match cells.next().unwrap_or(Cell::Null) {
                Cell::Null => continue,
                Cell::Text(text) => Value::Text(text),
                Cell::Integer(stored) => Value::Date(
                    PartialDate::from_stored(stored).ok_or_else(|| impossible(Table::Person, id, field.name))?,
                ),
            };
            values.insert(field.key, value);
        }
        let mut next = || cells.next().unwrap_or(Cell::Null);
        let fail = |column: &str| impossible(Table::Person, id, column);
        let label = next().into_text();
        let category =
            label.map(|label| Category::from_label(&label).ok_or_else(|| fail("category_told"))).transpose()?;
        let told_on = date_in(next(), || fail("category_told_on"))?;
        let category_told = category.zip(told_on).map(|(category, on)| CategoryTold { category, on: on.first_day() });
        let voided = next().into_text();
        let merged_into = next().integer().map(PersonId);
        if !values.contains_key(&Known::Name) {
            return Err(impossible(Table::Person, id, "name"));
        }
        Ok(Self { id: PersonId(id), values, category_told, voided, merged_into })
    }
}

impl Row for Fact {
    const TABLE: Table = Table::Fact;

    fn id(&self) -> i64 {
        self.id.0
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.person.0.into(),
            self.kind.name().into(),
            self.organisation.map(|id| id.0).into(),
            (&self.value).into(),
            (&self.place).into(),
            self.span.from.map(PartialDate::stored).into(),
            self.span.to.map(PartialDate::stored).into(),
            self.position.into(),
        ]
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let fail = |column: &str| impossible(Table::Fact, id, column);
        let mut cells = cells.into_iter();
        let mut next = || cells.next().unwrap_or(Cell::Null);
        Ok(Self {
            id: FactId(id),
            person: PersonId(next().integer().ok_or_else(|| fail("person"))?),
            kind: next().into_text().and_then(|name| FactKind::from_name(&name)).ok_or_else(|| fail("kind"))?,
            organisation: next().integer().map(OrganisationId),
            value: next().into_text(),
            place: next().into_text(),
            span: Span { from: date_in(next(), || fail("from_day"))?, to: date_in(next(), || fail("to_day"))? },
            position: next().integer(),
        })
    }
}

impl Row for ExtraField {
    const TABLE: Table = Table::ExtraField;

    fn id(&self) -> i64 {
        self.id.0
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.label.as_str().into(),
            self.position.into(),
            self.kind.name().map(str::to_owned).into(),
            self.kind.choices().map(|choices| choices.join("\n")).into(),
        ]
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let mut cells = cells.into_iter();
        let label = cells.next().and_then(Cell::into_text);
        let position = cells.next().and_then(|cell| cell.integer());
        let (kind, choices) =
            (cells.next().and_then(Cell::into_text), cells.next().and_then(Cell::into_text).unwrap_or_default());
        let choices = choices.lines().map(str::to_owned).collect();
        match (label, position, ExtraKind::from_name(kind.as_deref(), choices)) {
            (Some(label), Some(position), Some(kind)) => Ok(Self { id: ExtraFieldId(id), label, position, kind }),
            _ => Err(impossible(Table::ExtraField, id, "label")),
        }
    }
}

impl Row for ExtraValue {
    const TABLE: Table = Table::ExtraValue;

    fn id(&self) -> i64 {
        self.id
    }

    fn cells(&self) -> Vec<Cell> {
        vec![self.person.0.into(), self.field.0.into(), self.value.as_str().into()]
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let mut cells = cells.into_iter();
        let person = cells.next().and_then(|cell| cell.integer());
        let field = cells.next().and_then(|cell| cell.integer());
        let value = cells.next().and_then(Cell::into_text);
        match (person, field, value) {
            (Some(person), Some(field), Some(value)) => {
                Ok(Self { id, person: PersonId(person), field: ExtraFieldId(field), value })
            }
            _ => Err(impossible(Table::ExtraValue, id, "value")),
        }
    }
}
