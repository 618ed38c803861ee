//! What a number shows under its number format: `2019.10` under `0.00`, a month under `yyyy"年"m"月"`.
//!
//! What a cell shows counts, not what it holds. Start at [`understand`].

use jiff::ToSpan as _;

use super::sheets::Cell;
use crate::clock::Day;
use crate::domain::dates::PartialDate;

/// How a number is shown, as far as reading needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// 常规.
    General,
    /// So many decimals, always.
    Fixed(u8),
    /// As a part of a hundred, with so many decimals.
    Percent(u8),
    Date(DateParts),
}

/// Which parts of a date a format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateParts {
    Day,
    /// 2026/3/5 9:30
    DayAndTime,
    Month,
    Year,
    /// 3月5日: no year is told.
    MonthAndDay,
    /// 3月5日 9:30
    MonthDayAndTime,
    /// A time of day, or a duration.
    Time,
}

/// A cell that holds a day, as far as its format shows it (日期单元格).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCell {
    pub date: PartialDate,
    /// 3月5日: the cell holds the year and does not show it.
    pub hides_year: bool,
    /// Minutes since midnight; none where no hour is shown, nor for midnight: it is that of a cell without an hour.
    pub minute: Option<u16>,
}

impl From<PartialDate> for DayCell {
    fn from(date: PartialDate) -> Self {
        Self { date, hides_year: false, minute: None }
    }
}

impl DayCell {
    /// What the cell shows, its day as exports have it, without the hour.
    pub fn text(self) -> String {
        match (self.date.month(), self.date.day()) {
            (Some(month), Some(day)) if self.hides_year => format!("{month}月{day}日"),
            _ => self.date.to_string(),
        }
    }

    /// The time of day that it shows, as 14:30.
    pub fn time(self) -> Option<String> {
        self.minute.map(clock)
    }
}

/// A cell of a time of day: 9:30 under `h:mm`.
pub(super) fn time_of_number(value: f64) -> Option<String> {
    minute_of(value).filter(|_| (0.0..1.0).contains(&value)).map(clock)
}

fn clock(minute: u16) -> String {
    format!("{}:{:02}", minute / 60, minute % 60)
}

/// What a format code means. Only its first section counts: the one for positive numbers.
pub fn understand(code: &str) -> Shown {
    let tokens = bare_tokens(code);
    if tokens.is_empty() || tokens.contains("general") || tokens.contains("通用格式") || tokens.contains('@') {
        return Shown::General;
    }
    let has = |letters: &str| tokens.contains(|c| letters.contains(c));
    if has("ymdhse") && !tokens.contains("e+") && !tokens.contains("e-") {
        return Shown::Date(date_parts(&tokens));
    }
    let decimals = tokens.split_once('.').map_or(0, |(_, rest)| rest.chars().take_while(|c| *c == '0').count());
    let decimals = u8::try_from(decimals).unwrap_or(u8::MAX);
    match tokens.contains('%') {
        true => Shown::Percent(decimals),
        false if has("0#?") => Shown::Fixed(decimals),
        false => Shown::General,
    }
}

/// What a format means that may be named, as pages and XML workbooks do, instead of spelled out.
pub fn understand_named(code: &str) -> Shown {
    match code.trim().to_ascii_lowercase().as_str() {
        "general date" | "short date" | "medium date" | "long date" => Shown::Date(DateParts::Day),
        "short time" | "medium time" | "long time" => Shown::Date(DateParts::Time),
        "fixed" | "standard" | "currency" | "euro currency" => Shown::Fixed(2),
        "percent" => Shown::Percent(2),
        "scientific" | "yes/no" | "true/false" | "on/off" => Shown::General,
        _ => understand(code),
    }
}

/// The first section, lower case, without quoted text, escapes, colours and conditions.
fn bare_tokens(code: &str) -> String {
    let mut tokens = String::new();
    let mut characters = code.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            ';' => break,
            '"' => {
                for quoted in characters.by_ref() {
                    if quoted == '"' {
                        break;
                    }
                    // 年月日 in quotes say no more than the letters beside them.
                }
            }
            '\\' | '_' | '*' => {
                characters.next();
            }
            '[' => {
                let inside: String = characters.by_ref().take_while(|c| *c != ']').collect();
                if matches!(inside.to_ascii_lowercase().as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss") {
                    tokens.push('h');
                }
            }
            c => tokens.extend(c.to_lowercase()),
        }
    }
    tokens
}

