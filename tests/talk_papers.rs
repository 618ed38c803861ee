//! Talks as they leave the program: files of the ledger, and forms on paper.

use std::io::Read as _;

use branchdesk::command::Command;
use branchdesk::domain::dates::Period;
use branchdesk::domain::ids::{OrganisationId, PersonId, TalkId};
use branchdesk::print::{BlankSheet, Contents, FillOptions, PaperFonts, Sheets, TalkAsk, compile, talk_form};
use branchdesk::progress::Progress;
use branchdesk::store::talks;
use branchdesk::view::coverage::{CoverageAsk, board};
use branchdesk::view::desk::Desk;
use branchdesk::view::talk_ledger::LedgerAsk;
use serde_json::{Value, json};

use crate::support::office::{Office, day};
use crate::support::pdf;
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
            "time": "14:30", "place": "三楼活动室", "talker_ids": ["@chen"], "partner_ids": ["@zhao"], "partners": ["王芳（群众）"],
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
            "id": id("@t1"), "number": "2026-001", "held_on": "2026-03-20", "time": "14:30", "type": "T01", "type_label": "日常谈心谈话",
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
        (&["--from", "2026-12-01", "--to", "2026-01-01"], "期间的第一天晚于最后一天"),
        (&["--from", "2026-12-01", "--as-of", "2026-01-01"], "期间的第一天晚于最后一天"),
        (&["--who", "left"], "只用于 export members"),
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
fn talks_go_out_as_they_are_narrowed_down_ordered_and_cut_to_columns() {
    let (program, receipts) = office();
    let numbers = |more: &[&str]| -> Vec<String> {
        let talks = exported(&program, &[more, &["--columns", "organisation,number"]].concat());
        assert!(talks.iter().all(|talk| talk["held_on"].is_null() && talk["id"].is_string()), "{talks:?}");
        talks.iter().map(|talk| talk["number"].as_str().expect("a number").to_owned()).collect()
    };
    let chen = made(&receipts, "@chen");
    for (more, wanted) in [
        (&["--year", "2026"][..], &["2026-001", "2026-002", "2026-003"][..]),
        (&["--year", "2025"], &["2025-001"]),
        (&["--filter", "会前"], &["2026-002"]),
        (&["--filter", "2026-00", "--sort", "-held_on"], &["2026-003", "2026-002", "2026-001"]),
        (&["--where", "type=T01"], &["2025-001", "2026-001"]),
        (&["--where", "谈话类型=日常谈心谈话", "--where", "mode="], &["2025-001"]),
        (&["--where", "type!=T01 或 mode=一对一"], &["2026-001", "2026-002", "2026-003"]),
        (&["--where", "type=T02|T11"], &["2026-002", "2026-003"]),
        (&["--where", "partners=王芳"], &["2026-001"]),
        (&["--where", &format!("talkers={chen}"), "--where", "held_on>=2026-09"], &["2026-002", "2026-003"]),
        (&["--where", "held_on<=2025"], &["2025-001"]),
        (&["--where", "organisation=青禾县民政局党总支/机关第二党支部"], &["2025-001"]),
        (&["--where", "place~活动", "--org", "机关第一党支部"], &["2026-001"]),
        (&["--where", "follow_ups!="], &["2026-001"]),
        (&["--sort", "-organisation,-number"], &["2025-001", "2026-003", "2026-002", "2026-001"]),
        (&["--sort", "place"], &["2026-001", "2025-001", "2026-002", "2026-003"]),
    ] {
        assert_eq!(numbers(more), wanted, "{more:?}");
    }

    export(&program, "谈话.csv", &["--columns", "type,谈话人,content", "--year", "2025"]);
    assert_eq!(
        program.read("谈话.csv"),
        "\u{feff}谈话类型,谈话人,谈话内容\r\n日常谈心谈话,陈志远（机关第一党支部）,去年的谈话\r\n"
    );
    export(&program, "谈话.csv", &["--columns", "number,content", "--where", "mode=一对一", "--without-contents"]);
    assert_eq!(program.read("谈话.csv"), "\u{feff}编号\r\n2026-001\r\n");
    export(&program, "谈话.csv", &["--filter", "夜班", "--where", "mode!=一对多"]);
    let log = program.well(&["history", "--workbook", "支部.bdk"]);
    assert!(log.contains("只列：含“夜班”，谈话方式不是一对多"), "{log}");
}

/// The ledger or the records that the command line prints, as one text.
fn printed(program: &Program, form: &str, more: &[&str]) -> String {
    let fixed = ["print", form, "--workbook", "支部.bdk", "--out", "谈话.pdf", "--force"];
    program.well(&fixed.iter().chain(more).copied().collect::<Vec<_>>());
    pdf::pages(&std::fs::read(program.path("谈话.pdf")).expect("the file")).concat().replace('\n', "")
}

