//! A roster of the kind that offices keep: a title, a fill-in row, dates written in several ways, a total below.

use std::path::Path;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::people::Values;
use crate::clock::Day;
use crate::domain::dates::{PartialDate, Precision};
use crate::domain::fields::Known;
use crate::domain::values::Value;
use crate::files::write_with;
use crate::problem::{Problem, Result};

/// Somebody in the roster, and what the office keeps in a column of its own (特长).
#[derive(Debug)]
pub(super) struct Entry {
    pub values: Values,
    pub hobby: String,
}

/// Heads and widths; the first is counted, the last is no field of ours.
const HEADS: [(&str, f64); 20] = [
    ("序号", 5.0),
    ("姓　名", 9.0),
    ("性别", 5.0),
    ("民族", 8.0),
    ("出生年月", 12.0),
    ("身份证号码", 21.0),
    ("籍贯", 9.0),
    ("文化程度", 14.0),
    ("参加工作时间", 11.0),
    ("入党时间", 13.0),
    ("转正时间", 13.0),
    ("转入时间", 13.0),
    ("党员类别", 10.0),
    ("党内职务", 10.0),
    ("工作单位及职务", 30.0),
    ("联系电话", 13.0),
    ("家庭住址", 26.0),
    ("是否流动党员", 8.0),
    ("流动去向", 16.0),
    ("特长", 10.0),
];

/// Writes the roster of a branch as it stood on a day.
pub(super) fn write(path: &Path, branch: &str, entries: &[Entry], on: Day, replace: bool) -> Result<()> {
    let mut workbook = Workbook::new();
    let (year, month, day) = (on.year().unsigned_abs(), on.month().unsigned_abs(), on.day().unsigned_abs());
    let made = ExcelDateTime::from_ymd(year, month, day).map_err(not_written)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    fill(workbook.add_worksheet(), branch, entries, on).map_err(not_written)?;
    write_with(path, replace, |file| workbook.save_to_writer(file).map_err(not_written))
}

fn fill(sheet: &mut Worksheet, branch: &str, entries: &[Entry], on: Day) -> std::result::Result<(), XlsxError> {
    let title = Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center);
    let cell = Format::new().set_border(FormatBorder::Thin).set_num_format("@");
    let head = cell.clone().set_bold().set_align(FormatAlign::Center).set_text_wrap();
    let last = HEADS.len() as u16 - 1;
    sheet.merge_range(0, 0, 0, last, &format!("{branch}党员花名册"), &title)?;
    let told = format!("填报单位：{branch}        填报日期：{}年{}月{}日", on.year(), on.month(), on.day());
    sheet.write_string(1, 0, told)?;
    for (column, (label, width)) in (0_u16..).zip(HEADS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(2, column, label, &head)?;
    }
    for (nth, entry) in (1_u32..).zip(entries) {
        sheet.write_number_with_format(nth + 2, 0, f64::from(nth), &cell)?;
        for (column, text) in (1_u16..).zip(cells(entry, nth)) {
            sheet.write_string_with_format(nth + 2, column, text, &cell)?;
        }
    }
    let below = u32::try_from(entries.len()).unwrap_or(u32::MAX - 3) + 3;
    sheet.write_string(below, 0, format!("合计：{} 人", entries.len()))?;
    Ok(())
}

fn cells(entry: &Entry, nth: u32) -> [String; 19] {
    let text = |key: Known| entry.values.get(&key).and_then(Value::as_text).unwrap_or_default().to_owned();
    let date = |key: Known| {
        entry.values.get(&key).and_then(Value::as_date).map_or_else(String::new, |date| written(date, nth))
    };
    let name = text(Known::Name);
    let name = match name.chars().collect::<Vec<_>>()[..] {
        [one, two] => format!("{one}　{two}"),
        _ => name,
    };
    let education = match text(Known::EducationText) {
        written if written.is_empty() => text(Known::Education),
        written => written,
    };
    let has = |key: Known| entry.values.contains_key(&key);
    let category = if has(Known::Joined) && !has(Known::Full) { "预备党员" } else { "正式党员" };
    let or_dash = |text: String| if text.is_empty() { "无".to_owned() } else { text };
    [
        name,
        text(Known::Sex),
        text(Known::Nation).trim_end_matches('族').to_owned(),
        date(Known::Birth),
        text(Known::IdNumber),
        text(Known::NativePlace),
        education,
        date(Known::WorkStart),
        date(Known::Joined),
        date(Known::Full),
        date(Known::TransferIn),
        category.to_owned(),
        or_dash(text(Known::PartyPost)),
        format!("{}{}", text(Known::Unit), text(Known::Job)),
        text(Known::Phone),
        text(Known::Address),
        if has(Known::Floating) { "是" } else { "否" }.to_owned(),
        text(Known::FloatPlace),
        entry.hobby.clone(),
    ]
}

/// Dates as different hands write them.
fn written(date: PartialDate, nth: u32) -> String {
    match (date.precision(), nth % 3) {
        (Precision::Day, 0) => date.dotted(),
        (Precision::Day, 1) => {
            format!("{}年{}月{}日", date.year(), date.month().unwrap_or(1), date.day().unwrap_or(1))
        }
        (Precision::Month, 0 | 1) => date.dotted(),
        _ => date.to_string(),
    }
}

fn not_written(error: XlsxError) -> Problem {
    match error {
        XlsxError::IoError(error) => error.into(),
        other => Problem::fault(other.to_string()),
    }
}
