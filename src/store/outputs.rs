//! Table `output`: what left the program by export or print. Append-only.

use super::cell::Cell;
use super::reader::{Query, Reader, Row, impossible};
use super::table::Table;
use crate::clock::Moment;
use crate::problem::Result;

const NEWEST_FIRST: Query = Query::new(Table::Output, "ORDER BY id DESC LIMIT ?1");
const SINCE: Query = Query::new(Table::Output, "WHERE at >= ?1 ORDER BY id");
pub(super) const QUERIES: &[Query] = &[NEWEST_FIRST, SINCE];

/// One export or print (外发记录): who, when, what, how many rows, masked or not.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Output {
    pub id: i64,
    /// Milliseconds since 1970.
    pub at: i64,
    pub operator: String,
    /// 「导出党员 CSV」「打印党员花名册」
    pub what: String,
    /// Organisation, day and filter in words.
    pub scope: String,
    pub row_count: i64,
    pub masked: bool,
    /// The file's name, or the printer; no path.
    pub target: String,
}

impl Output {
    pub fn moment(&self) -> Moment {
        Moment(self.at)
    }
}

/// The newest outputs first.
pub fn newest(reader: Reader<'_>, limit: u32) -> Result<Vec<Output>> {
    reader.rows(NEWEST_FIRST, [limit])
}

/// Outputs from a moment on, the first first.
pub fn since(reader: Reader<'_>, at: Moment) -> Result<Vec<Output>> {
    reader.rows(SINCE, [at.0])
}

impl Row for Output {
    const TABLE: Table = Table::Output;

    fn id(&self) -> i64 {
        self.id
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.at.into(),
            self.operator.as_str().into(),
            self.what.as_str().into(),
            self.scope.as_str().into(),
            self.row_count.into(),
            i64::from(self.masked).into(),
            self.target.as_str().into(),
        ]
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let fail = || impossible(Table::Output, id, "output");
        let [at, operator, what, scope, row_count, masked, target] =
            <[Cell; 7]>::try_from(cells).map_err(|_| fail())?;
        Ok(Self {
            id,
            at: at.integer().ok_or_else(fail)?,
            operator: operator.into_text().ok_or_else(fail)?,
            what: what.into_text().ok_or_else(fail)?,
            scope: scope.into_text().ok_or_else(fail)?,
            row_count: row_count.integer().ok_or_else(fail)?,
            masked: masked.integer() == Some(1),
            target: target.into_text().ok_or_else(fail)?,
        })
    }
}
