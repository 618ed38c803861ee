//! How the people of a coverage are called, where only names stand: those of one name with what tells them apart.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::coverage::{Board, Coverage, Due, Relation, State};
use crate::domain::dates::PartialDate;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::view::desk::Desk;

/// Names, of which those that two people bear have the month of birth behind them: 「赵永强（1990-01 生）」.
pub struct Called<'d> {
    desk: &'d Desk,
    borne_twice: BTreeSet<&'d str>,
}

impl<'d> Called<'d> {
    /// Of everybody whom a coverage names.
    pub fn new(desk: &'d Desk, coverage: &Coverage) -> Self {
        let after_events = coverage.after_events.iter().flat_map(|board| &board.needs);
        let people = coverage.committee.iter().chain(&coverage.members).copied();
        let people = people.chain(coverage.left_out.iter().map(|out| out.person));
        Self::among(desk, people.chain(after_events.map(|need| need.whom.occasion.person)))
    }

    /// Of these people.
    pub fn among(desk: &'d Desk, people: impl Iterator<Item = PersonId>) -> Self {
        let mut bearers: BTreeMap<&str, BTreeSet<PersonId>> = BTreeMap::new();
        for card in people.filter_map(|id| desk.directory().get(id)) {
            bearers.entry(&card.name).or_default().insert(card.id);
        }
        let borne_twice = bearers.into_iter().filter(|(_, people)| people.len() > 1).map(|(name, _)| name).collect();
        Self { desk, borne_twice }
    }

    /// Of everybody who ever belonged to an organisation or to one below it.
    pub fn within(desk: &'d Desk, organisation: OrganisationId) -> Self {
        let below = desk.tree().within(Some(organisation));
        let people = below.iter().flat_map(|node| desk.directory().ever_in(Some(node.id))).copied();
        Self::among(desk, people.filter(|id| desk.directory().get(*id).is_some_and(|card| !card.voided)))
    }

    /// What stands so in a relation of a coverage, by name: people, pairs, of events the day and what it was.
    pub fn told(&self, coverage: &Coverage, relation: Relation, state: State) -> Vec<String> {
        fn told<W: Copy>(board: &Option<Board<W>>, state: State, tell: impl Fn(W) -> String) -> Vec<String> {
            board.iter().flat_map(|board| board.of(state)).map(|need| tell(need.whom)).collect()
        }
        let one = |person: PersonId| self.of(person);
        let event = |Due { occasion, .. }: Due| {
            format!("{}（{} {}）", one(occasion.person), occasion.day, occasion.kind.label())
        };
        match relation {
            Relation::Committee => {
                told(&coverage.pairs, state, |(first, second)| format!("{} 和 {}", one(first), one(second)))
            }
            Relation::WithCommittee => told(&coverage.with_committee, state, one),
            Relation::AmongMembers => told(&coverage.among_members, state, one),
            Relation::AfterEvents => told(&coverage.after_events, state, event),
        }
    }

    /// The name, with the month of birth where somebody else bears it too.
    pub fn of(&self, id: PersonId) -> String {
        let name = self.desk.directory().get(id).map_or("", |card| &card.name);
        self.apart(id).map_or_else(|| name.to_owned(), |apart| format!("{name}（{apart}）"))
    }

    /// 「1990-01 生」; none where nobody else bears the name, or nothing is known.
    pub fn apart(&self, id: PersonId) -> Option<String> {
        let card = self.desk.directory().get(id).filter(|card| self.borne_twice.contains(&*card.name))?;
        let birth = card.birth?;
        Some(format!("{} 生", PartialDate::new(birth.year(), birth.month(), None).unwrap_or(birth)))
    }
}
