//! What goes out: a list becomes a CSV, XLSX or JSON file that appears whole or not at all.
//!
//! A list tells its [`Column`]s and passes its rows one by one; a [`Sheet`] of the chosen [`Format`] takes them.
//! Knows nothing of threads and windows. Start at [`write`].

mod archives;
mod csv;
mod difference;
mod duplicates;
mod events;
mod facts;
mod figures;
mod findings;
mod form;
mod journal;
mod json;
mod members;
mod organisation_events;
mod organisations;
mod problem_sheet;
mod quality;
mod statistics;
mod talks;
mod terms;
mod xlsx;

use std::borrow::Cow;
use std::fs::File;
use std::path::Path;

pub use archives::{ArchiveExport, ArchiveList};
pub use difference::DifferenceExport;
pub use duplicates::DuplicateExport;
pub use events::EventExport;
pub use facts::FactExport;
pub use figures::FigureExport;
pub use findings::FindingExport;
pub use form::{
    FormExport, FormWritten, ReceivedForm, copied_rows, form_output, read_form, remembered, same_heads, write_form,
};
pub use members::{MemberColumn, MemberExport};
pub use organisation_events::OrganisationEventExport;
pub use organisations::OrganisationExport;
pub use problem_sheet::{ProblemSheet, ProblemSheets, problem_sheet_ending, write_problem_sheet};
pub use quality::QualityExport;
pub use talks::TalkExport;
pub use terms::TermExport;

use crate::clock::Moment;
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::files::write_with;
use crate::store::outputs::Output;
use crate::view::desk::Desk;
use crate::view::list_words::in_words;
use crate::view::statistics::StatisticsAsk;

/// A list that can be handed out (可导出的表).
#[derive(Debug, Clone, PartialEq)]
pub enum Export {
    /// 党员
    Members(MemberExport),
    /// 党组织
    Organisations(OrganisationExport),
    /// 沿革: what happened to organisations
    OrganisationEvents(OrganisationEventExport),
    /// 任期
    Terms(TermExport),
    /// 待核: what the rules find in organisations
    Findings(FindingExport),
    /// 事项: the dated facts
    Facts(FactExport),
    /// 变动记录: what was recorded of people
    Events(EventExport),
    /// 谈心谈话台账
    Talks(TalkExport),
    /// 基本情况: the figures of a scope
    Figures(FigureExport),
    /// 两日对比: who came, left and changed between two days
    Difference(DifferenceExport),
    /// 待核: what the rules find in members
    Quality(QualityExport),
    /// 疑似重复: who may be recorded twice
    Duplicates(DuplicateExport),
    /// 统计表: the annual form, by branch, two years, a cross table
    Statistics(StatisticsAsk),
    /// 档案: templates, checklists, items, evidence, what is missing
    Archive(ArchiveExport),
    /// 操作记录
    Journal,
}

/// The kind of file, told by its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// UTF-8 with BOM, CRLF, RFC 4180, formula guard.
    Csv,
    /// Every cell a typed text.
    Xlsx,
    /// Full precision, with ids, English names.
    Json,
}

/// In which files a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Everywhere,
    /// CSV and XLSX: for people.
    Sheets,
    /// JSON: for programs.
    Json,
}

/// A column of a list (列).
#[derive(Debug, Clone)]
struct Column {
    /// The key in JSON.
    name: String,
    /// The head in CSV and XLSX.
    label: String,
    /// In characters of a spreadsheet's default font.
    width: f64,
    shown: Shown,
    /// A field that the user made: in JSON below `extra`, under its label.
    is_extra: bool,
    /// Its numbers are numbers in XLSX too, to be reckoned with.
    is_number: bool,
}

/// What stands around a table in XLSX: above its head and below its last row.
#[derive(Debug, Clone, Default)]
struct Caption {
    title: String,
    /// Whose, as of when.
    scope: String,
    notes: Vec<String>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
enum Datum<'a> {
    Nothing,
    Text(Cow<'a, str>),
    Number(i64),
    /// A part of a whole, 0…1.
    Share(f64),
    Flag(bool),
    /// In CSV and XLSX joined by 、.
    List(Vec<&'a str>),
    /// Objects, for JSON alone.
    Records(Vec<serde_json::Value>),
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    pub rows: u64,
    /// Cells of a spreadsheet that do not hold the whole text (截短).
    pub shortened: u64,
}

/// Rows between two reports of progress.
const STRIDE: u64 = 512;

impl Format {
    /// The format that a file's ending asks for.
    pub fn of(path: &Path) -> Result<Self> {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        match ending.as_str() {
            "csv" => Ok(Self::Csv),
            "xlsx" => Ok(Self::Xlsx),
            "json" => Ok(Self::Json),
            _ => Err(Problem::usage(format!("导出到“{}”，看不出要哪种文件", path.display()))
                .unchanged("没有写文件")
                .next("文件名请以 .csv、.xlsx 或 .json 结尾")),
        }
    }

    /// 「CSV」
    pub fn label(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Xlsx => "XLSX",
            Self::Json => "JSON",
        }
    }
}

impl Column {
    fn new(name: &str, label: &str, width: f64) -> Self {
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            width,
            shown: Shown::Everywhere,
            is_extra: false,
            is_number: false,
        }
    }

