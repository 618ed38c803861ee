//! Reads one row as a person.
//!
//! Knows the columns of its table and what stands around it; what it cannot read becomes a question or a problem.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::decode::BROKEN;
use super::headers::{DatePart, Role};
use super::reading::{Place, Question, RosterRow, RowProblem, Why};
use super::settle::{Settled, joined_date};
use super::sheets::{Cell, Row, Sheet, raw};
use super::shifted::{LEAST_MISFITS, is_shifted};
use super::tables::{Placed, Table};
use super::titles::Surroundings;
use crate::clock::Day;
use crate::domain::fields::{EDUCATION_BANDS, Known};
use crate::domain::values::{
    CellKind, Context, Raw, Reading, Trouble, Value, cross_checks, education_text, first_seen, free_text, half_width,
    read, squeezed,
};

/// Who stands in a row.
pub enum Person {
    Member(RosterRow),
    Nobody(u32, Why),
}

/// Reads the rows of one table.
#[derive(Clone)]
pub struct PersonReader<'a> {
    sheet: &'a Sheet,
    table: &'a Table<Known>,
    columns: Vec<(Settled, Arc<str>)>,
    today: Day,
    /// The cell above, for `〃` and 同上.
    above: Cow<'a, [Cell]>,
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
            above: Cow::Borrowed(&[]),
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
        let mut reading = RowReading::new(&self.sheet.name, row.number);
        for (settled, head) in &self.columns {
            let cell = row.cell(settled.column.index);
            let above = || self.above.get(settled.column.index).unwrap_or(&Cell::Empty);
            reading.take(settled, head, if is_repetition(cell) { above() } else { cell });
        }
        // Few rows have several values that do not fit; only these are looked at again.
        if reading.misfits() >= LEAST_MISFITS && is_shifted(row, &self.columns) {
            reading = RowReading::new(&self.sheet.name, row.number);
            reading.name_only(row, &self.columns);
        } else {
            reading.join_parts(self.today);
            reading.keep_education_text(self.has_education_text);
            reading.complete(&self.table.surroundings[record.within], self.has_branch);
        }
        self.remember(row);
        if let Some(why) = reading.nobody(self.is_mixed) {
            return Person::Nobody(row.number, why);
        }
        reading.check(self.today);
        self.questions.append(&mut reading.questions);
        self.problems.append(&mut reading.problems);
        let RowReading { values, mut extra, masked, .. } = reading;
        extra.shrink_to_fit();
        Person::Member(RosterRow { sheet: self.sheet.name.clone(), row: row.number, values, extra, masked })
    }

    pub fn sheet_name(&self) -> Arc<str> {
        self.sheet.name.clone()
    }

    /// A reader that goes on after a row, which tells all its values itself.
    pub fn after(&self, row: &'a Row) -> Self {
        Self { above: Cow::Borrowed(&row.cells), ..self.clone() }
    }

    /// Keeps what the cells mean for a `〃` in the next row.
    fn remember(&mut self, row: &'a Row) {
        if !repeats(row) {
            self.above = Cow::Borrowed(&row.cells);
            return;
        }
        let above = |index: usize| self.above.get(index).unwrap_or(&Cell::Empty);
        let meant =
            row.cells.iter().enumerate().map(|(index, cell)| if is_repetition(cell) { above(index) } else { cell });
        self.above = meant.cloned().collect();
    }
}

/// Whether a row says of some of its values that they are those above.
pub fn repeats(row: &Row) -> bool {
    row.cells.iter().any(is_repetition)
}

/// `〃` and 同上: the value above.
fn is_repetition(cell: &Cell) -> bool {
    const WORDS: &[&str] = &["〃", "″", "\"", "“", "”", "''", "同上", "同前", "〞"];
    let Cell::Text(text) = cell else { return false };
    // Most texts begin with nothing of the kind: one look at a character tells.
    text.len() <= 12
        && first_seen(text).is_some_and(|first| WORDS.iter().any(|word| word.starts_with(first)))
        && WORDS.contains(&squeezed(text).as_str())
}

