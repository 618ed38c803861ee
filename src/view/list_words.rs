//! A list in words: which people, of which organisation, as of which day. For the log of what left the program, for
//! notes on paper, for the heads of dialogs.
//!
//! Knows nothing of who asks. Start at [`in_words`].

use std::collections::BTreeMap;

use super::condition_words::{Names, words};
use super::desk::Desk;
use super::member::extra_labels;
use super::members::{Condition, ListAsk, Who};
use crate::domain::ids::ExtraFieldId;
use crate::problem::Result;
use crate::store::members::extra_fields;

/// 「青禾县民政局党总支，截至 2026-11-24，性别：女」
pub fn in_words(desk: &Desk, ask: &ListAsk) -> Result<String> {
    let mut parts = vec![desk.scope_name_on(ask.scope, ask.as_of), format!("截至 {}", ask.as_of)];
    parts.extend(filter_words(desk, ask)?);
    Ok(parts.join("，"))
}

/// What narrows the list down, one part each; empty for everybody on the roll.
pub fn filter_words(desk: &Desk, ask: &ListAsk) -> Result<Vec<String>> {
    let labels: BTreeMap<ExtraFieldId, String> = extra_labels(&extra_fields(desk.reader())?);
    let tree = desk.tree_on(ask.as_of);
    let names =
        Names { organisation: &|id| tree.get(id).map(|node| node.name.clone()), extra: &|id| labels.get(&id).cloned() };
    Ok(narrowed(ask.who, &ask.text, &ask.conditions, &names))
}

/// The same of its parts.
pub(super) fn narrowed(who: Who, text: &str, conditions: &[Condition], names: &Names<'_>) -> Vec<String> {
    let who = match who {
        Who::OnRoll => None,
        Who::FloatingIn => Some("流入党员".to_owned()),
        Who::Left => Some("已离开".to_owned()),
        Who::Voided => Some("已作废".to_owned()),
    };
    let text = Some(text.trim()).filter(|text| !text.is_empty()).map(|text| format!("搜索“{text}”"));
    let conditions = conditions.iter().map(|condition| words(condition, names));
    who.into_iter().chain(conditions).chain(text).collect()
}