#[test]
fn papers_of_talks_are_narrowed_down_by_the_same_words_as_the_export() {
    let (program, receipts) = office();
    let zhao = format!("partners={}", made(&receipts, "@zhao"));
    let all = ["2025-001", "2026-001", "2026-002", "2026-003"];
    for (more, wanted) in [
        (&["--year", "2025"][..], &["2025-001"][..]),
        (&["--year", "2026"], &["2026-001", "2026-002", "2026-003"]),
        (&["--filter", "会前"], &["2026-002"]),
        (&["--where", "type=T02|T11"], &["2026-002", "2026-003"]),
        (&["--where", "type!=T01 或 mode=一对一", "--where", "held_on<=2026-09-08"], &["2026-001", "2026-002"]),
        (&["--where", &zhao, "--filter", "谈了夜班", "--org", "机关第一党支部"], &["2026-001"]),
        (&["--where", "place~活动", "--from", "2025-01-01"], &["2026-001"]),
        (&["--as-of", "2026-09-07"], &["2026-001"]),
    ] {
        for form in ["talk", "talk-ledger"] {
            let text = printed(&program, form, more);
            let found: Vec<&str> = all.into_iter().filter(|number| text.contains(number)).collect();
            assert_eq!(found, wanted, "{form} {more:?}");
        }
    }
    for (more, told) in [
        (&["--where", "颜色=红"][..], "谈话没有名为“颜色”的栏目"),
        (&["--where", "type=T99"], "没有“T99”这类谈话"),
        (&["--where", "mode>=一对一"], "“mode”不能用 >= 比较"),
        (&["--year", "2026", "--period", "2026-11"], "--year 和 --period、--from、--to、--as-of 不能同时用"),
        (&["--year", "2026", "--from", "2026-11-01"], "--year 和 --period、--from、--to、--as-of 不能同时用"),
        (&["--year", "2026", "--as-of", "2026-11-01"], "--year 和 --period、--from、--to、--as-of 不能同时用"),
    ] {
        for form in ["talk", "talk-ledger"] {
            let fixed = ["print", form, "--workbook", "支部.bdk", "--out", "x.pdf"];
            let sentence = program.fails(&fixed.iter().chain(more).copied().collect::<Vec<_>>(), 2);
            assert!(sentence.contains(told), "{form} {more:?}: {sentence}");
        }
    }
    let talk = ["print", "talk", "--workbook", "支部.bdk", "--out", "x.pdf"];
    let one = made(&receipts, "@t1");
    let beside = program.fails(&[&talk[..], &["--id", &one, "--filter", "夜班"]].concat(), 2);
    assert!(beside.contains("--id 和 --filter、--where、--year 不能同时用"), "{beside}");
    let none = program.fails(&[&talk[..], &["--filter", "没有这样的话"]].concat(), 1);
    assert!(none.contains("没有这样的谈心谈话"), "{none}");
}

#[test]
fn a_ledger_that_is_narrowed_down_says_so_below_its_title() {
    let (program, receipts) = office();
    let zhao = format!("partners={}|王芳", made(&receipts, "@zhao"));
    let text = printed(
        &program,
        "talk-ledger",
        &["--filter", "夜班", "--where", "type!=T02", "--where", "place~活动 或 topic=", "--where", &zhao],
    );
    let words = "只列：含“夜班”，谈话类型不是组织生活会（民主生活会）前谈心，谈话地点含“活动” 或 谈话主题空着，谈话对象：赵永强 或 王芳";
    let bare = |text: &str| text.replace(' ', "");
    let place = |words: &str| bare(&text).find(&bare(words)).unwrap_or_else(|| panic!("{words} in {text}"));
    assert!(place("期间：2026年") < place(words) && place(words) < place("谈话时间"), "{text}");
    assert!(!text.contains("2026-002") && text.contains("合计：1 次"), "{text}");
    assert!(!printed(&program, "talk-ledger", &[]).contains("只列"), "nothing is left out");
    let log = program.well(&["history", "--workbook", "支部.bdk"]);
    assert!(log.contains(words), "{log}");
}

