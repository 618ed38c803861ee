//! Owns menus: below a button, at the pointer, and their rows.
//! Must never know what a row does. Start at [`menu_button`] and [`MenuRow`].

use egui::{Frame, Id, Margin, Popup, Response, Role, Sense, SetOpenCommand, Ui, Widget, WidgetInfo, vec2};
use lucide_icons::Icon;

use super::{Button, keyboard, paint, scroll_handles};
use crate::ui::theme::{self, Type, height, space};

const MENU_WIDTH: f32 = 196.0;
const ICON_LEFT: f32 = 12.0;
const TEXT_LEFT: f32 = 36.0;

/// One row of a menu. Choosing it closes the menu.
#[must_use = "add it to the menu"]
pub struct MenuRow<'a> {
    text: &'a str,
    icon: Option<Icon>,
    shortcut: Option<&'a str>,
    checked: Option<bool>,
    careful: bool,
    enabled: bool,
    stays_open: bool,
    indent: usize,
}

impl<'a> MenuRow<'a> {
    /// A row that shows `text`, which is also its accessible name.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            icon: None,
            shortcut: None,
            checked: None,
            careful: false,
            enabled: true,
            stays_open: false,
            indent: 0,
        }
    }

    /// An icon before the text.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// The keys that do the same.
    pub fn shortcut(mut self, keys: &'a str) -> Self {
        self.shortcut = Some(keys);
        self
    }

    /// A row that is on or off: a check instead of the icon.
    pub fn checked(mut self, checked: bool) -> Self {
        self.checked = Some(checked);
        self
    }

    /// Red text: the row deletes.
    pub fn careful(mut self) -> Self {
        self.careful = true;
        self
    }

    /// Whether it can be chosen.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// The menu stays open when the row is chosen. The menu must be one that a click inside does not close.
    pub fn stays_open(mut self) -> Self {
        self.stays_open = true;
        self
    }

    /// How deep it stands in a tree: its text is indented.
    pub fn indent(mut self, depth: usize) -> Self {
        self.indent = depth;
        self
    }
}

impl Widget for MenuRow<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        ui.add_enabled_ui(self.enabled, |ui| show_row(ui, &self)).inner
    }
}

fn show_row(ui: &mut Ui, row: &MenuRow<'_>) -> Response {
    let t = theme::tokens(ui);
    let enabled = ui.is_enabled();
    let ink = match (enabled, row.careful) {
        (false, _) => t.off,
        (true, true) => t.hard,
        (true, false) => t.ink,
    };
    let text = paint::text(ui, row.text, Type::Body, ink);
    let keys = row.shortcut.map(|keys| paint::text(ui, keys, Type::Small, if enabled { t.ink3 } else { t.off }));
    let keys_width = keys.as_ref().map_or(0.0, |keys| keys.size().x + space::XL);
    let text_left = TEXT_LEFT + space::L * row.indent as f32;
    let needed = text_left + text.size().x + keys_width + ICON_LEFT;
    let width = if ui.is_sizing_pass() { needed } else { ui.available_width().max(needed) };
    let (rect, response) = ui.allocate_exact_size(vec2(width, height::MENU), Sense::click());
    response.widget_info(|| match row.checked {
        Some(checked) => WidgetInfo::selected(Role::MenuItemCheckBox, enabled, checked, row.text),
        None => WidgetInfo::labeled(Role::MenuItem, enabled, row.text),
    });
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 0, t.actsoft);
    }
    let slot = egui::Rect::from_x_y_ranges(rect.left() + ICON_LEFT..=rect.left() + ICON_LEFT + 16.0, rect.y_range());
    let icon_color = if enabled && !row.careful { t.ink2 } else { ink };
    match (row.checked, row.icon) {
        (Some(true), _) => paint::put_icon(ui, slot, Icon::Check, 16.0, if enabled { t.act } else { t.off }),
        (None, Some(icon)) => paint::put_icon(ui, slot, icon, 16.0, icon_color),
        (Some(false), _) | (None, None) => {}
    }
    paint::put_at(ui.painter(), rect.left() + text_left, rect.y_range(), text);
    if let Some(keys) = keys {
        paint::put_at(ui.painter(), rect.right() - ICON_LEFT - keys.size().x, rect.y_range(), keys);
    }
    if response.has_focus() {
        paint::ring_inside(ui, rect);
    }
    if response.clicked() && !row.stays_open {
        ui.close();
    }
    response
}

