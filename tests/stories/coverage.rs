//! The clerk looks at whom the regulation wants talked with: by the year or since a day, of a branch or of all.

use branchdesk::domain::ids::{OrganisationId, PersonId};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use serde_json::{Value as Json, json};

use crate::support::office::Office;
use crate::support::story::{NARROW, Story, WIDE};

/// A general branch, of which the first branch has a committee of three, two members, and one who came in November; the
/// secretary has talked with one of the committee and one of the members in February.
struct Bureau {
    office: Office,
    root: OrganisationId,
    first: OrganisationId,
    chen: PersonId,
}

fn bureau() -> Bureau {
    let mut office = Office::new();
    let root = office.organisation(None, "民政局党总支");
    let first = office.organisation(Some(root), "第一党支部");
    let mut member = |name: &str, more: Json| {
        let mut set = json!({ "name": name, "joined": "2003-12-05", "full": "2004-12-05", "transfer_in": "2010-06" });
        set.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        office.member(first, set)
    };
    let chen = member("陈志远", json!({ "party_post": "书记" }));
    let wu = member("吴海涛", json!({ "party_post": "副书记", "birth": "1979-06" }));
    member("吴海涛", json!({ "party_post": "组织委员", "birth": "1985-02" }));
    let zhao = member("赵永强", json!({}));
    member("曹振华", json!({}));
    member("范春梅", json!({ "transfer_in": "2026-11-01" }));
    for (day, partner) in [("2026-02-10", zhao), ("2026-02-11", wu)] {
        let talk = json!({ "do": "record_talk", "organisation_id": first, "held_on": day, "type": "T01",
            "mode": "一对一", "talker_ids": [chen], "partner_ids": [partner] });
        office.run(talk).expect("recorded");
    }
    Bureau { office, root, first, chen }
}

impl Bureau {
    /// The coverage of an organisation.
    fn coverage(self, of: &str, size: egui::Vec2) -> Story {
        let mut desk = Story::of_size(self.office, size);
        if size == NARROW {
            desk.press_as(Role::Button, "范围");
        }
        desk.press_as(Role::TreeItem, of).press("谈心谈话").press_as(Role::Tab, "覆盖");
        desk
    }
}

/// Chooses what is shown from a day on.
fn since(desk: &mut Story, shown: &str, day: &str) {
    desk.press_as(Role::Button, shown).press_as(Role::MenuItem, "自某日起…");
    desk.fill("起始日", day).press_as(Role::Button, "看覆盖");
}

#[test]
fn the_coverage_since_the_last_meeting_leaves_out_what_was_before_and_is_kept_while_one_works() {
    let mut desk = bureau().coverage("第一党支部", WIDE);
    desk.sees("支委之间 1 / 3 对").sees("支委和党员 1 / 2 人").sees_no("记谈话：赵永强（支委和党员）");
    since(&mut desk, "2026年", "2026-3-1");
    desk.sees("2026-03-01 至今").sees("支委之间 0 / 3 对").sees("支委和党员 0 / 2 人");
    desk.sees("记谈话：赵永强（支委和党员）").sees("上次 2026-02-10");

    // The talk that is written for a hole of it closes it, though the two had talked this year.
    desk.press("陈志远 和 吴海涛，1979-06 生：还缺").press("记谈话：陈志远 和 吴海涛，1979-06 生");
    desk.sees("0 → 1 / 3 对").fill_long("谈话内容", "谈了分工").key(Modifiers::COMMAND, Key::S);
    desk.sees("2026-03-01 至今").sees("支委之间 1 / 3 对");
    desk.press("计划：曹振华（支委和党员）").sees("已计划，12-31");

    // All branches together are of the same time, and so they stay while other pages are looked at.
    desk.press_as(Role::TreeItem, "民政局党总支").sees("第一党支部·支委之间 1 / 3 对");
    desk.press_as(Role::Tab, "记录 3").sees("2026年").press("党员").press("谈心谈话").press_as(Role::Tab, "覆盖");
    desk.press_as(Role::TreeItem, "第一党支部").sees("2026-03-01 至今").sees("支委和党员 0 / 2 人");
    desk.press_as(Role::Button, "2026-03-01 至今").press_as(Role::MenuItemCheckBox, "2026年");
    desk.sees("支委和党员 1 / 2 人").press_as(Role::Button, "2026年");
    desk.press_as(Role::MenuItemCheckBox, "2026-03-01 至今").sees("支委和党员 0 / 2 人");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}

