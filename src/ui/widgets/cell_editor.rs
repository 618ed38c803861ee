//! Owns writing into a cell of a table: it waits on the cell one stands on, opens with the first letter, and says what
//! the keys ask for. Must never know what the cell is of. Start at [`CellEditor`].
//!
//! The field is there before it is seen, so that an input method composes in it from its first letter on.

mod keys;
mod list;

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    CornerRadius, Event, EventFilter, Id, Order, Rect, Stroke, StrokeKind, TextEdit, Ui, UiBuilder, pos2, vec2,
};

use super::table::{CellSpot, Step};
use crate::ui::theme::{self, Type, radius};

/// The least width of an open field.
const LEAST_WIDTH: f32 = 120.0;
/// The field while it waits: not in the way of the pointer.
const WAITING_WIDTH: f32 = 1.0;

/// What is asked for in a table of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellEvent {
    /// Go to another cell; with `extend` draw the block that far.
    Step {
        step: Step,
        extend: bool,
    },
    /// Select everything.
    All,
    /// Open the cell with what stands in it; `list` shows the choices at once.
    Open {
        list: bool,
    },
    /// Take what was written, and go on from there.
    Commit(Option<Step>),
    /// Leave the cell as it was.
    GiveUp,
    /// Leave the table of cells, or the block.
    Leave,
    Copy,
    Cut,
    Paste(String),
    FillDown,
    Clear,
    Undo,
    Redo,
    /// Something was written into a cell that takes nothing.
    Locked,
}

/// The cell as the editor sees it in one frame.
#[derive(Debug, Clone, Copy)]
pub struct CellFace<'a> {
    /// Where it was drawn; none while it is out of sight.
    pub spot: Option<CellSpot>,
    /// The part of the table below its head.
    pub body: Rect,
    /// The accessible name: 「林秀英 出生日期」.
    pub name: &'a str,
    /// Words to choose from, where there are any.
    pub choices: &'a [&'a str],
    /// Nothing can be written into it.
    pub locked: bool,
}

/// The editor of a table of cells.
#[derive(Debug, Default)]
pub struct CellEditor {
    text: String,
    is_open: bool,
    /// What is wrong with what was written.
    fault: String,
    list: list::ChoiceList,
    /// Keys that came behind others which must act first.
    held: Vec<Event>,
    takes_focus: bool,
    puts_cursor_last: bool,
}

