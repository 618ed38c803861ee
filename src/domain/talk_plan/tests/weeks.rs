//! In which week each talk is to be held.

use std::collections::BTreeSet;

use super::{
    AwaitedTalk, JustHeld, Lacking, awaited, check_holes, day, pairs_of, people, period, person, plan, propose_one,
};
use crate::domain::coverage::Relation;

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
    let plan = propose_one(&lacking, &people(3, 2), &JustHeld::default(), two_weeks).expect("a plan");
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
fn no_talk_lies_outside_the_days_or_on_a_weekend() {
    let lacking = Lacking { with_committee: (101..=110).map(person).collect(), ..Lacking::default() };
    // A Wednesday to a Tuesday.
    let days = period("2026-12-02", "2026-12-08");
    let plan = propose_one(&lacking, &people(2, 10), &JustHeld::default(), days).expect("a plan");
    let dues: BTreeSet<_> = plan.talks.iter().map(|talk| (talk.week, talk.due)).collect();
    assert_eq!(Vec::from_iter(dues), [(day("2026-11-30"), day("2026-12-04")), (day("2026-12-07"), day("2026-12-08"))]);
}

#[test]
fn days_without_a_working_day_are_refused_with_a_sentence() {
    let refused = |first: &str, last: &str| {
        let lacking = Lacking::default();
        let problem =
            propose_one(&lacking, &people(2, 2), &JustHeld::default(), period(first, last)).expect_err("refused");
        problem.to_string()
    };
    assert_eq!(
        refused("2026-11-28", "2026-11-29"),
        "没有拟出计划：从 2026-11-28 到 2026-11-29 没有工作日（周一至周五）。工作簿没有改动。请把完成日期往后改。"
    );
    assert!(refused("2026-12-02", "2026-12-01").contains("完成日期 2026-12-01 早于开始日期 2026-12-02"));
    assert!(refused("2026-12-01", "2200-01-01").contains("超过两年"));
}
