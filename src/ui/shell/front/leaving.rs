//! Leaving with something unsaved: asked once.

use std::path::PathBuf;

use egui::Context;

use super::Front;
use crate::store::restore::Staged;
use crate::ui::dialogs::Stay;
use crate::ui::shell::act::Act;
use crate::ui::shell::host::Host;
use crate::ui::shell::passage::Then;
use crate::ui::widgets::{Answer, Choice, Dialog, Icon, Tone, label};

/// Asks whether to leave all the same.
pub struct LeavingFront {
    words: &'static str,
    /// What is done then.
    act: Option<Act>,
}

impl LeavingFront {
    /// Before the workbook is closed, or the program ended.
    pub fn close(then: Then) -> Self {
        let words = if then == Then::Quit { "不保存，退出" } else { "不保存，关闭" };
        Self { words, act: Some(Act::CloseNow(then)) }
    }

    /// Before a backup takes the place of the workbook.
    pub fn restore(staged: Staged, made: String) -> Self {
        Self { words: "不保存，恢复", act: Some(Act::RestoreNow(staged, made)) }
    }

    /// Before another workbook takes its place.
    pub fn open(path: PathBuf) -> Self {
        Self { words: "不保存，打开", act: Some(Act::OpenNow { path, even_if_diverged: false }) }
    }
}

impl Front for LeavingFront {
    fn asks_to_leave(&self) -> bool {
        true
    }

    fn show(&mut self, ctx: &Context, _host: &Host, acts: &mut Vec<Act>) -> Stay {
        let answered = Dialog::new("leaving", "还有没保存的内容", "留下")
            .icon(Icon::TriangleAlert, Tone::Amber)
            .width(460.0)
            .plain(Choice::new(self.words).careful())
            .show(ctx, |ui| {
                label(ui, "填了一半的表单已留作草稿，下次打开时可以接着填；表格里没写入的一格不留");
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
