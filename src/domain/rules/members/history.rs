//! What is told of a life against each other (经历先后): gone and back, left before joined, a post before joining, an
//! honour after death, a place that was not there yet.

use super::{Finding, Remedy, Standing, Subject, finding};
use crate::domain::dates::PartialDate;
use crate::domain::events::EventKind;
use crate::domain::fields::{FactKind, Known};
use crate::domain::members::{Ending, Fact};
use crate::domain::rules::organisations::is_of_committee;
use crate::domain::rules::{Measure, Rule};

pub(super) fn measure<'b>(rule: &'b Rule, subject: Subject<'_>, standing: &Standing<'_>, found: &mut Vec<Finding<'b>>) {
    match rule.measure {
        Measure::BackAfterLeaving => back(rule, subject, found),
        Measure::LeftAfterJoined => left_before_joining(rule, subject, found),
        Measure::PlaceFounded => before_founding(rule, subject, found),
        Measure::GroupOfBranch => in_another_group(rule, subject, standing, found),
        Measure::PostAfterJoined => post_before_joining(rule, subject, found),
        Measure::AwardInLife => award_beyond_life(rule, subject, found),
        _ => {}
    }
}

/// The last possible day of one lies before the first possible of the other.
fn is_before(one: PartialDate, other: PartialDate) -> bool {
    one.last_day() < other.first_day()
}

/// Facts of a kind that had begun by the day, in their order.
fn begun<'a>(subject: Subject<'a>, kind: FactKind) -> impl Iterator<Item = &'a Fact> {
    let has_begun = move |fact: &&Fact| fact.span.from.is_none_or(|from| from.is_reached_on(subject.day));
    subject.file.facts.iter().filter(move |fact| fact.kind == kind).filter(has_begun)
}

fn ending(fact: &Fact) -> Option<Ending> {
    fact.value.as_deref().and_then(Ending::of)
}

/// When somebody had left the party before being what they are now.
fn left_the_party(subject: Subject<'_>) -> Option<&Fact> {
    begun(subject, FactKind::Status).filter(|fact| ending(fact) == Some(Ending::LeftParty)).last()
}

/// On the roll again after death, or after leaving the party without having joined anew
/// (《中国共产党党员教育管理工作条例》第二十四条).
fn back<'b>(rule: &'b Rule, subject: Subject<'_>, found: &mut Vec<Finding<'b>>) {
    let joined = subject.file.person.date(Known::Joined);
    let is_wrong = |fact: &&Fact| match ending(fact) {
        Some(Ending::Died) => true,
        Some(Ending::LeftParty) => joined.zip(fact.span.from).is_none_or(|(joined, left)| is_before(joined, left)),
        _ => false,
    };
    if let Some(fact) = begun(subject, FactKind::Status).filter(is_wrong).last() {
        let day = fact.span.from.map_or_else(|| "起始不详".to_owned(), |from| from.to_string());
        let values = [("value", fact.value.clone().unwrap_or_default()), ("day", day)];
        found.push(finding(rule, &values).with([Remedy::OpenFact(fact.id)]));
    }
}

/// The last membership ended, or the status ended it, before the day of joining.
fn left_before_joining<'b>(rule: &'b Rule, subject: Subject<'_>, found: &mut Vec<Finding<'b>>) {
    let Some(joined) = subject.file.person.date(Known::Joined) else { return };
    let last = subject.file.facts.iter().rfind(|fact| fact.kind == FactKind::Membership);
    let left = last.and_then(|fact| Some((fact, fact.span.to?)));
    let statuses = subject.file.facts_on(FactKind::Status, subject.day).filter(|fact| ending(fact).is_some());
    let ended = statuses.filter_map(|fact| Some((fact, fact.span.from?))).last();
    if let Some((fact, day)) = left.or(ended).filter(|(_, day)| is_before(*day, joined)) {
        let values = [("day", day.to_string()), ("joined", joined.to_string())];
        found.push(finding(rule, &values).with([Remedy::OpenFact(fact.id)]));
    }
}

