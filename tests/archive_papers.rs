//! Papers and files of archives from the command line: who is to see to what by when, where paper lies, what stands on a
//! box and in it.

use serde_json::json;

use crate::support::pdf;
use crate::support::program::Program;

/// A branch with the yearly archive: two pieces of paper, and a category that somebody answers for.
fn archive() -> Program {
    let program = Program::with_workbook();
    let receipts = program.apply(json!([
        { "do": "add_organisation", "ref": "@branch", "set": { "name": "机关第一党支部" } },
        { "do": "add_member", "branch_id": "@branch", "ref": "@lin", "set": { "name": "林秀英", "joined": "2006-12-08" } },
        { "do": "make_checklists", "template": "支部档案", "organisation_ids": ["@branch"], "year": 2026 },
    ]));
    let id = |name: &str| {
        let made = receipts.as_array().expect("receipts").iter().find_map(|receipt| receipt["made"][name].as_str());
        made.expect("made").to_owned()
    };
    let (category, part) = (item(&program, "10"), item(&program, "10.1"));
    program.apply(json!([
        { "do": "edit_checklist_items", "ids": [category], "set": { "owner_id": id("@lin"), "due": "2026-12-10" } },
        { "do": "add_evidence", "item_id": part, "evidence": [
            { "title": "方案", "cabinet": "2 柜 3 盒", "pages": 4, "secrecy": "内部" },
            { "title": "方案附件", "cabinet": "2 柜 3 盒" } ] },
    ]));
    program
}

fn item(program: &Program, code: &str) -> String {
    program.well(&["export", "checklist", "--workbook", "支部.bdk", "--out", "项.json", "--force"]);
    let items: Vec<serde_json::Value> = serde_json::from_str(&program.read("项.json")).expect("JSON");
    let item = items.iter().find(|item| item["code"] == code).expect("the item");
    item["id"].as_str().expect("an id").to_owned()
}

fn words(program: &Program, path: &str) -> String {
    pdf::pages(&std::fs::read(program.path(path)).expect("the file")).concat().replace('\n', "")
}

fn print(program: &Program, form: &str, more: &[&str]) -> String {
    let out = format!("{form}.pdf");
    let fixed = ["print", form, "--workbook", "支部.bdk", "--out", &out, "--force"];
    program.well(&[&fixed[..], more].concat());
    words(program, &out)
}

#[test]
fn the_gap_list_tells_who_and_by_when_on_paper_in_files_and_in_a_pack() {
    let program = archive();
    let paper = print(&program, "gaps", &["--year", "2026"]);
    assert!(paper.contains("林秀英") && paper.contains("2026.12.10"), "{paper}");
    program.well(&["export", "gaps", "--workbook", "支部.bdk", "--year", "2026", "--out", "缺项.csv"]);
    let csv = program.read("缺项.csv");
    let row = csv.lines().find(|line| line.contains("组织生活会")).expect("a gap of the category");
    assert!(row.contains("林秀英") && row.contains("2026-12-10"), "what the category says counts for its parts: {row}");
    program.well(&["export", "gaps", "--workbook", "支部.bdk", "--year", "2026", "--out", "缺项.xlsx"]);
    assert!(std::fs::read(program.path("缺项.xlsx")).expect("the file").starts_with(b"PK"));
    program.well(&["pack", "--workbook", "支部.bdk", "--year", "2026", "--out", "包"]);
    assert_eq!(words(&program, "包/缺项单.pdf"), print(&program, "gaps", &["--year", "2026"]), "the same list");
}

