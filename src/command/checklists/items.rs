//! What stands on the items of a checklist: how they stand, who answers, by when; and items of one's own.

use std::collections::{BTreeMap, HashSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{at_most, changed_draft, each_once, require};
use crate::command::ledger::Stamp;
use crate::command::{Made, title};
use crate::domain::checklists::{ChecklistItem, ItemState, Owner, Retention, STEP};
use crate::domain::dates::PartialDate;
use crate::domain::ids::{ChecklistId, ChecklistItemId, PersonId};
use crate::domain::members::Person;
use crate::problem::{Problem, Result};
use crate::store::book::Book;
use crate::store::reader::Reader;
use crate::store::{checklists, workbook::Title};

/// Changes items of checklists, one or many: `set` holds what is different, `null` clears. A state goes to the parts of
/// an item that has some; without a state an item stands as its evidence and the workbook's records say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditChecklistItems {
    pub ids: Vec<ChecklistItemId>,
    #[schemars(with = "ChecklistItemDraft")]
    pub set: BTreeMap<String, Value>,
}

/// An item of a checklist, as somebody writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ChecklistItemDraft {
    /// 内容
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// 标准
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard: Option<String>,
    /// 状态: 有 `have`, 部分 `partly`, 缺 `missing`, 不适用 `not_applicable`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<ItemState>,
    /// 原因; needed for 不适用, and where the workbook's records say otherwise
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// 责任人
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<PersonId>,
    /// 责任人 who is in no roster
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// 期限
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<PartialDate>,
    /// 保管期限
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention: Option<Retention>,
    /// 备注
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Adds an item of one's own to a checklist, at its end or among the parts of another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddChecklistItem {
    pub checklist_id: ChecklistId,
    #[serde(default)]
    pub parent_id: Option<ChecklistItemId>,
    pub set: ChecklistItemDraft,
}

/// Takes an item out of a checklist, with its parts. One that has evidence stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveChecklistItem {
    pub id: ChecklistItemId,
}

/// Moves an item among its neighbours: before another, or to the end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveChecklistItem {
    pub id: ChecklistItemId,
    #[serde(default)]
    pub before: Option<ChecklistItemId>,
}

/// The draft of an item as it stands.
pub fn item_draft_of(item: &ChecklistItem) -> ChecklistItemDraft {
    let (owner_id, owner) = match &item.owner {
        Some(Owner::Person(id)) => (Some(*id), None),
        Some(Owner::Named(name)) => (None, Some(name.clone())),
        None => (None, None),
    };
    ChecklistItemDraft {
        title: Some(item.title.clone()),
        standard: item.standard.clone(),
        state: item.state,
        reason: item.reason.clone(),
        owner_id,
        owner,
        due: item.due,
        retention: item.retention,
        note: item.note.clone(),
    }
}

impl EditChecklistItems {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let mut seen = Vec::new();
        for id in each_once(&self.ids) {
            seen.push(require_item(book.reader(), id)?);
        }
        let Some(first) = seen.first().cloned() else { return Err(refused("没有说改哪一项")) };
        let (of_states, mut of_rest) = (self.only(|name| STATE_FIELDS.contains(&name)), BTreeMap::new());
        of_rest.extend(self.only(|name| !STATE_FIELDS.contains(&name)));
        if !of_rest.is_empty() {
            for item in &seen {
                write(book, item, &of_rest, stamp)?;
            }
        }
        let mut count = seen.len();
        if !of_states.is_empty() {
            let leaves = leaves(book.reader(), &seen)?;
            count = count.max(leaves.len());
            for leaf in leaves {
                // What was written a moment ago is read again.
                let item = require_item(book.reader(), leaf)?;
                write(book, &item, &of_states, stamp)?;
            }
        }
        Ok((title(self.heading(&first, count)), Made(Some(first.id.0))))
    }

    fn only(&self, wanted: impl Fn(&str) -> bool) -> BTreeMap<String, Value> {
        self.set.iter().filter(|(name, _)| wanted(name)).map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    fn heading(&self, first: &ChecklistItem, count: usize) -> String {
        let state = self.set.get("state").map(|state| {
            let state = state.as_str().and_then(ItemState::from_name);
            state.map_or_else(|| "恢复自动".to_owned(), |state| format!("标为{}", state.label()))
        });
        match (state, count) {
            (Some(state), 1) => format!("档案清单：{} {state}", first.title),
            (Some(state), count) => format!("档案清单：{} 等 {count} 项{state}", first.title),
            (None, 1) => format!("改档案清单：{}", first.title),
            (None, count) => format!("改档案清单：{} 等 {count} 项", first.title),
        }
    }
}

