//! The backups of the workbook: where they lie, making one now, and putting one in the place of the workbook; and its
//! handover to somebody else.

use egui::Ui;

use super::restoring::Restoring;
use crate::engine::WriteRequest;
use crate::store::backup::BackupCopy;
use crate::ui::dialogs::handover::HandoverDialog;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::shell::start::ask_for_handover;
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
    ui.add_space(space::L);
    section_with(ui, "移交", |ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        if link(ui, "接收移交…").clicked() {
            out.wish(ask_for_handover());
        }
        if link(ui, "移交…").clicked() {
            out.open(HandoverDialog::default());
        }
    });
    ui.add_space(space::XS);
    wrapped_note(ui, "移交把工作簿和附件装进一个文件，交给接手的人；接收移交从这样的文件取出一个新工作簿，核对后打开");
}
