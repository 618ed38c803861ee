//! What an edit of cells would change (修改预览): cell by cell, before anything is written.
//!
//! Reads each draft with the very code that the command reads it with; writes nothing. Start at [`preview`].

use std::collections::{BTreeMap, BTreeSet};

use super::desk::Desk;
use super::member::{posts_told, value_on};
use crate::clock::Day;
use crate::command::{DraftFault, MemberDraft, ReadDraft, member_field};
use crate::domain::dates::PartialDate;
use crate::domain::fields::{FactKind, FieldKey, Home, Known};
use crate::domain::ids::PersonId;
use crate::domain::members::{PartyPath, PersonFile};
use crate::domain::organisations::OrganisationKind;
use crate::domain::posts::told::each_post;
use crate::domain::values::{Value, says_nothing};
use crate::problem::Result;
use crate::progress::Progress;
use crate::store::members::{ExtraField, each_file_of, extra_fields, file};

/// Rows between two reports of progress.
const STRIDE: usize = 64;

/// What an edit would do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EditPreview {
    pub changes: Vec<Change>,
    pub refused: Vec<Refused>,
    pub same: Vec<Same>,
    /// What is to be written so that exactly `changes` come about: the drafts without all else.
    pub rows: Vec<(PersonId, MemberDraft)>,
    /// Rows of people who are no longer there.
    pub missing: usize,
}

/// Whose cell it is, and which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellName {
    /// The place of the row among those given, from 0.
    pub row: usize,
    pub person: PersonId,
    pub name: String,
    /// `None` for a name that is no field.
    pub field: Option<FieldKey>,
    pub label: String,
}

/// A cell that gets another value, unmasked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub cell: CellName,
    pub before: Option<String>,
    pub after: Option<String>,
    /// What else is to be known: a doubt about the value, a group that is made for it; else empty.
    pub note: String,
}

/// A cell whose new value cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub cell: CellName,
    /// What was given, unmasked.
    pub text: String,
    pub why: String,
}

/// A cell that stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Same {
    pub cell: CellName,
    pub value: Option<String>,
    pub why: Stays,
}

/// Why a cell stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stays {
    /// It has this value already.
    Equal,
    /// What was given is blank, and there is something.
    Blank,
    /// What was given says nothing: 无, —, a masked number.
    Silent,
}

impl EditPreview {
    /// Cells that would stay because what was given for them is blank.
    pub fn blanks(&self) -> usize {
        self.same.iter().filter(|same| same.why == Stays::Blank).count()
    }

    /// How many people would be changed.
    pub fn people(&self) -> usize {
        self.changes.iter().map(|change| change.cell.person).collect::<BTreeSet<_>>().len()
    }
}

/// What these drafts would change. Dated facts are corrected (更正), or with `on` changed from that day.
pub fn preview(
    desk: &Desk,
    rows: &[(PersonId, MemberDraft)],
    on: Option<PartialDate>,
    today: Day,
    progress: &Progress,
) -> Result<EditPreview> {
    let judge = Judge { desk, extra: extra_fields(desk.reader())?, on, today };
    progress.stage("预览", rows.len() as u64)?;
    let ids: Vec<PersonId> = rows.iter().map(|(id, _)| *id).collect();
    let everybody = desk.directory().cards().len();
    let mut judged: Vec<Option<EditPreview>> = vec![None; rows.len()];
    let mut done = 0;
    each_file_of(desk.reader(), &ids, everybody, |place, file| {
        if done % STRIDE == 0 {
            progress.step(done as u64)?;
        }
        done += 1;
        judged[place] = Some(judge.row(place, file, &rows[place].1));
        Ok(())
    })?;
    let mut whole =
        EditPreview { missing: judged.iter().filter(|row| row.is_none()).count(), ..EditPreview::default() };
    for mut row in judged.into_iter().flatten() {
        whole.changes.append(&mut row.changes);
        whole.refused.append(&mut row.refused);
        whole.same.append(&mut row.same);
        whole.rows.append(&mut row.rows);
    }
    Ok(whole)
}

