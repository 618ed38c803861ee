//! Draws every control in both looks and at two sizes, and uses each as a person does: by its name.

use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::gallery::{Gallery, TODAY, read_date};
use super::gallery_list::ListPage;
use super::{Checkbox, DateField, Holding};
use crate::ui::theme::{self, Look};

pub const WIDE: [f32; 2] = [1366.0, 768.0];
const NARROW: [f32; 2] = [911.0, 512.0];

pub fn harness<'a, S: 'a>(size: [f32; 2], look: Look, state: S, draw: fn(&mut egui::Ui, &mut S)) -> Harness<'a, S> {
    let theme = if look == Look::Dark { egui::Theme::Dark } else { egui::Theme::Light };
    let mut harness = Harness::builder()
        .with_size(vec2(size[0], size[1]))
        .with_theme(theme)
        .with_max_steps(8)
        .with_context_setup(move |ctx| theme::apply(ctx, look))
        .build_ui_state(draw, state);
    harness.run();
    harness
}

fn gallery() -> Harness<'static, Gallery> {
    harness(WIDE, Look::Light, Gallery::default(), |ui, gallery| gallery.ui(ui))
}

/// The first of several nodes with the same name.
pub fn first<'a>(mut nodes: impl Iterator<Item = egui_kittest::Node<'a>>) -> egui_kittest::Node<'a> {
    nodes.next().expect("at least one such node")
}

#[test]
fn every_control_is_drawn_and_named_in_every_look_and_size() {
    for look in [Look::Light, Look::Dark, Look::HighContrast] {
        for size in [WIDE, NARROW] {
            let page = harness(size, look, Gallery::default(), |ui, gallery| gallery.ui(ui));
            assert_eq!(page.unnamed_widgets(), Vec::<String>::new());
            for button in ["保存", "导出…", "取消", "删稿", "计划", "重做", "变动", "条件", "新增党员"]
            {
                page.get_by_role_and_label(Role::Button, button);
            }
            for field in ["姓名", "出生日期", "公民身份号码", "备注", "筛本表"] {
                assert!(page.query_all_by_label(field).count() > 0, "{field}");
            }
            let table = harness(size, look, ListPage::new(50), |ui, page| page.ui(ui));
            assert_eq!(table.unnamed_widgets(), Vec::<String>::new());
            table.get_by_role_and_label(Role::ColumnHeader, "姓名");
        }
    }
}

#[test]
fn a_still_page_asks_for_no_repaint() {
    let mut page = gallery();
    page.run();
    let output = page.output().viewport_output.values().map(|viewport| viewport.repaint_delay).min();
    assert_eq!(output, Some(std::time::Duration::MAX));
}

#[test]
fn buttons_and_links_are_pressed_by_their_words() {
    let mut page = gallery();
    for word in ["保存", "取消", "删稿", "计划", "重做"] {
        page.get_by_role_and_label(Role::Button, word).click();
        page.run();
        assert_eq!(page.state().last, word);
    }
    page.get_by_role_and_label(Role::Link, "逐篇看").click();
    page.run();
    assert_eq!(page.state().last, "逐篇看");
    page.get_by_label("41 至 45 岁：35").click();
    page.run();
    assert_eq!(page.state().last, "41 至 45 岁");
}

#[test]
fn a_disabled_button_does_nothing() {
    let mut page = gallery();
    page.get_by_role_and_label(Role::Button, "不可用").click();
    page.run();
    assert_eq!(page.state().last, "");
}

#[test]
fn a_button_with_the_focus_is_pressed_by_the_keyboard() {
    let mut page = gallery();
    page.get_by_role_and_label(Role::Button, "删稿").focus();
    page.run();
    page.key_press(Key::Enter);
    page.run();
    assert_eq!(page.state().last, "删稿");
}

#[test]
fn a_menu_opens_below_its_button_and_gives_what_was_chosen() {
    let mut page = gallery();
    assert!(page.query_by_label("转到其他支部…").is_none());
    page.get_by_role_and_label(Role::Button, "变动").click();
    page.run();
    page.get_by_role_and_label(Role::MenuItem, "转到其他支部…").click();
    page.run();
    assert_eq!(page.state().last, "转到其他支部…");
    assert!(page.query_by_role_and_label(Role::MenuItem, "转到其他支部…").is_none());
}

