//! Templates of checklists as a workbook has them, and bringing running checklists to a changed template.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{each_once, item_of, named, require, wholes_first};
use crate::command::{Made, filled, title};
use crate::domain::checklists::{
    Checklist, ChecklistItem, Fill, ItemChange, ItemState, STEP, Subject, Template, TemplateChange, TemplateItem,
    Templates, difference, with_codes,
};
use crate::domain::ids::{ChecklistId, ChecklistItemId};
use crate::problem::{Problem, Result};
use crate::store::book::Book;
use crate::store::{checklists, talks, workbook::Title};

/// Changes a template of checklists (清单模板), or makes a new one where no code is told. What is not told stays as it
/// is. Running checklists stay what they are until `update_checklists`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SetTemplate {
    /// none for a new one
    pub code: Option<String>,
    pub title: Option<String>,
    /// `organisation`, by year, or `person`; for good
    pub subject: Option<Subject>,
    /// 出处
    pub source: Option<String>,
    /// All items, with their parts; an item without a code gets one.
    pub items: Option<Vec<TemplateItem>>,
    /// No longer offered
    pub removed: Option<bool>,
}

/// Takes out what the workbook changed of a template: it is again what the program brings, as a new version where
/// checklists were made from it. One that the workbook made itself goes, unless checklists were made from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveTemplate {
    pub code: String,
}

/// Brings running checklists to their template as it is now: new items come, changed ones are rewritten, those that are
/// gone go unless something was written on them. How items stand, evidence, owners and days stay, and what the office
/// wrote itself in the place of the template's words. A state set on an item that gets parts gives way to how these
/// stand; that it is not applicable goes to them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateChecklists {
    pub ids: Vec<ChecklistId>,
    /// Codes of the template's items that are left as they are
    #[serde(default)]
    pub leave: Vec<String>,
}

impl SetTemplate {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let templates = checklists::templates(book.reader())?;
        let old = match &self.code {
            Some(code) => Some(templates.get(code).ok_or_else(|| refused(format!("没有代号为 {code} 的清单模板")))?),
            None => None,
        };
        let shown = filled(self.title.clone()).or(old.map(|old| old.title.clone()));
        let shown = shown.ok_or_else(|| refused("新的清单模板要有名称"))?;
        if shown.chars().count() > 100 {
            return Err(refused("清单模板的名称最多 100 字"));
        }
        let is_other = |other: &&Template| old.is_none_or(|old| old.code != other.code) && !other.removed;
        if templates.all().iter().filter(is_other).any(|other| other.title == shown) {
            return Err(refused(format!("已经有名为“{shown}”的清单模板")).next("换一个名称"));
        }
        if let (Some(old), Some(subject)) = (old, self.subject)
            && old.subject != subject
        {
            return Err(refused("清单模板是党组织的还是党员个人的，不能再改").next("另建一个模板"));
        }
        let free = || (1..).map(|nth| format!("U{nth:02}")).find(|code| templates.get(code).is_none());
        let code = old.map(|old| old.code.clone()).or_else(free).unwrap_or_default();
        let taken = codes_taken(book, old)?;
        let is_told = self.items.is_some();
        let items = self.items.map(|items| trimmed(with_codes(items, &taken))).or(old.map(|old| old.items.clone()));
        let mut wanted = Template {
            code: code.clone(),
            version: old.map_or(1, |old| old.version),
            title: shown.clone(),
            subject: self.subject.or(old.map(|old| old.subject)).unwrap_or(Subject::Organisation),
            source: filled(self.source).or(old.and_then(|old| old.source.clone())),
            items: items.unwrap_or_default(),
            removed: self.removed.or(old.map(|old| old.removed)).unwrap_or(false),
        };
        let mut faults = wanted.faults();
        if is_told {
            faults.extend(fills_of_nothing(book, &wanted)?);
        }
        if !faults.is_empty() {
            return Err(refused(faults.join("；")).next("改好后再保存"));
        }
        if old.is_some_and(|old| old.items != wanted.items) {
            wanted.version += 1;
        }
        let seen = checklists::template_changes(book.reader())?.into_iter().find(|seen| seen.template.code == code);
        let id = match seen {
            Some(seen) => {
                book.update(&seen, &TemplateChange { id: seen.id, template: wanted })?;
                seen.id
            }
            None => {
                let id = book.new_id();
                book.insert(&TemplateChange { id, template: wanted })?;
                id
            }
        };
        let verb = match (self.code.is_some(), self.removed) {
            (false, _) => "新建清单模板",
            (true, Some(true)) => "停用清单模板",
            (true, Some(false)) => "启用清单模板",
            (true, None) => "改清单模板",
        };
        Ok((title(format!("{verb}：{shown}")), Made(Some(id))))
    }
}

