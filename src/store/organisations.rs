//! Table `organisation`.

use super::cell::Cell;
use super::reader::{Query, Reader, Row, date_in, impossible};
use super::table::Table;
use crate::domain::dates::PartialDate;
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::{Organisation, OrganisationKind, OrganisationTree};
use crate::problem::Result;

const ALL: Query = Query::new(Table::Organisation, "ORDER BY id");
pub(super) const QUERIES: &[Query] = &[ALL];

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
        Ok(new)
    }
}
