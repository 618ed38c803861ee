//! Workbooks of older programs: opened, brought to the newest schema, and still undone step by step.

use branchdesk::clock::Clock;
use branchdesk::command::{Ledger, Stamp};
use branchdesk::progress::Progress;
use branchdesk::store::Key;
use branchdesk::store::VERSION;
use branchdesk::store::journal::Origin;
use branchdesk::store::workbook::{Opened, Workbook};
use branchdesk::view::desk::Desk;

use crate::support::office::day;

/// Made by the program of the first schema: three organisations, two members, a transfer, an imported roster.
const SCHEMA_1: &[u8] = include_bytes!("data/upgrades/schema-1.bdk.zst");
/// Made by the program of the second schema: three organisations, three members with posts, honours, floating and lost
/// ones, a transfer, an election, an imported roster.
const SCHEMA_2: &[u8] = include_bytes!("data/upgrades/schema-2.bdk.zst");

/// Made by the program of the third schema: a branch of three members, two talks with a follow-up, one corrected, one
/// planned, a type that was stopped.
const SCHEMA_3: &[u8] = include_bytes!("data/upgrades/schema-3.bdk.zst");

/// Made by the program of the fourth schema: a branch of three members, a talk with an hour and a follow-up, corrected,
/// a planned one, work that was put off.
const SCHEMA_4: &[u8] = include_bytes!("data/upgrades/schema-4.bdk.zst");

fn version(path: &std::path::Path) -> i64 {
    let connection = rusqlite::Connection::open(path).expect("opened");
    connection.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version")
}

fn shape(path: &std::path::Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(path).expect("opened");
    let mut statement = connection
        .prepare("SELECT m.type || ' ' || m.name || coalesce(' ' || group_concat(c.name || ' ' || c.type), '') FROM sqlite_schema m LEFT JOIN pragma_table_info(m.name) c WHERE m.name NOT LIKE 'sqlite%' GROUP BY m.name ORDER BY m.name")
        .expect("prepared");
    let rows = statement.query_map([], |row| row.get(0)).expect("asked");
    rows.collect::<Result<_, _>>().expect("rows")
}

/// A workbook as an older program left it, written to `path`.
fn unpack(image: &[u8], path: &std::path::Path) {
    std::fs::write(path, zstd::decode_all(image).expect("unpacked")).expect("written");
}

/// Opens it, does something new with one of its members, takes everything back to the beginning and makes it again.
fn upgraded_and_undone(image: &[u8], of: i64, new: impl FnOnce(&Desk) -> serde_json::Value) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("支部.bdk");
    unpack(image, &path);
    assert_eq!(version(&path), of);
    let at = Clock::fixed_on(day("2026-11-30")).now();
    let stamp = Stamp { at, operator: "测试员".into(), origin: Origin::CommandLine };
    let Opened::Writing(workbook) = Workbook::open(&path, Key::None, "测试员", at).expect("opened") else {
        panic!("somebody else writes it");
    };
    let mut ledger = Ledger::new(workbook);
    assert_eq!(version(&path), VERSION);
    let backups = std::fs::read_dir(folder.path().join("备份")).expect("backups");
    let of_old = backups.filter_map(Result::ok).filter(|entry| entry.path().extension().is_some_and(|e| e == "bdk"));
    assert_eq!(of_old.map(|entry| version(&entry.path())).collect::<Vec<_>>(), [of], "the backup is as it was before");

    let desk = Desk::open(branchdesk::store::workbook::ReadOnly::open(&path, &Key::None).expect("read")).expect("desk");
    let command = new(&desk);
    ledger.run(serde_json::from_value(command).expect("a command"), &stamp).expect("recorded in the new tables");

    // Images of rows with fewer columns are read as they were written: the import, the transfer, everything.
    let mut titles = Vec::new();
    while let Ok(receipt) = ledger.undo(None, false, &stamp, &Progress::default()) {
        titles.push(receipt.title);
    }
    let mut left = Vec::new();
    branchdesk::store::dump::write(ledger.reader(), false, &mut left).expect("a dump");
    assert_eq!(String::from_utf8(left).expect("UTF-8"), "", "nothing is left but the journal");
    for _ in 0..titles.len() {
        ledger.redo(None, false, &stamp, &Progress::default()).expect("made again");
    }
    drop(ledger);
    let read = branchdesk::store::workbook::ReadOnly::open(&path, &Key::None).expect("read");
    assert_eq!(read.findings().expect("checked"), Vec::<String>::new());
    titles
}

