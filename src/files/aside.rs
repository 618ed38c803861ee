//! Folders for a while (临时文件夹), beside what is made in them: for their owner alone, and gone when it is made.
//!
//! What a killed run left is taken away by the next that begins in the same place. The lock in a folder tells who still
//! works in it; one without a lock is left alone. Start at [`Aside::beside`].

use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::Path;

use tempfile::TempDir;

use super::folder_of;
use crate::problem::{Problem, Result};

/// How the names of all that is there for a while begin.
pub(super) const PREFIX: &str = ".branchdesk-";
const LOCK: &str = "lock";
const TRIES: usize = 8;

/// A folder that is ours until dropped.
#[derive(Debug)]
pub struct Aside {
    /// Let go of before the folder goes: some systems keep what is open. `None` where the disk knows no locks.
    _lock: Option<File>,
    folder: TempDir,
}

impl Aside {
    /// A new folder beside a place, where those that killed runs left are taken away first.
    pub fn beside(place: &Path) -> Result<Self> {
        let parent = folder_of(place);
        let made = || {
            if let Err(problem) = tidy(parent) {
                tracing::warn!(detail = problem.detail, "what killed runs left could not be looked for");
            }
            for _ in 0..TRIES {
                if let Some(aside) = Self::made(parent)? {
                    return Ok(aside);
                }
            }
            Err(Problem::fault("every new folder was taken away at once"))
        };
        made().map_err(|problem| problem.titled("没有写文件").at(place).unchanged("没有留下半个文件"))
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// `None` where another took it for left over in the moment before it was locked.
    fn made(parent: &Path) -> Result<Option<Self>> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = builder.tempdir_in(parent)?;
        let path = folder.path().join(LOCK);
        let lock = File::create_new(&path)?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self { _lock: Some(lock), folder })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(_)) => {
                // Nobody could tell that it is in use: without a lock it is left alone.
                std::fs::remove_file(&path)?;
                Ok(Some(Self { _lock: None, folder }))
            }
        }
    }
}

/// Takes away what nobody works in any more. What cannot be taken away is in nobody's way, and tried again next time.
fn tidy(parent: &Path) -> Result<()> {
    for entry in std::fs::read_dir(parent)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with(PREFIX) || !entry.file_type()?.is_dir() {
            continue;
        }
        let removed = match unheld(&entry.path().join(LOCK)) {
            Ok(None) => continue,
            // Held until all is gone, so that nobody else takes it meanwhile.
            Ok(Some(_lock)) => std::fs::remove_dir_all(entry.path()).map_err(Problem::from),
            Err(problem) => Err(problem),
        };
        if let Err(problem) = removed {
            tracing::warn!(detail = problem.detail, "what a killed run left could not be taken away yet");
        }
    }
    Ok(())
}

/// Takes a lock that no running program holds; `None` where one does, or there is none.
pub fn unheld(lock: &Path) -> Result<Option<File>> {
    let file = match OpenOptions::new().write(true).open(lock) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_killed_runs_left_goes_and_what_somebody_uses_or_owns_stays() {
        let parent = tempfile::tempdir().expect("a folder");
        let place = parent.path().join("移交.zip");
        let used = Aside::beside(&place).expect("a folder");
        let (left, own) = (parent.path().join(".branchdesk-left"), parent.path().join(".branchdesk-own"));
        for folder in [&left, &own] {
            std::fs::create_dir(folder).expect("a folder");
            std::fs::write(folder.join("workbook.bdk"), "张三").expect("a file");
        }
        std::fs::write(left.join(LOCK), "").expect("a lock that nobody holds");
        let next = Aside::beside(&place).expect("a folder");
        assert!(!left.exists() && own.exists() && used.path().exists() && next.path() != used.path());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let about = std::fs::metadata(next.path()).expect("there");
            assert_eq!(about.permissions().mode() & 0o077, 0, "for its owner alone");
        }
        let gone = next.path().to_owned();
        drop(next);
        assert!(!gone.exists());
    }
}
