//! Recognises a received form: its heads, what stands above and below the rows to be filled in.
//!
//! Start at [`read_form`].

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use crate::domain::fields::{FieldKey, Known};
use crate::domain::upper_form::{DateStyle, FormColumn, Holding, Part, UpperForm};
use crate::domain::values::{half_width, squeezed};
use crate::exchange::import::head_words::member_words;
use crate::exchange::import::headers::{Column, DatePart, Role};
use crate::exchange::import::layouts::ToldHeads;
use crate::exchange::import::sheets::{Cell, Merged, Row, Sheet};
use crate::exchange::import::source::{file_name, read_sheets};
use crate::exchange::import::tables::{Found, Skip, Table, find};
use crate::problem::{Problem, ProblemKind, Result};
use crate::progress::Progress;
use crate::store::members::ExtraField;

/// A form as it was received (收到的表样): what is kept of it when it is filled in.
#[derive(Debug, Clone)]
pub struct ReceivedForm {
    pub path: PathBuf,
    pub form: UpperForm,
    pub(super) sheet_name: String,
    /// Rows above the body, heads included: titles, fill-in rows.
    pub(super) top: Vec<Row>,
    /// Numbers of the rows that hold the heads.
    pub(super) heads: RangeInclusive<u32>,
    /// The numbers of the rows that were filled in, or were to be.
    pub(super) body: RangeInclusive<u32>,
    /// Rows below the body: totals, notes, signatures.
    pub(super) bottom: Vec<Row>,
    pub(super) merged: Vec<Merged>,
    /// What is not taken over from the sheet, in words.
    pub(super) not_kept: Vec<String>,
}

/// Reads a form. `extra` are the user's own fields, which a head may name.
///
/// Fails where the file cannot be read, and where no sheet has a row of heads with 姓名.
pub fn read_form(path: &Path, extra: &[ExtraField], progress: &Progress) -> Result<ReceivedForm> {
    let sheets = read_sheets(path, progress).map_err(|problem| problem.titled(TITLE))?;
    let visible = || sheets.iter().filter(|sheet| sheet.visible);
    let told = ToldHeads::nothing();
    for sheet in visible() {
        let found =
            find(sheet, member_words(), &told, Known::Name, &[Known::Branch, Known::Group, Known::Unit], progress)?;
        if let Some(table) = found.tables.first() {
            let mut form = received(path, sheet, table, &found, extra);
            let others = visible().count() - 1;
            if others > 0 {
                form.not_kept.push(format!("另外 {others} 张工作表"));
            }
            return Ok(form);
        }
    }
    Err(Problem::new(ProblemKind::File, TITLE, format!("“{}”里没有找到表头", file_name(path)))
        .next("表样要有一行栏目，其中有“姓名”；请检查后再选"))
}

const TITLE: &str = "没有读出表样";

fn received(
    path: &Path,
    sheet: &Sheet,
    table: &Table<Known>,
    found: &Found<Known>,
    extra: &[ExtraField],
) -> ReceivedForm {
    let last_head = table.first_row + u32::try_from(table.header.rows).unwrap_or(1) - 1;
    let heads = table.first_row..=last_head;
    let body = body_of(sheet, table, found, *heads.end());
    let is_next_title = |row: &Row| found.tables.get(1).is_some_and(|next| next.titles.contains(&joined(row)));
    let next_heads = found.skipped.iter().find(|(_, why)| *why == Skip::RepeatedHeads).map(|(number, _)| *number);
    let ends =
        |row: &&Row| next_heads.is_none_or(|next| row.number < next) && !is_next_title(row) && !is_page_number(row);
    let below = sheet.rows.iter().filter(|row| row.number > *body.end());
    let mut not_kept = Vec::new();
    if next_heads.is_some() {
        not_kept.push("第一张表以后的表和页".to_owned());
    }
    let in_body = |number: u32| body.contains(&number);
    if found.skipped.iter().any(|(number, why)| matches!(why, Skip::Group(_)) && in_body(*number)) {
        not_kept.push("人员之间的分组行".to_owned());
    }
    ReceivedForm {
        path: path.to_owned(),
        form: UpperForm { name: name_of(path, table), columns: columns_of(sheet, table, extra) },
        sheet_name: sheet.name.to_string(),
        top: sheet.rows.iter().filter(|row| row.number <= *heads.end()).cloned().collect(),
        bottom: below.filter(ends).cloned().collect(),
        merged: sheet.merged.clone(),
        heads,
        body,
        not_kept,
    }
}

