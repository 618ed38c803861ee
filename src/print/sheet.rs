//! What every sheet carries, as data for `assets/print/sheet.typ`: title, 填报单位（盖章）, 截至, 填报日期, 制表人,
//! 审核人, notes, 练习.
//!
//! Knows no form. Start at [`SheetData`].

use std::collections::BTreeMap;

use serde::Serialize;

use super::fit::Ruler;
use super::fonts::{FontRole, PaperFonts};
use super::frame::Frame;
use super::printable::Printable;
use crate::clock::Day;
use crate::domain::dates::Period;

/// Points in a millimetre.
pub(super) const POINTS_PER_MILLIMETRE: f64 = 72.0 / 25.4;

/// The part of a template's data that all forms share.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SheetData {
    pub fonts: BTreeMap<&'static str, Vec<String>>,
    pub title: String,
    pub organisation: String,
    pub as_of: String,
    pub filled_on: String,
    pub prepared_by: String,
    pub checked_by: String,
    pub notes: Vec<String>,
    pub practice: bool,
}

impl SheetData {
    pub(super) fn new(title: &str, frame: &Frame, fonts: &PaperFonts, printable: &mut Printable<'_>) -> Self {
        let families = |role: FontRole| (role.key(), fonts.families(role).to_vec());
        Self {
            fonts: FontRole::ALL.into_iter().map(families).collect(),
            title: printable.owned(title),
            organisation: printable.owned(&frame.organisation),
            as_of: long_date(frame.as_of),
            filled_on: long_date(frame.filled_on),
            prepared_by: printable.owned(&frame.prepared_by),
            checked_by: printable.owned(&frame.checked_by),
            notes: Vec::new(),
            practice: frame.practice,
        }
    }

    /// Sets the notes at the end, and after them the one about characters that no font had. Called last of all, when
    /// every text of the form was made printable.
    pub(super) fn set_notes<'n>(&mut self, notes: impl Iterator<Item = &'n str>, printable: &mut Printable<'_>) {
        self.notes = notes.map(|note| printable.owned(note)).collect();
        self.notes.extend(printable.note());
    }
}

/// The largest size in points, at most `most`, at which a title stands on one line of a width in millimetres.
pub(super) fn title_size(title: &str, millimetres: f64, most: f64, ruler: &Ruler) -> f64 {
    let points = (millimetres - 10.0) * POINTS_PER_MILLIMETRE;
    (points / ruler.width(title).max(1.0)).clamp(9.0, most)
}

/// `2026年11月24日`, as GB/T 9704-2012 sets dates.
pub(super) fn long_date(day: Day) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// `2026年`, `2026年7月`, `2026年1月1日至6月30日`.
pub(super) fn period_words(period: Period) -> String {
    let (first, last) = (period.first, period.last);
    let is_whole = |last_of: Day| first.day() == 1 && last == last_of;
    if first.month() == 1 && is_whole(first.last_of_year()) {
        return format!("{}年", first.year());
    }
    if is_whole(first.last_of_month()) {
        return format!("{}年{}月", first.year(), first.month());
    }
    if first == last {
        return long_date(first);
    }
    if first.year() == last.year() {
        return format!("{}至{}月{}日", long_date(first), last.month(), last.day());
    }
    format!("{}至{}", long_date(first), long_date(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_told_as_shortly_as_it_can_be() {
        let words = |first: &str, last: &str| {
            let day = |text: &str| text.parse::<Day>().expect("a day");
            period_words(Period { first: day(first), last: day(last) })
        };
        assert_eq!(words("2026-01-01", "2026-12-31"), "2026年");
        assert_eq!(words("2024-02-01", "2024-02-29"), "2024年2月");
        assert_eq!(words("2026-07-01", "2026-09-30"), "2026年7月1日至9月30日");
        assert_eq!(words("2025-12-01", "2026-01-31"), "2025年12月1日至2026年1月31日");
        assert_eq!(words("2026-07-01", "2026-07-01"), "2026年7月1日");
    }

    #[test]
    fn dates_carry_no_leading_zero() {
        assert_eq!(long_date(Day::constant(2026, 1, 5)), "2026年1月5日");
    }
}
