//! What talks asked to be done (跟进) and is not done yet.

use super::{Ground, Piece, Way, Weight, basis};
use crate::domain::dates::PartialDate;
use crate::domain::ids::PersonId;
use crate::domain::talks::{FollowUp, Side, Somebody, Talk};
use crate::problem::Result;
use crate::store::talks::{open_follow_ups, people_of};

/// Follow-ups of the talks of the scope, unless everybody they were agreed with is gone.
pub(super) fn work(ground: &Ground<'_>) -> Result<Vec<Piece>> {
    let reader = ground.desk.reader();
    let mut pieces = Vec::new();
    for follow_up in open_follow_ups(reader)? {
        let Some(talk) = reader.get::<Talk>(follow_up.talk.0)?.filter(|talk| ground.holds(talk.organisation)) else {
            continue;
        };
        let people = people_of(reader, talk.id)?;
        let partners = people.iter().filter(|person| person.side == Side::Partner).map(|person| &person.who);
        let (mut names, mut is_anybody_here) = (Vec::new(), false);
        for who in partners {
            names.push(name_of(ground, who));
            is_anybody_here |= who.person().is_none_or(|id| ground.here(id).is_some());
        }
        if is_anybody_here {
            pieces.push(piece(ground, &talk, &follow_up, &names.join("、")));
        }
    }
    Ok(pieces)
}

fn piece(ground: &Ground<'_>, talk: &Talk, follow_up: &FollowUp, partners: &str) -> Piece {
    let owner = match (follow_up.owner, &follow_up.owner_name) {
        (Some(id), _) => Some(owner_in_roster(ground, id)),
        (None, name) => name.clone(),
    };
    let owner = owner.map(|name| format!("责任人 {name}")).unwrap_or_default();
    let ledger = if ground.is_of_several { ground.name_of(talk.organisation) } else { String::new() };
    Piece {
        key: format!("follow_up:{}", follow_up.id),
        weight: Weight::Hint,
        title: format!("谈话跟进：{}", follow_up.measure),
        basis: basis([format!("谈话 {}（{partners}）", talk.number), owner, ledger]),
        due: follow_up.due.map(PartialDate::last_day),
        is_reminded: false,
        organisation: Some(talk.organisation),
        way: Way::FollowUp { id: follow_up.id, talk: talk.id },
    }
}

/// Who is gone is said to be, so that somebody else takes it over.
fn owner_in_roster(ground: &Ground<'_>, id: PersonId) -> String {
    let name = name_of(ground, &Somebody::Person(id));
    if ground.here(id).is_some() { name } else { format!("{name}（已不在册）") }
}

fn name_of(ground: &Ground<'_>, who: &Somebody) -> String {
    match who {
        Somebody::Person(id) => ground.desk.directory().get(*id).map_or_else(String::new, |card| card.name.to_string()),
        Somebody::Named { name, .. } => name.clone(),
    }
}
