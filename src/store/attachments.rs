//! The store of attachments (附件库): the bytes of files, by their hash and each once, in a SQLite file of its own beside
//! the workbook, with the same key.
//!
//! Only ever added to, so that a backup copies what is new; [`compact`] makes it anew without what nobody names. It is
//! not journalled: rows of the workbook name what lies here, and undo takes the row back. Bytes are kept before a row
//! names them: whoever is killed in between leaves a piece that nobody names, and nothing else. Nothing is held whole in
//! memory. Start at [`Attachments::add_all`] and [`Stored::copy_to`].

mod adding;
mod ahead;
mod stored;

use std::collections::HashSet;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, OptionalExtension as _, TransactionBehavior};

pub use adding::Kept;
use adding::{Adding, Watched};
pub use ahead::Addable;
use ahead::{pour, read_ahead, room};
pub use stored::Stored;

use super::open::{self, Key};
use super::{backup, restore};
use crate::files::{folder_of, sync_folder};
use crate::problem::{Problem, ProblemKind, Result};
use crate::progress::Progress;

/// `bdka` in ASCII.
pub(super) const APPLICATION_ID: i64 = 0x6264_6b61;
const VERSION: i64 = 1;
const SCHEMA: &str = include_str!("attachments.sql");
/// Large pages: a piece lies on few of them.
const PAGE_BYTES: i64 = 32 * 1024;
/// The length of a piece.
const CHUNK_BYTES: usize = 1 << 20;
/// What a connection keeps in memory, in KiB. Little: what is beyond it is written while another thread still reads.
const CACHE_KIB: i64 = 4 * 1024;
/// How the name of a store ends.
const ENDING: &str = ".附件.bdk";
/// The largest file that is taken.
pub const LARGEST: u64 = 200 << 20;

const FIND: &str = "SELECT id, bytes FROM blob WHERE hash = ?1";
const CHUNKS: &str = "SELECT data FROM chunk WHERE blob = ?1 ORDER BY position";

/// Where the attachments of a workbook lie: `支部.附件.bdk` beside `支部.bdk`.
pub fn path_of(workbook: &Path) -> PathBuf {
    let stem = workbook.file_stem().unwrap_or(workbook.as_os_str()).to_string_lossy();
    of_stem(workbook, &stem)
}

fn of_stem(workbook: &Path, stem: &str) -> PathBuf {
    folder_of(workbook).join(format!("{stem}{ENDING}"))
}

/// Where the attachments lie that a workbook names. A backup, and a workbook that a backup replaced, have none of their
/// own: theirs lie with those of the workbook.
fn place_of(workbook: &Path) -> PathBuf {
    let own = path_of(workbook);
    if own.exists() {
        return own;
    }
    let stem = backup::copied_from(workbook).or_else(|| restore::kept_from(workbook));
    stem.map(|stem| of_stem(workbook, stem)).filter(|shared| shared.exists()).unwrap_or(own)
}

/// The names of the stores in the folder of a workbook that are not its own.
pub fn others_beside(workbook: &Path) -> Result<Vec<String>> {
    let own = open::name(&path_of(workbook));
    let mut others = Vec::new();
    for entry in std::fs::read_dir(folder_of(workbook))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(ENDING) && name != own {
            others.push(name);
        }
    }
    others.sort();
    Ok(others)
}

/// The store, open for adding. Whoever writes the workbook holds its lock, and no other adds.
#[derive(Debug)]
pub struct Attachments {
    connection: Connection,
}

impl Attachments {
    /// Opens the attachments of a workbook, and makes the file where there is none. A backup that is written to gets a
    /// file of its own.
    pub fn open(workbook: &Path, key: &Key) -> Result<Self> {
        let (own, shared) = (path_of(workbook), place_of(workbook));
        let before = if own == shared { None } else { Stored::open_at(&shared, key)? };
        let mut opened = Self::open_at(&own, key)?;
        if let Some(before) = before {
            // What is damaged there is missing here, and said to be where it is looked for.
            drop(opened.take_from(&before, None, &Progress::default())?);
        }
        Ok(opened)
    }

