//! Talks as they leave the program: files of the ledger, and forms on paper.

use serde_json::{Value, json};

use crate::support::program::Program;

/// A general branch with two branches and four talks, one of a restricted type.
fn office() -> (Program, Value) {
    let program = Program::with_workbook();
    let receipts = program.apply(json!([
        { "do": "add_organisation", "ref": "@g", "set": { "name": "青禾县民政局党总支" } },
        { "do": "add_organisation", "ref": "@a", "parent_id": "@g", "set": { "name": "机关第一党支部" } },
        { "do": "add_organisation", "ref": "@b", "parent_id": "@g", "set": { "name": "机关第二党支部" } },
        { "do": "add_member", "ref": "@chen", "branch_id": "@a", "set": { "name": "陈志远", "joined": "1995-07-01",
            "full": "1996-07-01", "unit": "局机关", "job": "副局长" } },
        { "do": "add_member", "ref": "@zhao", "branch_id": "@a", "set": { "name": "赵永强", "joined": "2025-12-01",
            "unit": "县救助管理站", "job": "办事员" } },
        { "do": "add_member", "ref": "@he", "branch_id": "@b", "set": { "name": "何静", "joined": "2006-07-01" } },
        { "do": "appoint", "ref": "@post", "person_id": "@chen", "organisation_id": "@a", "post": "书记", "from": "2025-03-01" },
        { "do": "end_post", "id": "@post", "to": "2026-06-30" },
        { "do": "record_talk", "ref": "@t1", "organisation_id": "@a", "held_on": "2026-03-20", "type": "T01", "mode": "一对一",
            "place": "三楼活动室", "talker_ids": ["@chen"], "partner_ids": ["@zhao"], "partners": ["王芳（群众）"],
            "recorder_id": "@he", "topic": "工作情况", "outline": "一、工作", "content": "谈了夜班安排。\n同意调整。",
            "opinions": "夜班较多", "attitude": "愿意配合", "measures": "调整值班表", "remark": "无",
            "follow_ups": [{ "measure": "调整值班表", "owner_id": "@chen", "due": "2026-04-10", "done_on": "2026-04-08",
                "closing_note": "已调整" }] },
        { "do": "record_talk", "ref": "@t2", "organisation_id": "@a", "held_on": "2026-09-08", "type": "T02",
            "talker_ids": ["@chen"], "partner_ids": ["@zhao"], "content": "会前谈心" },
        { "do": "record_talk", "ref": "@t3", "organisation_id": "@a", "held_on": "2026-10", "type": "T11",
            "talker_ids": ["@chen"], "partner_ids": ["@zhao"], "topic": "提醒谈话" },
        { "do": "record_talk", "ref": "@t4", "organisation_id": "@b", "held_on": "2025-05-06", "type": "T01",
            "talker_ids": ["@chen"], "partner_ids": ["@he"], "content": "去年的谈话" },
    ]));
    (program, receipts)
}

fn made(receipts: &Value, name: &str) -> String {
    let all = receipts.as_array().expect("receipts");
    let found = all.iter().find_map(|receipt| receipt["made"][name].as_str());
    found.unwrap_or_else(|| panic!("{name} was made")).to_owned()
}

fn export(program: &Program, out: &str, more: &[&str]) -> String {
    let fixed = ["export", "talks", "--workbook", "支部.bdk", "--out", out, "--force"];
    program.well(&fixed.iter().chain(more).copied().collect::<Vec<_>>())
}

fn exported(program: &Program, more: &[&str]) -> Vec<Value> {
    export(program, "谈话.json", more);
    serde_json::from_str(&program.read("谈话.json")).expect("JSON")
}

