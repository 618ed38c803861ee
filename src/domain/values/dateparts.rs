//! Takes a date text apart: remarks and times of day off, Chinese numerals to digits, digits between separators.
//!
//! What the numbers mean is decided in [`super::datetext`].

use super::words::{half_width, without_brackets};

/// The numbers of a date text, and how they were parted.
#[derive(Debug)]
pub(super) struct Parts {
    pub numbers: Vec<String>,
    /// 年, 月 or 日 stood there: the order is told.
    pub named: bool,
    has_year: bool,
    /// The first separator, as written.
    pub separator: char,
}

impl Parts {
    /// Splits a text into its numbers; none where something else stands in it.
    pub fn of(text: &str) -> Option<Self> {
        let text: String = chinese_numerals(text).chars().filter(|c| !c.is_whitespace()).collect();
        let named = text.contains(['年', '月']);
        let mut separator = '\0';
        let mut has_year = false;
        let mut numbers: Vec<String> = Vec::new();
        let mut open = false;
        for c in text.trim_matches(|c: char| is_separator(c) || c == '日' || c == '号').chars() {
            has_year |= c == '年';
            if c.is_ascii_digit() {
                if !open {
                    numbers.push(String::new());
                    open = true;
                }
                numbers.last_mut()?.push(c);
            } else if is_separator(c) || matches!(c, '年' | '月') {
                if separator == '\0' {
                    separator = c;
                }
                open = false;
            } else {
                return None;
            }
        }
        if numbers.is_empty() || numbers.len() > 3 || numbers.iter().any(|number| number.len() > 8) {
            return None;
        }
        Some(Self { numbers, named, has_year, separator })
    }
}

impl Parts {
    /// Whether 年 stands there, or four digits that can only be a year.
    pub(super) fn has_year(&self) -> bool {
        self.has_year || self.numbers.iter().any(|number| number.len() > 2)
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | '-' | '/' | '\\' | '、' | ',' | '。' | '·' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Half width, without a remark in brackets and without a time of day.
pub(super) fn without_remark(text: &str) -> String {
    day_and_time(&plain(text)).0.to_owned()
}

/// The time of day that stands behind a day, as written: 9:30, 上午9点, 15:00-16:00. None where there is none; midnight is
/// that of a cell without one.
pub fn time_in_text(text: &str) -> Option<String> {
    let plain = plain(text);
    let told = without_weekday(day_and_time(&plain).1).trim_start_matches('T').trim();
    let is_clock = told.chars().all(|c| c.is_ascii_digit() || ":.Z".contains(c));
    let parts: Vec<&str> = told.split(':').collect();
    let told = match parts[..] {
        // 9:30:00
        [hour, minute, _] if is_clock => format!("{hour}:{minute}"),
        _ => told.to_owned(),
    };
    let says_more = told.chars().any(|c| c.is_ascii_digit() || "午晚早".contains(c));
    (says_more && told.trim_start_matches('0') != ":00").then_some(told)
}

fn plain(text: &str) -> String {
    let plain = without_brackets(&half_width(text));
    plain.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '\u{feff}' | '\u{200b}')).to_owned()
}

/// The day, and what follows it and only tells a time: 下午3点, 15:00-16:00, 星期二, T08:30.
fn day_and_time(text: &str) -> (&str, &str) {
    let (day, time) = in_words(text).unwrap_or((text, ""));
    if !time.is_empty() {
        return (day.trim_end(), time.trim_start());
    }
    // 2019-07-01 00:00:00, 2019-07-01T00:00
    let Some(colon) = text.find(':') else { return (text, "") };
    let before = &text[..colon];
    let hour_digits = before.chars().rev().take_while(char::is_ascii_digit).count();
    let rest = &before[..before.len() - hour_digits];
    let day = rest.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, 'T' | '上' | '下' | '午'));
    let is_time = (1..=2).contains(&hour_digits)
        && day.len() < rest.len()
        && text[colon..].chars().all(|c| c.is_ascii_digit() || ":. APMapmZ".contains(c));
    if is_time { (day, text[day.len()..].trim_start()) } else { (text, "") }
}

/// A time that follows 日, 号 or a gap, or begins with 上午 and the like.
fn in_words(text: &str) -> Option<(&str, &str)> {
    let tells_time = |c: char| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || ":.-~—–至到时点分半整上下早中晚午星期周礼拜一二三四五六日天".contains(c)
    };
    let is_time = |rest: &str| {
        rest.contains([':', '时', '点', '午', '晚', '周', '期', '早', '拜']) && rest.chars().all(tells_time)
    };
    // 2025.01.15上午, 2026.5.6上午9点
    let words = ["上午", "下午", "中午", "晚上", "早上"];
    let first = words.iter().filter_map(|word| text.find(word)).min().map(|at| text.split_at(at));
    if let Some((day, rest)) = first
        && day.ends_with(|c: char| c.is_ascii_digit())
        && is_time(rest)
    {
        return Some((day, rest));
    }
    let ends = text.char_indices().filter(|(_, c)| matches!(c, '日' | '号') || c.is_whitespace());
    let mut parted = ends.map(|(at, end)| text.split_at(at + end.len_utf8()));
    parted.find(|(day, rest)| {
        day.chars().any(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c)) && is_time(rest)
    })
}

