//! Talks of a person who was found to be another one (合并): who sat in them is the kept one.

use super::rejected;
use crate::domain::ids::PersonId;
use crate::domain::talks::{FollowUp, PlannedTalk, Side, Somebody, Talk, TalkPerson};
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::talks;

/// Puts the kept one in the place of the dropped one: in talks, in what follows from them, in what is planned.
pub(super) fn go_over(book: &mut Book<'_>, keep: PersonId, drop: PersonId) -> Result<()> {
    for seat in talks::as_person(book.reader(), drop)? {
        let kept: Vec<TalkPerson> = talks::people_of(book.reader(), seat.talk)?
            .into_iter()
            .filter(|other| other.who.person() == Some(keep))
            .collect();
        if kept.iter().any(|other| other.side == seat.side) {
            book.delete(&seat)?;
            continue;
        }
        if seat.side != Side::Recorder && kept.iter().any(|other| other.side != Side::Recorder) {
            let number =
                book.reader().get::<Talk>(seat.talk.0)?.map(|talk| talk.number.to_string()).unwrap_or_default();
            return Err(
                rejected(format!("谈话 {number} 里两人互为谈话双方，不会是同一人")).next("先改好那次谈话的人员")
            );
        }
        book.update(&seat, &TalkPerson { who: Somebody::Person(keep), ..seat.clone() })?;
    }
    for owned in talks::follow_ups_owned(book.reader(), drop)? {
        book.update(&owned, &FollowUp { owner: Some(keep), ..owned.clone() })?;
    }
    let over = |who: Option<PersonId>| if who == Some(drop) { Some(keep) } else { who };
    for planned in talks::planned_with(book.reader(), drop)? {
        let wanted = PlannedTalk { talker: over(planned.talker), partner: over(planned.partner), ..planned.clone() };
        // What was planned between the two is a talk with oneself.
        if wanted.talker == wanted.partner { book.delete(&planned)? } else { book.update(&planned, &wanted)? }
    }
    Ok(())
}
