//! The journal as it goes out: an entry a row, oldest first.

use super::{Column, Datum, Shown, Take};
use crate::problem::Result;
use crate::store::journal;
use crate::view::desk::Desk;

pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new("id", "步", 6.0),
        Column::new("at", "时刻", 22.0).only(Shown::Json),
        Column::new("at_shown", "时间", 18.0).only(Shown::Sheets),
        Column::new("operator", "操作人", 12.0),
        Column::new("origin", "来自", 14.0).only(Shown::Json),
        Column::new("title", "事由", 50.0),
        Column::new("reverts", "撤回第几步", 11.0),
        Column::new("undoable", "可以撤销", 9.0),
        Column::new("changes", "改动行数", 9.0),
    ]
}

pub(super) fn each_row(desk: &Desk, take: &mut Take<'_>) -> Result<()> {
    for entry in journal::all(desk.reader())? {
        take(&[
            Datum::owned(entry.id.to_string()),
            Datum::owned(entry.at.iso()),
            Datum::owned(entry.at.shown()),
            Datum::text(&entry.operator),
            Datum::text(&entry.origin),
            Datum::text(&entry.title),
            entry.reverts.map_or(Datum::Nothing, |id| Datum::owned(id.to_string())),
            Datum::Flag(entry.undoable),
            Datum::Number(i64::try_from(entry.changes).unwrap_or(i64::MAX)),
        ])?;
    }
    Ok(())
}
