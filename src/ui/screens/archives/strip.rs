//! Owns the strip over a checklist: a square for each item at the top, and how many stand how.
//! Must never change anything: it says what was pressed. Start at [`show`].

use egui::{Align, Layout, Rect, Sense, Ui, UiBuilder, vec2};

use super::rows::{Only, full_title};
use super::states::holding;
use crate::domain::checklists::ItemState;
use crate::domain::ids::ChecklistItemId;
use crate::ui::scene::Width;
use crate::ui::theme::space;
use crate::ui::widgets::{Figure, StateSquare, StateSquares, figure, sheet, weak};
use crate::view::checklists::ChecklistBoard;

/// Room that the counts take at the right.
const COUNTS: f32 = 322.0;
const NARROW_COUNTS: f32 = 268.0;

/// What was pressed.
pub(super) enum Pressed {
    Item(ChecklistItemId),
    Only(Only),
}

/// Draws the strip over the whole width.
pub(super) fn show(
    ui: &mut Ui,
    board: &ChecklistBoard,
    chosen: Option<ChecklistItemId>,
    only: Only,
    width: Width,
) -> Option<Pressed> {
    let top: Vec<_> = board.parts(None).collect();
    let squares: Vec<StateSquare> = top
        .iter()
        .map(|line| StateSquare {
            name: format!("{}：{}", full_title(line), line.standing.state.label()),
            state: holding(line.standing.state),
        })
        .collect();
    let place = top.iter().position(|line| Some(line.item.id) == chosen);
    let (counts, gap, tall) = match width {
        Width::Narrow => (NARROW_COUNTS, space::M, 38.0),
        Width::Medium => (COUNTS, space::L, 46.0),
        Width::Wide => (COUNTS, space::XL, 46.0),
    };
    let mut pressed = None;
    sheet(ui, 0, |ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tall), Sense::hover());
        let inner = rect.shrink2(vec2(space::L, 0.0));
        let layout = Layout::left_to_right(Align::Center);
        let mut left = ui.new_child(UiBuilder::new().max_rect(inner).id_salt("squares").layout(layout));
        if let Some(place) = StateSquares::new(&squares, place).show(&mut left, inner.width() - counts) {
            pressed = top.get(place).map(|line| Pressed::Item(line.item.id));
        }
        pressed = counts_ui(ui, inner, board, only, gap).map(Pressed::Only).or(pressed.take());
    });
    pressed
}

/// 「有 18 部分 5 缺 2 不适用 1 共 26 类」; a count lists those.
fn counts_ui(ui: &mut Ui, rect: Rect, board: &ChecklistBoard, only: Only, gap: f32) -> Option<Only> {
    let layout = Layout::right_to_left(Align::Center);
    let mut right = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("counts").layout(layout));
    right.spacing_mut().item_spacing.x = gap;
    let unit = if board.lines.iter().any(|line| line.has_parts) { "类" } else { "项" };
    weak(&mut right, &format!("共 {} {unit}", board.progress.total()));
    let mut pressed = None;
    for state in ItemState::ALL.into_iter().rev() {
        let value = board.progress.of(state).to_string();
        let is_open = only == Only::State(state);
        let shown = Figure::new(state.label(), &value, "").shows_name().open(is_open);
        if figure(&mut right, &shown).clicked() {
            pressed = Some(if is_open { Only::All } else { Only::State(state) });
        }
    }
    pressed
}
