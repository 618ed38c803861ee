//! One plan of several organisations against plans found by trying everything, and what one talk closes in two of them.

use std::collections::BTreeMap;

use super::{
    Askable, CannotClose, Dice, JustHeld, Lacking, ToClose, december, pairs_of, people, person, propose, to_close,
};
use crate::domain::coverage::Relation;
use crate::domain::ids::{OrganisationId, PersonId};

/// The smallest largest load over all of them, by trying every talker of every talk. Each has its talks for itself.
fn by_trying(of: &[ToClose]) -> usize {
    fn go(jobs: &[(PersonId, Vec<PersonId>)], loads: &mut BTreeMap<PersonId, usize>, best: usize) -> usize {
        let largest = loads.values().copied().max().unwrap_or(0);
        let Some(((partner, talkers), rest)) = jobs.split_first() else { return largest.min(best) };
        if largest >= best {
            return best;
        }
        let mut best = best;
        for talker in talkers.iter().filter(|talker| *talker != partner) {
            *loads.entry(*talker).or_default() += 1;
            best = best.min(go(rest, loads, best));
            *loads.entry(*talker).or_default() -= 1;
        }
        best
    }
    let mut pairs = Vec::new();
    let mut jobs = Vec::new();
    for one in of {
        pairs.extend(one.lacking.committee_pairs.iter().copied());
        jobs.extend(one.lacking.with_committee.iter().map(|member| (*member, one.askable.committee.clone())));
    }
    let mut best = usize::MAX;
    for turned in 0_u32..1 << pairs.len() {
        let mut loads = BTreeMap::new();
        for (place, (one, other)) in pairs.iter().enumerate() {
            *loads.entry(if turned >> place & 1 == 1 { *other } else { *one }).or_default() += 1;
        }
        best = best.min(go(&jobs, &mut loads, best));
    }
    best
}

/// Committees of two and three, of which any may share their first with the first of all; each with members of its own.
#[test]
fn over_several_committees_that_share_a_talker_no_plan_has_a_smaller_largest_load() {
    let mut dice = Dice(7);
    let mut were_shared = 0;
    for _ in 0..300 {
        let mut of = Vec::new();
        for number in 0..2 + dice.below(2) {
            let own = |place: usize| person(10 * (number + 1) + place);
            let mut committee: Vec<PersonId> = (0..2 + dice.below(2)).map(own).collect();
            if dice.below(3) > 0 {
                committee[0] = person(10);
                were_shared += usize::from(number > 0);
            }
            let two = committee.windows(2).map(|two| (two[0], two[1]));
            let lacking = Lacking {
                committee_pairs: two.filter(|_| dice.below(2) == 0).collect(),
                with_committee: (0..dice.below(4)).map(|place| person(100 * (number + 1) + place)).collect(),
                ..Lacking::default()
            };
            let organisation = i64::try_from(number).expect("small");
            of.push(to_close(organisation, lacking, Askable { committee, members: Vec::new() }));
        }
        let plan = propose(&of, &JustHeld::default(), december()).expect("a plan");
        assert_eq!(plan.largest_load(), by_trying(&of), "{of:?} {plan:?}");
        for one in &of {
            let talks = plan.talks.iter().filter(|talk| talk.organisation == one.organisation).count();
            assert_eq!(talks, one.lacking.committee_pairs.len() + one.lacking.with_committee.len());
        }
    }
    assert!(were_shared > 100, "{were_shared}");
}

/// 1 is alone with two members of one branch, and has a deputy for the four of another.
#[test]
fn whoever_is_on_two_committees_has_one_load_for_both() {
    let with = |members: &[usize]| Lacking {
        with_committee: members.iter().copied().map(person).collect(),
        ..Lacking::default()
    };
    let committee =
        |people: &[usize]| Askable { committee: people.iter().copied().map(person).collect(), ..Askable::default() };
    let of =
        [to_close(1, with(&[101, 102]), committee(&[1])), to_close(2, with(&[201, 202, 203, 204]), committee(&[1, 2]))];
    let plan = propose(&of, &JustHeld::default(), december()).expect("a plan");
    assert_eq!(plan.loads(), BTreeMap::from([(person(1), 3), (person(2), 3)]));
}

/// The talks of a general branch's own committee count in the branch of which its two are members too.
#[test]
fn what_the_talk_of_a_pair_closes_below_is_not_planned_twice() {
    let general = Lacking { committee_pairs: pairs_of(4), ..Lacking::default() };
    let below = Lacking {
        committee_pairs: vec![(person(4), person(1))],
        with_committee: [2, 101].map(person).to_vec(),
        among_members: [2, 3, 101].map(person).to_vec(),
        ..Lacking::default()
    };
    let here = Askable { committee: [1, 4].map(person).to_vec(), members: [2, 3, 101].map(person).to_vec() };
    let of = [to_close(1, general, people(4, 0)), to_close(2, below, here)];
    let plan = propose(&of, &JustHeld::default(), december()).expect("a plan");
    let below: Vec<_> = plan.talks.iter().filter(|talk| talk.organisation == OrganisationId(2)).collect();
    assert_eq!(plan.talks.len() - below.len(), 6);
    assert_eq!(below.len(), 2, "101 with the committee, and with a member: {below:?}");
    assert!(below.iter().all(|talk| [talk.talker, talk.partner].contains(&person(101))));
}

/// Of a pair of members the one is talker who has nothing to do above.
#[test]
fn a_talk_among_members_weighs_on_whoever_talks_above_too() {
    let general = Lacking { committee_pairs: vec![(person(1), person(2))], ..Lacking::default() };
    let above = [person(1), person(2)];
    for (one, other) in [(1, 101), (101, 1), (2, 101), (101, 2)] {
        let among_members = vec![person(one), person(other)];
        let members = Lacking { among_members: among_members.clone(), ..Lacking::default() };
        let here = Askable { committee: Vec::new(), members: among_members };
        let of = [
            to_close(1, general.clone(), Askable { committee: above.to_vec(), members: Vec::new() }),
            to_close(2, members, here),
        ];
        let plan = propose(&of, &JustHeld::default(), december()).expect("a plan");
        assert_eq!((plan.talks.len(), plan.largest_load()), (2, 1), "{plan:?}");
    }
}

#[test]
fn what_cannot_be_closed_is_told_of_its_own_organisation() {
    let with = || Lacking { with_committee: vec![person(101)], ..Lacking::default() };
    let of = [to_close(1, with(), people(1, 1)), to_close(2, with(), people(0, 1))];
    let plan = propose(&of, &JustHeld::default(), december()).expect("a plan");
    let told = CannotClose::NoTalker(person(101), Relation::WithCommittee);
    assert_eq!(plan.cannot_close, [(OrganisationId(2), told)]);
    assert_eq!(plan.talks.len(), 1);
}
