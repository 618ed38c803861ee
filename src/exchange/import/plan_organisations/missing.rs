//! Organisations that a list leaves out (本表之外): those below the same top that stand in none of its rows; and rows that
//! may be one of them under another name.

use std::collections::HashSet;

use super::comparing::{held_text, says_the_same};
use super::{Found, Planner, Row};
use crate::domain::ids::OrganisationId;
use crate::domain::imports::GoneOrganisation;
use crate::domain::organisations::{Organisation, OrganisationKind, branch_key};

/// What stays when an organisation gets another name.
const STAYS: [&str; 3] = ["secretary", "phone", "founded"];

impl Planner<'_> {
    /// A new row with the parent, secretary, phone and founding day of one that the list leaves out is asked about.
    pub(super) fn ask_about_renamed(&mut self) {
        let held = self.held;
        let missing = self.missing();
        for place in 0..self.rows.len() {
            let row = &self.rows[place];
            let is_answered = held.options.answers.organisation(row.file, &row.sheet, row.number).is_some();
            if row.found != Found::None || is_answered {
                continue;
            }
            let nodes = missing.iter().filter_map(|id| held.tree.get(*id));
            let same: Vec<&Organisation> = nodes.filter(|node| self.is_like(row, node)).collect();
            if same.is_empty() {
                continue;
            }
            let choices = same.iter().map(|node| (node.id, format!("“{}”改了名称", node.name))).collect();
            self.asked_about.extend(same.iter().map(|node| node.id));
            self.ask_which(place, choices);
            self.rows[place].found = Found::Waiting;
        }
    }

    /// Those in no row, nor in one that waits.
    pub(super) fn list_missing(&mut self) {
        let missing = self.missing();
        let nodes = missing.into_iter().filter(|id| !self.asked_about.contains(id));
        let nodes = nodes.filter_map(|id| self.held.tree.get(id));
        self.plan.gone_organisations =
            nodes.map(|node| GoneOrganisation { id: node.id, name: node.name.clone() }).collect();
    }

    fn missing(&self) -> Vec<OrganisationId> {
        let tree = self.held.tree;
        let has_groups = self.rows.iter().any(|row| row.kind == Some(OrganisationKind::Group));
        let is_named = |node: &Organisation| self.taken.contains_key(&node.id);
        let mut seen = HashSet::new();
        let below = self.tops().into_iter().flat_map(|top| tree.within(top));
        let below =
            below.filter(|node| node.stands_on(self.plan.roster_day) && !is_named(node) && seen.insert(node.id));
        let below = below.filter(|node| has_groups || node.kind != OrganisationKind::Group);
        let scope = self.held.options.scope;
        below.filter(|node| scope.is_none_or(|scope| tree.is_within(node.id, scope))).map(|node| node.id).collect()
    }

    /// Below what the list stands: of each tree the lowest organisation that stands above all its rows; everything where
    /// several of its rows are themselves at the top.
    fn tops(&self) -> Vec<Option<OrganisationId>> {
        let tree = self.held.tree;
        let found = tree.all().filter(|node| self.taken.contains_key(&node.id));
        let (roots, others): (Vec<_>, Vec<_>) = found.partition(|node| node.parent.is_none());
        if roots.len() > 1 {
            return vec![None];
        }
        let mut above: Vec<OrganisationId> = roots.iter().map(|node| node.id).collect();
        above.extend(others.iter().filter_map(|node| node.parent));
        let mut tops: Vec<OrganisationId> = Vec::new();
        for id in above {
            let line: Vec<OrganisationId> = tree.lineage(id).map(|node| node.id).collect();
            let meeting = tops.iter().enumerate().find_map(|(at, top)| {
                let other: HashSet<OrganisationId> = tree.lineage(*top).map(|node| node.id).collect();
                line.iter().find(|id| other.contains(id)).map(|id| (at, *id))
            });
            match meeting {
                Some((at, lowest)) => tops[at] = lowest,
                None => tops.push(id),
            }
        }
        tops.into_iter().map(Some).collect()
    }

    /// The same parent, and at least two of what stays, with nothing against it.
    fn is_like(&self, row: &Row, node: &Organisation) -> bool {
        let parent = node.parent.and_then(|id| self.held.tree.get(id));
        let is_there = row.parent.as_ref().is_none_or(|told| {
            parent.is_some_and(|above| {
                let key = branch_key(told);
                branch_key(&above.name) == key || above.short_name.as_deref().map(branch_key) == Some(key)
            })
        });
        let is_group = |kind: Option<OrganisationKind>| kind == Some(OrganisationKind::Group);
        let both = STAYS.iter().filter_map(|field| {
            let held = held_text(node, field);
            row.set.get(field).filter(|_| !held.is_empty()).map(|told| says_the_same(&held, told))
        });
        let both: Vec<bool> = both.collect();
        is_there && is_group(row.kind) == is_group(Some(node.kind)) && both.len() > 1 && both.iter().all(|same| *same)
    }
}
