//! Owns the column at the right of a page: beside the rest where there is room, over it where there is not.
//! Must never know what stands in it. Start at [`drawer`].

use egui::{Area, CornerRadius, Id, Order, Rect, Ui, UiBuilder};

use super::paint;
use crate::ui::theme::{self, radius};

/// Draws the right column of a page as a sheet in `rect`. Where it lies `over` the page it is a layer of its own.
pub fn drawer<R>(ui: &mut Ui, name: &str, rect: Rect, over: bool, content: impl FnOnce(&mut Ui) -> R) -> R {
    let t = theme::tokens(ui);
    let draw = |ui: &mut Ui| {
        if over {
            let shadow = ui.visuals().popup_shadow;
            ui.painter().add(shadow.as_shape(rect, CornerRadius::same(radius::SHEET)));
        }
        paint::boxed(ui, rect, radius::SHEET, t.sheet, t.line2);
        let inner = rect.shrink(theme::px(ui.pixels_per_point()));
        let drawn = ui.scope_builder(UiBuilder::new().max_rect(inner).id_salt(("drawer", name)), |ui| {
            super::scroll_handles(t, &mut ui.visuals_mut().widgets);
            content(ui)
        });
        ui.advance_cursor_after_rect(rect);
        drawn.inner
    };
    if !over {
        return draw(ui);
    }
    let area = Area::new(Id::unique(("drawer", name))).order(Order::Middle).fixed_pos(rect.min).movable(false);
    area.show(ui.ctx(), draw).inner
}
