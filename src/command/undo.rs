//! Undo and redo of any entry.
//!
//! An undo is refused when a record the entry touched was changed since, or is referred to since, or a rule would be
//! broken after it; the message names both entries. Rows are compared as well: what is no longer as the entry left
//! it is never overwritten.

use std::collections::BTreeSet;

use super::Made;
use crate::domain::ids::{EntryId, EvidenceId, RecordId};
use crate::problem::{Problem, ProblemKind, Result};
use crate::store::book::Book;
use crate::store::journal::{self, Entry};
use crate::store::members::extra_fields;
use crate::store::reader::Reader;
use crate::store::workbook::Title;
use crate::store::{Cell, Change, Table};

/// Rows between two reports of progress.
const STRIDE: u64 = 256;

/// What lies between now and the day before an entry was made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WayBack {
    /// What is to be taken back, the newest first.
    pub steps: Vec<Entry>,
    /// Entries on the way that stay, because nobody can take them back: what left the program.
    pub staying: usize,
}

/// The entry that 撤销 would take back now.
pub fn next_undo(reader: Reader<'_>) -> Result<Option<Entry>> {
    journal::look_back(reader, |entry| {
        let ordinary = entry.undoable && entry.reverts.is_none();
        let is_next = ordinary && journal::reverted_by(reader, entry.id)?.is_none();
        Ok(is_next.then_some(entry))
    })
}

/// The undo that 重做 would take back now: the newest that still stands, with no new change after it.
pub fn next_redo(reader: Reader<'_>) -> Result<Option<Entry>> {
    let newest = journal::look_back(reader, |entry| match entry.reverts {
        None => Ok(entry.undoable.then_some(None)),
        Some(target) => {
            let is_undo = journal::get(reader, target)?.is_some_and(|target| target.reverts.is_none());
            let is_next = is_undo && journal::reverted_by(reader, entry.id)?.is_none();
            Ok(is_next.then_some(Some(entry)))
        }
    })?;
    Ok(newest.flatten())
}

/// What has to be taken back so that everything is as it was before `target`.
///
/// An entry and its undo that both lie on the way cancel out, unless the undo kept a part.
pub fn way_back(reader: Reader<'_>, target: EntryId) -> Result<WayBack> {
    let mut way = WayBack::default();
    let mut taken: BTreeSet<EntryId> = BTreeSet::new();
    journal::look_back(reader, |entry| {
        if entry.id < target {
            return Ok(Some(()));
        }
        if !entry.undoable {
            way.staying += 1;
        } else if journal::reverted_but_for(reader, entry.id, &taken)?.is_none()
            && !cancels_out(reader, &entry, target)?
        {
            taken.insert(entry.id);
            way.steps.push(entry);
        }
        Ok(None)
    })?;
    Ok(way)
}

/// Whether an entry took back, wholly, one that lies after `target` as well.
fn cancels_out(reader: Reader<'_>, entry: &Entry, target: EntryId) -> Result<bool> {
    let Some(reverted) = entry.reverts.filter(|reverted| *reverted >= target) else { return Ok(false) };
    Ok(require(reader, reverted)?.changes == entry.changes)
}

/// The title under which an entry is known to people: an undo is named by what it took back.
pub fn plain_title(reader: Reader<'_>, entry: &Entry) -> Result<String> {
    Ok(root(reader, entry)?.0.title)
}

/// The change that an entry made, undid or made again, and whether it undid it.
fn root(reader: Reader<'_>, entry: &Entry) -> Result<(Entry, bool)> {
    let (mut entry, mut is_undo) = (entry.clone(), false);
    while let Some(target) = entry.reverts {
        entry = require(reader, target)?;
        is_undo = !is_undo;
    }
    Ok((entry, is_undo))
}

/// Takes an entry back within a book. `place` says which one of several it is, for the progress.
pub(super) fn revert(book: &mut Book<'_>, target: EntryId, keep_changed: bool, place: &str) -> Result<(Title, Made)> {
    let reader = book.reader();
    let entry = require(reader, target)?;
    if !entry.undoable {
        return Err(Problem::input("没有撤销", format!("“{}”不能撤销：已经离开本程序的东西收不回来", entry.title)));
    }
    if journal::reverted_by(reader, target)?.is_some() {
        return Err(Problem::input("没有撤销", format!("“{}”已经撤销过了", entry.title)));
    }
    let (Entry { title: plain, .. }, is_undo) = root(reader, &entry)?;
    let verb = if is_undo { "重做" } else { "撤销" };
    let Kept { changed, used } = changed_since(reader, &entry, keep_changed, verb)?;
    let (count, of_use) = (changed.len(), used_within(reader, target, &used)?.len());
    let kept: BTreeSet<RecordId> = changed.into_iter().chain(used).collect();
    refuse_all_kept(reader, &entry, &kept, verb)?;
    let Written { gone, evidence } = write_back(book, &entry, &kept, &format!("{verb}{place}"))
        .map_err(|problem| not_reverted(problem, &plain, verb))?;
    check_references(book, &entry, &gone, verb)?;
    // A scan that was taken out does not come back to a talk of which no content is kept since.
    let come_back = evidence.into_iter().try_for_each(|id| super::checklists::refuse_come_back(reader, id));
    come_back.map_err(|problem| problem.titled(format!("没有{verb}")))?;
    let text = match (count, of_use) {
        (0, _) => format!("{verb}：{plain}"),
        (count, 0) => format!("{verb}（保留后来改过的 {count} 个）：{plain}"),
        (count, of_use) => format!("{verb}（保留后来改过的 {count} 个，连同用着的 {of_use} 个）：{plain}"),
    };
    Ok((Title { text, undoable: true, reverts: Some(target) }, Made(None)))
}

