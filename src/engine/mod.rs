//! WHICH THREAD: one writer, one reader, jobs.
//!
//! A question is a type ([`Question`]); its answer comes back on a typed [`Ticket`]. The window never waits: it asks,
//! goes on drawing, and takes what has arrived. [`Engine::inline`] answers at once, for tests and the command line.
//! Start at [`Engine::open`].

pub mod desktop;
pub mod faults;
mod fingerprint;
pub mod folders;
mod inline;
mod live;
mod machine;
pub mod opened;
pub mod opening;
pub mod packs;
pub mod questions;
pub mod renderer;
mod tickets;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use fingerprint::Fingerprint;
pub use machine::Machine;
pub use tickets::{Answer, Job, Ticket};
pub use writer::{Revert, Session, WriteRequest};

use crate::clock::Clock;
use crate::command::Receipt;
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::attachments::Stored;
use crate::store::outputs::Output;
use crate::store::workbook::ReadOnly;
use crate::store::{Areas, Key};
use crate::view::desk::Desk;

/// A question to the reading side of the workbook.
pub trait Question: Clone + PartialEq + Send + 'static {
    type Answer: Send + 'static;
    /// After changes of these areas the answer may be different.
    const USES: Areas;
    /// Answers it. Runs on the reading thread.
    fn answer(&self, desk: &Desk) -> Result<Self::Answer>;
}

/// Told when something arrived: wakes the window.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// How a workbook was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub path: PathBuf,
    /// Why it can only be read, if so: 「正在写这个工作簿的是：李敏，自 …」.
    pub read_only: Option<String>,
}

/// An open workbook, with its threads.
#[derive(Debug)]
pub struct Engine {
    side: Side,
    standing: Standing,
    key: Key,
    clock: Clock,
    fingerprint: Fingerprint,
    /// Grows with each change of an area, so that what is shown knows that it is old.
    versions: Arc<tickets::Versions>,
}

#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one a workbook")]
enum Side {
    Live(live::Live),
    Inline(inline::Inline),
}

impl Engine {
    /// Opens a workbook on threads of its own.
    pub fn open(session: Session, waker: Waker) -> Result<Self> {
        Self::begin(session, |session, desk, versions| {
            Ok(Side::Live(live::Live::start(session, desk, versions, waker)?))
        })
    }

    /// Opens a workbook without threads: everything is answered before the call returns.
    pub fn inline(session: Session) -> Result<Self> {
        Self::begin(session, |session, desk, versions| Ok(Side::Inline(inline::Inline::new(session, desk, versions))))
    }

    fn begin(
        session: Session,
        start: impl FnOnce(Session, Desk, Arc<tickets::Versions>) -> Result<Side>,
    ) -> Result<Self> {
        let (standing, key, clock) = (session.standing(), session.key(), session.clock());
        let versions = Arc::new(tickets::Versions::default());
        let desk = session.desk()?;
        let fingerprint = Fingerprint::of(desk.reader())?;
        let side = start(session, desk, Arc::clone(&versions))?;
        Ok(Self { side, standing, key, clock, fingerprint, versions })
    }

    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    pub fn path(&self) -> &Path {
        &self.standing.path
    }

    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Changes since opening, of these areas.
    pub fn version(&self, areas: Areas) -> u64 {
        self.versions.of(areas)
    }

    /// Asks the reading side.
    pub fn ask<Q: Question>(&self, question: Q) -> Ticket<Q::Answer> {
        let work = move |desk: &Desk| question.answer(desk);
        match &self.side {
            Side::Live(live) => live.read(work),
            Side::Inline(inline) => inline.read(work),
        }
    }

    /// Runs work on the reading side that may take long: says how far it is, and stops when asked to. It needs no
    /// reading side of its own, which a large workbook takes a while to open; other questions wait for it.
    pub fn reading_job<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Desk, &Progress) -> Result<T> + Send + 'static,
    ) -> Job<T> {
        let progress = Progress::default();
        // Also when nobody wants the answer any more and the work is never begun.
        let over = tickets::EndsWhenDropped(progress.clone());
        let work = move |desk: &Desk| work(desk, over.progress());
        let ticket = match &self.side {
            Side::Live(live) => live.read(work),
            Side::Inline(inline) => inline.read(work),
        };
        Job::new(ticket, progress)
    }

    /// Changes something. The receipt arrives after the reading side knows of the change.
    pub fn write(&self, request: WriteRequest) -> Job<Receipt> {
        match &self.side {
            Side::Live(live) => live.write(request),
            Side::Inline(inline) => inline.write(request),
        }
    }

    /// Runs long work on a thread of its own.
    pub fn job<T: Send + 'static>(&self, work: impl FnOnce(&Progress) -> Result<T> + Send + 'static) -> Job<T> {
        match &self.side {
            Side::Live(live) => live.job(work),
            Side::Inline(_) => inline::job(work),
        }
    }

    /// Runs work over the store of attachments on a thread of its own; it gets `None` where there is no such file.
    pub fn attachments_job<T: Send + 'static>(
        &self,
        work: impl FnOnce(Option<&Stored>, &Progress) -> Result<T> + Send + 'static,
    ) -> Job<T> {
        let (path, key) = (self.standing.path.clone(), self.key.clone());
        self.job(move |progress| work(Stored::open(&path, &key)?.as_ref(), progress))
    }

    /// Runs long work over what the workbook holds now, on a thread of its own with a reading side of its own: other
    /// questions need not wait for it.
    pub fn desk_job<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Desk, &Progress) -> Result<T> + Send + 'static,
    ) -> Job<T> {
        match &self.side {
            Side::Live(live) => {
                let (path, key, fingerprint) = (self.standing.path.clone(), self.key.clone(), self.fingerprint.clone());
                live.job(move |progress| {
                    let file = ReadOnly::open(&path, &key)?;
                    fingerprint.check(&file)?;
                    work(&Desk::open(file)?, progress)
                })
            }
            Side::Inline(inline) => inline.desk_job(work),
        }
    }

    /// Writes a line into the log of what left the program: through the journal, or, where the workbook can only be
    /// read, into the side file.
    pub fn log_output(&self, output: Output) -> Job<Receipt> {
        self.write(WriteRequest::LogOutput(output))
    }

    /// Ends the threads; makes the backup on leaving if something was changed. Gives back what is to be known of it.
    pub fn close(self) -> Result<Option<Problem>> {
        match self.side {
            Side::Live(live) => live.close(),
            Side::Inline(inline) => inline.close(),
        }
    }
}
