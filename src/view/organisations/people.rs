//! Who can be chosen for something in an organisation: its members, told apart in a line each.

use std::collections::HashMap;

use crate::clock::Day;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::members::Category;
use crate::problem::Result;
use crate::view::desk::Desk;
use crate::view::members::{Condition, ListAsk, list};

/// Somebody who can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoosablePerson {
    pub id: PersonId,
    pub name: String,
    /// 「陈志远」; with branch and age where two have the name, with 预备 where that matters.
    pub words: String,
    pub is_formal: bool,
    /// Where the person is on the roll.
    pub branch: Option<OrganisationId>,
}

/// The members of an organisation and of all below it, in 名册顺序.
pub fn choosable(desk: &Desk, scope: OrganisationId, day: Day) -> Result<Vec<ChoosablePerson>> {
    let ask = ListAsk { conditions: vec![Condition::Members], ..ListAsk::roll(day, Some(scope)) };
    let found = list(desk, &ask)?;
    let cards = || found.ids.iter().filter_map(|id| desk.directory().get(*id));
    let mut bearers: HashMap<&str, usize> = HashMap::new();
    cards().for_each(|card| *bearers.entry(&card.name).or_default() += 1);
    let tree = desk.tree_on(day);
    let lines = cards().map(|card| {
        let branch = card.on_roll(day).and_then(|held| tree.get(held.organisation));
        let mut told = Vec::new();
        if bearers.get(&*card.name).is_some_and(|count| *count > 1) {
            told.extend(branch.map(|node| node.shown_name().to_owned()));
            told.extend(card.birth.map(|birth| format!("{birth} 生")));
        }
        let is_formal = card.path.category_on(day) == Some(Category::Formal);
        if !is_formal {
            told.push("预备党员".to_owned());
        }
        let name = card.name.to_string();
        let words = if told.is_empty() { name.clone() } else { format!("{name}（{}）", told.join("，")) };
        ChoosablePerson { id: card.id, name, words, is_formal, branch: branch.map(|node| node.id) }
    });
    Ok(lines.collect())
}
