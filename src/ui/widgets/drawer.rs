//! Owns the column at the right of a page: beside the rest where there is room, over it where there is not.
//! Must never know what stands in it. Start at [`drawer`].

use egui::{Area, CornerRadius, Frame, Id, Order, Rect, Ui};

use crate::ui::theme::{self, radius};

/// Draws the right column of a page as a sheet in `rect`. Where it lies `over` the page it is a layer of its own.
pub fn drawer<R>(ui: &mut Ui, name: &str, rect: Rect, over: bool, content: impl FnOnce(&mut Ui) -> R) -> R {
    let t = theme::tokens(ui);
    let frame =
        Frame::new().fill(t.sheet).stroke(theme::line(ui, t.line2)).corner_radius(CornerRadius::same(radius::SHEET));
    let draw = |ui: &mut Ui| {
        ui.set_min_size(rect.size());
        ui.set_max_size(rect.size());
        super::scroll_handles(t, &mut ui.visuals_mut().widgets);
        content(ui)
    };
    if !over {
        let builder = egui::UiBuilder::new().max_rect(rect).id_salt(("drawer", name));
        ui.painter().add(frame.paint(rect));
        return ui.scope_builder(builder, draw).inner;
    }
    let frame = frame.shadow(ui.visuals().popup_shadow);
    let area = Area::new(Id::unique(("drawer", name))).order(Order::Middle).fixed_pos(rect.min).movable(false);
    area.show(ui.ctx(), |ui| frame.show(ui, draw).inner).inner
}
