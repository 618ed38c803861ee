//! Cells of the table (表格修改): many people, each with a draft of their own, in one entry.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{edit_all, labels, rejected, require_file, told};
use crate::command::drafts::{Checked, MemberDraft};
use crate::command::ledger::Stamp;
use crate::command::{Made, title};
use crate::domain::dates::PartialDate;
use crate::domain::fields::FieldKey;
use crate::domain::ids::PersonId;
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::{members as table, workbook::Title};

/// Faults that are told one by one; the rest are counted.
const TOLD: usize = 5;

/// Edits cells of the table: a pasted block, a column that was filled down. All rows are written, or none. Fields with
/// dated facts are corrected (更正); with `on` they change from that day (变更，自某日起).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditCells {
    pub rows: Vec<CellRow>,
    #[serde(default)]
    pub on: Option<PartialDate>,
}

/// The cells of one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CellRow {
    pub id: PersonId,
    pub set: MemberDraft,
}

impl EditCells {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        if self.rows.is_empty() {
            return Err(rejected("没有要改的格"));
        }
        let extra = table::extra_fields(book.reader())?;
        let mut checked: Vec<(PersonId, Checked)> = Vec::with_capacity(self.rows.len());
        let mut faults = Vec::new();
        for (row, nth) in self.rows.iter().zip(1_usize..) {
            let read = row.set.read(&extra, stamp.today());
            if !read.faults.is_empty() && faults.len() < TOLD {
                let file = require_file(book, row.id)?;
                let place = format!("第 {nth} 行 {}", file.person.name());
                faults.extend(read.faults.iter().map(|fault| Some(format!("{place}：{}", fault.sentence()))));
            } else {
                faults.extend(read.faults.iter().map(|_| None));
            }
            checked.push((row.id, read.checked));
        }
        if !faults.is_empty() {
            let all = faults.len();
            let first: Vec<String> = faults.into_iter().flatten().take(TOLD).collect();
            let rest = if all > first.len() { format!("；等共 {all} 处") } else { String::new() };
            return Err(rejected(format!("{}{rest}", first.join("；"))).next("改好后再写入"));
        }
        let rows = checked.iter().map(|(id, checked)| (*id, checked));
        let names = edit_all(book, rows, |nth| format!("第 {nth} 行 "), self.on, stamp.today())?;
        let keys: BTreeSet<FieldKey> = checked.iter().flat_map(|(_, checked)| told(checked)).collect();
        let what = labels(keys.into_iter(), &extra);
        let people: BTreeSet<PersonId> = checked.iter().map(|(id, _)| *id).collect();
        let text = match (&names[..], people.len()) {
            ([name, ..], 1) => format!("表格修改 {name}：{what}"),
            (_, count) => format!("表格修改 {count} 人：{what}"),
        };
        Ok((title(text), Made(checked.first().map(|(id, _)| id.0))))
    }
}
