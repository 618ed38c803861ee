//! Dates in every style offices write them, with the precision they are written with.
//!
//! What can be read in two ways is a question; two-digit years are the one century a living member can have
//!. Start at [`read_date`].

use super::dateparts::{Parts, without_remark};
use super::day_spans::span_of_days;
use super::words::half_width;
use super::{CellKind, Context, Raw, Reading, Trouble, Value, says_nothing};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::fields::Known;

use jiff::ToSpan as _;
use jiff::civil::Date;

/// Nobody alive is older.
const OLDEST: i16 = 115;

/// How far from today a date of a field can lie, in years: which century two digits of a year mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// The latest: so many years ago; below zero in the future.
    youngest: i16,
    /// The earliest.
    oldest: i16,
    /// Two small numbers are a month and a day, not a year and a month.
    is_of_days: bool,
}

impl Reach {
    /// A birth, of one who is a member.
    const BIRTH: Self = Self { youngest: 14, oldest: OLDEST, is_of_days: false };
    /// Anything else of somebody who lives and was of age then.
    const OF_AGE: Self = Self { youngest: 0, oldest: OLDEST - 18, is_of_days: false };
    /// What an office still keeps a list of: elections.
    pub const RECENT: Self = Self { youngest: 0, oldest: 60, is_of_days: false };
    /// Talks: the lists of them tell days, and often their year once for all.
    pub const OF_TALKS: Self = Self { is_of_days: true, ..Self::RECENT };
    /// Ends of terms, which may lie ahead.
    pub const OF_TERMS: Self = Self { youngest: -20, oldest: 60, is_of_days: false };
    /// As old as the party, or an organisation of it.
    pub const SINCE_THE_PARTY: Self = Self { youngest: 0, oldest: 99, is_of_days: false };

    /// That of a member's field.
    pub(super) fn of(field: Known) -> Self {
        if field == Known::Birth { Self::BIRTH } else { Self::OF_AGE }
    }
}

/// A date of a field.
pub(super) fn read_date(reach: Reach, raw: &Raw<'_>, context: &Context) -> Reading {
    match raw.kind {
        CellKind::Date(date) => Reading::Value(Value::Date(date)),
        CellKind::Number(value) => of_number(reach, value, raw.text, context),
        CellKind::YearHidden(date) if reach.is_of_days => of_hidden_year(date, context),
        CellKind::Text | CellKind::YearHidden(_) | CellKind::Error => {
            let plain = without_remark(raw.text);
            if says_nothing(&plain) {
                return Reading::Nothing;
            }
            if reach.is_of_days
                && let Some((text, trouble)) = span_of_days(&plain, context)
            {
                return match read_date(reach, &Raw::typed(&text), context) {
                    Reading::Value(value) => Reading::Doubtful(value, trouble),
                    reading => reading,
                };
            }
            match Parts::of(&plain) {
                Some(parts) => of_parts(reach, &parts, context, !context.lone_one_is_january),
                None => match in_english(&plain) {
                    Some(date) => Reading::Value(Value::Date(date)),
                    None => Reading::Refused(Trouble::DateUnreadable),
                },
            }
        }
    }
}

/// 10-Apr-1983, Sep 5, 1983, Sep-2007: how programs write dates that speak English.
fn in_english(text: &str) -> Option<PartialDate> {
    let plain = text.replace(['-', ',', '/', '.'], " ");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let read = |forms: &[&str], text: &str| forms.iter().find_map(|form| Date::strptime(form, text).ok());
    match words[..] {
        [_, _, _] => {
            let day = read(&["%d %b %Y", "%b %d %Y", "%d %B %Y", "%B %d %Y"], &words.join(" "))?;
            PartialDate::new(day.year(), Some(day.month()), Some(day.day()))
        }
        [month, year] => {
            let first = read(&["%d %b %Y", "%d %B %Y"], &format!("1 {month} {year}"))?;
            PartialDate::new(first.year(), Some(first.month()), None)
        }
        _ => None,
    }
}

