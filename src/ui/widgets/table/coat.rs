//! Owns how rows and cells are painted and pressed: what `egui_table` leaves to its user.
//! Must never know keys or the order of columns. Start at [`Coat`].

use std::ops::Range;

use egui::{Id, Label, PointerButton, Pos2, Rangef, Rect, Response, RichText, Role, Sense, Ui, WidgetInfo, vec2};
use egui_table::{CellInfo, HeaderCellInfo, PrefetchInfo, TableDelegate};

use super::block::{Block, CellPlace, CellSpot};
use super::columns::{Column, Place};
use super::drag::{self, Drag};
use super::{Cell, HeadMenu, RowMenu, TableEvent, TableRows, align, head, inside, tick_slot};
use crate::ui::theme::{self, Tokens, Type};
use crate::ui::widgets::checkbox::put_tick;
use crate::ui::widgets::menu::{context_menu, menu_by_key};
use crate::ui::widgets::{Tick, badge, paint};
use lucide_icons::Icon;

/// The name of the menu of a row.
const ROW_MENU: &str = "本行";

/// Where the row is kept whose menu a key asked for.
pub fn asked_menu(body: Id) -> Id {
    body.with("asked menu")
}

/// What the whole table is drawn with.
#[derive(Clone, Copy)]
pub struct Setup {
    pub row_height: f32,
    pub cursor: Option<usize>,
    /// The cells that are selected, in a table of cells.
    pub block: Option<Block>,
    pub ticks: Option<Tick>,
    /// Rows can be dragged.
    pub rows_move: bool,
    /// The part below the head.
    pub body: Rect,
    /// What has the focus when the table has it.
    pub body_id: Id,
}

/// Paints rows and cells for one frame and gathers what the user did.
pub struct Coat<'a, 'menu> {
    places: &'a [Place<'a>],
    rows: &'a mut dyn TableRows,
    setup: Setup,
    hover_y: Option<f32>,
    /// What is seen of the part of the table whose row is being drawn.
    sight: Rect,
    t: &'static Tokens,
    row_menu: Option<RowMenu<'menu>>,
    head_menu: Option<HeadMenu<'menu>>,
    heads: Vec<(usize, Rect)>,
    dropped_at: Option<(String, f32)>,
    /// The rows drawn so far, where they may be dragged.
    seen: Vec<(usize, Rangef)>,
    done: Done,
}

/// What came of the frame.
#[derive(Default)]
pub struct Done {
    pub events: Vec<TableEvent>,
    pub visible_rows: Range<usize>,
    pub cursor_heights: Option<Rangef>,
    /// The row the pointer is over.
    pub hovered: Option<usize>,
    /// Where the cell that is stood on was drawn.
    pub cell: Option<CellSpot>,
    pub drop_x: Option<f32>,
    /// Where a dragged row would land.
    pub drop_y: Option<f32>,
    pub dropped: Option<(String, usize)>,
}

