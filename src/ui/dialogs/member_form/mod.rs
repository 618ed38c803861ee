//! Owns the form over the field table: what is written in it, what is to be said about it, what it would change.
//! Must never write: the dialog around it does. Start at [`MemberForm`].

mod checks;
mod controls;
mod dated;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::clock::Day;
use crate::command::MemberDraft;
use crate::domain::dates::PartialDate;
use crate::domain::fields::{Class, FieldGroup, FieldKey, Known};
use crate::domain::identity;
use crate::domain::ids::PersonId;
use crate::engine::questions::SameNumber;
use crate::store::members::ExtraField;
use crate::ui::live::Live;
use crate::ui::scene::Scene;
use crate::ui::widgets::Note;
use crate::view::edit_preview::is_dated;
use crate::view::member::MemberPage;

pub use checks::{Said, read_date, said};
pub use dated::Dated;

/// A form over the fields of a member.
#[derive(Debug)]
pub struct MemberForm {
    /// What is written, by field; a field that is empty is left out.
    values: BTreeMap<FieldKey, String>,
    /// What stands in the workbook, as the form showed it at first.
    initial: BTreeMap<FieldKey, String>,
    /// Personal values in full, which the form shows masked until asked.
    full: BTreeMap<Known, String>,
    extra: Vec<ExtraField>,
    notes: BTreeMap<FieldKey, Note>,
    /// How a changed dated fact is meant.
    pub dated: Dated,
    today: Day,
    /// Personal fields that were asked for in full since the last look.
    revealed: BTreeSet<Known>,
    is_new: bool,
    /// Who else has the number that is written.
    same: Live<SameNumber>,
    /// The first field is to get the focus.
    focus_first: bool,
    /// Fields that make no sense for whom the form is about.
    left_out: &'static [Known],
}

/// What of a form is parked as it is typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Parked {
    /// Only what differs from the workbook, by field name or heading; empty for what was cleared.
    values: BTreeMap<String, String>,
    on: Option<String>,
}

impl MemberForm {
    /// An empty form for a new member.
    pub fn blank(extra: Vec<ExtraField>, today: Day) -> Self {
        Self {
            values: BTreeMap::new(),
            initial: BTreeMap::new(),
            full: BTreeMap::new(),
            extra,
            notes: BTreeMap::new(),
            dated: Dated::new(today),
            today,
            revealed: BTreeSet::new(),
            is_new: true,
            same: Live::default(),
            focus_first: true,
            left_out: &[],
        }
    }

    /// The same without these fields.
    pub fn blank_without(left_out: &'static [Known], extra: Vec<ExtraField>, today: Day) -> Self {
        Self { left_out, ..Self::blank(extra, today) }
    }

    /// A form over what the workbook holds of a member.
    pub fn of(page: &MemberPage, today: Day) -> Self {
        let mut form = Self { is_new: false, ..Self::blank(page.extra_fields.clone(), today) };
        for (key, value) in &page.values {
            let shown = match key {
                FieldKey::Known(Known::Branch) => continue,
                // Only a category that was told stands in the form; what the dates give is not written.
                FieldKey::Known(Known::Category) if page.file.person.category_told.is_none() => continue,
                FieldKey::Known(Known::IdNumber) => identity::masked(value),
                FieldKey::Known(Known::Phone) => identity::masked_phone(value),
                _ => value.clone(),
            };
            if let FieldKey::Known(known) = key
                && known.spec().class == Class::Personal
            {
                form.full.insert(*known, value.clone());
            }
            form.values.insert(*key, shown);
        }
        form.initial = form.values.clone();
        form.check();
        form
    }

    /// Asks what of the form only the workbook knows: who else has this number.
    pub fn ask(&mut self, scene: &Scene<'_>, person: Option<PersonId>) {
        let number = identity::normalised(self.text(Known::IdNumber.into()));
        if number.len() != 18 || number.contains('*') {
            return;
        }
        let before = self.same.current().cloned();
        self.same.ask(scene, SameNumber { number, except: person, as_of: scene.today });
        if self.same.current() != before.as_ref() {
            self.check();
        }
    }

    /// What is written for a field.
    pub fn text(&self, key: FieldKey) -> &str {
        self.values.get(&key).map_or("", String::as_str)
    }

    fn set(&mut self, key: FieldKey, text: String) {
        if text.is_empty() {
            self.values.remove(&key);
        } else {
            self.values.insert(key, text);
        }
    }

