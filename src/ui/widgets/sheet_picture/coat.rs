//! Owns how heads, rows and cells of the picture are painted and pressed.
//! Must never know keys. Start at [`Coat`].

use std::ops::Range;

use egui::{Align2, Id, Popup, Rect, Role, Sense, SetOpenCommand, Ui, WidgetInfo, vec2};
use egui_table::{CellInfo, HeaderCellInfo, PrefetchInfo, TableDelegate};

use super::{List, PictureCells, PictureEvent, PictureRow, ROW, Spot};
use crate::domain::import_layout::letters;
use crate::ui::theme::{self, Tokens, Type};
use crate::ui::widgets::{paint, popup_asked};

/// Room at the left and right of a text.
const INSET: f32 = 6.0;
/// Width of the list below a head.
const LIST: f32 = 230.0;

/// What came of the frame.
#[derive(Default)]
pub struct Seen {
    pub pressed: Option<PictureEvent>,
    pub visible_rows: Range<usize>,
    /// Where the cell of the cursor was drawn.
    pub cursor: Option<Rect>,
}

/// Paints the picture for one frame.
pub struct Coat<'a> {
    cells: &'a dyn PictureCells,
    list: Option<List<'a>>,
    body: Rect,
    body_id: Id,
    cursor: Option<Spot>,
    /// The column whose list is to be opened.
    asked: Option<usize>,
    chosen: Range<usize>,
    row: PictureRow,
    t: &'static Tokens,
    seen: Seen,
}

impl<'a> Coat<'a> {
    pub fn new(
        ui: &Ui,
        cells: &'a dyn PictureCells,
        list: Option<List<'a>>,
        body: Rect,
        (body_id, asked): (Id, Option<usize>),
        cursor: Option<Spot>,
        chosen: Range<usize>,
    ) -> Self {
        let t = theme::tokens(ui);
        Self { cells, list, body, body_id, cursor, asked, chosen, row: PictureRow::Cells, t, seen: Seen::default() }
    }

    pub fn finish(self) -> Seen {
        self.seen
    }

    /// The line at the right and below.
    fn lines(&self, ui: &Ui) {
        let rect = ui.max_rect();
        paint::vline(ui.painter(), rect.right() - theme::px(ui.pixels_per_point()), rect.y_range(), self.t.line);
        paint::hline(ui.painter(), rect.x_range(), rect.bottom(), self.t.line);
    }

    fn corner(&self, ui: &Ui, text: &str) {
        let galley = paint::text(ui, text, Type::Small, self.t.ink2);
        paint::put(ui.painter(), ui.max_rect(), Align2::CENTER_CENTER, galley);
        self.lines(ui);
    }

    /// What a column is taken for: pressed, it opens the list.
    fn head(&mut self, ui: &mut Ui, column: usize) {
        let Some((head, _)) = self.cells.heads().get(column) else { return };
        let rect = ui.max_rect();
        let name = format!("{} 栏认作：{}", letters(column), head.text);
        let response = ui.interact(rect, ui.scope_id().with("meaning"), Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, self.list.is_some(), &name));
        ui.painter().rect_filled(rect, 0, head.tone.soft(self.t));
        if self.list.is_some() && response.hovered() {
            ui.painter().rect_filled(rect, 0, self.t.hover);
        }
        let text = paint::text_within(ui, &head.text, Type::Strong, head.tone.text(self.t), rect.width() - 2.0 * INSET);
        paint::put_at(ui.painter(), rect.left() + INSET, rect.y_range(), text);
        self.lines(ui);
        if let Some(list) = &mut self.list {
            let by_key = self.asked == Some(column);
            let command = match (by_key, response.clicked()) {
                (true, _) => Some(SetOpenCommand::Bool(true)),
                (false, true) => Some(SetOpenCommand::Toggle),
                (false, false) => None,
            };
            let id = response.id.with("popup");
            let was_open = Popup::is_id_open(ui.ctx(), id);
            popup_asked(ui, &response, &name, LIST, command, |ui, fresh| list(ui, column, fresh));
            if was_open && !Popup::is_id_open(ui.ctx(), id) {
                ui.memory_mut(|memory| memory.request_focus(self.body_id));
            }
        }
        if !head.remark.is_empty() {
            response.on_hover_text(&head.remark);
        }
    }

    /// One text over the whole width.
    fn title(&self, ui: &Ui, text: &str, told: &str) {
        let rect = ui.max_rect().intersect(ui.clip_rect());
        let (words, color, align) = match told {
            "" => (text.to_owned(), self.t.ink2, Align2::LEFT_CENTER),
            told => {
                ui.painter().rect_filled(rect, 0, self.t.actsoft);
                (format!("{text}\u{3000}{told}"), self.t.act, Align2::CENTER_CENTER)
            }
        };
        let room = rect.shrink2(vec2(INSET, 0.0));
        let galley = paint::text_within(ui, &words, Type::Small, color, room.width());
        paint::put(ui.painter(), room, align, galley);
    }

    fn is_first_part(&self, ui: &Ui) -> bool {
        (ui.clip_rect().left() - self.body.left()).abs() < 1.0
    }
}

