//! Commands as JSON: `"ref": "@x"` names what a command makes, `"@x"` in an id field refers to it later.

pub(super) mod misread;

use std::collections::HashMap;

use serde_json::Value;

use super::Command;
use crate::domain::ids::RecordId;
use crate::problem::{Problem, Result};

/// The names given so far in a file of commands.
#[derive(Debug, Clone, Default)]
pub struct References(HashMap<String, RecordId>);

impl References {
    /// Keeps what a named command made.
    pub fn name(&mut self, name: &str, made: RecordId) -> Result<()> {
        if self.0.insert(name.to_owned(), made).is_some() {
            return Err(Problem::input("没有执行", format!("名称 {name} 用了两次")).next("每个 ref 只能用一次"));
        }
        Ok(())
    }
}

/// Reads one command of a file: its reference, if it has one, and the command with references replaced.
///
/// Fails with the place in words where the JSON is no command.
pub fn with_references(mut value: Value, place: usize, known: &References) -> Result<(Option<String>, Command)> {
    let fail = |what: String| {
        Problem::input("没有执行", format!("第 {place} 条命令：{what}")).next("用 apply --schema 看每条命令的写法")
    };
    let reference = match value.as_object_mut().and_then(|object| object.remove("ref")) {
        None => None,
        Some(Value::String(name)) if name.starts_with('@') => Some(name),
        Some(other) => return Err(fail(format!("ref 应写成 \"@名称\"，而不是 {other}"))),
    };
    if let Some(field) = holding_nul("命令", &value) {
        return Err(fail(format!("{field} 里有不能保存的空字符（\\u0000），请删掉")));
    }
    replace(&mut value, known).map_err(|name| fail(format!("没有名为 {name} 的引用")))?;
    let command = misread::read(value).map_err(fail)?;
    Ok((reference, command))
}

/// The field whose text holds a NUL, which no table, screen or paper can show; `field` is the one that the value is of.
fn holding_nul<'v>(field: &'v str, value: &'v Value) -> Option<&'v str> {
    match value {
        Value::String(text) => text.contains('\0').then_some(field),
        Value::Array(items) => items.iter().find_map(|item| holding_nul(field, item)),
        Value::Object(object) => object.iter().find_map(|(key, value)| holding_nul(key, value)),
        _ => None,
    }
}

/// Replaces references in id fields; free text may start with @.
fn replace(value: &mut Value, known: &References) -> std::result::Result<(), String> {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let is_id = key == "id" || key == "ids" || key.ends_with("_id") || key.ends_with("_ids");
                if is_id { replace_id(value, known)? } else { replace(value, known)? }
            }
            Ok(())
        }
        Value::Array(items) => items.iter_mut().try_for_each(|item| replace(item, known)),
        _ => Ok(()),
    }
}

fn replace_id(value: &mut Value, known: &References) -> std::result::Result<(), String> {
    match value {
        Value::String(text) if text.starts_with('@') => {
            let id = known.0.get(text.as_str()).ok_or_else(|| text.clone())?;
            *text = id.to_string();
            Ok(())
        }
        Value::Array(items) => items.iter_mut().try_for_each(|item| replace_id(item, known)),
        _ => Ok(()),
    }
}
