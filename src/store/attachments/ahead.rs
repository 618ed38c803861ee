//! Files as they are read on their way into the store: piece by piece, and at the end what they were altogether.
//!
//! Hashing takes as long as writing, so a thread of its own reads and hashes a few pieces ahead of whoever writes.

use std::collections::VecDeque;
use std::io::Read;
use std::ops::Range;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

use sha2::{Digest as _, Sha256};

use super::{CHUNK_BYTES, hex, read_full};
use crate::problem::{Problem, Result};

/// So many rooms full of bytes lie ready at most.
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

/// Bytes that were read, of the end of one file, of several small ones, or of the middle of a large one.
struct Load {
    room: Vec<u8>,
    filled: usize,
    /// What lies in it, in order.
    steps: VecDeque<Step>,
}

enum Step {
    Piece(Range<usize>),
    /// The file is read, or cannot be.
    End(Result<Whole>),
}

impl Load {
    fn into(room: Vec<u8>) -> Self {
        Self { room, filled: 0, steps: VecDeque::new() }
    }

    fn is_full(&self) -> bool {
        self.filled == self.room.len()
    }

    /// Reads on in a file, as far as there is room; what came. Where room is left, that is its end.
    fn read(&mut self, from: &mut dyn Read) -> Result<&[u8]> {
        let start = self.filled;
        self.filled += read_full(from, &mut self.room[start..])?;
        let piece = start..self.filled;
        if !piece.is_empty() {
            self.steps.push_back(Step::Piece(piece.clone()));
        }
        Ok(&self.room[piece])
    }
}

/// Files that are read ahead, one after the other.
pub(super) struct Ahead {
    loads: Receiver<Load>,
    /// What was taken last.
    load: Load,
    /// Rooms go back to whoever reads.
    emptied: Sender<Vec<u8>>,
}

impl Ahead {
    /// The next file with what it is, where all of it is at hand; a large one is not.
    pub(super) fn at_hand(&mut self) -> Result<Option<(&[u8], Whole)>> {
        while self.load.steps.is_empty() {
            self.take_next()?;
        }
        let steps = &mut self.load.steps;
        let piece = match (&steps[0], steps.get(1)) {
            (Step::End(Ok(_)), _) => 0..0,
            (Step::Piece(piece), Some(Step::End(Ok(_)))) => {
                let piece = piece.clone();
                steps.pop_front();
                piece
            }
            _ => return Ok(None),
        };
        let Some(Step::End(whole)) = steps.pop_front() else { return Ok(None) };
        Ok(Some((&self.load.room[piece], whole?)))
    }

    /// Hands over the pieces of the next file.
    pub(super) fn pour_next(&mut self, to: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<Whole> {
        loop {
            match self.load.steps.pop_front() {
                Some(Step::Piece(piece)) => to(&self.load.room[piece])?,
                Some(Step::End(whole)) => return whole,
                None => self.take_next()?,
            }
        }
    }

    fn take_next(&mut self) -> Result<()> {
        let next = self.loads.recv().map_err(|gone| Problem::fault(format!("files are no longer read: {gone}")))?;
        let before = std::mem::replace(&mut self.load, next);
        // Whoever has read everything needs no room.
        self.emptied.send(before.room).unwrap_or_default();
        Ok(())
    }
}

/// Reads files ahead of `write`, which takes them in their order. Once it returns nothing is read any more.
pub(super) fn read_ahead<T>(files: &[impl Addable], write: impl FnOnce(&mut Ahead) -> Result<T>) -> Result<T> {
    thread::scope(|scope| {
        let (to, loads) = sync_channel(AHEAD);
        let (emptied, rooms) = channel();
        scope.spawn(move || Reading { load: Load::into(room()), rooms, to }.all(files));
        write(&mut Ahead { loads, load: Load::into(room()), emptied })
    })
}

/// The thread that reads.
struct Reading {
    load: Load,
    rooms: Receiver<Vec<u8>>,
    to: SyncSender<Load>,
}

impl Reading {
    /// Ends where a file cannot be read, and where nobody takes the pieces any more.
    fn all(mut self, files: &[impl Addable]) {
        for file in files {
            let read = file.open().and_then(|mut from| self.read_whole(&mut *from));
            let read = read.map_err(|problem| file.unreadable(problem));
            let is_last = read.is_err();
            self.load.steps.push_back(Step::End(read));
            if is_last {
                break;
            }
        }
        // Whoever went already needs no word of it.
        drop(self.hand_over());
    }

