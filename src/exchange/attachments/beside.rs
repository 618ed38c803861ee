//! The store as it lies beside the workbook: whether it is there, and is that of this workbook.
//!
//! A second store, begun where the first was left behind, is lost when that one is put back. So files are only added to
//! the store that holds what evidence names; [`begin_anew`] is for whoever has lost it for good.

use std::path::Path;

use crate::command::Ledger;
use crate::problem::{Problem, ProblemKind, Result};
use crate::store::attachments::{Attachments, Stored, others_beside, path_of};
use crate::store::checklists;
use crate::store::reader::Reader;

/// Pieces that are looked at on either side. Whose store it is shows in a few of them, and there are thousands.
const LOOKED_AT: usize = 8;
/// What to do where the store is gone.
const LOST: &str = "在 设置 → 附件库 另建一个";

/// The file of the attachments is not beside the workbook. Another one there may be it: a workbook that was renamed
/// without it.
pub fn left_behind(workbook: &Path) -> Problem {
    const TITLE: &str = "没有打开材料";
    let name = name(workbook);
    let happened = format!("附件库“{name}”不在工作簿旁边");
    match others_beside(workbook) {
        Err(problem) => problem.titled(TITLE),
        Ok(others) if others.is_empty() => Problem::new(ProblemKind::File, TITLE, happened)
            .next("把它从原来的电脑或备份里拷到工作簿所在的文件夹，再打开"),
        Ok(others) => {
            let happened = format!("{happened}，旁边有“{}”", others.join("”“"));
            let next = format!("工作簿改过名的，把它原来的附件库也改名为“{name}”");
            Problem::new(ProblemKind::File, TITLE, happened).next(next)
        }
    }
}

/// What lies beside the workbook is the store of another.
pub fn foreign(workbook: &Path) -> Problem {
    let happened = format!("附件库“{}”里没有这个工作簿的材料，可能是另一个工作簿的", name(workbook));
    Problem::new(ProblemKind::File, "没有打开材料", happened).next("换回原来的附件库")
}

/// 「支部.附件.bdk」
pub(super) fn name(workbook: &Path) -> String {
    let store = path_of(workbook);
    store.file_name().unwrap_or(store.as_os_str()).to_string_lossy().into_owned()
}

/// Fails where files that are added would not lie with those that evidence names.
pub(super) fn refuse_strange(ledger: &Ledger) -> Result<()> {
    let (reader, workbook) = (ledger.reader(), ledger.workbook());
    let named = checklists::newest_hashes(reader, LOOKED_AT)?;
    if named.is_empty() {
        return Ok(());
    }
    let (problem, first) = match Stored::open(workbook.path(), workbook.key())? {
        None => (left_behind(workbook.path()), ""),
        Some(stored) if is_foreign(&stored, &named, reader)? => (foreign(workbook.path()), "先把这个移开，再"),
        Some(_) => return Ok(()),
    };
    let next = format!("{}；确实找不到了，{first}{LOST}", problem.next);
    Err(problem.titled("没有附上").next(next))
}

/// Whether neither holds what the other has of late. An empty one is nobody else's.
fn is_foreign(stored: &Stored, named: &[String], reader: Reader<'_>) -> Result<bool> {
    for hash in named {
        if stored.has(hash)? {
            return Ok(false);
        }
    }
    let newest = stored.newest(LOOKED_AT)?;
    for hash in &newest {
        if checklists::is_named(reader, hash)? {
            return Ok(false);
        }
    }
    Ok(!newest.is_empty())
}

/// Begins an empty store where that of the workbook is lost for good (另建附件库). What it held stays missing.
pub fn begin_anew(ledger: &Ledger) -> Result<()> {
    let workbook = ledger.workbook();
    if Stored::open(workbook.path(), workbook.key())?.is_some() {
        let happened = format!("附件库“{}”就在工作簿旁边", name(workbook.path()));
        return Err(Problem::input("没有另建附件库", happened).next("不用另建，直接附材料"));
    }
    Attachments::open(workbook.path(), workbook.key()).map(drop)
}
