//! Reads a roster: every table of members in a file, every cell by the field table.
//!
//! Nothing is written and nothing is guessed; what a person must look at comes out as questions and problems with
//! their place. Start at [`read_roster`].

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::ScopedJoinHandle;

use super::doubles;
use super::headers::{Role, member_words};
use super::layouts::ToldHeads;
use super::opened::Opened;
use super::person::{Person, PersonReader, repeats};
use super::recognised::{RecognisedTable, meaning_of};
use super::settle::settle;
use super::sheets::Sheet;
use super::tables::{Placed, Skip, Table, find};
use crate::clock::Day;
use crate::domain::fields::Known;
use crate::domain::import_layout::{ImportLayout, Meaning};
use crate::domain::values::{Trouble, Value};
use crate::problem::{Problem, ProblemKind, Result};
use crate::progress::Progress;

/// What kind of list a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RosterKind {
    Members,
    /// None of the lists the program knows.
    None,
}

/// What was read in a file (读出的名册).
#[derive(Debug, Clone)]
pub struct RosterReading {
    pub file_name: String,
    pub kind: RosterKind,
    /// The day on which the list was filled in, as a title or a fill-in row tells it.
    pub roster_day: Option<Day>,
    pub rows: Vec<RosterRow>,
    pub questions: Vec<Question>,
    pub problems: Vec<RowProblem>,
    pub skipped: Vec<SkippedRow>,
    pub columns: Vec<RecognisedColumn>,
    /// The tables with their heads, in the order of the file.
    pub tables: Vec<RecognisedTable>,
}

/// A person as a row tells (名册中的一行).
#[derive(Debug, Clone, PartialEq)]
pub struct RosterRow {
    pub sheet: Arc<str>,
    pub row: u32,
    pub values: BTreeMap<Known, Value>,
    /// Columns that are none of ours, under their heads.
    pub extra: Vec<(Arc<str>, String)>,
    /// Fields whose value is masked with `*`: they say nothing, never overwrite, never match.
    pub masked: Vec<Known>,
}

/// The cell, or the row, that something is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Row,
    Field(Known),
    Extra(Arc<str>),
}

/// Something that only a person can answer (问题待答).
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    pub sheet: Arc<str>,
    pub row: u32,
    pub field: Known,
    /// What the cell shows.
    pub raw: String,
    pub choices: Vec<Value>,
}

/// Something wrong or suspicious about a cell or a row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowProblem {
    pub sheet: Arc<str>,
    pub row: u32,
    pub place: Place,
    pub trouble: Trouble,
    /// What the cell shows; empty for a row.
    pub raw: String,
}

/// Why a row is nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    Total,
    /// A note, a footer, a signature, a page number.
    Note,
    Group,
    RepeatedHeads,
    /// 群众, 团员, a democratic party; with the word.
    NotAMember(String),
    /// A list of staff that does not say that the person is a member.
    NotSaid,
    HiddenSheet,
    /// A sheet that holds no list of members.
    OtherSheet,
}

impl Why {
    /// For people who read the report.
    pub fn sentence(&self) -> String {
        match self {
            Self::Total => "合计行".into(),
            Self::Note => "说明、签字或页码".into(),
            Self::Group => "分组行".into(),
            Self::RepeatedHeads => "重复的表头".into(),
            Self::NotAMember(word) => format!("不是党员：{word}"),
            Self::NotSaid => "没有写明是党员".into(),
            Self::HiddenSheet => "隐藏的工作表，没有读取".into(),
            Self::OtherSheet => "不是党员名册的工作表".into(),
        }
    }
}

/// A row, or a sheet, that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedRow {
    pub sheet: Arc<str>,
    /// 0 for a whole sheet.
    pub row: u32,
    pub why: Why,
}

