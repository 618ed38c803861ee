//! The form of a talk under the hands of its writer: keys, room for the text, what cannot be, and nothing lost.

use branchdesk::domain::ids::OrganisationId;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use serde_json::json;

use crate::support::office::Office;
use crate::support::story::{NARROW, Story, WIDE};

/// A branch of three, and a talk of last March.
fn branch() -> (Office, OrganisationId) {
    let mut office = Office::new();
    let id = office.organisation(None, "局机关第一党支部");
    let chen = json!({ "name": "陈志远", "joined": "1995-07-01", "full": "1996-07-01", "party_post": "书记" });
    let chen = office.member(id, chen);
    let zhao = office.member(id, json!({ "name": "赵永强", "joined": "2006-07-01", "full": "2007-07-01" }));
    office.member(id, json!({ "name": "何静", "joined": "2015-07-01", "full": "2016-07-01" }));
    let talk = json!({ "do": "record_talk", "organisation_id": id, "held_on": "2026-03-20", "type": "T01",
        "mode": "一对一", "place": "机关谈心室", "talker_ids": [chen], "partner_ids": [zhao], "content": "谈了两件事" });
    office.run(talk).expect("recorded");
    (office, id)
}

fn talks(office: Office, size: egui::Vec2) -> Story {
    let mut desk = Story::of_size(office, size);
    desk.press_as(Role::Link, "谈心谈话");
    desk
}

fn key(desk: &mut Story, key: Key) -> &mut Story {
    desk.key(Modifiers::NONE, key)
}

fn pick(desk: &mut Story, field: &str, text: &str) {
    desk.go_into(field).type_text(text).key(Modifiers::NONE, Key::Enter);
}

#[test]
fn escape_closes_the_list_that_is_open_then_leaves_the_field_and_only_then_the_page() {
    let desk = &mut talks(branch().0, WIDE);
    desk.open_row("2026-001 赵永强").press_as(Role::ComboBox, "类型").sees("找类型");
    key(desk, Key::Escape).sees_no("找类型").sees("Heading 修改谈话");
    desk.press("选地点").sees("MenuItemCheckBox 机关谈心室");
    key(desk, Key::Escape).sees_no("MenuItemCheckBox").sees("Heading 修改谈话");
    desk.go_into("谈话对象").type_text("hej").sees("记为名册外的人");
    key(desk, Key::Escape).sees_no("记为名册外的人").sees("Heading 修改谈话");
    desk.fill("谈话对象", "").fill_long("谈话内容", "谈了三件事");
    key(desk, Key::Escape).sees("Heading 修改谈话");
    key(desk, Key::Escape).sees_no("Heading 修改谈话").sees("记录 1");
    desk.open_row("2026-001 赵永强");
    assert_eq!(desk.value_of(Role::MultilineTextInput, "谈话内容"), "谈了三件事", "nothing typed is lost");
}

#[test]
fn tab_leads_from_the_people_into_the_text_and_on_to_the_answers() {
    let desk = &mut talks(branch().0, WIDE);
    desk.press_as(Role::Button, "记谈话");
    assert_eq!(desk.focused().as_deref(), Some("谈话对象"));
    let next = |desk: &mut Story| {
        key(desk, Key::Tab);
        desk.focused().unwrap_or_default()
    };
    assert_eq!(next(desk), "记录人");
    assert_eq!(next(desk), "谈话主题");
    assert_eq!(next(desk), "谈话内容");
}

#[test]
fn the_fields_of_the_first_line_are_of_one_height_and_a_short_word_says_what_it_stands_for() {
    let desk = &mut talks(branch().0, WIDE);
    desk.press_as(Role::Button, "记谈话");
    let place = desk.place(Role::TextInput, "地点");
    let mode = desk.place(Role::RadioGroup, "方式");
    assert_eq!((mode.top(), mode.height()), (place.center().y - 16.0, 32.0));
    assert!(desk.has(Role::RadioButton, "电话、视频"));
}

#[test]
fn in_a_low_window_the_text_takes_the_room_as_soon_as_one_writes_in_it() {
    let desk = &mut talks(branch().0, NARROW);
    desk.press_as(Role::Button, "记谈话").fill_long("谈话内容", "谈").wait(0.5);
    let field = desk.place(Role::MultilineTextInput, "谈话内容");
    let save = desk.place(Role::Button, "保存");
    assert!(field.bottom() < save.top() && field.height() > 150.0, "{field:?} above {save:?}");
    let told = desk.place(Role::Label, "1 字");
    assert!(told.bottom() < save.top(), "its last line is seen: {told:?}");
}

#[test]
fn what_was_written_is_there_again_after_the_program_ended_at_once() {
    let desk = &mut talks(branch().0, WIDE);
    desk.press_as(Role::Button, "记谈话");
    pick(desk, "谈话对象", "hej");
    let long = "第一段。\n".repeat(3_000);
    desk.fill("谈话主题", "近况").fill_long("谈话内容", &long).wait(2.0).sees("草稿已存");
    desk.reopen(NARROW).sees("上次有没保存的“记谈话”").press("接着填").sees("何静");
    assert_eq!((desk.value("谈话主题"), desk.value_of(Role::MultilineTextInput, "谈话内容")), ("近况".into(), long));
}

