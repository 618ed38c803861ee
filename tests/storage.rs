//! What a disk does to a workbook: it forbids writing, has no room, or is gone. Each time a clear sentence, nothing
//! half-written, and the workbook as it was; from the command line and through the engine that serves the window.

use std::path::{Path, PathBuf};

use branchdesk::clock::Clock;
use branchdesk::command::{Command, ImportRoster};
use branchdesk::engine::opening::{self, OpenRequest, Opening};
use branchdesk::engine::{Engine, Machine, Revert, WriteRequest};
use branchdesk::exchange::export::{self, Export, MemberExport};
use branchdesk::exchange::import::{PlanOptions, plan, read_roster};
use branchdesk::files::write_whole;
use branchdesk::print::{FillOptions, Form, PaperFonts, compile, roster_ask, roster_of};
use branchdesk::problem::{Problem, ProblemKind, Result};
use branchdesk::progress::Progress;
use branchdesk::store::Key;
use branchdesk::store::workbook::ReadOnly;
use branchdesk::view::members::ListAsk;
use serde_json::json;

use crate::support::office::day;
use crate::support::program::Program;
use crate::support::trouble::Trouble;

const ROSTER: &str = "姓名,性别,出生日期,入党时间,所在党支部\n马晓东,男,1985-09-30,2010-07-01,机关党支部\n何静,女,1983-01-12,2008-07-01,机关党支部\n";

/// What is tried from the command line, each in a folder of its own: the name of the folder, the words, the file that
/// a sentence must name.
const CALLS: [(&str, &[&str], &str); 8] = [
    ("新建", &["new", "新.bdk", "--title", "新支部"], "新.bdk"),
    ("执行", &["apply", "--workbook", "支部.bdk", "--from", "制表人.json"], "支部.bdk"),
    ("导入", &["import", "名册.csv", "--workbook", "支部.bdk"], "支部.bdk"),
    ("导出CSV", &["export", "members", "--workbook", "支部.bdk", "--out", "出.csv"], "出.csv"),
    ("导出XLSX", &["export", "members", "--workbook", "支部.bdk", "--out", "出.xlsx"], "出.xlsx"),
    ("导出JSON", &["export", "facts", "--workbook", "支部.bdk", "--out", "出.json"], "出.json"),
    ("打印", &["print", "roster", "--workbook", "支部.bdk", "--out", "出.pdf"], "出.pdf"),
    ("撤销", &["undo", "--workbook", "支部.bdk"], "支部.bdk"),
];

/// The folder in which the engine works.
const WINDOW: &str = "窗口";

/// A folder with a workbook and a roster, and what is in them.
struct Prepared {
    dump: String,
    names: Vec<String>,
}

fn prepare(folder: &Path) -> Prepared {
    let first = folder.join(WINDOW);
    std::fs::create_dir(&first).expect("a folder");
    let program = Program::in_folder(&first);
    program.well(&["new", "支部.bdk"]);
    program.apply(json!([
        { "do": "add_organisation", "ref": "@a", "set": { "name": "机关党支部" } },
        { "do": "add_member", "branch_id": "@a", "set": { "name": "林秀英", "joined": "2006-12-08", "full": "2007-12-08" } },
    ]));
    program.write("名册.csv", ROSTER);
    program.write("制表人.json", &json!([{ "do": "set_settings", "set": { "prepared_by": "李敏" } }]).to_string());
    for (name, ..) in CALLS {
        copy(&first, &folder.join(name));
    }
    Prepared { dump: program.dump("支部.bdk"), names: program.files() }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            std::fs::copy(&path, to.join(path.file_name().expect("a name"))).expect("copied");
        }
    }
}

