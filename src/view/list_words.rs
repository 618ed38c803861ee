//! A list in words: which people, of which organisation, as of which day. For the log of what left the program, for
//! notes on paper, for the heads of dialogs.
//!
//! Knows nothing of who asks. Start at [`in_words`].

use super::desk::Desk;
use super::members::{Condition, ListAsk, Who};
use crate::domain::fields::Known;

/// 「青禾县民政局党总支，截至 2026-11-24，性别：女」
pub fn in_words(desk: &Desk, ask: &ListAsk) -> String {
    let mut parts = vec![desk.scope_name(ask.scope), format!("截至 {}", ask.as_of)];
    parts.extend(filter_words(desk, ask));
    parts.join("，")
}

/// What narrows the list down, one part each; empty for everybody on the roll.
pub fn filter_words(desk: &Desk, ask: &ListAsk) -> Vec<String> {
    let who = match ask.who {
        Who::OnRoll => None,
        Who::Left => Some("已离开".to_owned()),
        Who::Voided => Some("已作废".to_owned()),
    };
    let text = Some(ask.text.trim()).filter(|text| !text.is_empty()).map(|text| format!("搜索“{text}”"));
    let conditions = ask.conditions.iter().map(|condition| condition_words(desk, condition));
    who.into_iter().chain(conditions).chain(text).collect()
}

fn condition_words(desk: &Desk, condition: &Condition) -> String {
    match condition {
        Condition::Category(category) => format!("人员类别：{category}"),
        Condition::Sex(sex) => format!("性别：{sex}"),
        Condition::Nation(nation) => format!("民族：{nation}"),
        Condition::Members => "党员".to_owned(),
        Condition::Band(family, band) => format!("{family}：{band}"),
        Condition::College => "大专及以上".to_owned(),
        Condition::FiftyYears => "光荣在党50年".to_owned(),
        Condition::UnknownCategory => "人员类别不详".to_owned(),
        Condition::UnknownStart => "起始日期不详".to_owned(),
        Condition::Age(from, u16::MAX) => format!("年龄：{from}岁及以上"),
        Condition::Age(from, to) => format!("年龄：{from}至{to}岁"),
        Condition::Within(id) => desk.scope_name(Some(*id)),
        Condition::Field(name, value) => {
            let label = Known::from_name(name).map_or(name.as_str(), |known| known.label());
            if value.is_empty() { format!("{label}空着") } else { format!("{label}：{value}") }
        }
        Condition::Any(conditions) => {
            let parts: Vec<String> = conditions.iter().map(|condition| condition_words(desk, condition)).collect();
            parts.join("或")
        }
    }
}
