//! Import, journal, undo, export, and reading of a large workbook.

use branchdesk::clock::Clock;
use branchdesk::command::{Command, ImportRoster};
use branchdesk::exchange::export::{Export, MemberExport, write};
use branchdesk::exchange::import::{PlanOptions, plan, read_roster};
use branchdesk::progress::Progress;
use branchdesk::view::desk::Desk;
use branchdesk::view::members::ListAsk;

use crate::office::{TODAY, new_ledger, write_roster};
use crate::{Line, Report, cells, checking, painting, peers, program, reading, scrolling, statistics, timed};

pub fn run(report: &mut Report, members: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let roster = folder.path().join("花名册.xlsx");
    write_roster(&roster, members);
    let path = folder.path().join("测速.bdk");
    let (mut ledger, stamp) = new_ledger(&path);
    let progress = Progress::default();

    let (found, reading_time) = timed(|| read_roster(&roster, TODAY, &progress).expect("read"));
    report.seconds("import: read the XLSX", reading_time);
    let reader = ledger.workbook().second_reader().expect("a reader");
    let (planned, planning_time) =
        timed(|| plan(reader.reader(), vec![found], &PlanOptions::default(), TODAY, &progress).expect("a plan"));
    report.seconds("import: plan", planning_time);
    drop(reader);
    assert_eq!(planned.counts().new, members, "{:?}", planned.counts());
    let command = Command::ImportRoster(ImportRoster { plan: planned });
    let (receipt, writing_time) = timed(|| ledger.run(command, &stamp).expect("written"));
    report.seconds("import: write with journal", writing_time);
    let ours = reading_time + planning_time + writing_time;
    let theirs = peers::libre_office(&roster, "csv", folder.path());
    report.ratio("import: whole / LibreOffice XLSX to CSV", ours, theirs, 1.0);

    let (with, without) = sizes(&path);
    let growth = with as f64 / without as f64;
    let bar = Some(("≤ 1.5".to_owned(), growth <= 1.5));
    report.line(Line { what: "journal: file with / without".into(), value: format!("{growth:.2}"), bar });

    reading::run(report, &path);
    cells::run(report, &path, "cells");
    checking::run(report, &path);
    statistics::run(report, &path);
    scrolling::run(report, &path);
    painting::run(report, &path);
    program::run(report, &path);
    export(report, &path, folder.path());

    let entry = receipt.entry.expect("an entry").id;
    let (_, undo_time) = timed(|| ledger.undo(Some(entry), false, &stamp, &Progress::default()).expect("undone"));
    report.ratio("undo of the import / its write", undo_time, Some(writing_time), 1.5);
}

/// Bytes of the file, and without what the journal's tables take.
fn sizes(path: &std::path::Path) -> (u64, u64) {
    let connection = rusqlite::Connection::open(path).expect("open");
    let journal: i64 = connection
        .query_row(
            "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'entry%' OR name LIKE 'touched%' OR name LIKE 'sqlite_autoindex_entry%'",
            [],
            |row| row.get(0),
        )
        .expect("sizes");
    let all = std::fs::metadata(path).expect("a file").len();
    (all, all - journal.unsigned_abs())
}

fn export(report: &mut Report, path: &std::path::Path, folder: &std::path::Path) {
    let desk = open(path);
    let out = folder.join("ours.csv");
    let list = MemberExport { ask: ListAsk::roll(TODAY, None), columns: Vec::new(), unmasked: true };
    let at = Clock::fixed_on(TODAY).now();
    let (written, ours) =
        timed(|| write(&desk, &Export::Members(list), &out, false, at, &Progress::default()).expect("written"));
    assert!(written.rows > 0, "somebody is on the roll");
    report.seconds("export: members to CSV", ours);
    let sql = "SELECT person.*, organisation.name FROM person JOIN fact ON fact.person = person.id AND fact.kind = 'membership' JOIN organisation ON organisation.id = fact.organisation ORDER BY fact.organisation, fact.position";
    let theirs = peers::sqlite3_csv(path, sql, &folder.join("theirs.csv"));
    report.ratio("export: CSV / sqlite3 -csv of the same columns", ours, theirs, 3.0);
}

pub fn open(path: &std::path::Path) -> Desk {
    let connection =
        branchdesk::store::workbook::ReadOnly::open(path, &branchdesk::store::Key::None).expect("readable");
    Desk::open(connection).expect("a desk")
}
