//! Files of evidence: attached, read back, compared with what they were, and what a kill in the middle leaves.

use std::process::{Command, Stdio};
use std::time::Duration;

use branchdesk::progress::Progress;
use branchdesk::store::Key;
use branchdesk::store::attachments::{Stored, path_of};
use serde_json::{Value, json};

use crate::support::program::Program;

/// A workbook with the six haves of a branch; the id of 有场所.
fn archive() -> (Program, String) {
    let program = Program::with_workbook();
    program.apply(json!([
        { "do": "add_organisation", "ref": "@branch", "set": { "name": "机关第一党支部" } },
        { "do": "make_checklists", "ref": "@list", "template": "六有", "organisation_ids": ["@branch"], "year": 2026 },
    ]));
    let item = items(&program).into_iter().find(|item| item["title"] == "有场所").expect("the item");
    (program, item["id"].as_str().expect("an id").to_owned())
}

fn exported(program: &Program, kind: &str) -> Vec<Value> {
    let name = format!("{kind}.json");
    program.well(&["export", kind, "--workbook", "支部.bdk", "--out", &name, "--force"]);
    serde_json::from_str(&program.read(&name)).expect("JSON")
}

fn items(program: &Program) -> Vec<Value> {
    exported(program, "checklist")
}

fn attach<'a>(item: &'a str, files: &[&'a str]) -> Vec<&'a str> {
    [&["attach"], files, &["--workbook", "支部.bdk", "--item", item]].concat()
}

#[test]
fn files_are_attached_as_one_step_kept_once_and_taken_back() {
    let (program, item) = archive();
    program.write("会议室.txt", "活动室照片");
    program.write("副本.txt", "活动室照片");
    assert_eq!(program.well(&attach(&item, &["会议室.txt", "副本.txt"])), "附材料 2 件：有场所\n");
    let evidence = exported(&program, "evidence");
    let told: Vec<_> = evidence.iter().map(|one| (&one["title"], &one["file_name"], &one["bytes"])).collect();
    assert_eq!(
        told,
        [(&json!("会议室"), &json!("会议室.txt"), &json!(15)), (&json!("副本"), &json!("副本.txt"), &json!(15))]
    );
    let hash = evidence[0]["hash"].as_str().expect("a hash");
    assert_eq!(evidence[1]["hash"], hash, "the same bytes");
    let stored = Stored::open(&program.path("支部.bdk"), &Key::None).expect("open").expect("there");
    assert_eq!(stored.all().expect("read"), [(hash.to_owned(), 15)], "are kept once");
    assert_eq!(items(&program)[0]["state"], "have");
    assert_eq!(program.well(&["verify", "--attachments", "--workbook", "支部.bdk"]), "附件 2 个都和附上时一样\n");
    program.well(&["undo", "--workbook", "支部.bdk"]);
    assert_eq!(items(&program)[0]["state"], "missing");
    program.well(&["redo", "--workbook", "支部.bdk"]);
    assert_eq!(exported(&program, "evidence").len(), 2, "the bytes were still there");
    program.well(&["undo", "--workbook", "支部.bdk"]);
    let dropped = program.json(&["compact", "--workbook", "支部.bdk"]);
    assert_eq!(dropped, json!({ "files": 1, "bytes": 15 }));
    program.well(&["redo", "--workbook", "支部.bdk"]);
    let answer = program.call(&["verify", "--attachments", "--workbook", "支部.bdk"]);
    assert_eq!(answer.code, 1);
    assert!(answer.out.starts_with("找不到：会议室（会议室.txt）\n找不到：副本（副本.txt）\n"), "{}", answer.out);
}

#[test]
fn what_cannot_be_attached_says_why_and_nothing_is_kept() {
    let (program, item) = archive();
    program.write("好.txt", "在");
    let refused = program.fails(&attach(&item, &["好.txt", "没有.pdf"]), 1);
    assert!(refused.contains("没有.pdf"), "{refused}");
    std::fs::create_dir(program.path("照片")).expect("a folder");
    let refused = program.fails(&attach(&item, &["好.txt", "照片"]), 1);
    assert!(refused.contains("“照片”是文件夹"), "{refused}");
    let refused = program.fails(&attach("12345", &["好.txt"]), 1);
    assert!(refused.contains("没有编号为 12345 的清单项"), "{refused}");
    assert!(!path_of(&program.path("支部.bdk")).exists(), "no store was made");
    let branch = program.json(&["search", "机关第一党支部", "--workbook", "支部.bdk"])[0]["id"].clone();
    let made = program.apply(json!([
        { "do": "add_member", "ref": "@a", "branch_id": branch, "set": { "name": "陈志远", "joined": "1995-07" } },
        { "do": "add_member", "ref": "@b", "branch_id": branch, "set": { "name": "何静", "joined": "1995-07" } },
        { "do": "record_talk", "ref": "@talk", "organisation_id": branch, "held_on": "2026-03-20", "type": "T12",
          "talker_ids": ["@a"], "partner_ids": ["@b"] },
    ]));
    let talk = made[2]["made"]["@talk"].as_str().expect("an id");
    let refused = program.fails(&["attach", "好.txt", "--workbook", "支部.bdk", "--talk", talk], 1);
    assert!(refused.contains("不存扫描件"), "a scan of a restricted talk is its content: {refused}");
}

#[test]
fn a_changed_byte_in_the_store_is_found_and_named() {
    let (program, item) = archive();
    program.write("会议室.txt", "活动室照片");
    program.write("门牌.txt", "门口标牌");
    program.well(&attach(&item, &["会议室.txt", "门牌.txt"]));
    let connection = rusqlite::Connection::open(path_of(&program.path("支部.bdk"))).expect("opened");
    connection.execute("UPDATE chunk SET data = zeroblob(length(data)) WHERE blob = 2", []).expect("spoiled");
    drop(connection);
    let answer = program.call(&["verify", "--attachments", "--workbook", "支部.bdk"]);
    assert_eq!(answer.code, 1);
    assert!(answer.out.starts_with("内容变了：门牌（门牌.txt）\n附件 2 个，变了 1 个，找不到 0 个"), "{}", answer.out);
}

#[test]
fn whoever_is_killed_while_attaching_leaves_a_whole_workbook_and_at_most_bytes_that_nobody_names() {
    let (program, item) = archive();
    let content: Vec<u8> = (0..48_u32 << 18).flat_map(|word| word.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    std::fs::write(program.path("录像.bin"), &content).expect("written");
    let arguments = attach(&item, &["录像.bin"]);
    for millis in [10, 40, 80, 160, 320, 640] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_branchdesk"))
            .args(&arguments)
            .current_dir(program.path(""))
            .env("XDG_CONFIG_HOME", program.path("设置"))
            .env_remove("DISPLAY")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        std::thread::sleep(Duration::from_millis(millis));
        // One that has ended already is not killed any more.
        drop(child.kill());
        child.wait().expect("ended");
        assert_eq!(program.well(&["check", "--workbook", "支部.bdk"]), "文件、操作记录和数字都完好\n", "{millis} ms");
        assert_eq!(program.call(&["verify", "--attachments", "--workbook", "支部.bdk"]).code, 0, "{millis} ms");
        let stored = Stored::open(&program.path("支部.bdk"), &Key::None).expect("open");
        for evidence in exported(&program, "evidence") {
            let hash = evidence["hash"].as_str().expect("a hash");
            let mut bytes = Vec::new();
            let stored = stored.as_ref().expect("what is named is there");
            stored.copy_to(hash, &mut bytes, &Progress::default()).expect("opened");
            assert!(bytes == content, "{millis} ms");
        }
    }
    program.well(&["compact", "--workbook", "支部.bdk"]);
    let named = exported(&program, "evidence").len().min(1);
    let stored = Stored::open(&program.path("支部.bdk"), &Key::None).expect("open");
    assert_eq!(stored.map_or(0, |stored| stored.all().expect("read").len()), named, "nothing but what is named");
}
