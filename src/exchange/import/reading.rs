//! Reads a roster: every table of members, organisations or talks in a file, every cell by the table of fields.
//!
//! Nothing is written and nothing is guessed; what a person must look at comes out as questions and problems with
//! their place. Start at [`read_roster`].

mod member_tables;
mod skipped;
mod yearless;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::doubles;
use super::head_words::{member_words, organisation_words, talk_words};
use super::kinds::{is_of_organisations, is_of_talks, kind_of};
use super::layouts::ToldLists;
use super::opened::Opened;
use super::organisations::read_organisations;
use super::recognised::{RecognisedColumn, RecognisedTable};
use super::settle::{Settled, settle_organisations, settle_talks};
use super::sheets::Sheet;
use super::side_by_side::blocks;
use super::tables::{Found, Skip, Table, find};
use super::talks::read_talks;
use crate::clock::Day;
use crate::domain::fields::Known;
use crate::domain::import_layout::ImportLayout;
pub use crate::domain::imports::RosterKind;
use crate::domain::lists::{ListField, OrganisationField, TalkField};
use crate::domain::values::{Trouble, Value};
use crate::problem::{Problem, ProblemKind, Result};
use crate::progress::Progress;
pub use skipped::{SkippedRow, Why};
pub use yearless::{Yearless, Years};

/// What was read in a file (读出的名册).
#[derive(Debug, Clone)]
pub struct RosterReading {
    pub file_name: String,
    pub kind: RosterKind,
    /// The day on which the list was filled in, as a title or a fill-in row tells it.
    pub roster_day: Option<Day>,
    /// Members; of another kind of list there are none.
    pub rows: Vec<RosterRow>,
    pub questions: Vec<Question>,
    pub problems: Vec<RowProblem>,
    pub organisations: Listed<OrganisationField>,
    pub talks: Listed<TalkField>,
    pub skipped: Vec<SkippedRow>,
    /// Of the skipped rows those of people who may want to join.
    pub others: Vec<Other>,
    pub columns: Vec<RecognisedColumn>,
    /// The tables with their heads, in the order of the file.
    pub tables: Vec<RecognisedTable>,
}

/// The records of a list of another kind, with what is to be asked and told about them.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed<K> {
    pub rows: Vec<RosterRow<K>>,
    pub questions: Vec<Question<K>>,
    pub problems: Vec<RowProblem<K>>,
    /// What waits for a year.
    pub yearless: Vec<Yearless<K>>,
    /// The years that titles and names of sheets above those speak of.
    pub years: Vec<i16>,
}

impl<K: Clone> Listed<K> {
    fn without_rows(&self) -> Self {
        Self {
            rows: Vec::new(),
            questions: self.questions.clone(),
            problems: self.problems.clone(),
            yearless: self.yearless.clone(),
            years: self.years.clone(),
        }
    }
}

impl<K> Default for Listed<K> {
    fn default() -> Self {
        Self { rows: Vec::new(), questions: Vec::new(), problems: Vec::new(), yearless: Vec::new(), years: Vec::new() }
    }
}

/// A record as a row tells it (名册中的一行): a person, an organisation, a talk.
#[derive(Debug, Clone, PartialEq)]
pub struct RosterRow<K = Known> {
    pub sheet: Arc<str>,
    pub row: u32,
    /// Which of the tables beside each other it stands in, from the left; 0 where there is one.
    pub beside: usize,
    pub values: BTreeMap<K, Value>,
    /// Columns that are none of ours, under their heads.
    pub extra: Vec<(Arc<str>, String)>,
    /// Fields whose value is masked with `*`: they say nothing, never overwrite, never match.
    pub masked: Vec<K>,
    /// What else stands in the row.
    pub kept: Vec<Kept<K>>,
    /// The hour that stands beside the day of a talk, as written.
    pub time: Option<String>,
}

/// A text of a row that is no value (原表所写): it is kept as written, in the remark.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Kept<K = Known> {
    /// The head of its column.
    pub head: Arc<str>,
    pub text: String,
    /// The field that got no value from it; none for what stands beside a value, or in a column of no field.
    pub instead_of: Option<K>,
}

