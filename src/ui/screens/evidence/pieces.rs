//! Owns the list of pieces: each with its picture, the older versions folded below the one that counts, and its menu.
//! Must never change anything: it says what was asked for. Start at [`Shelf::pieces_ui`].

use egui::{Rect, Ui, pos2};

use super::{Shelf, attached};
use crate::domain::checklists::{Evidence, EvidenceKind};
use crate::domain::ids::EvidenceId;
use crate::ui::outbox::Attached;
use crate::ui::theme::space;
use crate::ui::widgets::{Icon, MenuRow, Opens, PieceRow, menu, menu_rule, piece_row, small_link};
use crate::ui::words::size_in_words;

/// What was asked for.
pub enum PieceWish {
    Open(Attached),
    /// 另存为
    SaveAs(Attached),
    /// 题名
    Edit(Box<Evidence>),
    /// 附新版本
    NewVersion(Box<Evidence>),
    /// 定稿
    MakeFinal(EvidenceId),
    /// 移到
    Move(Box<Evidence>),
    /// 去掉
    Remove(EvidenceId),
}

/// How pieces are listed.
#[derive(Debug, Clone, Copy)]
pub struct Look<'l> {
    /// To what part of what is shown they belong; else empty.
    pub whose: &'l str,
    /// They may be changed.
    pub may: bool,
    /// They can be moved elsewhere.
    pub moves: bool,
}

impl Shelf {
    /// Draws pieces over the whole width, of those with versions the one that counts.
    pub fn pieces_ui(&mut self, ui: &mut Ui, pieces: &[Evidence], look: Look<'_>) -> Option<PieceWish> {
        let mut wish = None;
        let mut new = None;
        for piece in pieces.iter().filter(|piece| piece.is_final) {
            new = new.or((self.attached == Some(piece.id)).then(|| ui.cursor().min));
            let versions = Versions::of(pieces, piece);
            wish = ui.push_id(piece.id, |ui| self.piece_ui(ui, piece, &versions, look)).inner.or(wish);
            let older = versions.older();
            if older.is_empty() {
                continue;
            }
            let is_open = self.unfolded.contains(&versions.first());
            ui.push_id(("versions", piece.id), |ui| {
                if fold_ui(ui, older.len(), is_open, &piece.title) {
                    self.fold(versions.first());
                }
            });
            if is_open {
                let inset = egui::Margin { left: 24, ..egui::Margin::ZERO };
                egui::Frame::new().inner_margin(inset).show(ui, |ui| {
                    for former in older {
                        let drawn = ui.push_id(former.id, |ui| self.piece_ui(ui, former, &versions, look));
                        wish = drawn.inner.or(wish.take());
                    }
                });
            }
        }
        if let Some(from) = new {
            // What came in together stands together, at the end.
            self.attached = None;
            ui.scroll_to_rect(Rect::from_min_max(from, pos2(ui.max_rect().right(), ui.cursor().top())), None);
        }
        wish
    }

    fn fold(&mut self, first: EvidenceId) {
        if !self.unfolded.remove(&first) {
            self.unfolded.insert(first);
        }
    }

    fn piece_ui(
        &mut self,
        ui: &mut Ui,
        piece: &Evidence,
        versions: &Versions<'_>,
        look: Look<'_>,
    ) -> Option<PieceWish> {
        let file = attached(piece);
        let is_absent = file.as_ref().is_some_and(|file| self.absent.hashes.contains(&file.hash));
        let about = about(piece, versions, look.whose, is_absent);
        // Versions bear one title: which of them a former one is stands beside it.
        let nth = versions.nth(piece).filter(|_| !piece.is_final).map(|nth| format!("（{nth}）"));
        let title = format!("{}{}", piece.title, nth.unwrap_or_default());
        let row = PieceRow {
            icon: if is_absent { Icon::FileX } else { icon_of(&piece.kind) },
            picture: if is_absent { None } else { self.pictures.of(&piece.kind) },
            title: &title,
            about: &about,
            opens: if file.is_some() { Opens::AsFile } else { Opens::Not },
            is_former: !piece.is_final,
            has_menu: look.may || file.is_some(),
        };
        let shown = piece_row(ui, &row);
        if shown.opened {
            return file.map(PieceWish::Open);
        }
        let button = shown.menu?;
        menu(ui, &button, &title, |ui| menu_rows(ui, piece, file, look)).flatten()
    }
}

/// The versions of a piece, the first before all.
struct Versions<'p> {
    all: Vec<&'p Evidence>,
}

impl<'p> Versions<'p> {
    fn of(pieces: &'p [Evidence], piece: &Evidence) -> Self {
        let first = |piece: &Evidence| piece.version_of.unwrap_or(piece.id);
        Self { all: pieces.iter().filter(|other| first(other) == first(piece)).collect() }
    }

    fn first(&self) -> EvidenceId {
        self.all.first().map_or(EvidenceId(0), |piece| piece.version_of.unwrap_or(piece.id))
    }

