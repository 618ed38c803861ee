//! The coverage stands at another time than this year: what is written, typed in, and planned from there counts for it
//! and says so.

use branchdesk::domain::ids::{OrganisationId, PersonId};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use serde_json::{Value as Json, json};

use crate::support::office::Office;
use crate::support::story::{NARROW, Story, WIDE};

/// A branch with a secretary and a deputy, and two members; the secretary has talked with one of them this year.
struct Branch {
    office: Office,
    id: OrganisationId,
    chen: PersonId,
    cao: PersonId,
}

fn branch() -> Branch {
    let mut office = Office::new();
    let id = office.organisation(None, "第一党支部");
    let mut member = |name: &str, more: Json| {
        let mut set = json!({ "name": name, "joined": "2003-12-05", "full": "2004-12-05", "transfer_in": "2010-06" });
        set.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        office.member(id, set)
    };
    let chen = member("陈志远", json!({ "party_post": "书记" }));
    member("吴海涛", json!({ "party_post": "副书记" }));
    let zhao = member("赵永强", json!({}));
    let cao = member("曹振华", json!({}));
    let talk = json!({ "do": "record_talk", "organisation_id": id, "held_on": "2026-02-10", "type": "T01",
        "mode": "一对一", "talker_ids": [chen], "partner_ids": [zhao] });
    office.run(talk).expect("recorded");
    Branch { office, id, chen, cao }
}

impl Branch {
    /// A talk with the member who is missing is planned until a day.
    fn plan(&mut self, due: &str) {
        let talk = json!({ "talker_id": self.chen, "partner_id": self.cao, "rule": "C2", "due": due });
        let plan = json!({ "do": "plan_talks", "organisation_id": self.id, "talks": [talk] });
        self.office.run(plan).expect("planned");
    }

    fn coverage(self, size: egui::Vec2) -> Story {
        let mut desk = Story::of_size(self.office, size);
        desk.press("谈心谈话").press_as(Role::Tab, "覆盖").sees("支委和党员 1 / 2 人");
        desk
    }
}

/// Chooses a day in the menu of times.
fn choose(desk: &mut Story, shown: &str, row: &str, field: &str, day: &str) {
    desk.press_as(Role::Button, shown).press_as(Role::MenuItem, row).fill(field, day);
    desk.press_as(Role::Button, "看覆盖");
}

#[test]
fn a_talk_that_is_written_for_a_hole_counts_for_the_time_in_which_it_was_seen() {
    let mut desk = branch().coverage(WIDE);
    desk.press_as(Role::Button, "2026年").press_as(Role::MenuItemCheckBox, "2025年").sees("支委和党员 0 / 2 人");
    desk.press("记谈话：赵永强（支委和党员）").sees("记下以后").sees("Label 2025年").sees("0 / 2 人，不变");
    desk.sees("谈话日期不在这段时间里，不计入").sees("支委和党员：还缺");
    desk.fill("日期", "2025-12-20").go_into("地点").sees("0 → 1 / 2 人").sees_no("谈话日期不在这段时间里");
    desk.press_as(Role::Button, "弃稿").press_as(Role::Button, "不要了").press("返回");

    choose(&mut desk, "2025年", "截至…", "截至日", "2026-2-1");
    desk.press("记谈话：赵永强（支委和党员）")
        .sees("Label 2025年，截至 2026-02-01")
        .sees("谈话日期不在这段时间里，不计入");
    desk.press("返回").press_as(Role::Tab, "记录").press_as(Role::Button, "记谈话");
    desk.go_into("谈话对象").type_text("czh").key(Modifiers::NONE, Key::Enter);
    desk.sees("Label 2026年").sees("1 → 2 / 2 人").sees_no("谈话日期不在这段时间里");
}

#[test]
fn rows_of_paper_talks_move_the_coverage_that_was_looked_at_and_say_of_which_time_it_is() {
    let mut desk = branch().coverage(NARROW);
    choose(&mut desk, "2026年", "自某日起…", "起始日", "2025-12-1");
    desk.sees("支委和党员 1 / 2 人").press_as(Role::Tab, "记录 1").press_as(Role::Button, "更多").press("补录…");
    desk.sees("Label 2025-12-01 至今").sees("支委和党员 1 / 2 人");
    desk.type_text("2025.12.20").key(Modifiers::NONE, Key::Enter);
    desk.go_into("谈话对象 1").type_text("cao").key(Modifiers::NONE, Key::Enter).sees("支委和党员 1 → 2 / 2 人");
    desk.fill("日期 1", "2025.11.30")
        .go_into("主题 1")
        .sees("支委和党员 1 / 2 人")
        .sees("2025-12-01 至今，1 次不在里面");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}

/// A plan belongs to the days on which its talks are due: those of the time that the coverage is of are seen together.
#[test]
fn the_plan_of_what_goes_on_since_a_day_of_last_year_is_seen_and_ticked_off_as_one() {
    let mut branch = branch();
    branch.plan("2025-12-25");
    let mut desk = branch.coverage(WIDE);
    desk.press_as(Role::Tab, "计划").sees("还没有计划").press_as(Role::Tab, "覆盖");
    choose(&mut desk, "2026年", "自某日起…", "起始日", "2025-12-1");
    desk.press_as(Role::Tab, "计划 1").sees("计划 1 次，已谈 0，过期 1").sees("Button 2025-12-01 至 2026-12-31");
    desk.press_as(Role::Button, "拟计划…").sees("2026-12-31").press_as(Role::Button, "取消");
    desk.press_as(Role::Link, "记谈话：陈志远 和 曹振华").sees("Label 2025-12-01 至今").sees("1 → 2 / 2 人");
    desk.press("返回").press_as(Role::Button, "打印…").sees("（期间：2025年12月1日至2026年12月31日）");
    desk.press_as(Role::Button, "关闭");
    desk.press_as(Role::Button, "2025-12-01 至 2026-12-31").press_as(Role::MenuItemCheckBox, "2026年");
    desk.sees("还没有计划").press_as(Role::Button, "2026年");
    desk.press_as(Role::MenuItemCheckBox, "2025-12-01 至 2026-12-31").sees("计划 1 次");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}

