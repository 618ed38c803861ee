//! The desktop around the program in a test: what it opened is looked at, and something is copied on it.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use branchdesk::engine::desktop::{Copied, Desktop};
use branchdesk::problem::Result;

/// A file that another program was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedFile {
    pub path: PathBuf,
    pub content: Vec<u8>,
    pub is_only_to_read: bool,
}

/// A desktop that opens nothing really.
#[derive(Debug, Default)]
pub struct OneDesktop {
    opened: Mutex<Vec<OpenedFile>>,
    copied: Mutex<Option<Copied>>,
}

impl OneDesktop {
    /// What other programs were given since it was asked last.
    pub fn take_opened(&self) -> Vec<OpenedFile> {
        std::mem::take(&mut *self.opened.lock().expect("unlocked"))
    }

    /// Something is copied in another program.
    pub fn copy(&self, copied: Copied) {
        *self.copied.lock().expect("unlocked") = Some(copied);
    }
}

impl Desktop for OneDesktop {
    fn open(&self, path: &Path) -> Result<()> {
        let opened = OpenedFile {
            path: path.to_owned(),
            content: std::fs::read(path)?,
            is_only_to_read: std::fs::metadata(path)?.permissions().readonly(),
        };
        self.opened.lock().expect("unlocked").push(opened);
        Ok(())
    }

    fn copied(&self) -> Result<Copied> {
        Ok(self.copied.lock().expect("unlocked").clone().unwrap_or(Copied::Nothing))
    }
}

/// A file that is dragged over the window.
#[derive(Debug)]
pub struct Dragged(pub PathBuf);

impl egui::DroppedFile for Dragged {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> std::result::Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}
