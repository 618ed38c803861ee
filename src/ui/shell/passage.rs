//! Workbooks on their way in and out: what is being opened, what is being closed, whether the program is to end.
//! Must never know what is in them.

use std::path::{Path, PathBuf};

use super::act::NewWorkbook;
use super::host::Host;
use crate::engine::opening::{self, OpenRequest, Opening};
use crate::engine::{Engine, Job};
use crate::problem::{Problem, Result};
use crate::settings::UserSettings;
use crate::store::restore::Staged;

/// What happens when nothing is on its way out any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Then {
    /// The start page.
    #[default]
    Start,
    /// The program ends.
    Quit,
}

/// A workbook on its way in.
struct Coming {
    job: Job<Opening>,
    /// 「正在打开 青禾县民政局.bdk」
    words: String,
    roster: Option<PathBuf>,
    said: String,
}

/// A workbook that has arrived, or why it has not.
pub struct Arrived {
    pub result: Result<Opening>,
    pub roster: Option<PathBuf>,
    /// What is said once it is there; mostly nothing.
    pub said: String,
}

/// Workbooks on their way.
#[derive(Default)]
pub struct Passage {
    coming: Option<Coming>,
    going: Vec<Job<Option<Problem>>>,
    then: Then,
    may_leave: bool,
}

impl Passage {
    /// Begins to open a workbook.
    pub fn open(&mut self, host: &Host, path: PathBuf, even_if_diverged: bool) {
        let words = format!("正在打开 {}", name(&path));
        let request = request(host, path, even_if_diverged);
        let (machine, clock) = (host.machine.clone(), host.clock);
        let job = host.machine.job(move |_| opening::open(&machine, clock, request));
        self.coming = Some(Coming { job, words, roster: None, said: String::new() });
    }

    /// Begins to open the practice workbook.
    pub fn practise(&mut self, host: &Host) {
        let (machine, clock, folder) = (host.machine.clone(), host.clock, host.folder().clone());
        let request = request(host, PathBuf::new(), false);
        let job = host.machine.job(move |_| opening::practise(&machine, clock, &folder, request));
        let words = "正在准备练习工作簿".to_owned();
        self.coming = Some(Coming { job, words, roster: None, said: String::new() });
    }

    /// Begins to make a workbook.
    pub fn create(&mut self, host: &Host, new: NewWorkbook) {
        let NewWorkbook { path, title, operator, roster } = new;
        let words = format!("正在新建 {}", name(&path));
        let (machine, clock) = (host.machine.clone(), host.clock);
        let job = host.machine.job(move |_| opening::create(&machine, clock, path, &operator, &title));
        self.coming = Some(Coming { job, words, roster, said: String::new() });
    }

    /// Begins to put a backup in the place of an open workbook.
    pub fn restore(&mut self, host: &Host, engine: Engine, staged: Staged, made: &str) {
        let words = format!("正在恢复 {}", name(engine.path()));
        let said = format!("已恢复到 {made} 的备份，原来的留作 {}", name(staged.kept()));
        let (machine, clock, operator) = (host.machine.clone(), host.clock, host.settings.operator.clone());
        let job = host.machine.job(move |_| opening::restore(&machine, clock, engine, staged, &operator));
        self.coming = Some(Coming { job, words, roster: None, said });
    }

    /// What has arrived since the last frame.
    pub fn arrived(&mut self) -> Option<Arrived> {
        let result = self.coming.as_ref()?.job.take()?;
        let Coming { roster, said, .. } = self.coming.take()?;
        Some(Arrived { result, roster, said })
    }

    /// What is on its way, in words.
    pub fn doing(&self) -> Option<&str> {
        match (&self.coming, self.going.is_empty(), self.then) {
            (Some(coming), _, _) => Some(&coming.words),
            (None, false, Then::Quit) => Some("正在存好并备份，随后退出"),
            (None, false, Then::Start) => Some("正在存好并备份"),
            (None, true, _) => None,
        }
    }

    /// Begins to close a workbook: its threads end, and what was changed is backed up.
    pub fn close(&mut self, host: &Host, engine: Engine) {
        self.going.push(host.machine.job(move |_| engine.close()));
    }

    /// What is to happen when all is closed.
    pub fn then(&mut self, then: Then) {
        self.then = then;
    }

    /// Forgets what is closed; gives back what went wrong with it.
    pub fn gone(&mut self) -> Vec<Problem> {
        let mut problems = Vec::new();
        self.going.retain(|job| match job.take() {
            None => true,
            Some(result) => {
                problems.extend(result.unwrap_or_else(Some));
                false
            }
        });
        problems
    }

    /// Whether the program is to end.
    pub fn is_leaving(&self) -> bool {
        self.then == Then::Quit
    }

    /// Whether nothing stands in the way of the end.
    pub fn is_clear(&self) -> bool {
        self.going.is_empty() && self.coming.is_none()
    }

    /// From now on the window may close.
    pub fn let_go(&mut self) {
        self.may_leave = true;
    }

    pub fn may_leave(&self) -> bool {
        self.may_leave
    }
}

fn request(host: &Host, path: PathBuf, even_if_diverged: bool) -> OpenRequest {
    let UserSettings { operator, recent, .. } = &host.settings;
    OpenRequest { path, operator: operator.clone(), recent: recent.clone(), even_if_diverged }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
