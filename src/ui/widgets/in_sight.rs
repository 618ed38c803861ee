//! Owns that what has the focus is seen where a page or a form scrolls.
//! Must never move the focus. Start at [`keep_focus_in_sight`].

use egui::{Id, Rect, Ui, vec2};

/// Where what has the focus stands is told under this.
const PLACE: &str = "place of the focus";

/// How much is seen above and below what has the focus, where there is room: its label, the next line.
const AROUND: f32 = 24.0;

/// Tells where a field stands that has the focus: one that scrolls within itself is longer than what is seen of it.
pub fn tell_place(ui: &Ui, field: Id, place: Rect) {
    ui.data_mut(|data| data.insert_temp(field.with(PLACE), place));
}

/// Brings what has the focus into sight when that is new or was moved; called at the end of what scrolls. Not while the
/// mouse is held: what lies under the pointer must not move.
pub fn keep_focus_in_sight(ui: &Ui) {
    let (held, clicked) = ui.input(|input| (input.pointer.any_down(), input.pointer.any_click()));
    if held || clicked {
        // Whoever asks for what has the focus while something else is pressed takes the focus away from it.
        if clicked {
            ui.ctx().request_repaint();
        }
        return;
    }
    let key = ui.scope_id().with("focus in sight");
    let found = focused_within(ui).map(|(id, place)| (id, place, place.top() - ui.min_rect().top()));
    let stands = found.map(|(id, _, top)| (id, top));
    let before: Option<(Id, f32)> = ui.data(|data| data.get_temp(key)).unwrap_or_default();
    ui.data_mut(|data| data.insert_temp(key, stands));
    let stood = |id: Id, top: f32| before.is_some_and(|(other, at)| other == id && (at - top).abs() < 1.0);
    let Some((_, place, _)) = found.filter(|(id, _, top)| !stood(*id, *top)) else { return };
    let seen = ui.clip_rect().y_range();
    if place.top() < seen.min || place.bottom() > seen.max {
        let around = AROUND.min(((seen.span() - place.height()) / 2.0).max(0.0));
        ui.scroll_to_rect(place.expand2(vec2(0.0, around)), None);
    }
}

/// What has the focus, if it is part of what scrolls here, and its place.
fn focused_within(ui: &Ui) -> Option<(Id, Rect)> {
    let id = ui.memory(|memory| memory.focused())?;
    let response = ui.ctx().read_response(id).filter(|response| response.layer_id == ui.layer_id())?;
    let told = ui.data(|data| data.get_temp::<Rect>(id.with(PLACE)));
    let place = told.unwrap_or(response.rect);
    // What stands beside, in the foot above all, is seen where nothing of this is.
    let is_beside = response.interact_rect.is_positive() && !ui.clip_rect().contains_rect(response.interact_rect);
    (!is_beside && ui.min_rect().intersects(place)).then_some((id, place))
}
