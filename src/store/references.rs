//! Who refers to a row: asked when an undo would take the row away.

use super::reader::Reader;
use super::table::Table;
use crate::domain::ids::RecordId;
use crate::problem::Result;

const TO_ORGANISATION_BY_FACT: &str = "SELECT person FROM fact WHERE organisation = ?1 LIMIT 1";
const TO_ORGANISATION_BY_CHILD: &str = "SELECT id FROM organisation WHERE parent = ?1 LIMIT 1";
const TO_EXTRA_FIELD: &str = "SELECT person FROM extra_value WHERE field = ?1 LIMIT 1";
const TO_ORGANISATION_BY_EVENT: &str = "SELECT person FROM event WHERE organisation = ?1 LIMIT 1";
const TO_ORGANISATION_AS_TARGET: &str = "SELECT person FROM event WHERE target = ?1 LIMIT 1";
const TO_ORGANISATION_AS_OTHER: &str = "SELECT organisation FROM organisation_event WHERE other = ?1 LIMIT 1";
const ANY_MERGED: &str = "SELECT id FROM person WHERE merged_into IS NOT NULL LIMIT 1";
const TO_PERSON_BY_MERGE: &str = "SELECT id FROM person WHERE merged_into = ?1 LIMIT 1";
pub(super) const STATEMENTS: &[&str] = &[
    TO_ORGANISATION_BY_FACT,
    TO_ORGANISATION_BY_CHILD,
    TO_EXTRA_FIELD,
    TO_ORGANISATION_BY_EVENT,
    TO_ORGANISATION_AS_TARGET,
    TO_ORGANISATION_AS_OTHER,
    TO_PERSON_BY_MERGE,
    ANY_MERGED,
];

/// Whether anybody was merged with somebody: else nothing refers to a person, and nobody need be asked for.
pub fn is_anybody_merged(reader: Reader<'_>) -> Result<bool> {
    Ok(!reader.integers(ANY_MERGED, [])?.is_empty())
}

/// A record that refers to this row, if one does.
pub fn first_to(reader: Reader<'_>, table: Table, id: RecordId) -> Result<Option<RecordId>> {
    let questions: &[&str] = match table {
        Table::Organisation => &[
            TO_ORGANISATION_BY_FACT,
            TO_ORGANISATION_BY_CHILD,
            TO_ORGANISATION_BY_EVENT,
            TO_ORGANISATION_AS_TARGET,
            TO_ORGANISATION_AS_OTHER,
        ],
        Table::Person => &[TO_PERSON_BY_MERGE],
        Table::ExtraField => &[TO_EXTRA_FIELD],
        _ => &[],
    };
    for sql in questions {
        if let Some(record) = reader.integers(sql, [id])?.first() {
            return Ok(Some(*record));
        }
    }
    Ok(None)
}
