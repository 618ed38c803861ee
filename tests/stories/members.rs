//! The secretary and the list of members: add, find, filter, change, look back, transfer, take back.

use branchdesk::domain::ids::{OrganisationId, PersonId};
use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers};
use serde_json::json;

use crate::support::office::Office;
use crate::support::story::{MEDIUM, NARROW, Story, WIDE};

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
    let desk = Story::of(office);
    assert_eq!(desk.rows(), ["林秀英", "吴海涛", "何静"]);
    assert!(desk.shows("筛出 3 人"));
    assert!(desk.shows("女 2 人"));
    assert!(desk.shows("大专及以上 3 人"));
    assert!(!desk.shows("110000198105210066"), "the number is masked");
    assert!(desk.shows("110000********0066"));
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}

#[test]
fn a_new_member_is_added_with_a_name_and_a_branch_and_is_found_by_initials() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.press_as(Role::Button, "新增党员");
    desk.fill("姓名", "曾小明");
    desk.choose("所在党支部", "局机关第二党支部");
    desk.fill("公民身份号码", "110000199807010021");
    assert!(desk.shows("校验位不符，可照存"));
    desk.fill("公民身份号码", "110000198105210066");
    assert!(desk.shows("和 林秀英（局机关第一党支部） 的号码相同，可照存"));
    desk.fill("入党时间", "2019年2月30日");
    desk.fill("民族", "满");
    assert!(desk.shows("没有这一天"));
    assert!(desk.shows("先改好：入党时间"));
    desk.fill("入党时间", "2019.7");
    desk.press_as(Role::Button, "保存");
    assert_eq!(desk.rows(), ["林秀英", "吴海涛", "何静", "曾小明"]);
    desk.fill("筛本表", "zxm");
    assert_eq!(desk.rows(), ["曾小明"]);
    desk.fill("筛本表", "cengxiao");
    assert_eq!(desk.rows(), ["曾小明"], "the other reading of 曾");
}

#[test]
fn what_was_typed_is_there_again_when_the_form_is_opened_again() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.press_as(Role::Button, "新增党员");
    desk.fill("姓名", "赵永强");
    desk.key(Modifiers::NONE, Key::Escape);
    assert!(!desk.shows("存并再加"));
    desk.press_as(Role::Button, "新增党员");
    assert!(desk.shows("已恢复上次没有保存的内容"));
    desk.choose("所在党支部", "局机关第一党支部");
    desk.key(Modifiers::COMMAND, Key::S);
    assert_eq!(desk.rows(), ["林秀英", "吴海涛", "赵永强", "何静"]);
    desk.press_as(Role::Button, "新增党员");
    assert!(!desk.shows("已恢复上次没有保存的内容"), "what is saved is no draft");
}

#[test]
fn the_search_box_waits_until_a_composition_is_finished() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.go_into("筛本表");
    desk.input(Event::Ime(ImeEvent::Preedit { text: "wu hai".into(), active_range_chars: None }));
    assert_eq!(desk.rows().len(), 3, "an unfinished text searches nothing");
    desk.input(Event::Ime(ImeEvent::Commit("吴海涛".into())));
    assert_eq!(desk.rows(), ["吴海涛"]);
}

#[test]
fn conditions_are_chips_that_come_and_go() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.press_as(Role::Button, "条件");
    desk.press_as(Role::MenuItem, "人员类别");
    desk.press_as(Role::MenuItemCheckBox, "预备党员");
    desk.key(Modifiers::NONE, Key::Escape);
    assert_eq!(desk.rows(), ["何静"]);
    desk.press_as(Role::Button, "人员类别：预备党员");
    desk.press_as(Role::MenuItemCheckBox, "正式党员");
    desk.key(Modifiers::NONE, Key::Escape);
    assert_eq!(desk.rows(), ["林秀英", "吴海涛", "何静"]);
    assert!(desk.shows("人员类别：预备党员 或 正式党员"));
    desk.press_as(Role::Button, "女 2 人");
    assert_eq!(desk.rows(), ["林秀英", "何静"]);
    desk.press_as(Role::Button, "去掉：人员类别：预备党员 或 正式党员");
    assert_eq!(desk.rows(), ["林秀英", "何静"]);
    desk.press_as(Role::Link, "清除");
    assert_eq!(desk.rows().len(), 3);
}

