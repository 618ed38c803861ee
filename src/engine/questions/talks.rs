//! Questions about talks: lists, one talk, what the form is given, who is found while one writes, what follows.

use super::{PEOPLE, SETTINGS};
use crate::clock::Day;
use crate::domain::ids::{PersonId, TalkId};
use crate::domain::talks::TalkTypes;
use crate::engine::Question;
use crate::problem::Result;
use crate::store::{Areas, settings};
use crate::view::desk::Desk;
use crate::view::likeness::{SentencesAsk, SharedSentence, shared_sentences};
use crate::view::search::{self, TalkHit};
use crate::view::talks::{
    self, FollowUpAsk, FollowUpLine, LedgerAsk, PeopleAsk, PersonFound, TalkList, TalkNotice, TalkToCheck, Writing,
    WritingAsk, WrittenTalk,
};

/// What answers about talks depend on: who sat in them and how organisations are called, too.
const TALKS: Areas = Areas { settings: true, talks: true, ..PEOPLE };

/// The talks of a scope.
#[derive(Debug, Clone, PartialEq)]
pub struct Talks(pub LedgerAsk);

impl Question for Talks {
    type Answer = TalkList;
    const USES: Areas = TALKS;
    fn answer(&self, desk: &Desk) -> Result<TalkList> {
        talks::list(desk, &self.0)
    }
}

/// Which talks are asked for, in words: whose, of what time, what narrows them down.
#[derive(Debug, Clone, PartialEq)]
pub struct TalksInWords(pub LedgerAsk);

impl Question for TalksInWords {
    type Answer = String;
    const USES: Areas = TALKS;
    fn answer(&self, desk: &Desk) -> Result<String> {
        self.0.in_words(desk)
    }
}

/// One talk, ready for the form; `None` if there is no such talk.
#[derive(Debug, Clone, PartialEq)]
pub struct OneTalk {
    pub id: TalkId,
    pub as_of: Day,
}

impl Question for OneTalk {
    type Answer = Option<WrittenTalk>;
    const USES: Areas = TALKS;
    fn answer(&self, desk: &Desk) -> Result<Option<WrittenTalk>> {
        talks::one(desk, self.id, self.as_of)
    }
}

/// What the form of a talk is given besides what is typed.
#[derive(Debug, Clone, PartialEq)]
pub struct TalkWriting(pub WritingAsk);

impl Question for TalkWriting {
    type Answer = Writing;
    const USES: Areas = TALKS;
    fn answer(&self, desk: &Desk) -> Result<Writing> {
        talks::writing(desk, &self.0)
    }
}

/// Who is found for what is written in a field for people.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundPeople(pub PeopleAsk);

impl Question for FoundPeople {
    type Answer = Vec<PersonFound>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<PersonFound>> {
        talks::find_people(desk, &self.0)
    }
}

/// How these people are told.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedPeople {
    pub ids: Vec<PersonId>,
    pub as_of: Day,
}

impl Question for NamedPeople {
    type Answer = Vec<PersonFound>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<PersonFound>> {
        talks::named_people(desk, &self.ids, self.as_of)
    }
}

/// What a talk that is being written makes one look at.
#[derive(Debug, Clone, PartialEq)]
pub struct TalkNotices(pub TalkToCheck);

impl Question for TalkNotices {
    type Answer = Vec<TalkNotice>;
    const USES: Areas = TALKS;
    fn answer(&self, desk: &Desk) -> Result<Vec<TalkNotice>> {
        talks::notices(desk, &self.0)
    }
}

/// What follows from the talks of a scope.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowUps(pub FollowUpAsk);

impl Question for FollowUps {
    type Answer = Vec<FollowUpLine>;
    const USES: Areas = TALKS;
    fn answer(&self, desk: &Desk) -> Result<Vec<FollowUpLine>> {
        talks::follow_ups(desk, &self.0)
    }
}

/// The types of talks as they hold in this workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct TalkTypeList;

impl Question for TalkTypeList {
    type Answer = TalkTypes;
    const USES: Areas = TALKS;
    fn answer(&self, desk: &Desk) -> Result<TalkTypes> {
        talks::types(desk)
    }
}

/// The places that are kept to choose from.
#[derive(Debug, Clone, PartialEq)]
pub struct TalkPlaces;

impl Question for TalkPlaces {
    type Answer = Vec<String>;
    const USES: Areas = SETTINGS;
    fn answer(&self, desk: &Desk) -> Result<Vec<String>> {
        settings::talk_places(desk.reader())
    }
}

/// The talks that a text finds, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundTalks {
    pub text: String,
    pub limit: usize,
}

impl Question for FoundTalks {
    type Answer = Vec<TalkHit>;
    const USES: Areas = TALKS;
    fn answer(&self, desk: &Desk) -> Result<Vec<TalkHit>> {
        search::talks(desk, &self.text, self.limit)
    }
}

/// What a text shares word for word with other talks of the year.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedSentences(pub SentencesAsk);

impl Question for SharedSentences {
    type Answer = Vec<SharedSentence>;
    const USES: Areas = TALKS;
    fn answer(&self, desk: &Desk) -> Result<Vec<SharedSentence>> {
        shared_sentences(desk, &self.0)
    }
}
