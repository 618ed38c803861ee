//! The ledger of transfers (组织关系转接台账): who came, moved and left in a period, with letters and receipts.
//!
//! Start at [`transfers`].

use super::desk::Desk;
use crate::clock::Day;
use crate::domain::dates::{PartialDate, Period};
use crate::domain::events::{Event, EventKind};
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::{OrganisationEvent, OrganisationEventKind};
use crate::problem::Result;
use crate::store::events::of_kind;

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferLine {
    pub event: Event,
    pub name: String,
    pub sex: String,
    /// 转出党组织, with the names of the day.
    pub from: String,
    /// 转入党组织, likewise.
    pub to: String,
    /// The letter was valid until a day that is past, and no receipt is recorded.
    pub lacks_receipt: bool,
    /// How many people it tells of: more than one only where a whole organisation was merged.
    pub people: usize,
    /// The change of organisations that moved the person: its paper is a decision, no letter.
    pub change: Option<OrganisationEventKind>,
}

impl TransferLine {
    /// 转入, 内部转接, 转出; 整建制转接 of a merger.
    pub fn kind_words(&self) -> &'static str {
        match (self.event.kind, self.change) {
            (EventKind::TransferIn, _) => "转入",
            (EventKind::TransferOut, _) => "转出",
            (_, Some(OrganisationEventKind::Merged)) => "整建制转接",
            _ => "内部转接",
        }
    }

    /// Whether both are of one merger, and stand as one line.
    fn goes_with(&self, other: &Self) -> bool {
        let of = |line: &Self| (line.event.day, line.event.organisation, line.event.target);
        self.change == Some(OrganisationEventKind::Merged) && self.change == other.change && of(self) == of(other)
    }

    /// What a missing receipt is called: who receives a member sends it, who lets one go waits for it.
    pub fn lacking_words(&self) -> &'static str {
        match self.event.kind {
            EventKind::TransferIn => "未寄出回执",
            _ => "未收到回执",
        }
    }
}

/// The transfers of a period into, within and out of a scope, in the order of their days; all whom one merger moved are
/// one line. `today` tells which letters
/// are past their validity.
pub fn transfers(desk: &Desk, scope: Option<OrganisationId>, period: Period, today: Day) -> Result<Vec<TransferLine>> {
    let mut lines = Vec::new();
    // A day known to the month or the year is kept before all days of it, and acts as the first of them.
    let Some(from) = PartialDate::new(period.first.year(), None, None) else { return Ok(lines) };
    for kind in EventKind::all().filter(|kind| kind.is_transfer()) {
        for event in of_kind(desk.reader(), kind, from, PartialDate::of_day(period.last))? {
            if period.holds(event.day.first_day()) {
                lines.extend(line(desk, scope, event, today));
            }
        }
    }
    lines.sort_by_key(|line| (line.event.day.first_day(), line.event.id));
    Ok(gathered(lines))
}

/// The first of those whom a merger moved stands for all of them.
fn gathered(lines: Vec<TransferLine>) -> Vec<TransferLine> {
    let mut gathered: Vec<TransferLine> = Vec::with_capacity(lines.len());
    for line in lines {
        match gathered.iter_mut().find(|first| first.goes_with(&line)) {
            Some(first) => first.people += 1,
            None => gathered.push(line),
        }
    }
    gathered
}

/// What happened to the organisations that moved this person on that day, if anything did.
fn change_behind(desk: &Desk, event: &Event) -> Option<OrganisationEventKind> {
    let is_it = |change: &&OrganisationEvent| {
        let (of, other) = (Some(change.organisation), change.other);
        let moves = match change.kind {
            OrganisationEventKind::Merged => (event.organisation, event.target) == (of, other),
            OrganisationEventKind::Split => (event.organisation, event.target) == (other, of),
            _ => false,
        };
        moves && change.day == event.day && change.document == event.document
    };
    let found = desk.organisation_events().iter().filter(|_| event.kind == EventKind::TransferWithin).find(is_it);
    found.map(|change| change.kind)
}

/// None where the transfer is none of the scope, or the person was typed by mistake.
fn line(desk: &Desk, scope: Option<OrganisationId>, event: Event, today: Day) -> Option<TransferLine> {
    let card = desk.directory().get(event.person).filter(|card| !card.voided)?;
    let tree = desk.tree_on(event.day.first_day());
    let is_inside = |id: Option<OrganisationId>| {
        scope.is_none_or(|scope| id.is_some_and(|id| tree.is_within(id, scope) || desk.tree().is_within(id, scope)))
    };
    if !is_inside(event.organisation) && !is_inside(event.target) {
        return None;
    }
    let name = |id: Option<OrganisationId>| id.and_then(|id| tree.get(id)).map(|node| node.name.clone());
    let place = event.place.clone();
    let (from, to) = match event.kind {
        EventKind::TransferIn => (place, name(event.organisation)),
        EventKind::TransferOut => (name(event.organisation), place),
        _ => (name(event.organisation), name(event.target)),
    };
    let lacks_receipt = event.receipt.is_none() && event.until.is_some_and(|until| until.last_day() < today);
    Some(TransferLine {
        name: card.name.to_string(),
        sex: card.sex.as_deref().unwrap_or_default().to_owned(),
        from: from.unwrap_or_default(),
        to: to.unwrap_or_default(),
        lacks_receipt,
        people: 1,
        change: change_behind(desk, &event),
        event,
    })
}
