//! Taking a merge apart again (拆开), also long after it: the journal knows which rows came from whom.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{rejected, require_file};
use crate::command::{Made, title};
use crate::domain::checklists::{Checklist, ChecklistItem};
use crate::domain::events::Event;
use crate::domain::ids::{EntryId, PersonId};
use crate::domain::members::{Fact, Person};
use crate::domain::talks::{FollowUp, PlannedTalk, TalkPerson};
use crate::problem::{Problem, Result};
use crate::store::book::Book;
use crate::store::journal;
use crate::store::members::ExtraValue;
use crate::store::reader::{Reader, Row};
use crate::store::workbook::Title;
use crate::store::{Cell, Change, Table};

/// Takes a merge apart (拆开): the person that was merged into another comes back with the rows that came from there.
/// What of the kept one's fields was changed since stays. Refused where one of the rows was changed since.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnmergeMembers {
    /// The person that was merged into another.
    pub id: PersonId,
}

impl UnmergeMembers {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let dropped = require_file(book, self.id)?.person;
        let Some(keep) = dropped.merged_into else {
            return Err(rejected(format!("{} 没有并入别人", dropped.name())));
        };
        let kept = require_file(book, keep)?.person;
        if kept.merged_into.is_some() {
            return Err(rejected(format!("{} 后来又并入了另一人", kept.name())).next(format!("先拆开 {}", kept.name())));
        }
        let (entry, changes) = merge_of(book.reader(), self.id, keep)?
            .ok_or_else(|| rejected(format!("操作记录里没有 {} 并入 {} 的那一步", dropped.name(), kept.name())))?;
        for change in changes.into_iter().rev() {
            take_back(book, change, keep, entry, kept.name())?;
        }
        Ok((title(format!("拆开：{} 与 {}", dropped.name(), kept.name())), Made(Some(self.id.0))))
    }
}

/// The newest entry by which one became the other, with its changes of the two persons' rows, each row once.
fn merge_of(reader: Reader<'_>, drop: PersonId, keep: PersonId) -> Result<Option<(EntryId, Vec<Change>)>> {
    for entry in journal::of_record(reader, drop.0, u32::MAX)? {
        let mut changes: Vec<Change> = Vec::new();
        let mut is_merge = false;
        journal::each_change(reader, entry.id, |change| {
            is_merge |= merges(&change, drop, keep);
            if is_of(&change, drop) || is_of(&change, keep) || is_of_talks(&change) || is_of_checklists(&change) {
                match changes.iter_mut().find(|seen| (seen.table, seen.id) == (change.table, change.id)) {
                    Some(seen) => seen.after = change.after,
                    None => changes.push(change),
                }
            }
            Ok(())
        })?;
        if is_merge {
            return Ok(Some((entry.id, changes)));
        }
    }
    Ok(None)
}

/// Whether by this change the one became the other.
fn merges(change: &Change, drop: PersonId, keep: PersonId) -> bool {
    let into = |row: &Option<Vec<Cell>>| {
        let place = Table::Person.columns().iter().position(|column| *column == "merged_into");
        row.as_ref().and_then(|row| row.get(place?)).and_then(Cell::integer)
    };
    change.table == Table::Person
        && change.id == drop.0
        && into(&change.before).is_none()
        && into(&change.after) == Some(keep.0)
}

fn is_of(change: &Change, person: PersonId) -> bool {
    matches!(change.table, Table::Person | Table::Fact | Table::Event | Table::ExtraValue)
        && change.record() == person.0
}

/// In a merge they change only where somebody goes over to the other.
fn is_of_talks(change: &Change) -> bool {
    matches!(change.table, Table::TalkPerson | Table::FollowUp | Table::PlannedTalk)
}

/// The same of a member's file, and of items somebody answers for.
fn is_of_checklists(change: &Change) -> bool {
    matches!(change.table, Table::Checklist | Table::ChecklistItem)
}

/// Takes one row back: one that stayed with its person value by value, one that went over or was taken out only if it
/// is as the merge left it. The person a row belongs to stands in its first column.
fn take_back(book: &mut Book<'_>, change: Change, keep: PersonId, entry: EntryId, kept: &str) -> Result<()> {
    let now = cells(book.reader(), &change)?;
    if let (Some(before), Some(after), Some(now)) = (&change.before, &change.after, &now)
        && !is_of_talks(&change)
        && (change.table == Table::Person || before.first() == after.first())
    {
        let wanted = now.iter().zip(before).zip(after);
        // What was changed since is not overwritten.
        let wanted = wanted.map(|((now, before), after)| if now == after { before.clone() } else { now.clone() });
        let change = Change { before: Some(wanted.collect()), after: Some(now.clone()), ..change };
        return if change.before == change.after { Ok(()) } else { book.revert(change) };
    }
    if now == change.after {
        return book.revert(change);
    }
    if is_of_talks(&change) || (is_of_checklists(&change) && now.is_none()) {
        // A talk that was written anew since tells who sat in it; an item that is gone, nothing.
        return Ok(());
    }
    let what = match change.table {
        Table::Fact => "事项（组织关系、职务等）",
        Table::Event => "变动记录",
        _ => "自留栏",
    };
    let since = journal::latest_touching(book.reader(), keep.0, entry)?;
    let next = match since {
        Some(since) => format!("先撤销后来的改动（最近一步是“{}”），再拆开", since.title),
        None => "先把它改回去，再拆开".to_owned(),
    };
    Err(Problem::input("没有拆开", format!("合并时归到 {kept} 名下的{what}后来又改过")).next(next))
}

/// How the row stands now; `None` where it is not there.
fn cells(reader: Reader<'_>, change: &Change) -> Result<Option<Vec<Cell>>> {
    fn of<R: Row>(reader: Reader<'_>, id: i64) -> Result<Option<Vec<Cell>>> {
        Ok(reader.get::<R>(id)?.map(|row| row.cells()))
    }
    match change.table {
        Table::Person => of::<Person>(reader, change.id),
        Table::Fact => of::<Fact>(reader, change.id),
        Table::Event => of::<Event>(reader, change.id),
        Table::TalkPerson => of::<TalkPerson>(reader, change.id),
        Table::FollowUp => of::<FollowUp>(reader, change.id),
        Table::PlannedTalk => of::<PlannedTalk>(reader, change.id),
        Table::Checklist => of::<Checklist>(reader, change.id),
        Table::ChecklistItem => of::<ChecklistItem>(reader, change.id),
        _ => of::<ExtraValue>(reader, change.id),
    }
}
