//! Owns writing one cell: opened with what stands in it, judged as soon as it is left, given back if it could not be
//! written. Must never write what cannot be read as a value.

use std::collections::BTreeMap;

use crate::clock::Day;
use crate::command::{Command, EditMembers, MemberDraft};
use crate::domain::fields::{FieldKey, Known};
use crate::domain::ids::PersonId;
use crate::ui::dialogs::edit_preview::{EditPreviewDialog, EditSource};
use crate::ui::dialogs::member_form::{Said, said};
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::screens::members::MembersScreen;
use crate::ui::screens::members::column::Writing;
use crate::ui::widgets::{Block, CellPlace};
use crate::view::edit_preview::is_dated;

/// A cell on its way into the workbook.
#[derive(Debug, Clone)]
pub struct Written {
    person: PersonId,
    column: String,
    text: String,
}

fn slot() -> Slot {
    Slot::new("edit_cell")
}

impl MembersScreen {
    /// Opens the cell with what stands in it.
    pub(super) fn open_cell(&mut self, list: bool, out: &mut Outbox) {
        let Some(cursor) = self.grid.block.map(|block| block.cursor) else { return };
        let Some((person, column)) = self.cell(cursor) else { return };
        match column.writing() {
            Writing::Locked(why) => out.refuse(why),
            Writing::Field(key, _) => {
                // What is not read yet cannot be changed by hand.
                if let Some(shown) = self.rows.shown(person, key) {
                    self.grid.block = Some(Block::one(cursor));
                    self.grid.editor.open(shown.unwrap_or_default(), list && !column.choices().is_empty());
                }
            }
        }
    }

    /// Takes what was written into the open cell; false if it cannot be taken, and then the cell says why.
    pub(super) fn commit(&mut self, scene: &Scene<'_>, out: &mut Outbox) -> bool {
        let cell = self.grid.block.and_then(|block| self.cell(block.cursor));
        let Some((person, column)) = cell else {
            self.grid.editor.close();
            return true;
        };
        let Writing::Field(key, name) = column.writing() else {
            self.grid.editor.close();
            return true;
        };
        let choices = column.choices();
        let text = self.grid.editor.text(&choices).trim().to_owned();
        if self.rows.shown(person, key).flatten().unwrap_or_default().trim() == text {
            self.grid.editor.close();
            return true;
        }
        match judged(key, &text, scene.today) {
            Err(fault) => {
                self.grid.editor.refuse(fault);
                return false;
            }
            Ok(doubt) if !doubt.is_empty() => out.toast(format!("{}：{doubt}", column.title)),
            Ok(_) => {}
        }
        self.grid.editor.close();
        let value = (!text.is_empty()).then(|| text.clone());
        let set = MemberDraft(BTreeMap::from([(name, value)]));
        if matches!(key, FieldKey::Known(known) if is_dated(known)) {
            let title = format!("修改 {} 的{}", self.rows.name(person).unwrap_or_default(), column.title);
            let source = EditSource::Drafts { rows: vec![(person, set)], remarks: Vec::new() };
            out.open(EditPreviewDialog::new(title, source, self.rows.unmasked, scene.today));
        } else {
            self.grid.written.push_back(Written { person, column: column.id, text });
            out.run(slot(), Command::EditMembers(EditMembers { ids: vec![person], set, on: None }));
        }
        true
    }

    /// What became of the cell that was written first; one that failed is open again with what was typed.
    pub(super) fn take_written(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        let Some(ended) = scene.finished(&slot()) else { return };
        let Some(written) = self.grid.written.pop_front() else { return };
        let Err(problem) = ended else { return };
        out.wish(Wish::Problem(problem.clone()));
        let row = self.listed.iter().position(|id| *id == written.person);
        let column = self.columns.shown().position(|column| column.id == written.column);
        if let (true, Some(row), Some(column)) = (self.grid.is_on(), row, column) {
            self.stand(Block::one(CellPlace { row, column }));
            self.grid.editor.open(&written.text, false);
        }
    }
}

/// Whether a text can be written into a cell, with what is suspicious about it; or why it cannot.
fn judged(key: FieldKey, text: &str, today: Day) -> Result<String, String> {
    let FieldKey::Known(known) = key else { return Ok(String::new()) };
    if text.is_empty() {
        return if known == Known::Name { Err("姓名不能空着".to_owned()) } else { Ok(String::new()) };
    }
    match said(known, text, today) {
        Said::Value => Ok(String::new()),
        Said::Doubtful(doubt) => Ok(doubt),
        Said::Fault(fault) => Err(fault),
        Said::Nothing if text.contains('*') => Err("带 * 的号码不算内容，请写全".to_owned()),
        Said::Nothing => Err(format!("“{text}”不算内容；要清空就删光")),
    }
}
