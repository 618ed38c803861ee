//! Owns what 弃稿 does to the rows of 补录. Must never throw away unasked. Start at
//! [`EnterTalksScreen::discarding_ui`].

use egui::Ui;

use super::EnterTalksScreen;
use crate::ui::outbox::Outbox;
use crate::ui::screens::talks::discarding::{Discarding, ask};

impl EnterTalksScreen {
    /// Asks, once it was wished for, and throws away.
    pub(super) fn discarding_ui(&mut self, ui: &Ui, out: &mut Outbox) {
        if !self.asks_to_discard {
            return;
        }
        let lost = format!("已填的 {} 行都不留下，撤不回。", self.filled().count());
        let question = Discarding { title: "弃稿", lost: &lost, back: "接着填" };
        if ask(ui, &mut self.asks_to_discard, &question) {
            self.begin_anew(out);
        }
    }
}
