//! 写入前看一遍: every cell of an edit as it is and as it will be, before anything is written.
//! Must never write: it wishes for one command. Start at [`EditPreviewDialog`].

mod pane;
mod rows;
mod source;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Context, Key, Modifiers, Ui};

pub use pane::PreviewPane;
pub use source::{EditSource, Meant};

use super::member_form::Dated;
use super::saving::Saving;
use super::{Dialog, Stay};
use crate::clock::Day;
use crate::command::{CellRow, Command, EditCells};
use crate::domain::fields::{FieldKey, Known};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::widgets::{self, Answer, Checkbox, Choice, grouped, keyboard, label};
use crate::view::edit_preview::{EditPreview, is_dated};

/// The dialog that shows an edit of cells before it is written.
#[derive(Debug)]
pub struct EditPreviewDialog {
    title: String,
    source: Arc<EditSource>,
    /// Personal values are shown in full, as they are in the table.
    unmasked: bool,
    clears_blanks: bool,
    dated: Dated,
    /// Blank cells were found; they may be cleared.
    has_blanks: bool,
    pane: PreviewPane,
    saving: Saving,
}

impl EditPreviewDialog {
    /// `title` says what was done: 「粘贴」, 「向下填充」.
    pub fn new(title: impl Into<String>, source: EditSource, unmasked: bool, today: Day) -> Self {
        Self {
            title: title.into(),
            source: Arc::new(source),
            unmasked,
            clears_blanks: false,
            dated: Dated::new(today),
            has_blanks: false,
            pane: PreviewPane::focused(),
            saving: Saving::new("edit_cells"),
        }
    }

    fn meant(&self, scene: &Scene<'_>) -> Meant {
        Meant {
            source: Arc::clone(&self.source),
            on: self.dated.day(),
            clears_blanks: self.clears_blanks,
            today: scene.today,
        }
    }

    /// The dated facts that would be changed, in words; empty if none is.
    fn dated_words(&self) -> String {
        let changes = self.pane.shown().map(|shown| shown.preview.changes.as_slice()).unwrap_or_default();
        let dated: BTreeSet<Known> = changes.iter().filter_map(|change| dated_field(change.cell.field)).collect();
        dated.into_iter().map(Known::label).collect::<Vec<_>>().join("、")
    }

    fn is_unclear(&self) -> bool {
        !self.dated_words().is_empty() && self.dated.is_unclear()
    }

    fn may_write(&self) -> bool {
        let writes = self.pane.current().is_some_and(|current| !current.preview.rows.is_empty());
        writes && !self.is_unclear() && !self.saving.is_under_way()
    }

    fn body_ui(&mut self, ui: &mut Ui) {
        self.saving.problem_ui(ui);
        if let Some(shown) = self.pane.shown() {
            label(ui, &summary(&shown.preview));
            self.has_blanks |= shown.preview.blanks() > 0;
        }
        let mut changed = false;
        let facts = self.dated_words();
        if !facts.is_empty() || self.dated.is_change() {
            changed |= self.dated.show(ui, &facts);
        }
        if self.has_blanks {
            changed |= ui.add(Checkbox::new(&mut self.clears_blanks, "空白的格也写入，清空原来的内容")).changed();
        }
        self.pane.show(ui, self.unmasked);
        if changed {
            self.saving.forget();
        }
    }

    fn foot_note(&self) -> String {
        if self.is_unclear() {
            return "先选是更正，还是变更自某日起".to_owned();
        }
        match self.pane.current().map(|current| &current.preview) {
            Some(preview) if preview.rows.is_empty() => "没有要写入的".to_owned(),
            Some(preview) if !preview.refused.is_empty() => {
                format!("不能写入的 {} 格保持原样；写入后可以整批撤销", grouped(preview.refused.len() as u64))
            }
            _ => "写入后可以整批撤销".to_owned(),
        }
    }

    fn write(&mut self, out: &mut Outbox) {
        let Some(current) = self.pane.current() else { return };
        let rows = current.preview.rows.iter().map(|(id, set)| CellRow { id: *id, set: set.clone() }).collect();
        let on = if self.dated_words().is_empty() { None } else { self.dated.day() };
        self.saving.run(out, Command::EditCells(EditCells { rows, on }));
    }
}

/// 「改 12 人的 24 格，不变 3 格」
fn summary(preview: &EditPreview) -> String {
    let number = |count: usize| grouped(count as u64);
    if preview.changes.is_empty() && preview.refused.is_empty() {
        return "没有要改的：所填的和现在的一样".to_owned();
    }
    let mut words = vec![format!("改 {} 人的 {} 格", number(preview.people()), number(preview.changes.len()))];
    if !preview.refused.is_empty() {
        words.push(format!("不能写入 {} 格", number(preview.refused.len())));
    }
    words.push(format!("不变 {} 格", number(preview.same.len())));
    if preview.missing > 0 {
        words.push(format!("{} 人已不在工作簿里", number(preview.missing)));
    }
    words.join("，")
}

fn dated_field(field: Option<FieldKey>) -> Option<Known> {
    match field {
        Some(FieldKey::Known(known)) if is_dated(known) => Some(known),
        _ => None,
    }
}

impl Dialog for EditPreviewDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        if !self.saving.is_under_way() {
            let meant = self.meant(scene);
            self.pane.ask(scene, &meant);
        }
        let may = self.may_write();
        let has_refused = self.pane.shown().is_some_and(|shown| !shown.preview.refused.is_empty());
        let foot = self.foot_note();
        let title = self.title.clone();
        let word = if has_refused { "写入其余" } else { "写入" };
        let answered = widgets::Dialog::new("edit_preview", &title, "取消")
            .width(900.0)
            .primary(Choice::new(word).enabled(may))
            .note(&foot)
            .focus_body()
            .show(ctx, |ui| self.body_ui(ui));
        let by_key = may && keyboard::pressed(ctx, Modifiers::COMMAND, Key::S);
        match answered.answer.or(by_key.then_some(Answer::Primary)) {
            Some(Answer::Quiet) => return Stay::Closed,
            Some(Answer::Primary) if may => self.write(out),
            _ => {}
        }
        Stay::Open
    }
}
