//! One checklist with everything on it.

use std::collections::{HashMap, HashSet};

use super::filling::Filling;
use super::owner_name;
use crate::clock::Day;
use crate::domain::checklists::{
    Checklist, ChecklistItem, Evidence, Fill, Filled, Of, Progress, Retention, Standing, progress, standing,
};
use crate::domain::dates::PartialDate;
use crate::domain::ids::{ChecklistId, ChecklistItemId, OrganisationId, PersonId};
use crate::problem::Result;
use crate::store::checklists;
use crate::view::desk::Desk;

/// One checklist, as a screen or a paper shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistBoard {
    pub checklist: Checklist,
    /// The organisation's name in its year, or the member's.
    pub whose: String,
    /// The organisation's name in its year; of a member's file that of who keeps it now.
    pub keeper: String,
    /// Each item before its parts, in order.
    pub lines: Vec<ItemLine>,
    /// Of the items at the top.
    pub progress: Progress,
    /// The template is of another version than the items are.
    pub is_outdated: bool,
}

/// An item of a checklist, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemLine {
    pub item: ChecklistItem,
    /// 0 at the top.
    pub depth: usize,
    pub has_parts: bool,
    pub standing: Standing,
    /// What was found of what fills it.
    pub filled: Option<Filled>,
    /// Its own, in order.
    pub evidence: Vec<Evidence>,
    /// How many pieces it and its parts have, each once whatever its versions.
    pub evidence_below: usize,
    /// 责任人: its own, else of what it is part of.
    pub owner: Option<String>,
    /// 期限: its own, else of what it is part of.
    pub due: Option<PartialDate>,
}

impl ChecklistBoard {
    /// 「局机关第一党支部 2026 年党支部工作档案」
    pub fn name(&self) -> String {
        match self.checklist.of {
            Of::Year(year) => format!("{} {year} 年{}", self.whose, self.checklist.title),
            Of::Person(_) => format!("{} 的{}", self.whose, self.checklist.title),
        }
    }

    pub fn line(&self, id: ChecklistItemId) -> Option<&ItemLine> {
        self.lines.iter().find(|line| line.item.id == id)
    }

    /// The parts of an item, or the items at the top.
    pub fn parts(&self, of: Option<ChecklistItemId>) -> impl Iterator<Item = &ItemLine> {
        self.lines.iter().filter(move |line| line.item.parent == of)
    }

    /// 保管期限建议 of an item: its own, else of what it is part of.
    pub fn suggested(&self, id: ChecklistItemId) -> Option<Retention> {
        let item = &self.line(id)?.item;
        item.retention.or_else(|| self.suggested(item.parent?))
    }

    /// The item at the top that an item is part of, itself where it stands there.
    pub fn top(&self, id: ChecklistItemId) -> Option<&ItemLine> {
        let place = self.lines.iter().position(|line| line.item.id == id)?;
        self.lines[..=place].iter().rfind(|line| line.depth == 0)
    }
}

/// One checklist as of today; `None` if there is no such checklist.
pub fn board(desk: &Desk, id: ChecklistId, today: Day) -> Result<Option<ChecklistBoard>> {
    let mut found = None;
    let lists = desk.reader().get::<Checklist>(id.0)?.into_iter().collect();
    each_board(desk, lists, today, |board| {
        found = Some(board);
        Ok(())
    })?;
    Ok(found)
}

/// Several checklists, one after the other. What fills their items is counted once for all of a year.
pub fn each_board(
    desk: &Desk,
    lists: Vec<Checklist>,
    today: Day,
    mut take: impl FnMut(ChecklistBoard) -> Result<()>,
) -> Result<()> {
    let templates = checklists::templates(desk.reader())?;
    let fillings = fillings(desk, &lists, today)?;
    let nothing = Filling::default();
    for checklist in lists {
        let filling = match checklist.of {
            Of::Year(year) => fillings.get(&year).unwrap_or(&nothing),
            Of::Person(_) => &nothing,
        };
        let of = templates.get(&checklist.template);
        let is_outdated = of.is_some_and(|template| template.version != checklist.version);
        take(told(desk, checklist, filling, is_outdated)?)?;
    }
    Ok(())
}

