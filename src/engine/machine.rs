//! Long work that needs no open workbook: opening one, listing folders, writing the user's settings.
//!
//! [`Machine::Threads`] gives each piece of work a thread of its own; [`Machine::Inline`] does it before the call
//! returns, for tests.

use super::tickets::Job;
use super::{Engine, Session, Waker, inline, live};
use crate::problem::Result;
use crate::progress::Progress;

/// Where long work is done.
#[derive(Clone)]
pub enum Machine {
    /// On threads; the waker is called when something has arrived.
    Threads(Waker),
    /// At once, on the caller's thread.
    Inline,
}

impl std::fmt::Debug for Machine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Threads(_) => "Threads",
            Self::Inline => "Inline",
        })
    }
}

impl Machine {
    /// Runs long work.
    pub fn job<T: Send + 'static>(&self, work: impl FnOnce(&Progress) -> Result<T> + Send + 'static) -> Job<T> {
        match self {
            Self::Threads(waker) => live::job(waker, work),
            Self::Inline => inline::job(work),
        }
    }

    /// Puts an open workbook to work in the same way.
    pub(super) fn engine(&self, session: Session) -> Result<Engine> {
        match self {
            Self::Threads(waker) => Engine::open(session, waker.clone()),
            Self::Inline => Engine::inline(session),
        }
    }

    /// Whether nothing of the system outside may be called: tests.
    pub fn is_inline(&self) -> bool {
        matches!(self, Self::Inline)
    }
}
