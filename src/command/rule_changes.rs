//! Changes of rules (规则): what a workbook has otherwise than the program brings it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Made, filled, title};
use crate::domain::rules::{RuleBook, RuleChange};
use crate::problem::{Problem, Result};
use crate::store::book::Book;
use crate::store::{rules, workbook::Title};

/// Sets what this workbook has otherwise of a rule: numbers, whether it is on, and what that rests on. With nothing
/// told the rule is again as the program brings it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetRule {
    pub rule: String,
    #[serde(default)]
    pub numbers: BTreeMap<String, i64>,
    #[serde(default)]
    pub enabled: Option<bool>,
    #[serde(default)]
    pub note: Option<String>,
}

impl SetRule {
    pub(super) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let shipped = RuleBook::shipped()?;
        let rule = shipped.get(&self.rule).ok_or_else(|| rejected(format!("没有编号为“{}”的规则", self.rule)))?;
        for (name, number) in &self.numbers {
            if !rule.numbers.contains_key(name) {
                return Err(rejected(format!("“{}”没有名为“{name}”的数", rule.title)));
            }
            if !(0..=10_000).contains(number) {
                return Err(rejected(format!("“{}”的数要在 0 到 10000 之间", rule.title)));
            }
        }
        // What is as the program brings it is no change.
        let numbers =
            self.numbers.into_iter().filter(|(name, number)| rule.numbers.get(name) != Some(number)).collect();
        let enabled = self.enabled.filter(|enabled| *enabled != rule.enabled);
        let note = filled(self.note);
        let seen = rules::changes(book.reader())?.into_iter().find(|change| change.rule == self.rule);
        let wanted = RuleChange { id: 0, rule: self.rule, numbers, enabled, note };
        let is_empty = wanted.numbers.is_empty() && wanted.enabled.is_none() && wanted.note.is_none();
        match seen {
            Some(seen) if is_empty => book.delete(&seen)?,
            Some(seen) => book.update(&seen, &RuleChange { id: seen.id, ..wanted })?,
            None if is_empty => {}
            None => {
                let id = book.new_id();
                book.insert(&RuleChange { id, ..wanted })?;
            }
        }
        Ok((title(format!("修改规则：{}", rule.title)), Made(None)))
    }
}

fn rejected(happened: impl Into<String>) -> Problem {
    Problem::input("没有修改规则", happened)
}
