//! C4 必谈事项: what happened to somebody asks for a talk.

use super::{ANNA, BERT, Branch, CORA, DEPUTY, SECRETARY, STRANGER, day, span};
use crate::domain::coverage::{OccasionKind, Relation, State, WhyLeftOut};
use crate::domain::dates::PartialDate;
use crate::domain::events::EventKind;
use crate::domain::rules::{RuleBook, RuleGroup};

/// 必谈事项: a talk by a committee member within thirty days.
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
