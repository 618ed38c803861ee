//! Which type of talk the words of a row mean.
//!
//! Start at [`Planner::kind_of`].

use super::told::RowTold;
use super::writable::name_of;
use super::{Planner, RowPlace};
use crate::domain::imports::{OpenQuestion, QuestionAbout};
use crate::domain::lists::TalkField;
use crate::domain::talks::{TalkDraftField, TalkType, TypeTold};

/// Which type a text means.
#[derive(Debug, Clone)]
pub(super) enum KnownType {
    /// The text is the type's own name: it says nothing more.
    Named(String),
    Like(String),
    /// Only a person can tell: one of all types, the first few of which are likelier than the others.
    Asked {
        choices: Vec<String>,
        nearest: usize,
    },
}

/// The type of talks of which nothing else is known.
pub(super) const OTHER_TYPE: &str = "T20";

/// The type of most talks.
const EVERYDAY_TYPE: &str = "T01";

impl Planner<'_> {
    /// The type of a row: by its words; 其他谈话 where it has no type and its topic tells none; none where only a person
    /// can tell. Each row asks, for each cell may mean another.
    pub(super) fn kind_of(&mut self, place: &RowPlace, told: &mut RowTold) -> Option<String> {
        let text = told.kind_text().unwrap_or_default().to_owned();
        let key = (text, told.has_type());
        let known = match self.kinds.get(&key) {
            Some(known) => known.clone(),
            None => {
                let known = match self.stopped(place, &key.0) {
                    Some(stopped) => stopped,
                    None if key.1 => self.by_type(&key.0),
                    None => self.by_topic(&key.0),
                };
                self.kinds.insert(key.clone(), known.clone());
                known
            }
        };
        told.keep_kind(matches!(known, KnownType::Named(_)));
        match known {
            KnownType::Named(code) | KnownType::Like(code) => Some(code),
            KnownType::Asked { choices, nearest } => {
                let told_in = if key.1 { TalkField::Kind } else { TalkField::Topic };
                let about = QuestionAbout::TalkType { told_in, nearest };
                self.answered_type(place, key.0, about, choices)
            }
        }
    }

    /// By the name of a type that is no longer offered.
    fn stopped(&mut self, place: &RowPlace, text: &str) -> Option<KnownType> {
        let stopped = self.types.all().iter().find(|kind| kind.removed && kind.label == text.trim())?;
        if stopped.is_restricted() {
            return Some(self.unknown());
        }
        let sentence = format!("谈话类型“{}”已停用，记为{}", stopped.label, self.types.label(OTHER_TYPE));
        self.problem(place, name_of(TalkDraftField::Kind), "type_stopped", sentence);
        Some(KnownType::Like(OTHER_TYPE.to_owned()))
    }

    /// By what stands in a column of types: a word that means none of ours is asked, for under 其他谈话 it would count, and
    /// all that was said would be kept.
    fn by_type(&self, text: &str) -> KnownType {
        match self.types.told_as_type(text) {
            TypeTold::Named(code) => KnownType::Named(code),
            TypeTold::Like(code) => KnownType::Like(code),
            TypeTold::Several(codes) => self.asked(codes),
            TypeTold::Perhaps(codes) => self.asked(with_other(codes)),
            TypeTold::Unknown => self.unknown(),
        }
    }

    /// By the topic of a row without a type.
    fn by_topic(&self, text: &str) -> KnownType {
        match self.types.told(text) {
            TypeTold::Named(code) => KnownType::Named(code),
            // A topic may speak of 节前提醒: no text is to be left out for that unasked.
            TypeTold::Like(code) if self.types.get(&code).is_some_and(TalkType::is_restricted) => {
                self.asked(with_other(vec![code]))
            }
            TypeTold::Like(code) => KnownType::Like(code),
            TypeTold::Unknown => KnownType::Like(OTHER_TYPE.to_owned()),
            TypeTold::Several(codes) => self.asked(codes),
            TypeTold::Perhaps(codes) => self.asked(with_other(codes)),
        }
    }

    /// A word that no type is known by: that of most talks, or 其他谈话, before all others.
    fn unknown(&self) -> KnownType {
        self.asked(with_other(vec![EVERYDAY_TYPE.to_owned()]))
    }

    /// One of all types that are offered, these before the others.
    fn asked(&self, mut choices: Vec<String>) -> KnownType {
        choices.retain(|code| self.types.offered().any(|kind| kind.code == *code));
        let nearest = choices.len();
        let others = self.types.offered().map(|kind| kind.code.clone()).filter(|code| !choices.contains(code));
        let others: Vec<String> = others.collect();
        choices.extend(others);
        KnownType::Asked { choices, nearest }
    }

    /// Which of these a row was answered to be; it is asked where nobody answered.
    fn answered_type(
        &mut self,
        place: &RowPlace,
        raw: String,
        about: QuestionAbout,
        choices: Vec<String>,
    ) -> Option<String> {
        let answer = self.workbook.options.answers.talk_type(place.0, &place.1, place.2);
        let answer = answer.filter(|answer| choices.iter().any(|code| code == answer)).map(str::to_owned);
        if answer.is_none() {
            let (file, sheet, row) = place.clone();
            let labels = choices.iter().map(|code| self.types.label(code).to_owned()).collect();
            self.plan.questions.push(OpenQuestion { file, sheet, row, beside: 0, about, raw, choices, labels });
        }
        answer
    }
}

fn with_other(mut codes: Vec<String>) -> Vec<String> {
    codes.push(OTHER_TYPE.to_owned());
    codes
}
