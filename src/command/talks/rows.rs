//! The rows of a talk besides itself: who sat in it, what follows from it.

use super::rejected;
use crate::command::filled;
use crate::domain::ids::{FollowUpId, TalkId};
use crate::domain::talks::{FollowUp, FollowUpDraft, Side, Somebody, TalkDraft, TalkPerson};
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::talks::TalkFile;

/// A talk as a draft that says the same.
pub fn draft_of(file: &TalkFile) -> TalkDraft {
    let talk = file.talk.clone();
    let ids = |side| file.on(side).filter_map(Somebody::person).collect();
    let names = |side| -> Vec<String> { file.on(side).filter_map(told_name).collect() };
    TalkDraft {
        organisation_id: Some(talk.organisation),
        number: Some(talk.number.to_string()),
        held_on: Some(talk.held_on),
        time: talk.time,
        kind: Some(talk.kind),
        mode: talk.mode,
        place: talk.place,
        talker_ids: ids(Side::Talker),
        talkers: names(Side::Talker),
        partner_ids: ids(Side::Partner),
        partners: names(Side::Partner),
        recorder_id: file.on(Side::Recorder).find_map(Somebody::person),
        recorder: names(Side::Recorder).into_iter().next(),
        topic: talk.topic,
        outline: talk.outline,
        content: talk.content,
        opinions: talk.opinions,
        attitude: talk.attitude,
        measures: talk.measures,
        remark: talk.remark,
        follow_ups: file.follow_ups.iter().map(follow_up_draft).collect(),
        planned_id: None,
    }
}

/// The name of somebody in no roster, with what is told of them in brackets.
fn told_name(who: &Somebody) -> Option<String> {
    match who {
        Somebody::Person(_) => None,
        Somebody::Named { name, about: None } => Some(name.clone()),
        Somebody::Named { name, about: Some(about) } => Some(format!("{name}（{about}）")),
    }
}

fn follow_up_draft(follow_up: &FollowUp) -> FollowUpDraft {
    let follow_up = follow_up.clone();
    FollowUpDraft {
        id: Some(follow_up.id),
        measure: follow_up.measure,
        owner_id: follow_up.owner,
        owner: follow_up.owner_name,
        due: follow_up.due,
        done_on: follow_up.done_on,
        closing_note: follow_up.closing_note,
    }
}

/// Writes who sat in a talk.
pub(super) fn insert_people(book: &mut Book<'_>, talk: TalkId, people: &[(Side, Somebody)]) -> Result<()> {
    for ((side, who), position) in people.iter().zip(1..) {
        let id = book.new_id();
        book.insert(&TalkPerson { id, talk, side: *side, position, who: who.clone() })?;
    }
    Ok(())
}

/// Brings the persons of a talk to what is wanted.
pub(super) fn set_people(book: &mut Book<'_>, file: &TalkFile, people: &[(Side, Somebody)]) -> Result<()> {
    let is_same =
        file.people.iter().map(|person| (person.side, &person.who)).eq(people.iter().map(|(side, who)| (*side, who)));
    if is_same {
        return Ok(());
    }
    file.people.iter().try_for_each(|person| book.delete(person))?;
    insert_people(book, file.talk.id, people)
}

/// Brings what follows from a talk to what is wanted: those without an id are new, those not named any more go.
pub(super) fn set_follow_ups(
    book: &mut Book<'_>,
    talk: TalkId,
    now: &[FollowUp],
    wanted: &[FollowUpDraft],
) -> Result<()> {
    for gone in now.iter().filter(|seen| !wanted.iter().any(|draft| draft.id == Some(seen.id))) {
        book.delete(gone)?;
    }
    for (draft, position) in wanted.iter().zip(1..) {
        let seen = match draft.id {
            Some(id) => {
                let seen = now.iter().find(|seen| seen.id == id);
                Some(seen.ok_or_else(|| rejected(format!("编号为 {id} 的跟进不是这次谈话的")))?)
            }
            None => None,
        };
        let wanted = FollowUp {
            id: seen.map_or_else(|| FollowUpId(book.new_id()), |seen| seen.id),
            talk,
            position,
            measure: draft.measure.trim().to_owned(),
            owner: draft.owner_id,
            owner_name: filled(draft.owner.clone()).filter(|_| draft.owner_id.is_none()),
            due: draft.due,
            done_on: draft.done_on,
            closing_note: filled(draft.closing_note.clone()),
        };
        match seen {
            Some(seen) => book.update(seen, &wanted)?,
            None => book.insert(&wanted)?,
        }
    }
    Ok(())
}
