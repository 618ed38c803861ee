//! 名单（按姓氏笔画为序）: who stands on it, branch by branch or all together.

use std::collections::HashMap;

use super::{Grouping, NameMarks, OfficeAsk, narrowed};
use crate::domain::codes::is_minority;
use crate::domain::ids::OrganisationId;
use crate::print::fill::FillOptions;
use crate::print::frame::{Frame, Whose};
use crate::print::names::{ListedName, NamesSection, NamesSheet};
use crate::print::sheet::long_date;
use crate::problem::Result;
use crate::store::directory::Card;
use crate::view::desk::Desk;
use crate::view::members::{ListAsk, SortBy, SortKey, list};

pub(super) fn names_of(desk: &Desk, ask: &OfficeAsk, options: &FillOptions) -> Result<NamesSheet> {
    let by_strokes = SortKey { by: SortBy::Strokes, descending: false };
    let sorted = ListAsk { sort: vec![by_strokes], ..ask.list.clone() };
    let found = list(desk, &sorted)?;
    let as_of = sorted.as_of;
    let mut sections: Vec<NamesSection> = Vec::new();
    let mut places: HashMap<Option<OrganisationId>, usize> = HashMap::new();
    let tree = desk.tree_on(as_of);
    if ask.grouping == Grouping::ByBranch {
        // In the order of the tree; those who are on no roll come last.
        for node in tree.within(sorted.scope) {
            places.insert(Some(node.id), sections.len());
            sections.push(NamesSection { title: Some(node.name.clone()), names: Vec::new() });
        }
    }
    for card in found.ids.iter().filter_map(|id| desk.directory().get(*id)) {
        let branch = card.on_roll(as_of).map(|membership| membership.organisation);
        let key = if ask.grouping == Grouping::ByBranch { branch } else { None };
        let place = *places.entry(key).or_insert_with(|| {
            sections.push(NamesSection::default());
            sections.len() - 1
        });
        let mark = if ask.marks == NameMarks::SexAndNation { mark_of(card) } else { String::new() };
        sections[place].names.push(ListedName { name: card.name.to_string(), mark });
    }
    sections.retain(|section| !section.names.is_empty());
    if let [only] = &mut sections[..] {
        only.title = None;
    }
    let whose = Whose::on(desk, sorted.scope, as_of)?;
    let frame = Frame {
        organisation: whose.name(),
        prepared_by: String::new(),
        checked_by: String::new(),
        ..whose.frame(options)
    };
    Ok(NamesSheet {
        frame, what: "党员名单".to_owned(), subtitle: subtitle(desk, &sorted, found.ids.len())?, sections
    })
}

/// 「女」, 「回族」, 「女，回族」: documents say what is not 男 and not 汉族.
fn mark_of(card: &Card) -> String {
    let sex = card.sex.as_deref().filter(|sex| *sex == "女");
    let nation = card.nation.as_deref().filter(|nation| is_minority(nation));
    sex.into_iter().chain(nation).collect::<Vec<_>>().join("，")
}

/// 「共 24 人，截至2026年11月24日，按姓氏笔画为序」, with what narrows the list down.
fn subtitle(desk: &Desk, list: &ListAsk, people: usize) -> Result<String> {
    let mut words = narrowed(desk, list)?;
    words.push(format!("共 {people} 人"));
    words.push(format!("截至{}", long_date(list.as_of)));
    words.push("按姓氏笔画为序".to_owned());
    Ok(words.join("，"))
}
