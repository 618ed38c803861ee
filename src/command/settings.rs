//! Settings of the workbook.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Made, title};
use crate::problem::{Problem, Result};
use crate::store::book::Book;
use crate::store::settings::{self, Setting};
use crate::store::workbook::Title;

/// Sets settings of the workbook: `title reporting_unit prepared_by checked_by practice`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetSettings {
    pub set: BTreeMap<String, String>,
}

impl SetSettings {
    pub(super) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let entry = entry(&self.set);
        for (name, value) in self.set {
            if !settings::NAMES.contains(&name.as_str()) {
                return Err(Problem::input("没有保存设置", format!("没有名为“{name}”的设置")));
            }
            match settings::by_name(book.reader(), &name)? {
                Some(seen) => book.update(&seen, &Setting { value, ..seen.clone() })?,
                None => {
                    let id = book.new_id();
                    book.insert(&Setting { id, name, value })?;
                }
            }
        }
        Ok((entry, Made(None)))
    }
}

/// What the journal calls it: a new workbook begins with its name.
fn entry(set: &BTreeMap<String, String>) -> Title {
    match set.get(settings::TITLE) {
        Some(name) if set.len() == 1 && !name.is_empty() => title(format!("工作簿命名为“{name}”")),
        _ => title("修改工作簿设置"),
    }
}
