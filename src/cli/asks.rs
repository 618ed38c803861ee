//! What most commands are asked with: an organisation, a day, an order.

use clap::Args;

use crate::clock::{Clock, Day};
use crate::domain::dates::{self, PartialDate, Precision};
use crate::domain::fields::{FIELDS, Known};
use crate::domain::ids::OrganisationId;
use crate::problem::{Problem, Result};
use crate::view::desk::Desk;
use crate::view::members::{SortBy, SortKey};

/// For which part of the workbook, and as of when.
#[derive(Debug, Args)]
pub(super) struct Scope {
    #[arg(long, value_name = "党组织", help = "范围：编号、名称，或“总支/支部”这样的路径；不写为全部")]
    pub org: Option<String>,
    #[arg(long, value_name = "日期", value_parser = day, help = "截至哪一天（2026-11-24）；不写为今天")]
    pub as_of: Option<Day>,
}

/// A period, mostly instead of a day: at its end things are counted, within it they happened.
#[derive(Debug, Args)]
pub(super) struct Period {
    #[arg(
        long,
        value_name = "期间",
        value_parser = period,
        help = "期间：2026、2026-Q3、2026-11；人数和名册截至它的最后一天（还没结束的截至今天），谈心谈话、转接和生日是其间的"
    )]
    pub period: Option<dates::Period>,
}

impl Period {
    /// What is counted at the end of a period is not counted on another day too.
    pub fn refuse_beside(&self, scope: &Scope) -> Result<()> {
        match (self.period, scope.as_of) {
            (Some(_), Some(_)) => Err(Problem::usage("--period 和 --as-of 不能同时用")),
            _ => Ok(()),
        }
    }
}

impl Scope {
    /// The organisation's id; `None` for the whole workbook. It goes by its name of now or, where a past day is asked
    /// for, by the one it had then.
    pub fn organisation(&self, desk: &Desk) -> Result<Option<OrganisationId>> {
        let Some(text) = self.org.as_deref() else { return Ok(None) };
        let then = self.as_of.and_then(|day| desk.tree_on(day).find(text).ok().map(|node| node.id));
        match (desk.tree().find(text), then) {
            (Ok(now), _) => Ok(Some(now.id)),
            (Err(_), Some(then)) => Ok(Some(then)),
            (Err(problem), None) => Err(problem),
        }
    }

    pub fn day(&self, clock: Clock) -> Day {
        self.as_of.unwrap_or_else(|| clock.today())
    }

    /// The day; where none is told, the end of the period.
    pub fn day_or_end(&self, period: &Period, clock: Clock) -> Day {
        match (self.as_of, period.period) {
            (None, Some(period)) => period.last.min(clock.today()),
            _ => self.day(clock),
        }
    }
}

/// Reads `2026-11-24`.
pub(super) fn day(text: &str) -> std::result::Result<Day, String> {
    let date = PartialDate::from_iso(text.trim()).filter(|date| date.precision() == Precision::Day);
    date.map(PartialDate::first_day).ok_or_else(|| "日期写成 2026-11-24 的样子，年份在 1850 和 2200 之间".to_owned())
}

/// Reads `2026`.
pub(super) fn year(text: &str) -> std::result::Result<i16, String> {
    let year = text.trim().parse().ok().filter(|year| (1850..=2200).contains(year));
    year.ok_or_else(|| "年份写成 2026 的样子，在 1850 和 2200 之间".to_owned())
}

/// Reads `2026`, `2026-Q3`, `2026-H1` or `2026-11`.
pub(super) fn period(text: &str) -> std::result::Result<dates::Period, String> {
    let wrong = || "期间写成 2026、2026-Q3、2026-H1 或 2026-11 的样子".to_owned();
    let (year, part) = text.trim().split_once('-').unwrap_or((text.trim(), "Y1"));
    let year: i16 = year.parse().map_err(|_| wrong())?;
    let (nth, months) = match part.to_ascii_uppercase().split_at_checked(1) {
        Some(("Y", nth)) => (nth.parse::<i8>(), 12),
        Some(("Q", nth)) => (nth.parse(), 3),
        Some(("H", nth)) => (nth.parse(), 6),
        _ => (part.parse(), 1),
    };
    let last = nth.ok().and_then(|nth| nth.checked_mul(months)).ok_or_else(wrong)?;
    let month = |month: i8| dates::Period::month(year, month).ok_or_else(wrong);
    Ok(dates::Period { first: month(last - months + 1)?.first, last: month(last)?.last })
}

