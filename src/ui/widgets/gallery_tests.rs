//! Draws every control in both looks and at two sizes, and uses each as a person does: by its name.

use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::gallery::{Gallery, TODAY, read_date};
use super::gallery_list::{ListPage, Roster};
use super::{
    Answer, Checkbox, Choice, DateField, Dialog, Holding, ProblemText, TableEvent, TextField, Toast, ToastEvent,
    Toasts, problem_dialog,
};
use crate::ui::theme::{self, Look};

const WIDE: [f32; 2] = [1366.0, 768.0];
const NARROW: [f32; 2] = [911.0, 512.0];

fn harness<'a, S: 'a>(size: [f32; 2], look: Look, state: S, draw: fn(&mut egui::Ui, &mut S)) -> Harness<'a, S> {
    let theme = if look == Look::Dark { egui::Theme::Dark } else { egui::Theme::Light };
    let mut harness = Harness::builder()
        .with_size(vec2(size[0], size[1]))
        .with_theme(theme)
        .with_max_steps(8)
        .with_context_setup(move |ctx| theme::apply(ctx, look))
        .build_ui_state(move |ui, state| draw(ui, state), state);
    harness.run();
    harness
}

fn gallery() -> Harness<'static, Gallery> {
    harness(WIDE, Look::Light, Gallery::default(), |ui, gallery| gallery.ui(ui))
}

fn list(count: usize) -> Harness<'static, ListPage> {
    harness(WIDE, Look::Light, ListPage::new(count), |ui, page| page.ui(ui))
}

/// The first of several nodes with the same name.
fn first<'a>(mut nodes: impl Iterator<Item = egui_kittest::Node<'a>>) -> egui_kittest::Node<'a> {
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

#[derive(Default)]
struct Asking {
    open: bool,
    text: String,
    answer: Option<Answer>,
}

fn asking(ui: &mut egui::Ui, state: &mut Asking) {
    if ui.add(super::Button::plain("改名…")).clicked() {
        state.open = true;
    }
    if state.open {
        let dialog = Dialog::new("rename", "改名", "取消").primary(Choice::new("保存")).note("可撤销").focus_body();
        let answered = dialog.show(ui.ctx(), |ui| {
            TextField::new("新名称", &mut state.text).show(ui);
        });
        if answered.answer.is_some() {
            state.answer = answered.answer;
            state.open = false;
        }
    }
}

#[test]
fn a_dialog_takes_the_focus_and_gives_it_back() {
    let mut page = harness(WIDE, Look::Light, Asking::default(), asking);
    page.get_by_label("改名…").focus();
    page.run();
    page.key_press(Key::Enter);
    page.run();
    let field = page.get_by_role_and_label(Role::TextInput, "新名称");
    assert!(field.is_focused());
    field.type_text("第一党小组");
    page.run();
    page.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    page.run();
    assert_eq!(page.state().answer, Some(Answer::Primary));
    assert_eq!(page.state().text, "第一党小组");
    assert!(page.get_by_label("改名…").is_focused());
}

#[test]
fn escape_leaves_a_dialog_but_not_while_a_composition_is_open() {
    let mut page = harness(WIDE, Look::Light, Asking { open: true, ..Asking::default() }, asking);
    page.event(Event::Ime(ImeEvent::Preedit { text: "di".into(), active_range_chars: None }));
    page.run();
    page.key_press(Key::Escape);
    page.run();
    assert!(page.state().open);
    page.event(Event::Ime(ImeEvent::Preedit { text: String::new(), active_range_chars: None }));
    page.run();
    page.key_press(Key::Escape);
    page.run();
    assert_eq!(page.state().answer, Some(Answer::Quiet));
}

#[test]
fn a_dialog_fits_into_a_small_window_with_its_foot() {
    let mut page = harness([600.0, 320.0], Look::Light, (), |ui, ()| {
        Dialog::new("long", "很长", "关闭").width(900.0).show(ui.ctx(), |ui| {
            for _ in 0..60 {
                super::label(ui, "一行");
            }
        });
    });
    page.run();
    let close = page.get_by_role_and_label(Role::Button, "关闭").rect();
    assert!(close.bottom() < 320.0 - 24.0 && close.right() < 600.0 - 24.0, "{close:?}");
}

