//! Each clause of the definition, with its article where it has one.

use super::{
    Board, Coverage, CoverageRules, Held, Occasion, OccasionKind, Relation, Roles, State, TalkSeen, WhyLeftOut, Window,
    coverage,
};
use crate::clock::Day;
use crate::domain::dates::{PartialDate, Period, Span};
use crate::domain::events::EventKind;
use crate::domain::ids::{PersonId, TalkId};
use crate::domain::rules::{RuleBook, RuleChange, RuleGroup};
use crate::domain::talks::{Counts, TalkTypes};

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// A span; an empty text is no end.
fn span(from: &str, to: &str) -> Span {
    Span { from: PartialDate::from_iso(from), to: PartialDate::from_iso(to) }
}

const SECRETARY: PersonId = PersonId(1);
const DEPUTY: PersonId = PersonId(2);
const COMMISSIONER: PersonId = PersonId(3);
const ANNA: PersonId = PersonId(11);
const BERT: PersonId = PersonId(12);
const CORA: PersonId = PersonId(13);
/// Somebody who is nothing here.
const STRANGER: PersonId = PersonId(99);

fn member(person: PersonId) -> Roles {
    Roles { member: vec![span("2015-07-01", "")], ..Roles::new(person) }
}

fn on_committee(person: PersonId) -> Roles {
    Roles { committee: vec![span("2024-03-01", "")], ..member(person) }
}

/// A branch with a committee of three and three members besides, looked at over 2026.
struct Branch {
    people: Vec<Roles>,
    talks: Vec<TalkSeen>,
    occasions: Vec<Occasion>,
    as_of: Day,
    changes: Vec<RuleChange>,
}

impl Branch {
    fn new() -> Self {
        let committee = [SECRETARY, DEPUTY, COMMISSIONER].map(on_committee);
        let members = [ANNA, BERT, CORA].map(member);
        Self {
            people: committee.into_iter().chain(members).collect(),
            talks: Vec::new(),
            occasions: Vec::new(),
            as_of: day("2026-12-31"),
            changes: Vec::new(),
        }
    }

    /// The roles of somebody, to be changed.
    fn role(&mut self, person: PersonId) -> &mut Roles {
        self.people.iter_mut().find(|roles| roles.person == person).expect("somebody of the branch")
    }

    /// Records an ordinary talk, numbered in the order of recording from 1.
    fn talk(&mut self, on: &str, talkers: &[PersonId], partners: &[PersonId]) -> &mut TalkSeen {
        let id = TalkId(i64::try_from(self.talks.len()).expect("few") + 1);
        self.talks.push(TalkSeen {
            id,
            day: day(on),
            counts: Counts::Yes,
            is_one_to_many: partners.len() > 1,
            is_remote: false,
            talkers: talkers.to_vec(),
            partners: partners.to_vec(),
        });
        self.talks.last_mut().expect("just recorded")
    }

    fn happened(&mut self, on: &str, person: PersonId, kind: OccasionKind) {
        let id = i64::try_from(self.occasions.len()).expect("few") + 1;
        self.occasions.push(Occasion { day: PartialDate::of_day(day(on)), person, kind, id });
    }

    fn set(&mut self, rule: &str, numbers: &[(&str, i64)], enabled: Option<bool>) {
        let numbers = numbers.iter().map(|(name, number)| ((*name).to_owned(), *number)).collect();
        self.changes.push(RuleChange { id: 1, rule: rule.into(), numbers, enabled, note: None });
    }

    fn coverage(&self) -> Coverage {
        let rules = CoverageRules::of(&RuleBook::shipped().expect("rules").with(&self.changes));
        let window = Window { as_of: self.as_of, ..Window::until_today(year(2026), self.as_of) };
        coverage(&rules, window, &self.people, &self.talks, &self.occasions)
    }

    fn missing_pairs(&self) -> Vec<(PersonId, PersonId)> {
        whom(&self.coverage().pairs, State::Missing)
    }

    fn missing_with_committee(&self) -> Vec<PersonId> {
        whom(&self.coverage().with_committee, State::Missing)
    }

    fn missing_among_members(&self) -> Vec<PersonId> {
        whom(&self.coverage().among_members, State::Missing)
    }

    /// The days of the events in this state.
    fn events(&self, state: State) -> Vec<String> {
        let all = whom(&self.coverage().after_events, state);
        all.into_iter().map(|due| due.occasion.day.to_string()).collect()
    }

    fn left_out(&self) -> Vec<(PersonId, WhyLeftOut)> {
        self.coverage().left_out.into_iter().map(|out| (out.person, out.why)).collect()
    }
}

fn whom<W: Copy>(board: &Option<Board<W>>, state: State) -> Vec<W> {
    board.as_ref().expect("the rule is on").of(state).map(|need| need.whom).collect()
}

fn year(year: i16) -> Period {
    Period::year(year).expect("a year")
}

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
    assert_eq!(done.held, [Held { day: day("2026-05-06"), talk: TalkId(1) }]);
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

