//! Owns the section 扫描件 of a talk that is in the workbook: scans of what was signed, and where the paper lies.
//! Must never change anything but by the commands it wishes for. Start at [`Scans::show`].

use egui::{Rect, Ui};

use crate::domain::checklists::Belongs;
use crate::domain::ids::TalkId;
use crate::engine::questions::ScansOf;
use crate::ui::dialogs::archives::EvidenceDialog;
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::screens::evidence::{Goal, Look, Receiving, Shelf};
use crate::ui::theme::{height, space};
use crate::ui::widgets::{Button, Icon, quiet_line, section_with, weak};

/// Why a restricted talk has no scans.
const RESTRICTED: &str = "这类谈话只存时间、主题和人员，不存扫描件";

/// A talk whose scans are shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scanned<'s> {
    /// None: it is not in the workbook yet.
    pub talk: Option<TalkId>,
    /// 「2026-037」
    pub number: &'s str,
    pub is_restricted: bool,
}

/// What is kept of the scans between frames.
#[derive(Debug)]
pub(super) struct Scans {
    list: Live<ScansOf>,
    shelf: Shelf,
}

impl Default for Scans {
    fn default() -> Self {
        Self { list: Live::default(), shelf: Shelf::new("talk") }
    }
}

impl Scans {
    /// Goes on with what has arrived, and takes what is dropped and pasted over `area`.
    pub fn follow(&mut self, ui: &Ui, scene: &Scene<'_>, scanned: Scanned<'_>, area: Rect, out: &mut Outbox) {
        if let Some(id) = scanned.talk {
            self.list.ask(scene, ScansOf(id));
        }
        self.shelf.follow(ui, scene, out);
        let title = format!("谈话 {}", scanned.number);
        let frozen = match (scene.frozen, scanned.talk) {
            (Some(why), _) => Some(why),
            (None, _) if scanned.is_restricted => Some(RESTRICTED),
            (None, None) => Some("先保存这次谈话，再附扫描件"),
            (None, Some(_)) => None,
        };
        let chosen = scanned.talk.map(|id| (Belongs::Talk(id), title.as_str()));
        Receiving { chosen, under: None, frozen }.run(ui, area, &mut self.shelf.incoming, scene, out);
    }

    /// Room that the section takes.
    pub fn tall(&self, scanned: Scanned<'_>) -> f32 {
        let lines = self.list.shown().map_or(0, Vec::len).max(1);
        if scanned.talk.is_some() { height::SMALL + space::L + lines as f32 * height::HEAD } else { 0.0 }
    }

    /// Draws the section; of a talk that is not in the workbook there is none.
    pub fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, scanned: Scanned<'_>, out: &mut Outbox) {
        let Some(id) = scanned.talk else { return };
        let list = self.list.shown().cloned().unwrap_or_default();
        let may = scene.frozen.is_none();
        ui.add_space(space::M);
        section_with(ui, "扫描件", |ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            if ui.add(Button::link("记纸质…").small().enabled(may)).clicked() {
                out.open(EvidenceDialog::paper(Belongs::Talk(id), &format!("谈话 {}", scanned.number), scene.today));
            }
            let takes = may && !scanned.is_restricted;
            if ui.add(Button::link("添扫描件…").icon(Icon::Paperclip).small().enabled(takes)).clicked() {
                self.shelf.incoming.choose(Goal::of(Belongs::Talk(id)), out);
            }
            let count = list.iter().filter(|scan| scan.is_final).count();
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| weak(ui, &count.to_string()));
        });
        if let Some(wish) = self.shelf.pieces_ui(ui, &list, Look { whose: "", may, moves: false }) {
            // A scan stays with its talk.
            drop(self.shelf.act(wish, scene, out));
        }
        ui.add_space(space::XS);
        match (scanned.is_restricted, list.is_empty()) {
            (true, _) => quiet_line(ui, &format!("{RESTRICTED}；可以记下纸质原件存放的位置")),
            (false, true) => quiet_line(ui, "把签过字的记录扫描或拍照，拖到这里，或按 Ctrl+V 粘贴"),
            (false, false) => {}
        }
    }
}
