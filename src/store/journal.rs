//! The journal (操作记录): tables `entry`, `entry_block` and `touched`.
//!
//! Every change is one entry with a Chinese title; its rows before and after lie in compressed blocks. From it come
//! undo, redo, histories and the integrity chain. Entries are only appended.

use std::collections::BTreeSet;
use std::thread::JoinHandle;

use rusqlite::{Connection, OptionalExtension as _, Row as SqlRow, params};
use sha2::{Digest as _, Sha256};

use super::book::Closed;
use super::change::{Change, unpack};
use super::reader::Reader;
use super::schema::VERSION;
use crate::clock::Moment;
use crate::domain::ids::{EntryId, RecordId};
use crate::problem::{Problem, Result};

const LAST: &str = "SELECT * FROM entry ORDER BY id DESC LIMIT 1";
const GET: &str = "SELECT * FROM entry WHERE id = ?1";
const ALL: &str = "SELECT * FROM entry ORDER BY id";
const NEWEST: &str = "SELECT * FROM entry WHERE id < ?1 ORDER BY id DESC LIMIT ?2";
const OF_RECORD: &str = "SELECT entry.* FROM touched JOIN entry ON entry.id = touched.entry WHERE record = ?1 ORDER BY entry.id DESC LIMIT ?2";
const INSERT: &str = "INSERT INTO entry (id, at, operator, origin, title, reverts, undo, schema, changes, payload_hash, chain) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
const INSERT_BLOCK: &str = "INSERT INTO entry_block (entry, part, payload) VALUES (?1, ?2, ?3)";
const INSERT_TOUCHED: &str = "INSERT INTO touched (record, entry) SELECT value, ?2 FROM json_each(?1)";
const PARTS: &str = "SELECT count(*) FROM entry_block WHERE entry = ?1";
const PART: &str = "SELECT payload FROM entry_block WHERE entry = ?1 AND part = ?2";
const TOUCHED_BY: &str = "SELECT record FROM touched WHERE entry = ?1 ORDER BY record";
const REVERTS_OF: &str = "SELECT id FROM entry WHERE reverts = ?1 AND id > ?1 ORDER BY id";
const LATER_ON_SAME_RECORDS: &str = "SELECT DISTINCT later.entry FROM touched AS mine JOIN touched AS later ON later.record = mine.record WHERE mine.entry = ?1 AND later.entry > ?1 ORDER BY later.entry";
const RECORDS_SHARED: &str = "SELECT mine.record FROM touched AS mine JOIN touched AS later ON later.record = mine.record WHERE mine.entry = ?1 AND later.entry = ?2";
const TOUCHING_NOBODY: &str = "SELECT id FROM entry WHERE changes > 0 AND NOT EXISTS (SELECT 1 FROM touched WHERE touched.entry = entry.id) ORDER BY id";
const LATEST_TOUCHING: &str = "SELECT entry FROM touched WHERE record = ?1 AND entry > ?2 ORDER BY entry DESC LIMIT 1";

pub(super) const STATEMENTS: &[&str] = &[
    LAST,
    GET,
    ALL,
    NEWEST,
    OF_RECORD,
    INSERT,
    INSERT_BLOCK,
    INSERT_TOUCHED,
    PARTS,
    PART,
    TOUCHED_BY,
    REVERTS_OF,
    LATER_ON_SAME_RECORDS,
    RECORDS_SHARED,
    TOUCHING_NOBODY,
    LATEST_TOUCHING,
];

/// Where a change came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The window.
    Window,
    /// The command line.
    CommandLine,
    /// An import.
    Import,
}

impl Origin {
    fn name(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::CommandLine => "command_line",
            Self::Import => "import",
        }
    }
}

/// One entry: a named change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: EntryId,
    pub at: Moment,
    pub operator: String,
    pub origin: String,
    /// 「导入党员 312 人：花名册.xlsx」
    pub title: String,
    /// The entry that this one took back: an undo, or, where that was itself an undo, a redo.
    pub reverts: Option<EntryId>,
    /// Whether it can be undone at all.
    pub undoable: bool,
    pub schema: i64,
    /// Rows changed.
    pub changes: u64,
    pub(super) payload_hash: Vec<u8>,
    pub chain: Vec<u8>,
}

/// What an entry is told besides its changes.
#[derive(Debug, Clone)]
pub struct Heading<'h> {
    pub at: Moment,
    pub operator: &'h str,
    pub origin: Origin,
    pub title: &'h str,
    pub reverts: Option<EntryId>,
    pub undoable: bool,
}

