//! What has been done, bottom right for a few seconds, with the way back, or into the file that was written; and why
//! something was not begun. Must never tell how something failed that was.

use std::path::PathBuf;

use egui::Context;

use super::act::Act;
use crate::command::Receipt;
use crate::domain::ids::EntryId;
use crate::engine::Revert;
use crate::store::journal::Entry;
use crate::ui::widgets::{Toast, ToastEvent, ToastSign, Toasts};

/// The toasts of the window.
#[derive(Default)]
pub struct Notices {
    toasts: Toasts,
    /// What the link of a toast does, by the toast's key.
    ways_on: Vec<(u64, WayOn)>,
    next_key: u64,
}

/// Where the link of a toast leads.
#[derive(Debug, Clone)]
enum WayOn {
    Back(Revert),
    Into(PathBuf),
}

/// Ways that are remembered: more toasts than are ever seen at once.
const REMEMBERED: usize = 8;

impl Notices {
    /// Takes everything off: the ways back are of a workbook that is closed.
    pub fn clear(&mut self) {
        self.toasts = Toasts::default();
        self.ways_on.clear();
    }

    /// Says something that has no way back.
    pub fn say(&mut self, text: impl Into<String>) {
        self.push(text.into(), None, ToastSign::Done);
    }

    /// Says why something was not done.
    pub fn refuse(&mut self, text: impl Into<String>) {
        self.push(text.into(), None, ToastSign::NotDone);
    }

    /// Says that a file was written.
    pub fn written(&mut self, text: impl Into<String>, path: PathBuf) {
        let key = self.push(text.into(), Some("打开".to_owned()), ToastSign::Done);
        self.remember(key, WayOn::Into(path));
    }

    /// Tells what a write did.
    pub fn receipt(&mut self, receipt: &Receipt) {
        if receipt.title.is_empty() {
            return;
        }
        let Some(entry) = &receipt.entry else {
            self.say(receipt.title.clone());
            return;
        };
        let (text, action) = match (entry.reverts, receipt.title.strip_prefix("重做")) {
            (Some(_), None) => (format!("已{}", receipt.title), "重做"),
            (Some(_), Some(_)) => (format!("已{}", receipt.title), "撤销"),
            (None, _) => (receipt.title.clone(), "撤销"),
        };
        if let Some(reverted) = entry.reverts {
            self.take_off_of(reverted);
        }
        let action = entry.undoable.then(|| action.to_owned());
        let key = self.push(text, action, ToastSign::Done);
        self.remember(key, WayOn::Back(way_back(receipt, entry)));
    }

    /// Draws them.
    pub fn show(&mut self, ctx: &Context, acts: &mut Vec<Act>) {
        if let Some(ToastEvent::Action(key)) = self.toasts.show(ctx)
            && let Some((_, way)) = self.ways_on.iter().find(|(known, _)| *known == key)
        {
            acts.push(match way.clone() {
                WayOn::Back(revert) => Act::Revert(revert),
                WayOn::Into(path) => Act::OpenFile(path),
            });
        }
    }

    /// What has just been taken back, or done again, is told no longer, nor is its way back offered.
    fn take_off_of(&mut self, reverted: EntryId) {
        let is_its = |way: &WayOn| match way {
            WayOn::Back(Revert::Undo { entry, .. } | Revert::Redo { entry, .. }) => *entry == Some(reverted),
            WayOn::Back(Revert::Steps(_)) | WayOn::Into(_) => false,
        };
        for (key, _) in self.ways_on.extract_if(.., |(_, way)| is_its(way)) {
            self.toasts.take_off(key);
        }
    }

    fn remember(&mut self, key: u64, way: WayOn) {
        self.ways_on.push((key, way));
        let surplus = self.ways_on.len().saturating_sub(REMEMBERED);
        self.ways_on.drain(..surplus);
    }

    /// Shows one; gives back by which key it is known.
    fn push(&mut self, text: String, action: Option<String>, sign: ToastSign) -> u64 {
        self.next_key += 1;
        self.toasts.push(Toast { sign, text, action, key: self.next_key });
        self.next_key
    }
}

/// What takes back what a write did.
fn way_back(receipt: &Receipt, entry: &Entry) -> Revert {
    match (&receipt.steps[..], entry.reverts) {
        ([], None) => Revert::Undo { entry: Some(entry.id), keep_changed: false },
        ([], Some(_)) => Revert::Redo { entry: Some(entry.id), keep_changed: false },
        (steps, _) => Revert::Steps(steps.to_vec()),
    }
}
