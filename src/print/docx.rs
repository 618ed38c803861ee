//! Talk records (谈心谈话记录表) as DOCX, for who changes a word in WPS: the rows of the PDF as a real table, A4, one
//! record a page.
//!
//! Names the fonts that offices have and holds none. Start at [`talks_docx`].

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BuildXML as _, Docx, Footer, Header, HeaderReference, HeightRule, LineSpacing, LineSpacingType,
    NumPages, PageMargin, PageNum, PageNumType, Paragraph, Run, RunFonts, SectionProperty, SpecialIndentType, Tab,
    TabLeaderType, TabValueType, Table, TableAlignmentType, TableCell, TableCellMargins, TableLayoutType, TableRow,
    VAlignType, VMergeType, WidthType,
};

use super::talk::{
    BLANK_DATE, FOLLOW_UP_HEADS, FollowUpLine, Row, Signature, TITLE, TalkRecord, TalkSheet, Words, check, paragraphs,
};
use crate::problem::{Problem, Result};

/// Twentieths of a point in a millimetre.
const DXA_PER_MILLIMETRE: f64 = 1440.0 / 25.4;
/// The columns in millimetres, as on the PDF: a label, a field; a label, a field, which 跟进情况 divides.
const WIDTHS: [f64; 5] = [26.0, 58.0, 26.0, 27.0, 33.0];
/// From line to line of labels, in twentieths of a point.
const LABEL_LINE: i32 = 300;
/// Characters of a label and of a short field on a line.
const PER_LABEL: usize = 6;
const PER_VALUE: usize = 14;
const ROW: f64 = 9.0;
/// From line to line where is signed, in millimetres.
const SIGN: f64 = 11.0;
/// Room for the name of who signs, in millimetres.
const NAME: f64 = 27.0;
/// Between the margins, less what title and fill-in line take, and a little that programs differ in.
const TABLE_HEIGHT: f64 = 234.0;
/// The same without that little: what is reckoned as no higher still stands on the page, rows being reckoned too high.
const FULL_HEIGHT: f64 = 241.0;
/// Rows up to this height stand whole on a page.
const KEPT_WHOLE: f64 = 100.0;
/// Sizes in half points: 五号, 小五, 二号.
const FIELD: usize = 21;
const HELP: usize = 18;
const HEADING: usize = 44;

/// How close the words of a record are set (字号、行距): fixed, so that its height can be reckoned.
#[derive(Debug, Clone, Copy)]
struct Setting {
    /// The size of what was written, in half points.
    text: usize,
    /// From line to line, in twentieths of a point.
    line: i32,
    /// Characters of that size on a line across the record, less a little for the first line of a paragraph.
    per_line: usize,
}

/// 小四 where a record stands on its page so, else as close as the PDF sets it.
const SETTINGS: [Setting; 3] = [
    Setting { text: 24, line: 380, per_line: 31 },
    Setting { text: 22, line: 330, per_line: 34 },
    Setting { text: 21, line: 290, per_line: 36 },
];

/// The records as a DOCX file. The same sheet gives the same bytes.
pub fn talks_docx(sheet: &TalkSheet) -> Result<Vec<u8>> {
    check(sheet)?;
    let none = [TalkRecord::default()];
    let records = if sheet.records.is_empty() { &none[..] } else { &sheet.records };
    let mut document = empty(sheet, records);
    let heads: Vec<Header> = records.iter().map(|record| Header::new().add_paragraph(head(record))).collect();
    for _ in &heads {
        document.content_type = document.content_type.add_header();
    }
    document.document_rels.header_count = heads.len();
    // Each record is a section: its first page has no head, and its pages are counted from 1. All have the same footers;
    // each has its own head, in words: a field that finds the number shows nothing in programs that do not know it.
    let of_head = |nth: usize| Some(HeaderReference::new("default", format!("rIdHeader{nth}")));
    document.document.section_property.header_reference = of_head(heads.len());
    let parts = document.document.section_property.clone();
    let parts = SectionProperty { footer: None, first_footer: None, ..parts };
    // A section ends with a paragraph; a low one does not begin a page of its own.
    let low = || Paragraph::new().line_spacing(fixed(20)).size(2);
    for (record, nth) in records.iter().zip(1..) {
        let is_last = nth == records.len();
        let section = SectionProperty { header_reference: of_head(nth), ..parts.clone() };
        document = document
            .add_paragraph(title())
            .add_paragraph(fill_in_line(record))
            .add_table(table(record))
            .add_paragraph(if is_last { low() } else { low().section_property(section) });
    }
    // The crate puts heads in the order of their names, where the tenth comes before the second.
    let mut package = document.build();
    package.headers = heads.iter().map(Header::build).collect();
    let mut bytes = Cursor::new(Vec::new());
    package.pack(&mut bytes).map_err(|error| Problem::fault(format!("docx: {error}")))?;
    Ok(bytes.into_inner())
}

