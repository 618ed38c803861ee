//! Attaching files (附材料): their bytes go into the store first, then one undoable change names them all.
//!
//! Whoever is killed in between leaves bytes that nobody names, which compacting drops. Start at [`attach`].

mod beside;

use std::collections::HashSet;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

pub use beside::{begin_anew, foreign, left_behind};

use crate::command::{AddEvidence, AttachedFile, Command, EvidenceDraft, Ledger, Receipt, Stamp, refuse_place};
use crate::domain::checklists::{Belongs, Checklist, ChecklistItem, EvidenceKind, Of};
use crate::domain::ids::EvidenceId;
use crate::domain::talks::Talk;
use crate::problem::{Problem, ProblemKind, Result};
use crate::progress::Progress;
use crate::store::attachments::{
    Addable, Attachments, Compacted, Freed, Kept, LARGEST, Stored, changed_words, compact, missing_words, path_of,
};
use crate::store::{Key, checklists, organisations, reader::Reader};

/// What is attached.
#[derive(Debug, Clone)]
pub enum Source {
    File(PathBuf),
    /// What was pasted, under a name that the program gives it.
    Bytes {
        name: String,
        bytes: Vec<u8>,
    },
}

impl Source {
    fn name(&self) -> String {
        match self {
            Self::File(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            Self::Bytes { name, .. } => name.clone(),
        }
    }

    fn length(&self) -> Result<u64> {
        let Self::File(path) = self else { return Ok(0) };
        let about = std::fs::metadata(path).map_err(|error| unreadable(path, error.into()))?;
        if about.is_dir() {
            return Err(Problem::input("没有附上", format!("“{}”是文件夹", self.name())).next("打开它，选里面的文件"));
        }
        if !about.is_file() {
            // A device or a pipe may have no end.
            return Err(Problem::input("没有附上", format!("“{}”不是普通文件", self.name())).next("换一个文件"));
        }
        if about.len() > LARGEST {
            return Err(Problem::input(
                "没有附上",
                format!("“{}”有 {} MB，最多 {} MB", self.name(), megabytes(about.len()), LARGEST >> 20),
            )
            .next("压缩或拆开后再附；原件可以记为纸质材料"));
        }
        Ok(about.len())
    }
}

impl Addable for Source {
    fn open(&self) -> Result<Box<dyn Read + '_>> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::Bytes { bytes, .. } => Box::new(Cursor::new(bytes)),
        })
    }

    fn unreadable(&self, problem: Problem) -> Problem {
        match self {
            Self::File(path) if problem.is_of_storage() => unreadable(path, problem),
            _ => problem,
        }
    }
}

/// Attaches files to an item or a talk as one change; of `version_of` the only one is a later version. What cannot be read
/// stops all of them, before anything is named.
pub fn attach(
    ledger: &mut Ledger,
    stamp: &Stamp,
    to: Belongs,
    sources: &[Source],
    version_of: Option<EvidenceId>,
    progress: &Progress,
) -> Result<Receipt> {
    if version_of.is_some() && sources.len() != 1 {
        return Err(Problem::input("没有附上", "新版本一次附一个文件"));
    }
    let mut total = 0;
    for source in sources {
        total += source.length()?;
    }
    // Asked before the bytes are kept, and once more with them.
    refuse_place(ledger.reader(), to).map_err(|problem| problem.titled("没有附上"))?;
    beside::refuse_strange(ledger)?;
    let workbook = ledger.workbook();
    let mut store = Attachments::open(workbook.path(), workbook.key())?;
    progress.stage("附材料", total)?;
    let kept = store.add_all(sources, progress)?;
    drop(store);
    let draft = |(source, kept): (&Source, Kept)| {
        let file = AttachedFile { name: source.name(), hash: kept.hash, bytes: kept.bytes };
        EvidenceDraft { file: Some(file), version_of, ..EvidenceDraft::default() }
    };
    let evidence = sources.iter().zip(kept).map(draft).collect();
    let (item_id, talk_id) = match to {
        Belongs::Item(item) => (Some(item), None),
        Belongs::Talk(talk) => (None, Some(talk)),
    };
    ledger.run_watched(Command::AddEvidence(AddEvidence { item_id, talk_id, evidence }), stamp, progress)
}

/// Files that were handed over together, parted into those that can be attached and why the others cannot.
#[derive(Debug, Default)]
pub struct Sorted {
    pub fit: Vec<Source>,
    /// By the name of the file.
    pub left_out: Vec<(String, Problem)>,
}

