//! What a planned talk still closes when other people are to hold it.

use crate::clock::Day;
use crate::domain::coverage::Relation;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::rules::organisations::is_of_committee;
use crate::problem::Result;
use crate::view::desk::Desk;
use crate::view::organisations::posts;

/// In which relation two people talk in an organisation by what they are there on a day; `None` if in none.
pub fn relation_of_two(
    desk: &Desk,
    organisation: OrganisationId,
    two: (PersonId, PersonId),
    day: Day,
) -> Result<Option<Relation>> {
    let posts = posts(desk, organisation, day)?;
    let is_on_committee =
        |person: PersonId| posts.iter().any(|line| line.person == person && is_of_committee(&line.post));
    let is_member = |person: PersonId| {
        let card = desk.directory().get(person).filter(|card| card.is_member_on(day));
        let membership = card.and_then(|card| card.membership_on(day));
        membership.is_some_and(|membership| membership.organisation == organisation)
    };
    Ok(match (is_on_committee(two.0), is_on_committee(two.1)) {
        (true, true) => Some(Relation::Committee),
        (true, false) => is_member(two.1).then_some(Relation::WithCommittee),
        (false, true) => is_member(two.0).then_some(Relation::WithCommittee),
        (false, false) => (is_member(two.0) && is_member(two.1)).then_some(Relation::AmongMembers),
    })
}

/// What is left of what a planned talk was to close, now that `relation` is that of its two. What an event asks for is
/// asked of a committee member with the same partner.
pub fn still_closes(before: &[Relation], relation: Option<Relation>, has_same_partner: bool) -> Vec<Relation> {
    let is_by_committee = matches!(relation, Some(Relation::Committee | Relation::WithCommittee));
    let of_relation = before.iter().any(|closes| *closes != Relation::AfterEvents);
    let after_event = before.contains(&Relation::AfterEvents) && has_same_partner && is_by_committee;
    let relation = relation.filter(|_| of_relation);
    relation.into_iter().chain(after_event.then_some(Relation::AfterEvents)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Relation::{AfterEvents, AmongMembers, Committee, WithCommittee};

    #[test]
    fn another_talker_closes_what_his_place_allows() {
        let both = [WithCommittee, AfterEvents];
        assert_eq!(still_closes(&both, Some(WithCommittee), true), both);
        assert_eq!(still_closes(&both, Some(WithCommittee), false), [WithCommittee], "the event is another's");
        assert_eq!(still_closes(&both, Some(AmongMembers), true), [AmongMembers]);
        assert_eq!(still_closes(&[AfterEvents], Some(Committee), true), [AfterEvents]);
        assert_eq!(still_closes(&[], Some(WithCommittee), true), [], "it was to close nothing");
        assert_eq!(still_closes(&both, None, true), []);
    }
}
