//! Owns dragging a row to another place, also beyond what is seen: at the edges of the body the rows go on.
//! Must never know cells or columns. Start at [`follow`].

use std::time::Duration;

use egui::{Id, PointerButton, Rangef, Rect, Response, Ui};

/// This near an edge the rows go on.
const EDGE: f32 = 20.0;
/// The time from one step to the next, in seconds.
const STEP: f64 = 0.06;
/// For each so many points beyond the edge a step is a row longer.
const LONGER: f32 = 20.0;
const LONGEST: f32 = 8.0;

/// The row that is held. It may have been scrolled out of sight, and then nothing is drawn of it.
#[derive(Debug, Clone, Copy)]
struct Held {
    row: usize,
    /// What is dragged for egui: a part of the row.
    part: Id,
    stepped_at: f64,
    /// A row to be scrolled into sight in the next frame.
    next: Option<usize>,
}

/// How it stands with the row that is held.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Drag {
    /// None is, or it was given up by Esc.
    None,
    /// It is over this height.
    Over(f32),
    /// It was let go at this height.
    Dropped { row: usize, y: f32 },
}

fn key(table: Id) -> Id {
    table.with("held row")
}

/// Takes the row, if it begins to be dragged.
pub fn take(ui: &Ui, table: Id, row: usize, part: &Response) {
    if part.drag_started_by(PointerButton::Primary) {
        let held = Held { row, part: part.id, stepped_at: 0.0, next: None };
        ui.ctx().data_mut(|data| data.insert_temp(key(table), Some(held)));
    }
}

/// The row that is to be scrolled into sight because a held one is at an edge.
pub fn next(ui: &Ui, table: Id) -> Option<usize> {
    ui.ctx().data_mut(|data| data.get_temp_mut_or_default::<Option<Held>>(key(table)).as_mut()?.next.take())
}

/// What becomes of the held row; `seen` are the rows that were drawn, with their heights, of `count` in all.
pub fn follow(ui: &Ui, table: Id, body: Rect, seen: &[(usize, Rangef)], count: usize) -> Drag {
    let Some(mut held) = ui.ctx().data(|data| data.get_temp::<Option<Held>>(key(table))).flatten() else {
        return Drag::None;
    };
    let (pointer, is_down) = ui.input(|input| (input.pointer.latest_pos(), input.pointer.any_down()));
    let is_over = !ui.ctx().is_being_dragged(held.part);
    let Some(y) = pointer.map(|pos| pos.y) else { return Drag::None };
    if is_over {
        ui.ctx().data_mut(|data| data.remove::<Option<Held>>(key(table)));
        let is_dropped = ui.ctx().drag_stopped_id() == Some(held.part) && !is_down;
        return if is_dropped { Drag::Dropped { row: held.row, y } } else { Drag::None };
    }
    if let Some(wanted) = beyond(y, body, seen, count) {
        let now = ui.input(|input| input.time);
        let left = held.stepped_at + STEP - now;
        if left <= 0.0 {
            (held.stepped_at, held.next) = (now, Some(wanted));
            ui.ctx().data_mut(|data| data.insert_temp(key(table), Some(held)));
            ui.ctx().request_repaint();
        } else {
            ui.ctx().request_repaint_after(Duration::from_secs_f64(left));
        }
    }
    Drag::Over(y)
}

/// The row out of sight to which the rows go on while the pointer is at an edge.
fn beyond(y: f32, body: Rect, seen: &[(usize, Rangef)], count: usize) -> Option<usize> {
    let (first, last) = (seen.first()?, seen.last()?);
    let longer = |distance: f32| (distance / LONGER).clamp(0.0, LONGEST) as usize;
    if y > body.bottom() - EDGE {
        let is_end = last.0 + 1 == count && last.1.max < body.bottom() + 0.5;
        return (!is_end).then(|| (last.0 + 1 + longer(y - body.bottom())).min(count - 1));
    }
    if y < body.top() + EDGE {
        let is_start = first.0 == 0 && first.1.min > body.top() - 0.5;
        return (!is_start).then(|| first.0.saturating_sub(1 + longer(body.top() - y)));
    }
    None
}

#[cfg(test)]
mod tests {
    use egui::{Rangef, Rect, pos2};

    use super::beyond;

    /// Five rows of 30, of which the body shows those from `first` on.
    fn at(y: f32, first: usize, count: usize) -> Option<usize> {
        let body = Rect::from_min_max(pos2(0.0, 100.0), pos2(300.0, 250.0));
        let row = |place: usize| {
            let top = 100.0 + 30.0 * place as f32;
            (first + place, Rangef::new(top, top + 30.0))
        };
        beyond(y, body, &[row(0), row(1), row(2), row(3), row(4)], count)
    }

    #[test]
    fn rows_go_on_at_an_edge_faster_the_farther_beyond_it_and_stop_at_the_ends() {
        assert_eq!(at(175.0, 10, 50), None, "in the middle nothing moves");
        assert_eq!((at(245.0, 10, 50), at(275.0, 10, 50), at(900.0, 10, 50)), (Some(15), Some(16), Some(23)));
        assert_eq!((at(105.0, 10, 50), at(60.0, 10, 50), at(-900.0, 10, 50)), (Some(9), Some(7), Some(1)));
        assert_eq!((at(260.0, 45, 50), at(90.0, 0, 50)), (None, None));
        assert_eq!((at(900.0, 44, 50), at(-900.0, 1, 50)), (Some(49), Some(0)));
    }
}
