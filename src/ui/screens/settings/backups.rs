//! The backups of the workbook: where they lie, making one now, and putting one in the place of the workbook.

use egui::Ui;

use super::restoring::Restoring;
use crate::engine::WriteRequest;
use crate::store::backup::BackupCopy;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{CopyRow, copy_row, link, note, section_with, wrapped_note};
use crate::ui::words::size_in_words;

pub fn show(ui: &mut Ui, copies: Option<&Vec<BackupCopy>>, scene: &Scene<'_>, may_write: bool, out: &mut Outbox) {
    section_with(ui, "备份", |ui| {
        if may_write && link(ui, "现在备份").clicked() {
            out.wish(Wish::Write(Slot::new("settings: back up"), WriteRequest::BackUp));
        }
    });
    match copies.map(Vec::as_slice) {
        None => {
            ui.add_space(space::XS);
            note(ui, "正在读");
        }
        Some([]) => {
            ui.add_space(space::XS);
            note(ui, "还没有备份；导入前和离开时会自动做");
        }
        Some(copies) => {
            for copy in copies {
                let row = CopyRow {
                    when: &copy.made.strftime("%Y-%m-%d %H:%M").to_string(),
                    why: &copy.reason,
                    size: &size_in_words(copy.bytes),
                    state: "已核对",
                    action: may_write.then_some("恢复…"),
                };
                if copy_row(ui, &row) {
                    out.open(Restoring::new(copy.clone(), scene.now()));
                }
            }
        }
    }
    ui.add_space(space::S);
    let folder = crate::store::backup::folder(scene.workbook());
    let words = format!("放在 {}，最多留 10 份。每份做好后都读回核对过", folder.display());
    wrapped_note(ui, &words);
}
