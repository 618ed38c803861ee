//! What is told of a sheet: sentences beside rows, colours of cells, heads below which they stand.
//!
//! Start at [`Told::of`].

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::imports::{OpenQuestion, PlannedProblem};
use crate::exchange::import::RecognisedTable;
use crate::exchange::import::noted::MARK;
use crate::exchange::import::recognised::column_in;
use crate::exchange::import::sheets::{Row, Sheet};

/// Why a cell is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Colour {
    /// Something is wrong.
    Wrong,
    /// It can be read in several ways.
    Asked,
}

impl Colour {
    pub const ALL: [Self; 2] = [Self::Wrong, Self::Asked];

    /// Red, green, blue.
    pub fn rgb(self) -> u32 {
        match self {
            Self::Wrong => 0x00F8_CBAD,
            Self::Asked => 0x00FF_E699,
        }
    }
}

/// The problems and the open questions of a plan.
pub type Said<'a> = (&'a [PlannedProblem], &'a [OpenQuestion]);

/// What the sender has to put right or to say: not who of the workbook a row is, nor where it belongs.
#[derive(Debug, Default)]
pub struct Told {
    /// By the number of the row.
    pub sentences: BTreeMap<u32, String>,
    /// By the number of the row and the column.
    pub colours: BTreeMap<(u32, usize), Colour>,
    /// The rows of heads: the last of each table.
    pub heads: BTreeSet<u32>,
    /// Cells in which something was told before.
    pub gone: BTreeSet<(u32, usize)>,
}

impl Told {
    /// What is told of a sheet; `tables` are its tables, `file` is the place of its file in the plan.
    pub fn of((problems, questions): Said<'_>, file: usize, sheet: &Sheet, tables: &[&RecognisedTable]) -> Self {
        let mut told = Self { heads: tables.iter().map(|table| table.heads.1).collect(), ..Self::default() };
        if let Some(noted) = &sheet.noted {
            told.gone.extend(noted.rows.iter().map(|row| (*row, noted.column)));
        }
        let is_here = |of: usize, name: &str, row: u32| of == file && *name == *sheet.name && row > 0;
        let rows = Rows { sheet, tables };
        // What is only told of a row is nothing that its sender could mend.
        let wrong = problems.iter().filter(|one| !one.is_note());
        for problem in wrong.filter(|one| is_here(one.file, &one.sheet, one.row)) {
            told.say(problem.row, problem.field_label(), &problem.sentence);
            let columns = rows.columns(problem.row, &problem.field, None);
            told.colours.extend(rows.shown_at(problem.row, &columns).into_iter().map(|cell| (cell, Colour::Wrong)));
        }
        for question in questions.iter().filter(|one| is_here(one.file, &one.sheet, one.row)) {
            let Some(field) = question.about.cell() else { continue };
            let choices = question.choices.join(" 还是 ");
            told.say(question.row, question.about.label(), &format!("“{}”是 {choices}", question.raw));
            let columns = rows.columns(question.row, field, Some(question.beside));
            for cell in rows.shown_at(question.row, &columns) {
                told.colours.entry(cell).or_insert(Colour::Asked);
            }
        }
        told
    }

    /// Whether the sheet becomes another one.
    pub fn says_something(&self) -> bool {
        !self.sentences.is_empty() || !self.gone.is_empty()
    }

    /// Whether something becomes of a row.
    pub fn is_about(&self, row: u32) -> bool {
        let has = |cells: &mut dyn Iterator<Item = &(u32, usize)>| cells.next().is_some_and(|(at, _)| *at == row);
        self.sentences.contains_key(&row)
            || self.heads.contains(&row)
            || has(&mut self.colours.range((row, 0)..).map(|(place, _)| place))
            || has(&mut self.gone.range((row, 0)..))
    }

    fn say(&mut self, row: u32, label: &str, sentence: &str) {
        let said = self.sentences.entry(row).or_insert_with(|| MARK.to_string());
        if said.len() > MARK.len_utf8() {
            said.push('；');
        }
        if !label.is_empty() {
            said.push_str(label);
            said.push('：');
        }
        said.push_str(sentence);
    }
}

/// Where in a sheet something is told of.
struct Rows<'a> {
    sheet: &'a Sheet,
    tables: &'a [&'a RecognisedTable],
}

impl Rows<'_> {
    /// The columns that something is about: that of its field, or of the name where it has none of its own; all of the
    /// table where the row itself is wrong.
    fn columns(&self, number: u32, field: &str, beside: Option<usize>) -> Vec<usize> {
        let Ok(place) = self.sheet.rows.binary_search_by_key(&number, |row| row.number) else { return Vec::new() };
        let row = &self.sheet.rows[place];
        if field.is_empty() {
            return self.columns_of_table(row);
        }
        let tables = self.tables.iter().copied();
        let own = column_in(tables.clone(), row, beside, |table| table.column_of(field));
        own.or_else(|| column_in(tables, row, beside, |table| table.naming)).into_iter().collect()
    }

    fn columns_of_table(&self, row: &Row) -> Vec<usize> {
        let Some(last) = self.tables.iter().rfind(|table| table.heads.0 < row.number) else { return Vec::new() };
        let beside = self.tables.iter().filter(|table| table.heads == last.heads);
        let columns = beside.flat_map(|table| table.columns.iter().map(|column| column.index));
        let columns: BTreeSet<usize> = columns.collect();
        match (columns.first(), columns.last()) {
            (Some(first), Some(last)) => (*first..=*last).collect(),
            _ => Vec::new(),
        }
    }

    /// Where cells are shown: of those that are one it is the first.
    fn shown_at(&self, row: u32, columns: &[usize]) -> Vec<(u32, usize)> {
        let merged = self.sheet.merged_in(row);
        let shown = |column: usize| {
            let covering = merged.iter().find(|one| one.reaches(column));
            covering.map_or((row, column), |one| (one.first_row, one.first_column))
        };
        columns.iter().map(|column| shown(*column)).collect()
    }
}
