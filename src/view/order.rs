//! Orders of people: 名册顺序, pinyin, 姓氏笔画, and by field. Start at [`in_order`].

use std::cmp::Ordering;
use std::collections::HashMap;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};

use super::conditions::untalked_months;
use super::desk::Desk;
use super::member::value_on;
use super::members::standing::Standing;
use super::members::{SortBy, SortKey};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::fields::{EDUCATION_BANDS, ExtraKind, FIELDS, FieldKind, FieldSpec, Known, SEXES, YES_NO};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::members::PersonFile;
use crate::domain::posts::{POSTS, post_rank};
use crate::domain::strokes;
use crate::problem::{Problem, Result};
use crate::store::directory::Card;
use crate::store::members as table;

/// Somebody who is listed, with what the order of the roster is told by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// In the directory.
    place: usize,
    id: PersonId,
    organisation: Option<OrganisationId>,
    position: i64,
}

impl Found {
    pub fn new(place: usize, card: &Card, standing: Standing) -> Self {
        Self { place, id: card.id, organisation: standing.organisation, position: standing.position }
    }
}

/// Up to so many are always sorted by themselves.
const FEW: usize = 500;

/// These people, in this order on this day. Many are picked from the order of everybody, which is kept: one types in the
/// search box, and only who is found changes. But somebody who leafs through past days asks for each once, and there
/// 名册顺序 is quicker made of those found.
pub(super) fn in_order(desk: &Desk, day: Day, sort: &[SortKey], found: Vec<Found>) -> Result<Vec<PersonId>> {
    let is_by_roster = sort.iter().all(|sort| sort.by == SortBy::Roster);
    if found.len() <= FEW || is_by_roster && !desk.is_asked_again(day, sort) {
        return Ok(sorted(desk, day, sort, found)?.into_iter().map(|one| one.id).collect());
    }
    let everybody = desk.order(day, sort, || {
        let cards = desk.directory().cards().iter().enumerate();
        let all =
            cards.map(|(place, card)| Found::new(place, card, Standing::of(desk.directory(), card, day))).collect();
        Ok(sorted(desk, day, sort, all)?.into_iter().map(|one| one.place).collect())
    })?;
    let mut wanted = vec![None; desk.directory().cards().len()];
    for one in found {
        wanted[one.place] = Some(one.id);
    }
    Ok(everybody.iter().filter_map(|place| wanted[*place]).collect())
}

fn sorted(desk: &Desk, day: Day, sort: &[SortKey], found: Vec<Found>) -> Result<Vec<Found>> {
    let mut found = in_roster_order(desk, day, found);
    if sort.iter().any(|sort| sort.by == SortBy::Roster && sort.descending) {
        found.reverse();
    }
    let cards: Vec<&Card> = found.iter().map(|one| &desk.directory().cards()[one.place]).collect();
    let mut keys: Vec<(bool, Vec<Key>)> = Vec::new();
    for sort in sort.iter().filter(|sort| sort.by != SortBy::Roster) {
        keys.push((sort.descending, keys_of(desk, day, sort.by, &cards)?));
    }
    if !keys.is_empty() {
        let mut order: Vec<usize> = (0..found.len()).collect();
        // A stable sort leaves equals as they stand in the roster.
        order.sort_by(|&one, &other| {
            let found = keys.iter().map(|(descending, keys)| compare(&keys[one], &keys[other], *descending));
            found.fold(Ordering::Equal, Ordering::then)
        });
        found = order.into_iter().map(|nth| found[nth]).collect();
    }
    Ok(found)
}

/// 名册顺序: organisations in tree order, then the order of the roster. Those who left stand where they were last.
fn in_roster_order(desk: &Desk, day: Day, found: Vec<Found>) -> Vec<Found> {
    let places: HashMap<OrganisationId, usize> =
        desk.tree_on(day).within(None).into_iter().map(|node| node.id).zip(0..).collect();
    let nowhere = places.len();
    let mut branches: Vec<Vec<Found>> = vec![Vec::new(); nowhere + 1];
    let mut order = Vec::with_capacity(found.len());
    for one in found {
        let branch = one.organisation.and_then(|id| places.get(&id).copied()).unwrap_or(nowhere);
        branches[branch].push(one);
    }
    for mut people in branches {
        // Branch by branch, and people lie in memory much as they came into the roster: that is quick to sort.
        people.sort_by_key(|one| (one.position, one.id));
        order.append(&mut people);
    }
    order
}

