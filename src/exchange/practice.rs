//! The practice workbook (练习工作簿): an invented county bureau, and workbooks of any size for measuring.
//!
//! Deterministic: the same seed and day give the same content. Every person is invented; ID numbers carry the
//! address code 110000, which is on no card. Start at [`build`].

mod chance;
mod crowd;
mod crowd_talks;
mod people;
mod roster;
mod story;
mod talks;
mod words;

use std::path::{Path, PathBuf};

use crate::clock::{Clock, Day, Moment};
use crate::command::{Ledger, Stamp};
use crate::files::{folder_of, refuse_existing, sync_folder};
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::Key;
use crate::store::journal::Origin;
use crate::store::workbook::{Opened, Random, Workbook, held};

/// Who did everything in it, as the journal has it.
const OPERATOR: &str = "李敏";
/// The greatest workbook that can be generated.
pub const MOST_MEMBERS: u32 = 1_000_000;
/// The most talks that can be generated.
pub const MOST_TALKS: u32 = 5_000_000;
/// The seed where none is given.
pub const DEFAULT_SEED: u32 = 1;
/// 2026-11-24T04:00:00Z: the moment at which every generated workbook was made.
const CROWD_MADE_AT: Moment = Moment(1_795_492_800_000);

/// What was built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practice {
    pub workbook: PathBuf,
    /// A roster of the kind that offices keep; one branch of the workbook was imported from it.
    pub roster: PathBuf,
}

/// Builds the practice workbook in a folder; an existing one is replaced only with `replace`.
pub fn build(folder: &Path, seed: u32, day: Day, replace: bool, progress: &Progress) -> Result<Practice> {
    let made =
        Practice { workbook: practice_path(folder), roster: folder.join("社会组织联合党支部花名册.xlsx") };
    refuse_existing(&made.roster, replace)?;
    progress.stage("生成练习工作簿", 0)?;
    put_whole(&made.workbook, replace, Clock::fixed_on(day).now(), |temporary| {
        let ledger = create(temporary, seed, Clock::fixed_on(story::first_day(day)?).now())?;
        let story = story::Story { seed, today: day, roster: &made.roster, replace };
        story.tell(ledger, progress)
    })?;
    Ok(made)
}

/// Where the practice workbook of a folder lies.
pub fn practice_path(folder: &Path) -> PathBuf {
    folder.join("青禾县民政局（练习）.bdk")
}

/// How large a generated workbook is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CrowdSize {
    pub members: u32,
    /// Over ten years.
    pub talks: u32,
}

/// Generates a workbook of so many members, for measuring. It does not depend on the day.
pub fn generate(folder: &Path, members: u32, seed: u32, replace: bool, progress: &Progress) -> Result<PathBuf> {
    generate_with_talks(folder, CrowdSize { members, talks: 0 }, seed, replace, progress)
}

/// The same with talks; without them it is the same content as ever.
pub fn generate_with_talks(
    folder: &Path,
    size: CrowdSize,
    seed: u32,
    replace: bool,
    progress: &Progress,
) -> Result<PathBuf> {
    let members = size.members;
    if !(1..=MOST_MEMBERS).contains(&members) {
        return Err(Problem::usage(format!("人数要在 1 和 {MOST_MEMBERS} 之间，而不是 {members}")));
    }
    if size.talks > MOST_TALKS {
        return Err(Problem::usage(format!("谈话最多 {MOST_TALKS} 次，而不是 {} 次", size.talks)));
    }
    let path = folder.join(format!("青禾县（练习{members}人）.bdk"));
    put_whole(&path, replace, CROWD_MADE_AT, |temporary| {
        let ledger = create(temporary, seed, CROWD_MADE_AT)?;
        crowd::fill(ledger, size, seed, &stamp(CROWD_MADE_AT), progress)
    })?;
    Ok(path)
}

fn create(path: &Path, seed: u32, at: Moment) -> Result<Ledger> {
    Ok(Ledger::new(Workbook::create(path, Key::None, OPERATOR, at, Random::Seed(seed))?))
}

fn stamp(at: Moment) -> Stamp {
    Stamp { at, operator: OPERATOR.to_owned(), origin: Origin::CommandLine }
}

/// Makes a workbook in a place of its own and then puts it where it belongs, so that it appears whole or not at all.
fn put_whole(path: &Path, replace: bool, at: Moment, make: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let folder = folder_of(path);
    std::fs::create_dir_all(folder)?;
    refuse_existing(path, replace)?;
    if path.exists() {
        // Only a workbook that nobody is using is replaced.
        match Workbook::open(path, Key::None, OPERATOR, at)? {
            Opened::Writing(workbook) => drop(workbook),
            Opened::HeldBy(who) => return Err(held(&who)),
        }
    }
    let own = tempfile::Builder::new().prefix(".branchdesk-").tempdir_in(folder)?;
    let temporary = own.path().join("practice.bdk");
    make(&temporary)?;
    std::fs::rename(&temporary, path)?;
    sync_folder(folder)
}