    fn open_at(path: &Path, key: &Key) -> Result<Self> {
        let is_new = !path.exists();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = connect(path, key, flags).map_err(|problem| not_opened(path, problem))?;
        if is_new || is_unfinished(&connection)? {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            transaction.execute_batch(SCHEMA)?;
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.pragma_update(None, "user_version", VERSION)?;
            transaction.commit()?;
            sync_folder(folder_of(path))?;
        }
        identify(path, &connection)?;
        Ok(Self { connection })
    }

    /// Keeps the bytes of one file.
    pub fn add(&mut self, from: &mut dyn Read, progress: &Progress) -> Result<Kept> {
        let mut adding = self.adding()?;
        let kept = adding.add(&mut |to| pour(from, &mut room(), to), progress)?;
        adding.keep()?;
        Ok(kept)
    }

    /// Keeps the bytes of several files, or of none. A disk takes as long to promise one file as to promise hundreds.
    pub fn add_all(&mut self, files: &[impl Addable], progress: &Progress) -> Result<Vec<Kept>> {
        let mut adding = self.adding()?;
        let kept = read_ahead(files, |ahead| {
            let mut kept = Vec::with_capacity(files.len());
            for _ in files {
                kept.push(match ahead.at_hand()? {
                    Some((bytes, whole)) => adding.add_whole(bytes, whole, progress)?,
                    None => adding.add(&mut |to| ahead.pour_next(to), progress)?,
                });
            }
            Ok(kept)
        })?;
        adding.keep()?;
        Ok(kept)
    }

    fn adding(&mut self) -> Result<Adding<'_>> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(Adding::begun(transaction))
    }

    /// Copies from another store what is wanted and not here yet; gives back the hashes of what is damaged there, of which
    /// nothing is copied.
    pub fn take_from(
        &mut self,
        other: &Stored,
        wanted: Option<&HashSet<String>>,
        progress: &Progress,
    ) -> Result<HashSet<String>> {
        let all = other.all()?;
        let is_wanted = |hash: &String| wanted.is_none_or(|wanted| wanted.contains(hash));
        let mut missing: Vec<(String, u64)> = Vec::new();
        for (hash, bytes) in all.into_iter().filter(|(hash, _)| is_wanted(hash)) {
            if find(&self.connection, &hash)?.is_none() {
                missing.push((hash, bytes));
            }
        }
        let mut damaged = HashSet::new();
        if missing.is_empty() {
            return Ok(damaged);
        }
        progress.stage("复制附件", missing.iter().map(|(_, bytes)| bytes).sum())?;
        let mut adding = self.adding()?;
        for (hash, _) in missing {
            let copied = other.with_bytes(&hash, |reader| {
                let mut from = Watched::new(reader);
                match adding.add_as(&hash, &mut from, progress) {
                    Err(_) if from.has_failed() => Ok(false),
                    copied => copied,
                }
            })?;
            if copied == Some(false) {
                damaged.insert(hash);
            }
        }
        adding.keep()?;
        Ok(damaged)
    }
}

/// Copies into the backup beside the workbook what is not there yet: one file, only ever added to, so that nobody copies a
/// gigabyte each evening. Gives back the hashes of what is damaged and has no copy there yet.
pub(super) fn back_up(workbook: &Path, folder: &Path, key: &Key, progress: &Progress) -> Result<HashSet<String>> {
    let Some(stored) = Stored::open(workbook, key)? else { return Ok(HashSet::new()) };
    let name = path_of(workbook);
    let target = folder.join(name.file_name().unwrap_or(name.as_os_str()));
    Attachments::open_at(&target, key)?.take_from(&stored, None, progress)
}

/// What compacting freed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freed {
    pub files: usize,
    pub bytes: u64,
}

/// Files that are named at once; whoever wants them all verifies.
const NAMED: usize = 20;

