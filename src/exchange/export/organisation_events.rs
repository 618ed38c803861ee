//! What happened to organisations as it goes out: an event a row, the earliest first.

use super::{Column, Datum, Shown, Take};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::OrganisationEventKind;
use crate::problem::Result;
use crate::view::desk::Desk;

/// What happened to the organisations of a scope (沿革).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrganisationEventExport {
    pub scope: Option<OrganisationId>,
    /// Only what happened up to this day; the whole history if absent.
    pub as_of: Option<Day>,
}

pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new("id", "编号", 22.0).only(Shown::Json),
        Column::new("organisation", "党组织编号", 22.0).only(Shown::Json),
        Column::new("organisation_name", "党组织", 30.0),
        Column::new("kind", "事项代号", 12.0).only(Shown::Json),
        Column::new("kind_label", "事项", 16.0).only(Shown::Sheets),
        Column::new("day", "日期", 12.0),
        Column::new("other", "另一党组织编号", 22.0).only(Shown::Json),
        Column::new("other_name", "原隶属、并入或分设自", 30.0),
        Column::new("former_name", "原全称", 30.0),
        Column::new("former_short", "原简称", 18.0),
        Column::new("session", "届次", 12.0),
        Column::new("until", "届满或延期至", 13.0),
        Column::new("document", "文号", 22.0),
        Column::new("note", "备注", 30.0),
    ]
}

impl OrganisationEventExport {
    pub(super) fn each_row(&self, desk: &Desk, take: &mut Take<'_>) -> Result<()> {
        let then = self.as_of.map(|day| desk.tree_on(day));
        let tree = then.as_deref().unwrap_or(desk.tree());
        let name = |id: OrganisationId| tree.get(id).map(|node| node.name.as_str());
        for event in desk.organisation_events() {
            let is_there = self.as_of.is_none_or(|day| event.day.is_reached_on(day));
            if !is_there || self.scope.is_some_and(|scope| !tree.is_within(event.organisation, scope)) {
                continue;
            }
            let date = |date: Option<PartialDate>| date.map_or(Datum::Nothing, |date| Datum::owned(date.to_string()));
            let value = |kind| Datum::optional(event.value.as_deref().filter(|_| event.kind == kind));
            take(&[
                Datum::owned(event.id.to_string()),
                Datum::owned(event.organisation.to_string()),
                Datum::optional(name(event.organisation)),
                Datum::text(event.kind.name()),
                Datum::text(event.kind.label()),
                date(Some(event.day)),
                event.other.map_or(Datum::Nothing, |id| Datum::owned(id.to_string())),
                Datum::optional(event.other.and_then(name)),
                value(OrganisationEventKind::Renamed),
                Datum::optional(event.former_short.as_deref()),
                value(OrganisationEventKind::Elected),
                date(event.until),
                Datum::optional(event.document.as_deref()),
                Datum::optional(event.note.as_deref()),
            ])?;
        }
        Ok(())
    }

    pub(super) fn in_words(&self, desk: &Desk) -> String {
        match self.as_of {
            Some(day) => format!("{}，截至 {day}", desk.scope_name_on(self.scope, day)),
            None => format!("{}，全部历史", desk.scope_name(self.scope)),
        }
    }
}
