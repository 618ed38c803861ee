//! Answers to the questions of an import, in the form in which they were asked.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::reading::{Question, RosterReading, RosterRow, Years};
use crate::domain::fields::Known;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::imports::{
    ImportPlan, OTHERS_MAY_BE, OUTSIDE, OpenQuestion, OtherPerson, QuestionAbout, person_in_talks,
};
use crate::domain::lists::{ListField, TalkField};
use crate::domain::values::Value;
use crate::problem::{Problem, Result};

/// A question as JSON lists it; an answer is the same with `answer` filled: one of its `choices`. Where `new:` is one of
/// them the name of a new branch is written behind it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    #[serde(default)]
    pub file: String,
    pub sheet: String,
    pub row: u32,
    /// Which of the tables beside each other it is about, from the left; 0 where there is one.
    #[serde(default, skip_serializing_if = "is_first")]
    pub beside: usize,
    /// The field's name; `person`, `returned`, `branch`, `organisation`, `year`, `who_stands_first`, `type` or `talk`; `person:` and a name in
    /// a ledger.
    pub field: String,
    #[serde(default)]
    pub raw: String,
    #[serde(default)]
    pub choices: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    #[serde(default)]
    pub answer: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference to the field")]
fn is_first(beside: &usize) -> bool {
    *beside == 0
}

/// The record that a question is about: its sheet, its row, and which of the tables beside each other has it.
pub type RecordPlace<'a> = (&'a str, u32, usize);

/// What is answered `yes` where nothing of a row is to be changed; with `:` and a field's name, where that is not.
pub const KEEP: &str = "keep";

/// What stands before the name of a new branch in an answer.
pub const NEW_BRANCH: &str = "new:";

/// Answers by place: file, record, field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    /// By file name where it is told, else for every file.
    given: HashMap<(String, u32, usize, String), Vec<(String, String)>>,
    files: Vec<String>,
}

impl Answers {
    /// Reads the answers of a JSON array of [`Asked`]; those without an answer stay open.
    pub fn from_json(text: &str, files: &[String]) -> Result<Self> {
        let asked: Vec<Asked> = serde_json::from_str(text).map_err(|error| {
            Problem::input("没有导入", "答案文件读不懂")
                .next("照 import --json 列出的问题填写 answer")
                .detail(error.to_string())
        })?;
        let mut answers = Self { files: files.to_vec(), ..Self::default() };
        for one in asked {
            if let Some(answer) = one.answer {
                answers.give(&one.file, (&one.sheet, one.row, one.beside), &one.field, &answer);
            }
        }
        Ok(answers)
    }

    /// Answers for these files.
    pub fn of_files(files: &[String]) -> Self {
        Self { files: files.to_vec(), ..Self::default() }
    }

    /// Gives one answer; an empty file name stands for every file.
    pub fn give(&mut self, file: &str, (sheet, row, beside): RecordPlace<'_>, field: &str, answer: &str) {
        let place = (sheet.to_owned(), row, beside, field.to_owned());
        let given = self.given.entry(place).or_default();
        given.retain(|(other, _)| other != file);
        given.push((file.to_owned(), answer.to_owned()));
    }

    fn of(&self, file: usize, (sheet, row, beside): RecordPlace<'_>, field: &str) -> Option<&str> {
        let name = self.files.get(file).map_or("", String::as_str);
        let given = self.given.get(&(sheet.to_owned(), row, beside, field.to_owned()))?;
        given.iter().find(|(of, _)| of.is_empty() || of == name).map(|(_, answer)| answer.as_str())
    }

    /// Puts answered values into the rows and takes the questions out.
    pub(super) fn settle(&self, file: usize, reading: &mut RosterReading) {
        if self.given.is_empty() {
            return;
        }
        self.take_in(file, reading);
        if let Some(years) = self.years(file) {
            reading.talks.date(years);
        }
        self.settle_rows(file, &mut reading.rows, &mut reading.questions);
        self.settle_rows(file, &mut reading.organisations.rows, &mut reading.organisations.questions);
        self.settle_rows(file, &mut reading.talks.rows, &mut reading.talks.questions);
    }

    /// People of no party who were said to want to join come in as what was said, in their place.
    pub fn take_in(&self, file: usize, reading: &mut RosterReading) {
        for mut other in std::mem::take(&mut reading.others) {
            let (sheet, row) = (Arc::clone(&other.row.sheet), other.row.row);
            let said = self.of(file, (&sheet, row, other.row.beside), Known::Category.name());
            let Some(category) = said.filter(|said| OTHERS_MAY_BE.contains(said)) else {
                reading.others.push(other);
                continue;
            };
            other.row.values.insert(Known::Category, Value::Text(category.to_owned()));
            let place = reading.rows.iter().rposition(|above| above.sheet == sheet && above.row < row);
            reading.rows.insert(place.map_or(0, |above| above + 1), other.row);
            reading.questions.append(&mut other.questions);
            reading.problems.append(&mut other.problems);
            reading.skipped.retain(|skipped| (&skipped.sheet, skipped.row) != (&sheet, row));
        }
    }

