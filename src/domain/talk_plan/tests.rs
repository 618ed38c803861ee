//! The plan against plans found by trying everything, and at its edges.

mod committee;
mod members;
mod printed;
mod several;
mod weeks;

use std::collections::BTreeSet;

use super::{Askable, AwaitedTalk, CannotClose, JustHeld, Lacking, ProposedTalk, TalkPlan, ToClose, propose};
use crate::clock::Day;
use crate::domain::coverage::Relation;
use crate::domain::dates::Period;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::problem::Result;

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
    propose_one(lacking, askable, &JustHeld::default(), december()).expect("a plan")
}

/// The plan of one organisation.
fn propose_one(lacking: &Lacking, askable: &Askable, just_held: &JustHeld, days: Period) -> Result<TalkPlan> {
    propose(&[to_close(1, lacking.clone(), askable.clone())], just_held, days)
}

fn to_close(organisation: i64, lacking: Lacking, askable: Askable) -> ToClose {
    ToClose { organisation: OrganisationId(organisation), lacking, askable, printed: BTreeSet::new() }
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
    let is_told = |hole: CannotClose| plan.cannot_close.iter().any(|(_, told)| *told == hole);
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

fn pairs_of(committee: usize) -> Vec<(PersonId, PersonId)> {
    let pairs = (1..=committee).flat_map(|one| (one + 1..=committee).map(move |other| (person(one), person(other))));
    pairs.collect()
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
        alone.cannot_close.iter().map(|(_, why)| *why).collect::<Vec<_>>(),
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
fn the_same_question_gets_the_same_plan() {
    let lacking = Lacking {
        committee_pairs: pairs_of(5),
        with_committee: (101..=130).map(person).collect(),
        among_members: (101..=131).map(person).collect(),
        after_events: (1..=3).chain(120..=133).map(awaited).collect(),
    };
    assert_eq!(plan(&lacking, &people(5, 40)), plan(&lacking, &people(5, 40)));
}
