//! Files of evidence: attached, read back, compared with what they were, and what a kill in the middle leaves.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use branchdesk::clock::{Clock, Moment};
use branchdesk::engine::{Session, WriteRequest};
use branchdesk::progress::Progress;
use branchdesk::store::attachments::{LARGEST, Stored, path_of};
use branchdesk::store::backup::Reason;
use branchdesk::store::journal::Origin;
use branchdesk::store::workbook::{Opened, ReadOnly, Workbook};
use branchdesk::store::{Key, restore};
use serde_json::{Value, json};

use crate::support::program::Program;

/// 2026-11-24, at noon in China.
const MOMENT: Moment = Moment(1_795_492_800_000);

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
    let refused = program.fails(&["export", "evidence", "--workbook", "支部.附件.bdk", "--out", "无.csv"], 1);
    assert!(refused.contains("“支部.附件.bdk”是附件库") && refused.contains("旁边的工作簿"), "{refused}");
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
    assert!(answer.out.starts_with("找不到：会议室（会议室.txt）：机关第一党支部 2026 年 1 有场所\n找不到：副本（副本.txt）：机关第一党支部 2026 年 1 有场所\n"), "{}", answer.out);
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
    assert!(
        answer.out.starts_with(
            "内容变了：门牌（门牌.txt）：机关第一党支部 2026 年 1 有场所\n附件 2 个，变了 1 个，找不到 0 个"
        ),
        "{}",
        answer.out
    );
}

/// Spoils a byte of files in the store, counted from one.
fn spoil(program: &Program, blobs: &str) {
    let connection = rusqlite::Connection::open(path_of(&program.path("支部.bdk"))).expect("opened");
    let sql = format!("UPDATE chunk SET data = zeroblob(length(data)) WHERE blob IN ({blobs})");
    connection.execute(&sql, []).expect("spoiled");
}

#[test]
fn a_file_that_is_attached_again_takes_the_place_of_its_damaged_bytes() {
    let (program, item) = archive();
    program.write("会议室.txt", "活动室照片");
    program.write("门牌.txt", "门口标牌");
    program.well(&attach(&item, &["会议室.txt", "门牌.txt"]));
    spoil(&program, "2");
    assert_eq!(program.call(&["verify", "--attachments", "--workbook", "支部.bdk"]).code, 1);
    assert_eq!(program.well(&attach(&item, &["门牌.txt"])), "附材料 1 件：有场所\n");
    let verified = program.well(&["verify", "--attachments", "--workbook", "支部.bdk"]);
    assert_eq!(verified, "附件 3 个都和附上时一样\n", "the piece that was attached before, too");
    let stored = Stored::open(&program.path("支部.bdk"), &Key::None).expect("open").expect("there");
    assert_eq!(stored.all().expect("read").len(), 2, "each once");
    program.well(&["handover", "--workbook", "支部.bdk", "--out", "移交.zip"]);
}

/// What is left of a damaged file may still be of use: nothing is dropped until somebody decided about it.
#[test]
fn a_store_with_a_damaged_file_is_not_compacted_and_the_file_is_named() {
    let (program, item) = archive();
    for (name, content) in [("会议室.txt", "活动室照片"), ("门牌.txt", "门口标牌")] {
        program.write(name, content);
        program.well(&attach(&item, &[name]));
    }
    program.well(&["undo", "--workbook", "支部.bdk"]);
    spoil(&program, "1");
    let compact = ["compact", "--workbook", "支部.bdk"];
    let refused = program.fails(&compact, 1);
    assert!(refused.contains("没有压缩附件库") && refused.contains("会议室（会议室.txt）"), "{refused}");
    program.well(&attach(&item, &["会议室.txt"]));
    assert_eq!(program.json(&compact), json!({ "files": 1, "bytes": 12 }));
    assert_eq!(program.well(&["verify", "--attachments", "--workbook", "支部.bdk"]), "附件 2 个都和附上时一样\n");
}

/// Another workbook with a file in its store, which is put in the place of the store of this one; that is kept aside.
fn with_the_store_of_another(program: &Program) {
    let (other, item) = archive();
    other.write("账目.txt", "另一个支部的");
    other.well(&attach(&item, &["账目.txt"]));
    let store = program.path("支部.附件.bdk");
    std::fs::rename(&store, program.path("原来的")).expect("kept aside");
    std::fs::copy(other.path("支部.附件.bdk"), store).expect("copied");
}

