//! The difference between two days as it goes out: who came, who left, what changed, a row each.

use super::{Column, Datum, Shown, Take};
use crate::problem::Result;
use crate::view::desk::Desk;
use crate::view::difference::{self, DifferenceAsk, DifferenceLine};

/// A difference to hand out (两日对比).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DifferenceExport(pub DifferenceAsk);

pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new("kind", "类代号", 8.0).only(Shown::Json),
        Column::new("kind_label", "类", 8.0).only(Shown::Sheets),
        Column::new("id", "编号", 22.0).only(Shown::Json),
        Column::new("name", "姓名", 10.0),
        Column::new("category", "人员类别", 11.0),
        Column::new("branch", "所在党支部", 26.0),
        Column::new("branch_id", "党支部编号", 22.0).only(Shown::Json),
        Column::new("what", "事项", 18.0),
        Column::new("before", "之前", 26.0),
        Column::new("after", "之后", 26.0),
        Column::new("on", "日期", 12.0),
    ]
}

impl DifferenceExport {
    pub(super) fn each_row(&self, desk: &Desk, take: &mut Take<'_>) -> Result<()> {
        let found = difference::difference(desk, &self.0)?;
        let groups =
            [("came", "新增", &found.came), ("left", "减少", &found.left), ("changed", "变动", &found.changed)];
        for (kind, label, lines) in groups {
            lines.iter().try_for_each(|line| row(kind, label, line, take))?;
        }
        Ok(())
    }

    /// 「青禾县民政局党总支，2026-01-01 至 2026-11-24」
    pub(super) fn in_words(&self, desk: &Desk) -> String {
        difference::in_words(desk, &self.0)
    }
}

fn row(kind: &str, label: &str, line: &DifferenceLine, take: &mut Take<'_>) -> Result<()> {
    let text = |text: &'_ str| if text.is_empty() { Datum::Nothing } else { Datum::owned(text) };
    take(&[
        Datum::text(kind),
        Datum::text(label),
        Datum::owned(line.id.to_string()),
        Datum::text(&line.name),
        Datum::optional(line.category.map(|category| category.label())),
        text(&line.branch_name),
        line.branch.map_or(Datum::Nothing, |id| Datum::owned(id.to_string())),
        Datum::text(&line.what),
        text(&line.before),
        text(&line.after),
        line.on.map_or(Datum::Nothing, |on| Datum::owned(on.to_string())),
    ])
}
