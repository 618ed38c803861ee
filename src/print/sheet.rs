//! What every sheet carries, as data for `assets/print/sheet.typ`: title, 填报单位（盖章）, 截至, 填报日期, 制表人,
//! 审核人, notes, 练习.
//!
//! Knows no form. Start at [`SheetData`].

use std::collections::BTreeMap;

use serde::Serialize;

use super::fonts::{FontRole, PaperFonts};
use super::printable::Printable;
use crate::clock::Day;

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

/// What a form tells of itself for [`SheetData`].
pub(super) struct SheetWords<'a> {
    pub title: &'a str,
    pub organisation: &'a str,
    pub as_of: Day,
    pub filled_on: Day,
    pub prepared_by: &'a str,
    pub checked_by: &'a str,
    pub practice: bool,
}

impl SheetData {
    pub(super) fn new(words: &SheetWords<'_>, fonts: &PaperFonts, printable: &mut Printable<'_>) -> Self {
        let families = |role: FontRole| (role.key(), fonts.families(role).to_vec());
        Self {
            fonts: FontRole::ALL.into_iter().map(families).collect(),
            title: printable.owned(words.title),
            organisation: printable.owned(words.organisation),
            as_of: long_date(words.as_of),
            filled_on: long_date(words.filled_on),
            prepared_by: printable.owned(words.prepared_by),
            checked_by: printable.owned(words.checked_by),
            notes: Vec::new(),
            practice: words.practice,
        }
    }

    /// Sets the notes at the end, and after them the one about characters that no font had. Called last of all, when
    /// every text of the form was made printable.
    pub(super) fn set_notes<'n>(&mut self, notes: impl Iterator<Item = &'n str>, printable: &mut Printable<'_>) {
        self.notes = notes.map(|note| printable.owned(note)).collect();
        self.notes.extend(printable.note());
    }
}

/// `2026年11月24日`, as GB/T 9704-2012 sets dates.
pub(super) fn long_date(day: Day) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_carry_no_leading_zero() {
        assert_eq!(long_date(Day::constant(2026, 1, 5)), "2026年1月5日");
    }
}
