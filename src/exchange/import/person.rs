//! Reads one row as a person.
//!
//! Knows the columns of its table and what stands around it; what it cannot read becomes a question or a problem.

use std::sync::Arc;

use super::headers::Role;
use super::reading::{Other, Place, Question, RosterRow, RowProblem, Why};
use super::record::{Above, RowReading};
use super::settle::Settled;
use super::sheets::{Row, Sheet, raw};
use super::shifted::{LEAST_MISFITS, is_shifted};
use super::tables::{Placed, Table};
use super::titles::Surroundings;
use crate::clock::Day;
use crate::domain::fields::Known;
use crate::domain::values::{Context, Raw, Reading, Trouble, Value, cross_checks, is_of_no_party, read, squeezed};

/// Who stands in a row.
pub enum Person {
    Member(RosterRow),
    Other(Box<Other>),
    Nobody(u32, Why),
}

/// Reads the rows of one table.
#[derive(Clone)]
pub struct PersonReader<'a> {
    sheet: &'a Sheet,
    table: &'a Table<Known>,
    columns: Vec<(Settled, Arc<str>)>,
    today: Day,
    above: Above<'a>,
    /// Some rows are of people who are no members: who does not say so is none.
    is_mixed: bool,
    has_branch: bool,
    /// The text about education has a column of its own.
    has_education_text: bool,
    pub questions: Vec<Question>,
    pub problems: Vec<RowProblem>,
}