/// What lies in a store that lacks what is named may be all that another workbook has.
#[test]
fn nothing_is_dropped_from_a_store_and_nothing_added_to_it_that_does_not_hold_what_is_named() {
    let (program, item) = archive();
    for (name, content) in [("会议室.txt", "活动室照片"), ("门牌.txt", "门口标牌"), ("党旗.txt", "党旗照片")]
    {
        program.write(name, content);
        program.well(&attach(&item, &[name]));
    }
    program.well(&["undo", "--workbook", "支部.bdk"]);
    with_the_store_of_another(&program);
    let store = program.path("支部.附件.bdk");
    let before = std::fs::read(&store).expect("there");
    let compact = ["compact", "--workbook", "支部.bdk"];
    let refused = program.fails(&compact, 1);
    let told = "没有压缩附件库：附件库里找不到 2 件材料：会议室（会议室.txt）、门牌（门牌.txt）。附件库没有改动。放回原来的附件库";
    assert!(refused.starts_with(told), "{refused}");
    let refused = program.fails(&attach(&item, &["党旗.txt"]), 1);
    let told = "没有附上：附件库“支部.附件.bdk”里没有这个工作簿的材料，可能是另一个工作簿的。";
    assert!(refused.starts_with(told) && refused.contains("换回原来的附件库"), "{refused}");
    let told = verified(&program, "支部.bdk");
    assert!(told.contains("可能是另一个工作簿的") && !told.contains("压缩附件库"), "{told}");
    assert_eq!(std::fs::read(&store).expect("there"), before);

    std::fs::rename(program.path("原来的"), &store).expect("put back");
    let connection = rusqlite::Connection::open(&store).expect("opened");
    connection.execute_batch("DELETE FROM chunk WHERE blob = 2; DELETE FROM blob WHERE id = 2").expect("gone");
    drop(connection);
    let refused = program.fails(&compact, 1);
    assert!(refused.contains("找不到 1 件材料：门牌（门牌.txt）。"), "{refused}");
    program.well(&attach(&item, &["门牌.txt"]));
    assert_eq!(program.json(&compact), json!({ "files": 1, "bytes": 12 }), "found again, the rest can go");
}

#[test]
fn a_backup_holds_every_sound_file_and_names_those_that_are_not() {
    let (program, item) = archive();
    for (name, content) in [("会议室.txt", "活动室照片"), ("门牌.txt", "门口标牌"), ("党旗.txt", "党旗照片")]
    {
        program.write(name, content);
        program.well(&attach(&item, &[name]));
    }
    spoil(&program, "2");
    let backup = ["backup", "--workbook", "支部.bdk"];
    let answer = program.call(&backup);
    assert_eq!((answer.code, &*answer.err), (1, ""));
    let lines: Vec<&str> = answer.out.lines().collect();
    assert!(lines[0].starts_with("已备份：") && lines[0].ends_with("_手动.bdk"), "{}", answer.out);
    assert_eq!(lines[1], "没有备份，内容变了：门牌（门牌.txt）");
    assert!(lines[2].contains("其余附件已经备份") && lines[2].contains("重新附上"), "{}", answer.out);
    let copy = lines[0].trim_start_matches("已备份：");
    let verified = verified(&program, copy);
    assert!(
        verified.starts_with("找不到：门牌（门牌.txt）：") && verified.contains("\n附件 3 个，变了 0 个，找不到 1 个"),
        "{verified}"
    );
    program.well(&attach(&item, &["门牌.txt"]));
    let told = program.json(&backup);
    assert_eq!(told["damaged"], json!([]));
    let copy = told["file"].as_str().expect("a path");
    assert_eq!(program.well(&["verify", "--attachments", "--workbook", copy]), "附件 4 个都和附上时一样\n");
}

