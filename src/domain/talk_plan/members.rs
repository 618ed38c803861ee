//! Talks among members (党员和党员): whoever lacks one is paired with another who does, as far as they go; a last odd one
//! talks with another member. Where one talk of each is asked for, nobody has to be talker more than once. Start at
//! [`Work`].

use std::collections::{BTreeMap, BTreeSet};

use super::matching::maximum_matching;
use super::sharing::Choice;
use super::table::{TO_REPRINT, Table};
use super::{CannotClose, JustHeld, ToClose, Unscheduled};
use crate::domain::coverage::Relation;
use crate::domain::dates::Period;
use crate::domain::ids::{OrganisationId, PersonId};

type Pair = (PersonId, PersonId);

/// The talks among the members of an organisation.
#[derive(Debug)]
pub(super) struct Work {
    organisation: OrganisationId,
    days: Period,
    pairs: Vec<Pair>,
    printed: BTreeSet<Pair>,
    /// Where its talks begin in the table.
    first_job: usize,
}

impl Work {
    pub(super) fn of(of: &ToClose, just_held: &JustHeld, days: Period, cannot_close: &mut Vec<CannotClose>) -> Self {
        let pairs = pairs(of, just_held.clone(), cannot_close);
        Self { organisation: of.organisation, days, pairs, printed: of.printed.clone(), first_job: 0 }
    }

    /// Puts its talks into the table: either of a pair may be talker, rather the one who is on a printed sheet, else the
    /// first where it makes no difference.
    pub(super) fn fill(&mut self, table: &mut Table) {
        self.first_job = table.job_count();
        for (one, other) in &self.pairs {
            let cost = if self.printed.contains(&(*other, *one)) { TO_REPRINT } else { 0 };
            let first = Choice { lane: table.lane(*one, 1), cost };
            let second = Choice { lane: table.lane(*other, 1), cost: 1 };
            table.job(vec![first, second]);
        }
    }

    /// The talks; `talkers` are those of all in the table.
    pub(super) fn talks(&self, talkers: &[PersonId]) -> Vec<Unscheduled> {
        let (organisation, days) = (self.organisation, self.days);
        let talk = |((one, other), talker): (&Pair, &PersonId)| {
            let partner = if talker == one { *other } else { *one };
            let closes = vec![Relation::AmongMembers];
            Unscheduled { organisation, talker: *talker, partner, closes, days }
        };
        self.pairs.iter().zip(talkers.iter().skip(self.first_job)).map(talk).collect()
    }
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

/// Who talks with whom: first the two on each printed sheet who both lack a talk, then round by round, until nobody lacks
/// one any more.
fn pairs(of: &ToClose, mut held: JustHeld, cannot_close: &mut Vec<CannotClose>) -> Vec<Pair> {
    let mut lacks = Lacks(BTreeMap::new());
    let mut persons = Vec::new();
    for person in &of.lacking.among_members {
        if lacks.of(*person) == 0 {
            persons.push(*person);
        }
        lacks.0.insert(*person, lacks.of(*person) + 1);
    }
    let mut pairs: Vec<Pair> = Vec::new();
    for pair in &of.printed {
        if lacks.of(pair.0) > 0 && lacks.of(pair.1) > 0 {
            lacks.meet(*pair);
            pairs.push(*pair);
        }
    }
    held.add(&pairs);
    persons.retain(|person| lacks.of(*person) > 0);
    while !persons.is_empty() {
        // Who lacks most comes first, so that the odd one is of those who lack least.
        persons.sort_by_key(|person| std::cmp::Reverse(lacks.of(*person)));
        let (mut round, odd) = paired(&persons, &held);
        round.iter().for_each(|pair| lacks.meet(*pair));
        if let Some(odd) = odd {
            let has_talk =
                |person: PersonId| pairs.iter().chain(&round).any(|pair| pair.0 == person || pair.1 == person);
            let others = of.askable.members.iter().copied().filter(|member| *member != odd);
            let is_printed = |one: PersonId| [(odd, one), (one, odd)].iter().any(|pair| of.printed.contains(pair));
            // Rather one who needs it too, rather the one on a printed sheet, rather none of a talk just held, rather one
            // who has no talk in the plan.
            let other = others
                .min_by_key(|one| (lacks.of(*one) == 0, !is_printed(*one), held.holds(odd, *one), has_talk(*one)));
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
