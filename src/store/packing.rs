//! Packs the changes of a book into blocks on a core of its own, while the book goes on writing rows.
//! Must never know what is in a change. Start at [`Packer::take`].

use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

use sha2::{Digest as _, Sha256};

use super::change::{BLOCK_CHANGES, Change, pack};
use crate::problem::{Problem, Result};

/// Blocks that may wait: what is held in memory stays small.
const WAITING: usize = 4;

/// What changes became.
#[derive(Debug, Default)]
pub(super) struct Packed {
    pub blocks: Vec<Vec<u8>>,
    /// Hash of the blocks' hashes, in order.
    pub hash: [u8; 32],
}

/// The changes that are not packed yet, and those that are.
#[derive(Debug, Default)]
pub(super) struct Packer {
    pending: Vec<Change>,
    /// Only a long book has one.
    worker: Option<Worker>,
}

#[derive(Debug)]
struct Worker {
    to: SyncSender<Vec<Change>>,
    /// `None` once it was asked what it made.
    made: Option<JoinHandle<Result<Packed>>>,
}

impl Packer {
    /// Takes in one more change.
    pub fn take(&mut self, change: Change) -> Result<()> {
        self.pending.push(change);
        if self.pending.len() < BLOCK_CHANGES {
            return Ok(());
        }
        let full = std::mem::take(&mut self.pending);
        self.worker.get_or_insert_with(Worker::start).give(full)
    }

    /// Ends, with all blocks.
    pub fn finish(self) -> Result<Packed> {
        let rest = (!self.pending.is_empty()).then_some(self.pending);
        let Some(mut worker) = self.worker else { return pack_all(rest) };
        rest.map_or(Ok(()), |rest| worker.give(rest))?;
        worker.finish()
    }
}

impl Worker {
    fn start() -> Self {
        let (to, full) = sync_channel::<Vec<Change>>(WAITING);
        Self { to, made: Some(std::thread::spawn(|| pack_all(full))) }
    }

    fn give(&mut self, full: Vec<Change>) -> Result<()> {
        if self.to.send(full).is_ok() {
            return Ok(());
        }
        // It stops early only with a problem.
        joined(self.made.take()).and(Err(Problem::fault("the packer stopped early")))
    }

    fn finish(self) -> Result<Packed> {
        drop(self.to);
        joined(self.made)
    }
}

fn joined(made: Option<JoinHandle<Result<Packed>>>) -> Result<Packed> {
    let made = made.ok_or_else(|| Problem::fault("the packer was asked twice"))?;
    // A panic there is one here too.
    made.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn pack_all(full: impl IntoIterator<Item = Vec<Change>>) -> Result<Packed> {
    let mut blocks = Vec::new();
    let mut hash = Sha256::new();
    for changes in full {
        let block = pack(changes)?;
        hash.update(Sha256::digest(&block));
        blocks.push(block);
    }
    Ok(Packed { blocks, hash: hash.finalize().into() })
}
