//! The catalogue of a checklist (归档文件目录): its evidence in order, each piece with its number. Every paper, file name and
//! page that shows a number has it from here.

use std::collections::HashMap;
use std::sync::Arc;

use super::board::ChecklistBoard;
use crate::clock::Day;
use crate::domain::checklists::{
    ArchiveNumbers, Checklist, Evidence, Numbering, Of, Piece, PieceNumber, PieceNumbers, Place, Retention,
};
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::OrganisationTree;
use crate::problem::Result;
use crate::store::checklists;
use crate::view::desk::Desk;

/// The catalogue of a checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// How it is numbered; none where nobody told, and of a member's file: as the branch's own.
    pub numbers: Option<ArchiveNumbers>,
    /// By 保管期限 and then as the pieces lie; in the branch's own numbering just as they lie.
    pub lines: Vec<CatalogueLine>,
}

/// A line of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueLine {
    pub evidence: Evidence,
    pub retention: Option<Retention>,
    /// None where the archives number and nobody told how long it is kept.
    pub number: Option<PieceNumber>,
    /// The 类别号 and title of the item at the top.
    pub category: String,
}

impl Catalogue {
    /// Whether it is numbered for the archives, retention by retention.
    pub fn is_archive(&self) -> bool {
        self.numbers.as_ref().is_some_and(|numbers| numbers.numbering == Numbering::Archive)
    }
}

/// The catalogue of a checklist. Of several versions only the final one is in it.
pub fn catalogue_of(desk: &Desk, board: &ChecklistBoard) -> Result<Catalogue> {
    let numbered = piece_numbers(desk, board)?;
    let mut lines = Vec::new();
    let (mut category, mut suggested) = (String::new(), Vec::new());
    for line in &board.lines {
        if line.depth == 0 {
            category = format!("{} {}", numbered.category(line.item.id).unwrap_or_default(), line.item.title);
        }
        // What the whole suggests counts for parts that suggest nothing.
        suggested.truncate(line.depth);
        let own = line.item.retention.or(suggested.last().copied().flatten());
        suggested.push(own);
        lines.extend(line.evidence.iter().filter(|evidence| evidence.is_final).map(|evidence| CatalogueLine {
            evidence: evidence.clone(),
            retention: evidence.retention.or(own),
            number: numbered.get(evidence.id).cloned(),
            category: category.trim().to_owned(),
        }));
    }
    let catalogue = Catalogue { numbers: numbers_of(desk, &board.checklist)?, lines };
    Ok(if catalogue.is_archive() { by_retention(catalogue) } else { catalogue })
}

/// Those of which nobody knows how long come last.
fn by_retention(mut catalogue: Catalogue) -> Catalogue {
    catalogue.lines.sort_by_key(|line| (line.retention.is_none(), line.retention));
    catalogue
}

/// The numbers of the pieces of a checklist, among others: all of its year are counted together, a member's file alone.
pub fn piece_numbers(desk: &Desk, board: &ChecklistBoard) -> Result<Arc<PieceNumbers>> {
    match board.checklist.of {
        Of::Year(year) => desk.piece_numbers(year),
        Of::Person(_) => {
            let places: Vec<Place> = board.lines.iter().map(|line| Place::of(&line.item)).collect();
            let pieces: Vec<Piece> = board.lines.iter().flat_map(|line| &line.evidence).filter_map(Piece::of).collect();
            Ok(Arc::new(PieceNumbers::count(&[(board.checklist.clone(), None)], &places, &pieces)))
        }
    }
}

/// The numbers of all pieces of a year. The checklists stand in the order of the tree as it was at the end of the year, so
/// that no number changes when an organisation moves later, those of one organisation in the order of the templates.
pub(in crate::view) fn numbers_of_year(desk: &Desk, year: i16) -> Result<PieceNumbers> {
    let tree = tree_of(desk, year);
    let places: HashMap<OrganisationId, usize> =
        tree.within(None).into_iter().zip(0..).map(|(node, place)| (node.id, place)).collect();
    let templates = checklists::templates(desk.reader())?;
    let mut lists = checklists::in_year(desk.reader(), year)?;
    lists.sort_by_cached_key(|list| {
        let place = places.get(&list.organisation).copied();
        let template = templates.all().iter().position(|template| template.code == list.template);
        (place.is_none(), place, list.organisation, template.is_none(), template, list.id)
    });
    let told = checklists::numbers(desk.reader())?;
    let numbered: Vec<_> = lists
        .into_iter()
        .map(|list| {
            let numbers = resolved(&tree, &told, list.organisation);
            (list, numbers)
        })
        .collect();
    let items = checklists::places_of_year(desk.reader(), year)?;
    Ok(PieceNumbers::count(&numbered, &items, &checklists::pieces_of_year(desk.reader(), year)?))
}

/// The tree at the end of a year.
fn tree_of(desk: &Desk, year: i16) -> Arc<OrganisationTree> {
    desk.tree_on(Day::new(year, 12, 31).unwrap_or(Day::MAX))
}

/// How a checklist of a year is numbered: as its organisation says and those that stood above it then; none where nobody
/// says anything, and of a member's file.
pub fn numbers_of(desk: &Desk, checklist: &Checklist) -> Result<Option<ArchiveNumbers>> {
    match checklist.of {
        Of::Year(year) => {
            let told = checklists::numbers(desk.reader())?;
            Ok(resolved(&tree_of(desk, year), &told, checklist.organisation))
        }
        Of::Person(_) => Ok(None),
    }
}

fn resolved(tree: &OrganisationTree, told: &[ArchiveNumbers], of: OrganisationId) -> Option<ArchiveNumbers> {
    let upwards = tree.lineage(of);
    ArchiveNumbers::resolved(upwards.filter_map(|node| told.iter().find(|numbers| numbers.organisation == node.id)))
}

/// How an organisation numbers its archive, by its own word and by that of those above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// The organisation's name.
    pub name: String,
    pub own: Option<ArchiveNumbers>,
    /// What holds where it says nothing itself, with the name of the nearest that says something.
    pub inherited: Option<(ArchiveNumbers, String)>,
}

/// How an organisation numbers its archive, and what it would do without a word of its own.
pub fn numbering_of(desk: &Desk, organisation: OrganisationId) -> Result<Numbers> {
    let all = checklists::numbers(desk.reader())?;
    let tree = desk.tree();
    let tells = |id: OrganisationId| all.iter().find(|numbers| numbers.organisation == id);
    let nearest = tree.lineage(organisation).skip(1).find(|node| tells(node.id).is_some());
    let inherited = nearest.and_then(|node| Some((resolved(tree, &all, node.id)?, node.shown_name().to_owned())));
    Ok(Numbers { name: desk.scope_name(Some(organisation)), own: tells(organisation).cloned(), inherited })
}
