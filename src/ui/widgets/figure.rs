//! Owns how a number is shown: value, unit, dashed line; pressing it opens the rows behind it.
//! Must never know how it was counted. Start at [`Figure`].

use egui::{Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::paint;
use crate::ui::theme::{self, Type, radius};

/// The value of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// `12,480`.
    Known(&'a str),
    /// —, in a table.
    Unknown,
    /// 【待填：口径】, in a report.
    ToFill(&'a str),
}

/// A number that can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure<'a> {
    /// What is counted: 「女党员」; the accessible name begins with it.
    pub name: &'a str,
    /// How many.
    pub value: Value<'a>,
    /// 人, 次, %.
    pub unit: &'a str,
    /// 28 instead of bold 14.
    pub large: bool,
    /// Its rows are open now.
    pub open: bool,
}

impl<'a> Figure<'a> {
    /// A figure of bold 14.
    pub fn new(name: &'a str, value: &'a str, unit: &'a str) -> Self {
        Self { name, value: Value::Known(value), unit, large: false, open: false }
    }

    /// Of 28.
    pub fn large(mut self) -> Self {
        self.large = true;
        self
    }

    /// Its rows are open now.
    pub fn open(mut self, open: bool) -> Self {
        self.open = open;
        self
    }
}

/// Draws a figure.
pub fn figure(ui: &mut Ui, figure: &Figure<'_>) -> Response {
    let t = theme::tokens(ui);
    let (text, opens) = match figure.value {
        Value::Known(text) => (text.to_owned(), true),
        Value::Unknown => ("—".to_owned(), false),
        Value::ToFill(what) => (format!("【待填：{what}】"), false),
    };
    let size = if figure.large { Type::Figure } else { Type::Strong };
    let size = if opens { size } else { Type::Body };
    let digits = paint::text(ui, &text, size, t.ink);
    let unit = paint::text(ui, if opens { figure.unit } else { "" }, Type::Body, t.ink2);
    let gap = if figure.unit.is_empty() || !opens { 0.0 } else { 4.0 };
    let whole = vec2((digits.size().x + gap + unit.size().x).ceil(), digits.size().y + 4.0);
    let sense = if opens { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(whole, sense);
    let name = format!("{} {text} {}", figure.name, figure.unit);
    let role = if opens { Role::Button } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, name.trim()));
    let lit = opens && (response.hovered() || figure.open);
    let color = match figure.value {
        Value::Known(_) if lit => t.act,
        Value::Known(_) => t.ink,
        Value::Unknown => t.ink3,
        Value::ToFill(_) => t.amber,
    };
    let digits = paint::text(ui, &text, size, color);
    let width = digits.size().x;
    // As much room above as the line below takes: so the digits stand level with the words beside them.
    let line = rect.shrink2(vec2(0.0, 2.0));
    // Digits stand on the baseline; the unit, being smaller, is brought down to it.
    let baseline_drop = if figure.large { 8.0 } else { 0.0 };
    let end = paint::put_at(ui.painter(), rect.left(), line.y_range(), digits);
    let unit_line = line.translate(vec2(0.0, baseline_drop));
    paint::put_at(ui.painter(), end + gap, unit_line.y_range(), unit);
    if opens {
        let under = line.bottom() + if figure.large { -3.0 } else { 0.0 };
        let x = rect.left()..=rect.left() + width;
        if lit {
            paint::hline(ui.painter(), x, under, t.act);
        } else {
            paint::dashed_hline(ui.painter(), x, under, t.field);
        }
    }
    paint::ring(ui, &response, radius::BADGE);
    if opens { response.on_hover_cursor(egui::CursorIcon::PointingHand) } else { response }
}

/// A number as it is shown: `12,480` from ten thousand on.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    if number < 10_000 {
        return digits;
    }
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
