//! Owns the work of proposing a plan: begun anew whenever other days or another scope are chosen, given up when nobody
//! waits for it. Must never draw. Start at [`Asking`].

use crate::engine::questions::PlansWithin;
use crate::engine::{Job, Question as _};
use crate::problem::Problem;
use crate::ui::scene::Scene;
use crate::view::talk_plan::{PlanAsk, Proposal, propose};

/// A proposal that is being made; it stops when nobody waits for it any more.
#[derive(Debug)]
struct UnderWay(Job<Proposal>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// What was asked last, and what came of it.
#[derive(Debug, Default)]
pub(super) struct Asking {
    asked: Option<(PlanAsk, u64)>,
    job: Option<UnderWay>,
    answer: Option<Result<Proposal, Problem>>,
}

impl Asking {
    /// Asks if something else is asked than before or the workbook was changed, and takes what has arrived.
    pub fn ask(&mut self, scene: &Scene<'_>, ask: PlanAsk) {
        let asked = (ask, scene.version(PlansWithin::USES));
        if self.asked != Some(asked) {
            self.asked = Some(asked);
            self.answer = None;
            self.job = Some(UnderWay(scene.reading_job("拟计划", move |desk, told| propose(desk, ask, told))));
        }
        if let Some(answer) = self.job.as_ref().and_then(|job| job.0.take()) {
            self.job = None;
            self.answer = Some(answer);
        }
    }

    /// The answer to what was asked last; none while it is on its way.
    pub fn answer(&self) -> Option<Result<&Proposal, &Problem>> {
        self.answer.as_ref().map(Result::as_ref)
    }

    /// How far the work is: its words, and the share that is done where that is known.
    pub fn standing(&self) -> (String, Option<f32>) {
        let Some(UnderWay(job)) = &self.job else { return (String::new(), None) };
        let standing = job.progress.standing();
        let share = (standing.total > 0).then(|| standing.done as f32 / standing.total as f32);
        (standing.label, share)
    }
}
