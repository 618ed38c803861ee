//! The secretary goes through what the rules found, and through those who were recorded twice.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use serde_json::json;

use crate::support::office::Office;
use crate::support::story::{NARROW, Story};

fn complete() -> serde_json::Value {
    json!({
        "name": "何静", "sex": "女", "nation": "汉族", "birth": "1998-07-01", "id_number": "110000199807010020",
        "education": "大学本科", "joined": "2018-07-01", "full": "2019-07-01", "phone": "13800000000",
        "transfer_in": "2018-07-01",
    })
}

fn with(more: serde_json::Value) -> serde_json::Value {
    let mut set = complete();
    set.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    set
}

/// Three members with one thing each that is not as it should be.
fn office() -> Office {
    let mut office = Office::new();
    let branch = office.organisation(None, "局机关第一党支部");
    office.member(branch, with(json!({ "name": "何静", "birth": "1998-01-07" })));
    office.member(branch, with(json!({ "name": "马晓东", "birth": "1998-01-07" })));
    office.member(branch, with(json!({ "name": "吴海涛", "phone": null })));
    office
}

fn desk() -> Story {
    let mut desk = Story::of(office());
    desk.press_as(Role::Link, "待核");
    desk
}

#[test]
fn findings_stand_kind_by_kind_the_firm_ones_first() {
    let mut desk = desk();
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk.sees("Heading 出生日期与证件不一致 应当·2 处").sees("Heading 资料不全 提醒·1 处");
    desk.sees("何静：登记为 1998-01-07，身份号码中为 1998-07-01");
    desk.choose("只看", "资料不全 1");
    desk.sees("吴海涛：缺 联系电话").sees_no("何静：");
    desk.sees("党员基本信息采集表（待核对）");
}

#[test]
fn a_digit_settles_the_chosen_finding_and_an_undo_brings_it_back() {
    let mut desk = desk();
    let before = desk.dump();
    desk.press_as(Role::ListItem, "何静：登记为 1998-01-07，身份号码中为 1998-07-01");
    assert!(desk.has(Role::Button, "1 采用 1998-07-01：出生日期与证件不一致"));
    desk.key(Modifiers::NONE, Key::Num1);
    desk.sees_no("何静：登记为").sees("马晓东：登记为").sees("Heading 出生日期与证件不一致 应当·1 处");
    desk.key(Modifiers::COMMAND, Key::Z);
    desk.sees("何静：登记为");
    assert_eq!(desk.dump(), before);
}

#[test]
fn all_by_keyboard_down_to_the_next_and_enter_opens_the_member() {
    let mut desk = desk();
    desk.press_as(Role::ListItem, "何静：登记为 1998-01-07，身份号码中为 1998-07-01");
    desk.key(Modifiers::NONE, Key::ArrowDown).key(Modifiers::NONE, Key::ArrowDown);
    desk.sees("吴海涛：缺 联系电话").key(Modifiers::NONE, Key::Enter);
    desk.sees("Heading 吴海涛").sees("资料不全");
    desk.key(Modifiers::ALT, Key::ArrowLeft).sees("Heading 待核");
    desk.press("上一处").press("上一处");
    assert!(!desk.can_press("上一处") && desk.can_press("下一处"));
}

#[test]
fn who_was_stopped_long_ago_is_struck_off_in_the_form_that_a_key_opens() {
    let mut office = Office::new();
    let branch = office.organisation(None, "局机关第一党支部");
    let he = office.member(branch, complete());
    let stopped = json!({ "do": "record_event", "ids": [he], "kind": "stopped", "on": "2024-01-01" });
    office.run(stopped).expect("stopped");
    let mut desk = Story::of(office);
    desk.press_as(Role::Link, "待核");
    desk.press_as(Role::ListItem, "何静：2024-01-01 起停止党籍，已满 24 个月；确实无法取得联系的按自行脱党予以除名");
    desk.key(Modifiers::NONE, Key::Num1);
    desk.sees("依据：《中国共产党党员教育管理工作条例》第二十四条").sees("自行脱党除名");
    desk.fill("出党日期", "2026-11-01").press_as(Role::Button, "记下");
    desk.sees_no("何静：2024-01-01 起停止党籍");
}

