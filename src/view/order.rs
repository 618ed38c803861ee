//! Orders of people: 名册顺序, pinyin, and by field.

use std::cmp::Ordering;
use std::collections::HashMap;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};

use super::desk::Desk;
use super::member::value_on;
use super::members::{SortBy, SortKey};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::fields::{EDUCATION_BANDS, FIELDS, FieldKind, FieldSpec, Known, SEXES};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::members::PersonFile;
use crate::problem::{Problem, Result};
use crate::store::directory::Card;
use crate::store::members as table;

/// Everybody, in this order on this day, as places in the directory.
pub(super) fn order_of(desk: &Desk, day: Day, sort: &[SortKey]) -> Result<Vec<usize>> {
    let mut order = roster_order(desk, day);
    if sort.iter().any(|sort| sort.by == SortBy::Roster && sort.descending) {
        order.reverse();
    }
    let mut keys: Vec<(bool, Vec<Key>)> = Vec::new();
    for sort in sort.iter().filter(|sort| sort.by != SortBy::Roster) {
        keys.push((sort.descending, keys_of(desk, day, sort.by, desk.directory().cards())?));
    }
    if !keys.is_empty() {
        // A stable sort leaves equals as they stand in the roster.
        order.sort_by(|&one, &other| {
            let found = keys.iter().map(|(descending, keys)| compare(&keys[one], &keys[other], *descending));
            found.fold(Ordering::Equal, Ordering::then)
        });
    }
    Ok(order)
}

/// 名册顺序: organisations in tree order, then the order of the roster. Those who left stand where they were last.
fn roster_order(desk: &Desk, day: Day) -> Vec<usize> {
    let places: HashMap<OrganisationId, u32> =
        desk.tree().within(None).into_iter().map(|node| node.id).zip(0..).collect();
    let mut order: Vec<(u32, i64, PersonId, usize)> = Vec::with_capacity(desk.directory().cards().len());
    for (place, card) in desk.directory().cards().iter().enumerate() {
        let membership = card.on_roll(day).or_else(|| card.last_membership());
        let (branch, position) = membership.map_or((u32::MAX, i64::MAX), |membership| {
            (places.get(&membership.organisation).copied().unwrap_or(u32::MAX), membership.position)
        });
        order.push((branch, position, card.id, place));
    }
    // The keys lie in what is sorted: looking them up elsewhere would cost more than the sort.
    order.sort_unstable();
    order.into_iter().map(|(.., place)| place).collect()
}

/// What is not known stands last, whichever way the rest is sorted.
fn compare(one: &Key, other: &Key, descending: bool) -> Ordering {
    match (one, other) {
        (Key::None, Key::None) => Ordering::Equal,
        (Key::None, _) => Ordering::Greater,
        (_, Key::None) => Ordering::Less,
        (one, other) if descending => other.cmp(one),
        (one, other) => one.cmp(other),
    }
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(i64),
    Bytes(Vec<u8>),
    None,
}

fn keys_of(desk: &Desk, day: Day, by: SortBy, cards: &[Card]) -> Result<Vec<Key>> {
    let number = |value: Option<i64>| value.map_or(Key::None, Key::Number);
    match by {
        SortBy::Roster => Ok(Vec::new()),
        SortBy::Name => {
            let collator = collator()?;
            cards.iter().map(|card| sort_key(&collator, &card.name)).collect()
        }
        SortBy::Age => Ok(cards.iter().map(|card| number(card.birth.map(|birth| -birth.stored()))).collect()),
        SortBy::Standing => {
            Ok(cards.iter().map(|card| number(card.path.standing_years_on(day).map(i64::from))).collect())
        }
        SortBy::Field(place) => {
            let field =
                FIELDS.get(usize::from(place)).ok_or_else(|| Problem::fault(format!("no field at place {place}")))?;
            keys_of_field(desk, day, field, cards)
        }
        SortBy::Extra(id) => {
            let collator = collator()?;
            walked(desk, cards, |file| file.extras.get(&id).map(|value| sort_key(&collator, value)).transpose())
        }
    }
}

