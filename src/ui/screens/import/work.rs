//! The long work of the page: reading the files and comparing them with the workbook.
//! Must never know the page, and never write. Start at [`Ask::work`].

use std::path::PathBuf;
use std::sync::Arc;

use super::preview::Preview;
use crate::clock::Day;
use crate::domain::ids::OrganisationId;
use crate::domain::imports::OpenQuestion;
use crate::exchange::import::{Answers, PlanOptions, RosterReading, plan, read_roster};
use crate::problem::Result;
use crate::progress::Progress;
use crate::view::desk::Desk;

/// An answer that was given, with the name of the file it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    file: String,
    sheet: String,
    row: u32,
    field: &'static str,
    answer: String,
}

impl Given {
    pub fn new(question: &OpenQuestion, files: &[String], answer: &str) -> Self {
        Self {
            file: files.get(question.file).cloned().unwrap_or_default(),
            sheet: question.sheet.to_string(),
            row: question.row,
            field: question.about.name(),
            answer: answer.to_owned(),
        }
    }
}

/// What is to be read and compared.
pub struct Ask {
    /// What was read before.
    pub readings: Arc<Vec<RosterReading>>,
    /// What is to be read besides.
    pub paths: Vec<PathBuf>,
    pub scope: Option<OrganisationId>,
    /// The day that was given by hand.
    pub day: Option<Day>,
    pub given: Vec<Given>,
    pub today: Day,
}

/// What was read, and what would be written.
pub struct Work {
    pub readings: Arc<Vec<RosterReading>>,
    pub preview: Preview,
}

impl Ask {
    pub fn work(self, desk: &Desk, progress: &Progress) -> Result<Work> {
        let readings = self.read(progress)?;
        let names: Vec<String> = readings.iter().map(|reading| reading.file_name.clone()).collect();
        let mut answers = Answers::of_files(&names);
        for one in &self.given {
            answers.give(&one.file, &one.sheet, one.row, one.field, &one.answer);
        }
        let options = PlanOptions { scope: self.scope, day: self.day, answers };
        let plan = plan(desk.reader(), readings.to_vec(), &options, self.today, progress)?;
        let preview = Preview::of(plan, &readings, desk);
        Ok(Work { readings, preview })
    }

    fn read(&self, progress: &Progress) -> Result<Arc<Vec<RosterReading>>> {
        if self.paths.is_empty() {
            return Ok(Arc::clone(&self.readings));
        }
        let mut readings = self.readings.to_vec();
        for path in &self.paths {
            let reading = read_roster(path, self.today, progress)?;
            if let Some(problem) = reading.refusal() {
                return Err(problem);
            }
            readings.push(reading);
        }
        Ok(Arc::new(readings))
    }
}