/// One row while it is read.
struct RowReading<'a> {
    sheet: &'a Arc<str>,
    number: u32,
    values: BTreeMap<Known, Value>,
    extra: Vec<(Arc<str>, String)>,
    masked: Vec<Known>,
    /// Fields that stand in the row but gave no value.
    refused: Vec<(Known, Trouble, String)>,
    parts: Vec<(Known, DatePart, String)>,
    /// What the columns of education say, as written.
    education_text: Vec<Value>,
    questions: Vec<Question>,
    problems: Vec<RowProblem>,
}

impl<'a> RowReading<'a> {
    fn new(sheet: &'a Arc<str>, number: u32) -> Self {
        Self {
            sheet,
            number,
            values: BTreeMap::new(),
            extra: Vec::new(),
            masked: Vec::new(),
            refused: Vec::new(),
            parts: Vec::new(),
            education_text: Vec::new(),
            questions: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// How many values did not fit their heads.
    fn misfits(&self) -> usize {
        self.problems.len() + self.refused.iter().filter(|(_, trouble, _)| *trouble == Trouble::NotAMember).count()
    }

    /// Takes over what a cell says.
    fn take(&mut self, settled: &Settled, head: &Arc<str>, cell: &Cell) {
        if matches!(cell, Cell::Empty) {
            return;
        }
        let text = cell.shown();
        match settled.column.role {
            Role::Derived => {}
            Role::Part(field, part) => self.parts.push((field, part, text.into_owned())),
            Role::Extra => self.take_extra(head, cell, &text),
            Role::Pair(one, two) => self.take_pair(one, two, head, &text, &settled.context),
            Role::Field(field) if text.contains(BROKEN) => self.broken(field, &text),
            Role::Field(field) => self.take_field(field, head, &raw(cell, &text), &settled.context),
        }
    }

    /// Two values in one cell, where there is one way only to part them.
    fn take_pair(&mut self, one: Known, two: Known, head: &Arc<str>, text: &str, context: &Context) {
        match parted(text, one, two, context)[..] {
            [(left, right)] => {
                self.take_field(one, head, &Raw::typed(left), context);
                self.take_field(two, head, &Raw::typed(right), context);
            }
            _ => self.take_field(one, head, &Raw::typed(text), context),
        }
    }

    fn take_extra(&mut self, head: &Arc<str>, cell: &Cell, text: &str) {
        let reading =
            if text.contains(BROKEN) { Reading::Refused(Trouble::EncodingBroken) } else { free_text(&raw(cell, text)) };
        match reading {
            Reading::Value(value) => self.extra.push((head.clone(), value.text())),
            Reading::Refused(trouble) => self.problem(Place::Extra(head.clone()), trouble, text),
            _ => {}
        }
    }

    /// Bytes that were no characters: only a name is kept, so that the row can be found.
    fn broken(&mut self, field: Known, text: &str) {
        self.problem(Place::Field(field), Trouble::EncodingBroken, text);
        if field == Known::Name {
            self.values.insert(field, Value::Text(squeezed(text)));
        }
    }

    fn take_field(&mut self, field: Known, head: &Arc<str>, raw: &Raw<'_>, context: &Context) {
        let reading = match read(field.spec(), raw, context) {
            Reading::Refused(Trouble::CategoryUnknown) => category_by_head(head, raw.text),
            reading => reading,
        };
        if field == Known::Education {
            self.education_text.extend(education_text(raw));
        }
        match reading {
            Reading::Nothing => {}
            Reading::Masked => self.masked.push(field),
            Reading::Value(value) => self.put(field, head, value),
            Reading::Doubtful(value, trouble) => {
                self.problem(Place::Field(field), trouble, raw.text);
                self.put(field, head, value);
            }
            Reading::Ambiguous(choices) => self.questions.push(Question {
                sheet: self.sheet.clone(),
                row: self.number,
                field,
                raw: raw.text.to_owned(),
                choices,
            }),
            Reading::Refused(trouble) => {
                self.refused.push((field, trouble, raw.text.to_owned()));
                if trouble != Trouble::NotAMember {
                    self.problem(Place::Field(field), trouble, raw.text);
                }
            }
        }
    }

    /// Keeps a value; where two columns mean the same field, both are kept in the way the field allows.
    fn put(&mut self, field: Known, head: &Arc<str>, value: Value) {
        let Some(held) = self.values.get(&field) else {
            self.values.insert(field, value);
            return;
        };
        if *held == value {
            return;
        }
        let (held_text, text) = (held.text(), value.text());
        let joined = |sign: &str| Value::Text(format!("{held_text}{sign}{text}"));
        let rank = |band: &str| EDUCATION_BANDS.iter().position(|known| *known == band);
        match field {
            Known::Education if rank(&text) < rank(&held_text) => drop(self.values.insert(field, value)),
            Known::Education => {}
            Known::Introducers | Known::Phone => drop(self.values.insert(field, joined("、"))),
            // 中共党员 beside 预备党员: the closer word counts.
            Known::Category if held_text == "正式党员" => drop(self.values.insert(field, value)),
            Known::Category => {}
            _ => self.extra.push((head.clone(), text)),
        }
    }

    /// Dates whose parts stand in columns of their own.
    fn join_parts(&mut self, today: Day) {
        let parts = std::mem::take(&mut self.parts);
        let mut fields: Vec<Known> = parts.iter().map(|(field, ..)| *field).collect();
        fields.dedup();
        for field in fields {
            let of_field: Vec<_> =
                parts.iter().filter(|(of, ..)| *of == field).map(|(_, part, text)| (*part, text.clone())).collect();
            if let Some(date) = joined_date(&of_field) {
                let head: Arc<str> = field.label().into();
                self.take_field(field, &head, &Raw { text: &date, kind: CellKind::Text }, &Context::form(today));
            }
        }
    }

    /// The text about education stands beside its band, unless it has a column of its own.
    fn keep_education_text(&mut self, has_column: bool) {
        let mut texts: Vec<String> = self.education_text.drain(..).map(|value| value.text()).collect();
        texts.dedup();
        if !has_column && !texts.is_empty() {
            self.values.insert(Known::EducationText, Value::Text(texts.join("/")));
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
            told.extend(around.category.or(full).map(|category| (Known::Category, category.to_owned())));
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

    fn problem(&mut self, place: Place, trouble: Trouble, raw: &str) {
        self.problems.push(RowProblem {
            sheet: self.sheet.clone(),
            row: self.number,
            place,
            trouble,
            raw: raw.to_owned(),
        });
    }
}

/// All ways to part a text so that both sides can be read.
fn parted<'t>(text: &'t str, one: Known, two: Known, context: &Context) -> Vec<(&'t str, &'t str)> {
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '/' | '、' | '，' | ',' | ';' | '；' | '／');
    let fits = |field: Known, part: &str| {
        matches!(
            read(field.spec(), &Raw::typed(part), context),
            Reading::Value(_) | Reading::Nothing | Reading::Ambiguous(_)
        )
    };
    let mut ways = Vec::new();
    for (at, gap) in text.char_indices().filter(|(_, c)| is_gap(*c)) {
        let way = (text[..at].trim_end_matches(is_gap), text[at + gap.len_utf8()..].trim_start_matches(is_gap));
        if fits(one, way.0) && fits(two, way.1) && !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways
}

/// 是否正式: 是 and 否 say the category.
fn category_by_head(head: &str, text: &str) -> Reading {
    if !head.contains("是否") {
        return Reading::Refused(Trouble::CategoryUnknown);
    }
    match half_width(&squeezed(text)).as_str() {
        "是" | "√" | "Y" => Reading::Value(Value::Text("正式党员".into())),
        "否" | "×" | "N" => Reading::Value(Value::Text("预备党员".into())),
        _ => Reading::Refused(Trouble::CategoryUnknown),
    }
}
