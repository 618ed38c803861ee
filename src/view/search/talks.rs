//! Talks that a text finds (谈话检索), newest first, each with the place where it stands.
//!
//! The name of a type finds the talks of it, before those in which it is written. Of restricted types only the topic and the names are looked at, whatever is stored. Numbers that may be those of
//! identity cards or phones are masked. Start at [`talks`].

use std::borrow::Cow;
use std::ops::Range;

use crate::domain::dates::PartialDate;
use crate::domain::identity::masked_within;
use crate::domain::ids::{OrganisationId, PersonId, TalkId};
use crate::domain::letters::letters;
use crate::domain::members::Person;
use crate::domain::talks::{Side, Somebody, TalkNumber, TalkType, TalkTypes};
use crate::problem::Result;
use crate::store::talk_text;
use crate::store::talks::{self as table, TalkFile};
use crate::view::desk::Desk;

/// A talk that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TalkHit {
    pub id: TalkId,
    /// `2026-036`
    pub number: String,
    pub held_on: PartialDate,
    pub organisation: OrganisationId,
    pub talkers: String,
    pub partners: String,
    /// What stands before what was looked for, that itself, and what stands after it.
    pub before: String,
    pub found: String,
    pub after: String,
}

/// Characters that are shown before and after what was looked for.
const BEFORE: usize = 12;
const AFTER: usize = 30;

/// The talks that a text finds, at most `limit`, the one that was held last first.
pub fn talks(desk: &Desk, text: &str, limit: usize) -> Result<Vec<TalkHit>> {
    let types = table::types(desk.reader())?;
    let mut hits = numbered(desk, text)?;
    let mut of_kinds = Vec::new();
    for kind in types.all().iter().filter(|kind| is_named(kind, text)) {
        for id in table::of_kind(desk.reader(), &kind.code, limit)? {
            let Some(file) = table::file(desk.reader(), id)? else { continue };
            of_kinds.push(shown(desk, &file, ("类型 ".to_owned(), kind.label.clone(), String::new()))?);
        }
    }
    newest_first(&mut of_kinds);
    hits.extend(of_kinds);
    hits.truncate(limit);
    for id in talk_text::newest(desk.reader(), text, limit - hits.len())? {
        if hits.iter().any(|hit| hit.id == id) {
            continue;
        }
        if let Some(file) = table::file(desk.reader(), id)? {
            hits.extend(hit(desk, &types, &file, text)?);
        }
    }
    Ok(hits)
}

/// Whether a text is the name of a type or a part of it, with 谈话 or without: 诫勉.
fn is_named(kind: &TalkType, text: &str) -> bool {
    let plain = |text: &str| -> String { letters(text).map(|(letter, _)| letter).collect() };
    let wanted = plain(text);
    let names = std::iter::once(&*kind.label).chain(kind.label.split('、'));
    let is_it = |name: &str| !name.is_empty() && plain(name) == wanted;
    names.into_iter().any(|name| is_it(name) || name.strip_suffix("谈话").is_some_and(is_it))
}

/// The talks of a number that is written with its year, `2026-029`, the one that was held last first: each organisation
/// may have one.
fn numbered(desk: &Desk, text: &str) -> Result<Vec<TalkHit>> {
    let Some(number) = TalkNumber::read(text.trim(), 0).filter(|number| number.year > 0) else { return Ok(Vec::new()) };
    let mut hits = Vec::new();
    for node in desk.tree().within(None) {
        for talk in table::numbered(desk.reader(), node.id, number)? {
            let Some(file) = table::file(desk.reader(), talk.id)? else { continue };
            let found = ("编号 ".to_owned(), number.to_string(), String::new());
            hits.push(shown(desk, &file, found)?);
        }
    }
    newest_first(&mut hits);
    Ok(hits)
}

fn newest_first(hits: &mut [TalkHit]) {
    hits.sort_by_key(|hit| std::cmp::Reverse((hit.held_on, hit.id)));
}