/// After trouble: where a step failed nothing is there that was not, and the workbook is as it was; where it came
/// through it came through whole.
fn look(folder: &Path, prepared: &Prepared, trouble: Trouble) {
    for name in CALLS.iter().map(|(name, ..)| *name).chain([WINDOW]) {
        let program = Program::in_folder(&folder.join(name));
        assert_eq!(program.well(&["check", "--workbook", "支部.bdk"]), "文件、操作记录和数字都完好\n", "{name}");
        let dump = program.dump("支部.bdk");
        if trouble.is_total() || dump == prepared.dump {
            assert_eq!(dump, prepared.dump, "{name} under {trouble:?}");
        } else {
            let came_through = match name {
                "撤销" => !dump.contains("林秀英"),
                "导入" => dump.contains("马晓东") && dump.contains("何静"),
                "执行" => dump.contains("李敏"),
                _ => dump.contains("\"table\":\"output\""),
            };
            assert!(came_through, "{name} under {trouble:?}: {dump}");
        }
        let mut new: Vec<String> = program.files().into_iter().filter(|file| !prepared.names.contains(file)).collect();
        new.retain(|file| !trouble.is_total() || file != "设置");
        let whole = |file: &String| is_whole(&program, file);
        let strange: Vec<&String> = new.iter().filter(|file| trouble.is_total() || !whole(file)).collect();
        assert!(strange.is_empty(), "{name} under {trouble:?} left {strange:?}");
    }
}

/// Whether a file that appeared is all that it should be.
fn is_whole(program: &Program, file: &str) -> bool {
    let bytes = || std::fs::read(program.path(file)).unwrap_or_default();
    match file {
        "设置" | "备份" | "新.bdk.lock" => true,
        "新.bdk" => program.dump(file).contains("新支部"),
        "出.csv" => bytes().ends_with(b"\r\n"),
        "出.xlsx" => zip::ZipArchive::new(std::io::Cursor::new(bytes())).is_ok(),
        "出.json" => serde_json::from_slice::<serde_json::Value>(&bytes()).is_ok(),
        "出.pdf" => bytes().trim_ascii_end().ends_with(b"%%EOF"),
        _ => false,
    }
}

/// What, where, what to do; in Chinese, without the words of a machine.
#[track_caller]
fn assert_clear(sentence: &str, file: &str) {
    assert!(sentence.contains(file), "where: {sentence}");
    assert!(["没有", "只能"].iter().any(|word| sentence.starts_with(word)), "what: {sentence}");
    assert!(
        ["腾出空间", "检查", "换一个", "取消只读", "放回原处", "等能写时"].iter().any(|word| sentence.contains(word)),
        "what to do: {sentence}"
    );
    for foreign in ["rror", "SQL", "denied", "Os {", "程序出了差错"] {
        assert!(!sentence.contains(foreign), "{sentence}");
    }
}

fn call_all(folder: &Path, trouble: Trouble) {
    for (name, words, file) in CALLS {
        let program = Program::in_folder(&folder.join(name));
        let answer = program.call(words);
        if trouble.is_total() || answer.code != 0 {
            let sentence = program.fails(words, 1);
            // A backup comes before an import, and may be what has no room.
            let file = if sentence.contains("写入前没能备份") { "备份" } else { file };
            assert_clear(&sentence, file);
        }
    }
}

/// The window over the workbook in its folder.
struct Window {
    engine: Engine,
    folder: PathBuf,
}

impl Window {
    fn open(folder: &Path, machine: &Machine) -> Self {
        let path = folder.join("支部.bdk");
        let request = OpenRequest { path, operator: "李敏".into(), recent: Vec::new(), even_if_diverged: false };
        match opening::open(machine, clock(), request).expect("opened") {
            Opening::Open(open) => Self { engine: open.engine, folder: folder.to_owned() },
            Opening::Diverged(diverged) => panic!("{diverged:?}"),
        }
    }

    fn write(&self, request: WriteRequest) -> Result<String> {
        wait(|| self.engine.write(request)).map(|receipt| receipt.title)
    }

    fn import(&self) -> Result<String> {
        let file = ReadOnly::open(&self.folder.join("支部.bdk"), &Key::None).expect("readable");
        let (today, progress) = (day("2026-11-24"), Progress::default());
        let reading = read_roster(&self.folder.join("名册.csv"), today, &progress).expect("a roster");
        let plan = plan(file.reader(), vec![reading], &PlanOptions::default(), today, &progress).expect("a plan");
        self.write(WriteRequest::Run(Box::new(Command::ImportRoster(ImportRoster { plan }))))
    }