/// The drafts that give these people the values of the first of them (向下填充), himself left out.
pub fn fill_down(
    desk: &Desk,
    ids: &[PersonId],
    fields: &[(FieldKey, String)],
    today: Day,
) -> Result<Vec<(PersonId, MemberDraft)>> {
    let Some((first, rest)) = ids.split_first() else { return Ok(Vec::new()) };
    let Some(source) = file(desk.reader(), *first)? else { return Ok(Vec::new()) };
    let value = |key: FieldKey| cell_value(&source, key, today, desk).unwrap_or_default();
    let set: BTreeMap<String, Option<String>> =
        fields.iter().map(|(key, name)| (name.clone(), Some(value(*key)))).collect();
    Ok(rest.iter().map(|id| (*id, MemberDraft(set.clone()))).collect())
}

fn cell_value(file: &PersonFile, key: FieldKey, day: Day, desk: &Desk) -> Option<String> {
    match key {
        FieldKey::Known(known) => value_on(file, known, day, &desk.tree_on(day)),
        FieldKey::Extra(id) => file.extras.get(&id).cloned(),
    }
}

/// Whether a field tells a dated fact that can change from a day on. The start of a membership is only corrected.
pub fn is_dated(known: Known) -> bool {
    matches!(known.spec().home, Home::Fact(_)) && !matches!(known, Known::TransferIn | Known::Branch)
}

/// What is the same for all rows.
struct Judge<'d> {
    desk: &'d Desk,
    extra: Vec<ExtraField>,
    on: Option<PartialDate>,
    today: Day,
}

