//! Everything at once, on the caller's thread: tests and the command line.

use std::cell::RefCell;
use std::sync::Arc;

use super::tickets::{Job, Ticket, Versions, pair};
use super::writer::{Session, WriteRequest};
use crate::command::Receipt;
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::view::desk::Desk;

#[derive(Debug)]
pub(super) struct Inline {
    session: RefCell<Session>,
    desk: RefCell<Desk>,
    versions: Arc<Versions>,
}

impl Inline {
    pub(super) fn new(session: Session, desk: Desk, versions: Arc<Versions>) -> Self {
        Self { session: RefCell::new(session), desk: RefCell::new(desk), versions }
    }

    pub(super) fn read<T>(&self, work: impl FnOnce(&Desk) -> Result<T>) -> Ticket<T> {
        let (answer, ticket) = pair();
        answer.put(work(&self.desk.borrow()));
        ticket
    }

    pub(super) fn write(&self, request: WriteRequest) -> Job<Receipt> {
        let progress = Progress::default();
        let (answer, ticket) = pair();
        let result = self.session.borrow_mut().handle(request, &progress).and_then(|receipt| {
            self.desk.borrow_mut().refresh(receipt.areas, &receipt.touched)?;
            self.versions.changed(receipt.areas);
            Ok(receipt)
        });
        answer.put(result);
        progress.end();
        Job::new(ticket, progress)
    }

    pub(super) fn desk_job<T>(&self, work: impl FnOnce(&Desk, &Progress) -> Result<T>) -> Job<T> {
        job(|progress| work(&self.desk.borrow(), progress))
    }

    pub(super) fn close(self) -> Result<Option<Problem>> {
        drop(self.desk);
        self.session.into_inner().close()
    }
}

pub(super) fn job<T>(work: impl FnOnce(&Progress) -> Result<T>) -> Job<T> {
    let progress = Progress::default();
    let (answer, ticket) = pair();
    answer.put(work(&progress));
    progress.end();
    Job::new(ticket, progress)
}
