//! The directory (人员索引): everybody in memory, as far as lists, searches and figures need.
//!
//! Brought up to date from receipts. A walk over 100,000 people takes a few milliseconds for any text and any day,
//! which no index of the file does. Start at [`Directory::load`].

use std::collections::HashMap;

use pinyin::ToPinyinMulti as _;
use unicode_normalization::UnicodeNormalization as _;

use super::members::{each_file, file};
use super::reader::Reader;
use crate::clock::Day;
use crate::domain::dates::{PartialDate, Span};
use crate::domain::fields::{FactKind, Known};
use crate::domain::ids::{OrganisationId, PersonId, RecordId};
use crate::domain::members::{Category, PartyPath, PersonFile, status_ends_membership};
use crate::problem::Result;

/// A person, as far as lists and figures need.
#[derive(Debug, Clone)]
pub struct Card {
    pub id: PersonId,
    pub name: Box<str>,
    pub sex: Option<Box<str>>,
    pub nation: Option<Box<str>>,
    pub education: Option<Box<str>>,
    pub birth: Option<PartialDate>,
    pub path: PartyPath,
    pub voided: bool,
    memberships: Box<[Membership]>,
    /// Whether a status ends being a member, and when it holds.
    statuses: Box<[(Span, bool)]>,
    /// Normalised: name, pinyin, initials, ID number, phone, unit, address; parted by a character nobody types.
    search: Box<str>,
}

/// A membership in the directory.
#[derive(Debug, Clone, Copy)]
pub struct Membership {
    pub organisation: OrganisationId,
    pub span: Span,
    pub position: i64,
}

/// Everybody in memory.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    cards: Vec<Card>,
    places: HashMap<PersonId, usize>,
}

impl Card {
    /// The membership on `day` if the person is on the roll then (`definitions.md` 5, 9).
    pub fn on_roll(&self, day: Day) -> Option<&Membership> {
        if self.voided || self.statuses.iter().any(|(span, ends)| *ends && span.holds_on(day)) {
            return None;
        }
        self.memberships.iter().find(|membership| {
            membership.span.holds_on(day)
                && (membership.span.from.is_some() || self.path.joined.is_none_or(|joined| joined.first_day() <= day))
        })
    }

    /// Whether the person counts as 党员 on `day`.
    pub fn is_member_on(&self, day: Day) -> bool {
        self.on_roll(day).is_some() && self.path.category_on(day).is_some_and(Category::is_member)
    }

    /// The last membership there was, for those no longer on the roll.
    pub fn last_membership(&self) -> Option<&Membership> {
        self.memberships.last()
    }

    /// Whether every one of these terms, from [`search_terms`], occurs.
    pub fn matches(&self, terms: &[String]) -> bool {
        terms.iter().all(|term| self.search.contains(term.as_str()))
    }

    fn of(file: &PersonFile) -> Self {
        let person = &file.person;
        let text = |key: Known| person.text(key).map(Into::into);
        let memberships = file.facts.iter().filter(|fact| fact.kind == FactKind::Membership);
        let statuses = file.facts.iter().filter(|fact| fact.kind == FactKind::Status);
        Self {
            id: person.id,
            name: person.name().into(),
            sex: text(Known::Sex),
            nation: text(Known::Nation),
            education: text(Known::Education),
            birth: person.date(Known::Birth),
            path: person.path(),
            voided: person.voided.is_some(),
            memberships: memberships
                .filter_map(|fact| {
                    let position = fact.position.unwrap_or(i64::MAX);
                    Some(Membership { organisation: fact.organisation?, span: fact.span, position })
                })
                .collect(),
            statuses: statuses
                .map(|fact| (fact.span, fact.value.as_deref().is_some_and(status_ends_membership)))
                .collect(),
            search: search_text(file).into(),
        }
    }
}

