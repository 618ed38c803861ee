//! The secretary and the list of members: add, find, filter, change, look back, transfer, take back.

use branchdesk::domain::ids::{OrganisationId, PersonId};
use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use serde_json::json;

use super::window::Window;
use crate::support::office::Office;

/// A general branch with two branches and three members.
fn bureau() -> (Office, [OrganisationId; 2], [PersonId; 3]) {
    let mut office = Office::new();
    let root = office.organisation(None, "青禾县民政局党总支");
    let first = office.organisation(Some(root), "局机关第一党支部");
    let second = office.organisation(Some(root), "局机关第二党支部");
    let lin = office.member(
        first,
        json!({ "name": "林秀英", "sex": "女", "birth": "1981-05-21", "education": "大学本科", "joined": "2006-12-08",
            "full": "2007-12-08", "party_post": "组织委员", "transfer_in": "2016-05-30",
            "id_number": "110000198105210066", "phone": "13800000000" }),
    );
    let wu = office.member(
        first,
        json!({ "name": "吴海涛", "sex": "男", "birth": "1978-11-02", "education": "大学专科", "joined": "2003-07-01",
            "full": "2004-07-01" }),
    );
    let he = office.member(
        second,
        json!({ "name": "何静", "sex": "女", "birth": "1998-01-12", "education": "研究生", "joined": "2026-03-01" }),
    );
    (office, [first, second], [lin, wu, he])
}

#[test]
fn the_list_shows_everybody_on_the_roll_in_the_order_of_the_roster() {
    let (office, ..) = bureau();
    let window = Window::open(office);
    assert_eq!(window.rows(), ["林秀英", "吴海涛", "何静"]);
    assert!(window.sees("筛出 3 人"));
    assert!(window.sees("女 2 人"));
    assert!(window.sees("大专及以上 3 人"));
    assert!(!window.sees("110000198105210066"), "the number is masked");
    assert!(window.sees("110000********0066"));
    assert_eq!(window.harness.unnamed_widgets(), Vec::<String>::new());
}

#[test]
fn a_new_member_is_added_with_a_name_and_a_branch_and_is_found_by_initials() {
    let (office, ..) = bureau();
    let mut window = Window::open(office);
    window.button("新增党员");
    window.write("姓名", "曾小明");
    window.choose("所在党支部", "局机关第二党支部");
    window.write("公民身份号码", "110000199807010021");
    assert!(window.sees("校验位不符，可照存"));
    window.write("公民身份号码", "110000198105210066");
    assert!(window.sees("和 林秀英（局机关第一党支部） 的号码相同，可照存"));
    window.write("入党时间", "2019年2月30日");
    window.write("民族", "满");
    assert!(window.sees("没有这一天"));
    assert!(window.sees("先改好：入党时间"));
    window.write("入党时间", "2019.7");
    window.button("保存");
    assert_eq!(window.rows(), ["林秀英", "吴海涛", "何静", "曾小明"]);
    window.write("筛本表", "zxm");
    assert_eq!(window.rows(), ["曾小明"]);
    window.write("筛本表", "cengxiao");
    assert_eq!(window.rows(), ["曾小明"], "the other reading of 曾");
}

#[test]
fn what_was_typed_is_there_again_when_the_form_is_opened_again() {
    let (office, ..) = bureau();
    let mut window = Window::open(office);
    window.button("新增党员");
    window.write("姓名", "赵永强");
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!window.sees("存并再加"));
    window.button("新增党员");
    assert!(window.sees("已恢复上次没有保存的内容"));
    window.choose("所在党支部", "局机关第一党支部");
    window.key(Modifiers::COMMAND, Key::S);
    assert_eq!(window.rows(), ["林秀英", "吴海涛", "赵永强", "何静"]);
    window.button("新增党员");
    assert!(!window.sees("已恢复上次没有保存的内容"), "what is saved is no draft");
}

