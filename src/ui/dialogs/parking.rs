//! Owns the draft of a dialog: parked while one types, put back when the dialog is opened again.
//! Must never know what is in it. Start at [`Parking`].

use std::time::Duration;

use egui::Context;
use serde_json::Value;

use crate::engine::Ticket;
use crate::engine::questions::ParkedDraft;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::Scene;

/// At most so often a draft is written while one types.
const SECONDS: f64 = 1.0;

/// A draft under its name.
#[derive(Debug)]
pub struct Parking {
    name: String,
    ticket: Option<Ticket<Option<Value>>>,
    is_asked: bool,
    parked: Option<Value>,
    parked_at: f64,
}

impl Parking {
    /// `name` is the form's, with whose it is.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ticket: None, is_asked: false, parked: None, parked_at: 0.0 }
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

    /// Parks what is typed now, unless it is parked already or was parked a moment ago: then soon.
    pub fn park(&mut self, ctx: &Context, out: &mut Outbox, draft: Option<Value>) {
        if draft == self.parked {
            return;
        }
        let now = ctx.input(|input| input.time);
        let left = self.parked_at + SECONDS - now;
        if left > 0.0 {
            ctx.request_repaint_after(Duration::from_secs_f64(left));
            return;
        }
        self.parked_at = now;
        self.park_now(out, draft);
    }

    /// Parks what is typed now: the dialog is left.
    pub fn park_now(&mut self, out: &mut Outbox, draft: Option<Value>) {
        if draft != self.parked {
            self.parked.clone_from(&draft);
            out.wish(Wish::Draft(self.name.clone(), draft));
        }
    }

    /// Takes the draft out: it has been saved, or is no longer wanted.
    pub fn clear(&mut self, out: &mut Outbox) {
        self.park_now(out, None);
    }
}
