//! Running checklists whose template was changed since, and what bringing them to it would change (按模板更新).

use std::collections::{BTreeMap, HashSet};

use super::board::whose;
use crate::clock::Day;
use crate::domain::checklists::{Checklist, ChecklistItem, ItemChange, TemplateDifference, Templates, difference};
use crate::domain::ids::{ChecklistId, ChecklistItemId, RecordId};
use crate::problem::Result;
use crate::store::{checklists, journal};
use crate::view::desk::Desk;

/// A checklist that differs from its template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outdated {
    pub checklist: Checklist,
    pub whose: String,
    pub items: Vec<OutdatedItem>,
    /// The items whose state was set by hand and that would get parts: they stand as these do then.
    pub given_to_parts: Vec<String>,
}

/// An item that would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutdatedItem {
    pub code: String,
    /// As it would be called, or as it is where it would go.
    pub title: String,
    pub change: ItemChange,
    /// As it is; none of one that would come.
    pub now: Option<String>,
    /// As it would be; none of one that would go.
    pub then: Option<String>,
    /// Of one that would go: something stands on it, so that it stays as an item of one's own.
    pub is_kept: bool,
    /// What stays since the office wrote it itself, though the template says otherwise: 「标准」.
    pub own: Vec<&'static str>,
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
        let given_to_parts = given_to_parts(&items, &differing);
        let items: Vec<OutdatedItem> = differing.iter().filter_map(item).collect();
        let changes = items.iter().any(|item| item.change != ItemChange::Own);
        if changes || checklist.version != template.version {
            found.push(Outdated { whose: whose(desk, &checklist), checklist, items, given_to_parts });
        }
    }
    Ok(found)
}

/// What would happen to an item; nothing where nobody would see it.
fn item(one: &TemplateDifference<'_>) -> Option<OutdatedItem> {
    let now = one.item.map(item_in_words);
    let wanted = one.wanted.as_ref().map(|(wanted, _)| {
        let fill = wanted.fill.as_ref().map(|fill| fill.label());
        let retention = wanted.retention.map(|retention| retention.label());
        in_words(&wanted.title, wanted.standard.as_deref(), fill, retention)
    });
    let wanted_title = one.wanted.as_ref().map(|(wanted, _)| wanted.title.trim());
    let title = one.brought.as_ref().or(one.item).map(|item| item.title.as_str()).or(wanted_title);
    Some(OutdatedItem {
        code: one.code().to_owned(),
        title: title.unwrap_or_default().to_owned(),
        change: one.change()?,
        now,
        then: one.brought.as_ref().map(item_in_words).or(wanted),
        is_kept: one.is_kept,
        own: one.own_words(),
    })
}

fn given_to_parts(items: &[ChecklistItem], differing: &[TemplateDifference<'_>]) -> Vec<String> {
    let gets = |item: &&ChecklistItem| {
        let mut wholes =
            differing.iter().filter(|one| one.item.is_none()).filter_map(|one| one.wanted.as_ref()?.1.as_deref());
        item.state.is_some() && item.code.is_some() && wholes.any(|code| item.code.as_deref() == Some(code))
    };
    items.iter().filter(gets).map(|item| item.title.clone()).collect()
}

fn item_in_words(item: &ChecklistItem) -> String {
    let fill = item.fill.as_ref().map(|fill| fill.label());
    let retention = item.retention.map(|retention| retention.label());
    in_words(&item.title, item.standard.as_deref(), fill, retention)
}

/// How a template stands in the workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TemplateUse {
    /// What the workbook keeps of it; none of one that is as the program brings it.
    pub record: Option<RecordId>,
    /// When it was changed last, and by whom.
    pub changed: Option<(Day, String)>,
    /// The program brings it.
    pub is_shipped: bool,
    /// How many checklists were made from it.
    pub made: usize,
    /// Those of them that are of an earlier version.
    pub behind: Vec<ChecklistId>,
}

/// How a template stands in the workbook.
pub fn template_use(desk: &Desk, code: &str) -> Result<TemplateUse> {
    let changes = checklists::template_changes(desk.reader())?;
    let record = changes.into_iter().find(|change| change.template.code == code).map(|change| change.id);
    let changed = match record {
        Some(record) => journal::of_record(desk.reader(), record, 1)?.into_iter().next(),
        None => None,
    };
    Ok(TemplateUse {
        record,
        changed: changed.map(|entry| (entry.at.day(), entry.operator)),
        is_shipped: Templates::shipped()?.get(code).is_some(),
        made: checklists::by_template(desk.reader(), code)?.len(),
        behind: of_template(desk, code)?,
    })
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
