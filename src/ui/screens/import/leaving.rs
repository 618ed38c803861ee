//! Leaving an import in which something was answered already: that is asked once, for the answers are kept nowhere.
//! Must never leave by itself. Start at [`ImportScreen::leave`].

use std::collections::BTreeSet;

use egui::Ui;

use super::ImportScreen;
use crate::domain::imports::GoneDecision;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::widgets::{Answer, Choice, Dialog, grouped, label};

impl ImportScreen {
    /// Leaves; where something was answered, asks before.
    pub(super) fn leave(&mut self, out: &mut Outbox) {
        if self.given.is_empty() && self.decided() == 0 && self.refused.is_empty() {
            self.go(out);
        } else {
            self.view.is_leaving = true;
        }
    }

    fn decided(&self) -> usize {
        self.decisions.values().filter(|decision| **decision != GoneDecision::Keep).count()
    }

    fn go(&mut self, out: &mut Outbox) {
        self.stop();
        *self = Self { last_pass: self.last_pass, ..Self::default() };
        out.wish(Wish::Back);
    }

    /// Asks whether to leave.
    pub(super) fn leaving_ui(&mut self, ui: &Ui, out: &mut Outbox) {
        let refused = self.refused.values().map(BTreeSet::len).sum();
        let told = [(self.given.len(), "处回答"), (refused, "处不改"), (self.decided(), "人的去向")];
        let told = told.iter().filter(|(count, _)| *count > 0);
        let told: Vec<String> = told.map(|(count, what)| format!("{} {what}", grouped(*count as u64))).collect();
        let words = format!("已经定下的 {} 不会留下，下次导入要重新回答；工作簿没有改动。", told.join("、"));
        let answered = Dialog::new("leave the import", "放弃这次导入", "接着导入")
            .plain(Choice::new("放弃").careful())
            .show(ui.ctx(), |ui| label(ui, &words));
        match answered.answer {
            Some(Answer::Plain) => self.go(out),
            Some(_) => self.view.is_leaving = false,
            None => {}
        }
    }
}
