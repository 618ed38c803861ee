//! Owns the list as a table of cells (表格编辑): the block that is selected, what the keys do there, one cell written.
//! Must never write more than one cell unseen: blocks go through the preview. Start at [`Grid`].

mod blocks;
mod copying;
mod writing;

use std::collections::VecDeque;

use egui::{Event, Id, Rect, Ui};

use super::MembersScreen;
use super::column::{ListColumn, Writing};
use crate::domain::ids::PersonId;
use crate::engine::questions::UndoState;
use crate::engine::{Revert, WriteRequest};
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::widgets::{
    Block, CellEditor, CellEvent, CellFace, CellPlace, CellSpot, DayBar, Extent, Icon, TableEvent,
};
use copying::Copying;
use writing::Written;

/// What the bar over the cells says.
const BAR: &str = "正在编辑表格：打字就改，回车写入，Esc 退出；Ctrl+C、Ctrl+V 复制粘贴，Ctrl+D 向下填充";

/// The list as a table of cells.
#[derive(Debug, Default)]
pub struct Grid {
    /// The cells that are selected; none while people are selected instead.
    block: Option<Block>,
    editor: CellEditor,
    /// Rows that a page goes, as the table was drawn last.
    page: usize,
    reveal_column: Option<usize>,
    copying: Option<Copying>,
    /// Cells on their way into the workbook, the oldest first.
    written: VecDeque<Written>,
    undo: Live<UndoState>,
}

impl Grid {
    pub fn is_on(&self) -> bool {
        self.block.is_some()
    }

    pub fn block(&self) -> Option<Block> {
        self.block
    }

    /// The column that is to be scrolled into sight, once.
    pub fn take_reveal(&mut self) -> Option<usize> {
        self.reveal_column.take()
    }

    /// Takes the focus when it is drawn next.
    pub fn take_focus(&mut self) {
        self.editor.take_focus();
    }

    /// Whether something is typed into a cell that is not taken yet.
    pub fn is_writing(&self) -> bool {
        self.editor.is_open()
    }

    /// Other people are listed, or in another order: one cell is selected, in the row where one stands.
    pub fn stand_in(&mut self, row: usize) {
        if let Some(block) = &mut self.block {
            *block = Block::one(CellPlace { row, ..block.cursor });
        }
    }

    fn id() -> Id {
        CellEditor::id("members")
    }
}

impl MembersScreen {
    /// Begins or ends editing in the table.
    pub(super) fn toggle_grid(&mut self, scene: &Scene<'_>) {
        if self.grid.is_on() {
            self.leave_grid();
        } else if scene.frozen.is_none() {
            let row = self.cursor_row.unwrap_or(0);
            self.grid.block = Some(Block::one(CellPlace { row, column: 0 }));
            self.set_cursor(row);
            self.grid.take_focus();
        }
    }

    fn leave_grid(&mut self) {
        self.grid.block = None;
        self.grid.editor.close();
        self.rows.unmasked = false;
        self.into_list = true;
    }

