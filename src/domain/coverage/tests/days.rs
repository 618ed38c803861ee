//! Which day decides: that of the coverage, that of the talk, the period.

use super::{ANNA, BERT, Branch, COMMISSIONER, CORA, DEPUTY, SECRETARY, day, span, year};
use crate::domain::coverage::{Held, State, Window};
use crate::domain::dates::PartialDate;
use crate::domain::ids::TalkId;

#[test]
fn who_is_asked_for_is_read_on_the_day_and_what_counts_on_the_day_of_the_talk() {
    let mut branch = Branch::new();
    branch.role(DEPUTY).committee = vec![span("2024-03-01", "2026-07-01")];
    branch.role(ANNA).committee = vec![span("2026-07-01", "")];
    // While the deputy was on the committee and Anna was not.
    branch.talk("2026-06-30", &[SECRETARY], &[DEPUTY]);
    branch.talk("2026-06-30", &[SECRETARY], &[ANNA]);
    assert_eq!(branch.missing_pairs(), [(SECRETARY, COMMISSIONER), (SECRETARY, ANNA), (COMMISSIONER, ANNA)]);
    assert_eq!(branch.missing_with_committee(), [BERT, CORA], "a talk of two of the committee is one with it too");
    // On the day of the change the new committee holds.
    branch.talk("2026-07-01", &[SECRETARY], &[ANNA]);
    branch.talk("2026-07-01", &[DEPUTY], &[BERT]);
    assert_eq!(branch.missing_pairs(), [(SECRETARY, COMMISSIONER), (COMMISSIONER, ANNA)]);
    assert_eq!(branch.missing_among_members(), [CORA]);
    branch.as_of = day("2026-06-30");
    assert_eq!(branch.missing_pairs(), [(SECRETARY, COMMISSIONER), (DEPUTY, COMMISSIONER)]);
}

#[test]
fn a_talk_before_the_membership_began_or_after_it_ended_does_not_count() {
    let mut branch = Branch::new();
    branch.role(ANNA).member = vec![span("2026-03-01", "2026-05-01"), span("2026-08-01", "")];
    branch.talk("2026-02-28", &[SECRETARY], &[ANNA]);
    branch.talk("2026-05-01", &[SECRETARY], &[ANNA]);
    branch.talk("2026-07-31", &[BERT], &[ANNA]);
    assert!(branch.missing_with_committee().contains(&ANNA) && branch.missing_among_members().contains(&BERT));
    branch.talk("2026-04-30", &[SECRETARY], &[ANNA]);
    branch.talk("2026-08-01", &[BERT], &[ANNA]);
    assert!(!branch.missing_with_committee().contains(&ANNA) && !branch.missing_among_members().contains(&BERT));
}

#[test]
fn only_talks_of_the_period_and_not_after_the_day_count() {
    for (on, counts) in [
        ("2025-12-31", false),
        ("2026-01-01", true),
        ("2026-11-24", true),
        ("2026-11-25", false),
        ("2026-12-31", false),
        ("2027-01-01", false),
    ] {
        let mut branch = Branch::new();
        branch.as_of = day("2026-11-24");
        branch.talk(on, &[SECRETARY], &[ANNA]);
        assert_eq!(!branch.missing_with_committee().contains(&ANNA), counts, "{on}");
    }
}

#[test]
fn the_day_is_today_or_the_end_of_the_period_whichever_is_earlier() {
    assert_eq!(Window::until_today(year(2026), day("2026-11-24")).as_of, day("2026-11-24"));
    assert_eq!(Window::until_today(year(2025), day("2026-11-24")).as_of, day("2025-12-31"));
}

#[test]
fn the_last_talk_ever_is_told_beside_what_is_missing() {
    let mut branch = Branch::new();
    branch.talk("2025-03-01", &[SECRETARY], &[ANNA]);
    branch.talk("2024-11-30", &[DEPUTY], &[ANNA]);
    branch.talk("2027-03-01", &[SECRETARY], &[ANNA]);
    let board = branch.coverage().with_committee.expect("C2");
    let anna = board.needs.iter().find(|need| need.whom == ANNA).expect("she is asked for");
    assert_eq!((anna.state, anna.held.len()), (State::Missing, 0));
    assert_eq!(anna.last, Some(Held { held_on: PartialDate::of_day(day("2025-03-01")), talk: TalkId(1) }));
}
