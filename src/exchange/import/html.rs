//! Reads the tables of a web page: what systems export and name `.xls`, and what Excel and WPS save as a page.
//!
//! One pass over the tokens of the page, no tree: a page may be nested as deep as it likes. Each table becomes a sheet;
//! hidden rows are read. Start at [`read`].

use std::collections::VecDeque;

use super::html_formats::{CellSort, Format, Formats};
use super::html_table::{OpenTable, Spans, TooLarge};
use super::html_text::PageText;
use super::html_tokens::{Attribute, StartTag, Token, tokens};
use super::sheets::{MOST_CELLS, Sheet};
use super::shown::Shown;
use super::source::{damaged, framed, no_roster, too_large};
use crate::problem::{Problem, Result};
use crate::progress::Progress;

/// The most tables of a page.
const MOST_TABLES: usize = 1_000;
/// The most tables that may stand within each other.
const MOST_NESTED: usize = 64;
/// How many lines above a table are kept: what kind of list it is, of whom, of when.
const LEAD_LINES: usize = 3;
/// A line longer than this is no title.
const LONGEST_LEAD: usize = 300;

/// The tables of a page.
pub fn read(text: &str, name: &str, progress: &Progress) -> Result<Vec<Sheet>> {
    let mut page = Page::new(name);
    for (nth, token) in tokens(text).enumerate() {
        if nth % 4_096 == 0 {
            progress.step(0)?;
        }
        match token {
            Token::Start(tag) => page.start(&tag)?,
            Token::End(name) => page.end(&name)?,
            Token::Text(text) => page.text(&text),
        }
    }
    page.finish()
}

/// A page while it is read.
struct Page<'a> {
    name: &'a str,
    formats: Formats,
    /// Whether Excel or WPS wrote it: what is not marked as text is a number there.
    is_of_office: bool,
    /// Tables within tables, the innermost last.
    open: Vec<OpenTable>,
    begun: usize,
    closed: Vec<(usize, Sheet)>,
    /// Text outside of cells.
    outside: PageText,
    /// The last lines outside of rows of data.
    lines: VecDeque<String>,
    /// The element whose text is not shown.
    silent: Option<String>,
    /// The file that a frame shows.
    frame: Option<String>,
    is_ended: bool,
    cells_left: usize,
}

impl<'a> Page<'a> {
    fn new(name: &'a str) -> Self {
        Self {
            name,
            formats: Formats::default(),
            is_of_office: false,
            open: Vec::new(),
            begun: 0,
            closed: Vec::new(),
            outside: PageText::default(),
            lines: VecDeque::new(),
            silent: None,
            frame: None,
            is_ended: false,
            cells_left: MOST_CELLS,
        }
    }

