//! Handover: a workbook with its attachments goes over in one file and comes out of it as it was.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;

use branchdesk::exchange::handover::receive;
use branchdesk::progress::Progress;
use branchdesk::store::Key;
use serde_json::{Value as Json, json};

use crate::support::program::Program;

/// A workbook with two attached files.
fn archive() -> Program {
    let program = Program::with_workbook();
    program.apply(json!([
        { "do": "add_organisation", "ref": "@branch", "set": { "name": "机关第一党支部" } },
        { "do": "make_checklists", "template": "六有", "organisation_ids": ["@branch"], "year": 2026 },
    ]));
    program.well(&["export", "checklist", "--workbook", "支部.bdk", "--out", "项.json"]);
    let items: Vec<Json> = serde_json::from_str(&program.read("项.json")).expect("JSON");
    let item = items[0]["id"].as_str().expect("an id");
    program.write("会议室.txt", "活动室照片");
    program.write("门牌.txt", "门口标牌");
    program.well(&["attach", "会议室.txt", "门牌.txt", "--workbook", "支部.bdk", "--item", item]);
    program
}

const HAND_OVER: [&str; 5] = ["handover", "--workbook", "支部.bdk", "--out", "移交.zip"];

#[test]
fn whoever_takes_over_finds_the_workbook_and_its_files_as_they_were() {
    let program = archive();
    let before = program.dump("支部.bdk");
    assert_eq!(program.well(&HAND_OVER), "已移交工作簿和附件 2 个：移交.zip\n");
    let refused = program.fails(&HAND_OVER, 1);
    assert!(refused.contains("已经存在"), "{refused}");
    let successor = Program::new();
    std::fs::copy(program.path("移交.zip"), successor.path("移交.zip")).expect("carried over");
    let receive = ["receive", "移交.zip", "--out", "接手.bdk"];
    assert_eq!(successor.well(&receive), "已接收工作簿和附件 2 个：接手.bdk\n");
    assert_eq!(successor.dump("接手.bdk"), before);
    let verified = successor.well(&["verify", "--attachments", "--workbook", "接手.bdk"]);
    assert_eq!(verified, "附件 2 个都和附上时一样\n");
    successor.well(&["undo", "--workbook", "接手.bdk"]);
    successor.well(&["check", "--workbook", "接手.bdk"]);
    let refused = successor.fails(&receive, 1);
    assert!(refused.contains("接手.bdk") && refused.contains("已经存在"), "{refused}");
    let log = program.well(&["history", "--workbook", "支部.bdk"]);
    assert!(log.contains("移交 ZIP：整个工作簿和附件"), "{log}");
}

#[test]
fn a_workbook_without_its_store_goes_over_and_what_is_missing_is_told() {
    let program = archive();
    std::fs::remove_file(program.path("支部.附件.bdk")).expect("removed");
    let answer = program.call(&HAND_OVER);
    assert_eq!((answer.code, &*answer.err), (1, ""));
    assert_eq!(answer.out, "已移交工作簿和附件 0 个：移交.zip\n另有 2 个附件在附件库里找不到\n");
    assert_eq!(program.call(&["receive", "移交.zip", "--out", "接手.bdk"]).code, 1);
    assert_eq!(
        program.dump("接手.bdk").lines().count(),
        program.dump("支部.bdk").lines().count() - 1,
        "all but the log"
    );
}

/// The package with one of its files changed, or under another name.
fn changed(program: &Program, change: impl Fn(&str, &mut Vec<u8>) -> String) {
    let mut from = zip::ZipArchive::new(std::fs::File::open(program.path("移交.zip")).expect("there")).expect("a ZIP");
    let mut to = zip::ZipWriter::new(std::fs::File::create(program.path("改过.zip")).expect("made"));
    for nth in 0..from.len() {
        let mut entry = from.by_index(nth).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("read");
        let name = change(&entry.name().expect("UTF-8"), &mut bytes);
        to.start_file(name, zip::write::SimpleFileOptions::default()).expect("begun");
        to.write_all(&bytes).expect("written");
    }
    to.finish().expect("ended");
}

