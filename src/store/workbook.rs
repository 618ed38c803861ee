//! A workbook (工作簿) that is open: for writing, with the lock, or for reading only.
//!
//! Whoever holds a [`Workbook`] is the only one who may write the file. Start at [`Workbook::open`].

use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior, params};

use super::backup::{self, BackedUp, Reason};
use super::book::{Book, Closed};
use super::identity;
use super::journal::{self, Entry, Heading};
use super::lock::{self, Lock, Taken};
use super::open::{self, Key};
use super::reader::Reader;
use super::talk_text;
use super::{attachments, checklists};
use crate::clock::Moment;
use crate::domain::ids::{EntryId, Ids};
use crate::files::refuse_existing;
use crate::problem::{Problem, ProblemKind, Result};
use crate::progress::Progress;

/// A workbook open for writing.
#[derive(Debug)]
pub struct Workbook {
    path: PathBuf,
    key: Key,
    connection: Connection,
    ids: Ids,
    /// Where the low bits of identifiers come from: the system, or a seed for the practice workbook.
    random: Random,
    lock: Lock,
}

/// The source of the random bits in identifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Random {
    System,
    /// The same bits each time: the same seed gives the same workbook.
    Seed(u32),
}

/// How an attempt to open for writing ended.
#[derive(Debug)]
pub enum Opened {
    Writing(Workbook),
    /// Somebody else writes: 「李敏，自 …」, empty if unknown.
    HeldBy(String),
}

/// What a title and its changes became.
#[derive(Debug)]
pub struct Committed<T> {
    /// `None` if nothing was changed.
    pub entry: Option<Entry>,
    pub made: T,
    pub closed: Closed,
}

impl Workbook {
    /// Makes a new, empty workbook and opens it. Fails if the file exists.
    pub fn create(path: &Path, key: Key, operator: &str, at: Moment, random: Random) -> Result<Self> {
        refuse_existing(path, false)?;
        let lock = match lock::take(path, &holder(operator, at)).map_err(|problem| not_created(path, problem))? {
            Taken::Ours(lock) => lock,
            Taken::Others(who) => return Err(held(&who)),
        };
        let made = open::create(path, &key).and_then(|connection| {
            let identity = Ids::new(at, bits(random)?).give();
            connection.execute(
                "INSERT INTO workbook (id, identity, created_at) VALUES (1, ?1, ?2)",
                params![identity, at.0],
            )?;
            Ok(connection)
        });
        let connection = match made {
            Ok(connection) => connection,
            Err(problem) => {
                take_away(path, lock);
                return Err(not_created(path, problem));
            }
        };
        Ok(Self { path: path.to_owned(), key, connection, ids: Ids::new(at, bits(random)?), random, lock })
    }

    /// Takes a workbook away again that was made a moment ago and could not be finished; why, as it is told.
    pub fn discard(self, problem: Problem) -> Problem {
        let Self { path, connection, lock, .. } = self;
        drop(connection);
        take_away(&path, lock);
        not_created(&path, problem)
    }

    /// Opens for writing, upgrading an older schema after a verified backup.
    pub fn open(path: &Path, key: Key, operator: &str, at: Moment) -> Result<Opened> {
        // A reading connection looks first: a file that is not ours gets no lock file beside it.
        if !path.exists() {
            return Err(Problem::new(ProblemKind::Storage, "没有打开工作簿", format!("找不到“{}”", path.display()))
                .unchanged("没有新建文件")
                .next("检查路径是否写对；新建工作簿用 new"));
        }
        drop(open::read(path, &key).or_else(|problem| match problem.kind {
            ProblemKind::ReadOnly => Connection::open_in_memory().map_err(Problem::from),
            _ => Err(problem),
        })?);
        let lock = match lock::take(path, &holder(operator, at)).map_err(|problem| not_writable(path, problem))? {
            Taken::Ours(lock) => lock,
            Taken::Others(who) => return Ok(Opened::HeldBy(who)),
        };
        let mut connection = open::write(path, &key, |_| {
            let old = Connection::open(path)?;
            backup::make(&old, path, &key, Reason::BeforeUpgrade, at, &Progress::default()).map(|_| ())
        })?;
        if connection.is_readonly("main")? {
            let problem = Problem::new(ProblemKind::ReadOnly, "", "文件是只读的");
            return Err(not_writable(path, problem.next("取消只读属性，或复制到能写的文件夹")));
        }
        if talk_text::is_behind(&connection)? {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            talk_text::rebuild(&transaction)?;
            transaction.commit()?;
        }
        let random = Random::System;
        let ids = Ids::new(at, bits(random)?);
        Ok(Opened::Writing(Self { path: path.to_owned(), key, connection, ids, random, lock }))
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn key(&self) -> &Key {
        &self.key
    }

    /// Reads through the writing connection.
    pub fn reader(&self) -> Reader<'_> {
        Reader(&self.connection)
    }

