//! Opening a workbook file: key, pragmas, identity, upgrade.
//!
//! A connection leaves this file only when the file is ours, sound at first sight and of the newest schema.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, ffi};

use super::attachments;
use super::schema::{MIGRATIONS, Migration, VERSION};
use crate::problem::{Problem, ProblemKind, Result};

/// `bdk1` in ASCII: tells our files from other SQLite databases.
const APPLICATION_ID: i64 = 0x6264_6b31;
const BUSY_MILLIS: u64 = 4_000;
/// Pages a connection keeps: writing walks indexes back and forth, reading goes through once.
const WRITING_KIB: i64 = 64 * 1024;
const READING_KIB: i64 = 8 * 1024;
/// A long transaction keeps this much in memory before it spills, so that readers go on meanwhile (in KiB, negative
/// as SQLite wants it).
const SPILL_KIB: i64 = 512 * 1024;

/// The key of a workbook.
#[derive(Clone, PartialEq, Eq)]
pub enum Key {
    /// Not encrypted.
    None,
    /// A raw 256-bit key.
    Raw([u8; 32]),
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None => "Key::None",
            Self::Raw(_) => "Key::Raw(…)",
        })
    }
}

/// Makes a new, empty file with the newest schema.
pub(super) fn create(path: &Path, key: &Key) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    unlock(&connection, key)?;
    settle(&connection)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    upgrade(&mut connection, 0, MIGRATIONS)?;
    Ok(connection)
}

/// Opens for writing. `before_upgrade` is called with the old version when the schema is older: it makes the backup.
pub(super) fn write(path: &Path, key: &Key, before_upgrade: impl FnOnce(i64) -> Result<()>) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(|error| not_opened(path, error.into()))?;
    unlock(&connection, key)?;
    let version = identify(path, &connection)?;
    settle(&connection)?;
    if version < VERSION {
        before_upgrade(version)?;
        upgrade(&mut connection, version, MIGRATIONS)?;
    }
    Ok(connection)
}

/// Opens for reading only a file of the newest schema.
pub(super) fn read(path: &Path, key: &Key) -> Result<Connection> {
    let connection = look(path, key)?;
    if identify(path, &connection)? < VERSION {
        return Err(Problem::new(
            ProblemKind::ReadOnly,
            "没有打开工作簿",
            "这个工作簿是旧版本的程序做的，要先升级，而现在只能读",
        )
        .next("先用能写的方式打开一次"));
    }
    Ok(connection)
}

/// Opens for reading only, also a file of an older schema: for backups, which are not upgraded. Where a program ended
/// in the middle of saving, the file is brought back first to what it was before.
pub(super) fn look(path: &Path, key: &Key) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = || -> Result<Connection> {
        let connection = Connection::open_with_flags(path, flags).map_err(|error| not_opened(path, error.into()))?;
        unlock(&connection, key)?;
        Ok(connection)
    };
    let mut connection = open()?;
    if is_cut_off(&connection) {
        bring_back(path, key)?;
        connection = open()?;
    }
    identify(path, &connection)?;
    settle(&connection)?;
    connection.pragma_update(None, "cache_size", -READING_KIB)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// Whether a journal lies beside the file that must be played back, which only one who may write can do.
pub(super) fn is_cut_off(connection: &Connection) -> bool {
    let looked = touch(connection);
    looked.is_err_and(|error| {
        error.sqlite_error().is_some_and(|error| error.extended_code == ffi::SQLITE_READONLY_ROLLBACK)
    })
}

/// Plays back the journal of a program that ended in the middle of saving. SQLite does so by itself for whoever comes
/// first and may write; its locks keep others away meanwhile.
fn bring_back(path: &Path, key: &Key) -> Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| not_opened(path, error.into()))?;
    unlock(&connection, key)?;
    connection.busy_timeout(std::time::Duration::from_millis(BUSY_MILLIS))?;
    touch(&connection).map_err(|error| not_opened(path, error.into()))
}

/// Reads the first page.
fn touch(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_query_value(None, "schema_version", |row| row.get::<_, i64>(0)).map(|_| ())
}

