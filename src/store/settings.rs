//! Table `setting`: what the workbook itself is told (title, reporting unit, who prepares and checks a form).

use super::cell::Cell;
use super::reader::{Query, Reader, Row, impossible};
use super::table::Table;
use crate::domain::ids::PersonId;
use crate::domain::import_layout::ImportLayout;
use crate::domain::upper_form::UpperForm;
use crate::problem::Result;

const BY_NAME: Query = Query::new(Table::Setting, "WHERE name = ?1");
const ALL: Query = Query::new(Table::Setting, "ORDER BY name");
pub(super) const QUERIES: &[Query] = &[BY_NAME, ALL];

/// A setting of the workbook (工作簿设置).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    pub id: i64,
    pub name: String,
    pub value: String,
}

/// The workbook's title (名称).
pub const TITLE: &str = "title";
/// 填报单位, where it is not the organisation's own name.
pub const REPORTING_UNIT: &str = "reporting_unit";
/// 制表人
pub const PREPARED_BY: &str = "prepared_by";
/// 审核人
pub const CHECKED_BY: &str = "checked_by";
/// `yes` in the practice workbook: every print of it carries 练习.
pub const PRACTICE: &str = "practice";

/// 谈话地点 to choose from, a line each.
pub const TALK_PLACES: &str = "talk_places";

/// The settings that exist.
pub const NAMES: &[&str] = &[TITLE, REPORTING_UNIT, PREPARED_BY, CHECKED_BY, PRACTICE, TALK_PLACES];

/// The places of talks that are kept to choose from, each once.
pub fn talk_places(reader: Reader<'_>) -> Result<Vec<String>> {
    let kept = value(reader, TALK_PLACES)?;
    let mut places: Vec<String> = Vec::new();
    for place in kept.lines().map(str::trim).filter(|place| !place.is_empty()) {
        if !places.iter().any(|known| known == place) {
            places.push(place.to_owned());
        }
    }
    Ok(places)
}

/// What the names of settings begin with that hold a filter kept under a name (保存的筛选).
const FILTER: &str = "filter.";

/// The name of the setting that holds the filter with this name.
pub fn filter_name(name: &str) -> String {
    format!("{FILTER}{name}")
}

/// The name of the filter that a setting holds, if it holds one.
pub fn filter_of(setting: &str) -> Option<&str> {
    setting.strip_prefix(FILTER)
}

/// The filters that are kept, by name: the name and what is kept.
pub fn filters(reader: Reader<'_>) -> Result<Vec<(String, String)>> {
    let all: Vec<Setting> = reader.rows(ALL, [])?;
    let filter = |setting: Setting| Some((filter_of(&setting.name)?.to_owned(), setting.value));
    Ok(all.into_iter().filter_map(filter).collect())
}

/// Before the two numbers of persons of whom it was said that they are not one (不是同一人).
pub const APART: &str = "apart:";

/// The name of the setting that says so of these two, whichever is told first.
pub fn apart_name(one: PersonId, other: PersonId) -> String {
    format!("{APART}{}-{}", one.min(other), one.max(other))
}

/// The two persons whom a setting says not to be one; `None` for any other setting.
pub fn apart_in(name: &str) -> Option<(PersonId, PersonId)> {
    let (one, other) = name.strip_prefix(APART)?.split_once('-')?;
    Some((one.parse().ok()?, other.parse().ok()?))
}

/// All pairs of persons of whom it was said that they are not one, the lower number first.
pub fn apart(reader: Reader<'_>) -> Result<Vec<(PersonId, PersonId)>> {
    let settings: Vec<Setting> = reader.rows(ALL, [])?;
    Ok(settings.iter().filter_map(|setting| apart_in(&setting.name)).collect())
}

/// What the names of settings begin with that hold a form of an upper office (上级表样).
const UPPER_FORM: &str = "form.";

/// The name of the setting that holds the form with this name.
pub fn form_name(name: &str) -> String {
    format!("{UPPER_FORM}{name}")
}

/// The name of the form that a setting holds, if it holds one.
pub fn form_of(setting: &str) -> Option<&str> {
    setting.strip_prefix(UPPER_FORM)
}

/// The forms of upper offices that are kept.
pub fn upper_forms(reader: Reader<'_>) -> Result<Vec<UpperForm>> {
    let all: Vec<Setting> = reader.rows(ALL, [])?;
    let forms = all.into_iter().filter(|setting| form_of(&setting.name).is_some());
    forms
        .map(|setting| {
            serde_json::from_str(&setting.value).map_err(|_| impossible(Table::Setting, setting.id, "value"))
        })
        .collect()
}

/// What the names of settings begin with that hold what was said of the columns of a list (栏目对照).
const LAYOUT: &str = "layout.";

/// The name of the setting that holds the layout with this name.
pub fn layout_name(name: &str) -> String {
    format!("{LAYOUT}{name}")
}

/// The name of the layout that a setting holds, if it holds one.
pub fn layout_of(setting: &str) -> Option<&str> {
    setting.strip_prefix(LAYOUT)
}

/// What was said of the columns of lists, by name.
pub fn import_layouts(reader: Reader<'_>) -> Result<Vec<ImportLayout>> {
    let all: Vec<Setting> = reader.rows(ALL, [])?;
    let layouts = all.into_iter().filter(|setting| layout_of(&setting.name).is_some());
    layouts
        .map(|setting| {
            serde_json::from_str(&setting.value).map_err(|_| impossible(Table::Setting, setting.id, "value"))
        })
        .collect()
}

/// The setting with this name, if it was ever set.
pub fn by_name(reader: Reader<'_>, name: &str) -> Result<Option<Setting>> {
    Ok(reader.rows(BY_NAME, [name])?.pop())
}

/// The value of a setting, empty if it was never set.
pub fn value(reader: Reader<'_>, name: &str) -> Result<String> {
    Ok(by_name(reader, name)?.map(|setting| setting.value).unwrap_or_default())
}

/// Whether this is the practice workbook.
pub fn is_practice(reader: Reader<'_>) -> Result<bool> {
    Ok(value(reader, PRACTICE)? == "yes")
}

impl Row for Setting {
    const TABLE: Table = Table::Setting;

    fn id(&self) -> i64 {
        self.id
    }

    fn cells(&self) -> Vec<Cell> {
        vec![self.name.as_str().into(), self.value.as_str().into()]
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let mut cells = cells.into_iter();
        let mut text =
            |column| cells.next().and_then(Cell::into_text).ok_or_else(|| impossible(Table::Setting, id, column));
        Ok(Self { id, name: text("name")?, value: text("value")? })
    }
}
