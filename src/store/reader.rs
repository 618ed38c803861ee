//! Reading rows. A reader cannot write; no statement outlives its question.

use rusqlite::{CachedStatement, Connection, Params, Row as SqlRow, Rows};

use super::cell::Cell;
use super::table::{Table, statements};
use crate::domain::dates::PartialDate;
use crate::problem::{Problem, Result};

/// A row of a table, as the domain knows it.
pub trait Row: Sized {
    const TABLE: Table;
    fn id(&self) -> i64;
    /// The values after `id`, in the order of the table's columns.
    fn cells(&self) -> Vec<Cell>;
    /// Fails where the stored values are none that this row can have.
    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self>;
}

/// A SELECT over all columns of a table.
#[derive(Debug, Clone, Copy)]
pub struct Query {
    pub table: Table,
    /// WHERE, ORDER BY, LIMIT.
    pub tail: &'static str,
}

impl Query {
    pub const fn new(table: Table, tail: &'static str) -> Self {
        Self { table, tail }
    }

    /// The statement.
    pub fn sql(self) -> String {
        format!("SELECT id, {} FROM {} {}", self.table.quoted_columns(), self.table.name(), self.tail)
    }
}

/// Reads the last committed state, or, within a command, what it wrote so far.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'c>(pub(super) &'c Connection);

impl<'c> Reader<'c> {
    /// The rows that a query finds.
    pub fn rows<R: Row>(self, query: Query, parameters: impl Params) -> Result<Vec<R>> {
        let mut found = Vec::new();
        self.each(query, parameters, |row| {
            found.push(row);
            Ok(())
        })?;
        Ok(found)
    }

    /// Passes each row that a query finds, one at a time.
    pub fn each<R: Row>(
        self,
        query: Query,
        parameters: impl Params,
        mut take: impl FnMut(R) -> Result<()>,
    ) -> Result<()> {
        debug_assert!(query.table == R::TABLE, "a query of another table");
        let width = query.table.columns().len();
        let mut statement = self.0.prepare_cached(&query.sql())?;
        let mut rows = statement.query(parameters)?;
        while let Some(row) = rows.next()? {
            take(R::from_cells(row.get(0)?, cells_of(row, width)?)?)?;
        }
        Ok(())
    }

    /// A query that is walked beside others, see [`Walk`].
    pub(super) fn prepare(self, query: Query) -> Result<CachedStatement<'c>> {
        Ok(self.0.prepare_cached(&query.sql())?)
    }

    /// The row with this id, if it is there.
    pub fn get<R: Row>(self, id: i64) -> Result<Option<R>> {
        self.cells(R::TABLE, id)?.map(|cells| R::from_cells(id, cells)).transpose()
    }

    /// The values of one row.
    pub(super) fn cells(self, table: Table, id: i64) -> Result<Option<Vec<Cell>>> {
        let mut statement = self.0.prepare_cached(&statements(table).read)?;
        let mut rows = statement.query([id])?;
        rows.next()?.map(|row| cells_of(row, table.columns().len())).transpose().map_err(Problem::from)
    }

    /// The first column of the first row.
    pub(super) fn integer(self, sql: &str, parameters: impl Params) -> Result<Option<i64>> {
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query(parameters)?;
        Ok(match rows.next()? {
            Some(row) => row.get(0)?,
            None => None,
        })
    }

    /// The first column of all rows.
    pub(super) fn integers(self, sql: &str, parameters: impl Params) -> Result<Vec<i64>> {
        let mut statement = self.0.prepare_cached(sql)?;
        let found = statement.query_map(parameters, |row| row.get(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(found)
    }
}

/// A walk over the rows of one table in the order of a key, in step with the walk over another.
pub(super) struct Walk<'s, R> {
    rows: Rows<'s>,
    width: usize,
    next: Option<R>,
}

impl<'s, R: Row> Walk<'s, R> {
    /// Stands before the first row.
    pub fn begin(statement: &'s mut CachedStatement<'_>) -> Result<Self> {
        let mut walk = Self { rows: statement.query([])?, width: R::TABLE.columns().len(), next: None };
        walk.step()?;
        Ok(walk)
    }

    /// Takes the next row if `wanted`.
    pub fn take_if(&mut self, wanted: impl FnOnce(&R) -> bool) -> Result<Option<R>> {
        let Some(row) = self.next.take_if(|row| wanted(row)) else { return Ok(None) };
        self.step()?;
        Ok(Some(row))
    }

    fn step(&mut self) -> Result<()> {
        self.next = match self.rows.next()? {
            Some(row) => Some(R::from_cells(row.get(0)?, cells_of(row, self.width)?)?),
            None => None,
        };
        Ok(())
    }
}

fn cells_of(row: &SqlRow<'_>, width: usize) -> rusqlite::Result<Vec<Cell>> {
    (1..=width).map(|place| row.get(place)).collect()
}

/// A stored date, or none; fails where the stored value is no date.
pub(super) fn date_in(cell: Cell, fail: impl FnOnce() -> Problem) -> Result<Option<PartialDate>> {
    match cell {
        Cell::Null => Ok(None),
        cell => cell.integer().and_then(PartialDate::from_stored).map(Some).ok_or_else(fail),
    }
}

/// A stored value that no row of this table can have.
pub(super) fn impossible(table: Table, id: i64, column: &str) -> Problem {
    Problem::new(crate::problem::ProblemKind::File, "没有读出", "文件里有一处内容不合规格")
        .next("请运行检查（check），必要时从备份恢复")
        .detail(format!("{} {id}: {column}", table.name()))
}
