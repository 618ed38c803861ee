//! Who ever belonged to an organisation, on its roll or floating in there (流入): whom a list of one branch looks through instead of everybody.
//!
//! Must never know a day: whether somebody belongs there on a day is asked of the card. Start at [`Belonging`].

use std::collections::HashMap;

use super::{Card, Membership};
use crate::domain::ids::{OrganisationId, PersonId};

/// Organisations with all people who belong or belonged there, by id; under `None` those who never did anywhere.
#[derive(Debug, Clone, Default)]
pub(super) struct Belonging(HashMap<Option<OrganisationId>, Vec<PersonId>>);

impl Belonging {
    pub fn people(&self, organisation: Option<OrganisationId>) -> &[PersonId] {
        self.0.get(&organisation).map_or(&[], Vec::as_slice)
    }

    pub fn put(&mut self, card: &Card, floating_in: &[Membership]) {
        for organisation in organisations_of(card, floating_in) {
            let people = self.0.entry(organisation).or_default();
            if let Err(place) = people.binary_search(&card.id) {
                people.insert(place, card.id);
            }
        }
    }

    pub fn take_out(&mut self, card: &Card, floating_in: &[Membership]) {
        for organisation in organisations_of(card, floating_in) {
            let Some(people) = self.0.get_mut(&organisation) else { continue };
            if let Ok(place) = people.binary_search(&card.id) {
                people.remove(place);
            }
        }
    }
}

fn organisations_of<'c>(
    card: &'c Card,
    floating_in: &'c [Membership],
) -> impl Iterator<Item = Option<OrganisationId>> + 'c {
    let nowhere = (card.memberships.is_empty() && floating_in.is_empty()).then_some(None);
    card.memberships.iter().chain(floating_in).map(|held| Some(held.organisation)).chain(nowhere)
}
