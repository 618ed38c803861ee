//! Writing whole files: temp name, sync, read back, rename, sync folder. A file appears whole or not at all.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Component, Path, PathBuf};

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
    let folder = folder_of(path);
    refuse_existing(path, replace)?;
    let mut temporary = tempfile::Builder::new()
        .prefix(".branchdesk-")
        .tempfile_in(folder)
        .map_err(|error| named(path, error.into()))?;
    fill(temporary.as_file_mut()).map_err(|problem| named(path, problem))?;
    temporary.as_file().sync_all().map_err(|error| named(path, error.into()))?;
    let length = temporary.as_file().metadata()?.len();
    let read = std::io::copy(&mut File::open(temporary.path())?.take(u64::MAX), &mut std::io::sink())?;
    if read != length {
        return Err(named(path, Problem::new(ProblemKind::Storage, "没有写完", "写下的文件读不回来")));
    }
    let persisted = if replace {
        temporary.persist(path).map_err(|error| error.error)
    } else {
        temporary.persist_noclobber(path).map_err(|error| error.error)
    };
    persisted.map_err(|error| named(path, error.into()))?;
    allow_others_to_read(path);
    sync_folder(folder)
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

/// Makes a rename last.
pub fn sync_folder(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

fn allow_others_to_read(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Temporary files are made for the owner alone; what a person exports follows the usual rights. Where the
        // file system has no rights the call fails and nothing is lost.
        drop(std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644)));
    }
    #[cfg(not(unix))]
    let _ = path;
}

fn named(path: &Path, problem: Problem) -> Problem {
    Problem {
        title: "没有写文件".into(),
        happened: format!("“{}”：{}", path.display(), problem.happened),
        unchanged: "没有留下半个文件".into(),
        ..problem
    }
}
