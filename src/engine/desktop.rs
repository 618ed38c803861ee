//! What the desktop around the program does for it: it opens files with other programs, and holds what was copied.
//!
//! Everything here may block, so it is called from jobs. A test passes a desktop of its own. Start at [`Desktop`].

use std::fmt::Debug;
use std::path::{Path, PathBuf};

use crate::print::printer::open_with_system;
use crate::problem::{Problem, ProblemKind, Result};

/// The desktop.
pub trait Desktop: Debug + Send + Sync {
    /// Opens a file with the program that the system has for it.
    fn open(&self, path: &Path) -> Result<()>;

    /// What was copied in other programs.
    fn copied(&self) -> Result<Copied>;
}

/// What lies on the clipboard, as far as it can become a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copied {
    Files(Vec<PathBuf>),
    Picture {
        width: u32,
        height: u32,
        /// Red, green, blue and opacity of each pixel, line by line.
        rgba: Vec<u8>,
    },
    /// Text, or nothing at all.
    Nothing,
}

/// That of the system.
#[derive(Debug, Clone, Copy)]
pub struct SystemDesktop;

impl Desktop for SystemDesktop {
    fn open(&self, path: &Path) -> Result<()> {
        open_with_system(path)
    }

    /// Files before a picture: who copies a picture's file in the file manager means the file. The window holds a
    /// clipboard of its own for texts; both only ask the system, one after the other.
    fn copied(&self) -> Result<Copied> {
        let mut clipboard = arboard::Clipboard::new().map_err(not_read)?;
        let files = match clipboard.get().file_list() {
            Ok(files) if !files.is_empty() => return Ok(Copied::Files(files)),
            other => other,
        };
        // Some programs that hold a picture answer with a fault when they are asked for files.
        match clipboard.get_image() {
            Ok(picture) => {
                let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
                let (width, height) = (side(picture.width), side(picture.height));
                Ok(Copied::Picture { width, height, rgba: picture.bytes.into_owned() })
            }
            Err(arboard::Error::ContentNotAvailable) => match files {
                Ok(_) | Err(arboard::Error::ContentNotAvailable) => Ok(Copied::Nothing),
                Err(error) => Err(not_read(error)),
            },
            Err(error) => Err(not_read(error)),
        }
    }
}

fn not_read(error: arboard::Error) -> Problem {
    Problem::new(ProblemKind::Storage, "没有粘贴", "系统的剪贴板现在读不出来")
        .next("再复制一次；还是不行，就把文件拖进来，或用“添文件”")
        .detail(error.to_string())
}
