//! Owns the columns of a table: what they are, and the order, width and visibility the user gave them.
//! Must never know cells. Start at [`Column`] and [`ColumnState`].

use egui::{Context, Id, Rangef};
use egui_table::TableState;

use super::{TICK_WIDTH, TableEvent};

/// By which column the rows are ordered, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortMark {
    /// From small to large, from early to late.
    pub ascending: bool,
    /// 1 for the first order, 2 for the one within it.
    pub order: usize,
}

/// A column as the program knows it.
#[derive(Debug, Clone)]
pub struct Column<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) width: f32,
    pub(super) right: bool,
    pub(super) sortable: bool,
    pub(super) sort: Option<SortMark>,
    pub(super) shown_first: bool,
    pub(super) locked: bool,
}

impl<'a> Column<'a> {
    /// A column of text; `id` names it for the program, `title` for the user.
    pub fn new(id: &'a str, title: &'a str, width: f32) -> Self {
        Self { id, title, width, right: false, sortable: true, sort: None, shown_first: true, locked: false }
    }

    /// Whether it is the one with this id.
    pub fn is(&self, id: &str) -> bool {
        self.id == id
    }

    /// A column of numbers: head and cells at the right.
    pub fn right(mut self) -> Self {
        self.right = true;
        self
    }

    /// A column that rows cannot be ordered by.
    pub fn unsortable(mut self) -> Self {
        self.sortable = false;
        self
    }

    /// How the rows are ordered by this column now.
    pub fn sort(mut self, sort: Option<SortMark>) -> Self {
        self.sort = sort;
        self
    }

    /// Nothing can be written into its cells: in a table of cells they stand on another ground.
    pub fn locked(mut self, locked: bool) -> Self {
        self.locked = locked;
        self
    }

    /// Not shown until the user asks for it.
    pub fn hidden_first(mut self) -> Self {
        self.shown_first = false;
        self
    }
}

/// What the user made of a column. The order of a list of these is the order on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnState {
    /// Id of the [`Column`].
    pub id: String,
    /// In points.
    pub width: f32,
    /// Whether it is shown.
    pub visible: bool,
}

/// A column at its place on the screen.
pub(super) struct Place<'a> {
    /// `None` for the column of boxes.
    pub known: Option<&'a Column<'a>>,
    pub width: f32,
    pub resizable: bool,
    pub last: bool,
}

impl Place<'_> {
    pub fn id(&self) -> Id {
        Id::unique(("column", self.known.map_or("", |column| column.id)))
    }

    pub fn column(&self) -> egui_table::Column {
        let range = if self.resizable { Rangef::new(40.0, 1_200.0) } else { Rangef::point(self.width) };
        egui_table::Column::new(self.width).id(self.id()).resizable(self.resizable).range(range)
    }
}

/// Brings the list of states in line with the columns there are.
pub(super) fn complete(columns: &[Column<'_>], states: &mut Vec<ColumnState>) {
    states.retain(|state| columns.iter().any(|column| column.id == state.id));
    for column in columns {
        if !states.iter().any(|state| state.id == column.id) {
            states.push(ColumnState { id: column.id.to_owned(), width: column.width, visible: column.shown_first });
        }
    }
}

/// The visible columns from left to right; the last takes what room is left.
pub(super) fn places<'a>(
    columns: &'a [Column<'a>],
    states: &[ColumnState],
    ticks: bool,
    available: f32,
) -> Vec<Place<'a>> {
    let mut places = Vec::new();
    if ticks {
        places.push(Place { known: None, width: TICK_WIDTH, resizable: false, last: false });
    }
    for state in states.iter().filter(|state| state.visible) {
        let known = columns.iter().find(|column| column.id == state.id);
        places.push(Place { known, width: state.width, resizable: true, last: false });
    }
    let others: f32 = places.iter().rev().skip(1).map(|place| place.width).sum();
    if let Some(last) = places.last_mut() {
        last.width = last.width.max(available - others);
        last.resizable = false;
        last.last = true;
    }
    places
}

/// Tells egui_table the widths, which it would otherwise take from the content in the first frame.
pub(super) fn give_widths(ctx: &Context, id: Id, places: &[Place<'_>]) {
    let mut state = TableState::load(ctx, id).unwrap_or_default();
    for place in places {
        state.col_widths.insert(place.id(), place.width);
    }
    state.store(ctx, id);
}

/// Takes over the widths that the user has dragged.
pub(super) fn take_widths(
    ctx: &Context,
    id: Id,
    places: &[Place<'_>],
    states: &mut [ColumnState],
    events: &mut Vec<TableEvent>,
) {
    let Some(shown) = TableState::load(ctx, id) else { return };
    for place in places.iter().filter(|place| place.resizable) {
        let Some(column) = place.known else { continue };
        let Some(width) = shown.col_widths.get(&place.id()).copied().filter(|width| *width != place.width) else {
            continue;
        };
        if let Some(state) = states.iter_mut().find(|state| state.id == column.id) {
            state.width = width.round();
            events.push(TableEvent::ColumnResized { column: column.id.to_owned(), width: state.width });
        }
    }
}

/// Moves a column so that it stands before the visible column that is now at `to`.
pub(super) fn move_to(states: &mut Vec<ColumnState>, column: &str, to: usize) {
    let Some(from) = states.iter().position(|state| state.id == column) else { return };
    let visible: Vec<usize> = states.iter().enumerate().filter(|(_, state)| state.visible).map(|(i, _)| i).collect();
    let target = visible.get(to).copied().unwrap_or(states.len());
    let state = states.remove(from);
    let target = if target > from { target - 1 } else { target };
    states.insert(target.min(states.len()), state);
}

#[cfg(test)]
mod tests {
    use super::{Column, ColumnState, complete, move_to, places};

    fn ids(states: &[ColumnState]) -> Vec<&str> {
        states.iter().map(|state| state.id.as_str()).collect()
    }

    fn three() -> Vec<ColumnState> {
        ["name", "birth", "branch"].map(|id| ColumnState { id: id.into(), width: 100.0, visible: true }).to_vec()
    }

    #[test]
    fn a_moved_column_stands_before_the_one_it_was_dropped_on() {
        let mut states = three();
        move_to(&mut states, "branch", 0);
        assert_eq!(ids(&states), ["branch", "name", "birth"]);
        move_to(&mut states, "branch", 2);
        assert_eq!(ids(&states), ["name", "branch", "birth"]);
        move_to(&mut states, "name", 3);
        assert_eq!(ids(&states), ["branch", "birth", "name"]);
    }

    #[test]
    fn states_follow_the_columns_there_are() {
        let columns = [Column::new("name", "姓名", 84.0), Column::new("phone", "联系电话", 120.0).hidden_first()];
        let mut states = three();
        complete(&columns, &mut states);
        assert_eq!(ids(&states), ["name", "phone"]);
        assert!(!states[1].visible);
    }

    #[test]
    fn the_last_column_takes_the_rest() {
        let columns = [Column::new("name", "姓名", 84.0), Column::new("branch", "所在党支部", 120.0)];
        let mut states = Vec::new();
        complete(&columns, &mut states);
        let places = places(&columns, &states, true, 500.0);
        assert_eq!(places.iter().map(|place| place.width).sum::<f32>(), 500.0);
        assert!(!places[2].resizable);
    }
}
