//! The clerk prints talks: the ledger and its records, blank sheets for who is missing, what the coverage says.

use branchdesk::domain::ids::{OrganisationId, PersonId};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use serde_json::{Value as Json, json};

use crate::support::office::Office;
use crate::support::pdf;
use crate::support::story::{Story, WIDE};

/// A branch with a committee of two who have not talked, a member with whom one of them has, and one nobody has.
fn branch() -> Story {
    opened(office().0)
}

/// The same, with 曹振华 planned with 吴海涛.
fn branch_with_plan() -> Story {
    let (mut office, id, [wu, cao]) = office();
    let talk = json!({ "talker_id": wu, "partner_id": cao, "due": "2026-12-11", "rule": "C2" });
    office.run(json!({ "do": "plan_talks", "organisation_id": id, "talks": [talk] })).expect("planned");
    opened(office)
}

fn opened(office: Office) -> Story {
    let mut desk = Story::of_size(office, WIDE);
    desk.press_as(Role::TreeItem, "局机关第一党支部").press("谈心谈话");
    desk
}

fn office() -> (Office, OrganisationId, [PersonId; 2]) {
    let mut office = Office::new();
    let root = office.organisation(None, "青禾县民政局党总支");
    let id = office.organisation(Some(root), "局机关第一党支部");
    let mut member = |name: &str, more: Json| {
        let mut set = json!({ "name": name, "joined": "2003-12-05", "full": "2004-12-05", "transfer_in": "2010-06" });
        set.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        office.member(id, set)
    };
    let chen = member("陈志远", json!({ "party_post": "书记" }));
    let wu = member("吴海涛", json!({ "party_post": "副书记" }));
    let zhao = member("赵永强", json!({ "job": "养老服务股股长" }));
    let cao = member("曹振华", json!({}));
    for (day, content) in [("2026-03-20", "谈了养老服务的安排"), ("2026-09-08", "谈了组织生活会")] {
        let talk = json!({ "do": "record_talk", "organisation_id": id, "held_on": day, "type": "T01", "mode": "一对一",
            "talker_ids": [chen], "partner_ids": [zhao], "content": content });
        office.run(talk).expect("recorded");
    }
    (office, id, [wu, cao])
}

fn saved(desk: &mut Story, button: &str, name: &str) -> Vec<u8> {
    let folder = desk.beside_workbook();
    desk.press(button).fill("文件夹", &folder.display().to_string()).key(Modifiers::NONE, Key::Enter);
    desk.fill("文件名", name).press("保存").sees(&format!("已存为 {name}"));
    std::fs::read(folder.join(name)).expect("the file")
}

