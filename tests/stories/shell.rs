//! The frame of the window: navigation, the tree that is the scope, undo by name, search, keys, what is only to be read.

use branchdesk::domain::ids::{OrganisationId, PersonId};
use branchdesk::store::backup;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use serde_json::json;

use crate::support::office::Office;
use crate::support::story::{NARROW, Story};

/// A general branch with two branches and three members.
pub fn office() -> (Office, OrganisationId, PersonId) {
    let mut office = Office::new();
    let general = office.organisation(None, "青禾县民政局党总支");
    let first = office.organisation(Some(general), "局机关第一党支部");
    let second = office.organisation(Some(general), "县殡仪馆党支部");
    let person = office.member(first, json!({ "name": "吴海涛", "birth": "1978-11-02", "joined": "2001-09-20" }));
    office.member(first, json!({ "name": "林秀英", "joined": "2006-12-08" }));
    office.member(second, json!({ "name": "何静", "joined": "2008-11-20" }));
    (office, first, person)
}

fn story() -> Story {
    Story::of(office().0)
}

#[test]
fn the_tree_is_the_scope_of_every_page() {
    let mut desk = story();
    desk.sees("青禾县民政局党总支·在册 3 人").sees("何静");
    desk.press_as(Role::TreeItem, "局机关第一党支部");
    desk.sees("局机关第一党支部·在册 2 人").sees_no("选择 何静");
    desk.press_as(Role::Link, "基本情况").sees("局机关第一党支部");
    desk.press_as(Role::TreeItem, "青禾县民政局党总支");
    desk.press_as(Role::Link, "党员").sees("选择 何静");
}

#[test]
fn a_scope_that_is_undone_is_left_for_what_is_above() {
    let (mut office, first, _) = office();
    let group = office.organisation(Some(first), "第一党小组");
    assert!(group.0 > 0);
    let mut desk = Story::of(office);
    desk.press_as(Role::Button, "展开：局机关第一党支部");
    desk.press_as(Role::TreeItem, "第一党小组");
    desk.key(Modifiers::COMMAND, Key::Z);
    desk.sees("已撤销").sees_no("第一党小组·").sees("青禾县民政局党总支·在册 3 人");
}

#[test]
fn undo_says_what_it_took_back_and_offers_it_again() {
    let mut desk = story();
    let before = desk.dump();
    desk.press("撤销：新增党员 何静").sees("已撤销：新增党员 何静").sees("青禾县民政局党总支·在册 2 人");
    assert_ne!(desk.dump(), before);
    desk.press("重做").sees("已重做：新增党员 何静").sees("青禾县民政局党总支·在册 3 人");
    // What is done again is no longer told as taken back, with a way that leads nowhere.
    desk.sees_no("已撤销：新增党员 何静");
    assert_eq!(desk.dump(), before);
}

#[test]
fn undo_and_redo_go_by_keys_but_not_while_one_writes() {
    let mut desk = story();
    desk.key(Modifiers::COMMAND, Key::Z).sees("已撤销：新增党员 何静");
    desk.key(Modifiers::COMMAND, Key::Y).sees("已重做：新增党员 何静");
    desk.key(Modifiers::COMMAND, Key::K).type_text("静");
    desk.key(Modifiers::COMMAND, Key::Z).sees("撤销：新增党员 何静");
}

#[test]
fn the_search_box_finds_people_by_initials_and_enter_opens_the_first() {
    let mut desk = story();
    desk.key(Modifiers::COMMAND, Key::K).type_text("wht").sees("局机关第一党支部·48 岁");
    desk.key(Modifiers::NONE, Key::Enter).sees("Heading 吴海涛").sees_no("搜索结果");
}

#[test]
fn the_search_box_finds_organisations_and_pages() {
    let mut desk = story();
    desk.key(Modifiers::COMMAND, Key::K).type_text("殡仪馆").sees("范围·1 人");
    desk.key(Modifiers::NONE, Key::Enter).sees("县殡仪馆党支部·在册 1 人");
    desk.key(Modifiers::COMMAND, Key::K).type_text("操作");
    desk.press_as(Role::ListBoxOption, "操作记录，页面").sees("谁在什么时候改了什么");
    desk.key(Modifiers::COMMAND, Key::K).type_text("不存在的人").sees("没有找到");
}

#[test]
fn pages_are_reached_by_number_and_left_backwards() {
    let mut desk = story();
    desk.key(Modifiers::COMMAND, Key::Num1).sees("Heading 今日");
    desk.key(Modifiers::COMMAND, Key::Num2).sees("Heading 党组织").sees_no("Heading 党员");
    desk.key(Modifiers::COMMAND, Key::Num3).sees("Heading 党员");
    desk.key(Modifiers::ALT, Key::ArrowLeft).sees("Heading 党组织").sees_no("Heading 党员");
    desk.key(Modifiers::NONE, Key::F1).sees("到搜索框").sees("Ctrl+1…7");
    desk.key(Modifiers::NONE, Key::Escape).sees_no("到搜索框");
}

#[test]
fn f6_goes_from_the_page_to_the_side_to_the_top() {
    let mut desk = story();
    let mut seen = Vec::new();
    for _ in 0..4 {
        desk.key(Modifiers::NONE, Key::F6);
        seen.push(desk.focused().unwrap_or_default());
    }
    assert_eq!(seen[1..], ["今日", "范围", "撤销：新增党员 何静"], "{seen:?}");
}

