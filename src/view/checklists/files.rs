//! The files of members (入党档案) of a scope: who has one, who has none, how they stand. No ranking.

use std::collections::HashMap;

use super::ChecklistMade;
use crate::clock::Day;
use crate::domain::checklists::{Checklist, Of, progress, standing};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::members::Category;
use crate::problem::Result;
use crate::store::checklists;
use crate::view::desk::Desk;

/// Whose files, from which template.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FilesAsk {
    /// With all below it; all of the workbook where none is told.
    pub scope: Option<OrganisationId>,
    /// The code of a template.
    pub template: String,
    pub today: Day,
}

/// A member, and the file, if there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberFile {
    pub person: PersonId,
    pub name: String,
    /// Where they are on the roll, else who keeps the file.
    pub organisation: String,
    pub category: Option<Category>,
    pub file: Option<ChecklistMade>,
}

/// Whether anything is asked for in a checklist on a day: in a member's file as long as the member is there. The file of
/// who has left is still kept, and nobody has to complete it.
pub fn is_asked_for(desk: &Desk, checklist: &Checklist, day: Day) -> bool {
    match checklist.of {
        Of::Year(_) => true,
        Of::Person(person) => {
            let directory = desk.directory();
            directory.get(person).is_some_and(|card| directory.is_here(card, day))
        }
    }
}

/// Whether a checklist is that of somebody who was typed by mistake: it is nobody's.
pub(super) fn is_of_nobody(desk: &Desk, checklist: &Checklist) -> bool {
    match checklist.of {
        Of::Year(_) => false,
        Of::Person(person) => desk.directory().get(person).is_none_or(|card| card.voided),
    }
}

/// The members of a scope in the order of the tree, each with the file; then those who have left and whose file is still
/// kept there.
pub fn member_files(desk: &Desk, ask: &FilesAsk) -> Result<Vec<MemberFile>> {
    let version = checklists::templates(desk.reader())?.get(&ask.template).map(|template| template.version);
    let mut made: HashMap<PersonId, Checklist> = HashMap::new();
    for checklist in checklists::by_template(desk.reader(), &ask.template)? {
        if let Of::Person(person) = checklist.of {
            made.insert(person, checklist);
        }
    }
    let directory = desk.directory();
    let mut lines = Vec::new();
    let line = |person: PersonId, organisation: &str, file: Option<Checklist>| -> Result<Option<MemberFile>> {
        let Some(card) = directory.get(person) else { return Ok(None) };
        let file = match file {
            Some(file) => Some(standing_of(desk, &file, version)?),
            None => None,
        };
        Ok(Some(MemberFile {
            person,
            name: card.name.to_string(),
            organisation: organisation.to_owned(),
            category: card.path.category_on(ask.today),
            file,
        }))
    };
    let within = desk.tree().within(ask.scope);
    for node in &within {
        let mut here: Vec<(i64, PersonId)> = directory
            .ever_in(Some(node.id))
            .iter()
            .filter_map(|id| directory.get(*id))
            .filter(|card| card.is_member_on(ask.today))
            .filter_map(|card| Some((card.on_roll(ask.today)?, card.id)))
            .filter(|(membership, _)| membership.organisation == node.id)
            .map(|(membership, id)| (membership.position, id))
            .collect();
        here.sort_unstable();
        for (_, person) in here {
            lines.extend(line(person, node.shown_name(), made.remove(&person))?);
        }
    }
    let mut kept: Vec<Checklist> = made.into_values().filter(|checklist| !is_of_nobody(desk, checklist)).collect();
    kept.sort_by_key(|checklist| checklist.id);
    for checklist in kept {
        let keeper = within.iter().find(|node| node.id == checklist.organisation);
        if let (Some(keeper), Of::Person(person)) = (keeper, checklist.of) {
            lines.extend(line(person, keeper.shown_name(), Some(checklist))?);
        }
    }
    Ok(lines)
}

fn standing_of(desk: &Desk, file: &Checklist, version: Option<i64>) -> Result<ChecklistMade> {
    let items = checklists::items(desk.reader(), file.id)?;
    let mut counts = HashMap::new();
    for evidence in checklists::evidence_of(desk.reader(), file.id)? {
        if let Some(item) = evidence.belongs.item() {
            *counts.entry(item).or_insert(0_usize) += 1;
        }
    }
    let stands = standing(&items, &counts, &HashMap::new());
    let is_outdated = version.is_some_and(|version| version != file.version);
    Ok(ChecklistMade { id: file.id, progress: progress(&items, &stands), is_outdated })
}
