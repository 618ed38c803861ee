//! Who is asked for, and by whom.

use super::{ANNA, BERT, Branch, COMMISSIONER, CORA, DEPUTY, SECRETARY, day};
use crate::domain::coverage::{Held, State};
use crate::domain::dates::PartialDate;
use crate::domain::ids::TalkId;

/// 第十九条: 支委之间 — every two of the committee, in their order.
#[test]
fn every_two_of_the_committee_are_asked_for() {
    let mut branch = Branch::new();
    let all = [(SECRETARY, DEPUTY), (SECRETARY, COMMISSIONER), (DEPUTY, COMMISSIONER)];
    assert_eq!(branch.missing_pairs(), all);
    branch.talk("2026-05-06", &[COMMISSIONER], &[SECRETARY]);
    let pairs = branch.coverage().pairs.expect("C1");
    assert_eq!((pairs.required(), pairs.done()), (3, 1));
    assert_eq!(branch.missing_pairs(), [all[0], all[2]]);
    let done = pairs.of(State::Done).next().expect("one is done");
    assert_eq!(done.whom, (SECRETARY, COMMISSIONER), "whoever of the two was the talker");
    assert_eq!(done.held, [Held { held_on: PartialDate::of_day(day("2026-05-06")), talk: TalkId(1) }]);
    assert_eq!(pairs.needs.last().map(|need| need.whom), Some(done.whom), "what is missing stands first");
}

/// 第十九条: 支委和党员 — each member who is not on the committee, talked with by any of it, whoever was the talker.
#[test]
fn each_member_is_asked_for_with_any_of_the_committee() {
    let mut branch = Branch::new();
    assert_eq!(branch.missing_with_committee(), [ANNA, BERT, CORA]);
    branch.talk("2026-01-01", &[DEPUTY], &[BERT]);
    branch.talk("2026-12-31", &[CORA], &[SECRETARY]);
    branch.talk("2026-06-01", &[SECRETARY], &[DEPUTY]);
    branch.talk("2026-06-01", &[ANNA], &[BERT]);
    assert_eq!(branch.missing_with_committee(), [ANNA]);
}

/// 第十九条: 党员和党员 — the same persons, between two of whom neither is on the committee.
#[test]
fn each_member_is_asked_for_with_another_member() {
    let mut branch = Branch::new();
    branch.talk("2026-06-01", &[SECRETARY], &[CORA]);
    assert_eq!(branch.missing_among_members(), [ANNA, BERT, CORA]);
    branch.talk("2026-06-02", &[ANNA], &[BERT]);
    assert_eq!(branch.missing_among_members(), [CORA]);
}

#[test]
fn a_committee_of_two_is_one_pair_and_without_one_the_members_are_asked_for_all_the_same() {
    let mut branch = Branch::new();
    branch.role(COMMISSIONER).committee.clear();
    assert_eq!(branch.missing_pairs(), [(SECRETARY, DEPUTY)]);
    assert_eq!(branch.missing_with_committee(), [COMMISSIONER, ANNA, BERT, CORA]);
    for person in [SECRETARY, DEPUTY] {
        branch.role(person).committee.clear();
    }
    branch.talk("2026-06-01", &[SECRETARY], &[ANNA]);
    assert_eq!(branch.missing_pairs(), []);
    assert_eq!(branch.missing_with_committee().len(), 6);
    assert_eq!(branch.missing_among_members(), [DEPUTY, COMMISSIONER, BERT, CORA]);
}

#[test]
fn as_many_talks_are_needed_as_the_rule_says_and_one_that_joins_twice_is_one() {
    let mut branch = Branch::new();
    branch.set("talk.c2", &[("needed", 2)], None);
    branch.talk("2026-05-06", &[SECRETARY, DEPUTY], &[ANNA]);
    branch.talk("2026-03-01", &[SECRETARY], &[BERT]);
    branch.talk("2026-02-01", &[DEPUTY], &[BERT]);
    let board = branch.coverage().with_committee.expect("C2");
    assert_eq!(board.needed, 2);
    let missing: Vec<_> = board.of(State::Missing).map(|need| (need.whom, need.held.len())).collect();
    assert_eq!(missing, [(ANNA, 1), (CORA, 0)]);
    let done = board.of(State::Done).next().expect("Bert");
    let days: Vec<String> = done.held.iter().map(|held| held.held_on.to_string()).collect();
    assert_eq!(days, ["2026-02-01", "2026-03-01"], "the earliest first, however they were recorded");
}

#[test]
fn a_relation_that_the_workbook_switched_off_is_not_there() {
    let mut branch = Branch::new();
    for rule in ["talk.c1", "talk.c2", "talk.c3", "talk.c4"] {
        branch.set(rule, &[], Some(false));
    }
    let coverage = branch.coverage();
    assert!(coverage.pairs.is_none() && coverage.with_committee.is_none());
    assert!(coverage.among_members.is_none() && coverage.after_events.is_none());
}