fn person(desk: &Desk, name: &str) -> branchdesk::domain::ids::PersonId {
    desk.directory().cards().iter().find(|card| &*card.name == name).expect("there").id
}

#[test]
fn a_workbook_of_the_first_schema_is_upgraded_with_a_backup_and_undone_to_its_beginning() {
    let titles = upgraded_and_undone(SCHEMA_1, 1, |desk| {
        assert_eq!(desk.directory().cards().len(), 3);
        let chen = person(desk, "陈志远");
        serde_json::json!({
            "do": "record_event", "ids": [chen], "kind": "honour", "on": "2026-07-01", "value": "优秀共产党员",
        })
    });
    assert_eq!(titles.len(), 9, "{titles:?}");
    assert!(titles[1].contains("导入") && titles[8].contains("命名"), "{titles:?}");
}

#[test]
fn a_workbook_of_the_second_schema_takes_a_talk_and_is_undone_to_its_beginning() {
    let titles = upgraded_and_undone(SCHEMA_2, 2, |desk| {
        let (chen, he) = (person(desk, "陈志远"), person(desk, "何静"));
        let branch = desk.tree().all().find(|node| node.name.contains("第一")).expect("the branch").id;
        serde_json::json!({
            "do": "record_talk", "organisation_id": branch, "held_on": "2026-11-20", "type": "T01",
            "talker_ids": [chen], "partner_ids": [he], "content": "近期工作",
        })
    });
    assert_eq!(titles.len(), 13, "{titles:?}");
    assert_eq!(titles[0], "撤销：记谈话 2026-001");
    assert!(titles[1].contains("导入") && titles[2].contains("换届选举"), "{titles:?}");
}

#[test]
fn a_workbook_of_the_third_schema_tells_the_hour_of_a_talk_and_is_undone_to_its_beginning() {
    let titles = upgraded_and_undone(SCHEMA_3, 3, |desk| {
        let he = person(desk, "何静");
        let talks = branchdesk::store::talks::of_person(desk.reader(), he).expect("read");
        let talk = talks.first().expect("her talk").id;
        serde_json::json!({ "do": "edit_talk", "id": talk, "set": { "time": "14:30" } })
    });
    assert_eq!(titles.len(), 11, "{titles:?}");
    assert_eq!(titles[0], "撤销：改谈话 2026-001");
    assert!(titles[1].contains("谈话类型") && titles[3].contains("改谈话"), "{titles:?}");
}

#[test]
fn a_workbook_of_the_fourth_schema_keeps_an_archive_and_is_undone_to_its_beginning() {
    let titles = upgraded_and_undone(SCHEMA_4, 4, |desk| {
        let branch = desk.tree().all().next().expect("the branch").id;
        serde_json::json!({ "do": "make_checklists", "template": "六有", "organisation_ids": [branch], "year": 2026 })
    });
    assert_eq!(titles.len(), 10, "{titles:?}");
    assert_eq!(titles[0], "撤销：新建 2026 年六有：机关第一党支部");
    assert!(titles[1].contains("推迟") && titles[2].contains("改谈话"), "{titles:?}");
}

#[test]
fn an_upgraded_workbook_has_the_shape_of_a_new_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let (old, new) = (folder.path().join("旧.bdk"), folder.path().join("新.bdk"));
    unpack(SCHEMA_1, &old);
    let at = Clock::fixed_on(day("2026-11-30")).now();
    drop(Workbook::open(&old, Key::None, "测试员", at).expect("upgraded"));
    let random = branchdesk::store::workbook::Random::Seed(7);
    drop(Workbook::create(&new, Key::None, "测试员", at, random).expect("made"));
    assert_eq!(shape(&old), shape(&new));
}
