//! A pack for an inspection goes out of the house: no ID number and no phone stands in full in what the program itself
//! writes into it, wherever somebody typed it.

use std::io::Read as _;
use std::path::Path;

use serde_json::json;

use crate::support::pdf;
use crate::support::program::Program;

/// As whoever searches the pack for a number finds them: in one line, without what breaks lines.
fn joined(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

/// The texts of a pack by path: what is written in papers, sheets and lists, and the path itself.
fn texts(folder: &Path, within: &Path, into: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            texts(&path, within, into);
            continue;
        }
        let name = path.strip_prefix(within).expect("within").to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).expect("the file");
        let text = if name.ends_with(".pdf") {
            pdf::pages(&bytes).concat()
        } else if name.ends_with(".xlsx") {
            sheet_text(bytes)
        } else {
            String::from_utf8(bytes).expect("UTF-8")
        };
        into.push((name.clone(), joined(&format!("{name}\n{text}"))));
    }
}

fn sheet_text(bytes: Vec<u8>) -> String {
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a ZIP");
    let mut all = String::new();
    for nth in 0..package.len() {
        package.by_index(nth).expect("an entry").read_to_string(&mut all).expect("XML");
    }
    all
}

#[test]
fn no_number_of_a_person_stands_in_full_in_any_text_of_a_pack() {
    const ID: &str = "110000199007010010";
    const ID_WITH_X: &str = "11000019850101002X";
    const OLD_ID: &str = "110000600101001";
    const PHONE: &str = "13800000013";
    const OTHER_PHONE: &str = "15900000027";
    let (wide_id, wide_phone) = ("１１００００１９９００７０１００１０", "１３８００００００１３");
    let program = Program::with_workbook();
    let receipts = program.apply(json!([
        { "do": "add_organisation", "ref": "@branch", "set": { "name": "机关第一党支部", "phone": PHONE } },
        { "do": "add_organisation", "ref": "@group", "parent_id": "@branch", "set": { "name": "第一党小组", "org_kind": "党小组", "remark": format!("联系 {OTHER_PHONE}") } },
        { "do": "add_member", "branch_id": "@branch", "ref": "@chen",
          "set": { "name": "陈志远", "joined": "1995-07-01", "party_post": "书记", "phone": PHONE, "id_number": ID } },
        { "do": "add_member", "branch_id": "@branch", "ref": "@he",
          "set": { "name": "何静", "joined": "2001-07-01", "remark": format!("原号 {OLD_ID}，家里 +86{OTHER_PHONE}") } },
        { "do": "make_checklists", "template": "支部档案", "organisation_ids": ["@branch"], "year": 2026 },
        { "do": "make_checklists", "template": "入党档案", "person_ids": ["@he"] },
        { "do": "record_talk", "organisation_id": "@branch", "held_on": "2026-03-20", "type": "T02", "place": format!("找 {PHONE}"),
          "talker_ids": ["@chen"], "partner_ids": ["@he"], "topic": format!("核对 {ID_WITH_X}"), "content": format!("身份证 {ID}，谈了夜班") },
    ]));
    assert_eq!(receipts.as_array().map(Vec::len), Some(7));
    program.well(&["export", "checklist", "--workbook", "支部.bdk", "--out", "项.json"]);
    let items: Vec<serde_json::Value> = serde_json::from_str(&program.read("项.json")).expect("JSON");
    let item = |code: &str| items.iter().find(|item| item["code"] == code).expect("the item")["id"].clone();
    program.apply(json!([
        { "do": "edit_checklist_items", "ids": [item("10.1")],
          "set": { "standard": format!("附 {ID}"), "note": format!("电话{PHONE}，{wide_phone}"), "owner": format!("老何{OTHER_PHONE}") } },
        { "do": "edit_checklist_items", "ids": [item("10.2")], "set": { "state": "missing", "note": format!("{OLD_ID}；{wide_id}") } },
        { "do": "edit_checklist_items", "ids": [item("10.3")], "set": { "state": "not_applicable", "reason": format!("问 {OTHER_PHONE}") } },
        { "do": "edit_checklist_items", "ids": [item("10.4")], "set": { "title": format!("{ID_WITH_X}的材料") } },
        { "do": "add_evidence", "item_id": item("10.5"), "evidence": [
            { "title": format!("何静{ID_WITH_X}"), "cabinet": format!("问{PHONE}"), "author": format!("陈志远 {OTHER_PHONE}"), "remark": ID, "document": OLD_ID } ] },
    ]));
    let file = format!("何静{ID}电话{PHONE}.txt");
    program.write(&file, "照原样");
    let id = item("10.5");
    program.well(&["attach", "--workbook", "支部.bdk", &file, "--item", id.as_str().expect("an id")]);

    program.well(&["pack", "--workbook", "支部.bdk", "--year", "2026", "--out", "包"]);
    let mut found = Vec::new();
    let folder = program.path("包");
    texts(&folder, &folder, &mut found);
    for (path, text) in &found {
        for number in [ID, ID_WITH_X, OLD_ID, PHONE, OTHER_PHONE, wide_id, wide_phone] {
            assert!(!text.contains(number), "{number} stands in full in {path}: {text}");
        }
        assert!(!text.contains("谈了夜班"), "what was said stands in {path}");
    }
    // Each is masked as elsewhere, and what stands around it is left alone.
    for (paper, told) in [
        ("档案清单.pdf", "电话138****0013"),
        ("缺项单.pdf", "附110000********0010"),
        ("缺项单.xlsx", "老何159****0027"),
        ("index.html", "问159****0027"),
        ("归档文件目录.pdf", "问138****0013"),
        ("谈心谈话台账.pdf", "核对110000********002X"),
        ("封面.pdf", "谈话内容没有放入"),
        ("index.html", "谈话内容</th><td>没有放入"),
        ("封面.pdf", "照原样放入，里面的个人信息没有遮去"),
    ] {
        let words: Vec<&String> =
            found.iter().filter(|(path, _)| path.ends_with(paper)).map(|(_, text)| text).collect();
        assert!(words.iter().any(|text| text.contains(told)), "{told} is not in {words:?}");
    }
    let attached = found.iter().find(|(path, _)| path.contains("10-002")).expect("the file");
    assert!(attached.0.ends_with("10-002 何静110000________0010电话138____0013.txt"), "{}", attached.0);
    assert!(attached.1.ends_with("照原样"), "the file itself is as it was attached");
}
