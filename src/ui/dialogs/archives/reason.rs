//! 原因: why an item does not apply, or why it stands otherwise than the workbook's own records say.
//! Must never write: it wishes for one command. Start at [`ReasonDialog`].

use std::collections::BTreeMap;

use egui::{Context, Ui};
use serde_json::json;

use crate::command::{Command, EditChecklistItems};
use crate::domain::checklists::ItemState;
use crate::domain::ids::ChecklistItemId;
use crate::ui::dialogs::{Dialog, Saving, Stay};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Choice, TextField, keyboard, label, wrapped_note};
use crate::ui::words::filled;

/// The dialog 原因.
#[derive(Debug)]
pub struct ReasonDialog {
    ids: Vec<ChecklistItemId>,
    state: ItemState,
    /// 「民主评议党员」, 「组织生活会 等 3 项，共 7 个分项」
    what: String,
    /// Why a reason is asked for.
    why: String,
    reason: String,
    before: String,
    saving: Saving,
}

impl ReasonDialog {
    /// The items that are to stand so; `reason` is the one that is there already.
    pub fn new(ids: Vec<ChecklistItemId>, state: ItemState, what: String, why: String, reason: &str) -> Self {
        let saving = Saving::new("archive reason");
        Self { ids, state, what, why, reason: reason.to_owned(), before: reason.to_owned(), saving }
    }

    fn command(&self, reason: &str) -> Command {
        let set =
            BTreeMap::from([("state".to_owned(), json!(self.state.name())), ("reason".to_owned(), json!(reason))]);
        Command::EditChecklistItems(EditChecklistItems { ids: self.ids.clone(), set })
    }

    /// Draws the field; gives back whether Enter was pressed in it, which answers the dialog.
    fn body_ui(&mut self, ui: &mut Ui) -> bool {
        self.saving.problem_ui(ui);
        label(ui, &self.what);
        wrapped_note(ui, &self.why);
        ui.add_space(space::XS);
        let width = ui.available_width();
        let name = format!("标为{}的原因", self.state.label());
        let field = TextField::new(&name, &mut self.reason).required().width(width);
        let field = field.hint("没有这类人员，本年不涉及").show(ui);
        if field.changed() {
            self.saving.forget();
        }
        keyboard::entered(&field)
    }
}

impl Dialog for ReasonDialog {
    fn is_dirty(&self) -> bool {
        self.reason != self.before
    }

    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let reason = filled(&self.reason).filter(|_| !self.saving.is_under_way());
        let title = format!("标为{}", self.state.label());
        let answered = widgets::Dialog::new("archive reason", &title, "取消")
            .width(480.0)
            .focus_body()
            .primary(Choice::new("保存").enabled(reason.is_some()))
            .show(ctx, |ui| self.body_ui(ui));
        match (answered.answer, reason) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (answer, Some(reason)) if answer == Some(Answer::Primary) || answered.inner => {
                self.saving.run(out, self.command(&reason));
            }
            _ => {}
        }
        Stay::Open
    }
}
