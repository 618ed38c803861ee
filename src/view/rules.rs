//! The rules as a workbook has them, beside what the program brings.

use super::desk::Desk;
use crate::domain::rules::{Rule, RuleBook};
use crate::problem::Result;
use crate::store::rules;

/// A rule (规则) as it holds, and as it comes.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleLine {
    pub rule: Rule,
    /// As the program brings it.
    pub shipped: Rule,
    /// Why the workbook has it otherwise, or what that rests on.
    pub note: Option<String>,
}

impl RuleLine {
    /// Whether the workbook has it otherwise than it comes.
    pub fn is_changed(&self) -> bool {
        self.rule != self.shipped
    }
}

/// All rules, in the order in which they come.
pub fn rules(desk: &Desk) -> Result<Vec<RuleLine>> {
    let changes = rules::changes(desk.reader())?;
    let shipped = RuleBook::shipped()?;
    let line = |shipped: Rule| {
        let note = changes.iter().find(|change| change.rule == shipped.id).and_then(|change| change.note.clone());
        let rule = desk.rules().get(&shipped.id).cloned().unwrap_or_else(|| shipped.clone());
        RuleLine { rule, shipped, note }
    };
    Ok(shipped.rules.into_iter().map(line).collect())
}
