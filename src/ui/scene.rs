//! What a screen or dialog is given in a frame: where the person stands, and whom it may ask.
//!
//! A screen has no handle to anything that blocks or writes: it asks through [`Scene::ask`] (a ticket comes back at
//! once), and wishes for all else through its [`Outbox`](super::outbox::Outbox).

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::outbox::Slot;
use crate::clock::{Day, Moment};
use crate::command::Receipt;
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::{Organisation, OrganisationKind};
use crate::engine::desktop::{Copied, Desktop};
use crate::engine::{Engine, Job, Question, Ticket};
use crate::exchange::attachments::Absent;
use crate::problem::Result;
use crate::progress::Progress;
use crate::settings::UserSettings;
use crate::store::Areas;
use crate::store::attachments::Stored;
use crate::view::desk::Desk;
use crate::view::organisations::OrganisationLine;

/// Width classes of `content_rect().width()`, in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// Under 1000: an icon rail, drawers.
    Narrow,
    /// Under 1240.
    Medium,
    Wide,
}

impl Width {
    pub fn of(points: f32) -> Self {
        if points < 1000.0 {
            Self::Narrow
        } else if points < 1240.0 {
            Self::Medium
        } else {
            Self::Wide
        }
    }
}

/// The frame's surroundings.
pub struct Scene<'a> {
    engine: &'a Engine,
    /// The organisation chosen in the tree; `None` for everything.
    pub scope: Option<OrganisationId>,
    /// Its name, 「全部」 for everything.
    pub scope_name: &'a str,
    /// The tree as of the day shown; empty until it arrived.
    pub tree: &'a [OrganisationLine],
    /// The day shown.
    pub as_of: Day,
    pub today: Day,
    pub width: Width,
    /// Why nothing may be changed: read-only, or a past day is shown.
    pub frozen: Option<&'a str>,
    pub settings: &'a UserSettings,
    /// When this machine opened the workbook last, before this time.
    pub last_opened: Option<Moment>,
    /// Writes that ended since the last frame, by the slot they were wished for under.
    finished: &'a HashMap<Slot, Result<Receipt>>,
    /// Long work under way, for the status bar.
    jobs: &'a RefCell<Vec<RunningJob>>,
    handed: Option<&'a Handed>,
    desktop: Option<&'a Arc<dyn Desktop>>,
    /// The attached files that cannot be opened, as far as is known.
    pub absent: Option<&'a Arc<Absent>>,
}

/// What the shell hands to pages and dialogs besides.
#[derive(Debug, Default)]
pub struct Handed {
    /// Failed writes that whoever wished for them has seen.
    claimed: RefCell<HashSet<Slot>>,
    /// Files that were chosen and not yet taken, the last one first.
    chosen: RefCell<HashMap<Slot, Vec<PathBuf>>>,
}

impl Handed {
    /// Whether somebody has seen how this write failed; asked once a frame, after drawing.
    pub fn was_claimed(&self, slot: &Slot) -> bool {
        self.claimed.borrow_mut().remove(slot)
    }

    /// A file was chosen for whoever asked under this slot.
    pub fn give(&self, slot: Slot, path: PathBuf) {
        self.chosen.borrow_mut().entry(slot).or_default().insert(0, path);
    }
}

/// Long work that the status bar shows, with its 取消.
#[derive(Debug, Clone)]
pub struct RunningJob {
    /// 「读取花名册」
    pub label: String,
    pub progress: Progress,
}

impl<'a> Scene<'a> {
    #[expect(clippy::too_many_arguments, reason = "made in one place, by the shell")]
    pub fn new(
        engine: &'a Engine,
        scope: Option<OrganisationId>,
        scope_name: &'a str,
        tree: &'a [OrganisationLine],
        as_of: Day,
        width: Width,
        frozen: Option<&'a str>,
        settings: &'a UserSettings,
        finished: &'a HashMap<Slot, Result<Receipt>>,
        jobs: &'a RefCell<Vec<RunningJob>>,
    ) -> Self {
        let today = engine.clock().today();
        Self {
            engine,
            scope,
            scope_name,
            tree,
            as_of,
            today,
            width,
            frozen,
            settings,
            finished,
            jobs,
            handed: None,
            desktop: None,
            last_opened: None,
            absent: None,
        }
    }

    /// With what the shell hands over.
    pub fn handing(mut self, handed: &'a Handed) -> Self {
        self.handed = Some(handed);
        self
    }

    /// On the desktop around the program.
    pub fn on(mut self, desktop: &'a Arc<dyn Desktop>) -> Self {
        self.desktop = Some(desktop);
        self
    }

