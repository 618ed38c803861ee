//! Probation (预备期): when it ends.
//!
//! The lengths are data (`assets/rules/probation.toml`). Start at [`probation_ends`].

use std::sync::LazyLock;

use serde::Deserialize;

use super::dates::PartialDate;
use super::members::{Category, PartyPath, had_no_probation};
use crate::clock::Day;

/// The lengths that count; none where the data cannot be read, which a test rules out.
static RULE: LazyLock<Option<Rule>> =
    LazyLock::new(|| toml::from_str(include_str!("../../assets/rules/probation.toml")).ok());

#[derive(Debug, Deserialize)]
struct Rule {
    /// 预备期, in years.
    years: i16,
    /// How long before its end it is told, in months.
    lead_months: i16,
}

/// The date on which the probation of somebody ends who joined on a way like this: one year after joining, 29 February
/// counting as 28 February; as exactly as the day of joining is known. `None` where there was no probation, or the day
/// of joining is not known. (《中国共产党发展党员工作细则》第三十二条)
pub fn probation_ends(path: &PartyPath) -> Option<PartialDate> {
    let joined = path.joined.filter(|joined| !had_no_probation(*joined))?;
    joined.plus_years(RULE.as_ref()?.years)
}

/// The same for who is on probation on `day`, past the end too while nothing tells that it was ended by 转正.
pub fn probation_ends_on(path: &PartyPath, day: Day) -> Option<PartialDate> {
    (path.category_on(day) == Some(Category::Probationary)).then(|| probation_ends(path)).flatten()
}

/// The last day of those of which it is told on `day` that a probation ends.
pub fn told_until(day: Day) -> Option<Day> {
    day.checked_add(jiff::Span::new().months(RULE.as_ref()?.lead_months)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(joined: &str) -> Option<String> {
        let path = PartyPath { joined: PartialDate::from_iso(joined), ..PartyPath::default() };
        probation_ends(&path).map(|date| date.to_string())
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
        assert_eq!(ends(""), None);
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
        assert_eq!(probation_ends_on(&path, day("2025-06-30")), None);
        assert_eq!(probation_ends_on(&path, day("2026-11-24")), PartialDate::from_iso("2026-07-01"), "past its end");
        path.full = PartialDate::from_iso("2026-07-01");
        assert_eq!(probation_ends_on(&path, day("2026-06-30")), PartialDate::from_iso("2026-07-01"));
        assert_eq!(probation_ends_on(&path, day("2026-07-01")), None);
    }
}
