//! The only writer. Four verbs (insert, update, delete, revert), each keeping the row before and after.
//!
//! A book lives within one transaction; [`Book::close`] hands what it kept to the journal. Whoever writes rows goes
//! through here, so nothing can be changed without being named and undoable.

use rusqlite::{CachedStatement, Connection};

use super::cell::Cell;
use super::change::Change;
use super::packing::Packer;
use super::reader::{Reader, Row};
use super::table::{Areas, Table, statements};
use super::talk_text;
use crate::domain::ids::{Ids, RecordId};
use crate::problem::{Problem, ProblemKind, Result};
use crate::progress::Progress;

/// The rows a command writes.
pub struct Book<'t> {
    connection: &'t Connection,
    pens: Vec<Pen<'t>>,
    ids: &'t mut Ids,
    packer: Packer,
    touched: Vec<RecordId>,
    /// Talks whose words must be looked at again.
    talks: Vec<RecordId>,
    areas: Areas,
    count: u64,
    progress: Progress,
}

/// A statement of this book: a long entry writes hundreds of thousands of rows with a handful of them.
struct Pen<'t> {
    text: &'static str,
    statement: CachedStatement<'t>,
}

/// What a book kept, ready for the journal.
#[derive(Debug)]
pub struct Closed {
    pub(super) blocks: Vec<Vec<u8>>,
    pub(super) payload_hash: [u8; 32],
    /// Ascending, each once.
    pub touched: Vec<RecordId>,
    pub areas: Areas,
    pub count: u64,
}

impl<'t> Book<'t> {
    pub(super) fn open(connection: &'t Connection, ids: &'t mut Ids) -> Self {
        Self {
            connection,
            pens: Vec::new(),
            ids,
            packer: Packer::default(),
            touched: Vec::new(),
            talks: Vec::new(),
            areas: Areas::default(),
            count: 0,
            progress: Progress::default(),
        }
    }

    /// Tells the progress of long work, and stops when asked to.
    pub fn watch(&mut self, progress: Progress) {
        self.progress = progress;
    }

    /// The progress of the work that this book is part of.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Reads what is there, what was written so far included.
    pub fn reader(&self) -> Reader<'t> {
        Reader(self.connection)
    }

    /// A new identifier.
    pub fn new_id(&mut self) -> RecordId {
        self.ids.give()
    }

    /// The records touched so far, in no order, some of them more than once.
    pub fn touched(&self) -> &[RecordId] {
        &self.touched
    }

    /// Writes a new row.
    pub fn insert<R: Row>(&mut self, row: &R) -> Result<()> {
        self.write(Change { table: R::TABLE, id: row.id(), before: None, after: Some(row.cells()) })
    }

    /// Turns the row as it was seen into the wanted one; nothing is kept where both are equal.
    ///
    /// Fails if the row is no longer as it was seen.
    pub fn update<R: Row>(&mut self, seen: &R, wanted: &R) -> Result<()> {
        let (before, after) = (seen.cells(), wanted.cells());
        if before == after {
            return Ok(());
        }
        self.write(Change { table: R::TABLE, id: seen.id(), before: Some(before), after: Some(after) })
    }

    /// Takes a row away. Fails if it is no longer as it was seen, or is referred to.
    pub fn delete<R: Row>(&mut self, seen: &R) -> Result<()> {
        self.write(Change { table: R::TABLE, id: seen.id(), before: Some(seen.cells()), after: None })
    }

    /// Takes a change back. Fails with a conflict if the row is no longer as the change left it.
    pub fn revert(&mut self, change: Change) -> Result<()> {
        self.write(change.reverse())
    }

    /// Ends the book.
    pub(super) fn close(mut self) -> Result<Closed> {
        let packed = self.packer.finish()?;
        self.touched.sort_unstable();
        self.touched.dedup();
        self.talks.sort_unstable();
        self.talks.dedup();
        talk_text::refresh(self.connection, &self.talks, &self.progress)?;
        Ok(Closed {
            blocks: packed.blocks,
            payload_hash: packed.hash,
            touched: self.touched,
            areas: self.areas,
            count: self.count,
        })
    }

    fn write(&mut self, change: Change) -> Result<()> {
        let texts = statements(change.table);
        let id = Cell::Integer(change.id);
        let (text, values): (&'static str, Vec<&Cell>) = match (&change.before, &change.after) {
            (None, Some(after)) => (&texts.insert, std::iter::once(&id).chain(after).collect()),
            (Some(before), Some(after)) => (&texts.update, std::iter::once(&id).chain(before).chain(after).collect()),
            (Some(before), None) => (&texts.delete, std::iter::once(&id).chain(before).collect()),
            (None, None) => return Ok(()),
        };
        let statement = self.pen(text)?;
        // What is not bound anew keeps the value of the row before.
        if statement.parameter_count() != values.len() {
            return Err(Problem::fault(format!("{} has another number of values", change.table.name())));
        }
        for (place, value) in (1..).zip(values) {
            statement.raw_bind_parameter(place, value)?;
        }
        let written = statement.raw_execute()?;
        if written != 1 {
            return Err(Problem::new(ProblemKind::Conflict, "没有改动", "要改的内容刚刚被改过")
                .next("请重新打开这一页再改")
                .detail(format!("{} {}", change.table.name(), change.id)));
        }
        self.keep(change)
    }

    fn pen(&mut self, text: &'static str) -> Result<&mut CachedStatement<'t>> {
        let known = self.pens.iter().position(|pen| std::ptr::eq(pen.text, text));
        if known.is_none() {
            self.pens.push(Pen { text, statement: self.connection.prepare_cached(text)? });
        }
        let place = known.unwrap_or(self.pens.len() - 1);
        Ok(&mut self.pens[place].statement)
    }

    fn keep(&mut self, change: Change) -> Result<()> {
        let record = change.record();
        if self.touched.last() != Some(&record) {
            self.touched.push(record);
        }
        if matches!(change.table, Table::Talk | Table::TalkPerson | Table::FollowUp)
            && self.talks.last() != Some(&record)
        {
            self.talks.push(record);
        }
        self.areas.add(change.table);
        self.count += 1;
        self.packer.take(change)
    }
}
