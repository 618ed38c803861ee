//! Backups (备份): verified copies in the folder `备份` beside the workbook.
//!
//! A copy counts only after it was read back and checked. Ten are kept, at most 1 GB together, never fewer than two.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use rusqlite::Connection;
use rusqlite::backup::Backup;

use super::attachments::changed_words;
use super::open::{self, Key};
use crate::clock::Moment;
use crate::files::{folder_of, sync_folder};
use crate::problem::{Problem, ProblemKind, Result};
use crate::progress::Progress;

const KEPT: usize = 10;
const KEPT_AT_LEAST: usize = 2;
const KEPT_BYTES: u64 = 1 << 30;
const PAGES_PER_STEP: i32 = 4_000;

/// Why a backup is made; stands in its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// 升级前
    BeforeUpgrade,
    /// 导入前
    BeforeImport,
    /// 离开时
    OnLeaving,
    /// 手动
    Asked,
}

impl Reason {
    fn label(self) -> &'static str {
        match self {
            Self::BeforeUpgrade => "升级前",
            Self::BeforeImport => "导入前",
            Self::OnLeaving => "离开时",
            Self::Asked => "手动",
        }
    }
}

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    pub path: PathBuf,
    /// Attachments that were damaged already and are not in it, by title and file name.
    pub damaged: Vec<String>,
}

impl BackedUp {
    /// What whoever made it must know: not all of it could be backed up.
    pub fn complaint(&self) -> Option<Problem> {
        let problem = Problem::new(ProblemKind::File, "有材料没有备份", changed_words(&self.damaged))
            .unchanged("工作簿和其余附件已经备份")
            .next("找到原来的文件重新附上，再备份一次");
        (!self.damaged.is_empty()).then_some(problem)
    }
}

/// The folder in which the backups of a workbook lie.
pub fn folder(workbook: &Path) -> PathBuf {
    folder_of(workbook).join("备份")
}

/// The backups of a workbook, newest first.
pub fn list(workbook: &Path) -> Result<Vec<PathBuf>> {
    Ok(copies(workbook)?.into_iter().map(|copy| copy.path).collect())
}

/// A backup as it lies in its folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupCopy {
    pub path: PathBuf,
    /// When it was made, local time, and why: as its name says.
    pub made: DateTime,
    pub reason: String,
    pub bytes: u64,
}

/// The backups of a workbook with what their names and sizes tell, newest first.
pub fn copies(workbook: &Path) -> Result<Vec<BackupCopy>> {
    let folder = folder(workbook);
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let stem = stem(workbook);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let Some((made, reason)) = told_by_name(&path, &stem) else { continue };
        found.push(BackupCopy { made, reason, bytes: std::fs::metadata(&path)?.len(), path });
    }
    found.sort_by(|one, other| other.path.file_name().cmp(&one.path.file_name()));
    Ok(found)
}

/// When and why the copy was made, if the name is that of a backup of the workbook of this stem and of no other.
fn told_by_name(path: &Path, stem: &str) -> Option<(DateTime, String)> {
    let name = path.file_name()?.to_str()?.strip_suffix(".bdk")?;
    let (stamp, reason) = name.strip_prefix(stem)?.strip_prefix('_')?.split_once('_')?;
    Some((DateTime::strptime("%Y%m%d-%H%M%S", stamp).ok()?, reason.to_owned()))
}

/// The stem of the workbook of which a backup is a copy, by the name of the backup.
pub(super) fn copied_from(backup: &Path) -> Option<&str> {
    let (rest, _) = backup.file_stem()?.to_str()?.rsplit_once('_')?;
    let (stem, stamp) = rest.rsplit_once('_')?;
    DateTime::strptime("%Y%m%d-%H%M%S", stamp).is_ok().then_some(stem)
}

