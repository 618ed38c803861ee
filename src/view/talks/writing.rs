//! What the form of a talk is given besides what is typed: types, places, who talked last, the next number.

use super::people::{PersonFound, person};
use crate::clock::Day;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::organisations::OrganisationKind;
use crate::domain::talks::{Side, Somebody, Talk, TalkNumber, TalkTypes};
use crate::problem::Result;
use crate::store::{settings, talks as table};
use crate::view::desk::Desk;

/// For which ledger a talk is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WritingAsk {
    pub scope: Option<OrganisationId>,
    /// The year whose next number is told.
    pub year: i16,
    pub as_of: Day,
}

/// What the form is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writing {
    /// In whose ledger the talk stands; none where the scope is everything and there are several roots.
    pub ledger: Option<OrganisationId>,
    pub ledger_name: String,
    /// The number that the next talk of the year gets.
    pub next: TalkNumber,
    pub types: TalkTypes,
    /// Places to choose from: those kept, then those of earlier talks, the last one first.
    pub places: Vec<String>,
    /// What the last talk that was written down had.
    pub last: LastTalk,
}

/// The values of the last talk of a ledger, which the next one most likely has too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LastTalk {
    pub place: Option<String>,
    pub mode: Option<String>,
    pub talkers: Vec<Seat>,
    pub recorder: Option<Seat>,
}

/// Somebody in the form of a talk.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Seat {
    pub person: Option<PersonId>,
    pub name: String,
    /// Branch and age, or of somebody in no roster what was told of them.
    pub about: String,
    /// 「组织委员」; empty where there is none.
    pub post: String,
    /// The branch alone, or that it is none: 「不在册」; empty where it is not told.
    #[serde(default)]
    pub branch: String,
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
}

impl Seat {
    /// Somebody who is in no roster.
    pub fn named(name: &str) -> Self {
        Self {
            person: None,
            name: name.to_owned(),
            about: String::new(),
            post: String::new(),
            branch: String::new(),
            organisation: None,
        }
    }

    /// Somebody who was found.
    pub fn of(found: &PersonFound) -> Self {
        let about = [found.branch.as_str(), found.age.as_str()].into_iter().filter(|word| !word.is_empty());
        Self {
            person: Some(found.id),
            name: found.name.clone(),
            about: about.collect::<Vec<_>>().join("·"),
            post: found.post.clone(),
            branch: found.branch.clone(),
            organisation: found.organisation,
        }
    }

    /// The branch, of somebody who belongs elsewhere than this organisation.
    pub fn elsewhere_than(&self, organisation: OrganisationId) -> Option<&str> {
        let is_told = self.person.is_some() && !self.branch.is_empty();
        (is_told && self.organisation != Some(organisation)).then_some(&*self.branch)
    }
}

/// The ledger that talks of a scope are written into: the organisation itself, of a 党小组 its branch; of everything the
/// only root.
pub fn ledger_of(desk: &Desk, scope: Option<OrganisationId>) -> Option<OrganisationId> {
    let tree = desk.tree();
    match scope {
        Some(id) if tree.get(id).is_some_and(|node| node.kind == OrganisationKind::Group) => {
            tree.branch_of_group(id).map(|branch| branch.id)
        }
        Some(id) => tree.get(id).map(|node| node.id),
        None => {
            let mut roots = tree.children(None).map(|node| node.id);
            roots.next().filter(|_| roots.next().is_none())
        }
    }
}

/// Reads what the form is given.
pub fn writing(desk: &Desk, ask: &WritingAsk) -> Result<Writing> {
    let ledger = ledger_of(desk, ask.scope);
    let mut earlier: Vec<Talk> = Vec::new();
    let mut number = 0;
    if let Some(ledger) = ledger {
        for year in [ask.year, ask.year - 1] {
            earlier.extend(table::of_year(desk.reader(), ledger, year)?);
        }
        number = table::last_number(desk.reader(), ledger, ask.year)?;
    }
    // Records are numbered by time: the last one written down has the greatest.
    earlier.sort_by_key(|talk| std::cmp::Reverse(talk.id));
    let kept = settings::talk_places(desk.reader())?;
    let mut places: Vec<String> = Vec::new();
    for place in kept.into_iter().chain(earlier.iter().filter_map(|talk| talk.place.clone())) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    Ok(Writing {
        ledger,
        ledger_name: ledger
            .and_then(|id| desk.tree().get(id))
            .map_or_else(String::new, |node| node.shown_name().into()),
        next: TalkNumber { year: ask.year, number: number + 1 },
        types: table::types(desk.reader())?,
        places,
        last: last_talk(desk, &earlier, ask.as_of)?,
    })
}

/// `earlier` has the one written down last first.
fn last_talk(desk: &Desk, earlier: &[Talk], as_of: Day) -> Result<LastTalk> {
    let Some(talk) = earlier.first() else { return Ok(LastTalk::default()) };
    let people = table::people_of(desk.reader(), talk.id)?;
    let on = |side: Side| people.iter().filter(move |person| person.side == side).map(|person| &person.who);
    Ok(LastTalk {
        place: earlier.iter().find_map(|talk| talk.place.clone()),
        mode: earlier.iter().find_map(|talk| talk.mode.clone()),
        talkers: on(Side::Talker).map(|who| seat_of(desk, who, as_of)).collect::<Result<_>>()?,
        recorder: on(Side::Recorder).next().map(|who| seat_of(desk, who, as_of)).transpose()?,
    })
}

/// Somebody as the form shows them.
pub(super) fn seat_of(desk: &Desk, who: &Somebody, as_of: Day) -> Result<Seat> {
    match who {
        Somebody::Named { name, about } => Ok(Seat { about: about.clone().unwrap_or_default(), ..Seat::named(name) }),
        Somebody::Person(id) => match desk.directory().get(*id) {
            None => Ok(Seat { person: Some(*id), ..Seat::named("") }),
            Some(card) => Ok(Seat::of(&person(desk, card, as_of)?)),
        },
    }
}