#[test]
fn a_menu_is_used_by_the_keyboard_and_gives_the_focus_back() {
    let mut page = gallery();
    page.get_by_role_and_label(Role::Button, "变动").focus();
    page.run();
    page.key_press(Key::Enter);
    page.run();
    page.key_press(Key::ArrowDown);
    page.run();
    assert!(page.get_by_role_and_label(Role::MenuItem, "转到其他支部…").is_focused());
    page.key_press(Key::Enter);
    page.run();
    assert_eq!(page.state().last, "转到其他支部…");
    assert!(page.get_by_role_and_label(Role::Button, "变动").is_focused());
}

#[test]
fn a_chip_is_taken_away_by_its_cross_or_by_delete() {
    let mut page = gallery();
    page.get_by_label("去掉：党龄 ≥ 10 年").click();
    page.run();
    assert_eq!(page.state().chips, ["人员类别：正式党员"]);
    page.get_by_role_and_label(Role::Button, "人员类别：正式党员").focus();
    page.run();
    page.key_press(Key::Delete);
    page.run();
    assert!(page.state().chips.is_empty());
}

#[test]
fn the_state_control_is_set_by_pointer_arrows_and_digits() {
    let mut page = gallery();
    page.get_by_role_and_label(Role::RadioButton, "缺").click();
    page.run();
    assert_eq!(page.state().state, Some(Holding::Missing));
    page.get_by_role_and_label(Role::RadioGroup, "主题党日记录").focus();
    page.run();
    page.key_press(Key::ArrowRight);
    page.run();
    assert_eq!(page.state().state, Some(Holding::NotApplicable));
    page.key_press(Key::Num1);
    page.run();
    assert_eq!(page.state().state, Some(Holding::Have));
}

#[test]
fn a_checkbox_is_ticked_by_its_words() {
    let mut page = gallery();
    page.get_by_role_and_label(Role::CheckBox, "只看缺的").click();
    page.run();
    assert!(!page.state().only_missing);
}

#[test]
fn a_tree_is_walked_with_the_arrows() {
    let mut page = gallery();
    page.get_by_role_and_label(Role::Tree, "范围").focus();
    page.run();
    page.key_press(Key::ArrowDown);
    page.run();
    page.key_press(Key::Enter);
    page.run();
    assert_eq!(page.state().branch, Some(3));
    for key in [Key::ArrowLeft, Key::ArrowLeft] {
        page.key_press(key);
        page.run();
    }
    assert!(!page.state().open, "the second ← closes the outer line");
    page.key_press(Key::ArrowRight);
    page.run();
    assert!(page.state().open);
    page.get_by_label("收起：青禾县民政局党总支").click();
    page.run();
    assert!(!page.state().open);
}

#[test]
fn a_letter_jumps_to_the_line_that_begins_with_it() {
    let mut page = gallery();
    page.get_by_role_and_label(Role::Tree, "范围").focus();
    page.run();
    page.event(Event::Text("社".into()));
    page.run();
    page.key_press(Key::Enter);
    page.run();
    assert_eq!(page.state().branch, Some(4));
}

#[test]
fn text_is_written_by_an_input_method_under_the_label_of_the_field() {
    let mut page = gallery();
    page.get_by_role_and_label(Role::TextInput, "筛本表").focus();
    page.run();
    page.event(Event::Ime(ImeEvent::Preedit { text: "wu".into(), active_range_chars: None }));
    page.run();
    page.event(Event::Ime(ImeEvent::Commit("吴海涛".into())));
    page.run();
    assert_eq!(page.state().filter, "吴海涛");
}

#[test]
fn the_menu_of_a_field_keeps_the_selection() {
    let mut page = gallery();
    let field = page.get_by_role_and_label(Role::TextInput, "姓名");
    field.focus();
    page.run();
    page.key_press_modifiers(Modifiers::COMMAND, Key::A);
    page.run();
    page.get_by_role_and_label(Role::TextInput, "姓名").click_secondary();
    page.run();
    page.get_by_role_and_label(Role::MenuItem, "剪切").click();
    page.run();
    assert_eq!(page.state().name, "");
    page.get_by_role_and_label(Role::TextInput, "姓名").type_text("周国华");
    page.run();
    assert_eq!(page.state().name, "周国华");
}