/// What of a draft goes to the parts of an item that has some.
const STATE_FIELDS: [&str; 2] = ["state", "reason"];

/// The items themselves, or their parts where they have some, each once.
fn leaves(reader: Reader<'_>, of: &[ChecklistItem]) -> Result<Vec<ChecklistItemId>> {
    let mut found = Vec::new();
    let mut looked = HashSet::new();
    for item in of {
        let all = checklists::items(reader, item.checklist)?;
        let mut waiting = vec![item.id];
        while let Some(id) = waiting.pop() {
            if !looked.insert(id) {
                continue;
            }
            let parts: Vec<ChecklistItemId> =
                all.iter().filter(|item| item.parent == Some(id)).map(|item| item.id).collect();
            if parts.is_empty() {
                found.push(id);
            }
            waiting.extend(parts.into_iter().rev());
        }
    }
    Ok(found)
}

/// Brings an item to what a draft says of it.
fn write(book: &mut Book<'_>, seen: &ChecklistItem, set: &BTreeMap<String, Value>, stamp: &Stamp) -> Result<()> {
    let mut now = item_draft_of(seen);
    if set.contains_key("owner_id") {
        now.owner = None;
    }
    if set.contains_key("owner") {
        now.owner_id = None;
    }
    let mut draft: ChecklistItemDraft = changed_draft(&now, set, refused)?;
    if !set.contains_key("reason") && is_over(seen, draft.state) {
        draft.reason = None;
    }
    let wanted = checked(book.reader(), seen, draft, stamp)?;
    book.update(seen, &wanted)
}

/// Whether the reason of an item is over with its state: why it was not applicable, why it was not as the records say.
fn is_over(seen: &ChecklistItem, state: Option<ItemState>) -> bool {
    let was_set = seen.records().is_some() && seen.state.is_some();
    state != seen.state && (seen.state == Some(ItemState::NotApplicable) || was_set && state.is_none())
}

/// The item that a draft asks for. Fails with what is wrong with it.
fn checked(
    reader: Reader<'_>,
    seen: &ChecklistItem,
    draft: ChecklistItemDraft,
    stamp: &Stamp,
) -> Result<ChecklistItem> {
    let item_title = at_most("内容", draft.title, 200, refused)?.ok_or_else(|| refused("项要有内容"))?;
    let reason = at_most("原因", draft.reason, 1_000, refused)?;
    let state = draft.state;
    if state == Some(ItemState::NotApplicable) && reason.is_none() {
        return Err(refused(format!("“{item_title}”标为不适用，没有写原因")).next("写上原因"));
    }
    if let (Some(fill), Some(_), None) = (seen.records(), state, &reason) {
        return Err(refused(format!("“{item_title}”由{}自动得出，改为手工填写要有原因", fill.label()))
            .next("写上原因，或恢复自动"));
    }
    let owner = match (draft.owner_id, at_most("责任人", draft.owner, 100, refused)?) {
        (Some(_), Some(_)) => return Err(refused("责任人只能是一个：名册里的人，或名册外的姓名")),
        (Some(id), None) => {
            let is_there = reader.get::<Person>(id.0)?.is_some_and(|person| person.voided.is_none());
            if !is_there {
                return Err(refused(format!("没有编号为 {id} 的人员")));
            }
            Some(Owner::Person(id))
        }
        (None, name) => name.map(Owner::Named),
    };
    let is_looked_at = state != seen.state;
    let wanted = ChecklistItem {
        title: item_title,
        standard: at_most("标准", draft.standard, 2_000, refused)?,
        state,
        reason,
        owner,
        due: draft.due,
        retention: draft.retention,
        note: at_most("备注", draft.note, 2_000, refused)?,
        checked: match (is_looked_at, state) {
            (true, None) => None,
            (true, Some(_)) => Some((stamp.operator.chars().take(100).collect(), stamp.today())),
            (false, _) => seen.checked.clone(),
        },
        ..seen.clone()
    };
    Ok(wanted.saying(seen.said()))
}

