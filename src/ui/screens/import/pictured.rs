//! The sheets of the opened files as the page shows them: how wide each column is, which cells are asked about or wrong,
//! and what each column was taken for.
//! Must never draw anything. Start at [`Pictured::all`] and [`Seen`].

use std::collections::{HashMap, HashSet};

use super::layouts::{Fate, fate, meaning_in_words};
use super::preview::Preview;
use crate::domain::imports::QuestionAbout;
use crate::exchange::import::{ColumnMeaning, Opened, Picture, RecognisedTable, RosterReading, RowLook, TableColumn};
use crate::ui::widgets::{PictureCell, PictureCells, PictureHead, PictureRow, Tone};

/// Rows whose texts tell how wide a column is.
const MEASURED: u32 = 60;
const NARROWEST: f32 = 46.0;
const WIDEST: f32 = 220.0;
/// Names of organisations begin alike: what tells them apart stands at their end.
const WIDEST_NAME: f32 = 340.0;
/// The fields that hold such names.
const NAMES: [&str; 3] = ["name", "parent", "branch"];

/// A sheet with what is said of its cells.
#[derive(Debug)]
pub struct Pictured {
    /// Which of the opened files it is of.
    pub file: usize,
    pub picture: Picture,
    widths: Vec<f32>,
    /// By row as shown and column.
    marks: HashMap<(u32, usize), (Tone, String)>,
    /// Columns in which something is asked.
    asked: HashSet<usize>,
}

impl Pictured {
    /// All sheets that are shown, in the order of the files.
    pub fn all(opened: &[Opened], readings: &[RosterReading], preview: Option<&Preview>) -> Vec<Self> {
        let of_file = |(file, (opened, reading)): (usize, (&Opened, &RosterReading))| {
            let pictures = Picture::all(opened, reading).into_iter();
            pictures.map(|picture| Self::of(file, picture, preview)).collect::<Vec<_>>()
        };
        opened.iter().zip(readings).enumerate().flat_map(of_file).collect()
    }

    fn of(file: usize, picture: Picture, preview: Option<&Preview>) -> Self {
        let widths = (0..picture.column_count()).map(|column| width_of(&picture, column)).collect();
        let mut pictured = Self { file, picture, widths, marks: HashMap::new(), asked: HashSet::new() };
        if let Some(preview) = preview {
            pictured.mark(preview);
        }
        pictured
    }

    fn mark(&mut self, preview: &Preview) {
        let plan = &preview.plan;
        let sheet = self.picture.sheet_name().to_owned();
        let is_here = |file: usize, name: &str| file == self.file && name == sheet;
        let mut marks = HashMap::new();
        for problem in plan.problems.iter().filter(|problem| is_here(problem.file, &problem.sheet)) {
            if let Some(column) = self.picture.column_of(problem.row, &problem.field, None) {
                let tone = if problem.is_note() { Tone::Amber } else { Tone::Hard };
                marks.insert((problem.row, column), (tone, problem.sentence.clone()));
            }
        }
        let mut asked = HashSet::new();
        for question in
            plan.questions.iter().filter(|question| question.row > 0 && is_here(question.file, &question.sheet))
        {
            let words = match question.about {
                QuestionAbout::Field(_) | QuestionAbout::Entry(..) => "要问",
                QuestionAbout::Person | QuestionAbout::Nearly | QuestionAbout::Twice => "要问是哪一位",
                QuestionAbout::Returned => "要问是否在册",
                QuestionAbout::Branch => "要问是哪个党支部",
                QuestionAbout::Organisation => "要问是哪个党组织",
                QuestionAbout::InTalks => "要问是哪一位",
                QuestionAbout::WhoStandsFirst => "要问谁是谈话人",
                QuestionAbout::Year => "要问是哪一年",
                QuestionAbout::TalkType { .. } => "要问是哪一类谈话",
                QuestionAbout::SameTalk => "要问是不是同一次谈话",
            };
            let field = question.about.cell().unwrap_or_default();
            if let Some(column) = self.picture.column_of(question.row, field, Some(question.beside)) {
                marks.insert((question.row, column), (Tone::Amber, words.to_owned()));
                asked.insert(column);
            }
        }
        self.marks = marks;
        self.asked = asked;
    }

    /// 「二支部.xlsx·Sheet1」
    pub fn name(&self) -> String {
        match self.picture.sheet_name() {
            "" => self.picture.file_name().to_owned(),
            sheet => format!("{}·{sheet}", self.picture.file_name()),
        }
    }

