//! The boxes (盒) in which an archive lies, with what stands on each: from the catalogue and the places that its paper tells.
//!
//! In the numbering of the archives what is kept equally long lies together, in the branch's own each category. Paper of
//! which another place is told lies in another box. What has no number yet lies in none. 盒号 is no part of any number and
//! is written by hand.

use super::board::ChecklistBoard;
use super::catalogue::{CatalogueLine, catalogue_of};
use crate::domain::checklists::{ArchiveNumbers, EvidenceKind, Retention};
use crate::problem::Result;
use crate::view::desk::Desk;

/// A box of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveBox {
    /// 保管期限, where all in it are kept equally long.
    pub retention: Option<Retention>,
    /// The code and title of the category; none where several lie together.
    pub category: Option<String>,
    /// Where it stands (柜、盒), as its paper tells.
    pub place: Option<String>,
    /// 起止件号
    pub first: u32,
    pub last: u32,
    /// 件数
    pub pieces: usize,
    /// 页数, of those of which they are told.
    pub pages: u32,
    /// Pieces of which nobody told how many pages they have.
    pub uncounted: usize,
    /// Files of the same class: they lie in the store of attachments, in no box.
    pub files: usize,
}

/// The boxes of a checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boxes {
    /// In the order of its catalogue.
    pub boxes: Vec<ArchiveBox>,
    /// How its archive is numbered.
    pub numbers: Option<ArchiveNumbers>,
    /// Pieces without a number: nobody told how long they are kept.
    pub unnumbered: usize,
}

/// The boxes of a checklist, with how its archive is numbered.
pub fn boxes_of(desk: &Desk, board: &ChecklistBoard) -> Result<Boxes> {
    let catalogue = catalogue_of(desk, board)?;
    let is_archive = catalogue.is_archive();
    let (lines, without): (Vec<_>, Vec<_>) = catalogue.lines.iter().partition(|line| line.number.is_some());
    let unnumbered = without.len();
    let mut classes: Vec<Vec<&CatalogueLine>> = Vec::new();
    for line in lines {
        let is_of_last = classes.last().and_then(|class| class.first()).is_some_and(|first| {
            if is_archive { first.retention == line.retention } else { first.category == line.category }
        });
        match classes.last_mut() {
            Some(class) if is_of_last => class.push(line),
            _ => classes.push(vec![line]),
        }
    }
    let boxes = classes.iter().flat_map(|class| boxes_of_class(class, is_archive)).collect();
    Ok(Boxes { boxes, numbers: catalogue.numbers, unnumbered })
}

/// A box for each place of the paper of a class; of a class without paper one for what is printed of its files.
fn boxes_of_class(class: &[&CatalogueLine], is_archive: bool) -> Vec<ArchiveBox> {
    let mut places: Vec<(Option<&str>, Vec<&CatalogueLine>)> = Vec::new();
    for line in class {
        let EvidenceKind::Paper { cabinet } = &line.evidence.kind else { continue };
        match places.iter_mut().find(|(place, _)| *place == cabinet.as_deref()) {
            Some((_, there)) => there.push(line),
            None => places.push((cabinet.as_deref(), vec![line])),
        }
    }
    let papers: usize = places.iter().map(|(_, there)| there.len()).sum();
    let files = if places.is_empty() { 0 } else { class.len() - papers };
    if places.is_empty() {
        places.push((None, class.to_vec()));
    }
    places.iter().filter_map(|(place, there)| one(*place, there, files, is_archive)).collect()
}

fn one(place: Option<&str>, there: &[&CatalogueLine], files: usize, is_archive: bool) -> Option<ArchiveBox> {
    let (first, last) = (there.first()?, there.last()?);
    let (from, to) = (first.number.as_ref()?.number, last.number.as_ref()?.number);
    let is_same = there.iter().all(|line| line.retention == first.retention);
    Some(ArchiveBox {
        retention: first.retention.filter(|_| is_same),
        category: Some(first.category.clone()).filter(|_| !is_archive),
        place: place.map(str::to_owned),
        first: from,
        last: to,
        pieces: there.len(),
        pages: there.iter().filter_map(|line| line.evidence.pages).sum(),
        uncounted: there.iter().filter(|line| line.evidence.pages.is_none()).count(),
        files,
    })
}