/// What a column was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecognisedColumn {
    pub sheet: Arc<str>,
    pub index: usize,
    pub head: Arc<str>,
    pub meaning: ColumnMeaning,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnMeaning {
    Field(Known),
    /// Two fields in one column.
    Pair(Known, Known),
    /// Counted or computed: not read.
    Derived,
    /// Kept as a field of its own.
    Extra,
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
    let told = ToldHeads::of(layouts, |means| match means {
        Meaning::Field(key) => Some(key),
        Meaning::Nothing | Meaning::Kept => None,
    });
    let sheets = &*opened.sheets;
    let mut reading = RosterReading {
        file_name: opened.name().to_owned(),
        kind: RosterKind::None,
        roster_day: None,
        rows: Vec::new(),
        questions: Vec::new(),
        problems: Vec::new(),
        skipped: Vec::new(),
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
    /// Everything but the rows: what is shown of a file whose rows have gone into a plan.
    pub fn without_rows(&self) -> Self {
        Self {
            file_name: self.file_name.clone(),
            kind: self.kind,
            roster_day: self.roster_day,
            rows: Vec::new(),
            questions: self.questions.clone(),
            problems: self.problems.clone(),
            skipped: self.skipped.clone(),
            columns: self.columns.clone(),
            tables: self.tables.clone(),
        }
    }

    /// Why the file cannot be imported, if it holds no list of members.
    pub fn refusal(&self) -> Option<Problem> {
        (self.kind == RosterKind::None).then(|| {
            Problem::new(
                ProblemKind::File,
                "没有导入",
                format!("“{}”里没有可以导入的名册：没有找到党员名册的表头", self.file_name),
            )
            .next("名册的表头应有“姓名”，以及“入党时间”“人员类别”“所在党支部”等栏目；请检查后再导入")
        })
    }

    /// Looks for people who stand in several rows, and brings what was found into order.
    fn look_over(&mut self) {
        doubles::report(self);
        self.problems.sort_by(|one, other| (&one.sheet, one.row).cmp(&(&other.sheet, other.row)));
    }

    fn read_sheet(
        &mut self,
        sheet: &Sheet,
        told: &ToldHeads<Known>,
        today: Day,
        before: u64,
        progress: &Progress,
    ) -> Result<()> {
        if !sheet.visible {
            self.skipped.push(SkippedRow { sheet: sheet.name.clone(), row: 0, why: Why::HiddenSheet });
            return Ok(());
        }
        let carried = [Known::Branch, Known::Group, Known::Unit];
        let found = find(sheet, member_words(), told, Known::Name, &carried, progress)?;
        let tables: Vec<_> = found.tables.iter().filter(|table| is_of_members(table, sheet)).collect();
        if tables.is_empty() {
            self.skipped.push(SkippedRow { sheet: sheet.name.clone(), row: 0, why: Why::OtherSheet });
            return Ok(());
        }
        self.kind = RosterKind::Members;
        for table in tables {
            let day = table.surroundings.iter().find_map(|told| told.day);
            self.roster_day = self.roster_day.or(day);
            self.read_table(sheet, table, today, before, progress)?;
        }
        self.roster_day = self.roster_day.or(found.day_below);
        self.skipped.extend(found.skipped.iter().map(|(row, skip)| {
            let why = match skip {
                Skip::Total => Why::Total,
                Skip::Note => Why::Note,
                Skip::Group => Why::Group,
                Skip::RepeatedHeads => Why::RepeatedHeads,
            };
            SkippedRow { sheet: sheet.name.clone(), row: *row, why }
        }));
        self.problems.extend(found.wrong_totals.iter().map(|row| RowProblem {
            sheet: sheet.name.clone(),
            row: *row,
            place: Place::Row,
            trouble: Trouble::TotalMismatch,
            raw: String::new(),
        }));
        Ok(())
    }

    fn read_table(
        &mut self,
        sheet: &Sheet,
        table: &Table<Known>,
        today: Day,
        before: u64,
        progress: &Progress,
    ) -> Result<()> {
        let columns = settle(sheet, table, today);
        self.tables.push(RecognisedTable::of(sheet, table, &columns));
        for settled in &columns {
            let column = &settled.column;
            let recognised = RecognisedColumn {
                sheet: sheet.name.clone(),
                index: column.index,
                head: column.head.as_str().into(),
                meaning: meaning_of(column.role),
            };
            if !self.columns.contains(&recognised) {
                self.columns.push(recognised);
            }
        }
        let reader = PersonReader::new(sheet, table, columns, today);
        let chunks = chunks_of(sheet, &table.records);
        let next = AtomicUsize::new(0);
        let read_on = || -> Result<Vec<(usize, Part)>> {
            let mut parts = Vec::new();
            loop {
                let nth = next.fetch_add(1, Ordering::Relaxed);
                let Some(chunk) = chunks.get(nth) else { return Ok(parts) };
                let first = chunk.first().map_or(0, |record| record.place);
                progress.step(before + first as u64)?;
                let above = nth.checked_sub(1).and_then(|above| chunks[above].last());
                let reader = above.map_or_else(|| reader.clone(), |above| reader.after(&sheet.rows[above.place]));
                parts.push((nth, read_part(reader, chunk)));
            }
        };
        let (one, other) = std::thread::scope(|scope| {
            let other = (chunks.len() > 1).then(|| scope.spawn(read_on));
            let one = read_on();
            // A panic there is one here too.
            let join =
                |other: ScopedJoinHandle<'_, _>| other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (one, other.map_or_else(|| Ok(Vec::new()), join))
        });
        let mut parts = one?;
        parts.append(&mut other?);
        parts.sort_unstable_by_key(|(nth, _)| *nth);
        for (_, part) in parts {
            self.take(part);
        }
        Ok(())
    }

    fn take(&mut self, mut part: Part) {
        self.rows.append(&mut part.rows);
        self.skipped.append(&mut part.skipped);
        self.questions.append(&mut part.questions);
        self.problems.append(&mut part.problems);
    }
}

/// What some rows gave.
#[derive(Default)]
struct Part {
    rows: Vec<RosterRow>,
    skipped: Vec<SkippedRow>,
    questions: Vec<Question>,
    problems: Vec<RowProblem>,
}

/// Reads records.
fn read_part(mut reader: PersonReader<'_>, records: &[Placed]) -> Part {
    let mut part = Part::default();
    for record in records {
        match reader.read(*record) {
            Person::Member(row) => part.rows.push(row),
            Person::Nobody(row, why) => part.skipped.push(SkippedRow { sheet: reader.sheet_name(), row, why }),
        }
    }
    Part { questions: reader.questions, problems: reader.problems, ..part }
}

/// Records that one core reads at a time.
const CHUNK: usize = 1_000;

/// Parts the records so that each chunk can be read for itself: before it stands a row that tells all its values
/// itself, in case a `〃` comes after it.
fn chunks_of<'t>(sheet: &Sheet, mut records: &'t [Placed]) -> Vec<&'t [Placed]> {
    let mut chunks = Vec::new();
    while !records.is_empty() {
        let ends = |at: &usize| !repeats(&sheet.rows[records[at - 1].place]);
        let end = (CHUNK..records.len()).find(ends).unwrap_or(records.len());
        let (chunk, rest) = records.split_at(end);
        chunks.push(chunk);
        records = rest;
    }
    chunks
}

/// Whether a table with names is a list of members: a head says so, or what stands above it.
fn is_of_members(table: &Table<Known>, sheet: &Sheet) -> bool {
    const SIGNS: [Known; 12] = [
        Known::Joined,
        Known::Full,
        Known::Category,
        Known::Applied,
        Known::Activist,
        Known::Candidate,
        Known::PartyPost,
        Known::Group,
        Known::Branch,
        Known::TransferIn,
        Known::Fee,
        Known::Introducers,
    ];
    let by_heads = table
        .header
        .columns
        .iter()
        .any(|column| matches!(column.role, Role::Field(field) | Role::Part(field, _) if SIGNS.contains(&field)));
    let says = |text: &str| ["党员", "支部", "入党", "发展对象", "积极分子"].iter().any(|word| text.contains(word));
    by_heads || table.header.told.is_some() || says(&sheet.name) || table.titles.iter().any(|title| says(title))
}
