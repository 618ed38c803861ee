//! Owns the texts of the form of a talk: the content above all, with the outline beside it when asked for.
//! Must never save. Start at [`content_ui`].

use egui::{Rect, Ui, UiBuilder, vec2};

use super::fields::Telling;
use super::written::Written;
use crate::domain::talks::{TalkDraftField, TalkTypes};
use crate::ui::theme::space;
use crate::ui::widgets::{Icon, LongField, Note, TextField, Tone, link, remark, small};

/// The line of a label with a link at its end.
pub const LABEL: f32 = 20.0;
/// Width of the outline beside the content.
const OUTLINE: f32 = 220.0;

/// What is kept of a restricted type, and what is not.
pub fn restricted_ui(ui: &mut Ui, written: &mut Written, telling: &Telling<'_>) -> bool {
    let field = TextField::new("谈话主题", &mut written.topic).note(telling.note(TalkDraftField::Topic));
    let changed = field.hint("一句话，不写内容").show(ui).changed();
    ui.add_space(space::M);
    remark(ui, Icon::Lock, Tone::Amber, "这类谈话只存时间、主题和人员，不存内容、表态、措施和跟进，只计必谈事项。");
    let hidden = written.hidden_characters();
    if hidden > 0 {
        ui.add_space(space::S);
        let words = format!("已写的 {hidden} 字留在这张表里，不会保存；换回别的类型就又看得到。");
        remark(ui, Icon::TriangleAlert, Tone::Amber, &words);
    }
    changed
}

/// The content over the height that is given; `more` opens the further fields. Gives back whether it was changed.
pub fn content_ui(
    ui: &mut Ui,
    written: &mut Written,
    types: &TalkTypes,
    telling: &Telling<'_>,
    more: &mut bool,
    height: f32,
) -> bool {
    let mut changed = false;
    let line = vec2(ui.available_width(), LABEL);
    ui.allocate_ui_with_layout(line, egui::Layout::left_to_right(egui::Align::Center), |ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        small(ui, "谈话内容");
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let words = if *more { "收起提纲、措施" } else { "提纲、措施…" };
            if link(ui, words).clicked() {
                *more = !*more;
            }
        });
    });
    ui.add_space(space::XS);
    let note = telling.note(TalkDraftField::Content);
    let whole = ui.available_rect_before_wrap().with_max_y(ui.cursor().top() + height);
    let beside = *more && whole.width() > 2.0 * OUTLINE + space::M;
    let left = if beside { whole.with_max_x(whole.right() - OUTLINE - space::M) } else { whole };
    ui.scope_builder(UiBuilder::new().max_rect(left).id_salt("content"), |ui| {
        let field = LongField::new("谈话内容", &mut written.content).height(height).note(note.clone());
        changed |= field.show_bare(ui).changed();
    });
    if beside {
        let right = Rect::from_min_max(egui::pos2(left.right() + space::M, whole.top()), whole.max);
        ui.scope_builder(UiBuilder::new().max_rect(right).id_salt("outline"), |ui| {
            changed |= outline_ui(ui, written, types, height);
        });
    }
    ui.advance_cursor_after_rect(whole);
    if let Note::Fault(words) | Note::Warning(words) = &note {
        ui.add_space(space::XS);
        let tone = if matches!(note, Note::Fault(_)) { Tone::Hard } else { Tone::Amber };
        remark(ui, Icon::CircleAlert, tone, words);
    }
    if *more && !beside {
        ui.add_space(space::M);
        small(ui, "谈话提纲");
        ui.add_space(space::XS);
        changed |= outline_ui(ui, written, types, LongField::height_of(4));
    }
    changed
}

/// 谈话提纲: what the type asks, until another is written.
fn outline_ui(ui: &mut Ui, written: &mut Written, types: &TalkTypes, height: f32) -> bool {
    let mut text = written.outline(types);
    let field = LongField::new("谈话提纲", &mut text).height(height).hint("这类谈话没有提纲");
    let changed = field.show_bare(ui).changed();
    if changed {
        written.outline = Some(text);
    }
    changed
}

/// Opinions and attitude, side by side.
pub fn answers_ui(ui: &mut Ui, written: &mut Written, telling: &Telling<'_>) -> bool {
    pair_ui(
        ui,
        ("存在问题、意见建议", &mut written.opinions, telling.note(TalkDraftField::Opinions)),
        ("谈话对象表态", &mut written.attitude, telling.note(TalkDraftField::Attitude)),
    )
}

/// The further fields: topic, measures, remark, number.
pub fn further_ui(ui: &mut Ui, written: &mut Written, telling: &Telling<'_>, next: &str) -> bool {
    let mut changed = pair_ui(
        ui,
        ("整改措施", &mut written.measures, telling.note(TalkDraftField::Measures)),
        ("备注", &mut written.remark, telling.note(TalkDraftField::Remark)),
    );
    ui.add_space(space::M);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let room = ui.available_width() - 140.0 - space::M;
        let topic = TextField::new("谈话主题", &mut written.topic).note(telling.note(TalkDraftField::Topic));
        changed |= topic.width(room).hint("不填时台账上用内容的开头").show(ui).changed();
        let number = TextField::new("编号", &mut written.number).note(telling.note(TalkDraftField::Number));
        changed |= number.width(140.0).hint(next).show(ui).changed();
    });
    changed
}

type LowField<'a> = (&'a str, &'a mut String, Note);

fn pair_ui(ui: &mut Ui, one: LowField<'_>, other: LowField<'_>) -> bool {
    let width = ((ui.available_width() - space::M) / 2.0).floor();
    let mut changed = false;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        for (label, text, note) in [one, other] {
            ui.allocate_ui(vec2(width, 0.0), |ui| {
                ui.set_width(width);
                changed |= LongField::new(label, text).low().hint("没有就留空").note(note).show(ui).changed();
            });
        }
    });
    changed
}