    /// With when the workbook was opened last.
    pub fn after(mut self, last_opened: Option<Moment>) -> Self {
        self.last_opened = last_opened;
        self
    }

    /// With the attached files that cannot be opened.
    pub fn without(mut self, absent: Option<&'a Arc<Absent>>) -> Self {
        self.absent = absent;
        self
    }

    /// The organisation that answers for talks in the scope: itself, of a 党小组 its branch; none of everything.
    pub fn answering(&self) -> Option<&'a Organisation> {
        let node = |id| self.tree.iter().find(|line| line.organisation.id == id).map(|line| &line.organisation);
        let mut found = node(self.scope?)?;
        while found.kind == OrganisationKind::Group {
            found = node(found.parent?)?;
        }
        Some(found)
    }

    pub(super) fn engine(&self) -> &'a Engine {
        self.engine
    }

    /// The moment it is.
    pub fn now(&self) -> Moment {
        self.engine.clock().now()
    }

    /// Asks the reading side; the answer arrives on the ticket.
    pub fn ask<Q: Question>(&self, question: Q) -> Ticket<Q::Answer> {
        self.engine.ask(question)
    }

    /// Starts long work on a thread of its own; the status bar shows it under this label.
    pub fn job<T: Send + 'static>(
        &self,
        label: &str,
        work: impl FnOnce(&Progress) -> Result<T> + Send + 'static,
    ) -> Job<T> {
        let job = self.engine.job(work);
        self.jobs.borrow_mut().push(RunningJob { label: label.to_owned(), progress: job.progress.clone() });
        job
    }

    /// Starts work over the store of attachments, of which the status bar says nothing; it gets `None` where there is
    /// no such file.
    pub fn attachments<T: Send + 'static>(
        &self,
        work: impl FnOnce(Option<&Stored>, &Progress) -> Result<T> + Send + 'static,
    ) -> Job<T> {
        self.engine.attachments_job(work)
    }

    /// Asks what was copied in other programs.
    pub fn copied(&self) -> Job<Copied> {
        let desktop = self.desktop.cloned();
        self.engine.job(move |_| desktop.map_or(Ok(Copied::Nothing), |desktop| desktop.copied()))
    }

    /// Starts work of the reading side that may take long; the status bar shows it under this label.
    pub fn reading_job<T: Send + 'static>(
        &self,
        label: &str,
        work: impl FnOnce(&Desk, &Progress) -> Result<T> + Send + 'static,
    ) -> Job<T> {
        let job = self.engine.reading_job(work);
        self.jobs.borrow_mut().push(RunningJob { label: label.to_owned(), progress: job.progress.clone() });
        job
    }

    /// Starts long work over what the workbook holds now; it reads by itself, so that no other question waits.
    pub fn desk_job<T: Send + 'static>(
        &self,
        label: &str,
        work: impl FnOnce(&Desk, &Progress) -> Result<T> + Send + 'static,
    ) -> Job<T> {
        let job = self.engine.desk_job(work);
        self.jobs.borrow_mut().push(RunningJob { label: label.to_owned(), progress: job.progress.clone() });
        job
    }

    /// Grows when something of these areas changed.
    pub fn version(&self, areas: Areas) -> u64 {
        self.engine.version(areas)
    }

    /// How a write ended that was wished for under this slot; seen in one frame only.
    /// Whoever asks has taken it up: a failure is then not shown again as a dialog.
    pub fn finished(&self, slot: &Slot) -> Option<&Result<Receipt>> {
        let ended = self.finished.get(slot)?;
        if let (Err(_), Some(handed)) = (ended, self.handed) {
            handed.claimed.borrow_mut().insert(slot.clone());
        }
        Some(ended)
    }

    /// The receipt of a write that was wished for under this slot; a failure is left to the shell.
    pub fn written(&self, slot: &Slot) -> Option<&Receipt> {
        self.finished.get(slot)?.as_ref().ok()
    }

    /// Whether a draft was parked or taken out since the last frame.
    pub fn has_parked(&self) -> bool {
        self.finished.keys().any(Slot::is_of_draft)
    }

    /// The file that was chosen after [`Wish::ChooseFile`](super::outbox::Wish::ChooseFile), given once; several
    /// files that were dropped come one by one.
    pub fn chosen(&self, slot: &Slot) -> Option<PathBuf> {
        self.handed.and_then(|handed| handed.chosen.borrow_mut().get_mut(slot)?.pop())
    }

    /// The workbook's file.
    pub fn workbook(&self) -> &std::path::Path {
        self.engine.path()
    }
}
