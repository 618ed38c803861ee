//! An undo that other changes stand in the way of: both entries by name, and what can be done.

use egui::Context;

use super::Front;
use super::problem::problem_text;
use crate::problem::Problem;
use crate::ui::dialogs::Stay;
use crate::ui::outbox::Wish;
use crate::ui::screens::Page;
use crate::ui::shell::act::{Act, Revert};
use crate::ui::shell::host::Host;
use crate::ui::widgets::{Answer, Choice, Icon, ProblemText, problem_dialog};

/// Asks what to do about an undo that was refused.
pub struct ConflictFront {
    text: ProblemText,
    revert: Revert,
}

impl ConflictFront {
    pub fn new(problem: &Problem, revert: Revert) -> Self {
        let verb = if revert.is_redo { "重做" } else { "撤销" };
        let next = format!("先撤销后来的那一步；或只{verb}没改过的部分，改过的保留现值");
        let text = ProblemText { next, ..problem_text(problem) };
        Self { text, revert }
    }
}

impl Front for ConflictFront {
    fn show(&mut self, ctx: &Context, _host: &Host, acts: &mut Vec<Act>) -> Stay {
        let words = if self.revert.is_redo { "只重做没改过的部分" } else { "只撤销没改过的部分" };
        let icon = if self.revert.is_redo { Icon::Redo2 } else { Icon::Undo2 };
        let again = (!self.revert.keep_changed).then(|| Choice::new(words).icon(icon));
        match problem_dialog(ctx, "conflict", &self.text, Some(Choice::new("看操作记录")), again) {
            Some(Answer::Primary) => {
                acts.push(Act::Revert(Revert { keep_changed: true, ..self.revert }));
                Stay::Closed
            }
            Some(Answer::Plain) => {
                acts.push(Act::Wish(Wish::Go(Page::History(None))));
                Stay::Closed
            }
            Some(_) => Stay::Closed,
            None => Stay::Open,
        }
    }
}