    fn start(&mut self, tag: &StartTag) -> Result<()> {
        if matches!(tag.name.as_str(), "table" | "tr" | "td" | "th") {
            self.silent = None;
        }
        match tag.name.as_str() {
            "table" => self.begin_table(tag)?,
            "tr" => {
                self.begin_row()?;
                let style: String = tag.get(Attribute::Style).unwrap_or_default().split_whitespace().collect();
                if style.to_ascii_lowercase().contains("display:none")
                    && let Some(table) = self.open.last_mut()
                {
                    table.hide_row();
                }
            }
            "td" | "th" => self.begin_cell(tag)?,
            "thead" | "tbody" | "tfoot" => self.end_group()?,
            "br" => match self.cell_text() {
                Some(text) => text.break_line(),
                None => self.end_line(),
            },
            "meta" => {
                let content = tag.get(Attribute::Content).unwrap_or_default().to_ascii_lowercase();
                self.is_of_office |= ["excel", "wps", "et."].iter().any(|maker| content.contains(maker))
                    && tag.get(Attribute::Name).is_some();
            }
            "frame" | "iframe" => {
                self.frame = self.frame.take().or_else(|| tag.get(Attribute::Source).map(str::to_owned))
            }
            "style" | "script" | "title" | "noscript" | "xml" | "rt" | "rp" => {
                self.silent = Some(tag.name.clone());
            }
            other if is_block(other) => self.begin_block(),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<()> {
        if self.silent.as_deref() == Some(name) {
            self.silent = None;
        }
        match name {
            "table" => self.close_table()?,
            "tr" => self.end_row()?,
            "td" | "th" => self.end_cell()?,
            "thead" | "tbody" | "tfoot" => self.end_group()?,
            "body" | "html" => self.is_ended = true,
            other if is_block(other) => self.begin_block(),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        match &self.silent {
            Some(element) if element == "style" => self.formats.add(text),
            Some(_) => {}
            None => match self.cell_text() {
                Some(of_cell) => of_cell.push(text),
                None => self.outside.push(text),
            },
        }
    }

    fn cell_text(&mut self) -> Option<&mut PageText> {
        self.open.last_mut().and_then(OpenTable::text)
    }

    fn begin_block(&mut self) {
        match self.cell_text() {
            Some(text) => text.begin_block(),
            None => self.end_line(),
        }
    }

    /// A line outside of cells is over.
    fn end_line(&mut self) {
        let line = self.outside.take();
        self.keep_line(line);
    }

    fn keep_line(&mut self, line: String) {
        if line.is_empty() || line.len() > LONGEST_LEAD {
            return;
        }
        if self.lines.len() == LEAD_LINES {
            self.lines.pop_front();
        }
        self.lines.push_back(line);
    }

    fn begin_table(&mut self, tag: &StartTag) -> Result<()> {
        self.end_line();
        // Only in a cell can another table stand.
        if self.open.last().is_some_and(|table| !table.is_in_cell()) {
            self.close_table()?;
        }
        if self.open.len() == MOST_NESTED {
            return Err(no_roster(self.name, "网页里的表格一层套一层，太深了"));
        }
        self.open_table(tag.get(Attribute::IsText).is_some())
    }

    fn open_table(&mut self, is_of_text: bool) -> Result<()> {
        if self.begun == MOST_TABLES {
            return Err(too_large(self.name));
        }
        self.open.push(OpenTable::new(self.begun, is_of_text));
        self.begun += 1;
        Ok(())
    }

    fn begin_row(&mut self) -> Result<()> {
        self.end_row()?;
        self.end_line();
        // A piece of a page may begin with a row.
        if self.open.is_empty() {
            self.open_table(false)?;
        }
        if let Some(table) = self.open.last_mut() {
            if table.is_new() {
                table.put_lead(&self.lines.make_contiguous().join("\u{3000}\u{3000}"));
            }
            table.begin_row();
        }
        Ok(())
    }

    fn begin_cell(&mut self, tag: &StartTag) -> Result<()> {
        self.end_cell()?;
        if !self.open.last().is_some_and(OpenTable::is_in_row) {
            self.begin_row()?;
        }
        let sort = self.sort_of(tag);
        let spans = Spans::of(tag.get(Attribute::RowSpan), tag.get(Attribute::ColumnSpan));
        if let Some(table) = self.open.last_mut() {
            table.begin_cell(sort, spans);
        }
        Ok(())
    }

    fn sort_of(&self, tag: &StartTag) -> CellSort {
        let format = self.formats.of(&tag.name, tag.get(Attribute::Class), tag.get(Attribute::Style));
        let shown = match format {
            Some(Format::Number(shown)) => Some(shown),
            Some(Format::Text) | None => None,
        };
        if let Some(number) = tag.get(Attribute::Number) {
            return CellSort::Number { value: number.trim().parse().ok(), format: shown.unwrap_or(Shown::General) };
        }
        let is_of_text = self.open.last().is_some_and(|table| table.is_of_text);
        if is_of_text || tag.get(Attribute::IsText).is_some() || format == Some(Format::Text) {
            return CellSort::Text;
        }
        match shown {
            Some(format) => CellSort::Number { value: None, format },
            None if self.is_of_office => CellSort::Number { value: None, format: Shown::General },
            None => CellSort::Unsaid,
        }
    }

    fn end_cell(&mut self) -> Result<()> {
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        table.end_cell(&mut self.cells_left).map_err(|TooLarge| too_large(self.name))
    }

    fn end_row(&mut self) -> Result<()> {
        self.end_cell()?;
        let texts = self.open.last_mut().map(OpenTable::end_row).unwrap_or_default();
        match texts.len() {
            1 | 2 => self.keep_line(texts.join("\u{3000}\u{3000}")),
            0 => {}
            // Below data a new list begins.
            _ => self.lines.clear(),
        }
        Ok(())
    }

    fn end_group(&mut self) -> Result<()> {
        self.end_row()?;
        if let Some(table) = self.open.last_mut() {
            table.end_group();
        }
        Ok(())
    }

    fn close_table(&mut self) -> Result<()> {
        self.end_row()?;
        self.end_line();
        let Some(table) = self.open.pop() else { return Ok(()) };
        let order = table.order;
        let closed = table.close(&mut self.cells_left).map_err(|TooLarge| too_large(self.name))?;
        self.closed.extend(closed.map(|sheet| (order, sheet)));
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<Sheet>> {
        if !self.open.is_empty() && !self.is_ended {
            return Err(damaged(self.name, "page ends within a table"));
        }
        while !self.open.is_empty() {
            self.close_table()?;
        }
        if self.closed.is_empty() {
            return Err(self.without_tables());
        }
        self.closed.sort_by_key(|(order, _)| *order);
        let mut sheets: Vec<Sheet> = self.closed.into_iter().map(|(_, sheet)| sheet).collect();
        name_lists(&mut sheets);
        Ok(sheets)
    }

    fn without_tables(&self) -> Problem {
        match &self.frame {
            Some(frame) => framed(self.name, frame.rsplit(['/', '\\']).next().unwrap_or_default()),
            None => no_roster(self.name, "文件是网页，里面没有表格"),
        }
    }
}

/// A page has one list, as a rule, and its table no name. Where there are several, rows must be told apart.
fn name_lists(sheets: &mut [Sheet]) {
    let is_list = |sheet: &Sheet| sheet.rows.iter().filter(|row| row.filled().count() > 2).take(2).count() == 2;
    let lists = sheets.iter_mut().filter(|sheet| is_list(sheet));
    for (nth, sheet) in lists.enumerate().skip(1) {
        sheet.name = format!("表{}", nth + 1).into();
    }
}

/// Elements that stand in lines of their own.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "center"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "li"
            | "ul"
            | "ol"
            | "dl"
            | "dt"
            | "dd"
            | "hr"
            | "pre"
            | "blockquote"
            | "form"
            | "fieldset"
            | "caption"
            | "section"
            | "header"
            | "footer"
            | "body"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::import::sheets::Cell;

    fn sheets(page: &str) -> Vec<Sheet> {
        read(page, "名册.xls", &Progress::default()).expect("a page")
    }

    fn refused(page: &str) -> Problem {
        read(page, "名册.xls", &Progress::default()).expect_err("a refusal")
    }

    fn rows(sheet: &Sheet) -> Vec<(u32, String)> {
        let joined = |cells: &[Cell]| cells.iter().map(Cell::shown).collect::<Vec<_>>().join("|");
        sheet.rows.iter().map(|row| (row.number, joined(&row.cells))).collect()
    }

    #[test]
    fn a_piece_of_a_page_without_closing_tags_is_read() {
        let page = "<TABLE><TR><TH>姓名<TH>性&nbsp;别<TR><TD>张&#x4e09;<TD/><TR style='display:none'><TD>李四<BR>（女）</TABLE>";
        let read = sheets(page);
        assert_eq!(rows(&read[0]), [(1, "姓名|性 别".into()), (2, "张三".into()), (3, "李四\n（女）".into())]);
        assert_eq!(rows(&sheets("<tr><td>姓名</td></tr></table>")[0]), [(1, "姓名".into())]);
    }

    #[test]
    fn what_is_not_shown_is_not_read() {
        let page = "<style>td{color:red}</style><xml><x:Name>Sheet1</x:Name></xml><script>'<table><tr><td>假'</script>\
                    <table><!-- 注 --><tr><td><ruby>张<rp>(</rp><rt>zhāng</rt></ruby>三<!--[if x]>假<![endif]--></td></tr></table>";
        assert_eq!(rows(&sheets(page)[0]), [(1, "张三".into())]);
    }

    #[test]
    fn what_stands_above_a_table_stands_before_its_first_row() {
        let page = "<h2>机关党支部党员名册</h2><p>2024年3月</p><table><caption>正式党员</caption><tr><td>姓名</td></tr></table>";
        let lead = "机关党支部党员名册\u{3000}\u{3000}2024年3月\u{3000}\u{3000}正式党员";
        assert_eq!(rows(&sheets(page)[0]), [(0, lead.into()), (1, "姓名".into())]);
    }

    #[test]
    fn tables_within_tables_and_after_each_other_are_sheets() {
        let list = |name: &str| format!("<table><tr><td>姓名<td>性别<td>民族<tr><td>{name}<td>男<td>汉</table>");
        let page = format!(
            "<table><tr><td>机关党支部</td></tr><tr><td>{}</td></tr></table><table></table>{}<table><tr><td>共2人",
            list("张三"),
            list("李四")
        );
        let read = sheets(&format!("{page}</body>"));
        let names: Vec<&str> = read.iter().map(|sheet| &*sheet.name).collect();
        assert_eq!(names, ["", "", "表2", ""]);
        assert_eq!(rows(&read[0]), [(1, "机关党支部".into())]);
        assert_eq!(rows(&read[1])[..2], [(0, "机关党支部".into()), (1, "姓名|性别|民族".into())]);
        assert_eq!(rows(&read[2])[0], (1, "姓名|性别|民族".into()), "below data no title of before");
        assert!(refused(&page).happened.contains("没有传完"));
    }

    #[test]
    fn numbers_are_told_as_excel_tells_them() {
        let cells = |page: &str| sheets(page)[0].rows[0].cells.clone();
        let number = Cell::Number(2019.1, Shown::General);
        let excel = "<meta name=Generator content='Microsoft Excel 15'><style>.a{mso-number-format:\"\\@\"}</style>";
        let row = "<table><tr><td>2019.1<td class=a>2019.1<td x:num='2019.1'>2019.1<td x:str>2019.1</table>";
        let text = Cell::text("2019.1");
        assert_eq!(cells(&format!("{excel}{row}")), [number.clone(), text.clone(), number.clone(), text.clone()]);
        assert_eq!(cells(row), [text.clone(), text.clone(), number.clone(), text.clone()]);
        assert!(sheets(row)[0].is_text_file, "it may have lost a zero");
        let all_text = format!("<style>td{{mso-number-format:\"\\@\"}}</style>{row}");
        assert!(!sheets(&all_text)[0].is_text_file);
        let of_2000 = row.replace("<table>", "<table x:str>");
        assert_eq!(cells(&of_2000), [text.clone(), text.clone(), number, text]);
    }

    #[test]
    fn a_page_without_a_table_says_so() {
        assert!(refused("<html><body>会话超时，请重新登录</body></html>").happened.contains("没有表格"));
        let frames = "<html><frameset><frame src=\"名册.files/sheet001.htm\"></frameset></html>";
        let problem = refused(frames);
        assert!(problem.happened.contains("几个文件") && problem.next.contains("sheet001.htm"), "{problem}");
        assert!(refused(&"<table><tr><td>".repeat(100)).happened.contains("太深"));
    }
}