    /// The bar that says that the table is being edited.
    pub(super) fn grid_bar_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        if self.grid.is_on() && scene.frozen.is_some() {
            self.leave_grid();
        }
        if !self.grid.is_on() {
            return;
        }
        let reveal = if self.rows.unmasked { "遮住号码" } else { "显示号码" };
        match DayBar::new(BAR, reveal).also("结束编辑").icon(Icon::Pencil).show_links(ui) {
            Some(0) => self.toggle_masks(scene, out),
            Some(_) => self.leave_grid(),
            None => {}
        }
    }

    /// What the keys ask for; before the table is drawn.
    pub(super) fn grid_keys(&mut self, ui: &Ui, scene: &Scene<'_>, out: &mut Outbox) {
        self.take_written(scene, out);
        self.take_copied(scene, out);
        if !self.grid.is_on() {
            return;
        }
        self.grid.undo.ask(scene, UndoState);
        for act in self.grid.editor.keys(ui, Grid::id()) {
            self.act(act, scene, out);
        }
    }

    /// What the pointer did in the cells.
    pub(super) fn grid_events(&mut self, events: &[TableEvent], scene: &Scene<'_>, out: &mut Outbox) {
        for event in events {
            let (cell, extend, opens) = match event {
                TableEvent::CellPressed { cell, extend } => (*cell, *extend, false),
                TableEvent::CellOpened(cell) => (*cell, false, true),
                _ => continue,
            };
            let Some(block) = self.grid.block else { return };
            // The open cell itself, or one that cannot be left as it is.
            if self.grid.editor.is_open() && (block.cursor == cell || !self.commit(scene, out)) {
                self.grid.take_focus();
                continue;
            }
            self.stand(if extend { block.to(cell) } else { Block::one(cell) });
            self.grid.take_focus();
            if opens {
                self.open_cell(false, out);
            }
        }
    }

    /// Draws the editor over the cell; after the table. `cell` is where the table drew the cell that was stood on.
    pub(super) fn grid_editor_ui(
        &mut self,
        ui: &mut Ui,
        (cell, body): (Option<CellSpot>, Rect),
        scene: &Scene<'_>,
        out: &mut Outbox,
    ) {
        let Some(block) = self.grid.block else { return };
        let at = self.cell(block.cursor);
        let name = at
            .as_ref()
            .map(|(person, column)| format!("{} {}", self.rows.name(*person).unwrap_or_default(), column.title));
        let locked = at.as_ref().is_none_or(|(_, column)| matches!(column.writing(), Writing::Locked(_)));
        let choices = at.map(|(_, column)| column.choices()).unwrap_or_default();
        let name = name.unwrap_or_else(|| "没有选中的格".to_owned());
        let face = CellFace { spot: cell, body, name: &name, choices: &choices, locked };
        if let Some(event) = self.grid.editor.show(ui, Grid::id(), &face) {
            self.act(event, scene, out);
        }
        if cell.is_none() && is_typing(ui) && self.grid.block == Some(block) {
            // Whoever scrolled away and goes on writing sees the cell again.
            self.stand(block);
            ui.ctx().request_repaint();
        }
        if self.grid.block != Some(block) {
            ui.ctx().request_repaint();
        }
    }

    /// How the table was drawn.
    pub(super) fn note_extent(&mut self, extent: Extent) {
        self.grid.page = extent.page;
    }

    fn extent(&self) -> Extent {
        Extent { rows: self.listed.len(), columns: self.columns.shown().count(), page: self.grid.page }
    }

    /// Whose cell it is, and its column.
    fn cell(&self, place: CellPlace) -> Option<(PersonId, ListColumn)> {
        Some((*self.listed.get(place.row)?, self.columns.shown().nth(place.column)?.clone()))
    }

    fn stand(&mut self, block: Block) {
        let CellPlace { row, column } = block.cursor;
        self.grid.block = Some(block);
        self.grid.reveal_column = Some(column);
        self.reveal = Some(row);
        self.set_cursor(row);
    }

    fn act(&mut self, event: CellEvent, scene: &Scene<'_>, out: &mut Outbox) {
        let Some(block) = self.grid.block else { return };
        match event {
            CellEvent::Step { step, extend } => self.stand(block.stepped(step, extend, self.extent())),
            CellEvent::All => self.grid.block = Some(Block::all(self.extent())),
            CellEvent::Open { list } => self.open_cell(list, out),
            CellEvent::Commit(step) => {
                if self.commit(scene, out)
                    && let Some(step) = step
                {
                    self.stand(Block::one(block.cursor).stepped(step, false, self.extent()));
                }
            }
            CellEvent::GiveUp => self.grid.editor.close(),
            CellEvent::Leave if block.is_one() => self.leave_grid(),
            CellEvent::Leave => self.stand(Block::one(block.cursor)),
            CellEvent::Copy => self.copy(block, scene),
            CellEvent::Cut => {
                self.copy(block, scene);
                self.clear(block, scene, out);
            }
            CellEvent::Paste(text) => self.paste(block, text, scene, out),
            CellEvent::FillDown => self.fill_down(block, scene, out),
            CellEvent::Clear => self.clear(block, scene, out),
            CellEvent::Undo => self.revert(Revert::UNDO, out),
            CellEvent::Redo => self.revert(Revert::REDO, out),
            CellEvent::Locked => self.say_locked(block.cursor, out),
        }
    }

    fn revert(&self, revert: Revert, out: &mut Outbox) {
        let names = self.grid.undo.shown();
        let has = if revert == Revert::UNDO {
            names.is_some_and(|names| names.undo.is_some())
        } else {
            names.is_some_and(|names| names.redo.is_some())
        };
        if has {
            out.wish(Wish::Write(Slot::new("revert in cells"), WriteRequest::Revert(revert)));
        }
    }

    fn say_locked(&self, place: CellPlace, out: &mut Outbox) {
        if let Some((_, column)) = self.cell(place)
            && let Writing::Locked(why) = column.writing()
        {
            out.refuse(why);
        }
    }
}

fn is_typing(ui: &Ui) -> bool {
    ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Text(_) | Event::Ime(_))))
}
