//! Files on their way into the store.

use std::io::{ErrorKind, Read};

use rusqlite::{Connection, Savepoint, Transaction, params};

use super::ahead::{Whole, pour, room};
use super::stored::Pieces;
use super::{CHUNKS, LARGEST, find};
use crate::problem::{Problem, Result};
use crate::progress::Progress;

const INSERT_BLOB: &str = "INSERT INTO blob (hash, bytes) VALUES (?1, ?2)";
const NAME_BLOB: &str = "UPDATE blob SET hash = ?2, bytes = ?3 WHERE id = ?1";
const INSERT_CHUNK: &str = "INSERT INTO chunk (blob, position, data) VALUES (?1, ?2, ?3)";
const DROP_CHUNKS: &str = "DELETE FROM chunk WHERE blob = ?1";
const DROP_BLOB: &str = "DELETE FROM blob WHERE id = ?1";
/// While the hash is not known yet: no file has this one.
const UNNAMED: &str = "----------------------------------------------------------------";

/// What was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// SHA-256, as 64 hexadecimal digits.
    pub hash: String,
    pub bytes: u64,
    /// It was not there before.
    pub is_new: bool,
}

/// Files on their way into the store: all are kept, or none.
#[derive(Debug)]
pub(super) struct Adding<'a> {
    transaction: Transaction<'a>,
    /// What is copied from another store is read into it.
    room: Vec<u8>,
}

/// Whoever hands over the pieces of a file to where they are written.
pub(super) type Pour<'p> = &'p mut dyn FnMut(&mut dyn FnMut(&[u8]) -> Result<()>) -> Result<Whole>;

impl<'a> Adding<'a> {
    pub(super) fn begun(transaction: Transaction<'a>) -> Self {
        Self { transaction, room: room() }
    }

    /// Takes the bytes of one file. Bytes that are there already are not kept twice, unless they are not what they were:
    /// then these take their place. Of a file that is cut short nothing stays.
    pub(super) fn add(&mut self, pour: Pour<'_>, progress: &Progress) -> Result<Kept> {
        let Written { file, blob, whole: Whole { hash, bytes } } = written(&mut self.transaction, pour, progress)?;
        let there = find(&file, &hash)?;
        let is_new = there.is_none();
        if let Some((there, _)) = there {
            if is_as_it_was(&file, there, &hash, progress)? {
                return Ok(Kept { hash, bytes, is_new });
            }
            drop_blob(&file, there)?;
        }
        name(&file, blob, &hash, bytes)?;
        file.commit()?;
        Ok(Kept { hash, bytes, is_new })
    }

    /// The same with a file of which all is at hand.
    pub(super) fn add_whole(&mut self, bytes: &[u8], whole: Whole, progress: &Progress) -> Result<Kept> {
        let Whole { hash, bytes: length } = whole;
        let done = progress.standing().done + length;
        let there = find(&self.transaction, &hash)?;
        let is_new = there.is_none();
        if let Some((there, _)) = there {
            if is_as_it_was(&self.transaction, there, &hash, progress)? {
                progress.step(done)?;
                return Ok(Kept { hash, bytes: length, is_new });
            }
            drop_blob(&self.transaction, there)?;
        }
        self.transaction.prepare_cached(INSERT_BLOB)?.execute(params![hash, stored(length)])?;
        if !bytes.is_empty() {
            let blob = self.transaction.last_insert_rowid();
            self.transaction.prepare_cached(INSERT_CHUNK)?.execute(params![blob, 0, bytes])?;
        }
        progress.step(done)?;
        Ok(Kept { hash, bytes: length, is_new })
    }

    /// Takes bytes that are not there yet, if they are those of a hash; whether they are.
    pub(super) fn add_as(&mut self, asked: &str, from: &mut dyn Read, progress: &Progress) -> Result<bool> {
        let Self { transaction, room } = self;
        let pour = &mut |to: &mut dyn FnMut(&[u8]) -> Result<()>| pour(from, room, to);
        let Written { file, blob, whole: Whole { hash, bytes } } = written(transaction, pour, progress)?;
        if hash != asked {
            return Ok(false);
        }
        name(&file, blob, &hash, bytes)?;
        file.commit()?;
        Ok(true)
    }

    /// Keeps them: they are on the disk when this returns.
    pub(super) fn keep(self) -> Result<()> {
        Ok(self.transaction.commit()?)
    }
}

/// The bytes of a file, written and not named yet: dropped, they go again.
struct Written<'a> {
    file: Savepoint<'a>,
    blob: i64,
    whole: Whole,
}

fn written<'a>(transaction: &'a mut Transaction<'_>, pour: Pour<'_>, progress: &Progress) -> Result<Written<'a>> {
    let file = transaction.savepoint()?;
    let before = progress.standing().done;
    file.prepare_cached(INSERT_BLOB)?.execute(params![UNNAMED, 0])?;
    let blob = file.last_insert_rowid();
    let (mut position, mut bytes) = (0_i64, 0_u64);
    let whole = {
        let mut insert = file.prepare_cached(INSERT_CHUNK)?;
        pour(&mut |piece| {
            bytes += piece.len() as u64;
            if bytes > LARGEST {
                return Err(Problem::input("没有附上", format!("文件超过 {} MB", LARGEST >> 20))
                    .next("压缩或拆开后再附；原件可以记为纸质材料"));
            }
            insert.execute(params![blob, position, piece])?;
            position += 1;
            progress.step(before + bytes)
        })?
    };
    Ok(Written { file, blob, whole })
}

fn drop_blob(connection: &Connection, blob: i64) -> Result<()> {
    connection.prepare_cached(DROP_CHUNKS)?.execute([blob])?;
    connection.prepare_cached(DROP_BLOB)?.execute([blob])?;
    Ok(())
}

/// A length as SQLite has numbers.
fn stored(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

fn name(connection: &Connection, blob: i64, hash: &str, bytes: u64) -> Result<()> {
    connection.prepare_cached(NAME_BLOB)?.execute(params![blob, hash, stored(bytes)])?;
    Ok(())
}

/// Whether the bytes that lie under a hash are those they were. What cannot be read is not.
fn is_as_it_was(connection: &Connection, blob: i64, hash: &str, progress: &Progress) -> Result<bool> {
    let mut statement = connection.prepare_cached(CHUNKS)?;
    let mut pieces = Pieces::new(statement.query([blob])?);
    let done = progress.standing().done;
    let mut cancelled = Ok(());
    let read = pour(&mut pieces, &mut room(), &mut |_| {
        cancelled = progress.step(done);
        cancelled.clone()
    });
    cancelled?;
    Ok(read.is_ok_and(|whole| whole.hash == hash))
}

/// Remembers whether it was the reading that failed.
pub(super) struct Watched<'r> {
    from: &'r mut dyn Read,
    has_failed: bool,
}

impl<'r> Watched<'r> {
    pub(super) fn new(from: &'r mut dyn Read) -> Self {
        Self { from, has_failed: false }
    }

    pub(super) fn has_failed(&self) -> bool {
        self.has_failed
    }
}

impl Read for Watched<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.from.read(into);
        self.has_failed |= read.as_ref().is_err_and(|error| error.kind() != ErrorKind::Interrupted);
        read
    }
}