    /// Opens a second connection, for reading.
    pub fn second_reader(&self) -> Result<ReadOnly> {
        ReadOnly::open(&self.path, &self.key)
    }

    /// Runs `work` in one transaction and closes its book into a journal entry.
    ///
    /// An error drops the transaction: nothing is changed, the journal is as it was. `work` returns the heading's
    /// title and what it made.
    pub fn write<T>(
        &mut self,
        at: Moment,
        work: impl FnOnce(&mut Book<'_>) -> Result<(Title, T)>,
        operator: &str,
        origin: journal::Origin,
    ) -> Result<Committed<T>> {
        self.transaction(at, |transaction| transaction.entry(at, work, operator, origin))
    }

    /// Runs several entries in one transaction: all are written, or none.
    pub fn transaction<T>(&mut self, at: Moment, work: impl FnOnce(&mut Transaction<'_>) -> Result<T>) -> Result<T> {
        self.attempt(at, work).map_err(|problem| {
            if problem.is_of_storage() {
                problem.titled("没有存下").at(Path::new(&open::name(&self.path)))
            } else {
                problem
            }
        })
    }

    fn attempt<T>(&mut self, at: Moment, work: impl FnOnce(&mut Transaction<'_>) -> Result<T>) -> Result<T> {
        let random = bits(self.random)?;
        let fresh = Ids::new(at, random).give();
        self.ids.after(fresh - 1);
        let sql = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut transaction = Transaction { sql: &sql, ids: &mut self.ids };
        let made = work(&mut transaction)?;
        sql.commit()?;
        Ok(made)
    }

    /// Makes a verified backup beside the workbook; on leaving, and where somebody asks for it, the attachments that are
    /// new too. Of those every sound one is copied, and the others are named.
    pub fn back_up(&self, reason: Reason, at: Moment, progress: &Progress) -> Result<BackedUp> {
        let path = backup::make(&self.connection, &self.path, &self.key, reason, at, progress)?;
        let mut damaged = Vec::new();
        if matches!(reason, Reason::OnLeaving | Reason::Asked) {
            let folder = backup::folder(&self.path);
            let hashes = attachments::back_up(&self.path, &folder, &self.key, progress)?;
            damaged = checklists::called_by_hash(self.reader(), &hashes)?;
        }
        Ok(BackedUp { path, damaged })
    }

    /// Makes every identifier from now on depend on a seed.
    pub fn seed(&mut self, seed: u32, at: Moment) {
        self.random = Random::Seed(seed);
        self.ids = Ids::new(at, seed);
    }
}

/// An open transaction.
#[derive(Debug)]
pub struct Transaction<'t> {
    sql: &'t rusqlite::Transaction<'t>,
    ids: &'t mut Ids,
}

/// How an entry is headed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    pub text: String,
    pub undoable: bool,
    pub reverts: Option<EntryId>,
}

impl Transaction<'_> {
    /// Reads what is there, what this transaction wrote included.
    pub fn reader(&self) -> Reader<'_> {
        Reader(self.sql)
    }

    /// Writes one entry.
    pub fn entry<T>(
        &mut self,
        at: Moment,
        work: impl FnOnce(&mut Book<'_>) -> Result<(Title, T)>,
        operator: &str,
        origin: journal::Origin,
    ) -> Result<Committed<T>> {
        let mut book = Book::open(self.sql, self.ids);
        let (title, made) = work(&mut book)?;
        let closed = book.close()?;
        let entry = if closed.count == 0 {
            None
        } else {
            let heading =
                Heading { at, operator, origin, title: &title.text, reverts: title.reverts, undoable: title.undoable };
            Some(journal::append(self.sql, &heading, &closed)?)
        };
        Ok(Committed { entry, made, closed })
    }

    /// Lets references dangle until the end of the transaction: undo runs through a change backwards.
    pub fn defer_references(&self) -> Result<()> {
        self.sql.pragma_update(None, "defer_foreign_keys", true)?;
        Ok(())
    }
}

