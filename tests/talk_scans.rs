//! Scans of talks: where none may be, none stays; and a talk, or an organisation, that has something is not taken away.

use serde_json::{Value as Json, json};

use crate::support::program::Program;

/// A branch with a talk of two members that has a scan, and a checklist; the talk, the first item of the checklist.
struct Scanned {
    program: Program,
    branch: String,
    talk: String,
    item: String,
}

const RESTRICTED: &str = "不存扫描件";

impl Scanned {
    fn new() -> Self {
        let program = Program::with_workbook();
        let made = program.apply(json!([
            { "do": "add_organisation", "ref": "@branch", "set": { "name": "机关第一党支部" } },
            { "do": "add_member", "ref": "@a", "branch_id": "@branch", "set": { "name": "陈志远", "joined": "1995-07" } },
            { "do": "add_member", "ref": "@b", "branch_id": "@branch", "set": { "name": "何静", "joined": "1995-07" } },
            { "do": "record_talk", "ref": "@talk", "organisation_id": "@branch", "held_on": "2026-03-20", "type": "T20",
              "topic": "年度谈心", "content": "谈了思想", "talker_ids": ["@a"], "partner_ids": ["@b"] },
            { "do": "make_checklists", "template": "六有", "organisation_ids": ["@branch"], "year": 2026 },
        ]));
        let id = |nth: usize, name: &str| made[nth]["made"][name].as_str().expect("an id").to_owned();
        let (branch, talk) = (id(0, "@branch"), id(3, "@talk"));
        program.well(&["export", "checklist", "--workbook", "支部.bdk", "--out", "项.json"]);
        let items: Vec<Json> = serde_json::from_str(&program.read("项.json")).expect("JSON");
        let item = items[0]["id"].as_str().expect("an id").to_owned();
        program.write("扫描.txt", "签了字的记录表");
        program.well(&["attach", "扫描.txt", "--workbook", "支部.bdk", "--talk", &talk]);
        Self { program, branch, talk, item }
    }

    fn scan(&self) -> String {
        self.program.well(&["export", "evidence", "--workbook", "支部.bdk", "--out", "材料.json", "--force"]);
        let evidence: Vec<Json> = serde_json::from_str(&self.program.read("材料.json")).expect("JSON");
        evidence[0]["id"].as_str().expect("an id").to_owned()
    }

    fn refused(&self, command: Json) -> String {
        let before = self.program.dump("支部.bdk");
        self.program.write("命令.json", &json!([command]).to_string());
        let said = self.program.fails(&["apply", "--workbook", "支部.bdk", "--from", "命令.json"], 1);
        assert_eq!(self.program.dump("支部.bdk"), before, "nothing is changed: {said}");
        said
    }

    fn restrict(&self) -> Json {
        json!({ "do": "edit_talk", "id": self.talk, "set": { "type": "T12", "content": null } })
    }
}

#[test]
fn a_talk_becomes_a_restricted_one_only_without_its_scans_and_none_comes_back() {
    let scanned = Scanned::new();
    let said = scanned.refused(scanned.restrict());
    assert!(said.contains("这次谈话有 1 件") && said.contains("先去掉扫描件"), "{said}");
    let said = scanned.refused(json!({ "do": "set_talk_type", "code": "T20", "counts": "restricted" }));
    assert!(said.contains("写了内容"), "texts come first: {said}");
    scanned.program.apply(json!([{ "do": "edit_talk", "id": scanned.talk, "set": { "content": null } }]));
    let said = scanned.refused(json!({ "do": "set_talk_type", "code": "T20", "counts": "restricted" }));
    assert!(said.contains("有 1 次这类谈话附了扫描件"), "{said}");

    let receipts = scanned.program.apply(json!([{ "do": "remove_evidence", "ids": [scanned.scan()] }]));
    let removal = receipts[0]["entry"].as_str().expect("an entry").to_owned();
    scanned.program.apply(json!([scanned.restrict()]));
    scanned.program.well(&["undo", "--workbook", "支部.bdk"]);
    scanned.program.apply(json!([{ "do": "set_talk_type", "code": "T20", "counts": "restricted" }]));
    let undo = ["undo", "--workbook", "支部.bdk", "--entry", &removal];
    let said = scanned.program.fails(&undo, 1);
    assert!(said.starts_with("没有撤销") && said.contains(RESTRICTED), "{said}");
    scanned.program.well(&["undo", "--workbook", "支部.bdk"]);
    scanned.program.well(&undo);
    scanned.scan();
}

