//! Why JSON could not be read, as a Chinese sentence with its place: 「follow_ups 第 2 项的 due：“四月”不是日期」.
//!
//! The reader of JSON tells what is wrong in English and not where. Where it is is found by leaving out one part after
//! the other: it is the part without which something else is wrong, or nothing. Start at [`read`].

use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads a value, or says what is wrong with it and where: a sentence without its end.
pub fn read<T: DeserializeOwned>(value: Value) -> Result<T, String> {
    match T::deserialize(&value) {
        Ok(read) => Ok(read),
        Err(error) => Err(Misread::of::<T>(value, error.to_string()).in_words()),
    }
}

/// A step from a value into it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Field(String),
    /// From one.
    Item(usize),
}

/// What could not be read.
struct Misread {
    /// As the reader said it.
    error: String,
    place: Vec<Step>,
    /// What stands there.
    found: Value,
}

/// The field that says which command it is.
const COMMAND: &str = "do";

impl Misread {
    fn of<T: DeserializeOwned>(value: Value, error: String) -> Self {
        let (mut whole, mut pointer, mut place) = (value, String::new(), Vec::new());
        while let Some(step) = next::<T>(&mut whole, &pointer, &error) {
            match &step {
                Step::Field(name) => pointer.push_str(&format!("/{}", name.replace('~', "~0").replace('/', "~1"))),
                Step::Item(_) => pointer.push_str("/0"),
            }
            place.push(step);
        }
        let found = whole.pointer(&pointer).cloned().unwrap_or_default();
        Self { error, place, found }
    }

    fn in_words(&self) -> String {
        let at = self.place_in_words(&self.place);
        let colon = |words: String| if at.is_empty() { words } else { format!("{at}：{words}") };
        let (what, expected) = self.error.split_once(", expected ").unwrap_or((&self.error, ""));
        let named = || quoted(what).into_iter().next().unwrap_or_default();
        if what.starts_with("unknown field") {
            let around = self.place.split_last().map_or(&self.place[..], |(_, around)| around);
            let around = self.place_in_words(around);
            let inside = if around.is_empty() { around } else { format!("{around}里") };
            format!("{inside}没有“{}”这个字段{}", named(), choices(expected))
        } else if what.starts_with("missing field") {
            let inside = if at.is_empty() { at } else { format!("{at}里") };
            format!("{inside}没有写 {}", named())
        } else if what.starts_with("unknown variant") && self.place == [Step::Field(COMMAND.to_owned())] {
            format!("没有“{}”这种命令", named())
        } else if what.starts_with("unknown variant") {
            colon(format!("不能写“{}”{}", named(), choices(expected)))
        } else if what.starts_with("invalid value: integer") && self.found.is_number() {
            colon(format!("{}，写的是 {}", beyond(&self.found, expected), self.found))
        } else if what.starts_with("invalid") && !expected.is_empty() {
            colon(format!("应写{}，写的是{}", wanted(expected), told(&self.found)))
        } else {
            colon(self.error.clone())
        }
    }

    fn place_in_words(&self, place: &[Step]) -> String {
        let mut words = String::new();
        for step in place {
            match step {
                Step::Field(name) if words.is_empty() => words.push_str(name),
                Step::Field(name) => words.push_str(&format!("的 {name}")),
                Step::Item(nth) => words.push_str(&format!(" 第 {nth} 项")),
            }
        }
        words
    }
}

/// The part of what stands at `pointer` in which the error lies. Of an array only that one is left.
fn next<T: DeserializeOwned>(whole: &mut Value, pointer: &str, error: &str) -> Option<Step> {
    let said = |value: &Value| T::deserialize(value).err().map(|error| error.to_string());
    match whole.pointer_mut(pointer)? {
        Value::Object(object) => {
            let names: Vec<String> = object.keys().cloned().collect();
            let without = |name: &String| {
                let mut without = whole.clone();
                without.pointer_mut(pointer).and_then(Value::as_object_mut).and_then(|object| object.remove(name));
                said(&without)
            };
            let is_of_command = |name: &&String| *name == COMMAND && pointer.is_empty();
            let others = names.iter().filter(|name| !is_of_command(name)).map(|name| (name, without(name)));
            let telling: Vec<_> = others.filter(|(_, now)| now.as_deref() != Some(error)).collect();
            let is_only_gone =
                |name: &str, now: &Option<String>| now.as_deref() == Some(&*format!("missing field `{name}`"));
            // Without a field that is needed nothing else may be read, as without the `measure` of what fills an item: the
            // error lies there only where it lies in no other.
            let free = telling.iter().find(|(name, now)| !is_only_gone(name, now));
            let found = free.or(telling.first().filter(|_| !error.starts_with("missing field"))).map(|(name, _)| *name);
            let command = || names.iter().find(is_of_command).filter(|_| error.starts_with("unknown variant"));
            found.or_else(command).cloned().map(Step::Field)
        }
        Value::Array(items) => {
            let items = std::mem::take(items);
            if said(whole).as_deref() == Some(error) {
                return None; // the array itself is wrong here
            }
            for (item, nth) in items.into_iter().zip(1..) {
                *whole.pointer_mut(pointer)? = Value::Array(vec![item]);
                if said(whole).as_deref() == Some(error) {
                    return Some(Step::Item(nth));
                }
            }
            None
        }
        _ => None,
    }
}

/// What stands between backquotes.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn choices(expected: &str) -> String {
    match quoted(expected) {
        names if names.is_empty() => String::new(),
        names => format!("，可以写的有 {}", names.join("、")),
    }
}