impl<'a, 'menu> Coat<'a, 'menu> {
    pub fn new(ui: &Ui, setup: Setup, places: &'a [Place<'a>], rows: &'a mut dyn TableRows) -> Self {
        let hover_y = ui
            .input(|input| input.pointer.hover_pos())
            .filter(|pos| setup.body.contains(*pos) && ui.ctx().layer_id_at(*pos) == Some(ui.layer_id()))
            .map(|pos: Pos2| pos.y);
        Self {
            places,
            rows,
            setup,
            hover_y,
            sight: Rect::NOTHING,
            t: theme::tokens(ui),
            row_menu: None,
            head_menu: None,
            heads: Vec::new(),
            dropped_at: None,
            seen: Vec::new(),
            done: Done::default(),
        }
    }

    pub fn menus(mut self, row_menu: Option<RowMenu<'menu>>, head_menu: Option<HeadMenu<'menu>>) -> Self {
        self.row_menu = row_menu;
        self.head_menu = head_menu;
        self
    }

    /// The rows that were drawn, with their heights, where they may be dragged.
    pub fn seen(&self) -> &[(usize, Rangef)] {
        &self.seen
    }

    /// What the user did, once the table has been drawn.
    pub fn finish(mut self, ui: &Ui, drag: Drag) -> Done {
        if let Some((column, x)) = self.dropped_at.take() {
            let to = self.landing(x).0;
            self.done.dropped = Some((column, to));
        }
        if let Some(x) = self.done.drop_x {
            self.done.drop_x = Some(self.landing(x).1);
        }
        if self.setup.block.is_some() {
            let pointer = ui.input(|input| input.pointer.latest_pos()).filter(|_| drag != Drag::None);
            if let Some(cell) = pointer.and_then(|pos| self.cell_near(pos)) {
                self.done.events.push(TableEvent::CellPressed { cell, extend: true });
            }
            return self.done;
        }
        match drag {
            Drag::None => {}
            Drag::Over(y) => self.done.drop_y = Some(self.row_landing(y).1),
            Drag::Dropped { row, y } => {
                let before = self.row_landing(y).0;
                if before != row && before != row + 1 {
                    self.done.events.push(TableEvent::RowMoved { row, before });
                }
            }
        }
        self.done
    }

    /// The cell that is seen at this point, or the nearest to it.
    fn cell_near(&self, pos: Pos2) -> Option<CellPlace> {
        let first = self.seen.first()?;
        let found = self.seen.iter().rfind(|(_, heights)| heights.min <= pos.y).unwrap_or(first);
        // Columns that stay in place come first and lie over those that scroll.
        let column = self.heads.iter().find(|(_, rect)| rect.x_range().contains(pos.x));
        let last = self.heads.iter().rfind(|(_, rect)| rect.left() <= pos.x);
        let (column, _) = column.or(last).or(self.heads.first())?;
        Some(CellPlace { row: found.0, column: *column })
    }

    /// Before which row something at `y` lands, and where that row begins.
    fn row_landing(&self, y: f32) -> (usize, f32) {
        for (row, heights) in &self.seen {
            if y < heights.center() {
                return (*row, heights.min);
            }
        }
        self.seen.last().map_or((0, y), |(row, heights)| (row + 1, heights.max))
    }

    /// Before which visible column, boxes not counted, something at `x` lands, and where that column begins.
    fn landing(&self, x: f32) -> (usize, f32) {
        for (index, rect) in &self.heads {
            if x < rect.center().x {
                return (*index, rect.left());
            }
        }
        self.heads.last().map_or((0, x), |(index, rect)| (index + 1, rect.right()))
    }

    fn first_known(&self) -> usize {
        usize::from(self.setup.ticks.is_some())
    }

    fn row_pressed(&mut self, ui: &Ui, row: usize, response: &Response) {
        let modifiers = ui.input(|input| input.modifiers);
        if response.clicked() {
            ui.memory_mut(|memory| memory.request_focus(self.setup.body_id));
            let (toggle, extend) = (modifiers.command, modifiers.shift);
            self.done.events.push(TableEvent::Cursor(row));
            self.done.events.push(TableEvent::Clicked { row, toggle, extend });
        }
        if response.double_clicked() {
            self.done.events.push(TableEvent::Opened(row));
        }
        if response.clicked_by(PointerButton::Secondary) {
            ui.memory_mut(|memory| memory.request_focus(self.setup.body_id));
            self.done.events.push(TableEvent::Cursor(row));
        }
        if let Some(row_menu) = &mut self.row_menu {
            context_menu(ui, response, ROW_MENU, |ui| row_menu(ui, row));
        }
    }

    /// The menu of the row, if a key asked for it; in a row that had to be scrolled into sight it opens then.
    fn menu_by_key_ui(&mut self, ui: &Ui, row: usize, response: &Response) {
        let Some(row_menu) = &mut self.row_menu else { return };
        let key = asked_menu(self.setup.body_id);
        let asked = ui.ctx().data_mut(|data| {
            let is_asked = data.get_temp(key) == Some(row);
            if is_asked {
                data.remove::<usize>(key);
            }
            is_asked
        });
        menu_by_key(ui, response, ROW_MENU, (asked, self.setup.body_id), |ui| row_menu(ui, row));
    }

    /// In a table of cells: the ground of a cell, the line at its right, and what the pointer does with it.
    fn ground_of_cell(&mut self, ui: &Ui, block: Block, cell: CellPlace, column: &Column<'_>) {
        let rect = ui.max_rect();
        let inner = rect.with_max_y(rect.bottom() - 1.0);
        let is_cursor = block.cursor == cell;
        if block.contains(cell) && !is_cursor {
            ui.painter().rect_filled(inner, 0, self.t.select);
        } else if column.locked {
            ui.painter().rect_filled(inner, 0, self.t.head);
        }
        let edge = Rect::from_x_y_ranges(rect.right() - 1.0..=rect.right(), rect.y_range());
        ui.painter().rect_filled(edge, 0, self.t.line);
        if is_cursor {
            self.done.cell = Some(CellSpot { rect, clip: ui.clip_rect().intersect(self.setup.body) });
        }
        let seen = rect.intersect(ui.clip_rect());
        let response = ui.interact(seen, ui.scope_id().with("cell"), Sense::CLICK | Sense::DRAG);
        let name = || format!("{} {}", self.rows.row_name(cell.row), column.title);
        response.widget_info(|| WidgetInfo::selected(Role::Cell, true, block.contains(cell), name()));
        let is_pressed = response.is_pointer_button_down_on() && ui.input(|input| input.pointer.primary_pressed());
        if is_pressed || response.clicked() {
            let extend = ui.input(|input| input.modifiers.shift);
            self.done.events.push(TableEvent::CellPressed { cell, extend });
        }
        if response.double_clicked() {
            self.done.events.push(TableEvent::CellOpened(cell));
        }
        drag::take(ui, self.setup.body_id, cell.row, &response);
    }

    fn tick_ui(&mut self, ui: &mut Ui, row: usize) {
        let rect = ui.max_rect();
        let name = format!("选择 {}", self.rows.row_name(row));
        let ticked = self.rows.is_ticked(row);
        let response = ui.interact(rect, ui.scope_id().with("tick"), Sense::CLICK);
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, ticked, &name));
        put_tick(ui, tick_slot(rect), if ticked { Tick::On } else { Tick::Off }, response.hovered());
        if response.clicked() {
            ui.memory_mut(|memory| memory.request_focus(self.setup.body_id));
            self.done.events.push(TableEvent::Cursor(row));
            self.done.events.push(TableEvent::Toggled(row));
        }
    }

    fn head_tick_ui(&mut self, ui: &mut Ui, tick: Tick) {
        let rect = ui.max_rect();
        let response = ui.interact(rect, ui.scope_id().with("tick"), Sense::click());
        response.widget_info(|| {
            let mut info = WidgetInfo::selected(Role::CheckBox, true, tick == Tick::On, "全选");
            info.selected = (tick != Tick::Some).then_some(tick == Tick::On);
            info
        });
        put_tick(ui, tick_slot(rect), tick, response.hovered());
        if response.has_focus() {
            paint::ring_inside(ui, rect);
        }
        if response.clicked() {
            let event = if tick == Tick::On { TableEvent::NoneSelected } else { TableEvent::AllSelected };
            self.done.events.push(event);
        }
    }
}