/// The talk as it is shown; none where what was looked for stands only in what is not shown.
fn hit(desk: &Desk, types: &TalkTypes, file: &TalkFile, text: &str) -> Result<Option<TalkHit>> {
    let talk = &file.talk;
    let is_restricted = types.get(&talk.kind).is_some_and(|kind| kind.is_restricted());
    let texts = texts(file, is_restricted);
    let mut first = None;
    for word in text.split_whitespace() {
        let wanted: Vec<char> = letters(word).map(|(letter, _)| letter).collect();
        if wanted.is_empty() {
            continue;
        }
        let found = texts.iter().find_map(|text| Some((*text, place_in(text, &wanted)?)));
        let Some(found) = found else { return Ok(None) };
        first.get_or_insert(found);
    }
    let Some((text, range)) = first else { return Ok(None) };
    shown(desk, file, around(text, range)).map(Some)
}

fn shown(desk: &Desk, file: &TalkFile, (before, found, after): (String, String, String)) -> Result<TalkHit> {
    let talk = &file.talk;
    Ok(TalkHit {
        id: talk.id,
        number: talk.number.to_string(),
        held_on: talk.held_on,
        organisation: talk.organisation,
        talkers: names(desk, file, Side::Talker)?,
        partners: names(desk, file, Side::Partner)?,
        before,
        found,
        after,
    })
}

/// What of a talk is looked at, what was said before all.
fn texts(file: &TalkFile, is_restricted: bool) -> Vec<&str> {
    let talk = &file.talk;
    let long =
        [&talk.content, &talk.opinions, &talk.attitude, &talk.measures, &talk.remark, &talk.outline, &talk.place];
    let follow_ups = file.follow_ups.iter().map(|follow_up| follow_up.measure.as_str());
    let long = long.into_iter().flatten().map(String::as_str).chain(follow_ups).filter(|_| !is_restricted);
    let names = file.people.iter().filter_map(|person| match &person.who {
        Somebody::Person(_) => None,
        Somebody::Named { name, .. } => Some(name.as_str()),
    });
    long.chain(talk.topic.as_deref()).chain(names).collect()
}

/// Where letters stand in a text, in bytes.
fn place_in(text: &str, wanted: &[char]) -> Option<Range<usize>> {
    let (found, places): (Vec<char>, Vec<Range<usize>>) = letters(text).unzip();
    let at = found.windows(wanted.len()).position(|window| window == wanted)?;
    Some(places[at].start..places[at + wanted.len() - 1].end)
}

/// A piece of a text, with its numbers masked, on one line.
fn around(text: &str, range: Range<usize>) -> (String, String, String) {
    let masked = masked_within(Cow::Borrowed(text));
    // Masks are as long as what they stand for.
    let shown: Vec<char> = masked.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let (start, end) = (text[..range.start].chars().count(), text[..range.end].chars().count());
    let piece = |from: usize, to: usize| -> String {
        shown.get(from.min(shown.len())..to.min(shown.len())).unwrap_or_default().iter().collect()
    };
    let from = start.saturating_sub(BEFORE);
    let before = if from > 0 { format!("…{}", piece(from, start)) } else { piece(from, start) };
    let more = if end + AFTER < shown.len() { "…" } else { "" };
    (before, piece(start, end), format!("{}{more}", piece(end, end + AFTER)))
}

fn names(desk: &Desk, file: &TalkFile, side: Side) -> Result<String> {
    let name = |id: PersonId| -> Result<String> {
        if let Some(card) = desk.directory().get(id) {
            return Ok(card.name.to_string());
        }
        Ok(desk.reader().get::<Person>(id.0)?.map(|person| person.name().to_owned()).unwrap_or_default())
    };
    let names = file.on(side).map(|who| match who {
        Somebody::Person(id) => name(*id),
        Somebody::Named { name, .. } => Ok(name.clone()),
    });
    Ok(names.collect::<Result<Vec<_>>>()?.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_shown_with_a_few_words_around_it_and_numbers_masked() {
        let text = "他近来身体不好，家里老人要人照顾。\n电话 13800000000，想调整到离家近的岗位，下一步再谈，先和科室商量一下再说定";
        let range = place_in(text, &['调', '整']).expect("it stands there");
        let (before, found, after) = around(text, range);
        assert!(before.contains('*') && !before.contains("0000000"), "{before}");
        assert!(before.starts_with('…') && before.ends_with("，想"), "{before}");
        assert_eq!(found, "调整");
        assert_eq!(after, "到离家近的岗位，下一步再谈，先和科室商量一下再说定");
        assert_eq!(place_in("ＡＢ，c", &['b', 'c']), Some(3..10));
        assert_eq!(place_in("家里", &['里', '家']), None);
    }
}
