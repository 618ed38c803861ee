//! Owns what is done with a block of cells: pasted into, filled down, cleared; all of it is shown before it is written.
//! Must never write. Start at [`MembersScreen::paste`].

use std::collections::BTreeMap;

use crate::command::MemberDraft;
use crate::domain::fields::{FieldKey, Known};
use crate::domain::ids::PersonId;
use crate::exchange::clipboard::{Target, TargetColumn, read_block};
use crate::ui::dialogs::edit_preview::{EditPreviewDialog, EditSource};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::screens::members::MembersScreen;
use crate::ui::screens::members::column::{ListColumn, Source, Writing};
use crate::ui::widgets::{Block, CellPlace};

/// A text up to this long may be one cell, and is looked at at once.
const SHORT: usize = 2_000;

impl MembersScreen {
    /// Lays a text from the clipboard over the cells from the block's first on.
    pub(super) fn paste(&mut self, block: Block, text: String, scene: &Scene<'_>, out: &mut Outbox) {
        let first = CellPlace { row: *block.rows().start(), column: *block.columns().start() };
        if block.is_one()
            && text.len() <= SHORT
            && let [row] = &read_block(&text)[..]
            && let [cell] = &row[..]
        {
            self.paste_one(first, cell, scene, out);
            return;
        }
        let target = Target {
            people: self.listed.get(first.row..).unwrap_or_default().to_vec(),
            columns: self.columns.shown().skip(first.column).map(target_column).collect(),
        };
        let source = EditSource::Paste { text, target, at_least: block.size() };
        out.open(EditPreviewDialog::new("粘贴", source, self.rows.unmasked, scene.today));
    }

    /// A single cell is written as if it had been typed.
    fn paste_one(&mut self, place: CellPlace, text: &str, scene: &Scene<'_>, out: &mut Outbox) {
        match self.cell(place).map(|(_, column)| column.writing()) {
            Some(Writing::Field(..)) => {
                self.grid.editor.open(text, false);
                self.commit(scene, out);
            }
            Some(Writing::Locked(why)) => out.refuse(why),
            None => {}
        }
    }

    /// The first row of the block into the others; of a single row, the row above into it.
    pub(super) fn fill_down(&mut self, block: Block, scene: &Scene<'_>, out: &mut Outbox) {
        let rows = block.rows();
        let from = if rows.start() == rows.end() { rows.start().saturating_sub(1) } else { *rows.start() };
        let ids = self.people(from, *rows.end());
        if ids.len() < 2 {
            out.refuse("上面没有可填的");
            return;
        }
        let mut remarks = Vec::new();
        let number = FieldKey::Known(Known::IdNumber);
        let mut fields = self.fields(block, &mut remarks);
        if fields.iter().any(|(key, _)| *key == number) {
            fields.retain(|(key, _)| *key != number);
            remarks.push("公民身份号码各人不同，不向下填充".to_owned());
        }
        self.preview("向下填充", EditSource::FillDown { ids, fields, remarks }, scene, out);
    }

    /// Empties the cells of the block.
    pub(super) fn clear(&mut self, block: Block, scene: &Scene<'_>, out: &mut Outbox) {
        if block.is_one() {
            self.paste_one(block.cursor, "", scene, out);
            return;
        }
        let mut remarks = Vec::new();
        let set: BTreeMap<String, Option<String>> =
            self.fields(block, &mut remarks).into_iter().map(|(_, name)| (name, None)).collect();
        let people = self.people(*block.rows().start(), *block.rows().end());
        let rows = people.into_iter().map(|id| (id, MemberDraft(set.clone()))).collect();
        self.preview("清空", EditSource::Drafts { rows, remarks }, scene, out);
    }

    fn preview(&self, title: &str, source: EditSource, scene: &Scene<'_>, out: &mut Outbox) {
        out.open(EditPreviewDialog::new(title, source, self.rows.unmasked, scene.today));
    }

    fn people(&self, from: usize, to: usize) -> Vec<PersonId> {
        self.listed.get(from..=to.min(self.listed.len().saturating_sub(1))).unwrap_or_default().to_vec()
    }

    /// The fields of the block's columns with their names; those that take nothing are told.
    fn fields(&self, block: Block, remarks: &mut Vec<String>) -> Vec<(FieldKey, String)> {
        let columns = self.columns.shown().skip(*block.columns().start()).take(block.size().1);
        let mut fields = Vec::new();
        for column in columns {
            match column.writing() {
                Writing::Field(key, name) => fields.push((key, name)),
                Writing::Locked(why) => remarks.push(why.to_owned()),
            }
        }
        fields
    }
}

fn target_column(column: &ListColumn) -> TargetColumn {
    let synonyms = match column.source {
        Source::Field(FieldKey::Known(known)) => known.spec().synonyms,
        _ => &[],
    };
    let writes = match column.writing() {
        Writing::Field(_, name) => Some(name),
        Writing::Locked(_) => None,
    };
    TargetColumn { title: column.title.clone(), synonyms, writes }
}