/// How many numbers are kept for sheets.
fn planned(desk: &Story) -> usize {
    desk.dump().matches(r#""table":"planned_talk""#).count()
}

#[test]
fn the_ledger_and_its_records_are_printed_and_had_as_docx() {
    let mut desk = branch();
    desk.press("打印…").sees("2 次谈话").sees("含内容");
    let ledger = pdf::pages(&saved(&mut desk, "存为 PDF…", "台账.pdf")).concat();
    assert!(ledger.contains("局机关第一党支部谈心谈话台账") && ledger.contains("谈了养老服务的安排"), "{ledger}");
    desk.press_as(Role::RadioButton, "不含内容");
    let ledger = pdf::pages(&saved(&mut desk, "存为 PDF…", "台账2.pdf")).concat();
    assert!(!ledger.contains("谈了养老服务的安排"), "{ledger}");
    desk.choose("表", "记录表").sees("2 页").sees_no("审核人");
    assert_eq!(pdf::pages(&saved(&mut desk, "存为 PDF…", "记录.pdf")).len(), 2);
    desk.press_as(Role::RadioButton, "DOCX，可改字");
    assert!(saved(&mut desk, "存为 DOCX…", "记录.docx").starts_with(b"PK"));
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk.press_as(Role::Button, "关闭").press_as(Role::Link, "导出和打印");
    desk.sees("打印谈心谈话台账").sees("不含内容").sees("打印谈心谈话记录表");
}

/// Writes the file that the dialog 导出 asks for, and reads it.
fn exported(desk: &mut Story, name: &str, rows: usize) -> String {
    let folder = desk.beside_workbook();
    desk.press_as(Role::RadioButton, "CSV").press("导出到…");
    desk.fill("文件夹", &folder.display().to_string()).key(Modifiers::NONE, Key::Enter);
    desk.fill("文件名", name).press("保存").sees(&format!("已导出 {rows} 行：{name}"));
    std::fs::read_to_string(folder.join(name)).expect("the file")
}

#[test]
fn what_the_list_leaves_out_stays_out_of_file_and_paper_unless_all_is_asked_for() {
    let mut desk = branch();
    desk.fill("找谈话", "养老").sees_no("2026-002 赵永强").press("导出…");
    desk.sees("1 次谈话，每次一行").sees("全部 2 次").sees("只列：含“养老”");
    let csv = exported(&mut desk, "筛选.csv", 1);
    let head = "\u{feff}编号,谈话时间,谈话人,谈话对象,谈话类型,谈话主题,谈话内容,跟进情况,谈话方式,谈话地点\r\n";
    assert!(csv.starts_with(head), "the columns that the list shows: {csv}");
    assert!(csv.contains("谈了养老服务的安排") && !csv.contains("谈了组织生活会"), "{csv}");
    desk.press("导出…").press_as(Role::RadioButton, "全部 2 次").press_as(Role::RadioButton, "全部字段");
    desk.sees("2 次谈话，每次一行").sees_no("只列");
    let csv = exported(&mut desk, "全部.csv", 2);
    assert!(csv.contains("谈话对象表态") && csv.contains("谈了组织生活会"), "{csv}");

    desk.press("打印…");
    assert_eq!(desk.value_of(Role::ComboBox, "范围"), "按当前筛选 1 次");
    let ledger = pdf::pages(&saved(&mut desk, "存为 PDF…", "台账.pdf")).concat();
    assert!(ledger.contains("2026-001") && ledger.contains("只列：含“养老”"), "{ledger}");
    assert!(!ledger.contains("2026-002"), "{ledger}");
    desk.choose("范围", "全部 2 次");
    let ledger = pdf::pages(&saved(&mut desk, "存为 PDF…", "台账2.pdf")).concat();
    assert!(ledger.contains("2026-002") && !ledger.contains("只列"), "{ledger}");
    // Contents stay out when another range is chosen.
    desk.press_as(Role::RadioButton, "不含内容").choose("范围", "按当前筛选 1 次");
    let ledger = pdf::pages(&saved(&mut desk, "存为 PDF…", "台账3.pdf")).concat();
    assert!(ledger.contains("2026-001") && !ledger.contains("谈了养老服务的安排"), "{ledger}");
    desk.choose("表", "记录表");
    assert_eq!(desk.value_of(Role::ComboBox, "范围"), "按当前筛选 1 次");
    assert_eq!(pdf::pages(&saved(&mut desk, "存为 PDF…", "记录.pdf")).len(), 1);
    desk.choose("范围", "全部 2 次").sees("2 页").press_as(Role::Button, "关闭");

    // Without a filter nothing is to be chosen.
    desk.press("清除").press("导出…").sees("2 次谈话，每次一行").sees_no("按当前筛选").press("取消");
    desk.press_as(Role::Link, "导出和打印").sees("只列：含“养老”");
}

#[test]
fn a_hole_gets_a_sheet_with_a_number_of_its_own_that_undo_takes_back() {
    let mut desk = branch();
    desk.press("覆盖").press("打印空白表：支委和党员").sees("给 1 张编号");
    assert_eq!(planned(&desk), 0, "looking gives no number");
    let sheet = pdf::pages(&saved(&mut desk, "存为 PDF…", "空白.pdf")).concat();
    assert!(sheet.contains("2026-003") && sheet.contains("曹振华") && sheet.contains("谈话提纲"), "{sheet}");
    desk.sees("已编号").press_as(Role::Button, "关闭");

    // The same sheet again has the same number.
    desk.press("打印空白表：支委和党员").sees("已编号");
    assert!(pdf::pages(&saved(&mut desk, "存为 PDF…", "空白2.pdf")).concat().contains("2026-003"));
    assert_eq!(planned(&desk), 1);
    desk.press_as(Role::Button, "关闭").key(Modifiers::COMMAND, Key::Z);
    assert_eq!(planned(&desk), 0);
}

#[test]
fn a_sheet_for_who_is_planned_names_the_talker_of_the_plan_and_adds_no_row() {
    let mut desk = branch_with_plan();
    desk.press("覆盖").press("打印空白表：支委和党员").sees("给 1 张编号");
    let sheet = pdf::pages(&saved(&mut desk, "存为 PDF…", "空白.pdf")).concat();
    assert!(sheet.contains("2026-003") && sheet.contains("吴海涛") && !sheet.contains("陈志远"), "{sheet}");
    assert_eq!(planned(&desk), 1, "the number stands on the row of the plan");
    desk.sees("已编号").press_as(Role::Button, "关闭").key(Modifiers::COMMAND, Key::Z);
    assert_eq!(planned(&desk), 1);
}

#[test]
fn the_coverage_is_printed_from_where_it_is_shown() {
    let mut desk = branch();
    desk.press("覆盖").press("打印…");
    let text = pdf::pages(&saved(&mut desk, "存为 PDF…", "覆盖.pdf")).concat();
    assert!(text.contains("谈心谈话覆盖情况") && text.contains("第十九条") && text.contains("曹振华"), "{text}");
}

#[test]
fn the_coverage_since_a_day_is_printed_of_that_time() {
    let mut desk = branch();
    desk.press("覆盖").sees("支委和党员 1 / 2 人").press_as(Role::Button, "2026年");
    desk.press_as(Role::MenuItem, "自某日起…").fill("起始日", "2026-10-01").press_as(Role::Button, "看覆盖");
    desk.sees("支委和党员 0 / 2 人").press("打印…");
    let text = pdf::pages(&saved(&mut desk, "存为 PDF…", "覆盖.pdf")).concat();
    assert!(text.contains("2026年10月1日至11月24日") && text.contains("还缺 2 人"), "{text}");
}

#[test]
fn the_coverage_of_a_year_is_printed_as_of_the_day_that_was_chosen() {
    let mut desk = branch();
    desk.press("覆盖").press_as(Role::Button, "2026年").press_as(Role::MenuItem, "截至…").fill("截至日", "2026-03-01");
    desk.press_as(Role::Button, "看覆盖").sees("2026年，截至 2026-03-01").sees("支委和党员 0 / 2 人").press("打印…");
    let text = pdf::pages(&saved(&mut desk, "存为 PDF…", "覆盖.pdf")).concat();
    assert!(text.contains("截至2026年3月1日") && text.contains("还缺 2 人"), "{text}");
}
