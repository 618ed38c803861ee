//! Owns the row that sets two values side by side, one of which can be chosen.
//! Must never know whose values they are. Start at [`CompareRow`].

use egui::{Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::paint;
use crate::ui::theme::{self, Type, height, radius, space};

const LABEL_WIDTH: f32 = 104.0;

/// Two values of one field. Where both differ one is chosen by a press; equal ones are only read.
#[must_use = "show it"]
pub struct CompareRow<'a> {
    pub label: &'a str,
    /// Empty where there is no value.
    pub left: &'a str,
    pub right: &'a str,
    /// Whether the two differ.
    pub differs: bool,
    /// Whether one is to be chosen: both have a value.
    pub is_open: bool,
    /// Whether the right one is chosen.
    pub takes_right: bool,
}

impl CompareRow<'_> {
    /// Draws the row over the whole width; gives back which was chosen now: `true` for the right one.
    pub fn show(self, ui: &mut Ui) -> Option<bool> {
        let t = theme::tokens(ui);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height::ROW), Sense::hover());
        let label = paint::text_within(ui, self.label, Type::Small, t.ink2, LABEL_WIDTH - space::XS);
        paint::put_at(ui.painter(), rect.left(), rect.y_range(), label);
        let room = (rect.width() - LABEL_WIDTH - space::S) / 2.0;
        let cell = |nth: f32| {
            let left = rect.left() + LABEL_WIDTH + nth * (room + space::S);
            Rect::from_x_y_ranges(left..=left + room, rect.y_range()).shrink2(vec2(0.0, 1.0))
        };
        let mut chosen = None;
        for (value, is_right) in [(self.left, false), (self.right, true)] {
            let response = self.cell_ui(ui, cell(if is_right { 1.0 } else { 0.0 }), value, is_right);
            if response.clicked() {
                chosen = Some(is_right);
            }
        }
        paint::hline(ui.painter(), rect.x_range(), rect.bottom(), t.line);
        chosen.filter(|right| self.is_open && *right != self.takes_right)
    }

    fn cell_ui(&self, ui: &mut Ui, rect: Rect, value: &str, is_right: bool) -> Response {
        let t = theme::tokens(ui);
        let is_taken = is_right == self.takes_right;
        let side = if is_right { "右" } else { "左" };
        let id = ui.scope_id().with(("compare", self.label, is_right));
        let response = ui.interact(rect, id, if self.is_open { Sense::click() } else { Sense::hover() });
        let shown = if value.is_empty() { "—" } else { value };
        let name = format!("{}{side}：{shown}", self.label);
        if self.is_open {
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_taken, &name));
        } else {
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
        }
        if self.differs && is_taken && !value.is_empty() {
            paint::boxed(ui, rect, radius::CONTROL, t.actsoft, t.act);
        } else if self.differs {
            paint::boxed(ui, rect, radius::CONTROL, t.ambersoft, t.line2);
        }
        let ink = if value.is_empty() { t.ink3 } else { t.ink };
        let weight = if self.differs && is_taken { Type::Strong } else { Type::Body };
        let galley = paint::text_within(ui, shown, weight, ink, rect.width() - 2.0 * space::S);
        let is_cut = galley.elided;
        paint::put_at(ui.painter(), rect.left() + space::S, rect.y_range(), galley);
        paint::ring(ui, &response, radius::CONTROL);
        if is_cut { response.on_hover_text(value) } else { response }
    }
}
