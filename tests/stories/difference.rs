//! The clerk compares two days after people have come, gone and moved.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use serde_json::json;

use crate::support::office::Office;
use crate::support::story::{MEDIUM, NARROW, Story, WIDE};

fn bureau() -> Office {
    let mut office = Office::new();
    let root = office.organisation(None, "青禾县民政局党总支");
    let first = office.organisation(Some(root), "局机关第一党支部");
    office.organisation(Some(root), "局机关第二党支部");
    for (name, since) in [("林秀英", "2016-05-30"), ("吴海涛", "2012-01-01"), ("何静", "2026-03-01")] {
        let set = json!({ "name": name, "joined": "2006-12-08", "full": "2007-12-08", "transfer_in": since });
        office.member(first, set);
    }
    office
}

#[test]
fn after_a_transfer_and_a_death_both_days_close() {
    let mut desk = Story::of(bureau());
    desk.press_as(Role::CheckBox, "选择 林秀英").press_as(Role::Link, "转到…");
    desk.choose("转到", "局机关第二党支部").press_as(Role::Button, "记下");
    desk.press_as(Role::Button, "取消选择")
        .press_as(Role::CheckBox, "选择 吴海涛")
        .press_as(Role::Button, "更多")
        .press_as(Role::MenuItem, "记变动…");
    desk.choose("哪种变动", "死亡").press_as(Role::Button, "记下");

    desk.press_as(Role::Button, "名单").press_as(Role::MenuItem, "两日对比…");
    assert_eq!((desk.value("前一天"), desk.value("后一天")), ("2025-12-31".into(), "2026-11-24".into()));
    assert_eq!(desk.rows(), ["何静 转入"]);
    desk.sees("2025-12-31 党员 2 人，新增 1 人，减少 1 人，2026-11-24 党员 2 人；在册（含申请人等）2 → 2 人");
    desk.press_as(Role::RadioButton, "减少 1");
    assert_eq!(desk.rows(), ["吴海涛 死亡"]);
    desk.press_as(Role::RadioButton, "变动 1");
    assert_eq!(desk.rows(), ["林秀英 党支部"]);
    assert!(desk.shows("局机关第一党支部"), "before");
    desk.open_row("林秀英 党支部").sees("组织关系").key(Modifiers::NONE, Key::Escape);
    assert_eq!(desk.rows(), ["林秀英 党支部"], "back where one was");

    desk.press_as(Role::RadioButton, "新增 1").fill("前一天", "2026-03-01").key(Modifiers::NONE, Key::Tab);
    assert!(desk.shows("两天之间没有新增的党员"));
    desk.fill("前一天", "2026-11-24").key(Modifiers::NONE, Key::Tab);
    assert!(desk.shows("前一天要早于后一天") && !desk.can_press("导出…"));
    desk.press_as(Role::Button, "返回");
    assert_eq!(desk.rows(), ["何静", "林秀英"]);
}

#[test]
fn the_page_is_named_at_every_width_and_offers_its_file() {
    for size in [WIDE, MEDIUM, NARROW] {
        let mut desk = Story::of_size(bureau(), size);
        desk.press_as(Role::Button, "名单").press_as(Role::MenuItem, "两日对比…");
        assert_eq!(desk.unnamed(), Vec::<String>::new());
        assert_eq!(desk.rows(), ["何静 转入"]);
        desk.press_as(Role::Button, "导出…").sees("两日对比：新增、减少、变动");
        assert_eq!(desk.unnamed(), Vec::<String>::new());
    }
}
