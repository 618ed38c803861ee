//! Leaving with something unsaved: asked once.

use std::path::PathBuf;

use egui::Context;

use super::Front;
use crate::store::restore::Staged;
use crate::ui::dialogs::Stay;
use crate::ui::shell::act::Act;
use crate::ui::shell::host::Host;
use crate::ui::shell::passage::Then;
use crate::ui::widgets::{Answer, Choice, Dialog, Icon, Tone, label, note};

/// Asks whether to leave all the same.
pub struct LeavingFront {
    words: &'static str,
    /// What is done then.
    act: Option<Act>,
}

impl LeavingFront {
    /// Before the workbook is closed, or the program ended.
    pub fn close(then: Then) -> Self {
        let words = if then == Then::Quit { "仍然退出" } else { "仍然关闭" };
        Self { words, act: Some(Act::CloseNow(then)) }
    }

    /// Before a backup takes the place of the workbook.
    pub fn restore(staged: Staged, made: String) -> Self {
        Self { words: "仍然恢复", act: Some(Act::RestoreNow(staged, made)) }
    }

    /// Before another workbook takes its place.
    pub fn open(path: PathBuf) -> Self {
        Self { words: "仍然打开", act: Some(Act::OpenNow { path, even_if_diverged: false }) }
    }
}

impl Front for LeavingFront {
    fn asks_to_leave(&self) -> bool {
        true
    }

    fn show(&mut self, ctx: &Context, _host: &Host, acts: &mut Vec<Act>) -> Stay {
        let answered = Dialog::new("leaving", "还有没保存的内容", "接着填")
            .icon(Icon::TriangleAlert, Tone::Amber)
            .width(460.0)
            .plain(Choice::new(self.words))
            .show(ctx, |ui| {
                label(ui, "填了一半的表单留着草稿，下次打开时可以接着填");
                note(ui, "编辑表格里还没写入的一格、受限谈话的内容不进草稿，离开就没有了");
            });
        match answered.answer {
            Some(Answer::Plain) => {
                acts.extend(self.act.take());
                Stay::Closed
            }
            Some(_) => Stay::Closed,
            None => Stay::Open,
        }
    }
}