/// What fills items of checklists, year by year.
fn fillings(desk: &Desk, lists: &[Checklist], today: Day) -> Result<HashMap<i16, Filling>> {
    let mut wanted: HashMap<i16, HashSet<(OrganisationId, Fill)>> = HashMap::new();
    for checklist in lists {
        let Of::Year(year) = checklist.of else { continue };
        let items = checklists::items(desk.reader(), checklist.id)?;
        let fills = items.into_iter().filter_map(|item| Some((checklist.organisation, item.fill?)));
        wanted.entry(year).or_default().extend(fills);
    }
    wanted.into_iter().map(|(year, wanted)| Ok((year, Filling::of(desk, &wanted, year, today)?))).collect()
}

fn told(desk: &Desk, checklist: Checklist, filling: &Filling, is_outdated: bool) -> Result<ChecklistBoard> {
    let items = checklists::items(desk.reader(), checklist.id)?;
    let mut evidence: HashMap<ChecklistItemId, Vec<Evidence>> = HashMap::new();
    for one in checklists::evidence_of(desk.reader(), checklist.id)? {
        if let Some(item) = one.belongs.item() {
            evidence.entry(item).or_default().push(one);
        }
    }
    let filled = filling.of_items(checklist.organisation, &items);
    let counts = evidence.iter().map(|(item, evidence)| (*item, evidence.len())).collect();
    let stands = standing(&items, &counts, &filled);
    let progress = progress(&items, &stands);
    let mut lines = Lines { desk, items: &items, stands: &stands, filled: &filled, evidence, told: Vec::new() };
    lines.tell(None, 0, None, None);
    Ok(ChecklistBoard {
        whose: whose(desk, &checklist),
        keeper: keeper(desk, &checklist),
        lines: lines.told,
        progress,
        is_outdated,
        checklist,
    })
}

/// The checklists of a member's files.
pub fn of_person(desk: &Desk, person: PersonId) -> Result<Vec<Checklist>> {
    checklists::of_person(desk.reader(), person)
}

/// Whose checklist it is: the organisation as it was called at the end of the year, or the member.
pub fn whose(desk: &Desk, checklist: &Checklist) -> String {
    match checklist.of {
        Of::Year(_) => keeper(desk, checklist),
        Of::Person(person) => desk.directory().get(person).map_or_else(String::new, |card| card.name.to_string()),
    }
}

/// The organisation as it was called at the end of the year.
fn keeper(desk: &Desk, checklist: &Checklist) -> String {
    let day = match checklist.of {
        Of::Year(year) => Day::new(year, 12, 31).unwrap_or(Day::MAX),
        Of::Person(_) => Day::MAX,
    };
    let tree = desk.tree_on(day);
    tree.get(checklist.organisation).map_or_else(String::new, |node| node.shown_name().to_owned())
}

struct Lines<'l> {
    desk: &'l Desk,
    items: &'l [ChecklistItem],
    stands: &'l HashMap<ChecklistItemId, Standing>,
    filled: &'l HashMap<ChecklistItemId, Filled>,
    evidence: HashMap<ChecklistItemId, Vec<Evidence>>,
    told: Vec<ItemLine>,
}

impl Lines<'_> {
    /// Tells the parts of an item, or the items at the top; returns how much evidence they have.
    fn tell(
        &mut self,
        parent: Option<ChecklistItemId>,
        depth: usize,
        owner: Option<&str>,
        due: Option<PartialDate>,
    ) -> usize {
        let mut below = 0;
        let items = self.items;
        for item in items.iter().filter(|item| item.parent == parent) {
            let Some(standing) = self.stands.get(&item.id).copied() else { continue };
            let own = item.owner.as_ref().map(|owner| owner_name(self.desk, owner));
            let owner = own.or_else(|| owner.map(str::to_owned));
            let due = item.due.or(due);
            let evidence = self.evidence.remove(&item.id).unwrap_or_default();
            let own_count = evidence.iter().filter(|piece| piece.is_final).count();
            let place = self.told.len();
            self.told.push(ItemLine {
                item: item.clone(),
                depth,
                has_parts: false,
                standing,
                filled: self.filled.get(&item.id).copied(),
                evidence,
                evidence_below: 0,
                owner: owner.clone(),
                due,
            });
            let of_parts = self.tell(Some(item.id), depth + 1, owner.as_deref(), due);
            let has_parts = self.told.len() > place + 1;
            let line = &mut self.told[place];
            line.has_parts = has_parts;
            line.evidence_below = own_count + of_parts;
            below += line.evidence_below;
        }
        below
    }
}
