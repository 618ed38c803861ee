//! 另建附件库: for whoever has lost the store of the workbook for good, and what that means.
//! Must never make anything itself: it wishes. Start at [`Beginning`].

use egui::Context;

use crate::engine::WriteRequest;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::widgets::{self, Answer, Choice, label, wrapped_note};

/// The dialog 另建附件库.
#[derive(Debug)]
pub struct Beginning {
    /// Files that lie in the store that is lost.
    missing: usize,
}

impl Beginning {
    pub fn new(missing: usize) -> Self {
        Self { missing }
    }
}

impl Dialog for Beginning {
    fn show(&mut self, ctx: &Context, _scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        let answered = widgets::Dialog::new("beginning", "另建附件库", "取消")
            .plain(Choice::new("另建").careful())
            .show(ctx, |ui| {
                label(ui, "原来的附件库确实找不到了才用");
                let words = format!(
                    "从空的附件库重新开始：原来的 {} 个文件仍打不开，要找到原件重新附上。以后找到原来的附件库，两个合不到一起；先问问原来的电脑，看看“备份”文件夹。",
                    self.missing
                );
                wrapped_note(ui, &words);
            });
        match answered.answer {
            Some(Answer::Quiet) => Stay::Closed,
            Some(Answer::Plain) => {
                out.wish(Wish::Write(Slot::new("settings: new store"), WriteRequest::BeginAttachments));
                Stay::Closed
            }
            _ => Stay::Open,
        }
    }
}
