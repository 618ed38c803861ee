//! What a text that is being written shares word for word with other talks of the year (雷同自查).
//!
//! Start at [`shared_sentences`].

use std::ops::Range;

use crate::domain::ids::{OrganisationId, TalkId};
use crate::domain::likeness::Likeness;
use crate::domain::talks::TalkNumber;
use crate::problem::Result;
use crate::store::talks;
use crate::view::desk::Desk;

/// A text, and among which talks it is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentencesAsk {
    /// The talk that is being written, where it was written before: it is not compared with itself.
    pub talk: Option<TalkId>,
    /// The ledger, and its year.
    pub organisation: OrganisationId,
    pub year: i16,
    /// The code of the type: its outline does not count.
    pub kind: String,
    pub text: String,
}

/// Part of the text that stands word for word in other talks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedSentence {
    /// In bytes of the text.
    pub range: Range<usize>,
    pub talks: Vec<(TalkId, TalkNumber)>,
}

/// What the text shares with the other talks of the year in this ledger, in the order of the text.
pub fn shared_sentences(desk: &Desk, ask: &SentencesAsk) -> Result<Vec<SharedSentence>> {
    let types = talks::types(desk.reader())?;
    let outline = types.get(&ask.kind).map_or("", |kind| kind.outline.as_str());
    let mut likeness = Likeness::of(&ask.text, outline);
    if likeness.is_empty() {
        return Ok(Vec::new());
    }
    talks::each_text_of_year(desk.reader(), ask.organisation, ask.year, |talk, text| {
        if Some(talk.0) != ask.talk {
            likeness.compare(&talk, text);
        }
    })?;
    let found = likeness.shared().into_iter();
    Ok(found.map(|one| SharedSentence { range: one.range, talks: one.talks }).collect())
}
