//! Owns the two parts of a sheet: a list, and beside it what is chosen in it, over a foot with what can be done with it.
//! Must never know what is listed. Start at [`list_beside`].

use egui::{Align, Frame, Layout, Margin, Rect, ScrollArea, Ui, UiBuilder, vec2};

use super::paint::{Edge, ground};
use super::scroll_handles;
use crate::ui::theme::{self, height, space};

/// Draws a list over what room there is, but for `side` points at the right: they are given back, for what is chosen.
pub fn list_beside(ui: &mut Ui, side: f32, list: impl FnOnce(&mut Ui)) -> Rect {
    let rect = ui.available_rect_before_wrap();
    let middle = (rect.right() - side).round();
    let left = rect.with_max_x(middle);
    ui.scope_builder(UiBuilder::new().max_rect(left).id_salt("list"), list);
    ground(ui, left.with_min_x(left.right() - 1.0), theme::tokens(ui).line, Edge::Right);
    rect.with_min_x(middle)
}

/// Draws what is chosen, scrolling where it is long, its lines `gap` points apart; the room of the foot is given back.
/// With another `id` it begins at its top again.
pub fn beside(ui: &mut Ui, rect: Rect, id: impl egui::AsIdSalt, gap: f32, content: impl FnOnce(&mut Ui)) -> Rect {
    let foot = rect.with_min_y(rect.bottom() - height::FOOT);
    let upper = rect.with_max_y(foot.top());
    ui.scope_builder(UiBuilder::new().max_rect(upper).id_salt(id), |ui| {
        scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            Frame::new().inner_margin(Margin::same(16)).show(ui, |ui| {
                ui.set_width(rect.width() - 2.0 * space::L);
                ui.spacing_mut().item_spacing.y = gap;
                content(ui);
            });
        });
    });
    foot
}

/// Draws the foot: what can be done, from the right to the left.
pub fn beside_foot(ui: &mut Ui, rect: Rect, content: impl FnOnce(&mut Ui)) {
    ground(ui, rect.with_max_y(rect.top() + 1.0), theme::tokens(ui).line, Edge::Top);
    let inner = rect.shrink2(vec2(space::L, 0.0));
    let builder = UiBuilder::new().max_rect(inner).id_salt("foot").layout(Layout::right_to_left(Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        content(ui);
    });
}
