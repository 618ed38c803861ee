//! Owns the list 材料 of an item: files, paper, and what of the workbook fills it; each with what can be done with it.
//! Must never change anything: it says what was asked for. Start at [`show`].

use egui::Ui;

use super::rows::by_records;
use super::states::with_parts;
use crate::domain::checklists::{Belongs, Fill};
use crate::ui::screens::evidence::{Look, PieceWish, Shelf};
use crate::ui::theme::space;
use crate::ui::widgets::{Button, Icon, Opens, PieceRow, drop_area, piece_row, quiet_line, section_with, weak};
use crate::view::checklists::{ChecklistBoard, ItemLine};

/// Height of the place that says that files can be dropped.
const DROP: f32 = 38.0;

/// What was asked for.
pub(super) enum EvidenceWish {
    /// 添文件
    Attach(Belongs),
    /// 记纸质
    Paper,
    /// Something about one piece.
    Piece(PieceWish),
    /// The rows that fill an item.
    Records(Fill),
}

/// Draws the evidence of an item and of its parts.
pub(super) fn show(
    ui: &mut Ui,
    shelf: &mut Shelf,
    board: &ChecklistBoard,
    line: &ItemLine,
    may: bool,
) -> Option<EvidenceWish> {
    let mut wish = None;
    let count = line.evidence_below.to_string();
    section_with(ui, "材料", |ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        if ui.add(Button::link("记纸质…").small().enabled(may)).clicked() {
            wish = Some(EvidenceWish::Paper);
        }
        if ui.add(Button::link("添文件…").icon(Icon::Paperclip).small().enabled(may)).clicked() {
            wish = Some(EvidenceWish::Attach(Belongs::Item(line.item.id)));
        }
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| weak(ui, &count));
    });
    let mut is_empty = true;
    for part in with_parts(board, line.item.id) {
        is_empty &= part.evidence.is_empty();
        let whose = if part.item.id == line.item.id { "" } else { &part.item.title };
        let asked = shelf.pieces_ui(ui, &part.evidence, Look { whose, may, moves: true });
        wish = asked.map(EvidenceWish::Piece).or(wish);
        if let (Some(told), Some(fill)) = (by_records(part).filter(|_| !part.has_parts), &part.item.fill) {
            is_empty = false;
            let about = format!("自动·{told}");
            let row = PieceRow {
                icon: Icon::Link,
                picture: None,
                title: &part.item.title,
                about: &about,
                opens: Opens::AsLink,
                is_former: false,
                has_menu: false,
            };
            if ui.push_id(("records", part.item.id), |ui| piece_row(ui, &row)).inner.opened {
                wish = Some(EvidenceWish::Records(fill.clone()));
            }
        }
    }
    if is_empty {
        ui.add_space(space::S);
        quiet_line(ui, "还没有材料");
    }
    if may {
        ui.add_space(space::S);
        let hovering = ui.input(|input| !input.raw.hovered_files.is_empty());
        drop_area(ui, "把文件拖到这里，或按 Ctrl+V 粘贴", DROP, hovering);
    }
    wish
}