fn before_founding<'b>(rule: &'b Rule, subject: Subject<'_>, found: &mut Vec<Finding<'b>>) {
    for kind in [FactKind::Membership, FactKind::Group, FactKind::Post] {
        for fact in begun(subject, kind) {
            let Some(organisation) = fact.organisation else { continue };
            let founded = subject.places.founded.get(&organisation).copied();
            let early = fact.span.from.zip(founded).filter(|(from, founded)| is_before(*from, *founded));
            if let Some((from, founded)) = early {
                let values = [
                    ("kind", kind.label().to_owned()),
                    ("from", from.to_string()),
                    ("organisation", subject.places.name(fact.organisation)),
                    ("day", founded.to_string()),
                ];
                let remedies = [Remedy::OpenFact(fact.id), Remedy::OpenOrganisation(organisation)];
                found.push(finding(rule, &values).with(remedies));
            }
        }
    }
}

/// A group stands below the branch that its people belong to.
fn in_another_group<'b>(rule: &'b Rule, subject: Subject<'_>, standing: &Standing<'_>, found: &mut Vec<Finding<'b>>) {
    let Some(branch) = standing.on_roll.and_then(|held| held.organisation) else { return };
    let own = subject.places.groups.get(&branch);
    for fact in subject.file.facts_on(FactKind::Group, subject.day) {
        let is_own = fact.organisation.is_some_and(|group| own.is_some_and(|own| own.contains(&group)));
        // One that was closed is told by no branch of the day.
        let is_anywhere =
            fact.organisation.is_some_and(|group| subject.places.groups.values().any(|all| all.contains(&group)));
        if !is_own && is_anywhere {
            let values = [
                ("organisation", subject.places.name(fact.organisation)),
                ("branch", subject.places.name(Some(branch))),
            ];
            found.push(finding(rule, &values).with([Remedy::OpenFact(fact.id)]));
        }
    }
}

/// A post of a committee that began before joining. Those of a membership that was left are not held against the one
/// after it.
fn post_before_joining<'b>(rule: &'b Rule, subject: Subject<'_>, found: &mut Vec<Finding<'b>>) {
    let Some(joined) = subject.file.person.date(Known::Joined) else { return };
    let left = left_the_party(subject).and_then(|fact| fact.span.from);
    for fact in begun(subject, FactKind::Post) {
        let post = fact.value.clone().unwrap_or_default();
        let is_early = |from: &PartialDate| is_before(*from, joined) && left.is_none_or(|left| is_before(left, *from));
        if let Some(from) = fact.span.from.filter(|from| is_of_committee(&post) && is_early(from)) {
            let values = [
                ("from", from.to_string()),
                ("organisation", subject.places.name(fact.organisation)),
                ("post", post),
                ("joined", joined.to_string()),
            ];
            found.push(finding(rule, &values).with([Remedy::OpenFact(fact.id)]));
        }
    }
}

/// Honours and discipline before birth or after death.
fn award_beyond_life<'b>(rule: &'b Rule, subject: Subject<'_>, found: &mut Vec<Finding<'b>>) {
    let birth = subject.file.person.date(Known::Birth);
    let death = begun(subject, FactKind::Status).filter(|fact| ending(fact) == Some(Ending::Died)).last();
    let death = death.and_then(|fact| fact.span.from);
    let is_award = |kind: EventKind| matches!(kind, EventKind::Honour | EventKind::Discipline);
    for event in subject.events.iter().filter(|event| is_award(event.kind)) {
        let unborn = birth.filter(|birth| is_before(event.day, *birth)).map(|birth| format!("{birth} 才出生"));
        let dead = death.filter(|death| is_before(*death, event.day)).map(|death| format!("{death} 已去世"));
        if let Some(value) = unborn.or(dead) {
            let what = event.value.clone().unwrap_or_else(|| event.kind.label().to_owned());
            found.push(finding(rule, &[("day", event.day.to_string()), ("what", what), ("value", value)]));
        }
    }
}
