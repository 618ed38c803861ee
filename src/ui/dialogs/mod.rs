//! Dialogs: a stack on top of the page. Each is a struct that keeps its drafts.

pub mod add_member;
pub mod adopting;
pub mod appointment;
pub mod archives;
mod branch_choice;
pub mod bulk_edit;
pub mod close_follow_up;
pub mod compose;
pub mod day_field;
mod discarding;
pub mod edit_member;
pub mod edit_preview;
pub mod event;
pub mod export;
pub mod extra_field;
pub mod fact_history;
pub mod filter_name;
pub mod handover;
pub mod member_form;
pub mod newcomer;
pub mod organisation;
mod parking;
mod people;
pub mod print;
pub mod put_off;
pub mod revealed;
mod saving;
pub mod talk_type;
pub(super) mod typed_date;
pub mod upper_form;
pub mod voiding;

pub(super) use discarding::Discarding;
pub(super) use parking::Parking;
pub(super) use saving::Saving;

use super::outbox::Outbox;
use super::scene::Scene;

/// Whether a dialog stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stay {
    Open,
    Closed,
}

/// A dialog on the stack.
pub trait Dialog {
    /// Draws it; only the topmost is drawn each frame, with what lies below dimmed.
    fn show(&mut self, ctx: &egui::Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay;

    /// Whether something was typed that is not saved: leaving the program asks first.
    fn is_dirty(&self) -> bool {
        false
    }
}

/// The dialog that a parked draft goes on in, by the draft's name; `None` for a name that no dialog knows.
pub fn of_draft(name: &str, draft: &serde_json::Value) -> Option<Box<dyn Dialog>> {
    if let Some(form) = organisation::OrganisationForm::of_draft(name, draft) {
        return Some(Box::new(form));
    }
    if let Some(who) = newcomer::Newcomer::of_draft(name) {
        return Some(Box::new(add_member::AddMember::new(who)));
    }
    if name.starts_with(edit_member::DRAFT) {
        let person = edit_member::person_of(draft)?;
        return Some(Box::new(edit_member::EditMember::new(person)));
    }
    None
}
