//! Owns the row that tells how a value changed: whose, which, struck before → after.
//! Must never know where the change came from.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::paint;
use crate::ui::theme::{self, Type, space};

const WHO_WIDTH: f32 = 60.0;
const WHAT_WIDTH: f32 = 72.0;
/// The least height of a row.
const LEAST: f32 = 28.0;

/// A changed value in words. Empty texts are what was not or no longer is.
#[derive(Debug, Clone, Copy)]
pub struct ChangeRow<'a> {
    /// Empty where the rows are all of one.
    pub who: &'a str,
    pub what: &'a str,
    pub before: &'a str,
    pub after: &'a str,
}

/// Draws the row over the whole width; values that need more than a line take more.
pub fn change_row(ui: &mut Ui, row: &ChangeRow<'_>) {
    let t = theme::tokens(ui);
    let who_width = if row.who.is_empty() { 0.0 } else { WHO_WIDTH };
    let value_left = who_width + WHAT_WIDTH + space::S;
    let width = ui.available_width();
    let plain = TextFormat { valign: Align::Center, ..TextFormat::simple(Type::Small.font(), t.ink) };
    let quiet = TextFormat { color: t.ink2, ..plain.clone() };
    let struck = TextFormat { strikethrough: theme::line(ui, t.ink2), ..quiet.clone() };
    let mut job = LayoutJob::default();
    job.wrap.max_width = (width - value_left).max(40.0);
    match (row.before, row.after) {
        ("", after) => job.append(after, 0.0, plain),
        (before, "") => job.append(before, 0.0, struck),
        (before, after) => {
            job.append(before, 0.0, struck);
            job.append(" → ", 0.0, quiet);
            job.append(after, 0.0, plain);
        }
    }
    let values = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let height = (values.size().y + 8.0).max(LEAST);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let name = [row.who, row.what, row.before, "→", row.after].join(" ");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name.trim()));
    let first = Rect::from_min_size(rect.min, vec2(rect.width(), LEAST));
    let who = paint::text_within(ui, row.who, Type::Small, t.ink, who_width - space::XS);
    let what = paint::text_within(ui, row.what, Type::Small, t.ink2, WHAT_WIDTH);
    let cut = (who.elided, what.elided);
    paint::put_at(ui.painter(), rect.left(), first.y_range(), who);
    paint::put_at(ui.painter(), rect.left() + who_width, first.y_range(), what);
    let top = if values.rows.len() > 1 { rect.top() + 4.0 } else { first.center().y - values.size().y / 2.0 };
    ui.painter().galley(pos2(rect.left() + value_left, top.round()), values, t.ink);
    paint::hline(ui.painter(), rect.x_range(), rect.bottom(), t.line);
    if cut.0 || cut.1 {
        response.on_hover_text(format!("{} {}", row.who, row.what));
    }
}