#[test]
fn talks_go_out_as_json_with_the_keys_they_are_recorded_by() {
    let (program, receipts) = office();
    let id = |name: &str| made(&receipts, name);
    let talks = exported(&program, &[]);
    assert_eq!(talks.len(), 4);
    assert_eq!(talks[0]["held_on"], "2025-05-06", "the earliest first");
    let mut follow_up = talks[1]["follow_ups"][0].clone();
    assert!(follow_up.as_object_mut().expect("an object").remove("id").is_some());
    assert_eq!(
        follow_up,
        json!({ "measure": "调整值班表", "owner_id": id("@chen"), "owner": "陈志远", "due": "2026-04-10",
            "done_on": "2026-04-08", "closing_note": "已调整" })
    );
    let mut talk = talks[1].clone();
    talk.as_object_mut().expect("an object").remove("follow_ups");
    assert_eq!(
        talk,
        json!({
            "id": id("@t1"), "number": "2026-001", "held_on": "2026-03-20", "type": "T01", "type_label": "日常谈心谈话",
            "mode": "一对一", "place": "三楼活动室", "organisation_id": id("@a"), "organisation_name": "机关第一党支部",
            "talker_ids": [id("@chen")], "talkers": ["陈志远"], "partner_ids": [id("@zhao")],
            "partners": ["赵永强", "王芳（群众）"], "recorder_id": id("@he"), "recorder": "何静", "topic": "工作情况",
            "outline": "一、工作", "content": "谈了夜班安排。\n同意调整。", "opinions": "夜班较多", "attitude": "愿意配合",
            "measures": "调整值班表", "remark": "无",
        })
    );
    assert_eq!(talks[3]["held_on"], "2026-10", "the precision that was written");
    assert!(talks[3].get("content").is_none(), "what has no value is left out");
}

#[test]
fn a_scope_and_a_time_narrow_the_talks_down() {
    let (program, _) = office();
    let days = |more: &[&str]| -> Vec<String> {
        let talks = exported(&program, more);
        talks.iter().map(|talk| talk["held_on"].as_str().expect("a day").to_owned()).collect()
    };
    assert_eq!(days(&["--org", "机关第二党支部"]), ["2025-05-06"]);
    assert_eq!(days(&["--org", "青禾县民政局党总支", "--period", "2026"]), ["2026-03-20", "2026-09-08", "2026-10"]);
    assert_eq!(days(&["--from", "2026-03-20", "--to", "2026-09-07"]), ["2026-03-20"]);
    assert_eq!(days(&["--from", "2026-10-01"]), ["2026-10"], "a month counts from its first day");
    for (more, words) in [
        (&["--period", "2026", "--from", "2026-01-01"][..], "不能同时用"),
        (&["--columns", "number"], "只用于 export members"),
    ] {
        let call = [&["export", "talks", "--workbook", "支部.bdk", "--out", "无.csv"], more].concat();
        assert!(program.fails(&call, 2).contains(words));
    }
    let call = ["export", "members", "--workbook", "支部.bdk", "--out", "无.csv", "--without-contents"];
    assert!(program.fails(&call, 2).contains("只用于 export talks"));
}

#[test]
fn without_contents_nothing_of_what_was_said_goes_out_and_the_log_says_so() {
    let (program, _) = office();
    export(&program, "台账.csv", &["--without-contents"]);
    export(&program, "台账.json", &["--without-contents"]);
    for file in ["台账.csv", "台账.json"] {
        let text = program.read(file);
        assert!(text.contains("工作情况") && text.contains("王芳（群众）"), "{text}");
        for word in ["夜班", "愿意配合", "调整值班表", "会前谈心", "谈话内容", "follow_ups"] {
            assert!(!text.contains(word), "{word} in {file}");
        }
    }
    let history = program.well(&["history", "--workbook", "支部.bdk"]);
    assert!(history.contains("不含内容"), "{history}");
}

#[test]
fn the_import_reads_back_the_ledger_that_goes_out() {
    let (program, _) = office();
    for (file, ending) in [("台账.csv", "csv"), ("台账.xlsx", "xlsx")] {
        export(&program, file, &["--period", "2026"]);
        program.call(&["import", file, "--workbook", "支部.bdk", "--dry-run", "--actual", "."]);
        let read: Value = serde_json::from_str(&program.read(&format!("{file}.actual.json"))).expect("JSON");
        assert_eq!(read["kind"], "talks", "{ending}: {read}");
        let first = &read["talks"][0]["values"];
        for (field, value) in [
            ("held_on", json!("2026-03-20")),
            ("place", json!("三楼活动室")),
            ("talkers", json!(["陈志远"])),
            ("mode", json!("一对一")),
            ("recorder", json!("何静")),
            ("topic", json!("工作情况")),
            ("measures", json!("调整值班表")),
            ("branch", json!("机关第一党支部")),
        ] {
            assert_eq!(first[field], value, "{ending} {field}: {first}");
        }
        assert!(first["content"].as_str().is_some_and(|text| text.contains("同意调整")), "{ending}: {first}");
        assert_eq!(read["talks"][2]["values"]["held_on"], "2026-10");
    }
}
