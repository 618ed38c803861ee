//! Table `rule_change`: rules as this workbook has them, where it differs from what the program brings.

use super::cell::Cell;
use super::reader::{Query, Reader, Row, impossible};
use super::table::Table;
use crate::domain::rules::{RuleBook, RuleChange};
use crate::problem::Result;

const ALL: Query = Query::new(Table::RuleChange, "ORDER BY rule");
pub(super) const QUERIES: &[Query] = &[ALL];

/// What the workbook changed.
pub fn changes(reader: Reader<'_>) -> Result<Vec<RuleChange>> {
    reader.rows(ALL, [])
}

/// The rules as they hold in this workbook.
pub fn book(reader: Reader<'_>) -> Result<RuleBook> {
    Ok(RuleBook::shipped()?.with(&changes(reader)?))
}

impl Row for RuleChange {
    const TABLE: Table = Table::RuleChange;

    fn id(&self) -> i64 {
        self.id
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.rule.as_str().into(),
            self.numbers_text().into(),
            self.enabled.map(i64::from).into(),
            (&self.note).into(),
        ]
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let fail = |column: &str| impossible(Table::RuleChange, id, column);
        let mut cells = cells.into_iter();
        let mut next = || cells.next().unwrap_or(Cell::Null);
        let rule = next().into_text().ok_or_else(|| fail("rule"))?;
        let numbers = RuleChange::numbers_in(next().into_text().as_deref()).ok_or_else(|| fail("numbers"))?;
        Ok(Self { id, rule, numbers, enabled: next().integer().map(|enabled| enabled != 0), note: next().into_text() })
    }
}
