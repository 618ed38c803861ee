//! Owns the row of a piece of evidence: its sign or its picture, its title, what is told of it, and the button of its menu.
//! Must never know what can be done with it. Start at [`piece_row`].

use egui::load::SizedTexture;
use egui::{
    Align, Color32, CursorIcon, Layout, PointerButton, Rect, Response, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo,
    pos2, vec2,
};
use lucide_icons::Icon;

use super::{IconButton, paint};
use crate::ui::theme::{self, Type, height, radius, space};

/// Height of a row with a picture, and the sides of the picture in it.
const TALL: f32 = 48.0;
const PICTURE: f32 = 40.0;

/// How a piece is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    Not,
    /// Something of the program's own: a press of the title.
    AsLink,
    /// A file, in another program: two presses, or Enter.
    AsFile,
}

/// The picture of a piece; where there is none yet the sign stands in its place.
#[derive(Debug, Clone, Copy)]
pub struct PiecePicture {
    pub small: Option<SizedTexture>,
    /// Shown while the pointer rests on the row.
    pub large: Option<SizedTexture>,
}

/// A piece as it is listed.
#[derive(Debug, Clone, Copy)]
pub struct PieceRow<'a> {
    pub icon: Icon,
    /// Of what can be seen.
    pub picture: Option<PiecePicture>,
    pub title: &'a str,
    /// 「34 KB·林秀英」
    pub about: &'a str,
    pub opens: Opens,
    /// It is no longer the one that counts.
    pub is_former: bool,
    /// There is something to be done with it.
    pub has_menu: bool,
}

/// What was drawn.
pub struct PieceShown {
    /// It is to be opened.
    pub opened: bool,
    /// The button below which its menu opens.
    pub menu: Option<Response>,
}

/// Draws the row over the whole width.
pub fn piece_row(ui: &mut Ui, row: &PieceRow<'_>) -> PieceShown {
    let t = theme::tokens(ui);
    let (tall, side) = if row.picture.is_some() { (TALL, PICTURE) } else { (height::HEAD, 16.0) };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tall), Sense::hover());
    let layout = Layout::right_to_left(Align::Center);
    let mut right = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("menu").layout(layout));
    let name = format!("材料：{}", row.title);
    let menu = row.has_menu.then(|| right.add(IconButton::new(Icon::Ellipsis, &name).small()));
    let end = right.min_rect().left() - if row.has_menu { space::S } else { 0.0 };
    let slot = Rect::from_min_size(pos2(rect.left(), rect.center().y - side / 2.0), Vec2::splat(side));
    sign_ui(ui, row, slot);
    let left = slot.right() + space::S;
    let about = paint::text_within(ui, row.about, Type::Small, t.ink2, ((end - left) * 0.6).max(0.0));
    let about_left = end - about.size().x;
    paint::put_at(ui.painter(), about_left, rect.y_range(), about);
    let ink = match (row.opens, row.is_former) {
        (Opens::AsLink, _) => t.act,
        (_, true) => t.ink2,
        (_, false) => t.ink,
    };
    let title = paint::text_within(ui, row.title, Type::Body, ink, (about_left - space::M - left).max(0.0));
    let is_cut = title.elided;
    // A file is taken hold of over the whole row, as in the system's file manager.
    let area = if row.opens == Opens::AsFile {
        rect.with_max_x(end)
    } else {
        Rect::from_min_max(pos2(left, rect.top() + 4.0), pos2(left + title.size().x, rect.bottom() - 4.0))
    };
    let response = title_response(ui, row, area);
    let text = Rect::from_min_max(pos2(left, rect.top()), pos2(about_left, rect.bottom()));
    let placed = paint::put(ui.painter(), text, egui::Align2::LEFT_CENTER, title);
    if row.opens == Opens::AsLink && response.hovered() {
        paint::hline(ui.painter(), placed.x_range(), placed.bottom() - 1.0, ink);
    }
    paint::ring(ui, &response, radius::BADGE);
    let opened = match row.opens {
        Opens::Not => false,
        Opens::AsLink => response.clicked(),
        // By the keys it is one press.
        Opens::AsFile => {
            if response.clicked() {
                response.request_focus();
            }
            response.double_clicked() || (response.clicked() && !response.clicked_by(PointerButton::Primary))
        }
    };
    hint_ui(response, row, is_cut);
    PieceShown { opened, menu }
}

fn title_response(ui: &Ui, row: &PieceRow<'_>, area: Rect) -> Response {
    let sense = if row.opens == Opens::Not { Sense::hover() } else { Sense::click() };
    let response = ui.interact(area, ui.scope_id().with("title"), sense);
    response.widget_info(|| {
        let role = match row.opens {
            Opens::Not => Role::Label,
            Opens::AsLink => Role::Link,
            Opens::AsFile => Role::Button,
        };
        let mut info = WidgetInfo::labeled(role, true, row.title);
        info.current_text_value = Some(format!("{} {}", row.title, row.about));
        info
    });
    response
}

fn sign_ui(ui: &Ui, row: &PieceRow<'_>, slot: Rect) {
    let t = theme::tokens(ui);
    let Some(PiecePicture { small: Some(small), .. }) = row.picture else {
        paint::put_icon(ui, slot, row.icon, 16.0, t.ink2);
        return;
    };
    let scale = (slot.width() / small.size.x).min(slot.height() / small.size.y);
    let place = Rect::from_center_size(slot.center(), small.size * scale);
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    ui.painter().image(small.id, place, whole, Color32::WHITE);
    let line = egui::Stroke::new(theme::px(ui.pixels_per_point()), t.line2);
    ui.painter().rect_stroke(place, 0, line, egui::StrokeKind::Outside);
}

/// The picture larger, how the file opens, the whole title where it is cut.
fn hint_ui(response: Response, row: &PieceRow<'_>, is_cut: bool) {
    match row.opens {
        Opens::AsFile => {
            let large = row.picture.and_then(|picture| picture.large);
            response.on_hover_ui(|ui| {
                if let Some(large) = large {
                    ui.image(SizedTexture::new(large.id, large.size / ui.pixels_per_point()));
                }
                if is_cut {
                    paint::small(ui, row.title);
                }
                paint::small(ui, "双击打开，只读");
            });
        }
        Opens::AsLink if is_cut => {
            response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(row.title);
        }
        Opens::AsLink => {
            response.on_hover_cursor(CursorIcon::PointingHand);
        }
        Opens::Not if is_cut => {
            response.on_hover_text(row.title);
        }
        Opens::Not => {}
    }
}
