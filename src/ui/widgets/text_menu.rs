//! Owns the menu of a text field: 剪切 复制 粘贴 全选, acting on what was selected before the right button.
//! Must never know which field it serves. Start at [`show`].
//!
//! The right button moves the text cursor and so drops the selection; therefore the selection is remembered
//! from before the press.

use egui::text::CCursorRange;
use egui::text_edit::TextEditState;
use egui::{Context, Id, PointerButton, Response, TextBuffer as _, Ui, ViewportCommand};
use lucide_icons::Icon;

use super::menu::{MenuRow, context_menu, menu_rule};

/// The selection of a field as it is before the field handles this frame's input.
pub fn before(ctx: &Context, id: Id) -> Option<CCursorRange> {
    TextEditState::load(ctx, id).and_then(|state| state.cursor.char_range())
}

/// Shows the menu when asked for, and does what is chosen.
pub fn show(
    ui: &Ui,
    mut response: Response,
    text: &mut String,
    before: Option<CCursorRange>,
    secret: bool,
) -> Response {
    let ctx = ui.ctx().clone();
    let id = response.id;
    let kept = id.with("selection kept for the menu");
    let pressed = ctx.input(|input| input.pointer.button_pressed(PointerButton::Secondary));
    if pressed && response.hovered() {
        ctx.data_mut(|data| data.insert_temp(kept, before));
    }
    if response.secondary_clicked() {
        let selection: Option<CCursorRange> = ctx.data(|data| data.get_temp(kept)).flatten();
        select(&ctx, id, selection);
    }
    let selection: Option<CCursorRange> = ctx.data(|data| data.get_temp(kept)).flatten();
    let some = selection.is_some_and(|range| !range.is_empty());
    let enabled = response.enabled();
    context_menu(ui, &response.clone(), "文字", |ui| {
        if ui.add(MenuRow::new("剪切").shortcut("Ctrl+X").enabled(enabled && some && !secret)).clicked()
            && let Some(range) = selection
        {
            ctx.copy_text(range.slice_str(text).to_owned());
            let cursor = text.delete_selected(&range);
            select(&ctx, id, Some(CCursorRange::one(cursor)));
            response.mark_changed();
            response.request_focus();
        }
        if ui.add(MenuRow::new("复制").icon(Icon::Copy).shortcut("Ctrl+C").enabled(some && !secret)).clicked()
            && let Some(range) = selection
        {
            ctx.copy_text(range.slice_str(text).to_owned());
            select(&ctx, id, selection);
            response.request_focus();
        }
        if ui.add(MenuRow::new("粘贴").shortcut("Ctrl+V").enabled(enabled)).clicked() {
            select(&ctx, id, selection);
            response.request_focus();
            ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
        }
        menu_rule(ui);
        if ui.add(MenuRow::new("全选").shortcut("Ctrl+A").enabled(!text.is_empty())).clicked() {
            select(&ctx, id, Some(CCursorRange::select_all_str(text)));
            response.request_focus();
        }
    });
    response
}

fn select(ctx: &Context, id: Id, range: Option<CCursorRange>) {
    let mut state = TextEditState::load(ctx, id).unwrap_or_default();
    state.cursor.set_char_range(range);
    state.store(ctx, id);
}
