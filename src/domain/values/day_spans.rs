//! Days of talks that are told less closely than by one day: 6月3日-5日 begins on the first, 6月下旬 is that month. No day is
//! made up.
//!
//! Start at [`span_of_days`].

use super::dateparts::Parts;
use super::words::{half_width, squeezed};
use super::{Context, Trouble};

/// Signs between the first and the last day.
const BETWEEN: [char; 7] = ['-', '–', '—', '―', '~', '至', '到'];

/// Parts of a month, behind 月.
const PARTS: [&str; 8] = ["上旬", "中旬", "下旬", "月初", "月中", "月底", "月末", "月内"];

/// The day on which it begins, or the month, as it would be written alone, with what is told of that; none where one day
/// is told, or nothing of the kind. The text is in half width.
pub(super) fn span_of_days(text: &str, context: &Context) -> Option<(String, Trouble)> {
    let text = squeezed(text);
    let month = part_of_month(&text, context).map(|month| (month, Trouble::DayVague));
    month.or_else(|| Some((first_of_several(&text, context)?, Trouble::SeveralDays)))
}

/// 6月 of 6月下旬; 1月 of 下旬 on a sheet named 1月.
fn part_of_month(text: &str, context: &Context) -> Option<String> {
    let part = PARTS.iter().find(|part| text.ends_with(**part))?;
    let before = text.strip_suffix(part)?;
    let before = if part.starts_with('月') { before } else { before.strip_suffix('月').unwrap_or(before) };
    match before.trim_end_matches('份') {
        "" | "本" => context.month.map(|month| format!("{month}月")),
        before => Some(format!("{before}月")),
    }
}

/// 6月3日 of 6月3日-5日 and 6月3日至6月5日; 2026-6-3 of 2026-6-3至5日.
fn first_of_several(text: &str, context: &Context) -> Option<String> {
    text.char_indices().filter(|(_, c)| BETWEEN.contains(c)).find_map(|(at, sign)| {
        let (first, last) = (&text[..at], text[at..].trim_start_matches(sign));
        // 2026-06-03 is one day.
        let is_whole = !first.contains(sign) && !last.contains(BETWEEN);
        let begins = day_in(first, context).filter(|_| is_whole)?;
        let ends = numbers(last)?;
        let is_later = match ends[..] {
            [day] => day > begins.1 && day <= 31,
            [month, day] => (month, day) > begins && month <= 12 && day <= 31,
            [_, month, day] => month <= 12 && day <= 31,
            _ => false,
        };
        is_later.then(|| first.to_owned())
    })
}

/// The month and the day that a text tells, with a year or without.
fn day_in(text: &str, context: &Context) -> Option<(u16, u16)> {
    let (month, day) = match numbers(text)?[..] {
        [day] if text.ends_with(['日', '号']) => (u16::try_from(context.month?).ok()?, day),
        [month, day] => (month, day),
        [year, month, day] if year > 31 => (month, day),
        _ => return None,
    };
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((month, day))
}

fn numbers(text: &str) -> Option<Vec<u16>> {
    Parts::of(text)?.numbers.iter().map(|number| number.parse().ok()).collect()
}

/// The one month that a title or the name of a sheet tells: 1月, 2025年1月份谈心谈话台账; none where it tells a day, or more
/// than one month.
pub fn month_in_text(text: &str) -> Option<i8> {
    let text = squeezed(&half_width(text));
    let mut months = text.match_indices('月').map(|(at, sign)| {
        let before: String = text[..at].chars().rev().take_while(|c| is_of_number(*c)).collect();
        let before: String = before.chars().rev().collect();
        let is_range = text[..at - before.len()].ends_with(|c| BETWEEN.contains(&c) || "、.".contains(c));
        let after = text[at + sign.len()..].chars().next();
        let is_day = after.is_some_and(|c| is_of_number(c) || BETWEEN.contains(&c) || c == '、');
        let month: Option<i8> = Parts::of(&before).and_then(|parts| parts.numbers.first()?.parse().ok());
        month.filter(|month| (1..=12).contains(month) && !is_range && !is_day)
    });
    let only = months.next()??;
    (months.next().is_none() && !["截至", "截止"].iter().any(|word| text.contains(word))).then_some(only)
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Day;

    #[test]
    fn several_days_begin_on_the_first_and_a_part_of_a_month_is_the_month() {
        let context = Context::form(Day::constant(2026, 11, 24));
        let told = |text: &str| span_of_days(text, &context).map(|(first, _)| first);
        for (text, first) in [
            ("6月3日-5日", "6月3日"),
            ("6月3-5日", "6月3"),
            ("6月3日至6月5日", "6月3日"),
            ("6月30日—7月1日", "6月30日"),
            ("2026年6月3日至5日", "2026年6月3日"),
            ("2026-6-3至5日", "2026-6-3"),
            ("2026.6.3-2026.6.5", "2026.6.3"),
            ("6.3-6.5", "6.3"),
            ("6月下旬", "6月"),
            ("2026年6月上旬", "2026年6月"),
            ("6月底", "6月"),
        ] {
            assert_eq!(told(text).as_deref(), Some(first), "{text}");
        }
        for text in
            ["2026-06-03", "11-11", "06-03-05", "6月5日-3日", "2026.6-2026.7", "24.3-24.5", "3日-5日", "下旬", "6月"]
        {
            assert_eq!(told(text), None, "{text}");
        }
        let in_january = Context { month: Some(1), ..context };
        let told = |text: &str| span_of_days(text, &in_january).map(|(first, _)| first);
        assert_eq!(told("3日-5日").as_deref(), Some("3日"));
        assert_eq!(told("下旬").as_deref(), Some("1月"));
    }

    #[test]
    fn a_name_of_a_sheet_tells_one_month_or_none() {
        for (text, month) in
            [("1月", 1), ("2025年1月", 1), ("一月份", 1), ("十二月", 12), ("2026年3月谈心谈话台账", 3), ("03月", 3)]
        {
            assert_eq!(month_in_text(text), Some(month), "{text}");
        }
        for text in ["1-3月", "1月—6月", "1月15日", "截至2025年6月", "第一季度", "13月", "月度", "三、四月"]
        {
            assert_eq!(month_in_text(text), None, "{text}");
        }
    }
}
