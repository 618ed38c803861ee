//! Owns what the keys do in the picture of a sheet. Must never know what stands in it. Start at [`handle`].

use egui::{Key, Modifiers, Response, Ui};

use super::Spot;
use crate::ui::widgets::keyboard;

/// What the keys did.
#[derive(Default)]
pub struct Done {
    /// Where the cursor was moved to.
    pub moved: Option<Spot>,
    /// Shift was held: what is chosen goes up to there.
    pub is_extended: bool,
    /// The column whose list is to be opened.
    pub asked: Option<usize>,
}

/// Acts on the keys while the picture has the focus: arrows, Home, End and pages move, up and down with Shift too; Enter
/// opens the list of the column.
pub fn handle(ui: &Ui, body: &Response, cursor: Option<Spot>, (rows, columns): (usize, usize), page: usize) -> Done {
    let mut done = Done::default();
    if !body.has_focus() || rows == 0 || columns == 0 {
        return done;
    }
    keyboard::keep_arrows(ui, body.id, keyboard::Arrows::All);
    let (last_row, last_column) = (rows - 1, columns - 1);
    let mut at = cursor.unwrap_or_default();
    let mut is_moved = cursor.is_none();
    let pressed = |held, key| keyboard::pressed_exactly(ui.ctx(), held, key);
    for (key, (down, right)) in [
        (Key::ArrowDown, (1, 0)),
        (Key::ArrowUp, (-1, 0)),
        (Key::ArrowRight, (0, 1)),
        (Key::ArrowLeft, (0, -1)),
        (Key::PageDown, (page as isize, 0)),
        (Key::PageUp, (-(page as isize), 0)),
        (Key::End, (0, columns as isize)),
        (Key::Home, (0, -(columns as isize))),
    ] {
        let kinds: &[Modifiers] = if down == 0 { &[Modifiers::NONE] } else { &[Modifiers::NONE, Modifiers::SHIFT] };
        for held in kinds {
            while pressed(*held, key) {
                at = (
                    at.0.saturating_add_signed(down).min(last_row),
                    at.1.saturating_add_signed(right).min(last_column),
                );
                is_moved = true;
                done.is_extended = *held == Modifiers::SHIFT;
            }
        }
    }
    done.moved = is_moved.then_some(at);
    done.asked = pressed(Modifiers::NONE, Key::Enter).then_some(at.1);
    done
}
