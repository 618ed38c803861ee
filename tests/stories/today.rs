//! The secretary opens the workbook, sees what is to be done, and does it.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use serde_json::json;

use crate::support::office::Office;
use crate::support::story::{NARROW, Story, WIDE};

/// A branch whose secretary promised something by 20 November; today is the 24th.
fn office() -> Office {
    let mut office = Office::new();
    let branch = office.organisation(None, "局机关第一党支部");
    let chen = office.member(branch, json!({ "name": "陈志远", "joined": "1995-07-01", "full": "1996-07-01" }));
    let ma = office.member(branch, json!({ "name": "马晓东", "joined": "2006-07-01", "full": "2007-07-01" }));
    let talk = json!({
        "do": "record_talk", "organisation_id": branch, "held_on": "2026-11-02", "time": "9:30", "type": "T01",
        "talker_ids": [chen], "partner_ids": [ma],
        "follow_ups": [{ "measure": "协调驻村工作交接", "owner_id": chen, "due": "2026-11-20" }],
    });
    office.run(talk).expect("recorded");
    let plan = json!({ "talker_id": chen, "partner_id": ma, "due": "2026-12-15" });
    office.run(json!({ "do": "plan_talks", "organisation_id": branch, "talks": [plan] })).expect("planned");
    office
}

const FOLLOW_UP: &str = "谈话跟进：协调驻村工作交接";
/// The same in the diary, whose titles tell nothing of what was said.
const IN_DIARY: &str = "谈话跟进：2026-001";

fn at_work() -> Story {
    Story::at_today(office(), WIDE)
}

#[test]
fn one_begins_with_what_is_to_be_done() {
    let desk = &mut at_work();
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk.sees("11月24日 星期二·逾期 1 件").sees("Heading 逾期 1").sees(FOLLOW_UP);
    desk.sees("迟 4 天").sees("谈话 2026-001（马晓东）·责任人 陈志远");
    desk.sees("这一周没有别的事").sees("Heading 30 天内 1");
    assert_eq!(desk.value_of(Role::Link, "今日"), "1", "how much is urgent");
    desk.sees("计划谈话：陈志远 和 马晓东").sees("12月15日");
    assert!(!desk.shows("支委和党员谈心还缺 2 人"), "what comes later is closed");
    desk.press("以后 1").sees("支委和党员谈心还缺 2 人");
    desk.sees("2026年谈心谈话").sees("/ 2 人");
    assert!(desk.has(Role::Button, "党员和党员 2"), "how many of them were talked with opens the coverage");
}

#[test]
fn a_follow_up_is_closed_with_a_note_and_an_undo_brings_it_back() {
    let desk = &mut at_work();
    let before = desk.dump();
    desk.press_as(Role::ListItem, FOLLOW_UP).press(&format!("办结…：{FOLLOW_UP}"));
    desk.fill("办结情况", "已与镇党委交接").press_as(Role::Button, "办结");
    assert!(desk.dump().contains("已与镇党委交接"));
    assert!(!desk.has(Role::ListItem, FOLLOW_UP));
    desk.key(Modifiers::COMMAND, Key::Z);
    assert!(desk.has(Role::ListItem, FOLLOW_UP));
    assert_eq!(desk.dump(), before);
}

#[test]
fn what_is_put_off_with_a_reason_stands_apart_and_is_taken_back() {
    let desk = &mut at_work();
    let before = desk.dump();
    desk.press_as(Role::ListItem, FOLLOW_UP).press(&format!("推迟…：{FOLLOW_UP}"));
    assert!(!desk.can_press("推迟"), "no reason is given");
    desk.fill("推迟到", "2026-11-24").fill("原因", "等上级批复").sees("要在今天以后");
    assert!(!desk.can_press("推迟"));
    desk.fill("推迟到", "2026-12-01").press_as(Role::Button, "推迟");
    desk.sees_no("逾期 1").press("推迟的 1").sees("推迟到 2026-12-01：等上级批复");
    desk.press_as(Role::ListItem, FOLLOW_UP).press(&format!("取消推迟：{FOLLOW_UP}"));
    desk.sees("Heading 逾期 1");
    assert_eq!(desk.dump(), before);
    desk.press_as(Role::Link, "操作记录").sees(&format!("取消推迟：{IN_DIARY}"));
    desk.sees(&format!("推迟到 2026-12-01：{IN_DIARY}（等上级批复）")).sees_no("follow_up");
    desk.press_as(Role::ListItem, &format!("推迟到 2026-12-01：{IN_DIARY}（等上级批复）"));
    desk.sees("到 2026-12-01，等上级批复").sees_no("follow_up");
}

