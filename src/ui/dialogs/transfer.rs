//! 转到其他党支部: to which branch of the workbook, from which day; one person or many.
//! Must never write: it wishes for one command. Start at [`Transfer`].

use egui::{Context, Ui};

use super::branch_choice::BranchChoice;
use super::day_field::DayField;
use super::people::People;
use super::saving::Saving;
use super::{Dialog, Stay};
use crate::command::{Command, TransferMember};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Choice, label, note};

/// The dialog 转到其他党支部.
#[derive(Debug)]
pub struct Transfer {
    people: People,
    to: Option<OrganisationId>,
    on: Option<DayField>,
    saving: Saving,
}

impl Transfer {
    /// Transfers these people.
    pub fn new(ids: Vec<PersonId>) -> Self {
        Self { people: People::new(ids), to: None, on: None, saving: Saving::new("transfer") }
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        self.saving.problem_ui(ui);
        label(ui, &self.people.words());
        let on = self.on.get_or_insert_with(|| DayField::today(scene.today));
        let mut changed = false;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            changed |= BranchChoice::of(scene.tree).show(ui, "转到", &mut self.to, 320.0, true);
            changed |= on.show(ui, "自哪天起", 180.0);
        });
        note(ui, "原来的党小组和党内职务同时结束，往日的名册不变。转到本工作簿以外请用“转出”。");
        if changed {
            self.saving.forget();
        }
    }
}

impl Dialog for Transfer {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.people.ask(scene);
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let day = self.on.as_ref().filter(|on| on.is_clear()).and_then(DayField::date);
        let ready = self.to.zip(day).filter(|_| !self.saving.is_under_way());
        let answered = widgets::Dialog::new("transfer", "转到其他党支部", "取消")
            .primary(Choice::new("转过去").enabled(ready.is_some()))
            .focus_body()
            .show(ctx, |ui| self.body_ui(ui, scene));
        match (answered.answer, ready) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), Some((to_id, on))) => {
                let command = TransferMember { ids: self.people.ids.clone(), to_id, on };
                self.saving.run(out, Command::TransferMember(command));
            }
            _ => {}
        }
        Stay::Open
    }
}
