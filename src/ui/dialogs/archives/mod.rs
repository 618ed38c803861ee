//! What is asked about archive checklists: making them, why an item stands as it does, what a piece of evidence is called
//! and where it belongs.

mod evidence;
mod making;
mod moving;
mod reason;

pub use evidence::EvidenceDialog;
pub use making::{MAKING, MakeChecklistsDialog};
pub use moving::{MoveEvidenceDialog, Target};
pub use reason::ReasonDialog;
