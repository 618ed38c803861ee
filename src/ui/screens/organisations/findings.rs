//! Owns the list 待核: what the rules find in all organisations, the firm first.
//! Must never change anything: it says what was asked for. Start at [`FindingsList`].

use egui::Ui;

use crate::domain::ids::OrganisationId;
use crate::domain::rules::Level;
use crate::engine::questions::OrganisationFindings;
use crate::ui::live::Live;
use crate::ui::scene::Scene;
use crate::ui::widgets::{
    Cell, Column, ColumnState, EmptyState, Figure, Table, TableEvent, TableRows, Tone, figure, grouped, strip,
};
use crate::view::organisations::FindingLine;

/// The list 待核.
#[derive(Debug, Default)]
pub struct FindingsList {
    findings: Live<OrganisationFindings>,
    columns: Vec<ColumnState>,
    cursor: Option<usize>,
    /// Only those of this level.
    level: Option<Level>,
}

impl FindingsList {
    pub fn ask(&mut self, scene: &Scene<'_>) {
        self.findings.ask(scene, OrganisationFindings { scope: scene.scope, as_of: scene.as_of });
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.findings.shown().map_or(0, Vec::len)
    }

    fn lines(&self) -> Vec<&FindingLine> {
        let all = self.findings.shown().into_iter().flatten();
        all.filter(|line| self.level.is_none_or(|level| line.finding.level == level)).collect()
    }

    /// Draws the list over all room but the strip's; gives back the organisation that was opened.
    pub fn show(&mut self, ui: &mut Ui) -> Option<OrganisationId> {
        let mut states = std::mem::take(&mut self.columns);
        let lines = self.lines();
        let ids: Vec<OrganisationId> = lines.iter().map(|line| line.organisation).collect();
        let columns = [
            Column::new("name", "党组织", 200.0).unsortable(),
            Column::new("level", "程度", 64.0).unsortable(),
            Column::new("title", "事项", 104.0).unsortable(),
            Column::new("words", "情况", 380.0).unsortable(),
            Column::new("article", "依据", 350.0).unsortable(),
        ];
        let empty = EmptyState::new("没有对不上的地方", "按设置里的规则核对，规则可以改、可以停用");
        let mut rows = FindingRows { lines: &lines, chosen: self.cursor };
        let response = Table::new("findings", "待核", &columns, &mut states)
            .cursor(self.cursor.filter(|row| *row < ids.len()))
            .empty(empty)
            .show(ui, &mut rows);
        let mut opened = None;
        for event in response.events {
            match event {
                TableEvent::Cursor(row) => self.cursor = Some(row),
                TableEvent::Opened(row) | TableEvent::LinkPressed { row, .. } => opened = ids.get(row).copied(),
                _ => {}
            }
        }
        self.columns = states;
        opened
    }

    /// How many there are of each level; each number shows only those.
    pub fn strip_ui(&mut self, ui: &mut Ui) {
        let of = |level| self.findings.shown().into_iter().flatten().filter(|line| line.finding.level == level).count();
        let numbers = [
            ("全部", self.count(), None),
            (Level::Red.label(), of(Level::Red), Some(Level::Red)),
            (Level::Amber.label(), of(Level::Amber), Some(Level::Amber)),
        ];
        strip(ui, |ui| {
            for (word, count, level) in numbers {
                let value = grouped(count as u64);
                if figure(ui, &Figure::new(word, &value, "条").shows_name().open(self.level == level)).clicked() {
                    self.level = level;
                    self.cursor = None;
                }
            }
        });
    }
}

/// The lines as rows.
struct FindingRows<'a> {
    lines: &'a [&'a FindingLine],
    chosen: Option<usize>,
}

impl TableRows for FindingRows<'_> {
    fn row_count(&self) -> usize {
        self.lines.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(line) = self.lines.get(row) else { return Cell::default() };
        let finding = &line.finding;
        match column {
            "name" => Cell::text(&*line.name).link().tip(&*line.path),
            "level" => {
                let tone = if finding.level == Level::Red { Tone::Hard } else { Tone::Amber };
                Cell::text(finding.level.label()).badge(tone)
            }
            "title" => Cell::text(&*finding.title),
            "words" => Cell::text(&*finding.words).tip(&*finding.words),
            _ => Cell::text(&*finding.article).weak().tip(&*finding.article),
        }
    }

    fn row_name(&self, row: usize) -> String {
        self.lines.get(row).map(|line| format!("{}：{}", line.name, line.finding.title)).unwrap_or_default()
    }

    fn is_selected(&self, row: usize) -> bool {
        self.chosen == Some(row)
    }
}
