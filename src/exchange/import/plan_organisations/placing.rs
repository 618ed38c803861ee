//! Below what the rows of a list stand: rows of the list, organisations of the workbook, or such as are made for them.
//!
//! Start at [`Planner::place_rows`].

use super::{Found, Planner};
use crate::domain::ids::OrganisationId;
use crate::domain::imports::{Above, NewBranch};
use crate::domain::lists::OrganisationField;
use crate::domain::organisations::{Organisation, OrganisationKind, branch_key};
use crate::domain::values::kind_of_organisation;

impl Planner<'_> {
    /// Below what each row stands.
    pub(super) fn place_rows(&mut self) {
        for place in 0..self.rows.len() {
            if matches!(self.rows[place].found, Found::Waiting | Found::Broken) {
                continue;
            }
            match self.rows[place].parent.clone() {
                Some(parent) => self.place_below(place, &parent),
                None => self.place_without_parent(place),
            }
        }
    }

    fn place_below(&mut self, place: usize, parent: &str) {
        let key = branch_key(parent);
        let in_file: Vec<usize> = (0..self.rows.len())
            .filter(|other| *other != place && branch_key(&self.rows[*other].name) == key)
            .filter(|other| self.rows[*other].kind != Some(OrganisationKind::Group))
            .collect();
        // One that stands twice is written once.
        let is_settled = |other: &usize| self.rows[*other].found != Found::Waiting;
        let settled: Vec<usize> = in_file.iter().copied().filter(is_settled).collect();
        let in_file = if settled.is_empty() { in_file } else { settled };
        let in_workbook: Vec<&Organisation> = self.held.tree.named(parent, None);
        let (above, kind) = match (&in_file[..], &in_workbook[..]) {
            ([one], _) => match self.rows[*one].found {
                Found::One(id) => (Above::There(Some(id)), self.rows[*one].kind),
                Found::None => (Above::Row(*one), self.rows[*one].kind),
                Found::Waiting | Found::Broken => return self.wait(place, "上级党组织那一行还没有写入"),
            },
            ([], [one]) => (Above::There(Some(one.id)), Some(one.kind)),
            ([], []) => match kind_of_organisation(parent) {
                Some(kind) => (self.make(parent, kind), Some(kind)),
                None => return self.wait(place, "看不出上级党组织是哪一种党组织；请先建好它"),
            },
            _ => return self.wait(place, "有几个党组织叫这个名称，不知道在哪一个下面；请先在表里写全称"),
        };
        if is_possible(self.rows[place].kind, kind) {
            self.rows[place].above = Some(above);
        } else {
            self.wait(place, "党支部下面只能有党小组，党小组要在党支部下面；请核对上级");
        }
    }

    fn place_without_parent(&mut self, place: usize) {
        let is_new = self.rows[place].found == Found::None;
        if is_new && self.rows[place].kind == Some(OrganisationKind::Group) {
            self.wait(place, "没有写明党小组属于哪个党支部");
        } else if is_new {
            self.rows[place].above = Some(Above::There(self.root_of_scope()));
        }
    }

    /// The row is not written, and it is told why.
    fn wait(&mut self, place: usize, why: &str) {
        self.rows[place].found = Found::Broken;
        self.problem_at(place, OrganisationField::Parent, "parent_unclear", why);
    }

    /// A parent that neither the file nor the workbook has is made, and listed.
    fn make(&mut self, name: &str, kind: OrganisationKind) -> Above {
        let key = branch_key(name);
        let made = self.plan.new_branches.iter().position(|new| branch_key(&new.name) == key);
        let parent = self.root_of_scope();
        Above::Made(made.unwrap_or_else(|| {
            self.plan.new_branches.push(NewBranch { name: name.to_owned(), kind, parent });
            self.plan.new_branches.len() - 1
        }))
    }

    /// New organisations stand below the scope, where it can hold them.
    fn root_of_scope(&self) -> Option<OrganisationId> {
        let scope = self.held.options.scope.and_then(|id| self.held.tree.get(id))?;
        let is_low = scope.kind.is_branch() || scope.kind == OrganisationKind::Group;
        if is_low { scope.parent } else { Some(scope.id) }
    }

    /// Rows that the file puts below each other are not written, nor what stands below them.
    pub(super) fn break_circles(&mut self) {
        loop {
            let lost: Vec<usize> = (0..self.rows.len()).filter(|place| self.is_lost(*place)).collect();
            if lost.is_empty() {
                return;
            }
            for place in lost {
                self.wait(place, "上级党组织互相套在一起，或上级那一行不能写入；请核对");
            }
        }
    }

    /// Whether the way up from a row leads back to it, or to a row that is not written.
    fn is_lost(&self, start: usize) -> bool {
        if self.rows[start].found == Found::Broken || self.rows[start].found == Found::Waiting {
            return false;
        }
        let own = match self.rows[start].found {
            Found::One(id) => Some(id),
            _ => None,
        };
        let mut at = start;
        for _ in 0..=self.rows.len() {
            match self.rows[at].above {
                Some(Above::Row(next)) if next == start => return true,
                Some(Above::Row(next)) if self.rows[next].found == Found::Broken => return true,
                Some(Above::Row(next)) => at = next,
                Some(Above::There(Some(id))) => return own.is_some_and(|own| self.held.tree.is_within(id, own)),
                _ => return false,
            }
        }
        true
    }
}

/// Below a branch stand only groups, below a group nothing.
fn is_possible(kind: Option<OrganisationKind>, above: Option<OrganisationKind>) -> bool {
    let Some(above) = above else { return kind != Some(OrganisationKind::Group) };
    match kind {
        Some(OrganisationKind::Group) => above.is_branch(),
        _ => !above.is_branch() && above != OrganisationKind::Group,
    }
}
