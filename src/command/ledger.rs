//! The one door through which records change.
//!
//! Whoever gets a [`Receipt`] knows: the change is committed, it is in the journal under `receipt.entry`, and
//! `receipt.areas` names everything that may look different now. Whoever gets an error knows: nothing changed, and
//! the undo history is as it was.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Command, Made, SetSettings, rules, undo};
use crate::clock::{Day, Moment};
use crate::domain::ids::{EntryId, RecordId};
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::backup::{BackedUp, Reason};
use crate::store::book::Book;
use crate::store::journal::{Entry, Origin};
use crate::store::outputs::{self, Output};
use crate::store::reader::Reader;
use crate::store::workbook::{Committed, Random, Title, Transaction, Workbook};
use crate::store::{Areas, Key, settings, side};

/// Who changes something, when, and from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    pub at: Moment,
    pub operator: String,
    pub origin: Origin,
}

impl Stamp {
    pub fn today(&self) -> Day {
        self.at.day()
    }
}

/// What a change became.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// `None` if nothing was different.
    pub entry: Option<Entry>,
    pub title: String,
    /// What was made, where something was.
    pub made: Option<RecordId>,
    pub areas: Areas,
    /// The records touched, ascending.
    pub touched: Vec<RecordId>,
    /// The entries, the newest first, where it became several; `entry` is the first of them.
    pub steps: Vec<EntryId>,
    /// What was done is done, and this is to be known besides.
    pub complaint: Option<Problem>,
}

/// A workbook, open for writing, with its door.
#[derive(Debug)]
pub struct Ledger {
    workbook: Workbook,
}

impl Receipt {
    /// Nothing was different; the title says what was done instead.
    pub fn nothing(title: String) -> Self {
        Self {
            entry: None,
            title,
            made: None,
            areas: Areas::default(),
            touched: Vec::new(),
            steps: Vec::new(),
            complaint: None,
        }
    }

    /// Several steps that were taken back, down to `oldest`.
    fn of_steps(receipts: Vec<Self>, oldest: &Entry) -> Self {
        let count = receipts.len();
        let is_redo = receipts.iter().all(|receipt| receipt.title.starts_with("重做"));
        let title = if is_redo {
            format!("重做 {count} 步")
        } else {
            format!("撤到“{}”之前，共 {count} 步", oldest.title)
        };
        let mut whole = Self::nothing(title);
        for receipt in receipts {
            whole.areas.join(receipt.areas);
            whole.touched.extend(receipt.touched);
            whole.steps.splice(0..0, receipt.entry.iter().map(|entry| entry.id));
            whole.entry = receipt.entry;
        }
        whole.touched.sort_unstable();
        whole.touched.dedup();
        whole
    }
}

impl Ledger {
    pub fn new(workbook: Workbook) -> Self {
        Self { workbook }
    }

    /// Makes a workbook with a name (名称), empty if it needs none: whole, or not at all.
    pub fn create(path: &Path, title: &str, stamp: &Stamp) -> Result<Self> {
        let workbook = Workbook::create(path, Key::None, &stamp.operator, stamp.at, Random::System)?;
        let mut ledger = Self::new(workbook);
        if title.is_empty() {
            return Ok(ledger);
        }
        let set = BTreeMap::from([(settings::TITLE.to_owned(), title.to_owned())]);
        match ledger.run(Command::SetSettings(SetSettings { set }), stamp) {
            Ok(_) => Ok(ledger),
            Err(problem) => Err(ledger.workbook.discard(problem)),
        }
    }

    pub fn workbook(&self) -> &Workbook {
        &self.workbook
    }

