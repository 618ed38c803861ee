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
const TO_ORGANISATION_BY_TALK: &str = "SELECT id FROM talk WHERE organisation = ?1 LIMIT 1";
const TO_ORGANISATION_BY_PLAN: &str = "SELECT id FROM planned_talk WHERE organisation = ?1 LIMIT 1";
const TO_PERSON_BY_TALK: &str = "SELECT talk FROM talk_person WHERE person = ?1 LIMIT 1";
const TO_PERSON_BY_FOLLOW_UP: &str = "SELECT talk FROM follow_up WHERE owner = ?1 LIMIT 1";
const TO_PERSON_AS_TALKER: &str = "SELECT id FROM planned_talk WHERE talker = ?1 LIMIT 1";
const TO_PERSON_AS_PARTNER: &str = "SELECT id FROM planned_talk WHERE partner = ?1 LIMIT 1";
const TO_ORGANISATION_BY_CHECKLIST: &str = "SELECT id FROM checklist WHERE organisation = ?1 LIMIT 1";
const TO_ORGANISATION_BY_NUMBERS: &str = "SELECT id FROM archive_numbers WHERE organisation = ?1 LIMIT 1";
const TO_PERSON_BY_CHECKLIST: &str = "SELECT id FROM checklist WHERE person = ?1 LIMIT 1";
const TO_PERSON_AS_OWNER: &str = "SELECT id FROM checklist_item WHERE owner = ?1 LIMIT 1";
const TO_CHECKLIST: &str = "SELECT id FROM checklist_item WHERE checklist = ?1 LIMIT 1";
const TO_ITEM_BY_PART: &str = "SELECT id FROM checklist_item WHERE parent = ?1 LIMIT 1";
const TO_ITEM_BY_EVIDENCE: &str = "SELECT item FROM evidence WHERE item = ?1 LIMIT 1";
const TO_TALK_BY_EVIDENCE: &str = "SELECT talk FROM evidence WHERE talk = ?1 LIMIT 1";
const TO_EVIDENCE_BY_VERSION: &str = "SELECT coalesce(item, talk) FROM evidence WHERE version_of = ?1 LIMIT 1";
const ANY_CHECKLIST: &str = "SELECT id FROM checklist LIMIT 1";
const ANY_TALK: &str = "SELECT id FROM talk LIMIT 1";
const ANY_PLAN: &str = "SELECT id FROM planned_talk LIMIT 1";
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
    TO_ORGANISATION_BY_TALK,
    TO_ORGANISATION_BY_PLAN,
    TO_PERSON_BY_TALK,
    TO_PERSON_BY_FOLLOW_UP,
    TO_PERSON_AS_TALKER,
    TO_PERSON_AS_PARTNER,
    TO_ORGANISATION_BY_CHECKLIST,
    TO_ORGANISATION_BY_NUMBERS,
    TO_PERSON_BY_CHECKLIST,
    TO_PERSON_AS_OWNER,
    TO_CHECKLIST,
    TO_ITEM_BY_PART,
    TO_ITEM_BY_EVIDENCE,
    TO_TALK_BY_EVIDENCE,
    TO_EVIDENCE_BY_VERSION,
    ANY_CHECKLIST,
    ANY_TALK,
    ANY_PLAN,
    ANY_MERGED,
];

/// Whether anything may refer to a person: somebody was merged, talked, or answers for an item. Else nobody need be asked for.
pub fn is_anybody_referred_to(reader: Reader<'_>) -> Result<bool> {
    for sql in [ANY_MERGED, ANY_TALK, ANY_PLAN, ANY_CHECKLIST] {
        if !reader.integers(sql, [])?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
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
            TO_ORGANISATION_BY_TALK,
            TO_ORGANISATION_BY_PLAN,
            TO_ORGANISATION_BY_CHECKLIST,
            TO_ORGANISATION_BY_NUMBERS,
        ],
        Table::Person => &[
            TO_PERSON_BY_MERGE,
            TO_PERSON_BY_TALK,
            TO_PERSON_BY_FOLLOW_UP,
            TO_PERSON_AS_TALKER,
            TO_PERSON_AS_PARTNER,
            TO_PERSON_BY_CHECKLIST,
            TO_PERSON_AS_OWNER,
        ],
        Table::Talk => &[TO_TALK_BY_EVIDENCE],
        Table::Checklist => &[TO_CHECKLIST],
        Table::Evidence => &[TO_EVIDENCE_BY_VERSION],
        Table::ChecklistItem => &[TO_ITEM_BY_PART, TO_ITEM_BY_EVIDENCE],
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
