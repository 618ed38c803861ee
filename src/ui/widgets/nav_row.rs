//! Owns what stands at the left edge of the window: the seal and the rows of the navigation.
//! Must never know where a row leads. Start at [`NavRow`].

use std::ops::RangeInclusive;

use egui::{Align2, CornerRadius, Rect, Response, Role, Sense, Ui, Widget, WidgetInfo, pos2, vec2};
use lucide_icons::Icon;

use super::paint;
use crate::ui::theme::{self, Type, height, space};

const ICON_LEFT: f32 = 16.0;
const TEXT_LEFT: f32 = 44.0;
/// The height of a row that is an icon only: where there is room, and at least.
const RAIL: RangeInclusive<f32> = 30.0..=42.0;

/// How high each of so many icons is that share a height.
pub fn rail_pitch(room: f32, count: usize) -> f32 {
    (room / count.max(1) as f32).floor().clamp(*RAIL.start(), *RAIL.end())
}

/// A row of the navigation: icon, word, count; the current one on paper with the bar of the seal.
#[must_use = "add it to the ui"]
pub struct NavRow<'a> {
    icon: Icon,
    word: &'a str,
    tip: &'a str,
    current: bool,
    /// How high it is as an icon only; none with its word.
    rail: Option<f32>,
    count: usize,
}

impl<'a> NavRow<'a> {
    pub fn new(icon: Icon, word: &'a str, current: bool) -> Self {
        Self { icon, word, tip: "", current, rail: None, count: 0 }
    }

    /// What shows while the pointer rests on it: the keys that do the same.
    pub fn tip(mut self, tip: &'a str) -> Self {
        self.tip = tip;
        self
    }

    /// How much waits there; nothing is shown of 0.
    pub fn count(mut self, count: usize) -> Self {
        self.count = count;
        self
    }

    /// Only the icon, so high; the word shows while the pointer rests on it.
    pub fn rail(mut self, rail: Option<f32>) -> Self {
        self.rail = rail;
        self
    }
}

impl Widget for NavRow<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let t = theme::tokens(ui);
        let row = self.rail.unwrap_or(height::NAV);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), row), Sense::click());
        response.widget_info(|| {
            let mut info = WidgetInfo::selected(Role::Link, true, self.current, self.word);
            info.current_text_value = (self.count > 0).then(|| self.count.to_string());
            info
        });
        if self.current {
            ui.painter().rect_filled(rect, 0, t.sheet);
            ui.painter().rect_filled(rect.with_max_x(rect.left() + 3.0), 0, t.sealmark);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 0, t.hover);
        }
        let (weight, ink) = if self.current { (Type::Strong, t.ink) } else { (Type::Body, t.ink2) };
        if self.rail.is_some() {
            paint::put_icon(ui, rect, self.icon, 18.0, ink);
        } else {
            let slot = Rect::from_x_y_ranges(rect.left() + ICON_LEFT..=rect.left() + ICON_LEFT + 18.0, rect.y_range());
            paint::put_icon(ui, slot, self.icon, 18.0, ink);
            let count = if self.count == 0 { String::new() } else { self.count.to_string() };
            let count = paint::text(ui, &count, Type::Small, t.ink3);
            let room = rect.width() - TEXT_LEFT - space::M - count.size().x - space::S;
            paint::put_at(ui.painter(), rect.right() - space::M - count.size().x, rect.y_range(), count);
            let text = paint::text_within(ui, self.word, weight, ink, room);
            paint::put_at(ui.painter(), rect.left() + TEXT_LEFT, rect.y_range(), text);
        }
        if response.has_focus() {
            paint::ring_inside(ui, rect);
        }
        let word = if self.count == 0 { self.word.to_owned() } else { format!("{} {}", self.word, self.count) };
        let tip = match (self.rail.is_some(), self.tip) {
            (true, "") => word,
            (true, tip) => format!("{word}  {tip}"),
            (false, tip) => tip.to_owned(),
        };
        if tip.is_empty() { response } else { response.on_hover_text(tip) }
    }
}

/// The seal: 支 in white on deep red.
pub fn seal(ui: &mut Ui, size: f32) -> Response {
    let t = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(egui::Vec2::splat(size), Sense::hover());
    ui.painter().rect_filled(rect, CornerRadius::same(theme::radius::CONTROL), t.seal);
    let galley = paint::text(ui, "支", Type::Strong, t.onact);
    paint::put(ui.painter(), rect, Align2::CENTER_CENTER, galley);
    response
}

/// A filled dot with a word: whether everything is saved.
pub fn status_dot(ui: &mut Ui, color: egui::Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(8.0, 16.0), Sense::hover());
    ui.painter().circle_filled(pos2(rect.center().x, rect.center().y), 4.0, color);
}