#[test]
fn the_search_box_waits_until_a_composition_is_finished() {
    let (office, ..) = bureau();
    let mut window = Window::open(office);
    window.harness.get_by_role_and_label(Role::TextInput, "筛本表").focus();
    window.run();
    window.harness.event(Event::Ime(ImeEvent::Preedit { text: "wu hai".into(), active_range_chars: None }));
    window.run();
    assert_eq!(window.rows().len(), 3, "an unfinished text searches nothing");
    window.harness.event(Event::Ime(ImeEvent::Commit("吴海涛".into())));
    window.run();
    assert_eq!(window.rows(), ["吴海涛"]);
}

#[test]
fn conditions_are_chips_that_come_and_go() {
    let (office, ..) = bureau();
    let mut window = Window::open(office);
    window.button("条件");
    window.menu("人员类别");
    window.press(Role::MenuItemCheckBox, "预备党员");
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(window.rows(), ["何静"]);
    window.button("人员类别：预备党员");
    window.press(Role::MenuItemCheckBox, "正式党员");
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(window.rows(), ["林秀英", "吴海涛", "何静"]);
    assert!(window.sees("人员类别：预备党员 或 正式党员"));
    window.button("女 2 人");
    assert_eq!(window.rows(), ["林秀英", "何静"]);
    window.button("去掉：人员类别：预备党员 或 正式党员");
    assert_eq!(window.rows(), ["林秀英", "何静"]);
    window.link("清除");
    assert_eq!(window.rows().len(), 3);
}

#[test]
fn a_post_changes_from_a_day_on_and_an_earlier_day_shows_the_old_one() {
    let (office, ..) = bureau();
    let mut window = Window::open(office);
    window.open_member("林秀英");
    assert!(window.sees("1 / 3"));
    window.button("修改");
    window.write("党内职务", "副书记");
    assert!(window.sees("先选是更正，还是变更自某日起"));
    window.press(Role::RadioButton, "变更，自某日起");
    window.write("自哪天起", "2026-11-01");
    window.button("保存");
    assert!(window.sees("2026-11-01 任 副书记"));
    assert!(window.sees("2026-11-01 不再任 组织委员"));
    window.key(Modifiers::NONE, Key::Escape);
    window.as_of("截至 2026-11-24（今天）", "2026年11月1日");
    assert!(window.sees("副书记"));
    window.as_of("截至 2026-11-01", "2026年10月31日");
    assert!(window.sees("组织委员") && !window.sees("副书记"));
    assert!(!window.sees_button("新增党员"), "a past day cannot be changed");
    window.open_member("林秀英");
    assert!(window.sees("组织委员") && !window.sees_button("修改"));
    window.link("回到今天");
    assert!(window.sees_button("修改"));
}

#[test]
fn the_number_is_shown_in_full_on_request_and_that_is_logged() {
    let (office, ..) = bureau();
    let mut window = Window::open(office);
    window.open_member("林秀英");
    assert!(window.sees("110000********0066"));
    window.button("显示完整的公民身份号码");
    assert!(window.sees("110000198105210066"));
    window.link("导出和打印");
    assert!(window.sees("显示完整号码") && window.sees("林秀英的公民身份号码"));
}

#[test]
fn two_are_transferred_at_once_and_undo_brings_them_back() {
    let (office, ..) = bureau();
    let mut window = Window::open(office);
    window.press(Role::CheckBox, "选择 林秀英");
    window.press(Role::CheckBox, "选择 吴海涛");
    assert!(window.sees("已选 2 人"));
    window.link("转到…");
    assert!(window.sees("林秀英、吴海涛，共 2 人"));
    window.choose("转到", "局机关第二党支部");
    window.button("转过去");
    assert_eq!(window.rows(), ["何静", "林秀英", "吴海涛"]);
    window.as_of("截至 2026-11-24（今天）", "2026年11月23日");
    assert_eq!(window.rows(), ["林秀英", "吴海涛", "何静"], "the day before it was as it was");
    window.link("回到今天");
    assert_eq!(window.rows(), ["何静", "林秀英", "吴海涛"]);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.rows(), ["林秀英", "吴海涛", "何静"]);
}

