//! 材料 wherever it belongs: pieces with their pictures and versions, how they come in, and what can be done with them.
//! Must never change anything but by the commands it wishes for. Start at [`Shelf`].

mod incoming;
mod pictures;
mod pieces;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use egui::{Area, Id, Order, Rect, Ui, vec2};
use serde_json::json;

use incoming::attach_slot;
pub use incoming::{Goal, Incoming};
pub use pieces::{Look, PieceWish};

use crate::command::{Command, EditEvidence, RemoveEvidence};
use crate::domain::checklists::{Belongs, Evidence, EvidenceKind};
use crate::domain::ids::EvidenceId;
use crate::engine::folders::FileAsk;
use crate::exchange::attachments::Absent;
use crate::ui::dialogs::archives::EvidenceDialog;
use crate::ui::outbox::{Attached, Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::drop_notice;
use pictures::Pictures;

/// What is kept of evidence between frames.
#[derive(Debug)]
pub struct Shelf {
    pub incoming: Incoming,
    pictures: Pictures,
    /// The pieces whose older versions are seen, by their first.
    unfolded: HashSet<EvidenceId>,
    /// For which file a place is being chosen.
    saving: Option<Attached>,
    save_slot: Slot,
    /// Files that cannot be opened.
    absent: Arc<Absent>,
    /// The first of what was attached last, until it was brought into sight.
    attached: Option<EvidenceId>,
}

impl Shelf {
    /// `name` tells those of the window apart.
    pub fn new(name: &str) -> Self {
        Self {
            incoming: Incoming::new(name),
            pictures: Pictures::default(),
            unfolded: HashSet::new(),
            saving: None,
            save_slot: Slot::new(format!("{name}: save")),
            absent: Arc::default(),
            attached: None,
        }
    }

    /// Goes on with what has arrived. Called in each frame.
    pub fn follow(&mut self, ui: &Ui, scene: &Scene<'_>, out: &mut Outbox) {
        self.incoming.follow(scene, out);
        self.pictures.follow(ui.ctx(), scene);
        self.absent = scene.absent.cloned().unwrap_or_default();
        if let Some(receipt) = scene.written(&attach_slot()) {
            self.attached = receipt.made.map(EvidenceId);
        }
        if let Some(path) = scene.chosen(&self.save_slot)
            && let Some(file) = self.saving.take()
        {
            out.wish(Wish::SaveAttachment(file, path));
        }
    }

    /// Does what was asked for; a piece that is to be moved is given back, for whoever knows where it can go.
    pub fn act(&mut self, wish: PieceWish, scene: &Scene<'_>, out: &mut Outbox) -> Option<Box<Evidence>> {
        match wish {
            PieceWish::Open(file) => out.wish(Wish::OpenAttachment(file)),
            PieceWish::SaveAs(file) => {
                out.choose_file(self.save_slot.clone(), save_ask(&file));
                self.saving = Some(file);
            }
            PieceWish::Edit(piece) => out.open(EvidenceDialog::of(&piece, scene.today)),
            PieceWish::NewVersion(piece) => {
                self.incoming.choose(Goal { to: piece.belongs, version_of: Some(piece.id) }, out);
            }
            PieceWish::MakeFinal(id) => {
                let set = BTreeMap::from([("final".to_owned(), json!(true))]);
                out.run(Slot::new("evidence"), Command::EditEvidence(EditEvidence { id, set }));
            }
            PieceWish::Remove(id) => {
                out.run(Slot::new("evidence"), Command::RemoveEvidence(RemoveEvidence { ids: vec![id] }));
            }
            PieceWish::Move(piece) => return Some(piece),
        }
        None
    }
}

fn save_ask(file: &Attached) -> FileAsk {
    let ending = file.name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let mut ask = FileAsk::save("另存材料", "文件", &ending, &file.name);
    if ending.is_empty() {
        ask.endings.clear();
    }
    ask
}

/// The file of a piece; none of paper.
pub fn attached(piece: &Evidence) -> Option<Attached> {
    match &piece.kind {
        EvidenceKind::File { name, hash, .. } => Some(Attached { name: name.clone(), hash: hash.clone() }),
        EvidenceKind::Paper { .. } => None,
    }
}

/// Takes what is dropped and pasted onto a page: to what the pointer is over, else to `chosen`.
pub struct Receiving<'r> {
    /// What files go to where the pointer is over nothing that takes them, and its title.
    pub chosen: Option<(Belongs, &'r str)>,
    /// The same of what the pointer is over now.
    pub under: Option<(Belongs, &'r str)>,
    /// Why nothing may be changed.
    pub frozen: Option<&'r str>,
}

impl Receiving<'_> {
    /// Says over `area` where files that are dragged would go, and takes those that were dropped or pasted.
    pub fn run(&self, ui: &Ui, area: Rect, incoming: &mut Incoming, scene: &Scene<'_>, out: &mut Outbox) {
        if ui.input(|input| !input.raw.hovered_files.is_empty()) {
            self.tell(ui, area);
        }
        let pasted = incoming.is_paste_pressed(ui);
        let dropped = incoming.take_drop(ui);
        if !pasted && dropped.is_none() {
            return;
        }
        if let Some(why) = self.frozen {
            out.refuse(format!("没有附上：{why}"));
            return;
        }
        if pasted && let Some((to, _)) = self.chosen {
            incoming.paste(scene, to);
        }
        if let Some(paths) = dropped
            && let Some((to, _)) = self.under.or(self.chosen)
        {
            incoming.bring(paths, scene, to);
        }
        ui.ctx().request_repaint();
    }

    fn tell(&self, ui: &Ui, area: Rect) {
        let is_seen = ui.input(|input| input.pointer.hover_pos().is_some());
        let words = match (self.frozen, self.under, self.chosen) {
            (Some(why), ..) => format!("现在不能附材料：{why}"),
            (None, Some((_, title)), _) => format!("松开鼠标，附到“{title}”"),
            (None, None, Some((_, title))) if is_seen => format!("松开鼠标，附到“{title}”"),
            // While files are dragged many systems do not tell where the pointer is.
            (None, None, Some((_, title))) => format!("松开鼠标，附到指针下的一项；别处附到“{title}”"),
            (None, None, None) => "先选一项，再把文件拖进来".to_owned(),
        };
        let place = area.center_bottom() - vec2(0.0, space::XL);
        Area::new(Id::unique("files dragged over the page"))
            .order(Order::Foreground)
            .pivot(egui::Align2::CENTER_BOTTOM)
            .fixed_pos(place)
            .interactable(false)
            .show(ui.ctx(), |ui| drop_notice(ui, &words));
    }
}
