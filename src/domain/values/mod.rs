//! Reads what a person or a file wrote for a field: one family of functions for import, forms and `apply` alike.
//!
//! Nothing is guessed: what is ambiguous becomes a question, what is wrong a trouble with its code (`id_check`) and a
//! sentence. Knows nothing of files and screens; today is passed in. Start at [`read`].

mod beside;
mod crosschecks;
mod dateparts;
mod datetext;
mod day_spans;
mod listed;
mod names;
mod numbers;
mod people;
mod troubles;
mod words;

use super::codes::{self, EducationTold};
use super::dates::PartialDate;
use super::fields::{FieldKind, FieldSpec, Known};
use crate::clock::Day;

pub use beside::beside;
pub use crosschecks::{AGE_TO_JOIN, cross_checks};
pub use dateparts::time_in_text;
pub use datetext::{Reach, day_in_text, partial_date_in_text, year_in_text, years_told};
pub use day_spans::month_in_text;
pub use listed::{category_under, kind_of_organisation, read_entry};
pub use names::{is_post, names_and_posts_in, names_in};
pub use troubles::Trouble;
pub use words::{Told, category_told, first_seen, half_width, is_of_no_party, says_nothing, squeezed};

/// A value of a field (值).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    Text(String),
    Date(PartialDate),
}

impl Value {
    /// As exports and JSON have it: dates as `2019-07-01`, `2019-07` or `2019`.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Date(date) => date.to_string(),
        }
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Date(_) => None,
        }
    }

    /// The date, if it is one.
    pub fn as_date(&self) -> Option<PartialDate> {
        match self {
            Self::Text(_) => None,
            Self::Date(date) => Some(*date),
        }
    }
}

/// What was understood (读法).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// An empty cell, or one that says nothing: `无`, `—`, `不详`.
    Nothing,
    /// A number with `*` in it: it says nothing, never overwrites, never matches.
    Masked,
    Value(Value),
    /// The value is kept as written, and something about it is suspicious.
    Doubtful(Value, Trouble),
    /// Only a person can tell which of these it is.
    Ambiguous(Vec<Value>),
    /// No value can be known from it.
    Refused(Trouble),
}

impl Reading {
    fn text(text: impl Into<String>) -> Self {
        Self::Value(Value::Text(text.into()))
    }

    /// The value that goes on, if there is one.
    pub fn value(&self) -> Option<&Value> {
        match self {
            Self::Value(value) | Self::Doubtful(value, _) => Some(value),
            _ => None,
        }
    }
}

/// What kind of cell the text stood in. A form gives [`CellKind::Text`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CellKind {
    Text,
    /// A number; the text beside it is what its number format shows.
    Number(f64),
    /// A cell typed as a date, as precise as its number format shows it.
    Date(PartialDate),
    /// A cell typed as a date whose number format hides the year: the text beside it is what it shows.
    YearHidden(PartialDate),
    /// `#REF!` and the like.
    Error,
}

/// What was written: the text that is shown, and the kind of cell.
#[derive(Debug, Clone, Copy)]
pub struct Raw<'a> {
    pub text: &'a str,
    pub kind: CellKind,
}

impl<'a> Raw<'a> {
    /// What was typed into a form.
    pub fn typed(text: &'a str) -> Self {
        Self { text, kind: CellKind::Text }
    }
}

/// What must be known beside the cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Context {
    pub today: Day,
    /// Whether `2019.1` written as text means January. So it does where text keeps its zeros (`2019.10` stands
    /// elsewhere in the column as text); in a CSV made from numbers it may be October.
    pub lone_one_is_january: bool,
    /// Whether serial numbers count from 1904.
    pub is_1904: bool,
    /// The year of the whole list, for dates that are written without one.
    pub year: Option<i16>,
    /// The month of the whole list, for days that are written without one: 15日 on a sheet named 1月.
    pub month: Option<i8>,
}

impl Context {
    /// For what a person types: text is what it says.
    pub fn form(today: Day) -> Self {
        Self { today, lone_one_is_january: true, is_1904: false, year: None, month: None }
    }
}

/// The longest text that is taken for a value, in characters: as long as what was said in a talk may be.
pub const LONGEST_TEXT: usize = crate::domain::talks::LONGEST_TEXT;

/// The most bytes that so many characters take.
pub const LONGEST_TEXT_BYTES: usize = LONGEST_TEXT * 4;

fn is_too_long(text: &str) -> bool {
    text.len() > LONGEST_TEXT && text.chars().count() > LONGEST_TEXT
}

