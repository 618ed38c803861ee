//! Owns the long table: sticky columns, sideways scrolling, a million rows at the cost of those seen.
//! Must never know whose rows it shows: the caller gives cells and hears what the user did.
//! Start at [`Table`] and [`TableRows`].

mod block;
mod cells;
mod coat;
mod columns;
mod drag;
mod head;
mod keys;

use std::ops::Range;

use egui::{Align2, CornerRadius, Rangef, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

pub use block::{Block, CellPlace, CellSpot, Extent, Step};
pub use cells::Cell;
pub use columns::{Column, ColumnState, SortMark};

use super::{EmptyState, Tick};
use crate::ui::theme::{self, height};
use coat::{Coat, Setup};

/// Width of the column of boxes.
pub const TICK_WIDTH: f32 = 36.0;
/// Room at the left and right of a cell.
const INSET: f32 = 8.0;
/// Extra room at the right of the last column, where the scroll bar lies over it.
const BAR_INSET: f32 = 8.0;

/// The rows of a table. Only rows that are seen are ever asked for.
pub trait TableRows {
    /// How many rows there are.
    fn row_count(&self) -> usize;

    /// What stands in a cell; `column` is the id of the column.
    fn cell(&self, row: usize, column: &str) -> Cell<'_>;

    /// The accessible name of a row, and of its box after 选择.
    fn row_name(&self, row: usize) -> String;

    /// Whether the row is selected.
    fn is_selected(&self, row: usize) -> bool {
        let _ = row;
        false
    }

    /// Whether the box of the row is ticked.
    fn is_ticked(&self, row: usize) -> bool {
        self.is_selected(row)
    }

    /// Whether the row is only shown greyed: 已转出, 作废.
    fn is_dim(&self, row: usize) -> bool {
        let _ = row;
        false
    }

    /// Where the row stands in a tree, if the rows are one: its first cell is indented and gets the caret.
    fn outline(&self, row: usize) -> Option<Outline> {
        let _ = row;
        None
    }

    /// Tells which rows will be asked for in this frame.
    fn prepare(&mut self, rows: Range<usize>) {
        let _ = rows;
    }
}

/// Where a row stands in a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outline {
    /// 0 for the outermost.
    pub depth: usize,
    /// Whether it is open; `None` where nothing is within.
    pub open: Option<bool>,
}

/// What the user did with a table.
#[derive(Debug, Clone, PartialEq)]
pub enum TableEvent {
    /// The cursor stands on this row now, by a click or a key.
    Cursor(usize),
    /// The row was clicked. `toggle` with Ctrl, `extend` with Shift.
    Clicked { row: usize, toggle: bool, extend: bool },
    /// The row was double-clicked, or Enter was pressed on it.
    Opened(usize),
    /// The box of the row, or Space on the row.
    Toggled(usize),
    /// Shift with a key: everything from the row where extending began to this row.
    Extended { from: usize, to: usize },
    /// Ctrl+A, or the box in the head while it was not ticked.
    AllSelected,
    /// Esc, or the box in the head while it was ticked.
    NoneSelected,
    /// A head was pressed. `add` with Shift: as a further order.
    SortAsked { column: String, add: bool },
    /// The row was dragged to before this one; to the number of rows for the end.
    RowMoved { row: usize, before: usize },
    /// A column was dragged to another place; the list of states already says so.
    ColumnMoved { column: String, to: usize },
    /// A column was given another width; its state already says so.
    ColumnResized { column: String, width: f32 },
    /// A cell that is a link was pressed.
    LinkPressed { row: usize, column: String },
    /// In a table of cells: a cell was pressed, or with `extend` the block was drawn as far as this cell.
    CellPressed { cell: CellPlace, extend: bool },
    /// In a table of cells: a cell was double-clicked.
    CellOpened(CellPlace),
    /// The caret of the row, or ← → on it: it is to show or to hide what is within it.
    Folded { row: usize, open: bool },
}

/// What came of drawing a table.
pub struct TableResponse {
    /// What the user did, in order.
    pub events: Vec<TableEvent>,
    /// The rows that were seen.
    pub visible_rows: Range<usize>,
    /// The row the pointer is over, if it is over one.
    pub hovered: Option<usize>,
    /// Where the cell that is stood on was drawn, if it is seen.
    pub cell: Option<CellSpot>,
    /// How large the table is, for steps by keys.
    pub extent: Extent,
    /// The body, which has the focus when the table has it.
    pub response: Response,
}

