//! 党员: the list of members. Owns what is listed, what is selected, where one stands.
//! Must never change anything itself: it wishes. Start at [`MembersScreen`].

mod column;
mod columns;
mod figures_strip;
mod filter_bar;
mod filtering;
mod filters;
mod grid;
mod head;
mod head_menu;
mod kinds;
mod list_menus;
mod moving;
mod order_menu;
mod orders;
mod rows;
mod selection;

use std::sync::Arc;

use egui::Ui;

use super::picked::Picked;
use super::{Page, Screen, frame};
use crate::command::{Command, MoveInRoster, RestoreMembers};
use crate::domain::conditions::Condition;
use crate::domain::events::EventKind;
use crate::domain::ids::PersonId;
use crate::engine::questions::{ExtraFields, List, SavedFilters};
use crate::ui::dialogs::add_member;
use crate::ui::dialogs::bulk_edit::BulkEdit;
use crate::ui::dialogs::event::EventDialog;
use crate::ui::dialogs::voiding::Voiding;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::reply::Reply;
use crate::ui::scene::{Scene, Width};
use crate::ui::theme::{height, space};
use crate::ui::widgets::{EmptyState, Table, TableEvent, Tick, keyboard, note, sheet};
use crate::view::duplicates::Whose;
use crate::view::members::{ListAsk, Who};
use columns::{Columns, STICKY};
use figures_strip::{StripWish, Told};
use filter_bar::{FilterBar, Kept};
use filters::Filters;
use grid::Grid;
use head_menu::HeadWish;
use list_menus::ListWish;
use orders::Order;
use rows::{ListRows, RowCache};
use selection::SelectedSums;

/// The page 党员.
#[derive(Debug, Default)]
pub struct MembersScreen {
    extra: Live<ExtraFields>,
    saved: Live<SavedFilters>,
    columns: Columns,
    /// The list whose columns are shown; none before the first frame.
    laid_out: Option<String>,
    /// The conditions that a dialog put together.
    composed: Reply<Vec<Condition>>,
    /// The name under which a dialog kept what is set.
    named: Reply<String>,
    bar: FilterBar,
    filters: Filters,
    list: Live<List>,
    /// What is listed now; the rows of an older question stay until the newer answer has come.
    listed: Arc<Vec<PersonId>>,
    /// The question that `listed` answers.
    answered: Option<List>,
    rows: RowCache,
    picked: Picked<PersonId>,
    sums: SelectedSums,
    grid: Grid,
    cursor: Option<PersonId>,
    cursor_row: Option<usize>,
    reveal: Option<usize>,
    /// As soon as the person of the cursor is listed, the row is to be seen.
    reveal_cursor: bool,
    /// The list is to get the focus.
    into_list: bool,
    /// The pass in which the page was drawn last; another page was shown since if it is not the one before.
    last_pass: u64,
}

impl MembersScreen {
    /// Who is listed now, in the order of the list.
    pub fn listed(&self) -> &Arc<Vec<PersonId>> {
        &self.listed
    }

    fn ask(&mut self, scene: &Scene<'_>) {
        let before = self.extra.shown().cloned();
        self.extra.ask(scene, ExtraFields);
        if let Some(extra) = self.extra.shown().filter(|extra| before.as_ref() != Some(extra)) {
            self.columns.set_extra(extra);
        }
        self.saved.ask(scene, SavedFilters);
        self.take_answers();
        let question = self.question(scene);
        self.list.ask(scene, question);
        self.sums.ask(scene, &self.picked, &self.listed);
        if let Some(Ok(receipt)) = scene.finished(&Slot::new(add_member::SLOT)) {
            self.cursor = receipt.made.map(PersonId);
            self.reveal_cursor = true;
        }
        if let Some(list) = self.list.shown()
            && (!Arc::ptr_eq(&list.ids, &self.listed) || self.answered.is_none())
        {
            let ids = Arc::clone(&list.ids);
            self.take_list(ids);
        }
    }

    /// What is listed: scope and day of the window, filters and order of the page.
    fn question(&self, scene: &Scene<'_>) -> List {
        List(ListAsk {
            as_of: scene.as_of,
            scope: scene.scope,
            who: self.filters.who,
            text: self.filters.text.clone(),
            conditions: self.filters.conditions(scene.as_of),
            sort: self.columns.sort_keys(),
        })
    }

