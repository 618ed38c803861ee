//! Owns the two bars there are: how much of a whole, and a row of a bar picture. Both open their rows.
//! Must never know what is counted. Start at [`ChartRow`].

use egui::{Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::paint;
use crate::ui::theme::{self, Type, height, space};

/// A bar, 6 high, filled as far as `part` is of `whole`. It never stands without the numbers beside it.
pub fn measuring_bar(ui: &mut Ui, part: usize, whole: usize, width: f32) -> Response {
    let t = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 6.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Meter, true, format!("{part}/{whole}")));
    let share = if whole == 0 { 0.0 } else { (part as f32 / whole as f32).min(1.0) };
    ui.painter().rect_filled(rect, 0, t.bar_ground());
    ui.painter().rect_filled(rect.with_max_x(rect.left() + width * share), 0, t.measure);
    response
}

/// A row of a bar picture: label, bar, number, share. Pressing it opens the rows behind the number.
#[must_use = "show it"]
pub struct ChartRow<'a> {
    label: &'a str,
    value: &'a str,
    share: &'a str,
    fraction: f32,
    label_width: f32,
    open: bool,
}

impl<'a> ChartRow<'a> {
    /// `fraction` is the length of the bar as a part of the longest one.
    pub fn new(label: &'a str, value: &'a str, fraction: f32) -> Self {
        Self { label, value, share: "", fraction, label_width: 90.0, open: false }
    }

    /// The share in percent, as text: `19.2 %`.
    pub fn share(mut self, share: &'a str) -> Self {
        self.share = share;
        self
    }

    /// All rows of a picture have the same width of label.
    pub fn label_width(mut self, width: f32) -> Self {
        self.label_width = width;
        self
    }

    /// Its rows are open now.
    pub fn open(mut self, open: bool) -> Self {
        self.open = open;
        self
    }

    /// Draws the row over the whole width.
    pub fn show(self, ui: &mut Ui) -> Response {
        let t = theme::tokens(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height::TREE), Sense::click());
        let name = format!("{}：{}", self.label, self.value);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        if self.open {
            ui.painter().rect_filled(rect.expand2(vec2(space::S, 0.0)), 0, t.select);
        } else if response.hovered() {
            ui.painter().rect_filled(rect.expand2(vec2(space::S, 0.0)), 0, t.hover);
        }
        paint::hline(ui.painter(), rect.x_range(), rect.bottom(), t.line);
        let label = paint::text_within(ui, self.label, Type::Body, t.ink, self.label_width);
        paint::put_at(ui.painter(), rect.left(), rect.y_range(), label);
        let share_width = if self.share.is_empty() { 0.0 } else { 58.0 };
        let share = paint::text(ui, self.share, Type::Small, if self.open { t.ink2 } else { t.ink3 });
        paint::put_at(ui.painter(), rect.right() - share.size().x, rect.y_range(), share);
        let weight = if self.open { Type::Strong } else { Type::Body };
        let value = paint::text(ui, self.value, weight, t.ink);
        let value_right = rect.right() - share_width;
        let value_left = value_right - value.size().x;
        let bottom = rect.center().y + value.size().y / 2.0;
        if self.open || response.hovered() {
            paint::dashed_hline(ui.painter(), value_left..=value_right, bottom, t.field);
        }
        paint::put_at(ui.painter(), value_left, rect.y_range(), value);
        let bar = Rect::from_min_max(
            egui::pos2(rect.left() + self.label_width + space::S, rect.center().y - 5.0),
            egui::pos2(value_right - 50.0, rect.center().y + 5.0),
        );
        let length = bar.width().max(0.0) * self.fraction.clamp(0.0, 1.0);
        ui.painter().rect_filled(bar.with_max_x(bar.left() + length), 0, if self.open { t.act } else { t.thumb });
        if response.has_focus() {
            paint::ring_inside(ui, rect.expand2(vec2(space::S, 0.0)));
        }
        response
    }
}