    pub fn reader(&self) -> Reader<'_> {
        self.workbook.reader()
    }

    /// Runs one command.
    pub fn run(&mut self, command: Command, stamp: &Stamp) -> Result<Receipt> {
        self.run_with(stamp, |run| run.command(command))
    }

    /// Runs one command that may take long: says how far it is, and stops when asked to. An import is preceded by a
    /// verified backup; where that cannot be made nothing is imported.
    pub fn run_watched(&mut self, command: Command, stamp: &Stamp, progress: &Progress) -> Result<Receipt> {
        if command.is_import() {
            // The attachments are not touched by it, and none is copied.
            drop(self.back_up(Reason::BeforeImport, stamp.at, progress).map_err(not_imported)?);
        }
        self.run_with(stamp, |run| {
            let stamp = run.stamp.clone();
            run.watched(progress, |book| command.apply(book, &stamp))
        })
    }

    /// Runs several steps in one transaction: all are written, or none.
    pub fn run_with<T>(&mut self, stamp: &Stamp, work: impl FnOnce(&mut Run<'_, '_>) -> Result<T>) -> Result<T> {
        self.workbook.transaction(stamp.at, |transaction| work(&mut Run { transaction, stamp }))
    }

    /// Writes many rows as one entry, without a command of its own: how the practice workbook is filled. The rules
    /// are checked as after any command.
    pub(crate) fn fill(
        &mut self,
        title: &str,
        stamp: &Stamp,
        progress: &Progress,
        work: impl FnOnce(&mut Book<'_>) -> Result<()>,
    ) -> Result<Receipt> {
        self.run_with(stamp, |run| {
            run.watched(progress, |book| {
                work(book)?;
                Ok((Title { text: title.to_owned(), undoable: true, reverts: None }, Made(None)))
            })
        })
    }

    /// Takes an entry back: the newest that can be, or that one.
    pub fn undo(
        &mut self,
        entry: Option<EntryId>,
        keep_changed: bool,
        stamp: &Stamp,
        progress: &Progress,
    ) -> Result<Receipt> {
        let target = match entry {
            Some(entry) => entry,
            None => undo::next_undo(self.reader())?.ok_or_else(|| nothing("撤销"))?.id,
        };
        self.revert(target, keep_changed, stamp, progress)
    }

    /// Takes an undo back: the newest, or that one.
    pub fn redo(
        &mut self,
        entry: Option<EntryId>,
        keep_changed: bool,
        stamp: &Stamp,
        progress: &Progress,
    ) -> Result<Receipt> {
        let target = match entry {
            Some(entry) => {
                let found = crate::store::journal::get(self.reader(), entry)?;
                if found.is_none_or(|found| found.reverts.is_none()) {
                    return Err(Problem::input("没有重做", format!("第 {entry} 步不是一次撤销")));
                }
                entry
            }
            None => undo::next_redo(self.reader())?.ok_or_else(|| nothing("重做"))?.id,
        };
        self.revert(target, keep_changed, stamp, progress)
    }

    /// Takes these entries back in this order, the newest first, each as an entry of its own. It is one transaction:
    /// where one of them cannot be taken back, or the person stops it, none is.
    pub fn undo_steps(&mut self, steps: &[EntryId], stamp: &Stamp, progress: &Progress) -> Result<Receipt> {
        let oldest = match steps.last() {
            Some(oldest) => crate::store::journal::get(self.reader(), *oldest)?.ok_or_else(|| nothing("撤销"))?,
            None => return Err(nothing("撤销")),
        };
        let receipts = self.run_with(stamp, |run| {
            run.transaction.defer_references()?;
            let mut receipts = Vec::with_capacity(steps.len());
            for (step, nth) in steps.iter().zip(1_usize..) {
                let place = format!("第 {nth} 步（共 {} 步）", steps.len());
                let receipt = run.revert(*step, false, &place, progress);
                receipts.push(receipt.map_err(|problem| none_of_them(problem, nth))?);
            }
            Ok(receipts)
        })?;
        Ok(Receipt::of_steps(receipts, &oldest))
    }

    /// Writes the log lines that wait in the side file. One that was written already, by a program that did not come
    /// to say so in the side file, is not written twice.
    pub fn merge_side(&mut self, stamp: &Stamp) -> Result<()> {
        let path = self.workbook.path().to_owned();
        let mut waiting = side::read(&path, stamp.at)?;
        let Some(first) = waiting.outputs.iter().map(Output::moment).min() else { return Ok(()) };
        let written = outputs::since(self.reader(), first)?;
        let mut outputs = std::mem::take(&mut waiting.outputs);
        outputs.retain(|waits| !written.iter().any(|line| Output { id: waits.id, ..line.clone() } == *waits));
        if !outputs.is_empty() {
            self.run(Command::LogOutputs(super::LogOutputs { outputs }), stamp)?;
        }
        side::write(&path, &waiting)
    }

    /// Makes a verified backup beside the workbook.
    pub fn back_up(&self, reason: Reason, at: Moment, progress: &Progress) -> Result<BackedUp> {
        self.workbook.back_up(reason, at, progress)
    }

    fn revert(&mut self, target: EntryId, keep_changed: bool, stamp: &Stamp, progress: &Progress) -> Result<Receipt> {
        self.run_with(stamp, |run| {
            run.transaction.defer_references()?;
            run.revert(target, keep_changed, "", progress)
        })
    }
}

