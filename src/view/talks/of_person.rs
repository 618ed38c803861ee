//! What is known of a person's talks: those held, the latest first, and what is still to be done after them.

use super::following::{FollowUpLine, line_of};
use super::{about, names};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{PersonId, TalkId};
use crate::domain::talks::{Side, TalkNumber};
use crate::problem::Result;
use crate::store::talks as table;
use crate::view::desk::Desk;

/// A talk in which the person sat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonTalk {
    pub id: TalkId,
    pub number: TalkNumber,
    pub held_on: PartialDate,
    /// The name of its type.
    pub kind: String,
    /// Whether the person was talked with, and not one who talked.
    pub as_partner: bool,
    /// Who sat on the other side.
    pub with: String,
    pub about: String,
}

/// The talks of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonTalks {
    /// The latest first.
    pub talks: Vec<PersonTalk>,
    /// What is still to be done after talks with the person, what is due first before all.
    pub open: Vec<FollowUpLine>,
}

/// Reads the talks of a person; `except` is one that is just being written.
pub fn of_person(desk: &Desk, id: PersonId, except: Option<TalkId>, as_of: Day) -> Result<PersonTalks> {
    let types = table::types(desk.reader())?;
    let mut found = PersonTalks::default();
    for talk in table::of_person(desk.reader(), id)?.into_iter().filter(|talk| Some(talk.id) != except) {
        let people = table::people_of(desk.reader(), talk.id)?;
        let sat = |side: Side| people.iter().filter(move |person| person.side == side).map(|person| &person.who);
        let as_partner = sat(Side::Partner).any(|who| who.person() == Some(id));
        let as_talker = sat(Side::Talker).any(|who| who.person() == Some(id));
        if !as_partner && !as_talker {
            continue;
        }
        if as_partner {
            for follow_up in table::follow_ups_of(desk.reader(), talk.id)? {
                if follow_up.done_on.is_none() {
                    found.open.push(line_of(desk, &talk, &people, follow_up, as_of));
                }
            }
        }
        found.talks.push(PersonTalk {
            id: talk.id,
            number: talk.number,
            held_on: talk.held_on,
            kind: types.label(&talk.kind).to_owned(),
            as_partner,
            with: names(desk, sat(if as_partner { Side::Talker } else { Side::Partner })),
            about: about(&talk),
        });
    }
    found.talks.sort_by_key(|talk| std::cmp::Reverse((talk.held_on.first_day(), talk.number)));
    found.open.sort_by_key(|line| (line.due.is_none(), line.due.map(PartialDate::last_day)));
    Ok(found)
}
