//! Owns the strip below the list: the figures of what is listed, and what can be done with those selected.
//! Must never run a command. Start at [`show`].

use egui::{Align, Layout, Ui, UiBuilder};

use super::filters::Filters;
use super::kinds::Kind;
use crate::ui::scene::{Scene, Width};
use crate::ui::theme::space;
use crate::ui::widgets::{
    Button, Figure, Icon, IconButton, MenuRow, Value, figure, grouped, link, menu_button, menu_rule, strip, strong,
    text_width, weak,
};
use crate::view::members::{Condition, Sums, Who};

/// What was asked for in the strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StripWish {
    /// The rows behind 筛出: the list itself.
    IntoList,
    OrderByAge,
    OrderByStanding,
    OpenPage,
    BulkEdit,
    Transfer,
    Event,
    /// 合并: of two selected.
    Merge,
    Void,
    Restore,
    SelectNone,
}

/// What the strip tells.
pub struct Told<'a> {
    pub sums: &'a Sums,
    pub selected: usize,
    /// The sum line over those selected, as soon as it is known.
    pub selected_words: Option<String>,
    pub who: Who,
    /// Nothing may be changed.
    pub frozen: bool,
}

/// Draws the strip: at the right what can be done with those selected, at the left as many figures as there is room for.
pub fn show(ui: &mut Ui, scene: &Scene<'_>, told: &Told<'_>, filters: &mut Filters) -> Option<StripWish> {
    strip(ui, |ui| {
        let whole = ui.available_rect_before_wrap();
        let right = UiBuilder::new().max_rect(whole).layout(Layout::right_to_left(Align::Center));
        let mut right = ui.new_child(right);
        right.spacing_mut().item_spacing.x = space::L;
        let selected = if told.selected == 0 { None } else { selected_ui(&mut right, scene, told) };
        let taken = if told.selected == 0 { 0.0 } else { right.min_rect().width() + space::XL };
        let mut room = whole.width() - taken;
        let mut pressed = None;
        for number in numbers(scene, told) {
            room -= number.width(ui);
            if room < 0.0 {
                break;
            }
            if number.show(ui) {
                pressed = Some(number.opens);
            }
            room -= space::XL;
        }
        match pressed {
            Some(Opens::Wish(wish)) => Some(wish),
            Some(Opens::Filter(kind, words, condition)) => {
                filters.set(kind, words, condition);
                selected
            }
            None => selected,
        }
    })
}

/// A figure of the strip: its word, its number, what follows, and what shows its rows.
struct Number {
    word: &'static str,
    /// `None` for what is not known.
    value: Option<String>,
    unit: &'static str,
    rest: String,
    opens: Opens,
}

/// What shows the rows behind a figure.
enum Opens {
    Wish(StripWish),
    Filter(Kind, &'static str, Condition),
}

impl Number {
    fn count(word: &'static str, count: usize, opens: Opens) -> Self {
        Self { word, value: Some(grouped(count as u64)), unit: "人", rest: String::new(), opens }
    }

    fn mean(word: &'static str, mean: Option<f64>, unit: &'static str, wish: StripWish) -> Self {
        let value = mean.map(|years| format!("{years:.1}"));
        Self { word, value, unit, rest: String::new(), opens: Opens::Wish(wish) }
    }

    fn rest(mut self, rest: impl Into<String>) -> Self {
        self.rest = rest.into();
        self
    }

    /// As wide as it will be, within a few points.
    fn width(&self, ui: &Ui) -> f32 {
        let value = self.value.as_deref().unwrap_or("—");
        let parts = [self.word, value, self.unit, &self.rest];
        parts.into_iter().filter(|part| !part.is_empty()).map(|part| text_width(ui, part) + space::XS + 1.0).sum()
    }

    fn show(&self, ui: &mut Ui) -> bool {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            weak(ui, self.word);
            let number = match &self.value {
                Some(value) => Figure::new(self.word, value, self.unit),
                None => Figure { value: Value::Unknown, ..Figure::new(self.word, "", self.unit) },
            };
            let clicked = figure(ui, &number).clicked();
            if !self.rest.is_empty() {
                weak(ui, &self.rest);
            }
            clicked
        })
        .inner
    }
}

