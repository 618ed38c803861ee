//! C4 必谈事项: what happened to somebody and asks for a talk of its own, and until when.

use jiff::ToSpan as _;

use super::{CoverageRules, Window};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::events::EventKind;
use crate::domain::ids::{PersonId, RecordId};

/// What may ask for a talk (必谈事项的种类).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OccasionKind {
    /// One of the events of people.
    Event(EventKind),
    /// 任职: a post began.
    Appointed,
}

impl OccasionKind {
    /// The name in JSON and in the rules.
    pub fn name(self) -> &'static str {
        match self {
            Self::Event(kind) => kind.name(),
            Self::Appointed => "appointed",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        if name == Self::Appointed.name() { Some(Self::Appointed) } else { EventKind::from_name(name).map(Self::Event) }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Event(kind) => kind.label(),
            Self::Appointed => "任职",
        }
    }

    /// The code of the type of talk that it asks for.
    pub fn talk_type(self) -> Option<&'static str> {
        match self {
            Self::Appointed => Some("T08"),
            Self::Event(EventKind::TransferIn | EventKind::TransferWithin) => Some("T09"),
            Self::Event(EventKind::Accepted | EventKind::Converted | EventKind::Extended) => Some("T07"),
            Self::Event(EventKind::Honour) => Some("T15"),
            Self::Event(EventKind::Discipline) => Some("T13"),
            Self::Event(EventKind::Misfortune) => Some("T14"),
            Self::Event(_) => None,
        }
    }
}

/// Something that happened to somebody on a day (必谈事项). A day known to the month or the year acts as its first, and is
/// told as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Occasion {
    pub day: PartialDate,
    pub person: PersonId,
    pub kind: OccasionKind,
    /// The event; of an appointment the fact of the post.
    pub id: RecordId,
}

/// An occasion with the last day on which a talk answers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Due {
    pub occasion: Occasion,
    pub until: Day,
}

/// The occasions of a period that ask for a talk, the earliest first: those of kinds that the rules name. What is still
/// to come on the day of the coverage asks for nothing yet.
pub(super) fn due(rules: &CoverageRules, window: Window, occasions: &[Occasion]) -> Vec<Due> {
    let lies_in = |occasion: &&Occasion| window.holds(occasion.day.first_day());
    let mut due: Vec<Due> = occasions.iter().filter(lies_in).filter_map(|occasion| rules.due_of(*occasion)).collect();
    due.sort_unstable();
    due
}

impl CoverageRules {
    /// Until when an occasion asks for a talk; `None` if the rules do not name its kind.
    pub fn due_of(&self, occasion: Occasion) -> Option<Due> {
        let until = occasion.day.first_day().checked_add(self.days().days()).unwrap_or(Day::MAX);
        self.asks_after(occasion.kind).then_some(Due { occasion, until })
    }
}