/// A row of somebody of no party, as it would be read of a member (群众、共青团员).
#[derive(Debug, Clone, PartialEq)]
pub struct Other {
    pub row: RosterRow,
    /// What the row says they are.
    pub word: String,
    pub questions: Vec<Question>,
    pub problems: Vec<RowProblem>,
}

impl Other {
    /// Tells in which of the tables beside each other it stands.
    fn stand(&mut self, beside: usize) {
        self.row.beside = beside;
        self.questions.iter_mut().for_each(|question| question.beside = beside);
        self.problems.iter_mut().for_each(|problem| problem.beside = beside);
    }
}

/// The cell, or the row, that something is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place<K = Known> {
    Row,
    Field(K),
    Extra(Arc<str>),
}

/// Something that only a person can answer (问题待答).
#[derive(Debug, Clone, PartialEq)]
pub struct Question<K = Known> {
    pub sheet: Arc<str>,
    pub row: u32,
    /// Which of the tables beside each other it stands in, from the left; 0 where there is one.
    pub beside: usize,
    pub field: K,
    /// What the cell shows.
    pub raw: String,
    pub choices: Vec<Value>,
}

/// Something wrong or suspicious about a cell or a row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowProblem<K = Known> {
    pub sheet: Arc<str>,
    pub row: u32,
    /// Which of the tables beside each other it stands in, from the left; 0 where there is one.
    pub beside: usize,
    pub place: Place<K>,
    pub trouble: Trouble,
    /// What the cell shows; empty for a row.
    pub raw: String,
}

/// Reads the roster in a file.
pub fn read_roster(path: &Path, today: Day, progress: &Progress) -> Result<RosterReading> {
    let opened = Opened::file(path, progress)?;
    let mut reading = read(&opened, &[], today, progress)?;
    std::thread::scope(|scope| {
        // Millions of cells are freed aside.
        scope.spawn(|| drop(opened));
        reading.look_over();
    });
    Ok(reading)
}

/// Reads what was opened; `layouts` are what persons said of the columns of lists.
pub fn understand(opened: &Opened, layouts: &[ImportLayout], today: Day, progress: &Progress) -> Result<RosterReading> {
    let mut reading = read(opened, layouts, today, progress)?;
    reading.look_over();
    Ok(reading)
}

fn read(opened: &Opened, layouts: &[ImportLayout], today: Day, progress: &Progress) -> Result<RosterReading> {
    let told = ToldLists::of(layouts);
    let sheets = &*opened.sheets;
    let mut reading = RosterReading {
        file_name: opened.name().to_owned(),
        kind: RosterKind::None,
        roster_day: None,
        rows: Vec::new(),
        questions: Vec::new(),
        problems: Vec::new(),
        organisations: Listed::default(),
        talks: Listed::default(),
        skipped: Vec::new(),
        others: Vec::new(),
        columns: Vec::new(),
        tables: Vec::new(),
    };
    let rows = sheets.iter().map(|sheet| sheet.rows.len() as u64).sum();
    progress.stage("识别内容", rows)?;
    let mut before = 0;
    for sheet in sheets {
        reading.read_sheet(sheet, &told, today, before, progress)?;
        before += sheet.rows.len() as u64;
    }
    Ok(reading)
}

impl RosterReading {
    /// Everything but the rows: they go into a plan. What is shown of a file beside it.
    pub fn without_rows(&self) -> Self {
        Self {
            file_name: self.file_name.clone(),
            kind: self.kind,
            roster_day: self.roster_day,
            rows: Vec::new(),
            questions: self.questions.clone(),
            problems: self.problems.clone(),
            organisations: self.organisations.without_rows(),
            talks: self.talks.without_rows(),
            skipped: self.skipped.clone(),
            others: Vec::new(),
            columns: self.columns.clone(),
            tables: self.tables.clone(),
        }
    }

