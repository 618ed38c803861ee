//! The plan against plans found by trying everything, and at its edges.

use std::collections::BTreeSet;

use super::{Askable, AwaitedTalk, CannotClose, JustHeld, Lacking, ProposedTalk, TalkPlan, propose};
use crate::clock::Day;
use crate::domain::coverage::Relation;
use crate::domain::dates::Period;
use crate::domain::ids::PersonId;

/// Numbers that look thrown and are the same each time.
pub(super) struct Dice(pub u64);

impl Dice {
    /// A number below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }
}

fn person(number: usize) -> PersonId {
    PersonId(i64::try_from(number).expect("small"))
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn period(first: &str, last: &str) -> Period {
    Period { first: day(first), last: day(last) }
}

/// Five working weeks, of which the first and the last are whole.
fn december() -> Period {
    period("2026-11-30", "2027-01-01")
}

/// Within 30 days of 20 November.
fn awaited(number: usize) -> AwaitedTalk {
    AwaitedTalk { person: person(number), days: period("2026-11-20", "2026-12-20") }
}

fn plan(lacking: &Lacking, askable: &Askable) -> TalkPlan {
    propose(lacking, askable, &JustHeld::default(), december()).expect("a plan")
}

/// The committee is 1, 2, 3 …, members are 101, 102 …
fn people(committee: usize, members: usize) -> Askable {
    Askable { committee: (1..=committee).map(person).collect(), members: (101..=100 + members).map(person).collect() }
}

/// Whether a talk with `partner` closes `what`, and by whom of these.
fn closes(plan: &TalkPlan, what: Relation, is_fit: impl Fn(&ProposedTalk) -> bool) -> bool {
    plan.talks.iter().any(|talk| talk.closes.contains(&what) && is_fit(talk))
}

/// Every hole is closed by a talk that fits it, but those told; and nobody talks with himself.
fn check_holes(lacking: &Lacking, askable: &Askable, plan: &TalkPlan) {
    let on_committee = |person: &PersonId| {
        let is_of_pair = lacking.committee_pairs.iter().any(|(one, other)| one == person || other == person);
        is_of_pair || askable.committee.contains(person)
    };
    let is_told = |hole: CannotClose| plan.cannot_close.contains(&hole);
    for talk in &plan.talks {
        assert_ne!(talk.talker, talk.partner, "{lacking:?}");
        assert!(!talk.closes.is_empty() && talk.closes.is_sorted());
    }
    for (one, other) in &lacking.committee_pairs {
        let both = |talk: &ProposedTalk| [(*one, *other), (*other, *one)].contains(&(talk.talker, talk.partner));
        assert!(closes(plan, Relation::Committee, both), "{one} and {other}: {lacking:?} {plan:?}");
    }
    for member in &lacking.with_committee {
        let fits = |talk: &ProposedTalk| talk.partner == *member && on_committee(&talk.talker);
        let told = is_told(CannotClose::NoTalker(*member, Relation::WithCommittee));
        assert_ne!(closes(plan, Relation::WithCommittee, fits), told, "{member}: {lacking:?} {plan:?}");
    }
    for member in &lacking.among_members {
        let fits = |talk: &ProposedTalk| {
            (talk.partner == *member || talk.talker == *member)
                && !on_committee(&talk.talker)
                && !on_committee(&talk.partner)
        };
        let told = is_told(CannotClose::NoPartner(*member));
        assert_ne!(closes(plan, Relation::AmongMembers, fits), told, "{member}: {lacking:?} {plan:?}");
    }
    for event in &lacking.after_events {
        let fits = |talk: &ProposedTalk| {
            let monday_on = talk.week.max(event.days.first);
            talk.partner == event.person
                && on_committee(&talk.talker)
                && monday_on <= talk.due
                && talk.due <= event.days.last
        };
        let told = is_told(CannotClose::NoTalker(event.person, Relation::AfterEvents))
            || is_told(CannotClose::TooLate(event.person, event.days.last));
        assert_ne!(closes(plan, Relation::AfterEvents, fits), told, "{event:?}: {lacking:?} {plan:?}");
    }
}

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

fn pairs_of(committee: usize) -> Vec<(PersonId, PersonId)> {
    let pairs = (1..=committee).flat_map(|one| (one + 1..=committee).map(move |other| (person(one), person(other))));
    pairs.collect()
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
        let plan = propose(&lacking, &askable, &held, december()).expect("a plan");
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
    let plan = propose(&lacking, &people(2, 2), &held, december()).expect("a plan");
    let mut pairs: Vec<_> = plan.talks.iter().map(|talk| (talk.talker, talk.partner)).collect();
    pairs.sort_unstable();
    assert_eq!(pairs, [(person(1), person(102)), (person(2), person(101))]);

    let among_members = Lacking { among_members: vec![person(101)], ..Lacking::default() };
    let held: JustHeld = [(person(102), person(101))].into_iter().collect();
    let plan = propose(&among_members, &people(2, 3), &held, december()).expect("a plan");
    assert_eq!(other_in(&plan.talks[0], person(101)), Some(person(103)));

    let with_first: JustHeld = [101, 102].map(|member| (person(member), person(1))).into_iter().collect();
    let plan = propose(&lacking, &people(2, 2), &with_first, december()).expect("a plan");
    assert_eq!(plan.largest_load(), 1, "the load comes first");
}

#[test]
fn no_talker_has_more_talks_in_a_week_than_there_have_to_be() {
    let lacking = Lacking {
        committee_pairs: pairs_of(3),
        with_committee: (101..=120).map(person).collect(),
        among_members: (101..=120).map(person).collect(),
        after_events: vec![awaited(101), awaited(102), awaited(3)],
    };
    let plan = plan(&lacking, &people(3, 20));
    check_holes(&lacking, &people(3, 20), &plan);
    for (talker, load) in plan.loads() {
        let mut shares = Vec::new();
        for week in 0..5 {
            let monday = day("2026-11-30") + jiff::Span::new().days(7 * week);
            shares.push(plan.talks.iter().filter(|talk| talk.talker == talker && talk.week == monday).count());
        }
        assert_eq!(shares.iter().sum::<usize>(), load);
        assert_eq!(shares.iter().max(), Some(&load.div_ceil(5)), "{talker}: {shares:?}");
        assert!(load < 5 || shares.iter().all(|share| *share > 0), "{talker}: {shares:?}");
    }
    let in_week = |week: &str| plan.talks.iter().filter(|talk| talk.week == day(week)).count();
    let weeks = ["2026-11-30", "2026-12-07", "2026-12-14", "2026-12-21", "2026-12-28"].map(in_week);
    assert!(weeks.iter().max().expect("weeks") - weeks.iter().min().expect("weeks") <= 3, "{weeks:?}");
}

#[test]
fn what_an_event_asks_for_comes_first_by_its_last_day() {
    let until = |number: usize, last: &str| AwaitedTalk { person: person(number), days: period("2026-11-20", last) };
    let lacking = Lacking {
        with_committee: (101..=105).map(person).collect(),
        after_events: vec![until(104, "2026-12-18"), until(105, "2026-12-16"), until(103, "2027-01-01")],
        ..Lacking::default()
    };
    let plan = plan(&lacking, &people(1, 5));
    let first: Vec<_> = plan.talks.iter().take(3).map(|talk| (talk.partner.0, talk.week, talk.due)).collect();
    assert_eq!(
        first,
        [
            (105, day("2026-11-30"), day("2026-12-04")),
            (104, day("2026-12-07"), day("2026-12-11")),
            (103, day("2026-12-14"), day("2026-12-18"))
        ],
        "one a week: there are five talks and five weeks"
    );
    assert!(plan.talks[..3].iter().all(|talk| talk.closes == [Relation::WithCommittee, Relation::AfterEvents]));
}

#[test]
fn what_an_event_asks_for_comes_first_in_a_full_week_too() {
    let after_events = vec![AwaitedTalk { person: person(101), days: period("2026-11-20", "2027-01-01") }];
    let lacking = Lacking { committee_pairs: pairs_of(2), after_events, ..Lacking::default() };
    let plan = plan(&lacking, &people(2, 1));
    assert_eq!(plan.talks.len(), 2);
    assert!(plan.talks.iter().all(|talk| talk.week == day("2026-11-30")), "{plan:?}");
}

#[test]
fn nobody_is_talked_with_twice_in_a_week_where_there_is_another() {
    let with_committee = [101, 102, 101].map(person).to_vec();
    let lacking = Lacking { with_committee, ..Lacking::default() };
    let two_weeks = period("2026-11-30", "2026-12-11");
    let plan = propose(&lacking, &people(3, 2), &JustHeld::default(), two_weeks).expect("a plan");
    let weeks: BTreeSet<_> =
        plan.talks.iter().filter(|talk| talk.partner == person(101)).map(|talk| talk.week).collect();
    assert_eq!(weeks.len(), 2, "{plan:?}");
}

#[test]
fn a_last_day_that_comes_soon_puts_more_than_one_talk_into_its_week() {
    let soon = |number| AwaitedTalk { person: person(number), days: period("2026-11-02", "2026-12-02") };
    let lacking = Lacking { after_events: vec![soon(101), soon(102)], ..Lacking::default() };
    let plan = plan(&lacking, &people(1, 2));
    assert!(plan.talks.iter().all(|talk| talk.week == day("2026-11-30") && talk.due == day("2026-12-02")));
    assert_eq!(plan.talks.len(), 2);
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

#[test]
fn what_no_talk_can_close_is_told() {
    let weekend = AwaitedTalk { person: person(102), days: period("2026-10-30", "2026-11-29") };
    let lacking = Lacking {
        with_committee: vec![person(101)],
        among_members: vec![person(101)],
        after_events: vec![awaited(1), weekend],
        ..Lacking::default()
    };
    let alone = plan(&lacking, &people(0, 1));
    check_holes(&lacking, &people(0, 1), &alone);
    assert_eq!(
        alone.cannot_close,
        [
            CannotClose::TooLate(person(102), day("2026-11-29")),
            CannotClose::NoTalker(person(1), Relation::AfterEvents),
            CannotClose::NoTalker(person(101), Relation::WithCommittee),
            CannotClose::NoPartner(person(101)),
        ]
    );
    assert!(alone.talks.is_empty());
}

#[test]
fn no_talk_lies_outside_the_days_or_on_a_weekend() {
    let lacking = Lacking { with_committee: (101..=110).map(person).collect(), ..Lacking::default() };
    // A Wednesday to a Tuesday.
    let days = period("2026-12-02", "2026-12-08");
    let plan = propose(&lacking, &people(2, 10), &JustHeld::default(), days).expect("a plan");
    let dues: BTreeSet<_> = plan.talks.iter().map(|talk| (talk.week, talk.due)).collect();
    assert_eq!(Vec::from_iter(dues), [(day("2026-11-30"), day("2026-12-04")), (day("2026-12-07"), day("2026-12-08"))]);
}

#[test]
fn days_without_a_working_day_are_refused_with_a_sentence() {
    let refused = |first: &str, last: &str| {
        let lacking = Lacking::default();
        let problem = propose(&lacking, &people(2, 2), &JustHeld::default(), period(first, last)).expect_err("refused");
        problem.to_string()
    };
    assert_eq!(
        refused("2026-11-28", "2026-11-29"),
        "没有拟出计划：从 2026-11-28 到 2026-11-29 没有工作日（周一至周五）。工作簿没有改动。请把完成日期往后改。"
    );
    assert!(refused("2026-12-02", "2026-12-01").contains("完成日期 2026-12-01 早于开始日期 2026-12-02"));
    assert!(refused("2026-12-01", "2200-01-01").contains("超过两年"));
}

#[test]
fn the_same_question_gets_the_same_plan() {
    let lacking = Lacking {
        committee_pairs: pairs_of(5),
        with_committee: (101..=130).map(person).collect(),
        among_members: (101..=131).map(person).collect(),
        after_events: (1..=3).chain(120..=133).map(awaited).collect(),
    };
    assert_eq!(plan(&lacking, &people(5, 40)), plan(&lacking, &people(5, 40)));
}
