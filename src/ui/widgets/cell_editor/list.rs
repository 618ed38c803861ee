//! Owns the choices below an open cell: those that fit what is written, one of them marked.
//! Must never take the focus from the cell. Start at [`ChoiceList`].

use egui::{Area, Id, Order, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::ui::theme::{self, Type, height, space};
use crate::ui::widgets::{menu, paint};

/// Choices that are seen at once.
const SEEN: usize = 8;
/// The list is at least this wide.
const LEAST_WIDTH: f32 = 140.0;

/// The list of choices.
#[derive(Debug, Default)]
pub struct ChoiceList {
    is_open: bool,
    /// The place of the marked one among those that fit; none until one is marked.
    marked: Option<usize>,
    /// How many fitted when the list was drawn last.
    fitting: usize,
    /// Everything is shown, whatever is written.
    shows_all: bool,
}

impl ChoiceList {
    pub fn open(&mut self, is_open: bool) {
        *self = Self { is_open, shows_all: is_open, ..Self::default() };
    }

    /// Whether it is open and there is something in it.
    pub fn is_open(&self) -> bool {
        self.is_open && self.fitting > 0
    }

    /// Something else was written: what fits it is shown.
    pub fn forget_choice(&mut self) {
        self.marked = None;
        self.shows_all = false;
    }

    /// Marks the next one, or the one before.
    pub fn step(&mut self, down: bool) {
        let last = self.fitting.saturating_sub(1);
        self.marked = Some(match self.marked {
            None if down => 0,
            None => last,
            Some(place) if down => (place + 1).min(last),
            Some(place) => place.saturating_sub(1),
        });
    }

    /// The word that is meant: the marked one, or the only one that fits what is written.
    pub fn meant<'c>(&self, choices: &[&'c str], written: &str) -> Option<&'c str> {
        if !self.is_open {
            return None;
        }
        let fitting = self.fitting(choices, written);
        match (self.marked, &fitting[..]) {
            (Some(place), _) => fitting.get(place).copied(),
            (None, [one]) if !written.trim().is_empty() => Some(one),
            (None, _) => None,
        }
    }

    fn fitting<'c>(&self, choices: &[&'c str], written: &str) -> Vec<&'c str> {
        let written = written.trim();
        choices.iter().copied().filter(|choice| self.shows_all || choice.contains(written)).collect()
    }

    /// Draws it below the cell; gives back the word that was pressed.
    pub fn show(&mut self, ui: &Ui, id: Id, cell: Rect, choices: &[&str], written: &str) -> Option<String> {
        if !self.is_open {
            return None;
        }
        let fitting = self.fitting(choices, written);
        self.fitting = fitting.len();
        if self.shows_all && self.marked.is_none() {
            self.marked = fitting.iter().position(|choice| *choice == written.trim());
        }
        if fitting.is_empty() {
            return None;
        }
        let first = self.marked.unwrap_or(0).saturating_sub(SEEN / 2).min(fitting.len().saturating_sub(SEEN));
        let seen = first..(first + SEEN).min(fitting.len());
        let size = vec2(cell.width().max(LEAST_WIDTH), height::MENU);
        let tall = size.y * seen.len() as f32 + 12.0;
        let is_above = cell.bottom() + tall > ui.ctx().content_rect().bottom();
        let top = if is_above { cell.top() - tall - 2.0 } else { cell.bottom() + 2.0 };
        let place = egui::pos2(cell.left(), top);
        let mut pressed = None;
        Area::new(id).order(Order::Foreground).fixed_pos(place).show(ui.ctx(), |ui| {
            menu::popup_frame(ui, egui::Margin::symmetric(0, 6)).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for at in seen {
                    if row_ui(ui, size, fitting[at], self.marked == Some(at)) {
                        pressed = Some(fitting[at].to_owned());
                    }
                }
            });
        });
        pressed
    }
}

/// One choice; gives back whether it was pressed.
fn row_ui(ui: &mut Ui, size: egui::Vec2, word: &str, is_marked: bool) -> bool {
    let t = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_marked, word));
    if is_marked || response.hovered() {
        ui.painter().rect_filled(rect, 0, t.actsoft);
    }
    let text = paint::text_within(ui, word, Type::Body, t.ink, rect.width() - 2.0 * space::M);
    paint::put_at(ui.painter(), rect.left() + space::M, rect.y_range(), text);
    // At once, before the press takes the focus from the cell.
    response.clicked() || (response.contains_pointer() && ui.input(|input| input.pointer.primary_pressed()))
}

#[cfg(test)]
mod tests {
    use super::ChoiceList;

    const WORDS: [&str; 3] = ["大学本科", "大学专科", "研究生"];

    #[test]
    fn what_is_written_narrows_the_choices_until_one_is_meant() {
        let mut list = ChoiceList::default();
        list.open(true);
        list.forget_choice();
        assert_eq!(list.meant(&WORDS, "研"), Some("研究生"));
        assert_eq!(list.meant(&WORDS, "大学"), None, "two fit");
        assert_eq!(list.meant(&WORDS, "硕士"), None, "none fits: it is taken as written");
        assert_eq!(list.meant(&WORDS, ""), None, "nothing written clears");
        list.fitting = 2;
        list.step(true);
        list.step(true);
        list.step(true);
        assert_eq!(list.meant(&WORDS, "大学"), Some("大学专科"));
        list.open(false);
        assert_eq!(list.meant(&WORDS, "研"), None);
    }
}
