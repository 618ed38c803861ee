//! 自定义字段: the fields of the workbook's own, their kinds, how many people have them, and their order.

use egui::{Align, Layout, Ui};

use crate::command::{Command, MoveExtraField};
use crate::domain::ids::ExtraFieldId;
use crate::ui::dialogs::extra_field::{ExtraFieldForm, RemovingExtraField};
use crate::ui::outbox::{Outbox, Slot};
use crate::ui::theme::{height, space};
use crate::ui::widgets::{Button, label, link, note, quiet_line, rule, section_with, wrapped_note};
use crate::view::extra_fields::ExtraFieldLine;

pub fn show(ui: &mut Ui, lines: Option<&Vec<ExtraFieldLine>>, may_write: bool, out: &mut Outbox) {
    section_with(ui, "自定义字段", |ui| {
        if may_write && link(ui, "新增字段…").clicked() {
            out.open(ExtraFieldForm::blank());
        }
    });
    ui.add_space(space::XS);
    match lines.map(Vec::as_slice) {
        None => drop(note(ui, "正在读")),
        Some([]) => quiet_line(ui, "还没有自定义字段；导入时不认识的列也会成为自定义字段"),
        Some(lines) => {
            for (place, line) in lines.iter().enumerate() {
                ui.push_id(line.field.id, |ui| line_ui(ui, lines, place, may_write, out));
            }
        }
    }
    ui.add_space(space::S);
    wrapped_note(ui, "出现在党员表单的“其他”里，可以选作列表的列、批量修改和导出");
}

fn line_ui(ui: &mut Ui, lines: &[ExtraFieldLine], place: usize, may_write: bool, out: &mut Outbox) {
    let line = &lines[place];
    let name = &line.field.label;
    ui.horizontal(|ui| {
        ui.set_min_height(height::ROW);
        ui.spacing_mut().item_spacing.x = space::M;
        label(ui, name);
        let people = if line.people == 0 { "没人填".to_owned() } else { format!("{} 人填了", line.people) };
        let choices = line.field.kind.choices().map(|choices| format!("：{}", choices.join("、"))).unwrap_or_default();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            if may_write {
                actions_ui(ui, lines, place, out);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let words = format!("{}{choices}·{people}", line.field.kind.label());
                ui.set_clip_rect(ui.max_rect().intersect(ui.clip_rect()));
                note(ui, &words).on_hover_text(&words);
            });
        });
    });
    rule(ui);
}

/// Laid from right to left.
fn actions_ui(ui: &mut Ui, lines: &[ExtraFieldLine], place: usize, out: &mut Outbox) {
    let line = &lines[place];
    let name = &line.field.label;
    let pressed = |ui: &mut Ui, word: &str, enabled: bool| {
        let called = format!("{} {name}", word.trim_end_matches('…'));
        ui.add(Button::link(word).name(&called).small().enabled(enabled)).clicked()
    };
    if pressed(ui, "删除…", true) {
        out.open(RemovingExtraField::new(line.field.clone(), line.people));
    }
    let id = |place: usize| lines.get(place).map(|line| line.field.id);
    if pressed(ui, "下移", place + 1 < lines.len()) {
        run_move(line.field.id, id(place + 1), out);
    }
    if pressed(ui, "上移", place > 0) {
        run_move(line.field.id, place.checked_sub(2).and_then(id), out);
    }
    if pressed(ui, "修改…", true) {
        out.open(ExtraFieldForm::of(line.field.clone()));
    }
}

fn run_move(id: ExtraFieldId, after_id: Option<ExtraFieldId>, out: &mut Outbox) {
    let command = Command::MoveExtraField(MoveExtraField { id, after_id });
    out.run(Slot::new("settings: move extra field"), command);
}