    /// A newer list has come.
    fn take_list(&mut self, ids: Arc<Vec<PersonId>>) {
        let is_other_question = self.list.answered() != self.answered.as_ref();
        let is_first = self.answered.is_none();
        self.answered = self.list.answered().cloned();
        let is_same_order = *ids == *self.listed;
        self.listed = ids;
        self.cursor_row = self.cursor.and_then(|person| self.listed.iter().position(|id| *id == person));
        self.picked.keep_listed(&self.listed);
        if !is_same_order {
            self.grid.stand_in(self.cursor_row.unwrap_or(0));
        }
        if is_other_question && !is_first {
            self.reveal = self.cursor_row.or(Some(0));
        }
        if self.reveal_cursor && self.cursor_row.is_some() {
            self.reveal_cursor = false;
            self.reveal = self.cursor_row;
        }
    }

    fn sheet_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let whole = ui.available_height();
        let wish = sheet(ui, 0, |ui| {
            ui.set_height(whole);
            ui.spacing_mut().item_spacing.y = 0.0;
            frame::day_bar_ui(ui, scene, "名册，不能修改", out);
            self.grid_bar_ui(ui, scene, out);
            let room = (ui.available_height() - height::STRIP).max(height::HEAD);
            let size = egui::vec2(ui.available_width(), room);
            let asked = ui.allocate_ui(size, |ui| {
                ui.set_min_size(size);
                self.table_ui(ui, scene, out)
            });
            let sums = self.list.shown().map(|list| list.sums).unwrap_or_default();
            let told = self.told(scene, &sums);
            figures_strip::show(ui, scene, &told, &mut self.filters).or(asked.inner)
        });
        if let Some(wish) = wish.inner {
            self.do_with_selected(wish, out);
        }
    }

    fn told<'a>(&self, scene: &Scene<'_>, sums: &'a crate::view::members::Sums) -> Told<'a> {
        Told {
            sums,
            // While cells are selected, nobody is.
            selected: if self.grid.is_on() { 0 } else { self.picked.len() },
            selected_words: self.sums.words(),
            who: self.filters.who,
            frozen: scene.frozen.is_some(),
        }
    }

    fn table_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) -> Option<StripWish> {
        if let Some(problem) = self.list.problem().or(self.rows.problem()).or(self.saved.problem()) {
            note(ui, &format!("{}：{}", problem.title, problem.happened));
        }
        self.grid_keys(ui, scene, out);
        let block = self.grid.block();
        let rows_move = scene.frozen.is_none() && self.is_in_roster_order() && block.is_none();
        let mut states = std::mem::take(&mut self.columns.states);
        let mut head_wish = None;
        let mut row_wish = None;
        let shown = {
            let columns = &self.columns;
            let known = columns.for_table();
            let mut heads = |ui: &mut Ui, id: &str| {
                if let Some(wish) = head_menu::head_menu(ui, columns, id) {
                    head_wish = Some((id.to_owned(), wish));
                }
            };
            let sums = crate::view::members::Sums::default();
            let told = Told {
                sums: &sums,
                selected: self.picked.len().max(1),
                selected_words: None,
                who: self.filters.who,
                frozen: scene.frozen.is_some(),
            };
            let mut row_rows = |ui: &mut Ui, row: usize| {
                if let Some(wish) = figures_strip::actions_ui(ui, &told, true) {
                    row_wish = Some((row, wish));
                }
            };
            let mut rows = ListRows::new(scene, &self.listed, columns, &states, &mut self.rows, &self.picked);
            rows.has_cells = block.is_some();
            let (text, hint) = nothing_words(&self.filters, self.list.is_waiting());
            let table = Table::new("members", "党员", &known, &mut states)
                .sticky(STICKY)
                .rows_move(rows_move)
                .cursor(self.cursor_row)
                .reveal(self.reveal.take())
                .head_menu(&mut heads)
                .empty(EmptyState::new(text, hint));
            let table = match block {
                Some(_) => table.block(block).reveal_column(self.grid.take_reveal()),
                None => table.ticks(Tick::of(self.picked.len(), self.listed.len())).row_menu(&mut row_rows),
            };
            table.show(ui, &mut rows)
        };
        self.columns.states = states;
        self.note_extent(shown.extent);
        if shown.response.has_focus() {
            self.move_by_keys(ui, scene, out);
        }
        if self.grid.is_on() && (self.into_list || shown.response.has_focus()) {
            self.into_list = false;
            self.grid.take_focus();
        }
        if std::mem::take(&mut self.into_list) {
            shown.response.request_focus();
            if self.cursor_row.is_none() && !self.listed.is_empty() {
                self.set_cursor(0);
            }
        }
        self.grid_events(&shown.events, scene, out);
        let spot = shown
            .cell
            .filter(|_| self.grid.block().is_some_and(|now| block.is_some_and(|then| then.cursor == now.cursor)));
        self.grid_editor_ui(ui, (spot, shown.response.rect), scene, out);
        for event in shown.events {
            self.take_event(event, out);
        }
        if let Some((id, wish)) = head_wish {
            self.take_head(&id, wish);
        }
        let (row, wish) = row_wish?;
        let person = *self.listed.get(row)?;
        if !self.picked.contains(person) {
            self.picked.only(person);
        }
        Some(wish)
    }

    fn set_cursor(&mut self, row: usize) {
        self.cursor_row = Some(row);
        self.cursor = self.listed.get(row).copied();
    }

    fn take_event(&mut self, event: TableEvent, out: &mut Outbox) {
        let person = |row: usize| self.listed.get(row).copied();
        match event {
            TableEvent::Cursor(row) => self.set_cursor(row),
            TableEvent::Clicked { row, extend: true, .. } => {
                self.picked.extend_to(&self.listed, row);
            }
            TableEvent::Toggled(row) | TableEvent::Clicked { row, toggle: true, .. } => {
                if let Some(id) = person(row) {
                    self.picked.toggle(id);
                }
            }
            TableEvent::Clicked { row, .. } => {
                if let Some(id) = person(row) {
                    self.picked.only(id);
                }
            }
            TableEvent::Extended { from, to } => {
                self.picked.clear();
                self.picked.range(&self.listed, from, to);
            }
            TableEvent::AllSelected => self.picked.all(&self.listed),
            TableEvent::NoneSelected => self.picked.clear(),
            TableEvent::Opened(row) | TableEvent::LinkPressed { row, .. } => {
                if let Some(id) = person(row) {
                    out.go(Page::Member(id));
                }
            }
            TableEvent::RowMoved { row, before } => self.move_by_drag(row, before, out),
            TableEvent::SortAsked { column, add } => self.columns.next_order(&column, add),
            TableEvent::ColumnMoved { .. } | TableEvent::ColumnResized { .. } => self.columns.note_change(),
            // Taken by the cells.
            TableEvent::CellPressed { .. } | TableEvent::CellOpened(_) | TableEvent::Folded { .. } => {}
        }
    }

    fn take_head(&mut self, id: &str, wish: HeadWish) {
        match wish {
            HeadWish::Order { rule, descending } => {
                let add = !self.columns.orders().is_empty();
                self.columns.order_by(Order { column: id.to_owned(), rule, descending }, add);
            }
            HeadWish::NoOrder => self.columns.no_order(id),
            HeadWish::Filter(kind) => self.bar.open(&mut self.filters, kind),
            HeadWish::Left => self.columns.step(id, false),
            HeadWish::Right => self.columns.step(id, true),
            HeadWish::Hide => self.columns.set_visible(id, false),
            HeadWish::Choose => self.bar.open_columns(),
        }
    }

    /// Those selected, in the order of the list; else the one the cursor stands on.
    fn chosen(&self) -> Vec<PersonId> {
        if self.picked.is_empty() {
            return self.cursor.into_iter().collect();
        }
        self.picked.in_order(&self.listed)
    }

    fn do_with_selected(&mut self, wish: StripWish, out: &mut Outbox) {
        let chosen = self.chosen();
        if chosen.is_empty()
            && !matches!(wish, StripWish::IntoList | StripWish::OrderByAge | StripWish::OrderByStanding)
        {
            return;
        }
        match wish {
            StripWish::IntoList => self.into_list = true,
            StripWish::OrderByAge => self.columns.next_order("age", false),
            StripWish::OrderByStanding => self.columns.next_order("standing", false),
            StripWish::SelectNone => self.picked.clear(),
            StripWish::OpenPage => out.go(Page::Member(chosen[0])),
            StripWish::BulkEdit => out.open(BulkEdit::new(chosen)),
            StripWish::Transfer => out.open(EventDialog::new(chosen, Some(EventKind::TransferWithin))),
            StripWish::Event => out.open(EventDialog::new(chosen, None)),
            StripWish::Merge => {
                if let [one, other] = chosen[..] {
                    out.go(Page::Duplicates(Whose::Two(one, other)));
                }
            }
            StripWish::Void => out.open(Voiding::new(chosen)),
            StripWish::Restore => {
                let command = Command::RestoreMembers(RestoreMembers { ids: chosen });
                out.run(Slot::new("restore_members"), command);
            }
        }
    }

    /// Alt+↑ and Alt+↓ move those selected within the roster of their branch.
    fn move_by_keys(&mut self, ui: &Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let pressed = |key| keyboard::pressed_exactly(ui.ctx(), egui::Modifiers::ALT, key);
        let (up, down) = (pressed(egui::Key::ArrowUp), pressed(egui::Key::ArrowDown));
        if !(up || down) || scene.frozen.is_some() {
            return;
        }
        if !self.is_in_roster_order() {
            out.refuse("先恢复名册顺序，再移动");
            return;
        }
        let ids = self.chosen();
        let branch_of = |id: PersonId| self.rows.get(id).and_then(|row| row.branch);
        let command = moving::step(&self.listed, &ids, down, branch_of);
        self.run_move(command, out);
    }

    /// The list stands in 名册顺序: rows can be moved.
    fn is_in_roster_order(&self) -> bool {
        self.columns.orders().is_empty() && self.filters.who == Who::OnRoll
    }

    /// A row was dragged: with those selected, if it is one of them.
    fn move_by_drag(&mut self, row: usize, before: usize, out: &mut Outbox) {
        let Some(person) = self.listed.get(row).copied() else { return };
        let ids = if self.picked.contains(person) { self.chosen() } else { vec![person] };
        let branch_of = |id: PersonId| self.rows.get(id).and_then(|row| row.branch);
        let command = moving::before(&self.listed, &ids, before, branch_of);
        self.cursor = Some(person);
        self.run_move(command, out);
    }

    fn run_move(&mut self, command: Result<MoveInRoster, &'static str>, out: &mut Outbox) {
        match command {
            Ok(command) => {
                self.reveal_cursor = true;
                out.run(Slot::new("move_in_roster"), Command::MoveInRoster(command));
            }
            Err(why) => out.refuse(why),
        }
    }
}