impl CellEditor {
    /// The one editor of a table with this name.
    pub fn id(salt: &str) -> Id {
        Id::unique(("cell editor", salt))
    }

    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// What is written, or the choice that is meant by it.
    pub fn text<'t>(&'t self, choices: &[&'t str]) -> &'t str {
        self.list.meant(choices, &self.text).unwrap_or(&self.text)
    }

    /// Opens the cell with this text.
    pub fn open(&mut self, text: &str, list: bool) {
        text.clone_into(&mut self.text);
        self.is_open = true;
        self.puts_cursor_last = true;
        self.takes_focus = true;
        self.fault.clear();
        self.list.open(list);
    }

    /// Closes it; it waits for the next letter.
    pub fn close(&mut self) {
        self.text.clear();
        self.is_open = false;
        self.fault.clear();
        self.list.open(false);
    }

    /// Says what is wrong; the cell stays open.
    pub fn refuse(&mut self, fault: impl Into<String>) {
        self.fault = fault.into();
        self.is_open = true;
    }

    /// Takes the focus when it is drawn next.
    pub fn take_focus(&mut self) {
        self.takes_focus = true;
    }

    /// Draws it over its cell, after the table; gives back what came of it.
    pub fn show(&mut self, ui: &mut Ui, id: Id, face: &CellFace<'_>) -> Option<CellEvent> {
        let t = theme::tokens(ui);
        if let Some(spot) = face.spot {
            let painter = ui.painter().with_clip_rect(spot.clip);
            painter.rect_stroke(spot.rect, CornerRadius::ZERO, Stroke::new(2.0, t.focus), StrokeKind::Inside);
        }
        let is_seen = face.spot.is_some_and(|spot| spot.clip.intersects(spot.rect));
        let rect = self.place(face, is_seen);
        let had_text = self.text.clone();
        let (has_focus, lost_focus) = self.field_ui(ui, id, face, rect, is_seen);
        if std::mem::take(&mut self.takes_focus) && !has_focus {
            ui.memory_mut(|memory| memory.request_focus(id));
            ui.ctx().request_repaint();
        }
        if face.locked && !self.text.is_empty() {
            self.close();
            ui.memory_mut(|memory| memory.interrupt_ime());
            return Some(CellEvent::Locked);
        }
        if self.text != had_text {
            self.fault.clear();
            self.is_open = true;
            self.list.open(!face.choices.is_empty());
            self.list.forget_choice();
        }
        if !self.is_open || !is_seen {
            return None;
        }
        if !self.fault.is_empty() {
            fault_ui(ui, id, rect, &self.fault);
        } else if let Some(word) = self.list.show(ui, id.with("choices"), rect, face.choices, &self.text) {
            self.text = word;
            self.list.open(false);
            self.takes_focus = true;
            return Some(CellEvent::Commit(None));
        }
        (lost_focus && !has_focus && !self.takes_focus).then_some(CellEvent::Commit(None))
    }

    /// Where the field lies: over its cell and as wide as one can write in, or out of the way while it waits.
    fn place(&self, face: &CellFace<'_>, is_seen: bool) -> Rect {
        let cell = face
            .spot
            .filter(|_| is_seen)
            .map_or_else(|| Rect::from_min_size(face.body.min, vec2(WAITING_WIDTH, 20.0)), |spot| spot.rect);
        if !self.is_open || !is_seen {
            return cell.with_max_x(cell.left() + WAITING_WIDTH);
        }
        let width = cell.width().max(LEAST_WIDTH);
        let left = cell.left().min(face.body.right() - width).max(face.body.left());
        Rect::from_min_max(pos2(left, cell.top()), pos2(left + width, cell.bottom()))
    }

    /// The field itself; gives back whether it has the focus, and whether it has just lost it.
    fn field_ui(&mut self, ui: &mut Ui, id: Id, face: &CellFace<'_>, rect: Rect, is_seen: bool) -> (bool, bool) {
        let t = theme::tokens(ui);
        if std::mem::take(&mut self.puts_cursor_last) {
            let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
            let end = CCursor::new(self.text.chars().count());
            state.cursor.set_char_range(Some(CCursorRange::one(end)));
            state.store(ui.ctx(), id);
        }
        let builder = UiBuilder::new().max_rect(rect).id_salt("cell field");
        let mut inner = ui.new_child(builder);
        let is_shown = self.is_open && is_seen;
        if is_shown {
            inner.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL), t.sheet);
        } else {
            inner.set_opacity(0.0);
        }
        inner.spacing_mut().interact_size.y = rect.height();
        let margin = egui::Margin { left: 6, right: if is_shown { 6 } else { 0 }, top: 4, bottom: 4 };
        let edit = TextEdit::singleline(&mut self.text)
            .id(id)
            .desired_width(rect.width())
            .margin(margin)
            .char_limit(10_000)
            .font(Type::Body.font())
            .text_color(t.ink)
            .background_color(t.sheet)
            .return_key(None);
        let response = inner.put(rect, edit).on_hover_cursor(egui::CursorIcon::Default).accessible_name(face.name);
        // Every key that moves is the table's, and Esc gives up: none of them takes the focus away.
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        (response.has_focus(), response.lost_focus())
    }
}

/// What is wrong, below the cell.
fn fault_ui(ui: &Ui, id: Id, cell: Rect, fault: &str) {
    let below = cell.left_bottom() + vec2(0.0, 2.0);
    egui::Area::new(id.with("fault")).order(Order::Foreground).fixed_pos(below).constrain(true).show(ui.ctx(), |ui| {
        super::menu::popup_frame(ui, egui::Margin::symmetric(8, 6)).show(ui, |ui| {
            let t = theme::tokens(ui);
            let text = egui::RichText::new(fault).font(Type::Small.font()).color(t.hard);
            ui.add(egui::Label::new(text).selectable(false).extend());
        });
    });
}
