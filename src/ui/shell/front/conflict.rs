//! An undo that other changes stand in the way of: both entries by name, and what can be done.

use egui::Context;

use super::Front;
use super::problem::problem_text;
use crate::engine::Revert;
use crate::problem::Problem;
use crate::ui::dialogs::Stay;
use crate::ui::outbox::Wish;
use crate::ui::screens::Page;
use crate::ui::shell::act::Act;
use crate::ui::shell::host::Host;
use crate::ui::widgets::{Answer, Choice, Icon, ProblemText, problem_dialog};

/// Asks what to do about an undo that was refused.
pub struct ConflictFront {
    text: ProblemText,
    revert: Revert,
}

impl ConflictFront {
    pub fn new(problem: &Problem, revert: Revert) -> Self {
        let next = match &revert {
            Revert::Steps(_) => "看操作记录里这两步，先撤销后来的那一步".to_owned(),
            revert => format!("先撤销后来的那一步；或{}，改过的保留现值", only_unchanged(revert).0),
        };
        let text = ProblemText { next, ..problem_text(problem) };
        Self { text, revert }
    }
}

impl Front for ConflictFront {
    fn show(&mut self, ctx: &Context, _host: &Host, acts: &mut Vec<Act>) -> Stay {
        let (words, icon) = only_unchanged(&self.revert);
        let keeping = self.revert.keeping_changed();
        let again = keeping.as_ref().map(|_| Choice::new(words).icon(icon));
        match problem_dialog(ctx, "conflict", &self.text, Some(Choice::new("看操作记录")), again) {
            Some(Answer::Primary) => {
                acts.extend(keeping.map(Act::Revert));
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

fn only_unchanged(revert: &Revert) -> (&'static str, Icon) {
    match revert {
        Revert::Redo { .. } => ("只重做没改过的部分", Icon::Redo2),
        Revert::Undo { .. } | Revert::Steps(_) => ("只撤销没改过的部分", Icon::Undo2),
    }
}
