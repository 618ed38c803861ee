//! Owns the rows of what a search found: icon, name, what tells it from others, at the right what kind it is.
//! Must never know what was found. Start at [`FoundRow`].

use egui::{Rect, Response, Role, Sense, Ui, Widget, WidgetInfo, vec2};
use lucide_icons::Icon;

use super::paint;
use crate::ui::theme::{self, Type, height, space};

/// One thing that was found.
#[must_use = "add it to the list"]
pub struct FoundRow<'a> {
    pub icon: Icon,
    pub name: &'a str,
    /// Branch and age, the organisation above.
    pub about: &'a str,
    /// What kind of thing it is, or its keys.
    pub right: &'a str,
    /// The one that Enter opens.
    pub is_current: bool,
}

impl Widget for FoundRow<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let t = theme::tokens(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height::MENU), Sense::CLICK);
        let words = [self.name, self.about, self.right];
        let name = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("，");
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, self.is_current, &name));
        if self.is_current {
            ui.painter().rect_filled(rect, 0, t.actsoft);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 0, t.hover);
        }
        let slot = Rect::from_x_y_ranges(rect.left() + space::M..=rect.left() + space::M + 16.0, rect.y_range());
        paint::put_icon(ui, slot, self.icon, 16.0, t.ink2);
        let right = paint::text(ui, self.right, Type::Small, t.ink3);
        let right_edge = rect.right() - space::M;
        let mut end = right_edge - right.size().x;
        paint::put_at(ui.painter(), end, rect.y_range(), right);
        end -= space::M;
        let left = slot.right() + space::S;
        let name = paint::text_within(ui, self.name, Type::Body, t.ink, (end - left).max(0.0));
        let left = paint::put_at(ui.painter(), left, rect.y_range(), name) + space::M;
        let about = paint::text_within(ui, self.about, Type::Small, t.ink2, (end - left).max(0.0));
        paint::put_at(ui.painter(), left, rect.y_range(), about);
        response
    }
}
