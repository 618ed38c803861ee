//! The name list (名单) as plain data, and as `names.typ` needs it: names in columns, as documents set them.
//!
//! A name of two characters is padded with an ideographic space, on paper only. Divided into pages before it is typeset,
//! so that a branch is named again where it goes on. Decides neither who stands on it nor in which order. Start at
//! [`NamesSheet`].

use serde::Serialize;

use super::fit::Ruler;
use super::fonts::PaperFonts;
use super::frame::Frame;
use super::printable::Printable;
use super::sheet::{POINTS_PER_MILLIMETRE, SheetData};
use super::table::pages::MOST_PEOPLE;
use crate::problem::{Problem, Result};

/// A name list (名单), ready to be typeset: A4 portrait, as an attachment of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct NamesSheet {
    /// Its organisation is whose members they are: 中共××支部委员会. Nobody signs a name list.
    pub frame: Frame,
    /// 党员名单
    pub what: String,
    /// 「截至2026年11月24日，按姓氏笔画为序」, below the title in brackets.
    pub subtitle: String,
    pub sections: Vec<NamesSection>,
}

/// The names of a branch, or of all.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NamesSection {
    /// `None`: all together.
    pub title: Option<String>,
    pub names: Vec<ListedName>,
}

/// A name with what documents put behind it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListedName {
    pub name: String,
    /// 「女」, 「回族」, 「女，回族」; empty where nothing is put behind it.
    pub mark: String,
}

impl NamesSheet {
    /// The title on one line.
    pub fn title(&self) -> String {
        format!("{}{}", self.frame.organisation, self.what)
    }

    /// How many names stand on it.
    pub fn people(&self) -> usize {
        self.sections.iter().map(|section| section.names.len()).sum()
    }
}

/// Names in a row: as many as leave room for most names with their marks.
const COLUMNS: [usize; 2] = [5, 4];
/// This share of the names stands in one column.
const IN_ONE_COLUMN: f64 = 0.9;
/// Of the text area, in points: 版心 156 mm by 225 mm.
const WIDTH: f64 = 156.0 * POINTS_PER_MILLIMETRE;
const HEIGHT: f64 = 225.0 * POINTS_PER_MILLIMETRE;
/// 3号
const SIZE: f64 = 15.75;
/// 小五, of what stands behind a name.
const MARK_SIZE: f64 = 9.0;
/// White to the next name at least, in points.
const GAP: f64 = 5.0;
/// 2号
const TITLE_SIZE: f64 = 22.0;
/// Height of a line of the title; `names.typ` is told.
const TITLE_LINE: f64 = 12.0 * POINTS_PER_MILLIMETRE;
/// From line to line: 22 lines a page (GB/T 9704-2012); a little less, so that rounding never turns a page.
const PITCH: f64 = HEIGHT / 22.0 - 0.05;

#[derive(Serialize)]
struct NamesData {
    sheet: SheetData,
    title_lines: Vec<String>,
    title_size: f64,
    title_line: f64,
    pitch: f64,
    mark_size: f64,
    subtitle: String,
    columns: usize,
    nothing: &'static str,
    pages: Vec<Vec<Block>>,
}

