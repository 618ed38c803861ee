//! 规则: how many there are and how many this workbook has otherwise; the page of them is gone to.

use egui::Ui;

use crate::ui::outbox::Outbox;
use crate::ui::screens::Page;
use crate::ui::theme::space;
use crate::ui::widgets::{label, link, section_with, wrapped_note};
use crate::view::rules::RuleLine;

pub fn show(ui: &mut Ui, rules: Option<&Vec<RuleLine>>, out: &mut Outbox) {
    section_with(ui, "规则", |ui| {
        if link(ui, "看规则").clicked() {
            out.go(Page::Rules);
        }
    });
    ui.add_space(space::S);
    let Some(rules) = rules else { return };
    let changed = rules.iter().filter(|line| line.is_changed()).count();
    let words = match changed {
        0 => format!("共 {} 条，都是原值", rules.len()),
        _ => format!("共 {} 条，本工作簿改过 {changed} 条", rules.len()),
    };
    label(ui, &words);
    wrapped_note(ui, "党组织、党员和谈心谈话按这些规则核对。人数、年限可按当地规定修改，可以停用，也可以恢复。");
}
