//! The secretary and the tree of organisations: add, change, move, close, take back.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use serde_json::json;

use crate::support::office::Office;
use crate::support::story::Story;

/// A general branch with two branches; the first has a group and a member.
fn bureau() -> Story {
    let mut office = Office::new();
    let root = office.organisation(None, "青禾县民政局党总支");
    let first = office.organisation(Some(root), "局机关第一党支部");
    office.organisation(Some(root), "局机关第二党支部");
    office.organisation(Some(first), "第一党小组");
    let member = json!({ "name": "陈志远", "joined": "1998-07-01", "full": "1999-07-01", "party_post": "书记" });
    office.member(first, member);
    let mut desk = Story::of(office);
    desk.press_as(Role::Link, "党组织");
    desk
}

const EVERYBODY: [&str; 4] = ["青禾县民政局党总支", "局机关第一党支部", "第一党小组", "局机关第二党支部"];

#[test]
fn the_tree_shows_kinds_and_members_and_every_number_opens_its_list() {
    let mut desk = bureau();
    assert_eq!(desk.rows(), EVERYBODY);
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk.press_row("局机关第二党支部");
    desk.key(Modifiers::NONE, Key::ArrowUp);
    desk.key(Modifiers::NONE, Key::ArrowUp);
    assert!(desk.has(Role::Button, "党员 1 人"), "the column tells of the first branch");
    desk.press_as(Role::Link, "陈志远");
    assert!(desk.shows("陈志远"));
}

#[test]
fn branches_fold_and_are_found_by_a_part_of_their_name() {
    let mut desk = bureau();
    desk.press_row("青禾县民政局党总支");
    desk.key(Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(desk.rows(), ["青禾县民政局党总支"]);
    desk.fill("筛本表", "小组");
    assert_eq!(desk.rows(), EVERYBODY[..3]);
    desk.fill("筛本表", "没有的");
    assert!(desk.rows().is_empty() && desk.shows("没有这样的党组织"));
}

#[test]
fn a_new_branch_takes_its_kind_from_its_name_and_can_be_taken_back() {
    let mut desk = bureau();
    desk.press_as(Role::Button, "新建党组织");
    desk.fill("全称", "社会组织联合党支部");
    assert!(desk.shows("由全称和上级看出，可改"));
    desk.fill("成立时间", "2019.4");
    desk.press_as(Role::Button, "新建");
    assert!(desk.rows().contains(&"社会组织联合党支部".to_owned()));
    assert!(desk.shows("联合党支部") && desk.shows("2019-04"));
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.rows(), EVERYBODY);
}

#[test]
fn a_name_that_is_there_already_is_refused_in_the_form() {
    let mut desk = bureau();
    desk.press_as(Role::Button, "新建党组织");
    desk.fill("全称", "局机关第二党支部");
    desk.press_as(Role::Button, "新建");
    assert!(desk.shows("没有改动党组织：同一级已经有“局机关第二党支部”。换一个名称"));
    desk.press_as(Role::Button, "取消");
    assert_eq!(desk.rows(), EVERYBODY);
}

#[test]
fn below_a_branch_a_group_is_made_and_what_was_typed_is_there_again() {
    let mut desk = bureau();
    desk.press_row("局机关第二党支部");
    desk.key(Modifiers::NONE, Key::Insert);
    desk.fill("全称", "党员活动一组");
    desk.press_as(Role::Button, "取消");
    desk.key(Modifiers::NONE, Key::Insert);
    assert!(desk.shows("已恢复上次没有保存的内容"));
    desk.press_as(Role::Button, "新建");
    assert_eq!(desk.rows().last().map(String::as_str), Some("党员活动一组"));
    assert!(desk.shows("党小组"));
}

#[test]
fn siblings_change_places_by_the_keyboard() {
    let mut desk = bureau();
    desk.press_row("局机关第二党支部");
    desk.key(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(desk.rows(), ["青禾县民政局党总支", "局机关第二党支部", "局机关第一党支部", "第一党小组"]);
    desk.key(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(desk.rows(), EVERYBODY);
}

#[test]
fn a_branch_is_changed_with_f2_and_moved_below_another() {
    let mut desk = bureau();
    desk.press_row("局机关第二党支部");
    desk.key(Modifiers::NONE, Key::F2);
    desk.fill("简称", "二支部");
    desk.press_as(Role::Button, "保存");
    assert!(desk.shows("二支部"));
    desk.press_as(Role::Button, "变更");
    desk.press_as(Role::MenuItem, "变更隶属…");
    desk.press_as(Role::TreeItem, "无（最上级）");
    desk.fill("批复文号", "县直工委〔2026〕5 号");
    desk.press_as(Role::Button, "变更隶属");
    desk.press_row("青禾县民政局党总支");
    assert_eq!(desk.rows().len(), 3, "the scope is the general branch, which it has left");
}

#[test]
fn a_branch_with_members_is_not_closed_and_an_empty_one_is_and_can_be_had_back() {
    let mut desk = bureau();
    desk.press_row("局机关第一党支部");
    desk.press_as(Role::Button, "变更");
    desk.press_as(Role::MenuItem, "撤销…");
    assert!(desk.shows("里面还有 1 人") && desk.shows("下面还有 1 个党组织"));
    assert!(desk.has(Role::Button, "撤销") && !desk.can_press("撤销"));
    desk.press_as(Role::Button, "取消");
    desk.press_row("局机关第二党支部");
    desk.press_as(Role::Button, "变更");
    desk.press_as(Role::MenuItem, "撤销…");
    desk.press_as(Role::Button, "撤销");
    assert_eq!(desk.rows(), EVERYBODY[..3]);
    desk.press_as(Role::CheckBox, "显示已撤销的");
    assert_eq!(desk.rows(), EVERYBODY);
    desk.press_row("局机关第二党支部");
    assert!(desk.shows("已撤销"));
    desk.press_as(Role::Button, "更多");
    desk.press_as(Role::MenuItem, "恢复");
    assert!(!desk.shows("已撤销"));
}

#[test]
fn what_was_made_by_mistake_is_removed_but_never_what_had_members() {
    let mut desk = bureau();
    desk.press_row("局机关第一党支部");
    desk.press_as(Role::Button, "更多");
    desk.press_as(Role::MenuItem, "删掉误建的…");
    desk.press_as(Role::Button, "删掉");
    assert!(desk.shows("没有改动党组织：局机关第一党支部 下面还有党组织。先移走它们"));
    desk.press_as(Role::Button, "取消");
    desk.press_row("局机关第二党支部");
    desk.press_as(Role::Button, "更多");
    desk.press_as(Role::MenuItem, "删掉误建的…");
    desk.press_as(Role::Button, "删掉");
    assert_eq!(desk.rows(), EVERYBODY[..3]);
}

#[test]
fn a_past_day_is_only_looked_at() {
    let mut desk = bureau();
    desk.press_as(Role::Button, "截至 2026-11-24（今天）");
    desk.press_as(Role::Link, "去年底");
    assert!(desk.shows("截至 2025-12-31 的党组织，不能修改"));
    assert!(!desk.has(Role::Button, "新建党组织") && !desk.has(Role::Button, "修改…"));
    desk.press_as(Role::Link, "回到今天");
    assert!(desk.has(Role::Button, "新建党组织"));
}