#[test]
fn the_window_is_told_what_could_not_be_backed_up_when_it_is_asked_for_and_on_leaving() {
    let (program, item) = archive();
    program.write("门牌.txt", "门口标牌");
    program.well(&attach(&item, &["门牌.txt"]));
    spoil(&program, "1");
    let clock = Clock::fixed_on("2026-11-24".parse().expect("a day"));
    let path = program.path("支部.bdk");
    let mut session = Session::open(&path, Key::None, "李敏", Origin::Window, clock).expect("opened");
    let progress = Progress::default();
    let receipt = session.handle(WriteRequest::BackUp, &progress).expect("the workbook is backed up all the same");
    let told = "有 1 件材料的内容和附上时不一样了：门牌（门牌.txt）";
    assert!(receipt.title.starts_with("已备份到"));
    assert_eq!(receipt.complaint.expect("told").happened, told);
    let rename = json!({ "do": "set_settings", "set": { "title": "机关第二党支部" } });
    let rename = Box::new(serde_json::from_value(rename).expect("a command"));
    session.handle(WriteRequest::Run(rename), &progress).expect("changed");
    assert_eq!(session.close().expect("backed up").expect("told").happened, told);
}

#[test]
fn a_byte_too_many_never_looks_as_if_it_fitted() {
    let (program, item) = archive();
    let file = std::fs::File::create(program.path("录像.bin")).expect("made");
    file.set_len(LARGEST + 1).expect("as long");
    let refused = program.fails(&attach(&item, &["录像.bin"]), 1);
    let told = "“录像.bin”有 200.1 MB，最多 200 MB";
    assert!(refused.contains(told), "{refused}");
}

/// The megabytes of a file that is attached.
const MEGABYTES: u64 = 48;

/// Starts a call, ends it as soon as something holds, and tells whether it was ended before it was through.
fn killed(program: &Program, arguments: &[&str], holds: impl Fn() -> bool) -> bool {
    let mut child = Command::new(env!("CARGO_BIN_EXE_branchdesk"))
        .args(arguments)
        .current_dir(program.path(""))
        .env("XDG_CONFIG_HOME", program.path("设置"))
        .env_remove("DISPLAY")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    while !holds() && child.try_wait().expect("asked").is_none() {
        std::thread::yield_now();
    }
    // One that has ended already is not killed any more.
    drop(child.kill());
    !child.wait().expect("ended").success()
}

