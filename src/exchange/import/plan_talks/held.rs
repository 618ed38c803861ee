//! The talks that the workbook has already, and which of them a row of a ledger tells.
//!
//! The same talk: the same ledger, day, talkers and partners, and the same number, or nothing said of type, topic and
//! content that contradicts. The same number, and another day or side, is nearly the same: that is asked. What a row adds
//! to the talk that it tells stands in [`filling`](super::filling). Start at [`Held::find`].

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::told::NameTold;
use crate::command::draft_of;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{OrganisationId, PersonId, TalkId};
use crate::domain::talks::{Side, Somebody, Talk, TalkDraft, TalkDraftField, TalkNumber, TalkPerson, named};
use crate::exchange::import::matching::People;
use crate::problem::Result;
use crate::store::reader::Reader;
use crate::store::talks::{self, TalkFile};

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
    /// Numbers that are given; the talk that has one, unless a row of the ledger got it.
    by_number: HashMap<(OrganisationId, TalkNumber), Option<TalkId>>,
    /// Names of people in no roster, by the ledger that has them.
    outside: HashSet<(OrganisationId, String)>,
}

struct HeldTalk {
    file: TalkFile,
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
            by_number: HashMap::new(),
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
        for follow_up in talks::follow_ups(reader)? {
            let place = held.by_id.get(&follow_up.talk).copied();
            if let Some(talk) = place.and_then(|place| held.talks.get_mut(place)) {
                talk.file.follow_ups.push(follow_up);
            }
        }
        for talk in &mut held.talks {
            talk.names.iter_mut().for_each(|names| names.sort_unstable());
            talk.file.people.sort_by_key(|person| (person.side, person.position, person.id));
        }
        Ok(held)
    }

    fn add(&mut self, talk: Talk) {
        let place = self.talks.len();
        self.by_id.insert(talk.id, place);
        self.by_day.entry((talk.organisation, talk.held_on)).or_default().push(place);
        self.by_number.insert((talk.organisation, talk.number), Some(talk.id));
        let (talkers, partners) = (BTreeSet::new(), BTreeSet::new());
        let file = TalkFile { talk, people: Vec::new(), follow_ups: Vec::new() };
        self.talks.push(HeldTalk { file, talkers, partners, names: Default::default(), is_taken: false });
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
        let sat = match &person.who {
            Somebody::Person(id) => Sat::Person(*id),
            Somebody::Named { name, .. } => {
                self.outside.insert((held.file.talk.organisation, name.clone()));
                Sat::Outside(name.clone())
            }
        };
        match person.side {
            Side::Talker => drop(held.talkers.insert(sat)),
            Side::Partner => drop(held.partners.insert(sat)),
            Side::Recorder => {}
        }
        held.file.people.push(person);
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
        kind: Option<&str>,
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
        let by_number = open.clone().find(|held| Some(held.file.talk.number) == number);
        let is_meant = |talk: &Talk| talk.content == draft.content && is_same_subject(talk, draft, kind);
        let by_words = || open.find(|held| is_meant(&held.file.talk));
        let Some(held) = by_number.or_else(by_words) else { return false };
        let seated = draft_of(&held.file);
        (draft.talker_ids, draft.talkers) = (seated.talker_ids, seated.talkers);
        (draft.partner_ids, draft.partners) = (seated.partner_ids, seated.partners);
        true
    }

    /// Whether a number is free; it is not any more.
    pub fn take_number(&mut self, organisation: OrganisationId, number: TalkNumber) -> bool {
        match self.by_number.entry((organisation, number)) {
            Entry::Occupied(_) => false,
            Entry::Vacant(free) => {
                free.insert(None);
                true
            }
        }
    }

    /// The talk that a row tells, unless a row before was it; `kind` is the type, where the row tells one.
    pub fn find(&self, draft: &TalkDraft, kind: Option<&str>) -> Option<TalkId> {
        let (organisation, day) = (draft.organisation_id?, draft.held_on?);
        let sides = [sat(&draft.talker_ids, &draft.talkers), sat(&draft.partner_ids, &draft.partners)];
        let number = number_of(draft);
        let fits = |held: &&HeldTalk| {
            !held.is_taken
                && (&held.talkers, &held.partners) == (&sides[0], &sides[1])
                && (Some(held.file.talk.number) == number || self.says_the_same(&held.file.talk, draft, kind))
        };
        let of_day = self.by_day.get(&(organisation, day)).map_or(&[][..], Vec::as_slice);
        let mut fitting = of_day.iter().map(|place| &self.talks[*place]).filter(fits);
        let same_number = |held: &&HeldTalk| Some(held.file.talk.number) == number;
        let same_text = |held: &&HeldTalk| held.file.talk.content == draft.content;
        let found = fitting.clone().find(same_number).or_else(|| fitting.clone().find(same_text));
        found.or_else(|| fitting.next()).map(|held| held.file.talk.id)
    }

    /// The talk that has the number of a row, written with its year as our own ledgers have it, and of day, talkers and
    /// partners two, with what of them is another.
    pub fn nearly(&self, draft: &TalkDraft) -> Option<(TalkId, TalkDraftField)> {
        let number = number_of(draft).filter(|number| draft.number.as_deref() == Some(&*number.to_string()))?;
        let id = self.by_number.get(&(draft.organisation_id?, number)).copied().flatten()?;
        let held = self.get(id).filter(|held| !held.is_taken)?;
        let is_other = [
            (TalkDraftField::HeldOn, Some(held.file.talk.held_on) != draft.held_on),
            (TalkDraftField::Talkers, held.talkers != sat(&draft.talker_ids, &draft.talkers)),
            (TalkDraftField::Partners, held.partners != sat(&draft.partner_ids, &draft.partners)),
        ];
        let mut others = is_other.into_iter().filter(|(_, is_other)| *is_other);
        match (others.next(), others.next()) {
            (Some((field, _)), None) => Some((id, field)),
            _ => None,
        }
    }

    /// Everything about a talk that a row tells; no other row is it.
    pub fn take(&mut self, id: TalkId) -> Option<&TalkFile> {
        let held = self.by_id.get(&id).and_then(|place| self.talks.get_mut(*place))?;
        held.is_taken = true;
        Some(&held.file)
    }

    /// A talk without who sat in it.
    pub fn talk(&self, id: TalkId) -> Option<&Talk> {
        self.get(id).map(|held| &held.file.talk)
    }

    fn get(&self, id: TalkId) -> Option<&HeldTalk> {
        self.by_id.get(&id).map(|place| &self.talks[*place])
    }

    /// The names on the two sides of a talk: 陈志远与孙丽.
    pub fn names(&self, id: TalkId) -> String {
        self.get(id).map(|held| held.names.each_ref().map(|names| names.join("、")).join("与")).unwrap_or_default()
    }

    /// Whether a row with another number, or none, is a talk all the same: it says the same, or leaves open what the talk
    /// says and has no number that is its own.
    fn says_the_same(&self, talk: &Talk, draft: &TalkDraft, kind: Option<&str>) -> bool {
        let is_same_content = match (&talk.content, &draft.content) {
            (Some(held), Some(told)) => held == told,
            _ => number_of(draft).is_none_or(|number| self.by_number.contains_key(&(talk.organisation, number))),
        };
        is_same_content && is_same_subject(talk, draft, kind)
    }
}

fn number_of(draft: &TalkDraft) -> Option<TalkNumber> {
    TalkNumber::read(draft.number.as_deref()?, draft.held_on?.year())
}

fn sat(ids: &[PersonId], others: &[String]) -> BTreeSet<Sat> {
    let persons = ids.iter().map(|id| Sat::Person(*id));
    persons.chain(others.iter().map(|text| Sat::Outside(named(text).0))).collect()
}

/// Whether type and topic of a row may be those of a talk: what one of them does not tell does not contradict.
fn is_same_subject(talk: &Talk, draft: &TalkDraft, kind: Option<&str>) -> bool {
    let is_same_topic = match (&talk.topic, &draft.topic) {
        (Some(held), Some(told)) => held == told,
        _ => true,
    };
    is_same_topic && kind.is_none_or(|kind| kind == talk.kind)
}
