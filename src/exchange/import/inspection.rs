//! An inspection list (检查清单) as an office receives it: a table in Word or a spreadsheet, numbered lines, pasted or in a
//! file. It is understood as the items of a template, and what was understood can be corrected column by column.
//!
//! `grid` and `document` take it apart, `levels` reads what a line is numbered with, `heads` what a head means, `table` and
//! `lines` make items of it. Nothing is dropped in silence: what no field takes goes to the standard, or is told. Start
//! at [`InspectionList`].

mod document;
mod grid;
mod heads;
mod levels;
mod lines;
mod table;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::source::{file_name, read_document, read_sheets};
use crate::domain::checklists::{TemplateItem, TemplateLines};
use crate::exchange::clipboard::read_block;
use crate::problem::{Problem, ProblemKind, Result};
use crate::progress::Progress;
use grid::Grid;
pub use heads::ColumnUse;
use lines::Line;

/// The most rows of an inspection list; the longest that offices send have some hundred.
const MOST_ROWS: usize = 5_000;
/// How a list is called where nothing tells its name.
const UNNAMED: &str = "检查清单";
/// The longest name of a template.
const LONGEST_NAME: usize = 100;
/// Titles up to this long stand as they are.
const LONG_TITLE: usize = 80;
/// Where the title of a long item ends at the latest.
const CUT_TITLE: usize = 60;
/// How long what stands before a colon may be to be the title.
const HEAD_OF_TITLE: usize = 30;

/// What was opened or pasted (检查清单). Cheap to clone.
#[derive(Debug, Clone)]
pub struct InspectionList {
    /// The name of the file without its ending; empty of what was pasted.
    name: Arc<str>,
    blocks: Arc<Vec<Block>>,
}

/// A piece of it, in the order of the page.
#[derive(Debug)]
enum Block {
    Lines(Vec<Line>),
    Table(Grid),
}

/// A column of one of its tables, and what it is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListColumn {
    /// Which table, counted from 0, and which column of it.
    pub table: usize,
    pub column: usize,
    /// 「检查内容」, 「第 3 栏」
    pub head: String,
    pub used: ColumnUse,
}

/// What a person said of columns, by table and column.
pub type Corrections = BTreeMap<(usize, usize), ColumnUse>;

/// What was understood of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnderstoodList {
    /// How the template would be called.
    pub title: String,
    /// None where it is no table.
    pub columns: Vec<ListColumn>,
    pub lines: TemplateLines,
    /// What is not an item of its own, and where it went, in sentences.
    pub remarks: Vec<String>,
}

impl InspectionList {
    /// Opens a file: docx, xlsx, xls, csv, a web page.
    pub fn file(path: &Path, progress: &Progress) -> Result<Self> {
        let blocks = match read_document(path, progress).map_err(of_a_list)? {
            Some(xml) => document::blocks(&xml).ok_or_else(|| damaged(path))?,
            None => {
                let sheets = read_sheets(path, progress).map_err(of_a_list)?;
                let seen = sheets.iter().filter(|sheet| sheet.visible && !sheet.rows.is_empty());
                seen.map(|sheet| Block::Table(Grid::of_sheet(sheet))).collect()
            }
        };
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        Self::of(&stem, blocks, &format!("“{}”", file_name(path)))
    }

    /// A table that was copied in Word or a spreadsheet, or lines of text.
    pub fn pasted(text: &str) -> Result<Self> {
        let rows = read_block(text);
        let is_table = rows.iter().filter(|row| row.len() > 1).count() * 2 > rows.len();
        let blocks = if is_table {
            vec![Block::Table(Grid::of_cells(rows))]
        } else {
            let told = text.lines().map(|line| line.replace('\t', " "));
            vec![Block::Lines((1..).zip(told).map(|(number, text)| Line::new(number, &text)).collect())]
        };
        Self::of("", blocks, "剪贴板")
    }

    fn of(name: &str, blocks: Vec<Block>, whence: &str) -> Result<Self> {
        let rows: usize = blocks.iter().map(Block::rows).sum();
        if rows == 0 {
            return Err(not_read(format!("{whence}里没有文字")).next("选有清单的文件，或复制清单后再粘贴"));
        }
        if rows > MOST_ROWS {
            return Err(not_read(format!("{whence}里有 {rows} 行，不像检查清单")).next(format!("最多 {MOST_ROWS} 行")));
        }
        Ok(Self { name: name.into(), blocks: Arc::new(blocks) })
    }

