//! Suspects rows whose values stand one column beside their heads. They are reported, never repaired.

use std::sync::Arc;

use super::headers::Role;
use super::settle::Settled;
use super::sheets::{Row, raw};
use crate::domain::fields::Known;
use crate::domain::values::{Context, Reading, Trouble, read, says_nothing};

/// Fields whose values show by themselves what they are.
const TELLING: [Known; 8] = [
    Known::Sex,
    Known::Nation,
    Known::Birth,
    Known::IdNumber,
    Known::Joined,
    Known::Full,
    Known::Category,
    Known::Phone,
];

/// How many values must stand under the wrong heads.
pub const LEAST_MISFITS: usize = 3;

/// Whether at least three values do not fit their heads, and nearly all of these fit the neighbour's.
pub fn is_shifted(row: &Row, columns: &[(Settled, Arc<str>)]) -> bool {
    let telling = || {
        columns.iter().filter_map(|(settled, _)| match settled.column.role {
            Role::Field(field) if TELLING.contains(&field) => Some((settled, field)),
            _ => None,
        })
    };
    let misplaced: Vec<usize> = telling()
        .filter(|(settled, field)| fits(row, settled.column.index, *field, &settled.context) == Some(false))
        .map(|(settled, _)| settled.column.index)
        .collect();
    if misplaced.len() < LEAST_MISFITS {
        return false;
    }
    [-1isize, 1].into_iter().any(|offset| {
        let displaced = telling()
            .filter(|(settled, field)| {
                let at = settled.column.index.checked_add_signed(offset);
                let beside = at.and_then(|index| fits(row, index, *field, &settled.context));
                beside == Some(true) && fits(row, settled.column.index, *field, &settled.context) != Some(true)
            })
            .count();
        displaced >= LEAST_MISFITS
    })
}

/// Whether a cell holds a value of the field; none where it says nothing.
fn fits(row: &Row, index: usize, field: Known, context: &Context) -> Option<bool> {
    let cell = row.cell(index);
    let text = cell.shown();
    if says_nothing(&text) {
        return None;
    }
    Some(match read(field.spec(), &raw(cell, &text), context) {
        Reading::Refused(
            Trouble::NotAMember | Trouble::DateInvalid | Trouble::IdDigitsLost | Trouble::PhoneDigitsLost,
        ) => true,
        Reading::Doubtful(..) => is_nearly(field, &text),
        Reading::Refused(_) => false,
        _ => true,
    })
}

/// Numbers with a slip in them are numbers still.
fn is_nearly(field: Known, text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    match field {
        Known::IdNumber => digits >= 14,
        Known::Phone => (7..=12).contains(&digits) && !text.contains(['年', '月']),
        _ => true,
    }
}