/// What is not known stands last, whichever way the rest is sorted.
pub(super) fn compare(one: &Key, other: &Key, descending: bool) -> Ordering {
    match (one, other) {
        (Key::None, Key::None) => Ordering::Equal,
        (Key::None, _) => Ordering::Greater,
        (_, Key::None) => Ordering::Less,
        (one, other) if descending => other.cmp(one),
        (one, other) => one.cmp(other),
    }
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Number(i64),
    Bytes(Vec<u8>),
    None,
}

fn keys_of(desk: &Desk, day: Day, by: SortBy, cards: &[&Card]) -> Result<Vec<Key>> {
    let number = |value: Option<i64>| value.map_or(Key::None, Key::Number);
    match by {
        SortBy::Roster => Ok(Vec::new()),
        SortBy::Name => {
            let collator = collator()?;
            cards.iter().map(|card| sort_key(&collator, &card.name)).collect()
        }
        SortBy::Strokes => Ok(places_among(cards.iter().map(|card| strokes::key(&card.name)))),
        SortBy::Age => Ok(cards.iter().map(|card| number(card.birth.map(|birth| -birth.stored()))).collect()),
        SortBy::Standing => {
            Ok(cards.iter().map(|card| number(card.path.standing_years_on(day).map(i64::from))).collect())
        }
        SortBy::LastTalk => {
            let last = desk.last_talks(day)?;
            Ok(cards.iter().map(|card| number(last.get(&card.id).map(|date| date.stored()))).collect())
        }
        SortBy::Untalked => {
            let last = desk.last_talks(day)?;
            Ok(cards.iter().map(|card| number(untalked_months(card, &last, day).map(i64::from))).collect())
        }
        SortBy::PartyBirthday => {
            let birthday = |card: &&Card| card.path.joined.and_then(PartialDate::month_and_day);
            Ok(cards.iter().map(|card| number(birthday(card))).collect())
        }
        SortBy::Field(place) => {
            let field =
                FIELDS.get(usize::from(place)).ok_or_else(|| Problem::fault(format!("no field at place {place}")))?;
            keys_of_field(desk, day, field, cards)
        }
        SortBy::Extra(id) => {
            let collator = collator()?;
            let fields = table::extra_fields(desk.reader())?;
            let kind = fields.into_iter().find(|field| field.id == id).map(|field| field.kind).unwrap_or_default();
            walked(desk, cards, |file| file.extras.get(&id).map(|value| extra_key(&collator, &kind, value)).transpose())
        }
    }
}

/// By a field of the table: dates by the calendar, choices in the order of their words, organisations in tree order,
/// posts by rank, all else by pinyin. What everybody's card holds is taken from there.
fn keys_of_field(desk: &Desk, day: Day, field: &FieldSpec, cards: &[&Card]) -> Result<Vec<Key>> {
    let number = |value: Option<i64>| value.map_or(Key::None, Key::Number);
    let stored = |date: Option<PartialDate>| number(date.map(PartialDate::stored));
    let word = |words: &[&str], text: Option<&str>| {
        number(text.map(|text| words.iter().position(|word| *word == text).unwrap_or(words.len()) as i64))
    };
    let from_cards = |key: &dyn Fn(&Card) -> Key| Ok(cards.iter().map(|card| key(card)).collect());
    match field.key {
        Known::Birth => return from_cards(&|card| stored(card.birth)),
        Known::Joined => return from_cards(&|card| stored(card.path.joined)),
        Known::Full => return from_cards(&|card| stored(card.path.full)),
        Known::Sex => return from_cards(&|card| word(SEXES, card.sex.as_deref())),
        Known::Education => return from_cards(&|card| word(EDUCATION_BANDS, card.education.as_deref())),
        Known::Category => {
            return from_cards(&|card| number(card.path.category_on(day).map(|category| category as i64)));
        }
        Known::Branch => {
            let places: HashMap<OrganisationId, i64> =
                desk.tree_on(day).within(None).into_iter().map(|node| node.id).zip(0..).collect();
            return from_cards(&|card| {
                number(card.on_roll(day).and_then(|membership| places.get(&membership.organisation).copied()))
            });
        }
        _ => {}
    }
    let (collator, tree) = (collator()?, desk.tree_on(day));
    walked(desk, cards, |file| {
        let value = value_on(file, field.key, day, &tree);
        match field.kind {
            FieldKind::Date => Ok(value.and_then(|text| PartialDate::from_iso(&text)).map(|date| stored(Some(date)))),
            FieldKind::Choice(words) => Ok(value.map(|text| word(words, Some(&text)))),
            _ if field.key == Known::PartyPost => value.map(|posts| post_key(&collator, &posts)).transpose(),
            _ => value.map(|text| sort_key(&collator, &text)).transpose(),
        }
    })
}

