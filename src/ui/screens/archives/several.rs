//! Owns the right column where several items are selected: one state, one owner, one day for all of them.
//! Must never change anything but by the commands it wishes for. Start at [`Several::show`].

use std::collections::BTreeMap;

use egui::{Frame, Margin, ScrollArea, Ui};
use serde_json::{Value, json};

use super::rows::full_title;
use super::states::{holding, leaves, set_state, state_of};
use crate::command::{Command, EditChecklistItems};
use crate::domain::ids::{ChecklistItemId, OrganisationId};
use crate::ui::dialogs::day_field::DayField;
use crate::ui::dialogs::typed_date::Yearless;
use crate::ui::outbox::{Outbox, Slot};
use crate::ui::scene::Scene;
use crate::ui::screens::talks::people_field::{PeopleField, PeopleLook};
use crate::ui::theme::{height, space};
use crate::ui::widgets::{Button, StateControl, heading, label, note, rule, small_link, wrapped_note};
use crate::view::checklists::ChecklistBoard;
use crate::view::talks::Seat;

/// So many titles are named; of the rest the number is told.
const MOST_NAMED: usize = 12;
/// Width of the field of a day.
const DAY: f32 = 144.0;

/// What is written for all that are selected, until it is taken.
#[derive(Debug, Default)]
pub(super) struct Several {
    owner: Vec<Seat>,
    owner_field: PeopleField,
    due: Option<DayField>,
}

impl Several {
    /// Draws the column over all room there is; gives back whether nothing is to be selected any more.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        board: &ChecklistBoard,
        ids: &[ChecklistItemId],
        out: &mut Outbox,
    ) -> bool {
        let mut is_left = false;
        ScrollArea::vertical().auto_shrink(false).id_salt("several").show(ui, |ui| {
            let margin = Margin { left: 16, right: 16, top: 12, bottom: 16 };
            Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::S;
                ui.horizontal(|ui| {
                    ui.set_min_height(height::SMALL);
                    heading(ui, &format!("选了 {} 项", ids.len()));
                    is_left = small_link(ui, "取消选择", "取消选择").clicked();
                });
                rule(ui);
                wrapped_note(ui, &named(board, ids));
                ui.add_space(space::S);
                ui.add_enabled_ui(scene.frozen.is_none(), |ui| {
                    states_ui(ui, board, ids, out);
                    ui.add_space(space::S);
                    self.duties_ui(ui, scene, board.checklist.organisation, ids, out);
                });
            });
        });
        is_left
    }

    fn duties_ui(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        near: OrganisationId,
        ids: &[ChecklistItemId],
        out: &mut Outbox,
    ) {
        let due =
            self.due.get_or_insert_with(|| DayField::open(scene.today, None).yearless(Yearless::From(scene.today)));
        let whole = ui.available_width();
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let look = PeopleLook::new("责任人", whole - DAY - space::M).one().hint("选人或写姓名");
            self.owner_field.show(ui, scene, Some(near), &mut self.owner, look);
            due.show_writing(ui, "期限", DAY);
        });
        let is_readable = due.is_readable();
        let set = self.written();
        let words = format!("给 {} 项写上", ids.len());
        if ui.add_enabled(is_readable && !set.is_empty(), Button::primary(&words)).clicked() {
            let command = Command::EditChecklistItems(EditChecklistItems { ids: ids.to_vec(), set });
            out.run(Slot::new("checklist duties of several"), command);
            *self = Self::default();
        }
        note(ui, "空着的不改");
    }

    /// What is to be written of the fields that are filled.
    fn written(&self) -> BTreeMap<String, Value> {
        let mut set = BTreeMap::new();
        // A name that was written and not picked is somebody in no roster.
        let pending = self.owner_field.pending().map(Seat::named);
        if let Some(seat) = self.owner.first().cloned().or(pending) {
            match seat.person {
                Some(id) => set.insert("owner_id".to_owned(), json!(id)),
                None => set.insert("owner".to_owned(), json!(seat.name)),
            };
        }
        if let Some(due) = self.due.as_ref().and_then(DayField::date) {
            set.insert("due".to_owned(), json!(due));
        }
        set
    }

    /// Whether something stands in a field that is not written.
    pub fn is_dirty(&self) -> bool {
        !self.written().is_empty()
    }
}

/// The state that all of them have, if it is one, to be chosen anew for all.
fn states_ui(ui: &mut Ui, board: &ChecklistBoard, ids: &[ChecklistItemId], out: &mut Outbox) {
    let all = leaves(board, ids);
    let first = all.first().map(|line| line.standing.state);
    let common = first.filter(|state| all.iter().all(|line| line.standing.state == *state));
    label(ui, "状态");
    if let Some(chosen) = StateControl::new("选中各项的状态", common.map(holding)).show(ui) {
        set_state(board, ids, state_of(chosen), out);
    }
}

/// 「01 支部基本情况、02 党员名册与统计 等 14 项」
fn named(board: &ChecklistBoard, ids: &[ChecklistItemId]) -> String {
    let titles: Vec<String> = ids.iter().filter_map(|id| board.line(*id)).map(full_title).collect();
    match titles.get(..MOST_NAMED) {
        Some(first) if titles.len() > MOST_NAMED => format!("{} 等 {} 项", first.join("、"), titles.len()),
        _ => titles.join("、"),
    }
}
