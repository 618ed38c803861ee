//! The head and the foot that every paper has (填报单位, 截至, 填报日期, 制表人, 审核人, 练习), and whose paper it is.
//!
//! Knows no form and no template. Start at [`Whose`]: it gives the name for the title, and the [`Frame`].

use super::fill::FillOptions;
use crate::clock::Day;
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::{Organisation, OrganisationTree};
use crate::problem::Result;
use crate::view::desk::Desk;
use crate::view::settings::{self, WorkbookSettings};

/// What stands at the head and the foot of a paper (表头、表尾).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// 填报单位（盖章）.
    pub organisation: String,
    /// 截至: the day on which the paper is true.
    pub as_of: Day,
    /// 填报日期.
    pub filled_on: Day,
    /// 制表人; empty: a line to sign on.
    pub prepared_by: String,
    /// 审核人; empty: a line to sign on.
    pub checked_by: String,
    /// Whether it comes from a practice workbook: 练习 on every page.
    pub practice: bool,
}

/// Whose paper it is, and of which day.
pub(super) struct Whose {
    /// That of the scope; of the whole its root, where it has a single one on that day.
    pub organisation: Option<Organisation>,
    as_of: Day,
    settings: WorkbookSettings,
}

impl Whose {
    /// Of a scope as it was on the day: a paper of that day.
    pub(super) fn on(desk: &Desk, scope: Option<OrganisationId>, as_of: Day) -> Result<Self> {
        Self::of(desk, &desk.tree_on(as_of), scope, as_of)
    }

    /// Of a scope as the workbook has it now: a paper of today.
    pub(super) fn now(desk: &Desk, scope: Option<OrganisationId>, as_of: Day) -> Result<Self> {
        Self::of(desk, desk.tree(), scope, as_of)
    }

    fn of(desk: &Desk, tree: &OrganisationTree, scope: Option<OrganisationId>, as_of: Day) -> Result<Self> {
        let organisation = match scope {
            Some(id) => tree.get(id),
            None => {
                let mut roots = tree.children(None).filter(|root| root.stands_on(as_of));
                roots.next().filter(|_| roots.next().is_none())
            }
        };
        Ok(Self { organisation: organisation.cloned(), as_of, settings: settings::read(desk)? })
    }

    /// The name on paper; the whole without a single root goes by the name of the workbook.
    pub(super) fn name(&self) -> String {
        self.organisation.as_ref().map_or_else(|| self.settings.title.clone(), |node| node.name.clone())
    }

    /// Head and foot, as whoever prints chose, else as the workbook tells.
    pub(super) fn frame(&self, options: &FillOptions) -> Frame {
        let chosen = |choice: &Option<String>, told: &String| choice.as_ref().unwrap_or(told).clone();
        Frame {
            organisation: options.reporting_unit.clone().unwrap_or_else(|| self.unit()),
            as_of: self.as_of,
            filled_on: options.filled_on,
            prepared_by: chosen(&options.prepared_by, &self.settings.prepared_by),
            checked_by: chosen(&options.checked_by, &self.settings.checked_by),
            practice: self.settings.practice,
        }
    }

    /// 填报单位: what the workbook tells holds for the whole and its roots; every other organisation goes by its own name.
    fn unit(&self) -> String {
        let is_root = self.organisation.as_ref().is_none_or(|node| node.parent.is_none());
        let told = &self.settings.reporting_unit;
        if is_root && !told.is_empty() { told.clone() } else { self.name() }
    }
}