    fn undo(&self) -> Result<String> {
        self.write(WriteRequest::Revert(Revert::UNDO))
    }

    fn edit(&self) -> Result<String> {
        let command = json!({ "do": "set_settings", "set": { "prepared_by": "李敏" } });
        self.write(WriteRequest::Run(Box::new(serde_json::from_value(command).expect("a command"))))
    }

    fn export(&self, name: &str) -> Result<u64> {
        let path = self.folder.join(name);
        let ask = ListAsk::roll(day("2026-11-24"), None);
        let export = Export::Members(MemberExport { ask, columns: Vec::new(), unmasked: false });
        wait(|| {
            self.engine.desk_job(move |desk, progress| {
                Ok(export::write(desk, &export, &path, false, clock().now(), progress)?.rows)
            })
        })
    }

    fn print(&self) -> Result<()> {
        let path = self.folder.join("出.pdf");
        wait(|| {
            self.engine.desk_job(move |desk, progress| {
                let today = day("2026-11-24");
                let form = Form::Table(roster_of(desk, &roster_ask(today, None), &FillOptions::usual(today))?);
                write_whole(&path, &compile(&form, PaperFonts::installed(), today, progress)?.pdf()?, false)
            })
        })
    }

    fn park(&self) -> Result<String> {
        self.write(WriteRequest::ParkDraft { name: "新增党员".into(), draft: Some(json!({ "name": "赵永强" })) })
    }

    /// How many people the list shows now.
    fn listed(&self) -> usize {
        let ticket = self.engine.ask(branchdesk::engine::questions::List(ListAsk::roll(day("2026-11-24"), None)));
        loop {
            match ticket.take() {
                Some(list) => return list.expect("the last state").ids.len(),
                None => std::thread::yield_now(),
            }
        }
    }
}

fn clock() -> Clock {
    Clock::fixed_on(day("2026-11-24"))
}

/// Waits for work that may be done on a thread.
fn wait<T>(start: impl FnOnce() -> branchdesk::engine::Job<T>) -> Result<T> {
    let job = start();
    loop {
        match job.take() {
            Some(result) => return result,
            None => std::thread::yield_now(),
        }
    }
}

#[track_caller]
fn assert_told<T: std::fmt::Debug>(result: Result<T>, file: &str) -> Problem {
    let problem = result.expect_err("it cannot be written");
    assert_clear(&problem.to_string(), file);
    assert!(matches!(problem.kind, ProblemKind::ReadOnly | ProblemKind::Storage), "{problem:?}");
    problem
}

fn work_in_the_window(folder: &Path, trouble: Trouble) {
    let folder = folder.join(WINDOW);
    let made = opening::create(&Machine::Inline, clock(), folder.join("新.bdk"), "李敏", "新支部");
    assert_told(made, "新.bdk");
    let window = Window::open(&folder, &Machine::Inline);
    assert_eq!(window.listed(), 1, "it can be read");
    let read_only = &window.engine.standing().read_only;
    if matches!(trouble, Trouble::Forbidden | Trouble::Protected) {
        let why = read_only.as_deref().expect("only to be read");
        let refusal = if trouble == Trouble::Protected { "磁盘是只读的" } else { "没有权限" };
        assert!(why.contains("支部.bdk") && why.contains(refusal), "{why}");
    } else {
        assert_eq!(*read_only, None, "it may be written as soon as there is room");
    }
    assert_told(window.edit(), "支部.bdk");
    assert_told(window.import(), if read_only.is_some() { "支部.bdk" } else { "备份" });
    assert_told(window.undo(), "支部.bdk");
    assert_told(window.export("出.csv"), "出.csv");
    assert_told(window.export("出.xlsx"), "出.xlsx");
    assert_told(window.print(), "出.pdf");
    assert_told(window.park(), "支部.bdk-side");
    assert_eq!(window.listed(), 1, "and is read on");
    window.engine.close().expect("closed");
}

