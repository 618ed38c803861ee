//! Owns how a date is read that is typed about talks, in their form, 补录 and their dialogs: with its year or without.
//! Must never draw. Start at [`read_typed`].

use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::ui::dialogs::member_form::read_date;

/// Which day is meant where no year is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Yearless {
    /// That of this year.
    Of(i16),
    /// The next one, this day included: something is to be done until then.
    From(Day),
    /// The last one, this day included: something was done then.
    UpTo(Day),
}

/// Years within which every day comes again, and came before, a leap day too.
const LEAP: i16 = 8;

/// Reads a date: `3.20`, `3-20`, `3月20日`, `0320` are of the year that `yearless` tells, all else as in every field for a
/// date. Gives the ISO form, empty where nothing is written, or a sentence why it is none.
pub fn read_typed(text: &str, yearless: Yearless, today: Day) -> Result<String, String> {
    let text = text.trim();
    let Some((month, day)) = month_and_day(text) else { return read_date(text, today) };
    let of = |year: i16| PartialDate::new(year, Some(month), Some(day));
    let never = || format!("{month}月没有 {day} 日");
    match yearless {
        Yearless::Of(year) => of(year).ok_or_else(|| format!("{year}年{month}月没有 {day} 日")),
        Yearless::From(first) => (first.year()..=first.year().saturating_add(LEAP))
            .filter_map(of)
            .find(|date| date.first_day() >= first)
            .ok_or_else(never),
        Yearless::UpTo(last) => (last.year().saturating_sub(LEAP)..=last.year())
            .rev()
            .filter_map(of)
            .find(|date| date.first_day() <= last)
            .ok_or_else(never),
    }
    .map(|date| date.to_string())
}

/// Month and day of a text without a year.
fn month_and_day(text: &str) -> Option<(i8, i8)> {
    let parts: Vec<&str> =
        text.split(['.', '-', '/', '月', '．', '。']).map(|part| part.trim_end_matches(['日', '号'])).collect();
    let number = |part: &str| part.trim().parse::<i8>().ok().filter(|number| *number >= 0);
    match parts[..] {
        [month, day] => number(month).zip(number(day)),
        [four] if four.len() == 4 && four.starts_with(['0', '1']) && four.is_ascii() => {
            // No month has 78 days: 1978 is a year.
            let both = number(&four[..2]).zip(number(&four[2..]));
            both.filter(|(month, day)| (1..=12).contains(month) && (1..=31).contains(day))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day::constant(2026, 11, 24);

    #[test]
    fn a_short_date_is_of_the_year_that_is_written_down() {
        let read = |text: &str| read_typed(text, Yearless::Of(2025), TODAY);
        for text in ["3.20", "3-20", "3/20", "3月20日", "3月20号", "0320", " 03.20 "] {
            assert_eq!(read(text).as_deref(), Ok("2025-03-20"), "{text}");
        }
        assert_eq!(read("2024.3.20").as_deref(), Ok("2024-03-20"));
        assert_eq!(read("2024年3月").as_deref(), Ok("2024-03"));
        assert_eq!(read("2.30"), Err("2025年2月没有 30 日".into()));
        assert_eq!(read("1978").as_deref(), Ok("1978"), "no month has 78 days: a year");
    }

    #[test]
    fn of_what_is_to_be_done_the_next_such_day_is_meant() {
        let read = |text: &str| read_typed(text, Yearless::From(TODAY), TODAY);
        assert_eq!(read("12-25").as_deref(), Ok("2026-12-25"));
        assert_eq!(read("11.24").as_deref(), Ok("2026-11-24"), "today is one");
        assert_eq!(read("3.20").as_deref(), Ok("2027-03-20"));
        assert_eq!(read("2/29").as_deref(), Ok("2028-02-29"));
        assert_eq!(read("2.30"), Err("2月没有 30 日".into()));
        assert_eq!(read("2026-03-20").as_deref(), Ok("2026-03-20"), "a year that is written holds");
        assert_eq!(read("").as_deref(), Ok(""));
    }

    #[test]
    fn of_what_was_done_the_last_such_day_is_meant() {
        let read = |text: &str| read_typed(text, Yearless::UpTo(TODAY), TODAY);
        assert_eq!(read("11.24").as_deref(), Ok("2026-11-24"), "today is one");
        assert_eq!(read("12月20日").as_deref(), Ok("2025-12-20"));
        assert_eq!(read("2-29").as_deref(), Ok("2024-02-29"));
        assert_eq!(read("2.30"), Err("2月没有 30 日".into()));
    }
}
