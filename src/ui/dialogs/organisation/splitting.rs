//! 分设: parts are split off an organisation; who goes to which is ticked, what will happen is told before.

use std::collections::{BTreeMap, BTreeSet};

use egui::{Context, ScrollArea, Ui};

use super::paper::{Paper, basis_ui};
use crate::command::{Command, OrganisationDraft, Part, SplitOrganisation};
use crate::domain::ids::PersonId;
use crate::domain::organisations::{Organisation, OrganisationEventKind};
use crate::engine::questions::{Choosable, Splitting};
use crate::ui::dialogs::saving::Saving;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{
    self, Answer, Checkbox, Choice, Note, Segments, TextField, key_value, link, note, quiet_line, scroll_handles,
    section, section_with, sheet,
};
use crate::ui::words::filled;
use crate::view::organisations::ChoosablePerson;

const KEY_WIDTH: f32 = 96.0;
/// Height of the list of people.
const LIST: f32 = 168.0;
/// Columns of the list of people.
const COLUMNS: usize = 3;
/// Parts at most: more than one writes down in one paper.
const MOST: usize = 6;

/// The dialog 分设.
#[derive(Debug)]
pub struct SplitDialog {
    source: Organisation,
    parts: Vec<PartDraft>,
    /// Which part is being filled.
    open: usize,
    paper: Paper,
    people: Live<Choosable>,
    outcome: Live<Splitting>,
    saving: Saving,
}

/// A part, as it is written.
#[derive(Debug, Default)]
struct PartDraft {
    name: String,
    short_name: String,
    ids: BTreeSet<PersonId>,
}

impl SplitDialog {
    pub fn new(source: &Organisation) -> Self {
        Self {
            source: source.clone(),
            parts: vec![PartDraft::default()],
            open: 0,
            paper: Paper::default(),
            people: Live::default(),
            outcome: Live::default(),
            saving: Saving::new("organisation split"),
        }
    }

    fn ask(&mut self, scene: &Scene<'_>) {
        let Some(on) = self.paper.day().map(|on| on.first_day()) else { return };
        self.people.ask(scene, Choosable { organisation: self.source.id, as_of: on });
        let parts = self.parts.iter().map(|part| part.ids.iter().copied().collect()).collect();
        self.outcome.ask(scene, Splitting { organisation: self.source.id, parts, on });
    }

    fn fault(&self, scene: &Scene<'_>, part: usize) -> Note {
        let name = self.parts[part].name.trim();
        let is_taken = scene.tree.iter().any(|line| {
            line.organisation.parent == self.source.parent && line.organisation.name == name && !line.is_gone
        });
        let is_double = self.parts.iter().enumerate().any(|(other, draft)| other != part && draft.name.trim() == name);
        if !name.is_empty() && (is_taken || is_double) {
            Note::Fault("同一级已经有这个名称".into())
        } else {
            Note::None
        }
    }

    fn is_complete(&self, scene: &Scene<'_>) -> bool {
        (0..self.parts.len())
            .all(|part| !self.parts[part].name.trim().is_empty() && self.fault(scene, part) == Note::None)
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        self.saving.problem_ui(ui);
        key_value(ui, KEY_WIDTH, "分设自", &self.source.name, "");
        let mut changed = self.paper.show_with_note(ui, scene, "自哪天起", "批复文号");
        changed |= self.part_ui(ui, scene);
        changed |= self.people_ui(ui);
        if changed {
            self.saving.forget();
        }
        self.outcome_ui(ui);
        basis_ui(ui, OrganisationEventKind::Split.basis());
    }

