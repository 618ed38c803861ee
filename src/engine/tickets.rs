//! Answers on their way.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::problem::Result;
use crate::progress::Progress;
use crate::store::Areas;

/// Where an answer is put and taken from.
#[derive(Debug)]
struct Slot<T> {
    answer: Mutex<Option<Result<T>>>,
    /// Whoever asked no longer wants it.
    given_up: AtomicBool,
}

/// The answer's end that the worker holds.
#[derive(Debug)]
pub struct Answer<T>(Arc<Slot<T>>);

/// A question's end that the window holds. Dropping it gives the question up: if it was not begun yet it never is.
#[derive(Debug)]
pub struct Ticket<T>(Arc<Slot<T>>);

/// A ticket for long work, with its progress.
#[derive(Debug)]
pub struct Job<T> {
    ticket: Ticket<T>,
    pub progress: Progress,
}

/// Both ends.
pub(super) fn pair<T>() -> (Answer<T>, Ticket<T>) {
    let slot = Arc::new(Slot { answer: Mutex::new(None), given_up: AtomicBool::new(false) });
    (Answer(Arc::clone(&slot)), Ticket(slot))
}

impl<T> Answer<T> {
    /// Whether anybody still wants it.
    pub fn is_wanted(&self) -> bool {
        !self.0.given_up.load(Ordering::Relaxed)
    }

    /// Puts the answer.
    pub fn put(self, answer: Result<T>) {
        *self.0.answer.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
    }
}

impl<T> Ticket<T> {
    /// The answer, if it has arrived.
    pub fn take(&self) -> Option<Result<T>> {
        self.0.answer.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl<T> Drop for Ticket<T> {
    fn drop(&mut self) {
        self.0.given_up.store(true, Ordering::Relaxed);
    }
}

impl<T> Job<T> {
    pub(super) fn new(ticket: Ticket<T>, progress: Progress) -> Self {
        Self { ticket, progress }
    }

    /// The result, if it has arrived.
    pub fn take(&self) -> Option<Result<T>> {
        self.ticket.take()
    }

    /// Asks the work to stop.
    pub fn cancel(&self) {
        self.progress.cancel();
    }
}

/// Work that is over when this is dropped, however it ended.
#[derive(Debug)]
pub(super) struct EndsWhenDropped(pub Progress);

impl EndsWhenDropped {
    pub(super) fn progress(&self) -> &Progress {
        &self.0
    }
}

impl Drop for EndsWhenDropped {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// How often each area changed since the workbook was opened.
#[derive(Debug, Default)]
pub(super) struct Versions {
    settings: AtomicU64,
    organisations: AtomicU64,
    members: AtomicU64,
    talks: AtomicU64,
    reminders: AtomicU64,
    archives: AtomicU64,
    outputs: AtomicU64,
    journal: AtomicU64,
}

impl Versions {
    pub(super) fn of(&self, areas: Areas) -> u64 {
        self.each(areas).map(|counter| counter.load(Ordering::Acquire)).sum()
    }

    /// Counts a change; every change is one of the journal too. What touched nothing is none.
    pub(super) fn changed(&self, areas: Areas) {
        if areas == Areas::default() {
            return;
        }
        for counter in self.each(Areas { journal: true, ..areas }) {
            counter.fetch_add(1, Ordering::Release);
        }
    }

    fn each(&self, areas: Areas) -> impl Iterator<Item = &AtomicU64> {
        [
            (areas.settings, &self.settings),
            (areas.organisations, &self.organisations),
            (areas.members, &self.members),
            (areas.talks, &self.talks),
            (areas.reminders, &self.reminders),
            (areas.archives, &self.archives),
            (areas.outputs, &self.outputs),
            (areas.journal, &self.journal),
        ]
        .into_iter()
        .filter_map(|(wanted, counter)| wanted.then_some(counter))
    }
}