    /// What its items are, by its heads and numbers and by what a person said.
    pub fn understand(&self, told: &Corrections) -> UnderstoodList {
        let mut reading = Reading::default();
        let tables: Vec<&Grid> = self.blocks.iter().filter_map(Block::table).collect();
        let read: Vec<table::Read> =
            tables.iter().enumerate().map(|(nth, grid)| table::understand(grid, nth, told)).collect();
        if read.iter().all(|read| read.lines.is_empty()) || self.is_of_lines(&read) {
            for block in self.blocks.iter() {
                match block {
                    Block::Lines(all) => reading.take(lines::understand(all)),
                    Block::Table(grid) => reading.tell_rows(grid),
                }
            }
        } else {
            self.by_tables(read, &mut reading);
        }
        let named = |name: &str| Some(shortened(name, LONGEST_NAME)).filter(|name| !name.is_empty());
        let title = reading.title.take().and_then(|title| named(&title));
        let title = title.or_else(|| named(&self.name)).unwrap_or_else(|| UNNAMED.to_owned());
        let Reading { columns, mut lines, remarks, .. } = reading;
        drop_shared_codes(&mut lines);
        UnderstoodList { title, columns, lines, remarks }
    }

    /// Whether the items stand in numbered lines and the tables are only for signing.
    fn is_of_lines(&self, read: &[table::Read]) -> bool {
        let in_tables: usize = read.iter().map(|read| read.lines.len()).sum();
        let numbered = self.blocks.iter().filter_map(Block::lines).flatten().filter(|line| line.is_numbered()).count();
        numbered >= 3 && numbered > 2 * in_tables
    }

    /// The tables, each below what stands above it where there are several.
    fn by_tables(&self, read: Vec<table::Read>, reading: &mut Reading) {
        let several = read.iter().filter(|read| !read.lines.is_empty()).count() > 1;
        let mut above: Vec<&Line> = Vec::new();
        let mut read = read.into_iter();
        for block in self.blocks.iter() {
            match block {
                Block::Lines(all) => above.extend(all.iter().filter(|line| !line.text.trim().is_empty())),
                Block::Table(grid) => {
                    let Some(table) = read.next() else { continue };
                    let mut heading = None;
                    if several && !table.lines.is_empty() && above.last().is_some_and(|line| line.is_heading()) {
                        heading = above.pop().map(|line| line.words().to_owned());
                    }
                    reading.tell_lines(&std::mem::take(&mut above));
                    let heading =
                        heading.or_else(|| Some(grid.name.clone()).filter(|name| several && !name.is_empty()));
                    reading.take_below(heading, table);
                }
            }
        }
        reading.tell_lines(&above);
    }
}

impl Block {
    fn rows(&self) -> usize {
        match self {
            Self::Lines(lines) => lines.iter().filter(|line| !line.text.trim().is_empty()).count(),
            Self::Table(grid) => grid.rows.len(),
        }
    }

    fn table(&self) -> Option<&Grid> {
        match self {
            Self::Table(grid) => Some(grid),
            Self::Lines(_) => None,
        }
    }

    fn lines(&self) -> Option<&Vec<Line>> {
        match self {
            Self::Lines(lines) => Some(lines),
            Self::Table(_) => None,
        }
    }
}

/// What is put together of all pieces.
#[derive(Debug, Default)]
struct Reading {
    title: Option<String>,
    columns: Vec<ListColumn>,
    lines: TemplateLines,
    remarks: Vec<String>,
}

impl Reading {
    fn take(&mut self, read: table::Read) {
        self.take_below(None, read);
    }

    fn take_below(&mut self, heading: Option<String>, read: table::Read) {
        let deeper = usize::from(heading.is_some());
        if let Some(title) = heading {
            self.lines.push(0, TemplateItem { title, ..TemplateItem::default() });
        }
        for line in read.lines.all() {
            self.lines.push((line.depth + deeper).min(levels::DEEPEST), line.item.clone());
        }
        match (&self.title, read.title) {
            (None, title) => self.title = title,
            (Some(known), Some(other)) if *known != other => {
                self.remarks.push(format!("“{}”没有采用", shortened(&other, CUT_TITLE)));
            }
            _ => {}
        }
        self.columns.extend(read.columns);
        self.remarks.extend(read.remarks);
    }

    /// Lines around tables: the first is the name, the others are told.
    fn tell_lines(&mut self, lines: &[&Line]) {
        for line in lines {
            let text = line.text.trim();
            if self.title.is_none() && self.lines.is_empty() && !lines::is_number_of_annex(text) {
                self.title = Some(line.words().to_owned());
            } else {
                self.remarks.push(format!("“{}”没有当作项", shortened(text, CUT_TITLE)));
            }
        }
    }