#[test]
fn the_coverage_begins_on_no_day_to_come_and_what_is_over_is_not_planned_for() {
    let mut desk = bureau().coverage("第一党支部", WIDE);
    desk.press_as(Role::Button, "2026年").press_as(Role::MenuItem, "自某日起…").fill("起始日", "2026-12-01");
    desk.sees("要在 2026-11-24 以前");
    assert!(!desk.can_press("看覆盖"));
    desk.press_as(Role::Button, "取消").sees("支委和党员 1 / 2 人");
    desk.press_as(Role::Button, "2026年").press_as(Role::MenuItemCheckBox, "2025年").sees("支委和党员 0 / 2 人");
    assert!(desk.can_press("记谈话：赵永强（支委和党员）"));
    assert!(!desk.can_press("计划：赵永强（支委和党员）"), "no talk to come is one of 2025");
}

#[test]
fn the_rules_of_talks_are_a_step_away_and_what_is_changed_there_shows_at_once() {
    let mut desk = bureau().coverage("第一党支部", WIDE);
    desk.sees("支委和党员 1 / 2 人").sees("党员页：范春梅").sees("刚来");
    desk.press_as(Role::Link, "规则怎样算").sees("不列入：刚来").sees_no("正式党员人数");
    desk.sees("支委两两一对，谈话那天两人都是支委才算").sees("组织关系在这里不满 3 个月的，不列入");
    desk.open_row("不列入：刚来").sees("施行").fill("组织关系在这里不满（月）", "0").press_as(Role::Button, "保存");
    desk.press_as(Role::Link, "谈心谈话").sees("支委和党员 1 / 3 人").sees("没有不列入的人");
    desk.key(Modifiers::COMMAND, Key::Z).sees("支委和党员 1 / 2 人").sees("党员页：范春梅");

    desk.press_as(Role::Button, "规则").open_row("一对多的谈话计入").press("启用这条规则");
    desk.press_as(Role::Button, "保存").press_as(Role::Link, "谈心谈话").sees("支委和党员 1 / 2 人");
}

#[test]
fn who_is_left_out_stands_apart_with_the_reason_and_two_of_one_name_are_told_apart() {
    let mut bureau = bureau();
    let honour = json!({ "do": "record_event", "ids": [bureau.chen], "kind": "honour", "on": "2026-11-01",
        "value": "优秀共产党员" });
    bureau.office.run(honour).expect("recorded");
    let mut desk = bureau.coverage("第一党支部", WIDE);
    desk.sees("1 人，支委之间、支委和党员、党员和党员都不算").sees("党员页：范春梅").sees("刚来");
    desk.sees_no("不列入 1 人：范春梅（刚来）");
    desk.sees("吴海涛，1979-06 生 和 吴海涛，1985-02 生：还缺");
    desk.press("党员和党员 0 / 2 人").sees("党员页：范春梅").press("必谈事项 0 / 1 项").sees_no("党员页：范春梅");
    desk.sees("不列入 1 人：范春梅（刚来）");
    desk.sees("待谈 1 项").press("计划：陈志远（必谈事项）").sees("已计划，12-01");
}

#[test]
fn a_ratio_of_a_branch_opens_its_missing_people() {
    let mut desk = bureau().coverage("民政局党总支", WIDE);
    desk.press("第一党支部·支委和党员 1 / 2 人，缺 1").sees("已谈 1 人").sees("记谈话：曹振华（支委和党员）");
    desk.sees_no("记谈话：曹振华（党员和党员）");
}

#[test]
fn a_ratio_of_all_branches_opens_those_that_lack_somebody_with_the_names() {
    let mut bureau = bureau();
    bureau.office.organisation(Some(bureau.root), "第二党支部");
    let mut desk = bureau.coverage("民政局党总支", WIDE);
    desk.sees("第二党支部").press("支委之间 1 / 3 对").sees("陈志远 和 吴海涛（1985-02 生）");
    assert_eq!(desk.rows(), ["第一党支部"]);
    desk.press("支委和党员 1 / 2 人").sees("曹振华").sees_no("赵永强");
    desk.open_row("第一党支部").sees("记谈话：曹振华（支委和党员）").sees("已谈 1 人");
}

