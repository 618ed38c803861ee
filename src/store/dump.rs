//! Canonical text of all content, sorted: equal content gives equal bytes.

use std::io::Write;

use super::journal;
use super::reader::Reader;
use super::table::Table;
use crate::problem::Result;

/// Writes every row of every table, one JSON line each; the journal's entries too, unless left out.
pub fn write(reader: Reader<'_>, with_journal: bool, out: &mut impl Write) -> Result<()> {
    for table in Table::ALL {
        let columns = table.columns();
        let sql = format!("SELECT id, {} FROM {} ORDER BY id", table.quoted_columns(), table.name());
        let mut statement = reader.0.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let mut line = serde_json::Map::new();
            line.insert("table".into(), table.name().into());
            line.insert("id".into(), row.get::<_, i64>(0)?.to_string().into());
            for (place, column) in columns.iter().enumerate() {
                let cell: super::cell::Cell = row.get(place + 1)?;
                let value = serde_json::to_value(cell).unwrap_or_default();
                if !value.is_null() {
                    line.insert((*column).into(), value);
                }
            }
            writeln!(out, "{}", serde_json::Value::Object(line))?;
        }
    }
    if with_journal {
        for entry in journal::all(reader)? {
            let chain: String = entry.chain.iter().map(|byte| format!("{byte:02x}")).collect();
            writeln!(
                out,
                "{}",
                serde_json::json!({
                    "table": "entry", "id": entry.id.0.to_string(), "at": entry.at.0, "operator": entry.operator,
                    "origin": entry.origin, "title": entry.title, "reverts": entry.reverts.map(|id| id.0.to_string()),
                    "changes": entry.changes, "chain": chain,
                })
            )?;
        }
    }
    Ok(())
}
