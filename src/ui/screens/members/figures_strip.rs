//! Owns the strip below the list: the figures of what is listed, and what can be done with those selected.
//! Must never run a command. Start at [`show`].

use egui::Ui;

use super::filters::{Filters, Kind};
use crate::ui::scene::{Scene, Width};
use crate::ui::theme::space;
use crate::ui::widgets::{
    Button, Figure, Icon, IconButton, MenuRow, figure, grouped, link, menu_button, menu_rule, strip, strong, weak,
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
    Leave,
    Void,
    Restore,
    SelectNone,
}

/// What the strip tells.
pub struct Told<'a> {
    pub sums: &'a Sums,
    pub selected: usize,
    pub who: Who,
    /// Nothing may be changed.
    pub frozen: bool,
}

/// Draws the strip.
pub fn show(ui: &mut Ui, scene: &Scene<'_>, told: &Told<'_>, filters: &mut Filters) -> Option<StripWish> {
    strip(ui, |ui| {
        let wish = figures_ui(ui, scene, told, filters);
        let right = egui::Layout::right_to_left(egui::Align::Center);
        let selected = ui.with_layout(right, |ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            if told.selected == 0 { None } else { selected_ui(ui, scene, told) }
        });
        wish.or(selected.inner)
    })
}

/// One figure: its word, its number, what follows.
fn one(ui: &mut Ui, word: &str, value: &str, unit: &str, rest: &str) -> bool {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        weak(ui, word);
        let clicked = figure(ui, &Figure::new(word, value, unit)).clicked();
        if !rest.is_empty() {
            weak(ui, rest);
        }
        clicked
    })
    .inner
}

fn figures_ui(ui: &mut Ui, scene: &Scene<'_>, told: &Told<'_>, filters: &mut Filters) -> Option<StripWish> {
    let sums = told.sums;
    let mut wish = None;
    let count = |number: usize| grouped(number as u64);
    if one(ui, "筛出", &count(sums.people), "人", "") {
        wish = Some(StripWish::IntoList);
    }
    if told.who == Who::OnRoll && sums.unknown_category > 0 {
        let unknown = one(ui, "类别不详", &count(sums.unknown_category), "人", "不计入");
        if unknown {
            filters.set(Kind::Category, "类别不详", Condition::UnknownCategory);
        }
    }
    if scene.as_of != scene.today && sums.unknown_start > 0 {
        let unknown = one(ui, "其中起始日期不详", &count(sums.unknown_start), "人", "");
        if unknown {
            filters.set(Kind::Start, "不详", Condition::UnknownStart);
        }
    }
    let share = if sums.people == 0 {
        String::new()
    } else {
        format!("{:.1} %", sums.women as f64 * 100.0 / sums.people as f64)
    };
    if one(ui, "女", &count(sums.women), "人", &share) {
        filters.set(Kind::Sex, "女", Condition::Sex("女".to_owned()));
    }
    if one(ui, "大专及以上", &count(sums.college), "人", "") {
        filters.set(Kind::Education, "大专及以上", Condition::College);
    }
    if scene.width == Width::Narrow {
        return wish;
    }
    let mean = |mean: Option<f64>| mean.map_or_else(|| "—".to_owned(), |years| format!("{years:.1}"));
    if one(ui, "平均年龄", &mean(sums.mean_age), "岁", "") {
        wish = Some(StripWish::OrderByAge);
    }
    let is_crowded = scene.width == Width::Medium && told.selected > 0;
    if !is_crowded && one(ui, "平均党龄", &mean(sums.mean_standing), "年", "") {
        wish = Some(StripWish::OrderByStanding);
    }
    wish
}

/// Laid from right to left.
fn selected_ui(ui: &mut Ui, scene: &Scene<'_>, told: &Told<'_>) -> Option<StripWish> {
    let mut wish = None;
    if ui.add(IconButton::new(Icon::X, "取消选择")).clicked() {
        wish = Some(StripWish::SelectNone);
    }
    let fold = scene.width != Width::Wide;
    let word = if fold { "操作" } else { "更多" };
    let (_, chosen) = menu_button(ui, Button::quiet(word), word, |ui| actions_ui(ui, told, fold));
    wish = wish.or(chosen.flatten());
    if !fold && !told.frozen && told.who == Who::OnRoll {
        if link(ui, "转到…").clicked() {
            wish = Some(StripWish::Transfer);
        }
        if link(ui, "批量修改…").clicked() {
            wish = Some(StripWish::BulkEdit);
        }
    }
    strong(ui, &format!("已选 {} 人", grouped(told.selected as u64)));
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
    if told.who == Who::OnRoll {
        row(ui, MenuRow::new("离开…").icon(Icon::LogOut), StripWish::Leave);
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
