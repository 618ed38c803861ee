//! Owns the list below a picker of people: name, branch, age; last who is not in the roster.
//! Must never take the focus from the field. Start at [`PersonPicker::list_ui`].

use egui::{Area, Id, Order, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use lucide_icons::Icon;

use super::{PersonPicker, PickerEvent};
use crate::ui::theme::{self, Type, height, space};
use crate::ui::widgets::{menu, paint};

/// People that are shown at once.
const SEEN: usize = 8;
const LEAST_WIDTH: f32 = 300.0;
/// Width of the names; longer ones are cut.
const NAME: f32 = 64.0;
/// What the list has besides its rows.
const EDGES: f32 = 12.0;

impl PersonPicker<'_> {
    /// Draws the list; gives back what was pressed in it.
    pub(super) fn list_ui(&mut self, ui: &Ui, id: Id, field: Rect) -> Option<PickerEvent> {
        if !self.is_found && self.found.is_empty() {
            return None;
        }
        if self.found.is_empty() && self.listed_only {
            return None;
        }
        let outsider = self.outsider().map(str::to_owned);
        let last = (self.found.len() + usize::from(outsider.is_some())).saturating_sub(1);
        self.state.cursor = self.state.cursor.min(last);
        let first = self.state.cursor.saturating_sub(SEEN - 1).min(self.found.len().saturating_sub(SEEN));
        let seen = first..(first + SEEN).min(self.found.len());
        let rows = seen.len() + usize::from(outsider.is_some());
        let size = vec2(field.width().max(LEAST_WIDTH), height::MENU);
        let tall = size.y * rows as f32 + EDGES + 13.0;
        let window = ui.ctx().content_rect();
        let is_above = field.bottom() + tall > window.bottom() && field.top() - tall > window.top();
        let top = if is_above { field.top() - tall - 2.0 } else { field.bottom() + 2.0 };
        let left = field.left().min(window.right() - size.x - space::S);
        let mut pressed = None;
        Area::new(id).order(Order::Foreground).fixed_pos(pos2(left, top)).show(ui.ctx(), |ui| {
            menu::popup_frame(ui, egui::Margin::symmetric(0, 6)).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.set_width(size.x);
                for place in seen {
                    if self.person_ui(ui, size, place) {
                        pressed = Some(PickerEvent::Picked(place));
                    }
                }
                let Some(name) = outsider else { return };
                if !self.found.is_empty() {
                    menu::menu_rule(ui);
                }
                if self.outsider_ui(ui, size, &name) {
                    pressed = Some(PickerEvent::Named(name));
                }
            });
        });
        pressed
    }

    /// One who was found; gives back whether it was pressed.
    fn person_ui(&self, ui: &mut Ui, size: egui::Vec2, place: usize) -> bool {
        let t = theme::tokens(ui);
        let line = &self.found[place];
        let name = [line.name, line.about, line.right].into_iter().filter(|word| !word.is_empty());
        let (rect, pressed) = row(ui, size, &name.collect::<Vec<_>>().join("，"), self.state.cursor == place);
        let right = paint::text(ui, line.right, Type::Small, t.ink2);
        let end = rect.right() - space::M - right.size().x;
        paint::put_at(ui.painter(), end, rect.y_range(), right);
        let left = rect.left() + space::M;
        let name = paint::text_within(ui, line.name, Type::Body, t.ink, (end - left - space::S).max(0.0));
        let left = paint::put_at(ui.painter(), left, rect.y_range(), name).max(left + NAME) + space::S;
        let about = paint::text_within(ui, line.about, Type::Small, t.ink2, (end - left - space::S).max(0.0));
        paint::put_at(ui.painter(), left, rect.y_range(), about);
        pressed
    }

    /// The row for somebody who is not in the roster.
    fn outsider_ui(&self, ui: &mut Ui, size: egui::Vec2, name: &str) -> bool {
        let t = theme::tokens(ui);
        let words = if self.seeks { "找名册外的人" } else { "记为名册外的人" };
        let words = format!("{words}“{name}”");
        let is_marked = match self.found.len() {
            0 => self.state.means_outsider || self.seeks,
            found => self.state.cursor >= found,
        };
        let (rect, pressed) = row(ui, size, &words, is_marked);
        let slot = Rect::from_x_y_ranges(rect.left() + space::M..=rect.left() + space::M + 16.0, rect.y_range());
        paint::put_icon(ui, slot, Icon::UserPlus, 16.0, t.act);
        let left = slot.right() + space::ICON;
        let text = paint::text_within(ui, &words, Type::Body, t.act, rect.right() - space::M - left);
        paint::put_at(ui.painter(), left, rect.y_range(), text);
        pressed
    }
}

/// A row of the list; also tells whether it was pressed: at once, before the press takes the focus from the field.
fn row(ui: &mut Ui, size: egui::Vec2, name: &str, is_marked: bool) -> (Rect, bool) {
    let t = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_marked, name));
    if is_marked || response.hovered() {
        ui.painter().rect_filled(rect, 0, t.actsoft);
    }
    let pressed = response.contains_pointer() && ui.input(|input| input.pointer.primary_pressed());
    (rect, response.clicked() || pressed)
}
