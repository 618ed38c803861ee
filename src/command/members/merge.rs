//! Two records of one person become one (合并): nothing is lost, and it can be taken apart again ([`super::unmerge`]).

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{merge_checklists, merge_talks, rejected, require_file};
use crate::command::{Made, title};
use crate::domain::dates::PartialDate;
use crate::domain::duplicates::uniting::{
    Difference, FactFate, differences, is_same_event, overlapping_memberships, united_facts,
};
use crate::domain::events::Event;
use crate::domain::fields::{FieldKey, Known};
use crate::domain::ids::{FactId, PersonId};
use crate::domain::members::{Fact, Person, PersonFile};
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::members::{self as table, ExtraField, ExtraValue};
use crate::store::settings::{self, Setting};
use crate::store::{events, organisations, workbook::Title};

/// Merges two records of one person (合并): facts, events and values of the dropped one go over to the kept one, each
/// once; the dropped one stays as merged into it. What the kept one has not it gets from the other; of what both have
/// the other's is taken where `take` names the field. Memberships that overlap have to be settled by `leave_out`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeMembers {
    pub keep_id: PersonId,
    pub drop_id: PersonId,
    /// Fields whose value is taken from the dropped one, by name; the user's own fields by their heading.
    #[serde(default)]
    pub take: Vec<String>,
    /// Dated facts of either that the united person does not have.
    #[serde(default)]
    pub leave_out_ids: Vec<FactId>,
}

/// Remembers that two persons who look like one are two (不是同一人), or forgets it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TellApart {
    pub ids: [PersonId; 2],
    /// They may be one after all.
    #[serde(default)]
    pub forget: bool,
}

impl MergeMembers {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        if self.keep_id == self.drop_id {
            return Err(rejected("要选两个不同的人"));
        }
        let (kept, dropped) = (require_file(book, self.keep_id)?, require_file(book, self.drop_id)?);
        for file in [&kept, &dropped] {
            if file.person.voided.is_some() {
                return Err(rejected(format!("{} 已作废或已并入另一人", file.person.name())));
            }
        }
        self.merge_person(book, &kept, &dropped)?;
        self.merge_facts(book, &kept, &dropped)?;
        merge_events(book, self.keep_id, self.drop_id)?;
        merge_talks::go_over(book, self.keep_id, self.drop_id)?;
        merge_checklists::go_over(book, self.keep_id, self.drop_id)?;
        let text = format!("合并：{} 并入 {}", dropped.person.name(), kept.person.name());
        Ok((title(text), Made(Some(self.keep_id.0))))
    }

    /// The fields, the user's own too; the dropped one is marked.
    fn merge_person(&self, book: &mut Book<'_>, kept: &PersonFile, dropped: &PersonFile) -> Result<()> {
        let own = table::extra_fields(book.reader())?;
        let differences = differences(kept, dropped);
        let taken = self.taken(&differences, &own)?;
        let mut wanted = kept.person.clone();
        for key in &taken {
            if let FieldKey::Known(known) = key {
                wanted.set(*known, dropped.person.values.get(known).cloned());
            }
        }
        wanted.category_told = united_category(&wanted, kept, dropped);
        book.update(&kept.person, &wanted)?;
        self.merge_extras(book, &taken)?;
        let reason = format!("与 {} 是同一人", kept.person.name());
        let merged = Person { voided: Some(reason), merged_into: Some(self.keep_id), ..dropped.person.clone() };
        book.update(&dropped.person, &merged)
    }

    /// The fields that are taken from the dropped one. Fails where one is named that does not exist.
    fn taken(&self, differences: &[Difference], own: &[ExtraField]) -> Result<BTreeSet<FieldKey>> {
        let mut named = BTreeSet::new();
        for name in &self.take {
            let extra = || own.iter().find(|field| field.label == *name).map(|field| FieldKey::Extra(field.id));
            let key = Known::from_name(name).map(FieldKey::Known).or_else(extra);
            named.insert(key.ok_or_else(|| rejected(format!("没有名为“{name}”的字段")))?);
        }
        // A blank never takes the place of a value.
        let is_taken = |one: &&Difference| one.other.is_some() && (one.kept.is_none() || named.contains(&one.key));
        Ok(differences.iter().filter(is_taken).map(|one| one.key).collect())
    }

    fn merge_extras(&self, book: &mut Book<'_>, taken: &BTreeSet<FieldKey>) -> Result<()> {
        let held = table::extras_of(book.reader(), self.keep_id)?;
        for theirs in table::extras_of(book.reader(), self.drop_id)? {
            match held.iter().find(|ours| ours.field == theirs.field) {
                None => book.update(&theirs, &ExtraValue { person: self.keep_id, ..theirs.clone() })?,
                Some(ours) => {
                    if taken.contains(&FieldKey::Extra(theirs.field)) {
                        book.update(ours, &ExtraValue { value: theirs.value.clone(), ..ours.clone() })?;
                    }
                    book.delete(&theirs)?;
                }
            }
        }
        Ok(())
    }

    fn merge_facts(&self, book: &mut Book<'_>, kept: &PersonFile, dropped: &PersonFile) -> Result<()> {
        let left_out: BTreeSet<FactId> = self.leave_out_ids.iter().copied().collect();
        let is_theirs = |id: &FactId| kept.facts.iter().chain(&dropped.facts).any(|fact| fact.id == *id);
        if let Some(strange) = left_out.iter().find(|id| !is_theirs(id)) {
            return Err(rejected(format!("编号为 {strange} 的事项不是这两个人的")));
        }
        if let Some((ours, theirs)) = overlapping_memberships(&kept.facts, &dropped.facts, &left_out).first() {
            let told = format!("{}；{}", membership_in_words(book, ours)?, membership_in_words(book, theirs)?);
            return Err(rejected(format!("两边的组织关系重叠：{told}")).next("先选定不保留哪一段（leave_out_ids）"));
        }
        for ours in kept.facts.iter().filter(|fact| left_out.contains(&fact.id)) {
            book.delete(ours)?;
        }
        for (theirs, fate) in united_facts(&kept.facts, &dropped.facts, &left_out) {
            match fate {
                FactFate::Comes => book.update(theirs, &Fact { person: self.keep_id, ..theirs.clone() })?,
                FactFate::LeftOut => book.delete(theirs)?,
                FactFate::Same { seen, united } => {
                    book.update(&*seen, &*united)?;
                    book.delete(theirs)?;
                }
            }
        }
        Ok(())
    }
}

