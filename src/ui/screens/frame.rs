//! Owns what the frames of pages have in common: margins, the button of the day, the bar over a past day.
//! Must never know a page. Start at [`page`].

use egui::{Ui, UiBuilder, vec2};

use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::{Scene, Width};
use crate::ui::theme::{height, space};
use crate::ui::widgets::{Button, DayBar, Icon, MenuRow, day_button, menu_button};

/// Draws a page between its margins, without gaps between its parts.
pub fn page<R>(ui: &mut Ui, scene: &Scene<'_>, add: impl FnOnce(&mut Ui) -> R) -> R {
    let margin = match scene.width {
        Width::Wide => space::XL,
        Width::Medium => space::L,
        Width::Narrow => space::M,
    };
    let mut rect = ui.max_rect().shrink2(vec2(margin, 0.0));
    rect.max.y -= if scene.width == Width::Narrow { space::M } else { space::L };
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        add(ui)
    })
    .inner
}

/// How high the head of a page is.
pub fn head_height(scene: &Scene<'_>) -> f32 {
    match scene.width {
        Width::Wide => height::PAGE_HEAD,
        Width::Medium => 56.0,
        Width::Narrow => 48.0,
    }
}

/// The button in the head of a page that says and changes as of which day it shows.
pub fn day_button_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
    let is_today = scene.as_of == scene.today;
    let words = match (is_today, scene.width) {
        (true, Width::Wide) => format!("截至 {}（今天）", scene.as_of),
        (true, _) => "截至 今天".to_owned(),
        (false, _) => format!("截至 {}", scene.as_of),
    };
    let button = if is_today { Button::plain(&words) } else { Button::amber(&words) };
    if let Some(day) = day_button(ui, button.icon(Icon::Calendar), scene.as_of, scene.today) {
        out.wish(Wish::AsOf(day));
    }
}

/// The button in the head of a page that exports it; below 更多 where there is little room. True when it is pressed.
pub fn export_button_ui(ui: &mut Ui, scene: &Scene<'_>) -> bool {
    if scene.width == Width::Wide {
        return ui.add(Button::plain("导出…").icon(Icon::Upload)).clicked();
    }
    let (_, chosen) = menu_button(ui, Button::plain("更多"), "更多", |ui| {
        ui.add(MenuRow::new("导出…").icon(Icon::Upload)).clicked()
    });
    chosen == Some(true)
}

/// What is to leave the program from a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandOut {
    /// 导出
    File,
    /// 打印
    Paper,
}

/// 导出 and 打印 in the head of a page; below 更多 where there is little room.
pub fn hand_out_ui(ui: &mut Ui, scene: &Scene<'_>) -> Option<HandOut> {
    let pressed = |[file, paper]: [bool; 2]| match (file, paper) {
        (true, _) => Some(HandOut::File),
        (false, true) => Some(HandOut::Paper),
        (false, false) => None,
    };
    if scene.width == Width::Wide {
        let paper = ui.add(Button::plain("打印…").icon(Icon::Printer)).clicked();
        let file = ui.add(Button::plain("导出…").icon(Icon::Upload)).clicked();
        return pressed([file, paper]);
    }
    let (_, chosen) = menu_button(ui, Button::plain("更多"), "更多", |ui| {
        let file = ui.add(MenuRow::new("导出…").icon(Icon::Upload)).clicked();
        let paper = ui.add(MenuRow::new("打印…").icon(Icon::Printer)).clicked();
        pressed([file, paper])
    });
    chosen.flatten()
}

/// The bar over what is shown as of a past day: 「截至 2025-12-31 的名册，不能修改」.
pub fn day_bar_ui(ui: &mut Ui, scene: &Scene<'_>, what: &str, out: &mut Outbox) {
    if scene.as_of == scene.today {
        return;
    }
    let words = format!("截至 {} 的{what}", scene.as_of);
    if DayBar::new(&words, "回到今天").show(ui) {
        out.wish(Wish::AsOf(scene.today));
    }
}

/// Draws what takes the room above the strip at the foot of a sheet, at least a head high.
pub fn above_strip<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let size = vec2(ui.available_width(), (ui.available_height() - height::STRIP).max(height::HEAD));
    ui.allocate_ui(size, |ui| {
        ui.set_min_size(size);
        add(ui)
    })
    .inner
}
