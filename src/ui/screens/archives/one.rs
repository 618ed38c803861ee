//! Owns one checklist: the strip, the list at the left, the item that is looked at at the right.
//! Must never change anything but by the commands it wishes for. Start at [`OneChecklistPart`].

use std::collections::HashSet;

use egui::{Key, Modifiers, Popup, Rect, Ui, UiBuilder, pos2, vec2};

use super::category::{Category, CategoryWish, Looked};
use super::evidence::EvidenceWish;
use super::rows::{Only, Rows, columns, full_title, listed};
use super::several::Several;
use super::states::set_state;
use super::strip::{self, Pressed};
use crate::domain::checklists::{Belongs, Fill, ItemState};
use crate::domain::ids::{ChecklistId, ChecklistItemId, OrganisationId};
use crate::engine::questions::OneChecklist;
use crate::ui::dialogs::archives::{EvidenceDialog, MoveEvidenceDialog, Target};
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::{Scene, Width};
use crate::ui::screens::Page;
use crate::ui::screens::evidence::{Goal, PieceWish, Receiving, Shelf};
use crate::ui::screens::picked::Picked;
use crate::ui::screens::talks::TalksPart;
use crate::ui::theme::space;
use crate::ui::widgets::{ColumnState, EmptyState, TICK_WIDTH, Table, TableEvent, Tick, drawer, keyboard, sheet};
use crate::view::checklists::{ChecklistBoard, ItemLine};
use crate::view::members::ListAsk;

/// Width of the right column beside the list.
const RIGHT: f32 = 494.0;
/// Left of the right column there must be room for this, or it lies over the page.
const LEAST_LEFT: f32 = 560.0;
/// Width of the right column over the page.
const DRAWER: f32 = 440.0;
const NARROW_DRAWER: f32 = 360.0;

/// The keys that set a state, in the order of the control.
const KEYS: [(Key, ItemState); 4] = [
    (Key::Num1, ItemState::Have),
    (Key::Num2, ItemState::Partly),
    (Key::Num3, ItemState::Missing),
    (Key::Num4, ItemState::NotApplicable),
];

/// One checklist, as it is looked at.
#[derive(Debug)]
pub(super) struct OneChecklistPart {
    board: Live<OneChecklist>,
    pub only: Only,
    columns: Vec<ColumnState>,
    /// Width for which the columns were last laid out.
    laid_out: f32,
    open: HashSet<ChecklistItemId>,
    cursor: Option<ChecklistItemId>,
    reveal: bool,
    is_open: bool,
    into_list: bool,
    /// The items that are ticked: what is set at the right is set for all of them.
    picked: Picked<ChecklistItemId>,
    several: Several,
    category: Category,
    shelf: Shelf,
    /// The item in the list that the pointer is over.
    under: Option<ChecklistItemId>,
}

impl Default for OneChecklistPart {
    fn default() -> Self {
        Self {
            board: Live::default(),
            only: Only::default(),
            columns: Vec::new(),
            laid_out: 0.0,
            open: HashSet::new(),
            cursor: None,
            reveal: false,
            is_open: false,
            into_list: false,
            picked: Picked::default(),
            several: Several::default(),
            category: Category::default(),
            shelf: Shelf::new("archive"),
            under: None,
        }
    }
}

impl OneChecklistPart {
    /// Asks for a checklist, and goes on with what is on its way to it.
    pub fn ask(&mut self, ui: &Ui, scene: &Scene<'_>, id: ChecklistId, out: &mut Outbox) {
        self.board.ask(scene, OneChecklist { id, today: scene.today });
        self.shelf.follow(ui, scene, out);
    }

    /// The checklist that is shown.
    pub fn board(&self) -> Option<&ChecklistBoard> {
        self.board.current().and_then(Option::as_ref)
    }

    /// Whether something stands in a field that is not written.
    pub fn is_dirty(&self) -> bool {
        self.category.is_dirty() || self.several.is_dirty()
    }

