//! What talks asked to be done (跟进) and is not done yet.

use super::{Ground, Piece, Way, Weight, basis};
use crate::domain::dates::PartialDate;
use crate::domain::talks::{FollowUp, Side, Somebody, Talk};
use crate::domain::work::WorkKey;
use crate::problem::Result;
use crate::store::talks::{open_follow_ups, people_of};
use crate::view::talks::{FollowUpLine, line_of};

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
        // Somebody who is in no roster is always there.
        let is_here = |who: &Somebody| who.person().is_none_or(|id| ground.here(id).is_some());
        if partners.clone().any(is_here) {
            let line = line_of(ground.desk, &talk, &people, follow_up.clone(), ground.day);
            pieces.push(piece(ground, &follow_up, line));
        }
    }
    Ok(pieces)
}

fn piece(ground: &Ground<'_>, follow_up: &FollowUp, line: FollowUpLine) -> Piece {
    let is_gone = follow_up.owner.is_some_and(|id| ground.here(id).is_none());
    // Who is gone is said to be, so that somebody else takes it over.
    let gone = if is_gone { "（已不在册）" } else { "" };
    let owner = if line.owner.is_empty() { String::new() } else { format!("责任人 {}{gone}", line.owner) };
    let ledger = if ground.is_of_several { ground.name_of(line.organisation) } else { String::new() };
    Piece {
        key: WorkKey::FollowUp(line.id).to_string(),
        weight: Weight::Hint,
        title: format!("谈话跟进：{}", line.measure),
        basis: basis([format!("谈话 {}（{}）", line.number, line.partners), owner, ledger]),
        due: line.due.map(PartialDate::last_day),
        organisation: Some(line.organisation),
        way: Way::FollowUp(Box::new(line)),
    }
}