impl<'a> PersonReader<'a> {
    pub fn new(sheet: &'a Sheet, table: &'a Table<Known>, columns: Vec<Settled>, today: Day) -> Self {
        let is = |settled: &Settled, field: Known| settled.column.role == Role::Field(field);
        let category = columns.iter().find(|settled| is(settled, Known::Category));
        let is_mixed = category.is_some_and(|settled| {
            table.records.iter().any(|record| {
                let cell = sheet.rows[record.place].cell(settled.column.index);
                let text = cell.shown();
                let reading = read(Known::Category.spec(), &raw(cell, &text), &settled.context);
                reading == Reading::Refused(Trouble::NotAMember)
            })
        });
        let has_branch = columns.iter().any(|settled| is(settled, Known::Branch));
        let has_education_text = columns.iter().any(|settled| is(settled, Known::EducationText));
        let columns = columns
            .into_iter()
            .map(|settled| {
                let head: Arc<str> = settled.column.head.as_str().into();
                (settled, head)
            })
            .collect();
        Self {
            sheet,
            table,
            columns,
            today,
            above: Above::default(),
            is_mixed,
            has_branch,
            has_education_text,
            questions: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Reads a row.
    pub fn read(&mut self, record: Placed) -> Person {
        let row = &self.sheet.rows[record.place];
        let mut reading = RowReading::new(&self.sheet.name, row.number, None);
        for (settled, head) in &self.columns {
            let index = settled.column.index;
            reading.take(settled, head, self.above.meant(row.cell(index), index));
        }
        // Few rows have several values that do not fit; only these are looked at again.
        if reading.misfits() >= LEAST_MISFITS && is_shifted(row, &self.columns) {
            reading = RowReading::new(&self.sheet.name, row.number, None);
            reading.name_only(row, &self.columns);
        } else {
            reading.join_parts(self.today);
            reading.take_from_name(self.today);
            reading.keep_education_text(self.has_education_text);
            reading.complete(&self.table.surroundings[record.within], self.has_branch);
        }
        self.above.remember(row);
        match reading.nobody(self.is_mixed) {
            Some(Why::NotAMember(word)) if is_of_no_party(&word) => return self.other(reading, word),
            Some(why) => return Person::Nobody(row.number, why),
            None => {}
        }
        reading.check(self.today);
        self.questions.append(&mut reading.questions);
        self.problems.append(&mut reading.problems);
        Person::Member(reading.into_row())
    }

    /// Somebody of no party, as they would be read if they were said to want to join.
    fn other(&self, mut reading: RowReading<'_, Known>, word: String) -> Person {
        reading.check(self.today);
        let (questions, problems) = (std::mem::take(&mut reading.questions), std::mem::take(&mut reading.problems));
        Person::Other(Box::new(Other { row: reading.into_row(), word, questions, problems }))
    }

    pub fn sheet_name(&self) -> Arc<str> {
        self.sheet.name.clone()
    }

    /// A reader that goes on after a row, which tells all its values itself.
    pub fn after(&self, row: &'a Row) -> Self {
        Self { above: Above::of(row), ..self.clone() }
    }
}

impl RowReading<'_, Known> {
    /// How many values did not fit their heads.
    fn misfits(&self) -> usize {
        self.problems.len() + self.refused.iter().filter(|(_, trouble, _)| *trouble == Trouble::NotAMember).count()
    }

    /// 张三（女，回族）: what a list without such columns tells beside the name.
    fn take_from_name(&mut self, today: Day) {
        let said = self.beside.iter().filter(|(field, ..)| *field == Known::Name).flat_map(|(.., said)| said);
        let words = said.flat_map(|said| said.split(['，', ',', '、', ' ', '；'])).map(squeezed);
        let beside: Vec<String> = words.collect();
        for word in beside {
            let told = match word.as_str() {
                "男" | "女" => Some((Known::Sex, word)),
                "预备" | "预备党员" => Some((Known::Category, "预备党员".to_owned())),
                _ if word.ends_with('族') => {
                    let reading = read(Known::Nation.spec(), &Raw::typed(&word), &Context::form(today));
                    reading.value().map(|value| (Known::Nation, value.text()))
                }
                _ => None,
            };
            if let Some((field, text)) = told {
                self.values.entry(field).or_insert(Value::Text(text));
            }
        }
    }

    /// The text about education stands beside its band, unless it has a column of its own.
    fn keep_education_text(&mut self, has_column: bool) {
        let mut texts: Vec<String> = self.as_written.drain(..).map(|value| value.text()).collect();
        texts.dedup();
        if !has_column && !texts.is_empty() {
            self.values.insert(Known::EducationText, Value::Text(texts.join("/")));
        } else if !self.values.contains_key(&Known::Education) {
            for text in texts {
                self.keep(&Known::Education.label().into(), &text, Some(Known::Education));
            }
        }
    }

    /// Adds what group rows, titles and other fields tell.
    fn complete(&mut self, around: &Surroundings, has_branch: bool) {
        let missing = |row: &Self, field: Known| {
            !row.values.contains_key(&field) && row.refused.iter().all(|(refused, ..)| *refused != field)
        };
        let mut told = Vec::new();
        if !has_branch && missing(self, Known::Branch) {
            told.extend(around.branch.clone().map(|branch| (Known::Branch, branch)));
        }
        if missing(self, Known::Group) {
            told.extend(around.group.clone().map(|group| (Known::Group, group)));
        }
        if missing(self, Known::Category) {
            let full = self.values.contains_key(&Known::Full).then_some("正式党员");
            // 预备党员转正台账: who has a day of 转正 is none any more.
            let around = around.category.filter(|category| full.is_none() || *category != "预备党员");
            told.extend(around.or(full).map(|category| (Known::Category, category.to_owned())));
        }
        self.values.extend(told.into_iter().map(|(field, text)| (field, Value::Text(text))));
    }

    /// Why the row is no member, if it is none.
    fn nobody(&self, is_mixed: bool) -> Option<Why> {
        if let Some((_, _, word)) = self.refused.iter().find(|(_, trouble, _)| *trouble == Trouble::NotAMember) {
            return Some(Why::NotAMember(squeezed(word)));
        }
        let says = |field: Known| {
            self.values.contains_key(&field) || self.refused.iter().any(|(refused, ..)| *refused == field)
        };
        let said = [Known::Category, Known::Joined, Known::Full, Known::Applied].into_iter().any(says);
        (is_mixed && !said).then_some(Why::NotSaid)
    }

    /// Values that stand under the wrong heads: only the name is taken.
    fn name_only(&mut self, row: &Row, columns: &[(Settled, Arc<str>)]) {
        if let Some((settled, head)) =
            columns.iter().find(|(settled, _)| settled.column.role == Role::Field(Known::Name))
        {
            self.take(settled, head, row.cell(settled.column.index));
        }
        for (settled, head) in columns {
            if !matches!(settled.column.role, Role::Derived | Role::Field(Known::Name)) {
                self.keep(head, &row.cell(settled.column.index).shown(), None);
            }
        }
        self.problem(Place::Row, Trouble::ColumnsShifted, "");
    }

    /// What the values say about each other.
    fn check(&mut self, today: Day) {
        if !self.values.contains_key(&Known::Name)
            && self.problems.iter().all(|problem| problem.place != Place::Field(Known::Name))
        {
            self.problem(Place::Field(Known::Name), Trouble::NameMissing, "");
        }
        for (field, trouble) in cross_checks(&self.values, today) {
            let text = self.values.get(&field).map(Value::text).unwrap_or_default();
            self.problem(Place::Field(field), trouble, &text);
        }
    }
}