impl Sorted {
    /// What was left out, as one problem; `None` where nothing was.
    pub fn problem(&self) -> Option<Problem> {
        let (_, first) = self.left_out.first()?;
        let mut told: Vec<String> = self.left_out.iter().map(|(_, problem)| problem.happened.clone()).collect();
        let title = format!("有 {} 个文件没有附上", told.len());
        let unchanged = match self.fit.len() {
            0 => "工作簿没有改动",
            count => {
                told.push(format!("其余 {count} 个照样附上"));
                "没有附上的文件还在原处，没有动"
            }
        };
        let next = self.advice();
        Some(Problem { title, happened: told.join("；"), unchanged: unchanged.to_owned(), next, ..first.clone() })
    }

    /// What helps: where that is not the same for all, for which files.
    fn advice(&self) -> String {
        let mut kinds: Vec<(&str, Vec<&str>)> = Vec::new();
        for (name, problem) in &self.left_out {
            match kinds.iter_mut().find(|(next, _)| *next == problem.next) {
                Some((_, names)) => names.push(name),
                None => kinds.push((&problem.next, vec![name])),
            }
        }
        match &kinds[..] {
            [(next, _)] => (*next).to_owned(),
            several => {
                let told = several.iter().map(|(next, names)| format!("“{}”：{next}", names.join("”“")));
                told.collect::<Vec<_>>().join("。")
            }
        }
    }
}

/// Looks which of some files can be attached: no folder, not too large, readable.
pub fn sort_out(sources: Vec<Source>, progress: &Progress) -> Result<Sorted> {
    let mut sorted = Sorted::default();
    progress.stage("看要附的文件", sources.len() as u64)?;
    for (source, done) in sources.into_iter().zip(1..) {
        let opened = || source.open().map(drop).map_err(|problem| source.unreadable(problem));
        let can_be_read = source.length().and_then(|_| opened());
        match can_be_read {
            Ok(()) => sorted.fit.push(source),
            Err(problem) => sorted.left_out.push((source.name(), problem)),
        }
        progress.step(done)?;
    }
    Ok(sorted)
}

/// In megabytes to a tenth, rounded up: what is too long never looks as if it fitted.
fn megabytes(bytes: u64) -> String {
    let tenths = (bytes * 10).div_ceil(1 << 20);
    if tenths.is_multiple_of(10) { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// What is amiss is with reading the file, wherever the workbook lies.
fn unreadable(path: &Path, problem: Problem) -> Problem {
    let problem = match problem.kind {
        ProblemKind::ReadOnly => {
            Problem { happened: "没有权限读这个文件".to_owned(), ..problem }.next("看看这个文件能不能打开，或换一个")
        }
        _ => problem,
    };
    problem.titled("没有附上").at(path)
}

/// What was found wrong with the attachments of a workbook (核对附件).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Rows that name a file: pieces, each version by itself.
    pub named: usize,
    /// The files that they name: the same bytes are one file.
    pub files: usize,
    /// Of those, whose bytes are not there, by title and by what they belong to.
    pub missing: Vec<String>,
    /// Whose bytes are not what they were, told in the same way.
    pub changed: Vec<String>,
    /// Files in the store that no row names: what was taken out, or left by a kill.
    pub unnamed: usize,
}

impl Checked {
    pub fn is_sound(&self) -> bool {
        self.missing.is_empty() && self.changed.is_empty()
    }
}

/// What lies in the store of attachments, against what the workbook names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Held {
    /// The file is there.
    pub is_there: bool,
    pub files: usize,
    pub bytes: u64,
    /// Of those, what no row names: compacting drops it.
    pub unnamed: usize,
    pub unnamed_bytes: u64,
    /// Files that rows name and that are not there, each counted once.
    pub missing: usize,
}

/// Looks what lies in the store of attachments, without reading the files.
pub fn held(reader: Reader<'_>, stored: Option<&Stored>) -> Result<Held> {
    let all = stored.map(Stored::all).transpose()?.unwrap_or_default();
    let named = checklists::file_hashes(reader)?;
    let unnamed: Vec<u64> = all.iter().filter(|(hash, _)| !named.contains(hash)).map(|(_, bytes)| *bytes).collect();
    Ok(Held {
        is_there: stored.is_some(),
        files: all.len(),
        bytes: all.iter().map(|(_, bytes)| bytes).sum(),
        unnamed: unnamed.len(),
        unnamed_bytes: unnamed.iter().sum(),
        missing: named.len() + unnamed.len() - all.len(),
    })
}

/// Files that rows name and that cannot be opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Absent {
    pub hashes: HashSet<String>,
    /// Why, and what helps; none where every file is there.
    pub told: Option<Problem>,
}

