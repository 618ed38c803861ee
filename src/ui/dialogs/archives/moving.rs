//! 移到: to which item of its checklist a piece of evidence belongs.
//! Must never write: it wishes for one command. Start at [`MoveEvidenceDialog`].

use egui::{Context, Ui};

use crate::command::{Command, MoveEvidence};
use crate::domain::checklists::Evidence;
use crate::domain::ids::{ChecklistItemId, EvidenceId};
use crate::ui::dialogs::{Dialog, Saving, Stay};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::widgets::{self, Answer, Choice, Select, label};

/// An item that evidence can be moved to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub id: ChecklistItemId,
    pub title: String,
    /// 0 at the top.
    pub depth: usize,
}

/// The dialog 移到.
#[derive(Debug)]
pub struct MoveEvidenceDialog {
    id: EvidenceId,
    title: String,
    here: Option<ChecklistItemId>,
    targets: Vec<Target>,
    chosen: Option<usize>,
    saving: Saving,
}

impl MoveEvidenceDialog {
    /// A piece, and the items of its checklist.
    pub fn new(piece: &Evidence, targets: Vec<Target>) -> Self {
        let here = piece.belongs.item();
        let chosen = targets.iter().position(|target| Some(target.id) == here);
        Self { id: piece.id, title: piece.title.clone(), here, targets, chosen, saving: Saving::new("move evidence") }
    }

    /// Where it is to go, where that is another place.
    fn target(&self) -> Option<ChecklistItemId> {
        self.chosen
            .and_then(|place| self.targets.get(place))
            .map(|target| target.id)
            .filter(|id| Some(*id) != self.here)
    }

    fn body_ui(&mut self, ui: &mut Ui) {
        self.saving.problem_ui(ui);
        label(ui, &self.title);
        let words: Vec<&str> = self.targets.iter().map(|target| target.title.as_str()).collect();
        let depths: Vec<usize> = self.targets.iter().map(|target| target.depth).collect();
        let width = ui.available_width();
        if Select::new("移到", &words, &mut self.chosen).depths(&depths).width(width).show(ui).changed() {
            self.saving.forget();
        }
    }
}

impl Dialog for MoveEvidenceDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let target = self.target().filter(|_| !self.saving.is_under_way());
        let answered = widgets::Dialog::new("move evidence", "移动材料", "取消")
            .width(480.0)
            .note("各版本一起移")
            .focus_body()
            .primary(Choice::new("移动").enabled(target.is_some()))
            .show(ctx, |ui| self.body_ui(ui));
        match (answered.answer, target) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), Some(item)) => {
                let command = MoveEvidence { id: self.id, item_id: Some(item), before: None };
                self.saving.run(out, Command::MoveEvidence(command));
            }
            _ => {}
        }
        Stay::Open
    }
}
