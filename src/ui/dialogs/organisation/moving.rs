//! 变更隶属: another organisation is put above it — from a day on, or because it was written down wrongly.

use std::collections::HashSet;

use egui::{Context, Ui, vec2};

use super::paper::{Paper, basis_ui};
use crate::command::{Command, MoveOrganisation};
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::{Organisation, OrganisationEventKind, OrganisationKind};
use crate::ui::dialogs::saving::Saving;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::widgets::{
    self, Answer, Choice, Icon, Segments, Tone, Tree, TreeEvent, TreeLine, note, remark, sheet, weak,
};
use crate::view::organisations::OrganisationLine;

/// The line that stands for no organisation above. Ids are 63 bits long.
const TOP: u64 = u64::MAX;

/// The dialog 变更隶属.
#[derive(Debug)]
pub struct MoveDialog {
    moved: Organisation,
    chosen: Option<u64>,
    folded: HashSet<u64>,
    /// 变更 from a day on, or 更正 for all days.
    is_correction: bool,
    paper: Paper,
    saving: Saving,
}

impl MoveDialog {
    pub fn new(moved: &Organisation) -> Self {
        Self {
            chosen: Some(moved.parent.map_or(TOP, |parent| parent.0 as u64)),
            moved: moved.clone(),
            folded: HashSet::new(),
            is_correction: false,
            paper: Paper::default(),
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
        weak(ui, &format!("{} 改由哪个党组织领导？党员跟着走，组织关系不变。", self.moved.shown_name()));
        if self.moved.kind == OrganisationKind::Group {
            remark(ui, Icon::Info, Tone::Neutral, "党小组要建在党支部下面");
        }
        let lines = self.lines(scene.tree);
        let event = sheet(ui, 0, |ui| {
            let size = vec2(ui.available_width(), 200.0);
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
        self.when_ui(ui, scene);
    }

    /// 变更 from a day on, with the paper, or 更正.
    fn when_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let words = ["变更，自某日起", "更正，原来记错了"];
        if let Some(place) = Segments::new("变更还是更正", &words, Some(usize::from(self.is_correction))).show(ui)
        {
            self.is_correction = place == 1;
            self.saving.forget();
        }
        if self.is_correction {
            note(ui, "所有日子都改，不留沿革。");
            return;
        }
        if self.paper.show(ui, scene, "自哪天起", "批复文号") {
            self.saving.forget();
        }
        note(ui, "以前各天的统计仍归原来的上级。");
        basis_ui(ui, OrganisationEventKind::Moved.basis());
    }
}

impl Dialog for MoveDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let day = self.paper.day();
        let may = (self.is_correction || day.is_some()) && !self.saving.is_under_way();
        let target = self.target().filter(|_| may);
        let verb = if self.is_correction { "更正位置" } else { "变更隶属" };
        let answered = widgets::Dialog::new("move organisation", "变更隶属关系", "取消")
            .width(600.0)
            .focus_body()
            .primary(Choice::new(verb).enabled(target.is_some()))
            .show(ctx, |ui| self.body_ui(ui, scene));
        match (answered.answer, target) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), Some(parent_id)) => {
                let command = MoveOrganisation {
                    id: self.moved.id,
                    parent_id,
                    after_id: None,
                    before_id: None,
                    on: day.filter(|_| !self.is_correction),
                    document: self.paper.document().filter(|_| !self.is_correction),
                };
                self.saving.run(out, Command::MoveOrganisation(command));
            }
            _ => {}
        }
        Stay::Open
    }
}
