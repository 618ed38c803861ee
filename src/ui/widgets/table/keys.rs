//! Owns what the keys do in a table. Must never know cells or columns. Start at [`handle`].

use egui::{EventFilter, Key, Modifiers, Response, Ui};

use super::{TableEvent, TableRows};
use crate::ui::widgets::keyboard;

/// Where the cursor stands among how many rows.
#[derive(Clone, Copy)]
pub struct Place {
    pub cursor: Option<usize>,
    pub count: usize,
    /// How many rows PageUp and PageDown go.
    pub page: usize,
}

/// Acts on the keys while the table has the focus; gives back the row the cursor was moved to.
pub fn handle(ui: &Ui, body: &Response, place: Place, events: &mut Vec<TableEvent>) -> Option<usize> {
    if !body.has_focus() || place.count == 0 {
        return None;
    }
    keyboard::keep_arrows(ui, body.id, keyboard::Arrows::All);
    // Esc selects nobody; it must not take the focus away.
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(body.id, filter));
    let anchor_key = body.id.with("extending from");
    let mut moved = None;
    let mut cursor = place.cursor;
    for (modifiers, extending) in [(Modifiers::SHIFT, true), (Modifiers::NONE, false)] {
        while let Some(to) = next(ui, modifiers, Place { cursor, ..place }) {
            let from = cursor.unwrap_or(0);
            cursor = Some(to);
            moved = cursor;
            events.push(TableEvent::Cursor(to));
            let anchor: Option<usize> = ui.ctx().data(|data| data.get_temp(anchor_key));
            if extending {
                let from = anchor.unwrap_or(from);
                ui.ctx().data_mut(|data| data.insert_temp(anchor_key, from));
                events.push(TableEvent::Extended { from, to });
            } else {
                ui.ctx().data_mut(|data| data.remove::<usize>(anchor_key));
            }
        }
    }
    if keyboard::pressed(ui.ctx(), Modifiers::COMMAND, Key::A) {
        events.push(TableEvent::AllSelected);
    }
    if keyboard::pressed(ui.ctx(), Modifiers::NONE, Key::Escape) {
        events.push(TableEvent::NoneSelected);
    }
    if let Some(row) = cursor {
        if keyboard::pressed(ui.ctx(), Modifiers::NONE, Key::Space) {
            events.push(TableEvent::Toggled(row));
        }
        if keyboard::pressed(ui.ctx(), Modifiers::NONE, Key::Enter) {
            events.push(TableEvent::Opened(row));
        }
    }
    moved
}

/// The row whose menu was asked for: Shift+F10 or the menu key, as everywhere on Windows.
pub fn menu_asked(ui: &Ui, body: &Response, cursor: Option<usize>) -> Option<usize> {
    let row = cursor.filter(|_| body.has_focus())?;
    let keys = [(Modifiers::SHIFT, Key::F10), (Modifiers::NONE, Key::Menu)];
    keys.into_iter().any(|(modifiers, key)| keyboard::pressed_exactly(ui.ctx(), modifiers, key)).then_some(row)
}

/// Acts on ← → in a tree: → opens or goes in, ← closes or goes out; gives back the row the cursor was moved to.
pub fn handle_outline(
    ui: &Ui,
    body: &Response,
    cursor: Option<usize>,
    rows: &dyn TableRows,
    events: &mut Vec<TableEvent>,
) -> Option<usize> {
    let row = cursor.filter(|row| body.has_focus() && *row < rows.row_count())?;
    let here = rows.outline(row)?;
    let pressed = |key| keyboard::pressed_exactly(ui.ctx(), Modifiers::NONE, key);
    let to = if pressed(Key::ArrowRight) {
        match here.open {
            Some(true) => row + 1,
            Some(false) => {
                events.push(TableEvent::Folded { row, open: true });
                return None;
            }
            None => return None,
        }
    } else if pressed(Key::ArrowLeft) {
        if here.open == Some(true) {
            events.push(TableEvent::Folded { row, open: false });
            return None;
        }
        (0..row).rev().find(|other| rows.outline(*other).is_some_and(|other| other.depth < here.depth))?
    } else {
        return None;
    };
    events.push(TableEvent::Cursor(to));
    Some(to)
}

/// The row the next pressed key goes to, if one was pressed.
fn next(ui: &Ui, modifiers: Modifiers, place: Place) -> Option<usize> {
    let last = place.count - 1;
    let here = place.cursor;
    let steps: [(Key, usize); 6] = [
        (Key::ArrowDown, here.map_or(0, |row| (row + 1).min(last))),
        (Key::ArrowUp, here.map_or(0, |row| row.saturating_sub(1))),
        (Key::PageDown, here.map_or(0, |row| (row + place.page).min(last))),
        (Key::PageUp, here.map_or(0, |row| row.saturating_sub(place.page))),
        (Key::Home, 0),
        (Key::End, last),
    ];
    steps.into_iter().find(|(key, _)| keyboard::pressed_exactly(ui.ctx(), modifiers, *key)).map(|(_, row)| row)
}
