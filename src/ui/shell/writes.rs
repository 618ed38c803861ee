//! The writes under way, and how they ended.
//! Must never know who wished for them: a slot is all there is.

use std::collections::HashMap;

use crate::command::Receipt;
use crate::engine::{Engine, Job, Revert, WriteRequest};
use crate::problem::Result;
use crate::progress::Progress;
use crate::ui::outbox::Slot;

/// A write that has not ended.
struct Pending {
    slot: Slot,
    job: Job<Receipt>,
    /// Since when, in seconds of the window.
    since: f64,
    about: About,
}

/// What the shell tells of a write when it has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// What was written, with 撤销.
    Change,
    /// What was taken back, with the way back; a conflict asks what to do.
    Revert(Revert),
    /// Nothing, unless it failed: drafts, log lines, the operator.
    Silent,
}

/// The write that has lasted longest.
#[derive(Debug, Clone, Copy)]
pub struct Longest<'w> {
    pub progress: &'w Progress,
    pub since: f64,
    pub words: &'static str,
}

/// A write that has ended.
#[derive(Debug)]
pub struct Ended {
    pub slot: Slot,
    pub result: Result<Receipt>,
    pub about: About,
}

/// The writes of an open workbook.
#[derive(Default)]
pub struct Writes {
    pending: Vec<Pending>,
    /// Those that ended since the last frame.
    finished: HashMap<Slot, Result<Receipt>>,
    /// The same, in the order they ended, for telling the person.
    ended: Vec<(Slot, About)>,
}

impl Writes {
    pub fn start(&mut self, engine: &Engine, slot: Slot, request: WriteRequest, now: f64) {
        let about = About::of(&request);
        let job = engine.write(request);
        self.pending.push(Pending { slot, job, since: now, about });
    }

    /// Takes what has ended. Returns whether anything has.
    pub fn take(&mut self) -> bool {
        let (finished, ended) = (&mut self.finished, &mut self.ended);
        self.pending.retain(|pending| {
            // Two of one slot are told one after the other, so that neither hides the other.
            if finished.contains_key(&pending.slot) {
                return true;
            }
            let Some(result) = pending.job.take() else { return true };
            ended.push((pending.slot.clone(), pending.about.clone()));
            finished.insert(pending.slot.clone(), result);
            false
        });
        !self.finished.is_empty()
    }

    /// What ended since the last frame.
    pub fn finished(&self) -> &HashMap<Slot, Result<Receipt>> {
        &self.finished
    }

    /// Empties it after the frame that showed it.
    pub fn told(&mut self) -> Vec<Ended> {
        let ended = std::mem::take(&mut self.ended);
        let mut finished = std::mem::take(&mut self.finished);
        ended
            .into_iter()
            .filter_map(|(slot, about)| {
                let result = finished.remove(&slot)?;
                Some(Ended { slot, result, about })
            })
            .collect()
    }

    /// The write that has lasted longest, and since when.
    pub fn longest(&self) -> Option<Longest<'_>> {
        let pending = self.pending.iter().find(|pending| pending.about != About::Silent)?;
        let words = match &pending.about {
            About::Change | About::Silent => "存盘",
            About::Revert(Revert::Redo { .. }) => "重做",
            About::Revert(_) => "撤销",
        };
        Some(Longest { progress: &pending.job.progress, since: pending.since, words })
    }

    /// Whether nothing is being changed.
    pub fn is_idle(&self) -> bool {
        self.pending.iter().all(|pending| pending.about == About::Silent)
    }
}

impl About {
    fn of(request: &WriteRequest) -> Self {
        match request {
            WriteRequest::Run(_)
            | WriteRequest::Attach { .. }
            | WriteRequest::CompactAttachments
            | WriteRequest::BeginAttachments
            | WriteRequest::BackUp => Self::Change,
            WriteRequest::LogOutput(_) | WriteRequest::ParkDraft { .. } | WriteRequest::Operator(_) => Self::Silent,
            WriteRequest::Revert(revert) => Self::Revert(revert.clone()),
        }
    }
}