impl TableDelegate for Coat<'_> {
    fn prepare(&mut self, info: &PrefetchInfo) {
        self.seen.visible_rows = info.visible_rows.start as usize..info.visible_rows.end as usize;
    }

    fn default_row_height(&self) -> f32 {
        ROW
    }

    fn header_cell_ui(&mut self, ui: &mut Ui, info: &HeaderCellInfo) {
        match (info.row_nr, info.col_range.start.checked_sub(1)) {
            (0, None) => self.corner(ui, "认作"),
            (0, Some(column)) => self.head(ui, column),
            (_, None) => self.corner(ui, ""),
            (_, Some(column)) => self.corner(ui, &letters(column)),
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, row_nr: u64) {
        let row = row_nr as usize;
        self.row = self.cells.row(row);
        let seen = ui.max_rect().intersect(ui.clip_rect());
        let is_chosen = self.chosen.contains(&row);
        if is_chosen {
            ui.painter().rect_filled(seen, 0, self.t.select);
        }
        if self.is_first_part(ui) {
            let response = ui.interact(seen, ui.scope_id().with("row"), Sense::HOVER);
            let name = match &self.row {
                PictureRow::Title(text, told) => format!("第 {} 行 {text} {told}", row + 1),
                PictureRow::Left(why) => format!("第 {} 行 不取：{why}", row + 1),
                PictureRow::Heads => format!("第 {} 行 表头", row + 1),
                PictureRow::Cells => format!("第 {} 行", row + 1),
            };
            response.widget_info(|| WidgetInfo::labeled(Role::Row, true, &name));
        } else if let PictureRow::Title(text, told) = &self.row {
            self.title(ui, text, told);
        } else if self.row == PictureRow::Heads && !is_chosen {
            ui.painter().rect_filled(seen, 0, self.t.head);
        }
        paint::hline(ui.painter(), seen.x_range(), ui.max_rect().bottom(), self.t.line);
    }

    fn cell_ui(&mut self, ui: &mut Ui, info: &CellInfo) {
        let row = info.row_nr as usize;
        let rect = ui.max_rect();
        let Some(column) = info.col_nr.checked_sub(1) else {
            if !self.chosen.contains(&row) {
                ui.painter().rect_filled(rect, 0, self.t.head);
            }
            return self.corner(ui, &(row + 1).to_string());
        };
        let response = ui.interact(rect.intersect(ui.clip_rect()), ui.scope_id().with("cell"), Sense::CLICK);
        if response.clicked() {
            ui.memory_mut(|memory| memory.request_focus(self.body_id));
            let is_extended = ui.input(|input| input.modifiers.shift);
            let event = if is_extended { PictureEvent::Extended } else { PictureEvent::Cursor };
            self.seen.pressed = Some(event((row, column)));
        }
        if self.cursor == Some((row, column)) {
            self.seen.cursor = Some(rect);
        }
        if matches!(self.row, PictureRow::Title(..)) {
            response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, format!("{}{}", letters(column), row + 1)));
            return;
        }
        let cell = self.cells.cell(row, column);
        let about = if cell.remark.is_empty() { String::new() } else { format!("：{}", cell.remark) };
        let name = format!("{}{} {}{about}", letters(column), row + 1, cell.text);
        response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, &name));
        if let Some(tone) = cell.tone {
            ui.painter().rect_filled(rect, 0, tone.soft(self.t));
        }
        let (size, color) = match (&self.row, cell.tone) {
            (PictureRow::Heads, _) => (Type::Strong, self.t.ink),
            (PictureRow::Left(_), _) => (Type::Body, self.t.ink3),
            (_, Some(tone @ (crate::ui::widgets::Tone::Amber | crate::ui::widgets::Tone::Hard))) => {
                (Type::Body, tone.text(self.t))
            }
            _ => (Type::Body, self.t.ink),
        };
        let room = rect.shrink2(vec2(INSET, 0.0));
        let text = cell.text.replace(['\n', '\r'], " ");
        let galley = paint::text_within(ui, &text, size, color, room.width());
        let is_cut = galley.elided;
        let align = if cell.right { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
        paint::put(ui.painter(), room, align, galley);
        self.lines(ui);
        if !cell.remark.is_empty() {
            response.on_hover_text(&cell.remark);
        } else if is_cut {
            response.on_hover_text(&*text);
        }
    }
}
