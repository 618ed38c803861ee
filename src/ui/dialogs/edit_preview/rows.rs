//! The cells of one class of a preview as the table shows them: what changes, what is not written, what stays.
//! Must never show a personal value in full unless it is shown so already. Start at [`CellRows`].

use crate::domain::fields::FieldKey;
use crate::ui::widgets::{Cell, Column, TableRows, Tone};
use crate::view::edit_preview::{CellName, EditPreview, Stays};
use crate::view::member::shown;

/// What becomes of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Class {
    /// 要改
    #[default]
    Changes,
    /// 不能写入
    Refused,
    /// 不变
    Same,
}

impl Class {
    pub const ALL: [Self; 3] = [Self::Changes, Self::Refused, Self::Same];

    pub fn word(self) -> &'static str {
        match self {
            Self::Changes => "要改",
            Self::Refused => "不能写入",
            Self::Same => "不变",
        }
    }

    pub fn count(self, preview: &EditPreview) -> usize {
        match self {
            Self::Changes => preview.changes.len(),
            Self::Refused => preview.refused.len(),
            Self::Same => preview.same.len(),
        }
    }

    pub fn columns(self) -> Vec<Column<'static>> {
        let column = |id, title, width| Column::new(id, title, width).unsortable();
        let (row, name, label) =
            (column("row", "第几行", 64.0), column("name", "姓名", 84.0), column("label", "项目", 128.0));
        match self {
            Self::Changes => vec![
                name,
                label,
                column("before", "现在", 184.0),
                column("after", "改后", 184.0),
                column("note", "说明", 160.0),
            ],
            Self::Refused => {
                vec![row.right(), name, label, column("after", "所填", 184.0), column("note", "原因", 240.0)]
            }
            Self::Same => vec![name, label, column("before", "现在", 240.0), column("note", "为什么不变", 200.0)],
        }
    }
}

/// The cells of one class.
pub struct CellRows<'a> {
    pub preview: &'a EditPreview,
    pub class: Class,
    /// Personal values are shown in full.
    pub unmasked: bool,
}

impl CellRows<'_> {
    fn name(&self, row: usize) -> Option<&CellName> {
        match self.class {
            Class::Changes => self.preview.changes.get(row).map(|change| &change.cell),
            Class::Refused => self.preview.refused.get(row).map(|refused| &refused.cell),
            Class::Same => self.preview.same.get(row).map(|same| &same.cell),
        }
    }

    fn masked(&self, field: Option<FieldKey>, value: &str) -> String {
        field.map_or_else(|| value.to_owned(), |key| shown(key, value, self.unmasked))
    }

    fn before(&self, row: usize) -> Option<String> {
        let (cell, value) = match self.class {
            Class::Changes => self.preview.changes.get(row).map(|change| (&change.cell, &change.before))?,
            Class::Same => self.preview.same.get(row).map(|same| (&same.cell, &same.value))?,
            Class::Refused => return None,
        };
        value.as_deref().map(|value| self.masked(cell.field, value))
    }

    fn after(&self, row: usize) -> Option<String> {
        match self.class {
            Class::Changes => {
                let change = self.preview.changes.get(row)?;
                let after = self.masked(change.cell.field, change.after.as_deref()?);
                let looks_same = self.before(row).as_ref() == Some(&after);
                Some(if looks_same { format!("{after}（遮住的几位不同）") } else { after })
            }
            Class::Refused => {
                let refused = self.preview.refused.get(row)?;
                Some(self.masked(refused.cell.field, &refused.text)).filter(|text| !text.is_empty())
            }
            Class::Same => None,
        }
    }

    fn note(&self, row: usize) -> &str {
        match self.class {
            Class::Changes => self.preview.changes.get(row).map_or("", |change| &change.note),
            Class::Refused => self.preview.refused.get(row).map_or("", |refused| &refused.why),
            Class::Same => match self.preview.same.get(row).map(|same| same.why) {
                Some(Stays::Blank) => "所填是空白",
                Some(Stays::Silent) => "所填不算内容",
                Some(Stays::Equal) | None => "本来就是",
            },
        }
    }
}

impl TableRows for CellRows<'_> {
    fn row_count(&self) -> usize {
        self.class.count(self.preview)
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(name) = self.name(row) else { return Cell::default() };
        match column {
            "row" => Cell::text((name.row + 1).to_string()).weak(),
            "name" => Cell::text(&*name.name),
            "label" => Cell::text(&*name.label).weak(),
            "before" => Cell::known(self.before(row)).weak(),
            "after" => Cell::known(self.after(row)),
            "note" if self.class == Class::Same => Cell::text(self.note(row)).weak(),
            "note" => Cell::text(self.note(row)).tone(Tone::Amber),
            _ => Cell::default(),
        }
    }

    fn row_name(&self, row: usize) -> String {
        self.name(row).map(|cell| format!("{} {}", cell.name, cell.label)).unwrap_or_default()
    }
}