/// Presses where a line has words and no button.
fn stand_on<'d>(desk: &'d mut Story, row: &str) -> &'d mut Story {
    let words = desk.place(Role::ListItem, row).left_center() + egui::vec2(60.0, 0.0);
    desk.click_at(words)
}

/// A secretary and somebody who was honoured long ago, with whom nobody talked.
fn honoured() -> Office {
    let mut office = Office::new();
    let branch = office.organisation(None, "局机关第一党支部");
    let chen = json!({ "name": "陈志远", "joined": "1995-07-01", "full": "1996-07-01", "party_post": "书记" });
    office.member(branch, chen);
    let ma = office.member(branch, json!({ "name": "马晓东", "joined": "2006-07-01", "full": "2007-07-01" }));
    let honour = json!({ "do": "record_event", "ids": [ma], "kind": "honour", "on": "2026-07-01", "value": "先进" });
    office.run(honour).expect("recorded");
    office
}

/// 支部工作条例第十九条: what happened to somebody asks for a talk, and each way to it stands beside it.
#[test]
fn a_talk_that_something_asks_for_is_planned_printed_or_written_down_from_its_line() {
    let row = "马晓东 表彰奖励，还没有谈话";
    let desk = &mut Story::at_today(honoured(), WIDE);
    let before = desk.dump();
    stand_on(desk, row).press(&format!("空白表…：{row}")).sees("存或打印时给 1 张编号");
    stand_on(desk.press_as(Role::Button, "关闭"), row).press(&format!("计划：{row}"));
    desk.sees("·已计划 2026-12-01·").sees("计划谈话：陈志远 和 马晓东");
    assert!(!desk.can_press(&format!("计划：{row}")), "once is enough");
    desk.key(Modifiers::COMMAND, Key::Z).sees_no("已计划 2026-12-01");
    assert_eq!(desk.dump(), before);
    stand_on(desk, row).press(&format!("记谈话：{row}")).sees("Heading 记谈话");
    assert_eq!(desk.value_of(Role::ComboBox, "类型"), "表彰、勉励谈话");
    desk.sees("陈志远").key(Modifiers::COMMAND, Key::S).sees("Heading 今日").sees_no(row);
}

#[test]
fn a_ratio_leads_to_the_people_who_are_missing_and_a_gap_to_a_plan() {
    let desk = &mut Story::at_today(honoured(), WIDE);
    desk.press_as(Role::Button, "党员和党员 0").sees("党员页：马晓东").sees_no("2026-07-01 表彰奖励");
    desk.press_as(Role::Link, "今日").press_as(Role::Button, "必谈事项 0").sees("2026-07-01 表彰奖励");
    desk.press_as(Role::Link, "今日").press("以后 2").press_as(Role::ListItem, "支委和党员谈心还缺 1 人");
    desk.press("拟计划…：支委和党员谈心还缺 1 人").sees("谈话 1 次");
    desk.press_as(Role::Button, "存下计划").sees("计划 1").sees("陈志远 和 马晓东");
}

/// 发展党员工作细则第三十二条
#[test]
fn probations_that_were_over_long_ago_lead_to_what_is_to_be_checked() {
    let mut office = office();
    let branch = office.desk().tree().within(None)[0].id;
    office.member(branch, json!({ "name": "何静", "joined": "2019-07-01" }));
    let row = "何静 预备期早已届满，没有转正时间";
    let desk = &mut Story::at_today(office, WIDE);
    desk.press_as(Role::ListItem, row).sees("迟 6 年").press(&format!("打开：{row}")).sees("Heading 待核").sees("何静");
}

