//! What a changed template would change of a running checklist: shown before it is done.

use std::collections::{HashMap, HashSet};

use super::{ChecklistItem, Template, TemplateItem};
use crate::domain::ids::ChecklistItemId;

/// One item that differs between a checklist and its template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateDifference<'d> {
    /// As the checklist has it; none of one that is new in the template.
    pub item: Option<&'d ChecklistItem>,
    /// As the template has it now, with the code of the item that it is part of; none of one that is gone from it.
    pub wanted: Option<(&'d TemplateItem, Option<String>)>,
    /// As the item would be; none of one that would come or go.
    pub brought: Option<ChecklistItem>,
    /// Of one that is gone: something stands on it, or on its parts, so that it stays as an item of one's own.
    pub is_kept: bool,
}

impl TemplateDifference<'_> {
    /// The code of the template's item.
    pub fn code(&self) -> &str {
        let wanted = self.wanted.as_ref().map(|(wanted, _)| wanted.code.as_str());
        wanted.or_else(|| self.item.and_then(|item| item.code.as_deref())).unwrap_or_default()
    }

    /// What of an item stays since the office wrote it itself, though the template says otherwise.
    pub fn own_words(&self) -> Vec<&'static str> {
        let mut own = self.brought.as_ref().map(ChecklistItem::own_words).unwrap_or_default();
        // Days are never brought to a template.
        own.retain(|word| *word != "期限");
        own
    }

    /// What would happen to the item; nothing where only what the template says of it is put down.
    pub fn change(&self) -> Option<ItemChange> {
        match (self.item, &self.brought) {
            (None, _) => Some(ItemChange::Added),
            (Some(_), None) if self.is_kept => Some(ItemChange::Kept),
            (Some(_), None) => Some(ItemChange::Removed),
            (Some(item), Some(brought)) if item.title != brought.title => Some(ItemChange::Renamed),
            (Some(item), Some(brought)) if is_rewritten(item, brought) => Some(ItemChange::Rewritten),
            (Some(_), Some(_)) => Some(ItemChange::Own).filter(|_| !self.own_words().is_empty()),
        }
    }
}

/// What would happen to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemChange {
    /// 新增
    Added,
    /// 改名, perhaps with its standard.
    Renamed,
    /// 改标准: or what fills it, or the retention.
    Rewritten,
    /// 去掉
    Removed,
    /// 转为自有项: it is gone from the template, and something stands on it.
    Kept,
    /// 自写保留: nothing, since the office wrote it itself.
    Own,
}

impl ItemChange {
    pub const ALL: [Self; 6] = [Self::Added, Self::Renamed, Self::Rewritten, Self::Removed, Self::Kept, Self::Own];

    pub fn label(self) -> &'static str {
        match self {
            Self::Added => "新增",
            Self::Renamed => "改名",
            Self::Rewritten => "改标准等",
            Self::Removed => "去掉",
            Self::Kept => "转为自有项",
            Self::Own => "自写保留",
        }
    }
}

/// The items that differ: those of the template in its order, then those that are gone from it. `has_evidence` tells of
/// which items there is some.
pub fn difference<'d>(
    template: &'d Template,
    items: &'d [ChecklistItem],
    has_evidence: impl Fn(ChecklistItemId) -> bool,
) -> Vec<TemplateDifference<'d>> {
    let by_code: HashMap<&str, &ChecklistItem> =
        items.iter().filter_map(|item| Some((item.code.as_deref()?, item))).collect();
    let mut found = Vec::new();
    let mut known = HashSet::new();
    walk(&template.items, None, &mut |wanted, whole| {
        known.insert(wanted.code.as_str());
        let item = by_code.get(wanted.code.as_str()).copied();
        let brought = item.map(|item| item.brought_to(wanted));
        let one = TemplateDifference { item, wanted: Some((wanted, whole)), brought, is_kept: false };
        if one.item != one.brought.as_ref() || one.change().is_some() {
            found.push(one);
        }
    });
    let is_gone = |item: &&ChecklistItem| item.code.as_deref().is_some_and(|code| !known.contains(code));
    let kept = kept(items, has_evidence);
    found.extend(items.iter().filter(is_gone).map(|item| TemplateDifference {
        item: Some(item),
        wanted: None,
        brought: None,
        is_kept: kept.contains(&item.id),
    }));
    found
}

fn walk<'d>(
    items: &'d [TemplateItem],
    whole: Option<&'d str>,
    take: &mut impl FnMut(&'d TemplateItem, Option<String>),
) {
    for item in items {
        take(item, whole.map(str::to_owned));
        walk(&item.parts, Some(&item.code), take);
    }
}

fn is_rewritten(item: &ChecklistItem, brought: &ChecklistItem) -> bool {
    item.standard != brought.standard || item.fill != brought.fill || item.retention != brought.retention
}

/// The items on which something stands, and the wholes that they are part of.
fn kept(items: &[ChecklistItem], has_evidence: impl Fn(ChecklistItemId) -> bool) -> HashSet<ChecklistItemId> {
    let by_id: HashMap<ChecklistItemId, &ChecklistItem> = items.iter().map(|item| (item.id, item)).collect();
    let is_written_on = |item: &&ChecklistItem| {
        item.state.is_some()
            || item.reason.is_some()
            || item.owner.is_some()
            || item.note.is_some()
            || item.code.is_none()
            || !item.own_words().is_empty()
            || has_evidence(item.id)
    };
    let mut kept = HashSet::new();
    for item in items.iter().filter(is_written_on) {
        let mut next = Some(item.id);
        while let Some(id) = next.filter(|id| kept.insert(*id)) {
            next = by_id.get(&id).and_then(|item| item.parent);
        }
    }
    kept
}