#[test]
fn who_leaves_is_found_among_those_who_left() {
    let (office, ..) = bureau();
    let mut window = Window::open(office);
    window.press(Role::CheckBox, "选择 吴海涛");
    window.button("更多");
    window.menu("离开…");
    window.press(Role::RadioButton, "去世");
    window.button("记下去世");
    assert_eq!(window.rows(), ["林秀英", "何静"]);
    window.button("在册");
    window.press(Role::MenuItemCheckBox, "已离开");
    assert_eq!(window.rows(), ["吴海涛"]);
}

#[test]
fn who_was_typed_by_mistake_is_voided_and_brought_back() {
    let (office, ..) = bureau();
    let mut window = Window::open(office);
    window.press(Role::CheckBox, "选择 何静");
    window.button("更多");
    window.menu("作废…");
    window.write("原因", "重复录入");
    window.button("作废");
    assert_eq!(window.rows(), ["林秀英", "吴海涛"]);
    window.button("在册");
    window.press(Role::MenuItemCheckBox, "已作废");
    assert_eq!(window.rows(), ["何静"]);
    window.press(Role::CheckBox, "选择 何静");
    window.button("更多");
    window.menu("撤回作废");
    assert!(window.rows().is_empty());
    assert!(window.sees("没有作废的人"));
}

#[test]
fn one_field_of_many_is_changed_after_its_values_were_counted() {
    let (office, ..) = bureau();
    let mut window = Window::open(office);
    window.cell("林秀英");
    window.key(Modifiers::COMMAND, Key::A);
    window.link("批量修改…");
    window.choose("改哪一项", "学历");
    assert!(window.sees("现在：大学专科 1 人、大学本科 1 人、研究生 1 人"));
    window.choose("学历", "研究生");
    assert!(window.sees("改后：2 人改为“研究生”，1 人本来就是"));
    window.button("修改");
    window.run();
    assert_eq!(window.harness.query_all_by_role_and_label(Role::Label, "研究生").count(), 3);
}

