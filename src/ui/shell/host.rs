//! What the shell has before a workbook is open: the machine, the clock, the user's settings.
//! Must never know a workbook.

use std::path::PathBuf;
use std::sync::Arc;

use crate::clock::{Clock, Day};
use crate::engine::desktop::{Desktop, SystemDesktop};
use crate::engine::opened::OpenedCopies;
use crate::engine::{Job, Machine};
use crate::problem::Problem;
use crate::settings::UserSettings;

/// The surroundings of the whole program.
#[derive(Debug)]
pub struct Host {
    pub machine: Machine,
    pub clock: Clock,
    pub settings: UserSettings,
    pub desktop: Arc<dyn Desktop>,
    /// Copies of attachments that other programs were given; wiped with the last of them.
    pub copies: OpenedCopies,
    /// Where the settings are kept.
    folder: PathBuf,
    keeping: Option<Job<()>>,
    is_unkept: bool,
    /// That the settings cannot be written was told; it would be the same each time.
    is_told: bool,
}

impl Host {
    pub fn new(machine: Machine, clock: Clock, settings: UserSettings, folder: PathBuf) -> Self {
        let copies = OpenedCopies::new(&folder);
        let desktop = Arc::new(SystemDesktop);
        Self { machine, clock, settings, desktop, copies, folder, keeping: None, is_unkept: false, is_told: false }
    }

    /// On another desktop than that of the system.
    #[must_use]
    pub fn on(mut self, desktop: Arc<dyn Desktop>) -> Self {
        self.desktop = desktop;
        self
    }

    pub fn today(&self) -> Day {
        self.clock.today()
    }

    /// The folder of the user's settings.
    pub fn folder(&self) -> &PathBuf {
        &self.folder
    }

    /// Changes the settings; they are written in the background, one write after the other.
    pub fn set(&mut self, change: impl FnOnce(&mut UserSettings)) {
        let before = self.settings.clone();
        change(&mut self.settings);
        self.is_unkept |= self.settings != before;
    }

    /// Writes what was set, and says what went wrong with it. Called in each frame.
    pub fn keep(&mut self) -> Option<Problem> {
        let ended = self.keeping.as_ref().and_then(Job::take);
        if ended.is_some() {
            self.keeping = None;
        }
        if self.is_unkept && self.keeping.is_none() {
            self.is_unkept = false;
            let (settings, folder) = (self.settings.clone(), self.folder.clone());
            self.keeping = Some(self.machine.job(move |_| settings.write(&folder)));
        }
        let problem = ended.and_then(Result::err)?;
        (!std::mem::replace(&mut self.is_told, true)).then(|| Problem {
            title: "没有记下本机设置".to_owned(),
            unchanged: "工作簿不受影响".to_owned(),
            ..problem
        })
    }

    /// Whether everything that was set is written.
    pub fn is_kept(&self) -> bool {
        !self.is_unkept && self.keeping.is_none()
    }
}