#[test]
fn the_upper_of_two_dialogs_gets_the_keys() {
    let mut page =
        harness(WIDE, Look::Light, (None, None), |ui, (lower, upper): &mut (Option<Answer>, Option<Answer>)| {
            *lower = lower.or(Dialog::new("lower", "下面", "取消").show(ui.ctx(), |_| ()).answer);
            *upper = upper.or(Dialog::new("upper", "上面", "取消").show(ui.ctx(), |_| ()).answer);
        });
    page.key_press(Key::Escape);
    page.run();
    assert_eq!(*page.state(), (None, Some(Answer::Quiet)));
}

#[test]
fn a_problem_says_three_things_and_can_be_copied() {
    let problem = ProblemText {
        title: "没有读完：U 盘拔出了".into(),
        happened: "读到第 19 行时，E 盘不见了。".into(),
        unchanged: "工作簿还是 10:42 存下的样子。".into(),
        next: "插回 U 盘再试。".into(),
        details: "os error 5".into(),
    };
    let mut page = harness(WIDE, Look::Light, (problem, None), |ui, (problem, answer)| {
        let again = Some(Choice::new("重试"));
        *answer = answer.or(problem_dialog(ui.ctx(), "problem", problem, None, again));
    });
    for words in ["发生了什么", "没有改动", "接下来"] {
        page.get_by_label(words);
    }
    page.get_by_label("读到第 19 行时，E 盘不见了。");
    page.get_by_label("工作簿还是 10:42 存下的样子。");
    page.get_by_label("插回 U 盘再试。");
    page.get_by_label("复制详情").click();
    page.run();
    assert_eq!(page.state().1, None);
    page.get_by_role_and_label(Role::Button, "重试").click();
    page.run();
    assert_eq!(page.state().1, Some(Answer::Primary));
}

#[test]
fn a_toast_offers_its_action_and_goes_after_six_seconds() {
    let toast =
        || Toast { text: "已导出 132 人：党员花名册.xlsx".into(), action: Some("打开".into()), key: 7 };
    let draw = |ui: &mut egui::Ui, (toasts, event): &mut (Toasts, Option<ToastEvent>)| {
        *event = event.or(toasts.show(ui.ctx()));
    };
    let mut toasts = Toasts::default();
    toasts.push(toast());
    let mut page = harness(WIDE, Look::Light, (toasts, None), draw);
    page.get_by_role_and_label(Role::Link, "打开").click();
    page.run();
    assert_eq!(page.state().1, Some(ToastEvent::Action(7)));
    page.remove_cursor();
    page.state_mut().0.push(toast());
    page.run();
    page.get_by_label("已导出 132 人：党员花名册.xlsx");
    page.set_time_passed(7.0);
    assert!(page.query_by_label("已导出 132 人：党员花名册.xlsx").is_none());
}

/// Lets time pass without anything happening.
trait TimePassed {
    fn set_time_passed(&mut self, seconds: f64);
}

impl<S> TimePassed for Harness<'_, S> {
    fn set_time_passed(&mut self, seconds: f64) {
        let now = self.ctx.input(|input| input.time);
        self.input_mut().time = Some(now + seconds);
        self.step();
        self.input_mut().time = None;
        self.run();
    }
}

#[test]
fn a_row_is_chosen_ticked_and_opened_by_its_names() {
    let mut page = list(100_000);
    first(page.query_all_by_role_and_label(Role::Label, "1961-02-02")).click();
    page.run();
    assert_eq!(page.state().roster.selected.iter().copied().collect::<Vec<_>>(), [1]);
    assert_eq!(page.state().cursor, Some(1));
    assert!(page.get_by_role_and_label(Role::Grid, "党员").is_focused());
    page.get_by_label(&format!("选择 {}", Roster::name(2))).click();
    page.run();
    assert!(page.state().roster.selected.contains(&2));
    first(page.query_all_by_role_and_label(Role::Link, "组织委员")).click();
    page.run();
    assert!(page.state().events.contains(&TableEvent::LinkPressed { row: 0, column: "post".into() }));
    page.get_by_role_and_label(Role::CheckBox, "全选").click();
    page.run();
    assert_eq!(page.state().roster.selected.len(), 100_000);
}

