//! 办结: what a talk asked to be done is done, with how it ended; or it is opened again.
//! Must never write: it wishes for one command. Start at [`CloseFollowUpDialog`].

use egui::{Context, Ui};

use super::day_field::DayField;
use super::saving::Saving;
use super::{Dialog, Stay};
use crate::command::{CloseFollowUp, Command};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Choice, LongField, key_value};
use crate::ui::words::filled;
use crate::view::talks::FollowUpLine;

/// The dialog 办结.
#[derive(Debug)]
pub struct CloseFollowUpDialog {
    line: FollowUpLine,
    done_on: Option<DayField>,
    closing_note: String,
    saving: Saving,
}

impl CloseFollowUpDialog {
    pub fn new(line: FollowUpLine) -> Self {
        let closing_note = line.closing_note.clone().unwrap_or_default();
        Self { line, done_on: None, closing_note, saving: Saving::new("close follow-up") }
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        self.saving.problem_ui(ui);
        let about = format!("{}·{}", self.line.number, self.line.partners);
        key_value(ui, 72.0, "措施", &self.line.measure, "");
        key_value(ui, 72.0, "谈话", &about, "");
        let due = self.line.due.map(|due| due.to_string()).unwrap_or_default();
        key_value(ui, 72.0, "完成时限", &due, "");
        ui.add_space(space::M);
        let told = self.line.done_on;
        let done_on = self.done_on.get_or_insert_with(|| match told {
            Some(date) => DayField::at(scene.today, date),
            None => DayField::today(scene.today),
        });
        let mut changed = done_on.show(ui, "办结日期", 180.0);
        ui.add_space(space::M);
        changed |=
            LongField::new("办结情况", &mut self.closing_note).low().hint("怎样办的，没有就留空").show(ui).changed();
        if changed {
            self.saving.forget();
        }
    }
}

impl Dialog for CloseFollowUpDialog {
    fn is_dirty(&self) -> bool {
        self.closing_note != self.line.closing_note.clone().unwrap_or_default()
    }

    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let is_clear = self.done_on.as_ref().is_none_or(DayField::is_clear);
        let may = is_clear && !self.saving.is_under_way();
        let is_done = self.line.done_on.is_some();
        let mut dialog = widgets::Dialog::new("close follow-up", "办结", "取消")
            .width(520.0)
            .focus_body()
            .primary(Choice::new("办结").enabled(may));
        if is_done {
            dialog = dialog.link("重新打开");
        }
        let answered = dialog.show(ctx, |ui| self.body_ui(ui, scene));
        let id = self.line.id;
        match answered.answer {
            Some(Answer::Quiet) => return Stay::Closed,
            Some(Answer::Primary) if may => {
                let done_on = self.done_on.as_ref().and_then(DayField::date);
                let closing_note = filled(&self.closing_note);
                self.saving.run(out, Command::CloseFollowUp(CloseFollowUp { id, done_on, closing_note }));
            }
            Some(Answer::Link) => {
                let command = CloseFollowUp { id, done_on: None, closing_note: None };
                self.saving.run(out, Command::CloseFollowUp(command));
            }
            _ => {}
        }
        Stay::Open
    }
}
