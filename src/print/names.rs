//! The name list (名单) as plain data, and as `names.typ` needs it: names in columns, as documents set them.
//!
//! A name of two characters is padded with an ideographic space, on paper only. Decides neither who stands on it nor in
//! which order. Start at [`NamesSheet`].

use serde::Serialize;

use super::fit::Ruler;
use super::fonts::PaperFonts;
use super::printable::Printable;
use super::sheet::{POINTS_PER_MILLIMETRE, SheetData, SheetWords};
use super::table::pages::MOST_PEOPLE;
use crate::clock::Day;
use crate::problem::{Problem, Result};

/// A name list (名单), ready to be typeset: A4 portrait, as an attachment of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct NamesSheet {
    /// Whose members: 中共××支部委员会.
    pub organisation: String,
    /// 党员名单
    pub what: String,
    /// 「截至2026年11月24日，按姓氏笔画为序」, below the title in brackets.
    pub subtitle: String,
    pub as_of: Day,
    pub filled_on: Day,
    pub sections: Vec<NamesSection>,
    /// Whether it comes from a practice workbook.
    pub practice: bool,
}

/// The names of a branch, or of all.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NamesSection {
    /// `None`: all together.
    pub title: Option<String>,
    pub names: Vec<String>,
}

impl NamesSheet {
    /// The title on one line.
    pub fn title(&self) -> String {
        format!("{}{}", self.organisation, self.what)
    }

    /// How many names stand on it.
    pub fn people(&self) -> usize {
        self.sections.iter().map(|section| section.names.len()).sum()
    }
}

/// Names in a row: a name of four characters stands in its column without touching the next.
const COLUMNS: usize = 6;
/// Of the text area, in points: 版心 156 mm.
const WIDTH: f64 = 156.0 * POINTS_PER_MILLIMETRE;
/// 3号
const SIZE: f64 = 15.75;
/// 2号
const TITLE_SIZE: f64 = 22.0;

#[derive(Serialize)]
struct NamesData {
    sheet: SheetData,
    title_lines: Vec<String>,
    title_size: f64,
    subtitle: String,
    columns: usize,
    nothing: &'static str,
    sections: Vec<SectionData>,
}

#[derive(Serialize)]
struct SectionData {
    title: String,
    names: Vec<NameData>,
}

#[derive(Debug, PartialEq, Serialize)]
struct NameData {
    text: String,
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
    let title = sheet.title();
    let words = SheetWords {
        title: &title,
        organisation: &sheet.organisation,
        as_of: sheet.as_of,
        filled_on: sheet.filled_on,
        prepared_by: "",
        checked_by: "",
        practice: sheet.practice,
    };
    let head = SheetData::new(&words, fonts, printable);
    let (title_lines, title_size) = title_lines(&sheet.organisation, &sheet.what, &ruler, printable);
    let mut made = NamesData {
        sheet: head,
        title_lines,
        title_size,
        subtitle: format!("（{}）", printable.text(&sheet.subtitle)),
        columns: COLUMNS,
        nothing: "没有党员",
        sections: sheet
            .sections
            .iter()
            .filter(|section| !section.names.is_empty())
            .map(|section| section_data(section, &ruler, printable))
            .collect(),
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

fn section_data(section: &NamesSection, ruler: &Ruler, printable: &mut Printable<'_>) -> SectionData {
    let count = section.names.len();
    let title = section.title.as_ref().map(|title| format!("{}（{count} 人）", printable.text(title)));
    let names = section.names.iter().map(|name| name_data(&printable.text(name), ruler)).collect();
    SectionData { title: title.unwrap_or_default(), names: in_rows(names) }
}

/// A name that does not fit into the rest of its row begins the next: the rest stays empty.
fn in_rows(names: Vec<NameData>) -> Vec<NameData> {
    let mut cells = Vec::with_capacity(names.len());
    let mut used = 0;
    for name in names {
        if used + name.span > COLUMNS {
            cells.push(NameData { text: String::new(), span: COLUMNS - used, size: SIZE });
            used = 0;
        }
        used = (used + name.span) % COLUMNS;
        cells.push(name);
    }
    cells
}

/// A name with the columns it takes: some gap is left to the next; one wider than the sheet is set smaller.
fn name_data(name: &str, ruler: &Ruler) -> NameData {
    let text = padded(name);
    let column = WIDTH / COLUMNS as f64;
    let width = (ruler.width(&text) + 0.5) * SIZE;
    let span = ((width / column).ceil() as usize).clamp(1, COLUMNS);
    NameData { text, span, size: SIZE.min(SIZE * WIDTH / width) }
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

    #[test]
    fn a_name_of_two_characters_is_padded_and_a_long_one_takes_two_columns() {
        let ruler = Ruler::new(PaperFonts::embedded());
        let name = |name: &str| {
            let made = name_data(name, &ruler);
            (made.text, made.span)
        };
        assert_eq!(name("王芳"), ("王\u{3000}芳".to_owned(), 1));
        assert_eq!(name("韦文军"), ("韦文军".to_owned(), 1));
        assert_eq!(name("欧阳文军"), ("欧阳文军".to_owned(), 1));
        assert_eq!(name("阿卜杜拉·买买提"), ("阿卜杜拉·买买提".to_owned(), 2));
        assert_eq!(name("Li"), ("Li".to_owned(), 1));
        assert!(name_data(&"长".repeat(40), &ruler).size < SIZE);
    }

    #[test]
    fn a_long_name_at_the_end_of_a_row_begins_the_next() {
        let ruler = Ruler::new(PaperFonts::embedded());
        let names = ["王芳", "王芳", "王芳", "王芳", "王芳", "阿卜杜拉·买买提", "王芳"];
        let cells = in_rows(names.map(|name| name_data(name, &ruler)).into());
        let spans: Vec<usize> = cells.iter().map(|cell| cell.span).collect();
        assert_eq!(spans, [1, 1, 1, 1, 1, 1, 2, 1]);
        assert_eq!(cells[5].text, "");
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