#[test]
fn a_post_changes_from_a_day_on_and_an_earlier_day_shows_the_old_one() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.open_row("林秀英");
    assert!(desk.shows("1 / 3"));
    desk.press_as(Role::Button, "修改");
    desk.fill("党内职务", "副书记");
    assert!(desk.shows("先选是更正，还是变更自某日起"));
    desk.press_as(Role::RadioButton, "变更，自某日起");
    desk.fill("自哪天起", "2026-11-01");
    desk.press_as(Role::Button, "保存");
    assert!(desk.shows("2026-11-01 任 副书记"));
    assert!(desk.shows("2026-11-01 不再任 组织委员"));
    desk.key(Modifiers::NONE, Key::Escape);
    desk.press("截至 2026-11-24（今天）").press("2026年11月1日");
    assert!(desk.shows("副书记"));
    desk.press("截至 2026-11-01").press("2026年10月31日");
    assert!(desk.shows("组织委员") && !desk.shows("副书记"));
    assert!(!desk.has(Role::Button, "新增党员"), "a past day cannot be changed");
    desk.open_row("林秀英");
    assert!(desk.shows("组织委员") && !desk.has(Role::Button, "修改"));
    desk.press_as(Role::Link, "回到今天");
    assert!(desk.has(Role::Button, "修改"));
}

#[test]
fn the_number_is_shown_in_full_on_request_and_that_is_logged() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.open_row("林秀英");
    assert!(desk.shows("110000********0066"));
    desk.press_as(Role::Button, "显示完整的公民身份号码");
    assert!(desk.shows("110000198105210066"));
    desk.press_as(Role::Link, "导出和打印");
    assert!(desk.shows("显示完整号码") && desk.shows("林秀英的公民身份号码"));
}

#[test]
fn two_are_transferred_at_once_and_undo_brings_them_back() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.press_as(Role::CheckBox, "选择 林秀英");
    desk.press_as(Role::CheckBox, "选择 吴海涛");
    assert!(desk.shows("已选 2 人"));
    desk.press_as(Role::Link, "转到…");
    assert!(desk.shows("林秀英、吴海涛，共 2 人"));
    desk.choose("转到", "局机关第二党支部");
    assert!(desk.shows("组织关系自 2026-11-24 转到 局机关第二党支部；各人的党小组、党内职务同日结束"));
    desk.press_as(Role::Button, "记下");
    assert_eq!(desk.rows(), ["何静", "林秀英", "吴海涛"]);
    desk.press("截至 2026-11-24（今天）").press("2026年11月23日");
    assert_eq!(desk.rows(), ["林秀英", "吴海涛", "何静"], "the day before it was as it was");
    desk.press_as(Role::Link, "回到今天");
    assert_eq!(desk.rows(), ["何静", "林秀英", "吴海涛"]);
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.rows(), ["林秀英", "吴海涛", "何静"]);
}

#[test]
fn who_leaves_is_found_among_those_who_left() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.press_as(Role::CheckBox, "选择 吴海涛");
    desk.press_as(Role::Button, "更多");
    desk.press_as(Role::MenuItem, "记变动…");
    desk.choose("哪种变动", "死亡");
    assert!(desk.shows("自 2026-11-24 起不在册；以前各天的名册和人数不变"), "he has no post to lose");
    desk.press_as(Role::Button, "记下");
    assert_eq!(desk.rows(), ["林秀英", "何静"]);
    desk.press_as(Role::Button, "在册");
    desk.press_as(Role::MenuItemCheckBox, "已离开");
    assert_eq!(desk.rows(), ["吴海涛"]);
}

