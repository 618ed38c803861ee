//! The terms of committees as they go out, by the day on which the next election is due.

use super::{Column, Datum, Shown, Take};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::ids::OrganisationId;
use crate::problem::Result;
use crate::view::desk::Desk;
use crate::view::organisations::terms_by_due;

/// The terms (任期) of a scope's organisations on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermExport {
    pub scope: Option<OrganisationId>,
    pub as_of: Day,
}

pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new("organisation", "党组织编号", 22.0).only(Shown::Json),
        Column::new("name", "党组织全称", 30.0),
        Column::new("path", "隶属", 40.0).only(Shown::Json),
        Column::new("org_kind", "组织类别", 14.0),
        Column::new("secretary", "书记", 12.0),
        Column::new("committee", "班子人数", 9.0),
        Column::new("elected_on", "本届选举时间", 13.0),
        Column::new("term_years", "任期年限", 9.0),
        Column::new("term_ends", "任期届满时间", 13.0),
        Column::new("told", "届满时间系登记", 14.0).only(Shown::Json),
        Column::new("delayed_to", "延期至", 12.0),
        Column::new("due", "应换届时间", 12.0),
        Column::new("stage", "提醒", 12.0),
        Column::new("findings", "情况", 60.0),
    ]
}

impl TermExport {
    pub(super) fn each_row(&self, desk: &Desk, take: &mut Take<'_>) -> Result<()> {
        for line in terms_by_due(desk, self.scope, self.as_of)? {
            let date = |date: Option<PartialDate>| date.map_or(Datum::Nothing, |date| Datum::owned(date.to_string()));
            let words: Vec<&str> = line.findings.iter().map(|finding| finding.words.as_str()).collect();
            take(&[
                Datum::owned(line.organisation.id.to_string()),
                Datum::text(&line.organisation.name),
                Datum::text(&line.path),
                Datum::text(line.organisation.kind.label()),
                Datum::optional(Some(line.secretary.as_str()).filter(|name| !name.is_empty())),
                Datum::Number(i64::try_from(line.committee).unwrap_or(i64::MAX)),
                date(line.term.elected_on),
                Datum::Number(line.term.years),
                date(line.term.ends),
                Datum::Flag(line.term.is_told),
                date(line.term.delayed_to),
                date(line.term.due()),
                line.stage.map_or(Datum::Nothing, |stage| Datum::owned(stage.label())),
                if words.is_empty() { Datum::Nothing } else { Datum::owned(words.join("；")) },
            ])?;
        }
        Ok(())
    }

    /// 「青禾县民政局党总支，截至 2026-11-24」
    pub(super) fn in_words(&self, desk: &Desk) -> String {
        format!("{}，截至 {}", desk.scope_name_on(self.scope, self.as_of), self.as_of)
    }
}
