//! Writing whole files: temp name, sync, read back, rename, sync folder. A file appears whole or not at all.

mod aside;

use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};

pub use aside::{Aside, unheld};

use crate::problem::{Problem, ProblemKind, Result};

/// Writes `content` to `path`; an existing file is replaced only with `replace`.
pub fn write_whole(path: &Path, content: &[u8], replace: bool) -> Result<()> {
    write_with(path, replace, |file| {
        file.write_all(content)?;
        Ok(())
    })
}

/// Writes a file by a function that is given the open temporary file.
pub fn write_with(path: &Path, replace: bool, fill: impl FnOnce(&mut File) -> Result<()>) -> Result<()> {
    write_from(folder_of(path), path, replace, fill)
}

/// The same where the temporary file lies in a folder of its own.
pub fn write_from(aside: &Path, path: &Path, replace: bool, fill: impl FnOnce(&mut File) -> Result<()>) -> Result<()> {
    refuse_existing(path, replace)?;
    appear(aside, path, replace, fill)
        .map_err(|problem| problem.titled("没有写文件").at(path).unchanged("没有留下半个文件"))
}

fn appear(aside: &Path, path: &Path, replace: bool, fill: impl FnOnce(&mut File) -> Result<()>) -> Result<()> {
    let mut temporary = tempfile::Builder::new().prefix(aside::PREFIX).tempfile_in(aside)?;
    fill(temporary.as_file_mut())?;
    temporary.as_file().sync_all()?;
    let length = temporary.as_file().metadata()?.len();
    let read = std::io::copy(&mut File::open(temporary.path())?, &mut std::io::sink())?;
    if read != length {
        return Err(Problem::new(ProblemKind::Storage, "没有写完", "写下的文件读不回来"));
    }
    let persisted = if replace {
        temporary.persist(path).map_err(|error| error.error)
    } else {
        temporary.persist_noclobber(path).map_err(|error| error.error)
    };
    persisted?;
    allow_others_to_read(path);
    sync_folder(folder_of(path))
}

/// A path as it can be told from anywhere: from the root on, without steps upwards.
pub fn whole(path: &Path) -> Result<PathBuf> {
    let path = std::path::absolute(path)?;
    if !path.components().any(|part| part == Component::ParentDir) {
        return Ok(path);
    }
    // Only the system knows where a step upwards leads, because of links. A folder that is not there is left as it
    // was written, for whoever opens it to say so.
    Ok(match path.file_name() {
        Some(name) => std::fs::canonicalize(folder_of(&path)).map_or(path.clone(), |folder| folder.join(name)),
        None => std::fs::canonicalize(&path).unwrap_or(path),
    })
}

/// The folder a path lies in.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Fails if there is a file already and it must not be replaced.
pub fn refuse_existing(path: &Path, replace: bool) -> Result<()> {
    if !replace && path.exists() {
        return Err(Problem::input("没有写文件", format!("“{}”已经存在", path.display()))
            .unchanged("原文件没有改动")
            .next("换一个名字，或允许覆盖（--force）"));
    }
    Ok(())
}

/// How many files are waited for at once.
const WAITING: usize = 8;

/// Makes files last that were written one after the other. A disk promises many of them in the time of one, if it is asked
/// for them together.
pub fn sync_files(paths: Vec<PathBuf>) -> Result<()> {
    let one = |path: &PathBuf| File::options().write(true).open(path)?.sync_all();
    let some = |paths: &[PathBuf]| paths.iter().try_for_each(one);
    let share = paths.len().div_ceil(WAITING).max(1);
    std::thread::scope(|scope| {
        let all: Vec<_> = paths.chunks(share).map(|paths| scope.spawn(move || some(paths))).collect();
        all.into_iter().try_for_each(|one| one.join().unwrap_or_else(|_| Err(ErrorKind::Other.into())))
    })?;
    Ok(())
}

/// Makes a rename last.
pub fn sync_folder(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    if let Err(error) = File::open(folder)?.sync_all()
        // Some network drives know no syncing of folders; nothing more can be done there.
        && !matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported)
    {
        return Err(error.into());
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Gives a file or folder that was made as a temporary one the usual rights.
pub fn allow_others_to_read(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = if path.is_dir() { 0o755 } else { 0o644 };
        // Temporary files are made for the owner alone; what a person exports follows the usual rights. Where the
        // file system has no rights the call fails and nothing is lost.
        drop(std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)));
    }
    #[cfg(not(unix))]
    let _ = path;
}
