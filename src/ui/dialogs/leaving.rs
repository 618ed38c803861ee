//! 离开: 转出, 去世 or 出党, on a day. Nobody is deleted.
//! Must never write: it wishes for one command. Start at [`LeavingDialog`].

use egui::{Context, Ui};

use super::day_field::DayField;
use super::people::People;
use super::saving::Saving;
use super::{Dialog, Stay};
use crate::command::{Command, EndMembership, Leaving};
use crate::domain::ids::PersonId;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Choice, Segments, TextField, label, note};

const WAYS: [(Leaving, &str); 3] =
    [(Leaving::TransferredOut, "转出"), (Leaving::Died, "去世"), (Leaving::LeftParty, "出党")];

/// The dialog 离开.
#[derive(Debug)]
pub struct LeavingDialog {
    people: People,
    how: Leaving,
    on: Option<DayField>,
    place: String,
    saving: Saving,
}

impl LeavingDialog {
    /// These people leave; `how` is what the dialog begins with.
    pub fn new(ids: Vec<PersonId>, how: Leaving) -> Self {
        Self { people: People::new(ids), how, on: None, place: String::new(), saving: Saving::new("leaving") }
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        self.saving.problem_ui(ui);
        label(ui, &self.people.words());
        let chosen = WAYS.iter().position(|(how, _)| *how == self.how);
        let mut changed = false;
        if let Some(place) = Segments::new("怎样离开", &WAYS.map(|(_, word)| word), chosen).show(ui) {
            self.how = WAYS[place].0;
            changed = true;
        }
        let on = self.on.get_or_insert_with(|| DayField::today(scene.today));
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let day = match self.how {
                Leaving::TransferredOut => "转出日期",
                Leaving::Died => "去世日期",
                Leaving::LeftParty => "出党日期",
            };
            changed |= on.show(ui, day, 180.0);
            if self.how == Leaving::TransferredOut {
                changed |= TextField::new("转到哪里", &mut self.place).width(320.0).show(ui).changed();
            }
        });
        note(ui, "从这天起不在册，以前各天的名册和人数不变；在“已离开”里还能找到。");
        if changed {
            self.saving.forget();
        }
    }
}

impl Dialog for LeavingDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.people.ask(scene);
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let day = self.on.as_ref().filter(|on| on.is_clear()).and_then(DayField::date);
        let ready = day.filter(|_| !self.saving.is_under_way());
        let (title, verb) = match self.how {
            Leaving::TransferredOut => ("组织关系转出", "转出"),
            Leaving::Died => ("党员去世", "记下去世"),
            Leaving::LeftParty => ("出党", "记下出党"),
        };
        let answered = widgets::Dialog::new("leaving", title, "取消")
            .primary(Choice::new(verb).enabled(ready.is_some()))
            .focus_body()
            .show(ctx, |ui| self.body_ui(ui, scene));
        match (answered.answer, ready) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), Some(on)) => {
                let place = Some(self.place.trim().to_owned())
                    .filter(|place| !place.is_empty() && self.how == Leaving::TransferredOut);
                let command = EndMembership { ids: self.people.ids.clone(), how: self.how, on, place };
                self.saving.run(out, Command::EndMembership(command));
            }
            _ => {}
        }
        Stay::Open
    }
}
