//! Entries as lines of the diary, under the heads of their days.

use crate::clock::{Day, Moment};
use crate::domain::ids::EntryId;
use crate::ui::widgets::{EntryItem, EntryLine};
use crate::ui::words::weekday;
use crate::view::journal::DiaryLine;

/// The lines that have `wanted` in their title or their operator, newest first.
pub fn items(diary: &[DiaryLine], wanted: &str, today: Day) -> Vec<EntryItem> {
    let wanted = wanted.trim().to_lowercase();
    let fits = |line: &&DiaryLine| {
        let entry = &line.entry;
        wanted.is_empty()
            || entry.title.to_lowercase().contains(&wanted)
            || entry.operator.to_lowercase().contains(&wanted)
    };
    let mut items = Vec::new();
    let mut day_before: Option<Day> = None;
    for line in diary.iter().filter(fits) {
        let day = line.entry.at.day();
        if day_before != Some(day) {
            let (name, date) = day_in_words(day, today);
            items.push(EntryItem::Day { name, date });
            day_before = Some(day);
        }
        items.push(EntryItem::Entry(EntryLine {
            id: key(line.entry.id),
            time: time(line.entry.at),
            title: line.entry.title.clone(),
            right: line.entry.operator.clone(),
            struck: (!line.stands).then(|| "已撤销".to_owned()),
            weak: line.entry.reverts.is_some(),
            mark: None,
        }));
    }
    items
}

/// `10:38`
pub fn time(at: Moment) -> String {
    let shown = at.shown();
    shown.rsplit_once(' ').map_or(shown.clone(), |(_, time)| time.to_owned())
}

/// 「今天」「11月24日」; other days say their weekday, other years their year.
fn day_in_words(day: Day, today: Day) -> (String, String) {
    let date = format!("{}月{}日", day.month(), day.day());
    if day == today {
        return ("今天".to_owned(), date);
    }
    if today.yesterday().is_ok_and(|yesterday| day == yesterday) {
        return ("昨天".to_owned(), date);
    }
    let date = if day.year() == today.year() { date } else { format!("{}年{date}", day.year()) };
    (date, weekday(day).to_owned())
}

/// Entries count from 1, so nothing is lost either way.
pub fn key(id: EntryId) -> u64 {
    id.0.unsigned_abs()
}

pub fn entry(key: u64) -> EntryId {
    EntryId(key.cast_signed())
}

#[cfg(test)]
mod tests {
    use super::day_in_words;
    use crate::clock::Day;

    #[test]
    fn days_are_called_as_people_call_them() {
        let today: Day = "2026-11-24".parse().expect("a day");
        let told = |day: &str| {
            let (name, date) = day_in_words(day.parse().expect("a day"), today);
            format!("{name} {date}")
        };
        assert_eq!(told("2026-11-24"), "今天 11月24日");
        assert_eq!(told("2026-11-23"), "昨天 11月23日");
        assert_eq!(told("2026-11-20"), "11月20日 星期五");
        assert_eq!(told("2025-12-31"), "2025年12月31日 星期三");
    }
}
