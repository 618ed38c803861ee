//! 按模板更新: what running checklists would change by their template as it is now, before it is done. Items and
//! checklists can be left out.
//! Must never write: it wishes for one command. Start at [`UpdateChecklistsDialog`].

use std::collections::{BTreeSet, HashSet};

use egui::{Context, Ui, vec2};

use crate::command::{Command, UpdateChecklists};
use crate::domain::checklists::{ItemChange, Of};
use crate::domain::ids::ChecklistId;
use crate::engine::questions::OutdatedChecklists;
use crate::ui::dialogs::{Dialog, Saving, Stay};
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{
    self, Answer, Cell, Choice, Column, ColumnState, EmptyState, Segments, Table, TableEvent, TableRows, Tick, Tone,
    note, wrapped_note,
};
use crate::view::checklists::Outdated;

/// What is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Part {
    /// 改动: by item
    #[default]
    Changes,
    /// 清单: by checklist
    Lists,
}

/// The dialog 按模板更新.
#[derive(Debug)]
pub struct UpdateChecklistsDialog {
    ids: Vec<ChecklistId>,
    outdated: Live<OutdatedChecklists>,
    /// The codes of items that are left as they are.
    leave: BTreeSet<String>,
    /// Checklists that are left as they are.
    without: HashSet<ChecklistId>,
    part: Part,
    columns: [Vec<ColumnState>; 2],
    cursor: [Option<usize>; 2],
    saving: Saving,
}

/// What happens to the items of one code, in all checklists.
#[derive(Debug, PartialEq, Eq)]
struct Change {
    code: String,
    title: String,
    kinds: BTreeSet<ItemChange>,
    now: String,
    then: String,
    lists: usize,
    kept: usize,
    /// What stays in some of them since the office wrote it itself, and in how many.
    own: BTreeSet<&'static str>,
    own_lists: usize,
}

impl Change {
    /// 「改名」, 「去掉、转为自有项」
    fn kinds_in_words(&self) -> String {
        self.kinds.iter().map(|kind| kind.label()).collect::<Vec<_>>().join("、")
    }

    /// 「2 份保留自写的标准」
    fn own_in_words(&self) -> String {
        let own = self.own.iter().copied().collect::<Vec<_>>().join("、");
        format!("{} 份保留自写的{own}", self.own_lists)
    }
}

impl UpdateChecklistsDialog {
    pub fn new(ids: Vec<ChecklistId>) -> Self {
        Self {
            ids,
            outdated: Live::default(),
            leave: BTreeSet::new(),
            without: HashSet::new(),
            part: Part::default(),
            columns: Default::default(),
            cursor: [None; 2],
            saving: Saving::new("update checklists"),
        }
    }

    fn lists(&self) -> &[Outdated] {
        self.outdated.current().map(Vec::as_slice).unwrap_or_default()
    }

    fn changes(&self) -> Vec<Change> {
        let mut changes: Vec<Change> = Vec::new();
        for item in self.lists().iter().flat_map(|list| &list.items) {
            let place = changes.iter().position(|change| change.code == item.code).unwrap_or_else(|| {
                let (now, then) = (item.now.clone().unwrap_or_default(), item.then.clone().unwrap_or_default());
                let (code, title, kinds) = (item.code.clone(), item.title.clone(), BTreeSet::new());
                changes.push(Change {
                    code,
                    title,
                    kinds,
                    now,
                    then,
                    lists: 0,
                    kept: 0,
                    own: BTreeSet::new(),
                    own_lists: 0,
                });
                changes.len() - 1
            });
            let change = &mut changes[place];
            if item.own.is_empty() && change.own_lists == change.lists {
                // What the office wrote in one of them is not what the others say.
                change.now = item.now.clone().unwrap_or_default();
                change.then = item.then.clone().unwrap_or_default();
            }
            change.kinds.insert(item.change);
            change.lists += 1;
            change.kept += usize::from(item.is_kept);
            change.own.extend(item.own.iter().copied());
            change.own_lists += usize::from(!item.own.is_empty());
        }
        changes
    }

    /// The checklists that are brought to their template.
    fn chosen(&self) -> Vec<ChecklistId> {
        self.lists().iter().map(|list| list.checklist.id).filter(|id| !self.without.contains(id)).collect()
    }

    fn command(&self) -> Command {
        let leave = self.leave.iter().cloned().collect();
        Command::UpdateChecklists(UpdateChecklists { ids: self.chosen(), leave })
    }

