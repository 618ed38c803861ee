//! The directory (人员索引): everybody in memory, as far as lists, searches and figures need.
//!
//! Brought up to date from receipts. A walk over 100,000 people takes a few milliseconds for any text and any day,
//! which no index of the file does. Start at [`Directory::load`].

mod belonging;
mod texts;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};

use rusqlite::Row as SqlRow;

use super::members::file;
use super::reader::Reader;
use crate::clock::Day;
use crate::domain::dates::{PartialDate, Span};
use crate::domain::fields::{FactKind, Known};
use crate::domain::ids::{OrganisationId, PersonId, RecordId};
use crate::domain::members::{Category, CategoryTold, PartyPath, PersonFile, status_ends_membership};
use crate::problem::{Problem, Result};
use belonging::Belonging;
pub use texts::{NameFit, is_found, search_terms};
use texts::{Texts, name_fit, push_search_text, search_texts};

const PEOPLE: &str = "SELECT id, name, sex, nation, education, birth, applied, activist, candidate, joined, \"full\", category_told, category_told_on, voided IS NOT NULL, id_number, phone, unit, address, merged_into FROM person ORDER BY id";
const STANDINGS: &str = "SELECT person, organisation, value, from_day, to_day, position FROM fact WHERE kind IN ('membership', 'status') OR (kind = 'floating' AND organisation IS NOT NULL) ORDER BY id";
const EXTENSIONS: &str = "SELECT person, max(until) FROM event WHERE kind = 'extended' GROUP BY person";
const EXTENSION_OF: &str = "SELECT max(until) FROM event WHERE person = ?1 AND kind = 'extended'";
pub(super) const STATEMENTS: &[&str] = &[PEOPLE, STANDINGS, EXTENSIONS, EXTENSION_OF];

/// A person, as far as lists and figures need.
#[derive(Debug, Clone)]
pub struct Card {
    pub id: PersonId,
    pub name: Box<str>,
    pub sex: Option<Arc<str>>,
    pub nation: Option<Arc<str>>,
    pub education: Option<Arc<str>>,
    pub birth: Option<PartialDate>,
    pub path: PartyPath,
    /// 延长预备期: until when, at the last.
    pub extended: Option<PartialDate>,
    pub voided: bool,
    /// 已并入: the person with whom this one was found to be the same.
    pub merged_into: Option<PersonId>,
    /// Earliest first, unknown starts before all.
    memberships: Vec<Membership>,
    /// Earliest first, unknown starts before all; none where none of them ends being a member.
    statuses: Vec<Status>,
    /// Where the person's texts stand among all.
    texts: Range<usize>,
}

/// A membership in the directory, or where somebody floats in.
#[derive(Debug, Clone, Copy)]
pub struct Membership {
    pub organisation: OrganisationId,
    pub span: Span,
    pub position: i64,
}

/// A status in the directory.
#[derive(Debug, Clone, Copy)]
struct Status {
    span: Span,
    ends_membership: bool,
}

/// Everybody in memory.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    cards: Vec<Card>,
    places: HashMap<PersonId, usize>,
    belonging: Belonging,
    /// 流入: who takes part in a branch here while the relation is elsewhere. They are few.
    floating_in: HashMap<PersonId, Vec<Membership>>,
    /// Everybody's texts, one after the other, normalised: name, pinyin, initials, ID number, phone, unit, address,
    /// parted by a character nobody types. In one piece, so that a search walks memory in order.
    texts: String,
}

impl Card {
    /// The membership on `day` if the person is on the roll then.
    pub fn on_roll(&self, day: Day) -> Option<&Membership> {
        // Of several that hold the one that began last counts, as in `PersonFile::status_on`.
        let status = self.statuses.iter().rfind(|status| status.span.holds_on(day));
        if self.voided || status.is_some_and(|status| status.ends_membership) {
            return None;
        }
        self.membership_on(day)
    }

    /// The membership on `day`, whatever the status is.
    pub fn membership_on(&self, day: Day) -> Option<&Membership> {
        self.memberships.iter().find(|membership| self.holds(FactKind::Membership, membership.span, day))
    }

    /// Whether a dated fact of the person, no status, holds on `day`; see [`PartyPath::unknown_start`].
    pub fn holds(&self, kind: FactKind, span: Span, day: Day) -> bool {
        span.holds_on(day) && (span.from.is_some() || self.unknown_start(kind).is_none_or(|start| start <= day))
    }

    /// The span in which a dated fact of the person, no status, holds: an unknown start is told by what is known of the
    /// person, as far as anything is.
    pub fn span_held(&self, kind: FactKind, span: Span) -> Span {
        let from = span.from.or_else(|| self.unknown_start(kind).map(PartialDate::of_day));
        Span { from, ..span }
    }

