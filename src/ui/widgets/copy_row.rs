//! Owns the row of a copy that is kept: when, why, how large, whether it was checked, and what can be done with it.
//! Must never touch the file.

use egui::{Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2};

use super::{button, paint};
use crate::ui::theme::{self, Type, height, space};

const WHEN_WIDTH: f32 = 140.0;
const WHY_WIDTH: f32 = 84.0;
const SIZE_WIDTH: f32 = 72.0;

/// A copy that is kept.
#[derive(Debug, Clone, Copy)]
pub struct CopyRow<'a> {
    pub when: &'a str,
    pub why: &'a str,
    pub size: &'a str,
    /// 已核对
    pub state: &'a str,
    /// What can be done with it; none where nothing can.
    pub action: Option<&'a str>,
}

/// Draws the row over the whole width; tells whether the action was pressed.
pub fn copy_row(ui: &mut Ui, row: &CopyRow<'_>) -> bool {
    let t = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), height::ROW), Sense::hover());
    let name = [row.when, row.why, row.size, row.state].join(" ");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    paint::hline(ui.painter(), rect.x_range(), rect.bottom(), t.line);
    let heights = rect.y_range();
    paint::put_at(ui.painter(), rect.left(), heights, paint::text(ui, row.when, Type::Body, t.ink));
    let why = paint::text_within(ui, row.why, Type::Body, t.ink2, WHY_WIDTH);
    paint::put_at(ui.painter(), rect.left() + WHEN_WIDTH, heights, why);
    let size = paint::text(ui, row.size, Type::Body, t.ink2);
    let size_right = rect.left() + WHEN_WIDTH + WHY_WIDTH + SIZE_WIDTH;
    paint::put_at(ui.painter(), size_right - size.size().x, heights, size);
    let state = paint::text(ui, row.state, Type::Small, t.ok);
    paint::put_at(ui.painter(), size_right + space::L, heights, state);
    let Some(action) = row.action else { return false };
    let right = Rect::from_min_max(pos2(rect.right() - 2.0 * height::TREE, rect.top()), rect.max);
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(right).id_salt(row.when).layout(layout));
    let name = format!("{} {} {}", action.trim_end_matches('…'), row.when, row.why);
    let is_near = ui.rect_contains_pointer(rect);
    button::row_link(&mut ui, action, &name, is_near).clicked()
}
