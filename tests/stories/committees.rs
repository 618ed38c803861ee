//! The secretary and what happens to organisations: renamed, merged, split, elected, delayed; what the rules find.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2, vec2};
use serde_json::json;

use crate::support::office::Office;
use crate::support::story::{NARROW, Story};

/// So high that the whole column of an organisation is seen at once.
const HIGH: Vec2 = vec2(1366.0, 1400.0);

/// A general branch with two branches: three members in the first, one in the second.
fn office() -> Office {
    let mut office = Office::new();
    let root = office.organisation(None, "青禾县民政局党总支");
    let first = office.organisation(Some(root), "第一党支部");
    let second = office.organisation(Some(root), "第二党支部");
    office.organisation(Some(first), "第一党小组");
    for (name, branch) in [("陈志远", first), ("林秀英", first), ("马晓东", first), ("何静", second)] {
        let dates = json!({ "name": name, "joined": "2006-07-01", "full": "2007-07-01", "transfer_in": "2010-01-01" });
        office.member(branch, dates);
    }
    office
}

fn bureau() -> Story {
    of(office())
}

fn of(office: Office) -> Story {
    let mut desk = Story::of_size(office, HIGH);
    desk.press_as(Role::Link, "党组织");
    desk
}

/// Opens a dialog of the menu 变更 of an organisation.
fn change(desk: &mut Story, organisation: &str, item: &str) {
    desk.press_row(organisation);
    desk.press_as(Role::Button, "变更");
    desk.press_as(Role::MenuItem, item);
}

#[test]
fn a_branch_is_renamed_with_its_paper_and_a_past_day_shows_the_old_name() {
    let mut desk = bureau();
    change(&mut desk, "第二党支部", "更名…");
    assert!(!desk.can_press("更名"), "the name is the same");
    desk.fill("新全称", "第一党支部");
    assert!(desk.shows("同一级已经有这个名称") && !desk.can_press("更名"));
    desk.fill("新全称", "机关第二党支部");
    desk.fill("自哪天起", "2026.5.1");
    desk.fill("批复文号", "县直工委〔2026〕5 号");
    desk.press_as(Role::Button, "更名");
    assert!(desk.rows().contains(&"机关第二党支部".to_owned()));
    desk.sees("2026-05-01 更名，原名 第二党支部");
    desk.press_as(Role::Button, "截至 2026-11-24（今天）");
    desk.press_as(Role::Link, "去年底");
    assert!(desk.rows().contains(&"第二党支部".to_owned()));
    assert!(desk.has(Role::TreeItem, "第二党支部"), "the scopes go by their old names too");
    assert!(!desk.rows().contains(&"机关第二党支部".to_owned()));
}

#[test]
fn a_dialog_tells_bad_days_at_the_field_and_keeps_what_was_typed() {
    let mut desk = bureau();
    change(&mut desk, "第二党支部", "更名…");
    desk.fill("新全称", "机关第二党支部");
    desk.fill("自哪天起", "2026-02-30");
    desk.go_into("新简称");
    assert!(desk.shows("没有这一天") && !desk.can_press("更名"));
    desk.fill("自哪天起", "2026-12-01");
    desk.go_into("新简称");
    assert!(desk.shows("还没到这一天") && !desk.can_press("更名"));
    assert_eq!(desk.value("新全称"), "机关第二党支部");
}

#[test]
fn a_merger_tells_before_what_will_happen_and_is_taken_back_as_one_step() {
    let mut desk = bureau();
    let before = desk.dump();
    change(&mut desk, "第一党支部", "并入…");
    assert!(!desk.can_press("并入"));
    desk.choose("并入哪个党组织", "第二党支部");
    desk.sees("3 人转到 第二党支部").sees("第一党小组（0 人）");
    desk.fill("批复文号", "批复 9 号");
    desk.press_as(Role::Button, "并入");
    assert_eq!(desk.rows(), ["青禾县民政局党总支", "第二党支部"]);
    desk.press_row("第二党支部");
    assert!(desk.has(Role::Button, "党员 4 人"));
    desk.sees("第一党支部 并入");
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.rows().len(), 4);
    assert_eq!(desk.dump(), before);
}

#[test]
fn what_cannot_be_merged_is_told_before() {
    let mut office = Office::new();
    let general = office.organisation(None, "甲局党总支");
    office.organisation(Some(general), "第一党支部");
    office.organisation(None, "乙局党支部");
    let mut desk = of(office);
    change(&mut desk, "甲局党总支", "并入…");
    desk.choose("并入哪个党组织", "乙局党支部");
    desk.sees("下面还有 第一党支部，不能并入党支部");
    assert!(!desk.can_press("并入"));
}

