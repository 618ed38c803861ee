//! Running checklists whose template was changed since, and what bringing them to it would change (按模板更新).

use std::collections::{BTreeMap, HashSet};

use super::board::whose;
use crate::domain::checklists::{Checklist, difference};
use crate::domain::ids::{ChecklistId, ChecklistItemId};
use crate::problem::Result;
use crate::store::checklists;
use crate::view::desk::Desk;

/// A checklist that differs from its template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outdated {
    pub checklist: Checklist,
    pub whose: String,
    pub items: Vec<OutdatedItem>,
}

/// An item that would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutdatedItem {
    pub code: String,
    /// As it is; none of one that would come.
    pub now: Option<String>,
    /// As it would be; none of one that would go.
    pub then: Option<String>,
    /// Of one that would go: something stands on it, so that it stays as an item of one's own.
    pub is_kept: bool,
}

/// What would change of these checklists; those that are as their template are not there.
pub fn outdated(desk: &Desk, ids: &[ChecklistId]) -> Result<Vec<Outdated>> {
    let templates = checklists::templates(desk.reader())?;
    let mut found = Vec::new();
    for id in ids {
        let Some(checklist) = desk.reader().get::<Checklist>(id.0)? else { continue };
        let Some(template) = templates.get(&checklist.template) else { continue };
        let items = checklists::items(desk.reader(), *id)?;
        let evidence = checklists::evidence_of(desk.reader(), *id)?;
        let used: HashSet<ChecklistItemId> = evidence.iter().filter_map(|one| one.belongs.item()).collect();
        let differing = difference(template, &items, |id| used.contains(&id));
        let items: Vec<OutdatedItem> = differing
            .iter()
            .map(|one| OutdatedItem {
                code: one.code().to_owned(),
                now: one.item.map(|item| {
                    let fill = item.fill.as_ref().map(|fill| fill.label());
                    let retention = item.retention.map(|retention| retention.label());
                    in_words(&item.title, item.standard.as_deref(), fill, retention)
                }),
                then: one.wanted.as_ref().map(|(wanted, _)| {
                    let fill = wanted.fill.as_ref().map(|fill| fill.label());
                    let retention = wanted.retention.map(|retention| retention.label());
                    in_words(&wanted.title, wanted.standard.as_deref(), fill, retention)
                }),
                is_kept: one.is_kept,
            })
            .collect();
        if !items.is_empty() || checklist.version != template.version {
            found.push(Outdated { whose: whose(desk, &checklist), checklist, items });
        }
    }
    Ok(found)
}

/// The checklists of a template that are not of its version, by year and organisation.
pub fn of_template(desk: &Desk, code: &str) -> Result<Vec<ChecklistId>> {
    let Some(version) = checklists::templates(desk.reader())?.get(code).map(|template| template.version) else {
        return Ok(Vec::new());
    };
    let all = checklists::by_template(desk.reader(), code)?.into_iter();
    let old: BTreeMap<(i64, ChecklistId), ChecklistId> = all
        .filter(|checklist| checklist.version != version)
        .map(|checklist| ((checklist.organisation.0, checklist.id), checklist.id))
        .collect();
    Ok(old.into_values().collect())
}

fn in_words(title: &str, standard: Option<&str>, fill: Option<&str>, retention: Option<&str>) -> String {
    let parts = [
        Some(title.trim().to_owned()),
        standard.map(|standard| format!("标准：{}", standard.trim())),
        fill.map(|fill| format!("自动：{fill}")),
        retention.map(|retention| format!("保管期限 {retention}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("；")
}
