//! Reads the cells of one row by the table of fields of its kind.
//!
//! Knows the columns of its table; what it cannot read becomes a question or a problem. Start at [`RowReading`].

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::decode::BROKEN;
use super::headers::{DatePart, Role};
use super::reading::{Kept, Place, Question, RosterRow, RowProblem, Yearless};
use super::settle::{Settled, joined_date};
use super::sheets::{Cell, Row, raw};
use crate::clock::Day;
use crate::domain::imports::RosterKind;
use crate::domain::lists::{ListField, Second};
use crate::domain::talks::TalkNumber;
use crate::domain::values::{
    Context, Raw, Reading, Trouble, Value, beside, first_seen, free_text, says_nothing, squeezed,
};

/// One row while it is read.
pub struct RowReading<'a, K> {
    sheet: &'a Arc<str>,
    pub number: u32,
    /// The year of what stands around it, for dates without one.
    year: Option<i16>,
    /// The month of what stands around it, for days without one.
    pub month: Option<i8>,
    pub values: BTreeMap<K, Value>,
    pub extra: Vec<(Arc<str>, String)>,
    pub masked: Vec<K>,
    /// Fields that stand in the row but gave no value.
    pub refused: Vec<(K, Trouble, String)>,
    parts: Vec<(K, DatePart, String)>,
    /// What the columns of education say, as written.
    pub as_written: Vec<Value>,
    /// Texts that gave no value.
    pub kept: Vec<Kept<K>>,
    /// Texts that say more than their value, with their fields and what they say more.
    pub beside: Vec<(K, Kept<K>, Vec<String>)>,
    pub questions: Vec<Question<K>>,
    pub problems: Vec<RowProblem<K>>,
    /// Days that wait for their year.
    pub yearless: Vec<Yearless<K>>,
    /// The hour beside the day.
    pub time: Option<String>,
}

impl<'a, K: ListField> RowReading<'a, K> {
    pub fn new(sheet: &'a Arc<str>, number: u32, year: Option<i16>) -> Self {
        Self {
            sheet,
            number,
            year,
            month: None,
            values: BTreeMap::new(),
            extra: Vec::new(),
            masked: Vec::new(),
            refused: Vec::new(),
            parts: Vec::new(),
            as_written: Vec::new(),
            kept: Vec::new(),
            beside: Vec::new(),
            questions: Vec::new(),
            problems: Vec::new(),
            yearless: Vec::new(),
            time: None,
        }
    }

    /// Takes over what a cell says.
    pub fn take(&mut self, settled: &Settled<K>, head: &Arc<str>, cell: &Cell) {
        if matches!(cell, Cell::Empty) {
            return;
        }
        let text = cell.shown();
        match settled.column.role {
            // The yearly number of a talk stands where other lists count their rows.
            Role::Derived if K::KIND == RosterKind::Talks && is_talk_number(&text) => self.keep(head, &text, None),
            Role::Derived => {}
            Role::Part(field, part) => self.parts.push((field, part, text.into_owned())),
            Role::Extra => self.take_extra(head, cell, &text),
            Role::Pair(one, two) => self.take_pair(one, two, head, &text, &settled.context),
            Role::Field(field) if text.contains(BROKEN) => self.broken(field, &text),
            Role::Field(field) => self.take_field(field, head, &raw(cell, &text), &settled.context),
        }
    }

    /// Two values in one cell, where there is one way only to part them.
    fn take_pair(&mut self, one: K, two: K, head: &Arc<str>, text: &str, context: &Context) {
        match parted(text, one, two, context)[..] {
            [(left, right)] => {
                self.take_field(one, head, &Raw::typed(left), context);
                self.take_field(two, head, &Raw::typed(right), context);
            }
            _ => self.take_field(one, head, &Raw::typed(text), context),
        }
    }

    fn take_extra(&mut self, head: &Arc<str>, cell: &Cell, text: &str) {
        // In a column of its own this is what is told: 档案材料 缺.
        if squeezed(text) == "缺" {
            self.extra.push((head.clone(), "缺".to_owned()));
            return;
        }
        let reading =
            if text.contains(BROKEN) { Reading::Refused(Trouble::EncodingBroken) } else { free_text(&raw(cell, text)) };
        match reading {
            Reading::Value(value) => self.extra.push((head.clone(), value.text())),
            Reading::Refused(trouble) => self.problem(Place::Extra(head.clone()), trouble, text),
            _ => {}
        }
    }

    /// Bytes that were no characters: only a name is kept, so that the row can be found.
    fn broken(&mut self, field: K, text: &str) {
        self.problem(Place::Field(field), Trouble::EncodingBroken, text);
        if field.is_key() {
            self.values.insert(field, Value::Text(squeezed(text)));
        }
    }