    /// Draws it over all room there is; gives back whether it is left by Esc.
    pub fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) -> bool {
        let board = std::mem::take(&mut self.board);
        let leaves = match (board.problem(), board.current()) {
            (Some(problem), _) => nothing(ui, &problem.title, &problem.happened),
            (None, Some(Some(shown))) => self.board_ui(ui, scene, shown, out),
            (None, Some(None)) => nothing(ui, "这份清单已经没有了", "可能刚被撤销"),
            (None, None) => nothing(ui, "正在读取…", ""),
        };
        self.board = board;
        leaves
    }

    fn board_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, board: &ChecklistBoard, out: &mut Outbox) -> bool {
        self.look_at_listed(board, scene.settings.operator.trim());
        let cursor = self.line(board).map(|line| line.item.id);
        let top = cursor.and_then(|id| board.top(id)).map(|line| line.item.id);
        match strip::show(ui, board, top, self.only, scene.width) {
            Some(Pressed::Item(id)) => {
                self.only = Only::All;
                self.stand_on(id);
            }
            Some(Pressed::Only(only)) => self.only = only,
            None => {}
        }
        self.look_at_listed(board, scene.settings.operator.trim());
        ui.add_space(space::M);
        let body = ui.available_rect_before_wrap();
        let over = body.width() - RIGHT - space::L < LEAST_LEFT;
        let left = if over { body.width() } else { body.width() - RIGHT - space::L };
        let list = Rect::from_min_size(body.min, vec2(left, body.height()));
        let leaves = ui
            .scope_builder(UiBuilder::new().max_rect(list).id_salt("list"), |ui| {
                self.list_ui(ui, scene, board, over, out)
            })
            .inner;
        self.right_ui(ui, scene, board, (body, over), out);
        self.receive(ui, scene, board, body, out);
        ui.advance_cursor_after_rect(body);
        leaves
    }

    /// Takes what is dropped or pasted: to the item the pointer is over, else to the one that is looked at.
    fn receive(&mut self, ui: &Ui, scene: &Scene<'_>, board: &ChecklistBoard, body: Rect, out: &mut Outbox) {
        let over = |id: ChecklistItemId| board.line(id).map(|line| (Belongs::Item(id), full_title(line)));
        let under = self.category.under.or(self.under).and_then(over);
        let chosen = self.line(board).and_then(|line| over(line.item.id));
        let receiving = Receiving {
            chosen: chosen.as_ref().map(|(to, title)| (*to, title.as_str())),
            under: under.as_ref().map(|(to, title)| (*to, title.as_str())),
            frozen: scene.frozen,
        };
        receiving.run(ui, body, &mut self.shelf.incoming, scene, out);
    }

    /// Draws the right column, beside the list or over it.
    fn right_ui(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        board: &ChecklistBoard,
        (body, over): (Rect, bool),
        out: &mut Outbox,
    ) {
        self.category.under = None;
        if over && !self.is_open && self.picked.is_empty() {
            return;
        }
        let width = match (over, scene.width) {
            (false, _) => RIGHT,
            (true, Width::Narrow) => NARROW_DRAWER,
            (true, _) => DRAWER,
        };
        let rect = Rect::from_min_max(pos2(body.right() - width.min(body.width()), body.top()), body.max);
        if !self.picked.is_empty() {
            let ids: Vec<ChecklistItemId> = board.lines.iter().map(|line| line.item.id).collect();
            let picked = self.picked.in_order(&ids);
            let is_left_by_link =
                drawer(ui, "选中的清单项", rect, over, |ui| self.several.show(ui, scene, board, &picked, out));
            if is_left_by_link || (!self.several.is_dirty() && is_left(ui, rect)) {
                self.pick_none();
            }
            return;
        }
        let looked = self.line(board).and_then(|line| Some((line, board.top(line.item.id)?)));
        let Some((line, top)) = looked else {
            if !over {
                drawer(ui, "清单项", rect, over, |_| ());
            }
            return;
        };
        let looked = Looked { board, top, line, over };
        let (category, shelf) = (&mut self.category, &mut self.shelf);
        let wish = drawer(ui, "清单项", rect, over, |ui| category.show(ui, scene, &looked, shelf, out));
        match wish {
            Some(CategoryWish::Close) => self.leave_right(),
            Some(CategoryWish::Focus(id)) => self.stand_on(id),
            Some(CategoryWish::Evidence(wish)) => self.act(wish, scene, board, line, out),
            None if is_left(ui, rect) => self.leave_right(),
            None => {}
        }
    }

    /// The item that is looked at.
    fn line<'b>(&self, board: &'b ChecklistBoard) -> Option<&'b ItemLine> {
        self.cursor.and_then(|id| board.line(id))
    }

    /// What is looked at stands in the list, or what is set and attached at the right would go to something unseen: where
    /// it does not, it is the next one that does, else the first.
    fn look_at_listed(&mut self, board: &ChecklistBoard, operator: &str) {
        let top = self.cursor.and_then(|id| board.top(id));
        let place = |line: &ItemLine| board.lines.iter().position(|other| other.item.id == line.item.id);
        if top.is_some_and(|top| self.only.fits(board, top, operator)) {
            return;
        }
        let mut listed = board.parts(None).filter(|line| self.only.fits(board, line, operator)).peekable();
        let first = listed.peek().map(|line| line.item.id);
        let next = listed.find(|line| top.is_some_and(|top| place(line) > place(top))).map(|line| line.item.id);
        self.cursor = next.or(first);
    }

    pub fn stand_on(&mut self, id: ChecklistItemId) {
        self.cursor = Some(id);
        (self.reveal, self.is_open) = (true, true);
    }

    /// Nothing is ticked any more, and nothing is being written for what was.
    fn pick_none(&mut self) {
        self.picked.clear();
        self.several = Several::default();
        self.into_list = true;
    }

    fn leave_right(&mut self) {
        self.is_open = false;
        self.into_list = true;
    }

    fn list_ui(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        board: &ChecklistBoard,
        over: bool,
        out: &mut Outbox,
    ) -> bool {
        sheet(ui, 0, |ui| {
            ui.set_min_size(ui.available_size());
            self.table_ui(ui, scene, board, over, out)
        })
        .inner
    }

    fn table_ui(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        board: &ChecklistBoard,
        over: bool,
        out: &mut Outbox,
    ) -> bool {
        let chosen = self.line(board).map(|line| line.item.id);
        let lines = listed(board, self.only, &self.open, scene.settings.operator.trim());
        // A part that is looked at is shown where it stands, or the whole that hides it.
        let at = |id: ChecklistItemId| lines.iter().position(|line| line.item.id == id);
        let row = chosen.and_then(|id| at(id).or_else(|| at(board.top(id)?.item.id)));
        let shown = row.and_then(|row| lines.get(row)).map(|line| line.item.id);
        let ids: Vec<ChecklistItemId> = lines.iter().map(|line| line.item.id).collect();
        self.picked.keep_listed(&ids);
        let columns = columns(ui.available_width() - TICK_WIDTH);
        if (self.laid_out - ui.available_width()).abs() > 1.0 {
            self.laid_out = ui.available_width();
            self.columns.clear();
        }
        let mut rows =
            Rows { board, lines: &lines, open: &self.open, chosen: shown, picked: &self.picked, today: scene.today };
        let reveal = if std::mem::take(&mut self.reveal) { row } else { None };
        let (text, hint) = match self.only {
            Only::Mine if scene.settings.operator.trim().is_empty() => ("没填操作人", "右上角填上操作人的姓名"),
            Only::Mine => ("没有由您负责的项", "责任人写操作人的姓名，就列在这里"),
            Only::Open => ("都齐了", ""),
            _ => ("没有这样的项", ""),
        };
        let table = Table::new("checklist", "档案清单", &columns, &mut self.columns)
            .ticks(Tick::of(self.picked.len(), lines.len()))
            .cursor(row)
            .reveal(reveal)
            .empty(EmptyState::new(text, hint))
            .show(ui, &mut rows);
        self.under = table.hovered.and_then(|row| lines.get(row)).map(|line| line.item.id);
        if std::mem::take(&mut self.into_list) {
            table.response.request_focus();
        }
        if table.response.has_focus()
            && scene.frozen.is_none()
            && let Some(id) = shown
        {
            let pressed = |key| keyboard::pressed_exactly(ui.ctx(), Modifiers::NONE, key);
            if let Some((_, state)) = KEYS.into_iter().find(|(key, _)| pressed(*key)) {
                let picked = self.picked.in_order(&ids);
                set_state(board, if picked.is_empty() { std::slice::from_ref(&id) } else { &picked }, state, out);
            }
        }
        self.take_events(table.events, &ids, (row, over))
    }

    /// Acts on what was done with the list; `before` is the row that was looked at. Gives back whether the list is left.
    fn take_events(
        &mut self,
        events: Vec<TableEvent>,
        ids: &[ChecklistItemId],
        (before, over): (Option<usize>, bool),
    ) -> bool {
        let mut leaves = false;
        for event in events {
            match event {
                TableEvent::Cursor(row) => self.cursor = ids.get(row).copied().or(self.cursor),
                TableEvent::Folded { row, open: true } => self.open.extend(ids.get(row)),
                TableEvent::Folded { row, open: false } => {
                    if let Some(id) = ids.get(row) {
                        self.open.remove(id);
                    }
                }
                TableEvent::Toggled(row) | TableEvent::Clicked { row, toggle: true, .. } => {
                    if let Some(id) = ids.get(row) {
                        self.picked.toggle(*id);
                    }
                }
                TableEvent::Clicked { row: to, extend: true, .. } => match before {
                    Some(from) if self.picked.is_empty() => self.picked.range(ids, from, to),
                    _ => self.picked.extend_to(ids, to),
                },
                TableEvent::Extended { from, to } => {
                    self.picked.clear();
                    self.picked.range(ids, from, to);
                }
                TableEvent::AllSelected => self.picked.all(ids),
                TableEvent::Clicked { .. } | TableEvent::NoneSelected if !self.picked.is_empty() => self.pick_none(),
                TableEvent::Clicked { .. } | TableEvent::Opened(_) if over => self.is_open = true,
                TableEvent::NoneSelected if over && self.is_open => self.leave_right(),
                TableEvent::NoneSelected => leaves = true,
                _ => {}
            }
        }
        leaves
    }

    fn act(
        &mut self,
        wish: EvidenceWish,
        scene: &Scene<'_>,
        board: &ChecklistBoard,
        line: &ItemLine,
        out: &mut Outbox,
    ) {
        match wish {
            EvidenceWish::Attach(to) => self.shelf.incoming.choose(Goal::of(to), out),
            EvidenceWish::Paper => {
                let dialog = EvidenceDialog::paper(Belongs::Item(line.item.id), &line.item.title, scene.today);
                out.open(dialog.suggesting(board.suggested(line.item.id)));
            }
            EvidenceWish::Piece(PieceWish::Edit(piece)) => {
                let suggested = piece.belongs.item().and_then(|item| board.suggested(item));
                out.open(EvidenceDialog::of(&piece, scene.today).suggesting(suggested));
            }
            EvidenceWish::Piece(wish) => {
                if let Some(piece) = self.shelf.act(wish, scene, out) {
                    out.open(MoveEvidenceDialog::new(&piece, targets(board)));
                }
            }
            EvidenceWish::Records(fill) => show_records(&fill, board.checklist.organisation, scene, out),
        }
    }
}

