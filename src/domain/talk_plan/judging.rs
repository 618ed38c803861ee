//! What a talk counts for in the organisation of a plan, by the rules of its coverage. Start at [`Judge`].

use std::collections::{BTreeSet, HashMap};

use super::kept::{PlanPlace, closes_of};
use crate::domain::coverage::{CoverageRules, Due, Relation, Standings, TalkSeen};
use crate::domain::dates::PartialDate;
use crate::domain::ids::PersonId;
use crate::domain::talks::PlannedTalk;

/// Two people, the one with the smaller id first.
pub(super) type Pair = (PersonId, PersonId);

pub(super) fn unordered(one: PersonId, other: PersonId) -> Pair {
    (one.min(other), one.max(other))
}

/// The talks by those who sat in them, the earliest first.
pub(super) struct Records<'t>(HashMap<PersonId, Vec<&'t TalkSeen>>);

impl<'t> Records<'t> {
    pub fn new(talks: &'t [TalkSeen]) -> Self {
        let mut talks: Vec<&TalkSeen> = talks.iter().collect();
        talks.sort_by_key(|talk| (talk.day(), talk.id));
        let mut of: HashMap<PersonId, Vec<&TalkSeen>> = HashMap::new();
        for talk in talks {
            let people: BTreeSet<PersonId> = talk.talkers.iter().chain(&talk.partners).copied().collect();
            people.into_iter().for_each(|person| of.entry(person).or_default().push(talk));
        }
        Self(of)
    }

    fn of(&self, person: PersonId) -> impl Iterator<Item = &'t TalkSeen> {
        self.0.get(&person).into_iter().flatten().copied()
    }

    pub fn of_planned(&self, planned: &PlannedTalk) -> impl Iterator<Item = &'t TalkSeen> {
        planned.partner.or(planned.talker).into_iter().flat_map(|person| self.of(person))
    }
}

/// Judges talks of an organisation as its coverage does.
pub(super) struct Judge<'a> {
    rules: &'a CoverageRules,
    standings: Standings<'a>,
    awaited: &'a [Due],
}

impl<'a> Judge<'a> {
    pub fn new(rules: &'a CoverageRules, place: &'a PlanPlace) -> Self {
        Self { rules, standings: Standings::new(rules, &place.people), awaited: &place.awaited }
    }

    /// In which relations these two talked.
    pub fn relations(&self, talk: &TalkSeen, pair: Pair) -> Vec<Relation> {
        let mut relations = Vec::new();
        self.standings.each_joined(talk, |relation, one, other| {
            if unordered(one, other) == pair {
                relations.push(relation);
            }
        });
        relations
    }

    /// Whether a talk is what the event of a planned talk asks for. One that comes too late closes nothing in the
    /// coverage, but leaves nothing to be done.
    pub fn answers(&self, planned: &PlannedTalk, talk: &TalkSeen) -> bool {
        let events = awaited_by(planned, self.awaited).map(|due| due.occasion.day.first_day());
        let from = events.min().unwrap_or(planned.made_on);
        planned.partner.is_some_and(|partner| self.standings.is_by_committee(talk, partner)) && talk.day() >= from
    }

    /// Whether all that a planned talk is to close is done in the year in which it is due; where that was so before it was
    /// planned it is for another time than the year, and to be done since.
    pub fn is_covered(&self, planned: &PlannedTalk, records: &Records<'_>) -> bool {
        let closes = closes_of(planned);
        let is_done = |relation: Relation| match self.rules.needed(relation) {
            Some(needed) if relation == Relation::AfterEvents => self.are_answered(planned, needed, records),
            Some(needed) => self.is_talked(planned, relation, needed, records),
            None => false,
        };
        !closes.is_empty() && closes.into_iter().all(is_done)
    }