    fn settle_rows<K: ListField>(&self, file: usize, rows: &mut [RosterRow<K>], questions: &mut Vec<Question<K>>) {
        let mut values: HashMap<(String, u32, usize), Vec<(K, Value)>> = HashMap::new();
        questions.retain(|question| {
            let answer = self.of(file, (&question.sheet, question.row, question.beside), question.field.name());
            let choice = answer.and_then(|answer| question.choices.iter().find(|choice| choice.text() == answer));
            match choice {
                Some(choice) => {
                    let place = (question.sheet.to_string(), question.row, question.beside);
                    values.entry(place).or_default().push((question.field, choice.clone()));
                    false
                }
                None => true,
            }
        });
        if values.is_empty() {
            return;
        }
        for row in rows {
            let answered = values.remove(&(row.sheet.to_string(), row.row, row.beside));
            row.values.extend(answered.into_iter().flatten());
        }
    }

    /// Which organisation a row was answered to be: `Some(None)` for a new one.
    pub(super) fn organisation(&self, file: usize, sheet: &str, row: u32) -> Option<Option<OrganisationId>> {
        match self.of(file, (sheet, row, 0), "organisation")? {
            "new" => Some(None),
            id => id.parse().ok().map(Some),
        }
    }

    /// Who somebody was answered to be whom rows of a ledger name, the first of them this one: `Some(None)` for nobody
    /// of the roster.
    pub(super) fn in_talks(&self, file: usize, sheet: &str, row: u32, name: &str) -> Option<Option<PersonId>> {
        if self.given.is_empty() {
            return None;
        }
        match self.of(file, (sheet, row, 0), &person_in_talks(name))? {
            OUTSIDE => Some(None),
            id => id.parse().ok().map(Some),
        }
    }

    /// Of which years the days of a ledger were answered to be that are written without one.
    fn years(&self, file: usize) -> Option<Years> {
        Years::read(self.of(file, ("", 0, 0), QuestionAbout::Year.name())?)
    }

    /// Who was answered to stand first in the cells of a ledger that name both sides.
    pub(super) fn who_stands_first(&self, file: usize) -> Option<TalkField> {
        let sides = [TalkField::Talkers, TalkField::Partners];
        let answer = self.of(file, ("", 0, 0), QuestionAbout::WhoStandsFirst.name())?;
        sides.into_iter().find(|side| side.name() == answer)
    }

    /// Which type of talk a row was answered to be.
    pub(super) fn talk_type(&self, file: usize, sheet: &str, row: u32) -> Option<&str> {
        self.of(file, (sheet, row, 0), "type")
    }

    /// Whether a row was answered to be the talk of the workbook that has its number.
    pub(super) fn is_same_talk(&self, file: usize, sheet: &str, row: u32) -> Option<bool> {
        if self.given.is_empty() {
            return None;
        }
        match self.of(file, (sheet, row, 0), QuestionAbout::SameTalk.name())? {
            "same" => Some(true),
            "new" => Some(false),
            _ => None,
        }
    }

    /// Who a row was answered to be.
    pub(super) fn person(&self, file: usize, row: &RosterRow) -> Option<Who> {
        match self.of(file, (&row.sheet, row.row, row.beside), "person")? {
            "new" => Some(Who::New),
            "same" => Some(Who::Before),
            id => id.parse().ok().map(Who::One),
        }
    }

    /// Whether somebody who had ceased to be on the roll was answered to be on it again.
    pub(super) fn returned(&self, file: usize, row: &RosterRow) -> Option<bool> {
        match self.of(file, (&row.sheet, row.row, row.beside), "returned")? {
            "return" => Some(true),
            "keep" => Some(false),
            _ => None,
        }
    }

    /// Whether a change of a row was refused: `keep:` and the field's name, or `keep` for all of the row, answered `yes`.
    pub(super) fn keeps(&self, file: usize, row: &RosterRow, field: &str) -> bool {
        let is_said = |what: &str| self.of(file, (&row.sheet, row.row, row.beside), what) == Some("yes");
        !self.given.is_empty() && (is_said(KEEP) || is_said(&format!("{KEEP}:{field}")))
    }

    /// To which branch the rows without one were answered to belong; with a row, which one is meant by its name.
    pub(super) fn branch(&self, file: usize, at: Option<&RosterRow>) -> Option<&str> {
        self.of(file, at.map_or(("", 0, 0), |row| (&row.sheet, row.row, row.beside)), "branch")
    }
}

/// Who a row was answered to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    New,
    /// The person of a row before.
    Before,
    One(PersonId),
}

/// A plan's questions as JSON lists them.
pub fn asked(plan: &ImportPlan) -> Vec<Asked> {
    in_json(plan, plan.questions.iter())
}

/// The people of no party, in the form of questions: whoever answers one brings them in.
pub fn asked_of_others(plan: &ImportPlan) -> Vec<Asked> {
    let questions: Vec<OpenQuestion> = plan.others.iter().map(OtherPerson::question).collect();
    in_json(plan, questions.iter())
}

fn in_json<'q>(plan: &ImportPlan, questions: impl Iterator<Item = &'q OpenQuestion>) -> Vec<Asked> {
    let one = |question: &OpenQuestion| Asked {
        file: plan.file_names.get(question.file).cloned().unwrap_or_default(),
        sheet: question.sheet.to_string(),
        row: question.row,
        beside: question.beside,
        field: question.field().into_owned(),
        raw: question.raw.clone(),
        choices: question.choices.clone(),
        labels: question.labels.clone(),
        answer: None,
    };
    questions.map(one).collect()
}