    /// Why the file cannot be imported, if it holds no list.
    pub fn refusal(&self) -> Option<Problem> {
        if self.kind == RosterKind::None && !self.tables.is_empty() {
            let happened = format!("“{}”里只有表头，没有一行内容", self.file_name);
            return Some(Problem::new(ProblemKind::File, "没有导入", happened).next("请选择填好的表，再导入"));
        }
        (self.kind == RosterKind::None).then(|| {
            Problem::new(
                ProblemKind::File,
                "没有导入",
                format!("“{}”里没有可以导入的内容：没有找到党员花名册、党组织名册或谈心谈话台账的表头", self.file_name),
            )
            .next(
                "花名册的表头应有“姓名”和“入党时间”“所在党支部”等栏目，党组织名册应有“党组织名称”和“书记”等栏目，\
                 谈话台账应有“谈话对象”和“谈话时间”等栏目；请检查后再导入",
            )
        })
    }

    /// Looks for what stands in several rows, keeps to one kind of list, and brings what was found into order.
    fn look_over(&mut self) {
        doubles::report(self);
        doubles::report_organisations(&mut self.organisations);
        doubles::report_talks(&mut self.talks);
        self.keep_one_kind();
        self.problems.sort_by(|one, other| (&one.sheet, one.row).cmp(&(&other.sheet, other.row)));
    }

    /// How many records were read.
    pub fn record_count(&self) -> usize {
        self.rows.len() + self.organisations.rows.len() + self.talks.rows.len()
    }

    /// A file is of one kind: that of most of its records. Sheets of another kind are told, not mixed in.
    fn keep_one_kind(&mut self) {
        let counts = [
            (RosterKind::Members, self.rows.len()),
            (RosterKind::Organisations, self.organisations.rows.len()),
            (RosterKind::Talks, self.talks.rows.len()),
        ];
        let Some((kind, count)) = counts.into_iter().rev().max_by_key(|(_, count)| *count) else { return };
        if count == 0 {
            // Heads without a row are a form that nobody filled in.
            let is_of_people = |skipped: &SkippedRow| matches!(skipped.why, Why::NotAMember(_) | Why::NotSaid);
            if self.others.is_empty() && !self.skipped.iter().any(is_of_people) {
                self.kind = RosterKind::None;
            }
            return;
        }
        self.kind = kind;
        let mut others: Vec<(Arc<str>, RosterKind)> = Vec::new();
        if kind != RosterKind::Members {
            others.extend(self.rows.drain(..).map(|row| (row.sheet, RosterKind::Members)));
            (self.questions, self.problems, self.others) = (Vec::new(), Vec::new(), Vec::new());
        }
        if kind != RosterKind::Organisations {
            let listed = std::mem::take(&mut self.organisations);
            others.extend(listed.rows.into_iter().map(|row| (row.sheet, RosterKind::Organisations)));
        }
        if kind != RosterKind::Talks {
            let listed = std::mem::take(&mut self.talks);
            others.extend(listed.rows.into_iter().map(|row| (row.sheet, RosterKind::Talks)));
        }
        others.dedup();
        self.skipped.retain(|skipped| others.iter().all(|(sheet, _)| *sheet != skipped.sheet));
        self.columns.retain(|column| others.iter().all(|(sheet, _)| *sheet != column.sheet));
        self.tables.retain(|table| others.iter().all(|(sheet, _)| *sheet != table.sheet));
        let told = others.into_iter().map(|(sheet, kind)| SkippedRow { sheet, row: 0, why: Why::OtherKind(kind) });
        self.skipped.extend(told);
    }

