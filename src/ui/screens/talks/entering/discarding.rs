//! Owns what 弃稿 does to the rows of 补录. Must never throw away unasked. Start at
//! [`EnterTalksScreen::discarding_ui`].

use egui::Ui;

use super::EnterTalksScreen;
use crate::ui::dialogs::Discarding;
use crate::ui::outbox::Outbox;

impl EnterTalksScreen {
    /// Asks, once it was wished for, and throws away.
    pub(super) fn discarding_ui(&mut self, ui: &Ui, out: &mut Outbox) {
        let lost = format!("已填的 {} 行都不留下，撤不回。", self.filled().count());
        if Discarding::new("弃稿", &lost, "接着填").ask(ui.ctx(), &mut self.asks_to_discard) {
            self.begin_anew(out);
        }
    }
}