    /// Those that do not count, the latest before all.
    fn older(&self) -> Vec<&'p Evidence> {
        self.all.iter().rev().copied().filter(|piece| !piece.is_final).collect()
    }

    /// 「第 2 版」; nothing where there is one only.
    fn nth(&self, piece: &Evidence) -> Option<String> {
        let place = self.all.iter().position(|other| other.id == piece.id)?;
        (self.all.len() > 1).then(|| format!("第 {} 版", place + 1))
    }
}

/// 「其他版本 2」, which unfolds them; gives back whether it was pressed.
fn fold_ui(ui: &mut Ui, count: usize, is_open: bool, title: &str) -> bool {
    ui.horizontal(|ui| {
        ui.add_space(space::XL);
        let words = if is_open { "收起其他版本".to_owned() } else { format!("其他版本 {count}") };
        small_link(ui, &words, &format!("{words}：{title}")).clicked()
    })
    .inner
}

fn menu_rows(ui: &mut Ui, piece: &Evidence, file: Option<Attached>, look: Look<'_>) -> Option<PieceWish> {
    let mut wish = None;
    let whole = || Box::new(piece.clone());
    if let Some(file) = file {
        if ui.add(MenuRow::new("打开").icon(Icon::ExternalLink).shortcut("双击")).clicked() {
            wish = Some(PieceWish::Open(file.clone()));
        }
        if ui.add(MenuRow::new("另存为…").icon(Icon::FileDown)).clicked() {
            wish = Some(PieceWish::SaveAs(file));
        }
        if !look.may {
            return wish;
        }
        menu_rule(ui);
        if ui.add(MenuRow::new("附新版本…").icon(Icon::Paperclip)).clicked() {
            wish = Some(PieceWish::NewVersion(whole()));
        }
    }
    if !piece.is_final && ui.add(MenuRow::new("设为定稿").icon(Icon::ClipboardCheck)).clicked() {
        wish = Some(PieceWish::MakeFinal(piece.id));
    }
    if ui.add(MenuRow::new("题名…").icon(Icon::Pencil)).clicked() {
        wish = Some(PieceWish::Edit(whole()));
    }
    if look.moves && ui.add(MenuRow::new("移到…").icon(Icon::FolderOutput)).clicked() {
        wish = Some(PieceWish::Move(whole()));
    }
    menu_rule(ui);
    if ui.add(MenuRow::new("去掉").icon(Icon::X)).clicked() {
        wish = Some(PieceWish::Remove(piece.id));
    }
    wish
}

/// 「34 KB·林秀英」, 「纸质·2 柜 3 盒·12 页」; of a part which it is, of a version which and whether it counts.
fn about(piece: &Evidence, versions: &Versions<'_>, whose: &str, is_absent: bool) -> String {
    let mut words = Vec::new();
    words.extend(Some(whose.to_owned()).filter(|whose| !whose.is_empty()));
    match &piece.kind {
        EvidenceKind::File { .. } if is_absent => words.push("打不开".to_owned()),
        EvidenceKind::File { bytes, .. } => words.push(size_in_words(*bytes)),
        EvidenceKind::Paper { cabinet } => {
            words.push("纸质".to_owned());
            words.extend(cabinet.clone());
        }
    }
    words.extend(piece.pages.map(|pages| format!("{pages} 页")));
    if let Some(nth) = versions.nth(piece).filter(|_| piece.is_final) {
        words.extend([nth, "定稿".to_owned()]);
    }
    words.extend(Some(piece.added_by.clone()).filter(|name| !name.is_empty()));
    words.join("·")
}

/// The mark of a kind of file, by the ending of its name.
fn icon_of(kind: &EvidenceKind) -> Icon {
    let EvidenceKind::File { name, .. } = kind else { return Icon::FileStack };
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "xls" | "xlsx" | "et" | "csv" => Icon::FileSpreadsheet,
        "jpg" | "jpeg" | "png" | "webp" | "gif" | "bmp" | "tif" | "tiff" | "heic" => Icon::FileImage,
        "mp4" | "mov" | "avi" | "mkv" | "wmv" => Icon::FileVideo,
        "mp3" | "wav" | "m4a" | "aac" => Icon::FileAudio,
        "zip" | "rar" | "7z" => Icon::FileArchive,
        "doc" | "docx" | "wps" | "pdf" | "ofd" | "txt" | "rtf" | "ppt" | "pptx" | "dps" => Icon::FileText,
        _ => Icon::File,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_file_has_its_mark() {
        let of = |name: &str| {
            icon_of(&EvidenceKind::File { name: name.to_owned(), hash: String::new(), bytes: 1 }).unicode()
        };
        assert_eq!(of("名册.XLSX"), Icon::FileSpreadsheet.unicode());
        assert_eq!(of("会场.heic"), Icon::FileImage.unicode());
        assert_eq!(of("支部.wps"), Icon::FileText.unicode());
        assert_eq!(of("没有后缀"), Icon::File.unicode());
        assert_eq!(icon_of(&EvidenceKind::Paper { cabinet: None }).unicode(), Icon::FileStack.unicode());
    }
}