/// Of what was changed since nothing is taken back: where that is all, there is nothing to do.
fn refuse_all_kept(reader: Reader<'_>, entry: &Entry, kept: &BTreeSet<RecordId>, verb: &str) -> Result<()> {
    if kept.is_empty() {
        return Ok(());
    }
    let mut is_all_kept = true;
    journal::each_change(reader, entry.id, |change| {
        is_all_kept &= kept.contains(&change.record());
        Ok(())
    })?;
    match is_all_kept {
        true => Err(Problem::new(
            ProblemKind::Conflict,
            format!("没有{verb}"),
            format!("“{}”（第 {} 步）写下的内容后来都改过或还用着，没有可以单独{verb}的部分", entry.title, entry.id),
        )
        .next("要撤销它，先撤销后来的各步")),
        false => Ok(()),
    }
}

/// What is looked at once the rows are back.
#[derive(Default)]
struct Written {
    /// What others may still refer to.
    gone: Vec<(Table, RecordId)>,
    /// Evidence that is there again, or as it was.
    evidence: Vec<EvidenceId>,
}

/// Writes the rows back, the last first.
fn write_back(book: &mut Book<'_>, entry: &Entry, kept: &BTreeSet<RecordId>, stage: &str) -> Result<Written> {
    let mut written = Written::default();
    let mut nth = 0;
    book.progress().stage(stage, entry.changes)?;
    let may_be_gone = |table: Table, merged: bool| match table {
        Table::Organisation | Table::ExtraField => true,
        Table::Person => merged,
        _ => false,
    };
    let is_anybody_referred_to = crate::store::references::is_anybody_referred_to(book.reader())?;
    journal::each_change_backwards(book.reader(), entry.id, |change| {
        if nth % STRIDE == 0 {
            book.progress().step(nth)?;
        }
        nth += 1;
        if kept.contains(&change.record()) {
            return Ok(());
        }
        if change.before.is_none() && may_be_gone(change.table, is_anybody_referred_to) {
            written.gone.push((change.table, change.id));
        }
        if change.table == Table::Evidence && change.before.is_some() {
            written.evidence.push(EvidenceId(change.id));
        }
        refuse_taken_label(book, &change)?;
        book.revert(change)
    })?;
    Ok(written)
}

/// A field that comes back, or gets its former heading again, must not find another one with it.
fn refuse_taken_label(book: &Book<'_>, change: &Change) -> Result<()> {
    if change.table != Table::ExtraField {
        return Ok(());
    }
    let Some(Cell::Text(label)) = change.before.as_ref().and_then(|row| row.first()) else { return Ok(()) };
    let fields = extra_fields(book.reader())?;
    if fields.iter().any(|field| field.label == *label && field.id.0 != change.id) {
        let happened = format!("后来又有了名为“{label}”的自定义字段");
        return Err(Problem::input("没有撤销", happened).next("先把那个字段改名，再撤销"));
    }
    Ok(())
}

/// What stays as it is when an entry is taken back.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kept {
    /// Records that the entry touched and that were changed since.
    pub changed: BTreeSet<RecordId>,
    /// What those use: their branches, the user's fields they have values of.
    pub used: BTreeSet<RecordId>,
}

/// What would stay if an entry were taken back but for what was changed since; of `used` what the entry itself made or
/// changed.
pub fn kept(reader: Reader<'_>, target: EntryId) -> Result<Kept> {
    let entry = require(reader, target)?;
    let Kept { changed, used } = changed_since(reader, &entry, true, "撤销")?;
    Ok(Kept { changed, used: used_within(reader, target, &used)? })
}

fn used_within(reader: Reader<'_>, target: EntryId, used: &BTreeSet<RecordId>) -> Result<BTreeSet<RecordId>> {
    if used.is_empty() {
        return Ok(BTreeSet::new());
    }
    Ok(journal::touched_by(reader, target)?.into_iter().filter(|record| used.contains(record)).collect())
}

