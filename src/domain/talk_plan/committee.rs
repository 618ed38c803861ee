//! The talks of a committee: of its pairs, with members, and after events.
//!
//! A pair has one talk, and either of the two is its talker. A talk after an event of somebody on the committee is the
//! talk of one of that person's pairs, with the person as partner, wherever a pair is left for it. Start at [`Work`].

use std::collections::{BTreeMap, BTreeSet};

use super::sharing::Choice;
use super::table::{TO_REPEAT, TO_REPRINT, Table};
use super::weeks::{common_days, working_days};
use super::{AwaitedTalk, CannotClose, JustHeld, ToClose, Unscheduled};
use crate::domain::coverage::Relation;
use crate::domain::dates::Period;
use crate::domain::ids::{OrganisationId, PersonId};

/// One awaited talk for each person: events whose days overlap are served by the same. The day after which one of them
/// could not be served any more is its last day.
fn awaited_talks(events: &[AwaitedTalk], days: Period, cannot_close: &mut Vec<CannotClose>) -> Vec<AwaitedTalk> {
    let mut events = events.to_vec();
    events.sort_by_key(|event| (event.days.last, event.days.first));
    let mut awaited: Vec<AwaitedTalk> = Vec::new();
    for event in events {
        let Some(open) = common_days(event.days, days).and_then(working_days) else {
            cannot_close.push(CannotClose::TooLate(event.person, event.days.last));
            continue;
        };
        let same_talk = awaited.iter_mut().filter(|talk| talk.person == event.person).find_map(|talk| {
            let both = common_days(talk.days, open).and_then(working_days)?;
            Some((talk, both))
        });
        match same_talk {
            Some((talk, both)) => talk.days = both,
            None => awaited.push(AwaitedTalk { person: event.person, days: open }),
        }
    }
    awaited
}

/// A talk of a committee member with one person.
#[derive(Debug)]
struct Single {
    partner: PersonId,
    closes: Vec<Relation>,
    days: Period,
}

/// What a committee has to do.
#[derive(Debug)]
pub(super) struct Work {
    organisation: OrganisationId,
    days: Period,
    /// Whoever can be talker: those who may be asked, and those of the pairs.
    talkers: Vec<PersonId>,
    /// By the places of the two among the talkers.
    pairs: Vec<(usize, usize)>,
    /// Talks after an event that a pair of the person can serve, by the place of the person.
    awaited: BTreeMap<usize, Period>,
    singles: Vec<Single>,
    /// Groups of the pairs that have a talk too few for all who await one.
    short: Vec<BTreeSet<usize>>,
    printed: BTreeSet<(PersonId, PersonId)>,
    /// Where its talks begin in the table.
    first_job: usize,
}

impl Work {
    pub(super) fn of(of: &ToClose, days: Period, cannot_close: &mut Vec<CannotClose>) -> Self {
        let mut work = Self::new(of, days);
        let awaited = awaited_talks(&of.lacking.after_events, days, cannot_close);
        work.take_singles(awaited, &of.lacking.with_committee);
        work.drop_impossible(cannot_close);
        work.short = work.short_groups();
        work
    }

    fn new(of: &ToClose, days: Period) -> Self {
        let mut places = BTreeMap::new();
        let mut talkers = Vec::new();
        let mut place = |person: PersonId| {
            *places.entry(person).or_insert_with(|| {
                talkers.push(person);
                talkers.len() - 1
            })
        };
        for person in &of.askable.committee {
            place(*person);
        }
        let of_two = of.lacking.committee_pairs.iter().filter(|(one, other)| one != other);
        let pairs = of_two.map(|(one, other)| (place(*one), place(*other))).collect();
        Self {
            organisation: of.organisation,
            days,
            talkers,
            pairs,
            awaited: BTreeMap::new(),
            singles: Vec::new(),
            short: Vec::new(),
            printed: of.printed.clone(),
            first_job: 0,
        }
    }

