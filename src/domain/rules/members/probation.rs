//! The way into the party against 《中国共产党发展党员工作细则》: how long an activist is cultivated, how long a probation
//! lasts, how it may be extended.

use super::{Finding, Remedy, Standing, Subject, finding};
use crate::domain::dates::{PartialDate, Precision};
use crate::domain::events::{Event, EventKind};
use crate::domain::fields::Known;
use crate::domain::members::{Category, EntryRule};
use crate::domain::probation::extended_until;
use crate::domain::rules::{Measure, Rule};

pub(super) fn measure<'b>(rule: &'b Rule, subject: Subject<'_>, standing: &Standing<'_>, found: &mut Vec<Finding<'b>>) {
    let person = &subject.file.person;
    let (joined, full) = (person.date(Known::Joined), person.date(Known::Full));
    match rule.measure {
        Measure::FullAfterJoined => {
            if let Some((joined, full)) = joined.zip(full).filter(|(joined, full)| is_before(*full, *joined)) {
                found.push(finding(rule, &[("joined", joined.to_string()), ("full", full.to_string())]));
            }
        }
        Measure::ProbationLength => {
            let due = standing.probation.ends(&person.path(), extended_until(subject.events));
            let short = joined
                .zip(full)
                .zip(due)
                .filter(|((joined, full), due)| is_before(*full, *due) && !is_before(*full, *joined));
            if let Some(((_, full), due)) = short {
                let remedy = (due.first_day() <= subject.day).then_some(Remedy::Date(Known::Full, due));
                let values = [("full", full.to_string()), ("value", due.to_string())];
                found.push(finding(rule, &values).with(remedy));
            }
        }
        Measure::ProbationOver => {
            let due = standing.probation.ends(&person.path(), extended_until(subject.events));
            let is_open = full.is_none() && standing.category == Some(Category::Probationary);
            if let Some(due) = due.filter(|due| is_open && due.is_reached_on(subject.day)) {
                found.push(finding(rule, &[("value", due.to_string())]).with([Remedy::Convert(due)]));
            }
        }
        Measure::FullAsDue => {
            let due = standing.probation.ends(&person.path(), extended_until(subject.events));
            let is_exact = |date: &PartialDate| date.precision() == Precision::Day;
            let late = full.filter(is_exact).zip(due.filter(is_exact)).filter(|(full, due)| is_before(*due, *full));
            if let Some((full, due)) = late {
                let values = [("full", full.to_string()), ("value", due.to_string())];
                found.push(finding(rule, &values).with([Remedy::Date(Known::Full, due)]));
            }
        }
        Measure::FullKnown => {
            let due = standing.probation.ends(&person.path(), None);
            let is_open = full.is_none() && standing.category == Some(Category::Probationary);
            if let Some(joined) = joined.filter(|_| is_open && due.is_none()) {
                let length = EntryRule::of(joined).and_then(|rule| rule.probation.as_deref()).unwrap_or("不详");
                found.push(finding(rule, &[("joined", joined.to_string()), ("value", length.to_owned())]));
            }
        }
        Measure::ExtensionShort | Measure::ExtensionLong => extensions(rule, subject, standing, found),
        Measure::ExtensionCount => {
            let count = extensions_of(subject.events).count();
            if i64::try_from(count).unwrap_or(i64::MAX) > rule.number("most") {
                found.push(finding(rule, &[("value", count.to_string())]));
            }
        }
        Measure::Cultivation => {
            let path = person.date(Known::Activist).zip(person.date(Known::Candidate));
            let is_short = |(activist, candidate): &(PartialDate, PartialDate)| {
                activist.plus_months(rule.number("months")).is_some_and(|least| is_before(*candidate, least))
            };
            if let Some((activist, candidate)) = path.filter(is_short) {
                found.push(finding(rule, &[("from", activist.to_string()), ("value", candidate.to_string())]));
            }
        }
        _ => {}
    }
}

/// Each extension against the day on which the probation, or the extension before, was over.
fn extensions<'b>(rule: &'b Rule, subject: Subject<'_>, standing: &Standing<'_>, found: &mut Vec<Finding<'b>>) {
    let Some(mut due) = standing.probation.ends(&subject.file.person.path(), None) else { return };
    for until in extensions_of(subject.events).filter_map(|event| event.until) {
        let edge = due.plus_months(rule.number("months"));
        let is_wrong = edge.is_some_and(|edge| match rule.measure {
            Measure::ExtensionShort => is_before(until, edge),
            _ => is_before(edge, until),
        });
        if is_wrong {
            found.push(finding(rule, &[("due", due.to_string()), ("value", until.to_string())]));
        }
        due = until;
    }
}

/// The last possible day of one lies before the first possible of the other.
fn is_before(one: PartialDate, other: PartialDate) -> bool {
    one.last_day() < other.first_day()
}

fn extensions_of(events: &[Event]) -> impl Iterator<Item = &Event> {
    events.iter().filter(|event| event.kind == EventKind::Extended)
}
