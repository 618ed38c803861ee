//! Tables of figures as they go out: for people the table with its title and its notes, for programs its figures.

use std::path::Path;

use super::{Caption, Column, Datum, Format, Sheet, Shown, Take, Written};
use crate::clock::Moment;
use crate::problem::Result;
use crate::progress::Progress;
use crate::store::files::write_with;
use crate::view::desk::Desk;
use crate::view::figures::{Figure, Reckoned};
use crate::view::statistics::{FigureTable, StatisticsAsk, TableCell, TableRow, statistics};

/// The keys of a figure in JSON.
pub(super) fn columns() -> Vec<Column> {
    ["name", "label", "value", "unit", "definition", "as_of", "scope", "scope_id", "rows"]
        .map(|name| Column::new(name, name, 0.0).only(Shown::Json))
        .to_vec()
}

/// Passes the figures of a table, with the ids of the records behind each.
pub(super) fn each_figure(desk: &Desk, ask: &StatisticsAsk, take: &mut Take<'_>) -> Result<()> {
    for figure in statistics(desk, ask)?.figures() {
        let ids: Vec<String> = figure.rows.iter().map(ToString::to_string).collect();
        take(&[
            Datum::text(&figure.name),
            Datum::text(&figure.label),
            value_of(&figure),
            Datum::text(figure.unit),
            Datum::text(&figure.definition),
            Datum::owned(figure.as_of.to_string()),
            Datum::text(&figure.scope_name),
            figure.scope.map_or(Datum::Nothing, |id| Datum::owned(id.to_string())),
            Datum::List(ids.iter().map(String::as_str).collect()),
        ])?;
    }
    Ok(())
}

/// The value: of a reckoned figure a rate as a part of 1.
pub(super) fn value_of(figure: &Figure) -> Datum<'static> {
    match figure.reckoned {
        None => Datum::Number(i64::try_from(figure.value).unwrap_or(i64::MAX)),
        Some(Reckoned::Difference(difference)) => Datum::Number(difference),
        Some(Reckoned::Rate(rate)) => Datum::Share(rate),
    }
}

/// Writes the table as it is seen.
pub(super) fn write_table(
    desk: &Desk,
    ask: &StatisticsAsk,
    format: Format,
    path: &Path,
    replace: bool,
    at: Moment,
    progress: &Progress,
) -> Result<Written> {
    progress.stage("统计", 0)?;
    let table = statistics(desk, ask)?.table(at.day());
    let columns = columns_of(&table);
    let caption = Caption { title: ask.title(), scope: ask.in_words(desk), notes: table.notes.clone() };
    let mut shortened = 0;
    write_with(path, replace, |file| {
        let mut sheet = Sheet::begin(format, file, ask.label(), &columns, Some(caption), at)?;
        table.rows.iter().try_for_each(|row| sheet.row(&cells_of(row)))?;
        shortened = sheet.end()?;
        Ok(())
    })?;
    Ok(Written { rows: table.rows.len() as u64, shortened })
}

fn columns_of(table: &FigureTable) -> Vec<Column> {
    let widest = table.rows.iter().map(|row| row.label.chars().count() + row.depth).max().unwrap_or(0);
    // A Chinese character is as wide as two digits.
    let first = Column::new("", &table.corner, (widest as f64 * 2.0 + 2.0).clamp(12.0, 60.0));
    // Texts among the numbers (3 + 4 + 5 + 6) are written whole.
    let text = |row: &TableRow, place: usize| match row.cells.get(place) {
        Some(TableCell::Text(text)) => text.chars().count(),
        _ => 0,
    };
    let width = |place: usize| table.rows.iter().map(|row| text(row, place)).max().unwrap_or(0) as f64 + 3.0;
    let others = table.columns.iter().enumerate();
    let others = others.map(|(place, label)| Column::new("", label, width(place).clamp(11.0, 40.0)).number());
    std::iter::once(first).chain(others).collect()
}

fn cells_of(row: &TableRow) -> Vec<Datum<'_>> {
    let label = format!("{}{}", "　".repeat(row.depth), row.label);
    let cell = |cell: &TableCell| match cell {
        TableCell::Nothing => Datum::Nothing,
        TableCell::Text(text) if text.is_empty() => Datum::Nothing,
        TableCell::Text(text) => Datum::owned(text.clone()),
        TableCell::Share(share) => Datum::Share(*share),
        TableCell::Figure(value, _) => Datum::Number(i64::try_from(*value).unwrap_or(i64::MAX)),
        TableCell::Reckoned(Reckoned::Difference(difference), _) => Datum::Number(*difference),
        TableCell::Reckoned(Reckoned::Rate(rate), _) => Datum::Share(*rate),
    };
    std::iter::once(Datum::owned(label)).chain(row.cells.iter().map(cell)).collect()
}