type RowMenu<'a> = &'a mut (dyn FnMut(&mut Ui, usize) + 'a);
type HeadMenu<'a> = &'a mut (dyn FnMut(&mut Ui, &str) + 'a);

/// A long table.
#[must_use = "show it"]
pub struct Table<'a> {
    salt: &'a str,
    name: &'a str,
    columns: &'a [Column<'a>],
    states: &'a mut Vec<ColumnState>,
    row_height: f32,
    sticky: usize,
    ticks: Option<Tick>,
    rows_move: bool,
    cursor: Option<usize>,
    reveal: Option<usize>,
    block: Option<Block>,
    reveal_column: Option<usize>,
    row_menu: Option<RowMenu<'a>>,
    head_menu: Option<HeadMenu<'a>>,
    empty: Option<EmptyState<'a>>,
}

impl<'a> Table<'a> {
    /// `salt` tells the tables of a page apart, `name` is the accessible name.
    ///
    /// `states` holds order, width and visibility of the columns. Columns it does not name are added at its end,
    /// those it names wrongly are dropped.
    pub fn new(salt: &'a str, name: &'a str, columns: &'a [Column<'a>], states: &'a mut Vec<ColumnState>) -> Self {
        Self {
            salt,
            name,
            columns,
            states,
            row_height: height::ROW,
            sticky: 1,
            ticks: None,
            rows_move: false,
            cursor: None,
            reveal: None,
            block: None,
            reveal_column: None,
            row_menu: None,
            head_menu: None,
            empty: None,
        }
    }

    /// Height of a row: 30, or 34 where rows hold buttons.
    pub fn row_height(mut self, height: f32) -> Self {
        self.row_height = height;
        self
    }

    /// How many visible columns stay in place while the others scroll, the boxes not counted.
    pub fn sticky(mut self, columns: usize) -> Self {
        self.sticky = columns;
        self
    }

    /// With a column of boxes; `all` is what the box in the head shows.
    pub fn ticks(mut self, all: Tick) -> Self {
        self.ticks = Some(all);
        self
    }

    /// Rows can be dragged to another place.
    pub fn rows_move(mut self, may: bool) -> Self {
        self.rows_move = may;
        self
    }

    /// The row the keys stand on.
    pub fn cursor(mut self, row: Option<usize>) -> Self {
        self.cursor = row;
        self
    }

    /// Scrolls so that this row is seen. Ask for it in one frame only.
    pub fn reveal(mut self, row: Option<usize>) -> Self {
        self.reveal = row;
        self
    }

    /// A table of cells: this block is selected, and the pointer selects cells instead of rows. The keys are left to
    /// whoever holds the block.
    pub fn block(mut self, block: Option<Block>) -> Self {
        self.block = block;
        self
    }

    /// Scrolls so that this visible column is seen. Ask for it in one frame only.
    pub fn reveal_column(mut self, column: Option<usize>) -> Self {
        self.reveal_column = column;
        self
    }

    /// The menu of a row, for the right button.
    pub fn row_menu(mut self, menu: RowMenu<'a>) -> Self {
        self.row_menu = Some(menu);
        self
    }

    /// The menu of a head, for its caret and the right button; gets the id of the column.
    pub fn head_menu(mut self, menu: HeadMenu<'a>) -> Self {
        self.head_menu = Some(menu);
        self
    }

    /// What is said while there are no rows.
    pub fn empty(mut self, empty: EmptyState<'a>) -> Self {
        self.empty = Some(empty);
        self
    }

    /// Draws the table over all room there is.
    pub fn show(self, ui: &mut Ui, rows: &mut dyn TableRows) -> TableResponse {
        let salt = self.salt;
        ui.push_id(salt, |ui| show(ui, self, rows)).inner
    }
}

