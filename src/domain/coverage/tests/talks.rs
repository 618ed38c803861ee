//! Whom a talk joins, and which talks count.

use super::{ANNA, BERT, Branch, COMMISSIONER, CORA, DEPUTY, SECRETARY, STRANGER, span};
use crate::domain::coverage::{OccasionKind, State};
use crate::domain::events::EventKind;
use crate::domain::talks::TalkTypes;

#[test]
fn of_the_committee_the_membership_does_not_matter() {
    let mut branch = Branch::new();
    branch.role(SECRETARY).member.clear();
    branch.talk("2026-05-06", &[SECRETARY], &[DEPUTY]);
    branch.talk("2026-05-06", &[SECRETARY], &[ANNA]);
    assert_eq!(branch.missing_pairs().len(), 2);
    assert_eq!(branch.missing_with_committee(), [BERT, CORA]);
}

#[test]
fn two_of_the_committee_of_whom_neither_is_a_member_here_have_no_talk_with_a_member() {
    let mut branch = Branch::new();
    for person in [SECRETARY, DEPUTY] {
        branch.role(person).member.clear();
    }
    branch.role(DEPUTY).committee = vec![span("2024-03-01", "2026-07-01")];
    branch.role(DEPUTY).member = vec![span("2026-07-01", "")];
    branch.talk("2026-06-30", &[SECRETARY], &[DEPUTY]);
    assert!(branch.missing_with_committee().contains(&DEPUTY));
}

#[test]
fn a_talk_joins_every_talker_with_every_partner_and_partners_not_among_themselves() {
    let mut branch = Branch::new();
    branch.talk("2026-05-06", &[SECRETARY, DEPUTY], &[COMMISSIONER, ANNA, BERT]);
    assert_eq!(branch.missing_pairs(), [(SECRETARY, DEPUTY)]);
    assert_eq!(branch.missing_with_committee(), [CORA]);
    assert_eq!(branch.missing_among_members(), [ANNA, BERT, CORA]);
    let coverage = branch.coverage();
    let with_committee = coverage.with_committee.expect("C2");
    assert!(with_committee.of(State::Done).all(|need| need.held.len() == 1), "two talkers, one talk");
}

#[test]
fn who_is_in_no_roster_of_here_never_counts() {
    let mut branch = Branch::new();
    branch.talk("2026-05-06", &[SECRETARY, STRANGER], &[STRANGER]);
    branch.talk("2026-05-06", &[STRANGER], &[ANNA]);
    branch.talk("2026-05-06", &[ANNA], &[]);
    assert_eq!(branch.missing_pairs().len(), 3);
    assert_eq!(branch.missing_with_committee().len() + branch.missing_among_members().len(), 6);
}

#[test]
fn whoever_sits_on_both_sides_is_not_joined_with_themselves() {
    let mut branch = Branch::new();
    branch.talk("2026-05-06", &[ANNA], &[ANNA]);
    branch.happened("2026-05-01", SECRETARY, OccasionKind::Event(EventKind::Honour));
    branch.talk("2026-05-06", &[SECRETARY], &[SECRETARY]);
    assert_eq!(branch.missing_among_members(), [ANNA, BERT, CORA]);
    assert_eq!(branch.events(State::Missing), ["2026-05-01"]);
}

/// What the types mark: 计入, 不计入, 受限 for 必谈事项 alone.
#[test]
fn the_type_of_a_talk_tells_for_what_it_counts() {
    let types = TalkTypes::shipped().expect("types");
    for (code, relations, event) in [
        ("T01", true, true),
        ("T04", false, false),
        ("T05", false, false),
        ("T10", false, false),
        ("T11", false, true),
        ("T12", false, true),
        ("T13", false, true),
        ("T14", false, true),
        ("T18", true, true),
        ("T19", false, false),
    ] {
        let mut branch = Branch::new();
        branch.happened("2026-05-01", ANNA, OccasionKind::Event(EventKind::Honour));
        branch.talk("2026-05-06", &[SECRETARY], &[ANNA]).counts = types.counts(code);
        assert_eq!(!branch.missing_with_committee().contains(&ANNA), relations, "{code}");
        assert_eq!(branch.events(State::Done).len() == 1, event, "{code}");
    }
}

#[test]
fn talks_on_the_phone_and_with_several_count_unless_the_workbook_has_it_otherwise() {
    let mut branch = Branch::new();
    branch.happened("2026-05-01", CORA, OccasionKind::Event(EventKind::Honour));
    branch.talk("2026-05-06", &[SECRETARY], &[ANNA]).is_remote = true;
    branch.talk("2026-05-06", &[SECRETARY], &[BERT, CORA]);
    assert_eq!(branch.missing_with_committee(), []);
    branch.set("talk.phone", &[], Some(false));
    assert_eq!(branch.missing_with_committee(), [ANNA]);
    branch.set("talk.one_to_many", &[], Some(false));
    assert_eq!(branch.missing_with_committee(), [ANNA, BERT, CORA]);
    assert_eq!(branch.events(State::Missing).len(), 1);
}
