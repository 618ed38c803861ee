//! Places in rosters and groups, kept while a command writes many people.

use std::collections::HashMap;

use crate::command::organisations::STEP;
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::{Organisation, OrganisationKind, OrganisationTree};
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::members::last_position;
use crate::store::organisations;

/// The last 名册顺序 of each branch and the groups below it, and all organisations, asked for once.
#[derive(Debug, Default)]
pub(in crate::command) struct Places {
    positions: HashMap<OrganisationId, i64>,
    groups: HashMap<OrganisationId, Vec<Organisation>>,
    tree: Option<OrganisationTree>,
}

impl Places {
    /// The next place at the end of a branch's roster.
    pub fn next_position(&mut self, book: &Book<'_>, branch: OrganisationId) -> Result<i64> {
        if let std::collections::hash_map::Entry::Vacant(e) = self.positions.entry(branch) {
            e.insert(last_position(book.reader(), branch)?);
        }
        let position = self.positions.entry(branch).or_default();
        *position += STEP;
        Ok(*position)
    }

    /// The organisations there are, the groups just made among them.
    pub fn tree(&mut self, book: &Book<'_>) -> Result<&OrganisationTree> {
        let tree = match self.tree.take() {
            Some(tree) => tree,
            None => organisations::tree(book.reader())?,
        };
        Ok(self.tree.insert(tree))
    }

    /// The group of that name below a branch, made if there is none yet.
    pub fn group(&mut self, book: &mut Book<'_>, branch: OrganisationId, name: &str) -> Result<OrganisationId> {
        if let std::collections::hash_map::Entry::Vacant(e) = self.groups.entry(branch) {
            let tree = organisations::tree(book.reader())?;
            let below = tree.children(Some(branch)).filter(|node| node.kind == OrganisationKind::Group);
            e.insert(below.cloned().collect());
        }
        let groups = self.groups.entry(branch).or_default();
        if let Some(group) = groups.iter().find(|group| group.name == name) {
            return Ok(group.id);
        }
        let id = OrganisationId(book.new_id());
        let mut group = Organisation::new(id, Some(branch), OrganisationKind::Group, name);
        group.position = groups.iter().map(|group| group.position).max().unwrap_or(0) + STEP;
        book.insert(&group)?;
        self.tree = None;
        groups.push(group);
        Ok(id)
    }
}
