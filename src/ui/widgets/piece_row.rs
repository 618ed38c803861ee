//! Owns the row of a piece of evidence: its sign, its title, what is told of it, and the button of its menu.
//! Must never know what can be done with it. Start at [`piece_row`].

use egui::{Align, CursorIcon, Layout, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use lucide_icons::Icon;

use super::{IconButton, paint};
use crate::ui::theme::{self, Type, height, space};

/// A piece as it is listed.
#[derive(Debug, Clone, Copy)]
pub struct PieceRow<'a> {
    pub icon: Icon,
    pub title: &'a str,
    /// 「34 KB·林秀英」
    pub about: &'a str,
    /// Pressing the title shows it.
    pub opens: bool,
    /// It is no longer the one that counts.
    pub is_former: bool,
    /// There is something to be done with it.
    pub has_menu: bool,
}

/// What was drawn.
pub struct PieceShown {
    /// The title was pressed.
    pub opened: bool,
    /// The button below which its menu opens.
    pub menu: Option<Response>,
}

/// Draws the row over the whole width.
pub fn piece_row(ui: &mut Ui, row: &PieceRow<'_>) -> PieceShown {
    let t = theme::tokens(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height::HEAD), Sense::hover());
    let layout = Layout::right_to_left(Align::Center);
    let mut right = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("menu").layout(layout));
    let name = format!("材料：{}", row.title);
    let menu = row.has_menu.then(|| right.add(IconButton::new(Icon::Ellipsis, &name).small()));
    let end = right.min_rect().left() - if row.has_menu { space::S } else { 0.0 };
    let slot = Rect::from_x_y_ranges(rect.left()..=rect.left() + 16.0, rect.y_range());
    paint::put_icon(ui, slot, row.icon, 16.0, t.ink2);
    let left = slot.right() + space::S;
    let about = paint::text_within(ui, row.about, Type::Small, t.ink2, ((end - left) * 0.6).max(0.0));
    let about_left = end - about.size().x;
    paint::put_at(ui.painter(), about_left, rect.y_range(), about);
    let ink = match (row.opens, row.is_former) {
        (true, _) => t.act,
        (false, true) => t.ink2,
        (false, false) => t.ink,
    };
    let title = paint::text_within(ui, row.title, Type::Body, ink, (about_left - space::M - left).max(0.0));
    let area = Rect::from_min_max(pos2(left, rect.top() + 4.0), pos2(left + title.size().x, rect.bottom() - 4.0));
    let is_cut = title.elided;
    let sense = if row.opens { Sense::click() } else { Sense::hover() };
    let response = ui.interact(area, ui.scope_id().with("title"), sense);
    response.widget_info(|| {
        let role = if row.opens { Role::Link } else { Role::Label };
        let mut info = WidgetInfo::labeled(role, true, row.title);
        info.current_text_value = Some(format!("{} {}", row.title, row.about));
        info
    });
    let placed = paint::put(ui.painter(), area, egui::Align2::LEFT_CENTER, title);
    if row.opens && response.hovered() {
        paint::hline(ui.painter(), placed.x_range(), placed.bottom() - 1.0, ink);
    }
    paint::ring(ui, &response, theme::radius::BADGE);
    let opened = response.clicked();
    let response = if row.opens { response.on_hover_cursor(CursorIcon::PointingHand) } else { response };
    if is_cut {
        response.on_hover_text(row.title);
    }
    PieceShown { opened, menu }
}
