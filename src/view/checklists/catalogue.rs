//! The catalogue of a checklist (归档文件目录): its evidence in order, each piece with its number.

use super::board::ChecklistBoard;
use crate::domain::checklists::{ArchiveNumbers, Evidence, Of, Piece, Retention, catalogue};
use crate::domain::ids::OrganisationId;
use crate::problem::Result;
use crate::store::checklists;
use crate::view::desk::Desk;

/// A line of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueLine {
    pub evidence: Evidence,
    pub retention: Option<Retention>,
    /// 件号 within its class.
    pub number: u32,
    /// 档号; none where nobody told how long it is kept.
    pub code: Option<String>,
    /// The code and title of the item at the top.
    pub category: String,
}

/// The catalogue of a checklist. A member's file has none of a year: it is numbered as the branch's own, in the year in
/// which it was begun.
pub fn catalogue_of(desk: &Desk, board: &ChecklistBoard) -> Result<Vec<CatalogueLine>> {
    let numbers = numbers_of(desk, board.checklist.organisation)?;
    let year = match board.checklist.of {
        Of::Year(year) => year,
        Of::Person(_) => board.checklist.made_on.year(),
    };
    let mut pieces = Vec::new();
    let (mut code, mut suggested) = ("", Vec::new());
    for line in &board.lines {
        if line.depth == 0 {
            code = line.item.code.as_deref().unwrap_or_default();
        }
        // What the whole suggests counts for parts that suggest nothing.
        suggested.truncate(line.depth);
        let own = line.item.retention.or(suggested.last().copied().flatten());
        suggested.push(own);
        pieces.extend(line.evidence.iter().map(|evidence| Piece { evidence, category: code, suggested: own }));
    }
    let lines = catalogue(year, numbers.as_ref(), &pieces).into_iter().map(|entry| CatalogueLine {
        evidence: entry.piece.evidence.clone(),
        retention: entry.retention,
        number: entry.number,
        code: entry.code,
        category: category_of(board, entry.piece.evidence),
    });
    Ok(lines.collect())
}

fn category_of(board: &ChecklistBoard, evidence: &Evidence) -> String {
    let top = evidence.belongs.item().and_then(|item| board.top(item));
    top.map_or_else(String::new, |top| {
        format!("{} {}", top.item.code.as_deref().unwrap_or_default(), top.item.title).trim().to_owned()
    })
}

/// How an organisation numbers its archive: as it says itself, else as the nearest one above it that says something.
pub fn numbers_of(desk: &Desk, organisation: OrganisationId) -> Result<Option<ArchiveNumbers>> {
    let all = checklists::numbers(desk.reader())?;
    let mut upwards = desk.tree().lineage(organisation);
    Ok(upwards.find_map(|node| all.iter().find(|numbers| numbers.organisation == node.id).cloned()))
}

/// How an organisation numbers its archive, by its own word and by that of those above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// The organisation's name.
    pub name: String,
    pub own: Option<ArchiveNumbers>,
    /// What holds where it says nothing itself, with the name of whose it is.
    pub inherited: Option<(ArchiveNumbers, String)>,
}

/// How an organisation numbers its archive, and what it would do without a word of its own.
pub fn numbering_of(desk: &Desk, organisation: OrganisationId) -> Result<Numbers> {
    let all = checklists::numbers(desk.reader())?;
    let of = |id: OrganisationId| all.iter().find(|numbers| numbers.organisation == id).cloned();
    let mut upwards = desk.tree().lineage(organisation).skip(1);
    Ok(Numbers {
        name: desk.scope_name(Some(organisation)),
        own: of(organisation),
        inherited: upwards.find_map(|node| Some((of(node.id)?, node.shown_name().to_owned()))),
    })
}
