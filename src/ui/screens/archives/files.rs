//! Owns the list of the members of a scope, each with the file (入党档案): who has one, who has none, how they stand.
//! Must never change anything but by the commands it wishes for. Start at [`FilesPart`].

use std::collections::HashSet;

use egui::Ui;

use super::totals;
use crate::command::{Command, MakeChecklists};
use crate::domain::checklists::Progress;
use crate::domain::ids::PersonId;
use crate::domain::members::Category;
use crate::engine::questions::MemberFiles;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Slot};
use crate::ui::scene::Scene;
use crate::ui::screens::{Page, frame};
use crate::ui::widgets::{
    Button, Cell, Column, ColumnState, EmptyState, Icon, Segments, Table, TableEvent, TableRows, Tick, Tone, sheet,
};
use crate::view::checklists::{FilesAsk, MemberFile};

/// Who is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Only {
    /// 全部
    #[default]
    All,
    /// 预备党员
    Probationary,
    /// 未建
    Without,
}

impl Only {
    const ALL: [Self; 3] = [Self::All, Self::Probationary, Self::Without];

    fn fits(self, line: &MemberFile) -> bool {
        match self {
            Self::All => true,
            Self::Probationary => line.category == Some(Category::Probationary),
            Self::Without => line.file.is_none(),
        }
    }
}

/// The list of files.
#[derive(Debug, Default)]
pub(super) struct FilesPart {
    lines: Live<MemberFiles>,
    only: Only,
    ticked: HashSet<PersonId>,
    columns: Vec<ColumnState>,
    cursor: Option<PersonId>,
    into_list: bool,
}

impl FilesPart {
    pub fn ask(&mut self, scene: &Scene<'_>, ask: FilesAsk) {
        self.lines.ask(scene, MemberFiles(ask));
        if let Some(lines) = self.lines.shown() {
            self.ticked.retain(|id| lines.iter().any(|line| line.person == *id));
        }
    }

    /// The checklists that are behind their template.
    pub fn outdated(&self) -> Vec<crate::domain::ids::ChecklistId> {
        let lines = self.lines.current().map(Vec::as_slice).unwrap_or_default();
        lines.iter().filter_map(|line| line.file.filter(|file| file.is_outdated)).map(|file| file.id).collect()
    }