fn show(ui: &mut Ui, table: Table<'_>, rows: &mut dyn TableRows) -> TableResponse {
    columns::complete(table.columns, table.states);
    let area = ui.available_rect_before_wrap();
    let body = area.with_min_y((area.top() + height::HEAD).min(area.bottom()));
    let response = ui.interact(body, ui.scope_id().with("body"), Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, table.name));
    head::ground(ui, area);

    let mut events = Vec::new();
    let count = rows.row_count();
    let page = ((body.height() / table.row_height).floor() as usize).saturating_sub(1).max(1);
    let moved = if table.block.is_some() {
        None
    } else {
        let moved = keys::handle(ui, &response, keys::Place { cursor: table.cursor, count, page }, &mut events);
        keys::handle_outline(ui, &response, moved.or(table.cursor), rows, &mut events).or(moved)
    };
    let cursor = moved.or(table.cursor).filter(|row| *row < count);
    let menu_asked = if table.row_menu.is_some() { keys::menu_asked(ui, &response, cursor) } else { None };
    if let Some(row) = menu_asked {
        ui.ctx().data_mut(|data| data.insert_temp(coat::asked_menu(response.id), row));
    }

    let places = columns::places(table.columns, table.states, table.ticks.is_some(), area.width());
    let sticky = table.sticky.min(places.len().saturating_sub(usize::from(table.ticks.is_some())))
        + usize::from(table.ticks.is_some());
    let inner = egui_table::Table::new()
        .id_salt("cells")
        .num_rows(count as u64)
        .columns(places.iter().map(|place| place.column()).collect::<Vec<_>>())
        .num_sticky_cols(sticky)
        .headers([egui_table::HeaderRow::new(height::HEAD)]);
    let reveal = moved.or(menu_asked).or(table.reveal).or(drag::next(ui, response.id)).filter(|row| *row < count);
    let inner = match reveal {
        Some(row) => inner.scroll_to_row(row as u64, None),
        None => inner,
    };
    let ticks = usize::from(table.ticks.is_some());
    let inner =
        match table.reveal_column.map(|column| column + ticks).filter(|column| (sticky..places.len()).contains(column))
        {
            Some(column) => inner.scroll_to_column(column, None),
            None => inner,
        };
    let extent = Extent { rows: count, columns: places.len() - ticks, page };
    let setup = Setup {
        row_height: table.row_height,
        cursor,
        block: table.block,
        ticks: table.ticks,
        rows_move: table.rows_move,
        body,
        body_id: response.id,
    };
    let mut coat = Coat::new(ui, setup, &places, rows).menus(table.row_menu, table.head_menu);
    let id = ui
        .scope(|ui| {
            quiet_lines_and_bars(ui, body);
            let id = inner.get_id(ui);
            columns::give_widths(ui.ctx(), id, &places);
            inner.show(ui, &mut coat);
            id
        })
        .inner;
    let drag = drag::follow(ui, response.id, body, coat.seen(), count);
    if matches!(drag, drag::Drag::Dropped { .. }) && table.block.is_none() {
        response.request_focus();
    }
    let done = coat.finish(ui, drag);
    events.extend(done.events);
    if let Some(heights) = done.cursor_heights.filter(|_| response.has_focus() && table.block.is_none()) {
        cursor_ring(ui, body, heights);
    }
    head::drop_line(ui, area, done.drop_x);
    row_drop_line(ui, body, done.drop_y);
    // While a popup or drawer is measured the columns are as narrow as what stands in them: nobody dragged them so.
    if !ui.is_sizing_pass() {
        columns::take_widths(ui.ctx(), id, &places, table.states, &mut events);
    }
    if let Some((column, to)) = done.dropped {
        columns::move_to(table.states, &column, to);
        events.push(TableEvent::ColumnMoved { column, to });
    }
    if count == 0
        && let Some(empty) = table.empty
    {
        empty.show_in(ui, body);
    }
    let (visible_rows, hovered, cell) = (done.visible_rows, done.hovered, done.cell);
    TableResponse { events, visible_rows, hovered, cell, extent, response }
}

/// The ring around the row the keys stand on, with what lies under the head clipped off.
fn cursor_ring(ui: &Ui, body: Rect, heights: Rangef) {
    let ring = Rect::from_x_y_ranges(body.x_range(), heights);
    let stroke = egui::Stroke::new(2.0, theme::tokens(ui).focus);
    let clipped = ui.painter().with_clip_rect(body.intersect(ui.clip_rect()));
    clipped.rect_stroke(ring, CornerRadius::ZERO, stroke, egui::StrokeKind::Inside);
}

/// The line where a dragged row would land.
fn row_drop_line(ui: &Ui, body: Rect, y: Option<f32>) {
    if let Some(y) = y.filter(|y| body.y_range().expand(1.0).contains(*y)) {
        let line = Rect::from_x_y_ranges(body.x_range(), Rangef::point(y).expand(1.0));
        ui.painter().rect_filled(line, 0, theme::tokens(ui).focus);
    }
}

/// No line after each resizable column unless the pointer is on its edge in the head, and scroll handles that are
/// seen on the sheet.
fn quiet_lines_and_bars(ui: &mut Ui, body: Rect) {
    let t = theme::tokens(ui);
    let is_in_body = ui.input(|input| input.pointer.hover_pos().is_some_and(|pos| body.contains(pos)));
    let widgets = &mut ui.visuals_mut().widgets;
    widgets.noninteractive.bg_stroke = egui::Stroke::NONE;
    if is_in_body {
        widgets.hovered.bg_stroke = egui::Stroke::NONE;
    }
    super::sheet::scroll_handles(t, widgets);
}

/// Where a text of a cell lies within the cell.
fn inside(rect: Rect, last: bool) -> Rect {
    let right = if last { INSET + BAR_INSET } else { INSET };
    Rect::from_min_max(
        pos2(rect.left() + INSET, rect.top()),
        pos2((rect.right() - right).max(rect.left()), rect.bottom()),
    )
}

/// How cells align: numbers at the right, all else at the left.
fn align(right: bool) -> Align2 {
    if right { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER }
}

/// The box in the middle of the column of boxes.
fn tick_slot(rect: Rect) -> Rect {
    Rect::from_center_size(pos2(rect.left() + TICK_WIDTH / 2.0, rect.center().y), vec2(16.0, 16.0))
}