    fn take_field(&mut self, field: K, head: &Arc<str>, raw: &Raw<'_>, context: &Context) {
        let (year, month) = (self.year.or(context.year), self.month.or(context.month));
        let context = Context { year, month, ..*context };
        let reading = field.read_below(head, raw, &context);
        let written = field.as_written(raw);
        let is_kept_anyway = written.is_some();
        self.as_written.extend(written);
        if let Some(value) = reading.value().filter(|_| !is_kept_anyway) {
            let more = beside(raw.text, value, field.holds_names());
            if !more.is_empty() {
                let kept = Kept { head: head.clone(), text: raw.text.to_owned(), instead_of: None };
                self.beside.push((field, kept, more));
            }
        }
        match reading {
            Reading::Nothing => {}
            Reading::Masked => self.masked.push(field),
            Reading::Value(value) => self.put(field, head, value),
            Reading::Doubtful(value, trouble) => {
                self.problem(Place::Field(field), trouble, raw.text);
                if trouble.keeps_text() {
                    self.keep(head, raw.text, None);
                }
                self.put(field, head, value);
            }
            Reading::Ambiguous(choices) => self.questions.push(Question {
                sheet: self.sheet.clone(),
                row: self.number,
                beside: 0,
                field,
                raw: raw.text.to_owned(),
                choices,
            }),
            Reading::Refused(Trouble::YearMissing) => self.yearless.push(Yearless {
                sheet: self.sheet.clone(),
                row: self.number,
                field,
                raw: raw.text.to_owned(),
                kind: raw.kind,
                context,
            }),
            Reading::Refused(trouble) => {
                self.refused.push((field, trouble, raw.text.to_owned()));
                match trouble {
                    Trouble::NotAMember => self.keep(head, raw.text, None),
                    trouble if trouble.leaves_text() => self.keep(head, raw.text, Some(field)),
                    // Of education the text stands beside the band, where it speaks of education.
                    Trouble::EducationUnknown if !is_kept_anyway => self.keep(head, raw.text, Some(field)),
                    _ => {}
                }
                if trouble != Trouble::NotAMember {
                    self.problem(Place::Field(field), trouble, raw.text);
                }
            }
        }
    }

    /// Keeps a value; where two columns mean the same field, both are kept in the way the field allows.
    fn put(&mut self, field: K, head: &Arc<str>, value: Value) {
        let Some(held) = self.values.get(&field) else {
            self.values.insert(field, value);
            return;
        };
        if *held == value {
            return;
        }
        let (held_text, text) = (held.text(), value.text());
        match field.second(&held_text, &text) {
            Second::Joined => drop(self.values.insert(field, Value::Text(format!("{held_text}、{text}")))),
            Second::Replaces => drop(self.values.insert(field, value)),
            Second::Precedes => {
                self.keep(&field.label().into(), &held_text, None);
                self.values.insert(field, value);
            }
            Second::Dropped => {}
            Second::Apart => self.extra.push((head.clone(), text)),
        }
    }

    /// Dates whose parts stand in columns of their own.
    pub fn join_parts(&mut self, today: Day) {
        let parts = std::mem::take(&mut self.parts);
        let mut fields: Vec<K> = parts.iter().map(|(field, ..)| *field).collect();
        fields.dedup();
        for field in fields {
            let of_field: Vec<_> =
                parts.iter().filter(|(of, ..)| *of == field).map(|(_, part, text)| (*part, text.clone())).collect();
            let head: Arc<str> = field.label().into();
            match joined_date(&of_field, self.year) {
                Some(date) => self.take_field(field, &head, &Raw::typed(&date), &Context::form(today)),
                // A month and a day of no year.
                None => {
                    let texts = of_field.iter().map(|(_, text)| text.trim()).filter(|text| !says_nothing(text));
                    let text = texts.collect::<Vec<_>>().join(".");
                    match K::KIND {
                        RosterKind::Talks => self.take_field(field, &head, &Raw::typed(&text), &Context::form(today)),
                        _ => self.keep(&head, &text, Some(field)),
                    }
                }
            }
        }
    }

    /// Keeps a text that is no value.
    pub fn keep(&mut self, head: &Arc<str>, text: &str, instead_of: Option<K>) {
        if !says_nothing(text) {
            self.kept.push(Kept { head: head.clone(), text: text.to_owned(), instead_of });
        }
    }

    /// What was said beside values is kept, unless it only repeats another value of the row: （女） beside 性别 女.
    fn keep_beside(&mut self) {
        for (field, kept, more) in std::mem::take(&mut self.beside) {
            let repeats = |said: &String| {
                let said = squeezed(said);
                self.values.iter().filter(|(other, _)| **other != field).any(|(other, value)| {
                    let held = value.text();
                    held == said || (other.is_narrow() && held.starts_with(&said))
                })
            };
            if !more.iter().all(repeats) {
                self.kept.push(kept);
            }
        }
    }

