//! The words for stored values and their columns, as people write them.

use super::changes::{ChangeLine, name};
use crate::command::organisation_field_label;
use crate::domain::as_written;
use crate::domain::dates::PartialDate;
use crate::domain::events::EventKind;
use crate::domain::fields::{FactKind, Known};
use crate::domain::identity::{masked, masked_phone};
use crate::domain::ids::OrganisationId;
use crate::domain::import_layout::ImportLayout;
use crate::domain::organisations::OrganisationEventKind;
use crate::domain::rules::{RuleBook, RuleChange};
use crate::domain::upper_form::{FormColumn, Holding, UpperForm};
use crate::store::reader::Row as _;
use crate::store::{Cell, Change, Table};
use crate::view::desk::Desk;

/// What a column is called.
pub(super) fn column_label(table: Table, column: &str) -> String {
    let known = match table {
        Table::Person => Known::from_name(column).map(|known| known.label()),
        Table::Organisation => organisation_field_label(column),
        _ => None,
    };
    let own = match column {
        "category_told" => "花名册所载类别",
        "category_told_on" => "花名册日期",
        "voided" => "作废原因",
        "merged_into" => "并入",
        "parent" => "上级党组织",
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

/// A stored value as people write it.
pub(super) fn in_words(desk: &Desk, table: Table, column: &str, cell: &Cell) -> String {
    match (cell, column) {
        (Cell::Null, _) => String::new(),
        (Cell::Integer(id), "merged_into") => name(desk, *id).unwrap_or_else(|| id.to_string()),
        (Cell::Integer(id), "organisation" | "parent" | "target" | "other") => {
            desk.tree().get(OrganisationId(*id)).map_or_else(|| id.to_string(), |node| node.name.clone())
        }
        (Cell::Integer(stored), _) => {
            let is_count =
                matches!(column, "position" | "row_count" | "masked" | "at" | "person" | "field" | "term_years");
            match PartialDate::from_stored(*stored) {
                Some(date) if !is_count => date.to_string(),
                _ => stored.to_string(),
            }
        }
        (Cell::Text(text), "kind") if table == Table::Fact => {
            FactKind::from_name(text).map_or_else(|| text.clone(), |kind| kind.label().to_owned())
        }
        (Cell::Text(text), "kind") if table == Table::Event => {
            EventKind::from_name(text).map_or_else(|| text.clone(), |kind| kind.label().to_owned())
        }
        (Cell::Text(text), "kind") if table == Table::OrganisationEvent => {
            OrganisationEventKind::from_name(text).map_or_else(|| text.clone(), |kind| kind.label().to_owned())
        }
        (Cell::Text(text), "name") if table == Table::Setting => setting_label(text),
        (Cell::Text(text), "value") if table == Table::Setting => setting_words(text),
        (Cell::Text(text), "id_number") => masked(text),
        (Cell::Text(text), "phone") => masked_phone(text),
        (Cell::Text(text), "remark") => as_written::masked(text).into_owned(),
        (Cell::Text(text), _) => text.clone(),
    }
}

/// What a workbook has otherwise of a rule, before and after.
pub(super) fn rule_line(change: &Change) -> ChangeLine {
    let read = |row: Option<&[Cell]>| row.and_then(|row| RuleChange::from_cells(change.id, row.to_vec()).ok());
    let (before, after) = (read(change.before.as_deref()), read(change.after.as_deref()));
    let book = RuleBook::shipped().ok();
    let rule = before.as_ref().or(after.as_ref()).and_then(|told| book.as_ref()?.get(&told.rule));
    let words = |told: Option<&RuleChange>| match (told, rule) {
        (Some(told), Some(rule)) => told.in_words(rule),
        _ => "原值".to_owned(),
    };
    ChangeLine {
        who: String::new(),
        what: rule.map(|rule| rule.title.clone()).unwrap_or_default(),
        before: words(before.as_ref()),
        after: words(after.as_ref()),
    }
}

fn setting_label(name: &str) -> String {
    use crate::store::settings::{CHECKED_BY, PRACTICE, PREPARED_BY, REPORTING_UNIT, TITLE, form_of, layout_of};
    let label = match name {
        TITLE => "工作簿名称",
        REPORTING_UNIT => "填报单位",
        PREPARED_BY => "制表人",
        CHECKED_BY => "审核人",
        PRACTICE => "练习",
        other => {
            let form = form_of(other).map(|form| format!("上级表样“{form}”"));
            let layout = || layout_of(other).map(|layout| format!("栏目对照“{layout}”"));
            return form.or_else(layout).unwrap_or_else(|| other.to_owned());
        }
    };
    label.to_owned()
}

/// A form is told by its columns and what they hold, a layout by what was said of its columns, anything else as it is.
fn setting_words(value: &str) -> String {
    if let Ok(layout) = serde_json::from_str::<ImportLayout>(value) {
        return layout.in_words();
    }
    let Ok(form) = serde_json::from_str::<UpperForm>(value) else { return value.to_owned() };
    let column = |column: FormColumn| match column.holds {
        Holding::Nothing => format!("{}（留空）", column.head),
        _ => column.head,
    };
    form.columns.into_iter().map(column).collect::<Vec<_>>().join("、")
}
