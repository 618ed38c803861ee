//! The reading side of an open workbook: the last committed state, with people and organisations in memory.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::clock::Day;
use crate::domain::checklists::PieceNumbers;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{OrganisationId, PersonId, RecordId};
use crate::domain::organisations::{OrganisationEvent, OrganisationTree};
use crate::domain::probation::ProbationRule;
use crate::domain::rules::RuleBook;
use crate::problem::Result;
use crate::store::directory::Directory;
use crate::store::reader::Reader;
use crate::store::workbook::ReadOnly;
use crate::store::{Areas, organisations, rules, talks};

use super::checklists::numbers_of_year;
use super::members::SortKey;

/// What questions are asked of.
#[derive(Debug)]
pub struct Desk {
    connection: ReadOnly,
    directory: Directory,
    tree: Arc<OrganisationTree>,
    organisation_events: Vec<OrganisationEvent>,
    rules: RuleBook,
    /// Trees of past days since which an organisation was renamed or moved.
    trees: RefCell<HashMap<Day, Arc<OrganisationTree>>>,
    /// Orders of everybody, as places in the directory, by sort and day: filtering keeps an order, so it is made once.
    /// `None` where it was asked for and not made yet.
    orders: RefCell<HashMap<(Day, Vec<SortKey>), Option<Arc<Vec<usize>>>>>,
    /// When everybody last sat in a talk, as of the day that was asked for last.
    last_talks: RefCell<Option<(Day, LastTalks)>>,
    /// The numbers of the pieces of archives, year by year: a year is counted once for all of its checklists.
    piece_numbers: RefCell<HashMap<i16, Arc<PieceNumbers>>>,
}

/// When each person last sat in a talk; who never did is not there.
pub type LastTalks = Arc<HashMap<PersonId, PartialDate>>;

/// Orders kept before the oldest are dropped.
const ORDERS_KEPT: usize = 8;
const TREES_KEPT: usize = 400;
const YEARS_KEPT: usize = 20;

impl Desk {
    /// Reads organisations and people into memory.
    pub fn open(connection: ReadOnly) -> Result<Self> {
        let tree = Arc::new(organisations::tree(connection.reader())?);
        let organisation_events = organisations::events(connection.reader())?;
        let rules = rules::book(connection.reader())?;
        let directory = Directory::load(connection.reader())?;
        let (trees, orders, last_talks) = (RefCell::default(), RefCell::default(), RefCell::default());
        let piece_numbers = RefCell::default();
        Ok(Self { connection, directory, tree, organisation_events, rules, trees, orders, last_talks, piece_numbers })
    }

    /// Reads those again that a change touched.
    pub fn refresh(&mut self, areas: Areas, touched: &[RecordId]) -> Result<()> {
        self.orders.borrow_mut().clear();
        if areas.archives || areas.organisations {
            self.piece_numbers.borrow_mut().clear();
        }
        if areas.organisations {
            self.trees.borrow_mut().clear();
            self.tree = Arc::new(organisations::tree(self.connection.reader())?);
            self.organisation_events = organisations::events(self.connection.reader())?;
        }
        if areas.talks {
            self.last_talks.borrow_mut().take();
        }
        if areas.settings {
            self.rules = rules::book(self.connection.reader())?;
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

    /// The organisations as they are now.
    pub fn tree(&self) -> &OrganisationTree {
        &self.tree
    }

    /// The organisations as they were on a day: names and places of that day.
    pub fn tree_on(&self, day: Day) -> Arc<OrganisationTree> {
        if self.organisation_events.iter().all(|event| event.day.is_reached_on(day)) {
            return Arc::clone(&self.tree);
        }
        let mut trees = self.trees.borrow_mut();
        if trees.len() >= TREES_KEPT {
            trees.clear();
        }
        let tree = trees.entry(day).or_insert_with(|| Arc::new(self.tree.on(day, &self.organisation_events)));
        Arc::clone(tree)
    }

    /// All that happened to organisations, the earliest first.
    pub fn organisation_events(&self) -> &[OrganisationEvent] {
        &self.organisation_events
    }

    /// The rules as they hold in this workbook.
    pub fn rules(&self) -> &RuleBook {
        &self.rules
    }

    /// When each person last sat in a talk up to a day; read once until a talk changes.
    pub fn last_talks(&self, day: Day) -> Result<LastTalks> {
        if let Some((_, last)) = self.last_talks.borrow().as_ref().filter(|(of, _)| *of == day) {
            return Ok(Arc::clone(last));
        }
        let last = Arc::new(talks::last_talks(self.connection.reader(), day)?);
        *self.last_talks.borrow_mut() = Some((day, Arc::clone(&last)));
        Ok(last)
    }

    /// The numbers of the pieces of archives of a year; counted once until an archive or an organisation changes.
    pub fn piece_numbers(&self, year: i16) -> Result<Arc<PieceNumbers>> {
        if let Some(known) = self.piece_numbers.borrow().get(&year) {
            return Ok(Arc::clone(known));
        }
        let counted = Arc::new(numbers_of_year(self, year)?);
        let mut years = self.piece_numbers.borrow_mut();
        if years.len() >= YEARS_KEPT {
            years.clear();
        }
        years.insert(year, Arc::clone(&counted));
        Ok(counted)
    }

    /// How long a probation lasts by them.
    pub fn probation(&self) -> ProbationRule {
        ProbationRule::of(&self.rules)
    }

    /// The name of a scope as it is now: the organisation's, or 「全部」.
    pub fn scope_name(&self, scope: Option<OrganisationId>) -> String {
        name_in(&self.tree, scope)
    }

    /// The name that a scope had on a day.
    pub fn scope_name_on(&self, scope: Option<OrganisationId>, day: Day) -> String {
        name_in(&self.tree_on(day), scope)
    }

    /// Whether the order of everybody was asked for before on this state of the workbook, and not too long ago.
    pub(super) fn is_asked_again(&self, day: Day, sort: &[SortKey]) -> bool {
        let is_known = self.orders.borrow().contains_key(&(day, sort.to_vec()));
        if !is_known {
            self.keep((day, sort.to_vec()), None);
        }
        is_known
    }

    /// The order of everybody, made where it is not kept.
    pub(super) fn order(
        &self,
        day: Day,
        sort: &[SortKey],
        make: impl FnOnce() -> Result<Vec<usize>>,
    ) -> Result<Arc<Vec<usize>>> {
        let key = (day, sort.to_vec());
        if let Some(Some(order)) = self.orders.borrow().get(&key) {
            return Ok(Arc::clone(order));
        }
        let order = Arc::new(make()?);
        self.keep(key, Some(Arc::clone(&order)));
        Ok(order)
    }

    fn keep(&self, key: (Day, Vec<SortKey>), order: Option<Arc<Vec<usize>>>) {
        let mut orders = self.orders.borrow_mut();
        if orders.len() >= ORDERS_KEPT {
            orders.clear();
        }
        orders.insert(key, order);
    }
}

fn name_in(tree: &OrganisationTree, scope: Option<OrganisationId>) -> String {
    scope.and_then(|id| tree.get(id)).map_or_else(|| "全部".to_owned(), |node| node.name.clone())
}
