//! Attached files on their way out: into another program, or to a place that was chosen.
//! Must never know who asked. Start at [`Outside`].

use std::path::PathBuf;
use std::sync::Arc;

use super::host::Host;
use crate::engine::desktop::Desktop;
use crate::engine::opened::OpenedCopies;
use crate::engine::{Engine, Job};
use crate::exchange::attachments::left_behind;
use crate::files::write_with;
use crate::problem::{Problem, Result};
use crate::store::outputs::Output;
use crate::ui::outbox::{Attached, Wish};
use crate::ui::scene::RunningJob;

/// What goes out, and with whom.
#[derive(Debug)]
pub struct Outside {
    desktop: Arc<dyn Desktop>,
    copies: OpenedCopies,
    under_way: Vec<Job<Option<(Attached, PathBuf)>>>,
}

impl Outside {
    pub fn new(host: &Host) -> Self {
        Self { desktop: Arc::clone(&host.desktop), copies: host.copies.clone(), under_way: Vec::new() }
    }

    pub fn desktop(&self) -> &Arc<dyn Desktop> {
        &self.desktop
    }

    /// Opens a file that was written.
    pub fn open_file(&mut self, engine: &Engine, path: PathBuf) {
        let desktop = Arc::clone(&self.desktop);
        self.under_way.push(engine.job(move |_| desktop.open(&path).map(|()| None)));
    }

    /// Opens a copy of an attached file, only to be read.
    pub fn open(&mut self, engine: &Engine, file: Attached) -> RunningJob {
        let (desktop, copies) = (Arc::clone(&self.desktop), self.copies.clone());
        let workbook = engine.path().to_owned();
        let job = engine.attachments_job(move |stored, progress| {
            let stored = stored.ok_or_else(|| left_behind(&workbook))?;
            let copy = copies.take_out(stored, &file.hash, &file.name, progress)?;
            desktop.open(&copy).map(|()| None).map_err(|problem| Problem {
                next: "装上能打开它的程序，或用“另存为”存出来再打开".to_owned(),
                ..problem
            })
        });
        self.begin("打开材料", job)
    }

    /// Copies an attached file to a place.
    pub fn save(&mut self, engine: &Engine, file: Attached, to: PathBuf) -> RunningJob {
        let workbook = engine.path().to_owned();
        let job = engine.attachments_job(move |stored, progress| {
            let stored = stored.ok_or_else(|| left_behind(&workbook))?;
            write_with(&to, true, |place| stored.copy_to(&file.hash, place, progress).map(|_| ()))?;
            Ok(Some((file, to)))
        });
        self.begin("另存材料", job)
    }

    fn begin(&mut self, label: &str, job: Job<Option<(Attached, PathBuf)>>) -> RunningJob {
        let running = RunningJob { label: label.to_owned(), progress: job.progress.clone() };
        self.under_way.push(job);
        running
    }

    /// What is to be told of those that have ended.
    pub fn take(&mut self) -> Vec<Wish> {
        let mut told = Vec::new();
        self.under_way.retain(|job| match job.take() {
            None => true,
            Some(ended) => {
                told.extend(in_wishes(ended));
                false
            }
        });
        told
    }
}

fn in_wishes(ended: Result<Option<(Attached, PathBuf)>>) -> Vec<Wish> {
    match ended {
        Ok(None) => Vec::new(),
        Ok(Some((file, path))) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let output = Output {
                id: 0,
                at: 0,
                operator: String::new(),
                what: "另存材料".to_owned(),
                scope: file.name,
                row_count: 1,
                masked: false,
                target: name.clone(),
            };
            vec![Wish::Log(output), Wish::Written(format!("已存为 {name}"), path)]
        }
        Err(problem) => vec![Wish::Problem(problem)],
    }
}
