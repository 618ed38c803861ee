//! Search over everything (查找): people first, then organisations, then what was said in talks,
//! then archives.
//!
//! Start at [`search`]; talks stand in [`talks`], archives in [`archives`].

mod archives;
mod talks;

use super::desk::Desk;
use super::duplicates::merged;
use super::members::{ListAsk, Who, list};
use crate::clock::Day;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::problem::Result;
use crate::store::directory::search_terms;
pub use archives::{ArchiveHit, ArchiveHitKind, ArchivesFound, archives};
pub use talks::{TalkHit, talks};

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hit {
    Member {
        id: PersonId,
        name: String,
        /// Where the person is, or was last.
        branch: Option<String>,
        on_roll: bool,
    },
    /// 已并入: recorded twice once; leads to the person that stayed.
    Merged {
        id: PersonId,
        name: String,
        into: PersonId,
        into_name: String,
    },
    Organisation {
        id: OrganisationId,
        name: String,
        /// `总支/支部`
        path: String,
    },
    Talk(TalkHit),
    Archive(Box<ArchiveHit>),
}

/// What a text finds, at most `limit`: names that begin with it first, then the roll, then those who left, then
/// organisations, then talks, then archives. A text that says nothing finds nothing.
pub fn search(desk: &Desk, text: &str, as_of: Day, limit: usize) -> Result<Vec<Hit>> {
    let terms = search_terms(text);
    let Some(first) = terms.first() else { return Ok(Vec::new()) };
    let tree = desk.tree_on(as_of);
    let mut people = Vec::new();
    for who in [Who::OnRoll, Who::FloatingIn, Who::Left] {
        let ask = ListAsk { who, text: text.to_owned(), ..ListAsk::roll(as_of, None) };
        for id in list(desk, &ask)?.ids.iter() {
            let Some(card) = desk.directory().get(*id) else { continue };
            let rank = (!card.name.starts_with(first.as_str()), !card.name.contains(first.as_str()));
            people.push((rank, who == Who::OnRoll, card));
        }
    }
    // Stable: within a rank the roll stands in 名册顺序, before those who left.
    people.sort_by_key(|(rank, ..)| *rank);
    let members = people.into_iter().map(|(_, on_roll, card)| {
        let directory = desk.directory();
        let here = card.on_roll(as_of).or_else(|| directory.floats_in(card, as_of));
        let place = here.or_else(|| directory.last_place(card));
        let branch = place.and_then(|place| tree.get(place.organisation)).map(|node| node.name.clone());
        Hit::Member { id: card.id, name: card.name.to_string(), branch, on_roll }
    });
    let organisations = tree.within(None).into_iter().filter(|node| {
        let texts = [Some(&node.name), node.short_name.as_ref(), node.code.as_ref()];
        let own: Vec<String> = texts.into_iter().flatten().flat_map(|text| search_terms(text)).collect();
        terms.iter().all(|term| own.iter().any(|text| text.contains(term.as_str())))
    });
    let organisations =
        organisations.map(|node| Hit::Organisation { id: node.id, name: node.name.clone(), path: tree.path(node.id) });
    let merged = merged(desk, text).into_iter().map(|one| Hit::Merged {
        id: one.id,
        name: one.name,
        into: one.into,
        into_name: one.into_name,
    });
    let mut found: Vec<Hit> = members.chain(merged).chain(organisations).take(limit).collect();
    if found.len() < limit {
        found.extend(talks(desk, text, limit - found.len())?.into_iter().map(Hit::Talk));
    }
    if found.len() < limit {
        let archives = archives(desk, text, limit - found.len())?;
        found.extend(archives.hits.into_iter().map(|hit| Hit::Archive(Box::new(hit))));
    }
    Ok(found)
}
