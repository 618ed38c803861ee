//! Of which year the days of a ledger are that are written without one, where its titles do not tell it.
//!
//! Start at [`Planner::ask_which_year`].

use std::sync::Arc;

use super::Planner;
use crate::domain::imports::{OpenQuestion, QuestionAbout};
use crate::domain::values::years_told;
use crate::exchange::import::reading::RosterReading;

/// How many years back from this one are offered besides those that a title or a name speaks of.
const YEARS_BACK: i16 = 2;

impl Planner<'_> {
    /// One question for all days of a file without a year.
    pub(super) fn ask_which_year(&mut self, file: usize, reading: &RosterReading) {
        let waiting = &reading.talks.yearless;
        self.yearless = waiting.iter().map(|cell| (Arc::clone(&cell.sheet), cell.row)).collect();
        let Some(first) = waiting.first() else { return };
        let (choices, labels) = choices(&reading.talks.years, &reading.file_name, self.workbook.today.year());
        self.plan.questions.push(OpenQuestion {
            file,
            sheet: Arc::from(""),
            row: 0,
            beside: 0,
            about: QuestionAbout::Year,
            raw: format!("{} 次谈话的时间没有写年份（“{}”）", self.yearless.len(), first.raw),
            choices,
            labels,
        });
    }
}

/// The years that may be meant, the likeliest first: as they are answered, and in words.
fn choices(of_titles: &[i16], file_name: &str, this_year: i16) -> (Vec<String>, Vec<String>) {
    let mut told: Vec<i16> = of_titles.iter().copied().chain(years_told(file_name)).collect();
    told.retain(|year| *year <= this_year);
    told.sort_unstable();
    told.dedup();
    let (mut choices, mut labels) = (Vec::new(), Vec::new());
    for pair in told.windows(2).filter(|pair| pair[0] + 1 == pair[1]) {
        choices.push(format!("{}-{}", pair[0], pair[1]));
        labels.push(format!("{} 年到 {} 年，从上往下月份变小就算下一年", pair[0], pair[1]));
    }
    let mut years: Vec<i16> = told.iter().rev().copied().chain((0..=YEARS_BACK).map(|back| this_year - back)).collect();
    let mut seen = std::collections::HashSet::new();
    years.retain(|year| seen.insert(*year));
    for year in years {
        choices.push(year.to_string());
        labels.push(format!("{year} 年"));
    }
    (choices, labels)
}
