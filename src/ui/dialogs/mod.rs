//! Dialogs: a stack on top of the page. Each is a struct that keeps its drafts.

pub mod add_member;
mod branch_choice;
pub mod edit_member;
pub mod export;
mod member_form;
mod parking;
pub mod place;
pub mod print;
mod revealed;
mod saving;

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
}