fn befall(trouble: Trouble, test: &str) {
    trouble.befall(
        test,
        prepare,
        |folder| {
            call_all(folder, trouble);
            if trouble.is_total() {
                work_in_the_window(folder, trouble);
            }
        },
        |folder, prepared| look(folder, &prepared, trouble),
    );
}

#[test]
fn a_folder_that_forbids_writing_changes_nothing_and_is_told() {
    let test = "storage::a_folder_that_forbids_writing_changes_nothing_and_is_told";
    befall(Trouble::Forbidden, test);
    befall(Trouble::Protected, test);
}

#[test]
fn a_disk_without_room_changes_nothing_and_is_told() {
    let test = "storage::a_disk_without_room_changes_nothing_and_is_told";
    for left in [0, 24, 120] {
        befall(Trouble::NoRoom(left), test);
    }
}

#[test]
fn a_file_that_may_not_grow_changes_nothing_and_is_told() {
    let test = "storage::a_file_that_may_not_grow_changes_nothing_and_is_told";
    for longest in [0, 8, 48, 100] {
        befall(Trouble::NoLonger(longest), test);
    }
}

#[test]
fn what_may_only_be_read_is_read_and_handed_out_elsewhere() {
    let test = "storage::what_may_only_be_read_is_read_and_handed_out_elsewhere";
    Trouble::Forbidden.befall(
        test,
        prepare,
        |folder| {
            let elsewhere = tempfile::tempdir().expect("a folder");
            let out = elsewhere.path().join("花名册.csv");
            let program = Program::in_folder(&folder.join(WINDOW));
            program.well(&["figures", "--workbook", "支部.bdk"]);
            let answer =
                program.call(&["export", "members", "--workbook", "支部.bdk", "--out", &out.to_string_lossy()]);
            assert_eq!(answer.code, 0, "{}", answer.err);
            assert!(answer.err.contains("没有记进工作簿的外发记录"), "{}", answer.err);
            assert!(std::fs::read_to_string(out).expect("the file").contains("林秀英"));
        },
        |folder, prepared| look(folder, &prepared, Trouble::Forbidden),
    );
}

#[test]
fn an_answer_that_cannot_be_written_does_not_claim_that_nothing_was_done() {
    let program = Program::with_workbook();
    program.apply(json!([{ "do": "add_organisation", "set": { "name": "机关党支部" } }]));
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("a full device");
    let answer = program.call_into(&["undo", "--workbook", "支部.bdk"], full);
    assert_eq!(answer.code, 1);
    assert!(answer.err.contains("结果没有写全") && answer.err.contains("磁盘满了"), "{}", answer.err);
    assert!(!answer.err.contains("没有改动"), "{}", answer.err);
    assert!(!program.dump("支部.bdk").contains("机关党支部"), "it was undone");
}

/// Ways in which a workbook goes while it is open.
#[derive(Debug, Clone, Copy)]
enum Vanishing {
    FolderMoved,
    FileRemoved,
    FileExchanged,
}

#[test]
fn a_workbook_that_vanishes_while_it_is_open_takes_no_write_and_loses_none() {
    for machine in [Machine::Inline, Machine::Threads(std::sync::Arc::new(|| {}))] {
        for how in [Vanishing::FolderMoved, Vanishing::FileRemoved, Vanishing::FileExchanged] {
            vanish(how, &machine);
        }
    }
}