/// What is said while nobody is listed.
fn nothing_words(filters: &Filters, is_waiting: bool) -> (&'static str, &'static str) {
    if is_waiting {
        return ("正在读取…", "");
    }
    match (filters.is_set(), filters.who) {
        (true, _) => ("没有符合条件的人", "去掉一个条件看看"),
        (false, Who::OnRoll) => ("这里还没有党员", "新增党员，或导入已有的花名册"),
        (false, Who::FloatingIn) => ("没有流入党员", "从“新增其他”里登记"),
        (false, Who::Left) => ("没有已离开的人", ""),
        (false, Who::Voided) => ("没有作废的人", ""),
    }
}

impl Screen for MembersScreen {
    fn stand_on(&mut self, person: PersonId) {
        self.cursor = Some(person);
        self.cursor_row = self.listed.iter().position(|id| *id == person);
        self.reveal = self.cursor_row;
    }

    fn listed(&self) -> Option<Arc<Vec<PersonId>>> {
        Some(Arc::clone(&self.listed))
    }

    fn is_dirty(&self) -> bool {
        self.grid.is_writing()
    }

    fn list_these(&mut self, ask: &ListAsk) {
        self.filters.set_all(ask);
    }

    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let pass = ui.ctx().cumulative_pass_nr();
        let was_away = self.last_pass + 1 < pass;
        self.last_pass = pass;
        self.into_list |= was_away && self.cursor.is_some();
        self.lay_out(scene, out);
        self.ask(scene);
        frame::page(ui, scene, |ui| {
            self.head_ui(ui, scene, out);
            let kept = Kept {
                extra: self.extra.shown().map_or(&[], Vec::as_slice),
                saved: self.saved.shown().map_or(&[], Vec::as_slice),
            };
            let done = self.bar.show(ui, scene, &kept, &mut self.filters, &mut self.columns);
            self.into_list |= done.into_list;
            let by_key = keyboard::pressed(ui.ctx(), egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::F);
            if let Some(wish) = done.wish.or(by_key.then_some(ListWish::Compose)) {
                self.do_with_filters(wish, scene, out);
            }
            ui.add_space(space::XS);
            let gave = self.columns.give_way(scene.width != Width::Wide);
            self.sheet_ui(ui, scene, out);
            self.columns.take_back(gave);
        });
        if keyboard::pressed_exactly(ui.ctx(), egui::Modifiers::COMMAND, egui::Key::F) {
            self.bar.focus();
        }
        if keyboard::pressed_exactly(ui.ctx(), egui::Modifiers::COMMAND, egui::Key::E) {
            self.toggle_grid(scene);
        }
        let is_still = !ui.input(|input| input.pointer.any_down());
        if is_still
            && let Some(name) = &self.laid_out
            && let Some(layout) = self.columns.take_change()
        {
            out.wish(Wish::Layout(name.clone(), layout));
        }
    }
}