/// 「有 2 件材料的内容和附上时不一样了：会议室（会议室.jpg）、…」
pub fn changed_words(names: &[String]) -> String {
    format!("有 {} 件材料的内容和附上时不一样了：{}", names.len(), some_of(names))
}

/// 「附件库里找不到 2 件材料：会议室（会议室.jpg）、…」
pub fn missing_words(names: &[String]) -> String {
    format!("附件库里找不到 {} 件材料：{}", names.len(), some_of(names))
}

fn some_of(names: &[String]) -> String {
    let told = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join("、");
    let rest = if names.len() > NAMED { " 等" } else { "" };
    format!("{told}{rest}")
}

/// What became of compacting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compacted {
    Freed(Freed),
    /// Nothing was dropped: the bytes of these hashes are not what they were, and what is left of them may still be of use.
    Damaged(HashSet<String>),
    /// Nothing was dropped: these hashes are named and not there, so that it may be another store, of which nothing else is
    /// ours to drop.
    Missing(HashSet<String>),
}

/// Makes the store anew with what is named only (压缩附件库). The new file is put in its place whole or not at all.
pub fn compact(workbook: &Path, key: &Key, named: &HashSet<String>, progress: &Progress) -> Result<Compacted> {
    let nothing = Compacted::Freed(Freed { files: 0, bytes: 0 });
    let path = path_of(workbook);
    let Some(old) = Stored::open_at(&path, key)? else { return Ok(nothing) };
    let (kept, dropped): (Vec<_>, Vec<_>) = old.all()?.into_iter().partition(|(hash, _)| named.contains(hash));
    if dropped.is_empty() {
        return Ok(nothing);
    }
    if kept.len() < named.len() {
        let there: HashSet<String> = kept.into_iter().map(|(hash, _)| hash).collect();
        return Ok(Compacted::Missing(named.difference(&there).cloned().collect()));
    }
    let folder = folder_of(&path);
    let temporary = tempfile::Builder::new().prefix(".branchdesk-").suffix(".bdk").tempfile_in(folder)?;
    let temporary = temporary.into_temp_path();
    // SQLite makes the file itself, so that it is ours from the first page.
    std::fs::remove_file(&temporary)?;
    let mut new = Attachments::open_at(&temporary, key)?;
    let damaged = new.take_from(&old, Some(named), progress)?;
    if !damaged.is_empty() {
        return Ok(Compacted::Damaged(damaged));
    }
    new.connection.close().map_err(|(_, error)| Problem::from(error))?;
    std::fs::File::open(&temporary)?.sync_all()?;
    drop(old);
    temporary.persist(&path).map_err(|error| Problem::from(error.error))?;
    sync_folder(folder)?;
    Ok(Compacted::Freed(Freed { files: dropped.len(), bytes: dropped.iter().map(|(_, bytes)| bytes).sum() }))
}

fn connect(path: &Path, key: &Key, flags: OpenFlags) -> Result<Connection> {
    let connection = unlocked(path, key, flags)?;
    if *key == Key::None {
        // Of a new file; one that is there has its own.
        connection.pragma_update(None, "page_size", PAGE_BYTES)?;
    }
    open::settle(&connection)?;
    // Nothing is ever read twice.
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.pragma_update(None, "cache_spill", true)?;
    Ok(connection)
}

fn unlocked(path: &Path, key: &Key, flags: OpenFlags) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, flags)?;
    open::unlock(&connection, key)?;
    if *key != Key::None {
        // An encrypted file has to be told each time, before its first page is read.
        connection.pragma_update(None, "cipher_page_size", PAGE_BYTES)?;
    }
    Ok(connection)
}

/// Whether the file was made and its first transaction never came through.
fn is_unfinished(connection: &Connection) -> Result<bool> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let pages: i64 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
    Ok(version == 0 && pages <= 1)
}

fn identify(path: &Path, connection: &Connection) -> Result<()> {
    let read = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    if read("application_id")? != APPLICATION_ID {
        return Err(not_opened(path, Problem::new(ProblemKind::File, "", "不是本程序的附件库")));
    }
    if read("user_version")? > VERSION {
        let newer = not_opened(path, Problem::new(ProblemKind::File, "", "是更新版本的程序做的"));
        return Err(newer.next("请用新版本的程序打开"));
    }
    Ok(())
}

