//! Words that several parts of the window say or read alike: days, sizes, cut texts, fields left empty.
//! Must never know who says them.

use jiff::civil::Weekday;

use crate::clock::Day;

/// 星期二
pub fn weekday(day: Day) -> &'static str {
    match day.weekday() {
        Weekday::Monday => "星期一",
        Weekday::Tuesday => "星期二",
        Weekday::Wednesday => "星期三",
        Weekday::Thursday => "星期四",
        Weekday::Friday => "星期五",
        Weekday::Saturday => "星期六",
        Weekday::Sunday => "星期日",
    }
}

/// `2026-11-24 星期二`
pub fn day_in_words(day: Day) -> String {
    format!("{day} {}", weekday(day))
}

/// `12 KB`, `3.4 MB`.
pub fn size_in_words(bytes: u64) -> String {
    const KIB: u64 = 1024;
    match bytes {
        0..KIB => format!("{bytes} B"),
        bytes if bytes < KIB * KIB => format!("{} KB", bytes.div_ceil(KIB)),
        bytes => format!("{:.1} MB", bytes as f64 / (KIB * KIB) as f64),
    }
}

/// What is written in a field, without the blanks around it; none where it was left empty.
pub fn filled(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// A text that is cut after so many characters.
pub fn shortened(text: &str, characters: usize) -> String {
    if text.chars().count() <= characters {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(characters.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::{shortened, size_in_words};

    #[test]
    fn sizes_are_told_in_the_unit_that_fits() {
        let told = [0, 1_023, 1_024, 1_025, 5 << 20].map(size_in_words);
        assert_eq!(told, ["0 B", "1023 B", "1 KB", "2 KB", "5.0 MB"]);
    }

    #[test]
    fn a_cut_text_says_that_it_is_cut() {
        assert_eq!(shortened("新增党员：张三", 7), "新增党员：张三");
        assert_eq!(shortened("新增党员：欧阳建国", 7), "新增党员：欧…");
    }
}
