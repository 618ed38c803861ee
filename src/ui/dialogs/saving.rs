//! Owns a write that a dialog wishes for and waits for.
//! Must never know what is written. Start at [`Saving`].

use egui::Ui;

use crate::command::{Command, Receipt};
use crate::problem::Problem;
use crate::ui::outbox::{Outbox, Slot};
use crate::ui::scene::Scene;
use crate::ui::widgets::{Icon, Tone, remark};

/// A write under a slot of its own.
#[derive(Debug)]
pub struct Saving {
    slot: Slot,
    is_under_way: bool,
    problem: Option<Problem>,
}

impl Saving {
    /// `name` tells the writes of the window apart.
    pub fn new(name: impl Into<String>) -> Self {
        Self { slot: Slot::new(name), is_under_way: false, problem: None }
    }

    /// Wishes for the command.
    pub fn run(&mut self, out: &mut Outbox, command: Command) {
        self.is_under_way = true;
        self.problem = None;
        out.run(self.slot.clone(), command);
    }

    /// The receipt, in the one frame in which it has come; a problem is kept and shown.
    pub fn take(&mut self, scene: &Scene<'_>) -> Option<Receipt> {
        match scene.finished(&self.slot)? {
            Ok(receipt) => {
                self.is_under_way = false;
                Some(receipt.clone())
            }
            Err(problem) => {
                self.is_under_way = false;
                self.problem = Some(problem.clone());
                None
            }
        }
    }

    /// Whether it is being written now.
    pub fn is_under_way(&self) -> bool {
        self.is_under_way
    }

    /// Forgets why the last write failed, because something was changed since.
    pub fn forget(&mut self) {
        self.problem = None;
    }

    /// Why the last write failed.
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    /// Why the last write failed, as a sentence.
    pub fn problem_words(&self) -> Option<String> {
        let problem = self.problem.as_ref()?;
        let next = if problem.next.is_empty() { String::new() } else { format!("。{}", problem.next) };
        Some(format!("{}：{}{next}", problem.title, problem.happened))
    }

    /// The same as a line of the dialog.
    pub fn problem_ui(&self, ui: &mut Ui) {
        if let Some(words) = self.problem_words() {
            remark(ui, Icon::CircleAlert, Tone::Hard, &words);
        }
    }
}
