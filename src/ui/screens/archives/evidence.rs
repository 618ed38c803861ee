//! Owns the list 材料 of an item: files, paper, and what of the workbook fills it; each with what can be done with it.
//! Must never change anything: it says what was asked for. Start at [`show`].

use egui::Ui;

use super::rows::by_records;
use super::states::with_parts;
use crate::domain::checklists::{Evidence, EvidenceKind, Fill};
use crate::domain::ids::{ChecklistItemId, EvidenceId};
use crate::ui::theme::space;
use crate::ui::widgets::{Button, Icon, MenuRow, PieceRow, menu, menu_rule, piece_row, quiet_line, section_with, weak};
use crate::ui::words::size_in_words;
use crate::view::checklists::{ChecklistBoard, ItemLine};

/// What was asked for.
pub(super) enum EvidenceWish {
    /// 添文件, or a later version of a piece.
    Attach(ChecklistItemId, Option<EvidenceId>),
    /// 记纸质
    Paper,
    /// 题名
    Edit(Box<Evidence>),
    /// 定稿
    MakeFinal(EvidenceId),
    /// 移到
    Move(Box<Evidence>),
    /// 去掉
    Remove(EvidenceId),
    /// The rows that fill an item.
    Records(Fill),
}

/// Draws the evidence of an item and of its parts.
pub(super) fn show(ui: &mut Ui, board: &ChecklistBoard, line: &ItemLine, may: bool) -> Option<EvidenceWish> {
    let mut wish = None;
    let count = line.evidence_below.to_string();
    section_with(ui, "材料", |ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        if ui.add(Button::link("记纸质…").small().enabled(may)).clicked() {
            wish = Some(EvidenceWish::Paper);
        }
        if ui.add(Button::link("添文件…").icon(Icon::Paperclip).small().enabled(may)).clicked() {
            wish = Some(EvidenceWish::Attach(line.item.id, None));
        }
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| weak(ui, &count));
    });
    let mut is_empty = true;
    for part in with_parts(board, line.item.id) {
        for piece in &part.evidence {
            is_empty = false;
            let whose = if part.item.id == line.item.id { "" } else { &part.item.title };
            let asked = ui.push_id(piece.id, |ui| piece_ui(ui, part, piece, whose, may)).inner;
            wish = asked.or(wish);
        }
        if let (Some(told), Some(fill)) = (by_records(part).filter(|_| !part.has_parts), &part.item.fill) {
            is_empty = false;
            let about = format!("自动·{told}");
            let row = PieceRow {
                icon: Icon::Link,
                title: &part.item.title,
                about: &about,
                opens: true,
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
    wish
}

fn piece_ui(ui: &mut Ui, line: &ItemLine, piece: &Evidence, whose: &str, may: bool) -> Option<EvidenceWish> {
    let about = about(line, piece, whose);
    let row = PieceRow {
        icon: if matches!(piece.kind, EvidenceKind::Paper { .. }) { Icon::FileStack } else { Icon::FileText },
        title: &piece.title,
        about: &about,
        opens: false,
        is_former: !piece.is_final,
        has_menu: may,
    };
    let shown = piece_row(ui, &row);
    let button = shown.menu?;
    menu(ui, &button, &piece.title, |ui| menu_rows(ui, line, piece)).flatten()
}

fn menu_rows(ui: &mut Ui, line: &ItemLine, piece: &Evidence) -> Option<EvidenceWish> {
    let mut wish = None;
    if ui.add(MenuRow::new("题名…").icon(Icon::Pencil)).clicked() {
        wish = Some(EvidenceWish::Edit(Box::new(piece.clone())));
    }
    if matches!(piece.kind, EvidenceKind::File { .. })
        && ui.add(MenuRow::new("附新版本…").icon(Icon::Paperclip)).clicked()
    {
        wish = Some(EvidenceWish::Attach(line.item.id, Some(piece.id)));
    }
    if !piece.is_final && ui.add(MenuRow::new("定稿").icon(Icon::Check)).clicked() {
        wish = Some(EvidenceWish::MakeFinal(piece.id));
    }
    if ui.add(MenuRow::new("移到…").icon(Icon::FolderOutput)).clicked() {
        wish = Some(EvidenceWish::Move(Box::new(piece.clone())));
    }
    menu_rule(ui);
    if ui.add(MenuRow::new("去掉").icon(Icon::X)).clicked() {
        wish = Some(EvidenceWish::Remove(piece.id));
    }
    wish
}

/// 「34 KB·林秀英」, 「纸质·2 柜 3 盒·12 页」; of a part which it is, of a version whether it counts.
fn about(line: &ItemLine, piece: &Evidence, whose: &str) -> String {
    let mut words = Vec::new();
    words.extend(Some(whose.to_owned()).filter(|whose| !whose.is_empty()));
    match &piece.kind {
        EvidenceKind::File { bytes, .. } => words.push(size_in_words(*bytes)),
        EvidenceKind::Paper { cabinet } => {
            words.push("纸质".to_owned());
            words.extend(cabinet.clone());
        }
    }
    words.extend(piece.pages.map(|pages| format!("{pages} 页")));
    if has_versions(line, piece) {
        words.push(if piece.is_final { "定稿" } else { "旧稿" }.to_owned());
    }
    words.extend(Some(piece.added_by.clone()).filter(|name| !name.is_empty()));
    words.join("·")
}

fn has_versions(line: &ItemLine, piece: &Evidence) -> bool {
    let first = piece.version_of.unwrap_or(piece.id);
    let is_of_it = |other: &&Evidence| other.version_of.unwrap_or(other.id) == first;
    line.evidence.iter().filter(is_of_it).count() > 1
}
