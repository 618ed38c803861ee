//! Values of fields.

use super::dates::PartialDate;

/// A value of a field (字段值).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    Text(String),
    Date(PartialDate),
}

impl Value {
    /// As exports show it: text as it is, a date as `2019-07-01`, `2019-07` or `2019`.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Date(date) => date.to_string(),
        }
    }
}

/// What is wrong with a value (interim; the full table comes with the import).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    DateUnreadable,
}

impl Trouble {
    pub fn code(self) -> &'static str {
        "date_unreadable"
    }
    pub fn sentence(self) -> &'static str {
        "不是能认出的日期"
    }
}

/// How a written value was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    Nothing,
    Masked,
    Value(Value),
    Doubtful(Value, Trouble),
    Ambiguous(Vec<Value>),
    Refused(Trouble),
}

/// Reads what a person typed into a form or a script gave for a field.
pub fn read_typed(field: &super::fields::FieldSpec, text: &str, _today: crate::clock::Day) -> Reading {
    let text = text.trim();
    if text.is_empty() {
        return Reading::Nothing;
    }
    if field.is_date() {
        return match PartialDate::from_iso(text) {
            Some(date) => Reading::Value(Value::Date(date)),
            None => Reading::Refused(Trouble::DateUnreadable),
        };
    }
    Reading::Value(Value::Text(text.to_owned()))
}
