//! Owns a list of things to pick in a popup, with a field to find among many.
//! Must never know what the things are. Start at [`Options`].

use egui::{ScrollArea, Ui};
use lucide_icons::Icon;

use super::{MenuRow, TextField, paint, popup_inset};
use crate::ui::theme::{self, height, space};

/// From so many on there is a field to find one.
const MANY: usize = 12;

/// One thing to pick.
#[derive(Debug, Clone, Copy)]
pub struct OptionLine<'a> {
    pub text: &'a str,
    /// 0 for the outermost of a tree.
    pub depth: usize,
    pub checked: bool,
}

/// A list of things to pick.
#[must_use = "show it"]
pub struct Options<'a> {
    name: &'a str,
    lines: &'a [OptionLine<'a>],
    several: bool,
    max_height: f32,
}

impl<'a> Options<'a> {
    /// `name` is said in the field that finds: 「找党支部」.
    pub fn new(name: &'a str, lines: &'a [OptionLine<'a>]) -> Self {
        Self { name, lines, several: false, max_height: 320.0 }
    }

    /// Several can be checked: the popup stays open.
    pub fn several(mut self) -> Self {
        self.several = true;
        self
    }

    /// At most this high, then it scrolls.
    pub fn max_height(mut self, height: f32) -> Self {
        self.max_height = height;
        self
    }

    /// Draws the list; gives back the index that was pressed. `sought` holds what is looked for.
    pub fn show(self, ui: &mut Ui, sought: &mut String) -> Option<usize> {
        if self.lines.len() >= MANY {
            popup_inset(ui, |ui| {
                let find = format!("找{}", self.name);
                TextField::new(&find, sought).label_hidden().hint(&find).prefix(Icon::Search).show(ui);
            });
        } else {
            sought.clear();
        }
        let wanted = sought.trim();
        let found: Vec<usize> = (0..self.lines.len())
            .filter(|index| wanted.is_empty() || self.lines[*index].text.contains(wanted))
            .collect();
        let mut pressed = None;
        ui.scope(|ui| {
            super::scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
            let area = ScrollArea::vertical().max_height(self.max_height).auto_shrink([false, true]);
            area.show_rows(ui, height::MENU, found.len(), |ui, rows| {
                for index in &found[rows] {
                    let line = &self.lines[*index];
                    let depth = if wanted.is_empty() { line.depth } else { 0 };
                    let mut row = MenuRow::new(line.text).indent(depth).checked(line.checked);
                    if self.several {
                        row = row.stays_open();
                    }
                    if ui.add(row).clicked() {
                        pressed = Some(*index);
                    }
                }
            });
        });
        if found.is_empty() {
            ui.horizontal(|ui| {
                ui.add_space(space::M);
                paint::note(ui, if self.lines.is_empty() { "没有可选的" } else { "没有找到" });
            });
        }
        pressed
    }
}
