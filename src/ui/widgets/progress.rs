//! Owns the line of a running job: its words, a bar, 取消. It neither turns nor moves by itself.
//! Must never know the job. Start at [`progress_line`].

use egui::{Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::{Button, button, paint};
use crate::ui::theme::{self, space};

/// Draws `导入 12,480 / 20,000 行`, a bar where the share is known, and 取消; gives back whether 取消 was pressed.
/// `cancel` names what is cancelled for the accessible name; without it there is no 取消.
pub fn progress_line(ui: &mut Ui, text: &str, share: Option<f32>, cancel: Option<&str>) -> bool {
    let t = theme::tokens(ui);
    let mut cancelled = false;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        paint::label(ui, text);
        if let Some(share) = share {
            let reserved = if cancel.is_some() { 60.0 } else { 0.0 };
            let width = (ui.available_width() - reserved).clamp(40.0, 162.0);
            let (rect, response) = ui.allocate_exact_size(vec2(width, 6.0), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, text));
            ui.painter().rect_filled(rect, 3, t.bar_ground());
            let filled = Rect::from_min_size(rect.min, vec2(width * share.clamp(0.0, 1.0), 6.0));
            ui.painter().rect_filled(filled, 3, t.act);
        }
        if let Some(job) = cancel {
            let name = format!("取消：{job}");
            cancelled = ui.add(Button::quiet("取消").name(&name).small()).clicked();
        }
    });
    cancelled
}

/// The same for the status bar, laid from right to left: 取消, a bar where the share is known, the words. `job` names
/// what is cancelled.
pub fn progress_small(ui: &mut Ui, text: &str, share: Option<f32>, job: &str) -> bool {
    let t = theme::tokens(ui);
    ui.spacing_mut().item_spacing.x = space::M;
    let cancelled = button::small_link(ui, "取消", &format!("取消：{job}")).clicked();
    if let Some(share) = share {
        let (rect, response) = ui.allocate_exact_size(vec2(120.0, 6.0), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, text));
        ui.painter().rect_filled(rect, 3, t.line2);
        let filled = Rect::from_min_size(rect.min, vec2(rect.width() * share.clamp(0.0, 1.0), rect.height()));
        ui.painter().rect_filled(filled, 3, t.act);
    }
    paint::small(ui, text);
    cancelled
}
