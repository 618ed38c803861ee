//! The file: what opening, copying, filling a disk and a second opener lead to.

use std::path::Path;

use branchdesk::clock::Clock;
use branchdesk::problem::{Problem, ProblemKind};
use branchdesk::progress::Progress;
use branchdesk::store::Key;
use branchdesk::store::backup::{self, Reason};
use branchdesk::store::side::{self, Side};
use branchdesk::store::workbook::{Opened, Random, ReadOnly, Workbook};
use serde_json::json;

use crate::support::office::{Office, day};

fn open(path: &Path) -> Result<Opened, Problem> {
    Workbook::open(path, Key::None, "李敏", Clock::fixed_on(day("2026-11-24")).now())
}

fn refused(path: &Path) -> Problem {
    let before = std::fs::read(path).ok();
    let problem = match open(path) {
        Err(problem) => problem,
        Ok(opened) => panic!("opened: {opened:?}"),
    };
    assert_eq!(std::fs::read(path).ok(), before, "the file is as it was");
    problem
}

#[test]
fn a_file_that_is_no_database_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("笔记.bdk");
    std::fs::write(&path, "这不是数据库，只是一段文字。".repeat(300)).expect("written");
    let problem = refused(&path);
    assert_eq!(problem.kind, ProblemKind::File);
    assert!(problem.happened.contains("不是本程序的文件，或已加密"), "{problem}");
    assert!(!folder.path().join("笔记.bdk.lock").exists(), "no lock beside a foreign file");
}

#[test]
fn a_database_of_another_program_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("别的.bdk");
    let other = rusqlite::Connection::open(&path).expect("a database");
    other.execute_batch("CREATE TABLE t (x); PRAGMA user_version = 3;").expect("made");
    drop(other);
    assert!(refused(&path).happened.contains("是别的程序的数据库"));
}

#[test]
fn a_workbook_of_a_newer_program_is_refused_and_says_which() {
    let office = Office::new();
    let path = office.path();
    drop(office.read_only());
    let copy = path.with_file_name("新版.bdk");
    std::fs::copy(&path, &copy).expect("copied");
    rusqlite::Connection::open(&copy).expect("open").execute_batch("PRAGMA user_version = 99;").expect("set");
    let problem = refused(&copy);
    assert!(problem.happened.contains("99") && problem.next.contains("新版本"), "{problem}");
}

#[test]
fn a_workbook_that_is_not_there_is_not_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("没有.bdk");
    assert!(refused(&path).happened.contains("没有.bdk"));
    assert!(!path.exists());
}

#[test]
fn a_second_opener_is_told_who_writes_and_may_read() {
    let mut office = Office::new();
    office.organisation(None, "机关第一党支部");
    match open(&office.path()).expect("answered") {
        Opened::HeldBy(who) => assert!(who.starts_with("测试员，自 2026-11-24"), "{who}"),
        Opened::Writing(_) => panic!("two writers"),
    }
    assert_eq!(office.desk().tree().len(), 1);
}

#[test]
fn an_existing_file_is_never_overwritten_by_a_new_workbook() {
    let office = Office::new();
    let at = Clock::fixed_on(day("2026-11-24")).now();
    let problem = Workbook::create(&office.path(), Key::None, "李敏", at, Random::System).expect_err("exists");
    assert!(problem.happened.contains("已经存在"), "{problem}");
}

#[test]
fn with_a_key_the_file_is_sealed_and_opens_only_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("加密.bdk");
    let at = Clock::fixed_on(day("2026-11-24")).now();
    let key = Key::Raw([7; 32]);
    drop(Workbook::create(&path, key.clone(), "李敏", at, Random::System).expect("made"));
    assert!(!std::fs::read(&path).expect("read").starts_with(b"SQLite format 3"));
    assert!(refused(&path).happened.contains("已加密"));
    ReadOnly::open(&path, &key).expect("opens with its key");
}

#[test]
fn a_backup_is_a_verified_copy_and_old_ones_are_thinned_to_ten() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    office.member(branch, json!({ "name": "林秀英" }));
    let dump = office.dump();
    for minute in 0..13 {
        let at = branchdesk::clock::Moment(office.stamp.at.0 + minute * 60_000);
        office.ledger().back_up(Reason::Asked, at, &Progress::default()).expect("backed up");
    }
    let kept = backup::list(&office.path()).expect("listed");
    assert_eq!(kept.len(), 10);
    let copy = ReadOnly::open(&kept[0], &Key::None).expect("opens");
    let mut text = Vec::new();
    branchdesk::store::dump::write(copy.reader(), false, &mut text).expect("a dump");
    assert_eq!(String::from_utf8(text).expect("UTF-8"), dump);
}

#[test]
fn a_damaged_side_file_is_set_aside_and_never_deleted() {
    let office = Office::new();
    let beside = office.path().with_file_name("支部.bdk-side");
    std::fs::write(&beside, "{半个").expect("written");
    assert_eq!(side::read(&office.path(), office.stamp.at).expect("read"), Side::default());
    let folder = office.path().parent().expect("a folder").to_owned();
    let aside = std::fs::read_dir(folder)
        .expect("listed")
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().contains("损坏"));
    assert!(aside && !beside.exists());
}

#[test]
fn every_statement_is_prepared_against_the_schema() {
    let office = Office::new();
    let connection = rusqlite::Connection::open(office.path()).expect("open");
    for sql in branchdesk::store::statements() {
        connection.prepare(&sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}

#[test]
fn every_connection_is_set_as_it_must_be() {
    let office = Office::new();
    let read = |pragma: &str| -> i64 { office.read_only().pragma(pragma).expect("a pragma") };
    assert_eq!(read("foreign_keys"), 1);
    assert_eq!(read("trusted_schema"), 0);
    assert_eq!(read("cell_size_check"), 1);
    assert_eq!(read("secure_delete"), 1);
    assert_eq!(read("synchronous"), 3);
    assert_eq!(read("temp_store"), 2);
    assert_eq!(read("query_only"), 1);
}
