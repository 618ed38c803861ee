//! Owns chips: a condition that is set, with × to take it away, and the dashed one that adds another.
//! Must never know what a condition means. Start at [`Chip`].

use egui::{Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};
use lucide_icons::Icon;

use super::paint;
use crate::ui::theme::{self, Type, height, radius, space};

/// Width of the part that × takes.
const CROSS: f32 = 24.0;

/// A condition or a choice, as a rounded piece.
#[must_use = "show it"]
pub struct Chip<'a> {
    text: &'a str,
    chosen: bool,
    removable: bool,
}

/// What the user did with a chip.
pub struct ChipResponse {
    /// The chip itself; pressing it opens what it holds.
    pub response: Response,
    /// × was pressed, or Delete while the chip had the focus.
    pub removed: bool,
}

impl<'a> Chip<'a> {
    /// A chip that shows `text`.
    pub fn new(text: &'a str) -> Self {
        Self { text, chosen: false, removable: false }
    }

    /// Whether it is in force.
    pub fn chosen(mut self, chosen: bool) -> Self {
        self.chosen = chosen;
        self
    }

    /// With × at the right, named 「去掉：…」.
    pub fn removable(mut self) -> Self {
        self.removable = true;
        self
    }

    /// Draws the chip.
    pub fn show(self, ui: &mut Ui) -> ChipResponse {
        let t = theme::tokens(ui);
        let (fill, border, ink) = if self.chosen { (t.actsoft, t.act, t.act) } else { (t.sheet, t.line2, t.ink) };
        let galley = paint::text(ui, self.text, Type::Body, ink);
        let tail = if self.removable { CROSS } else { space::M };
        let size = vec2((space::M + galley.size().x + tail).ceil(), height::CHIP);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let enabled = ui.is_enabled();
        response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, self.chosen, self.text));
        let border = if response.hovered() && !self.chosen { t.field } else { border };
        paint::boxed(ui, rect, radius::CHIP, fill, border);
        paint::put_at(ui.painter(), rect.left() + space::M, rect.y_range(), galley);
        let mut removed = false;
        if self.removable {
            let cross = Rect::from_x_y_ranges(rect.right() - CROSS..=rect.right(), rect.y_range());
            let name = format!("去掉：{}", self.text);
            let pressed = ui.interact(cross, response.id.with("remove"), Sense::CLICK);
            pressed.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, &name));
            let color = if pressed.hovered() { t.ink } else { ink };
            paint::put_icon(ui, cross.translate(vec2(-2.0, 0.0)), Icon::X, 14.0, color);
            let delete = response.has_focus()
                && ui.input_mut(|input| {
                    input.consume_key(egui::Modifiers::NONE, egui::Key::Delete)
                        || input.consume_key(egui::Modifiers::NONE, egui::Key::Backspace)
                });
            removed = pressed.clicked() || delete;
            pressed.on_hover_text(name);
        }
        paint::ring(ui, &response, radius::CHIP);
        ChipResponse { response, removed }
    }
}

/// The dashed chip that adds a condition: ＋ and a word.
pub fn add_chip(ui: &mut Ui, text: &str) -> Response {
    let t = theme::tokens(ui);
    let galley = paint::text(ui, text, Type::Body, t.ink2);
    let size = vec2((space::S + 16.0 + space::XS + galley.size().x + space::M).ceil(), height::CHIP);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, text));
    if response.hovered() {
        ui.painter().rect_filled(rect, radius::CHIP, t.hover);
    }
    paint::dashed_box(ui, rect, radius::CHIP, t.field);
    let slot = Rect::from_x_y_ranges(rect.left() + space::S..=rect.left() + space::S + 16.0, rect.y_range());
    paint::put_icon(ui, slot, Icon::Plus, 16.0, t.ink2);
    paint::put_at(ui.painter(), slot.right() + space::XS, rect.y_range(), galley);
    paint::ring(ui, &response, radius::CHIP);
    response
}
