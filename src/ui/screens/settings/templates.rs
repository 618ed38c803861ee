//! 清单模板 in 设置: the way to the templates of checklists.

use egui::Ui;

use crate::ui::outbox::Outbox;
use crate::ui::screens::Page;
use crate::ui::theme::space;
use crate::ui::widgets::{link, section_with, wrapped_note};

pub fn show(ui: &mut Ui, out: &mut Outbox) {
    section_with(ui, "清单模板", |ui| {
        if link(ui, "看清单模板").clicked() {
            out.go(Page::ChecklistTemplates);
        }
    });
    ui.add_space(space::S);
    wrapped_note(ui, "六有、支部工作档案、入党档案和本单位自己的检查清单，可以按当地要求修改，也可以恢复自带内容。");
}