/// The title of the sheet, else the name of the file.
fn name_of(path: &Path, table: &Table<Known>) -> String {
    let is_title =
        |text: &&String| text.chars().count() <= 40 && !text.contains(['：', ':']) && !text.starts_with("附件");
    let title = table.titles.iter().find(is_title).map(|title| squeezed(title));
    title.unwrap_or_else(|| path.file_stem().unwrap_or_default().to_string_lossy().into_owned())
}

/// From the row after the heads to the last that was filled in, or numbered beforehand.
fn body_of(sheet: &Sheet, table: &Table<Known>, found: &Found<Known>, heads_end: u32) -> RangeInclusive<u32> {
    let first = heads_end + 1;
    let last_record =
        table.records.iter().filter_map(|record| sheet.rows.get(record.place)).map(|row| row.number).max();
    let next_heads =
        found.skipped.iter().find(|(_, why)| *why == Skip::RepeatedHeads).map_or(u32::MAX, |(row, _)| *row);
    let is_numbered = |row: &&Row| {
        row.number > heads_end && row.number < next_heads && row.filled().all(|(_, cell)| is_serial(&cell.shown()))
    };
    let last_numbered = sheet.rows.iter().filter(is_numbered).map(|row| row.number).max();
    let last = last_record.max(last_numbered).unwrap_or(first).max(first);
    // A row below the heads that is no row to be filled in belongs to the foot already.
    let is_foot = last_record.is_none() && last_numbered.is_none() && sheet.rows.iter().any(|row| row.number == first);
    if is_foot { first..=heads_end } else { first..=last }
}

/// 第 1 页 共 15 页
fn is_page_number(row: &Row) -> bool {
    let text = squeezed(&half_width(&joined(row)));
    let rest = text.strip_prefix('第').map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    rest.is_some_and(|rest| rest.starts_with('页'))
}

fn is_serial(text: &str) -> bool {
    let text = squeezed(&half_width(text));
    text.is_empty() || text.chars().all(|c| c.is_ascii_digit() || c == '.')
}

fn joined(row: &Row) -> String {
    row.filled().map(|(_, cell)| cell.shown().into_owned()).collect::<Vec<_>>().join("\u{3000}\u{3000}")
}

fn columns_of(sheet: &Sheet, table: &Table<Known>, extra: &[ExtraField]) -> Vec<FormColumn> {
    let column = |column: &Column<Known>| {
        let holds = holding_of(column, extra);
        FormColumn {
            place: column.index,
            head: column.head.clone(),
            date: sample_of(sheet, table, column, holds),
            holds,
        }
    };
    table.header.columns.iter().map(column).collect()
}

fn holding_of(column: &Column<Known>, extra: &[ExtraField]) -> Holding {
    match column.role {
        Role::Field(known) => Holding::Field(known.into()),
        Role::Part(known, DatePart::Year) => Holding::Part(known, Part::Year),
        Role::Part(known, DatePart::Month) => Holding::Part(known, Part::Month),
        Role::Part(known, DatePart::Day) => Holding::Part(known, Part::Day),
        Role::Pair(one, two) => Holding::Pair(one, two),
        Role::Derived => {
            let head = column.head.as_str();
            match (
                head.contains("党龄") || head.contains("入党年限"),
                ["龄", "岁"].iter().any(|word| head.contains(word)),
            ) {
                (true, _) => Holding::Standing,
                (_, true) => Holding::Age,
                _ => Holding::Number,
            }
        }
        Role::Extra => {
            let own = extra.iter().find(|field| squeezed(&field.label) == column.head);
            own.map_or(Holding::Nothing, |field| Holding::Field(FieldKey::Extra(field.id)))
        }
    }
}

/// How the form's own rows write a date, else what the head asks for.
fn sample_of(sheet: &Sheet, table: &Table<Known>, column: &Column<Known>, holds: Holding) -> Option<String> {
    let is_date = match holds {
        Holding::Field(FieldKey::Known(known)) => known.spec().is_date(),
        Holding::Pair(one, two) => one.spec().is_date() || two.spec().is_date(),
        _ => false,
    };
    if !is_date {
        return None;
    }
    let rows = table.records.iter().take(20).filter_map(|record| sheet.rows.get(record.place));
    let told = rows.map(|row| row.cell(column.index)).find_map(|cell| {
        // A typed date shows what its format makes of it, which is not kept: it is written with dots.
        let text = match cell {
            Cell::Date(day) => day.text().replace('-', "."),
            cell => cell.shown().into_owned(),
        };
        DateStyle::of_sample(&text).map(|_| squeezed(&text))
    });
    told.or_else(|| column.head.contains("年月日").then(|| "2019.07.01".to_owned()))
}