fn dxa(millimetres: f64) -> usize {
    (millimetres * DXA_PER_MILLIMETRE).round() as usize
}

fn margin(millimetres: f64) -> i32 {
    (millimetres * DXA_PER_MILLIMETRE).round() as i32
}

/// A4 with margins, fonts, heads and page numbers, and nothing on it.
fn empty(sheet: &TalkSheet, records: &[TalkRecord]) -> Docx {
    let (side, top, bottom, edge) = (margin(20.0), margin(18.0), margin(17.0), margin(10.0));
    let margins = PageMargin { top, bottom, left: side, right: side, header: edge, footer: edge, gutter: 0 };
    let made_on = format!("{}T00:00:00Z", sheet.made_on);
    Docx::new()
        .page_size(11_906, 16_838)
        .page_margin(margins)
        .default_fonts(song())
        .default_size(FIELD)
        .created_at(&made_on)
        .updated_at(&made_on)
        .footer(footer(sheet.practice, records))
        .first_footer(footer(sheet.practice, records))
        .page_num_type(PageNumType::new().start(1))
}

/// The number of the page. Each paragraph is made anew: two of one id would be renamed, not always alike.
fn footer(is_practice: bool, records: &[TalkRecord]) -> Footer {
    let mut number = Paragraph::new().align(AlignmentType::Center);
    if is_practice {
        number = number.add_run(run("练习数据，不作上报依据　　", HELP));
    }
    number = number.add_run(run("第 ", HELP)).add_page_num(PageNum::new());
    // Programs count the pages of a whole file: on several records that is no count of any of them.
    if records.len() < 2 {
        number = number.add_run(run(" 页，共 ", HELP)).add_num_pages(NumPages::new());
    }
    Footer::new().add_paragraph(number.add_run(run(" 页", HELP)))
}

/// What tells the further pages of a record from those of another.
fn head(record: &TalkRecord) -> Paragraph {
    let right_edge = Tab::new().val(TabValueType::Right).pos(dxa(WIDTHS.iter().sum()));
    let line = Paragraph::new().add_tab(right_edge).add_run(run(&format!("{TITLE}（续）"), HELP).add_tab());
    line.add_run(run(&record.caption(), HELP))
}

fn song() -> RunFonts {
    RunFonts::new().east_asia("宋体").ascii("宋体").hi_ansi("宋体")
}

fn fixed(line: i32) -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::Exact).line(line)
}

/// A run of 宋体. XML knows no control characters, and marks that turn the direction of text hide what it says.
fn run(text: &str, size: usize) -> Run {
    Run::new().add_text(clean(text)).size(size).fonts(song())
}

fn fang_song(text: &str, size: usize) -> Run {
    Run::new().add_text(clean(text)).size(size).fonts(RunFonts::new().east_asia("仿宋").ascii("仿宋").hi_ansi("仿宋"))
}

fn clean(text: &str) -> String {
    let is_unfit = |character: char| {
        character.is_control()
            || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
    };
    text.chars().filter(|character| !is_unfit(*character)).collect()
}

fn title() -> Paragraph {
    Paragraph::new().align(AlignmentType::Center).line_spacing(fixed(640).after(60)).add_run(run(TITLE, HEADING).bold())
}

fn fill_in_line(record: &TalkRecord) -> Paragraph {
    let words = format!("填报单位（盖章）：{}", record.organisation);
    Paragraph::new().line_spacing(fixed(380).after(40)).add_run(run(&words, FIELD))
}

