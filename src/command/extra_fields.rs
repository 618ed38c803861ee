//! Changes of the fields that the user made (自定义字段): made, changed, taken out, put in order.
//!
//! No value is ever lost by it: one that does not fit a new kind stays as it is written, and only if that was agreed
//! to; a field with values goes only with them, and both come back together.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::organisations::STEP;
use super::{Made, title};
use crate::domain::fields::{ExtraKind, FIELDS};
use crate::domain::ids::ExtraFieldId;
use crate::problem::{Problem, Result};
use crate::store::book::Book;
use crate::store::members::{self as table, ExtraField, ExtraValue};
use crate::store::workbook::Title;

/// Makes a field (新增自定义字段).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddExtraField {
    pub label: String,
    /// `text number date yes_no choice`; text where nothing is told
    #[serde(default)]
    pub kind: Option<String>,
    /// What can be chosen, for `choice`.
    #[serde(default)]
    pub choices: Vec<String>,
}

/// Changes a field: its heading, what its values are, what can be chosen. Values that the new kind reads are written in
/// its form; where some do not fit it is refused unless they are to stay as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditExtraField {
    pub id: ExtraFieldId,
    #[serde(default)]
    pub label: Option<String>,
    /// `text number date yes_no choice`
    #[serde(default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub choices: Option<Vec<String>>,
    /// Values that do not fit stay as they are written.
    #[serde(default)]
    pub keep_misfits: bool,
}

/// Takes a field out. One that has values goes only with them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveExtraField {
    pub id: ExtraFieldId,
    #[serde(default)]
    pub with_values: bool,
}

/// Puts a field behind another one, or first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveExtraField {
    pub id: ExtraFieldId,
    /// Behind which; absent for the first place.
    #[serde(default)]
    pub after_id: Option<ExtraFieldId>,
}

/// Misfits that are told one by one.
const TOLD: usize = 5;
/// The longest heading, and all choices together.
const LABEL_LENGTH: usize = 100;
const CHOICES_LENGTH: usize = 2_000;

impl AddExtraField {
    pub(super) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let fields = table::extra_fields(book.reader())?;
        let label = checked_label(&self.label, None, &fields)?;
        let kind = checked_kind(self.kind.as_deref(), self.choices)?;
        let position = fields.iter().map(|field| field.position).max().unwrap_or(0) + STEP;
        let id = ExtraFieldId(book.new_id());
        let text = format!("新增自定义字段“{label}”（{}）", kind.label());
        book.insert(&ExtraField { id, label, position, kind })?;
        Ok((title(text), Made(Some(id.0))))
    }
}

impl EditExtraField {
    pub(super) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let fields = table::extra_fields(book.reader())?;
        let seen = require(&fields, self.id)?;
        let label = match &self.label {
            Some(label) => checked_label(label, Some(self.id), &fields)?,
            None => seen.label.clone(),
        };
        let kind = match (&self.kind, self.choices) {
            (None, None) => seen.kind.clone(),
            (None, Some(choices)) => checked_kind(Some("choice"), choices)?,
            (Some(kind), choices) => {
                let held = || seen.kind.choices().map(<[String]>::to_vec).unwrap_or_default();
                checked_kind(Some(kind), choices.unwrap_or_else(held))?
            }
        };
        if kind != seen.kind {
            read_again(book, seen, &kind, self.keep_misfits)?;
        }
        let text = if label == seen.label {
            format!("修改自定义字段“{label}”（{}）", kind.label())
        } else {
            format!("自定义字段“{}”改名为“{label}”", seen.label)
        };
        book.update(seen, &ExtraField { label, kind, ..seen.clone() })?;
        Ok((title(text), Made(Some(self.id.0))))
    }
}

impl RemoveExtraField {
    pub(super) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let fields = table::extra_fields(book.reader())?;
        let seen = require(&fields, self.id)?;
        let values = table::extra_values_of(book.reader(), self.id)?;
        if !values.is_empty() && !self.with_values {
            return Err(rejected(format!("“{}”有 {} 人填了", seen.label, values.len()))
                .next("先清空这些值，或连同值一起删掉（with_values），删后可以撤销"));
        }
        for value in &values {
            book.delete(value)?;
        }
        book.delete(seen)?;
        let text = match values.len() {
            0 => format!("删掉自定义字段“{}”", seen.label),
            count => format!("删掉自定义字段“{}”和 {count} 人的值", seen.label),
        };
        Ok((title(text), Made(None)))
    }
}