/// What would fill items and is not there: types of talks and ledgers that nobody can enter anything in.
fn fills_of_nothing(book: &Book<'_>, template: &Template) -> Result<Vec<String>> {
    let known = talks::types(book.reader())?;
    let mut faults = Vec::new();
    for (item, _) in template.each_item() {
        match &item.fill {
            Some(Fill::Talks { types, .. }) => {
                let unknown = types.iter().filter(|code| known.get(code).is_none());
                faults.extend(unknown.map(|code| format!("“{}”的自动来源：没有谈话类型“{code}”", item.title)));
            }
            // The program keeps no ledger but that of talks.
            Some(Fill::Ledger { kind, .. }) => {
                faults.push(format!("“{}”的自动来源：没有名为“{kind}”的台账", item.title));
            }
            _ => {}
        }
    }
    Ok(faults)
}

/// Without blanks around what is written.
fn trimmed(items: Vec<TemplateItem>) -> Vec<TemplateItem> {
    let each = items.into_iter().map(|item| TemplateItem {
        title: item.title.trim().to_owned(),
        standard: filled(item.standard),
        parts: trimmed(item.parts),
        ..item
    });
    each.collect()
}

/// The codes that items of a template have or had: one that is new gets none of them, for by it a running checklist would
/// take it for the item that it still has.
fn codes_taken(book: &Book<'_>, old: Option<&Template>) -> Result<HashSet<String>> {
    let Some(old) = old else { return Ok(HashSet::new()) };
    let mut taken: HashSet<String> = checklists::codes_of(book.reader(), &old.code)?.into_iter().collect();
    taken.extend(old.each_item().into_iter().map(|(item, _)| item.code.clone()));
    Ok(taken)
}

impl RemoveTemplate {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let changes = checklists::template_changes(book.reader())?;
        let shipped = Templates::shipped()?.get(&self.code).cloned();
        let Some(seen) = changes.into_iter().find(|seen| seen.template.code == self.code) else {
            return Err(refused(match shipped {
                Some(shipped) => format!("清单模板“{}”没有改过，本来就是自带的内容", shipped.title),
                None => format!("没有代号为 {} 的清单模板", self.code),
            }));
        };
        let is_shipped = shipped.is_some();
        let made = checklists::by_template(book.reader(), &self.code)?.len();
        if !is_shipped && made > 0 {
            return Err(refused(format!("已有 {made} 份清单用了“{}”", seen.template.title)).next("改为停用"));
        }
        match shipped {
            // Checklists were brought to one of its versions: it goes on counting, so that they are seen to be behind.
            Some(shipped) if made > 0 => {
                let wanted = Template { version: seen.template.version + 1, ..shipped };
                book.update(&seen, &TemplateChange { id: seen.id, template: wanted })?;
            }
            _ => book.delete(&seen)?,
        }
        let verb = if is_shipped { "恢复清单模板" } else { "删除清单模板" };
        Ok((title(format!("{verb}：{}", seen.template.title)), Made(None)))
    }
}

impl UpdateChecklists {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let templates = checklists::templates(book.reader())?;
        let (mut names, mut changes) = (Vec::new(), Vec::new());
        for id in each_once(&self.ids) {
            let checklist = require(book.reader(), id, |happened| Problem::input("没有更新清单", happened))?;
            let template = templates
                .get(&checklist.template)
                .ok_or_else(|| refused(format!("工作簿里没有“{}”这个模板了", checklist.title)))?;
            names.push(named(book.reader(), &checklist)?);
            changes.extend(bring(book, &checklist, template, &self.leave)?);
        }
        let told = told(&changes);
        match &names[..] {
            [] => Err(refused("没有说更新哪份清单")),
            [name] => Ok((title(format!("按模板更新清单：{name}{told}")), Made(Some(self.ids[0].0)))),
            names => Ok((title(format!("按模板更新清单 {} 份{told}", names.len())), Made(None))),
        }
    }
}

/// 「（新增 1，去掉 2）」
fn told(changes: &[ItemChange]) -> String {
    let count = |kind: ItemChange| changes.iter().filter(|change| **change == kind).count();
    let words = ItemChange::ALL.into_iter().map(|kind| (kind.label(), count(kind))).filter(|(_, count)| *count > 0);
    let words: Vec<String> = words.map(|(label, count)| format!("{label} {count}")).collect();
    if words.is_empty() { String::new() } else { format!("（{}）", words.join("，")) }
}

/// Brings one checklist to its template; returns what happened to its items.
fn bring(book: &mut Book<'_>, checklist: &Checklist, template: &Template, leave: &[String]) -> Result<Vec<ItemChange>> {
    let items = checklists::items(book.reader(), checklist.id)?;
    let used = used(book, checklist)?;
    let mut changes = Vec::new();
    for one in difference(template, &items, |id| used.contains(&id)) {
        if leave.iter().any(|code| code == one.code()) {
            continue;
        }
        let mut change = one.change();
        match (one.item, &one.wanted) {
            // Its place may be another since a neighbour came.
            (Some(seen), Some((wanted, _))) => {
                let seen = super::items::require_item(book.reader(), seen.id)?;
                book.update(&seen, &seen.brought_to(wanted))?;
            }
            (None, Some((wanted, whole))) => {
                let is_in = insert(book, checklist, template, wanted, whole.as_deref())?;
                change = change.filter(|_| is_in);
            }
            // Those that are gone go after what is new has come.
            (_, None) => {}
        }
        changes.extend(change);
    }
    give_to_parts(book, checklist)?;
    take_out_gone(book, checklist, template, leave)?;
    book.update(checklist, &Checklist { version: template.version, ..checklist.clone() })?;
    Ok(changes)
}