/// The date within a title or a fill-in row (`填表时间：2024年3月15日`), if there is one.
pub fn partial_date_in_text(text: &str) -> Option<PartialDate> {
    let text: Vec<char> = half_width(text).chars().filter(|c| !c.is_whitespace()).collect();
    let mut found: Option<PartialDate> = None;
    let mut start = 0;
    while start < text.len() {
        if !text[start].is_ascii_digit() || (start > 0 && text[start - 1].is_ascii_digit()) {
            start += 1;
            continue;
        }
        let length = text[start..].iter().take_while(|c| c.is_ascii_digit() || "年月.-/".contains(**c)).count();
        let candidate: String = text[start..start + length].iter().collect();
        if let Some(date) = full_date(candidate.trim_end_matches(['.', '-', '/'])) {
            // The most precise one is the day on which it was filled in.
            if found.is_none_or(|held| date.precision() > held.precision()) {
                found = Some(date);
            }
        }
        start += length.max(1);
    }
    found
}

/// Like [`partial_date_in_text`], where at least a month is told; the month acts as its first day.
pub fn day_in_text(text: &str) -> Option<Day> {
    partial_date_in_text(text).filter(|date| date.month().is_some()).map(PartialDate::first_day)
}

/// The one year that a title or the name of a sheet tells: 2024年谈心谈话台账; none where it tells several.
pub fn year_in_text(text: &str) -> Option<i16> {
    let is_whole = |told: &&(usize, i16)| told.0 == 4;
    let told = numbers_of_years(text);
    let mut years = told.iter().filter(is_whole).map(|(_, year)| *year);
    let first = years.next()?;
    years.all(|year| year == first).then_some(first)
}

/// The years that a text may speak of, each once: two digits are a year of this century.
pub fn years_told(text: &str) -> Vec<i16> {
    let mut years: Vec<i16> = numbers_of_years(text).into_iter().map(|(_, year)| year).collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// Years with the number of their digits: 2026, or two digits before 年.
fn numbers_of_years(text: &str) -> Vec<(usize, i16)> {
    let text: Vec<char> = half_width(text).chars().filter(|c| !c.is_whitespace()).map(digit_of_year).collect();
    let mut told = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let digits: String = text[start..].iter().take_while(|c| c.is_ascii_digit()).collect();
        let length = digits.len();
        let year = match length {
            4 => small(&digits).filter(|year| (1949..=2100).contains(year)),
            2 if text.get(start + length) == Some(&'年') => small(&digits).map(|year| 2000 + year),
            _ => None,
        };
        told.extend(year.map(|year| (length, year)));
        start += length.max(1);
    }
    told
}

/// 二〇二六年: the digits of a year that is written out.
fn digit_of_year(c: char) -> char {
    match c {
        '〇' | '○' | '零' => '0',
        '一' => '1',
        '二' => '2',
        '三' => '3',
        '四' => '4',
        '五' => '5',
        '六' => '6',
        '七' => '7',
        '八' => '8',
        '九' => '9',
        other => other,
    }
}

fn full_date(text: &str) -> Option<PartialDate> {
    let parts = Parts::of(text)?;
    match parts.numbers[..] {
        [ref year] if year.len() == 4 => PartialDate::new(small(year)?, None, None),
        [ref whole] if whole.len() == 8 => digits_date(whole),
        [ref year, ref month] if year.len() == 4 => PartialDate::new(small(year)?, Some(month.parse().ok()?), None),
        [ref year, ref month, ref day] if year.len() == 4 => {
            PartialDate::new(small(year)?, Some(month.parse().ok()?), Some(day.parse().ok()?))
        }
        _ => None,
    }
}