#[test]
fn members_files_have_gaps_and_who_has_no_checklist_is_named() {
    let program = archive();
    program.apply(json!([
        { "do": "add_organisation", "ref": "@second", "set": { "name": "机关第二党支部" } },
        { "do": "add_member", "branch_id": "@second", "ref": "@he", "set": { "name": "何静", "joined": "2001-07-01" } },
        { "do": "add_member", "branch_id": "@second", "set": { "name": "孟春燕", "joined": "2003-07-01" } },
        { "do": "make_checklists", "template": "入党档案", "person_ids": ["@he"] },
    ]));
    let paper = print(&program, "gaps", &["--year", "2026", "--template", "入党档案"]);
    assert!(paper.contains("入党志愿书") && paper.contains("没有建清单：林秀英、孟春燕"), "{paper}");
    let paper = print(&program, "gaps", &["--year", "2026"]);
    assert!(paper.contains("何静：入党档案") && paper.contains("没有建清单：机关第二党支部"), "{paper}");
    let of_second = ["--year", "2026", "--template", "支部档案", "--org", "机关第二党支部"];
    let call = ["print", "gaps", "--workbook", "支部.bdk", "--out", "二.pdf"];
    let refused = program.fails(&[&call[..], &of_second].concat(), 1);
    assert!(refused.contains("机关第二党支部 2026 年没有档案清单"), "{refused}");

    program.well(&["export", "gaps", "--workbook", "支部.bdk", "--year", "2026", "--out", "缺.json"]);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&program.read("缺.json")).expect("JSON");
    let last = rows.last().expect("a row");
    assert_eq!((&last["whose"], &last["title"]), (&json!("机关第二党支部"), &json!("没有建清单")));
    assert!(rows.iter().any(|row| row["whose"] == "何静" && row["title"] == "入党申请书"), "{rows:?}");

    program.well(&["pack", "--workbook", "支部.bdk", "--year", "2026", "--out", "包"]);
    for told in [words(&program, "包/封面.pdf"), program.read("包/index.html")] {
        assert!(told.contains("没有建清单") && told.contains("机关第二党支部"), "{told}");
    }
    assert!(words(&program, "包/缺项单.pdf").contains("入党志愿书"));
}

/// What one checklist lacks goes to whoever keeps it: a paper of one branch is not headed by the whole workbook.
#[test]
fn the_gap_list_of_one_checklist_is_headed_by_it_and_by_who_keeps_it() {
    let program = archive();
    program.apply(json!([
        { "do": "add_organisation", "ref": "@general", "set": { "name": "青禾县民政局党总支" } },
        { "do": "add_organisation", "ref": "@second", "parent_id": "@general", "set": { "name": "机关第二党支部" } },
        { "do": "add_member", "branch_id": "@second", "ref": "@he", "set": { "name": "何静", "joined": "2001-07-01" } },
        { "do": "make_checklists", "template": "六有", "organisation_ids": ["@second"], "year": 2025 },
        { "do": "make_checklists", "template": "入党档案", "person_ids": ["@he"] },
    ]));
    program.well(&["export", "checklists", "--workbook", "支部.bdk", "--out", "清单.json"]);
    let lists: Vec<serde_json::Value> = serde_json::from_str(&program.read("清单.json")).expect("JSON");
    let of = |title: &str| {
        let list = lists.iter().find(|list| list["title"] == title).expect("the list");
        list["id"].as_str().expect("an id").to_owned()
    };
    let paper = print(&program, "gaps", &["--checklist", &of("六有")]);
    assert!(paper.contains("机关第二党支部 2025 年六有缺项单"), "{paper}");
    assert!(paper.contains("填报单位（盖章）：机关第二党支部") && paper.contains("期间：2025年"), "{paper}");
    assert!(!paper.contains("青禾县民政局党总支") && !paper.contains("机关第一党支部"), "{paper}");
    let paper = print(&program, "gaps", &["--checklist", &of("入党档案")]);
    assert!(paper.contains("何静 的入党档案缺项单") && paper.contains("填报单位（盖章）：机关第二党支部"), "{paper}");
    assert!(!paper.contains("期间"), "a member's file is of no year: {paper}");
    let log = program.well(&["history", "--workbook", "支部.bdk"]);
    assert!(log.contains("机关第二党支部 2025 年六有"), "{log}");
    let paper = print(&program, "gaps", &["--org", "机关第一党支部", "--year", "2026"]);
    assert!(paper.contains("机关第一党支部：党支部工作档案（"), "also where there is one list it is named: {paper}");
}

