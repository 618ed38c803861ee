//! Talks among members against pairings found by trying everything, and talks just held.

use std::collections::BTreeSet;

use super::{Dice, JustHeld, Lacking, ProposedTalk, check_holes, december, people, person, plan, propose_one};
use crate::domain::ids::PersonId;

#[test]
fn members_who_lack_more_than_one_talk_have_them_with_different_people() {
    for lacks in [[1, 1, 2], [2, 2, 2], [1, 2, 2], [2, 0, 1], [2, 0, 0]].map(Vec::from).into_iter().chain([vec![2; 4]])
    {
        let askable = people(1, 4);
        let persons = askable.members.iter().zip(lacks.iter().copied());
        let among_members: Vec<_> = persons.flat_map(|(person, lacks)| vec![*person; lacks]).collect();
        let lacking = Lacking { among_members, ..Lacking::default() };
        let plan = plan(&lacking, &askable);
        for (member, lacks) in askable.members.iter().zip(lacks.iter().copied()) {
            let others: Vec<_> = plan.talks.iter().filter_map(|talk| other_in(talk, *member)).collect();
            let weeks: BTreeSet<_> =
                plan.talks.iter().filter(|talk| other_in(talk, *member).is_some()).map(|talk| talk.week).collect();
            assert!(others.len() >= lacks, "{lacks}: {plan:?}");
            assert_eq!(BTreeSet::from_iter(&others).len(), others.len(), "with different people: {plan:?}");
            assert_eq!(weeks.len(), others.len(), "in different weeks: {plan:?}");
        }
        let most = lacks.iter().copied().max().unwrap_or(0);
        assert_eq!(plan.talks.len(), lacks.iter().sum::<usize>().div_ceil(2).max(most), "{lacks:?}: {plan:?}");
        assert_eq!(plan.largest_load(), 1, "{lacks:?}: {plan:?}");
    }
}

/// With whom somebody talks in a talk.
fn other_in(talk: &ProposedTalk, person: PersonId) -> Option<PersonId> {
    match (talk.talker == person, talk.partner == person) {
        (true, false) => Some(talk.partner),
        (false, true) => Some(talk.talker),
        _ => None,
    }
}

#[test]
fn members_are_paired_as_far_as_they_go_and_each_is_talker_once_at_most() {
    for count in 0..=9 {
        for others in 0..=2 {
            let askable = people(2, count + others);
            let among_members = askable.members[..count].to_vec();
            let lacking = Lacking { among_members, ..Lacking::default() };
            let plan = plan(&lacking, &askable);
            check_holes(&lacking, &askable, &plan);
            let alone = usize::from(count == 1 && others == 0);
            assert_eq!(plan.talks.len(), count.div_ceil(2) - alone);
            assert_eq!(plan.largest_load(), usize::from(count > alone));
            assert_eq!(plan.cannot_close.len(), alone);
        }
    }
}

/// Against every way of pairing up to seven: none repeats fewer talks.
#[test]
fn as_few_talks_among_members_as_can_be_repeat_one_just_held() {
    fn fewest(persons: &[PersonId], others: &[PersonId], held: &JustHeld) -> usize {
        let Some((one, rest)) = persons.split_first() else { return 0 };
        let mut best = usize::MAX;
        for (place, other) in rest.iter().enumerate() {
            let mut left = rest.to_vec();
            left.remove(place);
            best = best.min(usize::from(held.holds(*one, *other)) + fewest(&left, others, held));
        }
        if persons.len() % 2 == 1 {
            // Or this is the odd one.
            best =
                best.min(usize::from(others.iter().all(|other| held.holds(*one, *other))) + fewest(rest, others, held));
        }
        best
    }
    let mut dice = Dice(5);
    let mut repeated_some = false;
    for _ in 0..400 {
        let count = 2 + dice.below(6);
        let askable = people(2, count + 1);
        let (among_members, others) = (askable.members[..count].to_vec(), &askable.members[count..]);
        let pairs = among_members.iter().flat_map(|one| among_members.iter().map(move |other| (*one, *other)));
        let held: JustHeld = pairs.filter(|(one, other)| one < other && dice.below(3) > 0).collect();
        let lacking = Lacking { among_members, ..Lacking::default() };
        let plan = propose_one(&lacking, &askable, &held, december()).expect("a plan");
        let repeated = plan.talks.iter().filter(|talk| held.holds(talk.talker, talk.partner)).count();
        assert_eq!(repeated, fewest(&lacking.among_members, others, &held), "{held:?} {plan:?}");
        repeated_some |= repeated > 0;
    }
    assert!(repeated_some);
}

#[test]
fn a_talk_just_held_is_repeated_only_where_another_would_weigh_more() {
    let lacking = Lacking { with_committee: vec![person(101), person(102)], ..Lacking::default() };
    let held: JustHeld = [(person(101), person(1)), (person(2), person(102))].into_iter().collect();
    let plan = propose_one(&lacking, &people(2, 2), &held, december()).expect("a plan");
    let mut pairs: Vec<_> = plan.talks.iter().map(|talk| (talk.talker, talk.partner)).collect();
    pairs.sort_unstable();
    assert_eq!(pairs, [(person(1), person(102)), (person(2), person(101))]);

    let among_members = Lacking { among_members: vec![person(101)], ..Lacking::default() };
    let held: JustHeld = [(person(102), person(101))].into_iter().collect();
    let plan = propose_one(&among_members, &people(2, 3), &held, december()).expect("a plan");
    assert_eq!(other_in(&plan.talks[0], person(101)), Some(person(103)));

    let with_first: JustHeld = [101, 102].map(|member| (person(member), person(1))).into_iter().collect();
    let plan = propose_one(&lacking, &people(2, 2), &with_first, december()).expect("a plan");
    assert_eq!(plan.largest_load(), 1, "the load comes first");
}
