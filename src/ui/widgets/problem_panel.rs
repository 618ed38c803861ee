//! Owns how a problem is shown: 发生了什么 · 没有改动 · 接下来, and 复制详情.
//! Must never know what failed. Start at [`problem_dialog`].

use egui::{Context, Label, RichText, Sense, Ui, vec2};
use lucide_icons::Icon;

use super::{Answer, Choice, Dialog, Tone, paint};
use crate::ui::theme::{self, Type, space};

/// A problem in the words the user reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemText {
    /// What failed: 「没有读完：U 盘拔出了」.
    pub title: String,
    /// 发生了什么.
    pub happened: String,
    /// 没有改动.
    pub unchanged: String,
    /// 接下来.
    pub next: String,
    /// What 复制详情 puts on the clipboard; personal data stands last or not at all.
    pub details: String,
}

/// Draws the three rows.
pub fn problem_rows(ui: &mut Ui, problem: &ProblemText) {
    for (head, text) in [("发生了什么", &problem.happened), ("没有改动", &problem.unchanged), ("接下来", &problem.next)]
    {
        let t = theme::tokens(ui);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            let galley = paint::text(ui, head, Type::Body, t.ink2);
            let (rect, response) = ui.allocate_exact_size(vec2(72.0, galley.size().y), Sense::hover());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, head));
            paint::put_at(ui.painter(), rect.left(), rect.y_range(), galley);
            ui.add(Label::new(RichText::new(text).font(Type::Body.font()).color(t.ink)).selectable(true).wrap());
        });
    }
}

/// Shows a problem over everything else. `again` is the way on, where there is one: 重试, 另存….
/// 复制详情 is done here; all other answers are the caller's.
pub fn problem_dialog(
    ctx: &Context,
    id: &str,
    problem: &ProblemText,
    plain: Option<Choice<'_>>,
    again: Option<Choice<'_>>,
) -> Option<Answer> {
    let mut dialog = Dialog::new(id, &problem.title, "关闭")
        .icon(Icon::CircleAlert, Tone::Hard)
        .link(Choice::new("复制详情").icon(Icon::Copy));
    if let Some(choice) = plain {
        dialog = dialog.plain(choice);
    }
    if let Some(choice) = again {
        dialog = dialog.primary(choice);
    }
    let answered = dialog.show(ctx, |ui| problem_rows(ui, problem));
    match answered.answer {
        Some(Answer::Link) => {
            ctx.copy_text(problem.details.clone());
            None
        }
        other => other,
    }
}
