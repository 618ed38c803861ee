//! Owns the row of a file that was open before: name, folder, when; × takes it off the list.
//! Must never touch the file.

use egui::{Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use lucide_icons::Icon;

use super::paint;
use crate::ui::theme::{self, Type, height, radius, space};

/// A file that was open before.
#[derive(Debug, Clone, Copy)]
pub struct FileRow<'a> {
    pub name: &'a str,
    pub folder: &'a str,
    pub when: &'a str,
    /// The one above all others: no line over it.
    pub is_first: bool,
}

/// What was pressed of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FileRowPressed {
    pub opens: bool,
    pub forgets: bool,
}

/// Draws the row over the whole width.
pub fn file_row(ui: &mut Ui, row: &FileRow<'_>) -> FileRowPressed {
    let t = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height::TWO_LINES), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("打开 {}", row.name)));
    let close = Rect::from_center_size(pos2(rect.right() - 22.0, rect.center().y), egui::Vec2::splat(26.0));
    let forget = ui.interact(close, response.id.with("forget"), Sense::click());
    forget.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("从列表去掉 {}", row.name)));
    let is_near = response.hovered() || forget.hovered() || forget.has_focus() || response.has_focus();
    if response.hovered() || forget.hovered() {
        ui.painter().rect_filled(rect.shrink(1.0), radius::CONTROL, t.hover);
    }
    if !row.is_first {
        paint::hline(ui.painter(), rect.x_range(), rect.top() + theme::px(ui.pixels_per_point()), t.line);
    }
    let slot = Rect::from_x_y_ranges(rect.left() + space::L..=rect.left() + space::L + 18.0, rect.y_range());
    paint::put_icon(ui, slot, Icon::BookOpen, 18.0, t.ink2);
    let left = slot.right() + space::M;
    let when = paint::text(ui, row.when, Type::Small, t.ink3);
    let when_left = close.left() - space::S - when.size().x;
    let middle = rect.center().y;
    paint::put_at(ui.painter(), when_left, middle - 20.0..=middle + 1.0, when);
    let name = paint::text_within(ui, row.name, Type::Strong, t.ink, when_left - space::M - left);
    paint::put_at(ui.painter(), left, middle - 20.0..=middle + 1.0, name);
    let folder = paint::text_within(ui, row.folder, Type::Small, t.ink2, close.left() - space::S - left);
    let cut = folder.elided;
    paint::put_at(ui.painter(), left, middle..=middle + 20.0, folder);
    if is_near {
        paint::put_icon(ui, close, Icon::X, 14.0, if forget.hovered() { t.ink } else { t.ink2 });
    }
    if response.has_focus() {
        paint::ring_inside(ui, rect);
    }
    paint::ring(ui, &forget, radius::CONTROL);
    let pressed = FileRowPressed { opens: response.clicked(), forgets: forget.clicked() };
    forget.on_hover_text("从列表去掉，文件还在");
    if cut {
        response.on_hover_text(row.folder);
    }
    pressed
}
