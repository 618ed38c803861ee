//! Owns the button that says and chooses of which time talks are shown: a calendar year or, of the coverage, all since
//! a day, and as of which day. Must never look at talks. Start at [`year_button`] and [`time_button`].

use egui::Ui;
use serde::{Deserialize, Serialize};

use crate::clock::Day;
use crate::domain::coverage::Window;
use crate::domain::dates::{PartialDate, Period};
use crate::ui::widgets::{Button, Icon, MenuRow, menu_button, menu_rule};

/// Years back that are offered.
const BACK: i16 = 10;

/// Of which time the coverage is shown (期间、截至).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Parked", try_from = "Parked")]
pub struct Time {
    pub span: Span,
    /// 截至: as of which day, where one was chosen; else the day that is shown or the end, whichever is earlier.
    pub until: Option<Day>,
}

/// From when to when (期间).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// A calendar year.
    Year(i16),
    /// From a day on, of the last 组织生活会 for example, until the day that is shown.
    Since(Day),
}

impl Span {
    /// The day it begins on; `None` of a year that the calendar does not have.
    pub fn first(self) -> Option<Day> {
        match self {
            Self::Year(year) => Period::year(year).map(|period| period.first),
            Self::Since(first) => Some(first),
        }
    }
}

impl Time {
    /// A span as of the day that is shown.
    pub fn of(span: Span) -> Self {
        Self { span, until: None }
    }

    /// The day that was chosen, unless it lies after the one that is shown: nothing is known of it.
    fn until(self, shown: Day) -> Option<Day> {
        self.until.filter(|until| *until <= shown)
    }

    /// Its days and the day it is looked at, while this day is shown; `None` where none of them has come by then.
    pub fn window(self, shown: Day) -> Option<Window> {
        let as_of = self.until(shown).unwrap_or(shown);
        let period = match self.span {
            Span::Year(year) => Period::year(year)?,
            Span::Since(first) => Period { first, last: as_of },
        };
        let window = match self.until(shown) {
            Some(as_of) => Window { period, as_of },
            None => Window::until_today(period, shown),
        };
        (period.first <= as_of).then_some(window)
    }

    /// The days on which what is planned for it is due: those of its year; else from its first day to the end of the
    /// current year, or to the day as of which it is looked at where that is over.
    pub fn planned(self, shown: Day, today: Day) -> Option<Period> {
        let first = match self.span {
            Span::Year(year) => return Period::year(year),
            Span::Since(first) => first,
        };
        let last = self.due(today).or(self.until(shown)).unwrap_or(shown);
        (first <= last).then_some(Period { first, last })
    }

    /// 「2026年」, 「2025-12-20 至 2026-12-31」: the days of [`planned`](Self::planned).
    pub fn planned_words(self, shown: Day, today: Day) -> String {
        match (self.span, self.planned(shown, today)) {
            (Span::Since(_), Some(period)) => format!("{} 至 {}", period.first, period.last),
            _ => Self::of(self.span).words(shown, today),
        }
    }

    /// The day it begins on, where it is no year.
    pub fn since(self) -> Option<Day> {
        match self.span {
            Span::Year(_) => None,
            Span::Since(first) => Some(first),
        }
    }

    /// Until when what is missing in it is to be planned: the end of its year, of what goes on that of the current one.
    /// `None` of a year that is over, and as of a day that is: no talk to come counts for it.
    pub fn due(self, today: Day) -> Option<Day> {
        if self.until.is_some_and(|until| until < today) {
            return None;
        }
        let year = match self.span {
            Span::Year(year) => year,
            Span::Since(_) => today.year(),
        };
        Period::year(year).map(|period| period.last).filter(|last| *last >= today)
    }

    /// 「2026年」, 「2025年，截至 2026-02-01」, 「2026-03-01 至今」
    pub fn words(self, shown: Day, today: Day) -> String {
        match (self.span, self.until(shown)) {
            (Span::Year(year), None) => format!("{year}年"),
            (Span::Year(year), Some(until)) => format!("{year}年，截至 {until}"),
            (Span::Since(first), None) if shown == today => format!("{first} 至今"),
            (Span::Since(first), until) => format!("{first} 至 {}", until.unwrap_or(shown)),
        }
    }
}

/// A time in a draft that is parked: a year, or since when, and until when.
#[derive(Debug, Serialize, Deserialize)]
struct Parked {
    year: Option<i16>,
    since: Option<PartialDate>,
    until: Option<PartialDate>,
}

impl From<Time> for Parked {
    fn from(time: Time) -> Self {
        let (year, since) = match time.span {
            Span::Year(year) => (Some(year), None),
            Span::Since(first) => (None, Some(PartialDate::of_day(first))),
        };
        Self { year, since, until: time.until.map(PartialDate::of_day) }
    }
}

impl TryFrom<Parked> for Time {
    type Error = &'static str;
    fn try_from(parked: Parked) -> Result<Self, Self::Error> {
        let span = match (parked.year, parked.since) {
            (Some(year), None) => Span::Year(year),
            (None, Some(since)) => Span::Since(since.first_day()),
            _ => return Err("neither a year nor since a day"),
        };
        Ok(Self { span, until: parked.until.map(PartialDate::last_day) })
    }
}

