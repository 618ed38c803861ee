//! Owns how a number is shown: value, unit, dashed line; pressing it opens the rows behind it.
//! Must never know how it was counted. Start at [`Figure`].

use std::sync::Arc;

use egui::{Color32, Galley, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo, vec2};

use super::paint;
use crate::ui::theme::{self, Type, radius};

/// From word to number and from number to unit.
const GAP: f32 = 3.0;

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
    /// The name stands before the number: 「筛出 132 人」.
    pub shows_name: bool,
}

impl<'a> Figure<'a> {
    /// A figure of bold 14.
    pub fn new(name: &'a str, value: &'a str, unit: &'a str) -> Self {
        Self { name, value: Value::Known(value), unit, large: false, open: false, shows_name: false }
    }

    /// Of 28.
    pub fn large(mut self) -> Self {
        self.large = true;
        self
    }

    /// With its name before the number.
    pub fn shows_name(mut self) -> Self {
        self.shows_name = true;
        self
    }

    /// Its rows are open now.
    pub fn open(mut self, open: bool) -> Self {
        self.open = open;
        self
    }
}

/// The parts of a figure, laid out.
struct Parts {
    name: Arc<Galley>,
    digits: Arc<Galley>,
    unit: Arc<Galley>,
    /// Whether there are rows behind it.
    opens: bool,
}

impl Parts {
    fn new(ui: &Ui, figure: &Figure<'_>, digits: Color32) -> Self {
        let t = theme::tokens(ui);
        let (text, opens) = text_of(figure);
        let size = match (opens, figure.large) {
            (true, true) => Type::Figure,
            (true, false) => Type::Strong,
            (false, _) => Type::Body,
        };
        Self {
            name: paint::text(ui, if figure.shows_name { figure.name } else { "" }, Type::Body, t.ink2),
            digits: paint::text(ui, &text, size, digits),
            unit: paint::text(ui, if opens { figure.unit } else { "" }, Type::Body, t.ink2),
            opens,
        }
    }

    /// Where the digits begin, from the left.
    fn digits_left(&self) -> f32 {
        if self.name.size().x > 0.0 { self.name.size().x + GAP } else { 0.0 }
    }

    fn size(&self) -> Vec2 {
        let unit = if self.unit.size().x > 0.0 { GAP + self.unit.size().x } else { 0.0 };
        vec2((self.digits_left() + self.digits.size().x + unit).ceil(), self.digits.size().y)
    }
}

fn text_of(figure: &Figure<'_>) -> (String, bool) {
    match figure.value {
        Value::Known(text) => (text.to_owned(), true),
        Value::Unknown => ("—".to_owned(), false),
        Value::ToFill(what) => (format!("【待填：{what}】"), false),
    }
}

/// Draws a figure.
pub fn figure(ui: &mut Ui, figure: &Figure<'_>) -> Response {
    let t = theme::tokens(ui);
    let parts = Parts::new(ui, figure, Color32::PLACEHOLDER);
    let opens = parts.opens;
    let sense = if opens { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(parts.size(), sense);
    let name = format!("{} {} {}", figure.name, text_of(figure).0, if opens { figure.unit } else { "" });
    let role = if opens { Role::Button } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, name.trim()));
    let lit = opens && (response.hovered() || figure.open);
    let color = match figure.value {
        Value::Known(_) if lit => t.act,
        Value::Known(_) => t.ink,
        Value::Unknown => t.ink3,
        Value::ToFill(_) => t.amber,
    };
    put_parts(ui, rect, Parts::new(ui, figure, color), figure.large, lit);
    paint::ring(ui, &response, radius::BADGE);
    if opens { response.on_hover_cursor(egui::CursorIcon::PointingHand) } else { response }
}

fn put_parts(ui: &Ui, rect: Rect, parts: Parts, large: bool, lit: bool) {
    let t = theme::tokens(ui);
    let left = rect.left() + parts.digits_left();
    // Name and unit stand on the baseline of the digits, which is lower where these are large.
    let words = rect.translate(vec2(0.0, if large { 8.0 } else { 0.0 }));
    paint::put_at(ui.painter(), rect.left(), words.y_range(), parts.name);
    let end = paint::put_at(ui.painter(), left, rect.y_range(), parts.digits);
    paint::put_at(ui.painter(), end + GAP, words.y_range(), parts.unit);
    if !parts.opens {
        return;
    }
    let under = rect.bottom() - if large { 3.0 } else { 0.0 };
    if lit {
        paint::hline(ui.painter(), left..=end, under, t.act);
    } else {
        paint::dashed_hline(ui.painter(), left..=end, under - 0.5, t.field);
    }
}