/// Appends an entry with what a book kept.
pub(super) fn append(connection: &Connection, heading: &Heading<'_>, closed: &Closed) -> Result<Entry> {
    let previous = last(Reader(connection))?;
    let id = previous.as_ref().map_or(1, |entry| entry.id.0 + 1);
    let mut entry = Entry {
        id: EntryId(id),
        at: heading.at,
        operator: heading.operator.to_owned(),
        origin: heading.origin.name().to_owned(),
        title: heading.title.to_owned(),
        reverts: heading.reverts,
        undoable: heading.undoable,
        schema: VERSION,
        changes: closed.count,
        payload_hash: closed.payload_hash.to_vec(),
        chain: Vec::new(),
    };
    entry.chain = chain(previous.as_ref().map(|entry| entry.chain.as_slice()), &entry);
    connection.prepare_cached(INSERT)?.execute(params![
        entry.id.0,
        entry.at.0,
        entry.operator,
        entry.origin,
        entry.title,
        entry.reverts.map(|id| id.0),
        if entry.undoable { "yes" } else { "no" },
        entry.schema,
        i64::try_from(entry.changes).unwrap_or(i64::MAX),
        entry.payload_hash,
        entry.chain,
    ])?;
    let mut insert_block = connection.prepare_cached(INSERT_BLOCK)?;
    for (part, block) in closed.blocks.iter().enumerate() {
        insert_block.execute(params![id, i64::try_from(part).unwrap_or(i64::MAX), block])?;
    }
    // All of them by one statement: an import touches everybody.
    connection.prepare_cached(INSERT_TOUCHED)?.execute(params![serde_json::json!(closed.touched).to_string(), id])?;
    Ok(entry)
}

/// The newest entry.
pub fn last(reader: Reader<'_>) -> Result<Option<Entry>> {
    one(reader, LAST, [])
}

/// The end of the chain: changes with every entry. Empty while there is none.
pub fn head(reader: Reader<'_>) -> Result<Vec<u8>> {
    Ok(last(reader)?.map(|entry| entry.chain).unwrap_or_default())
}

/// An entry by its number.
pub fn get(reader: Reader<'_>, id: EntryId) -> Result<Option<Entry>> {
    one(reader, GET, [id.0])
}

/// Entries before `before` (or the newest), newest first.
pub fn newest(reader: Reader<'_>, before: Option<EntryId>, limit: u32) -> Result<Vec<Entry>> {
    many(reader, NEWEST, params![before.map_or(i64::MAX, |id| id.0), limit])
}

/// Entries that are read at once where one looks back.
const PAGE: u32 = 200;

/// Passes the entries, the newest first, until `take` gives something back.
pub fn look_back<T>(reader: Reader<'_>, mut take: impl FnMut(Entry) -> Result<Option<T>>) -> Result<Option<T>> {
    let mut before = None;
    loop {
        let page = newest(reader, before, PAGE)?;
        let Some(oldest) = page.last() else { return Ok(None) };
        before = Some(oldest.id);
        for entry in page {
            if let Some(found) = take(entry)? {
                return Ok(Some(found));
            }
        }
    }
}

/// All entries, oldest first.
pub fn all(reader: Reader<'_>) -> Result<Vec<Entry>> {
    many(reader, ALL, [])
}

/// The entries that touched a record, newest first.
pub fn of_record(reader: Reader<'_>, record: RecordId, limit: u32) -> Result<Vec<Entry>> {
    many(reader, OF_RECORD, params![record, limit])
}

/// The entry that took this one back and still stands, if there is one.
pub fn reverted_by(reader: Reader<'_>, id: EntryId) -> Result<Option<EntryId>> {
    reverted_but_for(reader, id, &BTreeSet::new())
}

/// The same as if the entries in `gone` had been taken back.
pub fn reverted_but_for(reader: Reader<'_>, id: EntryId, gone: &BTreeSet<EntryId>) -> Result<Option<EntryId>> {
    let reverts = reader.integers(REVERTS_OF, [id.0])?;
    for revert in reverts.into_iter().rev().map(EntryId).filter(|revert| !gone.contains(revert)) {
        if reverted_but_for(reader, revert, gone)?.is_none() {
            return Ok(Some(revert));
        }
    }
    Ok(None)
}

/// Later entries that still stand and touched a record of this one.
///
/// An entry and its undo, both later, cancel out and are left out.
pub fn standing_since(reader: Reader<'_>, id: EntryId) -> Result<Vec<Entry>> {
    let mut found = Vec::new();
    for later in reader.integers(LATER_ON_SAME_RECORDS, [id.0])? {
        let Some(entry) = get(reader, EntryId(later))? else { continue };
        let takes_back_a_later_one = entry.reverts.is_some_and(|reverted| reverted >= id);
        if !takes_back_a_later_one && reverted_by(reader, entry.id)?.is_none() {
            found.push(entry);
        }
    }
    Ok(found)
}

/// The records that both entries touched.
pub fn shared_records(reader: Reader<'_>, one: EntryId, other: EntryId) -> Result<Vec<RecordId>> {
    reader.integers(RECORDS_SHARED, [one.0, other.0])
}

/// The newest entry after `since` that touched a record.
pub fn latest_touching(reader: Reader<'_>, record: RecordId, since: EntryId) -> Result<Option<Entry>> {
    match reader.integers(LATEST_TOUCHING, [record, since.0])?.first() {
        Some(id) => get(reader, EntryId(*id)),
        None => Ok(None),
    }
}

