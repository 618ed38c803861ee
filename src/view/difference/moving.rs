//! Why somebody is counted on one of two days and not on the other: by the rule by which the comparison of two years
//! sorts its lines, so that both tell the same of the same days.

use std::collections::HashMap;

use super::DifferenceAsk;
use crate::clock::Day;
use crate::domain::events::EventKind;
use crate::domain::fields::FactKind;
use crate::domain::ids::PersonId;
use crate::domain::members::Category;
use crate::domain::statistics::{Movement, Side, Turn, movement};
use crate::problem::Result;
use crate::store::between::Between;
use crate::store::directory::Card;
use crate::view::comparison::{Scope, moving_events};
use crate::view::desk::Desk;

/// What is asked about somebody's coming and going.
pub(super) struct Moving {
    ask: DifferenceAsk,
    scope: Scope,
    events: HashMap<(PersonId, Day), Vec<EventKind>>,
}

impl Moving {
    pub fn of(desk: &Desk, ask: &DifferenceAsk) -> Result<Self> {
        Ok(Self { ask: *ask, scope: Scope::of(desk, ask)?, events: moving_events(desk, ask)? })
    }

    /// Whether a person belongs to the scope on a day, whatever the status.
    pub fn is_in_scope(&self, card: &Card, day: Day) -> bool {
        self.scope.holds(card, day)
    }

    /// How somebody first came to be counted, and when.
    pub fn first_gain(&self, card: &Card, between: &Between) -> Option<(Day, Movement)> {
        self.movements(card, between).into_iter().find(|(_, what)| matches!(what, Movement::Gain(_)))
    }

    /// How somebody last ceased to be counted, and when.
    pub fn last_loss(&self, card: &Card, between: &Between) -> Option<(Day, Movement)> {
        self.movements(card, between).into_iter().rfind(|(_, what)| matches!(what, Movement::Loss(_)))
    }

    fn movements(&self, card: &Card, between: &Between) -> Vec<(Day, Movement)> {
        let mut days = card.turning_days(self.ask.from, self.ask.to);
        self.scope.add_turning_days(card, &self.ask, &mut days);
        let mut found = Vec::new();
        let mut before = self.side(card, between, self.ask.from);
        for on in days {
            let after = self.side(card, between, on);
            let events = self.events.get(&(card.id, on)).map_or(&[][..], Vec::as_slice);
            let turn = Turn { on, path: &card.path, events, before, after };
            found.extend(movement(&turn).map(|what| (on, what)));
            before = after;
        }
        found
    }

    /// A status that neither begins nor ends between the days is not why anybody comes or goes.
    fn side<'b>(&self, card: &Card, between: &'b Between, day: Day) -> Side<'b> {
        let statuses = between.of(card.id).iter().filter(|fact| fact.kind == FactKind::Status);
        // Of several that hold the one that began last counts.
        let status = statuses.filter(|fact| fact.span.holds_on(day)).max_by_key(|fact| fact.span.from);
        Side {
            belongs: self.scope.holds(card, day),
            is_party_member: card.path.category_on(day).is_some_and(Category::is_member),
            status: status.map(|fact| between.value(fact)),
        }
    }
}
