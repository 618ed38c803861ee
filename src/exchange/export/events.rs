//! What was recorded of people (变动记录) as it goes out: a row each, person by person, each person's in their order.

use super::{Column, Datum, Shown, Take};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::events::Event;
use crate::domain::fields::FactKind;
use crate::domain::ids::OrganisationId;
use crate::problem::Result;
use crate::store::events::each;
use crate::store::members::facts_of;
use crate::view::desk::Desk;

/// The events of a scope within a time; people typed by mistake have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventExport {
    /// Events that name an organisation of it, and those of people who were ever in it.
    pub scope: Option<OrganisationId>,
    /// From this day on, if told.
    pub from: Option<Day>,
    /// Up to this day, itself included, if told.
    pub to: Option<Day>,
}

pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new("id", "编号", 22.0).only(Shown::Json),
        Column::new("person", "人员编号", 22.0).only(Shown::Json),
        Column::new("person_name", "姓名", 10.0),
        Column::new("kind", "变动代号", 14.0).only(Shown::Json),
        Column::new("label", "变动", 14.0),
        Column::new("day", "日期", 12.0),
        Column::new("organisation", "党组织编号", 22.0).only(Shown::Json),
        Column::new("organisation_name", "党组织", 30.0).only(Shown::Sheets),
        Column::new("target", "转到编号", 22.0).only(Shown::Json),
        Column::new("target_name", "转到", 30.0).only(Shown::Sheets),
        Column::new("value", "内容", 16.0),
        Column::new("place", "转自、转往、流向", 24.0),
        Column::new("document", "介绍信编号、文号", 18.0),
        Column::new("until", "有效期至、延长至", 16.0),
        Column::new("receipt", "回执日期", 12.0),
        Column::new("note", "备注", 24.0),
    ]
}

impl EventExport {
    pub(super) fn each_row(&self, desk: &Desk, take: &mut Take<'_>) -> Result<()> {
        let directory = desk.directory();
        each(desk.reader(), |event| {
            let Some(card) = directory.get(event.person).filter(|card| !card.voided) else { return Ok(()) };
            if !self.is_in_time(event.day) || !self.is_in_scope(desk, &event)? {
                return Ok(());
            }
            let date = |date: Option<PartialDate>| date.map_or(Datum::Nothing, |date| Datum::owned(date.to_string()));
            let id = |id: Option<OrganisationId>| id.map_or(Datum::Nothing, |id| Datum::owned(id.to_string()));
            let tree = desk.tree_on(event.day.first_day());
            let name = |id: Option<OrganisationId>| {
                let node = id.and_then(|id| tree.get(id));
                node.map_or(Datum::Nothing, |node| Datum::owned(node.name.clone()))
            };
            take(&[
                Datum::owned(event.id.to_string()),
                Datum::owned(event.person.to_string()),
                Datum::text(&card.name),
                Datum::text(event.kind.name()),
                Datum::text(event.kind.label()),
                date(Some(event.day)),
                id(event.organisation),
                name(event.organisation),
                id(event.target),
                name(event.target),
                Datum::optional(event.value.as_deref()),
                Datum::optional(event.place.as_deref()),
                Datum::optional(event.document.as_deref()),
                date(event.until),
                date(event.receipt),
                Datum::optional(event.note.as_deref()),
            ])
        })
    }

    /// A month or a year is in the time if a day of it may be.
    fn is_in_time(&self, day: PartialDate) -> bool {
        self.from.is_none_or(|from| day.last_day() >= from) && self.to.is_none_or(|to| day.first_day() <= to)
    }

    fn is_in_scope(&self, desk: &Desk, event: &Event) -> Result<bool> {
        let Some(scope) = self.scope else { return Ok(true) };
        let within = |id: OrganisationId| desk.tree().is_within(id, scope);
        if [event.organisation, event.target].into_iter().flatten().any(within) {
            return Ok(true);
        }
        let facts = facts_of(desk.reader(), event.person)?;
        let belongs = facts.iter().filter(|fact| matches!(fact.kind, FactKind::Membership | FactKind::Group));
        Ok(belongs.filter_map(|fact| fact.organisation).any(within))
    }

    pub(super) fn in_words(&self, desk: &Desk) -> String {
        let scope = desk.scope_name(self.scope);
        match (self.from, self.to) {
            (None, None) => format!("{scope}，全部历史"),
            (None, Some(to)) => format!("{scope}，截至 {to}"),
            (Some(from), None) => format!("{scope}，自 {from}"),
            (Some(from), Some(to)) => format!("{scope}，{from} 至 {to}"),
        }
    }
}