fn date_parts(tokens: &str) -> DateParts {
    let year = tokens.contains(['y', 'e']);
    let day = tokens.contains('d');
    let time = tokens.contains(['h', 's']);
    // In hh:mm the m are minutes.
    let month = tokens.contains('m') && (year || day || !time);
    match (year, month, day) {
        (true, _, true) if time => DateParts::DayAndTime,
        (true, _, true) => DateParts::Day,
        (true, true, false) => DateParts::Month,
        (true, false, false) => DateParts::Year,
        (false, true, _) | (false, _, true) if time => DateParts::MonthDayAndTime,
        (false, true, _) | (false, _, true) => DateParts::MonthAndDay,
        _ => DateParts::Time,
    }
}

/// The formats that a file names only by number; 27 to 36 and 50 to 58 as Chinese Excel and WPS have them.
pub fn built_in(number: u32) -> Shown {
    use DateParts::{Day, DayAndTime, Month, MonthAndDay, Time};
    match number {
        1 | 3 | 37 | 38 => Shown::Fixed(0),
        2 | 4 | 39 | 40 => Shown::Fixed(2),
        9 => Shown::Percent(0),
        10 => Shown::Percent(2),
        14 | 15 | 30 | 31 => Shown::Date(Day),
        22 => Shown::Date(DayAndTime),
        17 | 27 | 36 | 50 | 52 | 57 => Shown::Date(Month),
        16 | 28 | 29 | 51 | 53 | 54 | 58 => Shown::Date(MonthAndDay),
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => Shown::Date(Time),
        _ => Shown::General,
    }
}

/// A cell whose format is one of dates.
///
/// Serial numbers below 61 are refused: Excel counts a 29 February 1900 that never was. A number that cannot be a
/// serial (`20190701` under a date format) is what it is.
pub(super) fn date_cell(serial: f64, parts: DateParts, is_1904: bool) -> Cell {
    let days = serial.floor() + if is_1904 { 1_462.0 } else { 0.0 };
    if !(61.0..=2_958_465.0).contains(&days) || matches!(parts, DateParts::Time) {
        return Cell::Number(serial, Shown::General);
    }
    let Ok(day) = Day::constant(1899, 12, 30).checked_add((days as i64).days()) else {
        return Cell::Number(serial, Shown::General);
    };
    let date = match parts {
        DateParts::Month => PartialDate::new(day.year(), Some(day.month()), None),
        DateParts::Year => PartialDate::new(day.year(), None, None),
        _ => Some(PartialDate::of_day(day)),
    };
    let shows_time = matches!(parts, DateParts::DayAndTime | DateParts::MonthDayAndTime);
    let hides_year = matches!(parts, DateParts::MonthAndDay | DateParts::MonthDayAndTime);
    let minute = minute_of(serial).filter(|_| shows_time);
    date.map_or(Cell::Number(serial, Shown::General), |date| Cell::Date(DayCell { date, hides_year, minute }))
}

/// Minutes since midnight of a serial number; none for midnight.
fn minute_of(serial: f64) -> Option<u16> {
    let minutes = (serial.fract() * 1_440.0).round();
    (1.0..1_440.0).contains(&minutes).then_some(minutes as u16)
}

/// What a number shows.
pub(super) fn number_text(value: f64, format: Shown) -> String {
    match format {
        Shown::Fixed(decimals) => format!("{value:.*}", usize::from(decimals)),
        Shown::Percent(decimals) => format!("{:.*}%", usize::from(decimals), value * 100.0),
        Shown::General | Shown::Date(_) => general(value),
    }
}