/// The figures, the most needed first.
fn numbers(scene: &Scene<'_>, told: &Told<'_>) -> Vec<Number> {
    let sums = told.sums;
    let on_roll = told.who == Who::OnRoll;
    let mut numbers = vec![Number::count("筛出", sums.people, Opens::Wish(StripWish::IntoList))];
    if on_roll && sums.members != sums.people {
        let members = Opens::Filter(Kind::Category, "党员（正式和预备）", Condition::Members);
        numbers.push(Number::count("其中党员", sums.members, members));
    }
    if on_roll && sums.unknown_category > 0 {
        let unknown = Opens::Filter(Kind::Category, "类别不详", Condition::UnknownCategory);
        numbers.push(Number::count("类别不详", sums.unknown_category, unknown).rest("不计入"));
    }
    if on_roll && scene.as_of != scene.today && sums.unknown_start > 0 {
        let unknown = Opens::Filter(Kind::Start, "不详", Condition::UnknownStart);
        numbers.push(Number::count("其中起始日期不详", sums.unknown_start, unknown));
    }
    let share = match sums.people {
        0 => String::new(),
        people => format!("{:.1} %", sums.women as f64 * 100.0 / people as f64),
    };
    let women = Opens::Filter(Kind::Sex, "女", Condition::Sex("女".to_owned()));
    numbers.push(Number::count("女", sums.women, women).rest(share));
    let college = Opens::Filter(Kind::Education, "大专及以上", Condition::College);
    numbers.push(Number::count("大专及以上", sums.college, college));
    numbers.push(Number::mean("平均年龄", sums.mean_age, "岁", StripWish::OrderByAge));
    numbers.push(Number::mean("平均党龄", sums.mean_standing, "年", StripWish::OrderByStanding));
    numbers
}

/// Laid from right to left.
fn selected_ui(ui: &mut Ui, scene: &Scene<'_>, told: &Told<'_>) -> Option<StripWish> {
    let mut wish = None;
    if ui.add(IconButton::new(Icon::X, "取消选择")).clicked() {
        wish = Some(StripWish::SelectNone);
    }
    let fold = scene.width != Width::Wide;
    let word = if fold { "操作" } else { "更多" };
    let (_, chosen) = menu_button(ui, Button::link(word), word, |ui| actions_ui(ui, told, fold));
    wish = wish.or(chosen.flatten());
    if !fold && !told.frozen && told.who == Who::OnRoll {
        if link(ui, "转到…").clicked() {
            wish = Some(StripWish::Transfer);
        }
        if link(ui, "批量修改…").clicked() {
            wish = Some(StripWish::BulkEdit);
        }
    }
    let count = strong(ui, &format!("已选 {} 人", grouped(told.selected as u64)));
    if let Some(words) = &told.selected_words {
        count.on_hover_text(words);
    }
    wish
}

/// The rows of the menu for those selected, which the menu of a row has too.
pub fn actions_ui(ui: &mut Ui, told: &Told<'_>, all: bool) -> Option<StripWish> {
    let mut chosen = None;
    let mut row = |ui: &mut Ui, row: MenuRow<'_>, wish: StripWish| {
        if ui.add(row).clicked() {
            chosen = Some(wish);
        }
    };
    if told.selected == 1 {
        row(ui, MenuRow::new("打开").icon(Icon::User).shortcut("Enter"), StripWish::OpenPage);
    }
    if told.frozen {
        row(ui, MenuRow::new("取消选择").icon(Icon::X), StripWish::SelectNone);
        return chosen;
    }
    if all && told.who == Who::OnRoll {
        row(ui, MenuRow::new("批量修改…").icon(Icon::SquarePen), StripWish::BulkEdit);
        row(ui, MenuRow::new("转到…").icon(Icon::ArrowLeftRight), StripWish::Transfer);
    }
    if told.selected == 2 && told.who != Who::Voided {
        row(ui, MenuRow::new("合并…").icon(Icon::Merge), StripWish::Merge);
    }
    if matches!(told.who, Who::OnRoll | Who::FloatingIn) {
        row(ui, MenuRow::new("记变动…").icon(Icon::CalendarPlus), StripWish::Event);
    }
    if chosen.is_none() && (told.selected == 1 || told.who == Who::OnRoll) {
        menu_rule(ui);
    }
    let mut row = |ui: &mut Ui, row: MenuRow<'_>, wish: StripWish| {
        if ui.add(row).clicked() {
            chosen = Some(wish);
        }
    };
    if told.who == Who::Voided {
        row(ui, MenuRow::new("撤回作废").icon(Icon::RotateCcw), StripWish::Restore);
    } else {
        row(ui, MenuRow::new("作废…").icon(Icon::Ban).careful(), StripWish::Void);
    }
    chosen
}
