//! 办结: what a talk asked to be done is done, with how it ended.
//! Must never write: it wishes for one command. Start at [`CloseFollowUpDialog`].

use egui::{Context, Ui};

use super::day_field::DayField;
use super::discarding::Leaving;
use super::saving::Saving;
use super::typed_date::Yearless;
use super::{Dialog, Stay};
use crate::command::{CloseFollowUp, Command};
use crate::domain::ids::FollowUpId;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Choice, TextField, keyboard, label, wrapped_note};
use crate::ui::words::filled;

/// The dialog 办结.
#[derive(Debug)]
pub struct CloseFollowUpDialog {
    id: FollowUpId,
    title: String,
    about: String,
    done_on: Option<DayField>,
    closing_note: String,
    saving: Saving,
    leaving: Leaving,
}

impl CloseFollowUpDialog {
    /// `about` says which talk it comes from and who is to do it.
    pub fn new(id: FollowUpId, title: &str, about: &str) -> Self {
        let (title, about, closing_note) = (title.to_owned(), about.to_owned(), String::new());
        let saving = Saving::new("close follow-up");
        Self { id, title, about, done_on: None, closing_note, saving, leaving: Leaving::default() }
    }

    /// Draws the fields; gives back whether Enter was pressed in the last, which answers the dialog.
    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) -> bool {
        self.saving.problem_ui(ui);
        label(ui, &self.title);
        wrapped_note(ui, &self.about);
        ui.add_space(space::M);
        let done_on =
            self.done_on.get_or_insert_with(|| DayField::today(scene.today).yearless(Yearless::UpTo(scene.today)));
        let mut changed = done_on.show(ui, "办结日期", 180.0);
        ui.add_space(space::M);
        let field = TextField::new("办结情况", &mut self.closing_note).hint("怎样办的，没有就留空");
        let field = field.show(ui);
        changed |= field.changed();
        if changed {
            self.saving.forget();
        }
        keyboard::entered(&field)
    }
}

impl Dialog for CloseFollowUpDialog {
    fn is_dirty(&self) -> bool {
        !self.closing_note.trim().is_empty()
    }

    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let is_clear = self.done_on.as_ref().is_none_or(DayField::is_clear);
        let may = is_clear && !self.saving.is_under_way();
        let answered = widgets::Dialog::new("close follow-up", "办结", "取消")
            .width(520.0)
            .primary(Choice::new("办结").enabled(may))
            .focus_body()
            .show(ctx, |ui| self.body_ui(ui, scene));
        let answer = answered.answer.or(answered.inner.then_some(Answer::Primary));
        if answer == Some(Answer::Primary) && may {
            let done_on = self.done_on.as_ref().and_then(DayField::date);
            let command = CloseFollowUp { id: self.id, done_on, closing_note: filled(&self.closing_note) };
            self.saving.run(out, Command::CloseFollowUp(command));
        }
        let lost = self.is_dirty().then_some("已写的办结情况不留下，撤不回。");
        self.leaving.show(ctx, answer == Some(Answer::Quiet), "还没办结", lost)
    }
}