    fn unknown_start(&self, kind: FactKind) -> Option<Day> {
        let belongs = self.memberships.first().and_then(|first| first.span.from);
        self.path.unknown_start(kind, self.birth, belongs)
    }

    /// Whether the person counts as 党员 on `day`.
    pub fn is_member_on(&self, day: Day) -> bool {
        self.on_roll(day).is_some() && self.path.category_on(day).is_some_and(Category::is_member)
    }

    /// Where the person counted as 党员 and when, as far as `until`, the earliest first.
    pub fn member_spans(&self, until: Day) -> Vec<(OrganisationId, Span)> {
        let mut spans: Vec<(OrganisationId, Span)> = Vec::new();
        let mut here: Option<OrganisationId> = None;
        for day in self.turning_days(Day::MIN, until) {
            let held = self.on_roll(day).filter(|_| self.path.category_on(day).is_some_and(Category::is_member));
            let now = held.map(|membership| membership.organisation);
            if now == here {
                continue;
            }
            let day = PartialDate::of_day(day);
            if let Some((_, span)) = spans.last_mut().filter(|_| here.is_some()) {
                span.to = Some(day);
            }
            spans.extend(now.map(|organisation| (organisation, Span { from: Some(day), to: None })));
            here = now;
        }
        spans
    }

