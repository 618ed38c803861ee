//! Owns the rows of what a search found: icon, name, what tells it from others, at the right what kind it is.
//! Must never know what was found. Start at [`FoundRow`].

use std::borrow::Cow;
use std::ops::Range;

use egui::{Rangef, Rect, Response, Role, Sense, Ui, Widget, WidgetInfo, vec2};
use lucide_icons::Icon;

use super::paint;
use crate::ui::theme::{self, Type, height, space};

/// How much of a row the name takes at most where what stands beside it must be seen.
const NAME_SHARE: f32 = 0.5;
/// How much of the room is left for what follows the words that must be seen.
const AFTER_SHARE: f32 = 0.3;

/// One thing that was found.
#[must_use = "add it to the list"]
pub struct FoundRow<'a> {
    pub icon: Icon,
    pub name: &'a str,
    /// Branch and age, the organisation above.
    pub about: &'a str,
    /// The words of `about` that were looked for, in bytes: they are seen whatever else is cut. Empty where there are none.
    pub seen: Range<usize>,
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
        let share = if self.seen.is_empty() { 1.0 } else { NAME_SHARE };
        let name = paint::text_within(ui, self.name, Type::Body, t.ink, ((end - left) * share).max(0.0));
        let left = paint::put_at(ui.painter(), left, rect.y_range(), name) + space::M;
        self.about_ui(ui, left, end, rect.y_range());
        response
    }
}

impl FoundRow<'_> {
    /// What tells it from others; where it is cut, the words that were looked for are still seen.
    fn about_ui(&self, ui: &Ui, left: f32, end: f32, heights: Rangef) {
        let t = theme::tokens(ui);
        let width = |text: &str| paint::text(ui, text, Type::Small, t.ink2).size().x;
        let before = self.about.get(..self.seen.start).unwrap_or_default();
        let seen = self.about.get(self.seen.clone()).unwrap_or_default();
        let after = self.about.get(self.seen.end..).unwrap_or_default();
        let room = (end - left).max(0.0);
        let before = ending(before, room - width(seen) - width(after).min(room * AFTER_SHARE), width);
        let mut x = left;
        for (text, color) in [(&*before, t.ink2), (seen, t.ink), (after, t.ink2)] {
            if x >= end {
                return;
            }
            let galley = paint::text_within(ui, text, Type::Small, color, end - x);
            x = paint::put_at(ui.painter(), x, heights, galley);
        }
    }
}

/// The end of a text, as much of it as there is room for, behind an ellipsis where its beginning is cut.
fn ending(text: &str, room: f32, width: impl Fn(&str) -> f32) -> Cow<'_, str> {
    if text.is_empty() || width(text) <= room {
        return text.into();
    }
    let whole = text.strip_prefix('…').unwrap_or(text);
    let mut shorter = whole.char_indices().skip(1).map(|(at, _)| format!("…{}", &whole[at..]));
    shorter.find(|text| width(text) <= room).unwrap_or_else(|| "…".to_owned()).into()
}

#[cfg(test)]
mod tests {
    use super::ending;

    #[test]
    fn a_text_is_cut_at_its_beginning_and_its_end_is_kept() {
        let width = |text: &str| text.chars().count() as f32;
        assert_eq!(ending("近来身体", 4.0, width), "近来身体");
        assert_eq!(ending("近来身体", 3.0, width), "…身体");
        assert_eq!(ending("…近来身体", 4.0, width), "…来身体");
        assert_eq!(ending("近来身体", -9.0, width), "…");
        assert_eq!(ending("", -9.0, width), "");
    }
}
