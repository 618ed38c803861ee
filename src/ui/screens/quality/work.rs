//! The long question of the page: what the rules find in everybody of the scope. What it found stays until the newer
//! answer has come.
//! Must never change anything. Start at [`Work::ask`].

use std::sync::Arc;

use crate::clock::Day;
use crate::domain::ids::OrganisationId;
use crate::engine::Job;
use crate::problem::Problem;
use crate::store::Areas;
use crate::ui::scene::Scene;
use crate::view::quality::{Quality, quality};

/// A walk over the scope, and what the last one found.
#[derive(Default)]
pub struct Work {
    asked: Option<(Option<OrganisationId>, Day, u64)>,
    job: Option<Job<Quality>>,
    shown: Option<Arc<Quality>>,
    problem: Option<Problem>,
    /// Answers that have come: tells them apart.
    turn: u64,
}

impl Work {
    /// Begins if something is otherwise than when it was asked last, and takes what has arrived.
    pub fn ask(&mut self, scene: &Scene<'_>) {
        let areas = Areas { settings: true, organisations: true, members: true, ..Areas::default() };
        let wanted = (scene.scope, scene.as_of, scene.version(areas));
        if self.asked != Some(wanted) {
            if let Some(older) = self.job.take() {
                older.cancel();
            }
            let (scope, day, _) = wanted;
            self.job = Some(scene.desk_job("核对资料", move |desk, progress| quality(desk, scope, day, progress)));
            self.asked = Some(wanted);
        }
        let Some(answer) = self.job.as_ref().and_then(Job::take) else { return };
        self.job = None;
        self.turn += 1;
        match answer {
            Ok(found) => {
                self.shown = Some(Arc::new(found));
                self.problem = None;
            }
            Err(problem) => self.problem = Some(problem),
        }
    }

    /// What was found last.
    pub fn shown(&self) -> Option<&Quality> {
        self.shown.as_deref()
    }

    pub fn turn(&self) -> u64 {
        self.turn
    }

    /// Why the last walk came to nothing: it was stopped, or the file could not be read.
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }
}