#[test]
fn keys_move_extend_and_tick_in_a_table() {
    let mut page = list(100_000);
    page.get_by_role_and_label(Role::Grid, "党员").focus();
    page.run();
    for key in [Key::ArrowDown, Key::ArrowDown] {
        page.key_press(key);
        page.run();
    }
    assert_eq!(page.state().cursor, Some(1));
    page.key_press(Key::Space);
    page.run();
    assert!(page.state().roster.selected.contains(&1));
    for _ in 0..2 {
        page.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
        page.run();
    }
    assert_eq!(page.state().roster.selected.iter().copied().collect::<Vec<_>>(), [1, 2, 3]);
    page.key_press(Key::End);
    page.run();
    assert_eq!(page.state().cursor, Some(99_999));
    page.get_by_label_contains("第 100000 行");
    page.key_press(Key::Enter);
    page.run();
    assert!(page.state().events.contains(&TableEvent::Opened(99_999)));
    page.key_press_modifiers(Modifiers::COMMAND, Key::A);
    page.run();
    assert_eq!(page.state().roster.selected.len(), 100_000);
}

#[test]
fn only_rows_that_are_seen_are_there() {
    let page = list(100_000);
    let rows = page.query_all_by_role(Role::Row).count();
    assert!((15..30).contains(&rows), "{rows}");
    assert_eq!(page.query_all_by_label_contains("第 1 行").count(), 1, "a row is there once, not once a part");
}

#[test]
fn heads_ask_for_order_and_their_menu_hides_a_column() {
    let mut page = list(50);
    page.get_by_role_and_label(Role::ColumnHeader, "出生日期").click();
    page.run();
    page.get_by_role_and_label(Role::ColumnHeader, "学历").click_modifiers(Modifiers::SHIFT);
    page.run();
    let asked: Vec<_> =
        page.state().events.iter().filter(|event| matches!(event, TableEvent::SortAsked { .. })).cloned().collect();
    let sort = |column: &str, add| TableEvent::SortAsked { column: column.into(), add };
    assert_eq!(asked, [sort("birth", false), sort("education", true)]);
    page.get_by_label("列：公民身份号码").click();
    page.run();
    page.get_by_role_and_label(Role::MenuItem, "隐藏此列").click();
    page.run();
    assert_eq!(page.state().asked.as_deref(), Some("identity"));
}

#[test]
fn a_column_keeps_its_width_and_is_dragged_wider_and_elsewhere() {
    let mut page = list(50);
    let width = |page: &Harness<'_, ListPage>, id: &str| {
        page.state().states.iter().find(|state| state.id == id).map(|state| state.width)
    };
    assert_eq!(width(&page, "name"), Some(84.0), "the first frame does not fit the column to its content");
    let head = page.get_by_role_and_label(Role::ColumnHeader, "姓名").rect();
    assert!((head.width() - 84.0).abs() < 1.0, "{head:?}");
    page.drag_at(head.right_center());
    page.run();
    page.hover_at(head.right_center() + vec2(30.0, 0.0));
    page.run();
    page.drop_at(head.right_center() + vec2(30.0, 0.0));
    page.run();
    let wider = width(&page, "name").unwrap_or_default();
    assert!((wider - 114.0).abs() < 4.0, "{wider}");
    let birth = page.get_by_role_and_label(Role::ColumnHeader, "出生日期").rect();
    let education = page.get_by_role_and_label(Role::ColumnHeader, "学历").rect();
    page.drag_at(birth.left_center() + vec2(30.0, 0.0));
    page.run();
    page.hover_at(education.left_center() + vec2(10.0, 0.0));
    page.run();
    page.drop_at(education.left_center() + vec2(10.0, 0.0));
    page.run();
    let order: Vec<&str> = page.state().states.iter().map(|state| state.id.as_str()).collect();
    assert_eq!(order[..6], ["name", "sex", "age", "identity", "birth", "education"]);
}

#[test]
fn an_empty_table_says_so() {
    let page = list(0);
    page.get_by_label("没有符合条件的党员");
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
