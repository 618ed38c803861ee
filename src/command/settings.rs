//! Settings of the workbook.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Made, title};
use crate::domain::conditions::SavedFilter;
use crate::domain::import_layout::ImportLayout;
use crate::domain::upper_form::UpperForm;
use crate::problem::{Problem, Result};
use crate::store::book::Book;
use crate::store::settings::{self, Setting};
use crate::store::workbook::Title;

/// Sets settings of the workbook: `title reporting_unit prepared_by checked_by practice`; filters of the list of members
/// kept under a name: `filter.NAME`, whose value is the filter as JSON; forms of an upper office: `form.NAME`, whose value
/// is the form as JSON; what the columns of a list mean: `layout.NAME`, whose value is the layout as JSON. An empty value
/// takes the filter, the form or the layout away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetSettings {
    pub set: BTreeMap<String, String>,
}

/// Characters that the name of a filter may have at most.
const LONGEST_NAME: usize = 40;

impl SetSettings {
    /// Keeps a filter under a name; `None` takes it away.
    pub fn filter(name: &str, filter: Option<&SavedFilter>) -> Result<Self> {
        Ok(Self { set: BTreeMap::from([written(name, filter)?]) })
    }

    /// Gives a filter another name.
    pub fn rename_filter(name: &str, new: &str, filter: &SavedFilter) -> Result<Self> {
        Ok(Self { set: BTreeMap::from([written(name, None)?, written(new, Some(filter))?]) })
    }

    /// Remembers a form of an upper office under its name.
    pub fn remember_form(form: &UpperForm) -> Result<Self> {
        let value = serde_json::to_string(form).map_err(|error| Problem::fault(error.to_string()))?;
        Ok(Self { set: BTreeMap::from([(settings::form_name(&form.name), value)]) })
    }

    /// Forgets the form of this name.
    pub fn forget_form(name: &str) -> Self {
        Self { set: BTreeMap::from([(settings::form_name(name), String::new())]) }
    }

    /// Remembers what the columns of a list mean, under its name.
    pub fn remember_layout(layout: &ImportLayout) -> Result<Self> {
        Self::remember_layouts(std::slice::from_ref(layout))
    }

    /// Remembers several at once.
    pub fn remember_layouts(layouts: &[ImportLayout]) -> Result<Self> {
        let written = |layout: &ImportLayout| {
            let value = serde_json::to_string(layout).map_err(|error| Problem::fault(error.to_string()))?;
            Ok((settings::layout_name(&layout.name), value))
        };
        Ok(Self { set: layouts.iter().map(written).collect::<Result<_>>()? })
    }

    /// Forgets the layout of this name.
    pub fn forget_layout(name: &str) -> Self {
        Self { set: BTreeMap::from([(settings::layout_name(name), String::new())]) }
    }