    /// Takes the talks after events and those with members. A talk after an event is one of a pair where the person has
    /// a pair, else a talk of its own, which is one with the committee too where that is lacking.
    fn take_singles(&mut self, awaited: Vec<AwaitedTalk>, with_committee: &[PersonId]) {
        let days = self.days;
        let mut with_committee = with_committee.to_vec();
        for talk in awaited {
            let place = self.talkers.iter().position(|talker| *talker == talk.person);
            if let Some(place) = place.filter(|place| self.degree(*place) > 0 && !self.awaited.contains_key(place)) {
                self.awaited.insert(place, talk.days);
                continue;
            }
            let lacked = with_committee.iter().position(|person| *person == talk.person);
            let both = lacked.map(|place| with_committee.remove(place)).map(|_| Relation::WithCommittee);
            let closes = both.into_iter().chain([Relation::AfterEvents]).collect();
            self.singles.push(Single { partner: talk.person, closes, days: talk.days });
        }
        let rest = with_committee.into_iter();
        let single = |partner| Single { partner, closes: vec![Relation::WithCommittee], days };
        self.singles.extend(rest.map(single));
    }

    /// Tells of the talks that have no talker but the person.
    fn drop_impossible(&mut self, cannot_close: &mut Vec<CannotClose>) {
        self.singles.retain(|single| {
            let has_talker = self.talkers.iter().any(|talker| *talker != single.partner);
            if !has_talker {
                cannot_close.extend(single.closes.iter().map(|closes| CannotClose::NoTalker(single.partner, *closes)));
            }
            has_talker
        });
    }

    /// Whether a sheet is printed on which somebody is to talk with a partner.
    fn is_printed(&self, talker: usize, partner: PersonId) -> bool {
        self.printed.contains(&(self.talkers[talker], partner))
    }

    /// How many pairs somebody is one of.
    fn degree(&self, place: usize) -> usize {
        self.pairs.iter().filter(|(one, other)| *one == place || *other == place).count()
    }

    /// Groups of people joined by pairs in which one awaited talk is not served by a pair.
    ///
    /// A pair serves one of its two, so a group in which everybody awaits a talk and that has a pair less than people
    /// leaves one of them out, whichever (the pairs are a tree then: each serves the one farther from whoever is left
    /// out). Every other group can serve all.
    fn short_groups(&self) -> Vec<BTreeSet<usize>> {
        let is_short = |group: &BTreeSet<usize>| {
            let pairs = self.pairs.iter().filter(|(one, _)| group.contains(one)).count();
            pairs < group.len() && group.iter().all(|place| self.awaited.contains_key(place))
        };
        self.groups().into_iter().filter(is_short).collect()
    }

    /// Those who are joined by pairs, directly or through others.
    fn groups(&self) -> Vec<BTreeSet<usize>> {
        let mut groups: Vec<BTreeSet<usize>> = Vec::new();
        for (one, other) in &self.pairs {
            let (touched, rest): (Vec<_>, Vec<_>) =
                groups.into_iter().partition(|group| group.contains(one) || group.contains(other));
            groups = rest;
            groups.push(touched.into_iter().flatten().chain([*one, *other]).collect());
        }
        groups
    }

