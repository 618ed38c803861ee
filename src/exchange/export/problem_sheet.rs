//! 问题表: the list as it was received, with a column that tells what is wrong in each row and the cells coloured, to be
//! handed back to whoever made it.
//!
//! Cells stand as they stood, numbers of people too: a text is a text, so that nothing is rounded, and a number is a
//! number. Start at [`write_problem_sheet`].

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Write as _;
use std::path::Path;

use rust_xlsxwriter::{Color, Format, FormatAlign, IgnoreError, Workbook, Worksheet, XlsxError};

use super::form::look::Look;
use super::xlsx::not_written;
use crate::domain::imports::{OpenQuestion, PlannedProblem};
use crate::exchange::import::recognised::column_in;
use crate::exchange::import::sheets::{Cell, Merged, Sheet};
use crate::exchange::import::shown::Shown;
use crate::exchange::import::{Opened, RecognisedTable, RosterReading};
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::files::write_with;

/// The head of the added column.
const HEAD: &str = "问题";
/// Width of the added column, in characters.
const WIDTH: f64 = 48.0;
const WRONG: Color = Color::RGB(0x00F8_CBAD);
const ASKED: Color = Color::RGB(0x00FF_E699);
/// Characters that the name of a sheet may have.
const LONGEST_NAME: usize = 31;

/// What is told of a row, and the columns it is about.
#[derive(Debug, Default)]
struct Told {
    sentences: Vec<String>,
    cells: BTreeMap<usize, Color>,
}

/// What is told of the rows of a sheet.
type ToldRows = HashMap<u32, Told>;

/// Writes the opened files with the problems and open questions of their plan, as an XLSX; an existing one is replaced
/// only with `replace`. Gives how many rows have something to be put right.
///
/// `readings` are parallel to `opened`.
pub fn write_problem_sheet(
    opened: &[Opened],
    readings: &[RosterReading],
    (problems, questions): (&[PlannedProblem], &[OpenQuestion]),
    path: &Path,
    replace: bool,
    progress: &Progress,
) -> Result<usize> {
    if path.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("xlsx")) {
        return Err(Problem::usage(format!("写到“{}”，不是 XLSX", path.display()))
            .unchanged("没有写文件")
            .next("文件名请以 .xlsx 结尾"));
    }
    progress.stage("写问题表", opened.iter().map(Opened::row_count).sum())?;
    let mut workbook = Workbook::new();
    let mut names = HashSet::new();
    let (mut rows, mut done) = (0, 0);
    for (file, (opened, reading)) in opened.iter().zip(readings).enumerate() {
        for sheet in opened.sheets.iter().filter(|sheet| sheet.visible && !sheet.rows.is_empty()) {
            let told = told(problems, questions, file, sheet, reading);
            rows += told.len();
            let look = match opened.path() {
                Some(path) if !sheet.is_text_file => Look::of(path, &sheet.name)?,
                _ => Look::default(),
            };
            let tables: Vec<&RecognisedTable> =
                reading.tables.iter().filter(|table| table.sheet == sheet.name).collect();
            let name = sheet_name(opened.name(), &sheet.name, &mut names);
            let page = workbook.add_worksheet();
            page.set_name(name).map_err(not_written)?;
            let mut writer = Writer { page, sheet, look: &look, told: &told, tables: &tables };
            writer.write(&mut done, progress)?;
        }
    }
    let packed = workbook.save_to_buffer().map_err(not_written)?;
    write_with(path, replace, |file| {
        file.write_all(&packed)?;
        Ok(())
    })?;
    Ok(rows)
}

/// What the sender has to put right or to say: not who of the workbook a row is, nor where it belongs.
fn told(
    problems: &[PlannedProblem],
    questions: &[OpenQuestion],
    file: usize,
    sheet: &Sheet,
    reading: &RosterReading,
) -> ToldRows {
    let mut told = ToldRows::new();
    let tables = reading.tables.iter().filter(|table| table.sheet == sheet.name);
    let column = |number: u32, field: &str, meant: Option<usize>| {
        let place = sheet.rows.binary_search_by_key(&number, |row| row.number).ok()?;
        column_in(tables.clone(), &sheet.rows[place], meant, |table| table.column_of(field))
    };
    let is_here = |of: usize, name: &str| of == file && *name == *sheet.name;
    for problem in problems.iter().filter(|problem| is_here(problem.file, &problem.sheet)) {
        let row = told.entry(problem.row).or_default();
        row.sentences.push(match problem.field_label() {
            "" => problem.sentence.clone(),
            label => format!("{label}：{}", problem.sentence),
        });
        row.cells.extend(column(problem.row, &problem.field, None).map(|column| (column, WRONG)));
    }
    for question in questions.iter().filter(|question| is_here(question.file, &question.sheet)) {
        let Some(field) = question.about.cell() else { continue };
        let row = told.entry(question.row).or_default();
        let label = question.about.label();
        row.sentences.push(format!("{label}：“{}”是 {}", question.raw, question.choices.join(" 还是 ")));
        if let Some(column) = column(question.row, field, Some(question.beside)) {
            row.cells.entry(column).or_insert(ASKED);
        }
    }
    told
}

