//! Owns the head of a table: titles, order marks, the menu of a head, dragging a column to another place.
//! Must never know rows. Start at [`cell`].

use egui::{Rangef, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use lucide_icons::Icon;

use super::columns::{Column, Place};
use super::{HeadMenu, TableEvent, align, inside};
use crate::ui::theme::{self, Type, height};
use crate::ui::widgets::menu::{context_menu, menu};
use crate::ui::widgets::sheet::strip_ground;
use crate::ui::widgets::{keyboard, paint};

/// Width of the part of a head that its caret takes.
const CARET: f32 = 22.0;

/// What happened in a head.
#[derive(Default)]
pub struct HeadDone {
    pub events: Vec<TableEvent>,
    /// A column that is being dragged, and where the pointer is.
    pub dragged: Option<f32>,
    /// A column that was let go, and where.
    pub dropped: Option<(String, f32)>,
}

/// Paints the ground of the whole head.
pub fn ground(ui: &Ui, area: Rect) {
    strip_ground(ui, area.with_max_y(area.top() + height::HEAD), true);
}

/// Paints the line where a dragged column would land.
pub fn drop_line(ui: &Ui, area: Rect, x: Option<f32>) {
    if let Some(x) = x {
        let rect = Rect::from_x_y_ranges(Rangef::point(x).expand(1.0), area.y_range());
        ui.painter().rect_filled(rect, 0, theme::tokens(ui).focus);
    }
}

/// Draws the head of one column.
pub fn cell(ui: &mut Ui, place: &Place<'_>, column: &Column<'_>, head_menu: Option<&mut HeadMenu<'_>>) -> HeadDone {
    let rect = ui.max_rect();
    let t = theme::tokens(ui);
    let title = paint::text(ui, column.title, Type::Small, t.ink2);
    let mark_width = if column.sort.is_some() { 26.0 } else { 0.0 };
    let caret_width = if head_menu.is_some() { CARET } else { 0.0 };
    if ui.is_sizing_pass() {
        let needed = 2.0 * super::INSET + title.size().x + mark_width + caret_width;
        ui.allocate_space(vec2(needed, height::HEAD));
        return HeadDone::default();
    }
    let mut done = HeadDone::default();
    let response = ui.interact(rect, ui.scope_id().with("head"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, column.title));
    let caret = Rect::from_min_max(pos2(rect.right() - CARET, rect.top()), rect.max);
    let menu_open = head_menu.is_some_and(|head_menu| {
        let name = format!("列：{}", column.title);
        let button = ui.interact(caret, ui.scope_id().with("caret"), Sense::CLICK);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        if response.has_focus() && keyboard::pressed(ui.ctx(), egui::Modifiers::ALT, egui::Key::ArrowDown) {
            egui::Popup::open_id(ui.ctx(), egui::Popup::default_response_id(&button));
        }
        let open_below = menu(ui, &button, &name, |ui| head_menu(ui, column.id)).is_some();
        let open_here = context_menu(ui, &response, &name, |ui| head_menu(ui, column.id)).is_some();
        let open = open_below || open_here;
        if open {
            ui.painter().rect_filled(rect, 0, t.actsoft);
            paint::hline(ui.painter(), rect.x_range(), rect.bottom(), t.line2);
        }
        if open || response.hovered() || button.hovered() {
            paint::put_icon(ui, caret, Icon::ChevronDown, 14.0, if open { t.act } else { t.ink2 });
        }
        open
    });
    title_and_mark(ui, rect, place, column, title, menu_open);
    if response.has_focus() {
        paint::ring_inside(ui, rect);
    }
    if response.clicked() && column.sortable {
        let add = ui.input(|input| input.modifiers.shift);
        done.events.push(TableEvent::SortAsked { column: column.id.to_owned(), add });
    }
    let pointer = ui.input(|input| input.pointer.latest_pos()).map(|pos| pos.x);
    if response.dragged() {
        done.dragged = pointer;
    }
    if response.drag_stopped() {
        done.dropped = pointer.map(|x| (column.id.to_owned(), x));
    }
    done
}

fn title_and_mark(
    ui: &Ui,
    rect: Rect,
    place: &Place<'_>,
    column: &Column<'_>,
    title: std::sync::Arc<egui::Galley>,
    menu_open: bool,
) {
    let t = theme::tokens(ui);
    let slot = inside(rect, place.last);
    let mark = column.sort.map(|sort| {
        let icon = if sort.ascending { Icon::ArrowUp } else { Icon::ArrowDown };
        (icon, paint::text(ui, &sort.order.to_string(), Type::Small, t.act))
    });
    let mark_width = mark.as_ref().map_or(0.0, |(_, order)| 4.0 + 14.0 + order.size().x);
    let room = (slot.width() - mark_width).max(0.0);
    let title = if title.size().x > room || menu_open {
        let color = if menu_open { t.act } else { t.ink2 };
        paint::text_within(ui, column.title, Type::Small, color, room)
    } else {
        title
    };
    let whole =
        Rect::from_center_size(slot.center(), vec2((title.size().x + mark_width).min(slot.width()), slot.height()));
    let whole = if align(column.right).x() == egui::Align::RIGHT {
        whole.translate(vec2(slot.right() - whole.right(), 0.0))
    } else {
        whole.translate(vec2(slot.left() - whole.left(), 0.0))
    };
    let end = paint::put_at(ui.painter(), whole.left(), slot.y_range(), title);
    if let Some((icon, order)) = mark {
        let arrow = Rect::from_x_y_ranges(end + 4.0..=end + 18.0, slot.y_range());
        paint::put_icon(ui, arrow, icon, 14.0, t.act);
        paint::put_at(ui.painter(), arrow.right(), slot.y_range(), order);
    }
}
