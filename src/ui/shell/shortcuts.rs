//! The keys of the whole window. Those of a dialog come first: while one is open only F1 acts here.
//! Must never know what a page does.

use egui::{Context, Key, Modifiers};

use super::act::Act;
use super::front::keys::Keys;
use super::office::Office;
use crate::engine::Revert;
use crate::ui::outbox::Wish;
use crate::ui::screens::NAVIGATION;
use crate::ui::widgets::keyboard::pressed_exactly;

const DIGITS: [Key; 7] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7];

/// Takes the keys of the window out of the input.
pub fn take(ctx: &Context, office: Option<&mut Office>, has_dialog: bool, acts: &mut Vec<Act>) {
    if has_dialog {
        return;
    }
    if pressed_exactly(ctx, Modifiers::NONE, Key::F1) {
        acts.push(Act::Show(Box::new(Keys)));
    }
    let Some(office) = office else { return };
    if pressed_exactly(ctx, Modifiers::COMMAND, Key::K) {
        office.search.focus();
    }
    for (key, item) in DIGITS.into_iter().zip(NAVIGATION) {
        if pressed_exactly(ctx, Modifiers::COMMAND, key) {
            acts.push(Act::Wish(Wish::Go(item.page())));
        }
    }
    if pressed_exactly(ctx, Modifiers::ALT, Key::ArrowLeft) {
        acts.push(Act::Wish(Wish::Back));
    }
    if !is_typing(ctx) {
        revert(ctx, office, acts);
    }
}

/// In a field Ctrl+Z takes back letters, not steps.
fn is_typing(ctx: &Context) -> bool {
    ctx.text_edit_focused()
}

fn revert(ctx: &Context, office: &Office, acts: &mut Vec<Act>) {
    let undo = pressed_exactly(ctx, Modifiers::COMMAND, Key::Z);
    let redo = pressed_exactly(ctx, Modifiers::COMMAND, Key::Y)
        || pressed_exactly(ctx, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    let names = office.known.undo.shown();
    let can_write = office.engine.standing().read_only.is_none() && office.writes.is_idle();
    let has_undo = names.is_some_and(|names| names.undo.is_some());
    let has_redo = names.is_some_and(|names| names.redo.is_some());
    if can_write && ((undo && has_undo) || (redo && has_redo)) {
        acts.push(Act::Revert(if redo { Revert::REDO } else { Revert::UNDO }));
    }
}
