//! What the shell's own parts wish for; pages and dialogs have [`Wish`], which is one of these.

use std::path::PathBuf;

use super::front::Front;
use super::passage::Then;
use crate::engine::Revert;
use crate::store::restore::Staged;
use crate::ui::outbox::{Slot, Wish};

/// A wish of the shell.
pub enum Act {
    Wish(Wish),
    /// Show a dialog of the shell's own.
    Show(Box<dyn Front>),
    /// A file was chosen for whoever asked.
    Chosen(Slot, PathBuf),
    /// Open a workbook, whatever is unsaved; perhaps though its journal does not go on from what was seen.
    OpenNow {
        path: PathBuf,
        even_if_diverged: bool,
    },
    /// Put a backup in the place of the open workbook, whatever is unsaved; the text says of when it is.
    RestoreNow(Staged, String),
    /// Make a workbook and open it.
    Create(NewWorkbook),
    /// Begin with a roster: a new workbook, then the import of this file.
    BeginWithRoster(PathBuf),
    /// Open the practice workbook.
    Practise,
    /// Take a workbook off the list of recent ones; the file stays.
    ForgetRecent(PathBuf),
    /// Open a file that was written with the program that the system has for it.
    OpenFile(PathBuf),
    /// Take an entry back, or make it again.
    Revert(Revert),
    /// Draft under this name: go on with it, or forget it.
    GoOnWithDraft(String),
    ForgetDraft(String),
    /// Close the workbook and show the start page; asks first where something is unsaved.
    CloseWorkbook,
    /// Close the workbook, whatever is unsaved.
    CloseNow(Then),
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