/// Which files cannot be opened: the store is not there, cannot be read or lacks them. No file is read.
pub fn absent(reader: Reader<'_>, workbook: &Path, key: &Key) -> Result<Absent> {
    let named = checklists::file_hashes(reader)?;
    if named.is_empty() {
        return Ok(Absent::default());
    }
    let (hashes, why) = match Stored::open(workbook, key) {
        Err(problem) => (named, problem),
        Ok(None) => (named, left_behind(workbook)),
        Ok(Some(stored)) => {
            let there: HashSet<String> = stored.all()?.into_iter().map(|(hash, _)| hash).collect();
            (named.difference(&there).cloned().collect(), not_there(workbook))
        }
    };
    let title = format!("有 {} 个文件打不开", hashes.len());
    let told = (!hashes.is_empty()).then(|| why.titled(title));
    Ok(Absent { hashes, told })
}

fn not_there(workbook: &Path) -> Problem {
    let happened = format!("附件库“{}”里没有它们", beside::name(workbook));
    let next = "在“设置”里核对附件，看是哪些；有原来的文件就重新附上，没有就从“备份”文件夹找回附件库";
    Problem::new(ProblemKind::File, "", happened).next(next)
}

/// Where evidence belongs: 「局机关第一党支部 2026 年 10 组织生活会」, 「谈话 2026-003」.
fn whose(reader: Reader<'_>, belongs: Belongs) -> Result<String> {
    match belongs {
        Belongs::Talk(id) => {
            Ok(reader.get::<Talk>(id.0)?.map_or_else(String::new, |talk| format!("谈话 {}", talk.number)))
        }
        Belongs::Item(id) => {
            let Some(item) = reader.get::<ChecklistItem>(id.0)? else { return Ok(String::new()) };
            let Some(list) = reader.get::<Checklist>(item.checklist.0)? else { return Ok(item.title) };
            let tree = organisations::tree(reader)?;
            let organisation = tree.get(list.organisation).map_or("", |node| node.shown_name());
            let year = match list.of {
                Of::Year(year) => format!("{year} 年"),
                Of::Person(_) => list.title,
            };
            Ok([organisation, &year, item.code.as_deref().unwrap_or_default(), &item.title]
                .into_iter()
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join(" "))
        }
    }
}

/// Reads every attached file and compares it with its hash.
pub fn check(reader: Reader<'_>, stored: Option<&Stored>, progress: &Progress) -> Result<Checked> {
    let mut checked = Checked::default();
    let there: HashSet<String> = match stored {
        Some(stored) => stored.all()?.into_iter().map(|(hash, _)| hash).collect(),
        None => HashSet::new(),
    };
    let changed: HashSet<String> = match stored {
        Some(stored) => stored.changed(progress)?.into_iter().collect(),
        None => HashSet::new(),
    };
    let mut named = HashSet::new();
    checklists::each_evidence(reader, |evidence| {
        if let EvidenceKind::File { name, hash, .. } = &evidence.kind {
            let told = || -> Result<String> {
                Ok(format!("{}（{name}）：{}", evidence.title, whose(reader, evidence.belongs)?))
            };
            if !there.contains(hash) {
                checked.missing.push(told()?);
            } else if changed.contains(hash) {
                checked.changed.push(told()?);
            }
            checked.named += 1;
            named.insert(hash.clone());
        }
        Ok(())
    })?;
    checked.files = named.len();
    checked.unnamed = there.difference(&named).count();
    Ok(checked)
}

/// Drops from the store what no row names any more (压缩附件库). Undoing the removal of a file names bytes again that are
/// gone then: ask before.
pub fn drop_unnamed(ledger: &Ledger, progress: &Progress) -> Result<Freed> {
    let named = checklists::file_hashes(ledger.reader())?;
    let workbook = ledger.workbook();
    if !path_of(workbook.path()).exists() {
        return Ok(Freed { files: 0, bytes: 0 });
    }
    match compact(workbook.path(), workbook.key(), &named, progress)? {
        Compacted::Freed(freed) => Ok(freed),
        Compacted::Damaged(hashes) => {
            let damaged = changed_words(&checklists::called_by_hash(ledger.reader(), &hashes)?);
            Err(not_compacted(damaged).next("找到原来的文件重新附上，或去掉这些材料，再压缩"))
        }
        Compacted::Missing(hashes) => {
            let missing = missing_words(&checklists::called_by_hash(ledger.reader(), &hashes)?);
            Err(not_compacted(missing).next("放回原来的附件库，或去掉这些材料，再压缩"))
        }
    }
}

fn not_compacted(happened: String) -> Problem {
    Problem::new(ProblemKind::File, "没有压缩附件库", happened).unchanged("附件库没有改动")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What would make a place fit to be written is of no use to whoever reads.
    #[test]
    fn a_file_that_may_not_be_read_is_told_as_such() {
        let forbidden = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        let told = Source::File("照片/会议室.jpg".into()).unreadable(forbidden.into()).to_string();
        assert_eq!(
            told,
            "没有附上：“照片/会议室.jpg”：没有权限读这个文件。工作簿没有改动。看看这个文件能不能打开，或换一个。"
        );
    }
}
