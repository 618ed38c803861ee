//! The diary: what was changed, by whom, and taking it back long after.

use branchdesk::store::outputs::Output;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use serde_json::json;

use super::shell::office;
use crate::support::office::Office;
use crate::support::story::Story;

#[test]
fn an_entry_tells_what_it_changed_value_by_value() {
    let (mut office, _, person) = office();
    office
        .run(json!({ "do": "edit_members", "ids": [person], "set": { "education": "大学本科", "phone": "13800000000" } }))
        .expect("an edit");
    let mut desk = Story::of(office);
    desk.press_as(Role::Link, "操作记录");
    desk.sees("今天 11月24日").sees("测试员");
    desk.sees("学历").sees("大学本科").sees("138****0000").sees_no("13800000000");
    desk.press_as(Role::ListItem, "新增党员 吴海涛").sees("1978-11-02");
}

#[test]
fn no_number_is_whole_in_the_diary_nor_on_the_way_of_a_member() {
    let (mut office, branch, person) = office();
    let numbers = json!({ "id_number": "110000197811020012", "phone": "13800000000" });
    office.run(json!({ "do": "edit_members", "ids": [person], "set": numbers })).expect("an edit");
    let other = json!({ "name": "马晓东", "id_number": "110000198509300031", "phone": "13900000001" });
    office.member(branch, other);
    office
        .run(json!({ "do": "edit_organisation", "id": branch, "set": { "phone": "0571-88001234" } }))
        .expect("a phone");
    let whole = ["110000197811020012", "13800000000", "110000198509300031", "13900000001", "88001234"];
    let mut desk = Story::of(office);
    desk.press_as(Role::Link, "操作记录");
    for (entry, masked) in [
        ("修改 吴海涛：公民身份号码、联系电话", "110000********0012"),
        ("新增党员 马晓东", "139****0001"),
        ("修改党组织 局机关第一党支部", "057******1234"),
    ] {
        desk.press_as(Role::ListItem, entry).sees(masked);
        for number in whole {
            desk.sees_no(number);
        }
    }
    desk.press_as(Role::Link, "党员").open_row("吴海涛").sees("时间线").sees("138****0000");
    for number in whole {
        desk.sees_no(number);
    }
}

#[test]
fn an_entry_is_taken_back_and_made_again_from_the_diary() {
    let mut desk = Story::of(office().0);
    let before = desk.dump();
    desk.press_as(Role::Link, "操作记录").press_as(Role::ListItem, "新增党员 何静").press("撤销此项");
    desk.sees("已撤销：新增党员 何静").sees("已撤销过了".trim_end_matches("过了"));
    desk.press_as(Role::ListItem, "撤销：新增党员 何静").press("重做此项").sees("已重做：新增党员 何静");
    assert_eq!(desk.dump(), before);
}

/// One of two people that an entry changed was changed again.
fn changed_later() -> Story {
    let (mut office, first, person) = office();
    let other = office.member(first, json!({ "name": "马晓东" }));
    let many = json!({ "do": "edit_members", "ids": [person, other], "set": { "nation": "汉族" } });
    office.run(many).expect("an edit of two");
    let later = json!({ "do": "edit_members", "ids": [person], "set": { "nation": "回族" } });
    office.run(later).expect("a later edit");
    Story::of(office)
}

#[test]
fn what_later_changed_the_same_is_named_and_kept() {
    let mut desk = changed_later();
    desk.press_as(Role::Link, "操作记录");
    desk.press_as(Role::ListItem, "批量修改 2 人：民族")
        .sees("又改过其中 1 个：吴海涛")
        .sees("后来改过的 1 个保留现值");
    desk.press("撤销此项").sees("已撤销（保留后来改过的 1 个）");
    let dump = desk.dump();
    assert!(dump.contains("回族") && !dump.contains("汉族"), "{dump}");
}

