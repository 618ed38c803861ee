//! Owns the button that says and chooses of which time talks are shown: a calendar year or, of the coverage, all since
//! a day. Must never look at talks. Start at [`year_button`] and [`time_button`].

use egui::Ui;

use crate::clock::Day;
use crate::domain::dates::Period;
use crate::ui::widgets::{Button, Icon, MenuRow, menu_button, menu_rule};

/// Years back that are offered.
const BACK: i16 = 10;

/// Of which time the coverage is shown (期间).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// A calendar year.
    Year(i16),
    /// From a day on, of the last 组织生活会 for example, until the day that is shown.
    Since(Day),
}

impl Time {
    /// Its days, as of a day; `None` where none of them has come by then.
    pub fn period(self, as_of: Day) -> Option<Period> {
        let period = match self {
            Self::Year(year) => Period::year(year)?,
            Self::Since(first) => Period { first, last: as_of },
        };
        (period.first <= as_of).then_some(period)
    }

    /// The day it begins on, where it is no year.
    pub fn since(self) -> Option<Day> {
        match self {
            Self::Year(_) => None,
            Self::Since(first) => Some(first),
        }
    }

    /// Until when what is missing in it is to be planned: the end of its year, of what goes on that of the current one.
    /// `None` of a year that is over: no talk to come counts for it.
    pub fn due(self, today: Day) -> Option<Day> {
        let year = match self {
            Self::Year(year) => year,
            Self::Since(_) => today.year(),
        };
        Period::year(year).map(|period| period.last).filter(|last| *last >= today)
    }

    /// 「2026年」, 「2026-03-01 至今」
    pub fn words(self, as_of: Day, today: Day) -> String {
        match self {
            Self::Year(year) => format!("{year}年"),
            Self::Since(first) if as_of == today => format!("{first} 至今"),
            Self::Since(first) => format!("{first} 至 {as_of}"),
        }
    }
}

/// What was chosen of a menu of times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    Time(Time),
    /// 自某日起…: the day is still to be told.
    SomeDay,
}

/// The button 「2026年」; gives back the year that was chosen.
pub fn year_button(ui: &mut Ui, year: i16, this_year: i16) -> Option<i16> {
    let word = format!("{year}年");
    let (_, chosen) =
        menu_button(ui, Button::plain(&word).icon(Icon::Calendar), "年度", |ui| years_ui(ui, this_year, Some(year)));
    chosen.flatten()
}

/// The same that offers besides what is since a day, again since the one that was told last.
pub fn time_button(ui: &mut Ui, time: Time, last: Option<Day>, as_of: Day, today: Day) -> Option<Chosen> {
    let word = time.words(as_of, today);
    let (_, chosen) = menu_button(ui, Button::plain(&word).icon(Icon::Calendar), "期间", |ui| {
        let mut chosen = None;
        if let Some(since) = last.map(Time::Since)
            && ui.add(MenuRow::new(&since.words(as_of, today)).checked(since == time)).clicked()
        {
            chosen = Some(Chosen::Time(since));
        }
        if ui.add(MenuRow::new("自某日起…").icon(Icon::Calendar)).clicked() {
            chosen = Some(Chosen::SomeDay);
        }
        menu_rule(ui);
        let year = match time {
            Time::Year(year) => Some(year),
            Time::Since(_) => None,
        };
        years_ui(ui, today.year(), year).map(|year| Chosen::Time(Time::Year(year))).or(chosen)
    });
    chosen.flatten()
}

/// The years that can be chosen, the current one first.
fn years_ui(ui: &mut Ui, this_year: i16, shown: Option<i16>) -> Option<i16> {
    let mut chosen = None;
    for year in (this_year - BACK..=this_year).rev() {
        if ui.add(MenuRow::new(&format!("{year}年")).checked(Some(year) == shown)).clicked() {
            chosen = Some(year);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::Time;
    use crate::clock::Day;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn what_is_since_a_day_goes_on_until_the_day_that_is_shown() {
        let today = day("2026-11-24");
        let since = Time::Since(day("2025-12-20"));
        let period = since.period(today).expect("a period");
        assert_eq!((period.first, period.last), (day("2025-12-20"), today));
        assert_eq!(since.words(today, today), "2025-12-20 至今");
        assert_eq!(since.words(day("2026-06-30"), today), "2025-12-20 至 2026-06-30");
        assert_eq!(since.period(day("2025-12-19")), None, "nothing of it has come by then");
    }

    #[test]
    fn what_is_missing_is_planned_until_the_end_of_a_year_that_is_not_over() {
        let today = day("2026-11-24");
        for time in [Time::Year(2026), Time::Since(day("2025-12-20"))] {
            assert_eq!(time.due(today), Some(day("2026-12-31")), "{time:?}");
        }
        assert_eq!(Time::Year(2025).due(today), None, "a talk that is held now is none of 2025");
    }
}
