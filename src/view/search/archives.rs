//! What a text finds in archive checklists (档案清单): what is called exactly so, then checklists by whose they are and
//! what they are called, then items, then evidence by its title or by the name of its file, the newest first. Start at [`archives`].

use crate::domain::checklists::{Checklist, ChecklistItem, Evidence, Of};
use crate::domain::ids::{ChecklistItemId, EvidenceId};
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

/// What was found, the first of it, and how much there is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArchivesFound {
    pub hits: Vec<ArchiveHit>,
    pub all: usize,
}

/// Something that was found and is not read yet.
enum Candidate {
    Checklist(Box<ArchiveHit>),
    Item(ChecklistItemId),
    Evidence(EvidenceId),
}

/// What a text finds, of that at most `limit`; all its words must stand in it. What is called exactly so comes first, and of
/// that evidence before items: the same item stands in every checklist.
pub fn archives(desk: &Desk, text: &str, limit: usize) -> Result<ArchivesFound> {
    let terms: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let Some(longest) = terms.iter().max_by_key(|term| term.chars().count()) else {
        return Ok(ArchivesFound::default());
    };
    let holds = |text: &str| {
        let text = text.to_lowercase();
        terms.iter().all(|term| text.contains(term.as_str()))
    };
    let exact = text.trim().to_lowercase();
    let is_exact = |title: &str| title.trim().to_lowercase() == exact;
    let mut found = Vec::new();
    let mut lists = checklists::all(desk.reader())?;
    lists.reverse();
    for list in lists {
        let place = place(desk, &list);
        if holds(&place) {
            let rank = if is_exact(&list.title) { 0 } else { 3 };
            let hit = hit(ArchiveHitKind::Checklist, list.title.clone(), list, place, None);
            found.push((rank, Candidate::Checklist(Box::new(hit))));
        }
    }
    for item in checklists::items_called(desk.reader(), longest)? {
        if holds(&item.title) {
            let rank = if is_exact(&item.title) { 2 } else { 4 };
            found.push((rank, Candidate::Item(ChecklistItemId(item.id))));
        }
    }
    for evidence in checklists::evidence_called(desk.reader(), longest)? {
        if holds(&format!("{} {}", evidence.title, evidence.file_name)) {
            let rank = if is_exact(&evidence.title) { 1 } else { 5 };
            found.push((rank, Candidate::Evidence(EvidenceId(evidence.id))));
        }
    }
    // Stable: within a rank the newest stand first.
    found.sort_by_key(|(rank, _)| *rank);
    let all = found.len();
    let mut hits = Vec::new();
    for (_, candidate) in found {
        if hits.len() == limit {
            break;
        }
        hits.extend(read(desk, candidate)?);
    }
    Ok(ArchivesFound { hits, all })
}

fn read(desk: &Desk, candidate: Candidate) -> Result<Option<ArchiveHit>> {
    let (what, title, id) = match candidate {
        Candidate::Checklist(hit) => return Ok(Some(*hit)),
        Candidate::Item(id) => (ArchiveHitKind::Item, None, Some(id)),
        Candidate::Evidence(id) => {
            let evidence = desk.reader().get::<Evidence>(id.0)?;
            let item = evidence.as_ref().and_then(|evidence| evidence.belongs.item());
            (ArchiveHitKind::Evidence, evidence.map(|evidence| evidence.title), item)
        }
    };
    let Some(id) = id else { return Ok(None) };
    let Some(item) = desk.reader().get::<ChecklistItem>(id.0)? else { return Ok(None) };
    let list = desk.reader().get::<Checklist>(item.checklist.0)?;
    Ok(list.map(|list| {
        let place = place(desk, &list);
        hit(what, title.unwrap_or(item.title), list, place, Some(id))
    }))
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
