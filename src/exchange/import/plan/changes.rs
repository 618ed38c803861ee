//! What a row changes about somebody of the workbook, as of the roster day: what is written is what is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Planner, told_remark};
use crate::domain::dates::PartialDate;
use crate::domain::fields::{FactKind, FieldKey, Known};
use crate::domain::ids::PersonId;
use crate::domain::imports::{BranchRef, Difference, RowClass};
use crate::domain::members::{PersonFile, status_ends_membership};
use crate::domain::values::Value;
use crate::exchange::import::RosterRow;
use crate::exchange::import::remarks::remark_of;
use crate::view::member::{posts_told, shown as seen, value_on};

/// What ends with a membership.
const ENDED: [Known; 2] = [Known::Group, Known::PartyPost];

impl Planner<'_> {
    /// What is different about a person of the workbook, as of the roster day.
    pub(super) fn compare(&self, row: &RosterRow, file: &PersonFile, branch: Option<BranchRef>) -> RowClass {
        let person = file.person.id;
        let moved = self.moved(row, file, branch);
        let (values, extras) = self.different(row, person, moved.is_some());
        let mut differences = match moved {
            Some(target) => self.differences_of_moving(file, target, &values),
            None => Vec::new(),
        };
        for (key, value) in &values {
            let is_told =
                *key == Known::Branch || moved.is_some() && (*key == Known::TransferIn || ENDED.contains(key));
            if !is_told {
                let seen = |text: &str| seen(FieldKey::Known(*key), text, false);
                differences.push(Difference::of(
                    *key,
                    moved.is_some(),
                    seen(&self.shown(file, *key)),
                    seen(&value.text()),
                ));
            }
        }
        for (label, value) in &extras {
            let old = self.extra_fields.get(&**label).and_then(|field| file.extras.get(&field.id)).cloned();
            let (field, label, old) = (label.to_string(), label.to_string(), old.unwrap_or_default());
            differences.push(Difference { field, label, old, new: value.clone() });
        }
        if differences.is_empty() {
            RowClass::Same { person }
        } else {
            RowClass::Changed { person, branch: moved, differences }
        }
    }

    /// The fields whose change was refused in the answers.
    pub(super) fn refused(&self, file: usize, row: &RosterRow, class: &RowClass) -> BTreeSet<String> {
        let answers = &self.options.answers;
        match class {
            RowClass::Changed { differences, .. } => {
                let fields = differences.iter().map(|one| &one.field);
                fields.filter(|field| answers.keeps(file, row, field)).cloned().collect()
            }
            _ => BTreeSet::new(),
        }
    }

    /// Another branch, and what ends with the membership in the one before: group, posts, and a status under which
    /// nobody is on the roll.
    fn differences_of_moving(
        &self,
        file: &PersonFile,
        target: BranchRef,
        values: &BTreeMap<Known, Value>,
    ) -> Vec<Difference> {
        let on = match values.get(&Known::TransferIn) {
            Some(Value::Date(date)) => date.first_day(),
            _ => self.plan.roster_day,
        };
        let held = |key| value_on(file, key, on, self.tree).unwrap_or_default();
        let name = match target {
            BranchRef::There(id) => self.tree.get(id).map(|node| node.name.clone()).unwrap_or_default(),
            BranchRef::New(place) => self.plan.new_branches[place].name.clone(),
        };
        let from = held(Known::Branch);
        let mut differences = vec![Difference::of(Known::Branch, true, from.clone(), name.clone())];
        for key in ENDED {
            let (old, new) = (held(key), values.get(&key).map(Value::text).unwrap_or_default());
            // The same words in another branch are another group, another post.
            if old == new && !old.is_empty() {
                differences.push(Difference::of(key, true, format!("{old}（{from}）"), format!("{new}（{name}）")));
            } else if old != new {
                differences.push(Difference::of(key, true, old, new));
            }
        }
        let status = file.status_on(on).filter(|status| status_ends_membership(status));
        if let Some(status) = status.filter(|_| !values.contains_key(&Known::Status)) {
            differences.push(Difference {
                field: Known::Branch.spec().name.to_owned(),
                ..Difference::of(Known::Status, true, status.to_owned(), String::new())
            });
        }
        differences
    }

    /// The other branch that the roster tells, if it tells one; not where the workbook knows of a later move. Whose
    /// 党籍 is stopped still belongs to a branch.
    fn moved(&self, row: &RosterRow, file: &PersonFile, branch: Option<BranchRef>) -> Option<BranchRef> {
        let day = self.plan.roster_day;
        let current = file.belonging_on(day);
        let told = branch.filter(|_| row.values.contains_key(&Known::Branch) || current.is_none())?;
        let is_there = current.is_some_and(|fact| fact.organisation.map(BranchRef::There) == Some(told));
        if self.is_older(file) || is_there { None } else { Some(told) }
    }

    /// Whether the workbook knows of a membership that begins later than what the list tells.
    pub(super) fn is_older(&self, file: &PersonFile) -> bool {
        let day = self.plan.roster_day;
        file.facts
            .iter()
            .any(|fact| fact.kind == FactKind::Membership && fact.span.from.is_some_and(|from| from.first_day() >= day))
    }

    /// The values and extra values that are not as they stand on the roster day. What says nothing is not there; a
    /// date that only says less than the one that stands is no difference. Who moves to another branch has group and posts
    /// anew there.
    pub(super) fn different(
        &self,
        row: &RosterRow,
        person: PersonId,
        is_moved: bool,
    ) -> (BTreeMap<Known, Value>, Vec<(Arc<str>, String)>) {
        let Some(file) = self.people.get(person) else { return (BTreeMap::new(), Vec::new()) };
        let mut values: BTreeMap<Known, Value> = row
            .values
            .iter()
            .filter(|(key, _)| !matches!(key, Known::Branch | Known::Remark))
            .filter(|(key, value)| (is_moved && ENDED.contains(key)) || !self.says_the_same(file, **key, value))
            .map(|(key, value)| (*key, value.clone()))
            .collect();
        let held = self.shown(file, Known::Remark);
        let has_value = |field| !self.shown(file, field).is_empty() || row.values.contains_key(&field);
        let remark = remark_of(&held, told_remark(row), &row.kept, has_value);
        if remark != held {
            values.insert(Known::Remark, Value::Text(remark));
        }
        let extras = row
            .extra
            .iter()
            .filter(|(label, value)| {
                self.extra_fields.get(&**label).and_then(|field| file.extras.get(&field.id)) != Some(value)
            })
            .cloned()
            .collect();
        (values, extras)
    }

    fn says_the_same(&self, file: &PersonFile, key: Known, value: &Value) -> bool {
        let old = self.shown(file, key);
        match value {
            Value::Text(text) if key == Known::PartyPost => *text == old || *text == self.posts_told(file),
            Value::Text(text) => *text == old,
            Value::Date(date) => PartialDate::from_iso(&old)
                .is_some_and(|old| old == *date || (old.agrees_with(*date) && old.precision() > date.precision())),
        }
    }

    /// The posts as the export writes them.
    fn posts_told(&self, file: &PersonFile) -> String {
        posts_told(file, self.plan.roster_day, self.tree).unwrap_or_default()
    }

    fn shown(&self, file: &PersonFile, key: Known) -> String {
        value_on(file, key, self.plan.roster_day, self.tree).unwrap_or_default()
    }
}
