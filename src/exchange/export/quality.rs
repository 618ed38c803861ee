//! What the rules find in members as it goes out: a row for each finding.

use super::{Column, Datum, Shown, Take};
use crate::clock::Day;
use crate::domain::ids::OrganisationId;
use crate::domain::rules::Level;
use crate::problem::Result;
use crate::progress::Progress;
use crate::view::desk::Desk;
use crate::view::quality::quality;

/// The findings over a scope on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QualityExport {
    pub scope: Option<OrganisationId>,
    pub as_of: Day,
}

pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new("level", "程度代号", 10.0).only(Shown::Json),
        Column::new("level_label", "程度", 8.0).only(Shown::Sheets),
        Column::new("rule", "规则编号", 22.0).only(Shown::Json),
        Column::new("title", "待核事项", 24.0),
        Column::new("person", "人员编号", 22.0).only(Shown::Json),
        Column::new("person_name", "姓名", 10.0),
        Column::new("branch", "所在党支部", 30.0),
        Column::new("branch_id", "党支部编号", 22.0).only(Shown::Json),
        Column::new("words", "情况", 60.0),
        Column::new("article", "依据", 40.0),
    ]
}

impl QualityExport {
    pub(super) fn each_row(&self, desk: &Desk, progress: &Progress, take: &mut Take<'_>) -> Result<()> {
        let found = quality(desk, self.scope, self.as_of, progress)?;
        let tree = desk.tree_on(self.as_of);
        for item in &found.items {
            let Some(kind) = found.kinds.get(item.kind) else { continue };
            let branch = item.branch.and_then(|id| tree.get(id));
            let level = if kind.level == Level::Red { "red" } else { "amber" };
            take(&[
                Datum::text(level),
                Datum::text(kind.level.label()),
                Datum::text(&kind.rule),
                Datum::text(&kind.title),
                Datum::owned(item.person.to_string()),
                Datum::text(&item.name),
                Datum::optional(branch.map(|node| node.name.as_str())),
                item.branch.map_or(Datum::Nothing, |id| Datum::owned(id.to_string())),
                Datum::text(&item.words),
                if kind.article.is_empty() { Datum::Nothing } else { Datum::text(&kind.article) },
            ])?;
        }
        Ok(())
    }

    pub(super) fn in_words(&self, desk: &Desk) -> String {
        format!("{}，截至 {}", desk.scope_name(self.scope), self.as_of)
    }
}
