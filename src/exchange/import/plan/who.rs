//! Who each row is: somebody of the workbook, the person of a row before, somebody new; or a question.

use super::branches::Told;
use super::{Planner, RowPlace, place_of};
use crate::domain::fields::{FactKind, Known};
use crate::domain::ids::PersonId;
use crate::domain::imports::{BranchRef, OpenQuestion, QuestionAbout, RowClass, Waits};
use crate::domain::members::{Ending, PersonFile};
use crate::domain::values::Value;
use crate::exchange::import::answers::Who;
use crate::exchange::import::matching::Matched;
use crate::exchange::import::{RosterReading, RosterRow};

/// What a question about a row says, and what may be answered: the answer and its words.
struct RowQuestion {
    about: QuestionAbout,
    words: String,
    choices: Vec<(String, String)>,
}

impl Planner<'_> {
    /// Looks up beforehand who stands in a row beyond doubt: no other row is likely to be them.
    pub(super) fn find_certain<'r>(&mut self, readings: &'r [RosterReading]) {
        let answers = &self.options.answers;
        let rows_of =
            |reading: &'r RosterReading| reading.rows.iter().chain(reading.others.iter().map(|other| &other.row));
        let rows = readings.iter().enumerate().flat_map(|(file, reading)| rows_of(reading).map(move |row| (file, row)));
        let certain = rows.filter_map(|(file, row)| match answers.person(file, row) {
            Some(Who::One(person)) => Some(person),
            Some(Who::New | Who::Before) => None,
            None => match self.people.find(row, row.values.get(&Known::Name).and_then(Value::as_text)?) {
                Matched::One(person) => Some(person),
                _ => None,
            },
        });
        self.certain = certain.collect();
    }

    /// What becomes of a row; why it waits where it does.
    pub(super) fn class_of(&mut self, file: usize, row: &RosterRow, name: &str) -> Result<RowClass, Waits> {
        let told = self.branch_told(file, row);
        let answer = self.options.answers.person(file, row);
        let person = match answer {
            Some(Who::Before) => return Err(Waits::SaidTwice),
            Some(Who::New) => None,
            Some(Who::One(person)) => Some(person),
            None => self.matched(file, row, name)?,
        };
        let earlier = match person {
            Some(person) => self.taken.get(&person),
            None if answer.is_none() => self.seen.earlier(row, name),
            None => None,
        };
        if let Some(earlier) = earlier.cloned() {
            self.ask_whether_twice(file, row, name, &earlier);
            return Err(Waits::Twice);
        }
        let place = place_of(file, row);
        let Some(person) = person else {
            self.seen.add(place.clone(), row, name);
            return match self.branch_of(&told) {
                Ok(branch) => Ok(RowClass::New { branch }),
                Err(why) => {
                    self.wait_for_a_branch(place, &told);
                    Err(why)
                }
            };
        };
        self.taken.insert(person, place);
        self.known(file, row, person, told)
    }

    /// The row is somebody of the workbook.
    fn known(&mut self, file: usize, row: &RosterRow, person: PersonId, told: Told) -> Result<RowClass, Waits> {
        let people = self.people;
        let Some(held) = people.get(person) else { return Err(Waits::Who) };
        if let Some(ended) = self.ended(held) {
            match self.options.answers.returned(file, row) {
                Some(true) => {}
                Some(false) => return Ok(RowClass::Same { person }),
                None => {
                    self.ask_of_row(file, row, ended);
                    return Err(Waits::Returned);
                }
            }
        }
        let branch = self.branch_of(&told).ok();
        Ok(self.compare(row, held, branch))
    }

    /// Who of the workbook the row is, where nobody needs to be asked; what is asked otherwise.
    fn matched(&mut self, file: usize, row: &RosterRow, name: &str) -> Result<Option<PersonId>, Waits> {
        match self.people.find(row, name) {
            Matched::Nobody => Ok(None),
            Matched::One(person) => Ok(Some(person)),
            Matched::Several(candidates) => match self.told_exactly(row, &candidates) {
                Some(person) => Ok(Some(person)),
                None => Err(self.ask_who(file, row, name, &candidates)),
            },
            Matched::Namesakes(candidates) => Err(self.ask_who(file, row, name, &candidates)),
            Matched::Nearly(mut candidates) => {
                candidates.retain(|(person, _)| !self.certain.contains(person));
                if candidates.is_empty() {
                    return Ok(None);
                }
                Err(self.ask_whether_nearly(file, row, name, &candidates))
            }
        }
    }

    /// Of several who are confirmed the one of whom the row says nothing new, and no row before did.
    fn told_exactly(&self, row: &RosterRow, candidates: &[PersonId]) -> Option<PersonId> {
        let is_free = |person: &&PersonId| !self.taken.contains_key(person);
        let says_nothing_new = |person: &&PersonId| {
            let (values, extras) = self.different(row, **person, false);
            values.is_empty() && extras.is_empty()
        };
        candidates.iter().filter(is_free).find(says_nothing_new).copied()
    }

    /// How somebody whom a row names had ceased to be on the roll, as a question; not where the workbook knows of a
    /// later membership.
    fn ended(&self, held: &PersonFile) -> Option<RowQuestion> {
        let day = self.plan.roster_day;
        let ending = held.ending_on(day);
        let is_on_roll = held.on_roll(day).is_some() || ending == Some(Ending::Stopped);
        let mut memberships = held.facts.iter().filter(|fact| fact.kind == FactKind::Membership).peekable();
        if is_on_roll || memberships.peek().is_none() || self.is_older(held) {
            return None;
        }
        let name = held.person.name();
        let status = held.facts_on(FactKind::Status, day).last().filter(|_| ending.is_some());
        let what = match status.and_then(|fact| fact.value.as_deref()) {
            Some(status) => format!("已登记{status}"),
            None => "已不在册".to_owned(),
        };
        let since = status.map(|fact| fact.span.from).unwrap_or_else(|| memberships.next_back()?.span.to);
        let since = since.map(|date| format!("（{date}）")).unwrap_or_default();
        let (asked, yes) = match ending {
            Some(Ending::Died | Ending::LeftParty) => ("恢复在册吗", "仍恢复在册"),
            _ => ("转回来了吗", "转回"),
        };
        Some(RowQuestion {
            about: QuestionAbout::Returned,
            words: format!("{name} {what}{since}，表里还有，{asked}"),
            choices: vec![("keep".to_owned(), "不改".to_owned()), ("return".to_owned(), yes.to_owned())],
        })
    }

    fn ask_who(&mut self, file: usize, row: &RosterRow, name: &str, candidates: &[PersonId]) -> Waits {
        self.asked_about.extend(candidates);
        let mut choices: Vec<_> =
            candidates.iter().map(|id| (id.to_string(), self.people.describe(*id, self.tree))).collect();
        choices.push(("new".to_owned(), "都不是，新增".to_owned()));
        self.ask_of_row(file, row, RowQuestion { about: QuestionAbout::Person, words: name.to_owned(), choices });
        Waits::Who
    }

    /// 「与现有的“高琳环”只有公民身份号码不同，是同一个人吗」
    fn ask_whether_nearly(
        &mut self,
        file: usize,
        row: &RosterRow,
        name: &str,
        candidates: &[(PersonId, Known)],
    ) -> Waits {
        self.asked_about.extend(candidates.iter().map(|(person, _)| person));
        let (words, mut choices) = match candidates {
            [(person, field)] => (
                format!("与现有的“{name}”只有{}不同，是同一个人吗", field.label()),
                vec![(person.to_string(), "是同一个人，更正".to_owned())],
            ),
            _ => {
                let choice = |(person, field): &(PersonId, Known)| {
                    let who = self.people.describe(*person, self.tree);
                    (person.to_string(), format!("{who}，更正{}", field.label()))
                };
                let count = candidates.len();
                let choices = candidates.iter().map(choice).collect();
                (format!("与现有的 {count} 位“{name}”都只有一处不同，是其中一位吗"), choices)
            }
        };
        choices.push(("new".to_owned(), "是另一个人".to_owned()));
        self.ask_of_row(file, row, RowQuestion { about: QuestionAbout::Nearly, words, choices });
        Waits::Nearly
    }

    /// 「李强 和第 2 行是同一个人吗」
    fn ask_whether_twice(&mut self, file: usize, row: &RosterRow, name: &str, earlier: &RowPlace) {
        let (of, sheet, number, _) = earlier;
        let before = match self.plan.file_names.get(*of) {
            Some(other) if *of != file => format!("“{other}”"),
            _ if *sheet != row.sheet => format!("工作表“{sheet}”"),
            _ => String::new(),
        };
        let words = if (*of, sheet, *number) == (file, &row.sheet, row.row) {
            format!("{name} 和同一行左边的是同一个人吗")
        } else {
            format!("{name} 和{before}第 {number} 行是同一个人吗")
        };
        let choices = [("same", "同一个人，不再写入"), ("new", "是另一个人，写入")];
        let choices = choices.map(|(answer, words)| (answer.to_owned(), words.to_owned())).to_vec();
        self.ask_of_row(file, row, RowQuestion { about: QuestionAbout::Twice, words, choices });
    }

    fn ask_of_row(&mut self, file: usize, row: &RosterRow, question: RowQuestion) {
        let (choices, labels) = question.choices.into_iter().unzip();
        let (file, sheet, row, beside) = place_of(file, row);
        let (about, raw) = (question.about, question.words);
        self.plan.questions.push(OpenQuestion { file, sheet, row, beside, about, raw, choices, labels });
    }

    /// The reading found the row to stand twice: what is said of that follows what becomes of it.
    pub(super) fn tell_double(&mut self, file: usize, row: &RosterRow, class: &RowClass, why: Option<Waits>) {
        if self.doubles.is_empty() {
            return;
        }
        let Some(problem) = self.doubles.get(&place_of(file, row)).and_then(|at| self.plan.problems.get_mut(*at))
        else {
            return;
        };
        let alike = if problem.field == Known::IdNumber.spec().name {
            "公民身份号码和前面的一行相同"
        } else {
            "姓名和出生日期与前面的一行相同"
        };
        problem.sentence = match (class, why) {
            (RowClass::New { .. }, _) => format!("{alike}，按另一个人写入"),
            (RowClass::Changed { .. } | RowClass::Same { .. }, _) => format!("{alike}，在工作簿里是另一个人"),
            (_, Some(Waits::SaidTwice)) => format!("{alike}，是同一个人，不再写入"),
            _ => format!("{alike}，等回答"),
        };
    }
}

/// The branch of a row that is written.
pub(super) fn written_to(class: &RowClass) -> Option<BranchRef> {
    match class {
        RowClass::New { branch } => Some(*branch),
        RowClass::Changed { branch, .. } => *branch,
        _ => None,
    }
}
