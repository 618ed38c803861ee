//! 压缩附件库: what goes for good, and what can then no longer be taken back.
//! Must never drop anything itself: it wishes. Start at [`Compacting`].

use egui::Context;

use crate::engine::WriteRequest;
use crate::exchange::attachments::Held;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::widgets::{self, Answer, Choice, label, wrapped_note};
use crate::ui::words::size_in_words;

/// The dialog 压缩附件库.
#[derive(Debug)]
pub struct Compacting {
    held: Held,
}

impl Compacting {
    pub fn new(held: Held) -> Self {
        Self { held }
    }
}

impl Dialog for Compacting {
    fn show(&mut self, ctx: &Context, _scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        let Held { unnamed, unnamed_bytes, .. } = self.held;
        let answered = widgets::Dialog::new("compacting", "压缩附件库", "取消")
            .plain(Choice::new("压缩").careful())
            .show(ctx, |ui| {
                let bytes = size_in_words(unnamed_bytes);
                label(ui, &format!("去掉没有材料用到的文件 {unnamed} 个，腾出 {bytes}"));
                wrapped_note(
                    ui,
                    "多半是去掉过的材料。压缩以后，撤销“去掉材料”只找回题名，文件打不开；“备份”文件夹里的附件库不动。",
                );
            });
        match answered.answer {
            Some(Answer::Quiet) => Stay::Closed,
            Some(Answer::Plain) => {
                // How far it is stands in the status bar, with its 取消.
                out.wish(Wish::Write(Slot::new("settings: compact"), WriteRequest::CompactAttachments));
                Stay::Closed
            }
            _ => Stay::Open,
        }
    }
}
