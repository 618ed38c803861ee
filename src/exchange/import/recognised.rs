//! What the columns of each table were taken for, and how surely.
//!
//! Start at [`RecognisedTable`].

use std::sync::Arc;

use super::headers::Role;
use super::reading::ColumnMeaning;
use super::settle::{Settled, fitting};
use super::sheets::Sheet;
use super::tables::Table;
use crate::domain::fields::Known;
use crate::domain::import_layout::{ImportLayout, Meaning};

/// A table of a sheet with its heads (识别出的表).
#[derive(Debug, Clone, PartialEq)]
pub struct RecognisedTable {
    pub sheet: Arc<str>,
    /// The numbers of the first and the last row of its heads.
    pub heads: (u32, u32),
    /// The number of its last record; that of the heads where it has none.
    pub last_row: u32,
    pub columns: Vec<TableColumn>,
    /// A person spoke of these heads, now or before.
    pub is_told: bool,
}

/// A column of a table, as it was taken.
#[derive(Debug, Clone, PartialEq)]
pub struct TableColumn {
    pub index: usize,
    /// As written, without spaces; heads of two rows joined by `/`.
    pub head: Arc<str>,
    pub meaning: ColumnMeaning,
    pub sureness: Sureness,
}

/// How surely a column was recognised (把握).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sureness {
    /// A person said so.
    Told,
    /// The head is known, and the values fit it.
    Sure,
    /// The head is known, many values do not fit it.
    Doubtful,
    /// The head is not known: the values told.
    ByValues,
    /// Nothing is known of it: it is kept as it is.
    Unknown,
}

impl Sureness {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Told => "您指的",
            Self::Sure => "表头和内容都相符",
            Self::Doubtful => "表头认得，内容有出入",
            Self::ByValues => "表头不认得，凭内容认的",
            Self::Unknown => "表头不认得",
        }
    }

    /// Whether a person should look at it.
    pub fn is_doubtful(self) -> bool {
        matches!(self, Self::Doubtful | Self::ByValues)
    }
}

impl RecognisedTable {
    pub(super) fn of(sheet: &Sheet, table: &Table<Known>, settled: &[Settled]) -> Self {
        let first = table.first_row;
        let rows = u32::try_from(table.header.rows).unwrap_or(1);
        let last = first + rows.saturating_sub(1);
        let last_record = table.records.last().map_or(last, |record| sheet.rows[record.place].number);
        let columns = table.header.columns.iter().zip(settled).map(|(column, settled)| {
            let told = table.header.told.as_ref().is_some_and(|told| told.contains(&column.index));
            TableColumn {
                index: column.index,
                head: column.head.as_str().into(),
                meaning: meaning_of(settled.column.role),
                sureness: if told { Sureness::Told } else { sureness(sheet, table, column.role, settled) },
            }
        });
        Self {
            sheet: Arc::clone(&sheet.name),
            heads: (first, last),
            last_row: last_record,
            columns: columns.collect(),
            is_told: table.header.told.is_some(),
        }
    }

    /// Its heads with what was said of them so far: `said` are the layouts that held when it was read.
    pub fn layout(&self, name: &str, said: &[ImportLayout]) -> ImportLayout {
        let heads = || self.columns.iter().map(|column| &*column.head);
        let known = said.iter().find(|layout| layout.is_of(heads()));
        known.cloned().unwrap_or_else(|| ImportLayout::of_heads(name, heads()))
    }

    /// The column that holds a field, by its name; for one that is kept, its head.
    pub fn column_of(&self, field: &str) -> Option<usize> {
        let holds = |key: Known| key.spec().name == field;
        let found = self.columns.iter().find(|column| match column.meaning {
            ColumnMeaning::Field(key) => holds(key),
            ColumnMeaning::Pair(one, two) => holds(one) || holds(two),
            ColumnMeaning::Derived => false,
            ColumnMeaning::Extra => &*column.head == field,
        });
        found.map(|column| column.index)
    }
}

impl ColumnMeaning {
    /// As a person would say it; none for what only the program finds: two fields in one column.
    pub fn as_told(self) -> Option<Meaning> {
        match self {
            Self::Field(key) => Some(Meaning::Field(key)),
            Self::Pair(..) => None,
            Self::Derived => Some(Meaning::Nothing),
            Self::Extra => Some(Meaning::Kept),
        }
    }

    /// In the words of the window.
    pub fn label(self) -> String {
        match self {
            Self::Pair(one, two) => format!("{}、{}", one.label(), two.label()),
            other => other.as_told().map_or_else(String::new, |means| means.label().to_owned()),
        }
    }
}

/// What a role means to a person.
pub(super) fn meaning_of(role: Role<Known>) -> ColumnMeaning {
    match role {
        Role::Field(field) | Role::Part(field, _) => ColumnMeaning::Field(field),
        Role::Pair(one, two) => ColumnMeaning::Pair(one, two),
        Role::Derived => ColumnMeaning::Derived,
        Role::Extra => ColumnMeaning::Extra,
    }
}

fn sureness(sheet: &Sheet, table: &Table<Known>, by_head: Role<Known>, settled: &Settled) -> Sureness {
    match (by_head, settled.column.role) {
        (Role::Extra, Role::Extra) => Sureness::Unknown,
        (Role::Extra, _) => Sureness::ByValues,
        (_, Role::Extra) => Sureness::Doubtful,
        (_, Role::Field(field)) => {
            let (all, fit) = fitting(sheet, table, settled, field);
            if fit * 10 >= all * 7 { Sureness::Sure } else { Sureness::Doubtful }
        }
        _ => Sureness::Sure,
    }
}
