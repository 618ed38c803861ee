//! The organisations that the import would make, or that a list leaves out, as the table shows them.
//! Must never make one. Start at [`BranchRows`].

use super::preview::Made;
use crate::ui::widgets::{Cell, Column, TableRows};

/// Organisations by name, kind and parent.
pub struct BranchRows<'a> {
    pub nodes: &'a [Made],
    pub cursor: Option<usize>,
}

impl BranchRows<'_> {
    pub fn columns() -> Vec<Column<'static>> {
        vec![
            Column::new("name", "全称", 420.0).unsortable(),
            Column::new("kind", "组织类别", 110.0).unsortable(),
            Column::new("parent", "上级党组织", 200.0).unsortable(),
        ]
    }
}

impl TableRows for BranchRows<'_> {
    fn row_count(&self) -> usize {
        self.nodes.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(made) = self.nodes.get(row) else { return Cell::default() };
        match column {
            "name" => Cell::text(&*made.name),
            "kind" => Cell::text(made.kind.label()).weak(),
            _ => Cell::known(made.parent.as_deref()).weak(),
        }
    }

    fn row_name(&self, row: usize) -> String {
        self.nodes.get(row).map(|made| made.name.clone()).unwrap_or_default()
    }

    fn is_selected(&self, row: usize) -> bool {
        self.cursor == Some(row)
    }
}
