//! Owns a list of things to pick in a popup, with a field to find among many.
//! Must never know what the things are. Start at [`Options`].

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Key, ScrollArea, Ui};
use lucide_icons::Icon;

use super::{MenuRow, TextField, keyboard, paint, popup_inset};
use crate::store::directory::is_found;
use crate::ui::theme::{self, height, space};

/// From so many on there is a field to find one.
pub(super) const MANY: usize = 12;

/// What the window needs besides the list: bars, the control, the field that finds.
const BESIDE_LIST: f32 = 270.0;

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
    fresh: bool,
}

impl<'a> Options<'a> {
    /// `name` is said in the field that finds: 「找党支部」.
    pub fn new(name: &'a str, lines: &'a [OptionLine<'a>]) -> Self {
        Self { name, lines, several: false, max_height: 320.0, fresh: false }
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

    /// The popup has just been opened: the field that finds gets the focus, or else the row that is chosen or the first
    /// one, and what is chosen is brought into sight.
    pub fn fresh(mut self, fresh: bool) -> Self {
        self.fresh = fresh;
        self
    }

    /// Draws the list; gives back the index that was pressed. `sought` holds what is looked for.
    ///
    /// In the field ↓ goes into the list and Enter takes the first that was found.
    pub fn show(self, ui: &mut Ui, sought: &mut String) -> Option<usize> {
        let (into_list, take_first) = self.find_ui(ui, sought);
        let wanted = sought.trim();
        let found: Vec<usize> = (0..self.lines.len())
            .filter(|index| wanted.is_empty() || is_found(self.lines[*index].text, wanted))
            .collect();
        let mut pressed = found.first().copied().filter(|_| take_first);
        if pressed.is_some() && !self.several {
            ui.close();
        }
        ui.scope(|ui| {
            super::scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
            // On a low window a list that is too high would stand beside its control instead of below it.
            let room = (ui.ctx().content_rect().height() - BESIDE_LIST).max(4.0 * height::MENU);
            let max_height = self.max_height.min(room);
            let mut area = ScrollArea::vertical().max_height(max_height).auto_shrink([false, true]);
            let chosen = found.iter().position(|index| self.lines[*index].checked);
            if let Some(place) = chosen.filter(|_| self.fresh) {
                area = area.vertical_scroll_offset((place as f32 - 3.0).max(0.0) * height::MENU);
            }
            area.show_rows(ui, height::MENU, found.len(), |ui, rows| {
                for place in rows {
                    let line = &self.lines[found[place]];
                    let depth = if wanted.is_empty() { line.depth } else { 0 };
                    let mut row = MenuRow::new(line.text).indent(depth).checked(line.checked);
                    if self.several {
                        row = row.stays_open();
                    }
                    let row = ui.add(row);
                    let is_first = place == chosen.filter(|_| !into_list).unwrap_or(0);
                    if is_first && (into_list || (self.fresh && self.lines.len() < MANY)) {
                        row.request_focus();
                    }
                    if row.gained_focus() {
                        row.scroll_to_me(None);
                    }
                    if row.clicked() {
                        pressed = Some(found[place]);
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

    /// The field that finds, where there are many; gives back whether ↓ and whether Enter was pressed in it.
    fn find_ui(&self, ui: &mut Ui, sought: &mut String) -> (bool, bool) {
        if self.lines.len() < MANY {
            sought.clear();
            return (false, false);
        }
        let find = format!("找{}", self.name);
        let field =
            TextField::new(&find, sought).label_hidden().hint(&find).prefix(Icon::Search).take_focus(self.fresh);
        // What scrolls around the control must not follow what is written in its popup.
        let still = ScrollArea::neither().id_salt("find");
        let response = popup_inset(ui, |ui| still.show(ui, |ui| field.show(ui)).inner);
        if self.fresh && !sought.is_empty() {
            // What was typed to open it goes on behind what is there, not where one wrote the last time.
            let mut state = TextEditState::load(ui.ctx(), response.id).unwrap_or_default();
            let end = CCursor::new(sought.chars().count());
            state.cursor.set_char_range(Some(CCursorRange::one(end)));
            state.store(ui.ctx(), response.id);
        }
        if keyboard::composing(ui.ctx()) {
            return (false, false);
        }
        let pressed = |key| ui.input(|input| input.key_pressed(key));
        let down = response.has_focus() && pressed(Key::ArrowDown);
        let enter = response.lost_focus() && pressed(Key::Enter) && !sought.trim().is_empty();
        (down, enter)
    }
}