/// What a cell gives that can hold no value of any kind; `None` where it may hold one.
fn without_value(raw: &Raw<'_>) -> Option<Reading> {
    if matches!(raw.kind, CellKind::Error) || words::is_error_text(raw.text) {
        return Some(Reading::Refused(Trouble::FormulaError));
    }
    if is_too_long(raw.text) {
        return Some(Reading::Refused(Trouble::TextTooLong));
    }
    says_nothing(raw.text).then_some(Reading::Nothing)
}

/// Reads what was written for a field.
///
/// A text about education gives its band; the caller keeps the text itself as [`Known::EducationText`] (see
/// [`education_text`]).
pub fn read(field: &FieldSpec, raw: &Raw<'_>, context: &Context) -> Reading {
    if let Some(reading) = without_value(raw) {
        return reading;
    }
    match field.key {
        Known::Name => people::read_name(raw.text),
        Known::Sex => words::read_sex(raw.text),
        Known::Education => read_education(raw.text),
        Known::Category => read_category(raw.text),
        Known::Lost | Known::Floating => words::read_yes_no(raw.text),
        Known::Group => Reading::text(squeezed(raw.text)),
        key => match field.kind {
            FieldKind::Date => datetext::read_date(Reach::of(key), raw, context),
            FieldKind::Nation => read_nation(raw.text),
            FieldKind::IdNumber => numbers::read_id_number(raw),
            FieldKind::Phone => numbers::read_phone(raw),
            FieldKind::Money => numbers::read_money(raw),
            FieldKind::Organisation => Reading::text(squeezed(raw.text)),
            FieldKind::LongText => non_empty(words::cleaned(raw.text)),
            FieldKind::Text => non_empty(words::one_line(raw.text)),
            FieldKind::Choice(choices) => read_choice(raw.text, choices),
        },
    }
}

/// Characters one of which every text about education has.
const OF_EDUCATION: [char; 14] = ['学', '专', '中', '高', '初', '研', '士', '技', '盲', '本', '科', '大', '小', '师'];

/// A text about education as it is kept beside its band (学历原文), or none where it says nothing of the kind: 优秀.
pub fn education_text(raw: &Raw<'_>) -> Option<Value> {
    if matches!(raw.kind, CellKind::Error) || words::is_error_text(raw.text) || says_nothing(raw.text) {
        return None;
    }
    // A code is known by the table.
    let band = codes::education_band(&squeezed(&half_width(raw.text)));
    if !raw.text.contains(OF_EDUCATION) && matches!(band, EducationTold::Unknown) {
        return None;
    }
    non_empty(words::one_line(raw.text)).value().cloned()
}

/// Free text of a field the user made, or of a column that is none of ours.
pub fn free_text(raw: &Raw<'_>) -> Reading {
    if matches!(raw.kind, CellKind::Error) || words::is_error_text(raw.text) {
        return Reading::Refused(Trouble::FormulaError);
    }
    if is_too_long(raw.text) {
        return Reading::Refused(Trouble::TextTooLong);
    }
    if says_nothing(raw.text) { Reading::Nothing } else { non_empty(words::cleaned(raw.text)) }
}

fn non_empty(text: String) -> Reading {
    if text.is_empty() { Reading::Nothing } else { Reading::text(text) }
}

fn read_nation(text: &str) -> Reading {
    let word = words::without_brackets(&squeezed(&half_width(text)));
    match codes::nation(word.trim_end_matches(['。', '.'])) {
        Some(nation) => Reading::text(nation.name),
        None => Reading::Refused(Trouble::NationUnknown),
    }
}

fn read_education(text: &str) -> Reading {
    match codes::education_band(&squeezed(&half_width(text))) {
        EducationTold::Band(band) => Reading::text(band),
        EducationTold::NotGraduated => Reading::Refused(Trouble::EducationNotGraduated),
        EducationTold::Unknown => Reading::Refused(Trouble::EducationUnknown),
    }
}

fn read_category(text: &str) -> Reading {
    match category_told(text) {
        Told::Category(category) => Reading::text(category),
        Told::NotAMember => Reading::Refused(Trouble::NotAMember),
        Told::Unknown => Reading::Refused(Trouble::CategoryUnknown),
    }
}

fn read_choice(text: &str, choices: &[&'static str]) -> Reading {
    let word = squeezed(&half_width(text));
    match choices.iter().find(|choice| half_width(choice) == word) {
        Some(choice) => Reading::text(*choice),
        None => Reading::Refused(Trouble::ChoiceUnknown),
    }
}
