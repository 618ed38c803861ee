//! The clerk of a general branch: what talks of its branches do to the coverage while they are written down, and one
//! plan for all of them.

use branchdesk::domain::ids::{OrganisationId, PersonId};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2};
use serde_json::json;

use crate::support::office::Office;
use crate::support::story::{NARROW, Story, WIDE};

/// A general branch with a committee of two, and two branches with a secretary and two members each.
fn general_branch() -> Office {
    let mut office = Office::new();
    let root = office.organisation(None, "青禾县民政局党总支");
    let first = office.organisation(Some(root), "第一支部");
    let second = office.organisation(Some(root), "第二支部");
    let chen = member(&mut office, first, "陈志远", Some("书记"));
    member(&mut office, first, "赵永强", None);
    member(&mut office, first, "周敏", None);
    let wu = member(&mut office, second, "吴海涛", Some("书记"));
    member(&mut office, second, "何静", None);
    member(&mut office, second, "孙丽", None);
    for (person, post) in [(chen, "书记"), (wu, "委员")] {
        let appoint = json!({ "do": "appoint", "person_id": person, "organisation_id": root, "post": post,
            "from": "2020-03-01" });
        office.run(appoint).expect("appointed");
    }
    office
}

fn member(office: &mut Office, branch: OrganisationId, name: &str, post: Option<&str>) -> PersonId {
    let set = json!({ "name": name, "joined": "2003-12-05", "full": "2004-12-05", "transfer_in": "2010-06",
        "party_post": post });
    office.member(branch, set)
}

/// The window, with the general branch chosen and 谈心谈话 shown.
fn talks(size: Vec2) -> Story {
    let mut desk = Story::of_size(general_branch(), size);
    desk.press_as(Role::TreeItem, "青禾县民政局党总支").press("谈心谈话");
    desk
}

fn pick(desk: &mut Story, field: &str, text: &str) {
    desk.go_into(field).type_text(text).key(Modifiers::NONE, Key::Enter);
}

/// 支部工作条例第十九条: what counts is read where the people have their roles, whatever ledger the talk stands in.
#[test]
fn in_the_ledger_of_a_general_branch_the_figures_of_the_branches_move() {
    let mut desk = talks(WIDE);
    desk.press_as(Role::Button, "补录…").sees("支委之间 0 / 1 对").type_text("3.20").key(Modifiers::NONE, Key::Enter);
    pick(&mut desk, "谈话人 1", "czy");
    pick(&mut desk, "谈话对象 1", "zyq");
    desk.sees("支委和党员 0 → 1 / 2 人").sees("支委之间 0 / 1 对");
    desk.go_into("主题 1").key(Modifiers::NONE, Key::Enter).type_text("3.21").key(Modifiers::NONE, Key::Enter);
    pick(&mut desk, "谈话对象 2", "wht");
    desk.sees("支委和党员 0 → 1 / 2 人").sees("支委之间 0 → 1 / 1 对");
}

#[test]
fn the_form_in_the_ledger_of_a_general_branch_tells_what_moves_in_the_branch() {
    let mut desk = talks(WIDE);
    desk.press_as(Role::Button, "记谈话");
    pick(&mut desk, "谈话人", "czy");
    pick(&mut desk, "谈话对象", "zyq");
    desk.sees("记下以后").sees("0 → 1 / 2 人").sees("0 / 2 人，不变").sees("0 / 1 对，不变");
    desk.sees("支委和党员：还缺").sees("党员和党员：还缺");
}

/// 支部工作条例第十九条: one plan for a general branch and all its branches, seen together, ticked off where it is held.
#[test]
fn one_plan_for_a_general_branch_is_kept_seen_and_ticked_off_together() {
    let mut desk = talks(WIDE);
    desk.press_as(Role::Tab, "计划").sees("还没有计划").press_as(Role::Button, "拟计划…");
    desk.sees("谈话 7 次，每人最多主谈").sees("第一支部").sees("能谈话的支委只有吴海涛一人");
    desk.press_as(Role::RadioButton, "只排本级").sees("谈话 1 次，每人最多主谈 1 次");
    desk.press_as(Role::RadioButton, "本级和所辖 2 个").sees("谈话 7 次").press_as(Role::Button, "存下计划");
    desk.sees("青禾县民政局党总支：计划 7 次，已谈 0").sees("计划 7").sees("第二支部");
    assert_eq!(desk.rows().len(), 7);

    let row = desk.rows().into_iter().find(|row| row.contains("何静") && row.contains("吴海涛")).expect("planned");
    desk.press_as(Role::Link, &format!("记谈话：{row}")).sees("2026-001").fill_long("谈话内容", "谈了分工");
    desk.press_as(Role::Button, "保存").sees("计划 7 次，已谈 1").sees("11-24 已谈");
    desk.press_as(Role::TreeItem, "第二支部").sees("第二支部：计划 3 次，已谈 1").sees("记录 1");
    desk.press_as(Role::TreeItem, "青禾县民政局党总支").key(Modifiers::COMMAND, Key::Z).sees("计划 7 次，已谈 0");
    desk.press_as(Role::Button, "打印…").sees("谈话计划表");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}

/// Whoever takes the place of a talker on the committee closes the same; somebody else does not.
#[test]
fn another_talker_keeps_what_the_talk_closes_where_his_place_allows() {
    let mut desk = talks(WIDE);
    desk.press_as(Role::Tab, "计划").press_as(Role::Button, "拟计划…").press_as(Role::Button, "存下计划");
    let row = desk.rows().into_iter().find(|row| row == "陈志远 和 周敏").expect("planned");
    desk.open_row(&row);
    pick(&mut desk, "谈话人", "hj");
    desk.sees("换了人，不再补支委和党员");
    pick(&mut desk, "谈话人", "zyq");
    desk.sees("换了人，补党员和党员").press_as(Role::Button, "存下");
    assert_eq!(desk.rows().iter().filter(|row| *row == "赵永强 和 周敏").count(), 2, "and the one that was there");
}

/// A laptop at 150 %: the talks keep the room, and what is told takes their place when it is asked for.
#[test]
fn on_a_small_window_what_is_told_and_the_talks_take_each_others_place() {
    let mut desk = Story::of_size(general_branch(), NARROW);
    desk.press("谈心谈话")
        .press_as(Role::Tab, "计划")
        .press_as(Role::Button, "拟计划…")
        .sees("谈话 7 次，每人最多主谈");
    desk.sees("周敏").sees_no("能谈话的支委只有吴海涛一人");
    desk.press_as(Role::Link, "说明 2 条").sees("能谈话的支委只有吴海涛一人").sees("主谈次数：").sees_no("周敏");
    desk.press_as(Role::Link, "看谈话").sees("周敏");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}
