//! The shell's own dialogs: they are there with and without a workbook.
//! Must never know a page. Start at [`Front`].

pub mod breakdown;
pub mod conflict;
pub mod diverged;
pub mod files;
pub mod forgetting;
pub mod keys;
pub mod leaving;
pub mod new_workbook;
pub mod operator;
pub mod problem;
pub mod receiving;
pub mod settings;

use std::path::Path;

use egui::Context;

use super::act::Act;
use super::host::Host;
use crate::ui::dialogs::Stay;
use crate::ui::outbox::Slot;

/// A dialog of the shell.
pub trait Front {
    /// Draws it; only the topmost is drawn.
    fn show(&mut self, ctx: &Context, host: &Host, acts: &mut Vec<Act>) -> Stay;

    /// Whether it asks if the program may be left; it is not asked twice at once.
    fn asks_to_leave(&self) -> bool {
        false
    }

    /// A file was chosen under this slot; tells whether it was asked for here.
    fn take_file(&mut self, slot: &Slot, path: &Path) -> bool {
        let _ = (slot, path);
        false
    }
}
