//! A draft that was left over and is not wanted: asked once, for it cannot be had again.

use egui::Context;

use super::Front;
use crate::ui::dialogs::{Discarding, Stay};
use crate::ui::shell::act::Act;
use crate::ui::shell::host::Host;

/// Asks whether a draft is to be thrown away.
pub struct ForgettingFront {
    name: String,
    lost: String,
}

impl ForgettingFront {
    /// `told` says what stands in the draft; empty where nothing is known of that.
    pub fn new(name: &str, told: &str) -> Self {
        let told = if told.is_empty() { String::new() } else { format!("（{told}）") };
        Self { name: name.to_owned(), lost: format!("“{name}”{told}里已填的都不留下，撤不回。") }
    }
}

impl Front for ForgettingFront {
    fn show(&mut self, ctx: &Context, _host: &Host, acts: &mut Vec<Act>) -> Stay {
        let mut is_open = true;
        if Discarding::new("弃稿", &self.lost, "留着").ask(ctx, &mut is_open) {
            acts.push(Act::ForgetDraft(self.name.clone()));
        }
        if is_open { Stay::Open } else { Stay::Closed }
    }
}
