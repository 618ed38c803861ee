//! The talks of a committee against plans found by trying everything.

use super::{Askable, AwaitedTalk, Dice, Lacking, awaited, check_holes, pairs_of, people, period, person, plan};
use crate::domain::ids::PersonId;

/// The fewest talks of the committee, and with so few the smallest largest load, by trying every talker of every talk.
fn by_trying(lacking: &Lacking, committee: &[PersonId]) -> Option<(usize, usize)> {
    let mut best = None;
    let pairs = &lacking.committee_pairs;
    for turned in 0_u32..1 << pairs.len() {
        let talks = pairs
            .iter()
            .enumerate()
            .map(|(place, (one, other))| if turned >> place & 1 == 1 { (*other, *one) } else { (*one, *other) });
        let talks: Vec<_> = talks.collect();
        let mut partners = lacking.with_committee.clone();
        for event in &lacking.after_events {
            let is_served =
                talks.iter().any(|(_, partner)| *partner == event.person) || partners.contains(&event.person);
            if !is_served {
                partners.push(event.person);
            }
        }
        let count = talks.len() + partners.len();
        let load_of = |person: &PersonId| talks.iter().filter(|(talker, _)| talker == person).count();
        let mut loads: Vec<_> = committee.iter().map(load_of).collect();
        let largest = smallest_largest(&partners, committee, &mut loads);
        best = best.into_iter().chain(largest.map(|largest| (count, largest))).min();
    }
    best
}

fn smallest_largest(partners: &[PersonId], committee: &[PersonId], loads: &mut Vec<usize>) -> Option<usize> {
    let Some((partner, rest)) = partners.split_first() else { return Some(loads.iter().copied().max().unwrap_or(0)) };
    let mut best = None;
    for place in 0..committee.len() {
        if committee[place] != *partner {
            loads[place] += 1;
            let found = smallest_largest(rest, committee, loads);
            loads[place] -= 1;
            best = best.into_iter().chain(found).min();
        }
    }
    best
}

fn check_committee(lacking: &Lacking, askable: &Askable) {
    let plan = plan(lacking, askable);
    check_holes(lacking, askable, &plan);
    if plan.cannot_close.is_empty() {
        let found = (plan.talks.len(), plan.largest_load());
        assert_eq!(Some(found), by_trying(lacking, &askable.committee), "{lacking:?}: {plan:?}");
    }
}

/// Those whose bit is set.
fn chosen<T: Copy>(of: &[T], bits: usize) -> Vec<T> {
    of.iter().enumerate().filter(|(place, _)| bits >> place & 1 == 1).map(|(_, each)| *each).collect()
}

/// All that a committee of up to four may lack: any of its pairs, any awaited talks of its own, up to two members with
/// or without an awaited talk.
#[test]
fn of_small_committees_no_plan_has_fewer_talks_or_a_smaller_largest_load() {
    for committee in 0..=4 {
        let pairs = pairs_of(committee);
        let own: Vec<_> = (1..=committee).map(awaited).collect();
        let members = [person(101), person(102)];
        let of_members = [awaited(101), awaited(103)];
        for pair_bits in 0..1 << pairs.len() {
            for own_bits in 0..1 << own.len() {
                for member_bits in 0..if committee < 4 { 16 } else { 4 } {
                    let with_committee = chosen(&members, member_bits);
                    let mut after_events = chosen(&own, own_bits);
                    after_events.extend(chosen(&of_members, member_bits >> 2));
                    let committee_pairs = chosen(&pairs, pair_bits);
                    let lacking = Lacking { committee_pairs, with_committee, after_events, ..Lacking::default() };
                    check_committee(&lacking, &people(committee, 3));
                }
            }
        }
    }
}

#[test]
fn of_larger_committees_neither() {
    let mut dice = Dice(3);
    for _ in 0..150 {
        let committee = 5 + dice.below(2);
        let density = 2 + dice.below(3);
        let lacking = Lacking {
            committee_pairs: pairs_of(committee).into_iter().filter(|_| dice.below(density) == 0).take(9).collect(),
            with_committee: (101..101 + dice.below(4)).map(person).collect(),
            after_events: (1..=committee)
                .chain([101, 103])
                .filter(|_| dice.below(3) == 0)
                .take(3)
                .map(awaited)
                .collect(),
            among_members: Vec::new(),
        };
        check_committee(&lacking, &people(committee, 4));
    }
}

/// After an election everybody was appointed and nobody has talked: the ten talks of the pairs are the five talks after
/// the appointments too.
#[test]
fn after_an_election_the_talks_of_the_pairs_serve_the_appointments() {
    let appointed = |number| AwaitedTalk { person: person(number), days: period("2026-11-02", "2026-12-02") };
    let after_events = (1..=5).map(appointed).collect();
    let lacking = Lacking { committee_pairs: pairs_of(5), after_events, ..Lacking::default() };
    let plan = plan(&lacking, &people(5, 0));
    check_holes(&lacking, &people(5, 0), &plan);
    assert_eq!((plan.talks.len(), plan.largest_load()), (10, 2));
}

/// 支部工作条例第十九条: of two who are appointed and have one talk left, one is served by it and the other by another.
#[test]
fn one_talk_serves_one_appointment_only() {
    let lacking =
        Lacking { committee_pairs: pairs_of(2), after_events: vec![awaited(1), awaited(2)], ..Lacking::default() };
    let plan = plan(&lacking, &people(2, 0));
    check_holes(&lacking, &people(2, 0), &plan);
    assert_eq!((plan.talks.len(), plan.largest_load()), (2, 1));
}

/// Where two talks of each are asked for, a pair and a member may lack two.
#[test]
fn of_committees_that_lack_more_than_one_talk_of_a_kind_neither() {
    for bits in 0..1 << 6 {
        let pairs = chosen(&pairs_of(3), bits);
        for own_bits in 0..8 {
            let lacking = Lacking {
                committee_pairs: [pairs.clone(), chosen(&pairs, bits >> 3)].concat(),
                with_committee: [101, 101, 102].map(person).to_vec(),
                after_events: chosen(&[1, 2, 3, 101].map(awaited), own_bits + 8 * (bits & 1)),
                ..Lacking::default()
            };
            check_committee(&lacking, &people(3, 2));
        }
    }
}

#[test]
fn two_events_of_one_person_have_one_talk_where_their_days_overlap() {
    let until = |first: &str, last: &str| AwaitedTalk { person: person(101), days: period(first, last) };
    let both = Lacking {
        after_events: vec![until("2026-11-20", "2026-12-20"), until("2026-12-09", "2027-01-08")],
        ..Lacking::default()
    };
    let plan_of_both = plan(&both, &people(1, 1));
    check_holes(&both, &people(1, 1), &plan_of_both);
    assert_eq!(plan_of_both.talks.len(), 1);
    let apart = Lacking {
        with_committee: vec![person(101)],
        after_events: vec![until("2026-11-02", "2026-12-02"), until("2026-12-03", "2027-01-02")],
        ..Lacking::default()
    };
    let plan_of_each = plan(&apart, &people(1, 1));
    check_holes(&apart, &people(1, 1), &plan_of_each);
    assert_eq!(plan_of_each.talks.len(), 2);
}
