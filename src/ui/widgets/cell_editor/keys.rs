//! Owns what the keys ask for in a table of cells, in the order in which they were pressed.
//! Must never act on them. Start at [`CellEditor::keys`].

use egui::{Event, Id, ImeEvent, Key, Modifiers, Ui};

use super::{CellEditor, CellEvent, Step};
use crate::ui::widgets::keyboard;

impl CellEditor {
    /// Takes out of the input what acts; what is written is left to the field. Call it before the table is drawn.
    ///
    /// A key behind written letters waits until the field has them, and all keys behind one that opens or closes the
    /// cell wait for the next frame: however fast one types, each key meets the cell it was meant for.
    pub fn keys(&mut self, ui: &Ui, id: Id) -> Vec<CellEvent> {
        let held = std::mem::take(&mut self.held);
        if !ui.memory(|memory| memory.has_focus(id)) {
            return Vec::new();
        }
        let is_composing = keyboard::composing(ui.ctx());
        let mut acts = Vec::new();
        ui.input_mut(|input| {
            let mut events = held;
            events.append(&mut input.events);
            // Keys that come with a composition are part of it.
            if is_composing || events.iter().any(is_composed) {
                events.retain(|event| !matches!(event, Event::Key { pressed: true, .. }));
                input.events = events;
                return;
            }
            let mut events = events.into_iter();
            let mut has_written = false;
            for event in events.by_ref() {
                match self.asked(&event) {
                    Some(_) if has_written => {
                        self.held.push(event);
                        break;
                    }
                    Some(Asked::Choose(down)) => self.list.step(down),
                    Some(Asked::Act(act)) => {
                        let goes_on = matches!(act, CellEvent::Step { .. });
                        acts.push(act);
                        if !goes_on {
                            break;
                        }
                    }
                    None => {
                        has_written |= is_written(&event);
                        input.events.push(event);
                    }
                }
            }
            for event in events {
                let waits = is_written(&event) || matches!(event, Event::Copy | Event::Cut);
                if waits { self.held.push(event) } else { input.events.push(event) }
            }
        });
        if !self.held.is_empty() {
            ui.ctx().request_repaint();
        }
        acts
    }

    fn asked(&self, event: &Event) -> Option<Asked> {
        let act = match event {
            Event::Key { key, pressed: true, modifiers, .. } if self.is_open => {
                return self.asked_while_open(*key, *modifiers);
            }
            Event::Key { key, pressed: true, modifiers, .. } => waiting(*key, *modifiers)?,
            Event::Copy if !self.is_open => CellEvent::Copy,
            Event::Cut if !self.is_open => CellEvent::Cut,
            Event::Paste(text) if !self.is_open => CellEvent::Paste(text.clone()),
            _ => return None,
        };
        Some(Asked::Act(act))
    }

    fn asked_while_open(&self, key: Key, modifiers: Modifiers) -> Option<Asked> {
        let plain = modifiers.is_none();
        let shift = modifiers.matches_exact(Modifiers::SHIFT);
        let commit = |step| Some(Asked::Act(CellEvent::Commit(Some(step))));
        match key {
            Key::Enter if plain => commit(Step::Down),
            Key::Enter if shift => commit(Step::Up),
            Key::Tab if plain => commit(Step::Right),
            Key::Tab if shift => commit(Step::Left),
            Key::Escape if plain => Some(Asked::Act(CellEvent::GiveUp)),
            Key::ArrowDown if modifiers.matches_exact(Modifiers::ALT) => {
                Some(Asked::Act(CellEvent::Open { list: true }))
            }
            Key::ArrowDown if plain && self.list.is_open() => Some(Asked::Choose(true)),
            Key::ArrowUp if plain && self.list.is_open() => Some(Asked::Choose(false)),
            Key::ArrowDown if plain => commit(Step::Down),
            Key::ArrowUp if plain => commit(Step::Up),
            _ => None,
        }
    }
}

/// What a key asks for.
enum Asked {
    Act(CellEvent),
    /// The next choice of the list, or the one before.
    Choose(bool),
}

/// What a key asks for while the cell waits.
fn waiting(key: Key, modifiers: Modifiers) -> Option<CellEvent> {
    let shift = modifiers.shift;
    let bare = Modifiers { shift: false, ..modifiers };
    let (plain, command) = (bare.is_none(), bare.matches_exact(Modifiers::COMMAND));
    let step = |step| Some(CellEvent::Step { step, extend: shift });
    match key {
        Key::ArrowUp if plain => step(Step::Up),
        Key::ArrowDown if plain => step(Step::Down),
        Key::ArrowLeft if plain => step(Step::Left),
        Key::ArrowRight if plain => step(Step::Right),
        Key::ArrowUp if command => step(Step::Top),
        Key::ArrowDown if command => step(Step::Bottom),
        Key::ArrowLeft if command => step(Step::RowStart),
        Key::ArrowRight if command => step(Step::RowEnd),
        Key::Home if plain => step(Step::RowStart),
        Key::End if plain => step(Step::RowEnd),
        Key::Home if command => step(Step::First),
        Key::End if command => step(Step::Last),
        Key::PageUp if plain => step(Step::PageUp),
        Key::PageDown if plain => step(Step::PageDown),
        Key::Tab if plain => {
            Some(CellEvent::Step { step: if shift { Step::Left } else { Step::Right }, extend: false })
        }
        Key::Enter | Key::F2 if plain && !shift => Some(CellEvent::Open { list: false }),
        Key::ArrowDown if bare.matches_exact(Modifiers::ALT) => Some(CellEvent::Open { list: true }),
        Key::Delete | Key::Backspace if plain => Some(CellEvent::Clear),
        Key::Escape if plain => Some(CellEvent::Leave),
        Key::A if command && !shift => Some(CellEvent::All),
        Key::D if command && !shift => Some(CellEvent::FillDown),
        Key::Z if command && !shift => Some(CellEvent::Undo),
        Key::Y if command && !shift => Some(CellEvent::Redo),
        Key::Z if command => Some(CellEvent::Redo),
        _ => None,
    }
}

/// Whether an event is of an open composition; some systems send empty ones at any time.
fn is_composed(event: &Event) -> bool {
    matches!(event, Event::Ime(ImeEvent::Preedit { text, .. } | ImeEvent::Commit(text)) if !text.is_empty())
}

/// Whether an event is of the keyboard: it keeps its place among the others.
fn is_written(event: &Event) -> bool {
    matches!(event, Event::Key { pressed: true, .. } | Event::Text(_) | Event::Paste(_))
}
