//! Owns the list 任期: all organisations by the day on which the next election is due.
//! Must never change anything: it says what was asked for. Start at [`TermsList`].

use egui::Ui;

use super::facts::tone_of;
use crate::domain::dates::PartialDate;
use crate::domain::ids::OrganisationId;
use crate::engine::questions::Terms;
use crate::ui::live::Live;
use crate::ui::scene::Scene;
use crate::ui::widgets::{
    Cell, Column, ColumnState, EmptyState, Figure, Table, TableEvent, TableRows, figure, grouped, strip,
};
use crate::view::organisations::TermLine;

/// The list 任期.
#[derive(Debug, Default)]
pub struct TermsList {
    terms: Live<Terms>,
    columns: Vec<ColumnState>,
    cursor: Option<OrganisationId>,
    /// Only those of which there is something to be said: 任期将满.
    pub ending_only: bool,
}

impl TermsList {
    pub fn ask(&mut self, scene: &Scene<'_>) {
        self.terms.ask(scene, Terms { scope: scene.scope, as_of: scene.as_of });
    }

    /// The lines that are shown.
    fn lines(&self) -> Vec<&TermLine> {
        let all = self.terms.shown().into_iter().flatten();
        all.filter(|line| !self.ending_only || line.stage.is_some()).collect()
    }

    /// Draws the list over all room but the strip's; gives back the organisation that was opened.
    pub fn show(&mut self, ui: &mut Ui) -> Option<OrganisationId> {
        let mut states = std::mem::take(&mut self.columns);
        let lines = self.lines();
        let row = lines.iter().position(|line| Some(line.organisation.id) == self.cursor);
        let ids: Vec<OrganisationId> = lines.iter().map(|line| line.organisation.id).collect();
        let columns = [
            Column::new("name", "党组织", 250.0).unsortable(),
            Column::new("stage", "提醒", 104.0).unsortable(),
            Column::new("due", "应换届时间", 104.0).unsortable(),
            Column::new("elected_on", "本届选举时间", 112.0).unsortable(),
            Column::new("years", "任期", 60.0).unsortable(),
            Column::new("ends", "任期届满时间", 112.0).unsortable(),
            Column::new("delayed_to", "延期至", 104.0).unsortable(),
            Column::new("secretary", "书记", 90.0).unsortable(),
            Column::new("committee", "班子", 60.0).right().unsortable(),
            Column::new("kind", "组织类别", 96.0).unsortable(),
        ];
        let (text, hint) = match self.ending_only {
            true => ("没有任期将满的党组织", "提前多久提醒，在设置的规则里改"),
            false => ("还没有党组织", "新建党组织后，这里按应换届时间列出"),
        };
        let mut rows = TermRows { lines: &lines, chosen: self.cursor };
        let response = Table::new("terms", "任期", &columns, &mut states)
            .cursor(row)
            .empty(EmptyState::new(text, hint))
            .show(ui, &mut rows);
        let mut opened = None;
        for event in response.events {
            match event {
                TableEvent::Cursor(row) => self.cursor = ids.get(row).copied(),
                TableEvent::Opened(row) | TableEvent::LinkPressed { row, .. } => opened = ids.get(row).copied(),
                _ => {}
            }
        }
        self.columns = states;
        opened
    }

    /// How many there are; each number shows only those.
    pub fn strip_ui(&mut self, ui: &mut Ui) {
        let all = self.terms.shown().map_or(0, Vec::len);
        let ending = self.terms.shown().into_iter().flatten().filter(|line| line.stage.is_some()).count();
        strip(ui, |ui| {
            for (word, count, only) in [("全部", all, false), ("任期将满", ending, true)] {
                let value = grouped(count as u64);
                let shown = Figure::new(word, &value, "个").shows_name().open(self.ending_only == only);
                if figure(ui, &shown).clicked() {
                    self.ending_only = only;
                }
            }
        });
    }
}

/// The lines as rows.
struct TermRows<'a> {
    lines: &'a [&'a TermLine],
    chosen: Option<OrganisationId>,
}

impl TableRows for TermRows<'_> {
    fn row_count(&self) -> usize {
        self.lines.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(line) = self.lines.get(row) else { return Cell::default() };
        let date = |date: Option<PartialDate>| Cell::known(date.map(|date| date.to_string()));
        match column {
            "name" => Cell::text(&*line.organisation.name).link().tip(&*line.path),
            "stage" => match line.stage {
                Some(stage) => {
                    let overdue = line.findings.iter().any(|finding| finding.rule == "term.overdue");
                    let words: Vec<&str> = line.findings.iter().map(|finding| finding.words.as_str()).collect();
                    Cell::text(stage.label()).badge(tone_of(stage, overdue)).tip(words.join("；"))
                }
                None => Cell::default(),
            },
            "due" => date(line.term.due()),
            "elected_on" => date(line.term.elected_on).weak(),
            "years" => Cell::text(format!("{} 年", line.term.years)).weak(),
            "ends" => date(line.term.ends).weak(),
            "delayed_to" => Cell::text(line.term.delayed_to.map(|until| until.to_string()).unwrap_or_default()),
            "secretary" => Cell::known(Some(line.secretary.as_str()).filter(|name| !name.is_empty())),
            "committee" => Cell::text(line.committee.to_string()),
            _ => Cell::text(line.organisation.kind.label()).weak(),
        }
    }

    fn row_name(&self, row: usize) -> String {
        self.lines.get(row).map(|line| line.organisation.name.clone()).unwrap_or_default()
    }

    fn is_selected(&self, row: usize) -> bool {
        self.lines.get(row).is_some_and(|line| Some(line.organisation.id) == self.chosen)
    }
}
