//! The store of attachments (附件库) beside the workbook: how much lies in it, checking it, compacting it, beginning another.

use egui::Ui;

use super::beginning::Beginning;
use super::compacting::Compacting;
use super::verifying::Verifying;
use crate::exchange::attachments::Held;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{Icon, Tone, link, note, remark, section_with, wrapped_note};
use crate::ui::words::size_in_words;

pub fn show(ui: &mut Ui, held: Option<&Held>, scene: &Scene<'_>, may_write: bool, out: &mut Outbox) {
    section_with(ui, "附件库", |ui| {
        let Some(held) = held else { return };
        if may_write && !held.is_there && held.missing > 0 && link(ui, "另建附件库…").clicked() {
            out.open(Beginning::new(held.missing));
        }
        if may_write && held.unnamed > 0 && link(ui, "压缩附件库…").clicked() {
            out.open(Compacting::new(*held));
        }
        if held.files + held.missing > 0 && link(ui, "核对附件…").clicked() {
            out.open(Verifying::begin(scene));
        }
    });
    ui.add_space(space::XS);
    let Some(held) = held else {
        note(ui, "正在读");
        return;
    };
    let store = crate::store::attachments::path_of(scene.workbook());
    let name = store.file_name().unwrap_or_default().to_string_lossy().into_owned();
    match (held.is_there, held.missing) {
        (false, 0) => {
            note(ui, "还没有附过文件");
        }
        (false, count) => {
            let words = format!("附件库“{name}”不在工作簿旁边，{count} 个文件打不开；把它拷到工作簿所在的文件夹");
            remark(ui, Icon::TriangleAlert, Tone::Amber, &words);
        }
        (true, missing) => {
            wrapped_note(ui, &format!("{name}：{} 个文件，{}", held.files, size_in_words(held.bytes)));
            if held.unnamed > 0 {
                let bytes = size_in_words(held.unnamed_bytes);
                let then = if missing > 0 { "" } else { "，压缩时去掉" };
                wrapped_note(ui, &format!("其中 {} 个已没有材料用到，占 {bytes}{then}", held.unnamed));
            }
            if missing > 0 {
                let words = format!("有 {missing} 个文件在附件库里找不到，核对附件看是哪些");
                remark(ui, Icon::TriangleAlert, Tone::Amber, &words);
            }
        }
    }
}