/// A transaction in which commands run.
#[derive(Debug)]
pub struct Run<'r, 't> {
    transaction: &'r mut Transaction<'t>,
    stamp: &'r Stamp,
}

impl Run<'_, '_> {
    /// Reads what is there, what this run wrote included.
    pub fn reader(&self) -> Reader<'_> {
        self.transaction.reader()
    }

    /// One command, one entry.
    pub fn command(&mut self, command: Command) -> Result<Receipt> {
        let stamp = self.stamp.clone();
        self.entry(|book| command.apply(book, &stamp))
    }

    /// Several commands as one entry; `after` is told what each made, before the next begins.
    pub fn as_one(
        &mut self,
        title: &str,
        mut next: impl FnMut(Option<Made>) -> Result<Option<Command>>,
    ) -> Result<Receipt> {
        let stamp = self.stamp.clone();
        self.entry(|book| {
            let mut made = None;
            let mut undoable = true;
            while let Some(command) = next(made)? {
                let (title, result) = command.apply(book, &stamp)?;
                undoable &= title.undoable;
                made = Some(result);
            }
            Ok((Title { text: title.to_owned(), undoable, reverts: None }, made.unwrap_or(Made(None))))
        })
    }

    fn revert(&mut self, target: EntryId, keep_changed: bool, place: &str, progress: &Progress) -> Result<Receipt> {
        self.watched(progress, |book| undo::revert(book, target, keep_changed, place))
    }

    /// An entry that may take long.
    fn watched(
        &mut self,
        progress: &Progress,
        work: impl FnOnce(&mut Book<'_>) -> Result<(Title, Made)>,
    ) -> Result<Receipt> {
        self.entry(|book| {
            book.watch(progress.clone());
            work(book)
        })
    }

    fn entry(&mut self, work: impl FnOnce(&mut Book<'_>) -> Result<(Title, Made)>) -> Result<Receipt> {
        let mut text = String::new();
        let committed: Committed<Made> = self.transaction.entry(
            self.stamp.at,
            |book| {
                let (title, made) = work(book)?;
                rules::check(book.reader(), book.touched(), book.progress())?;
                text.clone_from(&title.text);
                Ok((title, made))
            },
            &self.stamp.operator,
            self.stamp.origin,
        )?;
        Ok(Receipt {
            entry: committed.entry,
            title: text,
            made: committed.made.0,
            areas: committed.closed.areas,
            touched: committed.closed.touched,
            steps: Vec::new(),
            complaint: None,
        })
    }
}

fn not_imported(problem: Problem) -> Problem {
    if problem.is_of_storage() { problem.titled("没有导入，因为写入前没能备份") } else { problem }
}

/// The same problem where it came at the `nth` of several steps: those before it were taken back in vain.
fn none_of_them(problem: Problem, nth: usize) -> Problem {
    match nth - 1 {
        0 => problem,
        done => problem.unchanged(format!("已撤的 {done} 步也退了回去，工作簿没有改动")),
    }
}

fn nothing(verb: &str) -> Problem {
    Problem::input(format!("没有{verb}"), format!("没有可以{verb}的步骤"))
}
