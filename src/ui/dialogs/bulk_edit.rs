//! 批量修改: one field of many people, with every change shown before anything is written.
//! Must never write: it wishes for one command. Start at [`BulkEdit`].

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Context, Key, Modifiers, Ui};

use super::edit_preview::{EditSource, Meant, PreviewPane};
use super::member_form::MemberForm;
use super::people::People;
use super::saving::Saving;
use super::{Dialog, Stay};
use crate::command::{Command, EditMembers, MemberDraft};
use crate::domain::dates::PartialDate;
use crate::domain::fields::{Class, FIELDS, FieldKey, Known};
use crate::domain::ids::PersonId;
use crate::engine::questions::{ExtraFields, Rows};
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Checkbox, Choice, Select, keyboard, label, note, section};

/// Values that are counted one by one; the rest together.
const TOLD: usize = 8;

/// The dialog 批量修改.
#[derive(Debug)]
pub struct BulkEdit {
    people: People,
    extra: Live<ExtraFields>,
    chosen: Option<usize>,
    form: Option<MemberForm>,
    clears: bool,
    now: Live<Rows>,
    counts: Option<(FieldKey, BTreeMap<String, usize>)>,
    /// What would be written of each, and its preview.
    source: Option<(MemberDraft, Arc<EditSource>)>,
    pane: PreviewPane,
    saving: Saving,
}

impl BulkEdit {
    /// Edits a field of these people.
    pub fn new(ids: Vec<PersonId>) -> Self {
        Self {
            people: People::new(ids),
            extra: Live::default(),
            chosen: None,
            form: None,
            clears: false,
            now: Live::default(),
            counts: None,
            source: None,
            pane: PreviewPane::default(),
            saving: Saving::new("bulk_edit"),
        }
    }

    /// The fields that make sense for many: no name, no number, nothing that is one's own, no branch.
    fn fields(&self) -> Vec<(FieldKey, String)> {
        let own = [Known::Name, Known::Branch, Known::Birth, Known::EducationText];
        let known = FIELDS
            .iter()
            .filter(|field| field.class == Class::Plain && !own.contains(&field.key))
            .map(|field| (field.key.into(), field.label.to_owned()));
        let extra = self.extra.shown().map(Vec::as_slice).unwrap_or_default();
        known.chain(extra.iter().map(|field| (FieldKey::Extra(field.id), field.label.clone()))).collect()
    }

    fn key(&self) -> Option<FieldKey> {
        Some(self.fields().get(self.chosen?)?.0)
    }

    /// Asks what the people have now, and counts it once when it has come.
    fn count(&mut self, scene: &Scene<'_>) {
        let Some(key) = self.key() else { return };
        if self.counts.as_ref().is_some_and(|(counted, _)| *counted == key) {
            return;
        }
        let question =
            Rows { ids: self.people.ids.clone(), as_of: scene.today, fields: Arc::new(vec![key]), unmasked: false };
        self.now.ask(scene, question);
        if let Some(rows) = self.now.current() {
            let mut counts = BTreeMap::new();
            for row in rows {
                let value = row.cells.first().cloned().flatten().unwrap_or_default();
                *counts.entry(value).or_default() += 1;
            }
            self.counts = Some((key, counts));
        }
    }