#[test]
fn who_was_typed_by_mistake_is_voided_and_brought_back() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.press_as(Role::CheckBox, "选择 何静");
    desk.press_as(Role::Button, "更多");
    desk.press_as(Role::MenuItem, "作废…");
    desk.fill("原因", "重复录入");
    desk.press_as(Role::Button, "作废");
    assert_eq!(desk.rows(), ["林秀英", "吴海涛"]);
    desk.press_as(Role::Button, "在册");
    desk.press_as(Role::MenuItemCheckBox, "已作废");
    assert_eq!(desk.rows(), ["何静"]);
    desk.press_as(Role::CheckBox, "选择 何静");
    desk.press_as(Role::Button, "更多");
    desk.press_as(Role::MenuItem, "撤回作废");
    assert!(desk.rows().is_empty());
    assert!(desk.shows("没有作废的人"));
}

#[test]
fn one_field_of_many_is_changed_after_its_values_were_counted() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.press_as(Role::Label, "林秀英");
    desk.key(Modifiers::COMMAND, Key::A);
    desk.press_as(Role::Link, "批量修改…");
    desk.choose("改哪一项", "学历");
    assert!(desk.shows("现在：大学专科 1 人、大学本科 1 人、研究生 1 人"));
    desk.choose("学历", "研究生");
    assert!(desk.shows("改后：2 人改为“研究生”，1 人本来就是"));
    desk.press_as(Role::Button, "修改");
    desk.settle();
    assert_eq!(desk.count(Role::Label, "研究生"), 3);
}

#[test]
fn the_order_of_the_roster_is_moved_by_keys_within_the_branch() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.press_as(Role::Label, "吴海涛");
    desk.key(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(desk.rows(), ["吴海涛", "林秀英", "何静"]);
    desk.key(Modifiers::ALT, Key::ArrowUp);
    assert!(desk.shows("已经是本支部的第一个"));
    desk.key(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(desk.rows(), ["林秀英", "吴海涛", "何静"]);
}

#[test]
fn a_row_is_dragged_to_its_place_in_the_roster() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    let place = |name: &str| desk.place(Role::Label, name).center();
    let (from, to) = (place("吴海涛"), place("林秀英") - egui::vec2(0.0, 10.0));
    desk.drag(from, to, 0.0);
    assert_eq!(desk.rows(), ["吴海涛", "林秀英", "何静"]);
}

#[test]
fn a_row_is_dragged_beyond_what_is_seen_and_back() {
    let mut office = Office::new();
    let branch = office.organisation(None, "社会组织联合党支部");
    for number in 0..120 {
        office.member(branch, json!({ "name": format!("党员{number:03}"), "joined": "2001-07-01" }));
    }
    let mut desk = Story::of(office);
    let list = desk.place(Role::Grid, "党员");
    let before = |desk: &Story, name: &str| {
        let rows = desk.rows();
        let place = rows.iter().position(|row| row == name).expect("it is seen");
        rows[place - 1].trim_start_matches("党员").parse::<usize>().expect("a number")
    };
    let from = desk.place(Role::Label, "党员002").center();
    desk.drag(from, egui::pos2(from.x, list.bottom() - 4.0), 8.0);
    let below = before(&desk, "党员002");
    assert!((30..119).contains(&below), "it went on while it was held there, to behind {below}");
    let from = desk.place(Role::Label, "党员002").center();
    desk.drag(from, egui::pos2(from.x, list.top() + 4.0), 4.0);
    let above = before(&desk, "党员002");
    assert!((2..below - 10).contains(&above), "{above}");
    desk.key(Modifiers::COMMAND, Key::Z).key(Modifiers::COMMAND, Key::Z).key(Modifiers::NONE, Key::Home);
    assert_eq!(desk.rows()[..3], ["党员000", "党员001", "党员002"]);
}

#[test]
fn the_menu_of_a_row_opens_by_the_keyboard_and_gives_the_focus_back() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.press_row("林秀英").key(Modifiers::NONE, Key::ArrowDown).key(Modifiers::SHIFT, Key::F10);
    assert_eq!(desk.focused().as_deref(), Some("打开"), "the first row of the menu of 吴海涛");
    desk.key(Modifiers::NONE, Key::Escape).sees_no("MenuItem");
    assert_eq!(desk.focused().as_deref(), Some("党员"), "the list");
    desk.key(Modifiers::NONE, Key::Menu).key(Modifiers::NONE, Key::ArrowDown).key(Modifiers::NONE, Key::ArrowDown);
    assert_eq!(desk.focused().as_deref(), Some("转到…"));
    desk.key(Modifiers::NONE, Key::Enter).sees("吴海涛").sees("组织关系转接").key(Modifiers::NONE, Key::Escape);
    assert_eq!(desk.focused().as_deref(), Some("党员"));
}

