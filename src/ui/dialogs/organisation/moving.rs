//! 移动党组织: another organisation is put above it.

use std::collections::HashSet;

use egui::{Context, Ui, vec2};

use crate::command::{Command, MoveOrganisation};
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::{Organisation, OrganisationKind};
use crate::ui::dialogs::saving::Saving;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::widgets::{self, Answer, Choice, Icon, Tone, Tree, TreeEvent, TreeLine, remark, sheet, weak};
use crate::view::organisations::OrganisationLine;

/// The line that stands for no organisation above. Ids are 63 bits long.
const TOP: u64 = u64::MAX;

/// The dialog 移动.
#[derive(Debug)]
pub struct MoveDialog {
    moved: Organisation,
    chosen: Option<u64>,
    folded: HashSet<u64>,
    saving: Saving,
}

impl MoveDialog {
    pub fn new(moved: &Organisation) -> Self {
        Self {
            chosen: Some(moved.parent.map_or(TOP, |parent| parent.0 as u64)),
            moved: moved.clone(),
            folded: HashSet::new(),
            saving: Saving::new("organisation move"),
        }
    }

    /// The organisations that can stand above it: not itself, nothing below it, none that is closed.
    fn lines<'t>(&self, tree: &'t [OrganisationLine]) -> Vec<TreeLine<'t>> {
        let top =
            TreeLine { id: TOP, depth: 0, text: "无（最上级）", count: "", open: None, dim: false, initials: "" };
        let mut lines = vec![top];
        let mut hidden_below: Option<usize> = None;
        for line in tree {
            if hidden_below.is_some_and(|depth| line.depth > depth) {
                continue;
            }
            let id = line.organisation.id.0 as u64;
            let is_own = line.organisation.id == self.moved.id;
            let is_folded = self.folded.contains(&id);
            hidden_below = (is_own || is_folded).then_some(line.depth);
            if is_own || line.is_gone || line.organisation.kind == OrganisationKind::Group {
                continue;
            }
            lines.push(TreeLine {
                id,
                depth: line.depth,
                text: line.organisation.shown_name(),
                count: line.organisation.kind.label(),
                open: line.has_children.then_some(!is_folded),
                dim: false,
                initials: "",
            });
        }
        lines
    }

    /// Where it would stand: `None` if nothing is chosen, or nothing would be different.
    fn target(&self) -> Option<Option<OrganisationId>> {
        let target = match self.chosen? {
            TOP => None,
            id => Some(OrganisationId(i64::try_from(id).ok()?)),
        };
        (target != self.moved.parent).then_some(target)
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        self.saving.problem_ui(ui);
        weak(ui, &format!("{} 移到哪个党组织下面？党员跟着走，记录不变。", self.moved.shown_name()));
        if self.moved.kind == OrganisationKind::Group {
            remark(ui, Icon::Info, Tone::Neutral, "党小组要建在党支部下面");
        }
        let lines = self.lines(scene.tree);
        let event = sheet(ui, 0, |ui| {
            let size = vec2(ui.available_width(), 300.0);
            ui.allocate_ui(size, |ui| {
                ui.set_min_size(size);
                Tree::new("移到", self.chosen).show(ui, &lines)
            })
            .inner
        })
        .inner;
        match event {
            Some(TreeEvent::Chosen(id)) => {
                self.chosen = Some(id);
                self.saving.forget();
            }
            Some(TreeEvent::Opened(id)) => {
                self.folded.remove(&id);
            }
            Some(TreeEvent::Closed(id)) => {
                self.folded.insert(id);
            }
            None => {}
        }
    }
}

impl Dialog for MoveDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let target = self.target().filter(|_| !self.saving.is_under_way());
        let answered = widgets::Dialog::new("move organisation", "移动党组织", "取消")
            .width(480.0)
            .focus_body()
            .primary(Choice::new("移动").enabled(target.is_some()))
            .show(ctx, |ui| self.body_ui(ui, scene));
        match (answered.answer, target) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), Some(parent_id)) => {
                let command = MoveOrganisation {
                    id: self.moved.id,
                    parent_id,
                    after_id: None,
                    before_id: None,
                    on: None,
                    document: None,
                };
                self.saving.run(out, Command::MoveOrganisation(command));
            }
            _ => {}
        }
        Stay::Open
    }
}