/// What was chosen of a menu of times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    Span(Span),
    /// 自某日起…: the day is still to be told.
    SinceSomeDay,
    /// 截至…: the day is still to be told.
    UntilSomeDay,
}

/// The button 「2026年」; gives back the year that was chosen.
pub fn year_button(ui: &mut Ui, year: i16, this_year: i16) -> Option<i16> {
    let word = format!("{year}年");
    let (_, chosen) =
        menu_button(ui, Button::plain(&word).icon(Icon::Calendar), "年度", |ui| years_ui(ui, this_year, Some(year)));
    chosen.flatten()
}

/// The same that offers besides what is since a day, again since the one that was told last, and as of a day.
pub fn time_button(ui: &mut Ui, time: Time, last: Option<Day>, shown: Day, today: Day) -> Option<Chosen> {
    let word = time.words(shown, today);
    let (_, chosen) = menu_button(ui, Button::plain(&word).icon(Icon::Calendar), "期间", |ui| {
        let mut chosen = None;
        if let Some(since) = last.map(|day| Time::of(Span::Since(day)))
            && ui.add(MenuRow::new(&since.words(shown, today)).checked(since == time)).clicked()
        {
            chosen = Some(Chosen::Span(since.span));
        }
        if ui.add(MenuRow::new("自某日起…").icon(Icon::Calendar)).clicked() {
            chosen = Some(Chosen::SinceSomeDay);
        }
        if ui.add(MenuRow::new("截至…").icon(Icon::Calendar)).clicked() {
            chosen = Some(Chosen::UntilSomeDay);
        }
        menu_rule(ui);
        let year = match time {
            Time { span: Span::Year(year), until: None } => Some(year),
            _ => None,
        };
        years_ui(ui, today.year(), year).map(|year| Chosen::Span(Span::Year(year))).or(chosen)
    });
    chosen.flatten()
}

/// The same of a plan: since the day that was told last of the coverage, or a year.
pub fn plan_time_button(ui: &mut Ui, time: Time, last: Option<Day>, shown: Day, today: Day) -> Option<Chosen> {
    let word = time.planned_words(shown, today);
    let (_, chosen) = menu_button(ui, Button::plain(&word).icon(Icon::Calendar), "期间", |ui| {
        let mut chosen = None;
        if let Some(since) = last.map(|day| Time::of(Span::Since(day))) {
            let word = since.planned_words(shown, today);
            let row = MenuRow::new(&word).checked(since == time);
            chosen = ui.add(row).clicked().then_some(since.span);
            menu_rule(ui);
        }
        let year = match time.span {
            Span::Year(year) => Some(year),
            Span::Since(_) => None,
        };
        years_ui(ui, today.year(), year).map(Span::Year).or(chosen).map(Chosen::Span)
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
    use super::{Span, Time};
    use crate::clock::Day;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn what_is_since_a_day_goes_on_until_the_day_that_is_shown() {
        let today = day("2026-11-24");
        let since = Time::of(Span::Since(day("2025-12-20")));
        let window = since.window(today).expect("a window");
        assert_eq!((window.period.first, window.period.last), (day("2025-12-20"), today));
        assert_eq!(since.words(today, today), "2025-12-20 至今");
        assert_eq!(since.words(day("2026-06-30"), today), "2025-12-20 至 2026-06-30");
        assert_eq!(since.window(day("2025-12-19")), None, "nothing of it has come by then");
    }

    #[test]
    fn a_year_is_looked_at_as_of_a_day_that_may_lie_after_its_end() {
        let today = day("2026-11-24");
        let year = Time::of(Span::Year(2025));
        assert_eq!(year.window(today).expect("a window").as_of, day("2025-12-31"));
        let later = Time { until: Some(day("2026-02-01")), ..year };
        let window = later.window(today).expect("a window");
        assert_eq!((window.period.last, window.as_of), (day("2025-12-31"), day("2026-02-01")));
        assert_eq!(later.words(today, today), "2025年，截至 2026-02-01");
        assert_eq!(later.window(day("2026-01-10")).expect("a window").as_of, day("2025-12-31"), "not of days to come");
        let since = Time { span: Span::Since(day("2025-10-01")), ..later };
        assert_eq!(since.window(today).expect("a window").period.last, day("2026-02-01"));
        assert_eq!(since.words(today, today), "2025-10-01 至 2026-02-01");
        assert_eq!(since.due(today), None, "no talk to come counts by then");
    }

    #[test]
    fn what_is_missing_is_planned_until_the_end_of_a_year_that_is_not_over() {
        let today = day("2026-11-24");
        for span in [Span::Year(2026), Span::Since(day("2025-12-20"))] {
            assert_eq!(Time::of(span).due(today), Some(day("2026-12-31")), "{span:?}");
        }
        assert_eq!(Time::of(Span::Year(2025)).due(today), None, "a talk that is held now is none of 2025");
    }
}
