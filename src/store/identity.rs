//! Table `workbook`: which workbook this is.

use super::reader::Reader;
use crate::clock::Moment;
use crate::problem::Result;

const READ: &str = "SELECT identity, created_at FROM workbook WHERE id = 1";
pub(super) const STATEMENTS: &[&str] = &[READ];

/// Which workbook a file is; a copy of it has the same identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    pub identity: i64,
    pub created_at: Moment,
}

/// Who this workbook is.
pub fn read(reader: Reader<'_>) -> Result<Identity> {
    Ok(reader.0.prepare_cached(READ)?.query_row([], |row| {
        Ok(Identity { identity: row.get("identity")?, created_at: Moment(row.get("created_at")?) })
    })?)
}