/// 周一 9:00: without the day of the week.
fn without_weekday(time: &str) -> &str {
    let told = ["星期", "礼拜", "周"].iter().find_map(|word| time.strip_prefix(word));
    told.map_or(time, |rest| rest.strip_prefix(|c| "一二三四五六日天".contains(c)).unwrap_or(rest).trim_start())
}

/// 一九八一年六月十日 in digits; text without such numerals as it is.
fn chinese_numerals(text: &str) -> String {
    let written_out = text.contains(['一', '二', '三', '四', '五', '六', '七', '八', '九']);
    let digit = |c: char| match c {
        '〇' | '○' | '零' => Some(0),
        'O' | 'o' if written_out => Some(0),
        '一' | '元' => Some(1),
        '二' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
    };
    if !text.chars().any(|c| digit(c).is_some() || "十廿卅".contains(c)) {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut run: Vec<char> = Vec::new();
    for c in text.chars().chain(['\0']) {
        if digit(c).is_some() || "十廿卅".contains(c) {
            run.push(c);
            continue;
        }
        out.push_str(&one_numeral(&run, digit));
        run.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

fn one_numeral(run: &[char], digit: impl Fn(char) -> Option<u32>) -> String {
    let Some(ten) = run.iter().position(|c| "十廿卅".contains(*c)) else {
        return run.iter().filter_map(|&c| digit(c)).map(|value| value.to_string()).collect();
    };
    let tens = match run[ten] {
        '廿' => 2,
        '卅' => 3,
        _ => run[..ten].last().and_then(|&c| digit(c)).unwrap_or(1),
    };
    let ones = run[ten + 1..].last().and_then(|&c| digit(c)).unwrap_or(0);
    (tens * 10 + ones).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_and_times_of_day_come_off() {
        for text in ["1978.12（45岁）", "1978.12", " 1978.12 ", "'1978.12"] {
            assert_eq!(without_remark(text), "1978.12", "{text}");
        }
        for text in [
            "2019-07-01 00:00:00",
            "2019-07-01T08:30",
            "2019-07-01 下午 3:05",
            "2019-07-01 15:00-16:30",
            "2019-07-01 星期一",
        ] {
            assert_eq!(without_remark(text), "2019-07-01", "{text}");
        }
        for text in ["2019年7月1日下午3点", "2019年7月1日 周一 9:00—10:30", "2019年7月1日15时30分", "2019年7月1日"]
        {
            assert_eq!(without_remark(text), "2019年7月1日", "{text}");
        }
        assert_eq!(without_remark("2019年7月1日至2日"), "2019年7月1日至2日");
        assert_eq!(without_remark("08:30"), "08:30");
        assert_eq!(without_remark("2026.5.6上午9点"), "2026.5.6");
    }

    #[test]
    fn a_time_of_day_is_kept_as_it_is_written() {
        for (text, time) in [
            ("2026年3月5日上午9:30", "上午9:30"),
            ("2026-03-06 15:00-16:00", "15:00-16:00"),
            ("2026/3/2 9:30", "9:30"),
            ("2026/3/2 9:30:00", "9:30"),
            ("2026-03-02T09:30", "09:30"),
            ("3.5 上午", "上午"),
            ("3.5上午", "上午"),
            ("2026.5.6上午9点", "上午9点"),
            ("5月7日15：00", "15:00"),
            ("2026年3月9日下午3时", "下午3时"),
            ("2026年3月9日 周一 9:00—10:30", "9:00—10:30"),
            ("2026.3.9 下午 3:05（补记）", "下午 3:05"),
        ] {
            assert_eq!(time_in_text(text).as_deref(), Some(time), "{text}");
        }
        for text in
            ["2026-03-02 00:00:00", "2026-03-02 0:00", "2026-03-02 星期一", "2026/3/12 星期四", "3月5日", "3.20"]
        {
            assert_eq!(time_in_text(text), None, "{text}");
        }
    }

    #[test]
    fn numerals_become_digits() {
        for (text, digits) in [
            ("十", "10"),
            ("十一", "11"),
            ("二十", "20"),
            ("三十一", "31"),
            ("廿五", "25"),
            ("二〇一九", "2019"),
            ("元", "1"),
        ] {
            assert_eq!(chinese_numerals(text), digits, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_has_no_parts() {
        assert!(Parts::of("2019年上半年").is_none());
        assert!(Parts::of("2019.7-2020.7").is_none());
        assert_eq!(
            Parts::of("2019年7月1日").map(|parts| parts.numbers),
            Some(vec!["2019".into(), "7".into(), "1".into()])
        );
    }
}
