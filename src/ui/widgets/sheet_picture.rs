//! Owns the picture of a spreadsheet: its own rows, letters and numbers, what each column is taken for above them.
//! Must never know what a field is, nor read a file: the caller gives cells and hears what the user did.
//! Start at [`SheetPicture`] and [`PictureCells`].

mod coat;
mod keys;

use std::borrow::Cow;
use std::ops::Range;

use egui::{Rect, Role, Sense, Ui, WidgetInfo};

use super::Tone;
use crate::ui::theme;
use coat::Coat;

/// Width of the numbers at the left.
const NUMBERS: f32 = 52.0;
const ROW: f32 = 28.0;
const LETTERS: f32 = 22.0;
const HEAD: f32 = 30.0;

/// A cell of the sheet: row and column, from 0.
pub type Spot = (usize, usize);

/// What a row of the sheet is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureRow {
    /// Cells beside each other.
    Cells,
    Heads,
    /// One text over the whole width, and what it told; empty where nothing.
    Title(String, String),
    /// Cells of a row that is not taken, and why.
    Left(String),
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PictureCell<'a> {
    pub text: Cow<'a, str>,
    /// Numbers stand at the right.
    pub right: bool,
    /// The ground, where something is to be said of the cell.
    pub tone: Option<Tone>,
    /// What is to be said of it.
    pub remark: String,
}

/// What a column is taken for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PictureHead {
    pub text: String,
    pub tone: Tone,
    /// How it came to that.
    pub remark: String,
}

/// The cells of a sheet. Only those that are seen are ever asked for.
pub trait PictureCells {
    fn row_count(&self) -> usize;
    /// What each column is taken for, and how wide it is.
    fn heads(&self) -> &[(PictureHead, f32)];
    fn row(&self, row: usize) -> PictureRow;
    fn cell(&self, row: usize, column: usize) -> PictureCell<'_>;
}

/// What the user did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureEvent {
    /// The cursor stands here now.
    Cursor(Spot),
    /// The same, and what was chosen goes up to here: with Shift.
    Extended(Spot),
    /// Enter was pressed where no column has a list.
    Entered,
}

/// What came of drawing it.
pub struct PictureResponse {
    pub events: Vec<PictureEvent>,
    pub visible_rows: Range<usize>,
}

type List<'a> = &'a mut (dyn FnMut(&mut Ui, usize, bool) + 'a);

/// A sheet as it is in the file.
#[must_use = "show it"]
pub struct SheetPicture<'a> {
    name: &'a str,
    cells: &'a dyn PictureCells,
    cursor: Option<Spot>,
    reveal: Option<Spot>,
    chosen: Range<usize>,
    list: Option<List<'a>>,
}

impl<'a> SheetPicture<'a> {
    /// `name` is the accessible name; each sheet has its own.
    pub fn new(name: &'a str, cells: &'a dyn PictureCells) -> Self {
        Self { name, cells, cursor: None, reveal: None, chosen: 0..0, list: None }
    }

    /// Where the keys stand.
    pub fn cursor(mut self, cursor: Option<Spot>) -> Self {
        self.cursor = cursor;
        self
    }

    /// Scrolls so that this cell is seen. Ask for it in one frame only.
    pub fn reveal(mut self, spot: Option<Spot>) -> Self {
        self.reveal = spot;
        self
    }

    /// Rows that stand out.
    pub fn chosen(mut self, rows: Range<usize>) -> Self {
        self.chosen = rows;
        self
    }

    /// What is drawn in the popup of a column's head; it is told whether the popup has just been opened.
    pub fn list(mut self, list: List<'a>) -> Self {
        self.list = Some(list);
        self
    }

    /// Draws it over all room there is.
    pub fn show(self, ui: &mut Ui) -> PictureResponse {
        let name = self.name;
        ui.push_id(("picture", name), |ui| show(ui, self)).inner
    }
}

fn show(ui: &mut Ui, picture: SheetPicture<'_>) -> PictureResponse {
    let t = theme::tokens(ui);
    let area = ui.available_rect_before_wrap();
    let body = area.with_min_y((area.top() + HEAD + LETTERS).min(area.bottom()));
    let response = ui.interact(body, ui.scope_id().with("body"), Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, picture.name));
    ui.painter().rect_filled(area.with_max_y(body.top()), 0, t.head);
    let size = (picture.cells.row_count(), picture.cells.heads().len());
    let page = ((body.height() / ROW).floor() as usize).saturating_sub(1).max(1);
    let done = keys::handle(ui, &response, picture.cursor, size, page);
    let cursor = done.moved.or(picture.cursor).filter(|spot| spot.0 < size.0 && spot.1 < size.1);
    let reveal = done.moved.or(picture.reveal).or(done.asked.and(cursor));

    let columns: Vec<egui_table::Column> = std::iter::once(NUMBERS)
        .chain(picture.cells.heads().iter().map(|(_, width)| *width))
        .enumerate()
        .map(|(place, width)| {
            let id = egui::Id::unique(("picture column", picture.name, place));
            egui_table::Column::new(width).id(id).resizable(false).range(egui::Rangef::point(width))
        })
        .collect();
    let mut inner = egui_table::Table::new()
        .id_salt("cells")
        .num_rows(size.0 as u64)
        .columns(columns)
        .num_sticky_cols(1)
        .headers([egui_table::HeaderRow::new(HEAD), egui_table::HeaderRow::new(LETTERS)]);
    if let Some((row, column)) = reveal {
        inner = inner.scroll_to_row(row as u64, None).scroll_to_column(column + 1, None);
    }
    let id = inner.get_id(ui);
    if egui_table::TableState::load(ui.ctx(), id).is_none() {
        egui_table::TableState::default().store(ui.ctx(), id);
    }
    let moved = if done.is_extended { PictureEvent::Extended } else { PictureEvent::Cursor };
    let entered = done.asked.filter(|_| picture.list.is_none()).map(|_| PictureEvent::Entered);
    let mut events: Vec<PictureEvent> = done.moved.map(moved).into_iter().chain(entered).collect();
    let ids = (response.id, done.asked);
    let mut coat = Coat::new(ui, picture.cells, picture.list, body, ids, cursor, picture.chosen);
    ui.scope(|ui| {
        let widgets = &mut ui.visuals_mut().widgets;
        widgets.noninteractive.bg_stroke = egui::Stroke::NONE;
        super::sheet::scroll_handles(t, widgets);
        inner.show(ui, &mut coat);
    });
    let seen = coat.finish();
    events.extend(seen.pressed);
    if let Some(rect) = seen.cursor.filter(|_| response.has_focus()) {
        ring(ui, body, rect);
    }
    PictureResponse { events, visible_rows: seen.visible_rows }
}

fn ring(ui: &mut Ui, body: Rect, cell: Rect) {
    let clip = ui.clip_rect();
    ui.set_clip_rect(body.intersect(clip));
    super::paint::ring_inside(ui, cell);
    ui.set_clip_rect(clip);
}