#[test]
fn what_a_talk_asked_for_is_written_down_done_and_open_again_after_undo() {
    let desk = &mut Story::at_today(honoured(), WIDE);
    let row = "谈话跟进：向局党组汇报";
    desk.press_as(Role::Button, "记谈话");
    for (field, text) in [("谈话人", "czy"), ("谈话对象", "mxd")] {
        desk.go_into(field).type_text(text).key(Modifiers::NONE, Key::Enter);
    }
    desk.press_as(Role::Button, "加一项").fill("措施 1", "向局党组汇报").fill("完成时限 1", "2026-11-26");
    desk.go_into("责任人 1").type_text("czy").key(Modifiers::NONE, Key::Enter);
    desk.key(Modifiers::COMMAND, Key::S).sees("Heading 今日").sees("谈话 2026-001（马晓东）·责任人 陈志远");
    let written = desk.dump();
    desk.press_as(Role::ListItem, row).press(&format!("办结…：{row}"));
    desk.fill("办结情况", "已经汇报").press_as(Role::Button, "办结");
    assert!(!desk.has(Role::ListItem, row));
    desk.press_as(Role::Link, "谈心谈话").press_as(Role::Tab, "跟进").press_as(Role::RadioButton, "已办结 1");
    desk.sees("2026-11-24 已经汇报").press_as(Role::Link, "今日").key(Modifiers::COMMAND, Key::Z).sees(row);
    assert_eq!(desk.dump(), written);
}

#[test]
fn a_planned_talk_is_ticked_off_when_a_record_of_it_appears() {
    let mut office = office();
    let desk = &mut Story::at_today(office, WIDE);
    desk.sees("计划谈话：");
    office = self::office();
    let people: Vec<String> = office.desk().directory().cards().iter().map(|card| card.id.to_string()).collect();
    let branch = office.desk().tree().within(None)[0].id;
    let talk = json!({
        "do": "record_talk", "organisation_id": branch, "held_on": "2026-11-24", "type": "T01",
        "talker_ids": [people[0]], "partner_ids": [people[1]],
    });
    office.run(talk).expect("recorded");
    Story::at_today(office, WIDE).press("以后 1").sees_no("计划谈话：").sees("谈心还缺");
}

#[test]
fn all_by_keyboard_down_to_a_piece_and_enter_opens_it() {
    let mut office = office();
    let branch = office.desk().tree().within(None)[0].id;
    office.member(branch, json!({ "name": "张立新", "joined": "2025-11-09" }));
    let desk = &mut Story::at_today(office, WIDE);
    desk.press_as(Role::ListItem, FOLLOW_UP).key(Modifiers::NONE, Key::ArrowUp);
    assert!(desk.has(Role::Button, "转正…：张立新 预备期已满，还没有登记转正"), "the firm one stands first");
    desk.key(Modifiers::NONE, Key::Enter).sees("Heading 张立新");
    desk.key(Modifiers::ALT, Key::ArrowLeft).sees("Heading 今日");
}

#[test]
fn beside_the_work_stands_what_is_to_be_checked_and_what_was_left_half_written() {
    let desk = &mut at_work();
    desk.sees("上次打开以来").sees("这台电脑上第一次打开").sees("没有写到一半的记录");
    assert!(desk.has(Role::Button, "待核数据 4 处"), "{:?}", desk.rows());
    desk.press_as(Role::Button, "待核数据 4 处").sees("Heading 待核");
    desk.press_as(Role::Link, "党员").press_as(Role::Button, "新增党员").fill("姓名", "何静").wait(1.5);
    desk.reopen(WIDE).press_as(Role::Link, "今日");
    desk.sees("测试员 的操作").press("接着填：新增党员");
    assert_eq!(desk.value("姓名"), "何静");
}

#[test]
fn a_draft_is_listed_as_soon_as_it_is_parked_and_no_longer_when_it_was_saved() {
    let desk = &mut at_work();
    desk.press_as(Role::Button, "记谈话").fill("地点", "机关谈心室").press_as(Role::Link, "今日");
    desk.wait(2.0).press("接着填：记谈话");
    assert_eq!(desk.value("地点"), "机关谈心室");
    desk.go_into("谈话对象").type_text("mxd").key(Modifiers::NONE, Key::Enter);
    desk.key(Modifiers::COMMAND, Key::S).sees("Heading 今日").sees("没有写到一半的记录");
}

