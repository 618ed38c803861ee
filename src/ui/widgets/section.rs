//! Owns what orders a sheet: the head of a section with its rule, and lines of key and value.
//! Must never know what stands below. Start at [`section`].

use egui::{Label, Rect, RichText, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use super::paint;
use crate::ui::theme::{self, Type, height, space};

/// The head of a section over the whole width: title, and a remark or count at the right.
pub fn section(ui: &mut Ui, title: &str, right: &str) {
    section_with(ui, title, |ui| {
        if !right.is_empty() {
            paint::note(ui, right);
        }
    });
}

/// The head of a section with something of the caller's at the right, laid from right to left.
pub fn section_with<R>(ui: &mut Ui, title: &str, right: impl FnOnce(&mut Ui) -> R) -> R {
    let t = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height::SMALL), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, title));
    let galley = paint::text_within(ui, title, Type::Strong, t.ink, rect.width());
    let end = paint::put_at(ui.painter(), rect.left(), rect.y_range(), galley);
    paint::hline(ui.painter(), rect.x_range(), rect.bottom(), t.line);
    let rest = Rect::from_min_max(egui::pos2((end + space::S).min(rect.right()), rect.top()), rect.max);
    let builder = UiBuilder::new().max_rect(rest).layout(egui::Layout::right_to_left(egui::Align::Center));
    // A child of its own: what stands at the right must not move what follows below.
    right(&mut ui.new_child(builder))
}

/// A line of key and value, with a quieter note after the value. The key is `key_width` wide.
pub fn key_value(ui: &mut Ui, key_width: f32, key: &str, value: &str, note: &str) {
    let t = theme::tokens(ui);
    let line = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), height::TREE), line, |ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        ui.spacing_mut().item_spacing.x = space::XS;
        let galley = paint::text_within(ui, key, Type::Body, t.ink2, key_width);
        let (rect, response) = ui.allocate_exact_size(vec2(key_width, height::TREE), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, key));
        paint::put_at(ui.painter(), rect.left(), rect.y_range(), galley);
        let (value, color) = if value.is_empty() { ("—", t.ink3) } else { (value, t.ink) };
        ui.add(Label::new(RichText::new(value).font(Type::Body.font()).color(color)).selectable(true).wrap());
        if !note.is_empty() {
            paint::note(ui, note);
        }
    });
}

/// A line of key and value like [`key_value`], over as many lines as the value takes, with something of the caller's
/// behind it.
pub fn fact(ui: &mut Ui, key_width: f32, key: &str, value: &str, remark: &str, after: impl FnOnce(&mut Ui)) {
    let t = theme::tokens(ui);
    ui.horizontal_top(|ui| {
        ui.set_min_height(height::TREE);
        ui.spacing_mut().item_spacing = vec2(space::XS, 0.0);
        let galley = paint::text_within(ui, key, Type::Body, t.ink2, key_width);
        let (rect, response) = ui.allocate_exact_size(vec2(key_width, height::TREE), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, key));
        paint::put_at(ui.painter(), rect.left(), rect.y_range(), galley);
        let (value, color) = if value.is_empty() { ("—", t.ink3) } else { (value, t.ink) };
        let remark_width = paint::text(ui, remark, Type::Small, t.ink3).size().x;
        let room = (ui.available_width() - remark_width - space::XS).max(60.0);
        ui.vertical(|ui| {
            ui.set_max_width(room);
            ui.add_space(4.0);
            ui.add(Label::new(RichText::new(value).font(Type::Body.font()).color(color)).selectable(true).wrap());
            ui.add_space(4.0);
        });
        if !remark.is_empty() {
            ui.vertical(|ui| {
                ui.add_space(5.0);
                paint::note(ui, remark);
            });
        }
        after(ui);
    });
}

/// A row that can be picked: text at the left, a quieter one at the right.
pub fn pick_row(ui: &mut Ui, text: &str, right: &str, chosen: bool) -> egui::Response {
    let t = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height::ROW), Sense::click());
    let name = format!("{text} {right}");
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &name));
    if chosen {
        ui.painter().rect_filled(rect, 0, t.select);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0, t.hover);
    }
    paint::hline(ui.painter(), rect.x_range(), rect.bottom(), t.line);
    let inner = rect.shrink2(vec2(space::S, 0.0));
    let right = paint::text(ui, right, Type::Body, t.ink2);
    let left = paint::text_within(ui, text, Type::Body, t.ink, inner.width() - right.size().x - space::L);
    paint::put_at(ui.painter(), inner.left(), rect.y_range(), left);
    paint::put_at(ui.painter(), inner.right() - right.size().x, rect.y_range(), right);
    if response.has_focus() {
        paint::ring_inside(ui, rect);
    }
    response
}
