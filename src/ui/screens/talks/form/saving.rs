//! Owns how a talk is saved, and the question before where what is written is not kept of its type.
//! Must never know the fields. Start at [`WriteTalkScreen::try_to_save`].

use egui::Ui;

use super::checks::Checks;
use super::foot::Pressed;
use super::{WriteTalkScreen, written};
use crate::command::{Command, EditTalk, RecordTalk};
use crate::ui::dialogs::Discarding;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::widgets::grouped;

impl WriteTalkScreen {
    /// Saves what can be saved; asks first where something written would not be in the record.
    pub(super) fn try_to_save(&mut self, scene: &Scene<'_>, pressed: Pressed, checks: &Checks, out: &mut Outbox) {
        self.was_tried = true;
        if !checks.is_clear() || self.saving.is_under_way() {
            return;
        }
        if self.hides_texts() {
            self.asks_to_leave_out = Some(pressed);
        } else {
            self.save(scene, pressed, out);
        }
    }

    fn save(&mut self, scene: &Scene<'_>, pressed: Pressed, out: &mut Outbox) {
        let (Some(writing), Some(written)) = (self.writing.shown(), &self.written) else { return };
        self.goes_on = pressed == Pressed::SaveAndGoOn;
        let draft = written.draft(&writing.types, scene.today);
        let command = match self.start.talk {
            None => Command::RecordTalk(RecordTalk(draft)),
            Some(id) => {
                let before = self.initial.draft(&writing.types, scene.today);
                Command::EditTalk(EditTalk { id, set: written::changes(&before, &draft) })
            }
        };
        self.saving.run(out, command);
    }

    /// Asks, once somebody wished to save, and saves without what the type does not keep.
    pub(super) fn leaving_out_ui(&mut self, ui: &Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let (Some(pressed), Some(written)) = (self.asks_to_leave_out, &self.written) else { return };
        let count = grouped(written.hidden_characters() as u64);
        let lost = match self.start.talk {
            None => format!("已写的 {count} 字不进记录，草稿里也没有，保存后撤不回。"),
            Some(_) => format!("写着的 {count} 字都从记录里去掉。"),
        };
        let words = format!("这类谈话不存内容：{lost}要留下内容，先换回别的类型。");
        let mut is_open = true;
        let question = Discarding::new("保存时不留内容", &words, "接着写").away("不留内容，保存");
        let agrees = question.ask(ui.ctx(), &mut is_open);
        self.asks_to_leave_out = self.asks_to_leave_out.filter(|_| is_open);
        if agrees {
            self.save(scene, pressed, out);
        }
    }

    /// Whether a question stands before the form: its keys wait.
    pub(super) fn is_asking(&self) -> bool {
        self.asks_to_discard || self.asks_to_leave_out.is_some()
    }
}
