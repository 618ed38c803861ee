//! Owns the head of a page: title, one line of scope, buttons at the right; and tabs.
//! Must never know the page. Start at [`PageHead`].

use egui::{Label, Rect, RichText, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use super::paint;
use crate::ui::theme::{self, Type, height, space};

/// The head of a page, 60 high.
#[must_use = "show it"]
pub struct PageHead<'a> {
    title: &'a str,
    scope: &'a str,
    height: f32,
}

impl<'a> PageHead<'a> {
    /// `scope` is the one line beside the title: 「青禾县民政局党总支·在册 182 人」.
    pub fn new(title: &'a str, scope: &'a str) -> Self {
        Self { title, scope, height: height::PAGE_HEAD }
    }

    /// Lower than 60, on smaller windows: 56 or 48.
    pub fn height(mut self, height: f32) -> Self {
        self.height = height;
        self
    }

    /// Draws the head; `buttons` are laid from right to left, the primary one first.
    pub fn show<R>(self, ui: &mut Ui, buttons: impl FnOnce(&mut Ui) -> R) -> R {
        let t = theme::tokens(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), self.height), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, self.title));
        let builder = UiBuilder::new()
            .max_rect(rect)
            .id_salt("page head buttons")
            .layout(egui::Layout::right_to_left(egui::Align::Center));
        let mut right = ui.new_child(builder);
        right.spacing_mut().item_spacing.x = space::S;
        let inner = buttons(&mut right);
        let buttons_left = right.min_rect().left();
        let room = (buttons_left - space::L - rect.left()).max(0.0);
        let title = paint::text_within(ui, self.title, Type::Title, t.ink, room);
        let title_rect = Rect::from_x_y_ranges(rect.left()..=rect.left() + title.size().x, rect.y_range());
        paint::put_at(ui.painter(), rect.left(), rect.y_range(), title);
        let left = title_rect.right() + space::S;
        let line =
            Rect::from_min_max(egui::pos2(left, rect.top() + 3.0), egui::pos2(rect.left() + room, rect.bottom() + 3.0));
        if line.width() > 40.0 && !self.scope.is_empty() {
            let text = RichText::new(self.scope).font(Type::Body.font()).color(t.ink2);
            let builder = UiBuilder::new()
                .max_rect(line)
                .id_salt("page head scope")
                .layout(egui::Layout::left_to_right(egui::Align::Center));
            ui.new_child(builder).add(Label::new(text).selectable(false).truncate());
        }
        inner
    }
}

/// Tabs, 40 high, with a line below the current one; gives back the index that was pressed.
pub fn tabs(ui: &mut Ui, words: &[&str], current: usize) -> Option<usize> {
    let t = theme::tokens(ui);
    let mut pressed = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XL;
        for (index, word) in words.iter().enumerate() {
            let is_current = index == current;
            let width = paint::text(ui, word, Type::Strong, t.ink).size().x;
            let (rect, response) = ui.allocate_exact_size(vec2(width, 40.0), Sense::click());
            response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_current, word));
            let (size, color) = match (is_current, response.hovered()) {
                (true, _) => (Type::Strong, t.act),
                (false, true) => (Type::Body, t.ink),
                (false, false) => (Type::Body, t.ink2),
            };
            let galley = paint::text(ui, word, size, color);
            paint::put(ui.painter(), rect, egui::Align2::CENTER_CENTER, galley);
            if is_current {
                let line = Rect::from_min_max(egui::pos2(rect.left(), rect.bottom() - 2.0), rect.max);
                ui.painter().rect_filled(line, 0, t.act);
            }
            paint::ring(ui, &response, theme::radius::CONTROL);
            if response.clicked() {
                pressed = Some(index);
            }
        }
    });
    pressed
}