    fn read_whole(&mut self, from: &mut dyn Read) -> Result<Whole> {
        let mut hasher = Sha256::new();
        let mut bytes = 0;
        loop {
            let piece = self.load.read(from)?;
            hasher.update(piece);
            bytes += piece.len() as u64;
            if !self.load.is_full() {
                return Ok(Whole { hash: hex(&hasher.finalize()), bytes });
            }
            self.hand_over()?;
        }
    }

    /// Gives away what was read, and goes on in another room. Fails where nobody takes it.
    fn hand_over(&mut self) -> Result<()> {
        let next = Load::into(self.rooms.try_recv().unwrap_or_else(|_| room()));
        self.to.send(std::mem::replace(&mut self.load, next)).map_err(|_| Problem::cancelled())
    }
}

#[cfg(test)]
mod tests {
    use super::{Addable, CHUNK_BYTES, Problem, Result, Whole, read_ahead};
    use crate::problem::ProblemKind;
    use std::io::Read;

    /// So many bytes of one kind; none that can be read from a length on.
    struct Bytes(usize, Option<usize>);

    impl Addable for Bytes {
        fn open(&self) -> Result<Box<dyn Read + '_>> {
            let all = std::io::repeat(7).take(self.1.unwrap_or(self.0) as u64);
            Ok(match self.1 {
                None => Box::new(all),
                Some(_) => Box::new(all.chain(Broken)),
            })
        }

        fn unreadable(&self, problem: Problem) -> Problem {
            problem.titled(format!("{} bytes", self.0))
        }
    }

    struct Broken;

    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("a bad sector"))
        }
    }

    fn lengths(files: &[Bytes]) -> Result<Vec<(usize, u64)>> {
        read_ahead(files, |ahead| {
            let mut lengths = Vec::new();
            for _ in files {
                if let Some((all, whole)) = ahead.at_hand()? {
                    lengths.push((all.len(), whole.bytes));
                    continue;
                }
                let mut poured = 0;
                let Whole { bytes, .. } = ahead.pour_next(&mut |piece| {
                    poured += piece.len();
                    Ok(())
                })?;
                lengths.push((poured, bytes));
            }
            Ok(lengths)
        })
    }

    #[test]
    fn small_files_come_together_and_large_ones_in_pieces_each_as_long_as_it_is() {
        let all = [0, 1, 5, CHUNK_BYTES - 6, 0, CHUNK_BYTES, 3 * CHUNK_BYTES + 1, 0, 9];
        let files: Vec<Bytes> = all.into_iter().map(|length| Bytes(length, None)).collect();
        let expected: Vec<(usize, u64)> = all.into_iter().map(|length| (length, length as u64)).collect();
        assert_eq!(lengths(&files).expect("read"), expected);
    }

    #[test]
    fn what_cannot_be_read_is_told_of_its_file_and_whoever_stops_writing_stops_the_reading() {
        let files = [Bytes(5, None), Bytes(8, Some(3)), Bytes(6, None)];
        assert_eq!(lengths(&files).expect_err("broken").title, "8 bytes");
        let large: Vec<Bytes> = (0..50).map(|_| Bytes(CHUNK_BYTES, None)).collect();
        let stopped: Result<()> = read_ahead(&large, |ahead| {
            ahead.pour_next(&mut |_| Err(Problem::cancelled()))?;
            Ok(())
        });
        assert_eq!(stopped.expect_err("stopped").kind, ProblemKind::Cancelled);
    }
}