fn table(record: &TalkRecord) -> Table {
    let rows = record.rows();
    let setting = Setting::of(&rows);
    let used: f64 = rows.iter().filter(|row| !fills(row)).map(|row| setting.least_height(row)).sum();
    let left = (TABLE_HEIGHT - used).max(ROW);
    // What stands before the signatures goes to the next page with them, so that nobody signs a page without words.
    let is_kept = |place: usize| place + 2 == rows.len();
    let made = |(place, row)| setting.table_rows(row, left, is_kept(place));
    Table::new(rows.iter().enumerate().flat_map(made).collect())
        .set_grid(WIDTHS.map(dxa).to_vec())
        .width(dxa(WIDTHS.iter().sum()), WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .align(TableAlignmentType::Center)
        .margins(TableCellMargins::new().margin(40, 85, 40, 85))
}

fn fills(row: &Row<'_>) -> bool {
    matches!(row, Row::Text { fills: true, .. })
}

/// How many lines a text takes of so many characters; digits and Latin letters are half as wide.
fn lines_of(text: &str, per_line: usize) -> usize {
    let halves = |line: &str| -> usize { line.chars().map(|one| if one.is_ascii() { 1 } else { 2 }).sum() };
    paragraphs(text).map(|line| halves(line).div_ceil(2 * per_line)).sum::<usize>().max(1)
}

impl Setting {
    /// The widest one in which these rows stand on a page; of a record that flows on in any the widest of all.
    fn of(rows: &[Row<'_>]) -> Self {
        let fits = |setting: &&Self| rows.iter().map(|row| setting.least_height(row)).sum::<f64>() <= FULL_HEIGHT;
        SETTINGS.iter().find(fits).copied().unwrap_or(SETTINGS[0])
    }

    /// The height that a row takes at least, in millimetres.
    fn least_height(self, row: &Row<'_>) -> f64 {
        let millimetres = |lines: usize, line: i32| lines as f64 * f64::from(line) / DXA_PER_MILLIMETRE;
        let high = |lines: usize, label: &str| {
            let label = millimetres(lines_of(label, PER_LABEL), LABEL_LINE);
            (millimetres(lines, self.line).max(label) + 2.0).max(ROW)
        };
        match row {
            Row::Pair(fields) => {
                let heights = fields.iter().map(|(label, value)| high(lines_of(value, PER_VALUE), label));
                heights.fold(ROW, f64::max)
            }
            Row::Text { words: Words::Ruled(count), .. } => 8.0 * *count as f64,
            Row::Text { label, words: Words::Written(text) | Words::Plain(text), .. } => {
                high(lines_of(text, self.per_line), label)
            }
            Row::Text { label, words: Words::Help(text), .. } => high(lines_of(text, self.per_line), label),
            Row::FollowUps { lines, least } => {
                let row =
                    |line: &FollowUpLine| high(lines_of(&line.measure, PER_VALUE).max(lines_of(&line.done, 7)), "");
                ROW + lines.iter().map(row).sum::<f64>() + ROW * least.saturating_sub(lines.len()) as f64
            }
            Row::Signatures(lines) => SIGN * signing_lines(lines) as f64 + 2.0,
        }
    }

    /// The rows of the table; `kept` ones stay on the page of what follows.
    fn table_rows(self, row: &Row<'_>, left: f64, kept: bool) -> Vec<TableRow> {
        match row {
            Row::Pair([(first, value), (second, other)]) => {
                let (value, other) = (self.field(value, 1, 1), self.field(other, 3, 2));
                vec![high(vec![label(first, kept), value, label(second, kept), other], ROW).cant_split()]
            }
            Row::Text { label: name, words, fills } => {
                let cell = self.across(words).vertical_align(if *fills { VAlignType::Top } else { VAlignType::Center });
                let is_short = self.least_height(row) < KEPT_WHOLE;
                let height = match words {
                    _ if *fills => left,
                    Words::Ruled(lines) => 8.0 * *lines as f64,
                    _ => ROW,
                };
                let made = high(vec![label(name, kept), cell], height);
                vec![if is_short { made.cant_split() } else { made }]
            }
            Row::FollowUps { lines, least } => self.follow_ups(lines, *least, kept),
            Row::Signatures(lines) => vec![signatures(lines)],
        }
    }

    fn field(self, value: &str, first: usize, span: usize) -> TableCell {
        sized(first, span).add_paragraph(Paragraph::new().line_spacing(fixed(self.line)).add_run(run(value, FIELD)))
    }

    /// A text across the record: what was written in 仿宋, each paragraph two characters in.
    fn across(self, words: &Words<'_>) -> TableCell {
        let cell = sized(1, 4);
        let blank = || Paragraph::new().line_spacing(fixed(self.line));
        let (text, size) = match words {
            Words::Written(text) => (text.as_ref(), self.text),
            Words::Plain(text) => (text.as_ref(), FIELD),
            Words::Help(text) => (*text, HELP),
            Words::Ruled(_) => ("", self.text),
        };
        let made: Vec<Paragraph> = paragraphs(text)
            .map(|line| match words {
                Words::Written(_) => blank()
                    .indent(None, Some(SpecialIndentType::FirstLine(2 * 10 * self.text as i32)), None, None)
                    .first_line_chars(200)
                    .add_run(fang_song(line, self.text)),
                _ => blank().add_run(run(line, size)),
            })
            .collect();
        if made.is_empty() {
            cell.add_paragraph(blank())
        } else {
            made.into_iter().fold(cell, TableCell::add_paragraph)
        }
    }

    fn follow_ups(self, lines: &[FollowUpLine], least: usize, kept: bool) -> Vec<TableRow> {
        let centred = |words: &str, column: usize| {
            let paragraph = Paragraph::new().align(AlignmentType::Center).line_spacing(fixed(self.line));
            sized(column, 1).add_paragraph(paragraph.add_run(run(words, FIELD)))
        };
        let mut head = vec![label("跟进情况", kept).vertical_merge(VMergeType::Restart)];
        head.extend(FOLLOW_UP_HEADS.iter().zip(1..).map(|(name, column)| centred(name, column)));
        let mut rows = vec![high(head, ROW).cant_split()];
        let blank = FollowUpLine::default();
        let missing = least.saturating_sub(lines.len());
        for line in lines.iter().chain(std::iter::repeat_n(&blank, missing)) {
            let row = high(
                vec![
                    label("", kept).vertical_merge(VMergeType::Continue),
                    self.field(&line.measure, 1, 1),
                    centred(&line.owner, 2),
                    centred(&line.due, 3),
                    centred(&line.done, 4),
                ],
                ROW,
            );
            // A measure may be longer than a page.
            let is_short =
                self.least_height(&Row::FollowUps { lines: std::slice::from_ref(line), least: 1 }) < KEPT_WHOLE;
            rows.push(if is_short { row.cant_split() } else { row });
        }
        rows
    }
}

fn high(cells: Vec<TableCell>, millimetres: f64) -> TableRow {
    TableRow::new(cells).row_height(dxa(millimetres) as f32).height_rule(HeightRule::AtLeast)
}

/// The width of `span` columns from the one at `first` on.
fn sized(first: usize, span: usize) -> TableCell {
    let width = WIDTHS[first..first + span].iter().sum();
    let cell = TableCell::new().width(dxa(width), WidthType::Dxa).vertical_align(VAlignType::Center);
    if span > 1 { cell.grid_span(span) } else { cell }
}

fn label(words: &str, kept: bool) -> TableCell {
    words.split('\n').fold(sized(0, 1), |cell, line| {
        let paragraph = Paragraph::new().align(AlignmentType::Center).line_spacing(fixed(LABEL_LINE));
        let paragraph = if kept { paragraph.keep_next(true) } else { paragraph };
        cell.add_paragraph(paragraph.add_run(run(line, FIELD)))
    })
}

/// How many lines high the signatures are.
fn signing_lines(lines: &[Vec<Signature>]) -> usize {
    lines.iter().map(|line| line.iter().map(Signature::lines).max().unwrap_or(1)).sum()
}

/// All signatures in one row, that no page ends between them: those beside each other in two cells, those across in one.
fn signatures(lines: &[Vec<Signature>]) -> TableRow {
    let is_across = lines.iter().any(|line| line.len() == 1);
    let height = |line: &[Signature]| line.iter().map(Signature::lines).max().unwrap_or(1);
    let cells = if is_across {
        let sign = |sign: &Signature| signature(sign, sign.lines(), WIDTHS.iter().sum());
        vec![lines.iter().flatten().flat_map(sign).fold(sized(0, 5), TableCell::add_paragraph)]
    } else {
        let half = |place: usize, first: usize, span: usize| {
            let width = WIDTHS[first..first + span].iter().sum();
            let of_line = |line: &Vec<Signature>| signature(&line[place], height(line), width);
            lines.iter().flat_map(of_line).fold(sized(first, span), TableCell::add_paragraph)
        };
        vec![half(0, 0, 2), half(1, 2, 3)]
    };
    high(cells, SIGN * signing_lines(lines) as f64 + 2.0).cant_split()
}

/// A name with lines behind it, one for each to sign on, in a cell so wide; at least so many paragraphs.
fn signature(sign: &Signature, height: usize, width: f64) -> Vec<Paragraph> {
    let blank = || Paragraph::new().line_spacing(fixed((SIGN * DXA_PER_MILLIMETRE).round() as i32));
    if sign.places == 0 {
        return vec![blank().add_run(run(&format!("{}：{BLANK_DATE}", sign.name), FIELD))];
    }
    let room = (width - NAME - 6.0) / sign.per_line as f64;
    let line = |nth: usize| {
        let here = sign.places.saturating_sub(nth * sign.per_line).min(sign.per_line);
        let name = if nth == 0 { format!("{}：", sign.name) } else { String::new() };
        (0..here).fold(blank().add_run(run(&name, FIELD)), |line, place| {
            let from = NAME + room * place as f64;
            let begin = Tab::new().val(TabValueType::Left).pos(dxa(from));
            let end = Tab::new().val(TabValueType::Left).leader(TabLeaderType::Underscore).pos(dxa(from + room - 3.0));
            line.add_tab(begin).add_tab(end).add_run(run("", FIELD).add_tab().add_tab())
        })
    };
    (0..height).map(line).collect()
}