#[test]
fn what_no_list_of_talks_takes_is_told_in_a_sentence_that_names_it() {
    let (program, _) = office();
    for (kind, more, told) in [
        ("talks", &["--where", "颜色=红"][..], "谈话没有名为“颜色”的栏目"),
        ("talks", &["--where", "type=T99"], "没有“T99”这类谈话"),
        ("talks", &["--where", "mode>=一对一"], "“mode”不能用 >= 比较"),
        ("talks", &["--where", "mode"], "例如 mode=一对一"),
        ("talks", &["--where", "organisation=无此支部"], "工作簿里没有名为“无此支部”的党组织"),
        ("talks", &["--columns", "number,sex"], "谈话没有名为“sex”的栏目"),
        ("talks", &["--sort", "content"], "谈话不能按“content”排序"),
        ("talks", &["--list", "probation"], "--saved、--list、--month、--who 只用于 export members"),
        ("talks", &["--year", "2026", "--period", "2026-11"], "--year 和 --period、--from、--to、--as-of 不能同时用"),
        ("members", &["--year", "2026"], "--year 只用于 export talks、export events、档案各表和 --list fifty_years"),
        ("events", &["--where", "mode=一对一"], "只用于 export members、export form 和 export talks"),
    ] {
        let fixed = ["export", kind, "--workbook", "支部.bdk", "--out", "x.csv"];
        let sentence = program.fails(&fixed.iter().chain(more).copied().collect::<Vec<_>>(), 2);
        assert!(sentence.contains(told), "{kind} {more:?}: {sentence}");
    }
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

#[test]
fn a_ledger_of_several_branches_stands_branch_by_branch_in_the_order_of_the_tree() {
    let (program, _) = office();
    let text = printed(&program, "talk-ledger", &["--from", "2025-01-01"]);
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
    assert!(place("机关第一党支部（3 次）") < place("2026-001"), "{text}");
    assert!(place("2026-003") < place("机关第二党支部（1 次）") && place("机关第二党支部（1 次）") < place("2025-001"));
    let one = printed(&program, "talk-ledger", &["--org", "机关第一党支部"]);
    assert!(one.contains("2026-001") && !one.contains("（3 次）"), "of one no heading is needed: {one}");
}

/// A branch with a committee of three and two members, of whom some have talked.
struct Branch {
    office: Office,
    id: OrganisationId,
    chen: PersonId,
    lin: PersonId,
    zhao: PersonId,
    first: TalkId,
}

fn branch() -> Branch {
    let mut office = Office::new();
    let root = office.organisation(None, "青禾县民政局党总支");
    let id = office.organisation(Some(root), "机关第一党支部");
    office.organisation(Some(root), "机关第二党支部");
    let mut person = |name: &str, set: Value| {
        let mut all =
            json!({ "name": name, "joined": "2006-07-01", "full": "2007-07-01", "transfer_in": "2007-07-01" });
        all.as_object_mut().expect("an object").extend(set.as_object().expect("an object").clone());
        office.member(id, all)
    };
    let chen = person("陈志远", json!({ "unit": "局机关", "job": "副局长" }));
    let lin = person("林秀英", json!({}));
    let wu = person("吴海涛", json!({}));
    let zhao = person(
        "赵永强",
        json!({ "full": "2026-06-01", "joined": "2025-06-01", "transfer_in": "2025-06-01",
        "unit": "县救助管理站", "job": "办事员" }),
    );
    person("何静", json!({}));
    for (who, post, from) in
        [(chen, "书记", "2025-03-01"), (lin, "组织委员", "2026-05-01"), (wu, "宣传委员", "2025-03-01")]
    {
        let appoint = json!({ "do": "appoint", "person_id": who, "organisation_id": id, "post": post, "from": from });
        office.run(appoint).expect("appointed");
    }
    let elsewhere =
        json!({ "do": "appoint", "person_id": lin, "organisation_id": root, "post": "委员", "from": "2026-08-01" });
    office.run(elsewhere).expect("appointed");
    let mut talk = |day: &str, kind: &str, talker: PersonId, partner: PersonId, more: Value| {
        let mut talk = json!({ "do": "record_talk", "organisation_id": id, "held_on": day, "type": kind,
            "talker_ids": [talker], "partner_ids": [partner] });
        talk.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        TalkId(office.run(talk).expect("recorded").made.expect("an id"))
    };
    let follow_ups = json!([{ "measure": "调整值班表", "owner_id": chen, "due": "2026-04-10", "done_on": "2026-04-08",
        "closing_note": "已调整" }, { "measure": "再谈一次", "owner": "王主任" }]);
    let first = talk(
        "2026-03-20",
        "T01",
        chen,
        zhao,
        json!({ "topic": "工作情况", "time": "14:30", "place": "三楼活动室",
        "content": format!("谈了夜班安排。\n{}", "双方交换了意见。".repeat(20)), "follow_ups": follow_ups,
        "partners": ["王芳（群众）"], "recorder_id": lin }),
    );
    talk("2026-09-08", "T02", lin, zhao, json!({}));
    talk("2026-10-09", "T11", chen, zhao, json!({ "topic": "提醒谈话" }));
    talk("2026-10-10", "T01", chen, lin, json!({}));
    Branch { office, id, chen, lin, zhao, first }
}

impl Branch {
    fn pages(&self, ask: &TalkAsk) -> Vec<String> {
        let desk = self.office.desk();
        let filled = talk_form(&desk, ask, &FillOptions::usual(day("2026-11-24"))).expect("filled");
        let paper = compile(&filled.form, PaperFonts::embedded(), day("2026-11-24"), &Progress::default());
        pdf::pages(&paper.expect("a paper").pdf().expect("a PDF"))
    }

    fn year(&self) -> LedgerAsk {
        LedgerAsk {
            scope: Some(self.id),
            from: Some(day("2026-01-01")),
            to: Some(day("2026-12-31")),
            ..LedgerAsk::default()
        }
    }

    fn holes(&self, desk: &Desk) -> Sheets {
        let period = Period::year(2026).expect("a year");
        let ask = CoverageAsk::until_today(self.id, period, day("2026-11-24"));
        Sheets::of_holes(&board(desk, ask).expect("a board"), &talks::types(desk.reader()).expect("types"))
            .with_planned(desk, day("2026-11-24"))
            .expect("read")
    }

    /// Numbers the sheets as the window and the command line do.
    fn numbered(&mut self, sheets: Sheets) -> Sheets {
        let Some(command) = sheets.reserve() else { return sheets };
        let stamp = self.office.stamp.clone();
        let made = self.office.ledger().run(command, &stamp).expect("numbered").made.expect("made");
        sheets.with_reserved(self.office.desk().reader(), made).expect("read")
    }
}

fn numbers(sheets: &Sheets) -> Vec<String> {
    sheets.sheets.iter().map(|sheet| sheet.number.map(|number| number.to_string()).unwrap_or_default()).collect()
}

#[test]
fn there_is_a_sheet_for_each_talk_that_is_lacking_and_its_type_closes_what_it_is_for() {
    let mut branch = branch();
    let he = branch.office.desk().directory().cards().iter().find(|card| &*card.name == "何静").expect("there").id;
    for (who, day) in [(he, "2026-11-10"), (branch.zhao, "2026-11-12")] {
        let event =
            json!({ "do": "record_event", "ids": [who], "kind": "misfortune", "on": day, "value": "家庭发生重大变故" });
        branch.office.run(event).expect("recorded");
    }
    let asked = |branch: &Branch| -> Vec<(PersonId, String, String)> {
        let sheets = branch.holes(&branch.office.desk()).sheets.into_iter();
        let told = |text: Option<String>| text.unwrap_or_default();
        sheets.map(|sheet| (sheet.partner.expect("somebody"), told(sheet.rule), told(sheet.kind))).collect()
    };
    let usual = |who: PersonId, rule: &str| (who, rule.to_owned(), "T01".to_owned());
    let sheets = asked(&branch);
    // 关怀谈话 counts for 必谈事项 alone: who lacks a talk with the committee too has the usual type.
    assert!(sheets.contains(&usual(he, "C2 C4")), "{sheets:?}");
    assert!(sheets.contains(&(branch.zhao, "C4".to_owned(), "T14".to_owned())), "{sheets:?}");
    branch.office.run(json!({ "do": "set_rule", "rule": "talk.c2", "numbers": { "needed": 2 } })).expect("changed");
    let sheets = asked(&branch);
    let with_committee = |who| sheets.iter().filter(|(id, rule, _)| *id == who && rule.contains("C2")).count();
    assert_eq!((with_committee(he), with_committee(branch.zhao)), (2, 0), "{sheets:?}");
    branch.office.run(json!({ "do": "set_talk_type", "code": "T14", "removed": true })).expect("removed");
    let sheets = asked(&branch);
    assert!(sheets.contains(&(branch.zhao, "C4".to_owned(), String::new())), "a type that is not offered: {sheets:?}");
}

#[test]
fn a_sheet_names_who_talks_and_stays_blank_among_members_and_where_there_is_no_committee() {
    let mut branch = branch();
    let honour = json!({ "do": "record_event", "ids": [branch.chen], "kind": "honour", "on": "2026-11-10",
        "value": "优秀共产党员" });
    branch.office.run(honour).expect("recorded");
    let sheets = branch.holes(&branch.office.desk()).sheets;
    let of = |rule: &str| sheets.iter().filter(|sheet| sheet.rule.as_deref() == Some(rule)).collect::<Vec<_>>();
    let talkers = |rule: &str| of(rule).into_iter().map(|sheet| sheet.talker).collect::<Vec<_>>();
    assert_eq!(talkers("C2"), [Some(branch.chen)], "the secretary");
    let of_secretary = of("C4").into_iter().find(|sheet| sheet.partner == Some(branch.chen)).expect("a sheet");
    assert_eq!(of_secretary.talker, Some(branch.lin), "nobody talks with himself");
    assert!(!of("C3").is_empty() && talkers("C3").iter().all(Option::is_none), "{sheets:?}");
    let cards = branch.office.desk().directory().cards().iter().map(|card| card.id).collect::<Vec<_>>();
    for person in cards {
        let end = json!({ "do": "edit_members", "ids": [person], "on": "2026-11-20", "set": { "party_post": null } });
        branch.office.run(end).expect("ended");
    }
    let sheets = branch.holes(&branch.office.desk()).sheets;
    assert!(!sheets.is_empty() && sheets.iter().all(|sheet| sheet.talker.is_none()), "{sheets:?}");
}

#[test]
fn a_record_tells_what_everybody_was_on_the_day_of_the_talk() {
    let branch = branch();
    let page = |day: &str| {
        let talks = branch.pages(&TalkAsk::RecordsOf(LedgerAsk {
            from: Some(crate::support::office::day(day)),
            to: Some(crate::support::office::day(day)),
            ..branch.year()
        }));
        assert_eq!(talks.len(), 1, "{day}");
        talks[0].replace('\n', "")
    };
    let first = page("2026-03-20");
    for word in [
        "填报单位（盖章）：机关第一党支部",
        "编号2026-001谈话类型日常谈心谈话",
        "谈话时间2026年3月20日 14:30谈话地点三楼活动室",
        "记录人林秀英",
        "谈话人陈志远职务书记、副局长",
        "赵永强（县救助管理站，办事员，中共预备党员）、王芳（群众）",
        "调整值班表陈志远2026.04.102026.04.08",
        "再谈一次王主任",
    ] {
        assert!(first.contains(word), "{word} in {first}");
    }
    let second = page("2026-09-08");
    assert!(second.contains("谈话人林秀英职务组织委员、青禾县民政局党总支委员"), "{second}");
    assert!(second.contains("县救助管理站，办事员，中共党员"), "{second}");
    let restricted = page("2026-10-09");
    assert!(restricted.contains("这类谈话只记时间、主题和人员") && restricted.contains("提醒谈话"), "{restricted}");
}

#[test]
fn two_of_one_name_are_told_apart_by_their_birth_on_every_paper() {
    let mut branch = branch();
    let mut member = |born: &str| {
        let set = json!({ "name": "沈国庆", "joined": "2006-07-01", "full": "2007-07-01", "transfer_in": "2007-07-01", "birth": born });
        branch.office.member(branch.id, set)
    };
    let both = [member("1985-03-02"), member("1990-01-30")];
    let follow_ups = json!([{ "measure": "再谈一次", "owner_id": both[1] }]);
    let talk = json!({ "do": "record_talk", "organisation_id": branch.id, "held_on": "2026-11-02", "type": "T01",
        "talker_ids": [both[0]], "partner_ids": [both[1], branch.zhao], "follow_ups": follow_ups });
    let talk = TalkId(branch.office.run(talk).expect("recorded").made.expect("an id"));
    let [elder, younger] = ["沈国庆（1985-03 生）", "沈国庆（1990-01 生）"];
    let record = branch.pages(&TalkAsk::Records(vec![talk])).concat().replace('\n', "");
    for word in [
        &format!("谈话人{elder}"),
        "沈国庆（1990-01 生，中共党员）、赵永强（县救助管理站，办事员，中共党员）",
        &format!("再谈一次{younger}"),
    ] {
        assert!(record.contains(word), "{word} in {record}");
    }
    let ledger = branch.pages(&TalkAsk::Ledger(branch.year(), Contents::With)).concat().replace('\n', "");
    assert!(ledger.contains("1985-03 生") && ledger.matches("1990-01 生").count() == 2, "{ledger}");
    assert!(!ledger.contains("赵永强（"), "who alone bears a name has only that: {ledger}");
    let sheet = BlankSheet::of_pair(both[0], both[1]);
    let blank = branch.pages(&TalkAsk::Blank(Sheets { organisation: branch.id, sheets: vec![sheet] })).concat();
    assert!(blank.contains(elder) && blank.contains(younger), "{blank}");
}

#[test]
fn a_batch_has_a_page_for_each_talk_in_the_order_of_days_or_of_choice() {
    let branch = branch();
    let all = branch.pages(&TalkAsk::RecordsOf(branch.year()));
    let number = |page: &String| (1..=4).find(|number| page.contains(&format!("2026-00{number}"))).expect("a number");
    assert_eq!(all.iter().map(number).collect::<Vec<_>>(), [1, 2, 3, 4]);
    let chosen = branch.pages(&TalkAsk::Records(vec![branch.first]));
    assert!(chosen.len() == 1 && chosen[0].contains("2026-001"));
}

#[test]
fn the_ledger_has_a_row_a_talk_with_a_summary_or_without_contents() {
    let branch = branch();
    let with = branch.pages(&TalkAsk::Ledger(branch.year(), Contents::With)).concat().replace('\n', "");
    for word in [
        "机关第一党支部谈心谈话台账",
        "2026-001",
        "2026.03.20",
        "赵永强、王芳（群众）",
        "谈了夜班安排",
        "…",
        "调整值班表（陈志远，2026.04.10 前），2026.04.08 办结",
        "合计：4 次",
        "谈话内容只摘前 100 字",
        "提醒、诫勉、处分后、关怀谈话只记时间、主题和人员",
    ] {
        assert!(with.replace(' ', "").contains(&word.replace(' ', "")), "{word} in {with}");
    }
    let without = branch.pages(&TalkAsk::Ledger(branch.year(), Contents::Without)).concat().replace('\n', "");
    assert!(without.contains("工作情况") && without.contains("2 项，已办结 1 项"), "{without}");
    assert!(!without.contains("夜班") && !without.contains("值班表"), "{without}");
}

#[test]
fn the_coverage_on_paper_names_who_is_missing_and_the_branches() {
    let branch = branch();
    let period = Period::year(2026).expect("a year");
    let ask = CoverageAsk::until_today(branch.id, period, day("2026-11-24"));
    let text = branch.pages(&TalkAsk::Coverage(ask)).concat().replace('\n', "");
    for word in [
        "机关第一党支部谈心谈话覆盖情况",
        "第十九条",
        "支委之间3 对1 对2 对",
        "2026.10.101 次",
        "支委和党员：还缺 1 人何静",
        "期间还没有结束",
    ] {
        assert!(text.contains(word), "{word} in {text}");
    }
    assert!(!text.contains("违规"));
    let past = CoverageAsk { as_of: period.last, ..ask };
    assert!(!branch.pages(&TalkAsk::Coverage(past)).concat().contains("期间还没有结束"));
    let mut branch = branch;
    let rule = json!({ "do": "set_rule", "rule": "talk.c1", "numbers": { "needed": 2 }, "enabled": true });
    branch.office.run(rule).expect("set");
    let twice = branch.pages(&TalkAsk::Coverage(ask)).concat().replace('\n', "");
    assert!(twice.contains("缺，已 1 次") && !twice.contains("2026.10.101 次"), "one of two is not enough: {twice}");
    branch.office.undo().expect("taken back");
    let born = json!({ "name": "何静", "joined": "2006-07-01", "full": "2007-07-01", "transfer_in": "2007-07-01", "birth": "1990-01-30" });
    branch.office.member(branch.id, born);
    let text = branch.pages(&TalkAsk::Coverage(ask)).concat().replace('\n', "");
    assert!(text.contains("还缺 2 人何静、何静（1990-01 生）"), "two bear one name: {text}");
    let root = branch.office.desk().tree().children(None).next().expect("a root").id;
    let ask = CoverageAsk { organisation: root, ..ask };
    let text = branch.pages(&TalkAsk::Coverage(ask)).concat().replace('\n', "");
    let (one, two) = (text.find("机关第一党支部1/3").expect("one"), text.find("机关第二党支部—").expect("two"));
    assert!(one < two, "the order of the tree");
}

/// What a paper ledger tells of the month or the year only is told so.
#[test]
fn a_day_that_is_not_known_is_not_made_up_on_paper() {
    let mut branch = branch();
    let wu = branch.office.desk().directory().cards().iter().find(|card| &*card.name == "吴海涛").expect("there").id;
    let planned = json!({ "talker_id": branch.lin, "partner_id": wu, "due": "2026-12-04", "rule": "C1" });
    branch
        .office
        .run(json!({ "do": "plan_talks", "organisation_id": branch.id, "talks": [planned] }))
        .expect("planned");
    for (held_on, talker) in [("2026", branch.chen), ("2026-06", branch.lin)] {
        let talk = json!({ "do": "record_talk", "organisation_id": branch.id, "held_on": held_on, "type": "T01",
            "talker_ids": [talker], "partner_ids": [wu] });
        branch.office.run(talk).expect("recorded");
    }
    let period = Period::year(2026).expect("a year");
    let ask = CoverageAsk::until_today(branch.id, period, day("2026-11-24"));
    let text = branch.pages(&TalkAsk::Coverage(ask)).concat().replace('\n', "");
    assert!(text.contains("20261 次") && text.contains("2026.061 次"), "{text}");
    assert!(!text.contains("2026.01.01") && !text.contains("2026.06.01"), "{text}");
    let text = branch.pages(&TalkAsk::Plan(Some(branch.id), period)).concat().replace('\n', "");
    assert!(text.contains("2026.06 已谈"), "{text}");
}

#[test]
fn the_plan_stands_week_by_week_to_be_ticked_and_tells_what_was_held_or_covered() {
    let mut branch = branch();
    let period = Period::year(2026).expect("a year");
    let empty = branch.pages(&TalkAsk::Plan(Some(branch.id), period)).concat();
    assert!(empty.contains("没有计划的谈话"), "{empty}");
    let talk = |talker: PersonId, due: &str| json!({ "talker_id": talker, "partner_id": branch.zhao, "due": due, "rule": "C2" });
    let talks = json!([talk(branch.chen, "2026-12-04"), talk(branch.lin, "2026-12-11")]);
    let plan = json!({ "do": "plan_talks", "organisation_id": branch.id, "talks": talks });
    branch.office.run(plan).expect("planned");
    let held = json!({ "do": "record_talk", "organisation_id": branch.id, "held_on": "2026-11-24", "type": "T01",
        "talker_ids": [branch.chen], "partner_ids": [branch.zhao] });
    branch.office.run(held).expect("recorded");
    // Sheets that were printed give their numbers to the rows of the two, and are no rows themselves.
    let mut sheets = Sheets::empty(branch.id, 1);
    sheets.sheets.push(BlankSheet::of_pair(branch.zhao, branch.lin));
    branch.numbered(sheets);
    let pages = branch.pages(&TalkAsk::Plan(Some(branch.id), period));
    let text = pages.concat().replace('\n', "");
    for word in [
        "机关第一党支部谈话计划表",
        "2026年11月30日至12月4日（1 次）1陈志远赵永强支委和党员2026.12.042026.11.24 已谈",
        "2026年12月7日至12月11日（1 次）2林秀英赵永强支委和党员2026.12.112026-007已由别的谈话补上",
        "合计：2 次",
    ] {
        assert!(text.contains(word), "{word} in {text}");
    }
    // The last week does not reach past the period.
    let short = Period { last: day("2026-12-09"), ..period };
    let due = json!({ "do": "plan_talks", "organisation_id": branch.id,
        "talks": [{ "talker_id": branch.chen, "partner_id": branch.lin, "due": "2026-12-09" }] });
    branch.office.run(due).expect("planned");
    let text = branch.pages(&TalkAsk::Plan(Some(branch.id), short)).concat().replace('\n', "");
    assert!(text.contains("2026年12月7日至12月9日"), "{text}");
    assert!(text.contains("陈志远林秀英2026.12.09□"), "{text}");
    branch.office.undo().expect("taken back");
    // Nor past the last day on which one is to be done: a plan by a Tuesday has no Friday.
    let due = json!({ "do": "plan_talks", "organisation_id": branch.id,
        "talks": [{ "talker_id": branch.chen, "partner_id": branch.lin, "due": "2026-12-15", "rule": "C1" }] });
    branch.office.run(due).expect("planned");
    let text = branch.pages(&TalkAsk::Plan(Some(branch.id), period)).concat().replace('\n', "");
    assert!(text.contains("2026年12月14日至12月15日（1 次）"), "{text}");
    assert!(text.contains("2026年12月7日至12月11日"), "a week before it is whole: {text}");
    branch.office.undo().expect("taken back");
    // Above its branch, it is said whose week it is.
    let root = branch.office.desk().tree().children(None).next().expect("a root").id;
    let text = branch.pages(&TalkAsk::Plan(Some(root), period)).concat().replace('\n', "");
    assert!(text.contains("机关第一党支部，2026年11月30日至12月4日"), "{text}");
    let all = branch.pages(&TalkAsk::Plan(None, period)).concat().replace('\n', "");
    assert_eq!(all, text, "the only root is all there is");
}

#[test]
fn a_hole_becomes_a_numbered_sheet_and_its_record_keeps_the_number() {
    let mut branch = branch();
    let before = branch.office.dump();
    let holes = branch.holes(&branch.office.desk());
    let rules: Vec<&str> = holes.sheets.iter().filter_map(|sheet| sheet.rule.as_deref()).collect();
    assert_eq!(
        rules,
        ["C1", "C1", "C4", "C2", "C3", "C3"],
        "何静 needs both, 赵永强 another member, 林秀英 was appointed"
    );
    assert!(holes.sheets.iter().all(|sheet| sheet.number.is_none()));

    let printed = branch.numbered(holes);
    assert_eq!(numbers(&printed), (5..=10).map(|number| format!("2026-{number:03}")).collect::<Vec<_>>());
    let pages = branch.pages(&TalkAsk::Blank(printed.clone()));
    assert_eq!(pages.len(), 6);
    let first = pages[0].replace('\n', "");
    for word in
        ["编号2026-005", "谈话类型日常谈心谈话", "陈志远", "吴海涛", "近期思想、学习情况", "□一对一", "谈话对象签字"]
    {
        assert!(first.contains(word), "{word} in {first}");
    }

    // What happened tells the type: 林秀英 was appointed.
    let appointed = pages[2].replace('\n', "");
    assert!(appointed.contains("任职谈话、任前廉政谈话") && appointed.contains("任职的考虑"), "{appointed}");

    // Printed again they have the same numbers; nothing new is written.
    let again = branch.holes(&branch.office.desk());
    assert_eq!(numbers(&again), numbers(&printed));
    assert!(again.reserve().is_none());

    // A talk in between gets a number after all printed ones; the record of a sheet its own.
    let (chen, lin, zhao) = (branch.chen, branch.lin, branch.zhao);
    let record = |talker: PersonId, partner: PersonId, planned: Option<String>| {
        let mut talk = json!({ "do": "record_talk", "organisation_id": branch.id, "held_on": "2026-11-20", "type": "T01",
            "talker_ids": [talker], "partner_ids": [partner] });
        if let Some(planned) = planned {
            talk["planned_id"] = json!(planned);
        }
        talk
    };
    let (between, of_sheet) = (record(lin, zhao, None), printed.sheets[0].planned.expect("planned").to_string());
    let typed_in = record(chen, printed.sheets[0].partner.expect("a partner"), Some(of_sheet));
    branch.office.run(between).expect("recorded");
    branch.office.run(typed_in).expect("recorded");
    let numbers_of = |branch: &Branch| {
        let talks = branch.pages(&TalkAsk::Ledger(branch.year(), Contents::Without)).concat();
        ["2026-011", "2026-005"].map(|number| talks.contains(number))
    };
    assert_eq!(numbers_of(&branch), [true, true]);
    let rest = branch.holes(&branch.office.desk());
    assert!(!numbers(&rest).contains(&"2026-005".to_owned()), "what is recorded is no hole any more");
    for _ in 0..3 {
        branch.office.undo().expect("taken back");
    }
    assert_eq!(branch.office.dump(), before);
}

#[test]
fn sheets_for_two_and_empty_ones_are_numbered_in_their_order() {
    let mut branch = branch();
    let pair = BlankSheet::of_pair(branch.lin, branch.zhao);
    let mut sheets = Sheets::empty(branch.id, 2);
    sheets.sheets.insert(1, pair.clone());
    let printed = branch.numbered(sheets);
    assert_eq!(numbers(&printed), ["2026-005", "2026-006", "2026-007"]);
    let pages = branch.pages(&TalkAsk::Blank(printed));
    assert!(pages[1].contains("赵永强") && !pages[0].contains("赵永强") && !pages[2].contains("赵永强"));

    // An empty sheet is always a new one; that of the two is not.
    let mut sheets = Sheets::empty(branch.id, 1);
    sheets.sheets.push(pair);
    let sheets = sheets.with_planned(&branch.office.desk(), day("2026-11-24")).expect("read");
    let again = branch.numbered(sheets);
    assert_eq!(numbers(&again), ["2026-008", "2026-006"]);
    assert!(matches!(Sheets::empty(branch.id, 1).reserve(), Some(Command::PlanTalks(_))));
}

#[test]
fn sheets_of_what_is_planned_are_those_of_the_plan_and_number_its_rows() {
    let mut branch = branch();
    let holes = branch.holes(&branch.office.desk());
    let of_rule =
        |rule: &str| holes.sheets.iter().find(|sheet| sheet.rule.as_deref() == Some(rule)).expect(rule).partner;
    // 何静 is planned with 林秀英 for 支委和党员, and with 赵永强 for 党员和党员, who lacks that too.
    let he = of_rule("C2").expect("何静");
    let before = branch.office.dump();
    let plan = json!({ "do": "plan_talks", "organisation_id": branch.id, "talks": [
        { "talker_id": branch.lin, "partner_id": he, "due": "2026-12-04", "rule": "C2" },
        { "talker_id": branch.zhao, "partner_id": he, "due": "2026-12-11", "rule": "C3" },
        { "talker_id": branch.chen, "partner_id": he, "due": "2025-12-11", "rule": "C2" } ] });
    branch.office.run(plan).expect("planned");
    let sheets = branch.holes(&branch.office.desk());
    let people = |rule: &str| -> Vec<_> {
        let of_it = sheets.sheets.iter().filter(|sheet| sheet.rule.as_deref() == Some(rule));
        of_it.map(|sheet| (sheet.talker, sheet.partner)).collect()
    };
    assert_eq!(people("C2"), [(Some(branch.lin), Some(he))], "the talker of the plan");
    assert_eq!(people("C3"), [(Some(branch.zhao), Some(he))], "two who are planned together have one sheet");
    // A sheet that guesses another talker is that of the plan too.
    let guessed = BlankSheet { rule: Some("C2".into()), ..BlankSheet::of_pair(branch.chen, he) };
    let guessed = Sheets { organisation: branch.id, sheets: vec![guessed] };
    let guessed = guessed.with_planned(&branch.office.desk(), day("2026-11-24")).expect("read");
    assert_eq!((guessed.sheets[0].talker, guessed.sheets[0].planned), (Some(branch.lin), sheets.sheets[3].planned));

    let printed = branch.numbered(sheets);
    assert_eq!(numbers(&printed), (5..=9).map(|number| format!("2026-{number:03}")).collect::<Vec<_>>());
    let talks = branch.pages(&TalkAsk::Blank(printed.clone()));
    let sheet = talks[3].replace('\n', "");
    assert!(sheet.contains("2026-008") && sheet.contains("林秀英") && sheet.contains("日常谈心谈话"), "{sheet}");
    let planned = branchdesk::store::talks::planned_of(branch.office.desk().reader(), branch.id).expect("read");
    assert_eq!(planned.len(), 6, "three of the plan and three more sheets: {planned:?}");
    let text = branch.pages(&TalkAsk::Plan(Some(branch.id), Period::year(2026).expect("a year"))).concat();
    let text = text.replace('\n', "");
    for row in ["林秀英何静支委和党员2026.12.042026-008", "赵永强何静党员和党员2026.12.112026-009", "合计：2 次"]
    {
        assert!(text.contains(row), "{row} in {text}");
    }
    let again = branch.holes(&branch.office.desk());
    assert_eq!(numbers(&again), numbers(&printed));
    assert!(again.reserve().is_none());
    branch.office.undo().expect("taken back");
    branch.office.undo().expect("taken back");
    assert_eq!(branch.office.dump(), before);
}

/// What is to be held by a day comes before a sheet that was only printed.
#[test]
fn of_a_printed_sheet_and_a_planned_talk_for_the_same_hole_the_planned_one_is_meant() {
    let mut branch = branch();
    let he = branch.office.desk().directory().cards().iter().find(|card| &*card.name == "何静").expect("there").id;
    let mut plan = |talk: Value| {
        let plan = json!({ "do": "plan_talks", "organisation_id": branch.id, "talks": [talk] });
        branch.office.run(plan).expect("planned");
    };
    plan(json!({ "talker_id": branch.chen, "partner_id": he, "rule": "C2", "numbered": true }));
    plan(json!({ "talker_id": branch.lin, "partner_id": he, "rule": "C2", "due": "2026-12-04" }));
    let sheets = branch.holes(&branch.office.desk()).sheets;
    let talkers: Vec<_> =
        sheets.iter().filter(|sheet| sheet.rule.as_deref() == Some("C2")).map(|sheet| sheet.talker).collect();
    assert_eq!(talkers, [Some(branch.lin)]);
}

#[test]
fn a_planned_talk_is_numbered_once_and_by_its_own_organisation() {
    let mut branch = branch();
    let (id, talk) = (branch.id, json!({ "talker_id": branch.chen, "partner_id": branch.zhao, "due": "2027-01-15" }));
    let made =
        branch.office.run(json!({ "do": "plan_talks", "organisation_id": id, "talks": [talk] })).expect("planned");
    let planned = made.made.expect("an id").to_string();
    let root = branch.office.desk().tree().children(None).next().expect("a root").id;
    let mut number = |whose: OrganisationId, more: Value| {
        let mut draft = json!({ "planned_id": planned, "numbered": true });
        draft.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        branch.office.run(json!({ "do": "plan_talks", "organisation_id": whose, "talks": [draft] }))
    };
    let refused =
        |result: branchdesk::problem::Result<_>| result.err().map(|problem| problem.happened).unwrap_or_default();
    assert!(refused(number(root, json!({}))).contains("另一个党组织"));
    assert!(refused(number(id, json!({ "note": "补" }))).contains("只写 planned_id 和 numbered"));
    assert!(refused(number(id, json!({ "numbered": false }))).contains("只写 planned_id 和 numbered"));
    number(id, json!({})).expect("numbered");
    assert!(refused(number(id, json!({}))).contains("已有空白表 2027-001"), "the year in which it is due");
}

#[test]
fn the_command_line_prints_papers_of_talks() {
    let (program, receipts) = office();
    let print = |form: &str, out: &str, more: &[&str]| {
        let fixed = ["print", form, "--workbook", "支部.bdk", "--out", out];
        program.well(&fixed.iter().chain(more).copied().collect::<Vec<_>>())
    };
    let one = made(&receipts, "@t1");
    assert!(print("talk", "一.pdf", &["--id", &one]).contains("已写好谈心谈话记录表，共 1 页"));
    let pages = pdf::pages(&std::fs::read(program.path("一.pdf")).expect("the file"));
    assert!(pages[0].contains("谈心谈话记录表") && pages[0].contains("2026-001"), "{pages:?}");
    print("talk", "批.docx", &["--org", "机关第一党支部", "--period", "2026"]);
    let mut package =
        zip::ZipArchive::new(std::fs::File::open(program.path("批.docx")).expect("the file")).expect("zip");
    let mut xml = String::new();
    package.by_name("word/document.xml").expect("a document").read_to_string(&mut xml).expect("UTF-8");
    assert!(xml.contains("2026-001") && xml.contains("2026-003") && xml.matches("<w:tbl>").count() == 3);
    print("talk-ledger", "台账.pdf", &["--period", "2026", "--without-contents"]);
    print("coverage", "覆盖.pdf", &["--org", "机关第一党支部", "--period", "2026", "--as-of", "2026-11-24"]);
    print(
        "coverage",
        "自某日.pdf",
        &["--org", "机关第一党支部", "--from", "2026-04-01", "--to", "2026-10-31", "--as-of", "2026-09-30"],
    );
    let since = pdf::pages(&std::fs::read(program.path("自某日.pdf")).expect("the file")).concat();
    assert!(since.contains("2026年4月1日至10月31日") && since.contains("2026年9月30日"), "{since}");
    print("talk", "自某日.docx", &["--from", "2026-10-01"]);
    print("talk-plan", "计划.pdf", &["--org", "机关第一党支部", "--period", "2026"]);
    let call = ["print", "blank-talks", "--workbook", "支部.bdk", "--out", "空白.pdf", "--org", "机关第一党支部"];
    let told = program.json(&[&call[..], &["--count", "3"]].concat());
    assert_eq!((told["numbers"].as_array().map(Vec::len), &told["pages"]), (Some(3), &json!(3)));

    let history = program.well(&["history", "--workbook", "支部.bdk"]);
    for line in [
        "打印谈心谈话记录表 PDF",
        "打印谈心谈话记录表 DOCX",
        "不含内容",
        "打印谈心谈话覆盖情况 PDF",
        "印空白谈话表 3 次",
    ] {
        assert!(history.contains(line), "{line} in {history}");
    }
    let before = program.dump("支部.bdk");
    let nowhere =
        ["print", "blank-talks", "--workbook", "支部.bdk", "--out", "没有/空白.pdf", "--org", "机关第一党支部"];
    program.fails(&[&nowhere[..], &["--count", "1"]].concat(), 1);
    assert_eq!(program.dump("支部.bdk"), before, "a number that was not printed is not given");
    for (form, out, more, code, words) in [
        ("talk", "无.docm", &[][..], 2, "不是 PDF 或 DOCX"),
        ("talk-ledger", "无.docx", &[], 2, "不是 PDF"),
        ("talk", "无.pdf", &["--id", "1"], 2, "没有编号为 1 的谈话"),
        ("talk", "无.pdf", &["--period", "1999"], 1, "没有谈心谈话"),
        ("coverage", "无.pdf", &["--count", "2"], 2, "只用于 print blank-talks"),
        ("roster", "无.pdf", &["--without-contents"], 2, "只用于 print talk-ledger"),
        ("roster", "无.pdf", &["--period", "2026", "--as-of", "2026-11-24"], 2, "不能同时用"),
        ("coverage", "无.pdf", &["--where", "type=T01"], 2, "--where 只用于 print talk 和 print talk-ledger"),
        ("talk-plan", "无.pdf", &["--filter", "夜班"], 2, "--filter 只用于 print talk 和 print talk-ledger"),
        ("talk", "无.pdf", &["--list", "probation"], 2, "不用于谈心谈话的表"),
        ("coverage", "无.pdf", &["--year", "2025"], 2, "是哪一年的表，用 --period 写，例如 --period 2025"),
        ("roster", "无.pdf", &["--year", "2025"], 2, "--year 只用于 export talks、export events、print talk"),
        ("roster", "无.pdf", &["--from", "2026-01-01"], 2, "只用于打印谈心谈话的表"),
        ("coverage", "无.pdf", &["--from", "2026-02-01", "--to", "2026-01-01"], 2, "期间的第一天晚于最后一天"),
        ("coverage", "无.pdf", &["--from", "2026-02-01", "--period", "2026"], 2, "不能同时用"),
    ] {
        let call = [&["print", form, "--workbook", "支部.bdk", "--out", out], more].concat();
        let said = program.fails(&call, code);
        assert!(said.contains(words), "{form}: {said}");
    }
}