fn nothing(ui: &mut Ui, text: &str, hint: &str) -> bool {
    sheet(ui, 0, |ui| {
        ui.set_min_size(ui.available_size());
        EmptyState::new(text, hint).show(ui);
    });
    false
}

/// Whether Esc is pressed and means the column at `rect`: no dialog or menu is open, and nothing outside it has the focus.
fn is_left(ui: &Ui, rect: Rect) -> bool {
    // Only then is it asked who has the focus: in the frame of a click that would take it from the list.
    if !ui.input(|input| input.key_pressed(Key::Escape)) {
        return false;
    }
    let focused = ui.ctx().memory(|memory| memory.focused()).and_then(|id| ui.ctx().read_response(id));
    ui.ctx().memory(|memory| memory.top_modal_layer()).is_none()
        && !Popup::is_any_open(ui.ctx())
        && focused.is_none_or(|focused| rect.contains(focused.rect.center()))
        && keyboard::pressed(ui.ctx(), Modifiers::NONE, Key::Escape)
}

/// The items to which evidence can be moved.
fn targets(board: &ChecklistBoard) -> Vec<Target> {
    board.lines.iter().map(|line| Target { id: line.item.id, title: full_title(line), depth: line.depth }).collect()
}

/// Shows what of the workbook fills an item.
fn show_records(fill: &Fill, organisation: OrganisationId, scene: &Scene<'_>, out: &mut Outbox) {
    out.wish(Wish::Scope(Some(organisation)));
    match fill {
        Fill::Talks { .. } => out.wish(Wish::ShowTalks(TalksPart::Records, None)),
        Fill::Coverage => out.wish(Wish::ShowTalks(TalksPart::Coverage, None)),
        Fill::Roster | Fill::Transfers | Fill::Honours | Fill::Development => {
            out.wish(Wish::ShowMembers(ListAsk::roll(scene.as_of, Some(organisation))));
        }
        Fill::Committee | Fill::Groups | Fill::Election | Fill::Ledger { .. } => out.go(Page::Organisations),
        // Of what nobody asks for there are no records.
        Fill::Optional => {}
    }
}