/// A number cell: 20190701, 201907, 2019, 2019.07 as it is shown, or a serial number.
fn of_number(reach: Reach, value: f64, shown: &str, context: &Context) -> Reading {
    if value.fract() == 0.0 {
        if !(0.0..1e9).contains(&value) {
            return Reading::Refused(Trouble::DateUnreadable);
        }
        // 15 on a sheet named 1月.
        let of_month = |parts: Parts| in_year_of_title(&parts, context, false).or(of_no_year(reach, &parts, context));
        if let Some(reading) = Parts::of(&format!("{value:.0}")).and_then(of_month) {
            return reading;
        }
        // What the format shows counts: 2019 under 0.00 shows 2019.00.
        return of_digits(reach, &format!("{value:.0}"), context);
    }
    let shown = if shown.contains('.') { half_width(shown) } else { value.to_string() };
    let Some(parts) = Parts::of(&shown) else { return Reading::Refused(Trouble::DateUnreadable) };
    if let Some(reading) = in_year_of_title(&parts, context, true).or_else(|| of_no_year(reach, &parts, context)) {
        return reading;
    }
    // 7.15 may be 15 July as well as July 2015.
    if parts.numbers.len() != 2 || (parts.numbers[0].len() != 4 && parts.numbers[0].len() != 2) {
        return Reading::Refused(Trouble::DateUnreadable);
    }
    of_parts(reach, &parts, context, true)
}

/// Digits without any separator.
fn of_digits(reach: Reach, digits: &str, context: &Context) -> Reading {
    match digits.len() {
        8 => dated(digits_date(digits)),
        6 => of_six_digits(reach, digits, context),
        5 => of_serial(digits, context),
        4 => match small(digits).and_then(|year| PartialDate::new(year, None, None)) {
            Some(date) => Reading::Value(Value::Date(date)),
            None => Reading::Refused(Trouble::DateUnreadable),
        },
        _ => Reading::Refused(Trouble::DateUnreadable),
    }
}

/// 201907; or 980701 and 190701, which have a two-digit year.
fn of_six_digits(reach: Reach, digits: &str, context: &Context) -> Reading {
    let by_month = dated_parts(&digits[..4], Some(&digits[4..]), None);
    let alive = context.today.checked_sub(i64::from(OLDEST).years()).ok();
    if let Some(date) = by_month
        && alive.is_some_and(|alive| date.last_day() >= alive)
    {
        return Reading::Value(Value::Date(date));
    }
    let parts = [digits[..2].to_owned(), digits[2..4].to_owned(), digits[4..].to_owned()];
    two_digit_year(reach, &parts, context)
}

/// Excel's serial number of a day, for numbers that can be one.
fn of_serial(digits: &str, context: &Context) -> Reading {
    let serial: i64 = digits.parse().unwrap_or(0);
    if !(7_000..=60_000).contains(&serial) {
        return Reading::Refused(Trouble::DateUnreadable);
    }
    let offset = if context.is_1904 { 1_462 } else { 0 };
    match Day::constant(1899, 12, 30).checked_add((serial + offset).days()) {
        Ok(day) => Reading::Value(Value::Date(PartialDate::of_day(day))),
        Err(_) => Reading::Refused(Trouble::DateUnreadable),
    }
}

fn of_parts(reach: Reach, parts: &Parts, context: &Context, lone_one_is_doubtful: bool) -> Reading {
    let in_year = in_year_of_title(parts, context, lone_one_is_doubtful);
    if let Some(reading) = in_year.or_else(|| of_no_year(reach, parts, context)) {
        return reading;
    }
    match &parts.numbers[..] {
        [digits] if parts.named && digits.len() == 2 => two_digit_year(reach, std::slice::from_ref(digits), context),
        [digits] => of_digits(reach, digits, context),
        [year, month] if year.len() == 4 => {
            if month == "1" && parts.separator == '.' && lone_one_is_doubtful {
                return january_or_october(year);
            }
            if month.len() == 4 {
                // 2019.0701
                return dated(digits_date(&format!("{year}{month}")));
            }
            dated(dated_parts(year, Some(month), None))
        }
        [year, month] if year.len() == 2 && month.len() <= 2 => {
            if month == "1" && parts.separator == '.' && lone_one_is_doubtful {
                return january_or_october_of_two_digits(reach, year, context);
            }
            two_digit_year(reach, &parts.numbers, context)
        }
        [month, year] if year.len() == 4 && month.len() <= 2 => dated(dated_parts(year, Some(month), None)),
        [year, month, day] if year.len() == 4 => dated(dated_parts(year, Some(month), Some(day))),
        [one, two, year] if year.len() == 4 && one.len() <= 2 && two.len() <= 2 => day_and_month(one, two, &[year]),
        [year, month, day] if parts.numbers.iter().all(|number| number.len() <= 2) => {
            three_small_numbers(reach, parts, context, [year, month, day])
        }
        _ => Reading::Refused(Trouble::DateUnreadable),
    }
}

