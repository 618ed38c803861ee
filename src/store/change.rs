//! A change of one row, and how changes are packed into compressed blocks for the journal.

use std::io::Write as _;

use serde::{Deserialize, Serialize};

use super::cell::Cell;
use super::table::Table;
use crate::problem::{Problem, Result};

/// Changes per block: large enough to compress well, small enough to hold a few in memory.
pub(super) const BLOCK_CHANGES: usize = 2_048;
const LEVEL: i32 = 3;
/// A block larger than this when unpacked is damaged.
const UNPACKED_LIMIT: u64 = 256 << 20;

/// A row before and after: inserted (no before), updated, or deleted (no after).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub table: Table,
    pub id: i64,
    pub before: Option<Vec<Cell>>,
    pub after: Option<Vec<Cell>>,
}

impl Change {
    /// The record the row belongs to.
    pub fn record(&self) -> i64 {
        let cells = self.after.as_ref().or(self.before.as_ref()).map_or(&[][..], Vec::as_slice);
        self.table.record(self.id, cells)
    }

    /// The records this row refers to, besides the one it belongs to: the organisation of a fact, a parent.
    pub fn referred(&self) -> Vec<i64> {
        let cells = self.after.as_ref().or(self.before.as_ref()).map_or(&[][..], Vec::as_slice);
        let column = |name: &str| self.table.columns().iter().position(|column| *column == name);
        let names: &[&str] = match self.table {
            Table::Organisation => &["parent"],
            Table::OrganisationEvent => &["other"],
            Table::Person => &["merged_into"],
            Table::Fact => &["organisation"],
            Table::Event => &["organisation", "target"],
            Table::ExtraValue => &["field"],
            Table::Talk => &["organisation"],
            Table::TalkPerson => &["person"],
            Table::FollowUp => &["owner"],
            Table::PlannedTalk => &["organisation", "talker", "partner"],
            Table::Checklist => &["organisation", "person"],
            Table::ChecklistItem => &["checklist", "parent", "owner"],
            Table::ArchiveNumbers => &["organisation"],
            _ => &[],
        };
        names.iter().filter_map(|name| cells.get(column(name)?).and_then(Cell::integer)).collect()
    }

    /// The person with whom this one is or was one, where the change is of a person: both go back together.
    pub fn merged_with(&self) -> Option<i64> {
        let place = Table::Person.columns().iter().position(|column| *column == "merged_into")?;
        let into = |row: &Option<Vec<Cell>>| row.as_ref().and_then(|row| row.get(place)).and_then(Cell::integer);
        if self.table == Table::Person { into(&self.after).or_else(|| into(&self.before)) } else { None }
    }

    /// The change that takes this one back.
    pub fn reverse(self) -> Self {
        Self { before: self.after, after: self.before, ..self }
    }
}

#[derive(Serialize, Deserialize)]
struct Line(String, i64, Option<Vec<Cell>>, Option<Vec<Cell>>);

#[derive(Serialize, Deserialize)]
struct Block {
    /// The columns of each table that occurs, so that the block can be read under a later schema.
    columns: std::collections::BTreeMap<String, Vec<String>>,
    changes: Vec<Line>,
}

/// Packs changes into one compressed block.
pub(super) fn pack(changes: Vec<Change>) -> Result<Vec<u8>> {
    let mut columns = std::collections::BTreeMap::new();
    let mut lines = Vec::with_capacity(changes.len());
    for change in changes {
        let table = change.table;
        columns
            .entry(table.name().to_owned())
            .or_insert_with(|| table.columns().iter().map(|&column| column.to_owned()).collect());
        lines.push(Line(table.name().to_owned(), change.id, change.before, change.after));
    }
    let text = serde_json::to_vec(&Block { columns, changes: lines }).map_err(damaged)?;
    let mut encoder = zstd::Encoder::new(Vec::new(), LEVEL).map_err(damaged)?;
    encoder.write_all(&text).map_err(damaged)?;
    encoder.finish().map_err(damaged)
}

/// Unpacks a block, also one that was written under an older schema: a column that is new since was empty then. A
/// column, or a table, that is gone since stops with a sentence.
pub(super) fn unpack(payload: &[u8]) -> Result<Vec<Change>> {
    use std::io::Read as _;
    let mut text = Vec::new();
    zstd::Decoder::new(payload).map_err(damaged)?.take(UNPACKED_LIMIT).read_to_end(&mut text).map_err(damaged)?;
    let block: Block = serde_json::from_slice(&text).map_err(damaged)?;
    let mut places = std::collections::BTreeMap::new();
    for (name, columns) in &block.columns {
        let table = Table::from_name(name).ok_or_else(outlived)?;
        places.insert(name.clone(), (table, places_today(table, columns)?));
    }
    let change = |Line(name, id, before, after)| {
        let (table, places) = places.get(&name).ok_or_else(|| damaged(&name))?;
        let today = |cells| image_today(*table, places, cells);
        Ok(Change { table: *table, id, before: before.map(today), after: after.map(today) })
    };
    block.changes.into_iter().map(change).collect()
}

/// Where each column of an older image stands today.
fn places_today(table: Table, columns: &[String]) -> Result<Vec<usize>> {
    let place = |column: &String| table.columns().iter().position(|today| today == column);
    columns.iter().map(|column| place(column).ok_or_else(outlived)).collect()
}

fn image_today(table: Table, places: &[usize], cells: Vec<Cell>) -> Vec<Cell> {
    let mut image = vec![Cell::Null; table.columns().len()];
    for (place, cell) in places.iter().zip(cells) {
        image[*place] = cell;
    }
    image
}

fn outlived() -> Problem {
    Problem::input("没有撤销", "这一步是旧版本的程序做的，它改过的内容在升级时变了样")
        .next("升级前的备份里还有当时的内容")
}

fn damaged(cause: impl std::fmt::Display) -> Problem {
    Problem::new(crate::problem::ProblemKind::File, "读不出操作记录", "操作记录里有一块已损坏")
        .next("请运行检查（check），必要时从备份恢复")
        .detail(cause.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(columns: &[&str], cells: Vec<Cell>) -> Vec<u8> {
        let columns = columns.iter().map(|&column| column.to_owned()).collect();
        let block = Block {
            columns: [("extra_field".to_owned(), columns)].into(),
            changes: vec![Line("extra_field".into(), 7, None, Some(cells))],
        };
        zstd::encode_all(&serde_json::to_vec(&block).expect("JSON")[..], LEVEL).expect("packed")
    }

    #[test]
    fn an_image_from_before_a_column_was_added_is_read_with_the_column_empty() {
        let changes = unpack(&block(&["position"], vec![Cell::Integer(1_024)])).expect("read");
        assert_eq!(changes[0].after, Some(vec![Cell::Null, Cell::Integer(1_024), Cell::Null, Cell::Null]));
    }

    #[test]
    fn an_image_with_a_column_that_is_gone_stops_with_a_sentence() {
        let problem = unpack(&block(&["colour"], vec!["红".into()])).expect_err("gone");
        assert!(problem.happened.contains("旧版本"), "{problem}");
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        let change = Change {
            table: Table::Setting,
            id: 3,
            before: Some(vec!["title".into(), "旧".into()]),
            after: Some(vec!["title".into(), "新".into()]),
        };
        assert_eq!(unpack(&pack(vec![change.clone()]).expect("packed")).expect("read"), [change]);
    }
}
