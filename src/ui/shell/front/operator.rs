//! Who works here (操作人): asked once, changed here.

use egui::Context;

use super::Front;
use crate::ui::dialogs::Stay;
use crate::ui::outbox::Wish;
use crate::ui::shell::act::Act;
use crate::ui::shell::host::Host;
use crate::ui::widgets::{Answer, Choice, Dialog, Note, TextField};

/// Asks for the operator's name.
pub struct OperatorFront {
    name: String,
}

impl OperatorFront {
    pub fn new(name: String) -> Self {
        Self { name }
    }
}

impl Front for OperatorFront {
    fn show(&mut self, ctx: &Context, _host: &Host, acts: &mut Vec<Act>) -> Stay {
        let name = self.name.trim().to_owned();
        let dialog = Dialog::new("operator", "改操作人", "取消")
            .width(420.0)
            .focus_body()
            .primary(Choice::new("保存").enabled(!name.is_empty()));
        let answered = dialog.show(ctx, |ui| {
            let note = Note::Plain("写进此后每一步操作记录；以前的不变".to_owned());
            TextField::new("操作人", &mut self.name).hint("姓名").note(note).show(ui);
        });
        match answered.answer {
            Some(Answer::Primary) => {
                acts.push(Act::Wish(Wish::Operator(name)));
                Stay::Closed
            }
            Some(_) => Stay::Closed,
            None => Stay::Open,
        }
    }
}