/// A connection that cannot write.
#[derive(Debug)]
pub struct ReadOnly {
    connection: Connection,
    path: PathBuf,
    key: Key,
}

impl ReadOnly {
    pub fn open(path: &Path, key: &Key) -> Result<Self> {
        Ok(Self { connection: open::read(path, key)?, path: path.to_owned(), key: key.clone() })
    }

    pub fn reader(&self) -> Reader<'_> {
        Reader(&self.connection)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn key(&self) -> &Key {
        &self.key
    }

    /// Copies what is committed into a new file with the same key, and reads the copy back.
    pub fn copy_to(&self, path: &Path, progress: &Progress) -> Result<()> {
        backup::copy(&self.connection, path, &self.key, "复制工作簿", progress)?;
        backup::verify(path, &self.key)
    }

    /// The value of a pragma of this connection: what it was set to.
    pub fn pragma(&self, name: &str) -> Result<i64> {
        Ok(self.connection.pragma_query_value(None, name, |row| row.get(0))?)
    }

    /// Checks pages, references and the journal; returns what is wrong, in words.
    pub fn findings(&self) -> Result<Vec<String>> {
        let mut found = backup::findings(&self.connection)?;
        if let Err(problem) = identity::read(self.reader()) {
            found.push(problem.happened);
        }
        found.extend(journal::findings(self.reader())?);
        found.extend(talk_text::findings(self.reader())?);
        Ok(found)
    }
}

fn bits(random: Random) -> Result<u32> {
    match random {
        Random::Seed(seed) => Ok(seed),
        Random::System => getrandom::u32().map_err(|error| Problem::fault(error.to_string())),
    }
}

/// Who holds a workbook, as others are told.
pub(super) fn holder(operator: &str, at: Moment) -> String {
    let operator = if operator.is_empty() { "另一个窗口或命令行" } else { operator };
    format!("{operator}，自 {}", at.shown())
}

/// The sentence for one who finds the workbook held.
pub fn held(who: &str) -> Problem {
    let who = if who.is_empty() { "另一个程序".to_owned() } else { who.to_owned() };
    Problem::new(ProblemKind::ReadOnly, "工作簿正被占用", format!("正在写这个工作簿的是：{who}"))
        .next("等对方关闭后再试；现在可以只读打开")
}

fn not_created(path: &Path, problem: Problem) -> Problem {
    problem.titled("没有新建工作簿").at(path).unchanged("没有留下文件")
}

/// The file was readable a moment ago: whatever forbids writing leaves it to be read.
fn not_writable(path: &Path, problem: Problem) -> Problem {
    let problem = Problem { kind: ProblemKind::ReadOnly, ..problem };
    problem.titled("没有打开工作簿").at(Path::new(&open::name(path))).unchanged("文件没有改动")
}

/// Takes away what a call made a moment ago, and nothing else.
fn take_away(path: &Path, lock: Lock) {
    // Where even that fails, an unfinished file stays, which says so when it is opened.
    drop(std::fs::remove_file(path));
    lock.discard(path);
}