    fn read_sheet(
        &mut self,
        sheet: &Sheet,
        told: &ToldLists,
        today: Day,
        before: u64,
        progress: &Progress,
    ) -> Result<()> {
        if !sheet.visible {
            self.skipped.push(SkippedRow { sheet: sheet.name.clone(), row: 0, why: Why::HiddenSheet });
            return Ok(());
        }
        match kind_of(sheet, told, today, progress)? {
            RosterKind::Organisations => {
                let words = organisation_words();
                let found = find(sheet, words, &told.organisations, OrganisationField::Name, &[], progress)?;
                for table in self.begin(sheet, &found, is_of_organisations) {
                    let columns = settle_organisations(sheet, table, today);
                    self.recognise(sheet, table, &columns);
                    read_organisations(sheet, table, columns, today, &mut self.organisations);
                }
                self.organisations.problems.extend(wrong_totals(sheet, &found));
            }
            RosterKind::Talks => {
                let found = find(sheet, talk_words(), &told.talks, TalkField::Partners, &[], progress)?;
                for table in self.begin(sheet, &found, is_of_talks) {
                    let columns = settle_talks(sheet, table, today);
                    self.recognise(sheet, table, &columns);
                    read_talks(sheet, table, columns, today, &mut self.talks);
                }
                self.talks.problems.extend(wrong_totals(sheet, &found));
            }
            RosterKind::Members | RosterKind::None => {
                let blocks = blocks(sheet, member_words());
                if blocks.is_empty() {
                    let found = self.read_members(sheet, &told.members, today, before, progress)?;
                    self.problems.extend(wrong_totals(sheet, &found));
                    return Ok(());
                }
                // A total below tables beside each other is of all of them: it is not held against one.
                let first = self.rows.len();
                for (beside, block) in blocks.iter().enumerate() {
                    let (rows, questions, tables) = (self.rows.len(), self.questions.len(), self.tables.len());
                    let (problems, others) = (self.problems.len(), self.others.len());
                    self.read_members(block, &told.members, today, before, progress)?;
                    self.rows[rows..].iter_mut().for_each(|row| row.beside = beside);
                    self.questions[questions..].iter_mut().for_each(|question| question.beside = beside);
                    self.tables[tables..].iter_mut().for_each(|table| table.beside = beside);
                    self.problems[problems..].iter_mut().for_each(|problem| problem.beside = beside);
                    self.others[others..].iter_mut().for_each(|other| other.stand(beside));
                }
                self.rows[first..].sort_by_key(|row| row.row);
            }
        }
        Ok(())
    }

    /// The tables of a kind that a sheet holds; what is around them is told.
    fn begin<'f, K: ListField>(
        &mut self,
        sheet: &Sheet,
        found: &'f Found<K>,
        is_of_kind: fn(&Table<K>, &Sheet) -> bool,
    ) -> Vec<&'f Table<K>> {
        let tables: Vec<_> = found.tables.iter().filter(|table| is_of_kind(table, sheet)).collect();
        if tables.is_empty() {
            self.skipped.push(SkippedRow { sheet: sheet.name.clone(), row: 0, why: Why::OtherSheet });
            return tables;
        }
        if self.kind == RosterKind::None {
            self.kind = K::KIND;
        }
        let day = tables.iter().flat_map(|table| &table.surroundings).find_map(|told| told.day);
        self.roster_day = self.roster_day.or(day).or(found.day_below);
        self.skipped.extend(found.skipped.iter().map(|(row, skip)| {
            let why = match skip {
                Skip::Total => Why::Total,
                Skip::Note => Why::Note,
                Skip::Group(told) => Why::Group(told.clone()),
                Skip::RepeatedHeads => Why::RepeatedHeads,
            };
            SkippedRow { sheet: sheet.name.clone(), row: *row, why }
        }));
        tables
    }

    /// Tells what the columns of a table were taken for.
    fn recognise<K: ListField>(&mut self, sheet: &Sheet, table: &Table<K>, columns: &[Settled<K>]) {
        self.tables.push(RecognisedTable::of(sheet, table, columns));
        for settled in columns {
            let recognised = RecognisedColumn::of(sheet, settled);
            if !self.columns.contains(&recognised) {
                self.columns.push(recognised);
            }
        }
    }
}

/// Totals that are another than the rows above them make.
fn wrong_totals<K>(sheet: &Sheet, found: &Found<K>) -> Vec<RowProblem<K>> {
    let told = found.wrong_totals.iter().map(|row| RowProblem {
        sheet: sheet.name.clone(),
        row: *row,
        beside: 0,
        place: Place::Row,
        trouble: Trouble::TotalMismatch,
        raw: String::new(),
    });
    told.collect()
}