    fn tell_rows(&mut self, grid: &Grid) {
        for row in &grid.rows {
            self.remarks.push(format!("表中“{}”没有当作项", shortened(&row.in_words(), CUT_TITLE)));
        }
    }
}

/// Numbers that the list gives twice name nothing: the items get codes of their own.
fn drop_shared_codes(lines: &mut TemplateLines) {
    let codes: Vec<&str> = lines.all().iter().map(|line| &*line.item.code).filter(|code| !code.is_empty()).collect();
    let distinct: std::collections::HashSet<&&str> = codes.iter().collect();
    if distinct.len() < codes.len() || codes.iter().any(|code| code.chars().count() > 20) {
        for at in 0..lines.len() {
            if let Some(item) = lines.item_mut(at) {
                item.code.clear();
            }
        }
    }
}

/// The title and the standard of an item that is written as one text: 「有场所：面积不少于 20 平方米」. A long text stands
/// whole in the standard.
fn split(text: &str) -> (String, Option<String>) {
    let text = text.trim();
    let count = |text: &str| text.chars().count();
    for (mark, room) in [(&['：', ':'][..], HEAD_OF_TITLE), (&['\n'][..], LONG_TITLE), (&['。', '；'][..], CUT_TITLE)]
    {
        let is_needed = mark[0] == '：' || mark[0] == '\n' || count(text) > LONG_TITLE;
        if is_needed && let Some((head, rest)) = text.split_once(mark) {
            let (head, rest) = (head.trim(), rest.trim());
            let is_time =
                head.ends_with(|c: char| c.is_ascii_digit()) && rest.starts_with(|c: char| c.is_ascii_digit());
            if !head.is_empty() && !rest.is_empty() && count(head) <= room && !is_time {
                return (one_line(head), Some(rest.to_owned()));
            }
        }
    }
    if count(text) > LONG_TITLE {
        return (shortened(text, CUT_TITLE), Some(text.to_owned()));
    }
    (one_line(text), None)
}

/// In one line: blanks and line breaks between Chinese characters are none of the text.
fn one_line(text: &str) -> String {
    text.split_whitespace().fold(String::new(), |mut line, word| {
        let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if !line.is_empty() && (is_latin(line.chars().last()) || is_latin(word.chars().next())) {
            line.push(' ');
        }
        line + word
    })
}

/// At most so many characters, with … where some are left out.
fn shortened(text: &str, most: usize) -> String {
    let line = one_line(text);
    match line.char_indices().nth(most) {
        None => line,
        Some(_) => line.chars().take(most - 1).chain(['…']).collect(),
    }
}

/// Adds to a standard, in a line of its own.
fn add_to(standard: &mut Option<String>, text: &str) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    match standard {
        Some(standard) => {
            standard.push('\n');
            standard.push_str(text);
        }
        None => *standard = Some(text.to_owned()),
    }
}

fn not_read(happened: impl Into<String>) -> Problem {
    Problem::new(ProblemKind::File, "没有读出清单", happened)
}

fn damaged(path: &Path) -> Problem {
    not_read(format!("“{}”已损坏，或没有传完", file_name(path))).next("用 Word 打开看看，另存为 docx 后再选")
}

/// The readers of files speak of rosters.
fn of_a_list(problem: Problem) -> Problem {
    if problem.kind != ProblemKind::File {
        return problem;
    }
    let happened = problem.happened.replace("可以导入的名册", "清单").replace("名册应有的大小", "清单应有的大小");
    let happened = happened.replace("，不是电子表格", "，读不出来");
    Problem { title: "没有读出清单".into(), happened, ..problem }
        .next("选 Word（docx）、Excel 或 CSV 文件；旧格式先另存为 docx 或 xlsx，也可以复制清单后粘贴")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_that_is_written_as_one_text_has_a_title_and_a_standard() {
        for (text, title, standard) in [
            ("有场所：面积不少于 20 平方米", "有场所", Some("面积不少于 20 平方米")),
            ("有党旗", "有党旗", None),
            ("会议时间 9:30 开始", "会议时间 9:30 开始", None),
            ("党员\n名册", "党员", Some("名册")),
        ] {
            assert_eq!(split(text), (title.to_owned(), standard.map(str::to_owned)), "{text}");
        }
        let long = "支部委员会每月至少召开一次，研究党员教育管理监督服务工作。".repeat(5);
        let (title, standard) = split(&long);
        assert_eq!(title, "支部委员会每月至少召开一次，研究党员教育管理监督服务工作");
        assert!(standard.is_some_and(|standard| standard.ends_with("工作。")));
        let unbroken = "字".repeat(300);
        assert_eq!(split(&unbroken), (format!("{}…", "字".repeat(59)), Some(unbroken.clone())));
    }
}