/// 常规: whole numbers as they are, others with at most ten significant digits, as a cell has room for.
fn general(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return format!("{value:.0}");
    }
    if value.abs() >= 1e15 {
        let text = format!("{value:E}");
        return text.replacen('E', "E+", 1);
    }
    let whole_digits = if value.abs() < 1.0 { 1 } else { value.abs().log10().floor() as usize + 1 };
    let text = format!("{value:.*}", 10usize.saturating_sub(whole_digits));
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_understood() {
        use DateParts::{Day, DayAndTime, Month, MonthAndDay, MonthDayAndTime, Time, Year};
        for (code, shown) in [
            ("General", Shown::General),
            ("G/通用格式", Shown::General),
            ("@", Shown::General),
            ("0.00", Shown::Fixed(2)),
            ("0.00_ ", Shown::Fixed(2)),
            ("0.00_);[Red]\\(0.00\\)", Shown::Fixed(2)),
            ("#,##0.0", Shown::Fixed(1)),
            ("0", Shown::Fixed(0)),
            ("0.00%", Shown::Percent(2)),
            ("yyyy-mm-dd", Shown::Date(Day)),
            ("yyyy\\-mm\\-dd", Shown::Date(Day)),
            ("yyyy\"年\"m\"月\"d\"日\"", Shown::Date(Day)),
            ("[$-804]yyyy\"年\"m\"月\";@", Shown::Date(Month)),
            ("yyyy.mm", Shown::Date(Month)),
            ("mmm-yy", Shown::Date(Month)),
            ("yyyy\"年\"", Shown::Date(Year)),
            ("m\"月\"d\"日\"", Shown::Date(MonthAndDay)),
            ("yyyy/m/d h:mm", Shown::Date(DayAndTime)),
            ("m\"月\"d\"日\" hh:mm", Shown::Date(MonthDayAndTime)),
            ("h:mm", Shown::Date(Time)),
            ("[h]:mm:ss", Shown::Date(Time)),
        ] {
            assert_eq!(understand(code), shown, "{code}");
        }
    }

    #[test]
    fn formats_may_have_names() {
        assert_eq!(understand_named("Short Date"), Shown::Date(DateParts::Day));
        assert_eq!(understand_named("Fixed"), Shown::Fixed(2));
        assert_eq!(understand_named("yyyy.mm"), Shown::Date(DateParts::Month));
    }

    #[test]
    fn numbers_show_what_a_cell_shows() {
        assert_eq!(number_text(2019.1, Shown::Fixed(2)), "2019.10");
        assert_eq!(number_text(2019.1, Shown::General), "2019.1");
        assert_eq!(number_text(2_019.100_000_000_000_1, Shown::General), "2019.1");
        assert_eq!(number_text(13_800_000_000.0, Shown::General), "13800000000");
        assert_eq!(number_text(0.5, Shown::General), "0.5");
        assert_eq!(number_text(1.100_001_995_100_83e17, Shown::General), "1.10000199510083E+17");
    }

    #[test]
    fn serial_numbers_become_dates() {
        let day = |iso| DayCell::from(PartialDate::from_iso(iso).expect("a date"));
        let date = |iso| Cell::Date(day(iso));
        assert_eq!(date_cell(43_647.0, DateParts::Day, false), date("2019-07-01"));
        assert_eq!(date_cell(43_647.5, DateParts::Month, false), date("2019-07"));
        assert_eq!(date_cell(42_185.0, DateParts::Day, true), date("2019-07-01"));
        assert_eq!(date_cell(61.0, DateParts::Day, false), date("1900-03-01"));
        assert_eq!(date_cell(60.0, DateParts::Day, false), Cell::Number(60.0, Shown::General));
        assert_eq!(date_cell(20_190_701.0, DateParts::Day, false), Cell::Number(20_190_701.0, Shown::General));
        let hidden = date_cell(43_647.0, DateParts::MonthAndDay, false);
        assert_eq!(hidden, Cell::Date(DayCell { hides_year: true, ..day("2019-07-01") }));
        assert_eq!(hidden.shown(), "7月1日");
        let at_half_past_two = Cell::Date(DayCell { minute: Some(870), ..day("2019-07-01") });
        assert_eq!(date_cell(43_647.604_166_666_7, DateParts::DayAndTime, false), at_half_past_two);
        assert_eq!(date_cell(43_647.604_166_666_7, DateParts::Day, false), date("2019-07-01"), "it shows no hour");
        assert_eq!(date_cell(43_647.0, DateParts::DayAndTime, false), date("2019-07-01"), "midnight is no hour");
    }
}
