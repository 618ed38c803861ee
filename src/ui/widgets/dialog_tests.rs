//! Uses dialogs, problems and toasts as a person does: by the words on them and by the keyboard.

use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::gallery::{TODAY, read_date};
use super::gallery_tests::{WIDE, harness};
use super::{
    Answer, Choice, DateField, Dialog, ProblemText, TextField, Toast, ToastEvent, ToastSign, Toasts, problem_dialog,
};
use crate::ui::theme::Look;

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
    page.set_pixels_per_point(1.5);
    page.run();
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
    let toast = || Toast {
        sign: ToastSign::Done,
        text: "已导出 132 人：党员花名册.xlsx".into(),
        action: Some("打开".into()),
        key: 7,
    };
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

/// The mouse rests: the window draws only when it asked for it.
#[test]
fn a_toast_that_is_over_is_gone_in_the_last_frame_that_it_asks_for() {
    let draw = |ui: &mut egui::Ui, toasts: &mut Toasts| {
        toasts.show(ui.ctx());
    };
    let mut toasts = Toasts::default();
    toasts.push(Toast {
        sign: ToastSign::NotDone, text: "剪贴板里没有文件或图片".into(), action: None, key: 7
    });
    let mut page = harness(WIDE, Look::Light, toasts, draw);
    let rest = |page: &Harness<'_, Toasts>| {
        page.output().viewport_output.values().map(|viewport| viewport.repaint_delay).min().unwrap_or_default()
    };
    let mut asleep = std::time::Duration::ZERO;
    while rest(&page) < std::time::Duration::MAX {
        page.get_by_role_and_label(Role::Alert, "剪贴板里没有文件或图片");
        assert!(asleep.as_secs_f64() < 7.0, "it has been seen for {asleep:?}");
        let rested = rest(&page).max(std::time::Duration::from_millis(16));
        asleep += rested;
        let now = page.ctx.input(|input| input.time);
        page.input_mut().time = Some(now + rested.as_secs_f64());
        page.step();
    }
    assert!(asleep.as_secs_f64() > 5.0, "too short to be read: {asleep:?}");
    assert!(page.query_by_label("剪贴板里没有文件或图片").is_none(), "nobody would draw it away");
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
fn a_calendar_within_a_dialog_is_above_it_and_escape_closes_only_the_calendar() {
    let mut page = harness(WIDE, Look::Light, (String::new(), None), |ui, (text, answer)| {
        let dialog = Dialog::new("dated", "转到其他支部", "取消").primary("保存");
        let answered = dialog.show(ui.ctx(), |ui| {
            DateField::new("日期", text, TODAY, &read_date).show(ui);
        });
        *answer = answered.answer.or(*answer);
    });
    page.get_by_label("日历：日期").click();
    page.run();
    page.get_by_label("2026年11月20日").click();
    page.run();
    assert_eq!(page.state().0, "2026-11-20");
    page.get_by_label("日历：日期").click();
    page.run();
    page.key_press(Key::Escape);
    page.run();
    assert!(page.query_by_label("只到月").is_none());
    assert_eq!(page.state().1, None);
    page.key_press(Key::Escape);
    page.run();
    assert_eq!(page.state().1, Some(Answer::Quiet));
}
