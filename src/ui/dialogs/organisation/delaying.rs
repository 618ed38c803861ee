//! 延期换届: the next election is later than the end of the term, with approval.

use egui::{Context, Ui};

use super::paper::{Paper, basis_ui};
use crate::command::{Command, DelayElection};
use crate::domain::dates::PartialDate;
use crate::domain::organisations::{Organisation, OrganisationEventKind};
use crate::engine::questions::{OrganisationSheet, Rules};
use crate::ui::dialogs::day_field::DayField;
use crate::ui::dialogs::saving::Saving;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::widgets::{self, Answer, Choice, Note, key_value};

const KEY_WIDTH: f32 = 72.0;

/// The dialog 延期换届.
#[derive(Debug)]
pub struct DelayDialog {
    delayed: Organisation,
    paper: Paper,
    until: Option<DayField>,
    page: Live<OrganisationSheet>,
    rules: Live<Rules>,
    saving: Saving,
}

impl DelayDialog {
    pub fn new(delayed: &Organisation) -> Self {
        Self {
            delayed: delayed.clone(),
            paper: Paper::default(),
            until: None,
            page: Live::default(),
            rules: Live::default(),
            saving: Saving::new("organisation delay"),
        }
    }

    /// When the present term ends.
    fn ends(&self) -> Option<PartialDate> {
        self.page.shown()?.standing.as_ref()?.term.ends
    }

    fn until(&self) -> Option<PartialDate> {
        self.until.as_ref().and_then(DayField::date)
    }

    /// The last day up to which the workbook's rule has a delay.
    fn latest(&self) -> Option<PartialDate> {
        let rule = self.rules.shown()?.iter().find(|line| line.rule.id == "term.delay" && line.rule.enabled)?;
        self.ends()?.plus_months(rule.rule.number("months"))
    }

    fn note_of_until(&self) -> Note {
        let (Some(on), Some(until)) = (self.paper.day(), self.until()) else { return Note::None };
        if until.first_day() <= on.first_day() {
            return Note::Fault("要晚于批复的日期".into());
        }
        if self.ends().is_some_and(|ends| until.first_day() <= ends.first_day()) {
            return Note::Fault("要晚于任期届满时间".into());
        }
        match self.latest() {
            Some(latest) if until.first_day() > latest.last_day() => Note::Warning(format!("一般不晚于 {latest}")),
            _ => Note::None,
        }
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        self.saving.problem_ui(ui);
        key_value(ui, KEY_WIDTH, "党组织", &self.delayed.name, "");
        let ends = self.ends().map(|ends| ends.to_string()).unwrap_or_default();
        key_value(ui, KEY_WIDTH, "任期届满", &ends, "");
        let mut changed = self.paper.show_with_note(ui, scene, "批复时间", "批复文号");
        let told = self.note_of_until();
        let until = self.until.get_or_insert_with(|| DayField::open(scene.today, None));
        changed |= until.show_noted(ui, "延期至", 240.0, told);
        if changed {
            self.saving.forget();
        }
        basis_ui(ui, OrganisationEventKind::Delayed.basis());
    }
}

impl Dialog for DelayDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        self.page.ask(scene, OrganisationSheet { organisation: self.delayed.id, as_of: scene.today });
        self.rules.ask(scene, Rules);
        let is_sound = !matches!(self.note_of_until(), Note::Fault(_)) && !self.saving.is_under_way();
        let ready = self.paper.day().zip(self.until()).filter(|_| is_sound);
        let answered = widgets::Dialog::new("delay election", "延期换届", "取消")
            .width(600.0)
            .focus_body()
            .primary(Choice::new("记下").enabled(ready.is_some()))
            .show(ctx, |ui| self.body_ui(ui, scene));
        match (answered.answer, ready) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), Some((on, until))) => {
                let command = DelayElection {
                    id: self.delayed.id,
                    on,
                    until,
                    document: self.paper.document(),
                    note: self.paper.note(),
                };
                self.saving.run(out, Command::DelayElection(command));
            }
            _ => {}
        }
        Stay::Open
    }
}