    /// The fields whose value is another than in the workbook.
    fn changed(&self) -> impl Iterator<Item = FieldKey> + '_ {
        let all: BTreeSet<FieldKey> = self.values.keys().chain(self.initial.keys()).copied().collect();
        all.into_iter().filter(|key| self.values.get(key) != self.initial.get(key))
    }

    pub fn is_changed(&self) -> bool {
        self.changed().next().is_some()
    }

    /// The dated facts that are changed: 更正 or 变更 is asked for.
    pub fn changed_facts(&self) -> Vec<Known> {
        self.changed()
            .filter_map(|key| match key {
                FieldKey::Known(known) if is_dated(known) => Some(known),
                _ => None,
            })
            .collect()
    }

    /// What the form would change, for the command.
    pub fn draft(&self) -> MemberDraft {
        let value = |key: FieldKey| self.values.get(&key).map(|text| text.trim().to_owned());
        MemberDraft(self.changed().map(|key| (self.name_of(key), value(key))).collect())
    }

    /// From which day the dated facts change, if that is meant and any is changed.
    pub fn on(&self) -> Option<PartialDate> {
        if self.is_new || self.changed_facts().is_empty() { None } else { self.dated.day() }
    }

    /// The name of a field in commands.
    pub fn name_of(&self, key: FieldKey) -> String {
        match key {
            FieldKey::Known(known) => known.spec().name.to_owned(),
            FieldKey::Extra(_) => self.extra_field(key).map(|field| field.label.clone()).unwrap_or_default(),
        }
    }

    /// The user's own field.
    fn extra_field(&self, key: FieldKey) -> Option<&ExtraField> {
        let FieldKey::Extra(id) = key else { return None };
        self.extra.iter().find(|field| field.id == id)
    }

    fn key_of(&self, name: &str) -> Option<FieldKey> {
        Known::from_name(name)
            .map(FieldKey::Known)
            .or_else(|| self.extra.iter().find(|field| field.label == name).map(|field| FieldKey::Extra(field.id)))
    }

    /// Whether the form can be saved as it is.
    pub fn may_save(&self) -> bool {
        let has_name = !self.text(FieldKey::Known(Known::Name)).trim().is_empty();
        let has_fault = self.notes.values().any(|note| matches!(note, Note::Fault(_)));
        let needs_day = !self.is_new && self.dated.is_unclear() && !self.changed_facts().is_empty();
        has_name && !has_fault && !needs_day
    }

    /// The labels of the fields that stop saving.
    pub fn faulty(&self) -> Vec<String> {
        let faulty = self.notes.iter().filter(|(_, note)| matches!(note, Note::Fault(_)));
        faulty
            .map(|(key, _)| match key {
                FieldKey::Known(known) => known.label().to_owned(),
                FieldKey::Extra(_) => self.name_of(*key),
            })
            .collect()
    }

    /// What is parked while it is typed; none while nothing is changed.
    pub fn parked(&self) -> Option<Parked> {
        let values: BTreeMap<String, String> =
            self.changed().map(|key| (self.name_of(key), self.text(key).to_owned())).collect();
        let on = self.dated.is_change().then(|| self.dated.text().to_owned());
        (!values.is_empty()).then_some(Parked { values, on })
    }

    /// Puts back what was parked.
    pub fn restore(&mut self, parked: Parked) {
        for (name, text) in parked.values {
            if let Some(key) = self.key_of(&name) {
                self.set(key, text);
            }
        }
        if let Some(on) = parked.on {
            self.dated.restore(on);
        }
        self.check();
    }

    /// Everything as the workbook has it.
    pub fn start_again(&mut self) {
        self.values = self.initial.clone();
        self.dated = Dated::new(self.today);
        self.focus_first = true;
        self.check();
    }

    /// Personal fields that were asked for in full since the last look, to be logged.
    pub fn take_revealed(&mut self) -> BTreeSet<Known> {
        std::mem::take(&mut self.revealed)
    }

    /// Shows a personal value in full.
    fn reveal(&mut self, known: Known) {
        if let Some(full) = self.full.get(&known).cloned() {
            let key = FieldKey::Known(known);
            self.values.insert(key, full.clone());
            self.initial.insert(key, full);
            self.revealed.insert(known);
        }
    }

    /// Whether the masked value still stands in a field.
    fn is_masked(&self, known: Known) -> bool {
        let text = self.text(FieldKey::Known(known));
        self.full.contains_key(&known) && text.contains('*')
    }

    /// An empty form of which one field is set for many people.
    pub fn for_many(extra: Vec<ExtraField>, today: Day) -> Self {
        Self { is_new: false, focus_first: false, ..Self::blank(extra, today) }
    }

    /// From which day this one field changes, if it tells a dated fact and that is meant.
    pub fn day_of(&self, key: FieldKey) -> Option<PartialDate> {
        match key {
            FieldKey::Known(known) if is_dated(known) => self.dated.day(),
            _ => None,
        }
    }

    /// Whether one field can be set for many as it stands.
    pub fn may_save_one(&self, key: FieldKey) -> bool {
        let has_fault = self.notes.values().any(|note| matches!(note, Note::Fault(_)));
        let is_dated = matches!(key, FieldKey::Known(known) if is_dated(known));
        let is_unclear = is_dated && self.dated.is_unclear();
        !has_fault && !is_unclear
    }

    /// The fields of a group that the form has.
    fn fields_of(&self, group: FieldGroup) -> Vec<FieldKey> {
        let known = group.fields().iter().filter(|known| **known != Known::Branch && !self.left_out.contains(known));
        let known = known.map(|known| FieldKey::Known(*known));
        let extra = self.extra.iter().filter(|_| group == FieldGroup::Other).map(|field| FieldKey::Extra(field.id));
        known.chain(extra).collect()
    }
}
