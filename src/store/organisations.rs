//! Tables `organisation` and `organisation_event`.

use super::cell::Cell;
use super::reader::{Query, Reader, Row, date_in, impossible};
use super::table::Table;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{OrganisationEventId, OrganisationId};
use crate::domain::organisations::{
    Organisation, OrganisationEvent, OrganisationEventKind, OrganisationKind, OrganisationTree,
};
use crate::problem::Result;

const ALL: Query = Query::new(Table::Organisation, "ORDER BY id");
const EVENTS: Query = Query::new(Table::OrganisationEvent, "ORDER BY day, id");
const EVENTS_OF: Query = Query::new(Table::OrganisationEvent, "WHERE organisation = ?1 ORDER BY day, id");
pub(super) const QUERIES: &[Query] = &[ALL, EVENTS, EVENTS_OF];

/// All that happened to organisations, the earliest first.
pub fn events(reader: Reader<'_>) -> Result<Vec<OrganisationEvent>> {
    reader.rows(EVENTS, [])
}

/// What happened to one organisation, the earliest first.
pub fn events_of(reader: Reader<'_>, id: OrganisationId) -> Result<Vec<OrganisationEvent>> {
    reader.rows(EVENTS_OF, [id.0])
}

/// The tree as the rows have it, which a change may have made one that cannot be.
pub fn tree_to_check(reader: Reader<'_>) -> Result<OrganisationTree> {
    Ok(OrganisationTree::new(reader.rows(ALL, [])?))
}

/// The whole tree. Workbooks hold hundreds of organisations, not more.
pub fn tree(reader: Reader<'_>) -> Result<OrganisationTree> {
    let tree = tree_to_check(reader)?;
    match tree.in_a_circle() {
        Some(id) => Err(impossible(Table::Organisation, id.0, "parent")),
        None => Ok(tree),
    }
}

impl Row for Organisation {
    const TABLE: Table = Table::Organisation;

    fn id(&self) -> i64 {
        self.id.0
    }

    fn cells(&self) -> Vec<Cell> {
        let date = |date: Option<PartialDate>| Cell::from(date.map(PartialDate::stored));
        vec![
            self.parent.map(|parent| parent.0).into(),
            self.position.into(),
            self.kind.label().into(),
            self.name.as_str().into(),
            (&self.short_name).into(),
            (&self.code).into(),
            date(self.founded),
            date(self.closed),
            (&self.secretary).into(),
            (&self.deputy).into(),
            (&self.committee).into(),
            (&self.contact).into(),
            (&self.phone).into(),
            (&self.unit).into(),
            date(self.elected_on),
            date(self.term_ends),
            (&self.remark).into(),
            (&self.founded_document).into(),
            (&self.closed_document).into(),
            self.term_years.into(),
            (&self.admits).into(),
            (&self.leading_group).into(),
            (&self.address).into(),
            (&self.unit_situation).into(),
            (&self.unit_kind).into(),
            (&self.unit_code).into(),
        ]
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let fail = |column: &str| impossible(Table::Organisation, id, column);
        let mut cells = cells.into_iter();
        let mut next = || cells.next().unwrap_or(Cell::Null);
        let parent = next().integer().map(OrganisationId);
        let position = next().integer().ok_or_else(|| fail("position"))?;
        let kind = next().into_text().and_then(|label| OrganisationKind::from_label(&label));
        let name = next().into_text().ok_or_else(|| fail("name"))?;
        let mut new = Self::new(OrganisationId(id), parent, kind.ok_or_else(|| fail("kind"))?, &name);
        new.position = position;
        new.short_name = next().into_text();
        new.code = next().into_text();
        new.founded = date_in(next(), || fail("founded"))?;
        new.closed = date_in(next(), || fail("closed"))?;
        new.secretary = next().into_text();
        new.deputy = next().into_text();
        new.committee = next().into_text();
        new.contact = next().into_text();
        new.phone = next().into_text();
        new.unit = next().into_text();
        new.elected_on = date_in(next(), || fail("elected_on"))?;
        new.term_ends = date_in(next(), || fail("term_ends"))?;
        new.remark = next().into_text();
        new.founded_document = next().into_text();
        new.closed_document = next().into_text();
        new.term_years = next().integer();
        new.admits = next().into_text();
        new.leading_group = next().into_text();
        new.address = next().into_text();
        new.unit_situation = next().into_text();
        new.unit_kind = next().into_text();
        new.unit_code = next().into_text();
        Ok(new)
    }
}

impl Row for OrganisationEvent {
    const TABLE: Table = Table::OrganisationEvent;

    fn id(&self) -> i64 {
        self.id.0
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.organisation.0.into(),
            self.kind.name().into(),
            self.day.stored().into(),
            self.other.map(|id| id.0).into(),
            (&self.value).into(),
            (&self.former_short).into(),
            self.until.map(PartialDate::stored).into(),
            (&self.document).into(),
            (&self.note).into(),
        ]
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let fail = |column: &str| impossible(Table::OrganisationEvent, id, column);
        let mut cells = cells.into_iter();
        let mut next = || cells.next().unwrap_or(Cell::Null);
        Ok(Self {
            id: OrganisationEventId(id),
            organisation: next().integer().map(OrganisationId).ok_or_else(|| fail("organisation"))?,
            kind: next()
                .into_text()
                .and_then(|name| OrganisationEventKind::from_name(&name))
                .ok_or_else(|| fail("kind"))?,
            day: date_in(next(), || fail("day"))?.ok_or_else(|| fail("day"))?,
            other: next().integer().map(OrganisationId),
            value: next().into_text(),
            former_short: next().into_text(),
            until: date_in(next(), || fail("until"))?,
            document: next().into_text(),
            note: next().into_text(),
        })
    }
}