/// An item with parts stands as these do: where it got some, what was set on it gives way. What does not apply has no part
/// that does; nobody looked at the parts of anything else yet.
fn give_to_parts(book: &mut Book<'_>, checklist: &Checklist) -> Result<()> {
    let items = wholes_first(checklists::items(book.reader(), checklist.id)?);
    for id in items.iter().map(|item| item.id) {
        let whole = super::items::require_item(book.reader(), id)?;
        let parts: Vec<ChecklistItemId> =
            items.iter().filter(|part| part.parent == Some(id)).map(|part| part.id).collect();
        if whole.state.is_none() || parts.is_empty() {
            continue;
        }
        let is_over = whole.state == Some(ItemState::NotApplicable);
        for part in parts.into_iter().filter(|_| is_over) {
            let part = super::items::require_item(book.reader(), part)?;
            let (state, reason, checked) = (whole.state, whole.reason.clone(), whole.checked.clone());
            book.update(&part, &ChecklistItem { state, reason, checked, ..part.clone() })?;
        }
        // A whole is shown with its note, not with a reason.
        let reason = whole.reason.as_ref().filter(|_| !is_over);
        let note: Vec<&str> = whole.note.iter().chain(reason).map(String::as_str).collect();
        let note = Some(note.join("；")).filter(|note| !note.is_empty() && note.chars().count() <= 2_000);
        let note = note.or_else(|| whole.note.clone());
        book.update(&whole, &ChecklistItem { state: None, reason: None, checked: None, note, ..whole.clone() })?;
    }
    Ok(())
}

/// What of a checklist somebody wrote on, or has evidence.
fn used(book: &Book<'_>, checklist: &Checklist) -> Result<std::collections::HashSet<ChecklistItemId>> {
    let evidence = checklists::evidence_of(book.reader(), checklist.id)?;
    Ok(evidence.into_iter().filter_map(|evidence| evidence.belongs.item()).collect())
}

/// Writes an item that is new in the template, behind the one that stands before it there; not where its whole is not there.
fn insert(
    book: &mut Book<'_>,
    checklist: &Checklist,
    template: &Template,
    wanted: &TemplateItem,
    whole: Option<&str>,
) -> Result<bool> {
    let items = checklists::items(book.reader(), checklist.id)?;
    let parent = whole.and_then(|code| items.iter().find(|item| item.code.as_deref() == Some(code)));
    if whole.is_some() && parent.is_none() {
        // The whole was taken out here, or left out just now: its parts are not wanted either.
        return Ok(false);
    }
    let parent = parent.map(|parent| parent.id);
    let mut siblings: Vec<ChecklistItem> = items.into_iter().filter(|item| item.parent == parent).collect();
    let neighbours = template.beside(&wanted.code);
    let before = neighbours.iter().take_while(|item| item.code != wanted.code);
    let stands = |code: &str| siblings.iter().position(|item| item.code.as_deref() == Some(code));
    let place = before.filter_map(|item| stands(&item.code)).max().map_or(0, |place| place + 1);
    let new = item_of(ChecklistItemId(book.new_id()), checklist, parent, 0, wanted);
    siblings.insert(place, new.clone());
    for (seen, place) in siblings.iter().zip(1..) {
        let wanted = ChecklistItem { position: place * STEP, ..seen.clone() };
        if seen.id == new.id { book.insert(&wanted)? } else { book.update(seen, &wanted)? }
    }
    Ok(true)
}

/// Takes out items that the template has no longer and on which nothing stands; the others become items of one's own.
fn take_out_gone(book: &mut Book<'_>, checklist: &Checklist, template: &Template, leave: &[String]) -> Result<()> {
    let used = used(book, checklist)?;
    let items = wholes_first(checklists::items(book.reader(), checklist.id)?);
    let gone = difference(template, &items, |id| used.contains(&id));
    for item in items.iter().rev() {
        let Some(one) = gone.iter().find(|one| one.wanted.is_none() && one.item.is_some_and(|gone| gone.id == item.id))
        else {
            continue;
        };
        if leave.iter().any(|code| code == one.code()) {
            continue;
        }
        if one.is_kept {
            book.update(item, &ChecklistItem { code: None, template_words: None, ..item.clone() })?
        } else {
            book.delete(item)?
        }
    }
    Ok(())
}

fn refused(happened: impl Into<String>) -> Problem {
    Problem::input("没有改清单模板", happened)
}
