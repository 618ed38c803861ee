//! 推迟: a piece of work on 今日 comes back on a later day; why is written down.
//! Must never write: it wishes for one command. Start at [`PutOffDialog`].

use egui::{Context, Ui};
use jiff::ToSpan as _;

use super::day_field::DayField;
use super::discarding::Leaving;
use super::saving::Saving;
use super::typed_date::Yearless;
use super::{Dialog, Stay};
use crate::clock::Day;
use crate::command::{Command, SnoozeWork};
use crate::domain::dates::PartialDate;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Choice, Note, TextField, keyboard, label};

/// Days after which it comes back, unless another day is chosen.
const USUAL_DAYS: i64 = 7;

/// The dialog 推迟.
#[derive(Debug)]
pub struct PutOffDialog {
    work: String,
    title: String,
    today: Day,
    until: DayField,
    reason: String,
    saving: Saving,
    leaving: Leaving,
}

impl PutOffDialog {
    /// Puts a piece of work off; `work` is its key.
    pub fn new(work: &str, title: &str, today: Day) -> Self {
        let usual = today.checked_add(USUAL_DAYS.days()).ok().map(PartialDate::of_day);
        Self {
            work: work.to_owned(),
            title: title.to_owned(),
            today,
            until: DayField::open(today, usual).yearless(Yearless::From(today)),
            reason: String::new(),
            saving: Saving::new("put off"),
            leaving: Leaving::default(),
        }
    }

    /// The day that is told, if it is still to come.
    fn until(&self) -> Option<Day> {
        self.until.date().map(PartialDate::first_day).filter(|until| *until > self.today)
    }

    /// Draws the fields; gives back whether Enter was pressed in the last, which answers the dialog.
    fn body_ui(&mut self, ui: &mut Ui) -> bool {
        self.saving.problem_ui(ui);
        label(ui, &self.title);
        ui.add_space(space::M);
        let is_past = self.until.date().is_some() && self.until().is_none();
        let note = if is_past { Note::Fault("要在今天以后".to_owned()) } else { Note::None };
        let mut changed = self.until.show_noted(ui, "推迟到", 180.0, note);
        ui.add_space(space::M);
        let reason = TextField::new("原因", &mut self.reason).required().hint("等上级批复").show(ui);
        changed |= reason.changed();
        if changed {
            self.saving.forget();
        }
        keyboard::entered(&reason)
    }
}

impl Dialog for PutOffDialog {
    fn is_dirty(&self) -> bool {
        !self.reason.trim().is_empty()
    }

    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let until = self.until().filter(|_| !self.reason.trim().is_empty() && !self.saving.is_under_way());
        let answered = widgets::Dialog::new("put off", "推迟", "取消")
            .width(480.0)
            .note("到那一天会再列出来")
            .primary(Choice::new("推迟").enabled(until.is_some()))
            .focus_body()
            .show(ctx, |ui| self.body_ui(ui));
        let answer = answered.answer.or(answered.inner.then_some(Answer::Primary));
        if let (Some(Answer::Primary), Some(until)) = (answer, until) {
            let command = SnoozeWork::until(&self.work, until, self.reason.trim());
            self.saving.run(out, Command::SnoozeWork(command));
        }
        let lost = self.is_dirty().then_some("已写的原因不留下，撤不回。");
        self.leaving.show(ctx, answer == Some(Answer::Quiet), "还没推迟", lost)
    }
}