    fn number(mut self) -> Self {
        self.is_number = true;
        self
    }

    fn only(mut self, shown: Shown) -> Self {
        self.shown = shown;
        self
    }

    fn stands_in(&self, format: Format) -> bool {
        match self.shown {
            Shown::Everywhere => true,
            Shown::Sheets => format != Format::Json,
            Shown::Json => format == Format::Json,
        }
    }
}

impl<'a> Datum<'a> {
    fn owned(text: impl Into<String>) -> Self {
        Self::Text(Cow::Owned(text.into()))
    }

    fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    fn optional(text: Option<&'a str>) -> Self {
        text.map_or(Self::Nothing, Self::text)
    }

    /// As it stands in CSV and XLSX.
    fn shown(&self) -> Cow<'_, str> {
        match self {
            Self::Nothing => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Share(share) => Cow::Owned(format!("{:.1}%", share * 100.0)),
            Self::Flag(true) => Cow::Borrowed("是"),
            Self::Flag(false) => Cow::Borrowed("否"),
            Self::List(items) => Cow::Owned(items.join("、")),
            Self::Records(_) => Cow::Borrowed(""),
        }
    }
}

impl Written {
    /// 「有 2 格放不下全文，只写了开头，全文请导出 CSV」; none where every text is whole.
    pub fn shortened_in_words(self) -> Option<String> {
        let count = self.shortened;
        (count > 0).then(|| format!("有 {count} 格放不下全文，只写了开头，全文请导出 CSV"))
    }
}

impl Export {
    /// 「党员」
    pub fn label(&self) -> &'static str {
        match self {
            Self::Members(_) => "党员",
            Self::Organisations(_) => "党组织",
            Self::OrganisationEvents(_) => "沿革",
            Self::Terms(_) => "任期",
            Self::Findings(_) => "待核",
            Self::Facts(_) => "事项",
            Self::Events(_) => "变动记录",
            Self::Talks(_) => "谈心谈话台账",
            Self::Figures(_) => "基本情况",
            Self::Difference(_) => "两日对比",
            Self::Quality(_) => "待核",
            Self::Duplicates(_) => "疑似重复",
            Self::Statistics(ask) => ask.label(),
            Self::Archive(export) => export.list.label(),
            Self::Journal => "操作记录",
        }
    }

    /// Whether ID numbers and phones are masked in it.
    pub fn is_masked(&self) -> bool {
        match self {
            Self::Members(export) => !export.unmasked,
            Self::Organisations(export) => !export.unmasked,
            Self::Duplicates(export) => !export.unmasked,
            Self::OrganisationEvents(_) | Self::Terms(_) | Self::Findings(_) => true,
            Self::Facts(_) | Self::Events(_) | Self::Talks(_) | Self::Figures(_) | Self::Statistics(_) => true,
            Self::Difference(_) | Self::Quality(_) | Self::Archive(_) | Self::Journal => true,
        }
    }

    /// The line for the log of what left the program; who and when is added where it is written.
    pub fn output(&self, desk: &Desk, path: &Path, written: Written) -> Result<Output> {
        let scope = match self {
            Self::Members(export) => in_words(desk, &export.ask)?,
            Self::Organisations(export) => export.in_words(desk),
            Self::OrganisationEvents(export) => export.in_words(desk),
            Self::Terms(export) => export.in_words(desk),
            Self::Findings(export) => export.in_words(desk),
            Self::Facts(export) => export.in_words(desk),
            Self::Events(export) => export.in_words(desk),
            Self::Talks(export) => export.in_words(desk)?,
            Self::Figures(export) => export.in_words(desk),
            Self::Difference(export) => export.in_words(desk),
            Self::Quality(export) => export.in_words(desk),
            Self::Duplicates(export) => export.in_words(desk),
            Self::Statistics(ask) => ask.in_words(desk),
            Self::Archive(export) => export.in_words(desk),
            Self::Journal => "全部".to_owned(),
        };
        Ok(Output {
            id: 0,
            at: 0,
            operator: String::new(),
            what: format!("导出{} {}", self.label(), Format::of(path)?.label()),
            scope,
            row_count: i64::try_from(written.rows).unwrap_or(i64::MAX),
            masked: self.is_masked(),
            target: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        })
    }

    fn columns(&self, desk: &Desk) -> Result<Vec<Column>> {
        match self {
            Self::Members(export) => export.columns(desk),
            Self::Organisations(_) => Ok(organisations::columns()),
            Self::OrganisationEvents(_) => Ok(organisation_events::columns()),
            Self::Terms(_) => Ok(terms::columns()),
            Self::Findings(_) => Ok(findings::columns()),
            Self::Facts(_) => Ok(facts::columns()),
            Self::Events(_) => Ok(events::columns()),
            Self::Talks(export) => Ok(export.columns()),
            Self::Figures(_) => Ok(figures::columns()),
            Self::Difference(_) => Ok(difference::columns()),
            Self::Quality(_) => Ok(quality::columns()),
            Self::Duplicates(_) => Ok(duplicates::columns()),
            Self::Statistics(_) => Ok(statistics::columns()),
            Self::Archive(export) => Ok(export.list.columns()),
            Self::Journal => Ok(journal::columns()),
        }
    }

    fn each_row(&self, desk: &Desk, progress: &Progress, take: &mut Take<'_>) -> Result<()> {
        match self {
            Self::Members(export) => export.each_row(desk, take),
            Self::Organisations(export) => export.each_row(desk, take),
            Self::OrganisationEvents(export) => export.each_row(desk, take),
            Self::Terms(export) => export.each_row(desk, take),
            Self::Findings(export) => export.each_row(desk, take),
            Self::Facts(export) => export.each_row(desk, take),
            Self::Events(export) => export.each_row(desk, take),
            Self::Talks(export) => export.each_row(desk, take),
            Self::Figures(export) => export.each_row(desk, take),
            Self::Difference(export) => export.each_row(desk, take),
            Self::Quality(export) => export.each_row(desk, progress, take),
            Self::Duplicates(export) => export.each_row(desk, take),
            Self::Statistics(ask) => statistics::each_figure(desk, ask, take),
            Self::Archive(export) => export.each_row(desk, take),
            Self::Journal => journal::each_row(desk, take),
        }
    }
}

