//! Uses the controls that talks are written with as a person does: by their names, by the keyboard.

use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::gallery_talks::{Picked, TalkControls};
use super::gallery_tests::{WIDE, harness};
use crate::ui::theme::Look;

fn page() -> Harness<'static, TalkControls> {
    harness(WIDE, Look::Light, TalkControls::default(), |ui, page| page.ui(ui))
}

/// The field of the picker has the focus and this is written in it.
fn writing(text: &str) -> Harness<'static, TalkControls> {
    let mut page = page();
    page.get_by_role_and_label(Role::TextInput, "谈话对象").focus();
    page.run();
    page.get_by_role_and_label(Role::TextInput, "谈话对象").type_text(text);
    page.run();
    page
}

fn press(page: &mut Harness<'_, TalkControls>, keys: &[Key]) {
    for key in keys {
        page.key_press(*key);
        page.run();
    }
}

#[test]
fn the_controls_of_talks_are_drawn_and_named_in_every_look() {
    for look in [Look::Light, Look::Dark, Look::HighContrast] {
        let page = harness(WIDE, look, TalkControls::default(), |ui, page: &mut TalkControls| page.ui(ui));
        assert_eq!(page.unnamed_widgets(), Vec::<String>::new());
        page.get_by_label("吴海涛 和 何静：还缺");
        page.get_by_label("林秀英 和 何静：已计划 12-03");
        page.get_by_label("陈志远 和 吴海涛：最近 03-20，2 次");
    }
}

#[test]
fn people_are_found_by_initials_and_homonyms_told_apart_by_branch_and_age() {
    let mut page = writing("zm");
    page.get_by_label("郑美玲，局机关第一党支部，38 岁");
    page.get_by_label("张敏，社会组织联合党支部，45 岁");
    press(&mut page, &[Key::ArrowDown, Key::ArrowDown, Key::Enter]);
    assert_eq!(page.state().picked, [Picked::Listed(3), Picked::Listed(2)], "张敏 of the second branch");
    assert_eq!(page.state().partners.text, "");
    assert!(page.get_by_role_and_label(Role::TextInput, "谈话对象").is_focused());
}

#[test]
fn a_full_pinyin_finds_too_and_a_press_takes() {
    let mut page = writing("hejing");
    page.get_by_label("何静，局机关第一党支部，43 岁").click();
    page.run();
    assert_eq!(page.state().picked, [Picked::Listed(3), Picked::Listed(4)]);
    page.get_by_role_and_label(Role::TextInput, "谈话对象").type_text("张");
    page.run();
    assert_eq!(page.state().partners.text, "张", "one writes on after the press");
}

#[test]
fn who_is_not_in_the_roster_is_taken_by_name() {
    let mut page = writing("钱广");
    page.get_by_label("记为名册外的人“钱广”");
    press(&mut page, &[Key::Enter]);
    assert_eq!(page.state().picked, [Picked::Listed(3)], "the first Enter only marks: it may be a slip");
    press(&mut page, &[Key::Enter]);
    assert_eq!(page.state().picked, [Picked::Listed(3), Picked::Named("钱广".into())]);
}

#[test]
fn backspace_takes_the_last_away_only_when_nothing_is_written() {
    let mut page = writing("z");
    press(&mut page, &[Key::Backspace]);
    assert_eq!(page.state().picked.len(), 1, "the letter went");
    press(&mut page, &[Key::Backspace]);
    assert!(page.state().picked.is_empty());
}

#[test]
fn a_token_is_taken_away_by_its_cross() {
    let mut page = page();
    page.get_by_label("去掉：吴海涛").click();
    page.run();
    assert!(page.state().picked.is_empty());
}

#[test]
fn escape_closes_the_list_and_keeps_the_field() {
    let mut page = writing("zm");
    press(&mut page, &[Key::Escape]);
    assert_eq!(page.state().partners.text, "");
    assert!(page.query_by_label("郑美玲，局机关第一党支部，38 岁").is_none());
    assert!(page.get_by_role_and_label(Role::TextInput, "谈话对象").is_focused());
}

