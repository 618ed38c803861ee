//! Owns the table of all branches of an organisation, in the order of the tree: no ranking.
//! Must never count. Start at [`BranchTable`].

use std::collections::BTreeMap;

use egui::Ui;

use crate::domain::coverage::Relation;
use crate::domain::ids::OrganisationId;
use crate::ui::scene::{Scene, Width};
use crate::ui::widgets::{Cell, Column, ColumnState, EmptyState, Table, TableEvent, TableRows, Tone, grouped};
use crate::view::coverage::{CoverageNode, Ratio};

/// The table of branches.
#[derive(Debug, Default)]
pub struct BranchTable {
    columns: Vec<ColumnState>,
    of_one: Vec<ColumnState>,
    cursor: Option<OrganisationId>,
}

/// A branch that is to be looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened {
    pub organisation: OrganisationId,
    /// The relation whose ratio was pressed.
    pub relation: Option<Relation>,
}

/// Ids of the columns of the relations.
const IDS: [&str; 4] = ["c1", "c2", "c3", "c4"];

impl BranchTable {
    /// Draws it over all room there is; gives back what was opened: an organisation by its name, or one of its ratios.
    /// Where a ratio of all is opened, only those that lack something in it are listed, with who that is.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        tree: &CoverageNode,
        missing: Option<(Relation, Option<&Missing>)>,
    ) -> Option<Opened> {
        let lacks = |node: &&CoverageNode| {
            missing.is_none_or(|(relation, _)| {
                Ratio::of(&node.coverage, relation).is_some_and(|ratio| ratio.done < ratio.required)
            })
        };
        let lines: Vec<&CoverageNode> = tree.all().into_iter().filter(lacks).collect();
        let relation = missing.map(|(relation, _)| relation);
        let columns = columns(scene.width, relation);
        // Of one relation the columns are others, and keep other widths.
        let states = if relation.is_some() { &mut self.of_one } else { &mut self.columns };
        let row = lines.iter().position(|node| Some(node.organisation) == self.cursor);
        let missing = missing.and_then(|(_, names)| names);
        let mut rows = Rows { lines: &lines, tree, missing, chosen: self.cursor };
        let name = if relation.is_some() { "coverage of one relation" } else { "coverage branches" };
        let empty = EmptyState::new("各支部都齐了", "没有还缺的");
        let shown = Table::new(name, "各支部覆盖情况", &columns, states).cursor(row).empty(empty);
        let mut found = None;
        for event in shown.show(ui, &mut rows).events {
            match event {
                TableEvent::Cursor(row) => self.cursor = lines.get(row).map(|node| node.organisation),
                TableEvent::Opened(row) => found = of_line(&lines, row, None),
                TableEvent::LinkPressed { row, column } => found = of_line(&lines, row, relation_of(&column)),
                _ => {}
            }
        }
        found
    }
}

/// Who is missing, by name.
pub type Missing = BTreeMap<OrganisationId, Vec<String>>;

/// All relations side by side; of one of them who is missing.
fn columns(width: Width, of_one: Option<Relation>) -> Vec<Column<'static>> {
    let [name, ratio, after_events, last] = match width {
        Width::Wide => [240.0, 160.0, 170.0, 90.0],
        Width::Medium | Width::Narrow => [206.0, 126.0, 154.0, 66.0],
    };
    let mut columns = vec![Column::new("name", "党组织", name).unsortable()];
    for (id, relation) in IDS.into_iter().zip(Relation::ALL) {
        if of_one.is_none_or(|only| only == relation) {
            let wide = if relation == Relation::AfterEvents { after_events } else { ratio };
            columns.push(Column::new(id, relation.label(), wide).unsortable());
        }
    }
    columns.push(match of_one {
        Some(Relation::AfterEvents) => Column::new("missing", "还缺和待谈的", 440.0).unsortable(),
        Some(_) => Column::new("missing", "还缺的", 440.0).unsortable(),
        None => Column::new("left_out", "不列入", last).right().unsortable(),
    });
    columns
}

/// The relation of a column.
fn relation_of(column: &str) -> Option<Relation> {
    IDS.iter().zip(Relation::ALL).find(|(id, _)| **id == column).map(|(_, relation)| relation)
}

fn of_line(lines: &[&CoverageNode], row: usize, relation: Option<Relation>) -> Option<Opened> {
    lines.get(row).map(|node| Opened { organisation: node.organisation, relation })
}

struct Rows<'a> {
    lines: &'a [&'a CoverageNode],
    tree: &'a CoverageNode,
    missing: Option<&'a Missing>,
    chosen: Option<OrganisationId>,
}

impl TableRows for Rows<'_> {
    fn row_count(&self) -> usize {
        self.lines.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(node) = self.lines.get(row) else { return Cell::default() };
        if column == "name" {
            let is_own = node.organisation == self.tree.organisation;
            return Cell::text(if is_own { format!("{}（本级）", node.name) } else { node.name.clone() }).link();
        }
        if column == "left_out" {
            return Cell::text(grouped(node.coverage.left_out.len() as u64)).weak();
        }
        if column == "missing" {
            let names = self.missing.and_then(|missing| missing.get(&node.organisation)).map(|names| names.join("、"));
            return names.map_or_else(Cell::default, |names| Cell::text(names.clone()).tip(names));
        }
        let ratio = relation_of(column).and_then(|relation| Some((relation, Ratio::of(&node.coverage, relation)?)));
        match ratio {
            None => Cell::unknown(),
            Some((_, ratio)) if ratio.required == 0 => Cell::unknown(),
            Some((relation, ratio)) => {
                let missing = ratio.missing();
                let words = format!("{} / {} {}", ratio.done, ratio.required, relation.unit());
                let open = if ratio.open > 0 { format!("，待谈 {}", ratio.open) } else { String::new() };
                let (words, tone) = if missing > 0 {
                    (format!("{words}，缺 {missing}{open}"), Some(Tone::Amber))
                } else if ratio.open > 0 {
                    (format!("{words}{open}"), Some(Tone::Act))
                } else {
                    (words, None)
                };
                let name = format!("{}·{} {words}", node.name, relation.label());
                let cell = Cell::text(words).figure().named(name);
                tone.map_or(cell.clone(), |tone| cell.tone(tone))
            }
        }
    }

    fn row_name(&self, row: usize) -> String {
        self.lines.get(row).map(|node| node.name.clone()).unwrap_or_default()
    }

    fn is_selected(&self, row: usize) -> bool {
        self.lines.get(row).is_some_and(|node| Some(node.organisation) == self.chosen)
    }
}