    /// The row as it was read, without its questions and problems.
    pub fn into_row(mut self) -> RosterRow<K> {
        self.keep_beside();
        let Self { sheet, number, values, mut extra, masked, kept, time, .. } = self;
        extra.shrink_to_fit();
        RosterRow { sheet: sheet.clone(), row: number, beside: 0, values, extra, masked, kept, time }
    }

    pub fn problem(&mut self, place: Place<K>, trouble: Trouble, raw: &str) {
        self.problems.push(RowProblem {
            sheet: self.sheet.clone(),
            row: self.number,
            beside: 0,
            place,
            trouble,
            raw: raw.to_owned(),
        });
    }
}

/// 2026-036: given by a ledger, not counted by it.
pub fn is_talk_number(text: &str) -> bool {
    let text = squeezed(text);
    let year = text.split_once('-').map(|(year, _)| year);
    year.is_some_and(|year| year.len() == 4) && TalkNumber::read(&text, 0).is_some()
}

/// All ways to part a text so that both sides can be read.
fn parted<'t, K: ListField>(text: &'t str, one: K, two: K, context: &Context) -> Vec<(&'t str, &'t str)> {
    if let Some((before, inside)) = bracketed(text).filter(|(_, inside)| {
        (one.is_date() || one.is_narrow())
            && two.is_date()
            && matches!(two.read_below("", &Raw::typed(inside), context), Reading::Value(_))
    }) {
        return vec![(before, inside)];
    }
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '/' | '、' | '，' | ',' | ';' | '；' | '／');
    let ways = ways_at(text, one, two, context, is_gap);
    // 2021.12—2024.12
    let is_dash = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '－' | '~' | '～' | '至' | '到');
    if ways.is_empty() && one.is_date() && two.is_date() { ways_at(text, one, two, context, is_dash) } else { ways }
}

/// 2001.7（2002.7）: what stands before the brackets and in them.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let (before, rest) = text.split_once(['(', '（'])?;
    Some((before.trim(), rest.trim_end().strip_suffix([')', '）'])?.trim()))
}

fn ways_at<'t, K: ListField>(
    text: &'t str,
    one: K,
    two: K,
    context: &Context,
    is_gap: impl Fn(char) -> bool + Copy,
) -> Vec<(&'t str, &'t str)> {
    let fits = |field: K, part: &str| {
        matches!(
            field.read_below("", &Raw::typed(part), context),
            Reading::Value(_) | Reading::Nothing | Reading::Ambiguous(_)
        )
    };
    let mut ways = Vec::new();
    for (at, gap) in text.char_indices().filter(|(_, c)| is_gap(*c)) {
        let way = (text[..at].trim_end_matches(is_gap), text[at + gap.len_utf8()..].trim_matches(is_gap));
        if fits(one, way.0) && fits(two, way.1) && !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways
}

/// The cells above, for `〃` and 同上.
#[derive(Clone, Default)]
pub struct Above<'a>(Cow<'a, [Cell]>);

impl<'a> Above<'a> {
    /// The cells of a row that tells all its values itself.
    pub fn of(row: &'a Row) -> Self {
        Self(Cow::Borrowed(&row.cells))
    }

    /// The cell itself, or that above where it says so.
    pub fn meant<'c>(&'c self, cell: &'c Cell, column: usize) -> &'c Cell {
        if is_repetition(cell) { self.0.get(column).unwrap_or(&Cell::Empty) } else { cell }
    }

    /// Keeps what the cells mean for a `〃` in the next row.
    pub fn remember(&mut self, row: &'a Row) {
        if !repeats(row) {
            self.0 = Cow::Borrowed(&row.cells);
            return;
        }
        let meant = row.cells.iter().enumerate().map(|(index, cell)| self.meant(cell, index).clone());
        self.0 = meant.collect();
    }
}

/// Whether a row says of some of its values that they are those above.
pub fn repeats(row: &Row) -> bool {
    row.cells.iter().any(is_repetition)
}

/// `〃` and 同上: the value above.
pub fn is_repetition(cell: &Cell) -> bool {
    const WORDS: &[&str] = &["〃", "″", "\"", "“", "”", "''", "同上", "同前", "〞"];
    let Cell::Text(text) = cell else { return false };
    // Most texts begin with nothing of the kind: one look at a character tells.
    text.len() <= 12
        && first_seen(text).is_some_and(|first| WORDS.iter().any(|word| word.starts_with(first)))
        && WORDS.contains(&squeezed(text).as_str())
}