/// A value of a field that the user made, in the order of its kind; one that does not fit stands behind those that do.
fn extra_key(collator: &CollatorBorrowed<'_>, kind: &ExtraKind, value: &str) -> Result<Key> {
    let place = match kind {
        ExtraKind::Text => None,
        ExtraKind::Number => value.parse().ok().map(number_key),
        ExtraKind::Date => PartialDate::from_iso(value).map(PartialDate::stored),
        ExtraKind::YesNo => YES_NO.iter().position(|word| *word == value).map(|place| place as i64),
        ExtraKind::Choice(choices) => choices.iter().position(|word| word == value).map(|place| place as i64),
    };
    place.map_or_else(|| sort_key(collator, value), |place| Ok(Key::Number(place)))
}

/// A number as one that whole numbers order the same way: its bits, those of negative ones turned round.
fn number_key(number: f64) -> i64 {
    let bits = number.to_bits().cast_signed();
    bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed()
}

/// The places of keys among all: the sort by several orders then compares numbers that lie side by side.
fn places_among<K: Ord>(keys: impl Iterator<Item = K>) -> Vec<Key> {
    let mut sorted: Vec<(K, usize)> = keys.zip(0..).collect();
    sorted.sort_unstable();
    let mut places = vec![Key::None; sorted.len()];
    for (equal, place) in sorted.chunk_by(|one, other| one.0 == other.0).zip(0..) {
        for (_, nth) in equal {
            places[*nth] = Key::Number(place);
        }
    }
    places
}

/// Keys that only the file gives: read person by person for few, in one walk for many.
fn walked(desk: &Desk, cards: &[&Card], key: impl Fn(&PersonFile) -> Result<Option<Key>>) -> Result<Vec<Key>> {
    if cards.len() <= FEW {
        let read = |card: &&Card| match table::file(desk.reader(), card.id)? {
            Some(file) => Ok(key(&file)?.unwrap_or(Key::None)),
            None => Ok(Key::None),
        };
        return cards.iter().map(read).collect();
    }
    let mut by_id: HashMap<PersonId, Key> = HashMap::new();
    table::each_file(desk.reader(), |file| {
        if let Some(key) = key(&file)? {
            by_id.insert(file.person.id, key);
        }
        Ok(())
    })?;
    Ok(cards.iter().map(|card| by_id.remove(&card.id).unwrap_or(Key::None)).collect())
}

/// The highest of a person's posts; those not known stand behind, by pinyin.
fn post_key(collator: &CollatorBorrowed<'_>, posts: &str) -> Result<Key> {
    let highest = posts.split('、').map(post_rank).min().unwrap_or(POSTS.len());
    let mut bytes = vec![highest as u8];
    collator.write_sort_key_to(posts, &mut bytes).map_err(|error| Problem::fault(format!("{error:?}")))?;
    Ok(Key::Bytes(bytes))
}

/// The pinyin order of users of simplified Chinese.
pub(super) fn collator() -> Result<CollatorBorrowed<'static>> {
    let locale = icu_collator::CollatorPreferences::from(&icu_locale_zh()?);
    Collator::try_new(locale, CollatorOptions::default()).map_err(|error| Problem::fault(error.to_string()))
}

fn icu_locale_zh() -> Result<icu_locale_core::Locale> {
    "zh-Hans-CN".parse().map_err(|_| Problem::fault("locale"))
}

pub(super) fn sort_key(collator: &CollatorBorrowed<'_>, text: &str) -> Result<Key> {
    let mut bytes = Vec::new();
    collator.write_sort_key_to(text, &mut bytes).map_err(|error| Problem::fault(format!("{error:?}")))?;
    Ok(Key::Bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::number_key;

    #[test]
    fn numbers_with_decimals_and_signs_stand_in_their_order() {
        let numbers = [-1200.5, -3.0, -0.5, 0.0, 0.25, 3.0, 20.0, 100.0];
        assert!(numbers.windows(2).all(|pair| number_key(pair[0]) < number_key(pair[1])));
    }
}
