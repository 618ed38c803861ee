//! Archive checklists (档案清单) as they are shown: one with everything on it, all of a scope, what is missing.
//!
//! How an item stands is read anew for each question, from what was set, its evidence and the workbook's own records
//! ([`filling`]). Start at [`board`] for one checklist, at [`overview`] for those of a scope, at [`gaps`] for what is
//! missing.

mod board;
mod boxes;
mod by_hand;
mod catalogue;
mod due;
mod files;
mod filling;
mod gaps;
mod overview;
mod update;

pub use board::{ChecklistBoard, ItemLine, board, each_board, of_person, whose};
pub use boxes::{ArchiveBox, Boxes, boxes_of};
pub use by_hand::kept_by_hand;
pub(super) use catalogue::numbers_of_year;
pub use catalogue::{Catalogue, CatalogueLine, Numbers, catalogue_of, numbering_of, numbers_of, piece_numbers};
pub use due::{DueItem, due_items};
pub use files::{FilesAsk, MemberFile, is_asked_for, member_files};
pub use gaps::{Gap, GapAsk, gaps, without};
pub use overview::{
    ChecklistMade, OrganisationChecklists, OverviewAsk, Without, none_made, of_scope, of_year_and_members, overview,
    without_checklist,
};
pub use update::{Outdated, OutdatedItem, TemplateUse, of_template, outdated, template_use};

use crate::domain::checklists::Owner;
use crate::view::desk::Desk;

/// The name of who answers for an item.
fn owner_name(desk: &Desk, owner: &Owner) -> String {
    match owner {
        Owner::Person(id) => desk.directory().get(*id).map_or_else(String::new, |card| card.name.to_string()),
        Owner::Named(name) => name.clone(),
    }
}
