//! Owns the list of the organisations of a scope, each with how its checklist stands: in the order of the tree, no ranking.
//! Must never change anything: it says what was asked for. Start at [`Overview::show`].

use egui::Ui;

use super::totals;
use crate::domain::checklists::Progress;
use crate::domain::ids::OrganisationId;
use crate::ui::screens::frame;
use crate::ui::widgets::{
    Cell, Column, ColumnState, Icon, MenuRow, Outline, Table, TableEvent, TableRows, Tone, sheet,
};
use crate::view::checklists::OrganisationChecklists;

/// The list 总览.
#[derive(Debug, Default)]
pub(super) struct Overview {
    columns: Vec<ColumnState>,
    cursor: Option<OrganisationId>,
    into_list: bool,
}

/// What was asked for of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OverviewWish {
    /// 打开
    Open(OrganisationId),
    /// 新建
    Make(OrganisationId),
}

impl Overview {
    /// One comes back from the checklist of this organisation.
    pub fn come_back(&mut self, from: OrganisationId) {
        self.cursor = Some(from);
        self.into_list = true;
    }

    /// Draws the list over all room there is.
    pub fn show(&mut self, ui: &mut Ui, lines: &[OrganisationChecklists], may: bool) -> Option<OverviewWish> {
        sheet(ui, 0, |ui| {
            ui.set_min_size(ui.available_size());
            ui.spacing_mut().item_spacing.y = 0.0;
            let wish = frame::above_strip(ui, |ui| self.table_ui(ui, lines, may));
            totals::strip_ui(ui, lines.iter().map(progress_of), "个党组织");
            wish
        })
        .inner
    }

    fn table_ui(&mut self, ui: &mut Ui, lines: &[OrganisationChecklists], may: bool) -> Option<OverviewWish> {
        let row = lines.iter().position(|line| Some(line.organisation) == self.cursor);
        let mut rows = Rows { lines, chosen: self.cursor, may };
        let mut wish = None;
        let mut row_menu = |ui: &mut Ui, row: usize| {
            let Some(line) = lines.get(row) else { return };
            let (word, icon) =
                if line.checklist.is_some() { ("打开", Icon::Archive) } else { ("新建清单…", Icon::Plus) };
            let row = MenuRow::new(word).icon(icon).enabled(line.checklist.is_some() || may);
            if ui.add(row).clicked() {
                wish = Some(wish_of(line));
            }
        };
        let columns = columns();
        let table = Table::new("checklists", "各党组织的档案清单", &columns, &mut self.columns)
            .cursor(row)
            .row_menu(&mut row_menu)
            .show(ui, &mut rows);
        if std::mem::take(&mut self.into_list) {
            table.response.request_focus();
        }
        for event in table.events {
            match event {
                TableEvent::Cursor(row) => self.cursor = lines.get(row).map(|line| line.organisation),
                TableEvent::Opened(row) | TableEvent::LinkPressed { row, .. } => {
                    let line = lines.get(row).filter(|line| may || line.checklist.is_some());
                    wish = line.map(wish_of).or(wish);
                }
                _ => {}
            }
        }
        wish
    }
}

fn wish_of(line: &OrganisationChecklists) -> OverviewWish {
    match line.checklist {
        Some(_) => OverviewWish::Open(line.organisation),
        None => OverviewWish::Make(line.organisation),
    }
}

fn columns() -> Vec<Column<'static>> {
    const COUNT: f32 = 66.0;
    let name = vec![Column::new("name", "党组织", 300.0).unsortable()];
    let rest = vec![
        Column::new("total", "共", COUNT).right().unsortable(),
        Column::new("act", "", 90.0).unsortable(),
        Column::new("remark", "", 90.0).unsortable(),
    ];
    [name, totals::columns(COUNT), rest].concat()
}

fn progress_of(line: &OrganisationChecklists) -> Option<Progress> {
    line.checklist.map(|made| made.progress)
}

/// The list in one frame.
struct Rows<'a> {
    lines: &'a [OrganisationChecklists],
    chosen: Option<OrganisationId>,
    may: bool,
}

impl TableRows for Rows<'_> {
    fn row_count(&self) -> usize {
        self.lines.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(line) = self.lines.get(row) else { return Cell::default() };
        match column {
            "name" => Cell::text(&*line.name).tip(&*line.name),
            "total" => Cell::known(progress_of(line).map(|progress| progress.total().to_string())).weak(),
            "act" if line.checklist.is_some() => Cell::text("打开").link().named(format!("打开：{}", line.name)),
            "act" if self.may => Cell::text("新建…").link().named(format!("新建：{}", line.name)),
            "remark" if line.checklist.is_some_and(|made| made.is_outdated) => {
                Cell::text("模板已改").badge(Tone::Amber)
            }
            _ => totals::cell(progress_of(line), column),
        }
    }

    fn row_name(&self, row: usize) -> String {
        self.lines.get(row).map(|line| line.name.clone()).unwrap_or_default()
    }

    fn is_selected(&self, row: usize) -> bool {
        self.lines.get(row).is_some_and(|line| Some(line.organisation) == self.chosen)
    }

    fn outline(&self, row: usize) -> Option<Outline> {
        self.lines.get(row).map(|line| Outline { depth: line.depth, open: None })
    }
}
