//! The backups of the workbook, and making one now.

use egui::Ui;

use crate::engine::WriteRequest;
use crate::store::backup::BackupCopy;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{key_value, link, note, section_with, wrapped_note};
use crate::ui::words::size_in_words;

/// The newest that are told one by one.
const TOLD: usize = 6;

pub fn show(ui: &mut Ui, copies: Option<&Vec<BackupCopy>>, scene: &Scene<'_>, may_write: bool, out: &mut Outbox) {
    section_with(ui, "备份", |ui| {
        if may_write && link(ui, "现在备份").clicked() {
            out.wish(Wish::Write(Slot::new("settings: back up"), WriteRequest::BackUp));
        }
    });
    ui.add_space(space::XS);
    match copies.map(Vec::as_slice) {
        None => drop(note(ui, "正在读")),
        Some([]) => drop(note(ui, "还没有备份；导入前和离开时会自动做")),
        Some(copies) => {
            for copy in copies.iter().take(TOLD) {
                let made = copy.made.strftime("%Y-%m-%d %H:%M").to_string();
                key_value(ui, 140.0, &made, &copy.reason, &size_in_words(copy.bytes));
            }
            if copies.len() > TOLD {
                note(ui, &format!("另有更早的 {} 份", copies.len() - TOLD));
            }
        }
    }
    ui.add_space(space::S);
    let folder = crate::store::backup::folder(scene.workbook());
    let words = format!("每份都读回核对过，最多留 10 份。要用哪一份，从 {} 拷出来再打开", folder.display());
    wrapped_note(ui, &words);
}
