//! Table `workbook`: which workbook this is.

use rusqlite::OptionalExtension as _;

use super::reader::Reader;
use crate::clock::Moment;
use crate::problem::{Problem, ProblemKind, Result};

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
    let mut statement = reader.0.prepare_cached(READ)?;
    let found = statement.query_row([], |row| {
        Ok(Identity { identity: row.get("identity")?, created_at: Moment(row.get("created_at")?) })
    });
    found.optional()?.ok_or_else(|| {
        Problem::new(ProblemKind::File, "没有读出", "文件里没有写明是哪个工作簿").next("请从最近的备份恢复")
    })
}