    fn body_ui(&mut self, ui: &mut Ui) {
        self.saving.problem_ui(ui);
        match (self.outdated.problem(), self.outdated.current()) {
            (Some(problem), _) => return drop(wrapped_note(ui, &problem.happened)),
            (None, None) => return drop(note(ui, "正在读取…")),
            (None, Some(lists)) if lists.is_empty() => return drop(note(ui, "清单都和模板一致")),
            _ => {}
        }
        let changes = self.changes();
        let words = [format!("改动 {}", changes.len()), format!("清单 {}", self.lists().len())];
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if let Some(place) = Segments::new("按什么列", &words, Some(self.part as usize)).show(ui) {
            self.part = if place == 0 { Part::Changes } else { Part::Lists };
        }
        ui.add_space(space::S);
        let notes = self.notes(&changes);
        let room = widgets::Dialog::body_room(ui.ctx()) - 120.0 - 24.0 * (notes.len() as f32);
        ui.allocate_ui(vec2(ui.available_width(), room.clamp(150.0, 340.0)), |ui| {
            ui.set_min_size(ui.available_size());
            match self.part {
                Part::Changes => self.changes_ui(ui, &changes),
                Part::Lists => self.lists_ui(ui),
            }
        });
        ui.add_space(space::S);
        let kept: usize = changes.iter().map(|change| change.kept).sum();
        for words in notes {
            wrapped_note(ui, &words);
        }
        if changes.is_empty() {
            wrapped_note(ui, "项没有不同，只记下是哪一版；项的次序不变");
        } else if kept > 0 {
            wrapped_note(
                ui,
                "模板里去掉、而清单里已写了什么（状态、材料、期限、备注等）的项不删，转为这份清单自有的项",
            );
        } else {
            wrapped_note(ui, "状态、材料、责任人、期限和项的次序都不变；不勾的不更新");
        }
    }

    /// What stays since the office wrote it, and whose state gives way to parts.
    fn notes(&self, changes: &[Change]) -> Vec<String> {
        let joined = |words: BTreeSet<&str>| words.into_iter().collect::<Vec<_>>().join("、");
        let own: BTreeSet<&str> = changes.iter().flat_map(|change| change.own.iter().copied()).collect();
        let given: BTreeSet<&str> =
            self.lists().iter().flat_map(|list| &list.given_to_parts).map(String::as_str).collect();
        let own = (!own.is_empty()).then(|| format!("本单位自己写的{}保留，不照模板改", joined(own)));
        let given = (!given.is_empty()).then(|| format!("手工标的状态改由新的分项得出：{}", joined(given)));
        own.into_iter().chain(given).collect()
    }

    fn changes_ui(&mut self, ui: &mut Ui, changes: &[Change]) {
        let taken = changes.iter().filter(|change| !self.leave.contains(&change.code)).count();
        let columns = [
            Column::new("title", "项", 200.0).unsortable(),
            Column::new("kind", "改动", 100.0).unsortable(),
            Column::new("lists", "涉及", 64.0).right().unsortable(),
            Column::new("now", "现在", 190.0).unsortable(),
            Column::new("then", "更新后", 190.0).unsortable(),
        ];
        let mut rows = Changes { changes, leave: &self.leave };
        let table = Table::new("changes", "改动", &columns, &mut self.columns[0])
            .ticks(Tick::of(taken, changes.len()))
            .cursor(self.cursor[0])
            .empty(EmptyState::new("项没有不同", ""))
            .show(ui, &mut rows);
        for event in table.events {
            match event {
                TableEvent::Cursor(row) => self.cursor[0] = Some(row),
                TableEvent::Toggled(row) => {
                    if let Some(change) = changes.get(row)
                        && !self.leave.remove(&change.code)
                    {
                        self.leave.insert(change.code.clone());
                    }
                }
                TableEvent::AllSelected => self.leave.clear(),
                TableEvent::NoneSelected => self.leave.extend(changes.iter().map(|change| change.code.clone())),
                _ => {}
            }
        }
    }

    fn lists_ui(&mut self, ui: &mut Ui) {
        let ids: Vec<ChecklistId> = self.lists().iter().map(|list| list.checklist.id).collect();
        let taken = self.chosen().len();
        let columns =
            [Column::new("whose", "清单", 330.0).unsortable(), Column::new("changes", "改动", 400.0).unsortable()];
        let mut states = std::mem::take(&mut self.columns[1]);
        let mut rows = Lists { lists: self.lists(), without: &self.without };
        let table = Table::new("lists", "清单", &columns, &mut states)
            .ticks(Tick::of(taken, ids.len()))
            .cursor(self.cursor[1])
            .show(ui, &mut rows);
        self.columns[1] = states;
        for event in table.events {
            match event {
                TableEvent::Cursor(row) => self.cursor[1] = Some(row),
                TableEvent::Toggled(row) => {
                    if let Some(id) = ids.get(row)
                        && !self.without.remove(id)
                    {
                        self.without.insert(*id);
                    }
                }
                TableEvent::AllSelected => self.without.clear(),
                TableEvent::NoneSelected => self.without.extend(ids.iter().copied()),
                _ => {}
            }
        }
    }
}