#[test]
fn what_is_not_what_was_handed_over_is_not_taken_in_and_leaves_nothing() {
    let program = archive();
    program.well(&HAND_OVER);
    let receive = ["receive", "改过.zip", "--out", "接手.bdk"];
    let before: Vec<String> = [program.files(), vec!["改过.zip".to_owned()]].concat();
    let refused = |why: &str| {
        let refused = program.fails(&receive, 1);
        assert!(refused.contains("不是移交文件，或不完整"), "{why}: {refused}");
        let mut files = before.clone();
        files.sort();
        assert_eq!(program.files(), files, "{why}");
    };
    for spoiled in ["支部.bdk", "支部.附件.bdk"] {
        changed(&program, |name, bytes| {
            if name == spoiled {
                bytes[20_000] ^= 1;
            }
            name.to_owned()
        });
        refused(spoiled);
    }
    changed(&program, |name, bytes| {
        if name == "SHA256SUMS" {
            *bytes = String::from_utf8(std::mem::take(bytes)).expect("UTF-8").replace("  ", "  ../").into_bytes();
        }
        if name == "SHA256SUMS" { name.to_owned() } else { format!("../{name}") }
    });
    // Names are no paths: what they are called leads nowhere.
    program.well(&receive);
    assert!(!program.path("../支部.bdk").exists());
    assert_eq!(program.well(&["verify", "--attachments", "--workbook", "接手.bdk"]), "附件 2 个都和附上时一样\n");
    std::fs::write(program.path("改过.zip"), "不是压缩包").expect("written");
    let refused = program.fails(&["receive", "改过.zip", "--out", "又一个.bdk"], 1);
    assert!(refused.contains("不是移交文件"), "{refused}");
}

#[test]
fn wherever_a_package_is_damaged_it_is_the_package_that_is_told_of() {
    let program = archive();
    program.well(&HAND_OVER);
    let whole = std::fs::read(program.path("移交.zip")).expect("there");
    let receive = |name: &str, bytes: &[u8]| {
        std::fs::write(program.path("改过.zip"), bytes).expect("written");
        receive(&program.path("改过.zip"), &program.path(name), &Key::None, &Progress::default())
    };
    for nth in 0..48 {
        let place = whole.len() * nth / 48 + 7;
        let mut spoiled = whole.clone();
        spoiled[place] ^= 0x55;
        // A day or a right in it may change: then all is there.
        if let Err(problem) = receive(&format!("接手{nth}.bdk"), &spoiled) {
            assert!(problem.happened.contains("不是移交文件，或不完整"), "byte {place}: {problem}");
        }
    }
    for share in 1..8 {
        let problem = receive("半个.bdk", &whole[..whole.len() * share / 8]).expect_err("cut short");
        assert!(problem.happened.contains("不是移交文件，或不完整"), "{share}/8: {problem}");
    }
}

/// The folders that are there for a while.
fn asides(program: &Program) -> Vec<PathBuf> {
    let hidden = program.files().into_iter().filter(|name| name.starts_with(".branchdesk-"));
    hidden.map(|name| program.path(&name)).collect()
}

/// The copy of a workbook is for nobody else's eyes, least of all for good.
#[test]
fn what_a_killed_call_leaves_is_for_its_owner_alone_and_goes_with_the_next() {
    let program = archive();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_branchdesk"))
        .args(HAND_OVER)
        .current_dir(program.path(""))
        .env("XDG_CONFIG_HOME", program.path("设置"))
        .env_remove("DISPLAY")
        .spawn()
        .expect("started");
    let has_begun = || asides(&program).iter().any(|aside| aside.join("workbook.bdk").exists());
    while !has_begun() && child.try_wait().expect("asked").is_none() {
        std::thread::yield_now();
    }
    child.kill().expect("killed");
    assert!(!child.wait().expect("ended").success());
    let left = asides(&program);
    assert_eq!(left.len(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let about = std::fs::metadata(&left[0]).expect("there");
        assert_eq!(about.permissions().mode() & 0o077, 0);
    }
    program.well(&HAND_OVER);
    assert_eq!(asides(&program), Vec::<PathBuf>::new());
}

#[test]
fn every_damaged_file_is_named_and_a_place_that_cannot_be_written_is_too() {
    let program = archive();
    let connection = rusqlite::Connection::open(program.path("支部.附件.bdk")).expect("opened");
    connection.execute("UPDATE chunk SET data = zeroblob(length(data))", []).expect("spoiled");
    drop(connection);
    let refused = program.fails(&HAND_OVER, 1);
    let told =
        "没有移交：有 2 件材料的内容和附上时不一样了，附件库有损坏：“会议室（会议室.txt）”、“门牌（门牌.txt）”。";
    assert!(refused.starts_with(told) && refused.contains("重新附上"), "{refused}");
    assert!(!program.path("移交.zip").exists());

    let program = archive();
    let refused = program.fails(&["handover", "--workbook", "支部.bdk", "--out", "没有/移交.zip"], 1);
    assert!(refused.starts_with("没有移交：“没有/移交.zip”：找不到文件或文件夹"), "{refused}");
    program.well(&HAND_OVER);
    let refused = program.fails(&["receive", "移交.zip", "--out", "没有/接手.bdk"], 1);
    assert!(refused.starts_with("没有接收：“没有/接手.bdk”：找不到文件或文件夹"), "{refused}");
}
