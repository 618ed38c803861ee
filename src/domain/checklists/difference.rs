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
    /// Of one that is gone: something stands on it, or on its parts, so that it stays as an item of one's own.
    pub is_kept: bool,
}

impl TemplateDifference<'_> {
    /// The code of the template's item.
    pub fn code(&self) -> &str {
        let wanted = self.wanted.as_ref().map(|(wanted, _)| wanted.code.as_str());
        wanted.or_else(|| self.item.and_then(|item| item.code.as_deref())).unwrap_or_default()
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
        if item.is_none_or(|item| differs(item, wanted)) {
            found.push(TemplateDifference { item, wanted: Some((wanted, whole)), is_kept: false });
        }
    });
    let is_gone = |item: &&ChecklistItem| item.code.as_deref().is_some_and(|code| !known.contains(code));
    let kept = kept(items, has_evidence);
    found.extend(items.iter().filter(is_gone).map(|item| TemplateDifference {
        item: Some(item),
        wanted: None,
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

fn differs(item: &ChecklistItem, wanted: &TemplateItem) -> bool {
    let standard = wanted.standard.as_deref().map(str::trim).filter(|standard| !standard.is_empty());
    item.title != wanted.title.trim()
        || item.standard.as_deref() != standard
        || item.fill != wanted.fill
        || item.retention != wanted.retention
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
