//! The store as one reads it.

use std::io::{Read, Write};
use std::path::Path;

use rusqlite::{Connection, OpenFlags, Rows};
use sha2::{Digest as _, Sha256};

use super::{
    CHUNK_BYTES, CHUNKS, connect, damaged, find, hex, identify, is_unfinished, missing, not_opened, place_of,
    read_full, unlocked,
};
use crate::problem::{ProblemKind, Result};
use crate::progress::Progress;
use crate::store::open::{Key, is_cut_off};

const ALL: &str = "SELECT hash, bytes FROM blob ORDER BY id";
const NEWEST: &str = "SELECT hash FROM blob ORDER BY id DESC LIMIT ?1";

/// The store, open for reading. It need not be there: a workbook opens without it.
#[derive(Debug)]
pub struct Stored {
    connection: Connection,
}

impl Stored {
    /// Opens the attachments of a workbook; `None` where there is no such file.
    pub fn open(workbook: &Path, key: &Key) -> Result<Option<Self>> {
        Self::open_at(&place_of(workbook), key)
    }

    pub(super) fn open_at(path: &Path, key: &Key) -> Result<Option<Self>> {
        if !path.exists() {
            return Ok(None);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if is_cut_off(&unlocked(path, key, flags).map_err(|problem| not_opened(path, problem))?) {
            // A program ended in the middle of adding: one who may write plays the journal back.
            let writing = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = unlocked(path, key, writing)?;
            is_unfinished(&connection).map_err(|problem| not_opened(path, problem))?;
        }
        let connection = connect(path, key, flags).map_err(|problem| not_opened(path, problem))?;
        if is_unfinished(&connection)? {
            return Ok(None);
        }
        identify(path, &connection)?;
        connection.pragma_update(None, "query_only", true)?;
        Ok(Some(Self { connection }))
    }

    /// Whether the bytes of this hash are there.
    pub fn has(&self, hash: &str) -> Result<bool> {
        Ok(find(&self.connection, hash)?.is_some())
    }

    /// Every hash with its length, the first that was added before all.
    pub fn all(&self) -> Result<Vec<(String, u64)>> {
        let mut statement = self.connection.prepare_cached(ALL)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
        let mut all = Vec::new();
        for row in rows {
            let (hash, bytes): (String, i64) = row?;
            all.push((hash, u64::try_from(bytes).unwrap_or(0)));
        }
        Ok(all)
    }

    /// The hashes that were added last, so many at most.
    pub fn newest(&self, count: usize) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare_cached(NEWEST)?;
        let rows = statement.query_map([i64::try_from(count).unwrap_or(i64::MAX)], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<Vec<String>>>()?)
    }

    /// Writes the bytes of a hash, checking them on the way. Fails where they are not there, or not what they were.
    pub fn copy_to(&self, hash: &str, to: &mut dyn Write, progress: &Progress) -> Result<u64> {
        let before = progress.standing().done;
        let mut hasher = Sha256::new();
        let copied = self.with_bytes(hash, |reader| {
            let mut piece = vec![0; CHUNK_BYTES];
            let mut bytes = 0_u64;
            loop {
                let length = read_full(reader, &mut piece)?;
                if length == 0 {
                    return Ok(bytes);
                }
                hasher.update(&piece[..length]);
                to.write_all(&piece[..length])?;
                bytes += length as u64;
                progress.step(before + bytes)?;
            }
        })?;
        let bytes = copied.ok_or_else(|| missing(hash))?;
        if hex(&hasher.finalize()) == hash { Ok(bytes) } else { Err(damaged(hash)) }
    }

    /// The hashes whose bytes are not what they were.
    pub fn changed(&self, progress: &Progress) -> Result<Vec<String>> {
        let all = self.all()?;
        progress.stage("核对附件", all.iter().map(|(_, bytes)| bytes).sum())?;
        let mut changed = Vec::new();
        for (hash, bytes) in all {
            match self.copy_to(&hash, &mut std::io::sink(), progress) {
                Ok(read) if read == bytes => {}
                Err(problem) if problem.kind == ProblemKind::Cancelled => return Err(problem),
                // Whatever it is that fails: the file cannot be had as it was.
                Ok(_) | Err(_) => changed.push(hash),
            }
        }
        Ok(changed)
    }

    /// Hands the bytes of a hash, piece by piece, to whoever reads; `None` where they are not there.
    pub(super) fn with_bytes<T>(&self, hash: &str, read: impl FnOnce(&mut dyn Read) -> Result<T>) -> Result<Option<T>> {
        let Some((blob, _)) = find(&self.connection, hash)? else { return Ok(None) };
        let mut statement = self.connection.prepare_cached(CHUNKS)?;
        let mut pieces = Pieces::new(statement.query([blob])?);
        read(&mut pieces).map(Some)
    }
}

/// The pieces of a file as one run of bytes.
pub(super) struct Pieces<'p> {
    rows: Rows<'p>,
    piece: Vec<u8>,
    place: usize,
}

impl<'p> Pieces<'p> {
    pub(super) fn new(rows: Rows<'p>) -> Self {
        Self { rows, piece: Vec::new(), place: 0 }
    }
}

impl Read for Pieces<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.place == self.piece.len() {
            let Some(row) = self.rows.next().map_err(std::io::Error::other)? else { return Ok(0) };
            let bytes = row.get_ref(0).map_err(std::io::Error::other)?;
            let bytes = bytes.as_blob().map_err(std::io::Error::other)?;
            self.piece.clear();
            self.piece.extend_from_slice(bytes);
            self.place = 0;
        }
        let length = into.len().min(self.piece.len() - self.place);
        into[..length].copy_from_slice(&self.piece[self.place..self.place + length]);
        self.place += length;
        Ok(length)
    }
}