pub(super) fn unlock(connection: &Connection, key: &Key) -> Result<()> {
    if let Key::Raw(bytes) = key {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        connection.pragma_update(None, "key", format!("x'{hex}'"))?;
    }
    Ok(())
}

/// Says whose file it is: ours of a version we know, or a sentence.
fn identify(path: &Path, connection: &Connection) -> Result<i64> {
    let file = name(path);
    let read = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let application = read("application_id").map_err(|error| not_opened(path, error.into()))?;
    let version = read("user_version").map_err(|error| not_opened(path, error.into()))?;
    let fail = |happened: String, next: &str| {
        Err(Problem::new(ProblemKind::File, "没有打开工作簿", happened).unchanged("文件没有改动").next(next))
    };
    if application == attachments::APPLICATION_ID {
        return fail(format!("“{file}”是附件库，里面只有材料的文件"), "请打开它旁边的工作簿（名称里没有“附件”的那个）");
    }
    if application != APPLICATION_ID {
        return fail(format!("“{file}”是别的程序的数据库"), "请选本程序的工作簿（扩展名 .bdk）");
    }
    if version > VERSION {
        return fail(
            format!("“{file}”是更新版本的程序做的（格式 {version}，本程序只认到 {VERSION}）"),
            "请用新版本的程序打开",
        );
    }
    if version < 1 {
        return fail(format!("“{file}”没有建完"), "请删掉它，重新新建工作簿");
    }
    Ok(version)
}

pub(super) fn settle(connection: &Connection) -> Result<()> {
    connection.busy_timeout(std::time::Duration::from_millis(BUSY_MILLIS))?;
    connection.set_prepared_statement_cache_capacity(128);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "cache_size", -WRITING_KIB)?;
    connection.pragma_update(None, "cache_spill", SPILL_KIB / 4)?;
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    Ok(())
}

/// Applies what is missing, in one transaction: the file is of the newest schema afterwards, or as it was.
fn upgrade(connection: &mut Connection, from: i64, migrations: &[Migration]) -> Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for migration in migrations.iter().filter(|migration| migration.version > from) {
        transaction.execute_batch(migration.sql)?;
        transaction.pragma_update(None, "user_version", migration.version)?;
    }
    transaction.commit()?;
    Ok(())
}

/// The same problem, told of opening this file.
fn not_opened(path: &Path, problem: Problem) -> Problem {
    let happened = match problem.kind {
        ProblemKind::File => format!("“{}”{}", name(path), problem.happened),
        _ if !path.exists() => format!("找不到“{}”", name(path)),
        _ => format!("“{}”：{}", name(path), problem.happened),
    };
    Problem { title: "没有打开工作簿".into(), happened, unchanged: "文件没有改动".into(), ..problem }
}

/// The name of a workbook, by which people know it: where it lies they see beside it.
pub(super) fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOBBIES: &str = "ALTER TABLE person ADD COLUMN hobby TEXT; UPDATE person SET hobby = '书法';";

    fn version(connection: &Connection) -> i64 {
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version")
    }

    #[test]
    fn an_upgrade_applies_what_is_missing_or_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut connection = create(&folder.path().join("支部.bdk"), &Key::None).expect("made");
        connection.execute("INSERT INTO person (id, name) VALUES (1, '林秀英')", []).expect("somebody");
        let step = |version, sql| Migration { version, sql };
        let broken =
            [step(VERSION, "never run"), step(VERSION + 1, HOBBIES), step(VERSION + 2, "UPDATE nobody SET x = 1")];
        assert!(upgrade(&mut connection, VERSION, &broken).is_err());
        assert_eq!(version(&connection), VERSION);
        connection.prepare("SELECT hobby FROM person").expect_err("the first step is taken back too");
        upgrade(&mut connection, VERSION, &broken[..2]).expect("upgraded");
        assert_eq!(version(&connection), VERSION + 1);
        let hobby: String = connection.query_row("SELECT hobby FROM person", [], |row| row.get(0)).expect("a value");
        assert_eq!(hobby, "书法");
    }
}
