//! Owns what the lists of archives have in common: columns that count how each one stands, and the strip that counts
//! all of them. Must never change anything.

use egui::Ui;

use super::rows::tone_of;
use crate::domain::checklists::{ItemState, Progress};
use crate::ui::theme::space;
use crate::ui::widgets::{Cell, Column, strip, weak};

/// A column for each state (有、部分、缺、不适用).
pub(super) fn columns(width: f32) -> Vec<Column<'static>> {
    let column = |state: ItemState| Column::new(state.name(), state.label(), width).right().unsortable();
    ItemState::ALL.into_iter().map(column).collect()
}

/// What stands in one of these columns; unknown where no checklist is made. Nothing in any other column.
pub(super) fn cell(progress: Option<Progress>, column: &str) -> Cell<'static> {
    let Some(state) = ItemState::from_name(column) else { return Cell::default() };
    match progress.map(|progress| progress.of(state)) {
        None => Cell::unknown(),
        Some(0) => Cell::text("0").weak(),
        Some(count) => Cell::text(count.to_string()).tone(tone_of(state)),
    }
}

/// How many of the lines have a checklist, and how all of them together stand: 「已建 3 / 8 个党组织　有 40 …」.
pub(super) fn strip_ui(ui: &mut Ui, lines: impl ExactSizeIterator<Item = Option<Progress>>, unit: &str) {
    let count = lines.len();
    let made: Vec<Progress> = lines.flatten().collect();
    let whole = made.iter().fold(Progress::default(), |whole, one| whole.and(*one));
    strip(ui, |ui| {
        ui.spacing_mut().item_spacing.x = space::XL;
        weak(ui, &format!("已建 {} / {count} {unit}", made.len()));
        for state in ItemState::ALL {
            weak(ui, &format!("{} {}", state.label(), whole.of(state)));
        }
    });
}