#[test]
fn a_number_that_is_taken_is_told_and_the_text_stays() {
    let desk = &mut talks(branch().0, WIDE);
    desk.press_as(Role::Button, "记谈话");
    pick(desk, "谈话对象", "hej");
    desk.fill_long("谈话内容", "谈了三件事").press("提纲、措施…").fill("编号", "1");
    desk.press_as(Role::Button, "保存").sees("编号 2026-001 已经用于 2026-03-20 的谈话").sees("Heading 记谈话");
    assert_eq!(desk.value_of(Role::MultilineTextInput, "谈话内容"), "谈了三件事");
    desk.fill("编号", "5").press_as(Role::Button, "保存").sees("2026-005 何静");
}

#[test]
fn a_type_that_is_stopped_while_one_writes_is_told_and_the_text_stays() {
    let desk = &mut talks(branch().0, WIDE);
    desk.press_as(Role::Button, "记谈话");
    pick(desk, "谈话对象", "hej");
    desk.fill_long("谈话内容", "谈了三件事").wait(2.0).press("设置").press_as(Role::Link, "看谈话类型");
    desk.open_row("日常谈心谈话").press_as(Role::CheckBox, "记谈话时可以选").press_as(Role::Button, "保存");
    desk.press_as(Role::Link, "谈心谈话").press_as(Role::Button, "记谈话");
    assert_eq!(desk.value_of(Role::MultilineTextInput, "谈话内容"), "谈了三件事");
    desk.press_as(Role::Button, "保存").sees("谈话类型“日常谈心谈话”已经停用").sees("Heading 记谈话");
}

#[test]
fn a_narrow_window_shows_the_talks_with_their_topics_without_scrolling_sideways() {
    let desk = &mut talks(branch().0, NARROW);
    desk.sees("谈了两件事");
    for head in ["编号", "日期", "谈话人", "谈话对象", "类型", "主题或内容"] {
        let place = desk.place(Role::ColumnHeader, head);
        assert!(place.right() <= NARROW.x - 12.0, "{head} ends at {}", place.right());
    }
}

#[test]
fn in_a_low_window_every_page_has_its_place_in_the_rail_above_the_settings() {
    let desk = &mut Story::of_size(branch().0, NARROW);
    let settings = desk.place(Role::Link, "设置");
    assert!(settings.bottom() <= NARROW.y - 26.0, "{settings:?}");
    let last = desk.place(Role::Link, "导出和打印");
    assert!(last.bottom() <= settings.top(), "{last:?} {settings:?}");
    assert_eq!(last.height(), settings.height());
}

#[test]
fn a_due_date_that_cannot_be_read_is_told_at_its_field_and_stops_saving() {
    let desk = &mut talks(branch().0, WIDE);
    desk.press_as(Role::Button, "记谈话");
    pick(desk, "谈话对象", "hej");
    desk.press_as(Role::Button, "加一项").fill("措施 1", "向党组汇报").fill("完成时限 1", "下周");
    desk.key(Modifiers::COMMAND, Key::S).sees("先改好：完成时限 1").sees("Label 完成时限 1：").sees("Heading 记谈话");
    desk.fill("完成时限 1", "12-25").go_into("措施 1").sees_no("先改好");
    assert_eq!(desk.value("完成时限 1"), "2026-12-25", "the next such day");
    desk.key(Modifiers::COMMAND, Key::S).open_row("2026-002 何静").fill("完成时限 1", "2.30").go_into("措施 1");
    desk.sees("完成时限 1：2月没有 30 日").key(Modifiers::COMMAND, Key::S).sees("Heading 修改谈话");
    let told = desk.place(Role::Label, "完成时限 1：2月没有 30 日");
    assert!(told.bottom() <= desk.place(Role::Button, "保存").top(), "it is seen: {told:?}");
    desk.press_as(Role::Button, "恢复原值").press_as(Role::Button, "不要了");
    assert_eq!(desk.value("完成时限 1"), "2026-12-25", "what was there is there");
}

#[test]
fn the_form_reads_a_day_without_a_year_as_the_sheet_for_paper_talks_does() {
    let desk = &mut talks(branch().0, WIDE);
    desk.press_as(Role::Button, "记谈话");
    for short in ["3.20", "3-20", "3/20", "3月20日"] {
        desk.fill("日期", short).go_into("地点");
        assert_eq!(desk.value("日期"), "2026-03-20", "{short}");
    }
}