#[test]
fn whoever_is_killed_while_attaching_leaves_a_whole_workbook_and_at_most_bytes_that_nobody_names() {
    let (program, item) = archive();
    let content: Vec<u8> = (0..48_u32 << 18).flat_map(|word| word.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    std::fs::write(program.path("录像.bin"), &content).expect("written");
    program.write("录像说明.txt", "第二份");
    let arguments = attach(&item, &["录像说明.txt", "录像.bin"]);
    let store = path_of(&program.path("支部.bdk"));
    let journal = |path: &Path| path.with_extension("bdk-journal").exists();
    let length = || std::fs::metadata(&store).map_or(0, |about| about.len());
    let mut early = 0;
    // From the first page to the last: in the store, between store and workbook, in the workbook, after it.
    for megabytes in [0, 1, 8, 20, 30, MEGABYTES, MEGABYTES + 1] {
        let before = length();
        let was_killed = killed(&program, &arguments, || match megabytes {
            0 => store.exists(),
            MEGABYTES => length() > before + (MEGABYTES << 20) && !journal(&store),
            1..MEGABYTES => length() > before + (megabytes << 20),
            _ => journal(&program.path("支部.bdk")),
        });
        early += usize::from(was_killed);
        let told = format!("{megabytes} MB");
        assert_eq!(program.well(&["check", "--workbook", "支部.bdk"]), "文件、操作记录和数字都完好\n", "{told}");
        assert_eq!(program.call(&["verify", "--attachments", "--workbook", "支部.bdk"]).code, 0, "{told}");
        let stored = Stored::open(&program.path("支部.bdk"), &Key::None).expect("open");
        let evidence = exported(&program, "evidence");
        assert!(evidence.len().is_multiple_of(2), "both files or none: {told}");
        for evidence in evidence {
            let hash = evidence["hash"].as_str().expect("a hash");
            let mut bytes = Vec::new();
            let stored = stored.as_ref().expect("what is named is there");
            stored.copy_to(hash, &mut bytes, &Progress::default()).expect("opened");
            assert!(bytes == content || bytes == "第二份".as_bytes(), "{told}");
        }
    }
    assert!(early >= 4, "only {early} were killed on the way");
    program.well(&["compact", "--workbook", "支部.bdk"]);
    let named = exported(&program, "evidence").len().min(2);
    let stored = Stored::open(&program.path("支部.bdk"), &Key::None).expect("open");
    assert_eq!(stored.map_or(0, |stored| stored.all().expect("read").len()), named, "nothing but what is named");
    program.well(&arguments);
    assert_eq!(program.call(&["verify", "--attachments", "--workbook", "支部.bdk"]).code, 0);
}

/// The workbook with two files, of which the second was taken out and compacted away after a backup; the backup.
fn compacted(program: &Program, item: &str) -> PathBuf {
    program.write("会议室.txt", "活动室照片");
    program.write("门牌.txt", "门口标牌");
    program.well(&attach(item, &["会议室.txt"]));
    program.well(&attach(item, &["门牌.txt"]));
    let workbook = program.path("支部.bdk");
    let Opened::Writing(open) = Workbook::open(&workbook, Key::None, "李敏", MOMENT).expect("opened") else {
        panic!("held");
    };
    let backup = open.back_up(Reason::Asked, MOMENT, &Progress::default()).expect("backed up").path;
    drop(open);
    program.well(&["undo", "--workbook", "支部.bdk"]);
    let freed = program.json(&["compact", "--workbook", "支部.bdk"]);
    assert_eq!(freed["files"], 1);
    backup
}

fn verified(program: &Program, workbook: &str) -> String {
    let answer = program.call(&["verify", "--attachments", "--workbook", workbook]);
    assert_eq!(answer.err, "");
    answer.out
}

#[test]
fn a_backup_has_its_attachments_beside_it_and_brings_back_what_was_compacted_away() {
    let (program, item) = archive();
    let backup = compacted(&program, &item);
    let workbook = program.path("支部.bdk");
    let backups = path_of(&backup.with_file_name("支部.bdk"));
    assert!(backups.exists(), "beside the backups, under the name of the workbook");
    let name = backup.strip_prefix(program.path("")).expect("in the folder").to_string_lossy().into_owned();
    assert_eq!(verified(&program, &name), "附件 2 个都和附上时一样\n", "a backup opens with all it names");
    assert_eq!(verified(&program, "支部.bdk"), "附件 1 个都和附上时一样\n");

    let present = ReadOnly::open(&workbook, &Key::None).expect("opened");
    let staged = restore::stage(&present, &backup, MOMENT, &Progress::default()).expect("staged");
    let kept = staged.kept().to_owned();
    drop(present);
    staged.put("李敏", MOMENT).expect("restored");
    assert_eq!(verified(&program, "支部.bdk"), "附件 2 个都和附上时一样\n", "what the backup names is there again");
    let kept = kept.file_name().expect("a name").to_string_lossy().into_owned();
    assert!(verified(&program, &kept).starts_with("附件 1 个都和附上时一样\n"), "what was replaced has its own, too");

    program.write("新来.txt", "后来附的");
    let arguments = ["attach", "新来.txt", "--workbook", &kept, "--item", &item];
    program.well(&arguments);
    assert!(verified(&program, &kept).starts_with("附件 2 个都和附上时一样\n"), "written to, it takes them along");
    assert_eq!(verified(&program, "支部.bdk"), "附件 2 个都和附上时一样\n");
}

#[test]
fn a_backup_copies_only_the_bytes_that_are_new() {
    let (program, item) = archive();
    std::fs::write(program.path("录像.bin"), vec![7; 3 << 20]).expect("written");
    program.well(&attach(&item, &["录像.bin"]));
    let Opened::Writing(open) = Workbook::open(&program.path("支部.bdk"), Key::None, "李敏", MOMENT).expect("opened")
    else {
        panic!("held");
    };
    let back_up = || open.back_up(Reason::OnLeaving, MOMENT, &Progress::default()).expect("backed up").path;
    let store = path_of(&back_up().with_file_name("支部.bdk"));
    let about = || std::fs::metadata(&store).expect("there");
    let (length, written) = (about().len(), about().modified().expect("a time"));
    assert!(length > 3 << 20);
    back_up();
    assert_eq!((about().len(), about().modified().expect("a time")), (length, written), "nothing was new");
}

#[test]
fn a_workbook_that_moves_without_its_attachments_opens_and_says_what_is_missing() {
    let (program, item) = archive();
    program.write("会议室.txt", "活动室照片");
    program.well(&attach(&item, &["会议室.txt"]));
    let store = path_of(&program.path("支部.bdk"));
    std::fs::create_dir(program.path("新电脑")).expect("a folder");
    for name in ["支部.bdk", "旧名.bdk"] {
        std::fs::copy(program.path("支部.bdk"), program.path("新电脑").join(name)).expect("copied");
    }
    let moved = Program::in_folder(&program.path("新电脑"));
    let told = verified(&moved, "支部.bdk");
    let absent = "附件库“支部.附件.bdk”不在工作簿旁边。把它从原来的电脑或备份里拷到工作簿所在的文件夹，再打开。";
    let missing = "找不到：会议室（会议室.txt）：机关第一党支部 2026 年 1 有场所";
    assert_eq!(told.lines().take(2).collect::<Vec<_>>(), [missing, absent]);
    assert_eq!(moved.well(&["check", "--workbook", "支部.bdk"]), "文件、操作记录和数字都完好\n");
    assert_eq!(items(&moved)[0]["state"], "have", "it still says that somebody attached it");
    std::fs::rename(store, moved.path("支部.附件.bdk")).expect("moved");
    assert_eq!(verified(&moved, "支部.bdk"), "附件 1 个都和附上时一样\n", "brought along later");
    assert!(verified(&moved, "旧名.bdk").starts_with("找不到"), "a name is what belongs together");
    let renamed = "附件库“旧名.附件.bdk”不在工作簿旁边，旁边有“支部.附件.bdk”。工作簿改过名的，把它原来的附件库也改名为“旧名.附件.bdk”。";
    assert_eq!(verified(&moved, "旧名.bdk").lines().nth(1), Some(renamed));
}

/// A second store would be lost as soon as the first is put back.
#[test]
fn no_second_store_is_begun_where_the_first_was_left_behind_unless_it_is_lost_for_good() {
    let (program, item) = archive();
    program.write("会议室.txt", "活动室照片");
    program.well(&attach(&item, &["会议室.txt"]));
    std::fs::create_dir(program.path("新电脑")).expect("a folder");
    std::fs::copy(program.path("支部.bdk"), program.path("新电脑/支部.bdk")).expect("copied");
    let moved = Program::in_folder(&program.path("新电脑"));
    moved.write("门牌.txt", "门口标牌");
    let call = attach(&item, &["门牌.txt"]);
    let refused = moved.fails(&call, 1);
    let told = "没有附上：附件库“支部.附件.bdk”不在工作簿旁边。工作簿没有改动。把它从原来的电脑或备份里拷到";
    assert!(refused.starts_with(told) && refused.contains("在 设置 → 附件库 另建一个"), "{refused}");
    let store = moved.path("支部.附件.bdk");
    assert!(!store.exists());
    std::fs::copy(program.path("支部.附件.bdk"), &store).expect("brought along");
    moved.well(&call);
    assert_eq!(verified(&moved, "支部.bdk"), "附件 2 个都和附上时一样\n");

    std::fs::remove_file(&store).expect("lost");
    let anew = [&call[..], &["--new-store"]].concat();
    moved.well(&anew);
    let told = verified(&moved, "支部.bdk");
    assert!(
        told.starts_with("找不到：会议室（会议室.txt）") && told.contains("附件 3 个，变了 0 个，找不到 1 个"),
        "{told}"
    );
    let refused = moved.fails(&anew, 1);
    assert!(refused.contains("没有另建附件库") && refused.contains("直接附材料"), "{refused}");
    moved.well(&call);
}

#[test]
fn a_later_version_lies_where_the_earlier_one_does() {
    let (program, item) = archive();
    program.write("制度.txt", "一");
    program.write("修订.txt", "二");
    program.well(&attach(&item, &["制度.txt"]));
    let earlier = exported(&program, "evidence")[0]["id"].as_str().expect("an id").to_owned();
    let told = program.well(&["attach", "修订.txt", "--workbook", "支部.bdk", "--version-of", &earlier]);
    assert_eq!(told, "附新版本：制度\n");
    assert!(exported(&program, "evidence").iter().all(|piece| piece["item_id"] == item.as_str()), "beside it");
    let refused = program.fails(&["attach", "修订.txt", "--workbook", "支部.bdk", "--version-of", "123"], 1);
    assert!(refused.starts_with("没有附上：没有编号为 123 的材料"), "{refused}");
}
