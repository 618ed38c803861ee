//! 登记回执: the day on which the receipt of a transfer came, one field and one key.
//! Must never write: it wishes for one command. Start at [`Receipt`].

use egui::Context;

use crate::command::{Command, EditEvent};
use crate::domain::events::Event;
use crate::ui::dialogs::day_field::DayField;
use crate::ui::dialogs::saving::Saving;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::widgets::{self, Answer, Choice, label};

/// The dialog 登记回执.
#[derive(Debug)]
pub struct Receipt {
    event: Event,
    name: String,
    on: Option<DayField>,
    saving: Saving,
}

impl Receipt {
    /// The receipt of this transfer of the person called so.
    pub fn new(event: Event, name: &str) -> Self {
        Self { event, name: name.to_owned(), on: None, saving: Saving::new("receipt") }
    }
}

impl Dialog for Receipt {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let event = &self.event;
        let words = format!("{} {} {}", self.name, event.day, event.kind.label());
        let words = [Some(words), event.place.clone(), event.document.clone()];
        let words: Vec<String> = words.into_iter().flatten().collect();
        let saving = &mut self.saving;
        let on = self.on.get_or_insert_with(|| DayField::today(scene.today));
        let ready = on.date().filter(|_| on.is_clear() && !saving.is_under_way());
        let answered = widgets::Dialog::new("receipt", "登记回执", "取消")
            .width(480.0)
            .primary(Choice::new("登记").enabled(ready.is_some()))
            .focus_body()
            .show(ctx, |ui| {
                saving.problem_ui(ui);
                label(ui, &words.join("，"));
                if on.show(ui, event.kind.spec().receipt_label, 180.0) {
                    saving.forget();
                }
            });
        match (answered.answer, ready) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), Some(receipt)) => {
                let Event { id, day, value, place, document, until, note, .. } = self.event.clone();
                let receipt = Some(receipt);
                let command = EditEvent { id, on: day, branch_id: None, value, place, document, until, receipt, note };
                self.saving.run(out, Command::EditEvent(command));
            }
            _ => {}
        }
        Stay::Open
    }
}