/// Who has left is asked for nothing any more: no gaps, nothing in a pack. The file itself is kept and listed; that of
/// somebody who was typed by mistake is nobody's.
#[test]
fn the_files_of_those_who_left_give_no_gaps_from_then_on() {
    let program = archive();
    program.apply(json!([
        { "do": "add_organisation", "ref": "@second", "set": { "name": "机关第二党支部" } },
        { "do": "add_member", "branch_id": "@second", "ref": "@he", "set": { "name": "何静", "joined": "2001-07-01" } },
        { "do": "add_member", "branch_id": "@second", "ref": "@out", "set": { "name": "孟春燕", "joined": "2003-07-01" } },
        { "do": "add_member", "branch_id": "@second", "ref": "@stopped", "set": { "name": "马晓东", "joined": "2003-07-01" } },
        { "do": "add_member", "branch_id": "@second", "ref": "@dead", "set": { "name": "沈国庆", "joined": "1983-07-01" } },
        { "do": "add_member", "branch_id": "@second", "ref": "@void", "set": { "name": "多录人", "joined": "2003-07-01" } },
        { "do": "add_member", "branch_id": "@second", "ref": "@new", "set": { "name": "周慧", "applied": "2026-02-01" } },
        { "do": "make_checklists", "template": "入党档案", "person_ids": ["@he", "@out", "@stopped", "@dead", "@void", "@new"] },
        { "do": "make_checklists", "template": "支部档案", "organisation_ids": ["@second"], "year": 2025 },
        { "do": "end_membership", "ids": ["@out"], "how": "转出", "on": "2026-03-01", "place": "白石县民政局党支部" },
        { "do": "record_event", "ids": ["@stopped"], "kind": "stopped", "on": "2026-04-01" },
        { "do": "end_membership", "ids": ["@dead"], "how": "死亡", "on": "2026-05-01" },
        { "do": "void_members", "ids": ["@void"], "reason": "录入错误" },
    ]));
    let rows = |list: &str, more: &[&str]| -> Vec<serde_json::Value> {
        let fixed = ["export", list, "--workbook", "支部.bdk", "--out", "行.json", "--force"];
        program.well(&[&fixed[..], more].concat());
        serde_json::from_str(&program.read("行.json")).expect("JSON")
    };
    let gone = ["孟春燕", "马晓东", "沈国庆", "多录人"];
    let names = |rows: &[serde_json::Value]| -> Vec<&str> {
        let is_named = |name: &&str| rows.iter().any(|row| row["whose"] == *name);
        gone.into_iter().chain(["何静", "周慧"]).filter(is_named).collect()
    };
    assert_eq!(names(&rows("gaps", &["--year", "2026"])), ["何静", "周慧"]);
    assert_eq!(
        names(&rows("gaps", &["--year", "2025"])),
        ["孟春燕", "马晓东", "沈国庆", "何静", "周慧"],
        "at the end of that year they were still there"
    );
    assert_eq!(
        names(&rows("checklists", &[])),
        ["孟春燕", "马晓东", "沈国庆", "何静", "周慧"],
        "what is kept is listed"
    );
    let paper = print(&program, "gaps", &["--year", "2026"]);
    assert!(paper.contains("何静：入党档案") && gone.iter().all(|name| !paper.contains(name)), "{paper}");
    program.well(&["pack", "--workbook", "支部.bdk", "--year", "2026", "--out", "包"]);
    let index = program.read("包/index.html");
    assert!(index.contains("何静 的入党档案") && gone.iter().all(|name| !index.contains(name)), "{index}");
    program.well(&["pack", "--workbook", "支部.bdk", "--year", "2025", "--out", "去年"]);
    let index = program.read("去年/index.html");
    assert!(index.contains("孟春燕 的入党档案") && !index.contains("多录人"), "{index}");
}

