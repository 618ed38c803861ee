//! Archives of ten years with a gigabyte of attachments: files coming in, checklists opened, how a whole county stands,
//! a pack for an inspection; against plain copies and `sha256sum`.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::time::Duration;

use branchdesk::clock::{Clock, Day};
use branchdesk::command::{Command, Ledger, Stamp};
use branchdesk::domain::checklists::{Belongs, Checklist, Of};
use branchdesk::domain::ids::{ChecklistItemId, OrganisationId};
use branchdesk::domain::organisations::OrganisationKind;
use branchdesk::engine::packs::make_pack;
use branchdesk::exchange::attachments::{Source, attach, begin_anew, check};
use branchdesk::exchange::practice::{CrowdSize, generate_with_talks};
use branchdesk::progress::Progress;
use branchdesk::store::attachments::{Stored, path_of};
use branchdesk::store::backup::Reason;
use branchdesk::store::journal::Origin;
use branchdesk::store::workbook::{Opened, Workbook};
use branchdesk::store::{Key, checklists};
use branchdesk::view::checklists::{GapAsk, OverviewAsk, board, catalogue_of, due_items, gaps, overview};
use branchdesk::view::desk::Desk;
use branchdesk::view::packs::PackAsk;
use branchdesk::view::search::archives;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::office::TODAY;
use crate::tables::open;
use crate::{Line, Report, memory, p95, timed};

/// So many that there are two hundred organisations, with the talks of ten years.
const SIZE: CrowdSize = CrowdSize { members: 28_000, talks: 50_000 };
const ORGANISATIONS: usize = 200;
const YEARS: std::ops::RangeInclusive<i16> = 2017..=2026;
/// The yearly archive of 26 categories.
const TEMPLATE: &str = "支部档案";
/// What is attached altogether, in small files and in large ones.
const BYTES: usize = 1_000_000_000;
const FILES: usize = 20_000;
const LARGE_FILES: usize = 10;
/// Files that are attached with one stroke.
const AT_ONCE: usize = 500;
/// Files of one branch that an inspection sees.
const PACKED: usize = 1_000;
/// Hits that a list shows at once.
const SHOWN: usize = 20;
/// A copy with its hash takes 60 % of the time.
const COPY_BAR: f64 = 1.0 / 0.6;

/// What another process is asked to do: `attach FOLDER WORKBOOK`, `pack ORGANISATION WORKBOOK TARGET`.
pub const ATTACH: &str = "attach";
pub const PACK: &str = "pack";

pub fn run(report: &mut Report) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = generate_with_talks(folder.path(), SIZE, 1, false, &Progress::default()).expect("generated");
    let mut ledger = writing(&path);
    let organisations = organisations(&open(&path));
    let (_, making) = timed(|| make(&mut ledger, &organisations));
    drop(ledger);
    report.seconds("archives: 2,000 checklists of 26 categories made", making);

    let files = folder.path().join("材料");
    write_files(&files, FILES);
    attach_all(report, &path, &files, "20,000 files");
    let packed = spread(&path, &organisations);
    checked(report, &path, &files);
    backed_up(report, &path);

    let desk = open(&path);
    opened(report, &desk);
    stands(report, &desk);
    found(report, &desk);
    drop(desk);
    pack(report, &path, packed, folder.path());

    fs::remove_dir_all(&files).expect("removed");
    fs::remove_file(path_of(&path)).expect("removed");
    begin_anew(&writing(&path)).expect("an empty store");
    write_files(&files, LARGE_FILES);
    attach_all(report, &path, &files, "10 files");
}

fn stamp() -> Stamp {
    Stamp { at: Clock::fixed_on(TODAY).now(), operator: "测速".into(), origin: Origin::CommandLine }
}

fn writing(path: &Path) -> Ledger {
    let stamp = stamp();
    match Workbook::open(path, Key::None, &stamp.operator, stamp.at).expect("opened") {
        Opened::Writing(workbook) => Ledger::new(workbook),
        Opened::HeldBy(who) => panic!("held by {who}"),
    }
}

/// Those that keep an archive.
fn organisations(desk: &Desk) -> Vec<OrganisationId> {
    let keeps = desk.tree().all().filter(|node| node.kind != OrganisationKind::Group);
    let all: Vec<OrganisationId> = keeps.map(|node| node.id).take(ORGANISATIONS).collect();
    assert_eq!(all.len(), ORGANISATIONS);
    all
}

