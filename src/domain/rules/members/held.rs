//! Dated facts and letters of a member: what they need, and how long they may last.

use super::{Finding, Remedy, Standing, Subject, finding};
use crate::clock::Day;
use crate::domain::dates::{PartialDate, months_before};
use crate::domain::events::{DRIFTED_AWAY, EventKind};
use crate::domain::fields::FactKind;
use crate::domain::members::{Fact, STOPPED};
use crate::domain::rules::organisations::is_of_committee;
use crate::domain::rules::{Measure, Rule};

/// Groups that are offered at most: one a number key.
const GROUPS_OFFERED: usize = 8;

pub(super) fn measure<'b>(rule: &'b Rule, subject: Subject<'_>, standing: &Standing<'_>, found: &mut Vec<Finding<'b>>) {
    match rule.measure {
        Measure::PostByMember | Measure::PostClosed | Measure::PostTerm => posts(rule, subject, standing, found),
        Measure::FactsSingle => several(rule, subject, found),
        Measure::GroupNeeded => without_group(rule, subject, standing, found),
        Measure::StatusDay => {
            let statuses = subject.file.facts_on(FactKind::Status, subject.day);
            for fact in statuses.filter(|fact| fact.span.from.is_none()) {
                if let Some(status) = fact.value.as_deref().filter(|status| *status != "正常") {
                    found.push(finding(rule, &[("value", status.to_owned())]).with([Remedy::OpenFact(fact.id)]));
                }
            }
        }
        Measure::AwayStart => {
            for fact in away(subject, FactKind::Floating).chain(away(subject, FactKind::Lost)) {
                if fact.span.from.is_none() {
                    let values = [("kind", fact.kind.label().to_owned())];
                    found.push(finding(rule, &values).with([Remedy::OpenFact(fact.id)]));
                }
            }
        }
        Measure::StartKnown => {
            if let Some(held) = standing.on_roll.filter(|held| held.span.from.is_none()) {
                let values = [("branch", subject.places.name(held.organisation))];
                found.push(finding(rule, &values).with([Remedy::OpenFact(held.id)]));
            }
        }
        Measure::LostLong => {
            for since in away(subject, FactKind::Lost).filter_map(|fact| since_long(rule, fact, subject.day)) {
                found.push(finding(rule, &[("value", since.to_string())]));
            }
        }
        Measure::StoppedLong => {
            let statuses = subject.file.facts_on(FactKind::Status, subject.day);
            let stopped = statuses.filter(|fact| fact.value.as_deref() == Some(STOPPED));
            for since in stopped.filter_map(|fact| since_long(rule, fact, subject.day)) {
                let strike_off = Remedy::Record { kind: EventKind::LeftParty, value: DRIFTED_AWAY };
                let remedy = subject.file.belonging_on(subject.day).map(|_| strike_off);
                found.push(finding(rule, &[("value", since.to_string())]).with(remedy));
            }
        }
        Measure::FloatingLong => {
            for since in away(subject, FactKind::Floating).filter_map(|fact| since_long(rule, fact, subject.day)) {
                found.push(finding(rule, &[("value", since.to_string())]));
            }
        }
        Measure::LetterReceipt => letters(rule, subject, found),
        Measure::LetterValidity => long_letters(rule, subject, found),
        _ => {}
    }
}

/// Floating or lost: facts of the kind that say so.
fn away<'a>(subject: Subject<'a>, kind: FactKind) -> impl Iterator<Item = &'a Fact> {
    subject.file.facts_on(kind, subject.day).filter(|fact| fact.value.as_deref() != Some("否"))
}

/// Since when a fact holds, if it has held for as many months as the rule says.
fn since_long(rule: &Rule, fact: &Fact, day: Day) -> Option<PartialDate> {
    let edge = months_before(day, rule.number("months"))?;
    fact.span.from.filter(|from| from.is_reached_on(edge))
}

fn posts<'b>(rule: &'b Rule, subject: Subject<'_>, standing: &Standing<'_>, found: &mut Vec<Finding<'b>>) {
    for fact in subject.file.facts_on(FactKind::Post, subject.day) {
        let post = fact.value.clone().unwrap_or_default();
        let Some(organisation) = fact.organisation else { continue };
        let values = [("post", post.clone()), ("organisation", subject.places.name(fact.organisation))];
        match rule.measure {
            Measure::PostByMember if is_of_committee(&post) && !standing.is_member() => {
                let end = Remedy::EndPost { fact: fact.id, on: PartialDate::of_day(subject.day) };
                found.push(finding(rule, &values).with([end]));
            }
            Measure::PostClosed => {
                if let Some(closed) = subject.places.closed.get(&organisation) {
                    let [post, organisation] = values;
                    let values = [post, organisation, ("value", closed.to_string())];
                    let ends = fact.span.from.is_none_or(|from| from.first_day() < closed.first_day());
                    let end = ends.then_some(Remedy::EndPost { fact: fact.id, on: *closed });
                    found.push(finding(rule, &values).with(end).with([Remedy::OpenFact(fact.id)]));
                }
            }
            Measure::PostTerm if is_of_committee(&post) && subject.places.without_term.contains(&organisation) => {
                found.push(finding(rule, &values).with([Remedy::OpenOrganisation(organisation)]));
            }
            _ => {}
        }
    }
}