impl AddChecklistItem {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let checklist = require(book.reader(), self.checklist_id, refused)?;
        let items = checklists::items(book.reader(), checklist.id)?;
        if let Some(parent) = self.parent_id {
            let Some(parent) = items.iter().find(|item| item.id == parent) else {
                return Err(refused(format!("清单里没有编号为 {parent} 的项")));
            };
            if parent.state.is_some() {
                return Err(
                    refused(format!("“{}”的状态是手工标的，不能再分细", parent.title)).next("先恢复自动，再加分项")
                );
            }
        }
        let siblings = items.iter().filter(|item| item.parent == self.parent_id);
        let blank = ChecklistItem {
            id: ChecklistItemId(book.new_id()),
            checklist: checklist.id,
            parent: self.parent_id,
            position: siblings.map(|item| item.position).max().unwrap_or(0) + STEP,
            code: None,
            title: String::new(),
            standard: None,
            fill: None,
            retention: None,
            state: None,
            reason: None,
            owner: None,
            due: None,
            note: None,
            checked: None,
            template_words: None,
        };
        let item = checked(book.reader(), &blank, self.set, stamp)?;
        book.insert(&item)?;
        Ok((title(format!("档案清单加一项：{}", item.title)), Made(Some(item.id.0))))
    }
}

impl RemoveChecklistItem {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let item = require_item(book.reader(), self.id)?;
        let refuse = |happened: String| Problem::input("没有去掉这一项", happened);
        let all = checklists::items(book.reader(), item.checklist)?;
        let mut gone = vec![item.clone()];
        let mut place = 0;
        while let Some(whole) = gone.get(place) {
            let parts: Vec<ChecklistItem> = all.iter().filter(|part| part.parent == Some(whole.id)).cloned().collect();
            gone.extend(parts);
            place += 1;
        }
        for item in gone.iter().rev() {
            let evidence = checklists::evidence_of_item(book.reader(), item.id)?.len();
            if evidence > 0 {
                return Err(
                    refuse(format!("“{}”有 {evidence} 件材料", item.title)).next("先移走这些材料，或标为不适用")
                );
            }
            book.delete(item)?;
        }
        Ok((title(format!("档案清单去掉一项：{}", item.title)), Made(None)))
    }
}

impl MoveChecklistItem {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let item = require_item(book.reader(), self.id)?;
        if self.before == Some(self.id) {
            return Err(refused(format!("“{}”不能排在自己前面", item.title)));
        }
        let all = checklists::items(book.reader(), item.checklist)?;
        let mut order: Vec<ChecklistItem> =
            all.into_iter().filter(|other| other.parent == item.parent && other.id != item.id).collect();
        let place = match self.before {
            None => order.len(),
            Some(before) => order
                .iter()
                .position(|other| other.id == before)
                .ok_or_else(|| refused("两项不在同一层，不能这样移动"))?,
        };
        order.insert(place, item.clone());
        for (seen, place) in order.iter().zip(1..) {
            book.update(seen, &ChecklistItem { position: place * STEP, ..seen.clone() })?;
        }
        Ok((title(format!("移动档案清单项：{}", item.title)), Made(Some(item.id.0))))
    }
}

/// Evidence is enough for 有: an item that somebody said was missing (缺) stands by itself again once there is some, and
/// why it was missing is over. Tells it for the title of the change.
pub(super) fn no_longer_missing(book: &mut Book<'_>, id: ChecklistItemId) -> Result<&'static str> {
    let seen = require_item(book.reader(), id)?;
    if seen.state != Some(ItemState::Missing) {
        return Ok("");
    }
    book.update(&seen, &ChecklistItem { state: None, reason: None, checked: None, ..seen.clone() })?;
    Ok("，“缺”改为自动")
}

pub(super) fn require_item(reader: Reader<'_>, id: ChecklistItemId) -> Result<ChecklistItem> {
    reader.get(id.0)?.ok_or_else(|| {
        refused(format!("没有编号为 {id} 的清单项")).next("用 export checklist 可以看到各项和它们的编号")
    })
}

fn refused(happened: impl Into<String>) -> Problem {
    Problem::input("没有改档案清单", happened)
}
