//! Talks among members (党员和党员): whoever lacks one is paired with another who does, as far as they go; a last odd one
//! talks with another member. Where one talk of each is asked for, nobody is talker more than once.

use std::collections::BTreeMap;

use super::matching::maximum_matching;
use super::sharing::{Choice, Lane, share};
use super::{Askable, CannotClose, JustHeld, Lacking, Unscheduled};
use crate::domain::coverage::Relation;
use crate::domain::dates::Period;
use crate::domain::ids::PersonId;
use crate::problem::{Problem, Result};

type Pair = (PersonId, PersonId);

/// The talks that close what is lacking among members.
pub(super) fn talks(
    lacking: &Lacking,
    askable: &Askable,
    just_held: &JustHeld,
    days: Period,
    cannot_close: &mut Vec<CannotClose>,
) -> Result<Vec<Unscheduled>> {
    let pairs = pairs(lacking, askable, just_held.clone(), cannot_close);
    let talk = |(talker, partner)| Unscheduled { talker, partner, closes: vec![Relation::AmongMembers], days };
    Ok(with_talkers(pairs)?.into_iter().map(talk).collect())
}

/// How many talks each still lacks.
struct Lacks(BTreeMap<PersonId, usize>);

impl Lacks {
    fn of(&self, person: PersonId) -> usize {
        self.0.get(&person).copied().unwrap_or(0)
    }

    /// These two talk.
    fn meet(&mut self, pair: Pair) {
        for person in [pair.0, pair.1] {
            self.0.insert(person, self.of(person).saturating_sub(1));
        }
    }
}

/// Who talks with whom: round by round, until nobody lacks a talk any more.
fn pairs(lacking: &Lacking, askable: &Askable, mut held: JustHeld, cannot_close: &mut Vec<CannotClose>) -> Vec<Pair> {
    let mut lacks = Lacks(BTreeMap::new());
    let mut persons = Vec::new();
    for person in &lacking.among_members {
        if lacks.of(*person) == 0 {
            persons.push(*person);
        }
        lacks.0.insert(*person, lacks.of(*person) + 1);
    }
    let mut pairs: Vec<Pair> = Vec::new();
    while !persons.is_empty() {
        // Who lacks most comes first, so that the odd one is of those who lack least.
        persons.sort_by_key(|person| std::cmp::Reverse(lacks.of(*person)));
        let (mut round, odd) = paired(&persons, &held);
        round.iter().for_each(|pair| lacks.meet(*pair));
        if let Some(odd) = odd {
            let has_talk =
                |person: PersonId| pairs.iter().chain(&round).any(|pair| pair.0 == person || pair.1 == person);
            let others = askable.members.iter().copied().filter(|member| *member != odd);
            // Rather one who needs it too, rather none of a talk just held, rather one who has no talk in the plan.
            let other = others.min_by_key(|one| (lacks.of(*one) == 0, held.holds(odd, *one), has_talk(*one)));
            if let Some(other) = other {
                lacks.meet((odd, other));
                round.push((odd, other));
            } else {
                lacks.0.remove(&odd);
                cannot_close.push(CannotClose::NoPartner(odd));
            }
        }
        held.add(&round);
        pairs.extend(round);
        persons.retain(|person| lacks.of(*person) > 0);
    }
    pairs
}

/// Pairs of these people, and the odd one. Any two may be paired, so half of them is the number of pairs; those who may
/// be paired without repeating a talk just held are matched first, and only who is left over repeats one: a maximum
/// matching leaves the fewest.
fn paired(persons: &[PersonId], held: &JustHeld) -> (Vec<Pair>, Option<PersonId>) {
    let mates = maximum_matching(persons.len(), |one, other| !held.holds(persons[one], persons[other]));
    let mut pairs: Vec<Pair> = Vec::new();
    let mut left_over = Vec::new();
    for (one, mate) in mates.iter().enumerate() {
        match *mate {
            Some(other) if one < other => pairs.push((persons[one], persons[other])),
            Some(_) => (),
            None => left_over.push(persons[one]),
        }
    }
    let twos = left_over.chunks_exact(2);
    let odd = twos.remainder().first().copied();
    pairs.extend(twos.map(|two| (two[0], two[1])));
    (pairs, odd)
}

/// Each pair with its talker first: the largest load is the smallest these pairs allow.
fn with_talkers(pairs: Vec<Pair>) -> Result<Vec<Pair>> {
    let mut places: BTreeMap<PersonId, usize> = BTreeMap::new();
    for (one, other) in &pairs {
        for person in [one, other] {
            let next = places.len();
            places.entry(*person).or_insert(next);
        }
    }
    // The first of a pair where it makes no difference.
    let jobs: Vec<_> = pairs
        .iter()
        .map(|(one, other)| vec![Choice { lane: places[one], cost: 0 }, Choice { lane: places[other], cost: 1 }])
        .collect();
    let lanes: Vec<_> = (0..places.len()).map(|taker| Lane { taker, room: jobs.len() }).collect();
    let shares = share(&jobs, &lanes, places.len(), 1)
        .ok_or_else(|| Problem::fault("the talks among members find no talkers"))?;
    let turned = |(pair, lane): (Pair, usize)| if places[&pair.0] == lane { pair } else { (pair.1, pair.0) };
    Ok(pairs.into_iter().zip(shares.lanes).map(turned).collect())
}