/// In which order people stand.
#[derive(Debug, Args)]
pub(super) struct Sort {
    #[arg(
        long,
        value_name = "字段,字段",
        allow_hyphen_values = true,
        help = "按什么排：talks 用它的栏目（不写为按时间先后），例如 -held_on；别的名单用 roster 名册顺序（不写即是）、strokes 姓氏笔画、pinyin 拼音、party_post 党内职务、joined 入党时间，或别的字段；前面加 - 为倒序"
    )]
    pub sort: Option<String>,
}

impl Sort {
    /// First key first; empty for 名册顺序.
    pub fn keys(&self) -> Result<Vec<SortKey>> {
        self.sort.as_deref().map(order).transpose().map(Option::unwrap_or_default)
    }
}

/// Reads `--sort name,-joined`; a `-` in front means descending.
fn order(text: &str) -> Result<Vec<SortKey>> {
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, descending) = part.strip_prefix('-').map_or((part, false), |name| (name, true));
            let by = match name {
                "roster" | "名册顺序" => SortBy::Roster,
                "pinyin" | "拼音" => SortBy::Name,
                "strokes" | "姓氏笔画" => SortBy::Strokes,
                "party_birthday" | "政治生日" => SortBy::PartyBirthday,
                "age" | "年龄" => SortBy::Age,
                "standing_years" | "党龄" => SortBy::Standing,
                "last_talk" | "上次谈话" => SortBy::LastTalk,
                "months_without_talk" | "距上次谈话" => SortBy::Untalked,
                name => field_order(name)?,
            };
            Ok(SortKey { by, descending })
        })
        .collect()
}

fn field_order(name: &str) -> Result<SortBy> {
    let place = FIELDS.iter().position(|field| field.name == name || field.label == name);
    match place.and_then(|place| u8::try_from(place).ok()) {
        Some(place) if place == Known::Name as u8 => Ok(SortBy::Name),
        Some(place) => Ok(SortBy::Field(place)),
        None => Err(Problem::usage(format!("不能按“{name}”排序"))
            .next("写字段名，或 roster（名册顺序）、pinyin（拼音）、strokes（姓氏笔画）、party_birthday（政治生日的月日）、age、standing_years、last_talk（上次谈话）、months_without_talk（距上次谈话的月数）；前面加 - 为倒序")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_has_a_first_and_a_last_day() {
        for (text, first, last) in [
            ("2026", "2026-01-01", "2026-12-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2026-Q1", "2026-01-01", "2026-03-31"),
            ("2026-q4", "2026-10-01", "2026-12-31"),
            ("2026-H1", "2026-01-01", "2026-06-30"),
        ] {
            let period = period(text).expect("a period");
            assert_eq!((period.first.to_string(), period.last.to_string()), (first.into(), last.into()), "{text}");
        }
        for text in ["", "26", "2026-13", "2026-Q5", "2026-H3", "2026-0", "2026-Q-1", "2026-Y2", "今年", "2026-Q"] {
            assert!(period(text).is_err() || text == "26", "{text}");
        }
    }

    #[test]
    fn a_year_is_read_or_refused_in_a_sentence() {
        assert_eq!(year("2026"), Ok(2026));
        for text in ["abc", "1849", "2201", ""] {
            assert!(year(text).is_err_and(|words| words.contains("年份写成 2026 的样子")), "{text}");
        }
    }

    #[test]
    fn an_order_is_read_with_its_directions() {
        let keys = order("-joined,name, 党龄").expect("an order");
        assert_eq!(keys[0], SortKey { by: SortBy::Field(Known::Joined as u8), descending: true });
        assert_eq!(keys[1], SortKey { by: SortBy::Name, descending: false });
        assert_eq!(keys[2], SortKey { by: SortBy::Standing, descending: false });
        let by = |text: &str| order(text).expect("an order").into_iter().map(|key| key.by).collect::<Vec<_>>();
        assert_eq!(by("strokes,姓氏笔画"), [SortBy::Strokes; 2]);
        assert_eq!(by("party_birthday,政治生日"), [SortBy::PartyBirthday; 2]);
        assert_eq!(by("pinyin,拼音,姓名"), [SortBy::Name; 3]);
        assert_eq!(by("roster,party_post"), [SortBy::Roster, SortBy::Field(Known::PartyPost as u8)]);
        assert!(order("颜色").is_err());
    }
}