    pub(super) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let entry = entry(book, &self.set)?;
        for (name, value) in self.set {
            let seen = settings::by_name(book.reader(), &name)?;
            if let Some(filter) = settings::filter_of(&name) {
                check_filter(filter, &value)?;
                if value.is_empty() {
                    let seen =
                        seen.ok_or_else(|| Problem::input("没有删除筛选", format!("没有名为“{filter}”的筛选")))?;
                    book.delete(&seen)?;
                    continue;
                }
            } else if let Some(form) = settings::form_of(&name) {
                check_form(form, &value)?;
                if value.is_empty() {
                    let seen = seen.ok_or_else(|| Problem::input("没有删除表样", format!("没有名为“{form}”的表样")))?;
                    book.delete(&seen)?;
                    continue;
                }
            } else if let Some(layout) = settings::layout_of(&name) {
                check_layout(layout, &value)?;
                if value.is_empty() {
                    let seen =
                        seen.ok_or_else(|| Problem::input("没有忘记", format!("没有名为“{layout}”的栏目对照")))?;
                    book.delete(&seen)?;
                    continue;
                }
            } else if !settings::NAMES.contains(&name.as_str()) {
                return Err(Problem::input("没有保存设置", format!("没有名为“{name}”的设置")));
            }
            match seen {
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

fn written(name: &str, filter: Option<&SavedFilter>) -> Result<(String, String)> {
    let value = filter.map(serde_json::to_string).transpose().map_err(|error| Problem::fault(error.to_string()))?;
    Ok((settings::filter_name(name.trim()), value.unwrap_or_default()))
}

/// The name is one that people can read in a menu, the value is a filter.
fn check_filter(name: &str, value: &str) -> Result<()> {
    let wrong = |happened: String| Problem::input("没有保存筛选", happened);
    let length = name.chars().count();
    if name.trim() != name || length == 0 || name.chars().any(char::is_control) {
        return Err(wrong("筛选要有名称，前后不带空格".to_owned()));
    }
    if length > LONGEST_NAME {
        return Err(wrong(format!("筛选的名称最多 {LONGEST_NAME} 个字")));
    }
    if value.is_empty() {
        return Ok(());
    }
    let filter = serde_json::from_str::<SavedFilter>(value);
    filter.map(drop).map_err(|error| wrong(format!("“{name}”的内容不是筛选")).detail(error.to_string()))
}

/// A form is kept under its own name, as one that can be read again.
fn check_form(name: &str, value: &str) -> Result<()> {
    let wrong = |happened: String| Problem::input("没有记住表样", happened);
    if value.is_empty() {
        return Ok(());
    }
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        return Err(wrong("表样要有名称".to_owned()));
    }
    let form: UpperForm = serde_json::from_str(value)
        .map_err(|error| wrong(format!("“{name}”的内容不是表样")).detail(error.to_string()))?;
    if form.name == name {
        Ok(())
    } else {
        Err(wrong(format!("表样自己的名称“{}”不是“{name}”", form.name)))
    }
}

/// A layout is kept under its own name, as one that can be read again.
fn check_layout(name: &str, value: &str) -> Result<()> {
    let wrong = |happened: String| Problem::input("没有记住栏目对照", happened);
    if value.is_empty() {
        return Ok(());
    }
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        return Err(wrong("栏目对照要有名称".to_owned()));
    }
    let layout: ImportLayout = serde_json::from_str(value)
        .map_err(|error| wrong(format!("“{name}”的内容不是栏目对照")).detail(error.to_string()))?;
    if layout.name == name {
        Ok(())
    } else {
        Err(wrong(format!("栏目对照自己的名称“{}”不是“{name}”", layout.name)))
    }
}

/// What the journal calls it: a new workbook begins with its name, what is kept under a name is told by its own.
fn entry(book: &Book<'_>, set: &BTreeMap<String, String>) -> Result<Title> {
    if let (1, Some((name, value))) = (set.len(), set.first_key_value())
        && let Some(form) = settings::form_of(name)
    {
        return Ok(title(format!("{}上级表样“{form}”", if value.is_empty() { "忘记" } else { "记住" })));
    }
    let layouts: Vec<(&str, bool)> =
        set.iter().filter_map(|(name, value)| Some((settings::layout_of(name)?, value.is_empty()))).collect();
    if !layouts.is_empty() && layouts.len() == set.len() {
        return Ok(match layouts[..] {
            [(name, true)] => title(format!("忘记栏目对照“{name}”")),
            [(name, false)] => title(format!("记住栏目对照“{name}”")),
            [(name, _), ..] => title(format!("记住栏目对照“{name}”等 {} 个", layouts.len())),
            [] => title("修改工作簿设置"),
        });
    }
    let filters: Vec<(&str, bool)> =
        set.iter().filter_map(|(name, value)| Some((settings::filter_of(name)?, value.is_empty()))).collect();
    if filters.len() == set.len() {
        match filters[..] {
            [(name, true)] => return Ok(title(format!("删除筛选“{name}”"))),
            [(name, false)] => {
                let is_new = settings::by_name(book.reader(), &settings::filter_name(name))?.is_none();
                return Ok(title(format!("{}筛选“{name}”", if is_new { "保存" } else { "修改" })));
            }
            [(old, true), (new, false)] | [(new, false), (old, true)] => {
                if settings::by_name(book.reader(), &settings::filter_name(new))?.is_some() {
                    return Err(Problem::input("没有改名", format!("已经有名为“{new}”的筛选")).next("换一个名称"));
                }
                return Ok(title(format!("筛选“{old}”改名为“{new}”")));
            }
            _ => {}
        }
    }
    Ok(match set.get(settings::TITLE) {
        Some(name) if set.len() == 1 && !name.is_empty() => title(format!("工作簿命名为“{name}”")),
        _ => title("修改工作簿设置"),
    })
}
