//! Owns the right column: an item at the top with its parts, who answers by when, and its evidence.
//! Must never change anything but by the commands it wishes for. Start at [`Category::show`].

use egui::{Label, RichText, ScrollArea, Ui};

use super::duties::Duties;
use super::evidence::{self, EvidenceWish};
use super::rows::{by_records, full_title};
use super::states::{can_restore, holding, restore, set_state, state_of, with_parts};
use crate::domain::checklists::{By, OPTIONAL};
use crate::domain::ids::ChecklistItemId;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::screens::evidence::Shelf;
use crate::ui::theme::{self, Type, height, space};
use crate::ui::widgets::{
    Icon, IconButton, ItemRow, ItemRowEvent, heading, item_row, note, rule, small_link, text_width,
};
use crate::view::checklists::{ChecklistBoard, ItemLine};

/// What the column keeps between frames.
#[derive(Debug, Default)]
pub(super) struct Category {
    duties: Duties,
    /// The part that the pointer is over, if it is over one.
    pub under: Option<ChecklistItemId>,
}

/// What was asked for in the column.
pub(super) enum CategoryWish {
    Close,
    /// One of its items is looked at by itself.
    Focus(ChecklistItemId),
    Evidence(EvidenceWish),
}

/// What the column is about.
pub(super) struct Looked<'b> {
    pub board: &'b ChecklistBoard,
    /// The item at the top.
    pub top: &'b ItemLine,
    /// The same, or the part of it that is looked at by itself.
    pub line: &'b ItemLine,
    /// It lies over the page and has a ×.
    pub over: bool,
}

impl Category {
    /// Draws the column over all room there is.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        looked: &Looked<'_>,
        shelf: &mut Shelf,
        out: &mut Outbox,
    ) -> Option<CategoryWish> {
        let mut wish = None;
        self.under = None;
        ScrollArea::vertical().auto_shrink(false).id_salt(looked.top.item.id).show(ui, |ui| {
            let margin = egui::Margin { left: 16, right: 16, top: 12, bottom: 16 };
            egui::Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                wish = head_ui(ui, looked.top, looked.over);
                wish = self.states_ui(ui, scene, looked, out).or(wish.take());
                ui.add_space(space::M);
                wish = self.duties_ui(ui, scene, looked, out).or(wish.take());
                ui.add_space(space::M);
                let may = scene.frozen.is_none();
                let asked = evidence::show(ui, shelf, looked.board, looked.line, may);
                wish = asked.map(CategoryWish::Evidence).or(wish.take());
            });
        });
        wish
    }

    fn duties_ui(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        looked: &Looked<'_>,
        out: &mut Outbox,
    ) -> Option<CategoryWish> {
        let mut wish = None;
        if looked.line.item.id != looked.top.item.id {
            ui.horizontal(|ui| {
                ui.set_min_height(height::SMALL);
                heading(ui, &looked.line.item.title);
                if small_link(ui, "看全类", "看全类").clicked() {
                    wish = Some(CategoryWish::Focus(looked.top.item.id));
                }
            });
            standard_ui(ui, looked.line);
        }
        self.duties.show(ui, scene, looked.line, looked.board.checklist.organisation, out);
        wish
    }

    /// How the parts stand; of an item without parts, how it stands itself.
    fn states_ui(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        looked: &Looked<'_>,
        out: &mut Outbox,
    ) -> Option<CategoryWish> {
        let mut wish = None;
        let all = with_parts(looked.board, looked.top.item.id);
        let shown = if looked.top.has_parts { &all[1..] } else { all };
        for line in shown {
            let told = by_records(line).map(|told| format!("自动·{told}"));
            let by = told.as_deref().unwrap_or(match line.standing.by {
                By::Nothing if line.item.records().is_some() => "自动",
                By::Optional => OPTIONAL,
                _ => "",
            });
            let is_itself = line.item.id == looked.top.item.id;
            let row = ItemRow {
                title: &line.item.title,
                state: holding(line.standing.state),
                by,
                // Of the item that is looked at it stands in its field.
                reason: line.item.reason.as_deref().filter(|_| !is_itself).unwrap_or_default(),
                depth: line.depth.saturating_sub(1),
                is_chosen: line.item.id == looked.line.item.id && !is_itself,
                can_restore: can_restore(line),
                enabled: scene.frozen.is_none(),
            };
            let drawn = ui.push_id(line.item.id, |ui| item_row(ui, &row));
            if ui.rect_contains_pointer(drawn.response.rect) {
                self.under = Some(line.item.id);
            }
            match drawn.inner {
                Some(ItemRowEvent::Chosen) => wish = Some(CategoryWish::Focus(line.item.id)),
                Some(ItemRowEvent::Set(state)) => set_state(looked.board, &[line.item.id], state_of(state), out),
                Some(ItemRowEvent::Restored) => restore(line.item.id, out),
                None => {}
            }
        }
        wish
    }

    /// Whether something stands in a field that is not written.
    pub fn is_dirty(&self) -> bool {
        self.duties.is_dirty()
    }
}

fn head_ui(ui: &mut Ui, top: &ItemLine, closes: bool) -> Option<CategoryWish> {
    let t = theme::tokens(ui);
    let mut wish = None;
    let retention = top.item.retention.map(|retention| format!("保管期限建议 {}", retention.label()));
    ui.horizontal(|ui| {
        let right = retention.as_ref().map_or(0.0, |words| text_width(ui, words) + space::S);
        let room = ui.available_width() - right - if closes { height::CONTROL + space::S } else { 0.0 };
        ui.vertical(|ui| {
            ui.set_width(room);
            ui.add_space(2.0);
            let title = RichText::new(full_title(top)).font(Type::Section.font()).color(t.ink);
            ui.add(Label::new(title).selectable(true).wrap());
        });
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            if closes && ui.add(IconButton::new(Icon::X, "关闭").small()).clicked() {
                wish = Some(CategoryWish::Close);
            }
            if let Some(words) = &retention {
                note(ui, words);
            }
        });
    });
    ui.add_space(space::S);
    rule(ui);
    standard_ui(ui, top);
    ui.add_space(space::XS);
    wish
}

fn standard_ui(ui: &mut Ui, line: &ItemLine) {
    if let Some(standard) = &line.item.standard {
        let color = theme::tokens(ui).ink2;
        ui.add_space(space::S);
        ui.add(Label::new(RichText::new(standard).font(Type::Body.font()).color(color)).selectable(true).wrap());
        ui.add_space(space::XS);
    }
}
