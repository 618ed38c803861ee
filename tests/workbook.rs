//! The file: what opening, copying, filling a disk and a second opener lead to.

use std::path::{Path, PathBuf};

use branchdesk::clock::Clock;
use branchdesk::command::Ledger;
use branchdesk::problem::{Problem, ProblemKind};
use branchdesk::progress::Progress;
use branchdesk::store::Key;
use branchdesk::store::backup::{self, Reason};
use branchdesk::store::outputs::{self, Output};
use branchdesk::store::restore::{Staged, stage};
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
fn one_who_writes_without_a_name_may_sit_at_a_window_or_at_a_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("支部.bdk");
    let at = Clock::fixed_on(day("2026-11-24")).now();
    let _held = Workbook::create(&path, Key::None, "", at, Random::Seed(8)).expect("made");
    match open(&path).expect("answered") {
        Opened::HeldBy(who) => assert!(who.starts_with("另一个窗口或命令行，自 2026-11-24"), "{who}"),
        Opened::Writing(_) => panic!("two writers"),
    }
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

/// A workbook with a backup, and one step that the backup lacks.
fn backed_up() -> (Office, PathBuf, String) {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    office.member(branch, json!({ "name": "林秀英" }));
    let then = office.dump();
    let at = office.stamp.at;
    let backup = office.ledger().back_up(Reason::Asked, at, &Progress::default()).expect("backed up").path;
    office.member(branch, json!({ "name": "何静" }));
    (office, backup, then)
}

fn staged(office: &Office, backup: &Path) -> branchdesk::problem::Result<Staged> {
    stage(&office.read_only(), backup, office.stamp.at, &Progress::default())
}

fn names_beside(office: &Office) -> Vec<String> {
    let folder = office.path().parent().expect("a folder").to_owned();
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("listed")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_restored_backup_takes_the_place_of_the_workbook_which_stays_beside_it() {
    let (mut office, backup, then) = backed_up();
    let now = office.dump();
    let staged = staged(&office, &backup).expect("a checked copy");
    assert_eq!(office.dump(), now, "nothing is touched before it is put in place");
    let kept = staged.kept().to_owned();
    assert_eq!(kept.file_name().expect("a name"), "支部-恢复前-20261124-120000.bdk");
    office.close();
    staged.put("李敏", office.stamp.at).expect("in place");
    assert_eq!(office.dump(), then);
    office.reopen();
    office.undo().expect("what the backup knows can be undone");
    let old = ReadOnly::open(&kept, &Key::None).expect("opens");
    let mut text = Vec::new();
    branchdesk::store::dump::write(old.reader(), false, &mut text).expect("a dump");
    assert_eq!(String::from_utf8(text).expect("UTF-8"), now);
}

#[test]
fn a_damaged_backup_is_not_restored_and_leaves_nothing() {
    let (office, backup, _) = backed_up();
    let (now, beside) = (office.dump(), names_beside(&office));
    let mut bytes = std::fs::read(&backup).expect("read");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4096].fill(0x5a);
    std::fs::write(&backup, bytes).expect("damaged");
    let problem = staged(&office, &backup).expect_err("damaged");
    assert_eq!((&*problem.title, &*problem.unchanged), ("没有恢复", "工作簿没有改动"));
    std::fs::write(&backup, "不是数据库").expect("damaged more");
    staged(&office, &backup).expect_err("no workbook at all");
    assert_eq!((office.dump(), names_beside(&office)), (now, beside));
}

#[test]
fn a_backup_of_another_workbook_is_not_restored() {
    let (office, _, _) = backed_up();
    let at = office.stamp.at;
    let other = office.path().with_file_name("别的.bdk");
    drop(Workbook::create(&other, Key::None, "李敏", at, Random::Seed(8)).expect("made"));
    let problem = staged(&office, &other).expect_err("another one");
    assert!(problem.happened.contains("不是这个工作簿的备份"), "{problem}");
}

#[test]
fn nothing_is_put_in_the_place_of_a_workbook_that_somebody_writes() {
    let (office, backup, _) = backed_up();
    let (now, beside) = (office.dump(), names_beside(&office));
    let problem = staged(&office, &backup).expect("staged").put("李敏", office.stamp.at).expect_err("held");
    assert!(problem.happened.contains("测试员"), "{problem}");
    assert_eq!((office.dump(), names_beside(&office)), (now, beside));
}

#[test]
fn backups_of_a_workbook_with_a_longer_name_are_not_taken_for_its_own() {
    let (mut office, backup, _) = backed_up();
    let folder = backup.parent().expect("a folder");
    std::fs::copy(&backup, folder.join("支部_二_20261124-120000_手动.bdk")).expect("another's");
    assert_eq!(backup::list(&office.path()).expect("listed"), std::slice::from_ref(&backup));
    for minute in 1..13 {
        let at = branchdesk::clock::Moment(office.stamp.at.0 + minute * 60_000);
        office.ledger().back_up(Reason::Asked, at, &Progress::default()).expect("backed up");
    }
    assert!(folder.join("支部_二_20261124-120000_手动.bdk").exists());
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

#[test]
fn a_log_line_that_waited_beside_the_workbook_is_written_once() {
    let mut office = Office::new();
    let at = Clock::fixed_on(day("2026-11-24")).now();
    let line = |what: &str| Output {
        id: 0,
        at: at.0,
        operator: "李敏".into(),
        what: what.into(),
        scope: "局机关第一党支部".into(),
        row_count: 24,
        masked: true,
        target: "名册.csv".into(),
    };
    let stamp = office.stamp.clone();
    let logged = |ledger: &Ledger| outputs::newest(ledger.reader(), 10).expect("read").len();

    let path = office.path();
    let waits = |outputs: Vec<Output>| {
        side::write(&path, &Side { outputs, ..Side::default() }).expect("a side file");
    };
    let ledger = office.ledger();
    waits(vec![line("导出党员 CSV"), line("打印党员花名册")]);
    ledger.merge_side(&stamp).expect("written");
    assert_eq!((logged(ledger), side::read(&path, at).expect("a side file")), (2, Side::default()));

    // The program ended after the lines were written and before the side file was: they lie there still.
    waits(vec![line("导出党员 CSV"), line("打印党员花名册"), line("导出党员 XLSX")]);
    ledger.merge_side(&stamp).expect("written");
    assert_eq!((logged(ledger), side::read(&path, at).expect("a side file")), (3, Side::default()));
}
