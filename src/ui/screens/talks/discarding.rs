//! Owns the question before what was typed is thrown away: that cannot be taken back.
//! Must never throw away itself. Start at [`ask`].

use egui::Ui;

use crate::ui::widgets::{Answer, Choice, Dialog, label};

/// The title, what would be lost, and the word for going on.
pub(super) struct Discarding<'q> {
    pub title: &'q str,
    pub lost: &'q str,
    pub back: &'q str,
}

/// Asks while it is open; `true` once it is to be thrown away.
pub(super) fn ask(ui: &Ui, is_open: &mut bool, question: &Discarding<'_>) -> bool {
    let answered = Dialog::new("discard what is typed", question.title, question.back)
        .width(460.0)
        .plain(Choice::new("不要了").careful())
        .show(ui.ctx(), |ui| label(ui, question.lost));
    *is_open &= answered.answer.is_none();
    answered.answer == Some(Answer::Plain)
}
