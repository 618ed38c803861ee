//! Owns the checkbox: a box with a tick or a bar, and its words.
//! Must never know what is ticked. Start at [`Checkbox`].

use egui::{Rect, Response, Role, Sense, Ui, Widget, WidgetInfo, vec2};
use lucide_icons::Icon;

use super::paint;
use crate::ui::theme::{self, Type, height, radius, space};

/// What a box shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// Empty.
    Off,
    /// Ticked.
    On,
    /// Some of what it stands for is ticked, some is not.
    Some,
}

impl Tick {
    /// What a box shows that stands for `chosen` of `all`.
    pub fn of(chosen: usize, all: usize) -> Self {
        match chosen {
            0 => Self::Off,
            n if n >= all => Self::On,
            _ => Self::Some,
        }
    }
}

/// A box and its words.
#[must_use = "add it to the ui"]
pub struct Checkbox<'a> {
    on: &'a mut bool,
    text: &'a str,
}

impl<'a> Checkbox<'a> {
    /// A box for `on` that carries `text`, which is also its accessible name.
    pub fn new(on: &'a mut bool, text: &'a str) -> Self {
        Self { on, text }
    }
}

impl Widget for Checkbox<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let t = theme::tokens(ui);
        let enabled = ui.is_enabled();
        let galley = paint::text(ui, self.text, Type::Body, if enabled { t.ink } else { t.off });
        let size = vec2((16.0 + space::S + galley.size().x).ceil(), height::SMALL);
        let (rect, mut response) = ui.allocate_exact_size(size, Sense::click());
        if response.clicked() {
            *self.on = !*self.on;
            response.mark_changed();
        }
        let on = *self.on;
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, on, self.text));
        let slot = Rect::from_x_y_ranges(rect.left()..=rect.left() + 16.0, rect.y_range());
        put_tick(ui, slot, if on { Tick::On } else { Tick::Off }, response.hovered());
        paint::put_at(ui.painter(), slot.right() + space::S, rect.y_range(), galley);
        paint::ring(ui, &response, radius::BADGE);
        response
    }
}

/// Paints a box of 16 in the middle of a rectangle.
pub fn put_tick(ui: &Ui, rect: Rect, tick: Tick, hovered: bool) {
    let t = theme::tokens(ui);
    let side = Rect::from_center_size(rect.center(), egui::Vec2::splat(16.0));
    let on = tick != Tick::Off;
    let (fill, border) = match (ui.is_enabled(), on) {
        (false, false) => (t.head, t.line2),
        (false, true) => (t.line2, t.line2),
        (true, true) => (t.actfill, t.actfill),
        (true, false) => (if hovered { t.hover } else { t.sheet }, t.field),
    };
    paint::boxed(ui, side, radius::BADGE, fill, border);
    let mark = if ui.is_enabled() { t.onact } else { t.ink3 };
    match tick {
        Tick::Off => {}
        Tick::On => paint::put_icon(ui, side, Icon::Check, 12.0, mark),
        Tick::Some => paint::put_icon(ui, side, Icon::Minus, 12.0, mark),
    }
}
