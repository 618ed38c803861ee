//! Owns the steps of a wizard in one line: those that are done, the one that is shown, those to come.
//! Must never know what is done in a step. Start at [`steps`].

use egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, vec2};
use lucide_icons::Icon;

use super::paint;
use crate::ui::theme::{self, Type, height, radius, space};

/// How wide the steps are with all their names.
pub fn steps_width(ui: &Ui, words: &[&str]) -> f32 {
    let t = theme::tokens(ui);
    let wide = |text: &str, size| paint::text(ui, text, size, t.ink).size().x;
    let names: f32 = words.iter().map(|word| 20.0 + space::ICON + wide(word, Type::Strong)).sum();
    let between = wide("—", Type::Body) + 2.0 * space::S;
    names + between * words.len().saturating_sub(1) as f32
}

/// Draws the steps; gives back the one that was pressed. Those up to `reached` can be pressed, the current one stays.
/// With little room only the current one tells its name.
pub fn steps(ui: &mut Ui, words: &[&str], current: usize, reached: usize, is_short: bool) -> Option<usize> {
    let t = theme::tokens(ui);
    let mut pressed = None;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        for (index, word) in words.iter().enumerate() {
            if index > 0 {
                let dash = paint::text(ui, "—", Type::Body, t.ink3);
                let (rect, _) = ui.allocate_exact_size(dash.size(), Sense::hover());
                paint::put(ui.painter(), rect, Align2::CENTER_CENTER, dash);
            }
            let is_current = index == current;
            let may = index <= reached && !is_current;
            let size = if is_current { Type::Strong } else { Type::Body };
            let color = if is_current || may { t.ink } else { t.ink3 };
            let shown = if is_short && !is_current { "" } else { *word };
            let galley = paint::text(ui, shown, size, color);
            let gap = if shown.is_empty() { 0.0 } else { space::ICON };
            let wide = vec2(20.0 + gap + galley.size().x, height::CONTROL);
            let sense = if may { Sense::click() } else { Sense::hover() };
            let (rect, response) = ui.allocate_exact_size(wide, sense);
            response.widget_info(|| WidgetInfo::selected(Role::Tab, may || is_current, is_current, *word));
            let mark = Rect::from_center_size(egui::pos2(rect.left() + 10.0, rect.center().y), vec2(20.0, 20.0));
            if index < current {
                paint::put_icon(ui, mark, Icon::Check, 16.0, t.okmark);
            } else {
                let ground = if is_current { t.actsoft } else { t.head };
                ui.painter().rect_filled(mark, radius::BADGE, ground);
                let number =
                    paint::text(ui, &(index + 1).to_string(), Type::Small, if is_current { t.act } else { t.ink2 });
                paint::put(ui.painter(), mark, Align2::CENTER_CENTER, number);
            }
            paint::put_at(ui.painter(), mark.right() + gap, rect.y_range(), galley);
            paint::ring(ui, &response, radius::CONTROL);
            let response = if shown.is_empty() { response.on_hover_text(*word) } else { response };
            if response.clicked() {
                pressed = Some(index);
            }
        }
    });
    pressed
}
