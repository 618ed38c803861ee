//! Owns the question before what was typed is thrown away: that cannot be taken back.
//! Must never throw away itself. Start at [`Discarding::ask`], in a dialog at [`Leaving`].

use egui::Context;

use super::Stay;
use crate::ui::widgets::{Answer, Choice, Dialog, label};

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Discarding<'q> {
    pub title: &'q str,
    /// What would be lost.
    pub lost: &'q str,
    /// The word for going on.
    pub back: &'q str,
    /// The word for throwing it away: 不要了.
    pub away: &'q str,
}

impl<'q> Discarding<'q> {
    /// 不要了 throws away; `back` is the word for going on.
    pub fn new(title: &'q str, lost: &'q str, back: &'q str) -> Self {
        Self { title, lost, back, away: "不要了" }
    }

    /// With another word for throwing it away.
    pub fn away(self, away: &'q str) -> Self {
        Self { away, ..self }
    }

    /// Asks while it is open; `true` once it is to be thrown away.
    pub fn ask(&self, ctx: &Context, is_open: &mut bool) -> bool {
        if !*is_open {
            return false;
        }
        let answered = Dialog::new("discard what is typed", self.title, self.back)
            .width(460.0)
            .plain(Choice::new(self.away).careful())
            .show(ctx, |ui| label(ui, self.lost));
        *is_open = answered.answer.is_none();
        answered.answer == Some(Answer::Plain)
    }
}

/// The question before a dialog is left in which something was typed.
#[derive(Debug, Default)]
pub struct Leaving {
    is_asked: bool,
}

impl Leaving {
    /// What becomes of a dialog that somebody wishes to leave now (`is_left`) or wished to: it closes at once where
    /// nothing that was typed would be `lost`, else after the question.
    pub fn show(&mut self, ctx: &Context, is_left: bool, title: &str, lost: Option<&str>) -> Stay {
        let Some(lost) = lost else {
            return if is_left { Stay::Closed } else { Stay::Open };
        };
        self.is_asked |= is_left;
        let is_thrown_away = Discarding::new(title, lost, "接着写").ask(ctx, &mut self.is_asked);
        if is_thrown_away { Stay::Closed } else { Stay::Open }
    }
}