impl Directory {
    /// Reads everybody.
    pub fn load(reader: Reader<'_>) -> Result<Self> {
        let mut directory = Self::default();
        each_file(reader, |file| {
            directory.put(Card::of(&file));
            Ok(())
        })?;
        Ok(directory)
    }

    /// Reads those again that a change touched.
    pub fn refresh(&mut self, reader: Reader<'_>, touched: &[RecordId]) -> Result<()> {
        if touched.len() > 2_000 {
            *self = Self::load(reader)?;
            return Ok(());
        }
        for id in touched {
            let id = PersonId(*id);
            match file(reader, id)? {
                Some(file) => self.put(Card::of(&file)),
                None => self.take_out(id),
            }
        }
        Ok(())
    }

    /// Everybody, in no particular order.
    pub fn cards(&self) -> &[Card] {
        &self.cards
    }

    pub fn get(&self, id: PersonId) -> Option<&Card> {
        self.places.get(&id).map(|place| &self.cards[*place])
    }

    fn put(&mut self, card: Card) {
        match self.places.get(&card.id) {
            Some(place) => self.cards[*place] = card,
            None => {
                self.places.insert(card.id, self.cards.len());
                self.cards.push(card);
            }
        }
    }

    fn take_out(&mut self, id: PersonId) {
        if let Some(place) = self.places.remove(&id) {
            self.cards.swap_remove(place);
            if let Some(moved) = self.cards.get(place) {
                self.places.insert(moved.id, place);
            }
        }
    }
}

/// Parts the texts of one person: nobody types it.
const PART: char = '\u{1f}';
/// Readings of a name with several heteronyms are combined up to this many.
const READINGS: usize = 6;

/// The terms of a query, normalised like the texts they are looked for in.
pub fn search_terms(query: &str) -> Vec<String> {
    query.split_whitespace().map(normalised).filter(|term| !term.is_empty()).collect()
}

fn normalised(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace() && *c != PART).collect()
}

fn search_text(file: &PersonFile) -> String {
    let person = &file.person;
    let mut text = normalised(person.name());
    for (full, initials) in readings(person.name()) {
        text.push(PART);
        text.push_str(&full);
        text.push(PART);
        text.push_str(&initials);
    }
    for key in [Known::IdNumber, Known::Phone, Known::Unit, Known::Address] {
        if let Some(value) = person.text(key) {
            text.push(PART);
            text.push_str(&normalised(value));
        }
    }
    text
}

/// Pinyin and initials of a name, in all readings of its characters (曾 zeng, ceng).
fn readings(name: &str) -> Vec<(String, String)> {
    let mut found = vec![(String::new(), String::new())];
    for (character, multi) in name.chars().zip(name.to_pinyin_multi()) {
        let mut syllables: Vec<String> = match multi {
            Some(multi) => multi.into_iter().map(|pinyin| pinyin.plain().replace('ü', "v")).collect(),
            None if character.is_ascii_alphanumeric() => vec![character.to_ascii_lowercase().to_string()],
            None => continue,
        };
        syllables.dedup();
        let mut seen = Vec::new();
        syllables.retain(|syllable| {
            let new = !seen.contains(syllable);
            seen.push(syllable.clone());
            new
        });
        let mut next = Vec::new();
        for (full, initials) in &found {
            for syllable in &syllables {
                if next.len() < READINGS {
                    next.push((format!("{full}{syllable}"), format!("{initials}{}", &syllable[..1])));
                }
            }
        }
        found = next;
    }
    found.retain(|(full, _)| !full.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_pinyin_and_initials_in_every_reading() {
        let readings = readings("曾小明");
        assert!(readings.contains(&("zengxiaoming".into(), "zxm".into())));
        assert!(readings.contains(&("cengxiaoming".into(), "cxm".into())));
    }

    #[test]
    fn a_query_is_normalised_like_the_text() {
        assert_eq!(search_terms(" ＡＢ  幸福路１２ "), ["ab", "幸福路12"]);
    }
}
