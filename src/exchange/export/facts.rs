//! The dated facts of people as they go out: a row each, with the entry of the journal that wrote it last.

use std::collections::HashMap;

use super::{Column, Datum, Shown, Take};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::fields::FactKind;
use crate::domain::ids::{EntryId, OrganisationId};
use crate::domain::members::PersonFile;
use crate::domain::organisations::OrganisationTree;
use crate::problem::Result;
use crate::store::members::each_file;
use crate::store::{Table, journal};
use crate::view::desk::Desk;

/// The facts of the people of a scope; people typed by mistake have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactExport {
    /// People who were ever in it.
    pub scope: Option<OrganisationId>,
    /// Only what holds on this day; the whole history if absent.
    pub as_of: Option<Day>,
}

pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new("id", "编号", 22.0).only(Shown::Json),
        Column::new("kind", "事项代号", 12.0).only(Shown::Json),
        Column::new("kind_label", "事项", 10.0).only(Shown::Sheets),
        Column::new("person", "人员编号", 22.0).only(Shown::Json),
        Column::new("person_name", "姓名", 10.0),
        Column::new("organisation", "党组织编号", 22.0).only(Shown::Json),
        Column::new("organisation_name", "党组织", 30.0),
        Column::new("value", "内容", 16.0),
        Column::new("place", "去向", 20.0),
        Column::new("from", "起始", 12.0),
        Column::new("to", "结束", 12.0),
        Column::new("entry", "操作记录", 10.0),
    ]
}

impl FactExport {
    pub(super) fn each_row(&self, desk: &Desk, take: &mut Take<'_>) -> Result<()> {
        let written_by = last_writers(desk)?;
        // The whole history goes by the names of now.
        let now = desk.tree();
        let then = self.as_of.map(|day| desk.tree_on(day));
        let tree = then.as_deref().unwrap_or(now);
        each_file(desk.reader(), |file| {
            if file.person.voided.is_some() || !self.holds(&file, tree) {
                return Ok(());
            }
            for fact in &file.facts {
                if self.as_of.is_some_and(|day| !file.holds(fact, day)) {
                    continue;
                }
                let date =
                    |date: Option<PartialDate>| date.map_or(Datum::Nothing, |date| Datum::owned(date.to_string()));
                let organisation = fact.organisation.and_then(|id| tree.get(id));
                take(&[
                    Datum::owned(fact.id.to_string()),
                    Datum::text(fact.kind.name()),
                    Datum::text(fact.kind.label()),
                    Datum::owned(fact.person.to_string()),
                    Datum::text(file.person.name()),
                    fact.organisation.map_or(Datum::Nothing, |id| Datum::owned(id.to_string())),
                    Datum::optional(organisation.map(|node| node.name.as_str())),
                    Datum::optional(fact.value.as_deref()),
                    Datum::optional(fact.place.as_deref()),
                    date(fact.span.from),
                    date(fact.span.to),
                    written_by.get(&fact.id.0).map_or(Datum::Nothing, |entry| Datum::owned(entry.to_string())),
                ])?;
            }
            Ok(())
        })
    }

    /// Whether a person belongs to the scope: now or, without a day, at any time.
    fn holds(&self, file: &PersonFile, tree: &OrganisationTree) -> bool {
        let Some(scope) = self.scope else { return true };
        file.facts
            .iter()
            .filter(|fact| matches!(fact.kind, FactKind::Membership | FactKind::Group))
            .filter(|fact| self.as_of.is_none_or(|day| file.holds(fact, day)))
            .filter_map(|fact| fact.organisation)
            .any(|id| tree.is_within(id, scope))
    }

    pub(super) fn in_words(&self, desk: &Desk) -> String {
        match self.as_of {
            Some(day) => format!("{}，截至 {day}", desk.scope_name_on(self.scope, day)),
            None => format!("{}，全部历史", desk.scope_name(self.scope)),
        }
    }
}

/// The entry that wrote each fact last.
fn last_writers(desk: &Desk) -> Result<HashMap<i64, EntryId>> {
    let mut found = HashMap::new();
    for entry in journal::all(desk.reader())? {
        journal::each_change(desk.reader(), entry.id, |change| {
            if change.table == Table::Fact {
                found.insert(change.id, entry.id);
            }
            Ok(())
        })?;
    }
    Ok(found)
}