/// Makes a verified copy of what is committed and thins the older ones. Returns where it lies.
pub(super) fn make(
    source: &Connection,
    workbook: &Path,
    key: &Key,
    reason: Reason,
    at: Moment,
    progress: &Progress,
) -> Result<PathBuf> {
    let folder = folder(workbook);
    let is_new = match std::fs::create_dir(&folder) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(not_made(&folder, error.into())),
        made => made.is_ok(),
    };
    let made = make_in(&folder, source, workbook, key, reason, at, progress);
    if made.is_err() && is_new {
        // Nothing lies in it, or something that is not ours: then it stays.
        drop(std::fs::remove_dir(&folder));
    }
    made.map_err(|problem| if problem.is_of_storage() { not_made(&folder, problem) } else { problem })
}

fn make_in(
    folder: &Path,
    source: &Connection,
    workbook: &Path,
    key: &Key,
    reason: Reason,
    at: Moment,
    progress: &Progress,
) -> Result<PathBuf> {
    let target = folder.join(format!("{}_{}_{}.bdk", stem(workbook), at.stamp(), reason.label()));
    let temporary = tempfile::Builder::new().prefix(".branchdesk-").suffix(".bdk").tempfile_in(folder)?;
    copy(source, temporary.path(), key, "备份", progress)?;
    verify(temporary.path(), key)?;
    temporary.as_file().sync_all()?;
    temporary.persist(&target).map_err(|error| error.error)?;
    sync_folder(folder)?;
    thin(workbook)?;
    Ok(target)
}

fn not_made(folder: &Path, problem: Problem) -> Problem {
    problem.titled("没有备份").at(folder)
}

/// Copies all pages into an empty file.
pub(super) fn copy(source: &Connection, target: &Path, key: &Key, stage: &str, progress: &Progress) -> Result<()> {
    let mut copy = Connection::open(target)?;
    if let Key::Raw(bytes) = key {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        copy.pragma_update(None, "key", format!("x'{hex}'"))?;
    }
    progress.stage(stage, 0)?;
    let backup = Backup::new(source, &mut copy)?;
    loop {
        let step = backup.step(PAGES_PER_STEP)?;
        let standing = backup.progress();
        progress.step(u64::from((standing.pagecount - standing.remaining).unsigned_abs()))?;
        match step {
            rusqlite::backup::StepResult::Done => return Ok(()),
            rusqlite::backup::StepResult::More => {}
            _ => {
                return Err(
                    Problem::new(ProblemKind::Storage, "没有备份", "工作簿正忙").next("等正在进行的操作结束后再试")
                );
            }
        }
    }
}

/// Reads a copy back: identity, integrity, references.
pub(super) fn verify(path: &Path, key: &Key) -> Result<()> {
    let connection = open::look(path, key)?;
    let answer: String = connection.pragma_query_value(None, "integrity_check", |row| row.get(0))?;
    let mut broken = false;
    connection.pragma_query(None, "foreign_key_check", |_| {
        broken = true;
        Ok(())
    })?;
    if answer != "ok" || broken {
        return Err(Problem::new(ProblemKind::File, "没有备份", "备份读回来检查时对不上")
            .next("请运行检查（check）看工作簿是否完好")
            .detail(answer));
    }
    Ok(())
}

/// Drops the oldest copies beyond the limits.
fn thin(workbook: &Path) -> Result<()> {
    let mut bytes = 0;
    for (place, path) in list(workbook)?.iter().enumerate() {
        bytes += std::fs::metadata(path)?.len();
        if place >= KEPT_AT_LEAST && (place >= KEPT || bytes > KEPT_BYTES) {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

fn stem(workbook: &Path) -> String {
    workbook.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Checks the pages and references of an open workbook; returns what is wrong, in words.
pub(super) fn findings(connection: &Connection) -> Result<Vec<String>> {
    let mut found = Vec::new();
    connection.pragma_query(None, "integrity_check", |row| {
        let line: String = row.get(0)?;
        if line != "ok" {
            found.push(format!("文件检查：{line}"));
        }
        Ok(())
    })?;
    connection.pragma_query(None, "foreign_key_check", |row| {
        found.push(format!("引用检查：表 {} 有一行指向不存在的内容", row.get::<_, String>(0)?));
        Ok(())
    })?;
    Ok(found)
}
