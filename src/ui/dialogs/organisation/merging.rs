//! 并入: an organisation becomes part of another one. What will happen is told before.

use std::collections::HashSet;

use egui::{Context, Ui};

use super::paper::{Paper, basis_ui};
use crate::command::{Command, MergeOrganisations};
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::{Organisation, OrganisationEventKind, OrganisationKind};
use crate::engine::questions::Merger;
use crate::ui::dialogs::saving::Saving;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::widgets::{self, Answer, AnswerCard, Choice, Select, key_value, note, section};
use crate::view::organisations::{MergerOutcome, OrganisationLine};

const KEY_WIDTH: f32 = 96.0;

/// The dialog 并入.
#[derive(Debug)]
pub struct MergeDialog {
    merged: Organisation,
    into: Option<OrganisationId>,
    paper: Paper,
    outcome: Live<Merger>,
    saving: Saving,
}

impl MergeDialog {
    pub fn new(merged: &Organisation) -> Self {
        Self {
            merged: merged.clone(),
            into: None,
            paper: Paper::default(),
            outcome: Live::default(),
            saving: Saving::new("organisation merge"),
        }
    }

    /// The organisations it can become part of: not itself, nothing below it, no group, none that is closed.
    fn targets<'t>(&self, tree: &'t [OrganisationLine]) -> Vec<&'t OrganisationLine> {
        let mut below: HashSet<OrganisationId> = HashSet::from([self.merged.id]);
        let mut targets = Vec::new();
        for line in tree {
            let node = &line.organisation;
            if node.parent.is_some_and(|parent| below.contains(&parent)) {
                below.insert(node.id);
            }
            if !below.contains(&node.id) && !line.is_gone && node.kind != OrganisationKind::Group {
                targets.push(line);
            }
        }
        targets
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        self.saving.problem_ui(ui);
        key_value(ui, KEY_WIDTH, "并入的", &self.merged.name, "");
        let targets = self.targets(scene.tree);
        let names: Vec<&str> = targets.iter().map(|line| line.organisation.shown_name()).collect();
        let depths: Vec<usize> = targets.iter().map(|line| line.depth).collect();
        let mut place = targets.iter().position(|line| Some(line.organisation.id) == self.into);
        let width = ui.available_width();
        let mut changed = Select::new("并入哪个党组织", &names, &mut place)
            .required()
            .depths(&depths)
            .width(width)
            .show(ui)
            .changed();
        self.into = place.and_then(|place| targets.get(place)).map(|line| line.organisation.id);
        changed |= self.paper.show_with_note(ui, scene, "自哪天起", "批复文号");
        if changed {
            self.saving.forget();
        }
        if let Some([outcome]) = self.outcome.shown().map(Vec::as_slice)
            && let Some(into) = place.and_then(|place| names.get(place))
        {
            outcome_ui(ui, outcome, into);
        }
        basis_ui(ui, OrganisationEventKind::Merged.basis());
    }
}

/// What will happen, line by line.
fn outcome_ui(ui: &mut Ui, outcome: &MergerOutcome, into: &str) {
    if let Some(hindrance) = &outcome.hindrance {
        AnswerCard::new(hindrance, &[]).hard().show(ui);
        return;
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        section(ui, "将会", "");
        key_value(ui, KEY_WIDTH, "转接", &format!("{} 人转到 {into}", outcome.people), "");
        let groups: Vec<String> =
            outcome.groups.iter().map(|(name, people)| format!("{name}（{people} 人）")).collect();
        let told = [("党小组结束", groups), ("免去", outcome.posts.clone()), ("随同转隶", outcome.moved.clone())];
        for (key, words) in told.into_iter().filter(|(_, words)| !words.is_empty()) {
            key_value(ui, KEY_WIDTH, key, &words.join("、"), "");
        }
        key_value(ui, KEY_WIDTH, "撤销", &outcome.name, "");
    });
    note(ui, "作为一步，可以一次撤回；以前各天的名册不变。");
}

impl Dialog for MergeDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        if let (Some(into), Some(on)) = (self.into, self.paper.day()) {
            self.outcome.ask(scene, Merger { ids: vec![self.merged.id], into, on: on.first_day() });
        }
        let may = self.outcome.current().is_some_and(|all| all.iter().all(|one| one.hindrance.is_none()));
        let ready = self.into.zip(self.paper.day()).filter(|_| may && !self.saving.is_under_way());
        let answered = widgets::Dialog::new("merge organisation", "并入其他党组织", "取消")
            .width(640.0)
            .focus_body()
            .primary(Choice::new("并入").enabled(ready.is_some()))
            .show(ctx, |ui| self.body_ui(ui, scene));
        match (answered.answer, ready) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), Some((into_id, on))) => {
                let command = MergeOrganisations {
                    ids: vec![self.merged.id],
                    into_id,
                    on,
                    document: self.paper.document(),
                    note: self.paper.note(),
                };
                self.saving.run(out, Command::MergeOrganisations(command));
            }
            _ => {}
        }
        Stay::Open
    }
}
