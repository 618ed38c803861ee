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
        let place = match self.table {
            Table::Organisation => 0,
            Table::Fact => 2,
            Table::ExtraValue => 1,
            _ => return Vec::new(),
        };
        cells.get(place).and_then(Cell::integer).into_iter().collect()
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

/// Unpacks a block. Columns are matched by name: one that is gone or new since stops with a problem.
pub(super) fn unpack(payload: &[u8]) -> Result<Vec<Change>> {
    use std::io::Read as _;
    let mut text = Vec::new();
    zstd::Decoder::new(payload).map_err(damaged)?.take(UNPACKED_LIMIT).read_to_end(&mut text).map_err(damaged)?;
    let block: Block = serde_json::from_slice(&text).map_err(damaged)?;
    for (name, columns) in &block.columns {
        let known = Table::from_name(name);
        if known.is_none_or(|table| table.columns() != columns.as_slice()) {
            return Err(Problem::input("没有撤销", "这一步是旧版本的程序做的，它改过的表后来变了样"));
        }
    }
    let change = |Line(table, id, before, after)| {
        let table = Table::from_name(&table).ok_or_else(|| damaged(table))?;
        Ok(Change { table, id, before, after })
    };
    block.changes.into_iter().map(change).collect()
}

fn damaged(cause: impl std::fmt::Display) -> Problem {
    Problem::new(crate::problem::ProblemKind::File, "读不出操作记录", "操作记录里有一块已损坏")
        .next("请运行检查（check），必要时从备份恢复")
        .detail(cause.to_string())
}
