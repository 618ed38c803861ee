//! Owns what the keys do in a picker of people: ↑ ↓ mark, Enter and Tab take, Backspace takes a token away.
//! Must never draw. Start at [`PersonPicker::keys`].

use egui::{Event, Key, Modifiers, Ui};

use super::{PersonPicker, PickerEvent, is_composed};

impl PersonPicker<'_> {
    /// Takes out of the input what acts, before the field sees it. Keys that mean nothing here are left to others.
    pub(super) fn keys(&mut self, ui: &Ui, was_open: bool) -> Option<PickerEvent> {
        if is_composed(ui) {
            return None;
        }
        if ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Key { pressed: true, .. }))) {
            self.state.keeps_focus = false;
        }
        let pressed = |modifiers: Modifiers, key: Key| {
            ui.input(|input| {
                input.events.iter().any(|event| {
                    matches!(event, Event::Key { key: k, pressed: true, modifiers: m, .. }
                        if *k == key && m.matches_exact(modifiers))
                })
            })
        };
        let taken = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Modifiers::ALT, Key::ArrowDown) && self.state.text.is_empty() {
            ui.input_mut(|input| input.consume_key(Modifiers::ALT, Key::ArrowDown));
            self.state.shows_all = true;
            return None;
        }
        // Letters that arrive together with Enter belong before it.
        let writes = ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Text(_))));
        let writes_or_open = was_open || writes;
        if pressed(Modifiers::NONE, Key::Enter) && writes_or_open && taken(Key::Enter) {
            self.state.takes_marked = true;
        }
        if pressed(Modifiers::NONE, Key::Tab) && !self.state.text.trim().is_empty() {
            // Not taken out of the input: the focus goes on.
            let takes_outsider = self.state.means_outsider || self.seeks;
            self.state.takes_marked = !self.found.is_empty() || takes_outsider || !self.is_found;
        }
        if was_open {
            self.mark(&taken);
        }
        let is_empty = self.state.text.is_empty();
        if is_empty && !self.tokens.is_empty() && pressed(Modifiers::NONE, Key::Backspace) && taken(Key::Backspace) {
            return Some(PickerEvent::Removed(self.tokens.len() - 1));
        }
        None
    }

    /// Marks another line, or closes the list.
    fn mark(&mut self, taken: &impl Fn(Key) -> bool) {
        let last = (self.found.len() + usize::from(self.outsider().is_some())).saturating_sub(1);
        if taken(Key::ArrowDown) {
            self.state.means_outsider |= self.found.is_empty();
            self.state.cursor = (self.state.cursor + 1).min(last);
        }
        if taken(Key::ArrowUp) {
            self.state.cursor = self.state.cursor.saturating_sub(1);
        }
        if taken(Key::Escape) {
            self.state.clear();
        }
    }
}
