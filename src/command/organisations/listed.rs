//! What a list of organisations tells, written: new ones below their parents, others changed from the day of the list.
//!
//! Start at [`write_organisations`].

use super::elections::record_election;
use super::{AddOrganisation, EditOrganisation, MoveOrganisation, RenameOrganisation, rejected, require};
use crate::command::drafts::OrganisationDraft;
use crate::command::ledger::Stamp;
use crate::domain::dates::PartialDate;
use crate::domain::ids::OrganisationId;
use crate::domain::imports::{Above, ImportPlan, OrganisationClass, PlannedOrganisation};
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::organisations;

/// Writes the organisations of a plan; `made` are the parents that it made before.
pub(in crate::command) fn write_organisations(
    book: &mut Book<'_>,
    plan: &ImportPlan,
    made: &[OrganisationId],
    stamp: &Stamp,
) -> Result<()> {
    let mut ids: Vec<Option<OrganisationId>> = plan
        .organisations
        .iter()
        .map(|row| match row.class {
            OrganisationClass::Changed { id, .. } | OrganisationClass::Same { id } => Some(id),
            _ => None,
        })
        .collect();
    let mut left: Vec<usize> = (0..plan.organisations.len())
        .filter(|place| matches!(plan.organisations[*place].class, OrganisationClass::New { .. }))
        .collect();
    // A parent may stand further down in the list.
    while !left.is_empty() {
        let before = left.len();
        let mut waiting = Vec::new();
        for place in left {
            let row = &plan.organisations[place];
            let OrganisationClass::New { above } = row.class else { continue };
            match parent(above, made, &ids) {
                Some(parent) => ids[place] = Some(add(book, row, parent, stamp)?),
                None => waiting.push(place),
            }
        }
        if waiting.len() == before {
            return Err(rejected("表里有党组织的上级没有建成").next("请重新预览，再写入"));
        }
        left = waiting;
    }
    let day = PartialDate::of_day(plan.roster_day);
    for row in &plan.organisations {
        let OrganisationClass::Changed { id, above, .. } = row.class else { continue };
        if let Some(above) = above {
            let parent_id =
                parent(above, made, &ids).ok_or_else(|| rejected(format!("“{}”的上级没有建成", row.name)))?;
            MoveOrganisation { id, parent_id, after_id: None, before_id: None, on: Some(day), document: None }
                .apply(book, stamp)?;
        }
        change(book, row, id, day, stamp)?;
    }
    Ok(())
}

/// The parent, once it is there; the inner `None` is the top of the tree.
fn parent(above: Above, made: &[OrganisationId], ids: &[Option<OrganisationId>]) -> Option<Option<OrganisationId>> {
    match above {
        Above::There(id) => Some(id),
        Above::Made(place) => made.get(place).map(|id| Some(*id)),
        Above::Row(place) => ids.get(place).copied().flatten().map(Some),
    }
}

fn draft(row: &PlannedOrganisation, wanted: impl Fn(&str) -> bool) -> OrganisationDraft {
    let set = row.set.iter().filter(|(name, _)| wanted(name));
    OrganisationDraft(set.map(|(name, text)| ((*name).to_owned(), Some(text.clone()))).collect())
}

fn add(
    book: &mut Book<'_>,
    row: &PlannedOrganisation,
    parent_id: Option<OrganisationId>,
    stamp: &Stamp,
) -> Result<OrganisationId> {
    let (_, made) = AddOrganisation { parent_id, set: draft(row, |_| true) }.apply(book, stamp)?;
    made.0.map(OrganisationId).ok_or_else(|| rejected(format!("没有建成“{}”", row.name)))
}

/// Another name holds from the day of the list; a later election follows the one before; all else is corrected.
fn change(
    book: &mut Book<'_>,
    row: &PlannedOrganisation,
    id: OrganisationId,
    day: PartialDate,
    stamp: &Stamp,
) -> Result<()> {
    if let Some(name) = row.set.get("name") {
        let tree = organisations::tree(book.reader())?;
        let short_name = require(&tree, id)?.short_name.clone();
        let renamed = RenameOrganisation { id, name: name.clone(), short_name, on: day, document: None, note: None };
        renamed.apply(book, stamp)?;
    }
    let tree = organisations::tree(book.reader())?;
    let seen = require(&tree, id)?;
    let date = |name: &str| row.set.get(name).and_then(|text| PartialDate::from_iso(text));
    let is_of_term = |name: &str| matches!(name, "elected_on" | "term_ends");
    let elected = date("elected_on")
        .zip(seen.elected_on)
        .filter(|(new, held)| new.first_day() > held.first_day() && !new.agrees_with(*held));
    if let Some((on, _)) = elected {
        record_election(book, seen, on, date("term_ends"))?;
    }
    let set = draft(row, |name| name != "name" && !(elected.is_some() && is_of_term(name)));
    if !set.0.is_empty() {
        EditOrganisation { id, set }.apply(book, stamp)?;
    }
    Ok(())
}
