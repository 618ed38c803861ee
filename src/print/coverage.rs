//! The coverage of talks (谈心谈话覆盖情况) as plain data, and as `coverage.typ` needs it: four ratios, the committee's
//! pairs, who is missing, who is left out, and of a general branch its branches in the order of the tree.
//!
//! Counts nothing and ranks nobody. Start at [`CoverageSheet`].

use serde::Serialize;

use super::fit::Ruler;
use super::fonts::PaperFonts;
use super::frame::Frame;
use super::printable::Printable;
use super::sheet::{POINTS_PER_MILLIMETRE, SheetData, period_words, title_size};
use crate::domain::dates::Period;
use crate::problem::{Problem, Result};

/// The coverage of an organisation (谈心谈话覆盖情况), ready to be typeset: A4 portrait.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverageSheet {
    /// 中共××支部委员会谈心谈话覆盖情况
    pub title: String,
    pub frame: Frame,
    /// 期间
    pub period: Period,
    /// 支委之间、支委和党员、党员之间、必谈事项
    pub rules: Vec<CoverageLine>,
    /// Of a committee of two or more.
    pub pairs: Option<PairMatrix>,
    /// Who is missing and who is left out, one list each; those without a name are not printed.
    pub lists: Vec<CoverageList>,
    pub branches: Option<CoverageBranches>,
    pub notes: Vec<String>,
}

/// A ratio (应谈、已谈、还缺).
#[derive(Debug, Clone, PartialEq)]
pub struct CoverageLine {
    /// 支委之间
    pub title: String,
    /// 「一般每年不少于 1 次 · 第十九条」
    pub basis: String,
    pub required: usize,
    pub done: usize,
    pub missing: usize,
    /// 待谈; none where nothing has time left.
    pub open: Option<usize>,
    /// 对, 人, 项
    pub unit: &'static str,
}

/// Every pair of a committee (支委之间).
#[derive(Debug, Clone, PartialEq)]
pub struct PairMatrix {
    pub people: Vec<PairPerson>,
    /// Below the diagonal: the row of the second person has one cell, of the third two.
    pub cells: Vec<Vec<PairCell>>,
}

/// Somebody on the committee, with the post.
#[derive(Debug, Clone, PartialEq)]
pub struct PairPerson {
    pub name: String,
    pub post: String,
}

/// What two had with each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PairCell {
    Talked {
        latest: String,
        times: usize,
    },
    /// 缺: not yet as often as is asked for.
    Missing {
        times: usize,
    },
}

/// Names under a heading: 「支委和党员：还缺 3 人」.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverageList {
    pub heading: String,
    pub names: Vec<String>,
}

/// The branches of a general branch, in the order of the tree (各党支部).
#[derive(Debug, Clone, PartialEq)]
pub struct CoverageBranches {
    /// 支委之间 …
    pub columns: Vec<String>,
    /// A name, and `done/required` a column; 「—」 where nothing is asked for.
    pub rows: Vec<(String, Vec<String>)>,
}

/// Size of the text in points; `coverage.typ` is told.
const TEXT_SIZE: f64 = 10.0;
/// Of the page between its margins, in millimetres.
const WIDTH: f64 = 170.0;
/// So many people's pairs have room beside each other.
const MOST_BESIDE: usize = 12;

#[derive(Serialize)]
struct CoverageData {
    sheet: SheetData,
    title_size: f64,
    text_size: f64,
    when: String,
    rules: Vec<[String; 6]>,
    pairs: Option<PairData>,
    lists: Vec<ListData>,
    branches: Option<BranchData>,
}

#[derive(Serialize)]
struct PairData {
    /// Name and post.
    people: Vec<[String; 2]>,
    /// Two lines or more, or one where they have not talked.
    cells: Vec<Vec<Vec<String>>>,
}

#[derive(Serialize)]
struct ListData {
    heading: String,
    names: Vec<String>,
}

