//! The search box of the window: people by name, pinyin, initials, ID number, phone, unit; organisations; pages.
//! Must never change anything: it only leads somewhere.

use egui::Ui;

use super::act::Act;
use crate::engine::Engine;
use crate::ui::widgets::{Icon, TextField};
use crate::view::organisations::OrganisationLine;

/// What the search box keeps.
#[derive(Default)]
pub struct Search {
    text: String,
    /// Ctrl+K was pressed.
    wants_focus: bool,
}

impl Search {
    /// Puts the focus into the box at the next frame.
    pub fn focus(&mut self) {
        self.wants_focus = true;
    }

    /// Draws the box, and what was found below it.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        width: f32,
        _lines: &[OrganisationLine],
        _engine: &Engine,
        _acts: &mut Vec<Act>,
    ) {
        TextField::new("搜索", &mut self.text)
            .label_hidden()
            .hint("搜索人、组织、页面")
            .prefix(Icon::Search)
            .suffix("Ctrl+K")
            .width(width)
            .take_focus(std::mem::take(&mut self.wants_focus))
            .show(ui);
    }
}