#[test]
fn nothing_moves_while_nothing_happens() {
    let mut desk = story();
    for page in ["今日", "党组织", "党员", "导入", "基本情况", "操作记录", "导出和打印", "设置"]
    {
        desk.press_as(Role::Link, page).wait(1.0);
        assert_eq!(desk.frames_within(10.0), 0, "{page}");
    }
    for what in
        ["a member's page", "a form", "the search box", "the keys", "another day", "a sheet", "a toast that has gone"]
    {
        let mut desk = story();
        match what {
            "a member's page" => desk.open_row("何静").sees("Heading 何静"),
            "a form" => desk.open_row("何静").press("修改").fill("工作单位", "县殡仪馆"),
            "the search box" => desk.key(Modifiers::COMMAND, Key::K).type_text("静"),
            "the keys" => desk.key(Modifiers::NONE, Key::F1).sees("到搜索框"),
            "another day" => desk.press("截至 2026-11-24（今天）").press("去年底").sees("不能修改"),
            "a sheet" => desk.press_as(Role::Link, "基本情况").press("打印…"),
            _ => desk.key(Modifiers::COMMAND, Key::Z).sees("已撤销"),
        }
        .wait(9.0);
        assert_eq!(desk.frames_within(10.0), 0, "{what}");
    }
}

#[test]
fn a_narrow_window_has_icons_and_the_tree_in_a_popup() {
    let mut desk = Story::of_size(office().0, NARROW);
    assert!(!desk.can_press("局机关第一党支部"));
    desk.press_as(Role::Button, "范围");
    desk.press_as(Role::TreeItem, "局机关第一党支部");
    desk.sees_no("选择 何静").sees("2 / 2 人");
    desk.press("菜单").press_as(Role::MenuItem, "操作记录").sees("Heading 操作记录");
    desk.press_as(Role::Link, "设置").sees("Heading 设置");
}

#[test]
fn another_day_says_that_it_cannot_be_changed_and_leads_back() {
    let mut desk = story();
    desk.press("截至 2026-11-24（今天）").press("去年底");
    desk.sees("截至 2025-12-31 的名册，不能修改");
    assert!(!desk.can_press("新增党员"));
    desk.press("回到今天").sees_no("不能修改");
    assert!(desk.can_press("新增党员"));
}

#[test]
fn one_who_comes_second_may_look_and_is_told_who_writes() {
    let (mut office, _, _) = office();
    office.reopen();
    let path = office.path();
    let mut desk = Story::start();
    desk.open(&path);
    desk.sees("只能看，不能改：正在写这个工作簿的是：测试员").sees("只读").sees("何静");
    assert!(!desk.can_press("撤销：新增党员 何静"));
    assert!(!desk.can_press("新增党员"));
    drop(office);
}

#[test]
fn what_was_typed_and_left_is_offered_at_the_next_opening() {
    let (office, _, _) = office();
    let side = branchdesk::store::side::Side {
        drafts: [("转出 何静".to_owned(), json!({})), ("新增党员".to_owned(), json!({}))].into(),
        outputs: Vec::new(),
    };
    branchdesk::store::side::write(&office.path(), &side).expect("a side file");
    let mut desk = Story::of(office);
    desk.sees("上次有没保存的");
    for name in ["新增党员", "转出 何静"] {
        desk.sees(&format!("上次有没保存的“{name}”")).press_as(Role::Link, "不要了");
        desk.sees(&format!("“{name}”里已填的都不留下")).press_as(Role::Button, "不要了");
    }
    desk.sees_no("上次有没保存的");
    let at = branchdesk::clock::Clock::System.now();
    let left = branchdesk::store::side::read(&desk.workbook(), at).expect("readable");
    assert_eq!(left.drafts.len(), 0);
}

#[test]
fn leaving_after_a_change_makes_a_backup_and_leaving_without_makes_none() {
    let mut desk = story();
    desk.press("李敏").press_as(Role::MenuItem, "关闭工作簿").sees("打开工作簿");
    assert_eq!(backup::list(&desk.workbook()).expect("a list").len(), 0);

    let mut desk = story();
    desk.key(Modifiers::COMMAND, Key::Z);
    desk.press("李敏").press_as(Role::MenuItem, "关闭工作簿");
    assert_eq!(backup::list(&desk.workbook()).expect("a list").len(), 1);
}

#[test]
fn settings_are_kept_and_go_into_the_workbook() {
    let mut desk = story();
    desk.press_as(Role::Link, "设置").sees("Heading 设置");
    desk.fill("填报单位", "青禾县民政局").press("保存工作簿设置").sees("修改工作簿设置");
    assert!(desk.dump().contains("青禾县民政局\""), "{}", desk.dump());
    desk.fill("操作人", "王磊").key(Modifiers::NONE, Key::Tab).press_as(Role::Button, "王磊");
    desk.key(Modifiers::NONE, Key::Escape);
    desk.press("深色");
    let kept = std::fs::read_to_string(desk.folder().join("settings/settings.json")).expect("kept");
    assert!(kept.contains("\"Dark\"") && kept.contains("王磊"), "{kept}");
    desk.press("现在备份").sees("已备份到").sees("手动");
}

#[test]
fn those_in_a_group_are_counted_once_in_the_whole() {
    let (mut office, first, person) = office();
    let group = office.organisation(Some(first), "第一党小组");
    office.organisation(None, "另一个党支部");
    let set = json!({ "do": "set_fact", "person_id": person, "kind": "group", "organisation_id": group, "from": "2024-01-01" });
    office.run(set).expect("into the group");
    let mut desk = Story::of(office);
    desk.sees("全部·在册 3 人");
    desk.press_as(Role::Link, "党组织").sees("党员 3 人");
}