#[test]
fn enter_waits_for_those_who_are_found_for_what_is_written() {
    let mut page = writing("zm");
    page.state_mut().is_slow = true;
    press(&mut page, &[Key::Enter]);
    assert_eq!(page.state().picked.len(), 1, "the answer is that to something else");
    page.state_mut().is_slow = false;
    page.run();
    assert_eq!(page.state().picked, [Picked::Listed(3), Picked::Listed(0)]);
}

#[test]
fn enter_of_an_input_method_picks_nobody() {
    let mut page = page();
    page.get_by_role_and_label(Role::TextInput, "谈话对象").focus();
    page.run();
    page.event(Event::Ime(ImeEvent::Preedit { text: "zheng".into(), active_range_chars: None }));
    page.key_press(Key::Enter);
    page.run();
    assert_eq!(page.state().picked.len(), 1);
    page.event(Event::Ime(ImeEvent::Commit("郑".into())));
    page.run();
    assert_eq!(page.state().partners.text, "郑");
    press(&mut page, &[Key::Enter]);
    assert_eq!(page.state().picked, [Picked::Listed(3), Picked::Listed(0)]);
}

#[test]
fn tab_takes_the_marked_one_and_goes_on() {
    let mut page = writing("hj");
    press(&mut page, &[Key::Tab]);
    assert_eq!(page.state().picked, [Picked::Listed(3), Picked::Listed(4)]);
    assert!(page.get_by_role_and_label(Role::Button, "别处").is_focused());
}

#[test]
fn alt_and_down_show_everybody_who_is_offered() {
    let mut page = page();
    page.get_by_role_and_label(Role::TextInput, "谈话对象").focus();
    page.run();
    assert!(page.query_by_label("何静，局机关第一党支部，43 岁").is_none());
    page.key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    page.run();
    page.get_by_label("何静，局机关第一党支部，43 岁");
}

#[test]
fn a_long_text_takes_what_is_pasted_whole_and_counts_it() {
    let mut page = page();
    let field = page.get_by_role_and_label(Role::MultilineTextInput, "谈话内容");
    field.focus();
    page.run();
    page.key_press_modifiers(Modifiers::COMMAND, Key::A);
    page.run();
    page.event(Event::Paste("谈心 谈话\n".repeat(50_000)));
    page.run();
    assert_eq!(page.state().talk.chars().count(), 300_000, "nothing is cut off");
    let kept = page.get_by_role_and_label(Role::MultilineTextInput, "谈话内容");
    assert!(kept.rect().height() > 1_000.0, "it scrolls within the field");
    page.get_by_label("和 2026-018 有相同的句子");
}

#[test]
fn the_matrix_is_walked_with_the_arrows_and_opened_with_enter() {
    let mut page = page();
    page.get_by_label("吴海涛 和 何静：还缺").click();
    page.run();
    page.get_by_role_and_label(Role::Button, "记谈话").click();
    page.run();
    assert_eq!(page.state().asked, "记谈话 1 4");
    page.get_by_label("吴海涛 和 何静：还缺").focus();
    page.run();
    press(&mut page, &[Key::ArrowUp, Key::ArrowUp, Key::ArrowUp]);
    assert!(page.get_by_label("吴海涛 和 林秀英：最近 04-09，1 次").is_focused(), "the column ends here");
    press(&mut page, &[Key::ArrowLeft, Key::ArrowUp]);
    assert!(page.get_by_label("陈志远 和 吴海涛：最近 03-20，2 次").is_focused());
    press(&mut page, &[Key::Enter]);
    assert!(page.get_by_role_and_label(Role::Button, "计划").is_focused(), "the popup has the focus");
    press(&mut page, &[Key::Enter]);
    assert_eq!(page.state().asked, "计划 0 1");
    assert!(page.get_by_label("陈志远 和 吴海涛：最近 03-20，2 次").is_focused(), "and gives it back");
}
