//! Restoring (恢复): a backup takes the place of the workbook, which stays beside it under a dated name.
//!
//! The backup is copied and checked before anything is touched. Then one rename puts the copy in place, so that a whole
//! workbook lies there at every moment. Drafts and waiting log lines stay where they are, attachments too: what the backup
//! names and was compacted away since comes back to them. Start at [`stage`].

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;

use super::attachments::{Attachments, Stored};
use super::open::Key;
use super::workbook::{ReadOnly, held, holder};
use super::{backup, checklists, identity, lock, open};
use crate::clock::Moment;
use crate::domain::checklists::EvidenceKind;
use crate::files::{folder_of, refuse_existing, sync_folder};
use crate::problem::{Problem, ProblemKind, Result};
use crate::progress::Progress;
use crate::store::reader::Reader;

/// A checked copy of a backup beside the workbook; it goes away again unless it is put in place.
#[derive(Debug)]
pub struct Staged {
    workbook: PathBuf,
    kept: PathBuf,
    copy: tempfile::TempPath,
    backup: PathBuf,
    key: Key,
}

/// Copies a backup of `present` beside it and checks the copy. Nothing of the workbook is touched.
pub fn stage(present: &ReadOnly, backup: &Path, at: Moment, progress: &Progress) -> Result<Staged> {
    let (workbook, key) = (present.path(), present.key());
    let source = open::look(backup, key).map_err(not_restored)?;
    if identity::read(Reader(&source))?.identity != identity::read(present.reader())?.identity {
        let happened = format!("“{}”不是这个工作簿的备份", name(backup));
        return Err(not_restored(Problem::new(ProblemKind::File, "", happened).next("换一份备份")));
    }
    let staged = || {
        let mut copy =
            tempfile::Builder::new().prefix(".branchdesk-").suffix(".bdk").tempfile_in(folder_of(workbook))?;
        backup::copy(&source, copy.path(), key, "取出备份", progress)?;
        progress.stage("核对备份", 0)?;
        backup::verify(copy.path(), key).map_err(|problem| damaged(problem, backup))?;
        copy.as_file_mut().set_permissions(std::fs::metadata(workbook)?.permissions())?;
        copy.as_file().sync_all()?;
        progress.step(0)?;
        Ok(Staged {
            workbook: workbook.to_owned(),
            kept: kept(workbook, at),
            copy: copy.into_temp_path(),
            backup: backup.to_owned(),
            key: key.clone(),
        })
    };
    staged().map_err(not_restored)
}

impl Staged {
    /// Where the workbook that is replaced will lie.
    pub fn kept(&self) -> &Path {
        &self.kept
    }

    /// Puts the copy in the place of the workbook. Nobody may have it open for writing, this program included.
    pub fn put(self, operator: &str, at: Moment) -> Result<()> {
        let Self { workbook, kept, copy, backup, key } = self;
        let swap = || {
            let _lock = match lock::take(&workbook, &holder(operator, at))? {
                lock::Taken::Ours(lock) => lock,
                lock::Taken::Others(who) => return Err(held(&who)),
            };
            refuse_existing(&kept, false)?;
            refuse_unfinished(&workbook)?;
            bring_back(&backup, &copy, &workbook, &key)?;
            replace(&workbook, &kept, copy)?;
            sync_folder(folder_of(&workbook))
        };
        swap().map_err(not_restored)
    }
}

/// Adds the bytes that a copy of a backup names, and that only lie beside the backup any more.
fn bring_back(backup: &Path, copy: &Path, workbook: &Path, key: &Key) -> Result<()> {
    let mut named = HashSet::new();
    checklists::each_evidence(ReadOnly::open(copy, key)?.reader(), |evidence| {
        if let EvidenceKind::File { hash, .. } = evidence.kind {
            named.insert(hash);
        }
        Ok(())
    })?;
    if named.is_empty() {
        return Ok(());
    }
    let Some(beside) = Stored::open(backup, key)? else { return Ok(()) };
    // What is damaged keeps nobody from having the workbook again; verifying names it.
    match Attachments::open(workbook, key)?.take_from(&beside, Some(&named), &Progress::default()) {
        Err(problem) if problem.kind == ProblemKind::File => Ok(()),
        done => done.map(drop),
    }
}

/// A second name for what is there, then the copy over the first one. Where a file system knows no second names the
/// first one is empty for a moment.
fn replace(workbook: &Path, kept: &Path, copy: tempfile::TempPath) -> Result<()> {
    let has_two_names = std::fs::hard_link(workbook, kept).is_ok();
    if !has_two_names {
        std::fs::rename(workbook, kept)?;
    }
    let Err(error) = copy.persist(workbook) else { return Ok(()) };
    // Back to how it was; should that fail too, the workbook lies under its dated name.
    drop(if has_two_names { std::fs::remove_file(kept) } else { std::fs::rename(kept, workbook) });
    Err(error.error.into())
}

/// What SQLite left half-done beside a workbook must not meet another file.
fn refuse_unfinished(workbook: &Path) -> Result<()> {
    let mut journal = workbook.as_os_str().to_owned();
    journal.push("-journal");
    if Path::new(&journal).exists() {
        return Err(Problem::new(ProblemKind::Storage, "", "工作簿上次没有写完").next("先打开一次工作簿，再恢复"));
    }
    Ok(())
}

/// Where the workbook that is replaced will lie: `支部-恢复前-20261124-104205.bdk` beside `支部.bdk`.
pub fn kept(workbook: &Path, at: Moment) -> PathBuf {
    let mut name: OsString = workbook.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-恢复前-{}.bdk", at.stamp()));
    workbook.with_file_name(name)
}

/// The stem of the workbook that was replaced, by the name under which it was kept.
pub(super) fn kept_from(kept: &Path) -> Option<&str> {
    let (stem, stamp) = kept.file_stem()?.to_str()?.rsplit_once("-恢复前-")?;
    DateTime::strptime("%Y%m%d-%H%M%S", stamp).is_ok().then_some(stem)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn damaged(problem: Problem, backup: &Path) -> Problem {
    Problem {
        happened: format!("“{}”已经损坏，核对不上", name(backup)), next: "换一份备份".into(), ..problem
    }
}

fn not_restored(problem: Problem) -> Problem {
    match problem.kind {
        ProblemKind::Cancelled => problem,
        _ => Problem { title: "没有恢复".into(), unchanged: "工作簿没有改动".into(), ..problem },
    }
}