/// Who was talked with this year, but not since the last meeting, is planned once more and stays planned.
#[test]
fn what_is_planned_since_a_day_is_not_closed_by_what_was_before_that_day() {
    let mut desk = branch().coverage(WIDE);
    choose(&mut desk, "2026年", "自某日起…", "起始日", "11.20");
    desk.sees("2026-11-20 至今").sees("支委和党员 0 / 2 人").press("计划：赵永强（支委和党员）");
    desk.sees("改期：赵永强（支委和党员）").press_as(Role::Tab, "计划 1").press_as(Role::Button, "拟计划…");
    desk.sees("谈话 4 次").press_as(Role::Button, "存下计划").sees("计划 4 次，已谈 0").sees_no("别的谈话补上");
    desk.press_as(Role::Link, "记谈话：吴海涛 和 赵永强").sees("Label 2026-11-20 至今").sees("0 → 1 / 2 人");
    desk.fill_long("谈话内容", "谈了分工").key(Modifiers::COMMAND, Key::S).sees("计划 4 次，已谈 1");
}

#[test]
fn a_hole_that_is_planned_shows_its_plan_and_gets_no_second_one() {
    let mut desk = branch().coverage(WIDE);
    desk.press("计划：曹振华（支委和党员）").sees("已计划，12-31").sees_no("计划：曹振华（支委和党员）");
    desk.press("改期：曹振华（支委和党员）").sees("改计划谈话").fill("完成时限", "12.10");
    desk.press_as(Role::Button, "存下").sees("已计划，12-10");
    desk.press("陈志远 和 吴海涛：还缺").press("计划：陈志远 和 吴海涛");
    desk.press("陈志远 和 吴海涛：已计划 12-31").sees("已计划，12-31").sees("改期：陈志远 和 吴海涛");
    desk.key(Modifiers::NONE, Key::Escape).press_as(Role::Tab, "计划 2");
    assert_eq!(desk.rows(), ["陈志远 和 曹振华", "陈志远 和 吴海涛"]);
    desk.press_as(Role::Button, "加一次…").sees_no("这两人已计划");
    for (field, name) in [("谈话人", "cao"), ("谈话对象", "czy")] {
        desk.go_into(field).type_text(name).key(Modifiers::NONE, Key::Enter);
    }
    desk.sees("这两人已计划，12-10；存下会再多一次");
}

/// The dialogs of talks read a day as their form does; what cannot be read stops, and nothing typed is lost.
#[test]
fn the_dialogs_of_talks_read_a_day_without_a_year() {
    let mut branch = branch();
    branch.plan("2026-12-20");
    let follow_up = json!([{ "measure": "再谈一次", "due": "2026-11-20" }]);
    let talk = json!({ "do": "record_talk", "organisation_id": branch.id, "held_on": "2026-03-10", "type": "T01",
        "mode": "一对一", "talker_ids": [branch.chen], "partner_ids": [branch.cao], "follow_ups": follow_up });
    branch.office.run(talk).expect("recorded");
    let mut desk = Story::of_size(branch.office, WIDE);
    desk.press("谈心谈话").press_as(Role::Tab, "计划").open_row("陈志远 和 曹振华").fill("备注", "先看望");
    desk.fill("完成时限", "下周").go_into("备注").sees("看不出是哪一天");
    assert!(!desk.can_press("存下"));
    desk.fill("完成时限", "12.25").go_into("备注");
    assert_eq!((desk.value("完成时限"), desk.value("备注")), ("2026-12-25".to_owned(), "先看望".to_owned()));
    desk.press_as(Role::Button, "存下").press_as(Role::Button, "拟计划…").fill("完成日期", "12.18").go_into("开始日期");
    assert_eq!(desk.value("完成日期"), "2026-12-18");
    desk.press_as(Role::Button, "取消").press_as(Role::Tab, "跟进 1").press("办结：再谈一次");
    desk.fill("办结日期", "12.28").go_into("办结情况");
    assert_eq!(desk.value("办结日期"), "2025-12-28", "the last such day");
    desk.press_as(Role::Button, "取消").press("今日").press_as(Role::ListItem, "谈话跟进：再谈一次");
    desk.press("推迟…：谈话跟进：再谈一次").fill("推迟到", "12月1日").go_into("原因");
    assert_eq!(desk.value("推迟到"), "2026-12-01");
}

#[test]
fn a_planned_talk_that_is_opened_from_today_is_seen_whatever_time_was_looked_at() {
    let mut branch = branch();
    branch.plan("2026-12-20");
    let mut desk = branch.coverage(WIDE);
    desk.press_as(Role::Button, "2026年").press_as(Role::MenuItemCheckBox, "2025年").press_as(Role::Tab, "计划");
    desk.sees("还没有计划").press("今日").press_as(Role::ListItem, "计划谈话：陈志远 和 曹振华");
    desk.press("打开：计划谈话：陈志远 和 曹振华").sees("Button 2026年").sees("计划 1 次，已谈 0");
}
