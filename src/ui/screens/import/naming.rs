//! The field for the name of a new branch, where that is an answer.
//! Must never know the question. Start at [`show`].

use egui::{Key, Ui};

use crate::ui::theme::space;
use crate::ui::widgets::{Button, TextField};

const NEW: &str = "新建";

/// A new branch by its name; its kind follows from that. The field gets the focus where it `is_wanted`.
pub fn show(ui: &mut Ui, name: &mut String, is_wanted: bool) -> Option<String> {
    ui.horizontal(|ui| {
        let width = ui.available_width() - Button::plain(NEW).small().width(ui) - space::S;
        let field = TextField::new("新建党支部", name).label_hidden().hint("新党支部的全称").width(width);
        let written = field.show(ui);
        if is_wanted {
            written.request_focus();
        }
        let is_entered = written.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let is_pressed = ui.add(Button::plain(NEW).small()).clicked();
        let told = name.trim().to_owned();
        let is_named = (is_pressed || is_entered) && !told.is_empty();
        is_named.then(|| {
            name.clear();
            told
        })
    })
    .inner
}
