//! Leaving with something unsaved: asked once.

use egui::Context;

use super::Front;
use crate::ui::dialogs::Stay;
use crate::ui::shell::act::Act;
use crate::ui::shell::host::Host;
use crate::ui::widgets::{Answer, Choice, Dialog, Icon, Tone, label};

/// Asks whether to leave all the same.
pub struct LeavingFront;

impl Front for LeavingFront {
    fn show(&mut self, ctx: &Context, _host: &Host, acts: &mut Vec<Act>) -> Stay {
        let answered = Dialog::new("leaving", "还有没保存的内容", "留下")
            .icon(Icon::TriangleAlert, Tone::Amber)
            .width(460.0)
            .plain(Choice::new("不保存，退出").careful())
            .show(ctx, |ui| {
                label(ui, "填了一半的内容已留作草稿，下次打开时可以接着填");
            });
        match answered.answer {
            Some(Answer::Plain) => {
                acts.push(Act::LeaveNow);
                Stay::Closed
            }
            Some(_) => Stay::Closed,
            None => Stay::Open,
        }
    }
}
