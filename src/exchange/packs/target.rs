//! The folder of a pack: it appears whole or not at all, and takes the place of nothing but an earlier pack.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::INDEX;
use super::shelf::SUMS;
use crate::files::{Aside, allow_others_to_read, folder_of, refuse_existing, sync_folder};
use crate::problem::{Problem, Result};

/// What the folder is called until it lies in its place.
const MADE: &str = "pack";
/// What systems put into folders by themselves.
const OF_THE_SYSTEM: [&str; 3] = ["Thumbs.db", "desktop.ini", ".DS_Store"];

/// Makes a folder by a function that fills it. One that is there is replaced only with `replace`, and only where nothing
/// lies in it that the earlier pack does not name; one that came while this was filled is one that is there.
pub(super) fn make_folder<T>(path: &Path, replace: bool, fill: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
    refuse(path, replace)?;
    let not_made = |problem: Problem| problem.titled("没有做检查包").at(path).unchanged("没有留下半个检查包");
    let aside = Aside::beside(path).map_err(not_made)?;
    let made = aside.path().join(MADE);
    let filled = std::fs::create_dir(&made).map_err(Problem::from).and_then(|()| fill(&made)).map_err(not_made)?;
    allow_others_to_read(&made);
    refuse(path, replace)?;
    if let Err(problem) = put_in_place(&made, path, replace) {
        refuse_existing(path, replace)?;
        return Err(not_made(problem));
    }
    sync_folder(folder_of(path)).map_err(not_made)?;
    Ok(filled)
}

/// A folder takes the place of none that something lies in: the system refuses it.
fn put_in_place(made: &Path, path: &Path, replace: bool) -> Result<()> {
    if replace && path.exists() {
        let old = tempfile::Builder::new().prefix(".branchdesk-").tempdir_in(folder_of(path))?;
        let aside = old.path().join("old");
        std::fs::rename(path, &aside)?;
        if let Err(error) = std::fs::rename(made, path) {
            std::fs::rename(&aside, path)?;
            return Err(error.into());
        }
    } else {
        std::fs::rename(made, path)?;
    }
    Ok(())
}

fn refuse(path: &Path, replace: bool) -> Result<()> {
    refuse_existing(path, replace)?;
    if path.exists() { refuse_foreign(path) } else { Ok(()) }
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