    /// What would be set: a text, or nothing to clear it; `None` while nothing is written.
    fn wanted(&self) -> Option<Option<String>> {
        if self.clears {
            return Some(None);
        }
        let form = self.form.as_ref()?;
        let text = form.text(self.key()?).trim().to_owned();
        (!text.is_empty()).then_some(Some(text))
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        self.saving.problem_ui(ui);
        label(ui, &self.people.words());
        let fields = self.fields();
        let words: Vec<&str> = fields.iter().map(|(_, label)| label.as_str()).collect();
        let mut changed = false;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            if Select::new("改哪一项", &words, &mut self.chosen).required().width(240.0).show(ui).changed() {
                let extra = self.extra.shown().cloned().unwrap_or_default();
                self.form = Some(MemberForm::for_many(extra, scene.today));
                self.clears = false;
                changed = true;
            }
            if let (Some(form), Some(key)) = (&mut self.form, self.chosen.and_then(|place| fields.get(place)))
                && !self.clears
            {
                changed |= form.show_one(ui, key.0, 272.0);
            }
        });
        if self.form.is_some() {
            changed |= ui.add(Checkbox::new(&mut self.clears, "清空这一项")).changed();
        }
        if let (Some(key), Some(form)) = (self.key(), &mut self.form) {
            changed |= form.show_dated(ui, key);
        }
        self.preview_ui(ui);
        if changed {
            self.saving.forget();
        }
    }

    /// The draft of each, while something is meant.
    fn draft(&self) -> Option<MemberDraft> {
        let (key, wanted, form) = (self.key()?, self.wanted()?, self.form.as_ref()?);
        form.may_save_one(key).then(|| MemberDraft(BTreeMap::from([(form.name_of(key), wanted)])))
    }

    /// From which day it changes, if it is a dated fact and that is meant.
    fn on(&self) -> Option<PartialDate> {
        self.form.as_ref().zip(self.key()).and_then(|(form, key)| form.day_of(key))
    }

    /// Asks what would become of each, as far as it is clear what is meant.
    fn ask_preview(&mut self, scene: &Scene<'_>) {
        let Some(draft) = self.draft() else {
            self.source = None;
            self.pane.forget();
            return;
        };
        if self.source.as_ref().is_none_or(|(known, _)| *known != draft) {
            let rows = self.people.ids.iter().map(|id| (*id, draft.clone())).collect();
            self.source = Some((draft, Arc::new(EditSource::Drafts { rows, remarks: Vec::new() })));
        }
        if let Some((_, source)) = &self.source {
            let (source, on) = (Arc::clone(source), self.on());
            self.pane.ask(scene, &Meant { source, on, clears_blanks: false, today: scene.today });
        }
    }

    /// What they have now, and what becomes of each.
    fn preview_ui(&mut self, ui: &mut Ui) {
        let Some(key) = self.key() else { return };
        section(ui, "预览", "");
        let Some((_, counts)) = self.counts.as_ref().filter(|(counted, _)| *counted == key) else {
            note(ui, "正在数…");
            return;
        };
        note(ui, &format!("现在：{}", now_words(counts)));
        if self.source.is_none() {
            return;
        }
        if let (Some(wanted), Some(current)) = (self.wanted(), self.pane.current()) {
            let shown = wanted.unwrap_or_else(|| "空".to_owned());
            let (changed, same) = (current.preview.people(), self.people.ids.len() - current.preview.people());
            label(ui, &format!("改后：{changed} 人改为“{shown}”，{same} 人本来就是"));
        }
        self.pane.show(ui, false);
    }

    fn may_save(&self) -> bool {
        let changes = self.pane.current().is_some_and(|current| !current.preview.rows.is_empty());
        changes && self.source.is_some() && !self.saving.is_under_way()
    }

    fn save(&mut self, out: &mut Outbox) {
        let (Some((set, _)), Some(current)) = (&self.source, self.pane.current()) else { return };
        let ids = current.preview.rows.iter().map(|(id, _)| *id).collect();
        let command = EditMembers { ids, set: set.clone(), on: self.on() };
        self.saving.run(out, Command::EditMembers(command));
    }
}

/// 「大学本科 12 人、大学专科 3 人、空 1 人」
fn now_words(counts: &BTreeMap<String, usize>) -> String {
    let mut by_count: Vec<(&String, usize)> = counts.iter().map(|(value, count)| (value, *count)).collect();
    by_count.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let rest: usize = by_count.iter().skip(TOLD).map(|(_, count)| count).sum();
    let mut words: Vec<String> = by_count
        .iter()
        .take(TOLD)
        .map(|(value, count)| format!("{} {count} 人", if value.is_empty() { "空" } else { value.as_str() }))
        .collect();
    if rest > 0 {
        words.push(format!("其他 {rest} 人"));
    }
    words.join("、")
}

impl Dialog for BulkEdit {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.people.ask(scene);
        self.extra.ask(scene, ExtraFields);
        self.count(scene);
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        if !self.saving.is_under_way() {
            self.ask_preview(scene);
        }
        let may = self.may_save();
        let title = format!("批量修改 {} 人", self.people.ids.len());
        let answered = widgets::Dialog::new("bulk_edit", &title, "取消")
            .width(900.0)
            .primary(Choice::new("修改").enabled(may))
            .note("可以整批撤销")
            .focus_body()
            .show(ctx, |ui| self.body_ui(ui, scene));
        let by_key = may && keyboard::pressed(ctx, Modifiers::COMMAND, Key::S);
        match answered.answer.or(by_key.then_some(Answer::Primary)) {
            Some(Answer::Quiet) => return Stay::Closed,
            Some(Answer::Primary) if may => self.save(out),
            _ => {}
        }
        Stay::Open
    }
}

#[cfg(test)]
mod tests {
    use super::now_words;

    #[test]
    fn what_they_have_now_is_counted_most_first() {
        let counts = [("", 1), ("大学专科", 3), ("大学本科", 12)];
        let counts = counts.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
        assert_eq!(now_words(&counts), "大学本科 12 人、大学专科 3 人、空 1 人");
    }
}
