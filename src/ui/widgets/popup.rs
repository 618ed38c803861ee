//! Owns the popup that stays while one works in it, below the control that opened it.
//! Must never know what is in it. Start at [`popup`].

use egui::{Margin, Popup, PopupCloseBehavior, Response, SetOpenCommand, Ui};

use super::menu::popup_frame;
use crate::ui::theme::space;

/// A popup below a control that was pressed, open until one presses Esc or clicks elsewhere. `name` is its accessible
/// name; the content is told whether it has just been opened, and may close it with `ui.close()`.
pub fn popup<R>(
    ui: &Ui,
    response: &Response,
    name: &str,
    width: f32,
    content: impl FnOnce(&mut Ui, bool) -> R,
) -> Option<R> {
    let toggle = response.clicked().then_some(SetOpenCommand::Toggle);
    popup_asked(ui, response, name, width, toggle, content)
}

/// The same, opened and closed by the caller's command instead of by pressing the control.
pub fn popup_asked<R>(
    ui: &Ui,
    response: &Response,
    name: &str,
    width: f32,
    command: Option<SetOpenCommand>,
    content: impl FnOnce(&mut Ui, bool) -> R,
) -> Option<R> {
    let id = response.id.with("popup");
    let was_open = Popup::is_id_open(ui.ctx(), id);
    let shown = Popup::from_response(response)
        .id(id)
        .open_memory(command)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .gap(2.0)
        .width(width)
        .accessible_name(name)
        .frame(popup_frame(ui, Margin::symmetric(0, 6)))
        .show(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_min_width(width);
            content(ui, !was_open)
        });
    if was_open && !Popup::is_id_open(ui.ctx(), id) && !response.ctx.input(|input| input.pointer.any_click()) {
        response.request_focus();
    }
    shown.map(|shown| shown.inner)
}

/// Whether the popup of this control is open.
pub fn is_popup_open(response: &Response) -> bool {
    Popup::is_id_open(&response.ctx, response.id.with("popup"))
}

/// The inset that everything in a popup but its rows keeps from the edge.
pub fn popup_inset<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let margin = Margin { left: space::M as i8, right: space::M as i8, top: 2, bottom: 6 };
    egui::Frame::new().inner_margin(margin).show(ui, content).inner
}