/// What the types mark: 计入, 不计入, 受限 for 必谈 alone.
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
    let days: Vec<String> = done.held.iter().map(|held| held.day.to_string()).collect();
    assert_eq!(days, ["2026-02-01", "2026-03-01"], "the earliest first, however they were recorded");
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
    assert_eq!(anna.last, Some(Held { day: day("2025-03-01"), talk: TalkId(1) }));
}

/// Months before the day are reckoned to the month's end where that is shorter.
#[test]
fn whose_membership_here_began_less_than_three_months_before_is_left_out() {
    for (since, as_of, out) in [
        ("2026-08-25", "2026-11-24", true),
        ("2026-08-24", "2026-11-24", false),
        ("2026-11", "2026-11-24", true),
        ("2026-03-01", "2026-05-31", true),
        ("2026-02-28", "2026-05-31", false),
        ("2020", "2026-11-24", false),
    ] {
        let mut branch = Branch::new();
        branch.as_of = day(as_of);
        branch.role(ANNA).since = PartialDate::from_iso(since);
        branch.role(DEPUTY).since = PartialDate::from_iso(since);
        let wanted = [(DEPUTY, WhyLeftOut::New), (ANNA, WhyLeftOut::New)];
        assert_eq!(branch.left_out(), if out { &wanted[..] } else { &[] }, "{since} {as_of}");
        assert_eq!(branch.missing_pairs().len(), if out { 1 } else { 3 }, "{since} {as_of}");
        assert_eq!(branch.missing_with_committee().contains(&ANNA), !out, "{since} {as_of}");
        assert_eq!(branch.missing_among_members().contains(&ANNA), !out, "{since} {as_of}");
    }
}

#[test]
fn who_is_lost_or_unable_on_the_day_is_left_out() {
    let mut branch = Branch::new();
    branch.role(ANNA).lost = vec![span("2026-12-31", "")];
    branch.role(BERT).unable = vec![span("", "")];
    branch.role(CORA).lost = vec![span("2020-01-01", "2026-12-31")];
    assert_eq!(branch.left_out(), [(ANNA, WhyLeftOut::Lost), (BERT, WhyLeftOut::Unable)]);
    assert_eq!(branch.missing_with_committee(), [CORA]);
    // Whoever is left out serves others all the same.
    branch.talk("2026-06-01", &[ANNA], &[CORA]);
    assert_eq!(branch.missing_among_members(), []);
}

#[test]
fn who_has_been_away_for_six_months_is_left_out() {
    for (from, to, out) in [
        ("2026-06-30", "", true),
        ("2026-07-01", "", false),
        ("", "", true),
        ("2026-06", "", true),
        ("2025-01-01", "2026-12-31", false),
    ] {
        let mut branch = Branch::new();
        branch.role(ANNA).away = vec![span(from, to)];
        assert_eq!(branch.left_out(), if out { vec![(ANNA, WhyLeftOut::Away)] } else { vec![] }, "{from} {to}");
    }
}

#[test]
fn of_several_reasons_one_is_told_and_each_can_be_switched_off() {
    let mut branch = Branch::new();
    branch.role(ANNA).since = PartialDate::from_iso("2026-12-01");
    branch.role(ANNA).lost = vec![span("2026-12-10", "")];
    branch.role(ANNA).away = vec![span("2026-01-01", "")];
    branch.role(ANNA).unable = vec![span("2026-12-10", "")];
    for (why, rule) in [
        (WhyLeftOut::New, "talk.new"),
        (WhyLeftOut::Lost, "talk.lost"),
        (WhyLeftOut::Away, "talk.away"),
        (WhyLeftOut::Unable, "talk.unable"),
    ] {
        assert_eq!(branch.left_out(), [(ANNA, why)]);
        branch.set(rule, &[], Some(false));
    }
    assert_eq!(branch.left_out(), []);
    assert_eq!(branch.missing_with_committee(), [ANNA, BERT, CORA]);
}

