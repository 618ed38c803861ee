//! The journal as a readable diary (操作记录).

use super::desk::Desk;
use crate::command::undo::{next_redo, next_undo, plain_title};
use crate::domain::dates::PartialDate;
use crate::domain::fields::{FactKind, Known};
use crate::domain::ids::{EntryId, OrganisationId, RecordId};
use crate::problem::Result;
use crate::store::journal::{self, Entry};
use crate::store::reader::Reader;
use crate::store::{Change, Table};

/// One entry of the diary.
#[derive(Debug, Clone, PartialEq)]
pub struct DiaryLine {
    pub entry: Entry,
    /// Whether it still stands: not taken back.
    pub stands: bool,
    /// Whether 撤销此项 is worth offering.
    pub can_undo: bool,
}

/// What 撤销 and 重做 would do now, by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UndoNames {
    pub undo: Option<(Entry, String)>,
    pub redo: Option<(Entry, String)>,
}

/// What 撤销 and 重做 would do now.
pub fn undo_names(reader: Reader<'_>) -> Result<UndoNames> {
    let named = |entry: Option<Entry>| -> Result<Option<(Entry, String)>> {
        let Some(entry) = entry else { return Ok(None) };
        let title = plain_title(reader, &entry)?;
        Ok(Some((entry, title)))
    };
    Ok(UndoNames { undo: named(next_undo(reader)?)?, redo: named(next_redo(reader)?)? })
}

/// The newest entries, newest first; of one record, or of all.
pub fn diary(desk: &Desk, record: Option<RecordId>, limit: u32) -> Result<Vec<DiaryLine>> {
    let reader = desk.reader();
    let entries = match record {
        Some(record) => journal::of_record(reader, record, limit)?,
        None => journal::newest(reader, None, limit)?,
    };
    entries
        .into_iter()
        .map(|entry| {
            let stands = journal::reverted_by(reader, entry.id)?.is_none();
            let can_undo = stands && entry.undoable && entry.reverts.is_none();
            Ok(DiaryLine { entry, stands, can_undo })
        })
        .collect()
}

/// What an entry changed, in words, at most `limit` lines; of one record, or of all.
pub fn changes(desk: &Desk, entry: EntryId, record: Option<RecordId>, limit: usize) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    journal::each_change(desk.reader(), entry, |change| {
        if lines.len() < limit && record.is_none_or(|record| change.record() == record) {
            lines.extend(in_words(desk, &change));
        }
        Ok(())
    })?;
    lines.truncate(limit);
    Ok(lines)
}

/// The later entries that stand in the way of taking this one back.
pub fn in_the_way(desk: &Desk, entry: EntryId) -> Result<Vec<Entry>> {
    journal::standing_since(desk.reader(), entry)
}

/// A change of a row as lines: 「学历：大专 → 大学本科」.
fn in_words(desk: &Desk, change: &Change) -> Vec<String> {
    let columns = change.table.columns();
    let cell = |row: &Option<Vec<crate::store::Cell>>, place: usize| -> String {
        row.as_ref().map_or_else(String::new, |cells| cell_in_words(desk, change.table, columns[place], &cells[place]))
    };
    let subject = subject(desk, change);
    match (&change.before, &change.after) {
        (None, Some(_)) => vec![format!("新增{subject}")],
        (Some(_), None) => vec![format!("去掉{subject}")],
        _ => (0..columns.len())
            .filter(|place| cell(&change.before, *place) != cell(&change.after, *place))
            .map(|place| {
                let dash = |text: String| if text.is_empty() { "—".to_owned() } else { text };
                format!(
                    "{}{}：{} → {}",
                    if change.table == Table::Fact { subject.clone() + "的" } else { String::new() },
                    column_label(change.table, columns[place]),
                    dash(cell(&change.before, place)),
                    dash(cell(&change.after, place))
                )
            })
            .collect(),
    }
}

/// What the row is, in words.
fn subject(desk: &Desk, change: &Change) -> String {
    let cells = change.after.as_ref().or(change.before.as_ref());
    let at = |name: &str| {
        let place = change.table.columns().iter().position(|column| *column == name)?;
        Some(cell_in_words(desk, change.table, name, cells?.get(place)?)).filter(|text| !text.is_empty())
    };
    match change.table {
        Table::Person => format!("党员 {}", at("name").unwrap_or_default()),
        Table::Organisation => format!("党组织 {}", at("name").unwrap_or_default()),
        Table::Fact => {
            let parts = [at("kind"), at("organisation"), at("value"), at("from_day").map(|day| format!("自 {day}"))];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        Table::ExtraField => format!("自定义字段 {}", at("label").unwrap_or_default()),
        Table::ExtraValue => format!("{} {}", at("field").unwrap_or_default(), at("value").unwrap_or_default()),
        Table::Setting => format!("设置 {}", at("name").unwrap_or_default()),
        Table::Output => format!("{} {}", at("what").unwrap_or_default(), at("scope").unwrap_or_default()),
    }
}

fn column_label(table: Table, column: &str) -> String {
    let known = match table {
        Table::Person => Known::from_name(column).map(|known| known.label()),
        Table::Organisation => crate::command::organisation_field_label(column),
        _ => None,
    };
    let own = match column {
        "category_told" => "花名册所载类别",
        "category_told_on" => "花名册日期",
        "voided" => "作废原因",
        "parent" => "上级党组织",
        "position" => "次序",
        "kind" => "类别",
        "organisation" => "党组织",
        "value" => "内容",
        "place" => "去向",
        "from_day" => "起始",
        "to_day" => "结束",
        other => other,
    };
    known.unwrap_or(own).to_owned()
}

fn cell_in_words(desk: &Desk, table: Table, column: &str, cell: &crate::store::Cell) -> String {
    match (cell, column) {
        (crate::store::Cell::Null, _) => String::new(),
        (crate::store::Cell::Integer(id), "organisation" | "parent") => {
            desk.tree().get(OrganisationId(*id)).map_or_else(|| id.to_string(), |node| node.name.clone())
        }
        (crate::store::Cell::Integer(stored), _) => {
            let is_count = matches!(column, "position" | "row_count" | "masked" | "at" | "person" | "field");
            match PartialDate::from_stored(*stored) {
                Some(date) if !is_count => date.to_string(),
                _ => stored.to_string(),
            }
        }
        (crate::store::Cell::Text(text), "kind") if table == Table::Fact => {
            FactKind::from_name(text).map_or_else(|| text.clone(), |kind| kind.label().to_owned())
        }
        (crate::store::Cell::Text(text), "id_number") => crate::domain::identity::masked(text),
        (crate::store::Cell::Text(text), "phone") => crate::domain::identity::masked_phone(text),
        (crate::store::Cell::Text(text), _) => text.clone(),
    }
}