/// 1月16日, 1.16, 3月 in a list whose title tells the year; none where the text tells a year itself.
fn in_year_of_title(parts: &Parts, context: &Context, zero_may_be_lost: bool) -> Option<Reading> {
    let year = context.year.filter(|_| !parts.has_year())?.to_string();
    match &parts.numbers[..] {
        [month] if parts.separator == '月' => Some(dated(dated_parts(&year, Some(month), None))),
        // 15日 on a sheet named 1月.
        [day] if !parts.named && day.len() <= 2 => {
            Some(dated(dated_parts(&year, Some(&context.month?.to_string()), Some(day))))
        }
        // 2月11、12日: one of these days.
        [month, one, two] if parts.separator == '月' && [month, one, two].iter().all(|number| number.len() <= 2) => {
            let days = [one, two].into_iter().filter_map(|day| dated_parts(&year, Some(month), Some(day)));
            Some(choices(days.collect()))
        }
        [month, day] if month.len() <= 2 && day.len() <= 2 => {
            let date = dated_parts(&year, Some(month), Some(day));
            // 3.1 as a number: the 1st, or the 10th whose zero the cell does not show.
            let tenfold = (parts.separator == '.' && zero_may_be_lost && day.len() == 1)
                .then(|| dated_parts(&year, Some(month), Some(&format!("{day}0"))));
            let dates: Vec<PartialDate> = date.into_iter().chain(tenfold.flatten()).collect();
            // 24.3 is no day: March of a year in two digits.
            if dates.is_empty() && parts.separator != '月' { None } else { Some(choices(dates)) }
        }
        _ => None,
    }
}

/// 10月5日, 10.5 in a list of talks of which nobody tells the year: 2010-05 is not meant.
fn of_no_year(reach: Reach, parts: &Parts, context: &Context) -> Option<Reading> {
    if !reach.is_of_days {
        return None;
    }
    match in_year_of_title(parts, &Context { year: Some(LEAP_YEAR), ..*context }, false)? {
        no_day @ Reading::Refused(_) => Some(no_day),
        _ if context.year.is_some() => Some(Reading::Refused(Trouble::DateInvalid)),
        _ => Some(Reading::Refused(Trouble::YearMissing)),
    }
}

/// A year that has every day.
const LEAP_YEAR: i16 = 2024;

/// A cell that shows 10月5日 and holds the year in which somebody typed it, which need not be that of the list.
fn of_hidden_year(held: PartialDate, context: &Context) -> Reading {
    let told = context.year.and_then(|year| PartialDate::new(year, held.month(), held.day()));
    let is_past = held.first_day() <= context.today;
    match told {
        Some(told) if told != held && is_past => choices(vec![held, told]),
        Some(told) => Reading::Value(Value::Date(told)),
        None if is_past => Reading::Value(Value::Date(held)),
        None => Reading::Refused(Trouble::YearMissing),
    }
}

/// 2019.1 as a number: January, or October whose zero the cell does not show.
fn january_or_october(year: &str) -> Reading {
    let months = ["1", "10"].iter().filter_map(|month| dated_parts(year, Some(month), None));
    choices(months.collect())
}

fn january_or_october_of_two_digits(reach: Reach, year: &str, context: &Context) -> Reading {
    let months = ["1", "10"];
    choices(
        months.iter().flat_map(|month| plausible(reach, &[year.to_owned(), (*month).to_owned()], context)).collect(),
    )
}