/// The name of a sheet: its own where no other has it, in the form that a workbook allows.
fn sheet_name(file: &str, sheet: &str, taken: &mut HashSet<String>) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let plain = |text: &str| text.replace(['[', ']', ':', '*', '?', '/', '\\', '\''], " ").trim().to_owned();
    let base = Some(plain(sheet)).filter(|name| !name.is_empty()).unwrap_or_else(|| plain(stem));
    let base = if base.is_empty() { "Sheet1".to_owned() } else { base };
    let cut = |text: &str, room: usize| text.chars().take(room).collect::<String>();
    let numbered = (2..).map(|number: u32| {
        let number = format!(" ({number})");
        format!("{}{number}", cut(&base, LONGEST_NAME - number.len()))
    });
    let mut names = std::iter::once(cut(&base, LONGEST_NAME)).chain(numbered);
    names.find(|name| taken.insert(name.to_lowercase())).unwrap_or(base)
}

/// Writes one sheet.
struct Writer<'a> {
    page: &'a mut Worksheet,
    sheet: &'a Sheet,
    look: &'a Look,
    told: &'a ToldRows,
    tables: &'a [&'a RecognisedTable],
}

impl Writer<'_> {
    fn write(&mut self, done: &mut u64, progress: &Progress) -> Result<()> {
        let width = self.sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let last = self.sheet.rows.last().map_or(1, |row| row.number);
        self.merge()?;
        for row in &self.sheet.rows {
            *done += 1;
            if done.is_multiple_of(512) {
                progress.step(*done)?;
            }
            self.row(row.number, &row.cells, width)?;
        }
        let is_known = self.look.is_known();
        if !is_known {
            self.page.autofit();
        }
        for (column, wide) in self.look.widths.iter().filter(|(column, _)| **column < width) {
            self.page.set_column_width(place(*column), *wide).map_err(not_written)?;
        }
        self.page.set_column_width(place(width), WIDTH).map_err(not_written)?;
        let texts = IgnoreError::NumberStoredAsText;
        self.page.ignore_error_range(0, 0, last - 1, place(width), texts).map_err(not_written)?;
        Ok(())
    }

    fn row(&mut self, number: u32, cells: &[Cell], width: usize) -> Result<()> {
        if let Some(height) = self.look.heights.get(&number) {
            self.page.set_row_height(number - 1, *height).map_err(not_written)?;
        }
        let told = self.told.get(&number);
        let merged: Vec<&Merged> =
            self.sheet.merged.iter().filter(|one| (one.first_row..=one.last_row).contains(&number)).collect();
        let is_seen = |column: usize| !merged.iter().any(|one| covers(one, number, column));
        for (column, cell) in cells.iter().enumerate().filter(|(column, _)| is_seen(*column)) {
            let format = self.format(number, column, told);
            let (row, column, text) = (number - 1, place(column), cell.shown());
            let written = match number_in(cell, self.sheet.is_text_file) {
                Some((value, code)) => {
                    self.page.write_number_with_format(row, column, value, &format.set_num_format(code))
                }
                None if text.is_empty() => self.page.write_blank(row, column, &format),
                None => self.page.write_string_with_format(row, column, &*text, &format),
            };
            written.map(drop).map_err(not_written)?;
        }
        for column in told.into_iter().flat_map(|told| told.cells.keys()).filter(|column| **column >= cells.len()) {
            let format = self.format(number, *column, told);
            self.page.write_blank(number - 1, place(*column), &format).map(drop).map_err(not_written)?;
        }
        let is_head = self.tables.iter().any(|table| table.heads.0 == number);
        let words =
            if is_head { HEAD.to_owned() } else { told.map(|told| told.sentences.join("；")).unwrap_or_default() };
        if !words.is_empty() {
            let format = Format::new().set_text_wrap().set_align(FormatAlign::VerticalCenter);
            let format = if is_head { format.set_bold() } else { format.set_font_color(Color::RGB(0x00C0_0000)) };
            let written = self.page.write_string_with_format(number - 1, place(width), words, &format);
            written.map(drop).map_err(not_written)?;
        }
        Ok(())
    }

    fn format(&self, row: u32, column: usize, told: Option<&Told>) -> Format {
        let is_head = self.tables.iter().any(|table| (table.heads.0..=table.heads.1).contains(&row));
        let plain = || if is_head { Format::new().set_bold() } else { Format::new() };
        let format = self.look.format(row, column).unwrap_or_else(plain).set_num_format("@");
        match told.and_then(|told| told.cells.get(&column)) {
            Some(color) => format.set_background_color(*color),
            None => format,
        }
    }

    /// Cells that were one are one again; what stands in them is written afterwards.
    fn merge(&mut self) -> Result<()> {
        for merged in &self.sheet.merged {
            let (from, to) = (place(merged.first_column), place(merged.last_column));
            if (merged.first_row, from) != (merged.last_row, to) {
                let format = self.look.format(merged.first_row, merged.first_column).unwrap_or_default();
                let (first, last) = (merged.first_row - 1, merged.last_row - 1);
                match self.page.merge_range(first, from, last, to, "", &format) {
                    // A file may hold what no program lets one do: then the first of them counts.
                    Ok(_) | Err(XlsxError::MergeRangeOverlaps(..)) => {}
                    Err(error) => return Err(not_written(error)),
                }
            }
        }
        Ok(())
    }
}

