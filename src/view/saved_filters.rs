//! Filters that are kept under a name (保存的筛选), by their names.

use super::desk::Desk;
use crate::domain::conditions::SavedFilter;
use crate::problem::{Problem, ProblemKind, Result};
use crate::store::settings;

/// A filter with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedFilter {
    pub name: String,
    pub filter: SavedFilter,
}

/// All of them, by name.
pub fn all(desk: &Desk) -> Result<Vec<NamedFilter>> {
    let kept = settings::filters(desk.reader())?;
    kept.into_iter().map(|(name, value)| Ok(NamedFilter { filter: read(&name, &value)?, name })).collect()
}

/// The filter with this name.
pub fn named(desk: &Desk, name: &str) -> Result<SavedFilter> {
    let name = name.trim();
    match settings::by_name(desk.reader(), &settings::filter_name(name))? {
        Some(kept) => read(name, &kept.value),
        None => {
            let names: Vec<String> = settings::filters(desk.reader())?.into_iter().map(|(name, _)| name).collect();
            let next = match names.is_empty() {
                true => "这个工作簿里还没有保存过筛选".to_owned(),
                false => format!("保存过的筛选：{}", names.join("、")),
            };
            Err(Problem::usage(format!("没有名为“{name}”的筛选")).next(next))
        }
    }
}

fn read(name: &str, value: &str) -> Result<SavedFilter> {
    serde_json::from_str(value).map_err(|error| {
        Problem::new(ProblemKind::File, "没有读出保存的筛选", format!("“{name}”的内容看不懂，可能是更新的程序保存的"))
            .next("用更新的程序打开，或删掉这个筛选重新保存")
            .detail(error.to_string())
    })
}
