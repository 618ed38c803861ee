//! Columns of a ledger that tell of somebody on a side what a roster tells: 谈话对象/职务, 职务 beside 谈话人, 政治面貌.
//!
//! The roster has it of its people; of those in no roster it stands behind the name. Start at [`side_of_person`].

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::lists::{ColumnField, TalkField};
use crate::domain::values::{half_width, squeezed};
use crate::exchange::import::head_words::{bare_head, talk_words};
use crate::exchange::import::headers::Role;
use crate::exchange::import::recognised::{ColumnMeaning, RecognisedColumn};

/// What is told of a person.
const OF_PERSONS: [&str; 26] = [
    "单位、职务、政治面貌",
    "单位职务政治面貌",
    "工作单位及职务",
    "工作单位和职务",
    "单位及职务",
    "单位和职务",
    "单位、职务",
    "单位职务",
    "单位与职务",
    "职务职级",
    "职务/职级",
    "工作单位",
    "所在单位",
    "所在部门",
    "党内职务",
    "行政职务",
    "政治面貌",
    "人员类别",
    "人员身份",
    "单位",
    "部门",
    "科室",
    "职务",
    "职级",
    "岗位",
    "身份",
];

/// The side of whose person a head tells something: 谈话对象/职务, 被谈话人政治面貌.
pub fn side_of_person(head: &str) -> Option<TalkField> {
    let head = bare_head(head);
    let before = OF_PERSONS.iter().find_map(|what| head.strip_suffix(what))?;
    match talk_words().meaning(before.trim_end_matches('/').rsplit('/').next()?)? {
        Role::Field(side @ (TalkField::Talkers | TalkField::Partners)) => Some(side),
        _ => None,
    }
}

/// Sheets and places of columns that tell something of a person → their heads, the side before what stands there alone.
pub fn heads_of_persons(columns: &[RecognisedColumn]) -> HashMap<(Arc<str>, usize), Arc<str>> {
    let mut found = HashMap::new();
    let mut sorted: Vec<&RecognisedColumn> = columns.iter().collect();
    sorted.sort_by_key(|column| (Arc::clone(&column.sheet), column.index));
    let mut before: Option<(&Arc<str>, TalkField)> = None;
    for column in sorted {
        let side = before.filter(|(sheet, _)| **sheet == column.sheet).map(|(_, side)| side);
        before = match column.meaning {
            ColumnMeaning::Field(field) => side_of(field).map(|side| (&column.sheet, side)),
            ColumnMeaning::Extra => {
                let head = head_beside(&column.head, side);
                found.extend(head.map(|head| ((Arc::clone(&column.sheet), column.index), head)));
                side.filter(|_| is_of_person(&column.head)).map(|side| (&column.sheet, side))
            }
            _ => None,
        };
    }
    found
}

/// The head of a column as it is told, where it tells something of a person: 谈话人职务 of 职务 beside 谈话人.
pub fn head_beside(head: &str, side: Option<TalkField>) -> Option<Arc<str>> {
    if side_of_person(head).is_some() {
        return Some(head.into());
    }
    let side = side.filter(|_| is_of_person(head))?;
    Some(format!("{}{}", ColumnField::of(side).label, squeezed(&half_width(head))).into())
}

/// Whether a head alone says that something is told of a person.
pub fn is_of_person(head: &str) -> bool {
    OF_PERSONS.contains(&bare_head(head).as_str())
}

fn side_of(field: ColumnField) -> Option<TalkField> {
    [TalkField::Talkers, TalkField::Partners].into_iter().find(|side| ColumnField::of(*side) == field)
}