struct Changes<'a> {
    changes: &'a [Change],
    leave: &'a BTreeSet<String>,
}

impl TableRows for Changes<'_> {
    fn row_count(&self) -> usize {
        self.changes.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(change) = self.changes.get(row) else { return Cell::default() };
        match column {
            "title" => Cell::text(format!("{} {}", change.code, change.title)).tip(&*change.title),
            "kind" => {
                let words = change.kinds_in_words();
                let is_lost = change.kinds.contains(&ItemChange::Removed);
                let cell = Cell::text(words.clone()).tip(words);
                if is_lost { cell.tone(Tone::Amber) } else { cell }
            }
            "lists" => Cell::text(format!("{} 份", change.lists)),
            "now" => Cell::known(Some(&*change.now).filter(|now| !now.is_empty())).tip(&*change.now),
            _ if !change.own.is_empty() => {
                let words = format!("{}；{}", change.own_in_words(), change.then);
                Cell::text(words.clone()).tip(words)
            }
            _ if change.kept > 0 => Cell::text(format!("{} 份转为自有项", change.kept)),
            _ => Cell::known(Some(&*change.then).filter(|then| !then.is_empty())).tip(&*change.then),
        }
    }

    fn row_name(&self, row: usize) -> String {
        let name = |change: &Change| format!("{} {}：{}", change.code, change.title, change.kinds_in_words());
        self.changes.get(row).map(name).unwrap_or_default()
    }

    fn is_selected(&self, row: usize) -> bool {
        self.changes.get(row).is_some_and(|change| !self.leave.contains(&change.code))
    }
}

struct Lists<'a> {
    lists: &'a [Outdated],
    without: &'a HashSet<ChecklistId>,
}

/// 「新增 1·改名 2·转为自有项 1」
fn summary(list: &Outdated) -> String {
    let count = |kind: &ItemChange| list.items.iter().filter(|item| item.change == *kind).count();
    let told = ItemChange::ALL.iter().map(|kind| (kind.label(), count(kind))).filter(|(_, count)| *count > 0);
    let words = told.map(|(word, count)| format!("{word} {count}")).collect::<Vec<_>>().join("·");
    if words.is_empty() { "项没有不同".to_owned() } else { words }
}

fn name(list: &Outdated) -> String {
    match list.checklist.of {
        Of::Year(year) => format!("{} {year} 年", list.whose),
        Of::Person(_) => list.whose.clone(),
    }
}

impl TableRows for Lists<'_> {
    fn row_count(&self) -> usize {
        self.lists.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(list) = self.lists.get(row) else { return Cell::default() };
        match column {
            "whose" => Cell::text(name(list)).tip(name(list)),
            _ => Cell::text(summary(list)).tip(summary(list)),
        }
    }

    fn row_name(&self, row: usize) -> String {
        self.lists.get(row).map(name).unwrap_or_default()
    }

    fn is_selected(&self, row: usize) -> bool {
        self.lists.get(row).is_some_and(|list| !self.without.contains(&list.checklist.id))
    }
}

impl Dialog for UpdateChecklistsDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        self.outdated.ask(scene, OutdatedChecklists(self.ids.clone()));
        let chosen = self.chosen().len();
        let may = chosen > 0 && scene.frozen.is_none() && !self.saving.is_under_way();
        let title = match self.lists() {
            [one] => format!("按模板更新：{}", one.checklist.title),
            lists => format!("按模板更新 {} 份清单", lists.len()),
        };
        let verb = if chosen == self.lists().len() { "更新".to_owned() } else { format!("更新 {chosen} 份") };
        let answered = widgets::Dialog::new("update checklists", &title, "以后再说")
            .width(860.0)
            .primary(Choice::new(&verb).enabled(may))
            .show(ctx, |ui| self.body_ui(ui));
        match answered.answer {
            Some(Answer::Quiet) => return Stay::Closed,
            Some(Answer::Primary) if may => self.saving.run(out, self.command()),
            _ => {}
        }
        Stay::Open
    }
}