#[test]
fn the_order_of_the_roster_is_moved_by_keys_within_the_branch() {
    let (office, ..) = bureau();
    let mut window = Window::open(office);
    window.cell("吴海涛");
    window.key(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(window.rows(), ["吴海涛", "林秀英", "何静"]);
    window.key(Modifiers::ALT, Key::ArrowUp);
    assert!(window.sees("已经是本支部的第一个"));
    window.key(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(window.rows(), ["林秀英", "吴海涛", "何静"]);
}

#[test]
fn a_row_is_dragged_to_its_place_in_the_roster() {
    let (office, ..) = bureau();
    let mut window = Window::open(office);
    let place = |window: &Window, name: &str| window.harness.get_by_role_and_label(Role::Label, name).rect().center();
    let (from, to) = (place(&window, "吴海涛"), place(&window, "林秀英") - egui::vec2(0.0, 10.0));
    window.harness.drag_at(from);
    window.run();
    window.harness.hover_at(to);
    window.run();
    window.harness.drop_at(to);
    window.run();
    assert_eq!(window.rows(), ["吴海涛", "林秀英", "何静"]);
}

#[test]
fn heads_sort_and_hide_and_the_user_finds_it_so_again() {
    let (office, ..) = bureau();
    let mut window = Window::open(office);
    window.press(Role::ColumnHeader, "年龄");
    assert_eq!(window.rows(), ["何静", "林秀英", "吴海涛"]);
    window.press(Role::ColumnHeader, "年龄");
    assert_eq!(window.rows(), ["吴海涛", "林秀英", "何静"]);
    window.button("列：学历");
    window.menu("隐藏此列");
    assert!(window.harness.query_by_role_and_label(Role::ColumnHeader, "学历").is_none());
    window.reopen(1366.0);
    assert!(window.harness.query_by_role_and_label(Role::ColumnHeader, "学历").is_none(), "it is kept");
    assert_eq!(window.rows(), ["吴海涛", "林秀英", "何静"]);
    window.link("恢复名册顺序");
    assert_eq!(window.rows(), ["林秀英", "吴海涛", "何静"]);
}

#[test]
fn the_history_of_facts_is_corrected_row_by_row() {
    let (office, ..) = bureau();
    let mut window = Window::open(office);
    window.open_member("林秀英");
    window.button("变动");
    window.menu("历次变动…");
    window.button("组织委员·局机关第一党支部 起始不详 至今");
    window.write("起（空着为不详）", "2023-03-20");
    window.button("更正");
    assert!(window.sees("组织委员·局机关第一党支部 2023-03-20 至今"));
    window.link("补记一条");
    window.choose("哪一种", "党籍状态");
    window.write("党籍状态", "停止党籍");
    window.write("起（空着为不详）", "2026-01-01");
    window.write("止（空着为至今）", "2026-02-01");
    window.button("补记");
    assert!(window.sees("停止党籍 2026-01-01 至 2026-02-01"));
    window.button("删掉这一条");
    assert!(!window.sees("停止党籍 2026-01-01 至 2026-02-01"));
    window.button("关闭");
    assert!(window.sees("2023-03-20 任 组织委员"));
}

#[test]
fn what_does_not_fit_is_taken_over_with_one_press() {
    let (mut office, [first, _], _) = bureau();
    office.member(
        first,
        json!({ "name": "马晓东", "birth": "1998-01-07", "id_number": "110000199807010039", "joined": "2020-07-01" }),
    );
    let mut window = Window::open(office);
    window.open_member("马晓东");
    assert!(window.sees("登记为 1998-01-07，身份号码中为 1998-07-01"));
    window.button("采用 1998-07-01：出生日期不一致");
    assert!(window.sees("没有对不上的地方"));
    assert!(window.sees("1998-07-01"));
}

#[test]
fn going_back_stands_where_one_left() {
    let (office, ..) = bureau();
    let mut window = Window::open(office);
    window.open_member("林秀英");
    window.button("下一人（Ctrl+PageDown）");
    assert!(window.sees("2 / 3"));
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(window.rows().len(), 3);
    window.key(Modifiers::NONE, Key::Enter);
    assert!(window.sees("2 / 3"), "the list has the focus and stands on who was seen last");
}

#[test]
fn a_far_row_is_reached_by_the_end_key() {
    let mut office = Office::new();
    let branch = office.organisation(None, "社会组织联合党支部");
    for number in 0..400 {
        office.member(branch, json!({ "name": format!("党员甲{number}"), "joined": "2001-07-01" }));
    }
    let mut window = Window::open(office);
    assert_eq!(window.rows().first().map(String::as_str), Some("党员甲0"));
    window.cell("党员甲0");
    window.key(Modifiers::NONE, Key::End);
    assert_eq!(window.rows().last().map(String::as_str), Some("党员甲399"));
    assert!(window.rows().len() < 40, "only what is seen is drawn");
    window.key(Modifiers::NONE, Key::Home);
    assert_eq!(window.rows().first().map(String::as_str), Some("党员甲0"));
}

#[test]
fn every_control_is_named_at_every_width() {
    for width in [1366.0, 1093.0, 911.0] {
        let (office, ..) = bureau();
        let mut window = Window::open(office);
        window.reopen(width);
        window.press(Role::CheckBox, "选择 林秀英");
        assert_eq!(window.harness.unnamed_widgets(), Vec::<String>::new());
        window.open_member("林秀英");
        assert!(window.sees_button("修改"));
        assert_eq!(window.harness.unnamed_widgets(), Vec::<String>::new());
    }
}
