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
    ui.scope_builder(builder, right).inner
}

/// A line of key and value, with a quieter note after the value. The key is `key_width` wide.
pub fn key_value(ui: &mut Ui, key_width: f32, key: &str, value: &str, note: &str) {
    let t = theme::tokens(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(height::TREE);
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