    /// The table that a cell belongs to; rows are counted from 0.
    pub fn table_of(&self, row: usize, column: usize) -> Option<&RecognisedTable> {
        self.picture.table_of(u32::try_from(row + 1).unwrap_or(u32::MAX), column)
    }
}

fn width_of(picture: &Picture, column: usize) -> f32 {
    let wide = |text: &str| text.chars().map(|c| if c.is_ascii() { 8.0 } else { 14.0 }).sum::<f32>();
    let rows = 1..=picture.row_count().min(MEASURED);
    let shown = rows.filter(|row| matches!(picture.look(*row), RowLook::Plain | RowLook::Heads));
    let texts = shown.map(|row| wide(&picture.text(row, column)));
    let heads = picture.tables.iter().filter_map(|table| {
        let one = table.columns.iter().find(|one| one.index == column)?;
        Some(wide(&meaning_in_words(table, one)))
    });
    let is_name = |one: &TableColumn| {
        one.index == column && matches!(one.meaning, ColumnMeaning::Field(field) if NAMES.contains(&field.name))
    };
    let holds_names = picture.tables.iter().flat_map(|table| &table.columns).any(is_name);
    let widest = if holds_names { WIDEST_NAME } else { WIDEST };
    (texts.chain(heads).fold(0.0, f32::max) + 14.0).clamp(NARROWEST, widest)
}

/// A sheet as it is drawn in a frame.
pub struct Seen<'a> {
    pictured: &'a Pictured,
    heads: Vec<(PictureHead, f32)>,
}

impl<'a> Seen<'a> {
    /// The heads are those of the table that this row belongs to, and of those beside it.
    pub fn new(pictured: &'a Pictured, row: usize) -> Self {
        let head = |(column, width): (usize, &f32)| {
            let table = pictured.table_of(row, column);
            let found = table.and_then(|table| Some((table, table.columns.iter().find(|one| one.index == column)?)));
            let head = found.map_or_else(PictureHead::default, |(table, found)| {
                let is_asked = pictured.asked.contains(&column) || found.sureness.is_doubtful();
                head_of(table, found, is_asked)
            });
            (head, *width)
        };
        Self { pictured, heads: pictured.widths.iter().enumerate().map(head).collect() }
    }

    /// How many columns have each of the grounds: 认得, 要问, 照原样留, 不取.
    pub fn counts(&self) -> [(Tone, &'static str, usize); 4] {
        [(Tone::Ok, "认得"), (Tone::Amber, "要问"), (Tone::Act, "照原样留"), (Tone::Neutral, "不取")].map(
            |(tone, word)| {
                let fits = |(head, _): &&(PictureHead, f32)| head.tone == tone && !head.text.is_empty();
                (tone, word, self.heads.iter().filter(fits).count())
            },
        )
    }
}

fn head_of(table: &RecognisedTable, column: &TableColumn, is_asked: bool) -> PictureHead {
    let tone = match fate(column) {
        Fate::Left => Tone::Neutral,
        _ if is_asked => Tone::Amber,
        Fate::Kept => Tone::Act,
        Fate::Read => Tone::Ok,
    };
    PictureHead { text: meaning_in_words(table, column), tone, remark: column.sureness.label().to_owned() }
}

impl PictureCells for Seen<'_> {
    fn row_count(&self) -> usize {
        self.pictured.picture.row_count() as usize
    }

    fn heads(&self) -> &[(PictureHead, f32)] {
        &self.heads
    }

    fn row(&self, row: usize) -> PictureRow {
        match self.pictured.picture.look(u32::try_from(row + 1).unwrap_or(u32::MAX)) {
            RowLook::Plain => PictureRow::Cells,
            RowLook::Heads => PictureRow::Heads,
            RowLook::Title(text, told) => PictureRow::Title(text, told),
            RowLook::Group(told) => PictureRow::Title("分组行".to_owned(), told),
            RowLook::Left(why) => PictureRow::Left(why),
        }
    }

    fn cell(&self, row: usize, column: usize) -> PictureCell<'_> {
        let row = u32::try_from(row + 1).unwrap_or(u32::MAX);
        let picture = &self.pictured.picture;
        let mark = self.pictured.marks.get(&(row, column));
        PictureCell {
            text: picture.text(row, column),
            right: picture.is_number(row, column),
            tone: mark.map(|(tone, _)| *tone),
            remark: mark.map(|(_, words)| words.clone()).unwrap_or_default(),
        }
    }
}
