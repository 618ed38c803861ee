//! The backups of a workbook: how far one of them goes, compared with the workbook as it is.

use std::path::Path;

use super::desk::Desk;
use crate::problem::Result;
use crate::store::journal::{self, Entry};
use crate::store::workbook::ReadOnly;

/// How far a backup goes.
#[derive(Debug, Clone, PartialEq)]
pub struct BackupStory {
    /// Its last step; none if nothing was ever done in it.
    pub last: Option<Entry>,
    /// The last step of the workbook.
    pub now: Option<Entry>,
    pub since: Since,
}

/// What happened to the workbook after a backup of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    Nothing,
    /// So many steps were added.
    Steps(u64),
    /// The backup has steps of its own: the workbook was itself restored from an older one.
    Apart,
}

/// Reads how far a backup goes.
pub fn story(desk: &Desk, backup: &Path) -> Result<BackupStory> {
    let backup = ReadOnly::open(backup, desk.connection().key())?;
    let last = journal::last(backup.reader())?;
    let now = journal::last(desk.reader())?;
    let here = match &last {
        Some(last) => journal::get(desk.reader(), last.id)?,
        None => None,
    };
    let number = |entry: &Option<Entry>| entry.as_ref().map_or(0, |entry| entry.id.0);
    let since = match number(&now) - number(&last) {
        _ if last.as_ref().map(|last| &last.chain) != here.as_ref().map(|here| &here.chain) => Since::Apart,
        0 => Since::Nothing,
        steps => Since::Steps(steps.unsigned_abs()),
    };
    Ok(BackupStory { last, now, since })
}
