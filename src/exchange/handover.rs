//! Handover (移交): a workbook and its attachments in one file, and back from it.
//!
//! The file is a ZIP of the two with their hashes: whoever has lost the program unpacks it by any other. What is taken in
//! lies in the place it was asked for whole, or not at all. Start at [`hand_over`] and [`receive`].

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{Read, Write as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::packs::names::safe;
use super::packs::shelf::{SUMS, Shelf};
use crate::clock::Moment;
use crate::domain::checklists::EvidenceKind;
use crate::files::{Aside, folder_of, refuse_existing, sync_folder, write_from};
use crate::problem::{Problem, ProblemKind, Result};
use crate::progress::Progress;
use crate::store::Key;
use crate::store::attachments::{Attachments, Stored, path_of};
use crate::store::checklists;
use crate::store::workbook::ReadOnly;

/// The ending of a workbook, and of the store of attachments beside it.
const WORKBOOK: &str = ".bdk";
const ATTACHMENTS: &str = ".附件.bdk";
/// What either is called while it lies aside.
const ASIDE: &str = "workbook.bdk";
/// A list of two hashes is not longer.
const LONGEST_SUMS: u64 = 64 * 1024;
const PIECE_BYTES: usize = 1 << 20;

/// What went over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandedOver {
    /// Files that evidence names and that are in it, each once.
    pub attachments: usize,
    /// Those whose bytes are not there.
    pub missing: usize,
}

/// Writes a workbook, as it was last committed, and the attachments it names into one file; one that is there is replaced
/// only with `replace`. Drafts that were not put in are not part of it. Fails where an attachment is damaged.
pub fn hand_over(present: &ReadOnly, to: &Path, replace: bool, at: Moment, progress: &Progress) -> Result<HandedOver> {
    refuse_existing(to, replace)?;
    put_together(present, to, replace, at, progress).map_err(|problem| match problem.kind {
        ProblemKind::Cancelled => problem,
        _ => problem.titled("没有移交"),
    })
}

fn put_together(present: &ReadOnly, to: &Path, replace: bool, at: Moment, progress: &Progress) -> Result<HandedOver> {
    let aside = Aside::beside(to)?;
    let copy = aside.path().join(ASIDE);
    present.copy_to(&copy, progress)?;
    // What the copy names, whatever is added meanwhile.
    let named = named(&ReadOnly::open(&copy, present.key())?)?;
    let told = match Stored::open(present.path(), present.key())? {
        Some(stored) => {
            let mut beside = Attachments::open(&copy, present.key())?;
            let damaged = beside.take_from(&stored, Some(&named), progress)?;
            refuse_damaged(&checklists::called_by_hash(present.reader(), &damaged)?)?;
            count(&named, Some(&stored))?
        }
        None => count(&named, None)?,
    };
    let stem = safe(&present.path().file_stem().unwrap_or_default().to_string_lossy());
    progress.stage("装进一个文件", 0)?;
    write_from(aside.path(), to, replace, |file| {
        let mut shelf = Shelf::in_zip(file, at.day()).of_large_files();
        for (ending, path) in [(WORKBOOK, copy.clone()), (ATTACHMENTS, path_of(&copy))] {
            if path.exists() {
                let mut from = File::open(&path)?;
                shelf.put(&format!("{stem}{ending}"), |to| {
                    pass(&mut from, Problem::from, progress, |piece| Ok(to.write_all(piece)?))
                })?;
            }
        }
        shelf.finish()
    })?;
    Ok(told)
}

/// Whoever takes over is not given less than was there, without a word: each piece that is damaged is named.
fn refuse_damaged(pieces: &[String]) -> Result<()> {
    if pieces.is_empty() {
        return Ok(());
    }
    let told: Vec<String> = pieces.iter().map(|piece| format!("“{piece}”")).collect();
    let happened = format!("有 {} 件材料的内容和附上时不一样了，附件库有损坏：{}", pieces.len(), told.join("、"));
    Err(Problem::new(ProblemKind::File, "没有移交", happened).next("找到原来的文件重新附上，或去掉这些材料，再移交"))
}

/// Takes a file that was handed over in as a new workbook with its attachments. Fails where either is there already, or
/// is not what was handed over.
pub fn receive(package: &Path, to: &Path, key: &Key, progress: &Progress) -> Result<HandedOver> {
    let there = path_of(to);
    for path in [to, &there] {
        refuse_existing(path, false).map_err(|problem| problem.next("换一个名字"))?;
    }
    take_in(package, to, key, progress).map_err(|problem| match problem.kind {
        ProblemKind::Cancelled => problem,
        _ => problem.titled("没有接收").unchanged("没有留下半个工作簿"),
    })
}