#[test]
fn heads_sort_and_hide_and_the_user_finds_it_so_again() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.press_as(Role::ColumnHeader, "年龄");
    assert_eq!(desk.rows(), ["何静", "林秀英", "吴海涛"]);
    desk.press_as(Role::ColumnHeader, "年龄");
    assert_eq!(desk.rows(), ["吴海涛", "林秀英", "何静"]);
    desk.press_as(Role::Button, "列：学历");
    desk.press_as(Role::MenuItem, "隐藏此列");
    assert!(!desk.has(Role::ColumnHeader, "学历"));
    desk.reopen(WIDE);
    assert!(!desk.has(Role::ColumnHeader, "学历"), "it is kept");
    assert_eq!(desk.rows(), ["吴海涛", "林秀英", "何静"]);
    desk.press_as(Role::Link, "恢复名册顺序");
    assert_eq!(desk.rows(), ["林秀英", "吴海涛", "何静"]);
}

#[test]
fn names_stand_by_the_strokes_of_the_surname_or_by_pinyin() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.press_as(Role::Button, "列：姓名");
    desk.press_as(Role::MenuItem, "姓氏笔画升序");
    assert_eq!(desk.rows(), ["吴海涛", "何静", "林秀英"], "7 strokes with 竖 first, 7 with 撇, 8");
    desk.press_as(Role::ColumnHeader, "姓名");
    assert_eq!(desk.rows(), ["林秀英", "何静", "吴海涛"], "the other way");
    desk.reopen(WIDE);
    assert_eq!(desk.rows(), ["林秀英", "何静", "吴海涛"], "it is kept");
    desk.press_as(Role::Button, "列：姓名");
    desk.press_as(Role::MenuItem, "拼音升序");
    assert_eq!(desk.rows(), ["何静", "林秀英", "吴海涛"]);
}

#[test]
fn the_usual_orders_are_chosen_from_one_menu() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    for (order, rows) in [
        ("姓氏笔画", ["吴海涛", "何静", "林秀英"]),
        ("姓名拼音", ["何静", "林秀英", "吴海涛"]),
        ("党内职务", ["林秀英", "吴海涛", "何静"]),
        ("入党时间", ["吴海涛", "林秀英", "何静"]),
        ("出生日期", ["吴海涛", "林秀英", "何静"]),
        ("名册顺序", ["林秀英", "吴海涛", "何静"]),
    ] {
        desk.press_as(Role::Button, "排序");
        desk.press_as(Role::MenuItemCheckBox, order);
        assert_eq!(desk.rows(), rows, "{order}");
    }
}

#[test]
fn the_history_of_facts_is_corrected_row_by_row() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.open_row("林秀英");
    desk.press_as(Role::Button, "更多");
    desk.press_as(Role::MenuItem, "历次变动…");
    desk.press_as(Role::Button, "组织委员·局机关第一党支部 起始不详 至今");
    desk.fill("起（空着为不详）", "2023-03-20");
    desk.press_as(Role::Button, "更正");
    assert!(desk.shows("组织委员·局机关第一党支部 2023-03-20 至今"));
    desk.press_as(Role::Link, "补记一条");
    desk.choose("哪一种", "党籍状态");
    desk.fill("党籍状态", "停止党籍");
    desk.fill("起（空着为不详）", "2026-01-01");
    desk.fill("止（空着为至今）", "2026-02-01");
    desk.press_as(Role::Button, "补记");
    assert!(desk.shows("停止党籍 2026-01-01 至 2026-02-01"));
    desk.press_as(Role::Button, "删掉这一条");
    assert!(!desk.shows("停止党籍 2026-01-01 至 2026-02-01"));
    desk.press_as(Role::Button, "关闭");
    assert!(desk.shows("2023-03-20 任 组织委员"));
}

