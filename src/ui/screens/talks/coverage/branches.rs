//! Owns the table of all branches of an organisation, in the order of the tree: no ranking.
//! Must never count. Start at [`BranchTable`].

use egui::Ui;

use crate::domain::coverage::Relation;
use crate::domain::ids::OrganisationId;
use crate::ui::widgets::{Cell, Column, ColumnState, Table, TableEvent, TableRows, Tone, grouped};
use crate::view::coverage::{CoverageNode, Ratio};

use super::cards::title;

/// The table of branches.
#[derive(Debug, Default)]
pub struct BranchTable {
    columns: Vec<ColumnState>,
    cursor: Option<OrganisationId>,
}

/// Ids of the columns of the relations.
const IDS: [&str; 4] = ["c1", "c2", "c3", "c4"];

impl BranchTable {
    /// Draws it over all room there is; gives back the organisation that was opened. Where a ratio is opened, only
    /// those that lack something in it are listed.
    pub fn show(&mut self, ui: &mut Ui, tree: &CoverageNode, opened: Option<Relation>) -> Option<OrganisationId> {
        let lacks = |node: &&CoverageNode| {
            opened.is_none_or(|relation| {
                Ratio::of(&node.coverage, relation).is_some_and(|ratio| ratio.done < ratio.required)
            })
        };
        let lines: Vec<&CoverageNode> = tree.all().into_iter().filter(lacks).collect();
        let mut columns = vec![Column::new("name", "党组织", 240.0).unsortable()];
        for (id, relation) in IDS.into_iter().zip(Relation::ALL) {
            columns.push(Column::new(id, title(relation), 160.0).unsortable());
        }
        columns.push(Column::new("left_out", "不列入", 90.0).right().unsortable());
        let row = lines.iter().position(|node| Some(node.organisation) == self.cursor);
        let mut rows = Rows { lines: &lines, tree, chosen: self.cursor };
        let shown = Table::new("coverage branches", "各支部覆盖情况", &columns, &mut self.columns).cursor(row);
        let mut found = None;
        for event in shown.show(ui, &mut rows).events {
            match event {
                TableEvent::Cursor(row) => self.cursor = lines.get(row).map(|node| node.organisation),
                TableEvent::Opened(row) | TableEvent::LinkPressed { row, .. } => {
                    found = lines.get(row).map(|node| node.organisation);
                }
                _ => {}
            }
        }
        found
    }
}

struct Rows<'a> {
    lines: &'a [&'a CoverageNode],
    tree: &'a CoverageNode,
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
        let relation = IDS.iter().position(|id| *id == column).map(|place| Relation::ALL[place]);
        let ratio = relation.and_then(|relation| Some((relation, Ratio::of(&node.coverage, relation)?)));
        match ratio {
            None => Cell::unknown(),
            Some((_, ratio)) if ratio.required == 0 => Cell::unknown(),
            Some((relation, ratio)) => {
                let missing = ratio.missing();
                let words = format!("{} / {} {}", ratio.done, ratio.required, relation.unit());
                let open = if ratio.open > 0 { format!("，待谈 {}", ratio.open) } else { String::new() };
                if missing > 0 {
                    Cell::text(format!("{words}，缺 {missing}{open}")).tone(Tone::Amber)
                } else if ratio.open > 0 {
                    Cell::text(format!("{words}{open}")).tone(Tone::Act)
                } else {
                    Cell::text(words)
                }
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
