//! Who is talker (谈话人) of which talk, over all organisations of a plan at once: whoever is on two committees has one
//! load for both.
//!
//! Talks fall into groups that have no possible talker in common. Each group is shared out for itself by the flow of
//! [`sharing`](super::sharing), so its largest load is the smallest there can be, and so is that of all. Start at
//! [`Table`].

use std::collections::BTreeMap;

use super::sharing::{Choice, Lane, share};
use crate::domain::ids::PersonId;

/// Costs more than any unevenness of so many talks as there can be.
pub(super) const TO_REPEAT: i128 = 1 << 60;
/// Another talker than the one on a sheet that is printed: costs more than all repetitions.
pub(super) const TO_REPRINT: i128 = 1 << 80;

/// Talks that need a talker, each with those who may be.
#[derive(Debug, Default)]
pub(super) struct Table {
    jobs: Vec<Vec<Choice>>,
    lanes: Vec<Lane>,
    people: Vec<PersonId>,
    places: BTreeMap<PersonId, usize>,
}

impl Table {
    /// A way into somebody's load, for so many talks.
    pub(super) fn lane(&mut self, person: PersonId, room: usize) -> usize {
        let people = &mut self.people;
        let taker = *self.places.entry(person).or_insert_with(|| {
            people.push(person);
            people.len() - 1
        });
        self.lanes.push(Lane { taker, room });
        self.lanes.len() - 1
    }

    /// One talk more.
    pub(super) fn job(&mut self, choices: Vec<Choice>) {
        self.jobs.push(choices);
    }

    /// How many talks there are.
    pub(super) fn job_count(&self) -> usize {
        self.jobs.len()
    }

    /// The talker of each talk; `None` if there is no way to share them out.
    pub(super) fn share(&self) -> Option<Vec<PersonId>> {
        let mut talkers = vec![None; self.jobs.len()];
        for group in self.groups() {
            for (job, talker) in group.iter().zip(self.share_group(&group)?) {
                talkers[*job] = Some(talker);
            }
        }
        talkers.into_iter().collect()
    }

    /// The talks that have a possible talker in common, directly or through others.
    fn groups(&self) -> Vec<Vec<usize>> {
        let mut above: Vec<usize> = (0..self.people.len()).collect();
        for job in &self.jobs {
            let mut takers = job.iter().map(|choice| self.lanes[choice.lane].taker);
            let Some(first) = takers.next() else { continue };
            let top = top_of(&mut above, first);
            for taker in takers {
                let other = top_of(&mut above, taker);
                above[other] = top;
            }
        }
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (place, job) in self.jobs.iter().enumerate() {
            let taker = job.first().map(|choice| self.lanes[choice.lane].taker);
            groups.entry(taker.map_or(usize::MAX, |taker| top_of(&mut above, taker))).or_default().push(place);
        }
        groups.into_values().collect()
    }

    /// The talkers of the talks of one group.
    fn share_group(&self, group: &[usize]) -> Option<Vec<PersonId>> {
        let (mut lanes, mut people) = (Vec::new(), Vec::new());
        let (mut lane_of, mut taker_of) = (BTreeMap::new(), BTreeMap::new());
        let mut lane_here = |lane: usize| {
            *lane_of.entry(lane).or_insert_with(|| {
                let Lane { taker, room } = self.lanes[lane];
                let taker = *taker_of.entry(taker).or_insert_with(|| {
                    people.push(self.people[taker]);
                    people.len() - 1
                });
                lanes.push(Lane { taker, room });
                lanes.len() - 1
            })
        };
        let mut jobs: Vec<Vec<Choice>> = Vec::with_capacity(group.len());
        for job in group {
            let choices = self.jobs[*job].iter();
            jobs.push(choices.map(|choice| Choice { lane: lane_here(choice.lane), cost: choice.cost }).collect());
        }
        let shares = share(&jobs, &lanes, people.len(), 1)?;
        Some(shares.lanes.into_iter().map(|lane| people[lanes[lane].taker]).collect())
    }
}

/// Whom a group of takers is known by.
fn top_of(above: &mut [usize], mut taker: usize) -> usize {
    while above[taker] != taker {
        above[taker] = above[above[taker]];
        taker = above[taker];
    }
    taker
}