impl MoveExtraField {
    pub(super) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let fields = table::extra_fields(book.reader())?;
        let moved = require(&fields, self.id)?;
        let mut order: Vec<&ExtraField> = fields.iter().filter(|field| field.id != self.id).collect();
        let place = match self.after_id {
            None => 0,
            Some(after) => {
                let place = order.iter().position(|field| field.id == after);
                place.ok_or_else(|| rejected("要排在其后的字段不在了"))? + 1
            }
        };
        order.insert(place, moved);
        for (field, nth) in order.into_iter().zip(1..) {
            book.update(field, &ExtraField { position: STEP * nth, ..field.clone() })?;
        }
        Ok((title(format!("调整自定义字段顺序：{}", moved.label)), Made(Some(self.id.0))))
    }
}

/// Writes the values of a field in the form of its new kind. Fails with those that do not fit, unless they stay.
fn read_again(book: &mut Book<'_>, field: &ExtraField, kind: &ExtraKind, keep_misfits: bool) -> Result<()> {
    let mut misfits = Vec::new();
    for seen in table::extra_values_of(book.reader(), field.id)? {
        match kind.read(&seen.value) {
            Ok(value) => book.update(&seen, &ExtraValue { value, ..seen.clone() })?,
            Err(_) => misfits.push(seen.value),
        }
    }
    if misfits.is_empty() || keep_misfits {
        return Ok(());
    }
    let told: Vec<String> = misfits.iter().take(TOLD).map(|value| format!("“{value}”")).collect();
    let more = if misfits.len() > TOLD { " 等" } else { "" };
    let happened = format!("“{}”有 {} 个值不是{}：{}{more}", field.label, misfits.len(), kind.label(), told.join("、"));
    Err(rejected(happened).next("先改好这些值，或让它们照原样留着（keep_misfits）"))
}

/// A heading that nothing else has: the values of drafts are told by it.
fn checked_label(label: &str, own: Option<ExtraFieldId>, fields: &[ExtraField]) -> Result<String> {
    let label = label.trim();
    if label.is_empty() || label.contains(['\n', '\r']) {
        return Err(rejected("要有名称，写在一行里"));
    }
    if label.chars().count() > LABEL_LENGTH {
        return Err(rejected(format!("名称太长（不超过 {LABEL_LENGTH} 字）")));
    }
    let computed = ["age", "年龄", "standing_years", "党龄"];
    if FIELDS.iter().any(|field| field.name == label || field.label == label) || computed.contains(&label) {
        return Err(rejected(format!("“{label}”是固有字段，不用另设")));
    }
    if fields.iter().any(|field| field.label == label && Some(field.id) != own) {
        return Err(rejected(format!("已有名为“{label}”的自定义字段")));
    }
    Ok(label.to_owned())
}

fn checked_kind(name: Option<&str>, choices: Vec<String>) -> Result<ExtraKind> {
    let mut kept: Vec<String> = Vec::new();
    for choice in choices.iter().flat_map(|choice| choice.lines()).map(str::trim).filter(|choice| !choice.is_empty()) {
        if !kept.iter().any(|known| known == choice) {
            kept.push(choice.to_owned());
        }
    }
    let length: usize = kept.iter().map(|choice| choice.chars().count() + 1).sum();
    let unknown = || rejected(format!("没有“{}”这种字段类型", name.unwrap_or_default()));
    match ExtraKind::from_name(name, kept).ok_or_else(unknown)? {
        ExtraKind::Choice(choices) if choices.is_empty() => Err(rejected("选项至少要有一个")),
        ExtraKind::Choice(_) if length > CHOICES_LENGTH => {
            Err(rejected(format!("选项太多（合起来不超过 {CHOICES_LENGTH} 字）")))
        }
        kind => Ok(kind),
    }
}

fn require(fields: &[ExtraField], id: ExtraFieldId) -> Result<&ExtraField> {
    fields.iter().find(|field| field.id == id).ok_or_else(|| rejected(format!("没有编号为 {id} 的自定义字段")))
}

fn rejected(happened: impl Into<String>) -> Problem {
    Problem::input("没有改动自定义字段", happened)
}
