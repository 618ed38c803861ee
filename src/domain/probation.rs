//! Probation (预备期): when it ends, also where it was extended (延长预备期).
//!
//! How long it lasts are rules of the workbook, handed in as [`ProbationRule`]. Start at [`ProbationRule::ends`].

use super::dates::PartialDate;
use super::events::{Event, EventKind};
use super::members::{Category, EntryRule, PartyPath};
use super::rules::{Measure, RuleBook};
use crate::clock::Day;

/// How long a probation lasts and how long before its end it is told (预备期长短), as a workbook has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProbationRule {
    /// 预备期, in months.
    months: i64,
    /// How long before its end it is told, in months.
    lead_months: i64,
    /// How long an extension is at least and at most, in months.
    pub extension: (i64, i64),
}

impl ProbationRule {
    /// As the rules have it, whether or not anything is checked by them.
    pub fn of(book: &RuleBook) -> Self {
        let number = |measure: Measure, name: &str| {
            book.rules.iter().find(|rule| rule.measure == measure).map_or(0, |rule| rule.number(name))
        };
        Self {
            months: number(Measure::ProbationLength, "months"),
            lead_months: number(Measure::ProbationOver, "lead"),
            extension: (number(Measure::ExtensionShort, "months"), number(Measure::ExtensionLong, "months")),
        }
    }

    /// The date on which the probation of somebody ends who joined on a way like this: by the rule that comes with the
    /// program a year after joining, 29 February counting as 28 February, as exactly as the day of joining is known; or
    /// the day until which it was extended. `None` where there was no probation or one of another length, or the day of
    /// joining is not known. (《中国共产党发展党员工作细则》第三十二条)
    pub fn ends(self, path: &PartyPath, extended: Option<PartialDate>) -> Option<PartialDate> {
        let joined = path.joined.filter(|joined| EntryRule::has_usual_probation(*joined))?;
        let ends = joined.plus_months(self.months)?;
        extended.into_iter().chain([ends]).max_by_key(|date| date.first_day())
    }

    /// The same for who is on probation on `day`, past the end too while nothing tells that it was ended by 转正.
    pub fn ends_on(self, path: &PartyPath, extended: Option<PartialDate>, day: Day) -> Option<PartialDate> {
        (path.category_on(day) == Some(Category::Probationary)).then(|| self.ends(path, extended)).flatten()
    }

    /// Whether it is told on `day` that a probation ends (预备期将满): it ends soon, or is over without 转正.
    pub fn is_told_on(self, path: &PartyPath, extended: Option<PartialDate>, day: Day) -> bool {
        let until = PartialDate::of_day(day).plus_months(self.lead_months);
        self.ends_on(path, extended, day).zip(until).is_some_and(|(ends, until)| ends.first_day() <= until.first_day())
    }
}

/// The last day until which one of these events extends a probation.
pub fn extended_until(events: &[Event]) -> Option<PartialDate> {
    let extensions = events.iter().filter(|event| event.kind == EventKind::Extended);
    extensions.filter_map(|event| event.until).max_by_key(|date| date.first_day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{EventId, PersonId};
    use crate::domain::rules::RuleChange;

    fn rule() -> ProbationRule {
        ProbationRule::of(&RuleBook::shipped().expect("rules"))
    }

    fn ends(joined: &str) -> Option<String> {
        let path = PartyPath { joined: PartialDate::from_iso(joined), ..PartyPath::default() };
        rule().ends(&path, None).map(|date| date.to_string())
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
        assert_eq!(rule().ends(&path, until), date("2025-07-01"));
        let day = "2026-01-01".parse().expect("a day");
        assert_eq!(rule().ends_on(&path, until, day), date("2025-07-01"));
        let honour = Event { kind: EventKind::Honour, ..extended("2025-07-01") };
        assert_eq!(extended_until(&[honour]), None);
        let old = PartyPath { joined: date("1975-07-01"), ..PartyPath::default() };
        assert_eq!(rule().ends(&old, until), None, "what never was is not extended");
    }

    #[test]
    fn it_is_told_three_months_before() {
        let is_told = |joined: &str, on: &str| {
            let path = PartyPath { joined: PartialDate::from_iso(joined), ..PartyPath::default() };
            rule().is_told_on(&path, None, on.parse().expect("a day"))
        };
        assert!(is_told("2026-02-24", "2026-11-24") && !is_told("2026-02-25", "2026-11-24"));
        assert!(is_told("2026-02-28", "2026-11-30") && !is_told("2026-03-01", "2026-11-30"));
        assert!(is_told("2026-02", "2026-11-24"), "as soon as it may end");
        assert!(is_told("2025-03-01", "2026-11-24"), "it is over");
        assert!(!is_told("", "2026-11-24"));
    }

    #[test]
    fn a_workbook_may_have_other_months_even_while_it_checks_nothing() {
        let change = |rule: &str, name: &str, number: i64| RuleChange {
            id: 1,
            rule: rule.into(),
            numbers: [(name.to_owned(), number)].into(),
            enabled: Some(false),
            note: None,
        };
        let changes = [
            change("member.probation.length", "months", 6),
            change("member.probation.over", "lead", 1),
            change("member.extension.long", "months", 9),
        ];
        let other = ProbationRule::of(&RuleBook::shipped().expect("rules").with(&changes));
        assert_eq!(other, ProbationRule { months: 6, lead_months: 1, extension: (6, 9) });
        let path = PartyPath { joined: PartialDate::from_iso("2026-06-24"), ..PartyPath::default() };
        let day = |text: &str| text.parse::<Day>().expect("a day");
        assert_eq!(other.ends(&path, None), PartialDate::from_iso("2026-12-24"));
        assert!(other.is_told_on(&path, None, day("2026-11-24")) && !other.is_told_on(&path, None, day("2026-11-23")));
    }

    #[test]
    fn who_has_become_formal_is_on_probation_no_longer() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let mut path = PartyPath { joined: PartialDate::from_iso("2025-07-01"), ..PartyPath::default() };
        assert_eq!(rule().ends_on(&path, None, day("2025-06-30")), None);
        assert_eq!(rule().ends_on(&path, None, day("2026-11-24")), PartialDate::from_iso("2026-07-01"), "past its end");
        path.full = PartialDate::from_iso("2026-07-01");
        assert_eq!(rule().ends_on(&path, None, day("2026-06-30")), PartialDate::from_iso("2026-07-01"));
        assert_eq!(rule().ends_on(&path, None, day("2026-07-01")), None);
    }
}