#[test]
fn a_draft_is_thrown_away_only_after_a_question_that_tells_how_much_is_written() {
    let desk = &mut talks(branch().0, WIDE);
    desk.press_as(Role::Button, "记谈话").fill_long("谈话内容", "谈了三件事").press_as(Role::Button, "弃稿");
    desk.sees("已写的 5 字和已填的各栏都不留下，撤不回。").press_as(Role::Button, "接着写");
    assert_eq!(desk.value_of(Role::MultilineTextInput, "谈话内容"), "谈了三件事");
    let far = desk.place(Role::Button, "弃稿").right() + 100.0;
    assert!(far < desk.place(Role::Button, "存并再记").left(), "no slip of the pointer reaches it");
    desk.press_as(Role::Button, "弃稿").press_as(Role::Button, "不要了").sees_no("Button 弃稿");
    assert_eq!(desk.value_of(Role::MultilineTextInput, "谈话内容"), "");
}

#[test]
fn whoever_comes_to_the_form_again_writes_in_the_field_that_is_to_be_filled() {
    let desk = &mut talks(branch().0, WIDE);
    for number in ["2026-002", "2026-003"] {
        desk.press_as(Role::Button, "记谈话").sees(number);
        assert_eq!(desk.focused().as_deref(), Some("谈话对象"));
        desk.type_text("hej").key(Modifiers::NONE, Key::Enter);
        desk.key(Modifiers::COMMAND, Key::S).sees(&format!("{number} 何静"));
    }
    desk.press_as(Role::Button, "补录…").type_text("3.20").press("返回").press_as(Role::Button, "补录…");
    assert_eq!(desk.focused().as_deref(), Some("日期 2"), "the first empty row");
    desk.press_as(Role::Button, "弃稿").press_as(Role::Button, "不要了");
    assert_eq!(desk.focused().as_deref(), Some("日期 1"));
}

#[test]
fn the_text_of_a_restricted_type_is_not_kept_in_the_draft_either() {
    let desk = &mut talks(branch().0, WIDE);
    desk.press_as(Role::Button, "记谈话").fill_long("谈话内容", "谈了三件事").wait(2.0);
    assert!(parked(desk).contains("谈了三件事"));
    desk.press_as(Role::ComboBox, "类型").fill("找类型", "诫勉谈话").key(Modifiers::NONE, Key::Enter);
    desk.wait(2.0).sees("这类谈话不存内容，草稿也不存").sees("，不含内容");
    assert!(parked(desk).contains("记谈话") && !parked(desk).contains("谈了三件事"));
    desk.press_as(Role::ComboBox, "类型").fill("找类型", "日常谈心").key(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.value_of(Role::MultilineTextInput, "谈话内容"), "谈了三件事", "nothing typed is lost");
}

/// What lies beside the workbook of drafts.
fn parked(desk: &Story) -> String {
    let files = std::fs::read_dir(desk.beside_workbook()).expect("a folder").map(|entry| entry.expect("a file").path());
    let sides = files.filter(|path| path.to_string_lossy().ends_with("-side"));
    sides.map(|path| std::fs::read_to_string(path).expect("a draft file")).collect()
}

#[test]
fn a_saved_record_is_printed_from_its_form_and_what_is_changed_is_saved_first() {
    let desk = &mut talks(branch().0, WIDE);
    desk.press_as(Role::Button, "记谈话").sees_no("Button 打印…").key(Modifiers::NONE, Key::Escape);
    key(desk, Key::Escape).open_row("2026-001 赵永强").fill("谈话主题", "近况");
    assert!(!desk.can_press("打印…"), "on paper stands what is saved");
    desk.key(Modifiers::COMMAND, Key::S).open_row("2026-001 赵永强").press_as(Role::Button, "打印…");
    desk.sees("选中的 1 次谈话，每次一张");
}

#[test]
fn what_a_talk_left_to_do_stands_beside_its_own_form_too() {
    let (mut office, id) = branch();
    let wang = office.member(id, json!({ "name": "王建国", "joined": "2001-07-01", "full": "2002-07-01" }));
    let li = office.member(id, json!({ "name": "李红梅", "joined": "2003-07-01", "full": "2004-07-01" }));
    let talk = json!({ "do": "record_talk", "organisation_id": id, "held_on": "2026-09-20", "type": "T01",
        "mode": "一对一", "talker_ids": [wang], "partner_ids": [li], "content": "谈了夜班",
        "follow_ups": [{ "measure": "调整值班表", "due": "2026-09-30" }] });
    office.run(talk).expect("recorded");
    let desk = &mut talks(office, WIDE);
    desk.open_row("2026-002 李红梅").sees_no("没有未办结的跟进").sees("这次谈话的·2026-09-30·迟 55 天");
    assert!(!desk.can_press("办结：调整值班表"), "what is being changed is not closed from beside it");
    key(desk, Key::Escape);
    key(desk, Key::Escape).press_as(Role::Button, "记谈话");
    pick(desk, "谈话对象", "lhm");
    desk.sees("2026-09-30·迟 55 天").sees_no("这次谈话的");
    assert!(desk.can_press("办结：调整值班表"));
}