fn take_in(package: &Path, to: &Path, key: &Key, progress: &Progress) -> Result<HandedOver> {
    let foreign = || {
        Problem::new(ProblemKind::File, "没有接收", format!("“{}”不是移交文件，或不完整", package.display()))
            .next("请原来的人再移交一次，或换一个文件")
    };
    let unreadable = |error: std::io::Error| match error.raw_os_error() {
        Some(_) => Problem::from(error).at(package),
        // Not the system: what is packed in it does not fit together.
        None => foreign(),
    };
    let file = File::open(package).map_err(|error| Problem::from(error).at(package))?;
    let mut zip = ZipArchive::new(file).map_err(|_| foreign())?;
    let sums = sums(&mut zip).ok_or_else(foreign)?;
    let aside = Aside::beside(to)?;
    let copy = aside.path().join(ASIDE);
    let mut is_there = false;
    progress.stage("取出移交的文件", 0)?;
    for (name, hash) in &sums {
        // Names in the file choose between two places and are no paths.
        let place = match (name.ends_with(ATTACHMENTS), name.ends_with(WORKBOOK)) {
            (true, _) => path_of(&copy),
            (false, true) => copy.clone(),
            (false, false) => return Err(foreign()),
        };
        is_there |= place == copy;
        let entry = zip.by_name(name).map_err(|_| foreign())?;
        if unpack(entry, &place, unreadable, progress)? != *hash {
            return Err(foreign());
        }
    }
    if !is_there {
        return Err(foreign());
    }
    let told = looked_through(&copy, key)?;
    put_in_place(&copy, to)?;
    Ok(told)
}

/// Opens what was unpacked as whoever works with it will.
fn looked_through(copy: &Path, key: &Key) -> Result<HandedOver> {
    let workbook = ReadOnly::open(copy, key)?;
    if let Some(finding) = workbook.findings()?.into_iter().next() {
        return Err(Problem::new(ProblemKind::File, "没有接收", "里面的工作簿检查时对不上").detail(finding));
    }
    count(&named(&workbook)?, Stored::open(copy, key)?.as_ref())
}

fn put_in_place(copy: &Path, to: &Path) -> Result<()> {
    let (store, place) = (path_of(copy), path_of(to));
    let has_store = store.exists();
    if has_store {
        std::fs::rename(&store, &place)?;
    }
    if let Err(error) = std::fs::rename(copy, to) {
        if has_store {
            std::fs::rename(&place, &store)?;
        }
        return Err(error.into());
    }
    sync_folder(folder_of(to))
}

/// The hashes that a package tells of itself, by name.
fn sums(zip: &mut ZipArchive<File>) -> Option<BTreeMap<String, String>> {
    let mut text = String::new();
    zip.by_name(SUMS).ok()?.take(LONGEST_SUMS).read_to_string(&mut text).ok()?;
    text.lines().map(|line| line.split_once("  ").map(|(hash, name)| (name.to_owned(), hash.to_owned()))).collect()
}

/// Unpacks an entry, no more of it than it says; its hash.
fn unpack(
    entry: ZipFile<'_, File>,
    place: &Path,
    unreadable: impl Fn(std::io::Error) -> Problem,
    progress: &Progress,
) -> Result<String> {
    let mut to = File::create_new(place)?;
    let mut hasher = Sha256::new();
    let told = entry.size();
    pass(&mut entry.take(told), unreadable, progress, |piece| {
        hasher.update(piece);
        Ok(to.write_all(piece)?)
    })?;
    to.sync_all()?;
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Passes bytes on piece by piece.
fn pass(
    from: &mut dyn Read,
    unreadable: impl Fn(std::io::Error) -> Problem,
    progress: &Progress,
    mut take: impl FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        let length = from.read(&mut piece).map_err(&unreadable)?;
        if length == 0 {
            return Ok(());
        }
        take(&piece[..length])?;
        progress.step(progress.standing().done + length as u64)?;
    }
}

/// The hashes that evidence names.
fn named(workbook: &ReadOnly) -> Result<HashSet<String>> {
    let mut named = HashSet::new();
    checklists::each_evidence(workbook.reader(), |evidence| {
        if let EvidenceKind::File { hash, .. } = evidence.kind {
            named.insert(hash);
        }
        Ok(())
    })?;
    Ok(named)
}

fn count(named: &HashSet<String>, stored: Option<&Stored>) -> Result<HandedOver> {
    let mut attachments = 0;
    if let Some(stored) = stored {
        for hash in named {
            attachments += usize::from(stored.has(hash)?);
        }
    }
    Ok(HandedOver { attachments, missing: named.len() - attachments })
}
