//! Dates whose precision is kept: a day, a month or a year (`2019-07-01`, `2019-07`, `2019`).
//!
//! Knows nothing of today; what reads text takes it as an argument. Start at [`PartialDate`].

use std::fmt;

use jiff::ToSpan as _;

use crate::clock::Day;

/// How exactly a date is known (精度).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    Year,
    Month,
    Day,
}

/// A date known to the day, the month or the year (日期).
///
/// Always a calendar date: 2019-02-30 cannot be made. Kept as the integer `yyyymmdd` with 00 for what is not known, so
/// that it sorts and round-trips. Where a day is needed a month acts as its first day and a year as 1 January.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate(i32);

impl PartialDate {
    /// A date to the precision that is given, or `None` where the calendar has no such date.
    /// Years outside 1850…2200 are none either.
    pub fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        if !(1850..=2200).contains(&year) || (month.is_none() && day.is_some()) {
            return None;
        }
        Day::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(Self(i32::from(year) * 10_000 + i32::from(month.unwrap_or(0)) * 100 + i32::from(day.unwrap_or(0))))
    }

    /// A full day.
    pub fn of_day(day: Day) -> Self {
        Self(i32::from(day.year()) * 10_000 + i32::from(day.month()) * 100 + i32::from(day.day()))
    }

    /// From the stored integer.
    pub fn from_stored(stored: i64) -> Option<Self> {
        let part = |value: i64| if value == 0 { None } else { i8::try_from(value).ok() };
        let year = i16::try_from(stored / 10_000).ok()?;
        let date = Self::new(year, part(stored / 100 % 100), part(stored % 100))?;
        (i64::from(date.0) == stored).then_some(date)
    }

    /// The integer that is stored: `yyyymmdd` with 00 for what is not known.
    pub fn stored(self) -> i64 {
        i64::from(self.0)
    }

    /// Reads exactly `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let number = |part: Option<&str>, digits: usize| -> Option<Option<i16>> {
            match part {
                None => Some(None),
                Some(part) if part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()) => {
                    part.parse().ok().map(Some)
                }
                Some(_) => None,
            }
        };
        let year = number(parts.next(), 4)??;
        let month = number(parts.next(), 2)?;
        let day = number(parts.next(), 2)?;
        if parts.next().is_some() {
            return None;
        }
        let small = |value: Option<i16>| value.map(i8::try_from).transpose().ok();
        Self::new(year, small(month)?, small(day)?)
    }

    pub fn year(self) -> i16 {
        (self.0 / 10_000) as i16
    }

    pub fn month(self) -> Option<i8> {
        let month = (self.0 / 100 % 100) as i8;
        (month != 0).then_some(month)
    }

    pub fn day(self) -> Option<i8> {
        let day = (self.0 % 100) as i8;
        (day != 0).then_some(day)
    }

    /// Month and day as one number that stands in their order: 701 for 1 July. A day that is not known stands after the
    /// others of its month; `None` without a month.
    pub fn month_and_day(self) -> Option<i64> {
        self.month().map(|month| i64::from(month) * 100 + self.day().map_or(99, i64::from))
    }

    pub fn precision(self) -> Precision {
        match (self.month(), self.day()) {
            (None, _) => Precision::Year,
            (_, None) => Precision::Month,
            _ => Precision::Day,
        }
    }

    /// The first day it can be; where a day is needed, this one stands for it.
    pub fn first_day(self) -> Day {
        Day::constant(self.year(), self.month().unwrap_or(1), self.day().unwrap_or(1))
    }

    /// The last day it can be.
    pub fn last_day(self) -> Day {
        match self.precision() {
            Precision::Day => self.first_day(),
            Precision::Month => self.first_day().last_of_month(),
            Precision::Year => Day::constant(self.year(), 12, 31),
        }
    }

    /// The first day it can be, as `yyyymmdd`: compares without a calendar.
    fn first_number(self) -> i32 {
        match self.precision() {
            Precision::Day => self.0,
            Precision::Month => self.0 + 1,
            Precision::Year => self.0 + 101,
        }
    }

    /// Whether it has begun on `day`: a month on its first day, a year on 1 January.
    pub fn is_reached_on(self, day: Day) -> bool {
        self.first_number() <= number_of(day)
    }

    /// Whether both may be the same day: equal as precisely as the less precise one is.
    pub fn agrees_with(self, other: Self) -> bool {
        self.first_day() <= other.last_day() && other.first_day() <= self.last_day()
    }

    /// This date `years` later, with the same precision; 29 February becomes 28 February.
    pub fn plus_years(self, years: i16) -> Option<Self> {
        let moved = self.first_day().checked_add(i64::from(years).years()).ok()?;
        Self::new(moved.year(), self.month().map(|_| moved.month()), self.day().map(|_| moved.day()))
    }

    /// This date so many months later, with the same precision; the end of a month stays one.
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let moved = self.first_day().checked_add(jiff::Span::new().try_months(months).ok()?).ok()?;
        Self::new(moved.year(), self.month().map(|_| moved.month()), self.day().map(|_| moved.day()))
    }

    /// 「10-09」 where the year is known, no more precise than it is: 「10 月」, 「2026 年」.
    pub fn short(self) -> String {
        match (self.month(), self.day()) {
            (Some(month), Some(day)) => format!("{month:02}-{day:02}"),
            (Some(month), None) => format!("{month} 月"),
            (None, _) => format!("{} 年", self.year()),
        }
    }

    /// `2019.07.01`, `2019.07`, `2019`: as forms on paper have it.
    pub fn dotted(self) -> String {
        self.to_string().replace('-', ".")
    }
}