#[test]
fn a_part_is_split_off_with_the_people_that_are_ticked() {
    let mut desk = bureau();
    change(&mut desk, "第一党支部", "分设…");
    desk.fill("新全称", "第三党支部");
    desk.press_as(Role::CheckBox, "林秀英");
    desk.sees("1 人转到 第三党支部").sees("2 人，其中正式党员 2 人");
    desk.press_as(Role::Button, "分设");
    desk.press_row("第三党支部");
    assert!(desk.has(Role::Button, "党员 1 人"));
    desk.sees("从 第一党支部 分设");
}

#[test]
fn an_election_shows_the_end_of_the_term_keeps_who_is_elected_again_and_ends_the_others() {
    let mut office = office();
    let desk = office.desk();
    let first = desk.tree().find("第一党支部").expect("there").id;
    let chen = desk.directory().cards().iter().find(|card| &*card.name == "陈志远").expect("there").id;
    let lin = desk.directory().cards().iter().find(|card| &*card.name == "林秀英").expect("there").id;
    drop(desk);
    for (person, post) in [(chen, "书记"), (lin, "组织委员")] {
        let appoint = json!({
            "do": "appoint", "person_id": person, "organisation_id": first, "post": post, "from": "2023-06-10",
        });
        office.run(appoint).expect("appointed");
    }
    let mut desk = of(office);
    change(&mut desk, "第一党支部", "换届选举…");
    desk.fill("选举时间", "2026-06-10");
    assert!(desk.shows("空着按 3 年算，至 2029-06-10"));
    assert!(desk.shows("连任"));
    desk.choose("当选人 2", "马晓东");
    desk.sees("不再担任：组织委员 林秀英");
    desk.fill("届次", "第三届");
    desk.press_as(Role::Link, "加一行");
    assert!(!desk.can_press("记下"), "a row is not whole");
    desk.press_as(Role::Button, "去掉第 3 行");
    desk.fill("任期届满时间", "2030-06-10");
    desk.go_into("届次");
    assert!(desk.shows("长于 3 年任期（2029-06-10）"));
    desk.fill("任期届满时间", "");
    desk.press_as(Role::Button, "记下");
    desk.sees("2029-06-10").sees("换届选举，第三届");
    assert!(desk.has(Role::Button, "免职：组织委员 马晓东") && !desk.has(Role::Button, "免职：组织委员 林秀英"));
    desk.sees("自 2023-06-10");
    desk.key(Modifiers::COMMAND, Key::Z);
    assert!(desk.has(Role::Button, "免职：组织委员 林秀英"));
}

#[test]
fn a_post_is_given_and_ended_on_the_page_of_the_branch() {
    let mut desk = bureau();
    change(&mut desk, "第一党支部", "任职…");
    desk.choose("党员", "陈志远");
    desk.press("书记");
    desk.fill("自哪天起", "2026-10-08");
    desk.press_as(Role::Button, "任职");
    desk.press_as(Role::Button, "免职：书记 陈志远");
    desk.fill("自哪天起不再任职", "2026-10-08");
    desk.go_into("自哪天起不再任职");
    assert!(desk.shows("要晚于任职的 2026-10-08") && !desk.can_press("免职"));
    desk.fill("自哪天起不再任职", "2026-11-20");
    desk.press_as(Role::Button, "免职");
    desk.sees("没有登记任职");
}

#[test]
fn a_group_has_a_leader_and_its_members_are_counted() {
    let mut desk = bureau();
    desk.press_row("第一党支部");
    desk.sees("0 人·组长未定");
    desk.press_as(Role::Link, "第一党小组");
    desk.sees("Heading 组长");
    desk.press_as(Role::Link, "任职…");
    assert_eq!(desk.value("党内职务"), "党小组组长");
    desk.press_as(Role::Button, "取消");
}

#[test]
fn terms_that_end_stand_first_and_lead_to_their_organisation() {
    let mut office = office();
    let desk = office.desk();
    let ids: Vec<_> = ["第一党支部", "第二党支部"].map(|name| desk.tree().find(name).expect("there").id).into();
    drop(desk);
    for (id, on) in [(ids[0], "2024-03-01"), (ids[1], "2024-01-15")] {
        office.run(json!({ "do": "elect_committee", "id": id, "on": on })).expect("elected");
    }
    let mut desk = of(office);
    desk.press_as(Role::RadioButton, "任期");
    assert_eq!(desk.rows(), ["第二党支部", "第一党支部", "青禾县民政局党总支"]);
    desk.sees("不足 3 个月").sees("不足 6 个月");
    desk.press_as(Role::Button, "导出…");
    desk.sees("任期，按应换届时间排");
    desk.press_as(Role::Button, "取消");
    desk.press_as(Role::Button, "任期将满 2 个");
    assert_eq!(desk.rows(), ["第二党支部", "第一党支部"]);
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk.open_row("第一党支部");
    desk.sees("任期不足 6 个月").sees("任期 2027-03-01 届满，提前 6 个月提醒");
    change(&mut desk, "第一党支部", "延期换届…");
    desk.fill("延期至", "2028-06-01");
    desk.go_into("备注");
    desk.sees("一般不晚于 2028-03-01");
    desk.fill("延期至", "2027-09-01");
    desk.press_as(Role::Button, "记下");
    desk.sees_no("提前 6 个月提醒").sees("延期换届至 2027-09-01");
    desk.press("2026-11-24 延期换届至 2027-09-01");
    desk.press_as(Role::Button, "删掉这一条");
    desk.sees("提前 6 个月提醒");
}