#[test]
fn an_undo_that_others_stand_on_names_both_steps_and_changes_nothing() {
    let mut desk = Story::of(office().0);
    let before = desk.dump();
    desk.press_as(Role::Link, "操作记录").press_as(Role::ListItem, "新建党组织 县殡仪馆党支部").press("撤销此项");
    desk.sees("Heading 没有撤销").sees("“新建党组织 县殡仪馆党支部”（第 3 步）").sees("“新增党员 何静”（第 6 步）");
    desk.sees_no("--keep-changed").press("只撤销没改过的部分");
    // Nothing of it was left untouched: it says so again, and no longer offers the same.
    desk.sees("Heading 没有撤销");
    assert!(!desk.can_press("只撤销没改过的部分"));
    desk.press_as(Role::Button, "关闭").sees_no("没有撤销");
    assert_eq!(desk.dump(), before);
}

#[test]
fn everything_back_to_a_step_is_named_taken_back_at_once_and_made_again() {
    let (mut office, first, person) = office();
    let before = office.dump();
    office.member(first, json!({ "name": "马晓东" }));
    office.run(json!({ "do": "edit_members", "ids": [person], "set": { "nation": "汉族" } })).expect("an edit");
    let mut desk = Story::of(office);
    let end = desk.dump();
    desk.press_as(Role::Link, "操作记录").press_as(Role::ListItem, "新增党员 马晓东").press("撤到此前…");
    desk.sees("Heading 撤到此前").sees("回到第 7 步“新增党员 马晓东”之前的样子，由近到远撤销这 2 步");
    desk.sees("ListItem 修改 吴海涛：民族").press("取消");
    assert_eq!(desk.dump(), end);
    desk.press("撤到此前…").press("撤销 2 步").sees("已撤到“新增党员 马晓东”之前，共 2 步");
    assert_eq!(desk.dump(), before);
    desk.press_as(Role::Link, "重做").sees("已重做 2 步");
    assert_eq!(desk.dump(), end);
}

#[test]
fn what_left_the_program_stays_on_the_way_back() {
    let (mut office, first, _) = office();
    let before = office.dump();
    office.member(first, json!({ "name": "马晓东" }));
    log_export(&mut office);
    let mut desk = Story::of(office);
    desk.press_as(Role::Link, "操作记录").press_as(Role::ListItem, "新增党员 马晓东").press("撤到此前…");
    desk.sees("另有 1 步导出、打印记录留着").press("撤销 1 步").sees("共 1 步");
    assert!(desk.dump().contains("导出党员 CSV") && !desk.dump().contains("马晓东"));
    assert_ne!(desk.dump(), before);
    desk.press_as(Role::ListItem, "新增党员 马晓东").press("撤到此前…");
    desk.sees("起的改动都已经撤销，没有要撤的");
    assert!(!desk.can_press("撤销"));
}

#[test]
fn the_diary_is_searched_and_walked_by_keys() {
    let mut desk = Story::of(office().0);
    desk.press_as(Role::Link, "操作记录");
    desk.fill("找操作、人", "何静").sees("新增党员 何静").sees_no("ListItem 新增党员 吴海涛");
    desk.fill("找操作、人", "没有的").sees("没有这样的操作");
    desk.fill("找操作、人", "");
    desk.press_as(Role::ListItem, "新增党员 何静").key(Modifiers::NONE, Key::ArrowDown).sees("2006-12-08");
    desk.key(Modifiers::NONE, Key::End).sees("新建党组织");
}

#[test]
fn what_left_the_program_stands_in_the_log() {
    let (mut office, _, _) = office();
    log_export(&mut office);
    let mut desk = Story::of(office);
    desk.press_as(Role::Link, "导出和打印").sees("导出党员 CSV").sees("全部写出").sees("名册.csv");
    desk.press_as(Role::Link, "操作记录").sees("已经离开本程序的东西收不回来");
    assert!(!desk.can_press("撤销此项"));
}

fn log_export(office: &mut Office) {
    let output = Output {
        id: 0,
        at: office.stamp.at.0,
        operator: "李敏".into(),
        what: "导出党员 CSV".into(),
        scope: "青禾县民政局党总支，截至 2026-11-24".into(),
        row_count: 3,
        masked: false,
        target: "名册.csv".into(),
    };
    let stamp = office.stamp.clone();
    let command = branchdesk::command::Command::LogOutputs(branchdesk::command::LogOutputs { outputs: vec![output] });
    office.ledger().run(command, &stamp).expect("a log line");
}
