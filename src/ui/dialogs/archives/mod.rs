//! What is asked about archive checklists: making them, why an item stands as it does, what a piece of evidence is called
//! and where it belongs, how it is numbered, and packing it all.

mod evidence;
mod inspection;
mod making;
mod moving;
mod naming;
mod numbers;
mod packing;
mod reason;
mod updating;

pub use evidence::EvidenceDialog;
pub use inspection::InspectionDialog;
pub use making::{MAKING, MakeChecklistsDialog};
pub use moving::{MoveEvidenceDialog, Target};
pub use naming::NewTemplateDialog;
pub use numbers::NumbersDialog;
pub use packing::PackDialog;
pub use reason::ReasonDialog;
pub use updating::UpdateChecklistsDialog;

/// The slot of the write that makes a template.
pub const NEW_TEMPLATE: &str = "new template";