    fn are_answered(&self, planned: &PlannedTalk, needed: i64, records: &Records<'_>) -> bool {
        let Some(partner) = planned.partner else { return false };
        let is_answered = |due: &Due| {
            let in_time = |talk: &&TalkSeen| due.occasion.day.first_day() <= talk.day() && talk.day() <= due.until;
            let answers = |talk: &&TalkSeen| self.standings.is_by_committee(talk, partner);
            is_enough(records.of(partner).filter(in_time).filter(answers).count(), needed)
        };
        let mut awaited = awaited_by(planned, self.awaited).peekable();
        awaited.peek().is_some() && awaited.all(is_answered)
    }

    fn is_talked(&self, planned: &PlannedTalk, relation: Relation, needed: i64, records: &Records<'_>) -> bool {
        let is_before = |talk: &TalkSeen| !is_later(talk, planned) && is_of_year(talk, planned);
        let is_since = |talk: &TalkSeen| is_later(talk, planned) && talk.day() >= planned.made_on;
        match self.is_talked_in(planned, relation, needed, records, &is_before) {
            true => self.is_talked_in(planned, relation, needed, records, &is_since),
            false => self.is_talked_in(planned, relation, needed, records, &|talk| is_of_year(talk, planned)),
        }
    }

    /// Whether so many of the talks that `is_meant` tells are of those whom a planned talk names.
    fn is_talked_in(
        &self,
        planned: &PlannedTalk,
        relation: Relation,
        needed: i64,
        records: &Records<'_>,
        is_meant: &dyn Fn(&TalkSeen) -> bool,
    ) -> bool {
        let told: Vec<PersonId> = planned.talker.into_iter().chain(planned.partner).collect();
        let count = |person: PersonId, is_it: &dyn Fn(Pair) -> bool| {
            let counts = |talk: &&TalkSeen| {
                let mut is_counted = false;
                self.standings.each_joined(talk, |of, one, other| {
                    is_counted |= of == relation && is_it(unordered(one, other));
                });
                is_counted
            };
            records.of(person).filter(|talk| is_meant(talk)).filter(counts).count()
        };
        let is_done = |person: PersonId| is_enough(count(person, &|pair| pair.0 == person || pair.1 == person), needed);
        match (relation, told.as_slice()) {
            (_, []) => false,
            (Relation::Committee, [one, other]) => {
                is_enough(count(*one, &|pair| pair == unordered(*one, *other)), needed)
            }
            (Relation::Committee, _) => false,
            (Relation::WithCommittee, [one, other]) => {
                // The one who is not on the committee is asked for.
                let is_asked = |person: PersonId| !self.standings.is_on_committee(person, planned.made_on);
                let asked: Vec<PersonId> = [*one, *other].into_iter().filter(|person| is_asked(*person)).collect();
                if asked.is_empty() { is_done(*one) && is_done(*other) } else { asked.into_iter().all(is_done) }
            }
            _ => told.into_iter().all(is_done),
        }
    }
}

/// What happened to the partner of a planned talk and was known and still asked for a talk while it was planned.
pub(super) fn awaited_by<'a>(planned: &PlannedTalk, awaited: &'a [Due]) -> impl Iterator<Item = &'a Due> + use<'a> {
    let (partner, made_on) = (planned.partner, planned.made_on);
    let due = planned.due.map_or(made_on, PartialDate::last_day).max(made_on);
    awaited.iter().filter(move |one| {
        let Due { occasion, until } = one;
        Some(occasion.person) == partner && *until >= made_on && occasion.day.first_day() <= due
    })
}

/// The year whose coverage a planned talk is to close.
pub(super) fn year_of(planned: &PlannedTalk) -> i16 {
    planned.due.map_or(planned.made_on.year(), PartialDate::year)
}

pub(super) fn is_of_year(talk: &TalkSeen, planned: &PlannedTalk) -> bool {
    talk.held_on.year() == year_of(planned)
}

/// Whether a talk was written after a planned one. Ids rise: what has the greater one was written later.
pub(super) fn is_later(talk: &TalkSeen, planned: &PlannedTalk) -> bool {
    talk.id.0 > planned.id.0
}

fn is_enough(count: usize, needed: i64) -> bool {
    i64::try_from(count).is_ok_and(|count| count >= needed)
}