/// What the reader of JSON wanted.
fn wanted(expected: &str) -> &str {
    let is_number = |letter| expected.strip_prefix(letter).is_some_and(|size: &str| size.parse::<u8>().is_ok());
    if expected.contains("string") {
        "文字（用引号括起来）"
    } else if expected.contains("sequence") {
        "数组（用 [] 括起来）"
    } else if expected.contains("boolean") {
        " true 或 false"
    } else if is_number('u') || is_number('i') {
        "整数（不用引号）"
    } else if ["map", "struct", "enum"].iter().any(|word| expected.contains(word)) {
        "对象（用 {} 括起来）"
    } else {
        expected
    }
}

/// Why a whole number is none that can stand there.
fn beyond(found: &Value, expected: &str) -> &'static str {
    match (found.as_i64().is_some_and(|number| number < 0), expected.starts_with('u')) {
        (true, true) => "不能是负数",
        (true, false) => "太小",
        (false, _) => "太大",
    }
}

/// What stands there instead.
fn told(found: &Value) -> String {
    match found {
        Value::Null => " null".to_owned(),
        Value::Bool(yes) => format!(" {yes}"),
        Value::Number(number) => format!("数字 {number}"),
        Value::String(text) => format!("文字“{text}”"),
        Value::Array(_) => "数组".to_owned(),
        Value::Object(_) => "对象".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::command::{Command, EditMembers};
    use crate::domain::talks::TalkDraft;

    fn why(value: Value) -> String {
        read::<Command>(value).expect_err("no command")
    }

    #[test]
    fn what_is_wrong_with_a_command_is_told_with_its_place() {
        assert_eq!(why(json!({ "do": "record_tak", "topic": "工作" })), "没有“record_tak”这种命令");
        assert_eq!(why(json!({ "topic": "工作" })), "没有写 do");
        assert_eq!(why(json!("记谈话")), "应写对象（用 {} 括起来），写的是文字“记谈话”");
        assert_eq!(why(json!({ "do": "remove_talk" })), "没有写 id");
        let unknown = why(json!({ "do": "record_talk", "topic": "工作", "contents": "三件事" }));
        assert!(unknown.starts_with("没有“contents”这个字段，可以写的有 organisation_id、number、"), "{unknown}");
        let number = json!({ "do": "record_talk", "number": 36, "topic": "工作" });
        assert_eq!(why(number), "number：应写文字（用引号括起来），写的是数字 36");
        let one = json!({ "do": "record_talk", "talker_ids": "12", "topic": "工作" });
        assert_eq!(why(one), "talker_ids：应写数组（用 [] 括起来），写的是文字“12”");
        let places = json!({ "do": "record_talk", "place": ["谈心室"] });
        assert_eq!(why(places), "place：应写文字（用引号括起来），写的是数组");
    }

    #[test]
    fn the_place_lies_as_deep_as_the_error() {
        let follow_ups = json!([{ "measure": "协调", "due": "2026-04" }, { "measure": "慰问", "due": "四月" }]);
        let talk = json!({ "do": "record_talk", "held_on": "2026-03-20", "follow_ups": follow_ups });
        let date = "“四月”不是日期（写成 2019-07-01、2019-07 或 2019）";
        assert_eq!(why(talk), format!("follow_ups 第 2 项的 due：{date}"));
        let follow_up = json!([{ "measure": "协调", "until": "2026-04" }]);
        let unknown = why(json!({ "do": "record_talk", "follow_ups": follow_up }));
        assert!(unknown.starts_with("follow_ups 第 1 项里没有“until”这个字段，可以写的有 id、measure"), "{unknown}");
        let ids = json!({ "do": "edit_members", "ids": ["1", 2], "set": {} });
        assert_eq!(why(ids), "ids 第 2 项：应写文字（用引号括起来），写的是数字 2");
        let counts = why(json!({ "do": "set_talk_type", "code": "T16", "counts": "never" }));
        assert_eq!(counts, "counts：不能写“never”，可以写的有 yes、no、restricted");
        let talks = json!({ "do": "record_talks", "talks": [{ "topic": "一" }, { "topic": 2 }] });
        assert_eq!(why(talks), "talks 第 2 项的 topic：应写文字（用引号括起来），写的是数字 2");
    }

    #[test]
    fn a_number_that_cannot_be_is_told_with_its_own_field() {
        let fill = |fill: Value| {
            why(json!({ "do": "set_template", "title": "自查", "items": [{ "title": "谈话", "fill": fill }] }))
        };
        let few = fill(json!({ "measure": "talks", "at_least": -1 }));
        assert_eq!(few, "items 第 1 项的 fill的 at_least：不能是负数，写的是 -1");
        let none = fill(json!({ "measure": "wages", "at_least": 1 }));
        assert!(none.starts_with("items 第 1 项的 fill的 measure：不能写“wages”，可以写的有 talks、"), "{none}");
        let year = why(json!({ "do": "make_checklists", "template": "六有", "year": 99_999 }));
        assert_eq!(year, "year：太大，写的是 99999");
        let year = why(json!({ "do": "make_checklists", "template": "六有", "year": -99_999 }));
        assert_eq!(year, "year：太小，写的是 -99999");
        let half = why(json!({ "do": "make_checklists", "template": "六有", "year": 2026.5 }));
        assert_eq!(half, "year：应写整数（不用引号），写的是数字 2026.5");
    }

    #[test]
    fn what_can_be_read_is_read() {
        let draft: TalkDraft = read(json!({ "topic": "工作" })).expect("a draft");
        assert_eq!(draft.topic.as_deref(), Some("工作"));
        assert!(read::<EditMembers>(json!({ "ids": [], "set": {} })).is_ok());
    }
}
