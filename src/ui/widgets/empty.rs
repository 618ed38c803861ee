//! Owns how nothing looks: one plain line, one quieter line, at most two low buttons. No picture.
//! Must never know what is missing. Start at [`EmptyState`].

use egui::{Align, Layout, Rect, Ui, UiBuilder};

use super::{Button, paint};
use crate::ui::theme::space;

/// Says that nothing is there, and what the next step is.
#[must_use = "show it"]
#[derive(Clone, Copy)]
pub struct EmptyState<'a> {
    text: &'a str,
    note: &'a str,
    plain: Option<&'a str>,
    primary: Option<&'a str>,
    pressed: Option<&'a std::cell::Cell<Option<usize>>>,
    focused: bool,
}

impl<'a> EmptyState<'a> {
    /// One line that nothing is there, one line of what to do.
    pub fn new(text: &'a str, note: &'a str) -> Self {
        Self { text, note, plain: None, primary: None, pressed: None, focused: false }
    }

    /// An ordinary button; pressed, it is number 0.
    pub fn plain(mut self, text: &'a str) -> Self {
        self.plain = Some(text);
        self
    }

    /// A filled button; pressed, it is number 1. Only where the page has no other.
    pub fn primary(mut self, text: &'a str) -> Self {
        self.primary = Some(text);
        self
    }

    /// The filled button gets the focus now: what had it before is no longer there.
    pub fn focused(mut self, focused: bool) -> Self {
        self.focused = focused;
        self
    }

    /// Where the number of the pressed button is put when something else draws this, as a table does.
    pub fn tells(mut self, pressed: &'a std::cell::Cell<Option<usize>>) -> Self {
        self.pressed = Some(pressed);
        self
    }

    /// Draws it in the middle of all room there is; gives back the number of the button that was pressed.
    pub fn show(self, ui: &mut Ui) -> Option<usize> {
        let rect = ui.available_rect_before_wrap();
        let pressed = self.show_in(ui, rect);
        ui.advance_cursor_after_rect(rect);
        pressed
    }

    /// Draws it in the middle of a rectangle.
    pub(super) fn show_in(self, ui: &mut Ui, rect: Rect) -> Option<usize> {
        let buttons = self.plain.is_some() || self.primary.is_some();
        let content = 20.0 + 19.0 + if buttons { space::S + 26.0 } else { 0.0 };
        let top = rect.center().y - content / 2.0;
        let column = Rect::from_min_max(egui::pos2(rect.left(), top.max(rect.top())), rect.max);
        let layout = Layout::top_down(Align::Center);
        let mut pressed = None;
        let mut inner = ui.new_child(UiBuilder::new().max_rect(column).id_salt("empty").layout(layout));
        let ui = &mut inner;
        ui.spacing_mut().item_spacing.y = 0.0;
        paint::label(ui, self.text);
        if !self.note.is_empty() {
            paint::note(ui, self.note);
        }
        if buttons {
            ui.add_space(space::S);
            let both = [self.plain.map(Button::plain), self.primary.map(Button::primary)];
            let both = both.map(|button| button.map(Button::small));
            let width: f32 = both.iter().flatten().map(|button| button.width(ui) + space::S).sum::<f32>() - space::S;
            ui.allocate_ui_with_layout(egui::vec2(width, 26.0), Layout::left_to_right(Align::Center), |ui| {
                for (index, button) in both.into_iter().enumerate() {
                    let Some(button) = button else { continue };
                    let shown = ui.add(button);
                    if self.focused && index == 1 {
                        shown.request_focus();
                    }
                    if shown.clicked() {
                        pressed = Some(index);
                    }
                }
            });
        }
        if let (Some(tell), Some(_)) = (self.pressed, pressed) {
            tell.set(pressed);
        }
        pressed
    }
}

/// What stands inside a group that has nothing: only the quiet line.
pub fn quiet_line(ui: &mut Ui, text: &str) {
    paint::note(ui, text);
}
