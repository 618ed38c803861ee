//! Probation (预备期): when it ends, also where it was extended (延长预备期).
//!
//! The lengths are data (`assets/rules/probation.toml`). Start at [`probation_ends`].

use std::sync::LazyLock;

use serde::Deserialize;

use super::dates::PartialDate;
use super::events::{Event, EventKind};
use super::members::{Category, EntryRule, PartyPath};
use crate::clock::Day;

/// The lengths that count; none where the data cannot be read, which a test rules out.
static RULE: LazyLock<Option<Rule>> =
    LazyLock::new(|| toml::from_str(include_str!("../../assets/rules/probation.toml")).ok());

#[derive(Debug, Deserialize)]
struct Rule {
    /// 预备期, in months.
    months: i64,
    /// From which day of joining on it lasts so long.
    since: PartialDate,
    /// How long before its end it is told, in months.
    lead_months: i16,
}

/// The date on which the probation of somebody ends who joined on a way like this: a year after joining, 29 February
/// counting as 28 February, as exactly as the day of joining is known; or the day until which it was extended. `None`
/// where there was no probation or one of another length, or the day of joining is not known.
/// (《中国共产党发展党员工作细则》第三十二条)
pub fn probation_ends(path: &PartyPath, extended: Option<PartialDate>) -> Option<PartialDate> {
    let rule = RULE.as_ref()?;
    let joined = path
        .joined
        .filter(|joined| joined.first_day() >= rule.since.first_day() && !EntryRule::had_no_probation(*joined))?;
    let ends = joined.plus_months(rule.months)?;
    extended.into_iter().chain([ends]).max_by_key(|date| date.first_day())
}

/// The same for who is on probation on `day`, past the end too while nothing tells that it was ended by 转正.
pub fn probation_ends_on(path: &PartyPath, extended: Option<PartialDate>, day: Day) -> Option<PartialDate> {
    (path.category_on(day) == Some(Category::Probationary)).then(|| probation_ends(path, extended)).flatten()
}

/// The last day until which one of these events extends a probation.
pub fn extended_until(events: &[Event]) -> Option<PartialDate> {
    let extensions = events.iter().filter(|event| event.kind == EventKind::Extended);
    extensions.filter_map(|event| event.until).max_by_key(|date| date.first_day())
}

/// The last day of those of which it is told on `day` that a probation ends.
pub fn told_until(day: Day) -> Option<Day> {
    day.checked_add(jiff::Span::new().months(RULE.as_ref()?.lead_months)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{EventId, PersonId};

    fn ends(joined: &str) -> Option<String> {
        let path = PartyPath { joined: PartialDate::from_iso(joined), ..PartyPath::default() };
        probation_ends(&path, None).map(|date| date.to_string())
    }

    /// 《发展党员工作细则》第三十二条
    #[test]
    fn probation_lasts_a_year_from_the_day_of_joining() {
        assert_eq!(ends("2023-07-01").as_deref(), Some("2024-07-01"));
        assert_eq!(ends("2024-02-29").as_deref(), Some("2025-02-28"));
        assert_eq!(ends("2023-02-28").as_deref(), Some("2024-02-28"));
        assert_eq!(ends("2023-07").as_deref(), Some("2024-07"));
        assert_eq!(ends("2023").as_deref(), Some("2024"));
        assert_eq!(ends("1975-07-01"), None, "there was no probation then");
        assert_eq!(ends("1956-09-15").as_deref(), Some("1957-09-15"));
        assert_eq!(ends("1956-09-14"), None, "half a year, one or two then");
        assert_eq!(ends(""), None);
    }

    /// 《发展党员工作细则》第三十二条: 延长预备期
    #[test]
    fn an_extended_probation_ends_when_it_was_extended_to() {
        let date = |text: &str| PartialDate::from_iso(text);
        let extended = |until: &str| Event {
            id: EventId(1),
            person: PersonId(1),
            kind: EventKind::Extended,
            day: date("2024-07-01").expect("a date"),
            organisation: None,
            target: None,
            value: None,
            place: None,
            document: None,
            until: date(until),
            receipt: None,
            note: None,
        };
        let until = extended_until(&[extended("2025-01-01"), extended("2025-07-01"), extended("")]);
        assert_eq!(until, date("2025-07-01"), "the last of several");
        let path = PartyPath { joined: date("2023-07-01"), ..PartyPath::default() };
        assert_eq!(probation_ends(&path, until), date("2025-07-01"));
        let day = "2026-01-01".parse().expect("a day");
        assert_eq!(probation_ends_on(&path, until, day), date("2025-07-01"));
        let honour = Event { kind: EventKind::Honour, ..extended("2025-07-01") };
        assert_eq!(extended_until(&[honour]), None);
        let old = PartyPath { joined: date("1975-07-01"), ..PartyPath::default() };
        assert_eq!(probation_ends(&old, until), None, "what never was is not extended");
    }

    #[test]
    fn it_is_told_three_months_before() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        assert_eq!(told_until(day("2026-11-24")), Some(day("2027-02-24")));
        assert_eq!(told_until(day("2026-11-30")), Some(day("2027-02-28")));
    }

    #[test]
    fn who_has_become_formal_is_on_probation_no_longer() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let mut path = PartyPath { joined: PartialDate::from_iso("2025-07-01"), ..PartyPath::default() };
        assert_eq!(probation_ends_on(&path, None, day("2025-06-30")), None);
        assert_eq!(
            probation_ends_on(&path, None, day("2026-11-24")),
            PartialDate::from_iso("2026-07-01"),
            "past its end"
        );
        path.full = PartialDate::from_iso("2026-07-01");
        assert_eq!(probation_ends_on(&path, None, day("2026-06-30")), PartialDate::from_iso("2026-07-01"));
        assert_eq!(probation_ends_on(&path, None, day("2026-07-01")), None);
    }
}
