//! What was recorded of people (变动记录) as it goes out: a row each, person by person, each person's in their order.
//! Posts that began on a known day stand among them (任职).
//!
//! As data each names the organisation that answers for it (`organisation`), and where that is another one the branch the
//! person was in (`from_organisation`).

use super::{Column, Datum, Shown, Take};
use crate::clock::Day;
use crate::domain::coverage::OccasionKind;
use crate::domain::dates::PartialDate;
use crate::domain::events::Event;
use crate::domain::fields::FactKind;
use crate::domain::ids::{OrganisationId, PersonId, RecordId};
use crate::domain::members::Fact;
use crate::domain::organisations::OrganisationTree;
use crate::problem::Result;
use crate::store::directory::Card;
use crate::store::events::each;
use crate::store::members::{each_belonging, facts_of};
use crate::view::coverage::{answering, answers_for};
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
        Column::new("organisation", "谈话覆盖所在党组织编号", 22.0).only(Shown::Json),
        Column::new("from_organisation", "原党组织编号", 22.0).only(Shown::Json),
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

/// What is told in a row: an event, or that somebody was appointed.
#[derive(Debug, Clone, Copy)]
enum Happened<'a> {
    Event(&'a Event),
    /// A post whose start is known.
    Appointed(&'a Fact, PartialDate),
}

impl Happened<'_> {
    fn person(self) -> PersonId {
        match self {
            Self::Event(event) => event.person,
            Self::Appointed(fact, _) => fact.person,
        }
    }

    fn day(self) -> PartialDate {
        match self {
            Self::Event(event) => event.day,
            Self::Appointed(_, day) => day,
        }
    }

    /// In which order rows stand.
    fn place(self) -> (PersonId, PartialDate, RecordId) {
        let id = match self {
            Self::Event(event) => event.id.0,
            Self::Appointed(fact, _) => fact.id.0,
        };
        (self.person(), self.day(), id)
    }

    /// The organisations it names.
    fn named(self) -> [Option<OrganisationId>; 2] {
        match self {
            Self::Event(event) => [event.organisation, event.target],
            Self::Appointed(fact, _) => [fact.organisation, None],
        }
    }

    /// The organisation whose coverage it belongs to.
    fn answered_by(self, card: &Card, tree: &OrganisationTree) -> Option<OrganisationId> {
        match self {
            Self::Event(event) => answers_for(event, card, tree),
            Self::Appointed(fact, _) => answering(fact.organisation?, tree),
        }
    }
}

impl EventExport {
    pub(super) fn each_row(&self, desk: &Desk, take: &mut Take<'_>) -> Result<()> {
        let appointments = appointments(desk)?;
        let mut appointments = appointments.iter().map(|(fact, day)| Happened::Appointed(fact, *day)).peekable();
        each(desk.reader(), |event| {
            let event = Happened::Event(&event);
            while let Some(earlier) = appointments.next_if(|one| one.place() < event.place()) {
                self.row(desk, earlier, take)?;
            }
            self.row(desk, event, take)
        })?;
        appointments.try_for_each(|one| self.row(desk, one, take))
    }

    fn row(&self, desk: &Desk, what: Happened<'_>, take: &mut Take<'_>) -> Result<()> {
        let Some(card) = desk.directory().get(what.person()).filter(|card| !card.voided) else { return Ok(()) };
        let day = what.day();
        if !self.is_in_time(day) || !self.is_in_scope(desk, what)? {
            return Ok(());
        }
        let date = |date: Option<PartialDate>| date.map_or(Datum::Nothing, |date| Datum::owned(date.to_string()));
        let id = |id: Option<OrganisationId>| id.map_or(Datum::Nothing, |id| Datum::owned(id.to_string()));
        let tree = desk.tree_on(day.first_day());
        let name = |id: Option<OrganisationId>| {
            let node = id.and_then(|id| tree.get(id));
            node.map_or(Datum::Nothing, |node| Datum::owned(node.name.clone()))
        };
        let (_, _, record) = what.place();
        let (kind, event) = match what {
            Happened::Event(event) => (OccasionKind::Event(event.kind), Some(event)),
            Happened::Appointed(..) => (OccasionKind::Appointed, None),
        };
        let value = match what {
            Happened::Event(event) => event.value.as_deref(),
            Happened::Appointed(fact, _) => fact.value.as_deref(),
        };
        let [from, target] = what.named();
        let answering = what.answered_by(card, &tree);
        take(&[
            Datum::owned(record.to_string()),
            Datum::owned(card.id.to_string()),
            Datum::text(&card.name),
            Datum::text(kind.name()),
            Datum::text(kind.label()),
            date(Some(day)),
            id(answering),
            id(from.filter(|from| answering != Some(*from))),
            name(from),
            id(target),
            name(target),
            Datum::optional(value),
            Datum::optional(event.and_then(|event| event.place.as_deref())),
            Datum::optional(event.and_then(|event| event.document.as_deref())),
            date(event.and_then(|event| event.until)),
            date(event.and_then(|event| event.receipt)),
            Datum::optional(event.and_then(|event| event.note.as_deref())),
        ])
    }

    /// A month or a year is in the time if a day of it may be.
    fn is_in_time(&self, day: PartialDate) -> bool {
        self.from.is_none_or(|from| day.last_day() >= from) && self.to.is_none_or(|to| day.first_day() <= to)
    }

    fn is_in_scope(&self, desk: &Desk, what: Happened<'_>) -> Result<bool> {
        let Some(scope) = self.scope else { return Ok(true) };
        let within = |id: OrganisationId| desk.tree().is_within(id, scope);
        if what.named().into_iter().flatten().any(within) {
            return Ok(true);
        }
        let facts = facts_of(desk.reader(), what.person())?;
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

/// The posts that began on a known day, in the order of rows.
fn appointments(desk: &Desk) -> Result<Vec<(Fact, PartialDate)>> {
    let mut found: Vec<(Fact, PartialDate)> = Vec::new();
    each_belonging(desk.reader(), |_, facts| {
        let posts = facts.iter().filter(|fact| fact.kind == FactKind::Post);
        found.extend(posts.filter_map(|fact| Some((fact.clone(), fact.span.from?))));
        Ok(())
    })?;
    found.sort_by_key(|(fact, day)| Happened::Appointed(fact, *day).place());
    Ok(found)
}