/// The records changed since, and what they refer to; a conflict unless they are to be kept.
fn changed_since(reader: Reader<'_>, entry: &Entry, keep: bool, verb: &str) -> Result<Kept> {
    let later = journal::standing_since(reader, entry.id)?;
    let Some(newest) = later.last() else { return Ok(Kept::default()) };
    if !keep {
        return Err(conflict(entry, newest, verb));
    }
    let mut changed = BTreeSet::new();
    for later in &later {
        changed.extend(journal::shared_records(reader, entry.id, later.id)?);
    }
    let mut kept = changed.clone();
    // What a kept record refers to is kept too: its branch, the group it is in, the user's fields it has values of.
    journal::each_change(reader, entry.id, |change| {
        let refers = matches!(change.table, Table::Fact | Table::Event | Table::ExtraValue)
            || matches!(change.table, Table::Talk | Table::TalkPerson | Table::FollowUp | Table::PlannedTalk)
            || matches!(change.table, Table::Checklist | Table::ChecklistItem | Table::Evidence);
        if refers && kept.contains(&change.record()) {
            kept.extend(change.referred());
        }
        Ok(())
    })?;
    // Of two that became one neither goes back without the other.
    journal::each_change(reader, entry.id, |change| {
        let both = change.merged_with().map(|with| [with, change.record()]);
        kept.extend(
            both.into_iter().filter(|both| both.iter().any(|one| kept.contains(one))).flatten().collect::<Vec<_>>(),
        );
        Ok(())
    })?;
    let mut above: Vec<RecordId> = Vec::new();
    journal::each_change(reader, entry.id, |change| {
        let is_of_organisation = matches!(change.table, Table::Organisation | Table::OrganisationEvent);
        if is_of_organisation && kept.contains(&change.record()) {
            above.extend(change.referred());
        }
        Ok(())
    })?;
    kept.extend(above);
    let used = kept.difference(&changed).copied().collect();
    Ok(Kept { changed, used })
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

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::STRIDE;
    use crate::clock::Clock;
    use crate::command::{Command, Ledger, Stamp};
    use crate::problem::ProblemKind;
    use crate::progress::{Progress, Standing};
    use crate::store::journal::Origin;
    use crate::store::workbook::{Random, Workbook};
    use crate::store::{Key, dump};

    fn command(json: Json) -> Command {
        serde_json::from_value(json).expect("a command")
    }

    /// A workbook into which many people came in one step.
    fn office(folder: &tempfile::TempDir) -> (Ledger, Stamp) {
        let at = Clock::fixed_on("2026-11-24".parse().expect("a day")).now();
        let path = folder.path().join("支部.bdk");
        let workbook = Workbook::create(&path, Key::None, "李敏", at, Random::Seed(7)).expect("a workbook");
        let stamp = Stamp { at, operator: "李敏".into(), origin: Origin::Window };
        let mut ledger = Ledger::new(workbook);
        let branch = command(json!({ "do": "add_organisation", "set": { "name": "机关第一党支部" } }));
        let branch = ledger.run(branch, &stamp).expect("added").made.expect("an id").to_string();
        let mut people = (0..STRIDE).map(|nth| {
            let set = json!({ "name": format!("党员{nth}") });
            command(json!({ "do": "add_member", "branch_id": branch, "set": set }))
        });
        ledger.run_with(&stamp, |run| run.as_one("录入名册", |_| Ok(people.next()))).expect("many people");
        (ledger, stamp)
    }

    fn content(ledger: &Ledger) -> String {
        let mut text = Vec::new();
        dump::write(ledger.reader(), true, &mut text).expect("a dump");
        String::from_utf8(text).expect("UTF-8")
    }

    #[test]
    fn an_undo_and_a_redo_that_are_stopped_midway_change_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut ledger, stamp) = office(&folder);
        let before = content(&ledger);
        let progress = Progress::stopping_at(STRIDE);
        let problem = ledger.undo(None, false, &stamp, &progress).expect_err("stopped");
        assert_eq!((problem.kind, &*problem.unchanged), (ProblemKind::Cancelled, "工作簿没有改动"));
        assert_eq!(progress.standing(), Standing { label: "撤销".into(), done: STRIDE, total: 2 * STRIDE });
        assert_eq!(content(&ledger), before);

        ledger.undo(None, false, &stamp, &Progress::default()).expect("undone");
        let before = content(&ledger);
        let progress = Progress::stopping_at(STRIDE);
        ledger.redo(None, false, &stamp, &progress).expect_err("stopped");
        assert_eq!(progress.standing(), Standing { label: "重做".into(), done: STRIDE, total: 2 * STRIDE });
        assert_eq!(content(&ledger), before);
    }

    #[test]
    fn several_steps_that_are_stopped_midway_say_how_far_it_went_and_are_all_as_they_were() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut ledger, stamp) = office(&folder);
        let title = command(json!({ "do": "set_settings", "set": { "title": "机关第一党支部" } }));
        let newest = ledger.run(title, &stamp).expect("set").entry.expect("an entry").id;
        let before = content(&ledger);
        let steps = [newest, crate::domain::ids::EntryId(newest.0 - 1)];
        let progress = Progress::stopping_at(STRIDE);
        let problem = ledger.undo_steps(&steps, &stamp, &progress).expect_err("stopped");
        assert_eq!(problem.unchanged, "已撤的 1 步也退了回去，工作簿没有改动");
        assert_eq!(progress.standing().label, "撤销第 2 步（共 2 步）");
        assert_eq!(content(&ledger), before);
    }
}
