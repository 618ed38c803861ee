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
const OTHER_TYPE: &str = "T20";

impl Planner<'_> {
    /// The type of a row: by its words, else 其他谈话; none where only a person can tell which of several.
    pub(super) fn kind_of(&mut self, place: &RowPlace, told: &mut RowTold) -> Option<String> {
        let text = told.kind_text().unwrap_or_default().to_owned();
        let key = (text, told.has_type());
        let known = match self.kinds.get(&key) {
            Some(known) => known.clone(),
            None => {
                let known = self.type_told(place, &key.0, key.1);
                self.kinds.insert(key, known.clone());
                known
            }
        };
        told.keep_kind(known.is_name);
        known.code
    }

    fn type_told(&mut self, place: &RowPlace, text: &str, is_of_types: bool) -> KnownType {
        let like = |code: Option<String>| KnownType { code, is_name: false };
        if let Some(stopped) = self.types.all().iter().find(|kind| kind.removed && kind.label == text.trim()) {
            let sentence = format!("谈话类型“{}”已停用，记为{}", stopped.label, self.types.label(OTHER_TYPE));
            self.problem(place, TalkDraftField::Kind.label(), "type_stopped", sentence);
            return like(Some(OTHER_TYPE.to_owned()));
        }
        match self.types.told(text) {
            TypeTold::Named(code) => KnownType { code: Some(code), is_name: true },
            // A topic may speak of 节前提醒: no text is to be left out for that unasked.
            TypeTold::Like(code) if !is_of_types && self.types.get(&code).is_some_and(TalkType::is_restricted) => {
                like(self.answered_type(place, text, vec![code, OTHER_TYPE.to_owned()]))
            }
            TypeTold::Like(code) => like(Some(code)),
            TypeTold::Unknown => like(Some(OTHER_TYPE.to_owned())),
            TypeTold::Several(codes) => like(self.answered_type(place, text, codes)),
        }
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
