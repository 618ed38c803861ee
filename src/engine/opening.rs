//! Opening a workbook for the window: a look first, then the threads.
//!
//! The look changes nothing. It tells whether the file goes on from what this machine saw of it last; where it does
//! not, nothing is opened before the person has said so.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Engine, Machine, Session};
use crate::clock::{Clock, Moment};
use crate::command::{Ledger, Stamp};
use crate::domain::ids::EntryId;
use crate::exchange::practice;
use crate::files::{folder_of, whole};
use crate::problem::{Problem, ProblemKind, Result};
use crate::progress::Progress;
use crate::settings::Recent;
use crate::store::journal::{self, Entry, Origin};
use crate::store::reader::Reader;
use crate::store::restore::Staged;
use crate::store::workbook::ReadOnly;
use crate::store::{Key, identity, settings, side};

/// What is asked for when a workbook is to be opened.
#[derive(Debug, Clone)]
pub struct OpenRequest {
    pub path: PathBuf,
    pub operator: String,
    /// What this machine saw of workbooks before.
    pub recent: Vec<Recent>,
    /// The person knows that the file does not go on from what was seen, and wants it.
    pub even_if_diverged: bool,
}

/// How an attempt to open ended.
#[derive(Debug)]
pub enum Opening {
    Open(Box<OpenWorkbook>),
    /// Nothing was opened, nothing was changed.
    Diverged(Box<Divergence>),
}

/// An open workbook with what lies beside it.
#[derive(Debug)]
pub struct OpenWorkbook {
    pub engine: Engine,
    /// What this machine now knows of it.
    pub seen: Recent,
    /// What was typed and not saved when it was open last.
    pub drafts: BTreeMap<String, serde_json::Value>,
}

/// A file that does not go on from what this machine saw of the same workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Divergence {
    pub path: PathBuf,
    /// What was seen last, wherever the file lay then.
    pub seen: Recent,
    /// Whether the file simply ends earlier: an older copy.
    pub is_older: bool,
    /// The newest entries of the file, newest first.
    pub newest: Vec<Entry>,
}

/// Entries of a diverged file that are told.
const ENTRIES_TOLD: u32 = 5;

/// Opens a workbook.
pub fn open(machine: &Machine, clock: Clock, request: OpenRequest) -> Result<Opening> {
    let OpenRequest { path, operator, recent, even_if_diverged } = request;
    let path = whole(&path)?;
    if !even_if_diverged && let Some(divergence) = diverged(&path, &recent)? {
        return Ok(Opening::Diverged(Box::new(divergence)));
    }
    let session = Session::open(&path, Key::None, &operator, Origin::Window, clock)?;
    begin(machine, clock, path, session)
}

/// Makes a workbook and opens it. `title` is its name, empty if it needs none.
pub fn create(machine: &Machine, clock: Clock, path: PathBuf, operator: &str, title: &str) -> Result<Opening> {
    let path = whole(&path)?;
    let folder = folder_of(&path);
    std::fs::create_dir_all(folder).map_err(|error| not_created(Problem::from(error).at(folder)))?;
    let stamp = Stamp { at: clock.now(), operator: operator.to_owned(), origin: Origin::Window };
    let ledger = Ledger::create(&path, title, &stamp).map_err(not_created)?;
    let session = Session::of(ledger, operator, Origin::Window, clock);
    begin(machine, clock, path, session)
}

/// The same problem, told to one who has no command line.
fn not_created(problem: Problem) -> Problem {
    let next = match problem.kind {
        ProblemKind::Input => "换一个文件名，或换一个文件夹".to_owned(),
        _ => problem.next.clone(),
    };
    problem.titled("没有新建工作簿").next(next)
}