/// Facts of a kind of which one at a time is true; of posts, the same twice.
fn several<'b>(rule: &'b Rule, subject: Subject<'_>, found: &mut Vec<Finding<'b>>) {
    for kind in [FactKind::Group, FactKind::Status, FactKind::Floating, FactKind::Lost, FactKind::Unable] {
        let facts: Vec<&Fact> = subject.file.facts_on(kind, subject.day).collect();
        if facts.len() > 1 {
            found.push(more_than_one(rule, subject, kind, &facts));
        }
    }
    let posts: Vec<&Fact> = subject.file.facts_on(FactKind::Post, subject.day).collect();
    for (nth, post) in posts.iter().enumerate() {
        let is_same = |other: &&Fact| (other.organisation, &other.value) == (post.organisation, &post.value);
        if let Some(other) = posts[nth + 1..].iter().copied().find(is_same) {
            found.push(more_than_one(rule, subject, FactKind::Post, &[post, other]));
        }
    }
}

fn more_than_one<'b>(rule: &'b Rule, subject: Subject<'_>, kind: FactKind, facts: &[&Fact]) -> Finding<'b> {
    let words = |fact: &Fact| {
        let name = subject.places.name(fact.organisation);
        let what = [name, fact.value.clone().unwrap_or_default()];
        let what = what.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let from = fact.span.from.map_or_else(|| "起始不详".to_owned(), |from| format!("{from} 起"));
        format!("{what}（{from}）")
    };
    let told: Vec<String> = facts.iter().map(|fact| words(fact)).collect();
    let values = [("kind", kind.label().to_owned()), ("value", told.join("、"))];
    let only = |fact: &Fact, other: &Fact| Remedy::Only {
        fact: fact.id,
        instead_of: other.id,
        // What began earlier ended where this began; what did not, never was.
        from: fact.span.from.filter(|from| other.span.from.is_none_or(|began| began.first_day() < from.first_day())),
        words: words(fact),
    };
    let remedies = match facts {
        [one, other] => vec![only(one, other), only(other, one)],
        _ => facts.first().map(|fact| Remedy::OpenFact(fact.id)).into_iter().collect(),
    };
    finding(rule, &values).with(remedies)
}

fn without_group<'b>(rule: &'b Rule, subject: Subject<'_>, standing: &Standing<'_>, found: &mut Vec<Finding<'b>>) {
    let branch = standing.on_roll.filter(|_| standing.is_member()).and_then(|held| held.organisation);
    let Some(groups) = branch.and_then(|branch| subject.places.groups.get(&branch)) else { return };
    if subject.file.facts_on(FactKind::Group, subject.day).next().is_none() {
        let joins = groups.iter().take(GROUPS_OFFERED).map(|group| Remedy::JoinGroup(*group));
        found.push(finding(rule, &[("branch", subject.places.name(branch))]).with(joins));
    }
}

/// 组织关系介绍信: past its validity, and no receipt is recorded.
fn letters<'b>(rule: &'b Rule, subject: Subject<'_>, found: &mut Vec<Finding<'b>>) {
    let is_letter = |kind: EventKind| kind.is_transfer();
    for event in subject.events.iter().filter(|event| is_letter(event.kind) && event.receipt.is_none()) {
        // Within the workbook both sides are seen; a letter is waited for only where one is told.
        let is_told = event.document.is_some() || event.until.is_some();
        let is_waited_for = event.kind == EventKind::TransferOut || is_told;
        let until = event.until.or_else(|| event.day.plus_months(rule.number("months")));
        if let Some(until) = until.filter(|until| is_waited_for && until.last_day() < subject.day) {
            let values =
                [("what", event.kind.label().to_owned()), ("day", event.day.to_string()), ("value", until.to_string())];
            found.push(finding(rule, &values).with([Remedy::Receipt(event.id)]));
        }
    }
}

/// 组织关系介绍信: good for longer than is usual, as long as its receipt is waited for.
fn long_letters<'b>(rule: &'b Rule, subject: Subject<'_>, found: &mut Vec<Finding<'b>>) {
    for event in subject.events.iter().filter(|event| event.kind.is_transfer() && event.receipt.is_none()) {
        let longest = event.day.plus_months(rule.number("months"));
        let too_long = event.until.zip(longest).filter(|(until, longest)| until.first_day() > longest.last_day());
        if let Some((until, _)) = too_long {
            let values =
                [("what", event.kind.label().to_owned()), ("day", event.day.to_string()), ("value", until.to_string())];
            found.push(finding(rule, &values));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::clock::Day;
    use crate::domain::dates::{PartialDate, Span};
    use crate::domain::fields::FactKind;
    use crate::domain::ids::{FactId, OrganisationId, PersonId};
    use crate::domain::members::{Fact, Person, PersonFile};
    use crate::domain::rules::RuleBook;
    use crate::domain::rules::members::{Places, Remedy, Subject, findings};

    /// Commands keep posts out of closed organisations; older files and merged ones may have them all the same.
    #[test]
    fn a_post_in_a_closed_organisation_ends_with_it() {
        let date = |text| PartialDate::from_iso(text).expect("a date");
        let fact = |id, kind, organisation| Fact {
            id: FactId(id),
            person: PersonId(1),
            kind,
            organisation: Some(OrganisationId(organisation)),
            value: (kind == FactKind::Post).then(|| "书记".to_owned()),
            place: None,
            span: Span { from: Some(date("2020-03-01")), to: None },
            position: None,
        };
        let facts = vec![fact(1, FactKind::Membership, 7), fact(2, FactKind::Post, 8)];
        let file = PersonFile { person: Person::new(PersonId(1), "陈志远"), facts, extras: Default::default() };
        let mut places = Places::default();
        places.closed.insert(OrganisationId(8), date("2024-05-01"));
        let book = RuleBook::shipped().expect("rules");
        let day = Day::constant(2026, 11, 24);
        let found = findings(&book, Subject { file: &file, events: &[], places: &places, day });
        let closed = found.iter().find(|finding| finding.rule.id == "member.post.closed").expect("found");
        assert_eq!(closed.remedies[0], Remedy::EndPost { fact: FactId(2), on: date("2024-05-01") });
    }
}