    /// The days after `from`, up to `to`, on which it may change whether the person counts: facts begin or end, the
    /// party path goes on. Ascending, each once.
    pub fn turning_days(&self, from: Day, to: Day) -> Vec<Day> {
        let path = &self.path;
        let steps = [path.applied, path.activist, path.candidate, path.joined, path.full];
        let spans = self.memberships.iter().map(|membership| membership.span);
        let ends = spans.chain(self.statuses.iter().map(|status| status.span)).flat_map(|span| [span.from, span.to]);
        let dates = steps.into_iter().chain(ends).flatten().map(PartialDate::first_day);
        let days = dates.chain(path.told.map(|told| told.on));
        let mut days: Vec<Day> = days.filter(|day| from < *day && *day <= to).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The last membership there was, for those no longer on the roll.
    pub fn last_membership(&self) -> Option<&Membership> {
        self.memberships.last()
    }

    fn of(file: &PersonFile, extended: Option<PartialDate>, texts: Range<usize>) -> Self {
        let person = &file.person;
        let text = |key: Known| person.text(key).map(Into::into);
        let mut card = Self {
            id: person.id,
            name: person.name().into(),
            sex: text(Known::Sex),
            nation: text(Known::Nation),
            education: text(Known::Education),
            birth: person.date(Known::Birth),
            path: person.path(),
            extended,
            voided: person.voided.is_some(),
            merged_into: person.merged_into,
            memberships: Vec::new(),
            statuses: Vec::new(),
            texts,
        };
        for fact in &file.facts {
            let is_standing = matches!(fact.kind, FactKind::Membership | FactKind::Status);
            if is_standing {
                card.stand(fact.organisation, fact.value.as_deref(), fact.span, fact.position);
            }
        }
        card.forget_plain_statuses();
        card
    }

    /// Takes in a membership (it has an organisation) or a status.
    fn stand(&mut self, organisation: Option<OrganisationId>, status: Option<&str>, span: Span, position: Option<i64>) {
        match organisation {
            Some(organisation) => {
                let position = position.unwrap_or(i64::MAX);
                // Nearly everybody has one: no room for more is kept.
                self.memberships.reserve_exact(1);
                self.memberships.push(Membership { organisation, span, position });
                self.memberships.sort_by_key(|membership| membership.span.from);
            }
            None => {
                let ends_membership = status.is_some_and(status_ends_membership);
                self.statuses.reserve_exact(1);
                self.statuses.push(Status { span, ends_membership });
                self.statuses.sort_by_key(|status| status.span.from);
            }
        }
    }

    /// Nearly everybody has one status, 正常, which nobody asks about.
    fn forget_plain_statuses(&mut self) {
        if !self.statuses.iter().any(|status| status.ends_membership) {
            self.statuses = Vec::new();
        }
    }
}

impl Directory {
    /// Reads everybody. Their texts are normalised on a core of its own meanwhile.
    pub fn load(reader: Reader<'_>) -> Result<Self> {
        let mut directory = Self::default();
        let (texts, ends) = std::thread::scope(|scope| {
            let (to, raw) = sync_channel(WAITING);
            let worker = scope.spawn(|| search_texts(raw));
            directory.read_people(reader, &to)?;
            drop(to);
            // A panic there is one here too.
            Ok::<_, Problem>(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        })?;
        let mut from = 0;
        for (card, to) in directory.cards.iter_mut().zip(ends) {
            card.texts = from..to;
            from = to;
        }
        directory.texts = texts;
        directory.read_standings(reader)?;
        directory.read_extensions(reader)?;
        let Self { cards, belonging, floating_in, .. } = &mut directory;
        cards.iter().for_each(|card| belonging.put(card, held_in(floating_in, card.id)));
        Ok(directory)
    }

    fn read_people(&mut self, reader: Reader<'_>, to: &SyncSender<Vec<Texts>>) -> Result<()> {
        let mut words: HashMap<String, Arc<str>> = HashMap::new();
        let mut raw = Vec::with_capacity(TOGETHER);
        let mut statement = reader.0.prepare_cached(PEOPLE)?;
        let mut rows = statement.query([])?;
        let gone = || Problem::fault("nobody takes the texts");
        while let Some(row) = rows.next()? {
            let card = read_card(row, &mut words)?;
            let text = |place: usize| row.get::<_, Option<String>>(place);
            raw.push(Texts { name: card.name.clone(), others: [text(14)?, text(15)?, text(16)?, text(17)?] });
            if raw.len() == TOGETHER {
                to.send(std::mem::replace(&mut raw, Vec::with_capacity(TOGETHER))).map_err(|_| gone())?;
            }
            self.places.insert(card.id, self.cards.len());
            self.cards.push(card);
        }
        self.cards.shrink_to_fit();
        to.send(raw).map_err(|_| gone())
    }

    fn read_standings(&mut self, reader: Reader<'_>) -> Result<()> {
        let mut statement = reader.0.prepare_cached(STANDINGS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let Some(place) = self.places.get(&PersonId(row.get(0)?)) else { continue };
            let date = |place: usize| -> rusqlite::Result<Option<PartialDate>> {
                Ok(row.get::<_, Option<i64>>(place)?.and_then(PartialDate::from_stored))
            };
            let status = row.get_ref(2)?.as_str_or_null().unwrap_or_default();
            let span = Span { from: date(3)?, to: date(4)? };
            let organisation = row.get::<_, Option<i64>>(1)?.map(OrganisationId);
            // A membership has no value; with one and an organisation it is told where somebody floats in.
            if let (Some(organisation), Some(_)) = (organisation, status) {
                self.float_in(self.cards[*place].id, organisation, span);
                continue;
            }
            self.cards[*place].stand(organisation, status, span, row.get(5)?);
        }
        self.cards.iter_mut().for_each(Card::forget_plain_statuses);
        Ok(())
    }

    fn read_extensions(&mut self, reader: Reader<'_>) -> Result<()> {
        let mut statement = reader.0.prepare_cached(EXTENSIONS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(place) = self.places.get(&PersonId(row.get(0)?)) {
                self.cards[*place].extended = row.get::<_, Option<i64>>(1)?.and_then(PartialDate::from_stored);
            }
        }
        Ok(())
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
                Some(file) => self.put(&file, extension_of(reader, id)?),
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

    /// A person with the place among [`cards`](Self::cards).
    pub fn placed(&self, id: PersonId) -> Option<(usize, &Card)> {
        self.places.get(&id).map(|place| (*place, &self.cards[*place]))
    }

    /// All who have or had a membership in an organisation, or floated in there, by id; `None`: all who never did
    /// anywhere.
    pub fn ever_in(&self, organisation: Option<OrganisationId>) -> &[PersonId] {
        self.belonging.people(organisation)
    }

    /// Where a person floats in on `day`, if not on the roll here.
    pub fn floats_in(&self, card: &Card, day: Day) -> Option<&Membership> {
        if card.voided || card.on_roll(day).is_some() {
            return None;
        }
        self.floating_in.get(&card.id)?.iter().rfind(|held| card.holds(FactKind::Floating, held.span, day))
    }

    /// Whether somebody is still there on `day`: on the roll, or floating in. Who died, left or was voided is not.
    pub fn is_here(&self, card: &Card, day: Day) -> bool {
        card.on_roll(day).is_some() || self.floats_in(card, day).is_some()
    }

    /// Where a person belonged last: the last membership there was, else where the person floated in last.
    pub fn last_place<'c>(&'c self, card: &'c Card) -> Option<&'c Membership> {
        card.last_membership().or_else(|| self.floating_in.get(&card.id)?.last())
    }

    fn float_in(&mut self, person: PersonId, organisation: OrganisationId, span: Span) {
        let held = self.floating_in.entry(person).or_default();
        held.push(Membership { organisation, span, position: i64::MAX });
        held.sort_by_key(|held| held.span.from);
    }

    /// Whether every one of these terms, from [`search_terms`], occurs in a person's texts.
    pub fn matches(&self, card: &Card, terms: &[String]) -> bool {
        let text = self.texts_of(card);
        terms.iter().all(|term| text.contains(term.as_str()))
    }

    /// How well these terms fit a person's names: the first of them, or all, for pinyin may be written apart.
    pub fn name_fit(&self, card: &Card, terms: &[String]) -> NameFit {
        let text = self.texts_of(card);
        let first = terms.first().map_or(NameFit::Whole, |first| name_fit(text, first));
        first.min(name_fit(text, &terms.concat()))
    }

    fn texts_of(&self, card: &Card) -> &str {
        self.texts.get(card.texts.clone()).unwrap_or_default()
    }

    fn put(&mut self, file: &PersonFile, extended: Option<PartialDate>) {
        let person = &file.person;
        let text = |key: Known| person.text(key).map(str::to_owned);
        let others = [text(Known::IdNumber), text(Known::Phone), text(Known::Unit), text(Known::Address)];
        let from = self.texts.len();
        push_search_text(&mut self.texts, &Texts { name: person.name().into(), others });
        let card = Card::of(file, extended, from..self.texts.len());
        let floated_in = self.floating_in.remove(&card.id).unwrap_or_default();
        for fact in file.facts.iter().filter(|fact| fact.kind == FactKind::Floating) {
            if let Some(organisation) = fact.organisation {
                self.float_in(card.id, organisation, fact.span);
            }
        }
        match self.places.get(&card.id) {
            Some(place) => {
                self.belonging.take_out(&self.cards[*place], &floated_in);
                self.belonging.put(&card, held_in(&self.floating_in, card.id));
                self.cards[*place] = card;
            }
            None => {
                self.belonging.put(&card, held_in(&self.floating_in, card.id));
                self.places.insert(card.id, self.cards.len());
                self.cards.push(card);
            }
        }
    }

    fn take_out(&mut self, id: PersonId) {
        let floated_in = self.floating_in.remove(&id).unwrap_or_default();
        if let Some(place) = self.places.remove(&id) {
            self.belonging.take_out(&self.cards.swap_remove(place), &floated_in);
            if let Some(moved) = self.cards.get(place) {
                self.places.insert(moved.id, place);
            }
        }
    }
}

fn read_card(row: &SqlRow<'_>, words: &mut HashMap<String, Arc<str>>) -> Result<Card> {
    let mut word = |place: usize| -> Result<Option<Arc<str>>> {
        let Some(text) = row.get_ref(place)?.as_str_or_null().unwrap_or_default() else { return Ok(None) };
        if let Some(known) = words.get(text) {
            return Ok(Some(Arc::clone(known)));
        }
        let new: Arc<str> = text.into();
        words.insert(text.to_owned(), Arc::clone(&new));
        Ok(Some(new))
    };
    let (sex, nation, education) = (word(2)?, word(3)?, word(4)?);
    let category = word(11)?.and_then(|label| Category::from_label(&label));
    let date = |place: usize| -> rusqlite::Result<Option<PartialDate>> {
        Ok(row.get::<_, Option<i64>>(place)?.and_then(PartialDate::from_stored))
    };
    let told = category.zip(date(12)?).map(|(category, on)| CategoryTold { category, on: on.first_day() });
    Ok(Card {
        id: PersonId(row.get(0)?),
        name: row.get::<_, String>(1)?.into(),
        sex,
        nation,
        education,
        birth: date(5)?,
        path: PartyPath {
            applied: date(6)?,
            activist: date(7)?,
            candidate: date(8)?,
            joined: date(9)?,
            full: date(10)?,
            told,
        },
        extended: None,
        voided: row.get(13)?,
        merged_into: row.get::<_, Option<i64>>(18)?.map(PersonId),
        memberships: Vec::new(),
        statuses: Vec::new(),
        texts: 0..0,
    })
}

/// Until when a person's probation was extended at the last.
fn extension_of(reader: Reader<'_>, id: PersonId) -> Result<Option<PartialDate>> {
    let mut statement = reader.0.prepare_cached(EXTENSION_OF)?;
    let until: Option<i64> = statement.query_row([id.0], |row| row.get(0))?;
    Ok(until.and_then(PartialDate::from_stored))
}

fn held_in(floating_in: &HashMap<PersonId, Vec<Membership>>, person: PersonId) -> &[Membership] {
    floating_in.get(&person).map_or(&[], Vec::as_slice)
}

/// People whose texts are handed on together, and how many such lots may wait.
const TOGETHER: usize = 1_024;
const WAITING: usize = 8;