fn vanish(how: Vanishing, machine: &Machine) {
    let kept = tempfile::tempdir().expect("a folder");
    let prepared = prepare(kept.path());
    let folder = kept.path().join(WINDOW);
    let (path, aside) = (folder.join("支部.bdk"), kept.path().join("别处"));
    let window = Window::open(&folder, machine);
    match how {
        Vanishing::FolderMoved => std::fs::rename(&folder, &aside),
        Vanishing::FileRemoved => std::fs::rename(&path, &aside),
        Vanishing::FileExchanged => std::fs::rename(&path, &aside).and_then(|()| {
            let other = Program::with_workbook();
            std::fs::copy(other.path("支部.bdk"), &path).map(|_| ())
        }),
    }
    .expect("gone");
    let told = assert_told(window.edit(), "支部.bdk");
    assert!(told.happened.contains("不在原处"), "{how:?}: {told}");
    assert_told(window.undo(), "支部.bdk");
    assert_eq!(window.listed(), 1, "{how:?}: what was read stays to be looked at");
    // A list that is read anew comes from the file that was opened, or not at all.
    match window.export("出.csv") {
        Ok(rows) => assert_eq!((rows, machine.is_inline()), (1, true), "{how:?}"),
        Err(problem) => assert_clear(&problem.to_string(), if machine.is_inline() { "出.csv" } else { "支部.bdk" }),
    }
    assert_eq!(folder.exists(), !matches!(how, Vanishing::FolderMoved), "a folder that is gone is not made again");
    drop(std::fs::remove_file(folder.join("出.csv")));
    match how {
        Vanishing::FolderMoved => std::fs::rename(&aside, &folder),
        Vanishing::FileRemoved | Vanishing::FileExchanged => std::fs::rename(&aside, &path),
    }
    .expect("back again");
    window.edit().expect("the stick is back: work goes on");
    window.undo().expect("undone");
    window.engine.close().expect("closed");
    assert_eq!(Program::in_folder(&folder).dump("支部.bdk"), prepared.dump, "{how:?}");
}

/// A workbook as it lies on the disk when the program was killed while it saved: half of the new pages written, the
/// old ones in the journal beside it.
fn killed_while_saving(program: &Program) {
    let connection = rusqlite::Connection::open(program.path("支部.bdk")).expect("opened");
    connection
        .execute_batch("PRAGMA cache_size = 1; BEGIN IMMEDIATE; UPDATE person SET name = '改了一半';")
        .expect("begun");
    connection.execute_batch("CREATE TABLE half (text); INSERT INTO half VALUES (zeroblob(200000));").expect("spilled");
    for name in ["支部.bdk", "支部.bdk-journal"] {
        std::fs::copy(program.path(name), program.path(&format!("断-{name}"))).expect("copied");
    }
    drop(connection);
    for name in ["支部.bdk", "支部.bdk-journal"] {
        std::fs::rename(program.path(&format!("断-{name}")), program.path(name)).expect("as after the kill");
    }
}

#[test]
fn a_program_that_was_killed_while_it_saved_leaves_the_workbook_as_before_whoever_comes_next() {
    let kept = tempfile::tempdir().expect("a folder");
    let prepared = prepare(kept.path());
    let program = Program::in_folder(&kept.path().join(WINDOW));
    killed_while_saving(&program);
    let raw = std::fs::read(program.path("支部.bdk")).expect("readable");
    assert!(String::from_utf8_lossy(&raw).contains("改了一半"), "it was cut in the middle");
    assert_eq!(program.dump("支部.bdk"), prepared.dump, "one who only reads");
    assert!(!program.files().contains(&"支部.bdk-journal".to_owned()));
    killed_while_saving(&program);
    let window = Window::open(&kept.path().join(WINDOW), &Machine::Inline);
    window.undo().expect("one who writes");
    assert_eq!(program.well(&["check", "--workbook", "支部.bdk"]), "文件、操作记录和数字都完好\n");
    window.engine.close().expect("closed");
}

#[test]
fn a_workbook_that_is_gone_is_told_by_its_name_and_nothing_is_made() {
    let program = Program::new();
    for (_, words, file) in CALLS.into_iter().filter(|(_, words, _)| words.contains(&"支部.bdk")) {
        program.write("制表人.json", "[]");
        program.write("名册.csv", ROSTER);
        let sentence = program.fails(words, 1);
        assert!(sentence.contains("找不到“支部.bdk”"), "{file}: {sentence}");
        assert_eq!(program.files(), ["制表人.json", "名册.csv", "设置"], "{words:?}");
    }
    let sentence = program.fails(&["new", "没有的文件夹/新.bdk"], 1);
    assert!(sentence.contains("没有的文件夹/新.bdk") && sentence.contains("检查路径"), "{sentence}");
    assert_eq!(program.files(), ["制表人.json", "名册.csv", "设置"]);
}
