//! Owns the draft of a dialog: parked while one types, put back when the dialog is opened again.
//! Must never know what is in it. Start at [`Parking`].

use serde_json::Value;

use crate::engine::questions::ParkedDraft;
use crate::engine::{Ticket, WriteRequest};
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;

/// A draft under its name, which people read when they are asked whether to go on with it.
#[derive(Debug)]
pub struct Parking {
    name: String,
    ticket: Option<Ticket<Option<Value>>>,
    is_asked: bool,
    parked: Option<Value>,
}

impl Parking {
    /// `name` says which form it is, and of whom: 「修改 林秀英」.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ticket: None, is_asked: false, parked: None }
    }

    /// What was parked before, once it is known: `Some(None)` if nothing was. Answers once.
    pub fn restore(&mut self, scene: &Scene<'_>) -> Option<Option<Value>> {
        if !std::mem::replace(&mut self.is_asked, true) {
            self.ticket = Some(scene.ask(ParkedDraft { name: self.name.clone() }));
        }
        let answer = self.ticket.as_ref()?.take()?;
        self.ticket = None;
        let parked = answer.unwrap_or_else(|problem| {
            // What was typed before cannot be had; the form begins as it would without it.
            tracing::warn!(detail = problem.detail, "a parked draft cannot be read");
            None
        });
        self.parked.clone_from(&parked);
        Some(parked)
    }

    /// What was parked is not this form's: it is not taken out when this one is saved.
    pub fn leave_alone(&mut self) {
        self.parked = None;
    }

    /// Parks what is typed now, soon.
    pub fn park(&mut self, out: &mut Outbox, draft: Option<Value>) {
        if draft != self.parked {
            self.parked.clone_from(&draft);
            out.wish(Wish::Draft(self.name.clone(), draft));
        }
    }

    /// Parks what is typed at once: the dialog is left, and may be opened again in a moment.
    pub fn park_now(&mut self, out: &mut Outbox, draft: Option<Value>) {
        self.park(out, draft.clone());
        if draft.is_some() {
            let request = WriteRequest::ParkDraft { name: self.name.clone(), draft };
            out.wish(Wish::Write(Slot::new(format!("park: {}", self.name)), request));
        }
    }

    /// Takes the draft out: it has been saved, or is no longer wanted.
    pub fn clear(&mut self, out: &mut Outbox) {
        self.park(out, None);
    }
}
