//! 一并采用: birth or sex of many from their identity numbers, each shown before anything is written.
//! Must never write: it wishes for one command. Start at [`Adopting`].

use std::sync::Arc;

use egui::{Context, Ui};

use super::saving::Saving;
use super::{Dialog, Stay};
use crate::command::{AdoptFromIdNumber, Adopted, Command};
use crate::domain::ids::PersonId;
use crate::engine::questions::AdoptableValues;
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::widgets::{self, Answer, ChangeRow, Choice, change_row, note};

/// Rows of the preview that are told; the rest are counted.
const TOLD: usize = 200;

/// The dialog 一并采用.
pub struct Adopting {
    ids: Arc<Vec<PersonId>>,
    field: Adopted,
    values: Live<AdoptableValues>,
    saving: Saving,
}

impl Adopting {
    /// Takes the field of these people over from their numbers.
    pub fn new(ids: Arc<Vec<PersonId>>, field: Adopted) -> Self {
        Self { ids, field, values: Live::default(), saving: Saving::new("adopting") }
    }

    fn body_ui(&self, ui: &mut Ui) {
        self.saving.problem_ui(ui);
        let Some(values) = self.values.shown() else {
            note(ui, "正在读取…");
            return;
        };
        let left = self.ids.len() - values.len().min(self.ids.len());
        if left > 0 {
            note(ui, &format!("另有 {left} 人的号码本身有误，不在内"));
        }
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let what = self.field.field().label();
            for value in values.iter().take(TOLD) {
                change_row(ui, &ChangeRow { who: &value.name, what, before: &value.before, after: &value.after });
            }
        });
        if values.len() > TOLD {
            note(ui, &format!("只列前 {TOLD} 人，共 {} 人", values.len()));
        }
    }
}

impl Dialog for Adopting {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.values.ask(scene, AdoptableValues { ids: Arc::clone(&self.ids), field: self.field });
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let count = self.values.shown().map_or(0, Vec::len);
        let may = count > 0 && !self.saving.is_under_way();
        let title = format!("采用公民身份号码中的{}", self.field.field().label());
        let verb = format!("采用 {count} 人的");
        let answered = widgets::Dialog::new("adopting", &title, "取消")
            .primary(Choice::new(&verb).enabled(may))
            .note("可以整批撤销")
            .show(ctx, |ui| self.body_ui(ui));
        match answered.answer {
            Some(Answer::Quiet) => return Stay::Closed,
            Some(Answer::Primary) if may => {
                let ids = self.values.shown().into_iter().flatten().map(|value| value.person).collect();
                self.saving.run(out, Command::AdoptFromIdNumber(AdoptFromIdNumber { ids, field: self.field }));
            }
            _ => {}
        }
        Stay::Open
    }
}
