//! Owns the strip of squares: one for each piece of an archive, by whether it is there.
//! Must never know what the pieces are. Start at [`StateSquares`].

use egui::{CornerRadius, CursorIcon, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Holding, paint};
use crate::ui::theme::{self, radius};

/// From square to square where there is room.
const STEP: f32 = 22.0;
/// Narrower than this nobody can press a square: then none is drawn.
const LEAST_STEP: f32 = 9.0;

/// A piece of an archive.
#[derive(Debug, Clone)]
pub struct StateSquare {
    /// 「10 组织生活会：部分」
    pub name: String,
    pub state: Holding,
}

/// A strip of squares; it is for the pointer, the list beside it for the keys.
#[must_use = "show it"]
pub struct StateSquares<'a> {
    squares: &'a [StateSquare],
    chosen: Option<usize>,
}

impl<'a> StateSquares<'a> {
    /// `chosen` has the ring.
    pub fn new(squares: &'a [StateSquare], chosen: Option<usize>) -> Self {
        Self { squares, chosen }
    }

    /// Draws the squares within this width; gives back the place of the one that was pressed.
    pub fn show(self, ui: &mut Ui, room: f32) -> Option<usize> {
        let count = self.squares.len() as f32;
        let step = (room / count).floor().min(STEP);
        if self.squares.is_empty() || step < LEAST_STEP {
            return None;
        }
        let gap = if step < 18.0 { 3.0 } else { 4.0 };
        let side = step - gap;
        let (strip, whole) = ui.allocate_exact_size(vec2(step * count - gap, side), Sense::hover());
        let mut pressed = None;
        for (place, square) in self.squares.iter().enumerate() {
            let left = strip.left() + step * place as f32;
            let rect = Rect::from_min_size(pos2(left, strip.top()), vec2(side, side));
            let chosen = self.chosen == Some(place);
            let response = ui.interact(rect, whole.id.with(place), Sense::CLICK);
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &square.name));
            paint_square(ui, rect, square.state);
            if chosen {
                paint::ring_around(ui, rect, radius::BADGE);
            }
            if response.clicked() {
                pressed = Some(place);
            }
            response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(&square.name);
        }
        pressed
    }
}

/// 有 is filled, 部分 framed, 缺 dashed, 不适用 pale: told apart without their colours too.
fn paint_square(ui: &Ui, rect: Rect, state: Holding) {
    let t = theme::tokens(ui);
    let corners = CornerRadius::same(radius::BADGE);
    match state {
        Holding::Have => {
            ui.painter().rect_filled(rect, corners, t.okmark);
        }
        Holding::Part => {
            ui.painter().rect_filled(rect, corners, t.ambermark);
            ui.painter().rect_filled(rect.shrink(2.0), CornerRadius::same(1), t.ambersoft);
        }
        Holding::Missing => paint::dashed_box(ui, rect, radius::BADGE, t.hardmark),
        Holding::NotApplicable => {
            ui.painter().rect_filled(rect, corners, t.thumb);
        }
    }
}