#[test]
fn a_select_is_chosen_from_its_list_or_by_the_arrows() {
    let mut page = gallery();
    page.get_by_role_and_label(Role::ComboBox, "民族").click();
    page.run();
    page.get_by_label("回族").click();
    page.run();
    assert_eq!(page.state().nation, Some(2));
    page.get_by_role_and_label(Role::ComboBox, "民族").focus();
    page.run();
    page.key_press(Key::ArrowUp);
    page.run();
    assert_eq!(page.state().nation, Some(1));
}

#[test]
fn a_written_date_becomes_iso_when_the_field_is_left() {
    let mut page = gallery();
    page.state_mut().joined.clear();
    page.run();
    page.get_by_role_and_label(Role::TextInput, "入党日期").focus();
    page.run();
    page.get_by_role_and_label(Role::TextInput, "入党日期").type_text("2019年7月1日");
    page.run();
    page.get_by_role_and_label(Role::TextInput, "姓名").focus();
    page.run();
    assert_eq!(page.state().joined, "2019-07-01");
}

#[test]
fn a_day_that_is_not_is_said_below_the_field() {
    let page = gallery();
    page.get_by_label("2 月没有 30 日");
}

#[test]
fn the_calendar_gives_a_day_a_month_or_a_year() {
    let mut page = gallery();
    for (choice, written) in
        [("2019年7月15日", "2019-07-15"), ("只到月", "2019-07"), ("只到年", "2019"), ("今天", "2026-11-24")]
    {
        page.get_by_label("日历：入党日期").click();
        page.run();
        page.get_by_label(choice).click();
        page.run();
        assert_eq!(page.state().joined, written);
        assert!(page.query_by_label("只到月").is_none(), "the calendar closes");
    }
}

#[test]
fn the_calendar_is_used_by_the_keyboard() {
    let mut page = gallery();
    page.get_by_role_and_label(Role::TextInput, "入党日期").focus();
    page.run();
    page.key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    page.run();
    for key in [Key::PageDown, Key::ArrowRight, Key::ArrowDown, Key::Enter] {
        page.key_press(key);
        page.run();
    }
    assert_eq!(page.state().joined, "2019-08-09");
    assert!(page.get_by_role_and_label(Role::TextInput, "入党日期").is_focused());
}

#[test]
fn an_answer_is_given_on_its_card() {
    let mut page = gallery();
    page.get_by_label_contains("都是 10 月：7 个入党时间").click();
    page.run();
    assert_eq!(page.state().last, "都是 10 月");
}

#[test]
fn a_figure_is_opened_by_its_name() {
    let mut page = gallery();
    page.get_by_label("女党员 73 人").click();
    page.run();
    assert_eq!(page.state().last, "女党员");
}

#[test]
fn what_is_pressed_elsewhere_on_the_page() {
    let mut page = gallery();
    for (name, outcome) in [("回到今天", "回到今天"), ("取消：导入", "取消导入"), ("记谈话", "记谈话")]
    {
        page.get_by_label(name).click();
        page.run();
        assert_eq!(page.state().last, outcome);
    }
}

#[test]
fn f6_jumps_from_region_to_region() {
    let mut page = harness(WIDE, Look::Light, (false, false), |ui, (left, right): &mut (bool, bool)| {
        ui.horizontal(|ui| {
            super::keyboard::region(ui, |ui| ui.add(Checkbox::new(left, "左")));
            super::keyboard::region(ui, |ui| ui.add(Checkbox::new(right, "右")));
        });
    });
    for word in ["左", "右", "左"] {
        page.key_press(Key::F6);
        page.run();
        assert!(page.get_by_label(word).is_focused(), "{word}");
    }
    page.key_press_modifiers(Modifiers::SHIFT, Key::F6);
    page.run();
    assert!(page.get_by_label("右").is_focused());
}

#[test]
fn a_date_field_has_no_fault_while_it_is_being_written() {
    let mut page = harness(WIDE, Look::Light, String::new(), |ui, text| {
        DateField::new("日期", text, TODAY, &read_date).show(ui);
        ui.add(super::Button::plain("别处"));
    });
    page.get_by_role_and_label(Role::TextInput, "日期").focus();
    page.run();
    page.get_by_role_and_label(Role::TextInput, "日期").type_text("2026-2-30");
    page.run();
    assert!(page.query_by_label("2 月没有 30 日").is_none());
    page.key_press(Key::Tab);
    page.run();
    page.get_by_label("2 月没有 30 日");
    assert_eq!(page.state(), "2026-2-30", "what is no date stays as it was written");
}
