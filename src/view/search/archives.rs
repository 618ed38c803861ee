//! What a text finds in archive checklists (档案清单): checklists by whose they are and what they are called, then items,
//! then evidence by its title or by the name of its file, the newest first. Start at [`archives`].

use crate::domain::checklists::{Checklist, ChecklistItem, Evidence, EvidenceKind, Of};
use crate::domain::ids::ChecklistItemId;
use crate::problem::Result;
use crate::store::checklists;
use crate::view::checklists::whose;
use crate::view::desk::Desk;

/// Something of an archive that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveHit {
    pub what: ArchiveHitKind,
    /// The title of what was found.
    pub title: String,
    /// The checklist in which it stands.
    pub checklist: Checklist,
    /// 「局机关第一党支部 2026年党支部工作档案」
    pub place: String,
    /// The item that it is, or to which it belongs.
    pub item: Option<ChecklistItemId>,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArchiveHitKind {
    Checklist,
    Item,
    Evidence,
}

impl ArchiveHitKind {
    pub fn label(self) -> &'static str {
        match self {
            Self::Checklist => "档案清单",
            Self::Item => "清单项",
            Self::Evidence => "材料",
        }
    }

    /// The name in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Checklist => "checklist",
            Self::Item => "checklist_item",
            Self::Evidence => "evidence",
        }
    }
}

/// What a text finds, at most `limit`; all its words must stand in it.
pub fn archives(desk: &Desk, text: &str, limit: usize) -> Result<Vec<ArchiveHit>> {
    let terms: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let Some(longest) = terms.iter().max_by_key(|term| term.chars().count()) else { return Ok(Vec::new()) };
    let holds = |text: &str| {
        let text = text.to_lowercase();
        terms.iter().all(|term| text.contains(term.as_str()))
    };
    let mut found = Vec::new();
    let mut lists = checklists::all(desk.reader())?;
    lists.reverse();
    for list in lists {
        let place = place(desk, &list);
        if found.len() < limit && holds(&place) {
            found.push(hit(ArchiveHitKind::Checklist, list.title.clone(), list, place, None));
        }
    }
    if found.len() < limit {
        checklists::items_called(desk.reader(), longest, |item| {
            if holds(&item.title)
                && let Some(list) = desk.reader().get::<Checklist>(item.checklist.0)?
            {
                let place = place(desk, &list);
                found.push(hit(ArchiveHitKind::Item, item.title, list, place, Some(item.id)));
            }
            Ok(found.len() < limit)
        })?;
    }
    if found.len() < limit {
        checklists::evidence_called(desk.reader(), longest, |evidence| {
            if holds(&words(&evidence)) {
                found.extend(of_evidence(desk, evidence)?);
            }
            Ok(found.len() < limit)
        })?;
    }
    Ok(found)
}

fn of_evidence(desk: &Desk, evidence: Evidence) -> Result<Option<ArchiveHit>> {
    let Some(id) = evidence.belongs.item() else { return Ok(None) };
    let item = desk.reader().get::<ChecklistItem>(id.0)?;
    let list = match item {
        Some(item) => desk.reader().get::<Checklist>(item.checklist.0)?,
        None => None,
    };
    Ok(list.map(|list| {
        let place = place(desk, &list);
        hit(ArchiveHitKind::Evidence, evidence.title, list, place, Some(id))
    }))
}

/// The title, and the name that the file had.
fn words(evidence: &Evidence) -> String {
    match &evidence.kind {
        EvidenceKind::File { name, .. } => format!("{} {name}", evidence.title),
        EvidenceKind::Paper { .. } => evidence.title.clone(),
    }
}

fn place(desk: &Desk, list: &Checklist) -> String {
    let whose = whose(desk, list);
    match list.of {
        Of::Year(year) => format!("{whose} {year}年{}", list.title),
        Of::Person(_) => format!("{whose} 的{}", list.title),
    }
}

fn hit(
    what: ArchiveHitKind,
    title: String,
    checklist: Checklist,
    place: String,
    item: Option<ChecklistItemId>,
) -> ArchiveHit {
    ArchiveHit { what, title, checklist, place, item }
}
