//! The talks of the committee: of its pairs, with members, and after events, shared out together.
//!
//! A pair has one talk, and either of the two is its talker. A talk after an event of somebody on the committee is the
//! talk of one of that person's pairs, with the person as partner, wherever a pair is left for it. Start at [`talks`].

use std::collections::{BTreeMap, BTreeSet};

use super::sharing::{Choice, Lane, Shares, share};
use super::weeks::{common_days, working_days};
use super::{Askable, AwaitedTalk, CannotClose, JustHeld, Lacking, Unscheduled};
use crate::domain::coverage::Relation;
use crate::domain::dates::Period;
use crate::domain::ids::PersonId;
use crate::problem::{Problem, Result};

/// The talks that close what is lacking between the committee and everybody.
pub(super) fn talks(
    lacking: &Lacking,
    askable: &Askable,
    just_held: &JustHeld,
    days: Period,
    cannot_close: &mut Vec<CannotClose>,
) -> Result<Vec<Unscheduled>> {
    let mut work = Work::new(lacking, askable);
    let awaited = awaited_talks(&lacking.after_events, days, cannot_close);
    work.take_singles(awaited, &lacking.with_committee, days);
    work.drop_impossible(cannot_close);
    let best = work.ways_to_leave_out().into_iter().filter_map(|left_out| {
        let table = Table::of(&work, &left_out, just_held);
        Some((table.share()?, left_out))
    });
    let (shares, left_out) = best
        .min_by_key(|(shares, _)| (shares.largest, shares.cost))
        .ok_or_else(|| Problem::fault("the talks of the committee find no talkers"))?;
    Ok(work.finish(&shares, &left_out, days))
}

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

/// What the committee has to do.
#[derive(Debug)]
struct Work {
    /// Whoever can be talker: those who may be asked, and those of the pairs.
    talkers: Vec<PersonId>,
    /// By the places of the two among the talkers.
    pairs: Vec<(usize, usize)>,
    /// Talks after an event that a pair of the person can serve, by the place of the person.
    awaited: BTreeMap<usize, Period>,
    singles: Vec<Single>,
}

impl Work {
    fn new(lacking: &Lacking, askable: &Askable) -> Self {
        let mut places = BTreeMap::new();
        let mut talkers = Vec::new();
        let mut place = |person: PersonId| {
            *places.entry(person).or_insert_with(|| {
                talkers.push(person);
                talkers.len() - 1
            })
        };
        for person in &askable.committee {
            place(*person);
        }
        let of_two = lacking.committee_pairs.iter().filter(|(one, other)| one != other);
        let pairs = of_two.map(|(one, other)| (place(*one), place(*other))).collect();
        Self { talkers, pairs, awaited: BTreeMap::new(), singles: Vec::new() }
    }

    /// Takes the talks after events and those with members. A talk after an event is one of a pair where the person has
    /// a pair, else a talk of its own, which is one with the committee too where that is lacking.
    fn take_singles(&mut self, awaited: Vec<AwaitedTalk>, with_committee: &[PersonId], days: Period) {
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

    /// How many pairs somebody is one of.
    fn degree(&self, place: usize) -> usize {
        self.pairs.iter().filter(|(one, other)| *one == place || *other == place).count()
    }

    /// Whose awaited talk no pair serves, in all the ways there are.
    ///
    /// People joined by pairs form groups. A pair serves one of its two, so a group in which everybody awaits a talk
    /// and that has a pair less than people leaves one of them out, whichever (the pairs are a tree then: each serves
    /// the one farther from whoever is left out). Every other group can serve all.
    fn ways_to_leave_out(&self) -> Vec<BTreeSet<usize>> {
        let mut ways = vec![BTreeSet::new()];
        for group in self.groups() {
            let pairs = self.pairs.iter().filter(|(one, _)| group.contains(one)).count();
            let all_await = group.iter().all(|place| self.awaited.contains_key(place));
            if all_await && pairs < group.len() {
                let with = |way: &BTreeSet<usize>, out: usize| way.iter().copied().chain([out]).collect();
                ways =
                    ways.iter().flat_map(|way| group.iter().map(|out| with(way, *out)).collect::<Vec<_>>()).collect();
            }
        }
        ways
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

    /// The talks, each with its talker.
    fn finish(&self, shares: &Shares, left_out: &BTreeSet<usize>, days: Period) -> Vec<Unscheduled> {
        let mut awaited = self.awaited.clone();
        awaited.retain(|place, _| !left_out.contains(place));
        let mut talks = Vec::new();
        let mut lanes = shares.lanes.iter().map(|lane| lane % self.talkers.len());
        for ((one, other), talker) in self.pairs.iter().zip(lanes.by_ref()) {
            let partner = if talker == *one { *other } else { *one };
            let served = awaited.remove(&partner);
            let after_event = served.map(|_| Relation::AfterEvents);
            talks.push(Unscheduled {
                talker: self.talkers[talker],
                partner: self.talkers[partner],
                closes: [Relation::Committee].into_iter().chain(after_event).collect(),
                days: served.unwrap_or(days),
            });
        }
        let extra =
            left_out.iter().map(|place| (self.talkers[*place], vec![Relation::AfterEvents], self.awaited[place]));
        let singles = self.singles.iter().map(|single| (single.partner, single.closes.clone(), single.days));
        for ((partner, closes, days), talker) in singles.chain(extra).zip(lanes) {
            talks.push(Unscheduled { talker: self.talkers[talker], partner, closes, days });
        }
        talks
    }
}

/// The work as jobs to be shared out. Each talker has two lanes: one for talks of pairs, the other for the rest.
#[derive(Debug)]
struct Table {
    jobs: Vec<Vec<Choice>>,
    lanes: Vec<Lane>,
    talkers: usize,
}

impl Table {
    /// The jobs in this order: pairs, singles, the awaited talks that no pair serves.
    fn of(work: &Work, left_out: &BTreeSet<usize>, just_held: &JustHeld) -> Self {
        let count = work.talkers.len();
        let extra: Vec<_> = left_out.iter().map(|place| work.talkers[*place]).collect();
        let partners: Vec<_> = work.singles.iter().map(|single| single.partner).chain(extra).collect();
        let jobs_count = work.pairs.len() + partners.len();
        // To repeat a talk costs more than any unevenness.
        let repeated = i128::try_from(jobs_count * jobs_count + 1).unwrap_or(i128::MAX);
        let of_pair = |(one, other): &(usize, usize)| [*one, *other].map(|lane| Choice { lane, cost: 0 }).to_vec();
        let of_single = |partner: &PersonId| {
            let talkers = work.talkers.iter().enumerate().filter(|(_, talker)| *talker != partner);
            let choice = |(place, talker): (usize, &PersonId)| {
                let cost = if just_held.holds(*talker, *partner) { repeated } else { 0 };
                Choice { lane: count + place, cost }
            };
            talkers.map(choice).collect()
        };
        let jobs = work.pairs.iter().map(of_pair).chain(partners.iter().map(of_single)).collect();
        // Who is to be served by a pair is not the talker of all of them.
        let room = |place: usize| {
            let is_served = work.awaited.contains_key(&place) && !left_out.contains(&place);
            work.degree(place) - usize::from(is_served)
        };
        let of_pairs = (0..count).map(|taker| Lane { taker, room: room(taker) });
        let of_rest = (0..count).map(|taker| Lane { taker, room: partners.len() });
        Self { jobs, lanes: of_pairs.chain(of_rest).collect(), talkers: count }
    }

    fn share(&self) -> Option<Shares> {
        share(&self.jobs, &self.lanes, self.talkers, 1)
    }
}
