//! What is due in archive checklists (档案清单) and is missing still.

use std::collections::BTreeMap;

use jiff::ToSpan as _;

use super::{Ground, MONTH_DAYS, Piece, Way, Weight, basis};
use crate::domain::checklists::{ItemState, Of};
use crate::domain::dates::PartialDate;
use crate::domain::ids::ChecklistId;
use crate::domain::work::WorkKey;
use crate::problem::Result;
use crate::view::checklists::{DueItem, due_items, is_asked_for};

/// So many items of one checklist that are due on one day stand by themselves; more are one line that leads to them.
const FEW: usize = 3;
/// Items that such a line names.
const NAMED: usize = 3;

/// Items of the scope that are overdue, or due within a month: an archive has hundreds that are due at the end of its year.
/// Of a member who is gone nothing is asked for any more.
pub(super) fn work(ground: &Ground<'_>) -> Result<Vec<Piece>> {
    let until = ground.day.saturating_add(MONTH_DAYS.days());
    let items = due_items(ground.desk, until, ground.day, |checklist| {
        is_asked_for(ground.desk, checklist, ground.day) && ground.holds(checklist.organisation)
    })?;
    let mut together: BTreeMap<(ChecklistId, PartialDate), Vec<DueItem>> = BTreeMap::new();
    let mut pieces = Vec::new();
    for item in items {
        // Who put one of several off finds it there.
        if ground.is_put_off(&WorkKey::ChecklistItem(item.item.id)) {
            pieces.push(one(ground, item));
        } else {
            together.entry((item.checklist.id, item.due)).or_default().push(item);
        }
    }
    for ((id, due), items) in together {
        let key = WorkKey::ChecklistDue(id, due);
        // What was put off together stays so when some of it is done.
        if items.len() > FEW || ground.is_put_off(&key) {
            pieces.extend(several(ground, key, items));
        } else {
            pieces.extend(items.into_iter().map(|item| one(ground, item)));
        }
    }
    Ok(pieces)
}

/// 「档案缺项：组织生活会·方案」
fn one(ground: &Ground<'_>, item: DueItem) -> Piece {
    let title = match &item.category {
        Some(category) => format!("档案缺项：{category}·{}", item.item.title),
        None => format!("档案缺项：{}", item.item.title),
    };
    let partly = if item.state == ItemState::Partly { "已有一部分" } else { "" };
    let owner = item.owner.as_deref().map(|owner| format!("责任人 {owner}")).unwrap_or_default();
    Piece {
        key: WorkKey::ChecklistItem(item.item.id).to_string(),
        weight: Weight::Hint,
        title,
        basis: basis([list_name(ground, &item), partly.to_owned(), owner]),
        due: Some(item.due.last_day()),
        organisation: Some(item.checklist.organisation),
        way: Way::ChecklistItem(Box::new(item)),
    }
}

/// 「档案缺项：党支部工作档案 12 项」, with the first of them.
fn several(ground: &Ground<'_>, key: WorkKey, items: Vec<DueItem>) -> Option<Piece> {
    let names: Vec<&str> = items.iter().take(NAMED).map(|item| item.item.title.as_str()).collect();
    let more = if items.len() > NAMED { "等" } else { "" };
    let names = format!("{}{more}", names.join("、"));
    let count = items.len();
    let first = items.into_iter().next()?;
    Some(Piece {
        key: key.to_string(),
        weight: Weight::Hint,
        title: format!("档案缺项：{} {count} 项", first.checklist.title),
        basis: basis([list_name(ground, &first), names]),
        due: Some(first.due.last_day()),
        organisation: Some(first.checklist.organisation),
        way: Way::ChecklistItems(Box::new(first)),
    })
}

/// 「2026年党支部工作档案」, with whose it is where that is not clear.
fn list_name(ground: &Ground<'_>, item: &DueItem) -> String {
    let title = &item.checklist.title;
    match item.checklist.of {
        Of::Person(_) => format!("{} 的{title}", item.whose),
        Of::Year(year) if ground.is_of_several => format!("{} {year}年{title}", item.whose),
        Of::Year(year) => format!("{year}年{title}"),
    }
}
