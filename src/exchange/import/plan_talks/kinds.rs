//! Which type of talk the words of a row mean.
//!
//! Start at [`Planner::kind_of`].

use super::told::RowTold;
use super::{Planner, RowPlace};
use crate::domain::imports::{OpenQuestion, QuestionAbout};
use crate::domain::talks::{TalkDraftField, TalkType, TypeTold};

/// Which type a text means.
#[derive(Debug, Clone)]
pub(super) struct KnownType {
    /// None where that waits for an answer.
    code: Option<String>,
    /// The text is the type's own name: it says nothing more.
    is_name: bool,
}

/// The type of talks of which nothing else is known.
pub(super) const OTHER_TYPE: &str = "T20";

/// The type of most talks.
const EVERYDAY_TYPE: &str = "T01";

impl Planner<'_> {
    /// The type of a row: by its words; 其他谈话 where it has no type and its topic tells none; none where only a person
    /// can tell.
    pub(super) fn kind_of(&mut self, place: &RowPlace, told: &mut RowTold) -> Option<String> {
        let text = told.kind_text().unwrap_or_default().to_owned();
        let key = (text, told.has_type());
        let known = match self.kinds.get(&key) {
            Some(known) => known.clone(),
            None => {
                let known = match self.stopped(place, &key.0) {
                    Some(stopped) => stopped,
                    None if key.1 => self.by_type(place, &key.0),
                    None => self.by_topic(place, &key.0),
                };
                self.kinds.insert(key, known.clone());
                known
            }
        };
        told.keep_kind(known.is_name);
        known.code
    }

    /// By the name of a type that is no longer offered.
    fn stopped(&mut self, place: &RowPlace, text: &str) -> Option<KnownType> {
        let stopped = self.types.all().iter().find(|kind| kind.removed && kind.label == text.trim())?;
        if stopped.is_restricted() {
            return Some(like(self.answered_type(place, text, self.likely())));
        }
        let sentence = format!("谈话类型“{}”已停用，记为{}", stopped.label, self.types.label(OTHER_TYPE));
        self.problem(place, TalkDraftField::Kind.label(), "type_stopped", sentence);
        Some(like(Some(OTHER_TYPE.to_owned())))
    }

    /// By what stands in a column of types: a word that means none of ours is asked, for under 其他谈话 it would count, and
    /// all that was said would be kept.
    fn by_type(&mut self, place: &RowPlace, text: &str) -> KnownType {
        match self.types.told_as_type(text) {
            TypeTold::Named(code) => KnownType { code: Some(code), is_name: true },
            TypeTold::Like(code) => like(Some(code)),
            TypeTold::Several(codes) => like(self.answered_type(place, text, codes)),
            TypeTold::Perhaps(codes) => like(self.answered_type(place, text, with_other(codes))),
            TypeTold::Unknown => like(self.answered_type(place, text, self.likely())),
        }
    }

    /// By the topic of a row without a type.
    fn by_topic(&mut self, place: &RowPlace, text: &str) -> KnownType {
        match self.types.told(text) {
            TypeTold::Named(code) => KnownType { code: Some(code), is_name: true },
            // A topic may speak of 节前提醒: no text is to be left out for that unasked.
            TypeTold::Like(code) if self.types.get(&code).is_some_and(TalkType::is_restricted) => {
                like(self.answered_type(place, text, with_other(vec![code])))
            }
            TypeTold::Like(code) => like(Some(code)),
            TypeTold::Unknown => like(Some(OTHER_TYPE.to_owned())),
            TypeTold::Several(codes) => like(self.answered_type(place, text, codes)),
            TypeTold::Perhaps(codes) => like(self.answered_type(place, text, with_other(codes))),
        }
    }

    /// The types that a word none of them is known by may mean: that of most talks, those that keep no texts, those that
    /// the workbook made, 其他谈话.
    fn likely(&self) -> Vec<String> {
        let is_likely = |kind: &&TalkType| {
            kind.is_restricted() || kind.is_of_workbook() || [EVERYDAY_TYPE, OTHER_TYPE].contains(&kind.code.as_str())
        };
        self.types.offered().filter(is_likely).map(|kind| kind.code.clone()).collect()
    }

    /// Which of these a text was answered to mean; it is asked where nobody answered.
    fn answered_type(&mut self, place: &RowPlace, text: &str, codes: Vec<String>) -> Option<String> {
        let answer = self.workbook.options.answers.talk_type(place.0, &place.1, place.2);
        let answer = answer.filter(|answer| codes.iter().any(|code| code == answer)).map(str::to_owned);
        if answer.is_none() {
            self.ask_which_type(place, text, codes);
        }
        answer
    }

    fn ask_which_type(&mut self, place: &RowPlace, text: &str, codes: Vec<String>) {
        let (file, sheet, row) = place.clone();
        let labels = codes.iter().map(|code| self.types.label(code).to_owned()).collect();
        self.plan.questions.push(OpenQuestion {
            file,
            sheet,
            row,
            beside: 0,
            about: QuestionAbout::TalkType,
            raw: text.to_owned(),
            choices: codes,
            labels,
        });
    }
}

/// A type meant by words that may say more than its name.
fn like(code: Option<String>) -> KnownType {
    KnownType { code, is_name: false }
}

fn with_other(mut codes: Vec<String>) -> Vec<String> {
    codes.push(OTHER_TYPE.to_owned());
    codes
}