#[test]
fn what_can_be_done_with_a_piece_leaves_the_line_of_its_basis_free() {
    let desk = &mut Story::at_today(office(), NARROW);
    let row = desk.press_as(Role::ListItem, FOLLOW_UP).place(Role::ListItem, FOLLOW_UP);
    let button = desk.place(Role::Button, &format!("办结…：{FOLLOW_UP}"));
    assert!(row.bottom() - button.bottom() >= 27.0, "{button} in {row}");
}

#[test]
fn nothing_to_be_done_is_said_quietly() {
    let mut office = Office::new();
    office.organisation(None, "局机关第一党支部");
    let desk = &mut Story::at_today(office, WIDE);
    desk.sees("没有要办的事");
    assert_eq!(desk.value_of(Role::Link, "今日"), "");
}

#[test]
fn in_a_narrow_window_the_right_column_is_a_drawer() {
    let desk = &mut Story::at_today(office(), NARROW);
    desk.sees(FOLLOW_UP).sees_no("待核数据");
    desk.press_as(Role::Button, "概况").sees("待核数据").key(Modifiers::NONE, Key::Escape).sees_no("待核数据");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}

#[test]
fn who_was_not_talked_with_is_a_ready_list_whose_months_are_chosen() {
    let mut office = office();
    let branch = office.desk().tree().within(None)[0].id;
    office.member(branch, json!({ "name": "何静", "sex": "女", "joined": "2015-07-01", "full": "2016-07-01" }));
    let desk = &mut Story::of(office);
    desk.press("名单").press("久未谈话").sees("久未谈话：满 6 个月");
    assert_eq!(desk.rows(), ["何静"], "the others talked on 2 November");
    desk.press("久未谈话：满 6 个月").press("满 12 个月").sees("久未谈话：满 12 个月");
}

#[test]
fn a_talk_stands_in_the_timeline_and_is_read_among_the_others() {
    let desk = &mut Story::of(office());
    desk.open_row("马晓东").sees("2026-11-02 谈话：陈志远 和 本人（日常谈心谈话）");
    desk.press("逐篇看").sees("2026-11-02 9:30 陈志远 和 马晓东");
    desk.sees("跟进：协调驻村工作交接，责任人 陈志远，2026-11-20 前办，未办结");
    desk.press("看时间线").press("2026-11-02 谈话：陈志远 和 本人（日常谈心谈话）").sees("协调驻村工作交接");
    assert!(desk.has(Role::Heading, "修改谈话"));
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}

#[test]
fn each_kind_of_work_leads_to_where_it_is_done() {
    let desk = &mut at_work();
    desk.press("以后 1").press_as(Role::ListItem, "支委和党员谈心还缺 2 人");
    desk.press("打开：支委和党员谈心还缺 2 人").sees("Heading 谈心谈话").press_as(Role::Link, "今日");
    desk.press_as(Role::ListItem, "计划谈话：陈志远 和 马晓东").press("记谈话：计划谈话：陈志远 和 马晓东");
    desk.sees("Heading 记谈话").sees("陈志远").sees("马晓东").press_as(Role::Link, "今日");
    desk.press_as(Role::ListItem, FOLLOW_UP).press(&format!("打开：{FOLLOW_UP}")).sees("Heading 修改谈话");
}

#[test]
fn follow_ups_of_several_branches_name_whose_talk_it_was() {
    let mut office = Office::new();
    let root = office.organisation(None, "县民政局党总支");
    for name in ["第一党支部", "第二党支部"] {
        let branch = office.organisation(Some(root), name);
        let talker = office.member(branch, json!({ "name": format!("{name}书记"), "joined": "1995-07-01" }));
        let partner = office.member(branch, json!({ "name": format!("{name}党员"), "joined": "1996-07-01" }));
        let talk = json!({
            "do": "record_talk", "organisation_id": branch, "held_on": "2026-11-02", "type": "T01",
            "talker_ids": [talker], "partner_ids": [partner],
            "follow_ups": [{ "measure": "协调", "due": "2026-11-20" }],
        });
        office.run(talk).expect("recorded");
    }
    let desk = &mut Story::at_today(office, WIDE);
    desk.press_as(Role::Link, "谈心谈话").press_as(Role::Tab, "跟进 2").sees("党组织").sees("Label 第二党支部");
}
