//! Owns what an order of the list is: by which column, by which rule, which way, and in which words it is told.
//! Must never know a member. Start at [`Order`].

use serde::{Deserialize, Serialize};

/// By which rule the values of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Rule {
    /// Dates by the calendar, numbers by size, texts by pinyin.
    #[default]
    Usual,
    /// 姓氏笔画, for names.
    Strokes,
    /// 政治生日, for 入党时间: by month and day, whatever the year.
    Birthday,
}

/// One order: by which column, by which rule, and which way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub column: String,
    #[serde(default)]
    pub rule: Rule,
    pub descending: bool,
}

impl Order {
    /// From small to large.
    pub fn ascending(column: &str, rule: Rule) -> Self {
        Self { column: column.to_owned(), rule, descending: false }
    }
}

/// In which words the orders of a column are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderWords {
    Dates,
    Numbers,
    Text,
    /// By pinyin; names stand by their strokes too.
    Names,
}

impl OrderWords {
    /// Ascending and descending.
    pub fn both(self) -> [&'static str; 2] {
        match self {
            Self::Dates => ["从早到晚", "从晚到早"],
            Self::Numbers => ["从小到大", "从大到小"],
            Self::Text => ["升序", "降序"],
            Self::Names => ["拼音升序", "拼音降序"],
        }
    }
}