/// A cell that is a number, with its number format: it stays one, so that what is unclear about it stays unclear. So is
/// `2019.1` in a text file, which has lost what it was.
fn number_in(cell: &Cell, is_text_file: bool) -> Option<(f64, String)> {
    match cell {
        Cell::Number(value, Shown::Fixed(0)) => Some((*value, "0".to_owned())),
        Cell::Number(value, Shown::Fixed(decimals)) => Some((*value, format!("0.{}", "0".repeat((*decimals).into())))),
        Cell::Number(value, Shown::Percent(_)) => Some((*value, "0.##%".to_owned())),
        Cell::Number(value, Shown::General | Shown::Date(_)) => Some((*value, "General".to_owned())),
        Cell::Text(text) if is_text_file && text.len() == 6 && text.ends_with(".1") => {
            text.parse().ok().map(|value| (value, "General".to_owned()))
        }
        _ => None,
    }
}

/// Whether a cell is shown by another one, with which it is one.
fn covers(merged: &Merged, row: u32, column: usize) -> bool {
    (merged.first_column..=merged.last_column).contains(&column)
        && (merged.first_row, merged.first_column) != (row, column)
}

fn place(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Day;
    use crate::exchange::import::understand;

    #[test]
    fn cells_are_coloured_where_something_is_wrong_and_where_something_is_asked() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("问题表.xlsx");
        let text = "姓名\t性别\t入党时间\n张三\t男\t2019.1\n李四\t无\t2011-02-30\n";
        let opened = [Opened::pasted(text, "粘贴的表格").expect("a block")];
        let today = Day::constant(2026, 11, 24);
        let readings = [understand(&opened[0], &[], today, &Progress::default()).expect("read")];
        let question = OpenQuestion {
            file: 0,
            sheet: "".into(),
            row: 2,
            beside: 0,
            about: crate::domain::imports::QuestionAbout::Field(crate::domain::fields::Known::Joined),
            raw: "2019.1".into(),
            choices: vec!["2019-01".into(), "2019-10".into()],
            labels: Vec::new(),
        };
        let problem = PlannedProblem {
            file: 0,
            sheet: "".into(),
            row: 3,
            field: "joined".into(),
            code: "date_invalid",
            sentence: "没有这一天".into(),
        };
        let rows =
            write_problem_sheet(&opened, &readings, (&[problem], &[question]), &path, false, &Progress::default())
                .expect("written");
        assert_eq!(rows, 2);
        let look = Look::of(&path, "粘贴的表格").expect("a look");
        let ground = |color| Format::new().set_background_color(color);
        let at = |row: u32, column: usize| look.format(row, column).map(|format| format!("{format:?}"));
        let has = |row, column, color| at(row, column).is_some_and(|told| told.contains(&of_ground(&ground(color))));
        assert!(has(2, 2, ASKED) && has(3, 2, WRONG));
        assert!(!has(2, 0, ASKED) && !has(3, 0, WRONG) && !has(3, 2, ASKED));
    }

    /// How a format tells its ground.
    fn of_ground(format: &Format) -> String {
        let told = format!("{format:?}");
        let start = told.find("background_color").expect("a ground");
        let end = told[start..].find(", foreground").map_or(told.len(), |end| start + end);
        told[start..end].to_owned()
    }

    #[test]
    fn sheets_keep_their_names_and_no_two_have_the_same() {
        let mut taken = HashSet::new();
        let mut name = |file: &str, sheet: &str| sheet_name(file, sheet, &mut taken);
        assert_eq!(name("一.xlsx", "党员"), "党员");
        assert_eq!(name("二.xlsx", "党员"), "党员 (2)");
        assert_eq!(name("三支部[新].csv", ""), "三支部 新");
        let long = "很".repeat(40);
        assert_eq!(name("四.xlsx", &long).chars().count(), 31);
        assert_eq!(name("五.xlsx", &long).chars().count(), 31);
    }
}
