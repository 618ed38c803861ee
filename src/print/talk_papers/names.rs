//! How people are called on papers of talks: two of one name with the month of birth, as the coverage and the plan do.
//!
//! Start at [`Names`].

use std::cell::RefCell;
use std::collections::HashMap;

use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::talks::{FollowUp, Side};
use crate::view::coverage::Called;
use crate::view::desk::Desk;
use crate::view::talk_ledger::LedgerTalk;

/// The names of a ledger, of those who ever belonged to its organisation.
pub(super) struct Names<'d> {
    desk: &'d Desk,
    ledgers: RefCell<HashMap<OrganisationId, Called<'d>>>,
}

impl<'d> Names<'d> {
    pub fn new(desk: &'d Desk) -> Self {
        Self { desk, ledgers: RefCell::default() }
    }

    /// 「沈国庆（1985-03 生）」 where another of the organisation bears the name.
    pub fn of(&self, organisation: OrganisationId, id: PersonId) -> String {
        let mut ledgers = self.ledgers.borrow_mut();
        ledgers.entry(organisation).or_insert_with(|| Called::within(self.desk, organisation)).of(id)
    }

    /// The names on a side: those in no roster with what is told of them in brackets.
    pub fn on(&self, talk: &LedgerTalk, side: Side) -> Vec<String> {
        let seats = talk.file.on(side).zip(talk.names(self.desk, side));
        let called = seats.map(|(who, name)| match who.person() {
            Some(id) => self.of(talk.file.talk.organisation, id),
            None => name,
        });
        called.collect()
    }

    /// Who is to do what follows; empty where nobody is told.
    pub fn owner(&self, talk: &LedgerTalk, follow_up: &FollowUp) -> String {
        match follow_up.owner {
            Some(id) => self.of(talk.file.talk.organisation, id),
            None => talk.owner(self.desk, follow_up),
        }
    }
}