/// The records an entry touched, ascending.
pub fn touched_by(reader: Reader<'_>, id: EntryId) -> Result<Vec<RecordId>> {
    reader.integers(TOUCHED_BY, [id.0])
}

/// Passes the changes of an entry, the last first.
pub fn each_change_backwards(
    reader: Reader<'_>,
    id: EntryId,
    mut take: impl FnMut(Change) -> Result<()>,
) -> Result<()> {
    let mut parts = (0..parts(reader, id)?).rev();
    // While the changes of a block are passed, the next one is unpacked on a core of its own.
    let mut ahead = parts.next().map(|part| unpack_aside(reader, id, part)).transpose()?;
    while let Some(unpacking) = ahead {
        ahead = parts.next().map(|part| unpack_aside(reader, id, part)).transpose()?;
        // A panic there is one here too.
        let changes = unpacking.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        for change in changes.into_iter().rev() {
            take(change)?;
        }
    }
    Ok(())
}

fn unpack_aside(reader: Reader<'_>, id: EntryId, part: i64) -> Result<JoinHandle<Result<Vec<Change>>>> {
    let payload = payload(reader, id, part)?;
    Ok(std::thread::spawn(move || unpack(&payload)))
}

/// Passes the changes of an entry, the first first.
pub fn each_change(reader: Reader<'_>, id: EntryId, mut take: impl FnMut(Change) -> Result<()>) -> Result<()> {
    for part in 0..parts(reader, id)? {
        for change in block(reader, id, part)? {
            take(change)?;
        }
    }
    Ok(())
}

/// Checks the chain and every payload; returns what is wrong, in words.
pub fn findings(reader: Reader<'_>) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut previous: Option<Entry> = None;
    for entry in all(reader)? {
        if chain(previous.as_ref().map(|entry| entry.chain.as_slice()), &entry) != entry.chain {
            found.push(format!("操作记录第 {} 步的校验链对不上", entry.id));
        }
        let mut hash = Sha256::new();
        for part in 0..parts(reader, entry.id)? {
            hash.update(Sha256::digest(payload(reader, entry.id, part)?));
        }
        if hash.finalize().as_slice() != entry.payload_hash {
            found.push(format!("操作记录第 {} 步的内容被改动过", entry.id));
        }
        previous = Some(entry);
    }
    for id in reader.integers(TOUCHING_NOBODY, [])? {
        found.push(format!("操作记录第 {id} 步没有写明改了谁"));
    }
    Ok(found)
}

/// Hash of (previous, header, hash of payload): a payload can be sealed later without breaking the chain.
fn chain(previous: Option<&[u8]>, entry: &Entry) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(previous.unwrap_or(&[0; 32]));
    let header = serde_json::json!([
        entry.id.0,
        entry.at.0,
        entry.operator,
        entry.origin,
        entry.title,
        entry.reverts.map(|id| id.0),
        entry.undoable,
        entry.schema,
        entry.changes,
    ]);
    hash.update(header.to_string().as_bytes());
    hash.update(&entry.payload_hash);
    hash.finalize().to_vec()
}

fn parts(reader: Reader<'_>, id: EntryId) -> Result<i64> {
    Ok(reader.integer(PARTS, [id.0])?.unwrap_or(0))
}

fn payload(reader: Reader<'_>, id: EntryId, part: i64) -> Result<Vec<u8>> {
    Ok(reader.0.prepare_cached(PART)?.query_row([id.0, part], |row| row.get(0))?)
}

fn block(reader: Reader<'_>, id: EntryId, part: i64) -> Result<Vec<Change>> {
    unpack(&payload(reader, id, part)?)
}

fn one(reader: Reader<'_>, sql: &str, parameters: impl rusqlite::Params) -> Result<Option<Entry>> {
    Ok(reader.0.prepare_cached(sql)?.query_row(parameters, read).optional()?)
}

fn many(reader: Reader<'_>, sql: &str, parameters: impl rusqlite::Params) -> Result<Vec<Entry>> {
    let mut statement = reader.0.prepare_cached(sql)?;

    statement.query_map(parameters, read)?.collect::<rusqlite::Result<Vec<_>>>().map_err(Problem::from)
}

fn read(row: &SqlRow<'_>) -> rusqlite::Result<Entry> {
    let id: i64 = row.get("id")?;
    Ok(Entry {
        id: EntryId(id),
        at: Moment(row.get("at")?),
        operator: row.get("operator")?,
        origin: row.get("origin")?,
        title: row.get("title")?,
        // Whatever a damaged file says, an entry takes back an earlier one: who follows them comes to an end.
        reverts: row.get::<_, Option<i64>>("reverts")?.filter(|reverts| *reverts < id).map(EntryId),
        undoable: row.get::<_, String>("undo")? == "yes",
        schema: row.get("schema")?,
        changes: row.get::<_, i64>("changes")?.unsigned_abs(),
        payload_hash: row.get("payload_hash")?,
        chain: row.get("chain")?,
    })
}