    /// The pairs whose two can serve all.
    fn free_pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let is_free = |pair: &&(usize, usize)| !self.short.iter().any(|group| group.contains(&pair.0));
        self.pairs.iter().filter(is_free).copied()
    }

    /// Puts its talks into the table: of free pairs, with single people, then those of each short group.
    pub(super) fn fill(&mut self, table: &mut Table, just_held: &JustHeld) {
        self.first_job = table.job_count();
        let places = 0..self.talkers.len();
        // Who is to be served by a pair is not the talker of all of them.
        let room = |place: usize| self.degree(place) - usize::from(self.awaited.contains_key(&place));
        let of_pairs: Vec<usize> = places.clone().map(|place| table.lane(self.talkers[place], room(place))).collect();
        let of_rest: Vec<usize> = places.clone().map(|place| table.lane(self.talkers[place], usize::MAX)).collect();
        for (one, other) in self.free_pairs() {
            let choice = |talker: usize, partner: usize| {
                let is_turned = self.is_printed(partner, self.talkers[talker]);
                let is_other = is_turned && !self.is_printed(talker, self.talkers[partner]);
                Choice { lane: of_pairs[talker], cost: if is_other { TO_REPRINT } else { 0 } }
            };
            table.job(vec![choice(one, other), choice(other, one)]);
        }
        let with = |place: usize, is_repeated: bool| {
            let cost = if is_repeated { TO_REPEAT } else { 0 };
            Choice { lane: of_rest[place], cost }
        };
        for single in &self.singles {
            let fits = places.clone().filter(|place| self.talkers[*place] != single.partner);
            let is_printed = fits.clone().any(|place| self.is_printed(place, single.partner));
            let choice = |place: usize| {
                let Choice { lane, cost } = with(place, just_held.holds(self.talkers[place], single.partner));
                let is_other = is_printed && !self.is_printed(place, single.partner);
                Choice { lane, cost: if is_other { cost + TO_REPRINT } else { cost } }
            };
            table.job(fits.map(choice).collect());
        }
        for group in &self.short {
            for place in group {
                // Towards whoever is left out lies one pair of each, in which the other is the talker.
                (1..self.degree(*place)).for_each(|_| table.job(vec![with(*place, false)]));
            }
            // Whoever is left out is the talker of all his pairs, one more; another one talks with him besides. Either
            // may be either where both are of the group, so that it only matters that they are two.
            let lanes: Vec<usize> = group.iter().map(|place| table.lane(self.talkers[*place], 1)).collect();
            let left_out: Vec<Choice> = lanes.into_iter().map(|lane| Choice { lane, cost: 0 }).collect();
            table.job(left_out.clone());
            let outside = places.clone().filter(|place| !group.contains(place));
            let holds = |place: usize| group.iter().any(|of| just_held.holds(self.talkers[place], self.talkers[*of]));
            table.job(left_out.into_iter().chain(outside.map(|place| with(place, holds(place)))).collect());
        }
    }

    /// The talks; `talkers` are those of all in the table.
    pub(super) fn talks(&self, talkers: &[PersonId]) -> Vec<Unscheduled> {
        let mut talkers = talkers.iter().skip(self.first_job).copied();
        let mut awaited = self.awaited.clone();
        let mut talks = Vec::new();
        for ((one, other), talker) in self.free_pairs().zip(talkers.by_ref()) {
            let (talker, partner) = if talker == self.talkers[one] { (one, other) } else { (other, one) };
            talks.push(self.talk_of_pair(talker, partner, awaited.remove(&partner)));
        }
        for (single, talker) in self.singles.iter().zip(talkers.by_ref()) {
            let Single { partner, closes, days } = single;
            talks.push(self.talk(talker, *partner, closes.clone(), *days));
        }
        for group in &self.short {
            let known = group.iter().map(|place| self.degree(*place) - 1).sum();
            let mut either = talkers.by_ref().skip(known);
            let (Some(left_out), Some(talker)) = (either.next(), either.next()) else { return talks };
            let Some(left_out) = group.iter().copied().find(|place| self.talkers[*place] == left_out) else { continue };
            let partner = self.talkers[left_out];
            talks.push(self.talk(talker, partner, vec![Relation::AfterEvents], self.awaited[&left_out]));
            let served = self.outwards(left_out).into_iter();
            talks.extend(served.map(|(near, far)| self.talk_of_pair(near, far, self.awaited.get(&far).copied())));
        }
        talks
    }

    /// The pairs of a group from somebody on, of each the nearer one first.
    fn outwards(&self, from: usize) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        let mut reached = vec![from];
        let mut next = 0;
        while let Some(near) = reached.get(next).copied() {
            next += 1;
            let ends = self.pairs.iter().filter_map(|(one, other)| match (*one == near, *other == near) {
                (true, _) => Some(*other),
                (_, true) => Some(*one),
                _ => None,
            });
            let far: Vec<usize> = ends.filter(|far| !reached.contains(far)).collect();
            found.extend(far.iter().map(|far| (near, *far)));
            reached.extend(far);
        }
        found
    }

    /// The talk of a pair; `served` are the days of an awaited talk of the partner.
    fn talk_of_pair(&self, talker: usize, partner: usize, served: Option<Period>) -> Unscheduled {
        let after_event = served.map(|_| Relation::AfterEvents);
        let closes = [Relation::Committee].into_iter().chain(after_event).collect();
        self.talk(self.talkers[talker], self.talkers[partner], closes, served.unwrap_or(self.days))
    }

    fn talk(&self, talker: PersonId, partner: PersonId, closes: Vec<Relation>, days: Period) -> Unscheduled {
        Unscheduled { organisation: self.organisation, talker, partner, closes, days }
    }
}