impl Judge<'_> {
    fn row(&self, row: usize, file: &PersonFile, draft: &MemberDraft) -> EditPreview {
        let read = draft.read(&self.extra, self.today);
        let mut judged = EditPreview::default();
        let cell = |field: Option<FieldKey>, label: String| CellName {
            row,
            person: file.person.id,
            name: file.person.name().to_owned(),
            field,
            label,
        };
        for fault in &read.faults {
            judged.refused.push(self.refused(fault, &cell));
        }
        for key in &read.silent {
            let text = self.written(draft, *key).unwrap_or_default();
            let value = self.before(file, *key);
            let why = match (text.trim().is_empty(), &value) {
                (true, None) => Stays::Equal,
                (true, Some(_)) => Stays::Blank,
                (false, _) => Stays::Silent,
            };
            judged.same.push(Same { cell: cell(Some(*key), self.label(*key)), value, why });
        }
        let mut changed = BTreeSet::new();
        for (key, after) in wanted(&read) {
            let cell = cell(Some(key), self.label(key));
            let before = self.before(file, key);
            let after = self.after(file, key, after);
            let is_told = || self.posts_told(file, key).is_some_and(|told| is_same(key, Some(&told), after.as_deref()));
            if is_same(key, before.as_deref(), after.as_deref()) || is_told() {
                judged.same.push(Same { cell, value: before, why: Stays::Equal });
                continue;
            }
            // The text about education is written with its band.
            changed.insert(if key == Known::EducationText.into() && self.written(draft, key).is_none() {
                Known::Education.into()
            } else {
                key
            });
            let note = self.note(file, key, after.as_deref(), &read);
            judged.changes.push(Change { cell, before, after, note });
        }
        let is_changed = |name: &str| member_field(name, &self.extra).is_some_and(|key| changed.contains(&key));
        let set: BTreeMap<_, _> = draft
            .0
            .iter()
            .filter(|(name, _)| is_changed(name))
            .map(|(name, text)| (name.clone(), text.clone()))
            .collect();
        if !set.is_empty() {
            judged.rows.push((file.person.id, MemberDraft(set)));
        }
        judged
    }

    fn refused(&self, fault: &DraftFault, cell: &impl Fn(Option<FieldKey>, String) -> CellName) -> Refused {
        let field = member_field(&fault.name, &self.extra);
        let label = fault.label.as_ref().unwrap_or(&fault.name).clone();
        let why = if fault.label.is_none() { "没有这个字段".to_owned() } else { fault.why.clone() };
        Refused { cell: cell(field, label), text: fault.text.clone().unwrap_or_default(), why }
    }

    fn label(&self, key: FieldKey) -> String {
        match key {
            FieldKey::Known(known) => known.label().to_owned(),
            FieldKey::Extra(id) => {
                self.extra.iter().find(|field| field.id == id).map(|field| field.label.clone()).unwrap_or_default()
            }
        }
    }

    /// What the draft itself says for a field.
    fn written<'t>(&self, draft: &'t MemberDraft, key: FieldKey) -> Option<&'t str> {
        let mut entries = draft.0.iter();
        entries.find(|(name, _)| member_field(name, &self.extra) == Some(key))?.1.as_deref()
    }

    /// The day whose values the edit meets: a changed fact is the one that holds on the day of the change.
    fn day_of(&self, key: FieldKey) -> Day {
        match key {
            FieldKey::Known(known) if is_dated(known) => self.on.map_or(self.today, PartialDate::first_day),
            _ => self.today,
        }
    }

    fn before(&self, file: &PersonFile, key: FieldKey) -> Option<String> {
        cell_value(file, key, self.day_of(key), self.desk)
    }

    /// Posts as a list that left the program has them.
    fn posts_told(&self, file: &PersonFile, key: FieldKey) -> Option<String> {
        let is_posts = key == Known::PartyPost.into();
        is_posts.then(|| posts_told(file, self.day_of(key), self.desk.tree())).flatten()
    }

    /// The value as it will stand; a category that is cleared is again what the dates give.
    fn after(&self, file: &PersonFile, key: FieldKey, after: Option<String>) -> Option<String> {
        if key != Known::Category.into() || after.is_some() {
            return after;
        }
        let path = PartyPath { told: None, ..file.person.path() };
        path.category_on(self.today).map(|category| category.label().to_owned())
    }

    fn note(&self, file: &PersonFile, key: FieldKey, after: Option<&str>, read: &ReadDraft) -> String {
        let FieldKey::Known(known) = key else { return String::new() };
        if let Some((_, doubt)) = read.doubts.iter().find(|(key, _)| *key == known) {
            return (*doubt).to_owned();
        }
        match (known, after) {
            (Known::Group, Some(name)) if self.is_new_group(file, name) => format!("会新建党小组 {name}"),
            (Known::LostSince, Some(_)) if self.before(file, Known::Lost.into()).is_none() => {
                "同时记为失联党员".to_owned()
            }
            _ => String::new(),
        }
    }

    fn is_new_group(&self, file: &PersonFile, name: &str) -> bool {
        let membership = file
            .membership_on(self.today)
            .or_else(|| file.facts.iter().rev().find(|fact| fact.kind == FactKind::Membership));
        let branch = membership.and_then(|fact| fact.organisation);
        let mut groups = self.desk.tree().children(branch).filter(|node| node.kind == OrganisationKind::Group);
        branch.is_some() && !groups.any(|group| group.name == name)
    }
}

/// The values that would be written, in the order of the field table, extra fields last.
fn wanted(read: &ReadDraft) -> impl Iterator<Item = (FieldKey, Option<String>)> + '_ {
    let known = read.checked.known.iter().map(|(key, value)| (FieldKey::Known(*key), value.as_ref().map(Value::text)));
    known.chain(read.checked.extras.iter().map(|(id, value)| (FieldKey::Extra(*id), value.clone())))
}

/// Whether a cell keeps its value. Several posts are the same in any order.
fn is_same(key: FieldKey, before: Option<&str>, after: Option<&str>) -> bool {
    if key == Known::PartyPost.into() {
        let posts = |text: Option<&str>| -> Vec<String> {
            let text = text.filter(|text| !says_nothing(text)).unwrap_or_default();
            let mut posts: Vec<String> = each_post(text).map(str::to_owned).collect();
            posts.sort();
            posts
        };
        return posts(before) == posts(after);
    }
    before == after
}