impl TableDelegate for Coat<'_, '_> {
    fn prepare(&mut self, info: &PrefetchInfo) {
        let rows = info.visible_rows.start as usize..info.visible_rows.end as usize;
        self.done.visible_rows = rows.clone();
        self.rows.prepare(rows);
    }

    fn default_row_height(&self) -> f32 {
        self.setup.row_height
    }

    fn header_cell_ui(&mut self, ui: &mut Ui, info: &HeaderCellInfo) {
        let index = info.col_range.start;
        let Some(place) = self.places.get(index) else { return };
        match (place.known, self.setup.ticks) {
            (Some(column), _) => {
                self.heads.push((index - self.first_known(), ui.max_rect()));
                let done = head::cell(ui, place, column, self.head_menu.as_mut());
                self.done.events.extend(done.events);
                self.done.drop_x = self.done.drop_x.or(done.dragged);
                self.dropped_at = self.dropped_at.take().or(done.dropped);
            }
            (None, Some(tick)) => self.head_tick_ui(ui, tick),
            (None, None) => {}
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, row_nr: u64) {
        let row = row_nr as usize;
        self.sight = ui.clip_rect();
        let rect = ui.max_rect().intersect(ui.clip_rect());
        let heights = ui.max_rect().y_range();
        let painted = Rect::from_x_y_ranges(ui.clip_rect().x_range(), heights);
        let hovered = self.hover_y.is_some_and(|y| heights.min <= y && y < heights.max);
        if hovered {
            self.done.hovered = Some(row);
        }
        if self.rows.is_selected(row) {
            ui.painter().rect_filled(painted, 0, self.t.select);
        } else if hovered {
            ui.painter().rect_filled(painted, 0, self.t.hover);
        }
        paint::hline(ui.painter(), painted.x_range(), heights.max, self.t.line);
        if self.setup.cursor == Some(row) {
            self.done.cursor_heights = Some(heights);
        }
        let sense = match (self.setup.block, self.setup.rows_move) {
            (Some(_), _) => Sense::HOVER,
            (None, true) => Sense::CLICK | Sense::DRAG,
            (None, false) => Sense::CLICK,
        };
        let response = ui.interact(rect, ui.scope_id().with("row"), sense);
        let is_dragged_over = self.setup.rows_move || self.setup.block.is_some();
        if is_dragged_over && self.seen.last().is_none_or(|(last, _)| *last < row) {
            self.seen.push((row, heights));
        }
        if self.setup.rows_move && self.setup.block.is_none() {
            drag::take(ui, self.setup.body_id, row, &response);
        }
        if (ui.clip_rect().left() - self.setup.body.left()).abs() < 1.0 {
            let (name, selected) = (self.rows.row_name(row), self.rows.is_selected(row));
            response
                .widget_info(|| WidgetInfo::selected(Role::Row, true, selected, format!("第 {} 行 {name}", row + 1)));
            self.menu_by_key_ui(ui, row, &response);
        }
        self.row_pressed(ui, row, &response);
    }

    fn cell_ui(&mut self, ui: &mut Ui, info: &CellInfo) {
        let row = info.row_nr as usize;
        let places = self.places;
        let Some(place) = places.get(info.col_nr) else { return };
        let Some(column) = place.known else {
            ui.set_clip_rect(self.sight);
            self.tick_ui(ui, row);
            return;
        };
        if let Some(block) = self.setup.block {
            self.ground_of_cell(ui, block, CellPlace { row, column: info.col_nr - self.first_known() }, column);
        }
        let dim = self.rows.is_dim(row);
        let outline = if info.col_nr == self.first_known() { self.rows.outline(row) } else { None };
        let pressed = outline.and_then(|outline| caret_ui(ui, outline, &self.rows.row_name(row)));
        let left = outline.map_or(0.0, |outline| outline.depth as f32 * INDENT + CARET);
        let cell = self.rows.cell(row, column.id);
        if outline.is_none() && keeps_within(&cell, ui.max_rect().width()) {
            ui.set_clip_rect(self.sight);
        }
        if cell_ui(ui, place, column.right, dim, left, &cell) {
            self.done.events.push(TableEvent::LinkPressed { row, column: column.id.to_owned() });
        }
        if let Some(open) = pressed {
            ui.memory_mut(|memory| memory.request_focus(self.setup.body_id));
            self.done.events.push(TableEvent::Cursor(row));
            self.done.events.push(TableEvent::Folded { row, open });
        }
    }
}

/// How far a row is indented for each step down a tree.
const INDENT: f32 = 16.0;
/// A cell of this width has room for the sign that its text was cut.
const ROOM_TO_CUT: f32 = 40.0;
/// Room for the caret of a row of a tree.
const CARET: f32 = 20.0;

/// Draws the caret of a row of a tree; gives back whether it is to be open, if it was pressed.
fn caret_ui(ui: &Ui, outline: super::Outline, name: &str) -> Option<bool> {
    let open = outline.open?;
    let t = theme::tokens(ui);
    let left = ui.max_rect().left() + super::INSET + outline.depth as f32 * INDENT;
    let slot = Rect::from_x_y_ranges(left..=left + 14.0, ui.max_rect().y_range());
    let response = ui.interact(slot.expand2(vec2(3.0, 0.0)), ui.scope_id().with("fold"), Sense::CLICK);
    let words = format!("{}：{name}", if open { "收起" } else { "展开" });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    let icon = if open { Icon::ChevronDown } else { Icon::ChevronRight };
    paint::put_icon(ui, slot, icon, 14.0, if response.hovered() { t.ink } else { t.ink2 });
    response.clicked().then_some(!open)
}

/// Whether what is drawn into a cell is cut to its width anyhow, so that the cell needs no clip of its own.
///
/// Cells with one clip are painted at once; a clip each would be as many draws as there are cells, which a screen
/// without a graphics card feels.
fn keeps_within(cell: &Cell<'_>, width: f32) -> bool {
    !cell.badge && cell.icon.is_none() && width >= ROOM_TO_CUT
}

/// Draws what stands in a cell; gives back whether its link was pressed.
fn cell_ui(ui: &mut Ui, place: &Place<'_>, right: bool, dim: bool, left: f32, cell: &Cell<'_>) -> bool {
    if cell.text.is_empty() && cell.icon.is_none() {
        return false;
    }
    let t = theme::tokens(ui);
    let mut slot = inside(ui.max_rect(), place.last);
    slot.min.x = (slot.min.x + left).min(slot.max.x);
    let color = match (cell.tone, cell.link, dim, cell.weak) {
        (Some(tone), ..) => tone.text(t),
        (None, true, ..) => t.act,
        (None, false, true, _) => t.ink3,
        (None, false, false, true) => t.ink2,
        (None, false, false, false) => t.ink,
    };
    let size = if cell.strong { Type::Strong } else { Type::Body };
    if ui.is_sizing_pass() {
        let text = paint::text(ui, &cell.text, size, color);
        let icon = if cell.icon.is_some() { 20.0 } else { 0.0 };
        ui.allocate_space(vec2(left + text.size().x + icon + 2.0 * super::INSET, slot.height()));
        return false;
    }
    let layout = if right {
        egui::Layout::right_to_left(egui::Align::Center)
    } else {
        egui::Layout::left_to_right(egui::Align::Center)
    };
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(slot).layout(layout));
    inner.spacing_mut().item_spacing.x = 4.0;
    if let Some((icon, tone)) = cell.icon {
        let (rect, _) = inner.allocate_exact_size(vec2(16.0, 16.0), Sense::hover());
        paint::put_icon(&inner, rect, icon, 16.0, tone.mark(t));
    }
    if cell.link || cell.figure {
        let resting = if cell.figure { color } else { t.act };
        return link_ui(&mut inner, cell, right, size, resting);
    }
    let response = if cell.badge {
        badge::draw(&mut inner, &cell.text, cell.tone.unwrap_or_default())
    } else {
        let text = RichText::new(&*cell.text).font(size.font()).color(color);
        inner.add(Label::new(text).selectable(false).truncate())
    };
    if let Some(tip) = &cell.tip {
        response.on_hover_text(&**tip);
    }
    false
}

fn link_ui(ui: &mut Ui, cell: &Cell<'_>, right: bool, font: Type, resting: egui::Color32) -> bool {
    let t = theme::tokens(ui);
    let text = &*cell.text;
    let galley = paint::text_within(ui, text, font, resting, ui.available_width());
    // A number with a name of its own fills its cell: one digit would be hard to hit.
    let size = if cell.name.is_some() { ui.available_size() } else { galley.size() };
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, cell.name.as_deref().unwrap_or(text)));
    let galley =
        if response.hovered() { paint::text_within(ui, text, font, t.act, rect.width() + 1.0) } else { galley };
    let placed = paint::put(ui.painter(), rect, align(right), galley);
    if response.hovered() {
        paint::hline(ui.painter(), placed.x_range(), placed.bottom() - 1.0, t.act);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}
