//! Owns the rows of a timeline: date at the right of its column, a dot on a line, text.
//! Must never know what happened. Start at [`TimelineRow`].

use egui::{Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::paint;
use crate::ui::theme::{self, Type, height, space};

const DATE_WIDTH: f32 = 80.0;
const DOT_RADIUS: f32 = 4.5;
const WITH_NOTE: f32 = 50.0;

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dot {
    /// Party and posts.
    Full,
    /// Talks.
    Open,
    /// All else.
    Quiet,
    /// What is to come.
    Future,
}

/// One row of a timeline.
#[must_use = "show it"]
pub struct TimelineRow<'a> {
    date: &'a str,
    dot: Dot,
    text: &'a str,
    note: &'a str,
    first: bool,
    last: bool,
    opens: bool,
}

impl<'a> TimelineRow<'a> {
    /// A row that cannot be opened.
    pub fn new(date: &'a str, dot: Dot, text: &'a str) -> Self {
        Self { date, dot, text, note: "", first: false, last: false, opens: false }
    }

    /// A second line.
    pub fn note(mut self, note: &'a str) -> Self {
        self.note = note;
        self
    }

    /// The line begins at this row.
    pub fn first(mut self, first: bool) -> Self {
        self.first = first;
        self
    }

    /// The line ends at this row.
    pub fn last(mut self, last: bool) -> Self {
        self.last = last;
        self
    }

    /// Pressing the row opens what it tells of.
    pub fn opens(mut self) -> Self {
        self.opens = true;
        self
    }

    /// How high the row will be; for virtual lists.
    pub fn height(&self) -> f32 {
        if self.note.is_empty() { height::CONTROL } else { WITH_NOTE }
    }

    /// Draws the row over the whole width. Keep no gap between rows, or the line breaks.
    pub fn show(self, ui: &mut Ui) -> Response {
        let t = theme::tokens(ui);
        let sense = if self.opens { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), self.height()), sense);
        let name = format!("{} {}", self.date, self.text);
        let role = if self.opens { Role::Button } else { Role::Label };
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(role, true, &name);
            info.current_text_value = Some(self.note.to_owned()).filter(|note| !note.is_empty());
            info
        });
        if self.opens && response.hovered() {
            ui.painter().rect_filled(rect, 0, t.hover);
        }
        let future = self.dot == Dot::Future;
        let first = Rect::from_min_size(rect.min, vec2(rect.width(), height::CONTROL));
        let date = paint::text(ui, self.date, Type::Body, t.ink2);
        paint::put_at(ui.painter(), rect.left() + DATE_WIDTH - date.size().x, first.y_range(), date);
        let center = pos2(rect.left() + DATE_WIDTH + 10.5, first.center().y);
        let gap = DOT_RADIUS + 2.0;
        let end = if self.last { center.y } else { rect.bottom() };
        if !self.first {
            paint::vline(ui.painter(), center.x - 0.5, rect.top()..=center.y - gap, t.line2);
        }
        if end > center.y + gap {
            paint::vline(ui.painter(), center.x - 0.5, center.y + gap..=end, t.line2);
        }
        let ring = |color| ui.painter().circle_stroke(center, DOT_RADIUS - 1.0, Stroke::new(2.0, color));
        match self.dot {
            Dot::Full => ui.painter().circle_filled(center, DOT_RADIUS, t.act),
            Dot::Open => ring(t.act),
            Dot::Quiet => ring(t.off),
            Dot::Future => dashed_ring(ui, center, t.off),
        };
        let left = center.x + 12.0;
        let room = rect.right() - left - space::S;
        let text = paint::text_within(ui, self.text, Type::Body, if future { t.ink2 } else { t.ink }, room);
        paint::put_at(ui.painter(), left, first.y_range(), text);
        if !self.note.is_empty() {
            let note = paint::text_within(ui, self.note, Type::Small, t.ink3, room);
            paint::put_at(ui.painter(), left, first.bottom() - 6.0..=first.bottom() + 12.0, note);
        }
        if response.has_focus() {
            paint::ring_inside(ui, rect);
        }
        response
    }
}

fn dashed_ring(ui: &Ui, center: egui::Pos2, color: egui::Color32) -> egui::layers::ShapeIdx {
    let steps = 24;
    let points: Vec<_> = (0..=steps)
        .map(|step| {
            let angle = std::f32::consts::TAU * step as f32 / steps as f32;
            center + vec2(angle.cos(), angle.sin()) * (DOT_RADIUS - 1.0)
        })
        .collect();
    let shapes = egui::Shape::dashed_line(&points, Stroke::new(2.0, color), 3.0, 2.5);
    ui.painter().add(egui::Shape::Vec(shapes))
}
