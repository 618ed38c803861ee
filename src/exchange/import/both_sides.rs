//! Heads of columns that name who talked and whom they talked with together: 谈话双方, 谈话人与谈话对象.
//!
//! Start at [`settle_sides`].

use std::hash::Hash;

use super::head_words::{Records, Words, bare_head, talk_words};
use super::headers::{Column, Role};
use super::sheets::{Cell, Row};
use crate::domain::lists::TalkField;

/// Heads that name both and do not say who stands first.
pub(super) const BOTH: [&str; 14] = [
    "谈话双方",
    "谈话双方姓名",
    "谈话双方人员",
    "谈心双方",
    "谈心谈话双方",
    "双方",
    "双方姓名",
    "谈话人员",
    "谈话人员姓名",
    "谈心人员",
    "谈心谈话人员",
    "参谈人员",
    "参与谈话人员",
    "参加谈话人员",
];

/// Characters one of which every such head has, and how long it can be, in bytes: other cells are not looked at closely.
const HINTS: [char; 3] = ['谈', '双', '对'];
const LONGEST: usize = 60;

/// Whether a head says who of both stands first: 谈话人与谈话对象, 谈话双方（谈话人、谈话对象）.
pub(super) fn says_who_is_first(head: &str) -> bool {
    let inside = head.split_once(['(', '（']).map_or("", |(_, inside)| inside.trim_end_matches([')', '）']));
    let is_in_order = talk_words().pair(inside) == Some(Role::Pair(TalkField::Talkers, TalkField::Partners));
    is_in_order || !BOTH.contains(&bare_head(head.rsplit('/').next().unwrap_or(head)).as_str())
}

impl<K: Copy + Eq + Hash> Words<K> {
    /// Whether a column holds the field without which there is no table: in a ledger of talks it may be both sides.
    pub(super) fn is_key(&self, role: Role<K>) -> bool {
        match role {
            Role::Field(field) => field == self.key,
            Role::Pair(one, two) => {
                let is_of = |(_, first, second): &(_, K, K)| {
                    [*first, *second].contains(&one) && [*first, *second].contains(&two)
                };
                self.records == Records::Talks && self.pairs.iter().any(is_of)
            }
            _ => false,
        }
    }

    /// Whether a head is that of such a column.
    pub(super) fn names_key(&self, head: &str) -> bool {
        self.meaning(head) == Some(Role::Field(self.key)) || self.names_both(head)
    }

    /// Whether a cell of a row is the head of a column of both sides.
    pub(super) fn holds_both(&self, row: &Row) -> bool {
        row.cells.iter().any(|cell| matches!(cell, Cell::Text(text) if self.names_both(text)))
    }

    fn names_both(&self, head: &str) -> bool {
        self.records == Records::Talks
            && head.len() <= LONGEST
            && head.contains(HINTS)
            && self.pair(head).is_some_and(|role| self.is_key(role))
    }
}

/// A column of both sides beside one of a side is that of the other side.
pub(super) fn settle_sides<K: Copy + Eq + Hash>(columns: &mut [Column<K>], words: &Words<K>) {
    let has = |field: K| columns.iter().any(|column| column.role == Role::Field(field));
    let settled = columns.iter().map(|column| match column.role {
        Role::Pair(one, two) if words.is_key(column.role) => match (has(one), has(two)) {
            (false, false) => column.role,
            (true, false) => Role::Field(two),
            (false, true) => Role::Field(one),
            (true, true) => Role::Extra,
        },
        role => role,
    });
    let settled: Vec<Role<K>> = settled.collect();
    for (column, role) in columns.iter_mut().zip(settled) {
        column.role = role;
    }
}