    fn part_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) -> bool {
        let words: Vec<String> = (1..=self.parts.len()).map(|number| format!("新党组织 {number}")).collect();
        ui.horizontal(|ui| {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            if let Some(open) = Segments::new("分设出的党组织", &words, Some(self.open)).show(ui) {
                self.open = open;
            }
            if self.parts.len() < MOST && link(ui, "再分设一个").clicked() {
                self.parts.push(PartDraft::default());
                self.open = self.parts.len() - 1;
            }
            if self.parts.len() > 1 && link(ui, "去掉这一个").clicked() {
                self.parts.remove(self.open);
                self.open = self.open.min(self.parts.len() - 1);
            }
        });
        let fault = self.fault(scene, self.open);
        let part = &mut self.parts[self.open];
        ui.push_id(("part", self.open), |ui| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::M;
                let width = ui.available_width() * 0.64;
                let name = TextField::new("新全称", &mut part.name).required().note(fault).width(width);
                let changed = name.show(ui).changed();
                changed | TextField::new("新简称", &mut part.short_name).show(ui).changed()
            })
            .inner
        })
        .inner
    }

    fn people_ui(&mut self, ui: &mut Ui) -> bool {
        let Some(people) = self.people.shown() else { return false };
        let own = |person: &&ChoosablePerson| person.branch == Some(self.source.id);
        let people: Vec<&ChoosablePerson> = people.iter().filter(own).collect();
        let chosen = self.parts[self.open].ids.len();
        section(ui, "转过去的党员", &format!("{chosen} 人"));
        if people.is_empty() {
            quiet_line(ui, "这里没有党员，可以先分设，以后再转");
            return false;
        }
        let mut changed = false;
        let elsewhere: BTreeSet<PersonId> = self
            .parts
            .iter()
            .enumerate()
            .filter(|(place, _)| *place != self.open)
            .flat_map(|(_, part)| part.ids.iter().copied())
            .collect();
        let part = &mut self.parts[self.open];
        sheet(ui, 8, |ui| {
            scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
            ScrollArea::vertical().max_height(LIST).auto_shrink([false, true]).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.spacing_mut().interact_size.y = theme::height::SMALL;
                let width = (ui.available_width() / COLUMNS as f32).floor();
                for line in people.chunks(COLUMNS) {
                    ui.horizontal(|ui| {
                        ui.spacing_mut().item_spacing.x = 0.0;
                        for person in line {
                            let mut on = part.ids.contains(&person.id);
                            let is_free = !elsewhere.contains(&person.id);
                            let size = egui::vec2(width, theme::height::SMALL);
                            ui.allocate_ui(size, |ui| {
                                ui.set_min_width(width);
                                ui.push_id(person.id, |ui| {
                                    let tick = Checkbox::new(&mut on, &person.words);
                                    if ui.add_enabled(is_free, tick).changed() {
                                        changed = true;
                                    }
                                });
                            });
                            if on {
                                part.ids.insert(person.id);
                            } else {
                                part.ids.remove(&person.id);
                            }
                        }
                    });
                }
            });
        });
        changed
    }

    /// What will happen.
    fn outcome_ui(&self, ui: &mut Ui) {
        let Some(outcome) = self.outcome.shown() else { return };
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            section_with(ui, "将会", |_| ());
            for (part, (formal, members)) in self.parts.iter().zip(&outcome.parts) {
                let name = if part.name.trim().is_empty() { "新党组织" } else { part.name.trim() };
                let words = format!("{members} 人转到 {name}，其中正式党员 {formal} 人");
                key_value(ui, KEY_WIDTH, "转接", &words, "");
            }
            let (formal, members) = outcome.stays;
            key_value(ui, KEY_WIDTH, "留下", &format!("{members} 人，其中正式党员 {formal} 人"), "");
            if !outcome.posts.is_empty() {
                key_value(ui, KEY_WIDTH, "免去", &outcome.posts.join("、"), "");
            }
            if outcome.leave_group > 0 {
                key_value(ui, KEY_WIDTH, "离开党小组", &format!("{} 人", outcome.leave_group), "");
            }
        });
        note(ui, "作为一步，可以一次撤回；以前各天的名册不变。");
    }

    fn command(&self, on: crate::domain::dates::PartialDate) -> SplitOrganisation {
        let part = |draft: &PartDraft| {
            let mut set = BTreeMap::from([("name".to_owned(), Some(draft.name.trim().to_owned()))]);
            if let Some(short) = filled(&draft.short_name) {
                set.insert("short_name".to_owned(), Some(short));
            }
            Part { set: OrganisationDraft(set), ids: draft.ids.iter().copied().collect() }
        };
        SplitOrganisation {
            id: self.source.id,
            on,
            parts: self.parts.iter().map(part).collect(),
            document: self.paper.document(),
            note: self.paper.note(),
        }
    }
}

impl Dialog for SplitDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        self.ask(scene);
        let may = self.is_complete(scene) && !self.saving.is_under_way();
        let day = self.paper.day().filter(|_| may);
        let answered = widgets::Dialog::new("split organisation", "分设党组织", "取消")
            .width(720.0)
            .focus_body()
            .primary(Choice::new("分设").enabled(day.is_some()))
            .show(ctx, |ui| self.body_ui(ui, scene));
        match (answered.answer, day) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), Some(on)) => {
                let command = self.command(on);
                self.saving.run(out, Command::SplitOrganisation(command));
            }
            _ => {}
        }
        Stay::Open
    }
}