/// 26 categories have no standards, 六有 have: the column stands where something stands in it.
#[test]
fn a_column_of_standards_stands_only_where_there_are_any() {
    let program = archive();
    for form in ["checklist", "gaps"] {
        let paper = print(&program, form, &["--year", "2026"]);
        assert!(!paper.contains("标准") && paper.contains("2026.12.10"), "{form}: {paper}");
    }
    program.well(&["export", "organisations", "--workbook", "支部.bdk", "--out", "组织.json"]);
    let organisations: Vec<serde_json::Value> = serde_json::from_str(&program.read("组织.json")).expect("JSON");
    let ids = [organisations[0]["id"].as_str().expect("an id")];
    program.apply(json!([{ "do": "make_checklists", "template": "六有", "organisation_ids": ids, "year": 2026 }]));
    for form in ["checklist", "gaps"] {
        let paper = print(&program, form, &["--year", "2026", "--template", "六有"]);
        assert!(paper.contains("标准"), "{form}: {paper}");
    }
}

#[test]
fn catalogue_and_spine_tell_where_paper_lies_and_how_many_sheets_there_are() {
    let program = archive();
    let catalogue = print(&program, "catalogue", &[]);
    assert!(catalogue.contains("2026-10-001") && catalogue.contains("纸质，2 柜 3 盒"), "{catalogue}");
    let spine = print(&program, "spine", &[]);
    for told in ["机关第一党支部", "10 组织生活会", "2026", "001—002", "2 件，4 页", "2 柜 3 盒", "盒号"]
    {
        // What is written downwards has each sign on a line of its own.
        assert!(spine.replace(' ', "").contains(&told.replace(' ', "")), "{told} is not in {spine}");
    }
    let note = print(&program, "back-note", &[]);
    assert!(note.contains("本盒归档文件 2 件，4 页（其中 1 件没有记页数）。"), "{note}");
    let refused =
        program.fails(&["print", "spine", "--workbook", "支部.bdk", "--out", "x.pdf", "--layout", "former"], 2);
    assert!(refused.contains("print catalogue"), "{refused}");
}

/// With them and the other columns an office makes a catalogue of its own in a spreadsheet.
#[test]
fn the_export_of_evidence_tells_the_numbers_of_the_catalogue() {
    let program = archive();
    program.write("b.txt", "bytes");
    program.write("c.txt", "later");
    let part = item(&program, "10.2");
    program.well(&["attach", "--workbook", "支部.bdk", "b.txt", "--item", &part]);
    let read = || -> Vec<serde_json::Value> {
        program.well(&["export", "evidence", "--workbook", "支部.bdk", "--out", "料.json", "--force"]);
        serde_json::from_str(&program.read("料.json")).expect("JSON")
    };
    let first = read().into_iter().find(|row| row["title"] == "b").expect("the piece")["id"].clone();
    let first = first.as_str().expect("an id");
    program.well(&["attach", "--workbook", "支部.bdk", "c.txt", "--item", &part, "--version-of", first]);
    let rows = read();
    let told: Vec<_> = rows.iter().map(|row| (&row["title"], &row["archive_code"], &row["piece_number"])).collect();
    let line = |title: &str, number: i64| (json!(title), json!(format!("2026-10-{number:03}")), json!(number));
    for (title, code, number) in [&line("方案", 1), &line("方案附件", 2), &line("b", 3)] {
        assert!(told.contains(&(title, code, number)), "{told:?}");
    }
    let earlier = rows.iter().find(|row| row["final"] == false).expect("the earlier version");
    assert!(
        earlier["archive_code"].is_null() && earlier["piece_number"].is_null(),
        "only what counts has one: {earlier}"
    );
    let catalogue = print(&program, "catalogue", &[]);
    assert!(["2026-10-001", "2026-10-003"].iter().all(|code| catalogue.contains(code)), "{catalogue}");
    program.well(&["export", "evidence", "--workbook", "支部.bdk", "--out", "料.csv"]);
    let csv = program.read("料.csv");
    assert!(csv.lines().next().expect("heads").contains("档号,件号,题名"), "{csv}");
    assert!(csv.contains(",2026-10-002,2,方案附件,"), "{csv}");
}

#[test]
fn a_secrecy_that_is_a_state_secret_is_refused_with_the_reason() {
    let program = archive();
    let item = item(&program, "10.2");
    for word in ["秘密", "机密", "绝密", "公开"] {
        let add =
            json!([{ "do": "add_evidence", "item_id": item, "evidence": [{ "title": "文件", "secrecy": word }] }]);
        program.write("加.json", &add.to_string());
        let refused = program.fails(&["apply", "--workbook", "支部.bdk", "--from", "加.json"], 1);
        assert!(refused.contains("密级只能留空、写“内部”或“工作秘密”"), "{refused}");
        assert!(refused.contains("国家秘密不得存入本程序"), "{refused}");
    }
}

