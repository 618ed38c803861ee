//! The reading side of an open workbook: the last committed state, with people and organisations in memory.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::clock::Day;
use crate::domain::ids::{OrganisationId, RecordId};
use crate::domain::organisations::OrganisationTree;
use crate::problem::Result;
use crate::store::directory::Directory;
use crate::store::reader::Reader;
use crate::store::workbook::ReadOnly;
use crate::store::{Areas, organisations};

use super::members::SortKey;

/// What questions are asked of.
#[derive(Debug)]
pub struct Desk {
    connection: ReadOnly,
    directory: Directory,
    tree: OrganisationTree,
    /// Orders of everybody, as places in the directory, by sort and day: filtering keeps an order, so it is made once.
    orders: RefCell<HashMap<(Day, Vec<SortKey>), Arc<Vec<usize>>>>,
}

/// Orders kept before the oldest are dropped.
const ORDERS_KEPT: usize = 8;

impl Desk {
    /// Reads organisations and people into memory.
    pub fn open(connection: ReadOnly) -> Result<Self> {
        let tree = organisations::tree(connection.reader())?;
        let directory = Directory::load(connection.reader())?;
        Ok(Self { connection, directory, tree, orders: RefCell::default() })
    }

    /// Reads those again that a change touched.
    pub fn refresh(&mut self, areas: Areas, touched: &[RecordId]) -> Result<()> {
        self.orders.borrow_mut().clear();
        if areas.organisations {
            self.tree = organisations::tree(self.connection.reader())?;
        }
        if areas.members { self.directory.refresh(self.connection.reader(), touched) } else { Ok(()) }
    }

    pub fn reader(&self) -> Reader<'_> {
        self.connection.reader()
    }

    pub fn connection(&self) -> &ReadOnly {
        &self.connection
    }

    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    pub fn tree(&self) -> &OrganisationTree {
        &self.tree
    }

    /// The name of a scope: the organisation's, or 「全部」.
    pub fn scope_name(&self, scope: Option<OrganisationId>) -> String {
        match scope.and_then(|id| self.tree.get(id)) {
            Some(node) => node.name.clone(),
            None => "全部".to_owned(),
        }
    }

    pub(super) fn order(
        &self,
        day: Day,
        sort: &[SortKey],
        make: impl FnOnce() -> Result<Vec<usize>>,
    ) -> Result<Arc<Vec<usize>>> {
        let key = (day, sort.to_vec());
        if let Some(order) = self.orders.borrow().get(&key) {
            return Ok(Arc::clone(order));
        }
        let order = Arc::new(make()?);
        let mut orders = self.orders.borrow_mut();
        if orders.len() >= ORDERS_KEPT {
            orders.clear();
        }
        orders.insert(key, Arc::clone(&order));
        Ok(order)
    }
}
