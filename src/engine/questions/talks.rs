//! Questions about talks: what is found in them, what they share.

use super::PEOPLE;
use crate::engine::Question;
use crate::problem::Result;
use crate::store::Areas;
use crate::view::desk::Desk;
use crate::view::likeness::{SentencesAsk, SharedSentence, shared_sentences};
use crate::view::search::{self, TalkHit};

/// What answers about talks depend on: who sat in them and how organisations are called, too.
const TALKS: Areas = Areas { settings: true, talks: true, ..PEOPLE };

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