#[derive(Serialize)]
struct BranchData {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

pub(super) fn data(sheet: &CoverageSheet, fonts: &PaperFonts, printable: &mut Printable<'_>) -> Result<Vec<u8>> {
    let ruler = Ruler::new(fonts);
    let head = SheetData::new(&sheet.title, &sheet.frame, fonts, printable);
    let mut made = CoverageData {
        title_size: title_size(&head.title, WIDTH, 22.0, &ruler),
        when: format!("{}，截至{}", period_words(sheet.period), head.as_of),
        sheet: head,
        text_size: TEXT_SIZE,
        rules: sheet.rules.iter().map(|line| rule_data(line, printable)).collect(),
        pairs: sheet.pairs.as_ref().filter(|pairs| fits(pairs)).map(|pairs| pair_data(pairs, &ruler, printable)),
        lists: lists_of(sheet).iter().map(|list| list_data(list, &ruler, printable)).collect(),
        branches: sheet.branches.as_ref().map(|table| branch_data(table, printable)),
    };
    made.sheet.set_notes(sheet.notes.iter().map(String::as_str), printable);
    serde_json::to_vec(&made).map_err(|error| Problem::fault(format!("coverage data: {error}")))
}

fn fits(pairs: &PairMatrix) -> bool {
    (2..=MOST_BESIDE).contains(&pairs.people.len())
}

/// The lists there are names for; the pairs that are missing stand among them where the matrix has no room.
fn lists_of(sheet: &CoverageSheet) -> Vec<CoverageList> {
    let mut lists = Vec::new();
    if let Some(pairs) = sheet.pairs.as_ref().filter(|pairs| !fits(pairs)) {
        let missing = |(row, cells): (usize, &Vec<PairCell>)| -> Vec<String> {
            let name = |index: usize| pairs.people.get(index).map_or("", |person| person.name.as_str());
            let missing = cells.iter().enumerate().filter(|(_, cell)| matches!(cell, PairCell::Missing { .. }));
            missing.map(|(column, _)| format!("{} 和 {}", name(column), name(row + 1))).collect()
        };
        let names: Vec<String> = pairs.cells.iter().enumerate().flat_map(missing).collect();
        lists.push(CoverageList { heading: format!("支委之间：还缺 {} 对", names.len()), names });
    }
    lists.extend(sheet.lists.iter().filter(|list| !list.names.is_empty()).cloned());
    lists
}

fn rule_data(line: &CoverageLine, printable: &mut Printable<'_>) -> [String; 6] {
    let counted = |count: usize| format!("{count} {}", line.unit);
    [
        printable.owned(&line.title),
        counted(line.required),
        counted(line.done),
        counted(line.missing),
        line.open.map_or_else(|| "—".to_owned(), counted),
        printable.owned(&line.basis),
    ]
}

fn pair_data(pairs: &PairMatrix, ruler: &Ruler, printable: &mut Printable<'_>) -> PairData {
    // A column for the names at the left, and one for each person but the last.
    let room = (WIDTH - 32.0) / (pairs.people.len() - 1) as f64 - 2.0;
    let em = room * POINTS_PER_MILLIMETRE / 9.0;
    // The year stands on a line of its own where the whole date has no room beside it.
    let date = |date: &str| match date.split_once('.') {
        Some((year, rest)) if ruler.width(date) > em => vec![format!("{year}."), rest.to_owned()],
        _ => vec![date.to_owned()],
    };
    let cell = |cell: &PairCell| match cell {
        PairCell::Talked { latest, times } => [date(latest), vec![format!("{times} 次")]].concat(),
        PairCell::Missing { times: 0 } => vec!["缺".to_owned()],
        PairCell::Missing { times } => vec![format!("缺，已 {times} 次")],
    };
    let mut fitted = |text: &str| ruler.breakable(&printable.text(text), em).into_owned();
    PairData {
        people: pairs.people.iter().map(|person| [fitted(&person.name), fitted(&person.post)]).collect(),
        cells: pairs.cells.iter().map(|row| row.iter().map(cell).collect()).collect(),
    }
}

fn list_data(list: &CoverageList, ruler: &Ruler, printable: &mut Printable<'_>) -> ListData {
    let em = WIDTH * POINTS_PER_MILLIMETRE / TEXT_SIZE;
    let mut fitted = |text: &str| ruler.breakable(&printable.text(text), em).into_owned();
    ListData { heading: fitted(&list.heading), names: list.names.iter().map(|name| fitted(name)).collect() }
}

fn branch_data(table: &CoverageBranches, printable: &mut Printable<'_>) -> BranchData {
    let row = |(name, values): &(String, Vec<String>)| -> Vec<String> {
        std::iter::once(name).chain(values).map(|text| printable.owned(text)).collect()
    };
    BranchData { rows: table.rows.iter().map(row).collect(), columns: table.columns.clone() }
}
