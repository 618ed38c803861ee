//! Owns the texts of the form of a talk: the content above all, with the outline beside it when asked for.
//! Must never save. Start at [`content_ui`].

use egui::{Rect, Ui, UiBuilder, vec2};

use super::fields::Telling;
use super::written::Written;
use crate::domain::talks::{TalkDraftField, TalkTypes};
use crate::ui::theme::{height, space};
use crate::ui::widgets::{Icon, LongField, Note, TextField, Tone, grouped, link, remark, small, tell_place};

/// The line of a label.
pub const LABEL: f32 = 20.0;
/// Room of the link beside the topic.
const MORE: f32 = 124.0;
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
        let hidden = grouped(hidden as u64);
        let words = format!("已写的 {hidden} 字只在开着的表里：这类谈话不存内容，草稿也不存；换回别的类型就又看得到。");
        remark(ui, Icon::TriangleAlert, Tone::Amber, &words);
    }
    changed
}

/// The topic, and the content over the height that is given; `more` opens the further fields. Gives back whether it was changed.
pub fn content_ui(
    ui: &mut Ui,
    written: &mut Written,
    types: &TalkTypes,
    telling: &Telling<'_>,
    more: &mut bool,
    tall: f32,
) -> bool {
    let mut changed = false;
    let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), height::CONTROL), egui::Sense::hover());
    ui.scope_builder(UiBuilder::new().max_rect(line).id_salt("topic"), |ui| {
        let topic = TextField::new("谈话主题", &mut written.topic).note(telling.note(TalkDraftField::Topic));
        let topic = topic.label_hidden().hint("谈话主题，不填时台账上用内容的开头");
        changed |= topic.width(line.width() - MORE).show(ui).changed();
    });
    ui.advance_cursor_after_rect(line);
    ui.add_space(space::S);
    let note = telling.note(TalkDraftField::Content);
    let whole = ui.available_rect_before_wrap().with_max_y(ui.cursor().top() + tall);
    let beside = *more && whole.width() > 2.0 * OUTLINE + space::M;
    let left = if beside { whole.with_max_x(whole.right() - OUTLINE - space::M) } else { whole };
    let mut field_with_focus = None;
    ui.scope_builder(UiBuilder::new().max_rect(left).id_salt("content"), |ui| {
        let field = LongField::new("谈话内容", &mut written.content).hint("谈话内容").height(tall).note(note.clone());
        let shown = field.show_bare(ui);
        changed |= shown.changed();
        field_with_focus = shown.has_focus().then_some(shown.id);
    });
    // After the content, so that Tab leads from the people into it.
    more_ui(ui, line, more);
    if beside {
        let right = Rect::from_min_max(egui::pos2(left.right() + space::M, whole.top()), whole.max);
        ui.scope_builder(UiBuilder::new().max_rect(right).id_salt("outline"), |ui| {
            changed |= outline_ui(ui, written, types, tall);
        });
    }
    ui.advance_cursor_after_rect(whole);
    if note != Note::None {
        ui.add_space(space::XS);
    }
    match (&note, telling.checks.shared()) {
        (Note::Fault(words), _) => remark(ui, Icon::CircleAlert, Tone::Hard, words),
        (Note::Warning(_), Some(sharing)) => sharing.show(ui),
        (Note::Warning(words), None) => remark(ui, Icon::CircleAlert, Tone::Amber, words),
        (Note::None | Note::Plain(_), _) => {}
    }
    if let Some(field) = field_with_focus {
        // In a low window the text takes all the room there is as soon as one writes in it.
        tell_place(ui, field, Rect::from_min_max(line.min, egui::pos2(whole.right(), ui.cursor().top())));
    }
    if *more && !beside {
        ui.add_space(space::M);
        small(ui, "谈话提纲");
        ui.add_space(space::XS);
        changed |= outline_ui(ui, written, types, LongField::height_of(4));
    }
    changed
}

/// The link at the end of the line that opens the further fields.
fn more_ui(ui: &mut Ui, line: Rect, more: &mut bool) {
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    let mut inner = ui.new_child(UiBuilder::new().max_rect(line).id_salt("more").layout(layout));
    inner.spacing_mut().interact_size.y = 0.0;
    let words = if *more { "收起提纲、措施" } else { "提纲、措施…" };
    if link(&mut inner, words).clicked() {
        *more = !*more;
    }
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

/// The further fields: measures, remark, hour, number.
pub fn further_ui(ui: &mut Ui, written: &mut Written, telling: &Telling<'_>, next: &str) -> bool {
    let mut changed = pair_ui(
        ui,
        ("整改措施", &mut written.measures, telling.note(TalkDraftField::Measures)),
        ("备注", &mut written.remark, telling.note(TalkDraftField::Remark)),
    );
    ui.add_space(space::M);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let time = TextField::new("时刻", &mut written.time).note(telling.note(TalkDraftField::Time));
        changed |= time.width(140.0).hint("如 9:30").show(ui).changed();
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
