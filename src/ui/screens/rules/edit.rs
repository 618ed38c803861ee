//! 修改规则: its numbers, whether it is on, and what a change rests on.

use std::collections::BTreeMap;

use egui::{Context, Ui};

use crate::command::{Command, SetRule};
use crate::domain::rules::Rule;
use crate::ui::dialogs::{Dialog, Saving, Stay};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Checkbox, Choice, Note, TextField, fact, note, section};
use crate::ui::words::filled;
use crate::view::rules::RuleLine;

const KEY_WIDTH: f32 = 72.0;
/// The largest number a rule may have.
const LARGEST: i64 = 10_000;

/// The dialog 修改规则.
#[derive(Debug)]
pub struct EditRule {
    line: RuleLine,
    shipped: Rule,
    numbers: BTreeMap<String, String>,
    is_on: bool,
    note: String,
    saving: Saving,
}

impl EditRule {
    pub fn new(line: &RuleLine) -> Self {
        let text = |rule: &Rule| rule.numbers.iter().map(|(name, number)| (name.clone(), number.to_string())).collect();
        Self {
            numbers: text(&line.rule),
            is_on: line.rule.enabled,
            note: line.note.clone().unwrap_or_default(),
            shipped: line.shipped.clone(),
            line: line.clone(),
            saving: Saving::new("rule"),
        }
    }

    /// A number as it is written; none where it is no number that a rule may have.
    fn number(&self, name: &str) -> Option<i64> {
        let number = self.numbers.get(name)?.trim().parse().ok()?;
        (0..=LARGEST).contains(&number).then_some(number)
    }

    fn note_of(&self, name: &str) -> Note {
        let shipped = self.shipped.number(name);
        match self.number(name) {
            None => Note::Fault(format!("写 0 到 {LARGEST} 的整数")),
            Some(number) if number != shipped => Note::Warning(format!("原为 {shipped}")),
            Some(_) => Note::None,
        }
    }

    fn body_ui(&mut self, ui: &mut Ui) {
        self.saving.problem_ui(ui);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            fact(ui, KEY_WIDTH, "依据", &self.shipped.article, unchecked(self.shipped.checked), |_| ());
            fact(ui, KEY_WIDTH, "施行", &self.shipped.version, "", |_| ());
            for edition in &self.shipped.editions {
                fact(ui, KEY_WIDTH, "修订", &edition.article, unchecked(edition.checked), |_| ());
                fact(ui, KEY_WIDTH, "施行", &edition.version, "在途的按原来的", |_| ());
            }
            fact(ui, KEY_WIDTH, "程度", self.shipped.level.label(), "", |_| ());
            fact(ui, KEY_WIDTH, "适用", &self.shipped.speaks_of_words(), "", |_| ());
        });
        let mut changed = false;
        let names: Vec<String> = self.shipped.labels.keys().cloned().collect();
        if !names.is_empty() {
            section(ui, "数", "");
        }
        for pair in names.chunks(2) {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::M;
                for name in pair {
                    let label = self.shipped.labels.get(name).cloned().unwrap_or_default();
                    let note = self.note_of(name);
                    let text = self.numbers.entry(name.clone()).or_default();
                    changed |= TextField::new(&label, text).note(note).width(270.0).show(ui).changed();
                }
            });
        }
        let hint = "依据的文件或说明，如：县直工委〔2024〕3 号";
        changed |= TextField::new("说明", &mut self.note).hint(hint).show(ui).changed();
        changed |= ui.add(Checkbox::new(&mut self.is_on, "启用这条规则")).changed();
        note(ui, "只在本工作簿里有效。");
        if changed {
            self.saving.forget();
        }
    }

    /// As the program brings it.
    fn is_as_shipped(&self) -> bool {
        let same = |name: &String| self.number(name) == Some(self.shipped.number(name));
        self.shipped.labels.keys().all(same) && self.is_on == self.shipped.enabled && self.note.trim().is_empty()
    }

    /// Whether something is written otherwise than it holds.
    fn is_changed(&self) -> bool {
        let held = &self.line.rule;
        let other = |name: &String| self.number(name) != Some(held.number(name));
        let note = self.line.note.as_deref().unwrap_or_default();
        self.shipped.labels.keys().any(other) || self.is_on != held.enabled || self.note.trim() != note
    }

    fn save(&mut self, out: &mut Outbox) {
        let numbers = self.shipped.labels.keys().filter_map(|name| Some((name.clone(), self.number(name)?))).collect();
        let note = filled(&self.note);
        let command = SetRule { rule: self.shipped.id.clone(), numbers, enabled: Some(self.is_on), note };
        self.saving.run(out, Command::SetRule(command));
    }
}

fn unchecked(checked: bool) -> &'static str {
    if checked { "" } else { "待核对" }
}

impl Dialog for EditRule {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        // A rule is of no day: only a workbook that cannot be written forbids it.
        let may_write = scene.frozen.is_none() || scene.as_of != scene.today;
        let is_sound = self.shipped.labels.keys().all(|name| self.number(name).is_some());
        let may = may_write && is_sound && self.is_changed() && !self.saving.is_under_way();
        let title = format!("规则：{}", self.shipped.title);
        let answered = widgets::Dialog::new("rule", &title, "取消")
            .width(600.0)
            .focus_body()
            .link(Choice::new("恢复原值").enabled(!self.is_as_shipped()))
            .primary(Choice::new("保存").enabled(may))
            .show(ctx, |ui| self.body_ui(ui));
        match answered.answer {
            Some(Answer::Quiet) => return Stay::Closed,
            Some(Answer::Link) => {
                let text = |(name, number): (&String, &i64)| (name.clone(), number.to_string());
                self.numbers = self.shipped.numbers.iter().map(text).collect();
                self.is_on = self.shipped.enabled;
                self.note.clear();
                self.saving.forget();
            }
            Some(Answer::Primary) if may => self.save(out),
            _ => {}
        }
        Stay::Open
    }
}
