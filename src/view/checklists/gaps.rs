//! What is missing (缺项): every item of the lowest level that stands at 部分 or 缺, with who is to see to it by when; and who
//! has no checklist at all.

use super::board::{ChecklistBoard, each_board};
use super::overview::{Without, none_made, of_year_and_members, without_checklist};
use crate::clock::Day;
use crate::domain::checklists::{Checklist, ItemState, Owner};
use crate::domain::dates::PartialDate;
use crate::domain::ids::{ChecklistId, ChecklistItemId, OrganisationId};
use crate::problem::{Problem, Result};
use crate::view::desk::Desk;

/// Whose gaps, of which year; those of members' files with them, which are of no year.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GapAsk {
    /// With all below it; all of the workbook where none is told.
    pub scope: Option<OrganisationId>,
    pub year: i16,
    /// The code of a template; of all where none is told.
    pub template: Option<String>,
    /// One checklist only.
    pub checklist: Option<ChecklistId>,
    /// 责任人: the items for which they answer only.
    pub owner: Option<Owner>,
    pub today: Day,
}

/// An item in which something is still to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    pub checklist: ChecklistId,
    pub item: ChecklistItemId,
    /// The organisation, or the member whose file it is.
    pub whose: String,
    /// The title of the checklist.
    pub list: String,
    /// The code and title of the item at the top that it is part of; its own where it stands there.
    pub category: String,
    pub title: String,
    pub standard: Option<String>,
    pub state: ItemState,
    pub reason: Option<String>,
    pub owner: Option<String>,
    pub due: Option<PartialDate>,
    pub note: Option<String>,
}

impl Gap {
    /// Whether its day is over.
    pub fn is_overdue(&self, today: Day) -> bool {
        self.due.is_some_and(|due| due.last_day() < today)
    }
}

/// What is missing: organisation by organisation in the order of the tree, item by item. Fails where there is no checklist:
/// nothing is missing there that anybody could name.
pub fn gaps(desk: &Desk, ask: &GapAsk) -> Result<Vec<Gap>> {
    let mut found = Vec::new();
    each_board(desk, asked(desk, ask)?, ask.today, |board| {
        collect(&board, ask, &mut found);
        Ok(())
    })?;
    Ok(found)
}

/// Who has no checklist, where all are asked for.
pub fn without(desk: &Desk, ask: &GapAsk) -> Result<Without> {
    if ask.checklist.is_some() || ask.owner.is_some() {
        return Ok(Without::NOBODY);
    }
    without_checklist(desk, ask.scope, ask.year, ask.template.as_deref(), ask.today)
}

const NOT_MADE: &str = "没有做缺项单";

/// The checklists that are looked at, in the order of the tree.
fn asked(desk: &Desk, ask: &GapAsk) -> Result<Vec<Checklist>> {
    if let Some(id) = ask.checklist {
        let found = desk.reader().get::<Checklist>(id.0)?;
        return match found {
            Some(found) => Ok(vec![found]),
            None => Err(Problem::input(NOT_MADE, format!("没有编号为 {id} 的清单"))),
        };
    }
    let all = of_year_and_members(desk, ask.scope, ask.year, ask.template.as_deref(), ask.today)?;
    if all.is_empty() {
        return Err(none_made(desk, NOT_MADE, ask.scope, ask.year, ask.today)?);
    }
    Ok(all)
}

fn collect(board: &ChecklistBoard, ask: &GapAsk, into: &mut Vec<Gap>) {
    let mut category = String::new();
    // The owners of the items above, which those below have too.
    let mut owners: Vec<Option<&Owner>> = Vec::new();
    for line in &board.lines {
        owners.truncate(line.depth);
        let above = owners.last().copied().flatten();
        let owner = line.item.owner.as_ref().or(above);
        owners.push(owner);
        if line.depth == 0 {
            let code = line.item.code.as_deref().unwrap_or_default();
            category = format!("{code} {}", line.item.title).trim().to_owned();
        }
        let is_asked = ask.owner.as_ref().is_none_or(|wanted| owner == Some(wanted));
        if line.has_parts || !line.standing.state.is_gap() || !is_asked {
            continue;
        }
        into.push(Gap {
            checklist: board.checklist.id,
            item: line.item.id,
            whose: board.whose.clone(),
            list: board.checklist.title.clone(),
            category: category.clone(),
            title: line.item.title.clone(),
            standard: line.item.standard.clone(),
            state: line.standing.state,
            reason: line.item.reason.clone(),
            owner: line.owner.clone(),
            due: line.due,
            note: line.item.note.clone(),
        });
    }
}
