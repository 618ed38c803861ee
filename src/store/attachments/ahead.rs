//! Files as they are read on their way into the store: piece by piece, and at the end what they were altogether.
//!
//! Hashing takes as long as writing, so a thread of its own reads and hashes a few pieces ahead of whoever writes.

use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use sha2::{Digest as _, Sha256};

use super::{CHUNK_BYTES, hex, read_full};
use crate::problem::{Problem, Result};

/// So many pieces lie ready at most.
const AHEAD: usize = 4;

/// A file that can be added.
pub trait Addable: Sync {
    fn open(&self) -> Result<Box<dyn Read + '_>>;

    /// What was wrong with reading it, told of it.
    fn unreadable(&self, problem: Problem) -> Problem;
}

/// What a file was, read to its end.
pub(super) struct Whole {
    /// SHA-256, as 64 hexadecimal digits.
    pub hash: String,
    pub bytes: u64,
}

/// Room for one piece.
pub(super) fn room() -> Vec<u8> {
    vec![0; CHUNK_BYTES]
}

/// Reads a file to its end and hands over its pieces, which it reads into `room`.
pub(super) fn pour(from: &mut dyn Read, room: &mut [u8], to: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<Whole> {
    let mut hasher = Sha256::new();
    let mut bytes = 0;
    loop {
        let length = read_full(from, room)?;
        if length == 0 {
            return Ok(Whole { hash: hex(&hasher.finalize()), bytes });
        }
        hasher.update(&room[..length]);
        bytes += length as u64;
        to(&room[..length])?;
    }
}

enum Step {
    Piece(Vec<u8>),
    End(Whole),
}

/// Files that are read ahead, one after the other.
pub(super) struct Ahead {
    steps: Receiver<Result<Step>>,
}

impl Ahead {
    /// Hands over the pieces of the next file.
    pub(super) fn pour_next(&mut self, to: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<Whole> {
        loop {
            match self.steps.recv() {
                Ok(Ok(Step::Piece(piece))) => to(&piece)?,
                Ok(Ok(Step::End(whole))) => return Ok(whole),
                Ok(Err(problem)) => return Err(problem),
                Err(gone) => return Err(Problem::fault(format!("files are no longer read: {gone}"))),
            }
        }
    }
}

/// Reads files ahead of `write`, which takes them in their order. Once it returns nothing is read any more.
pub(super) fn read_ahead<T>(files: &[impl Addable], write: impl FnOnce(&mut Ahead) -> Result<T>) -> Result<T> {
    thread::scope(|scope| {
        let (to, steps) = sync_channel(AHEAD);
        scope.spawn(move || read_all(files, &to));
        write(&mut Ahead { steps })
    })
}

/// Ends where a file cannot be read, and where nobody takes the pieces any more.
fn read_all(files: &[impl Addable], to: &SyncSender<Result<Step>>) {
    let mut room = room();
    let hand_over = |step| to.send(Ok(step)).map_err(|_| Problem::cancelled());
    for file in files {
        let read = file
            .open()
            .and_then(|mut from| pour(&mut *from, &mut room, &mut |piece| hand_over(Step::Piece(piece.to_vec()))));
        let read = read.map_err(|problem| file.unreadable(problem));
        let is_last = read.is_err();
        // Whoever went already needs no word of it.
        if to.send(read.map(Step::End)).is_err() || is_last {
            return;
        }
    }
}
