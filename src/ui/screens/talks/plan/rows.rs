//! Owns how planned talks stand in the table: the week is told in its first row only.
//! Must never know what is done with them. Start at [`Rows`].

use crate::clock::Day;
use crate::domain::ids::PlannedTalkId;
use crate::domain::talk_plan::Became;
use crate::ui::widgets::{Cell, Column, TableRows, Tone};
use crate::view::talk_plan::{KeptPlan, PlannedLine};

/// The column from which a record is opened or begun.
pub(super) const COLUMN_RECORD: &str = "record";

/// `of_several`: the plans of more than one organisation stand below each other. Names have room for the birth that tells
/// one from another, but where the link of the last column would be out of sight for it.
pub(super) fn columns(of_several: bool, is_narrow: bool) -> Vec<Column<'static>> {
    let name = if of_several && is_narrow { 84.0 } else { 144.0 };
    let [week, due, closes, record, note] =
        if is_narrow { [96.0, 94.0, 100.0, 60.0, 88.0] } else { [104.0, 100.0, 136.0, 72.0, 140.0] };
    let organisation = of_several.then(|| Column::new("organisation", "党组织", 144.0).unsortable());
    let rest = [
        Column::new("week", "周（周一）", week).unsortable(),
        Column::new("due", "完成时限", due).unsortable(),
        Column::new("talker", "谈话人", name).unsortable(),
        Column::new("partner", "谈话对象", name).unsortable(),
        Column::new("closes", "补哪一项", closes).unsortable(),
        Column::new("state", "状态", 104.0).unsortable(),
        Column::new(COLUMN_RECORD, "", record).unsortable(),
        Column::new("note", "备注", note).unsortable(),
    ];
    organisation.into_iter().chain(rest).collect()
}

/// The planned talks as rows, organisation by organisation.
pub(super) struct Rows<'a> {
    pub lines: Vec<(&'a KeptPlan, &'a PlannedLine)>,
    pub chosen: Option<PlannedTalkId>,
    pub today: Day,
    pub may: bool,
}

impl<'a> Rows<'a> {
    pub fn line(&self, row: usize) -> Option<&'a PlannedLine> {
        self.lines.get(row).map(|(_, line)| *line)
    }

    /// Whether the row is the first of its organisation.
    fn begins_plan(&self, row: usize) -> bool {
        let plan = |row: usize| self.lines.get(row).map(|(plan, _)| plan.organisation);
        row == 0 || plan(row) != plan(row - 1)
    }

    /// Whether the row is the first of its week.
    fn begins_week(&self, row: usize) -> bool {
        let week = |row: usize| self.line(row).map(PlannedLine::week);
        self.begins_plan(row) || week(row) != week(row - 1)
    }
}

impl TableRows for Rows<'_> {
    fn row_count(&self) -> usize {
        self.lines.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some((plan, line)) = self.lines.get(row) else { return Cell::default() };
        let known = |name: &'_ String| Some(name.clone()).filter(|name| !name.is_empty());
        match column {
            "organisation" if self.begins_plan(row) => Cell::text(&*plan.name).strong(),
            "organisation" => Cell::text(&*plan.name).weak(),
            "week" if !self.begins_week(row) => Cell::default(),
            "week" => Cell::known(line.week().map(|week| week.to_string())).strong(),
            "due" => Cell::known(line.planned.due.map(|due| due.to_string())),
            "talker" => Cell::known(known(&line.talker)),
            "partner" => Cell::known(known(&line.partner)),
            "closes" => {
                let relations: Vec<&str> = line.closes.iter().map(|relation| relation.label()).collect();
                let relations = relations.join("、");
                Cell::text(relations.clone()).weak().tip(relations)
            }
            "state" => match line.became {
                Some(Became::Held(held)) => Cell::text(format!("{} 已谈", held.held_on.short())).badge(Tone::Ok),
                Some(Became::Covered) => Cell::text("别的谈话补上").weak(),
                None if line.is_overdue_on(self.today) => Cell::text("过期").badge(Tone::Amber),
                None => Cell::text("未谈").weak(),
            },
            COLUMN_RECORD if line.held().is_some() => {
                Cell::text("打开").link().named(format!("打开谈话：{}", self.row_name(row)))
            }
            COLUMN_RECORD if self.may && line.is_open() => {
                Cell::text("记谈话").link().named(format!("记谈话：{}", self.row_name(row)))
            }
            COLUMN_RECORD => Cell::default(),
            _ => Cell::text(line.planned.note.as_deref().unwrap_or_default()).weak(),
        }
    }

    fn row_name(&self, row: usize) -> String {
        self.line(row).map(|line| format!("{} 和 {}", line.talker, line.partner)).unwrap_or_default()
    }

    fn is_selected(&self, row: usize) -> bool {
        self.line(row).is_some_and(|line| Some(line.planned.id) == self.chosen)
    }

    fn is_dim(&self, row: usize) -> bool {
        self.line(row).is_some_and(|line| !line.is_open())
    }
}
