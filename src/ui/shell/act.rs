//! What the shell's own parts wish for; pages and dialogs have [`Wish`], which is one of these.

use std::path::PathBuf;

use super::front::Front;
use crate::domain::ids::EntryId;
use crate::ui::outbox::{Slot, Wish};

/// A wish of the shell.
pub enum Act {
    Wish(Wish),
    /// Show a dialog of the shell's own.
    Show(Box<dyn Front>),
    /// A file was chosen for whoever asked.
    Chosen(Slot, PathBuf),
    /// Open a workbook, though its journal does not go on from what was seen.
    OpenAnyway(PathBuf),
    /// Make a workbook and open it.
    Create(NewWorkbook),
    /// Begin with a roster: a new workbook, then the import of this file.
    BeginWithRoster(PathBuf),
    /// Take back, or make again, what changed nothing else since.
    Revert(Revert),
    /// Draft under this name: go on with it, or forget it.
    GoOnWithDraft(String),
    ForgetDraft(String),
    /// Close the workbook and show the start page.
    CloseWorkbook,
    /// Leave the program, whatever is unsaved.
    LeaveNow,
}

/// A workbook to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWorkbook {
    pub path: PathBuf,
    pub title: String,
    pub operator: String,
    /// A roster to import at once.
    pub roster: Option<PathBuf>,
}

/// An entry to be taken back, or an undo to be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revert {
    pub is_redo: bool,
    pub entry: Option<EntryId>,
    pub keep_changed: bool,
}