#[test]
fn in_a_small_window_the_branches_and_the_missing_people_are_seen() {
    let mut bureau = bureau();
    for name in ["第二党支部", "第三党支部", "第四党支部", "第五党支部"] {
        bureau.office.organisation(Some(bureau.root), name);
    }
    let mut desk = bureau.coverage("民政局党总支", NARROW);
    let place = desk.place(Role::Row, "第 6 行 第五党支部");
    assert!(place.bottom() < NARROW.y, "the table ends at {}", place.bottom());
    desk.open_row("第一党支部").press("支委和党员 1 / 2 人");
    let hole = desk.place(Role::Link, "记谈话：曹振华（支委和党员）");
    assert!(hole.bottom() < NARROW.y, "the first hole stands at {}", hole.bottom());
    desk.press("打印空白表：支委和党员").sees("给 1 张编号");
}

#[test]
fn posts_in_the_branch_and_above_it_are_told_apart_in_the_list_of_members() {
    let mut bureau = bureau();
    for (organisation, post) in [(bureau.root, "书记"), (bureau.first, "团支部书记")] {
        let appoint = json!({ "do": "appoint", "person_id": bureau.chen, "organisation_id": organisation,
            "post": post, "from": "2024-03-01" });
        bureau.office.run(appoint).expect("appointed");
    }
    let mut desk = Story::of_size(bureau.office, WIDE);
    desk.press_as(Role::TreeItem, "第一党支部").press("党员").sees("书记、民政局党总支书记、团支部书记");
    desk.sees("副书记").sees_no("第一党支部副书记").open_row("陈志远");
    desk.sees("Label 民政局党总支书记").sees("Label 团支部书记");
}

#[test]
fn enter_in_the_day_from_which_one_looks_shows_the_coverage() {
    let mut desk = bureau().coverage("第一党支部", WIDE);
    desk.press_as(Role::Button, "2026年").press_as(Role::MenuItem, "自某日起…").fill("起始日", "2026-3-1");
    desk.key(Modifiers::NONE, Key::Enter).sees("2026-03-01 至今").sees("支委之间 0 / 3 对").sees_no("起始日");
}

#[test]
fn a_year_that_is_over_is_looked_at_as_of_a_later_day() {
    let mut bureau = bureau();
    let honour = json!({ "do": "record_event", "ids": [bureau.chen], "kind": "honour", "on": "2025-12-20",
        "value": "优秀共产党员" });
    bureau.office.run(honour).expect("recorded");
    let mut desk = bureau.coverage("第一党支部", WIDE);
    desk.press_as(Role::Button, "2026年").press_as(Role::MenuItemCheckBox, "2025年").sees("待谈 1 项");
    desk.press_as(Role::Button, "2025年").press_as(Role::MenuItem, "截至…").fill("截至日", "2024-12-31");
    desk.sees("要在 2025-01-01 到 2026-11-24 之间");
    assert!(!desk.can_press("看覆盖"));
    desk.fill("截至日", "2026-2-1").key(Modifiers::NONE, Key::Enter);
    desk.sees("2025年，截至 2026-02-01").sees("按 2026-02-01 的班子计").sees("缺 1 项").sees_no("待谈 1 项");
    // Another year is looked at as of its own day, and so is the same one again.
    desk.press_as(Role::Button, "2025年，截至 2026-02-01").press_as(Role::MenuItemCheckBox, "2025年");
    desk.sees("按 2025-12-31 的班子计").sees("待谈 1 项");
}

#[test]
fn of_a_group_it_is_said_whose_coverage_is_shown() {
    let mut bureau = bureau();
    let group = json!({ "do": "add_organisation", "parent_id": bureau.first,
        "set": { "name": "第一党小组", "org_kind": "党小组" } });
    bureau.office.run(group).expect("made");
    let mut desk = bureau.coverage("第一党支部", WIDE);
    desk.press_as(Role::Button, "展开：第一党支部").press_as(Role::TreeItem, "第一党小组");
    desk.sees("第一党支部的覆盖情况：党小组不单独算").sees("支委之间 1 / 3 对");
    desk.press_as(Role::TreeItem, "第一党支部").sees_no("党小组不单独算");
}

#[test]
fn of_two_talks_that_a_pair_needs_the_one_that_was_held_is_shown() {
    let mut bureau = bureau();
    let rule = json!({ "do": "set_rule", "rule": "talk.c1", "numbers": { "needed": 2 }, "enabled": true });
    bureau.office.run(rule).expect("set");
    let mut desk = bureau.coverage("第一党支部", WIDE);
    desk.sees("陈志远 和 吴海涛，1979-06 生：还缺，已 1 次").sees("陈志远 和 吴海涛，1985-02 生：还缺");
    desk.press("陈志远 和 吴海涛，1979-06 生：还缺，已 1 次").sees("2026-02-11 谈话");
}
