//! 更正沿革: what is told of something that happened to an organisation is corrected, or taken out.

use egui::{Context, Ui};

use super::paper::Paper;
use crate::command::{Command, EditOrganisationEvent, RemoveOrganisationEvent};
use crate::domain::organisations::{OrganisationEvent, OrganisationEventKind};
use crate::ui::dialogs::day_field::DayField;
use crate::ui::dialogs::saving::Saving;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::widgets::{self, Answer, Choice, TextField, strong, wrapped_note};
use crate::ui::words::filled;
use crate::view::organisations::HistoryLine;

/// The dialog 更正沿革.
#[derive(Debug)]
pub struct EventDialog {
    event: OrganisationEvent,
    words: String,
    value: String,
    until: Option<DayField>,
    paper: Option<Paper>,
    saving: Saving,
}

impl EventDialog {
    pub fn new(line: &HistoryLine) -> Self {
        Self {
            value: line.event.value.clone().unwrap_or_default(),
            words: line.words.clone(),
            event: line.event.clone(),
            until: None,
            paper: None,
            saving: Saving::new("organisation event"),
        }
    }

    /// What the value of the event is called; none where it has none.
    fn value_label(&self) -> Option<&'static str> {
        match self.event.kind {
            OrganisationEventKind::Renamed => Some("原全称"),
            OrganisationEventKind::Elected => Some("届次"),
            _ => None,
        }
    }

    fn until_label(&self) -> Option<&'static str> {
        match self.event.kind {
            OrganisationEventKind::Elected => Some("任期届满时间"),
            OrganisationEventKind::Delayed => Some("延期至"),
            _ => None,
        }
    }

    /// What else taking it out does, or does not do.
    fn remark(&self) -> &'static str {
        match self.event.kind {
            OrganisationEventKind::Renamed => "删掉后，以前各天也用现在的名称。",
            OrganisationEventKind::Moved => "删掉后，以前各天也归现在的上级。",
            OrganisationEventKind::Merged => "合并的日期牵涉人员转接，要改请撤回那一步；恢复被撤销的党组织用“恢复”。",
            OrganisationEventKind::Split => "删掉只去掉这条沿革，分设出的党组织和人员不变。",
            OrganisationEventKind::Elected => "删掉只去掉这次选举，任职不变，可另行更正。",
            OrganisationEventKind::Delayed => "删掉后，按原来的任期提醒。",
        }
    }

    fn is_sound(&self) -> bool {
        let needs_until = self.event.kind == OrganisationEventKind::Delayed;
        let until = self.until.as_ref();
        let has_until = until.and_then(DayField::date).is_some();
        let needs_value = self.event.kind == OrganisationEventKind::Renamed;
        until.is_none_or(DayField::is_readable)
            && (has_until || !needs_until)
            && !(needs_value && self.value.trim().is_empty())
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        self.saving.problem_ui(ui);
        strong(ui, &self.words);
        let event = &self.event;
        let given = || Paper::of(scene, event.day, event.document.as_deref(), event.note.as_deref());
        let mut changed = self.paper.get_or_insert_with(given).show_with_note(ui, scene, "日期", "文号");
        if let Some(label) = self.value_label() {
            changed |= TextField::new(label, &mut self.value).show(ui).changed();
        }
        if let Some(label) = self.until_label() {
            let until = self.until.get_or_insert_with(|| DayField::open(scene.today, self.event.until));
            changed |= until.show(ui, label, 200.0);
        }
        wrapped_note(ui, self.remark());
        if changed {
            self.saving.forget();
        }
    }
}

impl Dialog for EventDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let is_free = !self.saving.is_under_way();
        let day = self.paper.as_ref().and_then(Paper::day).filter(|_| is_free && self.is_sound());
        let may_remove = is_free && self.event.kind != OrganisationEventKind::Merged;
        let answered = widgets::Dialog::new("organisation event", "更正沿革", "取消")
            .width(600.0)
            .plain(Choice::new("删掉这一条").careful().enabled(may_remove))
            .primary(Choice::new("更正").enabled(day.is_some()))
            .show(ctx, |ui| self.body_ui(ui, scene));
        match (answered.answer, day) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Plain), _) if may_remove => {
                let command = RemoveOrganisationEvent { id: self.event.id };
                self.saving.run(out, Command::RemoveOrganisationEvent(command));
            }
            (Some(Answer::Primary), Some(on)) => {
                let paper = self.paper.as_ref();
                let command = EditOrganisationEvent {
                    id: self.event.id,
                    on,
                    value: filled(&self.value),
                    until: self.until.as_ref().and_then(DayField::date),
                    document: paper.and_then(Paper::document),
                    note: paper.and_then(Paper::note),
                };
                self.saving.run(out, Command::EditOrganisationEvent(command));
            }
            _ => {}
        }
        Stay::Open
    }
}
