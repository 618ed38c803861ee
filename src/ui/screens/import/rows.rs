//! The rows of the chosen class as the table shows them.
//! Must never know the plan. Start at [`ClassRows`].

use super::preview::{Class, Preview, ShownRow};
use crate::domain::imports::RosterKind;
use crate::ui::widgets::{Cell, Column, TableRows, Tone};

/// The rows of one class.
pub struct ClassRows<'a> {
    preview: &'a Preview,
    indexes: &'a [usize],
    cursor: Option<usize>,
}

impl<'a> ClassRows<'a> {
    pub fn new(preview: &'a Preview, class: Class, cursor: Option<usize>) -> Self {
        Self { preview, indexes: preview.of_class(class), cursor }
    }

    pub fn row(&self, row: usize) -> Option<&'a ShownRow> {
        self.indexes.get(row).and_then(|index| self.preview.rows.get(*index))
    }

    /// The row as a place in [`Preview::rows`].
    pub fn index(&self, row: usize) -> Option<usize> {
        self.indexes.get(row).copied()
    }

    /// The columns of the class: 问题 only where there are any. Long names of branches get the room that is left.
    pub fn columns(&self, class: Class, room: f32) -> Vec<Column<'static>> {
        let is_told_apart = self.preview.rows.first().is_some_and(|row| row.place.contains('·'));
        let has_trouble = |index: &usize| self.preview.rows.get(*index).is_some_and(|row| !row.trouble.is_empty());
        let place_width = if is_told_apart { 190.0 } else { 60.0 };
        let trouble_width = if self.indexes.iter().any(has_trouble) { 170.0 } else { 0.0 };
        let kind = self.preview.plan.kind;
        let name_width = if kind == RosterKind::Members { 84.0 } else { 160.0 };
        let (branch_width, what_width) = (150.0, 284.0);
        let (name, branch) = match kind {
            RosterKind::Organisations => ("党组织", "上级党组织"),
            RosterKind::Talks => ("谈话对象", "党支部"),
            RosterKind::Members | RosterKind::None => ("姓名", "党支部"),
        };
        let left = room - (place_width + name_width + branch_width + what_width + trouble_width);
        let place = Column::new("place", "行号", place_width).unsortable();
        let what = match class {
            Class::New => "写入",
            Class::Changed => "变更",
            _ if self.preview.plan.kind == RosterKind::Talks => "谈话",
            _ => "说明",
        };
        let mut columns = vec![
            if is_told_apart { place } else { place.right() },
            Column::new("name", name, name_width).unsortable(),
            Column::new("branch", branch, branch_width + left.clamp(0.0, 150.0)).unsortable(),
            Column::new("what", what, what_width).unsortable(),
        ];
        if trouble_width > 0.0 {
            columns.push(Column::new("trouble", "问题", trouble_width).unsortable());
        }
        columns
    }
}

impl TableRows for ClassRows<'_> {
    fn row_count(&self) -> usize {
        self.indexes.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(shown) = self.row(row) else { return Cell::default() };
        match column {
            "place" => Cell::text(&*shown.place).weak(),
            "name" => Cell::text(&*shown.name),
            "branch" => Cell::known(Some(&*shown.branch).filter(|branch| !branch.is_empty())),
            "what" => Cell::text(&*shown.what),
            "trouble" => Cell::text(&*shown.trouble).tone(Tone::Amber),
            _ => Cell::default(),
        }
    }

    fn row_name(&self, row: usize) -> String {
        self.row(row).map(|shown| shown.name.clone()).unwrap_or_default()
    }

    fn is_selected(&self, row: usize) -> bool {
        self.cursor == Some(row)
    }
}
