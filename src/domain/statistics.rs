//! Bands of the statistics (统计口径): age, education, time of joining, 党龄, each with its edges; the features a member
//! is counted by, and how members come and go.
//!
//! A band is given only if the first and the last possible day fall into the same one; else the
//! person counts under 「日期不全」, or 「不详」 where nothing is known, so that each family adds up.
//! Start at [`Feature`] and [`movement`].

mod feature;
mod movement;

pub use feature::{Feature, Traits, post_of};
pub use movement::{Gain, Loss, MOVING, Movement, Side, Turn, movement};

use super::dates::{PartialDate, full_years};
use super::fields::EDUCATION_BANDS;
use super::members::{Category, PartyPath};
use crate::clock::Day;

/// 日期不全: the date is known, but not exactly enough.
pub const INCOMPLETE: &str = "日期不全";
/// 不详: nothing is known.
pub const UNKNOWN: &str = "不详";

/// Whether a value is one for those of whom too little is known.
pub fn is_rest(label: &str) -> bool {
    [INCOMPLETE, UNKNOWN].contains(&label)
}

/// Highest age of each band of the public form, in full years.
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

/// The same of the annual form, which looks at those over 60 more closely.
const AGE_GROUPS: &[(&str, u16)] = &[
    ("30岁及以下", 30),
    ("31至35岁", 35),
    ("36至40岁", 40),
    ("41至45岁", 45),
    ("46至50岁", 50),
    ("51至55岁", 55),
    ("56至60岁", 60),
    ("61至65岁", 65),
    ("66至70岁", 70),
    ("71岁及以上", u16::MAX),
];

/// Last day of each public period.
const PERIODS: &[(&str, Day)] = &[
    ("新中国成立前", Day::constant(1949, 9, 30)),
    ("新中国成立后至党的十一届三中全会前", Day::constant(1978, 12, 31)),
    ("党的十一届三中全会后至党的十八大前", Day::constant(2012, 10, 31)),
    ("党的十八大以来", Day::MAX),
];

/// Last day of each of the nine periods of the annual form; they fold into the public ones.
const ERAS: &[(&str, Day)] = &[
    ("1937年7月6日及以前", Day::constant(1937, 7, 6)),
    ("1937年7月7日至1945年9月2日", Day::constant(1945, 9, 2)),
    ("1945年9月3日至1949年9月", Day::constant(1949, 9, 30)),
    ("1949年10月至1966年4月", Day::constant(1966, 4, 30)),
    ("1966年5月至1976年10月", Day::constant(1976, 10, 31)),
    ("1976年11月至1978年12月", Day::constant(1978, 12, 31)),
    ("1979年1月至2002年10月", Day::constant(2002, 10, 31)),
    ("2002年11月至2012年10月", Day::constant(2012, 10, 31)),
    ("2012年11月及以后", Day::MAX),
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

/// The band of an age on `on`, as the public form has it.
pub fn age_band(birth: Option<PartialDate>, on: Day) -> &'static str {
    years_band(AGES, birth, on)
}

/// The band of an age on `on`, as the annual form has it.
pub fn age_group(birth: Option<PartialDate>, on: Day) -> &'static str {
    years_band(AGE_GROUPS, birth, on)
}

/// The public period of the time of joining.
pub fn entry_period(joined: Option<PartialDate>) -> &'static str {
    period(PERIODS, joined)
}

/// The period of the time of joining, as the annual form has it.
pub fn entry_era(joined: Option<PartialDate>) -> &'static str {
    period(ERAS, joined)
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

/// 35岁及以下, of whom the form asks among those accepted; not who may be older.
pub fn is_young(birth: Option<PartialDate>, on: Day) -> bool {
    birth.and_then(|birth| full_years(birth.first_day(), on)).is_some_and(|years| years <= 35)
}

/// 光荣在党50年: 党龄 of at least 50 full years on 1 July of the year of `on`; formal members. It is asked of a day, so
/// that a month acts as its first day and a year as 1 January; a band of 党龄 is given only where all days agree.
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
    // What is counted from has been: of an inexact date no day after `on` is possible.
    match (band(from.first_day()), band(from.last_day().min(on))) {
        (Some(first), Some(last)) if first == last => first,
        (None, _) => UNKNOWN,
        _ => INCOMPLETE,
    }
}

fn period(periods: &[(&'static str, Day)], joined: Option<PartialDate>) -> &'static str {
    let Some(joined) = joined else { return UNKNOWN };
    let of = |day: Day| periods.iter().find(|(_, last)| day <= *last).map_or(UNKNOWN, |(label, _)| *label);
    let (first, last) = (of(joined.first_day()), of(joined.last_day()));
    if first == last { first } else { INCOMPLETE }
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
    fn of_a_date_known_to_this_year_only_the_days_that_have_been_are_possible() {
        let on = day("2026-06-30");
        let path = |full| PartyPath { joined: date("2015-07"), full: date(full), ..PartyPath::default() };
        assert_eq!(standing_band(&path("2026"), on), Some("10年以下"));
        assert_eq!(standing_band(&path("2026-06"), on), Some("10年以下"));
        assert_eq!(standing_band(&path("2016"), on), Some(INCOMPLETE));
        assert_eq!(age_band(date("2026"), on), "30岁及以下");
        assert_eq!(age_band(date("2027"), on), UNKNOWN);
    }

    #[test]
    fn the_nine_periods_fold_into_the_public_ones() {
        let last_days = |periods: &[(&str, Day)]| periods.iter().map(|(_, last)| *last).collect::<Vec<_>>();
        let nine = last_days(ERAS);
        assert!(last_days(PERIODS).iter().all(|last| nine.contains(last)));
        assert!(nine.is_sorted());
    }

    #[test]
    fn fifty_years_count_on_the_first_of_july() {
        let path = |full| PartyPath { joined: date("1965-01-01"), full: date(full), ..PartyPath::default() };
        assert!(has_fifty_years(&path("1976-07-01"), day("2026-01-01")));
        assert!(!has_fifty_years(&path("1976-07-02"), day("2026-12-31")));
    }
}
