//! The upper office's own form (上级表样): people are written in exactly its columns, under its title, or copied in its
//! order to be pasted into it.
//!
//! The form is recognised by the words by which an import knows heads. `reading` recognises a received file, `look`
//! takes over how it looks, `rows` makes the rows, `writing` the new file. Start at [`read_form`].

pub(super) mod look;
mod reading;
mod rows;
mod writing;

use std::path::Path;

pub use reading::{ReceivedForm, read_form};
pub use rows::{FormExport, copied_rows};
pub use writing::{FormWritten, write_form};

use crate::domain::upper_form::UpperForm;
use crate::problem::Result;
use crate::store::outputs::Output;
use crate::store::settings;
use crate::view::desk::Desk;
use crate::view::list_words::in_words;

/// The forms that the workbook remembers, by name.
pub fn remembered(desk: &Desk) -> Result<Vec<UpperForm>> {
    let mut forms = settings::upper_forms(desk.reader())?;
    forms.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(forms)
}

/// The remembered form with the same heads, if there is one.
pub fn same_heads<'f>(forms: &'f [UpperForm], form: &UpperForm) -> Option<&'f UpperForm> {
    let signature = form.signature();
    forms.iter().find(|known| known.signature() == signature)
}

/// The line for the log of what left the program; no file: it went to the clipboard.
pub fn form_output(desk: &Desk, export: &FormExport, rows: usize, path: Option<&Path>) -> Result<Output> {
    let what = if path.is_some() { "按上级表样写出 XLSX" } else { "按上级表样复制" };
    let file = path.map(|path| path.file_name().unwrap_or_default().to_string_lossy().into_owned());
    let scope = match export.people.as_slice() {
        [] => in_words(desk, &export.ask)?,
        people => format!("选中的 {} 人，截至 {}", people.len(), export.ask.as_of),
    };
    Ok(Output {
        id: 0,
        at: 0,
        operator: String::new(),
        what: what.to_owned(),
        scope: format!("{}：{scope}", export.form.name),
        row_count: i64::try_from(rows).unwrap_or(i64::MAX),
        masked: !export.unmasked,
        target: file.unwrap_or_else(|| "剪贴板".to_owned()),
    })
}