fn make(ledger: &mut Ledger, organisations: &[OrganisationId]) {
    for year in YEARS {
        let make =
            json!({ "do": "make_checklists", "template": TEMPLATE, "organisation_ids": organisations, "year": year });
        let command: Command = serde_json::from_value(make).expect("a command");
        ledger.run(command, &stamp()).expect("made");
    }
}

/// So many files of a gigabyte together, no two alike and none to be compressed.
fn write_files(folder: &Path, count: usize) {
    fs::create_dir(folder).expect("a folder");
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut bytes = Vec::new();
    for nth in 0..count {
        // From 0.4 to 1.6 of the mean.
        let length = BYTES / count * (40 + nth * 7_919 % 121) / 100;
        bytes.clear();
        while bytes.len() < length {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            bytes.extend_from_slice(&state.to_le_bytes());
        }
        fs::write(folder.join(format!("第{nth:05}份材料.pdf")), &bytes).expect("written");
    }
}

fn paths(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// A gigabyte attached, against the same copied and hashed file by file. What others still had to write is on the disk
/// before each.
fn attach_all(report: &mut Report, path: &Path, files: &Path, told: &str) {
    let paths = paths(files);
    let copies = files.with_extension("副本");
    settle();
    let (_, theirs) = timed(|| copied_and_hashed(&paths, &copies));
    fs::remove_dir_all(&copies).expect("removed");
    settle();
    let ours = elsewhere(&[ATTACH.as_ref(), files.as_ref(), path.as_ref()]);
    report.seconds(&format!("archives: 1 GB in {told} attached"), ours.time);
    report.ratio(&format!("archives: 1 GB in {told} attached / copied and hashed"), ours.time, Some(theirs), COPY_BAR);
    above_idle(report, &format!("archives: memory above idle, {told} attached"), &ours);
}

/// Attaches all files of a folder, so many with one stroke, to the first items of checklists.
pub fn attach_here(files: &Path, workbook: &Path) {
    let paths = paths(files);
    let mut ledger = writing(workbook);
    let lists = checklists::in_year(ledger.reader(), TODAY.year()).expect("read");
    watched(|| {
        for (files, list) in paths.chunks(AT_ONCE).zip(lists.iter().cycle()) {
            let item = checklists::items(ledger.reader(), list.id).expect("read")[0].id;
            let sources: Vec<Source> = files.iter().cloned().map(Source::File).collect();
            attach(&mut ledger, &stamp(), Belongs::Item(item), &sources, None, &Progress::default()).expect("attached");
        }
    });
}

/// What another process took for its work. In this one much memory that nobody uses any more is still held.
struct Watched {
    time: Duration,
    /// Megabytes, where the system tells.
    above_idle: Option<f64>,
}

fn elsewhere(words: &[&OsStr]) -> Watched {
    let bench = std::env::current_exe().expect("the bench");
    let said = Process::new(bench).args(words).stderr(Stdio::inherit()).output().expect("it runs");
    assert!(said.status.success(), "{words:?}");
    let said = String::from_utf8(said.stdout).expect("text");
    let mut numbers = said.split_whitespace();
    let time = numbers.next().and_then(|number| number.parse().ok()).map(Duration::from_micros).expect("a time");
    Watched { time, above_idle: numbers.next().and_then(|number| number.parse().ok()) }
}

/// Does a piece of work and prints its microseconds, and the megabytes it took above what was held before.
fn watched(work: impl FnOnce()) {
    let idle = memory::reset_peak();
    let (_, time) = timed(work);
    let above = memory::peak().zip(idle).map(|(peak, idle)| format!("{:.1}", peak - idle));
    println!("{} {}", time.as_micros(), above.unwrap_or_default());
}

fn above_idle(report: &mut Report, what: &str, ours: &Watched) {
    let Some(above) = ours.above_idle else {
        report.not_installed(what);
        return;
    };
    report.line(Line {
        what: what.into(),
        value: format!("{above:.0} MB"),
        bar: Some(("≤ 150 MB".into(), above <= 150.0)),
    });
}

fn copied_and_hashed(paths: &[PathBuf], to: &Path) -> usize {
    fs::create_dir(to).expect("a folder");
    let mut piece = vec![0; 1 << 20];
    let mut hashes = Vec::with_capacity(paths.len());
    for path in paths {
        let copy = to.join(path.file_name().expect("a name"));
        fs::copy(path, &copy).expect("copied");
        let mut file = File::open(&copy).expect("opened");
        let mut hasher = Sha256::new();
        loop {
            let length = file.read(&mut piece).expect("read");
            if length == 0 {
                break;
            }
            hasher.update(&piece[..length]);
        }
        hashes.push(hasher.finalize());
    }
    hashes.len()
}

/// Everything written so far is on the disk; where there is no `sync`, nobody can say so.
fn settle() {
    drop(Process::new("sync").status());
}

/// Lays the files beside the items of all checklists, ten on each; a thousand beside those of one branch. Moving them one
/// by one would be measured instead of what is to be measured.
fn spread(path: &Path, organisations: &[OrganisationId]) -> OrganisationId {
    let desk = open(path);
    let branch = organisations.iter().rev().find(|id| desk.tree().get(**id).is_some_and(|node| node.kind.is_branch()));
    let branch = *branch.expect("a branch");
    let mut items: Vec<Vec<ChecklistItemId>> = Vec::new();
    let mut of_branch = 0;
    for list in checklists::all(desk.reader()).expect("read") {
        if list.organisation == branch && list.of == Of::Year(TODAY.year()) {
            of_branch = items.len();
        }
        let all = checklists::items(desk.reader(), list.id).expect("read");
        items.push(all.iter().filter(|item| item.parent.is_some()).map(|item| item.id).collect());
    }
    drop(desk);
    let mut connection = rusqlite::Connection::open(path).expect("opened");
    let written = connection.transaction().expect("a transaction");
    let evidence: Vec<i64> = {
        let mut statement = written.prepare("SELECT id FROM evidence ORDER BY id").expect("prepared");
        let rows = statement.query_map([], |row| row.get(0)).expect("read");
        rows.map(|row| row.expect("a row")).collect()
    };
    for (nth, id) in evidence.into_iter().enumerate() {
        let of = if nth < PACKED { of_branch } else { nth % items.len() };
        let item = items[of][nth / 100 * 7 % items[of].len()];
        written.execute("UPDATE evidence SET item = ?2 WHERE id = ?1", [id, item.0]).expect("written");
    }
    written.commit().expect("committed");
    branch
}

/// Every byte compared with its hash.
fn checked(report: &mut Report, path: &Path, files: &Path) {
    let desk = open(path);
    let stored = Stored::open(path, &Key::None).expect("opened");
    let (found, ours) = timed(|| check(desk.reader(), stored.as_ref(), &Progress::default()).expect("checked"));
    assert!(found.is_sound() && found.named == FILES, "{found:?}");
    let theirs = sums(files);
    report.seconds("archives: 1 GB verified", ours);
    report.ratio("archives: 1 GB verified / sha256sum of the files", ours, theirs, 1.5);
}

fn backed_up(report: &mut Report, path: &Path) {
    let ledger = writing(path);
    let back_up = || timed(|| ledger.back_up(Reason::Asked, stamp().at, &Progress::default()).expect("backed up")).1;
    report.seconds("archives: first backup with 1 GB", back_up());
    report.seconds("archives: backup with nothing new", back_up());
}

fn opened(report: &mut Report, desk: &Desk) {
    let lists: Vec<Checklist> = checklists::all(desk.reader()).expect("read");
    assert_eq!(lists.len(), ORGANISATIONS * YEARS.count());
    let times = lists.iter().step_by(7).map(|list| {
        let (board, time) = timed(|| board(desk, list.id, TODAY).expect("read").expect("there"));
        assert_eq!(board.progress.total(), 26);
        time
    });
    report.within("archives: any checklist opened, p95", p95(times.collect()), 50.0);
    // The first that is asked for of a year counts the numbers of all that year.
    let times = YEARS.map(|year| {
        let list = lists.iter().find(|list| list.of == Of::Year(year)).expect("there");
        let board = board(desk, list.id, TODAY).expect("read").expect("there");
        timed(|| catalogue_of(desk, &board).expect("read")).1
    });
    report.within("archives: first catalogue of a year, p95", p95(times.collect()), 50.0);
}

fn stands(report: &mut Report, desk: &Desk) {
    let times = YEARS.map(|year| {
        let ask = OverviewAsk { scope: None, year, template: TEMPLATE.into(), today: TODAY };
        let (lines, time) = timed(|| overview(desk, &ask).expect("read"));
        assert_eq!(lines.iter().filter(|line| line.checklist.is_some()).count(), ORGANISATIONS);
        time
    });
    report.within("archives: progress over the tree, p95", p95(times.collect()), 300.0);
    let ask = GapAsk { scope: None, year: TODAY.year(), template: None, checklist: None, owner: None, today: TODAY };
    let (found, time) = timed(|| gaps(desk, &ask).expect("read"));
    assert!(found.len() > ORGANISATIONS, "{}", found.len());
    report.seconds("archives: gaps over the tree", time);
}

/// What people look for in archives, common and rare; and what 今日 asks in the last month of a year.
fn found(report: &mut Report, desk: &Desk) {
    let mut times = Vec::new();
    for text in ["组织生活会", "签到表", "2024 第3党支部 党支部工作档案", "第00017份", "没有这样的材料", "单"]
    {
        for _ in 0..5 {
            times.push(timed(|| archives(desk, text, SHOWN).expect("searched")).1);
        }
    }
    assert!(!archives(desk, "第00017份", SHOWN).expect("searched").hits.is_empty());
    report.within("archives: any search, p95", p95(times), 100.0);
    let (december, until) = (Day::constant(2026, 12, 15), Day::constant(2027, 1, 15));
    let (due, time) = timed(|| due_items(desk, until, december, |_| true).expect("read"));
    assert!(due.len() > ORGANISATIONS, "{}", due.len());
    report.seconds("archives: what is due at the end of the year", time);
}

/// A thousand files packed, and verified by whoever gets them.
fn pack(report: &mut Report, workbook: &Path, branch: OrganisationId, folder: &Path) {
    for (name, told) in [("检查包", "folder"), ("检查包.zip", "ZIP")] {
        let to = folder.join(name);
        settle();
        let ours = elsewhere(&[PACK.as_ref(), branch.to_string().as_ref(), workbook.as_ref(), to.as_ref()]);
        report.seconds(&format!("archives: 1,000 files packed into a {told}"), ours.time);
        above_idle(report, &format!("archives: memory above idle, packed into a {told}"), &ours);
    }
    let pack = folder.join("检查包");
    let copy = folder.join("副本");
    settle();
    let (done, copying) = timed(|| Process::new("cp").arg("-r").arg(&pack).arg(&copy).status());
    let theirs = sums(&copy).filter(|_| done.is_ok_and(|status| status.success())).map(|time| time + copying);
    match theirs {
        Some(time) => report.seconds("archives: the same by cp and sha256sum", time),
        None => report.not_installed("archives: the same by cp and sha256sum"),
    }
    let verify = ["--check", "--quiet", "--strict", "SHA256SUMS"];
    let (verified, time) = timed(|| Process::new("sha256sum").args(verify).current_dir(&pack).status());
    match verified {
        Ok(status) => {
            assert!(status.success(), "a file is not what the list says");
            report.seconds("archives: the pack verified by sha256sum -c", time);
        }
        Err(_) => report.not_installed("archives: the pack verified by sha256sum -c"),
    }
}

/// Packs the archive of an organisation.
pub fn pack_here(organisation: &str, workbook: &Path, to: &Path) {
    let scope = OrganisationId(organisation.parse().expect("an id"));
    let desk = open(workbook);
    let ask = PackAsk { scope: Some(scope), year: TODAY.year(), template: None, today: TODAY };
    watched(|| {
        let clock = Clock::fixed_on(TODAY);
        let packed = make_pack(&desk, &ask, to, false, clock, &Progress::default()).expect("packed");
        assert!(packed.files > PACKED && packed.summary.lacking.is_empty(), "{:?}", packed.summary);
    });
}

/// How long `sha256sum` takes for every file of a folder.
fn sums(folder: &Path) -> Option<Duration> {
    let (output, time) = timed(|| {
        let mut list =
            Process::new("find").arg(folder).args(["-type", "f", "-print0"]).stdout(Stdio::piped()).spawn()?;
        let found = list.stdout.take().map_or_else(Stdio::null, Stdio::from);
        let output = Process::new("xargs").args(["-0", "sha256sum"]).stdin(found).stdout(Stdio::null()).status();
        list.wait()?;
        output
    });
    output.is_ok_and(|status| status.success()).then_some(time)
}