#[test]
fn the_months_are_those_of_the_workbook() {
    let mut branch = Branch::new();
    branch.role(ANNA).since = PartialDate::from_iso("2026-11-15");
    branch.set("talk.new", &[("months", 1)], None);
    assert_eq!(branch.left_out(), []);
    branch.set("talk.new", &[("months", 2)], None);
    assert_eq!(branch.left_out(), [(ANNA, WhyLeftOut::New)]);
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

/// 必谈: a talk by a committee member within thirty days.
#[test]
fn an_event_is_done_missing_or_still_open() {
    let honour = OccasionKind::Event(EventKind::Honour);
    for (as_of, talk, state) in [
        ("2026-05-31", None, State::Open),
        ("2026-06-01", None, State::Missing),
        ("2026-06-01", Some("2026-05-31"), State::Done),
        ("2026-06-01", Some("2026-05-01"), State::Done),
        ("2026-06-02", Some("2026-06-01"), State::Missing),
        ("2026-06-01", Some("2026-04-30"), State::Missing),
        ("2026-05-20", Some("2026-05-21"), State::Open),
    ] {
        let mut branch = Branch::new();
        branch.as_of = day(as_of);
        branch.happened("2026-05-01", ANNA, honour);
        if let Some(on) = talk {
            branch.talk(on, &[DEPUTY], &[ANNA]);
        }
        assert_eq!(branch.events(state), ["2026-05-01"], "{as_of} {talk:?}");
    }
}

#[test]
fn an_event_asks_for_a_talk_with_the_person_as_partner_by_one_of_the_committee_of_that_day() {
    for (talker, partner, done) in [
        (SECRETARY, ANNA, true),
        (ANNA, SECRETARY, false),
        (BERT, ANNA, false),
        (SECRETARY, BERT, false),
        (STRANGER, ANNA, false),
    ] {
        let mut branch = Branch::new();
        branch.happened("2026-05-01", ANNA, OccasionKind::Event(EventKind::Misfortune));
        branch.talk("2026-05-10", &[talker], &[partner]);
        assert_eq!(branch.events(State::Done).len() == 1, done, "{talker} {partner}");
    }
    let mut branch = Branch::new();
    branch.role(BERT).committee = vec![span("2026-05-10", "2026-05-20")];
    branch.happened("2026-05-01", ANNA, OccasionKind::Event(EventKind::Discipline));
    branch.talk("2026-05-20", &[BERT], &[ANNA]);
    assert_eq!(branch.events(State::Done).len(), 0);
    branch.talk("2026-05-19", &[BERT], &[ANNA]);
    assert_eq!(branch.events(State::Done).len(), 1);
}

#[test]
fn an_event_belongs_to_the_period_of_its_day_and_its_talk_may_fall_after_it() {
    let mut branch = Branch::new();
    branch.as_of = day("2027-01-20");
    for (on, person) in [("2025-12-31", BERT), ("2026-12-20", ANNA), ("2027-01-01", CORA)] {
        branch.happened(on, person, OccasionKind::Appointed);
    }
    branch.talk("2027-01-10", &[SECRETARY], &[ANNA, BERT, CORA]);
    assert_eq!(branch.events(State::Done), ["2026-12-20"]);
    assert_eq!(branch.coverage().after_events.map(|board| board.required()), Some(1));
    assert!(branch.missing_with_committee().contains(&ANNA), "for the other relations it is of the next year");
    branch.as_of = day("2026-12-19");
    assert_eq!(branch.coverage().after_events.map(|board| board.required()), Some(0), "it is still to come");
}

#[test]
fn whoever_is_left_out_is_asked_for_after_events_all_the_same() {
    let mut branch = Branch::new();
    branch.role(ANNA).since = PartialDate::from_iso("2026-12-01");
    branch.happened("2026-12-01", ANNA, OccasionKind::Event(EventKind::TransferIn));
    assert_eq!(branch.left_out(), [(ANNA, WhyLeftOut::New)]);
    assert_eq!(branch.events(State::Open), ["2026-12-01"]);
}

#[test]
fn one_talk_answers_several_events_and_which_events_ask_is_the_workbooks() {
    let mut branch = Branch::new();
    for kind in EventKind::all().map(OccasionKind::Event).chain([OccasionKind::Appointed]) {
        branch.happened("2026-05-01", ANNA, kind);
    }
    let asked = |branch: &Branch| {
        let board = branch.coverage().after_events.expect("C4");
        board.needs.iter().map(|need| need.whom.occasion.kind.name()).collect::<Vec<_>>()
    };
    let all = [
        "transfer_in",
        "transfer_within",
        "accepted",
        "extended",
        "converted",
        "honour",
        "discipline",
        "misfortune",
        "appointed",
    ];
    assert_eq!(asked(&branch), all);
    branch.set("talk.c4.admission", &[], Some(false));
    assert_eq!(asked(&branch).len(), 6);
    branch.talk("2026-05-10", &[SECRETARY], &[ANNA]);
    assert_eq!(branch.events(State::Done).len(), 6);
    branch.set("talk.c4", &[("days", 5)], None);
    assert_eq!(branch.events(State::Missing).len(), 6);
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

#[test]
fn every_rule_about_talks_has_its_article_and_the_events_it_names() {
    let book = RuleBook::shipped().expect("rules");
    let rules: Vec<_> = book.rules.iter().filter(|rule| rule.measure.group() == RuleGroup::Talks).collect();
    assert_eq!(rules.len(), 16);
    for rule in &rules {
        assert!(rule.id.starts_with("talk.") && rule.kinds.is_empty() && !rule.article.is_empty(), "{}", rule.id);
        assert!(rule.numbers.keys().eq(rule.labels.keys()), "{}: each number has a label", rule.id);
        assert_eq!(rule.checked, rule.article.ends_with("第十九条"), "{}: what no article has is said so", rule.id);
        for name in rule.events.iter() {
            assert!(OccasionKind::from_name(name).is_some_and(|kind| kind.name() == name), "{}: {name}", rule.id);
        }
        for name in rule.words.split('{').skip(1).filter_map(|part| part.split('}').next()) {
            assert!(rule.numbers.contains_key(name), "{}: {name}", rule.id);
        }
    }
    for relation in Relation::ALL {
        let rule = relation.rule(&book).expect("its rule");
        assert_eq!(rule.id, format!("talk.{}", relation.code().to_lowercase()));
    }
}
