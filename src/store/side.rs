//! The side file `X.bdk-side`: drafts as they are typed, and export and print log lines not yet in the journal.
//!
//! It may be missing, and a damaged one is set aside, never deleted. A program that may only read the workbook still
//! writes here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::outputs::Output;
use crate::clock::Moment;
use crate::files::write_whole;
use crate::problem::Result;

/// What lies beside a workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// Form name → what was typed.
    #[serde(default)]
    pub drafts: BTreeMap<String, serde_json::Value>,
    /// Log lines waiting for the next write.
    #[serde(default)]
    pub outputs: Vec<Output>,
}

/// Reads the side file; a missing one is empty, a damaged one is renamed and counts as empty.
pub fn read(workbook: &Path, at: Moment) -> Result<Side> {
    let path = path_of(workbook);
    let text = match std::fs::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Side::default()),
        Err(error) => return Err(error.into()),
    };
    match serde_json::from_slice(&text) {
        Ok(side) => Ok(side),
        Err(error) => {
            tracing::warn!(%error, "the side file is damaged and is set aside");
            let mut aside = path.as_os_str().to_owned();
            aside.push(format!("-损坏-{}", at.stamp()));
            std::fs::rename(&path, PathBuf::from(aside))?;
            Ok(Side::default())
        }
    }
}

/// The parked drafts, by name. A damaged file is left to [`read`], which sets it aside.
pub fn drafts(workbook: &Path) -> Result<BTreeMap<String, serde_json::Value>> {
    let text = match std::fs::read(path_of(workbook)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(error.into()),
    };
    let side: Side =
        serde_json::from_slice(&text).map_err(|error| crate::problem::Problem::fault(error.to_string()))?;
    Ok(side.drafts)
}

/// A parked draft, or none.
pub fn draft(workbook: &Path, name: &str) -> Result<Option<serde_json::Value>> {
    Ok(drafts(workbook)?.remove(name))
}

/// Parks a draft under its name, or takes it out.
pub fn park(workbook: &Path, name: &str, draft: Option<serde_json::Value>, at: Moment) -> Result<()> {
    let mut side = read(workbook, at)?;
    match draft {
        Some(draft) => side.drafts.insert(name.to_owned(), draft),
        None => side.drafts.remove(name),
    };
    write(workbook, &side)
}

/// Writes the side file whole; an empty one is removed.
pub fn write(workbook: &Path, side: &Side) -> Result<()> {
    let path = path_of(workbook);
    if *side == Side::default() {
        return match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        };
    }
    let text = serde_json::to_vec(side).map_err(|error| crate::problem::Problem::fault(error.to_string()))?;
    write_whole(&path, &text, true)
}

fn path_of(workbook: &Path) -> PathBuf {
    let mut path = workbook.as_os_str().to_owned();
    path.push("-side");
    PathBuf::from(path)
}
