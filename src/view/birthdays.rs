//! 政治生日: on which days of a period members joined the party years ago.
//!
//! A date known to the month counts in its month, its day stays open; one known to the year belongs to no month.
//! Start at [`birthdays`].

use super::desk::Desk;
use super::members::{Condition, ListAsk, list};
use crate::clock::Day;
use crate::domain::dates::{PartialDate, Period};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::problem::Result;

/// A member's 政治生日 in the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Birthday {
    pub person: PersonId,
    pub name: String,
    /// Where the member is on the roll.
    pub branch: Option<OrganisationId>,
    /// 入党时间
    pub joined: PartialDate,
    /// The year in which it is.
    pub year: i16,
    /// Full years since joining, on the day.
    pub years: i16,
}

/// The members with a 政治生日 in a period, by its day; those whose day is open stand after the others of their month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Birthdays {
    pub lines: Vec<Birthday>,
    /// Members whose 入党时间 is known to the year: in a whole year they stand last, else they are left out.
    pub year_only: usize,
    /// Members whose 入党时间 is not known.
    pub unknown: usize,
}

/// The members among those of a list who have their 政治生日 in a period.
pub fn birthdays(desk: &Desk, of: &ListAsk, period: Period) -> Result<Birthdays> {
    let as_of = of.as_of;
    let conditions = [&of.conditions[..], &[Condition::Members]].concat();
    let ask = ListAsk { text: of.text.clone(), conditions, ..ListAsk::roll(as_of, of.scope) };
    let mut found = Birthdays::default();
    for id in list(desk, &ask)?.ids.iter() {
        let Some(card) = desk.directory().get(*id) else { continue };
        let Some(joined) = card.path.joined else {
            found.unknown += 1;
            continue;
        };
        found.year_only += usize::from(joined.month().is_none());
        for year in period.first.year()..=period.last.year() {
            if joined.year() < year && is_within(joined, year, period) {
                found.lines.push(Birthday {
                    person: *id,
                    name: card.name.to_string(),
                    branch: card.on_roll(as_of).map(|membership| membership.organisation),
                    joined,
                    year,
                    years: year - joined.year(),
                });
            }
        }
    }
    // What is not known stands last; the order of the roster stays otherwise.
    let place = |line: &Birthday| (line.year, line.joined.month_and_day().unwrap_or(i64::MAX));
    found.lines.sort_by_key(place);
    Ok(found)
}

/// Whether the anniversary in a year, or the whole month or year it is known to, lies in the period.
fn is_within(joined: PartialDate, year: i16, period: Period) -> bool {
    match (joined.month(), joined.day()) {
        (Some(month), Some(day)) => Period::month(year, month)
            .is_some_and(|whole| period.holds(Day::new(year, month, day).unwrap_or(whole.last))),
        (Some(month), None) => {
            Period::month(year, month).is_some_and(|whole| whole.first <= period.last && period.first <= whole.last)
        }
        (None, _) => Period::year(year).is_some_and(|whole| period.holds(whole.first) && period.holds(whole.last)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birthday_lies_in_its_month_and_on_the_last_of_february_where_the_year_has_no_29th() {
        let within = |joined: &str, period: Option<Period>| {
            let period = period.expect("a period");
            is_within(PartialDate::from_iso(joined).expect("a date"), period.first.year(), period)
        };
        let first_half = Period { first: Day::constant(2026, 7, 1), last: Day::constant(2026, 7, 15) };
        assert!(within("1996-07-15", Some(first_half)) && !within("1996-07-16", Some(first_half)));
        assert!(within("1996-07", Some(first_half)), "the day is open");
        assert!(!within("1996", Period::month(2026, 7)) && within("1996", Period::year(2026)));
        let late = Period { first: Day::constant(2026, 2, 20), last: Day::constant(2026, 3, 1) };
        assert!(within("1996-02-29", Some(late)), "on 28 February");
        assert!(within("1996-02-29", Period::month(2026, 2)) && !within("1996-02-29", Period::month(2026, 3)));
    }
}
