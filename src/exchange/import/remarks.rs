//! What rows say besides values, on its way into the remarks of their records: nothing that somebody wrote is lost.
//!
//! Start at [`remark_of`].

use std::collections::HashMap;
use std::sync::Arc;

use super::reading::{Kept, Question, RosterRow};
use crate::domain::as_written::{line, remark_with};
use crate::domain::lists::ListField;

/// Characters of a remark that the workbook keeps.
const LONGEST: usize = 10_000;

/// The remark of a record that a row is about: what is held already, what the list has as its remark, and the texts of
/// the row that are no values. Where the record has a value of its own, a text that gave none adds nothing.
pub(super) fn remark_of<K: ListField>(
    held: &str,
    told: Option<&str>,
    kept: &[Kept<K>],
    has_value: impl Fn(K) -> bool,
) -> String {
    let adds = |kept: &&Kept<K>| kept.instead_of.is_none_or(|field| !has_value(field));
    let lines: Vec<String> = kept.iter().filter(adds).map(|kept| line(&kept.head, &kept.text)).collect();
    remark_with(held, told, &lines)
}

/// Whether a remark is no longer than the workbook keeps it.
pub(super) fn has_room(remark: &str) -> bool {
    remark.chars().count() <= LONGEST
}

/// Cells about which nobody answered what they mean are kept as they are.
pub(super) fn keep_unanswered<K: ListField>(rows: &mut [RosterRow<K>], questions: &[Question<K>]) {
    if questions.is_empty() {
        return;
    }
    let mut open: HashMap<(&Arc<str>, u32), Vec<&Question<K>>> = HashMap::new();
    for question in questions {
        open.entry((&question.sheet, question.row)).or_default().push(question);
    }
    for row in rows {
        let asked = open.remove(&(&row.sheet, row.row)).unwrap_or_default();
        row.kept.extend(asked.into_iter().map(|question| Kept {
            head: question.field.label().into(),
            text: question.raw.clone(),
            instead_of: Some(question.field),
        }));
    }
}