/// A rule between groups of rows.
pub fn menu_rule(ui: &mut Ui) {
    ui.add_space(6.0);
    paint::rule(ui);
    ui.add_space(6.0);
}

/// The frame of menus and popups: raised, a line, a shadow.
pub fn popup_frame(ui: &Ui, inner: Margin) -> Frame {
    Frame::popup(ui.style()).inner_margin(inner)
}

/// A button that opens a menu below itself; gives back the button's response and what the menu gave.
pub fn menu_button<R>(
    ui: &mut Ui,
    button: Button<'_>,
    name: &str,
    rows: impl FnOnce(&mut Ui) -> R,
) -> (Response, Option<R>) {
    let key = ui.next_auto_id().with("menu button");
    let last: Option<Id> = ui.ctx().data(|data| data.get_temp(key));
    let open = last.is_some_and(|id| Popup::is_id_open(ui.ctx(), id));
    let response = ui.add(button.caret().open(open));
    let popup = Popup::default_response_id(&response);
    ui.ctx().data_mut(|data| data.insert_temp(key, popup));
    let chosen = menu(ui, &response, name, rows);
    (response, chosen)
}

/// A menu below a control that was pressed. `name` is its accessible name.
pub fn menu<R>(ui: &Ui, response: &Response, name: &str, rows: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    let frame = popup_frame(ui, Margin::symmetric(0, 6));
    let popup = Popup::menu(response).gap(1.0).width(MENU_WIDTH).accessible_name(name).frame(frame);
    show_menu(popup, response, rows)
}

/// A menu at the pointer, for a control that was pressed with the right button.
pub fn context_menu<R>(ui: &Ui, response: &Response, name: &str, rows: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    let frame = popup_frame(ui, Margin::symmetric(0, 6));
    let popup = Popup::context_menu(response).width(MENU_WIDTH).accessible_name(name).frame(frame);
    show_menu(popup, response, rows)
}

/// The same below the control, opened by a key (`asked`): its first row gets the focus, which goes `home` when it
/// closes.
pub fn menu_by_key<R>(
    ui: &Ui,
    response: &Response,
    name: &str,
    (asked, home): (bool, Id),
    rows: impl FnOnce(&mut Ui) -> R,
) -> Option<R> {
    let id = response.id.with("menu by key");
    let was_open = Popup::is_id_open(ui.ctx(), id);
    if asked {
        ui.ctx().data_mut(|data| data.insert_temp(id, true));
    }
    let frame = popup_frame(ui, Margin::symmetric(0, 6));
    let popup = Popup::menu(response).id(id).gap(1.0).width(MENU_WIDTH).accessible_name(name).frame(frame);
    let shown = popup.open_memory(asked.then_some(SetOpenCommand::Bool(true))).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.set_min_width(MENU_WIDTH);
        // While it is measured nothing in it can have the focus.
        if !ui.is_sizing_pass() && ui.ctx().data_mut(|data| data.remove_temp::<bool>(id)).is_some() {
            keyboard::focus_next_drawn(ui);
        }
        within_window(ui, rows)
    });
    if was_open && !Popup::is_id_open(ui.ctx(), id) {
        ui.memory_mut(|memory| memory.request_focus(home));
    }
    shown.map(|shown| shown.inner)
}

fn show_menu<R>(popup: Popup<'_>, anchor: &Response, rows: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    let shown = popup.show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.set_min_width(MENU_WIDTH);
        within_window(ui, rows)
    })?;
    let by_keyboard = !anchor.ctx.input(|input| input.pointer.any_click());
    if shown.response.should_close() && by_keyboard {
        anchor.request_focus();
    }
    Some(shown.inner)
}

/// A long menu scrolls where the window is low.
fn within_window<R>(ui: &mut Ui, rows: impl FnOnce(&mut Ui) -> R) -> R {
    let room = ui.ctx().content_rect().height() - 2.0 * space::L;
    ui.scope(|ui| {
        scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
        egui::ScrollArea::vertical().max_height(room).show(ui, rows).inner
    })
    .inner
}