#[test]
fn what_sound_numbers_tell_is_taken_over_from_all_with_a_preview() {
    let mut desk = desk();
    let before = desk.dump();
    desk.press("同类 2 处一并采用…");
    desk.sees("何静 出生日期 1998-01-07 → 1998-07-01").sees("马晓东 出生日期 1998-01-07 → 1998-07-01");
    desk.press("采用 2 人的");
    desk.sees_no("出生日期与证件不一致").sees("吴海涛：缺 联系电话");
    desk.key(Modifiers::COMMAND, Key::Z);
    desk.sees("Heading 出生日期与证件不一致 应当·2 处");
    assert_eq!(desk.dump(), before);
}

#[test]
fn in_a_narrow_window_everything_is_there() {
    let mut desk = Story::of_size(office(), NARROW);
    desk.press_as(Role::Link, "待核");
    assert!(desk.has(Role::Button, "1 采用 1998-07-01：出生日期与证件不一致"));
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}

/// Somebody recorded in two branches, the second time with a slip in the name.
fn recorded_twice() -> Story {
    let mut office = Office::new();
    let first = office.organisation(None, "局机关第一党支部");
    let second = office.organisation(None, "局机关第二党支部");
    office.member(first, with(json!({ "name": "林秀英", "birth": "1998-07", "phone": null })));
    office.member(second, with(json!({ "name": "林秀瑛", "transfer_in": "2017-01-01" })));
    Story::of(office)
}

#[test]
fn a_duplicate_is_found_compared_merged_undone_and_found_by_its_old_name() {
    let mut desk = recorded_twice();
    let before = desk.dump();
    desk.press_as(Role::Link, "待核").press("查重");
    desk.sees("林秀英、林秀瑛：公民身份号码相同，姓名同音，出生日期相同，入党时间相同");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    assert!(desk.has(Role::RadioButton, "姓名左：林秀英") && desk.has(Role::RadioButton, "姓名右：林秀瑛"));
    assert!(desk.has(Role::Label, "联系电话右：138****0000"), "masked, and a blank takes it without a choice");
    desk.sees("两边的组织关系重叠，保留哪一边的");
    desk.press_as(Role::RadioButton, "右边的");
    desk.press("合并").sees("没有疑似重复的人");
    desk.fill("搜索", "林秀瑛").sees("林秀瑛，已并入 林秀英，已并入");
    desk.key(Modifiers::NONE, Key::Enter);
    desk.sees("Heading 林秀英").sees("1998-07-01").sees("局机关第二党支部");
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.dump(), before);
}

#[test]
fn who_is_not_one_person_is_not_shown_again() {
    let mut desk = recorded_twice();
    desk.press_as(Role::Link, "待核").press("查重");
    desk.press("不是同一人").sees("没有疑似重复的人");
    desk.press_as(Role::CheckBox, "不是同一人的 1 对").press("可能是同一人");
    desk.press_as(Role::CheckBox, "不是同一人的 0 对").sees("林秀英、林秀瑛：");
}

#[test]
fn a_merged_one_leads_to_the_one_who_stayed_and_can_be_taken_apart_from_there() {
    let mut desk = recorded_twice();
    let before = desk.dump();
    desk.press_as(Role::Link, "党员").open_row("林秀瑛");
    desk.press("更多").press("查重");
    desk.press("对调").press("合并");
    desk.press_as(Role::Link, "党员");
    assert_eq!(desk.rows(), ["林秀瑛"]);
    desk.fill("搜索", "林秀英").key(Modifiers::NONE, Key::Enter).sees("Heading 林秀瑛").sees("Heading 已并入的记录");
    desk.press("拆开：林秀英");
    assert_eq!(desk.dump(), before);
    desk.press_as(Role::Link, "党员");
    assert_eq!(desk.rows(), ["林秀英", "林秀瑛"]);
}

#[test]
fn any_two_who_are_selected_can_be_made_one() {
    let mut office = Office::new();
    let branch = office.organisation(None, "局机关第一党支部");
    office.member(branch, json!({ "name": "何静" }));
    office.member(branch, json!({ "name": "马晓东" }));
    let mut desk = Story::of(office);
    desk.press_as(Role::Link, "党员").press_row("何静");
    desk.key(Modifiers::COMMAND, Key::A).press("更多").press("合并…");
    desk.sees("何静、马晓东：姓名不同").press_as(Role::RadioButton, "姓名右：马晓东").press("合并");
    desk.press_as(Role::Link, "党员");
    assert_eq!(desk.rows(), ["马晓东"], "the first stayed, with the second's name");
}