/// `2019-07-01`, `2019-07`, `2019`.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year())?;
        if let Some(month) = self.month() {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day() {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl serde::Serialize for PartialDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for PartialDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <String as serde::Deserialize>::deserialize(deserializer)?;
        Self::from_iso(&text)
            .ok_or_else(|| serde::de::Error::custom(format!("“{text}”不是日期（写成 2019-07-01、2019-07 或 2019）")))
    }
}

impl schemars::JsonSchema for PartialDate {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PartialDate".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" })
    }
}

/// Full years from `from` to `on`; born on 29 February one is a year older on 1 March.
/// `None` if `on` is before `from`.
pub fn full_years(from: Day, on: Day) -> Option<u16> {
    // The difference of two dates written yyyymmdd has the full years in front of its last four digits.
    let difference = number_of(on) - number_of(from);
    if difference < 0 { None } else { u16::try_from(difference / 10_000).ok() }
}

/// The day so many months earlier, at the end of the month where that is shorter; `None` beyond the calendar.
pub fn months_before(day: Day, months: i64) -> Option<Day> {
    day.checked_sub(months.months()).ok()
}

/// Full months from `from` to `on`, below zero where that is earlier; the end of a month counts as a whole one.
pub fn full_months(from: Day, on: Day) -> i64 {
    let months = (i64::from(on.year()) - i64::from(from.year())) * 12 + i64::from(on.month()) - i64::from(from.month());
    let is_short = on.day() < from.day() && on != on.last_of_month();
    months - i64::from(is_short)
}

/// A day as `yyyymmdd`.
fn number_of(day: Day) -> i32 {
    i32::from(day.year()) * 10_000 + i32::from(day.month()) * 100 + i32::from(day.day())
}

/// A half-open interval `[from, to)` of days (起止); an unknown start counts as always, an unknown end as open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    pub from: Option<PartialDate>,
    pub to: Option<PartialDate>,
}

impl Span {
    /// Whether it holds on `day`. On `to` it no longer does.
    pub fn holds_on(self, day: Day) -> bool {
        self.from.is_none_or(|from| from.is_reached_on(day)) && self.to.is_none_or(|to| !to.is_reached_on(day))
    }

    /// Whether there is a day on which both hold.
    pub fn overlaps(self, other: Self) -> bool {
        let before = |from: Option<PartialDate>, to: Option<PartialDate>| match (from, to) {
            (Some(from), Some(to)) => from.first_day() < to.first_day(),
            _ => true,
        };
        before(self.from, other.to) && before(other.from, self.to) && !self.is_empty() && !other.is_empty()
    }

    /// Whether no day lies in it.
    pub fn is_empty(self) -> bool {
        matches!((self.from, self.to), (Some(from), Some(to)) if from.first_day() >= to.first_day())
    }
}

/// A stretch of days (期间), both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    pub first: Day,
    pub last: Day,
}

impl Period {
    /// A calendar year.
    pub fn year(year: i16) -> Option<Self> {
        Some(Self { first: Day::new(year, 1, 1).ok()?, last: Day::new(year, 12, 31).ok()? })
    }

    /// A calendar month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Day::new(year, month, 1).ok()?;
        Some(Self { first, last: first.last_of_month() })
    }

    /// Whether a day lies in it.
    pub fn holds(self, day: Day) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        PartialDate::from_iso(text).expect("a date")
    }

    #[test]
    fn a_date_keeps_the_precision_it_was_written_with() {
        for (text, stored) in [("2019-07-01", 20_190_701), ("2019-07", 20_190_700), ("2019", 20_190_000)] {
            assert_eq!(date(text).stored(), stored);
            assert_eq!(date(text).to_string(), text);
            assert_eq!(PartialDate::from_stored(stored), Some(date(text)));
        }
        for text in ["2019-02-30", "2019-13", "1900-02-29", "2019-7", "2019-07-01-01", "", "19"] {
            assert_eq!(PartialDate::from_iso(text), None, "{text}");
        }
        let short = ["2026-10-09", "2026-10", "2026"].map(|text| date(text).short());
        assert_eq!(short, ["10-09", "10 月", "2026 年"]);
    }

    #[test]
    fn who_is_born_on_29_february_is_a_year_older_on_1_march() {
        let born = Day::constant(2000, 2, 29);
        assert_eq!(full_years(born, Day::constant(2018, 2, 28)), Some(17));
        assert_eq!(full_years(born, Day::constant(2018, 3, 1)), Some(18));
        assert_eq!(full_years(born, Day::constant(1999, 1, 1)), None);
    }

    #[test]
    fn months_are_full_on_the_same_day_or_at_the_end_of_a_shorter_month() {
        for (from, on, months) in [
            ("2026-01-15", "2026-02-14", 0),
            ("2026-01-15", "2026-02-15", 1),
            ("2026-01-31", "2026-02-27", 0),
            ("2026-01-31", "2026-02-28", 1),
            ("2025-12-31", "2026-11-24", 10),
            ("2026-03-01", "2026-02-28", -1),
        ] {
            let day = |text: &str| text.parse::<Day>().expect("a day");
            assert_eq!(full_months(day(from), day(on)), months, "{from} {on}");
        }
    }

    #[test]
    fn on_its_last_day_an_interval_no_longer_holds() {
        let span = Span { from: Some(date("2019-07")), to: Some(date("2020")) };
        assert!(!span.holds_on(Day::constant(2019, 6, 30)));
        assert!(span.holds_on(Day::constant(2019, 7, 1)));
        assert!(span.holds_on(Day::constant(2019, 12, 31)));
        assert!(!span.holds_on(Day::constant(2020, 1, 1)));
        assert!(!span.overlaps(Span { from: Some(date("2020-01-01")), to: None }));
        assert!(span.overlaps(Span { from: None, to: Some(date("2019-07-02")) }));
    }
}
