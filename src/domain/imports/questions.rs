//! What an import asks (待定): things that only a person can answer.

use std::borrow::Cow;
use std::sync::Arc;

use crate::domain::fields::Known;
use crate::domain::lists::{ListField, TalkField};

/// What only a person can answer.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenQuestion {
    pub file: usize,
    pub sheet: Arc<str>,
    /// 0 where it is about the whole file.
    pub row: u32,
    /// Which of the tables beside each other it stands in, from the left; 0 where there is one.
    pub beside: usize,
    pub about: QuestionAbout,
    /// What the cell shows, or who the row is about.
    pub raw: String,
    /// What may be answered, as it is written in an answer.
    pub choices: Vec<String>,
    /// A choice in words, where the choice itself is an id.
    pub labels: Vec<String>,
}

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuestionAbout {
    /// A cell.
    Field(Known),
    /// Which person of the workbook the row is; `new` for none of them.
    Person,
    /// Whether the row is a person of the workbook from whom it differs in one thing only, or `new`.
    Nearly,
    /// Whether the row is the person of a row before (`same`), or another one (`new`).
    Twice,
    /// Whether who had ceased to be on the roll is on it again (`return`), or not (`keep`).
    Returned,
    /// To which branch the rows without one belong.
    Branch,
    /// A cell of a list of organisations or of talks: the name and the label of its field.
    Entry(&'static str, &'static str),
    /// Which organisation of the workbook the row is, or stands in the ledger of; `new` for none of them.
    Organisation,
    /// Who somebody is whom rows of a ledger name: a person of the workbook, or [`OUTSIDE`].
    InTalks,
    /// Which type of talk a ledger means by a text.
    TalkType {
        /// The field whose cell holds the text: 谈话类型, else 谈话主题.
        told_in: TalkField,
        /// How many of the choices, from the first, are likelier than the others.
        nearest: usize,
    },
    /// Who stands first in the cells of a ledger that name both sides: `talkers` or `partners`.
    WhoStandsFirst,
    /// Whether a row with the number of a talk of the workbook, and another day or side, is that talk (`same`), or another one
    /// (`new`).
    SameTalk,
    /// Of which year the days of a ledger are that are written without one: `2026`; `2025-2026` where a month before that
    /// of the row above begins the next year.
    Year,
}

/// The answer that somebody is in no roster (名册外的人).
pub const OUTSIDE: &str = "outside";

impl QuestionAbout {
    /// The `field` of a question in JSON, but for [`OpenQuestion::field`].
    pub fn name(self) -> &'static str {
        match self {
            Self::Field(key) => key.spec().name,
            Self::Person | Self::Nearly | Self::Twice => "person",
            Self::Returned => "returned",
            Self::Branch => "branch",
            Self::Entry(name, _) => name,
            Self::Organisation => "organisation",
            Self::InTalks => "person",
            Self::TalkType { .. } => "type",
            Self::WhoStandsFirst => "who_stands_first",
            Self::SameTalk => "talk",
            Self::Year => "year",
        }
    }

    /// The name of the field whose cell is asked about; none where the whole row is.
    pub fn cell(self) -> Option<&'static str> {
        match self {
            Self::Field(_) | Self::Entry(..) => Some(self.name()),
            Self::TalkType { told_in, .. } => Some(told_in.name()),
            _ => None,
        }
    }

    /// What it is about, in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Field(key) => key.label(),
            Self::Person | Self::Nearly | Self::Twice => "人员",
            Self::Returned => "在册",
            Self::Branch => "党支部",
            Self::Entry(_, label) => label,
            Self::Organisation => "党组织",
            Self::InTalks => "人员",
            Self::TalkType { .. } => "谈话类型",
            Self::WhoStandsFirst => "谈话双方",
            Self::SameTalk => "谈话",
            Self::Year => "年份",
        }
    }
}

impl OpenQuestion {
    /// The `field` in JSON. A row of a ledger names several: which of them is meant stands behind the word.
    pub fn field(&self) -> Cow<'static, str> {
        match self.about {
            QuestionAbout::InTalks => Cow::Owned(person_in_talks(&self.raw)),
            about => Cow::Borrowed(about.name()),
        }
    }
}

/// The `field` of a question who somebody is whom rows of a ledger name.
pub fn person_in_talks(name: &str) -> String {
    format!("person:{name}")
}