#[test]
fn a_rule_with_another_number_lets_a_finding_disappear_and_can_be_as_it_came() {
    let mut desk = bureau();
    desk.press_as(Role::RadioButton, "待核 5");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk.sees("第二党支部：正式党员人数").sees("成立党支部要有 3 人以上");
    desk.sees_no("违规");
    desk.press_as(Role::Button, "导出…");
    desk.sees("党组织待核事项，每条带依据");
    desk.press_as(Role::Button, "取消");
    desk.press("设置");
    desk.press_as(Role::Link, "看规则");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk.open_row("正式党员人数");
    desk.fill("最少正式党员（人）", "多");
    assert!(desk.shows("写 0 到 10000 的整数") && !desk.can_press("保存"));
    desk.fill("最少正式党员（人）", "1");
    assert!(desk.shows("原为 3"));
    desk.fill("说明", "县直工委〔2024〕3 号");
    desk.press_as(Role::Button, "保存");
    assert!(desk.shows("改过") && desk.count(Role::Label, "停用") == 2, "what comes switched off, no more");
    desk.sees("最少正式党员（人） 1（原为 3）").sees("县直工委〔2024〕3 号");
    desk.open_row("正式党员人数");
    assert!(!desk.can_press("保存"), "nothing is written otherwise than it holds");
    desk.press_as(Role::Link, "恢复原值");
    assert_eq!(desk.value("最少正式党员（人）"), "3");
    desk.press_as(Role::Button, "取消");
    desk.press_as(Role::Link, "党组织");
    desk.press_as(Role::RadioButton, "待核 4");
    desk.sees_no("第二党支部：正式党员人数");
    desk.key(Modifiers::COMMAND, Key::Z);
    desk.sees("第二党支部：正式党员人数");
}

#[test]
fn the_rules_about_talks_stand_in_a_group_of_their_own_and_their_numbers_are_changed_as_others() {
    let mut desk = bureau();
    desk.press("设置");
    desk.press_as(Role::Link, "看规则");
    desk.sees("正式党员人数");
    desk.press_as(Role::RadioButton, "谈心谈话");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk.sees("支委之间").sees("必谈：任职").sees_no("正式党员人数");
    desk.open_row("不列入：刚来");
    desk.sees("各地做法");
    desk.fill("组织关系在这里不满（月）", "1");
    desk.press_as(Role::Button, "保存");
    desk.sees("组织关系在这里不满（月） 1（原为 3）");
    desk.press_as(Role::RadioButton, "全部");
    desk.sees("正式党员人数");
}

#[test]
fn the_form_has_every_field_and_tells_a_wrong_term() {
    let mut desk = bureau();
    desk.press_row("第一党支部");
    desk.key(Modifiers::NONE, Key::F2);
    desk.fill("任期年限", "三年多");
    assert!(desk.shows("写 3 或 5") && !desk.can_press("保存"));
    desk.fill("任期年限", "5");
    desk.fill("成立文号", "批复 1 号");
    desk.choose("单位性质类别", "党政机关");
    desk.choose("预备党员审批权限", "否");
    desk.fill("统一社会信用代码", "123");
    assert!(desk.shows("一般是 18 位，现在 3 位") && desk.can_press("保存"));
    desk.press_as(Role::Button, "保存");
    desk.sees("批复 1 号").sees("党政机关").sees("123");
    desk.key(Modifiers::NONE, Key::F2);
    assert_eq!((desk.value("任期年限"), desk.value("成立文号")), ("5".to_owned(), "批复 1 号".to_owned()));
}

#[test]
fn on_a_small_window_the_lists_and_the_column_are_reached_too() {
    let mut desk = Story::of_size(office(), NARROW);
    desk.press_as(Role::Link, "党组织");
    desk.press_as(Role::RadioButton, "待核 5");
    desk.open_row("第二党支部：正式党员人数");
    assert!(desk.has(Role::Button, "变更"));
    desk.sees("成立党支部要有 3 人以上");
}