/// What a roster told of either, the kept one first, where the dates that are now known do not give it.
fn united_category(
    wanted: &Person,
    kept: &PersonFile,
    dropped: &PersonFile,
) -> Option<crate::domain::members::CategoryTold> {
    let told = kept.person.category_told.or(dropped.person.category_told)?;
    let derived = wanted.path().derived_on(told.on);
    derived.is_none_or(|now| now < told.category).then_some(told)
}

/// Events go over; what both tell is told once.
fn merge_events(book: &mut Book<'_>, keep: PersonId, drop: PersonId) -> Result<()> {
    let held = events::of_person(book.reader(), keep)?;
    for theirs in events::of_person(book.reader(), drop)? {
        if held.iter().any(|ours| is_same_event(ours, &theirs)) {
            book.delete(&theirs)?;
        } else {
            book.update(&theirs, &Event { person: keep, ..theirs.clone() })?;
        }
    }
    Ok(())
}

/// 「局机关第一党支部 2016-05-30 起」
fn membership_in_words(book: &Book<'_>, fact: &Fact) -> Result<String> {
    let tree = organisations::tree(book.reader())?;
    let name =
        fact.organisation.and_then(|id| tree.get(id)).map_or_else(String::new, |node| node.shown_name().to_owned());
    let day = |date: Option<PartialDate>| date.map(|date| date.to_string());
    Ok(match (day(fact.span.from), day(fact.span.to)) {
        (Some(from), Some(to)) => format!("{name} {from} 至 {to}"),
        (Some(from), None) => format!("{name} {from} 起"),
        (None, Some(to)) => format!("{name} 起始不详，至 {to}"),
        (None, None) => format!("{name} 起始不详"),
    })
}

impl TellApart {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let [one, other] = self.ids;
        if one == other {
            return Err(rejected("要选两个不同的人"));
        }
        let names = [require_file(book, one)?, require_file(book, other)?].map(|file| file.person.name().to_owned());
        let name = settings::apart_name(one, other);
        let seen = settings::by_name(book.reader(), &name)?;
        match (seen, self.forget) {
            (Some(seen), true) => book.delete(&seen)?,
            (None, false) => {
                let id = book.new_id();
                book.insert(&Setting { id, name, value: "yes".to_owned() })?;
            }
            (Some(_), false) => return Err(rejected("已经标为不是同一人")),
            (None, true) => return Err(rejected("没有标为不是同一人")),
        }
        let verb = if self.forget { "撤回“不是同一人”" } else { "标为不是同一人" };
        Ok((title(format!("{verb}：{}", names.join("、"))), Made(None)))
    }
}
