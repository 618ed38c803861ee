//! Undo and redo of any entry (`definitions.md` 20).
//!
//! An undo is refused when a record the entry touched was changed since, or is referred to since, or a rule would be
//! broken after it; the message names both entries. Rows are compared as well: what is no longer as the entry left
//! it is never overwritten.

use std::collections::BTreeSet;

use super::Made;
use super::ledger::Stamp;
use crate::domain::ids::{EntryId, RecordId};
use crate::problem::{Problem, ProblemKind, Result};
use crate::store::Table;
use crate::store::book::Book;
use crate::store::journal::{self, Entry};
use crate::store::reader::Reader;
use crate::store::workbook::Title;

/// Entries that are read at once on the way back.
const STRIDE: u32 = 200;

/// The entry that 撤销 would take back now.
pub fn next_undo(reader: Reader<'_>) -> Result<Option<Entry>> {
    newest_that(reader, |entry| {
        let is_ordinary = entry.undoable && entry.reverts.is_none();
        Ok(if is_ordinary && journal::reverted_by(reader, entry.id)?.is_none() { Look::Found } else { Look::Further })
    })
}

/// The undo that 重做 would take back now: the newest that still stands, with no new change after it.
pub fn next_redo(reader: Reader<'_>) -> Result<Option<Entry>> {
    newest_that(reader, |entry| {
        let Some(target) = entry.reverts else {
            return Ok(if entry.undoable { Look::Nothing } else { Look::Further });
        };
        let is_undo = journal::get(reader, target)?.is_some_and(|target| target.reverts.is_none());
        let stands = is_undo && journal::reverted_by(reader, entry.id)?.is_none();
        Ok(if stands { Look::Found } else { Look::Further })
    })
}

/// What an entry means for whoever looks for one.
enum Look {
    Found,
    Further,
    /// There is none.
    Nothing,
}

/// Looks from the newest entry backwards.
fn newest_that(reader: Reader<'_>, mut look: impl FnMut(&Entry) -> Result<Look>) -> Result<Option<Entry>> {
    let mut before = None;
    loop {
        let entries = journal::newest(reader, before, STRIDE)?;
        let Some(oldest) = entries.last().map(|entry| entry.id) else { return Ok(None) };
        for entry in entries {
            match look(&entry)? {
                Look::Found => return Ok(Some(entry)),
                Look::Further => {}
                Look::Nothing => return Ok(None),
            }
        }
        before = Some(oldest);
    }
}

/// The title under which an entry is known to people: an undo is named by what it took back.
pub fn plain_title(reader: Reader<'_>, entry: &Entry) -> Result<String> {
    let mut entry = entry.clone();
    while let Some(target) = entry.reverts {
        entry = require(reader, target)?;
    }
    Ok(entry.title)
}

/// Takes an entry back within a book.
pub(super) fn revert(
    book: &mut Book<'_>,
    target: EntryId,
    keep_changed: bool,
    _stamp: &Stamp,
) -> Result<(Title, Made)> {
    let reader = book.reader();
    let entry = require(reader, target)?;
    if !entry.undoable {
        return Err(Problem::input("没有撤销", format!("“{}”不能撤销：已经离开本程序的东西收不回来", entry.title)));
    }
    if journal::reverted_by(reader, target)?.is_some() {
        return Err(Problem::input("没有撤销", format!("“{}”已经撤销过了", entry.title)));
    }
    let plain = plain_title(reader, &entry)?;
    let verb = if entry.reverts.is_some() { "重做" } else { "撤销" };
    let kept = changed_since(reader, &entry, keep_changed, verb)?;
    let mut gone: Vec<(Table, RecordId)> = Vec::new();
    journal::each_change_backwards(reader, target, |change| {
        if kept.contains(&change.record()) {
            return Ok(());
        }
        if change.before.is_none() && matches!(change.table, Table::Organisation | Table::ExtraField) {
            gone.push((change.table, change.id));
        }
        book.revert(change)
    })
    .map_err(|problem| not_reverted(problem, &plain, verb))?;
    check_references(book, &entry, &gone, verb)?;
    let text = match kept.len() {
        0 => format!("{verb}：{plain}"),
        count => format!("{verb}（保留后来改过的 {count} 个）：{plain}"),
    };
    let reverts = Some(target);
    Ok((Title { text, undoable: true, reverts }, Made(None)))
}

/// The records changed since, with what refers to them; a conflict unless they are to be kept.
fn changed_since(reader: Reader<'_>, entry: &Entry, keep: bool, verb: &str) -> Result<BTreeSet<RecordId>> {
    let later = journal::standing_since(reader, entry.id)?;
    let Some(newest) = later.last() else { return Ok(BTreeSet::new()) };
    if !keep {
        return Err(conflict(entry, newest, verb));
    }
    let mut kept = BTreeSet::new();
    for later in &later {
        kept.extend(journal::shared_records(reader, entry.id, later.id)?);
    }
    // What a kept record refers to is kept too: its branch, the group it is in.
    journal::each_change(reader, entry.id, |change| {
        if change.table == Table::Fact && kept.contains(&change.record()) {
            kept.extend(change.referred());
        }
        Ok(())
    })?;
    let mut above: Vec<RecordId> = Vec::new();
    journal::each_change(reader, entry.id, |change| {
        if change.table == Table::Organisation && kept.contains(&change.id) {
            above.extend(change.referred());
        }
        Ok(())
    })?;
    kept.extend(above);
    Ok(kept)
}

/// After the rows went back nothing may refer to one that is gone.
fn check_references(book: &Book<'_>, entry: &Entry, gone: &[(Table, RecordId)], verb: &str) -> Result<()> {
    let reader = book.reader();
    for (table, id) in gone {
        if let Some(record) = crate::store::references::first_to(reader, *table, *id)? {
            let later = journal::latest_touching(reader, record, entry.id)?;
            return Err(match later {
                Some(later) => conflict(entry, &later, verb),
                None => Problem::new(ProblemKind::Conflict, format!("没有{verb}"), "后来的内容还用着它"),
            });
        }
    }
    Ok(())
}

fn conflict(entry: &Entry, later: &Entry, verb: &str) -> Problem {
    Problem::new(
        ProblemKind::Conflict,
        format!("没有{verb}"),
        format!(
            "“{}”（第 {} 步）之后，同样的内容又被“{}”（第 {} 步）改过",
            entry.title, entry.id, later.title, later.id
        ),
    )
    .next(format!("先撤销第 {} 步；或只{verb}后来没改过的部分（--keep-changed）", later.id))
}

fn not_reverted(problem: Problem, plain: &str, verb: &str) -> Problem {
    match problem.kind {
        ProblemKind::Conflict => {
            Problem {
                title: format!("没有{verb}"), happened: format!("“{plain}”写下的内容已经变了"), ..problem
            }
        }
        _ => problem,
    }
}

fn require(reader: Reader<'_>, id: EntryId) -> Result<Entry> {
    journal::get(reader, id)?
        .ok_or_else(|| Problem::input("没有撤销", format!("操作记录里没有第 {id} 步")).next("用 history 看有哪些步"))
}
