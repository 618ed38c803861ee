//! The talks that the workbook has already, as rows of a ledger are compared with them.
//!
//! The same talk: the same ledger, day, talkers and partners, and the same number, or nothing said of type, topic and
//! content that contradicts.
//! Start at [`Held::class_of`].

use std::collections::{BTreeSet, HashMap, HashSet};

use super::told::NameTold;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{OrganisationId, PersonId, TalkId};
use crate::domain::imports::{Difference, TalkClass};
use crate::domain::talks::{Side, Somebody, Talk, TalkDraft, TalkDraftField, TalkNumber, TalkPerson, mode_of, named};
use crate::exchange::import::matching::People;
use crate::problem::Result;
use crate::store::reader::Reader;
use crate::store::talks;

/// Somebody, as two talks are compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Sat {
    Person(PersonId),
    Outside(String),
}

/// Everything that was written down before.
pub struct Held {
    talks: Vec<HeldTalk>,
    by_id: HashMap<TalkId, usize>,
    by_day: HashMap<(OrganisationId, PartialDate), Vec<usize>>,
    numbers: HashSet<(OrganisationId, TalkNumber)>,
    /// Names of people in no roster, by the ledger that has them.
    outside: HashSet<(OrganisationId, String)>,
}

struct HeldTalk {
    talk: Talk,
    talkers: BTreeSet<Sat>,
    partners: BTreeSet<Sat>,
    /// How those on the two sides are called, sorted: a ledger tells no more of them.
    names: [Vec<String>; 2],
    /// A row of the ledger is this talk.
    is_taken: bool,
}

impl Held {
    pub fn load(reader: Reader<'_>, people: &People) -> Result<Self> {
        let mut held = Self {
            talks: Vec::new(),
            by_id: HashMap::new(),
            by_day: HashMap::new(),
            numbers: HashSet::new(),
            outside: HashSet::new(),
        };
        talks::each(reader, |talk| {
            held.add(talk);
            Ok(())
        })?;
        talks::each_person(reader, |person| {
            held.seat(person, people);
            Ok(())
        })?;
        for talk in &mut held.talks {
            talk.names.iter_mut().for_each(|names| names.sort_unstable());
        }
        Ok(held)
    }

    fn add(&mut self, talk: Talk) {
        let place = self.talks.len();
        self.by_id.insert(talk.id, place);
        self.by_day.entry((talk.organisation, talk.held_on)).or_default().push(place);
        self.numbers.insert((talk.organisation, talk.number));
        let (talkers, partners) = (BTreeSet::new(), BTreeSet::new());
        self.talks.push(HeldTalk { talk, talkers, partners, names: Default::default(), is_taken: false });
    }

    fn seat(&mut self, person: TalkPerson, people: &People) {
        let Some(held) = self.by_id.get(&person.talk).and_then(|place| self.talks.get_mut(*place)) else { return };
        let name = match &person.who {
            Somebody::Person(id) => people.get(*id).map(|file| file.person.name().to_owned()),
            Somebody::Named { name, .. } => Some(name.clone()),
        };
        match person.side {
            Side::Talker => held.names[0].extend(name),
            Side::Partner => held.names[1].extend(name),
            Side::Recorder => {}
        }
        let sat = match person.who {
            Somebody::Person(id) => Sat::Person(id),
            Somebody::Named { name, .. } => {
                self.outside.insert((held.talk.organisation, name.clone()));
                Sat::Outside(name)
            }
        };
        match person.side {
            Side::Talker => drop(held.talkers.insert(sat)),
            Side::Partner => drop(held.partners.insert(sat)),
            Side::Recorder => {}
        }
    }

    /// Whether a talk of this ledger has somebody of this name who is in no roster.
    pub fn knows_outside(&self, organisation: OrganisationId, name: &str) -> bool {
        self.outside.contains(&(organisation, name.to_owned()))
    }

    /// Puts those into the draft who sat in the talk that a row tells by its day and names, and by its number or all that
    /// it says, where the workbook has that talk: who of several of one name was meant was answered when it was written.
    pub fn seat_as_held(
        &self,
        organisation: OrganisationId,
        sides: [&[NameTold]; 2],
        draft: &mut TalkDraft,
        may_be: impl Fn(&NameTold, PersonId) -> bool,
    ) -> bool {
        let Some(day) = draft.held_on else { return false };
        let names = sides.map(|told| {
            let mut names: Vec<String> = told.iter().map(|told| told.name.clone()).collect();
            names.sort_unstable();
            names
        });
        // What brackets tell of somebody holds of one who sat there.
        let is_meant = |held: &HeldTalk| {
            let seats = [&held.talkers, &held.partners];
            sides.iter().zip(seats).all(|(told, seats)| {
                let mut with_more = told.iter().filter(|told| told.about.is_some());
                with_more.all(|told| {
                    seats.iter().any(|sat| match sat {
                        Sat::Person(id) => may_be(told, *id),
                        Sat::Outside(name) => *name == told.name,
                    })
                })
            })
        };
        let of_day = self.by_day.get(&(organisation, day)).map_or(&[][..], Vec::as_slice);
        let mut open = of_day
            .iter()
            .map(|place| &self.talks[*place])
            .filter(|held| !held.is_taken && held.names == names && is_meant(held));
        let number = number_of(draft);
        let by_number = open.clone().find(|held| Some(held.talk.number) == number);
        let by_words = || open.find(|held| held.talk.content == draft.content && is_same_subject(&held.talk, draft));
        let Some(held) = by_number.or_else(by_words) else { return false };
        (draft.talker_ids, draft.talkers) = seats(&held.talkers);
        (draft.partner_ids, draft.partners) = seats(&held.partners);
        true
    }