/// By a field of the table: dates by the calendar, choices in the order of their words, organisations in tree order,
/// posts by rank, all else by pinyin. What everybody's card holds is taken from there.
fn keys_of_field(desk: &Desk, day: Day, field: &FieldSpec, cards: &[Card]) -> Result<Vec<Key>> {
    let number = |value: Option<i64>| value.map_or(Key::None, Key::Number);
    let stored = |date: Option<PartialDate>| number(date.map(PartialDate::stored));
    let word = |words: &[&str], text: Option<&str>| {
        number(text.map(|text| words.iter().position(|word| *word == text).unwrap_or(words.len()) as i64))
    };
    let from_cards = |key: &dyn Fn(&Card) -> Key| Ok(cards.iter().map(key).collect());
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
                desk.tree().within(None).into_iter().map(|node| node.id).zip(0..).collect();
            return from_cards(&|card| {
                number(card.on_roll(day).and_then(|membership| places.get(&membership.organisation).copied()))
            });
        }
        _ => {}
    }
    let collator = collator()?;
    walked(desk, cards, |file| {
        let value = value_on(file, field.key, day, desk.tree());
        match field.kind {
            FieldKind::Date => Ok(value.and_then(|text| PartialDate::from_iso(&text)).map(|date| stored(Some(date)))),
            FieldKind::Choice(words) => Ok(value.map(|text| word(words, Some(&text)))),
            _ if field.key == Known::PartyPost => value.map(|posts| post_key(&collator, &posts)).transpose(),
            _ => value.map(|text| sort_key(&collator, &text)).transpose(),
        }
    })
}

/// Keys that only a walk over the file gives.
fn walked(desk: &Desk, cards: &[Card], key: impl Fn(&PersonFile) -> Result<Option<Key>>) -> Result<Vec<Key>> {
    let mut by_id: HashMap<PersonId, Key> = HashMap::new();
    table::each_file(desk.reader(), |file| {
        if let Some(key) = key(&file)? {
            by_id.insert(file.person.id, key);
        }
        Ok(())
    })?;
    Ok(cards.iter().map(|card| by_id.remove(&card.id).unwrap_or(Key::None)).collect())
}

/// Posts from the highest on, as offices list them.
const POSTS: &[&str] = &["书记", "副书记", "组织委员", "宣传委员", "纪检委员", "委员", "组长", "副组长"];

/// The place of a post among those an organisation has, the highest first; those not known stand last.
pub(super) fn post_rank(post: &str) -> usize {
    let fitting = POSTS.iter().enumerate().filter(|(_, known)| post.ends_with(**known));
    fitting.max_by_key(|(_, known)| known.len()).map_or(POSTS.len(), |(place, _)| place)
}

/// The highest of a person's posts; those not known stand behind, by pinyin.
fn post_key(collator: &CollatorBorrowed<'_>, posts: &str) -> Result<Key> {
    let highest = posts.split('、').map(post_rank).min().unwrap_or(POSTS.len());
    let mut bytes = vec![highest as u8];
    collator.write_sort_key_to(posts, &mut bytes).map_err(|error| Problem::fault(format!("{error:?}")))?;
    Ok(Key::Bytes(bytes))
}

/// The pinyin order of users of simplified Chinese.
fn collator() -> Result<CollatorBorrowed<'static>> {
    let locale = icu_collator::CollatorPreferences::from(&icu_locale_zh()?);
    Collator::try_new(locale, CollatorOptions::default()).map_err(|error| Problem::fault(error.to_string()))
}

fn icu_locale_zh() -> Result<icu_locale_core::Locale> {
    "zh-Hans-CN".parse().map_err(|_| Problem::fault("locale"))
}

fn sort_key(collator: &CollatorBorrowed<'_>, text: &str) -> Result<Key> {
    let mut bytes = Vec::new();
    collator.write_sort_key_to(text, &mut bytes).map_err(|error| Problem::fault(format!("{error:?}")))?;
    Ok(Key::Bytes(bytes))
}
