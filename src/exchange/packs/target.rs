//! The folder of a pack: it appears whole or not at all, and takes the place of nothing but an earlier pack.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::INDEX;
use super::shelf::SUMS;
use crate::files::{allow_others_to_read, folder_of, refuse_existing, sync_folder};
use crate::problem::{Problem, Result};

/// What systems put into folders by themselves.
const OF_THE_SYSTEM: [&str; 3] = ["Thumbs.db", "desktop.ini", ".DS_Store"];

/// Makes a folder by a function that fills it. One that is there is replaced only with `replace`, and only where nothing
/// lies in it that the earlier pack does not name.
pub(super) fn make_folder<T>(path: &Path, replace: bool, fill: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
    refuse_existing(path, replace)?;
    if path.exists() {
        refuse_foreign(path)?;
    }
    appear(path, fill).map_err(|problem| problem.titled("没有做检查包").at(path).unchanged("没有留下半个检查包"))
}

fn appear<T>(path: &Path, fill: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
    let parent = folder_of(path);
    let temporary = tempfile::Builder::new().prefix(".branchdesk-").tempdir_in(parent)?;
    let filled = fill(temporary.path())?;
    allow_others_to_read(temporary.path());
    if path.exists() {
        let old = tempfile::Builder::new().prefix(".branchdesk-").tempdir_in(parent)?;
        let aside = old.path().join("old");
        std::fs::rename(path, &aside)?;
        if let Err(error) = std::fs::rename(temporary.path(), path) {
            std::fs::rename(&aside, path)?;
            return Err(error.into());
        }
    } else {
        std::fs::rename(temporary.path(), path)?;
    }
    // It lies under its own name now.
    drop(temporary.keep());
    sync_folder(parent)?;
    Ok(filled)
}

/// Fails where something lies in a folder that is of no pack: nobody's files are taken away.
fn refuse_foreign(folder: &Path) -> Result<()> {
    let foreign = |name: &Path| {
        let happened = format!("“{}”里有不是检查包的内容：{}", folder.display(), name.display());
        Err(Problem::input("没有做检查包", happened).unchanged("原来的内容没有改动").next("换一个名字"))
    };
    if !folder.is_dir() {
        return foreign(Path::new(folder.file_name().unwrap_or_default()));
    }
    let sums = folder.join(SUMS);
    let is_pack = sums.exists() && folder.join(INDEX).exists();
    let named = if is_pack { std::fs::read_to_string(&sums)? } else { String::new() };
    let named: HashSet<PathBuf> = named
        .lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(_, path)| folder.join(path))
        .chain([sums])
        .collect();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(&next)? {
            let entry = entry?;
            let is_of_system = OF_THE_SYSTEM.iter().any(|name| entry.file_name() == *name);
            if entry.file_type()?.is_dir() {
                waiting.push(entry.path());
            } else if !is_of_system && !named.contains(&entry.path()) {
                return foreign(entry.path().strip_prefix(folder).unwrap_or(&entry.path()));
            }
        }
    }
    Ok(())
}
