//! The second press of a double click, and a key that was pressed twice in haste: neither may act on what has come
//! under the pointer meanwhile. Many press buttons twice.
//! Must never know what was pressed. Start at [`SecondPress::is_it`].

use egui::{Pos2, Ui};

/// So soon after the first press the second belongs to it, in seconds. The longest that systems take for a double click.
const TOGETHER: f64 = 0.5;
/// So near to the first, in points.
const NEAR: f32 = 12.0;

/// When and where something was pressed last.
#[derive(Debug, Clone, Copy, Default)]
pub struct SecondPress {
    last: Option<(f64, Option<Pos2>)>,
}

impl SecondPress {
    /// Something else has come under the pointer by itself: what leads on or away waits a moment.
    pub fn appeared(&mut self, ui: &Ui) {
        self.last = Some((ui.input(|input| input.time), None));
    }

    /// Whether a press now is the second of two; `goes_on` of what leads to another step, wherever it is pressed.
    pub fn is_it(&mut self, ui: &Ui, goes_on: bool) -> bool {
        let (now, at) = (ui.input(|input| input.time), pointer(ui));
        let is_second = self.last.is_some_and(|(then, there)| {
            let is_near = at.zip(there).is_some_and(|(at, there)| at.distance(there) <= NEAR);
            now - then < TOGETHER && (goes_on || is_near)
        });
        self.last = Some((now, at));
        is_second
    }
}

/// Where the pointer pressed in this frame; none for a key.
pub fn pointer(ui: &Ui) -> Option<Pos2> {
    ui.input(|input| input.pointer.any_released().then(|| input.pointer.interact_pos()).flatten())
}
