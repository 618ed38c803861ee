//! The rows of the chosen class as the table shows them.
//! Must never know the plan. Start at [`ClassRows`].

use super::preview::{Class, Preview, ShownRow};
use crate::domain::imports::RosterKind;
use crate::ui::widgets::{Cell, Column, TableRows, Tone};

/// Rows whose names tell how wide a column is.
const MEASURED: usize = 200;
/// Room for the name of an organisation: at least this, at most that.
const LEAST_NAME: f32 = 150.0;
const WIDEST_NAME: f32 = 340.0;

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

    /// The columns of the class: what no row has is left out, and long names get the room that is left.
    pub fn columns(&self, class: Class, room: f32) -> Vec<Column<'static>> {
        let kind = self.preview.plan.kind;
        let is_told_apart = self.preview.rows.first().is_some_and(|row| row.place.contains('·'));
        let (name, branch) = match kind {
            RosterKind::Organisations => ("党组织", "上级党组织"),
            RosterKind::Talks => ("谈话对象", "党支部"),
            RosterKind::Members | RosterKind::None => ("姓名", "党支部"),
        };
        let what = match class {
            Class::New => "写入",
            Class::Changed => "变更",
            _ => "说明",
        };
        let place_width = if is_told_apart { 190.0 } else { 60.0 };
        let place = Column::new("place", "行号", place_width).unsortable();
        let branch_width = if self.has(|row| &row.branch) { LEAST_NAME } else { 0.0 };
        let trouble_width = if self.has(|row| &row.trouble) { 190.0 } else { 0.0 };
        let content_width = if self.has(|row| &row.content) { 300.0 } else { 0.0 };
        let least_name = if kind == RosterKind::Organisations { LEAST_NAME } else { 84.0 };
        let what_width = if kind == RosterKind::Organisations { 220.0 } else { 284.0 };
        let fixed = place_width + least_name + branch_width + what_width + trouble_width + content_width;
        let mut left = (room - fixed).max(0.0);
        // Names need so much, and get it as far as there is room: that of the row first.
        let mut wide = |least: f32, of: fn(&ShownRow) -> &String| {
            let more = (self.longest(of) - least).clamp(0.0, left);
            left -= more;
            least + more
        };
        let name_width = wide(least_name, |row| &row.name);
        let branch_width = if branch_width > 0.0 { wide(branch_width, |row| &row.branch) } else { 0.0 };
        let mut columns =
            vec![if is_told_apart { place } else { place.right() }, Column::new("name", name, name_width).unsortable()];
        let others = [
            ("branch", branch, branch_width),
            ("what", what, what_width),
            ("content", "内容", content_width),
            ("trouble", "有误", trouble_width),
        ];
        let others = others.into_iter().filter(|(.., width)| *width > 0.0);
        columns.extend(others.map(|(id, title, width)| Column::new(id, title, width).unsortable()));
        columns
    }

    fn of(&self) -> impl Iterator<Item = &'a ShownRow> {
        self.indexes.iter().filter_map(|index| self.preview.rows.get(*index))
    }

    fn has(&self, of: fn(&ShownRow) -> &String) -> bool {
        self.of().any(|row| !of(row).is_empty())
    }

    /// How wide the longest of the first texts is, about.
    fn longest(&self, of: fn(&ShownRow) -> &String) -> f32 {
        let wide = |text: &String| text.chars().map(|c| if c.is_ascii() { 8.0 } else { 14.0 }).sum::<f32>();
        let texts = self.of().take(MEASURED).map(|row| wide(of(row)));
        (texts.fold(0.0, f32::max) + 20.0).min(WIDEST_NAME)
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
            "content" => Cell::text(&*shown.content).weak(),
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
