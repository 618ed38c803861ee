//! The journal as a readable diary (操作记录).

mod change_words;
mod changes;
mod checklist_changes;
mod talk_changes;

pub use changes::{ChangeLine, EntryStory, Later, Staying, in_lines, name, story};

use super::desk::Desk;
use crate::command::undo::{next_redo, next_undo, plain_title};
use crate::domain::ids::RecordId;
use crate::problem::Result;
use crate::store::journal::{self, Entry};
use crate::store::reader::Reader;

/// One entry of the diary.
#[derive(Debug, Clone, PartialEq)]
pub struct DiaryLine {
    pub entry: Entry,
    /// Whether it still stands: not taken back.
    pub stands: bool,
    /// Whether 撤销此项 is worth offering.
    pub can_undo: bool,
}

/// What 撤销 and 重做 would do now, by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UndoNames {
    pub undo: Option<(Entry, String)>,
    pub redo: Option<(Entry, String)>,
}

/// What 撤销 and 重做 would do now.
pub fn undo_names(reader: Reader<'_>) -> Result<UndoNames> {
    let named = |entry: Option<Entry>| -> Result<Option<(Entry, String)>> {
        let Some(entry) = entry else { return Ok(None) };
        let title = plain_title(reader, &entry)?;
        Ok(Some((entry, title)))
    };
    Ok(UndoNames { undo: named(next_undo(reader)?)?, redo: named(next_redo(reader)?)? })
}

/// The newest entries, newest first; of one record, or of all.
pub fn diary(desk: &Desk, record: Option<RecordId>, limit: u32) -> Result<Vec<DiaryLine>> {
    let reader = desk.reader();
    let entries = match record {
        Some(record) => journal::of_record(reader, record, limit)?,
        None => journal::newest(reader, None, limit)?,
    };
    entries
        .into_iter()
        .map(|entry| {
            let stands = journal::reverted_by(reader, entry.id)?.is_none();
            let can_undo = stands && entry.undoable && entry.reverts.is_none();
            Ok(DiaryLine { entry, stands, can_undo })
        })
        .collect()
}
