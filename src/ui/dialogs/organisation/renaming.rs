//! 更名: another name from a day on; the former one stays for the days before.

use egui::{Context, Ui};

use super::paper::{Paper, basis_ui};
use crate::command::{Command, RenameOrganisation};
use crate::domain::organisations::{Organisation, OrganisationEventKind};
use crate::ui::dialogs::saving::Saving;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Choice, Note, TextField, key_value, note};
use crate::ui::words::filled;

/// The dialog 更名.
#[derive(Debug)]
pub struct RenameDialog {
    renamed: Organisation,
    name: String,
    short_name: String,
    paper: Paper,
    saving: Saving,
}

impl RenameDialog {
    pub fn new(renamed: &Organisation) -> Self {
        Self {
            name: renamed.name.clone(),
            short_name: renamed.short_name.clone().unwrap_or_default(),
            renamed: renamed.clone(),
            paper: Paper::default(),
            saving: Saving::new("organisation rename"),
        }
    }

    /// What is wrong with the new name.
    fn fault(&self, scene: &Scene<'_>) -> Note {
        let name = self.name.trim();
        let is_taken = |line: &&crate::view::organisations::OrganisationLine| {
            let other = &line.organisation;
            other.parent == self.renamed.parent && other.id != self.renamed.id && other.name == name && !line.is_gone
        };
        if name.is_empty() {
            Note::Fault("要写新名称".into())
        } else if scene.tree.iter().find(is_taken).is_some() {
            Note::Fault("同一级已经有这个名称".into())
        } else {
            Note::None
        }
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        self.saving.problem_ui(ui);
        key_value(ui, 72.0, "现在的名称", &self.renamed.name, "");
        let fault = self.fault(scene);
        let mut changed = false;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let width = ui.available_width();
            let name = TextField::new("新全称", &mut self.name).required().note(fault).width(width * 0.64);
            changed |= name.show(ui).changed();
            changed |= TextField::new("新简称", &mut self.short_name).show(ui).changed();
        });
        changed |= self.paper.show_with_note(ui, scene, "自哪天起", "批复文号");
        note(ui, "以前各天的名册和统计仍用原来的名称。只是原来写错了，请用“修改”。");
        basis_ui(ui, OrganisationEventKind::Renamed.basis());
        if changed {
            self.saving.forget();
        }
    }
}

impl Dialog for RenameDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let is_other = self.name.trim() != self.renamed.name;
        let is_sound = self.fault(scene) == Note::None && is_other && !self.saving.is_under_way();
        let day = self.paper.day().filter(|_| is_sound);
        let answered = widgets::Dialog::new("rename organisation", "更名", "取消")
            .width(640.0)
            .focus_body()
            .primary(Choice::new("更名").enabled(day.is_some()))
            .show(ctx, |ui| self.body_ui(ui, scene));
        match (answered.answer, day) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), Some(on)) => {
                let command = RenameOrganisation {
                    id: self.renamed.id,
                    name: self.name.trim().to_owned(),
                    short_name: filled(&self.short_name),
                    on,
                    document: self.paper.document(),
                    note: self.paper.note(),
                };
                self.saving.run(out, Command::RenameOrganisation(command));
            }
            _ => {}
        }
        Stay::Open
    }
}
