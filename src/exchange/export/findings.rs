//! What the rules find in organisations, as it goes out: a finding a row, the firm ones first.

use super::{Column, Datum, Shown, Take};
use crate::clock::Day;
use crate::domain::ids::OrganisationId;
use crate::domain::rules::Level;
use crate::problem::Result;
use crate::view::desk::Desk;
use crate::view::organisations::all_findings;

/// What the rules find (待核) in the organisations of a scope on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindingExport {
    pub scope: Option<OrganisationId>,
    pub as_of: Day,
}

pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new("organisation", "党组织编号", 22.0).only(Shown::Json),
        Column::new("organisation_name", "党组织", 30.0),
        Column::new("path", "隶属", 40.0).only(Shown::Json),
        Column::new("rule", "规则编号", 22.0).only(Shown::Json),
        Column::new("level", "程度代号", 8.0).only(Shown::Json),
        Column::new("level_label", "程度", 8.0).only(Shown::Sheets),
        Column::new("title", "事项", 18.0),
        Column::new("words", "情况", 60.0),
        Column::new("article", "依据", 46.0),
    ]
}

impl FindingExport {
    pub(super) fn each_row(&self, desk: &Desk, take: &mut Take<'_>) -> Result<()> {
        for line in all_findings(desk, self.scope, self.as_of)? {
            let level = line.finding.level;
            take(&[
                Datum::owned(line.organisation.to_string()),
                Datum::text(&line.name),
                Datum::text(&line.path),
                Datum::text(&line.finding.rule),
                Datum::text(if level == Level::Red { "red" } else { "amber" }),
                Datum::text(level.label()),
                Datum::text(&line.finding.title),
                Datum::text(&line.finding.words),
                Datum::text(&line.finding.article),
            ])?;
        }
        Ok(())
    }

    /// 「青禾县民政局党总支，截至 2026-11-24」
    pub(super) fn in_words(&self, desk: &Desk) -> String {
        format!("{}，截至 {}", desk.scope_name_on(self.scope, self.as_of), self.as_of)
    }
}
