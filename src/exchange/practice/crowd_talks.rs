//! Talks of generated workbooks: held over ten years, in every branch as often, most of them by its committee.

use std::collections::HashMap;

use jiff::ToSpan as _;

use super::crowd::Place;
use super::people::Inventor;
use super::talks::TalkWords;
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{OrganisationId, PersonId, TalkId};
use crate::domain::talks::{MODES, Side, Somebody, Talk, TalkNumber, TalkPerson, TalkType, TalkTypes};
use crate::problem::Result;
use crate::progress::Progress;
use crate::store::book::Book;

/// Days over which talks are spread.
const DAYS: i64 = 3_650;
/// Talks between two reports of progress.
const STRIDE: u32 = 512;
/// Types, and how many of a hundred talks are of each.
const TYPES: [(&str, i64); 8] =
    [("T01", 55), ("T02", 20), ("T03", 8), ("T05", 5), ("T08", 3), ("T12", 2), ("T17", 4), ("T18", 3)];
/// Whoever stands first in a branch's roster is on its committee.
const COMMITTEE: i64 = 3;

pub(super) fn hold(
    book: &mut Book<'_>,
    places: &[Place],
    talks: u32,
    inventor: &mut Inventor<'_>,
    today: Day,
    progress: &Progress,
) -> Result<()> {
    let places: Vec<&Place> = places.iter().filter(|place| place.people.len() > 1).collect();
    if talks == 0 || places.is_empty() {
        return Ok(());
    }
    progress.stage("生成练习谈话", u64::from(talks))?;
    let (types, words) = (TalkTypes::shipped()?, TalkWords::read()?);
    let mut numbers: HashMap<(OrganisationId, i16), u32> = HashMap::new();
    let first = today.checked_sub(DAYS.days())?;
    for nth in 0..talks {
        if nth % STRIDE == 0 {
            progress.step(u64::from(nth))?;
        }
        let place = places[usize::try_from(nth).unwrap_or(0) % places.len()];
        let day = first.checked_add((i64::from(nth) * DAYS / i64::from(talks)).days())?;
        let number = numbers.entry((place.id, day.year())).or_default();
        *number += 1;
        let number = TalkNumber { year: day.year(), number: *number };
        let (code, _) = TYPES[inventor.chance.weighted(&TYPES.map(|(_, weight)| weight))];
        if let Some(kind) = types.get(code) {
            let room = inventor.chance.word(&words.places);
            write(book, place, kind, (day, number, room), inventor)?;
        }
    }
    Ok(())
}

fn write(
    book: &mut Book<'_>,
    place: &Place,
    kind: &TalkType,
    (day, number, room): (Day, TalkNumber, String),
    inventor: &mut Inventor<'_>,
) -> Result<()> {
    let id = TalkId(book.new_id());
    let (talker, partners) = who(place, inventor);
    let words = inventor.words;
    let mode = if kind.code == "T18" { MODES[2] } else { MODES[usize::from(partners.len() > 1)] };
    let content = (!kind.is_restricted()).then(|| {
        let points = kind.outline.lines().map(|point| {
            let said = [inventor.chance.word(&words.talk_sentences), inventor.chance.word(&words.talk_sentences)];
            format!("{point}：{}。", said.join("；"))
        });
        points.collect::<Vec<_>>().join("\n")
    });
    book.insert(&Talk {
        id,
        organisation: place.id,
        number,
        held_on: PartialDate::of_day(day),
        time: None,
        kind: kind.code.clone(),
        mode: Some(mode.to_owned()),
        place: Some(room),
        topic: Some(kind.label.clone()),
        outline: None,
        content,
        opinions: None,
        attitude: None,
        measures: None,
        remark: None,
    })?;
    let sides = std::iter::once((Side::Talker, talker)).chain(partners.into_iter().map(|one| (Side::Partner, one)));
    for ((side, person), position) in sides.zip(1..) {
        let row = TalkPerson { id: book.new_id(), talk: id, side, position, who: Somebody::Person(person) };
        book.insert(&row)?;
    }
    Ok(())
}

/// Two of a branch, three of four times with one of its committee; of ten talks one is with several.
fn who(place: &Place, inventor: &mut Inventor<'_>) -> (PersonId, Vec<PersonId>) {
    let chance = &mut inventor.chance;
    let count = i64::try_from(place.people.len()).unwrap_or(i64::MAX);
    let first = if chance.percent(75) { COMMITTEE.min(count) } else { count };
    let talker = chance.between(0, first - 1);
    let several = if chance.percent(10) { chance.between(2, 4).min(count - 1) } else { 1 };
    // Those who stand behind the talker in the roster, round and round.
    let step = chance.between(1, count - several);
    let person = |place_in: i64| place.people[usize::try_from(place_in % count).unwrap_or(0)];
    (person(talker), (0..several).map(|nth| person(talker + step + nth)).collect())
}
