//! 作废（录入错误）: for persons typed by mistake, with the reason. It can be taken back.
//! Must never write: it wishes for one command. Start at [`Voiding`].

use egui::{Context, Key, Modifiers, Ui};

use super::people::People;
use super::saving::Saving;
use super::{Dialog, Stay};
use crate::command::{Command, VoidMembers};
use crate::domain::ids::PersonId;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::widgets::{self, Answer, Choice, TextField, keyboard, label, note};

/// The dialog 作废.
#[derive(Debug)]
pub struct Voiding {
    people: People,
    reason: String,
    saving: Saving,
}

impl Voiding {
    /// Voids these people.
    pub fn new(ids: Vec<PersonId>) -> Self {
        Self { people: People::new(ids), reason: String::new(), saving: Saving::new("voiding") }
    }

    fn body_ui(&mut self, ui: &mut Ui) {
        self.saving.problem_ui(ui);
        label(ui, &self.people.words());
        let field = TextField::new("原因", &mut self.reason).required().hint("重复录入");
        if field.show(ui).changed() {
            self.saving.forget();
        }
        note(ui, "只用于录错的人：作废后哪一天的名册都不再有他，可以撤回。转出、去世、出党请用“变动”。");
    }
}

impl Dialog for Voiding {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.people.ask(scene);
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let may = !self.reason.trim().is_empty() && !self.saving.is_under_way();
        let answered = widgets::Dialog::new("voiding", "作废（录入错误）", "取消")
            .plain(Choice::new("作废").careful().enabled(may))
            .focus_body()
            .show(ctx, |ui| self.body_ui(ui));
        let by_key = may && keyboard::pressed(ctx, Modifiers::COMMAND, Key::Enter);
        match answered.answer.or(by_key.then_some(Answer::Plain)) {
            Some(Answer::Quiet) => return Stay::Closed,
            Some(Answer::Plain) if may => {
                let command = VoidMembers { ids: self.people.ids.clone(), reason: self.reason.trim().to_owned() };
                self.saving.run(out, Command::VoidMembers(command));
            }
            _ => {}
        }
        Stay::Open
    }
}