    /// Which are listed, and 新建 for those who have none; laid from right to left.
    pub fn head_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, template: &str, out: &mut Outbox) {
        let lines = self.lines.current().map(Vec::as_slice).unwrap_or_default();
        let lacks = |line: &&MemberFile| line.file.is_none() && line.category.is_some_and(Category::is_member);
        let ticked: Vec<PersonId> = lines
            .iter()
            .filter(|line| self.ticked.contains(&line.person) && line.file.is_none())
            .map(|line| line.person)
            .collect();
        let probationary: Vec<PersonId> =
            lines.iter().filter(lacks).filter(|line| Only::Probationary.fits(line)).map(|line| line.person).collect();
        let (words, wanted) = if ticked.is_empty() {
            (format!("为预备党员新建 {} 份", probationary.len()), probationary)
        } else {
            (format!("新建 {} 份", ticked.len()), ticked)
        };
        if !wanted.is_empty() && scene.frozen.is_none() && ui.add(Button::primary(&words).icon(Icon::Plus)).clicked() {
            make(template, wanted, out);
            self.ticked.clear();
        }
        let without = lines.iter().filter(|line| line.file.is_none()).count();
        let without = format!("未建 {without}");
        let words = ["全部", "预备党员", &*without];
        let chosen = Only::ALL.iter().position(|only| *only == self.only);
        if let Some(place) = Segments::new("列哪些", &words, chosen).show(ui) {
            self.only = Only::ALL[place];
        }
    }

    /// Draws the list over all room there is.
    pub fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, template: &str, out: &mut Outbox) {
        sheet(ui, 0, |ui| {
            ui.set_min_size(ui.available_size());
            ui.spacing_mut().item_spacing.y = 0.0;
            let lines = std::mem::take(&mut self.lines);
            match (lines.problem(), lines.current()) {
                (Some(problem), _) => {
                    EmptyState::new(&problem.title, &problem.happened).show(ui);
                }
                (None, None) => {
                    EmptyState::new("正在读取…", "").show(ui);
                }
                (None, Some(all)) => {
                    frame::above_strip(ui, |ui| self.table_ui(ui, scene, all, template, out));
                    totals::strip_ui(ui, all.iter().map(progress_of), "人");
                }
            }
            self.lines = lines;
        });
    }

    fn table_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, all: &[MemberFile], template: &str, out: &mut Outbox) {
        let may = scene.frozen.is_none();
        let lines: Vec<&MemberFile> = all.iter().filter(|line| self.only.fits(line)).collect();
        let row = lines.iter().position(|line| Some(line.person) == self.cursor);
        let columns = columns();
        let ticked = lines.iter().filter(|line| self.ticked.contains(&line.person)).count();
        let mut rows = Rows { lines: &lines, ticked: &self.ticked, may };
        let table = Table::new("member files", "党员的入党档案", &columns, &mut self.columns)
            .ticks(Tick::of(ticked, lines.len()))
            .cursor(row)
            .empty(EmptyState::new("没有这样的党员", ""))
            .show(ui, &mut rows);
        if std::mem::take(&mut self.into_list) {
            table.response.request_focus();
        }
        for event in table.events {
            match event {
                TableEvent::Cursor(row) => self.cursor = lines.get(row).map(|line| line.person),
                TableEvent::Toggled(row) => {
                    if let Some(line) = lines.get(row)
                        && !self.ticked.remove(&line.person)
                    {
                        self.ticked.insert(line.person);
                    }
                }
                TableEvent::AllSelected => self.ticked.extend(lines.iter().map(|line| line.person)),
                TableEvent::NoneSelected => self.ticked.clear(),
                // Who has none is asked about on the page of the file.
                TableEvent::Opened(row) => {
                    self.into_list = true;
                    if let Some(line) = lines.get(row) {
                        out.go(Page::MemberFile(line.person));
                    }
                }
                TableEvent::LinkPressed { row, .. } => {
                    self.into_list = true;
                    match lines.get(row) {
                        Some(line) if line.file.is_some() => out.go(Page::MemberFile(line.person)),
                        Some(line) if may => make(template, vec![line.person], out),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
    }
}

/// Makes the files of these people in one change.
pub(super) fn make(template: &str, person_ids: Vec<PersonId>, out: &mut Outbox) {
    let command = MakeChecklists {
        template: template.to_owned(),
        organisation_ids: Vec::new(),
        year: None,
        person_ids,
        as_last_year: false,
    };
    out.run(Slot::new("make member files"), Command::MakeChecklists(command));
}

fn columns() -> Vec<Column<'static>> {
    let whose = vec![
        Column::new("name", "姓名", 100.0).unsortable(),
        Column::new("organisation", "党支部", 250.0).unsortable(),
        Column::new("category", "人员类别", 92.0).unsortable(),
    ];
    let what = vec![Column::new("act", "", 80.0).unsortable(), Column::new("remark", "", 90.0).unsortable()];
    [whose, totals::columns(62.0), what].concat()
}

fn progress_of(line: &MemberFile) -> Option<Progress> {
    line.file.map(|file| file.progress)
}

struct Rows<'a> {
    lines: &'a [&'a MemberFile],
    ticked: &'a HashSet<PersonId>,
    may: bool,
}

impl TableRows for Rows<'_> {
    fn row_count(&self) -> usize {
        self.lines.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(line) = self.lines.get(row) else { return Cell::default() };
        match column {
            "name" => Cell::text(&*line.name),
            "organisation" => Cell::text(&*line.organisation).weak().tip(&*line.organisation),
            "category" => Cell::known(line.category.map(Category::label)),
            "act" if line.file.is_some() => Cell::text("打开").link().named(format!("打开：{}", line.name)),
            "act" if self.may => Cell::text("新建").link().named(format!("新建：{}", line.name)),
            "remark" if line.file.is_some_and(|file| file.is_outdated) => Cell::text("模板已改").badge(Tone::Amber),
            _ => totals::cell(progress_of(line), column),
        }
    }

    fn row_name(&self, row: usize) -> String {
        self.lines.get(row).map(|line| line.name.clone()).unwrap_or_default()
    }

    fn is_selected(&self, row: usize) -> bool {
        self.lines.get(row).is_some_and(|line| self.ticked.contains(&line.person))
    }
}
