//! Who ever belonged to an organisation: whom a list of one branch looks through instead of everybody.
//!
//! Must never know a day: whether somebody belongs there on a day is asked of the card. Start at [`Belonging`].

use std::collections::HashMap;

use super::Card;
use crate::domain::ids::{OrganisationId, PersonId};

/// Organisations with all people who have or had a membership there, by id; under `None` those who never had one.
#[derive(Debug, Clone, Default)]
pub(super) struct Belonging(HashMap<Option<OrganisationId>, Vec<PersonId>>);

impl Belonging {
    pub fn people(&self, organisation: Option<OrganisationId>) -> &[PersonId] {
        self.0.get(&organisation).map_or(&[], Vec::as_slice)
    }

    pub fn put(&mut self, card: &Card) {
        for organisation in organisations_of(card) {
            let people = self.0.entry(organisation).or_default();
            if let Err(place) = people.binary_search(&card.id) {
                people.insert(place, card.id);
            }
        }
    }

    pub fn take_out(&mut self, card: &Card) {
        for organisation in organisations_of(card) {
            let Some(people) = self.0.get_mut(&organisation) else { continue };
            if let Ok(place) = people.binary_search(&card.id) {
                people.remove(place);
            }
        }
    }
}

fn organisations_of(card: &Card) -> impl Iterator<Item = Option<OrganisationId>> {
    let nowhere = card.memberships.is_empty().then_some(None);
    card.memberships.iter().map(|membership| Some(membership.organisation)).chain(nowhere)
}