/// Numbers stand on the catalogue in both layouts, on spines, in a pack and in its index: everywhere the same.
#[test]
fn every_paper_and_a_pack_tell_the_numbers_of_the_catalogue() {
    let program = archive();
    let top = item(&program, "26");
    let branch = {
        program.well(&["export", "checklists", "--workbook", "支部.bdk", "--out", "清单.json"]);
        let lists: Vec<serde_json::Value> = serde_json::from_str(&program.read("清单.json")).expect("JSON");
        (lists[0]["organisation_id"].clone(), lists[0]["id"].clone())
    };
    program.apply(json!([
        { "do": "set_archive_numbers", "organisation_id": branch.0, "fonds": "Z109", "section": "DQ" },
        { "do": "add_checklist_item", "checklist_id": branch.1, "ref": "@own", "set": { "title": "工会来文" } },
        { "do": "add_evidence", "item_id": top, "evidence": [{ "title": "合影", "retention": "Y", "cabinet": "1 柜 1 盒" }] },
        { "do": "add_evidence", "item_id": "@own", "evidence": [{ "title": "通知" }, { "title": "回执" }] },
    ]));
    program.write("b.txt", "bytes");
    program.well(&["attach", "--workbook", "支部.bdk", "b.txt", "--item", &top]);
    let catalogue = print(&program, "catalogue", &[]);
    for told in ["Z109-WS·2026-Y-DQ-0001", "Z109-WS·2026-D30-DQ-0001", "没有定保管期限的材料还没有档号"]
    {
        assert!(catalogue.contains(told), "{told} is not in {catalogue}");
    }
    let former = print(&program, "catalogue", &["--layout", "former"]);
    assert!(former.contains("没有定保管期限的材料还没有件号"), "{former}");
    let undecided = former.split("保管期限未定").nth(1).expect("a section");
    assert!(undecided.contains("通知") && !undecided.contains("1通知"), "{undecided}");
    let spine = print(&program, "spine", &[]);
    assert!(spine.contains("有 2 件没有定保管期限，还没有件号，不在这些盒内"), "{spine}");
    assert_eq!(spine.matches("起止件号").count(), 3, "none for what has no number: {spine}");

    program.well(&["pack", "--workbook", "支部.bdk", "--year", "2026", "--out", "包"]);
    let index = program.read("包/index.html");
    assert!(index.contains("Z109-WS·2026-Y-DQ-0001 合影"), "{index}");
    assert!(index.contains(">Z109-WS·2026-D30-DQ-0001 b</a>"), "{index}");
    assert!(program.path("包/26 专题教育/D30-0001 b.txt").exists(), "named as the catalogue numbers it");
    assert!(index.contains("<li>通知（纸质"), "without a number where it has none: {index}");
}

#[test]
fn an_item_added_at_the_top_has_a_category_number_of_its_own() {
    let program = archive();
    program.well(&["export", "checklists", "--workbook", "支部.bdk", "--out", "清单.json"]);
    let lists: Vec<serde_json::Value> = serde_json::from_str(&program.read("清单.json")).expect("JSON");
    for name in ["工会来文", "团支部来文"] {
        program.apply(json!([
            { "do": "add_checklist_item", "checklist_id": lists[0]["id"], "ref": "@own", "set": { "title": name } },
            { "do": "add_evidence", "item_id": "@own", "evidence": [{ "title": format!("{name}一份") }] },
        ]));
    }
    let catalogue = print(&program, "catalogue", &[]);
    for told in ["27 工会来文", "2026-27-001", "28 团支部来文", "2026-28-001"] {
        assert!(catalogue.contains(told), "{told} is not in {catalogue}");
    }
    let spine = print(&program, "spine", &[]).replace(' ', "");
    assert_eq!(spine.matches("001—001").count(), 2, "a box for each: {spine}");
}
