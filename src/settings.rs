//! The user's settings (本机设置): recent workbooks, operator, window, renderer. One file, written whole.
//!
//! It lies beside the program when a folder `data` is there (portable), else in the user's own configuration folder.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::files::write_whole;
use crate::problem::{Problem, Result};

/// What this machine remembers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct UserSettings {
    /// Who works here (操作人).
    pub operator: String,
    /// Newest first.
    pub recent: Vec<Recent>,
    pub window: WindowState,
    pub theme: ThemeChoice,
    /// Scale of the window's content, in percent; 100 unless chosen.
    pub scale_percent: Option<u16>,
    /// The renderer that drew last time: `glow` or `wgpu`.
    pub renderer: Option<String>,
    /// What the screens keep about columns, filters and the like, by screen.
    pub layout: serde_json::Map<String, serde_json::Value>,
}

/// A workbook opened before, with what its journal looked like then: a copy that diverged is noticed by it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recent {
    pub path: PathBuf,
    /// Milliseconds since 1970.
    pub opened_at: i64,
    /// The identity of the workbook.
    pub identity: i64,
    /// The last entry seen, and its chain in hexadecimal.
    pub last_entry: i64,
    pub chain: String,
    /// When that entry was made, in milliseconds since 1970, and by whom: to tell it by, without what it says.
    #[serde(default)]
    pub last_at: i64,
    #[serde(default)]
    pub last_operator: String,
}

/// Where the window was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowState {
    pub position: Option<(f32, f32)>,
    pub size: Option<(f32, f32)>,
    pub maximized: bool,
}

/// 浅色、深色、高对比
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    #[default]
    Light,
    Dark,
    HighContrast,
}

/// Recent workbooks that are kept.
const RECENT_KEPT: usize = 10;

impl UserSettings {
    /// Reads the file; a missing one gives the defaults, a damaged one is set aside.
    pub fn read(folder: &Path, at: Moment) -> Result<Self> {
        let path = file_in(folder);
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(error.into()),
        };
        match serde_json::from_slice(&text) {
            Ok(settings) => Ok(settings),
            Err(error) => {
                tracing::warn!(%error, "the settings are damaged and are set aside");
                std::fs::rename(&path, folder.join(format!("settings-损坏-{}.json", at.stamp())))?;
                Ok(Self::default())
            }
        }
    }

    /// Writes the file whole.
    pub fn write(&self, folder: &Path) -> Result<()> {
        std::fs::create_dir_all(folder)?;
        let text = serde_json::to_vec_pretty(self).map_err(|error| Problem::fault(error.to_string()))?;
        write_whole(&file_in(folder), &text, true)
    }

    /// Puts a workbook first among the recent ones.
    pub fn opened(&mut self, recent: Recent) {
        self.recent.retain(|other| other.path != recent.path);
        self.recent.insert(0, recent);
        self.recent.truncate(RECENT_KEPT);
    }
}

/// The folder of the user's settings: beside the program if it is portable, else the system's place for them.
pub fn folder() -> PathBuf {
    if let Some(portable) = portable_folder() {
        return portable;
    }
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = if cfg!(windows) {
        from("LOCALAPPDATA")
    } else {
        from("XDG_CONFIG_HOME").or_else(|| from("HOME").map(|home| home.join(".config")))
    };
    base.unwrap_or_else(|| PathBuf::from(".")).join("branchdesk")
}

/// The folder `data` beside the program, if it is there: then everything stays beside the program.
pub fn portable_folder() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    let folder = program.parent()?.join("data");
    folder.is_dir().then_some(folder)
}

fn file_in(folder: &Path) -> PathBuf {
    folder.join("settings.json")
}