/// 03/05/2003: day and month could be swapped.
fn day_and_month(one: &str, two: &str, years: &[&str]) -> Reading {
    let mut dates: Vec<PartialDate> = Vec::new();
    for year in years {
        for (month, day) in [(two, one), (one, two)] {
            if let Some(date) = dated_parts(year, Some(month), Some(day))
                && !dates.contains(&date)
            {
                dates.push(date);
            }
        }
    }
    choices(dates)
}

/// 98.7.1 is year, month, day; with slashes (`12/11/16`) other orders are as likely.
fn three_small_numbers(reach: Reach, parts: &Parts, context: &Context, [one, two, three]: [&String; 3]) -> Reading {
    let in_order = two_digit_year(reach, &parts.numbers, context);
    let year_first = one.len() == 2;
    if year_first && (parts.named || parts.separator != '/') && !matches!(in_order, Reading::Refused(_)) {
        return in_order;
    }
    let mut dates: Vec<PartialDate> = match &in_order {
        Reading::Value(Value::Date(date)) if year_first => vec![*date],
        _ => Vec::new(),
    };
    for (month, day) in [(two, one), (one, two)] {
        for date in plausible(reach, &[three.clone(), month.clone(), day.clone()], context) {
            if !dates.contains(&date) {
                dates.push(date);
            }
        }
    }
    if dates.is_empty() { in_order } else { choices(dates) }
}

/// A two-digit year, with what stands beside it.
fn two_digit_year(reach: Reach, parts: &[String], context: &Context) -> Reading {
    let dates = plausible(reach, parts, context);
    if dates.is_empty() {
        let calendar = [1900, 2000].iter().any(|century| in_century(*century, parts).is_some());
        return Reading::Refused(if calendar { Trouble::DateUnreadable } else { Trouble::DateInvalid });
    }
    choices(dates)
}

fn in_century(century: i16, parts: &[String]) -> Option<PartialDate> {
    let number = |index: usize| parts.get(index).map(|part| part.parse::<i8>()).transpose().ok();
    let year: i16 = parts.first()?.parse().ok()?;
    PartialDate::new(century + year, number(1)?, number(2)?)
}

/// The dates of both centuries that are past and possible for somebody who lives.
fn plausible(reach: Reach, parts: &[String], context: &Context) -> Vec<PartialDate> {
    let Reach { youngest, oldest, .. } = reach;
    let back = |years: i16| context.today.checked_sub(i64::from(years).years()).ok();
    [1900, 2000]
        .iter()
        .filter_map(|century| in_century(*century, parts))
        .filter(|date| back(oldest).is_some_and(|earliest| date.last_day() >= earliest))
        .filter(|date| back(youngest).is_some_and(|latest| date.first_day() <= latest))
        .collect()
}

fn choices(mut dates: Vec<PartialDate>) -> Reading {
    match dates.len() {
        0 => Reading::Refused(Trouble::DateInvalid),
        1 => Reading::Value(Value::Date(dates.remove(0))),
        _ => Reading::Ambiguous(dates.into_iter().map(Value::Date).collect()),
    }
}

fn dated(date: Option<PartialDate>) -> Reading {
    date.map_or(Reading::Refused(Trouble::DateInvalid), |date| Reading::Value(Value::Date(date)))
}

fn dated_parts(year: &str, month: Option<&str>, day: Option<&str>) -> Option<PartialDate> {
    let number = |part: Option<&str>| part.map(str::parse::<i8>).transpose().ok();
    PartialDate::new(small(year)?, number(month)?, number(day)?)
}

fn digits_date(digits: &str) -> Option<PartialDate> {
    dated_parts(&digits[..4], Some(&digits[4..6]), Some(&digits[6..8]))
}

fn small(digits: &str) -> Option<i16> {
    digits.parse().ok()
}

#[cfg(test)]
mod tests;