#[test]
fn a_scan_that_an_older_program_left_with_a_restricted_talk_goes_nowhere_else() {
    let scanned = Scanned::new();
    let moving = || json!({ "do": "move_evidence", "id": scanned.scan(), "item_id": scanned.item });
    scanned.program.apply(json!([moving()]));
    scanned.program.well(&["undo", "--workbook", "支部.bdk"]);
    let file = rusqlite::Connection::open(scanned.program.path("支部.bdk")).expect("opened");
    assert_eq!(file.execute("UPDATE talk SET kind = 'T12', content = NULL", []).expect("as it was left"), 1);
    drop(file);
    let said = scanned.refused(moving());
    assert!(said.contains(RESTRICTED), "{said}");
}

#[test]
fn what_has_scans_talks_or_checklists_is_not_removed_and_says_how_many_it_has() {
    let scanned = Scanned::new();
    let said = scanned.refused(json!({ "do": "remove_talk", "id": scanned.talk }));
    assert!(said.contains("这次谈话有 1 件扫描件") && said.contains("先去掉扫描件"), "{said}");
    scanned.program.apply(json!([
        { "do": "add_evidence", "talk_id": scanned.talk, "evidence": [{ "title": "记录表原件" }] },
    ]));
    let said = scanned.refused(json!({ "do": "remove_talk", "id": scanned.talk }));
    assert!(said.contains("这次谈话有 2 件材料"), "{said}");

    let made = scanned.program.apply(json!([
        { "do": "add_organisation", "ref": "@second", "set": { "name": "机关第二党支部" } },
        { "do": "set_archive_numbers", "organisation_id": "@second", "fonds": "Z109" },
        { "do": "make_checklists", "ref": "@list", "template": "六有", "organisation_ids": ["@second"], "year": 2026 },
        { "do": "make_checklists", "ref": "@other", "template": "支部档案", "organisation_ids": ["@second"],
          "year": 2026 },
        { "do": "record_talk", "ref": "@talk", "organisation_id": "@second", "held_on": "2026-03-20", "type": "T20",
          "topic": "年度谈心", "talkers": ["王芳"], "partners": ["李敏"] },
    ]));
    let id = |nth: usize, name: &str| made[nth]["made"][name].clone();
    let second = id(0, "@second");
    let remove = || json!({ "do": "remove_organisation", "id": second });
    let said = scanned.refused(remove());
    assert!(said.contains("机关第二党支部 有 1 次谈话") && said.contains("改用撤销"), "{said}");
    scanned.program.apply(json!([{ "do": "remove_talk", "id": id(4, "@talk") }]));
    let said = scanned.refused(remove());
    assert!(said.contains("机关第二党支部 有 2 份档案清单") && said.contains("先删掉这些清单"), "{said}");
    scanned.program.apply(json!([
        { "do": "remove_checklist", "id": id(2, "@list") }, { "do": "remove_checklist", "id": id(3, "@other") },
    ]));
    let before = scanned.program.dump("支部.bdk");
    scanned.program.apply(json!([remove()]));
    scanned.program.well(&["undo", "--workbook", "支部.bdk"]);
    assert_eq!(scanned.program.dump("支部.bdk"), before, "with its own numbering");
    assert!(scanned.refused(json!({ "do": "remove_organisation", "id": scanned.branch })).contains("不能删掉"));
}
