//! Whether a file still is the workbook that was opened.
//!
//! While a workbook is open its file can be exchanged: a copy is put in its place, another stick gets its drive
//! letter. What is read anew must not come from there.

use std::path::Path;

use crate::domain::ids::EntryId;
use crate::problem::{Problem, ProblemKind, Result};
use crate::store::reader::Reader;
use crate::store::workbook::ReadOnly;
use crate::store::{identity, journal};

/// What a workbook is known by: its identity, and the last entry it had when it was opened. Entries are only appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fingerprint {
    identity: i64,
    last: Option<(EntryId, Vec<u8>)>,
}

impl Fingerprint {
    pub fn of(reader: Reader<'_>) -> Result<Self> {
        let last = journal::last(reader)?.map(|entry| (entry.id, entry.chain));
        Ok(Self { identity: identity::read(reader)?.identity, last })
    }

    /// Fails where the file is another one.
    pub fn check(&self, file: &ReadOnly) -> Result<()> {
        let reader = file.reader();
        let goes_on = match &self.last {
            None => true,
            Some((id, chain)) => journal::get(reader, *id)?.is_some_and(|entry| entry.chain == *chain),
        };
        if goes_on && identity::read(reader)?.identity == self.identity {
            return Ok(());
        }
        Err(exchanged(file.path()))
    }
}

fn exchanged(path: &Path) -> Problem {
    Problem::new(ProblemKind::Storage, "没有完成", "工作簿文件被换成了另一个")
        .at(path)
        .next("把原来的文件放回原处后再试，或重新打开现在的这个")
}