/// The names of a section that stand on one page, under its heading.
#[derive(Debug, PartialEq, Serialize)]
struct Block {
    /// Empty where the section has none.
    heading: String,
    names: Vec<NameData>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct NameData {
    text: String,
    mark: String,
    /// Columns it takes.
    span: usize,
    size: f64,
}

/// The data of a name list.
pub(super) fn data(sheet: &NamesSheet, fonts: &PaperFonts, printable: &mut Printable<'_>) -> Result<Vec<u8>> {
    let people = sheet.people();
    if people > MOST_PEOPLE {
        return Err(Problem::input("没有排版", format!("这份名单有 {people} 人，一份纸质名单最多 {MOST_PEOPLE} 人"))
            .next("请按党支部分别打印"));
    }
    let ruler = Ruler::new(fonts);
    let sheet_data = SheetData::new(&sheet.title(), &sheet.frame, fonts, printable);
    let (title_lines, title_size) = title_lines(&sheet.frame.organisation, &sheet.what, &ruler, printable);
    let columns = columns_for(sheet, &ruler);
    let sections: Vec<SectionRows> = sheet
        .sections
        .iter()
        .filter(|section| !section.names.is_empty())
        .map(|section| section_rows(section, columns, &ruler, printable))
        .collect();
    // The subtitle stands half a line above the names.
    let head = title_lines.len() as f64 * TITLE_LINE + 1.5 * PITCH;
    let lines = |height: f64| (height / PITCH) as usize;
    let mut made = NamesData {
        sheet: sheet_data,
        title_lines,
        title_size,
        title_line: TITLE_LINE,
        pitch: PITCH,
        mark_size: MARK_SIZE,
        subtitle: format!("（{}）", printable.text(&sheet.subtitle)),
        columns,
        nothing: "没有党员",
        pages: paginate(sections, lines(HEIGHT - head), lines(HEIGHT)),
    };
    made.sheet.set_notes(std::iter::empty(), printable);
    serde_json::to_vec(&made).map_err(|error| Problem::fault(format!("names data: {error}")))
}

/// On one line, else broken by sense between whose list it is and what it is, else set smaller.
fn title_lines(organisation: &str, what: &str, ruler: &Ruler, printable: &mut Printable<'_>) -> (Vec<String>, f64) {
    let (organisation, what) = (printable.owned(organisation), printable.owned(what));
    let whole = format!("{organisation}{what}");
    if ruler.width(&whole) * TITLE_SIZE <= WIDTH {
        return (vec![whole], TITLE_SIZE);
    }
    let size = (WIDTH / ruler.width(&organisation).max(1.0)).clamp(9.0, TITLE_SIZE);
    (vec![organisation, what], size)
}

/// A section divided into rows.
struct SectionRows {
    title: String,
    rows: Vec<Vec<NameData>>,
}

fn section_rows(section: &NamesSection, columns: usize, ruler: &Ruler, printable: &mut Printable<'_>) -> SectionRows {
    let count = section.names.len();
    let title = section.title.as_ref().map(|title| format!("{}（{count} 人）", printable.text(title)));
    let names = section.names.iter().map(|name| {
        let mark = printable.owned(&name.mark);
        name_data(&ListedName { name: printable.owned(&name.name), mark }, columns, ruler)
    });
    SectionRows { title: title.unwrap_or_default(), rows: in_rows(names.collect(), columns) }
}

/// A name that does not fit into the rest of its row begins the next: the rest stays empty.
fn in_rows(names: Vec<NameData>, columns: usize) -> Vec<Vec<NameData>> {
    let mut rows: Vec<Vec<NameData>> = Vec::new();
    let mut used = columns;
    for name in names {
        if used + name.span > columns {
            if let Some(row) = rows.last_mut().filter(|_| used < columns) {
                row.push(NameData { text: String::new(), mark: String::new(), span: columns - used, size: SIZE });
            }
            rows.push(Vec::new());
            used = 0;
        }
        used += name.span;
        if let Some(row) = rows.last_mut() {
            row.push(name);
        }
    }
    rows
}

/// Divides sections into pages of so many lines. A heading stands above a row of names at least, and again, with
/// （续）, where its names go on.
fn paginate(sections: Vec<SectionRows>, first: usize, next: usize) -> Vec<Vec<Block>> {
    let mut pages: Vec<Vec<Block>> = vec![Vec::new()];
    let mut left = first;
    for section in sections {
        let heading_lines = usize::from(!section.title.is_empty());
        let mut is_begun = false;
        for row in section.rows {
            let begins_page = left < 1 + if is_begun { 0 } else { heading_lines };
            if begins_page {
                pages.push(Vec::new());
                left = next;
            }
            let Some(page) = pages.last_mut() else { continue };
            if begins_page || !is_begun {
                let again = if is_begun && heading_lines > 0 { "（续）" } else { "" };
                page.push(Block { heading: format!("{}{again}", section.title), names: Vec::new() });
                left -= heading_lines;
                is_begun = true;
            }
            if let Some(block) = page.last_mut() {
                block.names.extend(row);
            }
            left -= 1;
        }
    }
    pages
}

/// How many names stand in a row.
fn columns_for(sheet: &NamesSheet, ruler: &Ruler) -> usize {
    let names = || sheet.sections.iter().flat_map(|section| &section.names);
    let most = IN_ONE_COLUMN * sheet.people() as f64;
    let fits =
        |columns: &usize| names().filter(|name| name_data(name, *columns, ruler).span == 1).count() as f64 >= most;
    COLUMNS.into_iter().find(fits).unwrap_or(COLUMNS[COLUMNS.len() - 1])
}

/// A name with the columns it takes: some gap is left to the next; one wider than the sheet is set smaller.
fn name_data(name: &ListedName, columns: usize, ruler: &Ruler) -> NameData {
    let text = padded(&name.name);
    let mark = if name.mark.is_empty() { String::new() } else { format!("（{}）", name.mark) };
    let column = WIDTH / columns as f64;
    let (text_width, mark_width) = (ruler.width(&text) * SIZE, ruler.width(&mark) * MARK_SIZE);
    let span = (((text_width + mark_width + GAP) / column).ceil() as usize).clamp(1, columns);
    let room = WIDTH - mark_width - GAP;
    NameData { text, mark, span, size: SIZE.min(SIZE * room / text_width) }
}

/// `王 芳` for `王芳`, so that it is as wide as a name of three characters.
fn padded(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    let is_han = |c: &char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
    match characters[..] {
        [first, second] if is_han(&first) && is_han(&second) => format!("{first}\u{3000}{second}"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::samples;

    fn listed(name: &str, mark: &str) -> ListedName {
        ListedName { name: name.to_owned(), mark: mark.to_owned() }
    }

    #[test]
    fn a_name_of_two_characters_is_padded_and_a_long_one_takes_two_columns() {
        let ruler = Ruler::new(PaperFonts::embedded());
        let name = |name: &str, mark: &str| {
            let made = name_data(&listed(name, mark), 5, &ruler);
            (made.text, made.span)
        };
        assert_eq!(name("王芳", ""), ("王\u{3000}芳".to_owned(), 1));
        assert_eq!(name("韦文军", "回族"), ("韦文军".to_owned(), 1));
        assert_eq!(name("欧阳文军", ""), ("欧阳文军".to_owned(), 1));
        assert_eq!(name("欧阳文军", "女，回族"), ("欧阳文军".to_owned(), 2));
        assert_eq!(name("阿卜杜拉·买买提", ""), ("阿卜杜拉·买买提".to_owned(), 2));
        assert_eq!(name("Li", ""), ("Li".to_owned(), 1));
        let long = name_data(&listed(&"长".repeat(40), "女"), 5, &ruler);
        assert!(long.size < SIZE && long.span == 5);
    }

    #[test]
    fn a_long_name_at_the_end_of_a_row_begins_the_next() {
        let ruler = Ruler::new(PaperFonts::embedded());
        let names = ["王芳", "王芳", "王芳", "王芳", "阿卜杜拉·买买提", "王芳"];
        let rows = in_rows(names.map(|name| name_data(&listed(name, ""), 5, &ruler)).into(), 5);
        let spans: Vec<Vec<usize>> = rows.iter().map(|row| row.iter().map(|cell| cell.span).collect()).collect();
        assert_eq!(spans, [vec![1, 1, 1, 1, 1], vec![2, 1]]);
        assert_eq!(rows[0][4].text, "");
    }

    #[test]
    fn where_many_names_carry_long_marks_fewer_stand_in_a_row() {
        let ruler = Ruler::new(PaperFonts::embedded());
        let sheet = |mark: &str| NamesSheet {
            frame: samples::frame(""),
            what: String::new(),
            subtitle: String::new(),
            sections: vec![NamesSection { title: None, names: vec![listed("韦文军", mark); 20] }],
        };
        assert_eq!(columns_for(&sheet("女"), &ruler), 5);
        assert_eq!(columns_for(&sheet("女，回族"), &ruler), 4);
    }

    #[test]
    fn a_branch_is_named_again_where_it_goes_on_and_never_alone_at_the_foot() {
        let cell = NameData { text: "王".to_owned(), mark: String::new(), span: 1, size: SIZE };
        let section =
            |title: &str, rows: usize| SectionRows { title: title.to_owned(), rows: vec![vec![cell.clone()]; rows] };
        let headings = |sections: Vec<SectionRows>| -> Vec<Vec<(String, usize)>> {
            let blocks = |page: Vec<Block>| page.into_iter().map(|block| (block.heading, block.names.len())).collect();
            paginate(sections, 4, 5).into_iter().map(blocks).collect()
        };
        let told = |words: &str, rows: usize| (words.to_owned(), rows);
        assert_eq!(
            headings(vec![section("甲", 2), section("乙", 6)]),
            [vec![told("甲", 2)], vec![told("乙", 4)], vec![told("乙（续）", 2)]]
        );
        assert_eq!(headings(vec![section("", 6)]), [vec![told("", 4)], vec![told("", 2)]]);
        assert_eq!(headings(Vec::new()), [Vec::new()]);
    }

    #[test]
    fn a_title_too_long_for_a_line_breaks_before_what_it_is() {
        let fonts = PaperFonts::embedded();
        let lines =
            |whose: &str| title_lines(whose, "党员名单", &Ruler::new(fonts), &mut Printable::new(fonts)).0.len();
        assert_eq!(lines("中共青禾县民政局总支部委员会"), 1);
        assert_eq!(lines("中国共产党青禾县民政局机关第一支部委员会"), 2);
    }
}
