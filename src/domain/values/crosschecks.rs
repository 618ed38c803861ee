//! What the values of one person say about each other: ID number against birth and sex, dates against dates.
//!
//! Both values are kept; a person decides.

use std::collections::BTreeMap;

use super::{Trouble, Value};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::fields::Known;
use crate::domain::identity;

/// The age from which one can join (党章 art. 1).
pub const AGE_TO_JOIN: i16 = 18;
/// Nobody alive is older.
const OLDEST: i16 = 115;

/// The troubles among one person's values, each with the field that shows it.
pub fn cross_checks(values: &BTreeMap<Known, Value>, today: Day) -> Vec<(Known, Trouble)> {
    let date = |field: Known| values.get(&field).and_then(Value::as_date);
    let mut troubles = Vec::new();
    let told = values.get(&Known::IdNumber).and_then(Value::as_text).and_then(identity::told);
    if let Some(told) = told {
        if let (Some(in_number), Some(birth)) = (told.birth, date(Known::Birth))
            && !in_number.agrees_with(birth)
        {
            troubles.push((Known::IdNumber, Trouble::IdBirth));
        }
        let sex = values.get(&Known::Sex).and_then(Value::as_text);
        if sex.is_some_and(|sex| sex != told.sex.label()) {
            troubles.push((Known::IdNumber, Trouble::IdSex));
        }
    }
    let birth = date(Known::Birth);
    for (&field, value) in values {
        if let Value::Date(date) = *value
            && out_of_order(field, date, birth, values, today)
        {
            troubles.push((field, Trouble::DateOrder));
        }
    }
    troubles
}

fn out_of_order(
    field: Known,
    date: PartialDate,
    birth: Option<PartialDate>,
    values: &BTreeMap<Known, Value>,
    today: Day,
) -> bool {
    let oldest = if field == Known::Birth { OLDEST } else { OLDEST - AGE_TO_JOIN };
    if date.first_day() > today || date.plus_years(oldest).is_some_and(|limit| limit.last_day() < today) {
        return true;
    }
    let other = |field: Known| values.get(&field).and_then(Value::as_date);
    match field {
        Known::Joined => birth
            .and_then(|birth| birth.plus_years(AGE_TO_JOIN))
            .is_some_and(|of_age| date.last_day() < of_age.first_day()),
        Known::Full => other(Known::Joined).is_some_and(|joined| date.last_day() < joined.first_day()),
        Known::Applied | Known::Activist | Known::Candidate | Known::WorkStart => {
            birth.is_some_and(|birth| date.last_day() < birth.first_day())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn troubles(values: &[(Known, &str)]) -> Vec<(Known, Trouble)> {
        let values = values
            .iter()
            .map(|(field, text)| {
                let value = PartialDate::from_iso(text).map_or_else(|| Value::Text((*text).into()), Value::Date);
                (*field, value)
            })
            .collect();
        cross_checks(&values, Day::constant(2026, 11, 24))
    }

    #[test]
    fn the_id_number_is_held_against_birth_and_sex() {
        let id = (Known::IdNumber, "110000199807010020");
        assert_eq!(troubles(&[id, (Known::Birth, "1998-07"), (Known::Sex, "女")]), []);
        assert_eq!(troubles(&[id, (Known::Birth, "1998-08")]), [(Known::IdNumber, Trouble::IdBirth)]);
        assert_eq!(troubles(&[id, (Known::Sex, "男")]), [(Known::IdNumber, Trouble::IdSex)]);
    }

    #[test]
    fn dates_stand_in_order() {
        let order = |field| vec![(field, Trouble::DateOrder)];
        assert_eq!(troubles(&[(Known::Birth, "1980-05-02"), (Known::Joined, "1998-05-02")]), []);
        assert_eq!(troubles(&[(Known::Birth, "1980-05-02"), (Known::Joined, "1998-05-01")]), order(Known::Joined));
        assert_eq!(troubles(&[(Known::Birth, "1980-05"), (Known::Joined, "1998-05-01")]), []);
        assert_eq!(troubles(&[(Known::Joined, "1999-05"), (Known::Full, "1999-05-01")]), []);
        assert_eq!(troubles(&[(Known::Joined, "1999-05"), (Known::Full, "1999-04-30")]), order(Known::Full));
        assert_eq!(troubles(&[(Known::Full, "2050-07-01")]), order(Known::Full));
        assert_eq!(troubles(&[(Known::WorkStart, "2026-11-24")]), []);
        assert_eq!(troubles(&[(Known::WorkStart, "2026-11-25")]), order(Known::WorkStart));
        assert_eq!(troubles(&[(Known::Birth, "1905-07-11")]), order(Known::Birth));
    }
}
