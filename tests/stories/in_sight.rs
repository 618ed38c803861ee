//! Whoever works by the keyboard alone sees what has the focus, in a low window too.

use branchdesk::domain::ids::OrganisationId;
use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2};
use serde_json::json;

use crate::support::office::Office;
use crate::support::story::{NARROW, Story, WIDE};

/// What stands below the list and the form: the buttons, with the line above them.
const FOOT: f32 = 12.0;

/// A branch of three.
fn branch() -> (Office, OrganisationId) {
    let mut office = Office::new();
    let id = office.organisation(None, "局机关第一党支部");
    for (name, post) in [("陈志远", Some("书记")), ("赵永强", None), ("何静", None)] {
        office.member(id, json!({ "name": name, "joined": "1995-07-01", "full": "1996-07-01", "party_post": post }));
    }
    (office, id)
}

fn talks(size: Vec2) -> Story {
    let mut desk = Story::of_size(branch().0, size);
    desk.press_as(Role::Link, "谈心谈话");
    desk
}

fn key(desk: &mut Story, key: Key) -> &mut Story {
    desk.key(Modifiers::NONE, key)
}

/// What has the focus stands between the head of the page and what stands at its foot.
#[track_caller]
fn sees_focus(desk: &Story, foot: f32) {
    let (name, place) = (desk.focused(), desk.place_of_focus());
    let head = desk.place(Role::Button, "返回").bottom();
    assert!(place.top() >= head && place.bottom() <= foot, "{name:?} at {place:?}, between {head} and {foot}");
}

/// Writes rows of paper talks by the keyboard alone.
fn enter_rows(size: Vec2, count: usize) {
    let desk = &mut talks(size);
    if size == NARROW {
        desk.press_as(Role::Button, "更多").press("补录…");
    } else {
        desk.press_as(Role::Button, "补录…");
    }
    // Above the buttons stands a line of the coverage.
    let foot = desk.place(Role::Button, "记下").top() - FOOT - 28.0;
    for nth in 1..=count {
        assert_eq!(desk.focused(), Some(format!("日期 {nth}")));
        sees_focus(desk, foot);
        desk.type_text("3.20");
        key(desk, Key::Enter);
        if nth == 1 {
            desk.type_text("czy");
            key(desk, Key::Enter);
        }
        key(desk, Key::Enter).type_text("zyq");
        key(desk, Key::Enter);
        sees_focus(desk, foot);
        key(desk, Key::Enter);
        assert_eq!(desk.focused(), Some(format!("类型 {nth}")));
        sees_focus(desk, foot);
        if nth == count {
            let before = desk.place(Role::ComboBox, &format!("类型 {nth}"));
            desk.type_text("z").type_text("z").type_text("sr");
            let place = desk.place(Role::ComboBox, &format!("类型 {nth}"));
            assert_eq!(place, before, "the rows stand while one looks for a type");
            key(desk, Key::Enter);
        }
        key(desk, Key::Enter);
        sees_focus(desk, foot);
        key(desk, Key::Enter);
    }
    for _ in 0..count {
        key(desk, Key::ArrowUp);
        sees_focus(desk, foot);
    }
    assert_eq!(desk.focused().as_deref(), Some("日期 1"));
}

#[test]
fn the_row_one_writes_in_is_seen_however_many_there_are() {
    enter_rows(WIDE, 15);
}

#[test]
fn the_row_one_writes_in_is_seen_in_a_low_window_too() {
    enter_rows(NARROW, 9);
}

#[test]
fn the_type_of_a_row_is_found_by_its_initials() {
    let desk = &mut talks(WIDE);
    desk.press_as(Role::Button, "补录…").press_as(Role::ComboBox, "类型 1");
    assert_eq!(desk.focused().as_deref(), Some("找类型 1"), "where it was pressed one writes as well");
    key(desk, Key::Escape);
    assert_eq!(desk.focused().as_deref(), Some("类型 1"));
    desk.type_text("z").type_text("zsr");
    assert_eq!((desk.focused().as_deref(), desk.value("找类型 1").as_str()), (Some("找类型 1"), "zzsr"));
    key(desk, Key::Enter);
    assert_eq!(desk.focused().as_deref(), Some("类型 1"));
    assert_eq!(desk.value_of(Role::ComboBox, "类型 1"), "政治生日谈话");
    key(desk, Key::Enter);
    assert_eq!(desk.focused().as_deref(), Some("主题 1"));
}

#[test]
fn tab_in_the_form_of_a_low_window_leads_to_nothing_that_is_not_seen() {
    let desk = &mut talks(NARROW);
    let long = "谈了支部工作和个人思想。\n".repeat(40);
    desk.press_as(Role::Button, "记谈话").fill_long("谈话内容", &long);
    let foot = desk.place(Role::Button, "保存").top() - FOOT;
    for name in ["提纲、措施…", "存在问题、意见建议", "谈话对象表态", "加一项"] {
        key(desk, Key::Tab);
        assert_eq!(desk.focused().as_deref(), Some(name));
        sees_focus(desk, foot);
    }
    key(desk, Key::Space);
    for name in ["措施 1", "责任人 1", "完成时限 1"] {
        assert_eq!(desk.focused().as_deref(), Some(name));
        sees_focus(desk, foot);
        key(desk, Key::Tab);
    }
    for _ in 0..6 {
        desk.key(Modifiers::SHIFT, Key::Tab);
        sees_focus(desk, foot);
    }
    desk.fill("地点", "机关谈心室");
    sees_focus(desk, foot);
}

#[test]
fn the_day_of_the_coverage_is_written_at_once_where_its_dialog_was_asked_for_by_the_keyboard() {
    let desk = &mut talks(WIDE);
    desk.press_as(Role::Tab, "覆盖");
    for (downs, field) in [(1, "起始日"), (2, "截至日")] {
        for _ in 0..40 {
            if desk.focused().is_some_and(|name| name.starts_with("2026")) {
                break;
            }
            key(desk, Key::Tab);
        }
        key(desk, Key::Space);
        for _ in 0..downs {
            key(desk, Key::ArrowDown);
        }
        key(desk, Key::Enter);
        assert_eq!(desk.focused().as_deref(), Some(field));
        key(desk, Key::Escape);
    }
}
