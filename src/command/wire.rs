//! Commands as JSON: `"ref": "@x"` names what a command makes, `"@x"` in an id field refers to it later. Which fields hold
//! ids is read from the schema of the commands, so that no field can be forgotten here.

pub(super) mod misread;

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::Value;

use super::Command;
use crate::domain::ids::{RecordId, WRITTEN};
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
    replace(&mut value, &SCHEMA, known).map_err(|name| fail(format!("没有名为 {name} 的引用")))?;
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

/// The schema of a command.
static SCHEMA: LazyLock<Value> = LazyLock::new(|| schemars::schema_for!(Command).to_value());

/// Replaces references where the schema says that an id stands; free text may start with @.
fn replace(value: &mut Value, schema: &Value, known: &References) -> std::result::Result<(), String> {
    let faces = faces(schema, value);
    match value {
        Value::String(text) if text.starts_with('@') && faces.iter().any(|face| face["pattern"] == WRITTEN) => {
            let id = known.0.get(text.as_str()).ok_or_else(|| text.clone())?;
            *text = id.to_string();
            Ok(())
        }
        Value::Array(items) => {
            for schema in faces.iter().filter_map(|face| face.get("items")) {
                items.iter_mut().try_for_each(|item| replace(item, schema, known))?;
            }
            Ok(())
        }
        Value::Object(object) => {
            for (key, value) in object {
                for schema in faces.iter().filter_map(|face| face.get("properties")?.get(key)) {
                    replace(value, schema, known)?;
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// A schema with all that it refers to and, of its alternatives, those that this value can be.
fn faces<'s>(schema: &'s Value, value: &Value) -> Vec<&'s Value> {
    let mut faces = vec![schema];
    let mut place = 0;
    while let Some(face) = faces.get(place).copied() {
        place += 1;
        let named = face["$ref"].as_str().and_then(|name| SCHEMA.pointer(name.strip_prefix('#')?));
        faces.extend(named);
        for several in ["oneOf", "anyOf", "allOf"] {
            let all = face[several].as_array().into_iter().flatten();
            faces.extend(all.filter(|one| can_be(one, value)));
        }
    }
    faces
}

/// Whether a value can be of an alternative: `do` names one command.
fn can_be(alternative: &Value, value: &Value) -> bool {
    let fields = alternative["properties"].as_object().into_iter().flatten();
    fields
        .filter_map(|(name, field)| Some((name, field.get("const")?)))
        .all(|(name, told)| value.get(name) == Some(told))
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::*;

    /// A value with every field that a schema has: `@id` where an id stands, `@text` where any other text does.
    fn full(schema: &Value, depth: usize) -> Value {
        if let Some(name) = schema["$ref"].as_str() {
            let mut named = full(SCHEMA.pointer(&name[1..]).expect("a definition"), depth);
            if let (Value::Object(fields), Some(more)) = (&mut named, schema["properties"].as_object()) {
                fields.extend(more.iter().map(|(name, field)| (name.clone(), full(field, depth))));
            }
            return named;
        }
        if schema["pattern"] == WRITTEN {
            return json!("@id");
        }
        if let Some(told) = schema.get("const") {
            return told.clone();
        }
        let alternatives = schema["anyOf"].as_array().or(schema["oneOf"].as_array());
        if let Some(first) = alternatives.and_then(|all| all.first()) {
            return full(first, depth);
        }
        let of = schema["type"].as_array().map_or(&schema["type"], |types| &types[0]);
        match of.as_str() {
            Some("object") => {
                let fields = schema["properties"].as_object().into_iter().flatten();
                let fields = fields.map(|(name, field)| (name.clone(), full(field, depth)));
                fields.collect::<Map<_, _>>().into()
            }
            Some("array") if depth < 4 => json!([full(&schema["items"], depth + 1)]),
            Some("array") => json!([]),
            Some("string") => json!("@text"),
            _ => Value::Null,
        }
    }

    #[test]
    fn every_field_of_every_command_that_holds_an_id_takes_a_reference_and_no_other_text_does() {
        let mut known = References::default();
        known.name("@id", 7).expect("new");
        let commands = SCHEMA["oneOf"].as_array().expect("the commands");
        assert!(commands.len() > 50);
        let (mut ids, mut texts) = (0, 0);
        for command in commands {
            let mut value = full(command, 0);
            let before = value.to_string();
            replace(&mut value, &SCHEMA, &known).expect("replaced");
            assert_eq!(value.to_string(), before.replace("\"@id\"", "\"7\""));
            ids += before.matches("\"@id\"").count();
            texts += before.matches("\"@text\"").count();
        }
        assert!(ids > 60 && texts > 200, "{ids} ids, {texts} texts");
    }

    #[test]
    fn a_reference_that_nobody_named_is_told_and_free_text_stays() {
        let read = |value: Value| with_references(value, 1, &References::default());
        let moved = json!({ "do": "move_evidence", "id": "1", "before": "@nobody" });
        assert_eq!(read(moved).expect_err("unknown").happened, "第 1 条命令：没有名为 @nobody 的引用");
        let paper = json!({ "do": "add_evidence", "item_id": "1", "evidence": [{ "title": "@第一稿" }] });
        let (_, command) = read(paper).expect("free text may start with @");
        let Command::AddEvidence(adding) = command else { panic!("{command:?}") };
        assert_eq!(adding.evidence[0].title.as_deref(), Some("@第一稿"));
    }
}
