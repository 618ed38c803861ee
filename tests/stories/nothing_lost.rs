//! What somebody wrote is thrown away only after a question that says what it is.

use branchdesk::domain::ids::OrganisationId;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use serde_json::json;

use crate::support::office::Office;
use crate::support::story::{Story, WIDE};

/// A branch of three, and a talk after which something was to be done by 20 November; today is the 24th.
fn branch() -> (Office, OrganisationId) {
    let mut office = Office::new();
    let id = office.organisation(None, "局机关第一党支部");
    let mut member =
        |name: &str| office.member(id, json!({ "name": name, "joined": "1995-07-01", "full": "1996-07-01" }));
    let (chen, zhao) = (member("陈志远"), member("赵永强"));
    member("何静");
    let talk = json!({ "do": "record_talk", "organisation_id": id, "held_on": "2026-03-20", "type": "T01",
        "mode": "一对一", "talker_ids": [chen], "partner_ids": [zhao],
        "follow_ups": [{ "measure": "协调交接", "due": "2026-11-20" }] });
    office.run(talk).expect("recorded");
    (office, id)
}

fn key(desk: &mut Story, key: Key) -> &mut Story {
    desk.key(Modifiers::NONE, key)
}

/// What lies beside the workbook of drafts.
fn parked(desk: &Story) -> String {
    let files = std::fs::read_dir(desk.beside_workbook()).expect("a folder").map(|entry| entry.expect("a file").path());
    let sides = files.filter(|path| path.to_string_lossy().ends_with("-side"));
    sides.map(|path| std::fs::read_to_string(path).expect("a draft file")).collect()
}

#[test]
fn a_draft_of_last_time_says_whose_it_is_and_is_thrown_away_only_after_a_question() {
    let desk = &mut Story::of_size(branch().0, WIDE);
    desk.press_as(Role::Link, "谈心谈话").press_as(Role::Button, "记谈话").go_into("谈话对象").type_text("hej");
    key(desk, Key::Enter).fill_long("谈话内容", "谈了三件事").wait(2.0).press("返回");
    desk.press_as(Role::Button, "补录…").type_text("3.20");
    key(desk, Key::Enter).wait(2.0).reopen(WIDE);
    desk.sees("上次有没保存的“补录谈话”：已填 1 行")
        .press_as(Role::Link, "不要了")
        .sees("“补录谈话”（已填 1 行）里已填的都不留下，撤不回");
    key(desk, Key::Escape).sees("上次有没保存的“补录谈话”");
    assert!(parked(desk).contains("补录谈话"), "the question alone throws nothing away");
    desk.press_as(Role::Link, "不要了").press_as(Role::Button, "不要了");
    desk.sees_no("补录谈话").sees("上次有没保存的“记谈话”：何静，5 字");
    assert!(parked(desk).contains("谈了三件事") && !parked(desk).contains("补录谈话"));
    desk.press_as(Role::Link, "今日")
        .sees("Label 何静，5 字")
        .press_as(Role::Link, "不要了")
        .press_as(Role::Button, "留着");
    desk.press_as(Role::Link, "接着填").sees("何静");
    assert_eq!(desk.value_of(Role::MultilineTextInput, "谈话内容"), "谈了三件事");
}

#[test]
fn escape_in_a_dialog_throws_nothing_away_that_was_written() {
    let desk = &mut Story::of_size(branch().0, WIDE);
    desk.press_as(Role::Link, "谈心谈话").press_as(Role::Tab, "跟进 1").press_as(Role::Link, "办结：协调交接");
    key(desk, Key::Escape).sees_no("TextInput 办结情况");
    desk.press_as(Role::Link, "办结：协调交接").fill("办结情况", "已交接");
    key(desk, Key::Escape).sees("已写的办结情况不留下，撤不回").press_as(Role::Button, "接着写");
    assert_eq!((desk.value("办结情况").as_str(), desk.focused().as_deref()), ("已交接", Some("办结情况")));
    key(desk, Key::Escape);
    key(desk, Key::Escape).sees_no("不留下");
    assert_eq!(desk.value("办结情况"), "已交接", "Esc answers the question with going on");
    desk.press_as(Role::Button, "取消").press_as(Role::Button, "不要了").sees_no("TextInput 办结情况").sees("迟 4 天");
}

#[test]
fn the_outline_of_a_type_and_the_name_of_a_new_one_are_not_thrown_away_unasked() {
    let desk = &mut Story::of_size(branch().0, egui::vec2(1366.0, 1_600.0));
    desk.press("设置").press_as(Role::Link, "看谈话类型").open_row("日常谈心谈话");
    key(desk, Key::Escape).sees_no("MultilineTextInput 谈话提纲");
    desk.open_row("日常谈心谈话").fill_long("谈话提纲", "近况");
    key(desk, Key::Escape).sees("都不留下，撤不回").press_as(Role::Button, "接着写");
    assert_eq!(desk.value_of(Role::MultilineTextInput, "谈话提纲"), "近况");
    key(desk, Key::Escape).press_as(Role::Button, "不要了").sees_no("MultilineTextInput 谈话提纲");
    desk.press_as(Role::Button, "新增类型…").press_as(Role::Button, "取消").sees_no("TextInput 名称");
    desk.press_as(Role::Button, "新增类型…").fill("名称", "驻村谈话").press_as(Role::Button, "取消");
    desk.sees("都不留下").press_as(Role::Button, "接着写");
    assert_eq!(desk.value("名称"), "驻村谈话");
}

#[test]
fn enter_in_the_last_field_answers_the_dialog_and_keeps_the_focus_where_it_cannot() {
    let desk = &mut Story::at_today(branch().0, WIDE);
    let work = "谈话跟进：协调交接";
    desk.press_as(Role::ListItem, work).press(&format!("推迟…：{work}")).fill("推迟到", "2026-11-24");
    desk.fill("原因", "等上级批复");
    key(desk, Key::Enter).sees("要在今天以后");
    assert_eq!(desk.focused().as_deref(), Some("原因"));
    desk.fill("推迟到", "2026-12-01").go_into("原因");
    key(desk, Key::Enter).sees_no("TextInput 原因").sees("推迟的 1");
    desk.press_as(Role::Link, "谈心谈话").press_as(Role::Tab, "跟进 1").press_as(Role::Link, "办结：协调交接");
    desk.fill("办结情况", "已交接");
    key(desk, Key::Enter).sees_no("TextInput 办结情况").sees("没有这样的跟进");
}