#[test]
fn what_does_not_fit_is_taken_over_with_one_press() {
    let (mut office, [first, _], _) = bureau();
    office.member(
        first,
        json!({ "name": "马晓东", "birth": "1998-01-07", "id_number": "110000199807010039", "joined": "2020-07-01" }),
    );
    let mut desk = Story::of(office);
    desk.open_row("马晓东");
    assert!(desk.shows("登记为 1998-01-07，身份号码中为 1998-07-01"));
    desk.press_as(Role::Button, "采用 1998-07-01：出生日期与证件不一致");
    assert!(!desk.shows("出生日期与证件不一致"));
    assert!(desk.shows("1998-07-01"));
}

#[test]
fn going_back_stands_where_one_left() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.open_row("林秀英");
    desk.press_as(Role::Button, "下一人（Ctrl+PageDown）");
    assert!(desk.shows("2 / 3"));
    desk.key(Modifiers::NONE, Key::Escape);
    assert_eq!(desk.rows().len(), 3);
    desk.key(Modifiers::NONE, Key::Enter);
    assert!(desk.shows("2 / 3"), "the list has the focus and stands on who was seen last");
}

#[test]
fn a_far_row_is_reached_by_the_end_key() {
    let mut office = Office::new();
    let branch = office.organisation(None, "社会组织联合党支部");
    for number in 0..400 {
        office.member(branch, json!({ "name": format!("党员甲{number}"), "joined": "2001-07-01" }));
    }
    let mut desk = Story::of(office);
    assert_eq!(desk.rows().first().map(String::as_str), Some("党员甲0"));
    desk.press_as(Role::Label, "党员甲0");
    desk.key(Modifiers::NONE, Key::End);
    assert_eq!(desk.rows().last().map(String::as_str), Some("党员甲399"));
    assert!(desk.rows().len() < 40, "only what is seen is drawn");
    desk.key(Modifiers::NONE, Key::Home);
    assert_eq!(desk.rows().first().map(String::as_str), Some("党员甲0"));
}

#[test]
fn answers_that_do_not_fit_beside_each_other_stand_below() {
    let (mut office, [first, _], _) = bureau();
    for name in ["护理和康复党小组", "后勤和安全保卫党小组"] {
        office.organisation(Some(first), name);
    }
    let mut desk = Story::of_size(office, WIDE);
    desk.open_row("林秀英");
    let places = ["编入 护理和康复党小组", "编入 后勤和安全保卫党小组", "修改…"]
        .map(|answer| desk.place(Role::Button, &format!("{answer}：没有编入党小组")));
    assert!(places.iter().all(|place| place.right() < WIDE.x - 36.0), "{places:?}");
    assert!(places[1].top() > places[0].top());
}

#[test]
fn every_control_is_named_at_every_width() {
    for size in [WIDE, MEDIUM, NARROW] {
        let (office, ..) = bureau();
        let mut desk = Story::of_size(office, size);
        desk.press_as(Role::CheckBox, "选择 林秀英");
        assert_eq!(desk.unnamed(), Vec::<String>::new());
        desk.open_row("林秀英");
        assert!(desk.has(Role::Button, "修改"));
        assert_eq!(desk.unnamed(), Vec::<String>::new());
    }
}

#[test]
fn the_branch_in_the_head_of_a_page_ends_before_the_way_through_the_list() {
    let mut office = Office::new();
    let branch = office.organisation(None, "县社会福利院离退休干部党支部");
    let post = json!({ "name": "林秀英", "joined": "2006-12-08", "full": "2007-12-08", "party_post": "组织委员" });
    office.member(branch, post);
    let mut desk = Story::of_size(office, NARROW);
    desk.press("党员").open_row("林秀英");
    let told = desk.place(Role::Label, "县社会福利院离退休干部党支部");
    assert!(told.right() < desk.place(Role::Label, "1 / 1").left(), "{told}");
}
