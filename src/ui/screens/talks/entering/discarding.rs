//! Owns the question before the rows of 补录 are thrown away: that cannot be taken back.
//! Must never throw away unasked. Start at [`EnterTalksScreen::discarding_ui`].

use egui::Ui;

use super::EnterTalksScreen;
use crate::ui::outbox::Outbox;
use crate::ui::widgets::{Answer, Choice, Dialog, label};

impl EnterTalksScreen {
    /// Asks, once it was wished for, and throws away.
    pub(super) fn discarding_ui(&mut self, ui: &Ui, out: &mut Outbox) {
        if !self.asks_to_discard {
            return;
        }
        let words = format!("已填的 {} 行都不留下，撤不回。", self.filled().count());
        let answered = Dialog::new("discard the rows", "弃稿", "接着填")
            .width(460.0)
            .plain(Choice::new("不要了").careful())
            .show(ui.ctx(), |ui| label(ui, &words));
        if answered.answer.is_some() {
            self.asks_to_discard = false;
        }
        if answered.answer == Some(Answer::Plain) {
            self.begin_anew(out);
        }
    }
}
