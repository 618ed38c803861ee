//! Owns what 弃稿 does to what is written of a talk. Must never throw away unasked. Start at [`WriteTalkScreen::discarding_ui`].

use egui::Ui;

use super::WriteTalkScreen;
use crate::ui::dialogs::Discarding;
use crate::ui::outbox::Outbox;
use crate::ui::widgets::grouped;

impl WriteTalkScreen {
    /// What the button is called: 弃稿, of a talk that is corrected 恢复原值.
    pub(super) fn discard_word(&self) -> &'static str {
        if self.start.talk.is_some() { "恢复原值" } else { "弃稿" }
    }

    /// Asks, once it was wished for, and throws away.
    pub(super) fn discarding_ui(&mut self, ui: &Ui, out: &mut Outbox) {
        let Some(written) = self.written.as_ref().filter(|_| self.asks_to_discard) else { return };
        let words = match (self.start.talk.is_some(), written.characters()) {
            (true, _) => "改过的都换回工作簿里的原值，撤不回。".to_owned(),
            (false, 0) => "已填的各栏都不留下，撤不回。".to_owned(),
            (false, count) => format!("已写的 {} 字和已填的各栏都不留下，撤不回。", grouped(count as u64)),
        };
        let question = Discarding::new(self.discard_word(), &words, "接着写");
        if question.ask(ui.ctx(), &mut self.asks_to_discard) {
            self.written = Some(self.initial.clone());
            self.reset_fields();
            self.fields.takes_focus = true;
            self.kept.clear(out);
        }
    }
}