/// Puts a backup in the place of the workbook that `engine` has open, and opens it.
pub fn restore(machine: &Machine, clock: Clock, engine: Engine, staged: Staged, operator: &str) -> Result<Opening> {
    let path = engine.path().to_owned();
    // Which attachments could not be backed up keeps nobody from what was backed up before.
    drop(engine.close()?);
    staged.put(operator, clock.now())?;
    let session = Session::open(&path, Key::None, operator, Origin::Window, clock)?;
    begin(machine, clock, path, session)
}

/// Opens the practice workbook, built first where it is not there yet.
pub fn practise(machine: &Machine, clock: Clock, kept_in: &Path, request: OpenRequest) -> Result<Opening> {
    let folder = kept_in.join("练习");
    let path = practice::practice_path(&folder);
    if !path.exists() {
        std::fs::create_dir_all(&folder)?;
        practice::build(&folder, practice::DEFAULT_SEED, clock.today(), true, &Progress::default())?;
    }
    open(machine, clock, OpenRequest { path, ..request })
}

fn begin(machine: &Machine, clock: Clock, path: PathBuf, session: Session) -> Result<Opening> {
    let drafts = side::read(&path, clock.now())?.drafts;
    let engine = machine.engine(session)?;
    let seen = seen(&path, clock.now())?;
    Ok(Opening::Open(Box::new(OpenWorkbook { engine, seen, drafts })))
}

/// What the file looks like now, to be recognised by later.
pub fn seen(path: &Path, at: Moment) -> Result<Recent> {
    let file = ReadOnly::open(path, &Key::None)?;
    let last = journal::last(file.reader())?;
    Ok(Recent {
        path: path.to_owned(),
        opened_at: at.0,
        identity: identity::read(file.reader())?.identity,
        last_entry: last.as_ref().map_or(0, |entry| entry.id.0),
        chain: last.as_ref().map_or_else(String::new, |entry| hexadecimal(&entry.chain)),
        last_at: last.as_ref().map_or(0, |entry| entry.at.0),
        last_operator: last.map_or_else(String::new, |entry| entry.operator),
    })
}

/// What is known of a workbook after an entry was added to it.
pub fn seen_after(seen: &Recent, entry: &Entry) -> Recent {
    Recent {
        last_entry: entry.id.0,
        chain: hexadecimal(&entry.chain),
        last_at: entry.at.0,
        last_operator: entry.operator.clone(),
        ..seen.clone()
    }
}

fn diverged(path: &Path, recent: &[Recent]) -> Result<Option<Divergence>> {
    let file = match ReadOnly::open(path, &Key::None) {
        Ok(file) => file,
        // An older schema is looked at after its upgrade; whatever else is wrong is told by the opening itself.
        Err(problem) if problem.kind == ProblemKind::ReadOnly => return Ok(None),
        Err(problem) => return Err(problem),
    };
    let reader = file.reader();
    if settings::is_practice(reader)? {
        return Ok(None); // built anew it is another one under the same identity, and nothing hangs on it
    }
    let identity = identity::read(reader)?.identity;
    let of_this = recent.iter().filter(|seen| seen.identity == identity && seen.last_entry > 0);
    let Some(seen) = of_this.max_by_key(|seen| seen.opened_at) else { return Ok(None) };
    if goes_on_from(reader, seen)? {
        return Ok(None);
    }
    let newest = journal::newest(reader, None, ENTRIES_TOLD)?;
    let is_older = newest.first().is_none_or(|entry| entry.id.0 < seen.last_entry);
    Ok(Some(Divergence { path: path.to_owned(), seen: seen.clone(), is_older, newest }))
}

fn goes_on_from(reader: Reader<'_>, seen: &Recent) -> Result<bool> {
    let entry = journal::get(reader, EntryId(seen.last_entry))?;
    Ok(entry.is_some_and(|entry| hexadecimal(&entry.chain) == seen.chain))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A place for a new workbook: beside the program where it is portable, else among the person's documents.
pub fn usual_folder() -> PathBuf {
    crate::settings::portable_folder().unwrap_or_else(super::folders::documents)
}
