//! The long work of the page: opening the files, understanding them, comparing them with the workbook.
//! Must never know the page, and never write. Start at [`Ask::work`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::layouts::Said;
use super::pictured::Pictured;
use super::preview::Preview;
use crate::clock::Day;
use crate::domain::ids::OrganisationId;
use crate::domain::import_layout::ImportLayout;
use crate::domain::imports::{OpenQuestion, QuestionAbout};
use crate::exchange::import::{Answers, KEEP, Opened, PlanOptions, RosterReading, plan, understand};
use crate::problem::Result;
use crate::progress::Progress;
use crate::store::settings;
use crate::view::desk::Desk;

/// What cells that were pasted are called.
pub const PASTED: &str = "粘贴的表格";

/// What a question is about, by the name of its file: it stays when files are added.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AskedPlace {
    file: String,
    sheet: Arc<str>,
    row: u32,
    beside: usize,
    about: QuestionAbout,
    field: String,
}

impl AskedPlace {
    pub fn of(question: &OpenQuestion, files: &[String]) -> Self {
        Self {
            file: files.get(question.file).cloned().unwrap_or_default(),
            sheet: Arc::clone(&question.sheet),
            row: question.row,
            beside: question.beside,
            about: question.about,
            field: question.field().into_owned(),
        }
    }
}

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub place: AskedPlace,
    answer: String,
    /// The answer in words.
    pub said: String,
}

impl Given {
    pub fn new(question: &OpenQuestion, files: &[String], answer: &str, said: &str) -> Self {
        Self { place: AskedPlace::of(question, files), answer: answer.to_owned(), said: said.to_owned() }
    }
}

/// Changes that were refused: file, sheet, row and which of the tables beside each other, with the names of the fields.
pub type Refused = BTreeMap<(String, String, u32, usize), BTreeSet<String>>;

/// What is to be opened besides.
#[derive(Debug, Clone, Default)]
pub struct More {
    pub paths: Vec<PathBuf>,
    /// Cells that were copied in a spreadsheet.
    pub pasted: Option<String>,
}

impl More {
    pub fn is_nothing(&self) -> bool {
        self.paths.is_empty() && self.pasted.is_none()
    }
}

/// What is to be read and compared.
pub struct Ask {
    /// What was opened before.
    pub opened: Arc<Vec<Opened>>,
    pub more: More,
    /// What the person said of the columns.
    pub said: Vec<ImportLayout>,
    pub scope: Option<OrganisationId>,
    /// The day that was given by hand.
    pub day: Option<Day>,
    pub given: Vec<Given>,
    pub refused: Refused,
    pub today: Day,
}

/// What was read, and what would be written.
pub struct Work {
    pub opened: Arc<Vec<Opened>>,
    /// Without their rows: these stand in the plan, and are read again from what is open.
    pub readings: Arc<Vec<RosterReading>>,
    pub remembered: Vec<ImportLayout>,
    pub pictured: Vec<Pictured>,
    /// What would be written, or why nothing can be.
    pub preview: Result<Preview>,
}

impl Ask {
    pub fn work(self, desk: &Desk, progress: &Progress) -> Result<Work> {
        let remembered = settings::import_layouts(desk.reader())?;
        let layouts = Said::all(&self.said, &remembered);
        let opened = self.open(progress)?;
        let read = |opened| understand(opened, &layouts, self.today, progress);
        let mut read = opened.iter().map(read).collect::<Result<Vec<_>>>()?;
        let answers = self.answers(&read);
        for (file, reading) in read.iter_mut().enumerate() {
            answers.take_in(file, reading);
        }
        let refusal = read.iter().find_map(RosterReading::refusal);
        let readings = Arc::new(read.iter().map(RosterReading::without_rows).collect::<Vec<_>>());
        let preview = match refusal {
            Some(problem) => Err(problem),
            None => Ok(self.compare(read, answers, &readings, desk, progress)?),
        };
        let pictured = Pictured::all(&opened, &readings, preview.as_ref().ok());
        Ok(Work { opened, readings, remembered, pictured, preview })
    }

    fn open(&self, progress: &Progress) -> Result<Arc<Vec<Opened>>> {
        if self.more.is_nothing() {
            return Ok(Arc::clone(&self.opened));
        }
        let mut opened = self.opened.to_vec();
        for path in &self.more.paths {
            opened.push(Opened::file(path, progress)?);
        }
        if let Some(text) = &self.more.pasted {
            opened.push(Opened::pasted(text, PASTED)?);
        }
        Ok(Arc::new(opened))
    }

    fn answers(&self, read: &[RosterReading]) -> Answers {
        let names: Vec<String> = read.iter().map(|reading| reading.file_name.clone()).collect();
        let mut answers = Answers::of_files(&names);
        for one in &self.given {
            let at = &one.place;
            answers.give(&at.file, (&at.sheet, at.row, at.beside), &at.field, &one.answer);
        }
        for ((file, sheet, row, beside), fields) in &self.refused {
            for field in fields {
                answers.give(file, (sheet, *row, *beside), &format!("{KEEP}:{field}"), "yes");
            }
        }
        answers
    }

    fn compare(
        &self,
        read: Vec<RosterReading>,
        answers: Answers,
        readings: &[RosterReading],
        desk: &Desk,
        progress: &Progress,
    ) -> Result<Preview> {
        let options = PlanOptions { scope: self.scope, day: self.day, answers };
        let plan = plan(desk.reader(), read, &options, self.today, progress)?;
        Ok(Preview::of(plan, readings, desk))
    }
}

/// Nothing is named: the heads were pointed at, but none of them is 姓名, 党组织名称 or 谈话对象.
pub fn names_nobody(readings: &[RosterReading]) -> bool {
    let names = |reading: &RosterReading| reading.tables.iter().any(|table| table.naming.is_some());
    !readings.iter().any(names)
}
