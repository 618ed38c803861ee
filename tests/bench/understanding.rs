//! Understanding of large files as offices keep them: opened, understood, compared with the workbook and shown, in a
//! process of its own, so that its memory is known too.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use branchdesk::exchange::import::{Opened, Picture, PlanOptions, plan, understand};
use branchdesk::progress::Progress;
use branchdesk::store::Key;
use branchdesk::store::workbook::ReadOnly;

use crate::office::{TODAY, new_ledger, write_office_csv, write_office_roster};
use crate::{Line, Report, timed};

/// The word by which the bench calls itself.
pub const WORD: &str = "understand";
const MOST_MB: f64 = 600.0;

pub fn run(report: &mut Report, members: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let workbook = folder.path().join("测速.bdk");
    drop(new_ledger(&workbook));
    let roster = folder.path().join("名册.xlsx");
    write_office_roster(&roster, members);
    let (time, megabytes) = measured(&roster, &workbook);
    report.within("understanding: an office's XLSX, previewed", time, 5_000.0);
    let bar = Some((format!("≤ {MOST_MB} MB"), megabytes <= MOST_MB));
    report.line(Line { what: "understanding: most memory of that".into(), value: format!("{megabytes:.0} MB"), bar });
    let csv = folder.path().join("名册.csv");
    write_office_csv(&csv, members / 5);
    let (time, _) = measured(&csv, &workbook);
    report.within("understanding: a fifth of it as CSV in GBK, previewed", time, 1_000.0);
}

/// How long it takes in another process, and the most memory that holds, in megabytes.
fn measured(file: &Path, workbook: &Path) -> (Duration, f64) {
    let said = Command::new(std::env::current_exe().expect("the bench"))
        .arg(WORD)
        .args([file, workbook])
        .output()
        .expect("it runs");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let said = String::from_utf8_lossy(&said.stdout);
    let mut numbers = said.split_whitespace().map(|number| number.parse::<u32>().expect("a number"));
    let mut next = || numbers.next().expect("two numbers");
    (Duration::from_millis(next().into()), f64::from(next()) / 1024.0)
}

/// Does what the page does with a file, and prints its milliseconds and the most kilobytes of memory.
pub fn understood(file: &Path, workbook: &Path) {
    let progress = Progress::default();
    let desk = ReadOnly::open(workbook, &Key::None).expect("readable");
    let (shown, time) = timed(|| {
        let opened = Opened::file(file, &progress).expect("opened");
        let reading = understand(&opened, &[], TODAY, &progress).expect("understood");
        let without_rows = reading.without_rows();
        let planned = plan(desk.reader(), vec![reading], &PlanOptions::default(), TODAY, &progress).expect("a plan");
        let pictures = Picture::all(&opened, &without_rows);
        (planned, pictures)
    });
    assert!(shown.0.counts().new > 0 && !shown.1.is_empty());
    println!("{} {}", time.as_millis(), most_kilobytes());
}

/// As Linux tells.
fn most_kilobytes() -> u32 {
    let status = std::fs::read_to_string("/proc/self/status").expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a line");
    line.trim().trim_end_matches("kB").trim().parse().expect("a number")
}
