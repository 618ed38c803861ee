//! Progress and cancelling of long work, through one call.
//!
//! The work calls [`Progress::step`]; the same call says how far it is and returns a problem if the person cancelled,
//! so one `?` in the loop gives both.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, RwLock};

use crate::problem::{Problem, Result};

/// A handle shared by the worker and the one who watches. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    label: RwLock<String>,
    done: AtomicU64,
    total: AtomicU64,
    cancelled: AtomicBool,
    over: AtomicBool,
    /// Cancels itself when so much of a stage is done: stopped midway, the same in every run of a test.
    #[cfg(test)]
    stops_at: AtomicU64,
}

/// How far the work is, as last told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    pub label: String,
    pub done: u64,
    /// 0 while unknown.
    pub total: u64,
}

impl Progress {
    /// Begins a stage: 「读取花名册」, with the number of steps, 0 if unknown.
    pub fn stage(&self, label: &str, total: u64) -> Result<()> {
        if let Ok(mut held) = self.0.label.write() {
            label.clone_into(&mut held);
        }
        self.0.total.store(total, Ordering::Relaxed);
        self.step(0)
    }

    /// Says that `done` steps of the stage are done. Fails when the person cancelled.
    pub fn step(&self, done: u64) -> Result<()> {
        self.0.done.store(done, Ordering::Relaxed);
        #[cfg(test)]
        if (1..=done).contains(&self.0.stops_at.load(Ordering::Relaxed)) {
            self.cancel();
        }
        if self.0.cancelled.load(Ordering::Relaxed) { Err(Problem::cancelled()) } else { Ok(()) }
    }

    /// Progress that is cancelled as soon as `done` steps of a stage are done.
    #[cfg(test)]
    pub(crate) fn stopping_at(done: u64) -> Self {
        let progress = Self::default();
        progress.0.stops_at.store(done, Ordering::Relaxed);
        progress
    }

    /// Asks the work to stop at its next step.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether cancelling was asked for.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }

    /// Says that the work is over, however it ended. Called by whoever ran it.
    pub fn end(&self) {
        self.0.over.store(true, Ordering::Release);
    }

    /// Whether the work is over.
    pub fn is_over(&self) -> bool {
        self.0.over.load(Ordering::Acquire)
    }

    /// How far it is.
    pub fn standing(&self) -> Standing {
        Standing {
            label: self.0.label.read().map(|label| label.clone()).unwrap_or_default(),
            done: self.0.done.load(Ordering::Relaxed),
            total: self.0.total.load(Ordering::Relaxed),
        }
    }
}
