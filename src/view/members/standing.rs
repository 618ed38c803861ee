//! Who stands in a scope on a day, and where: what every list begins with.
//!
//! A list of one branch looks only through those who ever belonged there. Must never know an order or a condition.
//! Start at [`each_in_scope`].

use std::collections::HashSet;

use super::{ListAsk, Who};
use crate::clock::Day;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::organisations::OrganisationKind;
use crate::problem::Result;
use crate::store::directory::{Card, Directory, Membership};
use crate::store::members as table;
use crate::view::desk::Desk;

/// Where somebody stands for a list: on the roll on the day, or, of those who are not, where last; of who floats in (流入), there.
#[derive(Debug, Clone, Copy)]
pub(in crate::view) struct Standing {
    pub organisation: Option<OrganisationId>,
    /// 名册顺序 within the organisation.
    pub position: i64,
    pub unknown_start: bool,
}

impl Standing {
    /// On the roll on `day`, else where last.
    pub fn of(directory: &Directory, card: &Card, day: Day) -> Self {
        Self::by(card.on_roll(day).or_else(|| directory.last_place(card)))
    }

    fn by(membership: Option<&Membership>) -> Self {
        Self {
            organisation: membership.map(|membership| membership.organisation),
            position: membership.map_or(i64::MAX, |membership| membership.position),
            unknown_start: membership.is_some_and(|membership| membership.span.from.is_none()),
        }
    }

    /// `None` for those the list does not show, whatever its scope.
    fn asked(directory: &Directory, card: &Card, ask: &ListAsk) -> Option<Self> {
        let on_roll = card.on_roll(ask.as_of);
        match ask.who {
            Who::OnRoll => on_roll.map(|membership| Self::by(Some(membership))),
            Who::FloatingIn => directory.floats_in(card, ask.as_of).map(|held| Self::by(Some(held))),
            Who::Left if card.voided || on_roll.is_some() || directory.floats_in(card, ask.as_of).is_some() => None,
            // Who was merged into another was no mistake: it is found under the name of the other.
            Who::Voided if !card.voided || card.merged_into.is_some() => None,
            Who::Left | Who::Voided => Some(Self { unknown_start: false, ..Self::by(directory.last_place(card)) }),
        }
    }
}

/// Passes all whom the list shows as far as day and scope decide, each with the place in the directory, in no
/// particular order. People who never belonged anywhere stand in every scope.
pub(super) fn each_in_scope(desk: &Desk, ask: &ListAsk, mut take: impl FnMut(usize, &Card, Standing)) -> Result<()> {
    let directory = desk.directory();
    let people = match ask.scope {
        Some(scope) => candidates(desk, scope, ask.as_of)?,
        None => Candidates::Everybody(None),
    };
    match people {
        Candidates::Everybody(within) => {
            for (place, card) in directory.cards().iter().enumerate() {
                if let Some(standing) = Standing::asked(directory, card, ask)
                    && within.as_ref().is_none_or(|within| within.contains(&standing.organisation))
                {
                    take(place, card, standing);
                }
            }
        }
        Candidates::EverIn(organisations) => {
            for organisation in organisations {
                for (place, card) in directory.ever_in(organisation).iter().filter_map(|id| directory.placed(*id)) {
                    // Who stands elsewhere on the day is passed there, if that is in the scope.
                    if let Some(standing) = Standing::asked(directory, card, ask)
                        && standing.organisation == organisation
                    {
                        take(place, card, standing);
                    }
                }
            }
        }
        Candidates::Group(people) => {
            for (place, card) in people.into_iter().filter_map(|id| directory.placed(id)) {
                if let Some(standing) = Standing::asked(directory, card, ask) {
                    take(place, card, standing);
                }
            }
        }
    }
    Ok(())
}

/// Whom a list looks through.
enum Candidates {
    /// Everybody; of these the scope holds who stands in one of these organisations.
    Everybody(Option<HashSet<Option<OrganisationId>>>),
    /// Those who belong or belonged to one of these organisations.
    EverIn(Vec<Option<OrganisationId>>),
    /// The people of a group.
    Group(HashSet<PersonId>),
}

fn candidates(desk: &Desk, scope: OrganisationId, day: Day) -> Result<Candidates> {
    let tree = desk.tree_on(day);
    if tree.get(scope).is_some_and(|node| node.kind == OrganisationKind::Group) {
        let facts = table::facts_in(desk.reader(), scope)?;
        let people = facts.into_iter().filter(|fact| fact.span.holds_on(day)).map(|fact| fact.person);
        return Ok(Candidates::Group(people.collect()));
    }
    let within = tree.within(Some(scope)).into_iter().map(|node| Some(node.id));
    let within: Vec<Option<OrganisationId>> = within.chain([None]).collect();
    let ever: usize = within.iter().map(|organisation| desk.directory().ever_in(*organisation).len()).sum();
    // One walk in the order of memory is faster than many people picked from everywhere in it.
    let are_many = ever * 4 > desk.directory().cards().len();
    Ok(if are_many { Candidates::Everybody(Some(within.into_iter().collect())) } else { Candidates::EverIn(within) })
}