    /// Whether a number is free; it is not any more.
    pub fn take_number(&mut self, organisation: OrganisationId, number: TalkNumber) -> bool {
        self.numbers.insert((organisation, number))
    }

    /// What becomes of a row: a new talk, or one that the workbook has. Each talk is taken once. Of one that it has the
    /// draft keeps what is to be filled in.
    pub fn class_of(&mut self, organisation: OrganisationId, draft: &TalkDraft) -> TalkClass {
        let Some(day) = draft.held_on else { return TalkClass::Broken };
        let sides = (sat(&draft.talker_ids, &draft.talkers), sat(&draft.partner_ids, &draft.partners));
        let of_day = self.by_day.get(&(organisation, day)).map_or(&[][..], Vec::as_slice);
        let number = number_of(draft);
        let fits = |place: &&usize| {
            let held = &self.talks[**place];
            !held.is_taken
                && (&held.talkers, &held.partners) == (&sides.0, &sides.1)
                && (Some(held.talk.number) == number || self.says_the_same(organisation, &held.talk, draft))
        };
        let same_number = |place: &&usize| Some(self.talks[**place].talk.number) == number;
        let same_text = |place: &&usize| self.talks[**place].talk.content == draft.content;
        let mut places = of_day.iter().filter(fits);
        let found = places.clone().find(same_number).or_else(|| places.clone().find(same_text));
        let found = found.or_else(|| places.next());
        let Some(held) = found.copied().map(|place| &mut self.talks[place]) else { return TalkClass::New };
        held.is_taken = true;
        let id = held.talk.id;
        let differences: Vec<Difference> = texts(&held.talk, draft)
            .into_iter()
            .filter_map(|(field, old, new)| Some((field, new.filter(|_| old.is_none())?)))
            .map(|(field, new)| Difference {
                field: field.label().to_owned(),
                label: field.label().to_owned(),
                old: String::new(),
                new: new.to_owned(),
            })
            .collect();
        if differences.is_empty() { TalkClass::Same { id } } else { TalkClass::Changed { id, differences } }
    }

    /// Whether a row with another number, or none, is a talk all the same: it says the same, or leaves open what the talk
    /// says and has no number that is its own.
    fn says_the_same(&self, organisation: OrganisationId, talk: &Talk, draft: &TalkDraft) -> bool {
        let is_same_content = match (&talk.content, &draft.content) {
            (Some(held), Some(told)) => held == told,
            _ => number_of(draft).is_none_or(|number| self.numbers.contains(&(organisation, number))),
        };
        is_same_content && is_same_subject(talk, draft)
    }

    /// The parts of the form in which the ledger says something else than the workbook.
    pub fn other_texts(&self, id: TalkId, draft: &TalkDraft) -> Vec<&'static str> {
        let Some(held) = self.by_id.get(&id).map(|place| &self.talks[*place].talk) else { return Vec::new() };
        let differs = |(field, old, new): (TalkDraftField, Option<&str>, Option<&str>)| {
            old.zip(new).filter(|(old, new)| old != new).map(|_| field.label())
        };
        texts(held, draft).into_iter().filter_map(differs).collect()
    }
}

fn number_of(draft: &TalkDraft) -> Option<TalkNumber> {
    TalkNumber::read(draft.number.as_deref()?, draft.held_on?.year())
}

/// Those who sat on a side, as a draft has them.
fn seats(side: &BTreeSet<Sat>) -> (Vec<PersonId>, Vec<String>) {
    let (mut ids, mut others) = (Vec::new(), Vec::new());
    for sat in side {
        match sat {
            Sat::Person(id) => ids.push(*id),
            Sat::Outside(name) => others.push(name.clone()),
        }
    }
    (ids, others)
}

fn sat(ids: &[PersonId], others: &[String]) -> BTreeSet<Sat> {
    let persons = ids.iter().map(|id| Sat::Person(*id));
    persons.chain(others.iter().map(|text| Sat::Outside(named(text).0))).collect()
}

/// Whether type and topic of a row may be those of a talk: what one of them does not tell does not contradict.
fn is_same_subject(talk: &Talk, draft: &TalkDraft) -> bool {
    let is_same_topic = match (&talk.topic, &draft.topic) {
        (Some(held), Some(told)) => held == told,
        _ => true,
    };
    is_same_topic && Some(&talk.kind) == draft.kind.as_ref()
}

/// What the workbook has and what the row tells, part by part.
fn texts<'t>(talk: &'t Talk, draft: &'t TalkDraft) -> [(TalkDraftField, Option<&'t str>, Option<&'t str>); 9] {
    let mode = draft.mode.as_deref().map(|text| mode_of(text).unwrap_or(text));
    [
        (TalkDraftField::Time, talk.time.as_deref(), draft.time.as_deref()),
        (TalkDraftField::Mode, talk.mode.as_deref(), mode),
        (TalkDraftField::Place, talk.place.as_deref(), draft.place.as_deref()),
        (TalkDraftField::Topic, talk.topic.as_deref(), draft.topic.as_deref()),
        (TalkDraftField::Outline, talk.outline.as_deref(), draft.outline.as_deref()),
        (TalkDraftField::Content, talk.content.as_deref(), draft.content.as_deref()),
        (TalkDraftField::Opinions, talk.opinions.as_deref(), draft.opinions.as_deref()),
        (TalkDraftField::Attitude, talk.attitude.as_deref(), draft.attitude.as_deref()),
        (TalkDraftField::Measures, talk.measures.as_deref(), draft.measures.as_deref()),
    ]
}
