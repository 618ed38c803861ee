//! What is due (到期): the items of the lowest level that are missing, or there only in part, and have a day by which they
//! are to be there.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::board::whose;
use super::filling::Filling;
use super::owner_name;
use crate::clock::Day;
use crate::domain::checklists::{Checklist, ChecklistItem, Fill, Filled, ItemState, Of, standing};
use crate::domain::dates::PartialDate;
use crate::domain::ids::{ChecklistId, ChecklistItemId, OrganisationId};
use crate::problem::Result;
use crate::store::checklists;
use crate::view::desk::Desk;

/// An item that is due and lacks something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueItem {
    pub checklist: Checklist,
    /// The organisation in its year, or the member whose file it is.
    pub whose: String,
    /// The title of the item at the top that it is part of; none where it stands there itself.
    pub category: Option<String>,
    pub item: ChecklistItem,
    /// 部分 or 缺
    pub state: ItemState,
    /// 责任人: its own, else of what it is part of.
    pub owner: Option<String>,
    /// 期限: its own, else of what it is part of.
    pub due: PartialDate,
}

/// The items that are due up to a day, as they stand today, by their day; of those checklists only that are asked for.
pub fn due_items(desk: &Desk, until: Day, today: Day, is_asked: impl Fn(&Checklist) -> bool) -> Result<Vec<DueItem>> {
    let mut lists: HashMap<ChecklistId, Option<Checklist>> = HashMap::new();
    let mut open = Vec::new();
    for (item, due) in checklists::open_and_due(desk.reader(), until)? {
        let list = match lists.get(&item.checklist) {
            Some(known) => known.clone(),
            None => {
                let list = desk.reader().get::<Checklist>(item.checklist.0)?.filter(&is_asked);
                lists.insert(item.checklist, list.clone());
                list
            }
        };
        open.extend(list.map(|list| (list, item, due)));
    }
    let fillings = fillings(desk, &open, today)?;
    let mut wholes = Wholes { desk, known: HashMap::new() };
    let mut found = Vec::new();
    for (list, item, due) in open {
        let filled = match list.of {
            Of::Year(year) => fillings.get(&year).and_then(|year| year.get(list.organisation, item.fill.as_ref()?)),
            Of::Person(_) => None,
        };
        let state = state_of(desk, &item, filled)?;
        if state.is_gap() {
            let above = wholes.above(&item)?;
            let owner = std::iter::once(&item).chain(above.iter()).find_map(|item| item.owner.as_ref());
            found.push(DueItem {
                whose: whose(desk, &list),
                category: above.last().map(|top| top.title.clone()),
                owner: owner.map(|owner| owner_name(desk, owner)),
                checklist: list,
                state,
                due,
                item,
            });
        }
    }
    Ok(found)
}

/// What fills the items, year by year.
fn fillings(
    desk: &Desk,
    open: &[(Checklist, ChecklistItem, PartialDate)],
    today: Day,
) -> Result<HashMap<i16, Filling>> {
    let mut wanted: BTreeMap<i16, HashSet<(OrganisationId, Fill)>> = BTreeMap::new();
    for (list, item, _) in open {
        if let (Of::Year(year), Some(fill), None) = (list.of, &item.fill, item.state) {
            wanted.entry(year).or_default().insert((list.organisation, fill.clone()));
        }
    }
    wanted.into_iter().map(|(year, wanted)| Ok((year, Filling::of(desk, &wanted, year, today)?))).collect()
}

/// How an item of the lowest level stands. Those that nothing fills have neither a state nor evidence that would say more.
fn state_of(desk: &Desk, item: &ChecklistItem, filled: Option<Filled>) -> Result<ItemState> {
    if item.fill.is_none() || item.state.is_some() {
        return Ok(item.state.unwrap_or(ItemState::Missing));
    }
    let alone = ChecklistItem { parent: None, ..item.clone() };
    let evidence = checklists::evidence_of_item(desk.reader(), item.id)?.len();
    let filled: HashMap<ChecklistItemId, Filled> = filled.map(|filled| (item.id, filled)).into_iter().collect();
    let stands = standing(&[alone], &HashMap::from([(item.id, evidence)]), &filled);
    Ok(stands.get(&item.id).map_or(ItemState::Missing, |standing| standing.state))
}

/// What items are part of, each read once.
struct Wholes<'d> {
    desk: &'d Desk,
    known: HashMap<ChecklistItemId, Option<ChecklistItem>>,
}

impl Wholes<'_> {
    /// What an item is part of, from the nearest to the one at the top.
    fn above(&mut self, item: &ChecklistItem) -> Result<Vec<ChecklistItem>> {
        let mut above: Vec<ChecklistItem> = Vec::new();
        while let Some(id) = above.last().map_or(item.parent, |last| last.parent) {
            let whole = match self.known.get(&id) {
                Some(known) => known.clone(),
                None => {
                    let read = self.desk.reader().get::<ChecklistItem>(id.0)?;
                    self.known.insert(id, read.clone());
                    read
                }
            };
            let Some(whole) = whole else { break };
            above.push(whole);
        }
        Ok(above)
    }
}
