//! Bands of the statistics (统计口径): age, education, time of joining, 党龄, each with its edges.
//!
//! A band is given only if the first and the last possible day fall into the same one; else the
//! person counts under 「日期不全」, or 「不详」 where nothing is known, so that each family adds up.

use super::dates::{PartialDate, full_years};
use super::fields::EDUCATION_BANDS;
use super::members::{Category, PartyPath};
use crate::clock::Day;

/// 日期不全: the date is known, but not exactly enough.
pub const INCOMPLETE: &str = "日期不全";
/// 不详: nothing is known.
pub const UNKNOWN: &str = "不详";

/// A family of bands (分组).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// 年龄, in full years on the day.
    Age,
    /// 学历
    Education,
    /// 入党时间, the four public periods.
    EntryPeriod,
    /// 党龄, formal members only.
    Standing,
}

impl Family {
    pub const ALL: [Self; 4] = [Self::Age, Self::Education, Self::EntryPeriod, Self::Standing];

    /// The name within figure names: `党员.年龄.30岁及以下`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Age => "年龄",
            Self::Education => "学历",
            Self::EntryPeriod => "入党时间",
            Self::Standing => "党龄",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.name() == name)
    }

    /// The bands in their order, the rest last.
    pub fn bands(self) -> Vec<&'static str> {
        let own: Vec<&'static str> = match self {
            Self::Age => AGES.iter().map(|(label, _)| *label).collect(),
            Self::Education => EDUCATION_BANDS.to_vec(),
            Self::EntryPeriod => PERIODS.iter().map(|(label, _)| *label).collect(),
            Self::Standing => STANDINGS.iter().map(|(label, _)| *label).collect(),
        };
        let rest: &[&str] = if self == Self::Education { &[UNKNOWN] } else { &[INCOMPLETE, UNKNOWN] };
        own.into_iter().chain(rest.iter().copied()).collect()
    }

    /// What the bands count, for the definition of a figure.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Age => "按周岁",
            Self::Education => "按已毕业的最高学历",
            Self::EntryPeriod => "按入党时间",
            Self::Standing => "按党龄（自转正之日起的周年），只计正式党员",
        }
    }
}

/// Highest age of each band, in full years.
const AGES: &[(&str, u16)] = &[
    ("30岁及以下", 30),
    ("31至35岁", 35),
    ("36至40岁", 40),
    ("41至45岁", 45),
    ("46至50岁", 50),
    ("51至55岁", 55),
    ("56至60岁", 60),
    ("61岁及以上", u16::MAX),
];

/// Last day of each public period.
const PERIODS: &[(&str, Day)] = &[
    ("新中国成立前", Day::constant(1949, 9, 30)),
    ("新中国成立后至党的十一届三中全会前", Day::constant(1978, 12, 31)),
    ("党的十一届三中全会后至党的十八大前", Day::constant(2012, 10, 31)),
    ("党的十八大以来", Day::MAX),
];

/// Highest 党龄 of each band, in full years.
const STANDINGS: &[(&str, u16)] = &[
    ("10年以下", 9),
    ("10至19年", 19),
    ("20至29年", 29),
    ("30至39年", 39),
    ("40至49年", 49),
    ("50年及以上", u16::MAX),
];

/// The band of an age on `on`.
pub fn age_band(birth: Option<PartialDate>, on: Day) -> &'static str {
    years_band(AGES, birth, on)
}

/// The band of the time of joining.
pub fn entry_period(joined: Option<PartialDate>) -> &'static str {
    let Some(joined) = joined else { return UNKNOWN };
    let period = |day: Day| PERIODS.iter().find(|(_, last)| day <= *last).map_or(UNKNOWN, |(label, _)| label);
    let (first, last) = (period(joined.first_day()), period(joined.last_day()));
    if first == last { first } else { INCOMPLETE }
}

/// The band of 党龄 on `on`; `None` for who is not formal then.
pub fn standing_band(path: &PartyPath, on: Day) -> Option<&'static str> {
    (path.category_on(on) == Some(Category::Formal)).then(|| years_band(STANDINGS, path.standing_since(), on))
}

/// The band of an education as it is kept.
pub fn education_band(education: Option<&str>) -> &'static str {
    let known = education.and_then(|text| EDUCATION_BANDS.iter().find(|band| **band == text));
    known.copied().unwrap_or(UNKNOWN)
}

/// Whether an education is 大专及以上.
pub fn is_college(education: Option<&str>) -> bool {
    matches!(education, Some("研究生" | "大学本科" | "大学专科"))
}

/// 光荣在党50年: 党龄 of at least 50 full years on 1 July of the year of `on`; formal members.
pub fn has_fifty_years(path: &PartyPath, on: Day) -> bool {
    let first_of_july = Day::constant(on.year(), 7, 1);
    path.category_on(on) == Some(Category::Formal)
        && path
            .standing_since()
            .and_then(|since| full_years(since.first_day(), first_of_july))
            .is_some_and(|years| years >= 50)
}

fn years_band(bands: &[(&'static str, u16)], from: Option<PartialDate>, on: Day) -> &'static str {
    let Some(from) = from else { return UNKNOWN };
    let band = |day: Day| {
        let years = full_years(day, on)?;
        bands.iter().find(|(_, highest)| years <= *highest).map(|(label, _)| *label)
    };
    match (band(from.first_day()), band(from.last_day())) {
        (Some(first), Some(last)) if first == last => first,
        (None, None) => UNKNOWN,
        _ => INCOMPLETE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Option<PartialDate> {
        PartialDate::from_iso(text)
    }

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn the_edges_of_the_public_entry_periods() {
        for (joined, period) in [
            ("1949-09-30", "新中国成立前"),
            ("1949-10-01", "新中国成立后至党的十一届三中全会前"),
            ("1978-12-31", "新中国成立后至党的十一届三中全会前"),
            ("1979-01-01", "党的十一届三中全会后至党的十八大前"),
            ("2012-10-31", "党的十一届三中全会后至党的十八大前"),
            ("2012-11-01", "党的十八大以来"),
            ("2012-11", "党的十八大以来"),
            ("1978", "新中国成立后至党的十一届三中全会前"),
            ("2012", INCOMPLETE),
            ("1949", INCOMPLETE),
        ] {
            assert_eq!(entry_period(date(joined)), period, "{joined}");
        }
        assert_eq!(entry_period(None), UNKNOWN);
    }

    #[test]
    fn an_age_band_needs_both_ends_of_an_inexact_date_in_it() {
        let on = day("2026-11-24");
        assert_eq!(age_band(date("1995-11-25"), on), "30岁及以下");
        assert_eq!(age_band(date("1995-11-24"), on), "31至35岁");
        assert_eq!(age_band(date("1995-11"), on), INCOMPLETE);
        assert_eq!(age_band(date("1994"), on), "31至35岁");
        assert_eq!(age_band(date("1995"), on), INCOMPLETE);
        assert_eq!(age_band(None, on), UNKNOWN);
    }

    #[test]
    fn fifty_years_count_on_the_first_of_july() {
        let path = |full| PartyPath { joined: date("1965-01-01"), full: date(full), ..PartyPath::default() };
        assert!(has_fifty_years(&path("1976-07-01"), day("2026-01-01")));
        assert!(!has_fifty_years(&path("1976-07-02"), day("2026-12-31")));
    }
}