/// Takes a row: one cell for each column.
type Take<'t> = dyn FnMut(&[Datum<'_>]) -> Result<()> + 't;

/// Writes a list to a file; an existing one is replaced only with `replace`.
pub fn write(
    desk: &Desk,
    export: &Export,
    path: &Path,
    replace: bool,
    at: Moment,
    progress: &Progress,
) -> Result<Written> {
    let format = Format::of(path)?;
    // For people a table of figures is the table that they see; for programs it is its figures, one by one.
    if let Export::Statistics(ask) = export
        && format != Format::Json
    {
        return statistics::write_table(desk, ask, format, path, replace, at, progress);
    }
    let columns = export.columns(desk)?;
    let mut written = Written { rows: 0, shortened: 0 };
    progress.stage("导出", 0)?;
    write_with(path, replace, |file| {
        let mut sheet = Sheet::begin(format, file, export.label(), &columns, None, at)?;
        export.each_row(desk, progress, &mut |cells| {
            sheet.row(cells)?;
            written.rows += 1;
            if written.rows.is_multiple_of(STRIDE) { progress.step(written.rows) } else { Ok(()) }
        })?;
        written.shortened = sheet.end()?;
        Ok(())
    })?;
    Ok(written)
}

/// A file being written.
#[expect(clippy::large_enum_variant, reason = "there is one at a time")]
enum Sheet<'f> {
    Csv(csv::CsvSheet<'f>),
    Xlsx(Box<xlsx::XlsxSheet<'f>>),
    Json(json::JsonSheet<'f>),
}

impl<'f> Sheet<'f> {
    /// `caption` stands in XLSX only: in the other kinds there is nothing but the table.
    fn begin(
        format: Format,
        file: &'f mut File,
        title: &str,
        columns: &'f [Column],
        caption: Option<Caption>,
        at: Moment,
    ) -> Result<Self> {
        Ok(match format {
            Format::Csv => Self::Csv(csv::CsvSheet::begin(file, columns)?),
            Format::Xlsx => Self::Xlsx(Box::new(xlsx::XlsxSheet::begin(file, title, columns, caption, at)?)),
            Format::Json => Self::Json(json::JsonSheet::begin(file, columns)?),
        })
    }

    fn row(&mut self, cells: &[Datum<'_>]) -> Result<()> {
        match self {
            Self::Csv(sheet) => sheet.row(cells),
            Self::Xlsx(sheet) => sheet.row(cells),
            Self::Json(sheet) => sheet.row(cells),
        }
    }

    /// Ends the file; how many cells do not hold the whole text.
    fn end(self) -> Result<u64> {
        match self {
            Self::Csv(sheet) => sheet.end().map(|()| 0),
            Self::Xlsx(sheet) => sheet.end(),
            Self::Json(sheet) => sheet.end().map(|()| 0),
        }
    }
}