fn find(connection: &Connection, hash: &str) -> Result<Option<(i64, i64)>> {
    let mut statement = connection.prepare_cached(FIND)?;
    Ok(statement.query_row([hash], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// Reads until the piece is full or the file ends.
fn read_full(from: &mut dyn Read, piece: &mut [u8]) -> Result<usize> {
    let mut length = 0;
    while length < piece.len() {
        match from.read(&mut piece[length..]) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(length)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn not_opened(path: &Path, problem: Problem) -> Problem {
    let happened = format!("附件库“{}”{}", open::name(path), problem.happened);
    let next = match problem.kind {
        ProblemKind::File => "从“备份”文件夹找回附件库；不要它就移开，再附材料".to_owned(),
        _ => problem.next.clone(),
    };
    Problem {
        title: "没有打开附件库".into(), happened, unchanged: "工作簿没有改动".into(), next, ..problem
    }
}

/// The bytes are not in the store: it was left behind, or is that of another workbook.
fn missing(hash: &str) -> Problem {
    Problem::new(ProblemKind::File, "没有打开材料", "附件库里没有这个文件")
        .next("把原来的附件库文件（.附件.bdk）放到工作簿旁边，或重新附上")
        .detail(hash.to_owned())
}

fn damaged(hash: &str) -> Problem {
    Problem::new(ProblemKind::File, "没有打开材料", "这个文件的内容和附上时不一样了，附件库有损坏")
        .next("从备份找回附件库，或重新附上")
        .detail(hash.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workbook() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("支部.bdk");
        (folder, path)
    }

    fn bytes(length: usize, seed: u8) -> Vec<u8> {
        (0..length).map(|place| seed.wrapping_add((place % 251) as u8)).collect()
    }

    fn add(path: &Path, key: &Key, content: &[u8]) -> Kept {
        let mut store = Attachments::open(path, key).expect("open");
        store.add(&mut &*content, &Progress::default()).expect("added")
    }

    fn read(path: &Path, key: &Key, hash: &str) -> Result<Vec<u8>> {
        let mut out = Vec::new();
        let stored = Stored::open(path, key)?.expect("there");
        stored.copy_to(hash, &mut out, &Progress::default())?;
        Ok(out)
    }

    #[test]
    fn bytes_are_kept_once_and_come_back_as_they_were_with_a_key_or_without() {
        for key in [Key::None, Key::Raw([7; 32])] {
            let (_folder, path) = workbook();
            assert!(Stored::open(&path, &key).expect("no file is no fault").is_none());
            let content = bytes(2 * CHUNK_BYTES + 5, 3);
            let kept = add(&path, &key, &content);
            assert_eq!((kept.bytes, kept.is_new), (2 * CHUNK_BYTES as u64 + 5, true));
            assert!(!add(&path, &key, &content).is_new);
            assert_eq!(add(&path, &key, b"").hash, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
            assert_eq!(read(&path, &key, &kept.hash).expect("read"), content);
            assert_eq!(Stored::open(&path, &key).expect("open").expect("there").all().expect("read").len(), 2);
            assert_eq!(read(&path, &key, &"0".repeat(64)).expect_err("not there").happened, "附件库里没有这个文件");
        }
    }

    #[test]
    fn a_file_of_another_program_is_left_alone() {
        let (_folder, path) = workbook();
        std::fs::write(path_of(&path), "不是数据库，只是同名".repeat(200)).expect("written");
        let problem = Attachments::open(&path, &Key::None).expect_err("not ours");
        assert_eq!(problem.title, "没有打开附件库");
        let connection = {
            std::fs::remove_file(path_of(&path)).expect("gone");
            Connection::open(path_of(&path)).expect("another database")
        };
        connection.execute_batch("CREATE TABLE note (id INTEGER)").expect("made");
        let problem = Attachments::open(&path, &Key::None).expect_err("not ours");
        assert!(problem.happened.contains("不是本程序的附件库"), "{problem}");
    }

    #[test]
    fn a_changed_byte_is_found_and_named() {
        let (_folder, path) = workbook();
        let good = add(&path, &Key::None, &bytes(1_000, 1));
        let bad = add(&path, &Key::None, &bytes(CHUNK_BYTES + 1_000, 9));
        let connection = Connection::open(path_of(&path)).expect("open");
        let changed = "UPDATE chunk SET data = zeroblob(length(data)) WHERE position = 1";
        assert_eq!(connection.execute(changed, []).expect("spoiled"), 1);
        let stored = Stored::open(&path, &Key::None).expect("open").expect("there");
        assert_eq!(stored.changed(&Progress::default()).expect("looked"), std::slice::from_ref(&bad.hash));
        assert!(read(&path, &Key::None, &bad.hash).expect_err("damaged").happened.contains("不一样"));
        assert!(read(&path, &Key::None, &good.hash).is_ok());
    }

    #[test]
    fn whoever_cancels_leaves_nothing_and_compacting_drops_what_nobody_names() {
        let (_folder, path) = workbook();
        let content = bytes(3 * CHUNK_BYTES, 5);
        let mut store = Attachments::open(&path, &Key::None).expect("open");
        let stopped = store.add(&mut &*content, &Progress::stopping_at(CHUNK_BYTES as u64 + 1)).expect_err("stopped");
        assert_eq!(stopped.kind, ProblemKind::Cancelled);
        drop(store);
        let kept = add(&path, &Key::None, &bytes(9, 1));
        let orphan = add(&path, &Key::None, &content);
        let stored = || Stored::open(&path, &Key::None).expect("open").expect("there").all().expect("read");
        assert_eq!(stored().len(), 2);
        let before = std::fs::metadata(path_of(&path)).expect("there").len();
        let named = HashSet::from([kept.hash.clone()]);
        let freed = compact(&path, &Key::None, &named, &Progress::default()).expect("compacted");
        assert_eq!(freed, Compacted::Freed(Freed { files: 1, bytes: orphan.bytes }));
        assert_eq!(stored(), [(kept.hash, 9)]);
        assert!(std::fs::metadata(path_of(&path)).expect("there").len() < before / 4);
    }

    #[test]
    fn a_backup_takes_what_is_new_and_keeps_what_was_dropped_since() {
        let (folder, path) = workbook();
        let progress = Progress::default();
        let backups = folder.path().join("备份");
        std::fs::create_dir(&backups).expect("a folder");
        assert!(back_up(&path, &backups, &Key::None, &progress).expect("nothing to do").is_empty());
        assert!(!backups.join("支部.附件.bdk").exists());
        let first = add(&path, &Key::None, &bytes(1_000, 1));
        assert!(back_up(&path, &backups, &Key::None, &progress).expect("copied").is_empty());
        let second = add(&path, &Key::None, &bytes(2_000, 2));
        compact(&path, &Key::None, &HashSet::from([second.hash.clone()]), &progress).expect("compacted");
        back_up(&path, &backups, &Key::None, &progress).expect("copied");
        let kept = Stored::open(&backups.join("支部.bdk"), &Key::None).expect("open").expect("there");
        let hashes: Vec<String> = kept.all().expect("read").into_iter().map(|(hash, _)| hash).collect();
        assert_eq!(hashes, [first.hash, second.hash]);
        assert_eq!(kept.changed(&progress).expect("looked"), Vec::<String>::new());
    }

    #[test]
    fn what_is_larger_than_allowed_is_refused() {
        let (_folder, path) = workbook();
        let mut store = Attachments::open(&path, &Key::None).expect("open");
        let mut endless = std::io::repeat(7).take(LARGEST + 1);
        let problem = store.add(&mut endless, &Progress::default()).expect_err("too large");
        assert_eq!(problem.happened, "文件超过 200 MB");
    }
}
