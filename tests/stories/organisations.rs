//! The secretary and the tree of organisations: add, change, move, close, take back.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use serde_json::json;

use super::window::Window;
use crate::support::office::Office;

/// A general branch with two branches; the first has a group and a member.
fn bureau() -> Window {
    let mut office = Office::new();
    let root = office.organisation(None, "青禾县民政局党总支");
    let first = office.organisation(Some(root), "局机关第一党支部");
    office.organisation(Some(root), "局机关第二党支部");
    office.organisation(Some(first), "第一党小组");
    let member = json!({ "name": "陈志远", "joined": "1998-07-01", "full": "1999-07-01", "party_post": "书记" });
    office.member(first, member);
    let mut window = Window::open(office);
    window.press(Role::Link, "党组织");
    window
}

const EVERYBODY: [&str; 4] = ["青禾县民政局党总支", "局机关第一党支部", "第一党小组", "局机关第二党支部"];

#[test]
fn the_tree_shows_kinds_and_members_and_every_number_opens_its_list() {
    let mut window = bureau();
    assert_eq!(window.rows(), EVERYBODY);
    assert_eq!(window.harness.unnamed_widgets(), Vec::<String>::new());
    window.row("局机关第二党支部");
    window.key(Modifiers::NONE, Key::ArrowUp);
    window.key(Modifiers::NONE, Key::ArrowUp);
    assert!(window.sees_button("党员 1 人"), "the column tells of the first branch");
    window.link("陈志远");
    assert!(window.sees("陈志远"));
}

#[test]
fn branches_fold_and_are_found_by_a_part_of_their_name() {
    let mut window = bureau();
    window.row("青禾县民政局党总支");
    window.key(Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(window.rows(), ["青禾县民政局党总支"]);
    window.write("筛本表", "小组");
    assert_eq!(window.rows(), EVERYBODY[..3]);
    window.write("筛本表", "没有的");
    assert!(window.rows().is_empty() && window.sees("没有这样的党组织"));
}

#[test]
fn a_new_branch_takes_its_kind_from_its_name_and_can_be_taken_back() {
    let mut window = bureau();
    window.button("新建党组织");
    window.write("全称", "社会组织联合党支部");
    assert!(window.sees("由全称和上级看出，可改"));
    window.write("成立时间", "2019.4");
    window.button("新建");
    assert!(window.rows().contains(&"社会组织联合党支部".to_owned()));
    assert!(window.sees("联合党支部") && window.sees("2019-04"));
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.rows(), EVERYBODY);
}

#[test]
fn a_name_that_is_there_already_is_refused_in_the_form() {
    let mut window = bureau();
    window.button("新建党组织");
    window.write("全称", "局机关第二党支部");
    window.button("新建");
    assert!(window.sees("没有改动党组织：同一级已经有“局机关第二党支部”。换一个名称"));
    window.button("取消");
    assert_eq!(window.rows(), EVERYBODY);
}

#[test]
fn below_a_branch_a_group_is_made_and_what_was_typed_is_there_again() {
    let mut window = bureau();
    window.row("局机关第二党支部");
    window.key(Modifiers::NONE, Key::Insert);
    window.write("全称", "党员活动一组");
    window.button("取消");
    window.key(Modifiers::NONE, Key::Insert);
    assert!(window.sees("已恢复上次没有保存的内容"));
    window.button("新建");
    assert_eq!(window.rows().last().map(String::as_str), Some("党员活动一组"));
    assert!(window.sees("党小组"));
}

#[test]
fn siblings_change_places_by_the_keyboard() {
    let mut window = bureau();
    window.row("局机关第二党支部");
    window.key(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(window.rows(), ["青禾县民政局党总支", "局机关第二党支部", "局机关第一党支部", "第一党小组"]);
    window.key(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(window.rows(), EVERYBODY);
}

#[test]
fn a_branch_is_changed_with_f2_and_moved_below_another() {
    let mut window = bureau();
    window.row("局机关第二党支部");
    window.key(Modifiers::NONE, Key::F2);
    window.write("简称", "二支部");
    window.button("保存");
    assert!(window.sees("二支部"));
    window.button("更多");
    window.menu("移动…");
    window.press(Role::TreeItem, "无（最上级）");
    window.button("移动");
    window.row("青禾县民政局党总支");
    assert_eq!(window.rows().len(), 3, "the scope is the general branch, which it has left");
}

#[test]
fn a_branch_with_members_is_not_closed_and_an_empty_one_is_and_can_be_had_back() {
    let mut window = bureau();
    window.row("局机关第一党支部");
    window.button("更多");
    window.menu("撤销…");
    assert!(window.sees("里面还有 1 人") && window.sees("下面还有 1 个党组织"));
    assert!(window.harness.get_by_role_and_label(Role::Button, "撤销").accesskit_node().is_disabled());
    window.button("取消");
    window.row("局机关第二党支部");
    window.button("更多");
    window.menu("撤销…");
    window.button("撤销");
    assert_eq!(window.rows(), EVERYBODY[..3]);
    window.press(Role::CheckBox, "显示已撤销的");
    assert_eq!(window.rows(), EVERYBODY);
    window.row("局机关第二党支部");
    assert!(window.sees("已撤销"));
    window.button("更多");
    window.menu("恢复");
    assert!(!window.sees("已撤销"));
}

#[test]
fn what_was_made_by_mistake_is_removed_but_never_what_had_members() {
    let mut window = bureau();
    window.row("局机关第一党支部");
    window.button("更多");
    window.menu("删掉误建的…");
    window.button("删掉");
    assert!(window.sees("没有改动党组织：局机关第一党支部 下面还有党组织。先移走它们"));
    window.button("取消");
    window.row("局机关第二党支部");
    window.button("更多");
    window.menu("删掉误建的…");
    window.button("删掉");
    assert_eq!(window.rows(), EVERYBODY[..3]);
}

#[test]
fn a_past_day_is_only_looked_at() {
    let mut window = bureau();
    window.button("截至 2026-11-24（今天）");
    window.link("去年底");
    assert!(window.sees("截至 2025-12-31 的党组织，不能修改"));
    assert!(!window.sees_button("新建党组织") && !window.sees_button("修改…"));
    window.link("回到今天");
    assert!(window.sees_button("新建党组织"));
}
