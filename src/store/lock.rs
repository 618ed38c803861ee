//! Who may write: `X.bdk.lock`, locked by the system for the program that writes; who that is stands in `X.bdk.who`.
//!
//! The lock file stays empty and is never deleted while there is a workbook. Its content is never trusted: the
//! system's lock decides.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::problem::{Problem, ProblemKind, Result};

const TRIES: u32 = 8;
const PAUSE: Duration = Duration::from_millis(25);

/// The right to write a workbook, held until dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
    who: PathBuf,
}

impl Lock {
    /// Takes the lock file away: there is no workbook that it could lock.
    pub fn discard(self, workbook: &Path) {
        // What cannot be taken away stays as an empty file that harms nobody.
        drop(std::fs::remove_file(beside(workbook, "lock")));
    }
}

/// Either the lock, or who holds it.
#[derive(Debug)]
pub enum Taken {
    Ours(Lock),
    /// 「李敏，自 2026-11-24 10:42」, empty if unknown.
    Others(String),
}

/// Tries to take the lock beside `workbook`.
pub fn take(workbook: &Path, holder: &str) -> Result<Taken> {
    let who = beside(workbook, "who");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(beside(workbook, "lock"))?;
    match try_patiently(&file) {
        Ok(()) => {
            say_who(&who, holder)?;
            Ok(Taken::Ours(Lock { _file: file, who }))
        }
        Err(TryLockError::WouldBlock) => {
            Ok(Taken::Others(std::fs::read_to_string(&who).unwrap_or_default().chars().take(200).collect()))
        }
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Says who writes. On a full disk nobody is told, which stops nothing: the lock itself decides. A folder that forbids
/// it forbids saving as well.
fn say_who(who: &Path, holder: &str) -> Result<()> {
    match std::fs::write(who, holder).map_err(Problem::from) {
        Err(problem) if problem.kind == ProblemKind::ReadOnly => Err(problem),
        Err(problem) => {
            tracing::warn!(detail = problem.detail, "who writes could not be told");
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

/// Tries a few times: a program that is just being started by another holds a copy of its lock for a moment.
fn try_patiently(file: &File) -> std::result::Result<(), TryLockError> {
    for _ in 0..TRIES {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => std::thread::park_timeout(PAUSE),
            done => return done,
        }
    }
    file.try_lock()
}

/// `X.bdk.lock` for `X.bdk`.
fn beside(workbook: &Path, ending: &str) -> PathBuf {
    let mut name = workbook.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A leftover only names a holder who no longer is; the lock itself decides.
        drop(std::fs::remove_file(&self.who));
    }
}
