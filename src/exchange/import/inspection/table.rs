//! Items out of a table: its heads, its merged first columns, its rows that are headings.
//!
//! Start at [`understand`].

use super::grid::{Grid, GridRow};
use super::heads::{ColumnUse, is_number, meaning};
use super::levels::{DEEPEST, Levels, Style, numbered};
use super::lines::{is_foot, is_number_of_annex};
use super::{Corrections, ListColumn, add_to, one_line, shortened, split};
use crate::domain::checklists::{Retention, TemplateItem, TemplateLines};
use crate::domain::values::squeezed;

/// Heads stand within the first rows.
const HEAD_WITHIN: usize = 15;
/// How much of a row that is left out is told.
const TOLD: usize = 40;

/// What a table, or the lines of a text, say.
#[derive(Debug, Default)]
pub struct Read {
    pub title: Option<String>,
    pub columns: Vec<ListColumn>,
    pub lines: TemplateLines,
    pub remarks: Vec<String>,
}

impl Read {
    /// The item that was read last.
    pub fn last_item(&mut self) -> Option<&mut TemplateItem> {
        self.lines.len().checked_sub(1).and_then(|last| self.lines.item_mut(last))
    }
}

/// What the nth table says.
pub fn understand(grid: &Grid, nth: usize, told: &Corrections) -> Read {
    let mut read = Read::default();
    let width = grid.width();
    if width == 0 {
        return read;
    }
    let head = head_of(grid, width);
    let rows = head.as_ref().map_or(0, |head| head.rows.end);
    above(grid, head.as_ref().map_or(0, |head| head.rows.start), &mut read);
    let body = &grid.rows[rows..];
    let mut uses = match &head {
        Some(head) => by_heads(&head.words, body),
        None => by_contents(body, width),
    };
    for (column, used) in uses.iter_mut().enumerate() {
        *used = told.get(&(nth, column)).copied().unwrap_or(*used);
    }
    let heads: Vec<String> = (0..width)
        .map(|column| {
            let word = head.as_ref().and_then(|head| head.words.get(column)).filter(|word| !word.is_empty());
            word.cloned().unwrap_or_else(|| format!("第 {} 栏", column + 1))
        })
        .collect();
    let has_any = |column: usize| body.iter().any(|row| !row.text(column).is_empty());
    read.columns = (0..width)
        .filter(|column| has_any(*column) || told.contains_key(&(nth, *column)))
        .map(|column| ListColumn { table: nth, column, head: heads[column].clone(), used: uses[column] })
        .collect();
    let empty = |column: &usize| !has_any(*column) && head.as_ref().is_some_and(|head| !head.words[*column].is_empty());
    told_columns((0..width).filter(empty).map(|column| &*heads[column]), "空着，没有采用", &mut read);
    for (used, words) in [(ColumnUse::Beside, "写进标准"), (ColumnUse::Unused, "没有采用")] {
        let of_use = (0..width).filter(|column| uses[*column] == used && has_any(*column));
        told_columns(of_use.map(|column| &*heads[column]), words, &mut read);
    }
    let mut body_reader =
        Body { heads: &heads, uses: &uses, head: head.as_ref(), width, read, state: State::default() };
    body.iter().for_each(|row| body_reader.take(row));
    body_reader.finish()
}

fn told_columns<'h>(heads: impl Iterator<Item = &'h str>, words: &str, read: &mut Read) {
    let heads: Vec<String> = heads.map(|head| format!("“{}”", one_line(head))).collect();
    if !heads.is_empty() {
        read.remarks.push(format!("{}栏{words}", heads.join("")));
    }
}

/// What stands above the heads: the name of the list, and what is told.
fn above(grid: &Grid, heads: usize, read: &mut Read) {
    for row in &grid.rows[..heads] {
        let text = row.in_words();
        let is_alone = row.own().count() == 1;
        if read.title.is_none()
            && is_alone
            && !is_number_of_annex(&text)
            && !is_foot(&text)
            && !text.contains(['：', ':'])
        {
            read.title = Some(one_line(&text));
        } else {
            read.remarks.push(left_out(row));
        }
    }
}

fn left_out(row: &GridRow) -> String {
    format!("第 {} 行“{}”没有当作项", row.number, shortened(&row.in_words(), TOLD))
}

/// The rows of heads, and the words over each column.
struct Head {
    rows: std::ops::Range<usize>,
    words: Vec<String>,
}

/// The row that has the most words of heads, with the second one where some heads are divided.
fn head_of(grid: &Grid, width: usize) -> Option<Head> {
    let at = (0..grid.rows.len().min(HEAD_WITHIN)).find(|at| is_head(&grid.rows[*at], width))?;
    let row = &grid.rows[at];
    let mut words: Vec<String> = (0..width).map(|column| one_line(row.text(column))).collect();
    let mut end = at + 1;
    if let Some(below) = grid.rows.get(end).filter(|below| divides(row, below, width)) {
        let mut whole = String::new();
        for (column, word) in words.iter_mut().enumerate() {
            if !word.is_empty() {
                whole.clone_from(word);
            }
            let is_below = below.cells.get(column).is_some_and(|cell| cell.is_below);
            let part = one_line(below.text(column));
            if !is_below && !part.is_empty() && part != *word {
                *word = if whole.is_empty() { part } else { format!("{whole}·{part}") };
            }
        }
        end += 1;
    }
    Some(Head { rows: at..end, words })
}

fn is_head(row: &GridRow, width: usize) -> bool {
    let filled: Vec<&str> = row.own().map(|(_, cell)| &*cell.text).collect();
    let known: Vec<(ColumnUse, bool)> = filled.iter().filter_map(|text| meaning(text)).collect();
    let names_items =
        known.iter().any(|(used, _)| matches!(used, ColumnUse::Item | ColumnUse::Standard | ColumnUse::Category));
    // Among words that only end like heads there is one that is a head, or all are.
    let is_sure = known.iter().any(|(_, is_exact)| *is_exact) || known.len() == filled.len();
    let enough = if width == 1 { 1 } else { 2 };
    names_items && is_sure && known.len() >= enough && known.len() * 5 >= filled.len() * 3
}

/// Whether a row divides the heads above it: 评分 into 自评 and 考评.
fn divides(head: &GridRow, below: &GridRow, width: usize) -> bool {
    let is_over_several = head.cells.iter().any(|cell| cell.span > 1 && cell.span < width);
    let is_named =
        |column: usize| matches!(meaning(head.text(column)), Some((ColumnUse::Item | ColumnUse::Standard, _)));
    let names_anew = below.own().any(|(column, cell)| is_named(column) && cell.text != head.text(column));
    let all_short = below.own().all(|(_, cell)| cell.text.chars().count() <= 8 && !is_number(&cell.text));
    let under_gaps = below.own().any(|(column, _)| head.text(column).is_empty());
    !names_anew && all_short && below.own().next().is_some() && (is_over_several || under_gaps)
}

/// What columns are taken for by their heads.
fn by_heads(words: &[String], body: &[GridRow]) -> Vec<ColumnUse> {
    // A divided head that means nothing by its parts means what its whole does.
    let used = |word: &String| {
        let (whole, part) = word.split_once('·').unwrap_or(("", word));
        meaning(part).or_else(|| meaning(whole)).map(|(used, _)| used)
    };
    let mut uses: Vec<ColumnUse> = words
        .iter()
        .map(|word| if word.is_empty() { ColumnUse::Beside } else { used(word).unwrap_or(ColumnUse::Beside) })
        .collect();
    // Text under no head belongs to the head at its left.
    for column in 1..uses.len() {
        if words[column].is_empty() && uses[column - 1] == ColumnUse::Standard {
            uses[column] = ColumnUse::Standard;
        }
    }
    let standards = uses.contains(&ColumnUse::Standard);
    let items: Vec<usize> = columns_of(&uses, ColumnUse::Item);
    if let [before @ .., last] = &items[..] {
        // Of several that could be the items, the ones before group them where they repeat; else the first names the item.
        let groups = before.iter().all(|column| is_grouping(body, *column));
        if groups {
            before.iter().for_each(|column| uses[*column] = ColumnUse::Category);
        } else {
            items[1..].iter().for_each(|column| uses[*column] = ColumnUse::Beside);
            if !standards {
                uses[*last] = ColumnUse::Standard;
            }
        }
    } else if let Some(column) = columns_of(&uses, ColumnUse::Standard).first().copied() {
        // 要求 alone: the only text there is.
        let category = columns_of(&uses, ColumnUse::Category).last().copied();
        match category.filter(|column| !is_grouping(body, *column)) {
            Some(category) => uses[category] = ColumnUse::Item,
            None => uses[column] = ColumnUse::Item,
        }
    } else if let Some(column) = columns_of(&uses, ColumnUse::Category).last().copied() {
        uses[column] = ColumnUse::Item;
    }
    uses
}

fn columns_of(uses: &[ColumnUse], wanted: ColumnUse) -> Vec<usize> {
    (0..uses.len()).filter(|column| uses[*column] == wanted).collect()
}

/// Whether a column groups rows: what stands in it holds for several.
fn is_grouping(body: &[GridRow], column: usize) -> bool {
    let rows: Vec<&GridRow> = body.iter().filter(|row| row.own().count() > 1).collect();
    let mut last = "";
    let mut begun = 0_usize;
    for row in &rows {
        let text = row.text(column);
        let is_below = row.cells.get(column).is_some_and(|cell| cell.is_below);
        if !text.is_empty() && !is_below && text != last {
            begun += 1;
            last = text;
        }
    }
    begun > 0 && begun * 4 <= rows.len() * 3
}

/// What columns are taken for where no head tells.
fn by_contents(body: &[GridRow], width: usize) -> Vec<ColumnUse> {
    let mut uses = vec![ColumnUse::Beside; width];
    let texts = |column: usize| body.iter().map(move |row| row.text(column)).filter(|text| !text.is_empty());
    let mut words = Vec::new();
    for (column, used) in uses.iter_mut().enumerate() {
        let (all, numbers) = (texts(column).count(), texts(column).filter(|text| is_number(text)).count());
        if all > 0 && numbers * 10 >= all * 7 && words.is_empty() {
            *used = ColumnUse::Number;
        } else if all > 0 {
            words.push(column);
        }
    }
    let item = words.iter().position(|column| !is_grouping(body, *column)).unwrap_or(0);
    for (place, column) in words.iter().enumerate() {
        uses[*column] = match place {
            _ if place < item => ColumnUse::Category,
            _ if place == item => ColumnUse::Item,
            _ if place == item + 1 => ColumnUse::Standard,
            _ => ColumnUse::Beside,
        };
    }
    uses
}

/// The rows below the heads, one by one.
struct Body<'b> {
    heads: &'b [String],
    uses: &'b [ColumnUse],
    head: Option<&'b Head>,
    width: usize,
    read: Read,
    state: State,
}

/// A row that names what follows it.
struct Heading {
    style: Style,
    title: String,
    /// What else stands in it.
    beside: Vec<String>,
}

/// Where one stands among the rows.
#[derive(Default)]
struct State {
    /// Headings over the rows, by what they are numbered with.
    headings: Levels,
    /// How deep what stands below the last heading is.
    below: usize,
    /// What the columns of categories said last.
    categories: Vec<String>,
    /// The cell of the item before.
    item: Option<String>,
    further: usize,
    is_too_deep: bool,
}

impl Body<'_> {
    fn columns(&self, wanted: ColumnUse) -> Vec<usize> {
        columns_of(self.uses, wanted)
    }

    fn take(&mut self, row: &GridRow) {
        let own: Vec<(usize, &str)> = row.own().map(|(column, cell)| (column, &*cell.text)).collect();
        let Some((_, first)) = own.first().copied() else { return };
        if self.repeats_head(row) {
            self.read.remarks.push(format!("第 {} 行重复表头，没有当作项", row.number));
        } else if is_foot(first) {
            self.read.remarks.push(left_out(row));
        } else if let Some(Heading { style, title, beside }) = self.heading(row, &own) {
            self.state.below = (self.state.headings.depth(style) + 1).min(DEEPEST);
            self.state.categories.clear();
            self.state.item = None;
            let (title, mut standard) = split(&title);
            beside.iter().for_each(|text| add_to(&mut standard, text));
            let depth = self.state.below - 1;
            self.read.lines.push(depth, TemplateItem { title, standard, ..TemplateItem::default() });
        } else {
            self.categories(row);
            self.item(row);
        }
    }

    fn repeats_head(&self, row: &GridRow) -> bool {
        let Some(head) = self.head else { return false };
        let all: Vec<(usize, String)> = row.own().map(|(column, cell)| (column, squeezed(&cell.text))).collect();
        let same =
            all.iter().filter(|(column, text)| head.words.get(*column).is_some_and(|word| squeezed(word) == *text));
        all.len() > 1 && same.count() * 10 >= all.len() * 8
    }

    /// The heading that a row is: one text over the whole width, or one that only headings are numbered with.
    fn heading(&self, row: &GridRow, own: &[(usize, &str)]) -> Option<Heading> {
        if self.width == 1 {
            return None;
        }
        let found = numbered(own.first()?.1);
        let of_headings = found.filter(|numbered| numbered.style.is_of_headings());
        let plain = |text: &str| found.map_or(text.to_owned(), |numbered| numbered.rest.to_owned());
        match own {
            [(column, text)] => {
                let span = row.cells.get(*column).map_or(1, |cell| cell.span);
                let is_wide = span * 2 > self.width;
                let is_before_items = matches!(self.uses.get(*column), Some(ColumnUse::Number)) && !is_number(text);
                let others_below = row.cells.iter().any(|cell| cell.is_below && !cell.is_blank());
                if others_below || !(is_wide || is_before_items || of_headings.is_some()) {
                    return None;
                }
                let style = found.map_or(Style::Chinese, |numbered| numbered.style);
                Some(Heading { style, title: plain(text), beside: Vec::new() })
            }
            // 一 | 组织建设 | | 30: its number stands in a column of its own.
            [(number, mark), (column, text), rest @ ..] if rest.iter().all(|(_, text)| is_number(text)) => {
                let is_marked = self.uses.get(*number) == Some(&ColumnUse::Number)
                    && mark.chars().all(|c| "一二三四五六七八九十、（）()".contains(c));
                let is_item = matches!(self.uses.get(*column), Some(ColumnUse::Item | ColumnUse::Category));
                let has_standard = !self.columns(ColumnUse::Standard).is_empty();
                let others_arabic = self.has_arabic_numbers();
                if !(is_marked && is_item && (has_standard || others_arabic)) {
                    return None;
                }
                let style = if mark.contains(['（', '(']) { Style::Bracketed } else { Style::Chinese };
                let beside = rest.iter().map(|(column, text)| self.beside(*column, text)).collect();
                Some(Heading { style, title: (*text).to_owned(), beside })
            }
            _ => None,
        }
    }

    fn has_arabic_numbers(&self) -> bool {
        self.read.lines.all().iter().any(|line| line.item.code.starts_with(|c: char| c.is_ascii_digit()))
    }

    fn beside(&self, column: usize, text: &str) -> String {
        format!("{}：{text}", self.heads.get(column).map_or("", |head| head))
    }

    /// How many columns of categories can be wholes here; what further ones say goes to the standard.
    fn room(&self) -> usize {
        DEEPEST - self.state.below
    }

    /// Takes the columns of categories: a new one opens a whole.
    fn categories(&mut self, row: &GridRow) {
        let room = self.room();
        for (level, column) in self.columns(ColumnUse::Category).into_iter().enumerate() {
            let text = one_line(row.text(column));
            let is_same = self.state.categories.get(level) == Some(&text);
            if text.is_empty() || is_same {
                continue;
            }
            self.state.categories.truncate(level);
            self.state.categories.resize(level, String::new());
            self.state.categories.push(text.clone());
            self.state.item = None;
            if level < room {
                let (title, standard) = split(numbered(&text).map_or(&*text, |numbered| numbered.rest));
                let depth = self.state.below + level;
                self.read.lines.push(depth, TemplateItem { title, standard, ..TemplateItem::default() });
            } else {
                self.state.is_too_deep = true;
            }
        }
    }

    /// What the columns of categories say that can be no wholes.
    fn deeper_categories(&self) -> Vec<String> {
        let columns = self.columns(ColumnUse::Category).into_iter().zip(&self.state.categories);
        let deeper = columns.skip(self.room()).filter(|(_, text)| !text.is_empty());
        deeper.map(|(column, text)| self.beside(column, text)).collect()
    }

    fn item(&mut self, row: &GridRow) {
        let items: Vec<String> =
            self.columns(ColumnUse::Item).into_iter().map(|column| row.text(column).to_owned()).collect();
        let text = items.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
        let is_below = self
            .columns(ColumnUse::Item)
            .iter()
            .all(|column| row.cells.get(*column).is_none_or(|cell| cell.is_below || cell.is_blank()));
        let mut standards: Vec<String> =
            self.columns(ColumnUse::Standard).into_iter().map(|column| row.text(column).to_owned()).collect();
        standards.retain(|text| !text.is_empty());
        let mut retention = None;
        let mut beside = self.deeper_categories();
        let categories = beside.len();
        for (column, cell) in row.own() {
            match self.uses.get(column) {
                Some(ColumnUse::Beside) => beside.push(self.beside(column, &cell.text)),
                Some(ColumnUse::Retention) => match retention_of(&cell.text) {
                    Some(known) => retention = Some(known),
                    None => beside.push(self.beside(column, &cell.text)),
                },
                _ => {}
            }
        }
        let goes_on = (is_below || self.state.item.as_ref() == Some(&text)) && self.state.item.is_some();
        if goes_on && let Some(item) = self.read.last_item() {
            standards.iter().chain(&beside[categories..]).for_each(|text| add_to(&mut item.standard, text));
            self.state.further += 1;
            return;
        }
        // Where no item is told, its standard is what there is.
        let told = if text.is_empty() && !standards.is_empty() { standards.remove(0) } else { text.clone() };
        if told.is_empty() {
            if beside.len() > categories {
                self.read.remarks.push(left_out(row));
            }
            return;
        }
        let words = numbered(&told).map_or(&*told, |numbered| numbered.rest);
        let (title, mut standard) = split(words);
        standards.iter().chain(&beside).for_each(|text| add_to(&mut standard, text));
        let code = self.columns(ColumnUse::Number).first().map_or("", |column| row.text(*column));
        let depth = self.state.below + self.state.categories.len().min(self.room());
        let is_code = is_number(code) && code.chars().any(|c| c.is_ascii_digit());
        let code = if is_code { squeezed(code) } else { String::new() };
        self.read.lines.push(depth, TemplateItem { code, title, standard, retention, ..TemplateItem::default() });
        self.state.item = Some(text);
    }

    fn finish(mut self) -> Read {
        if self.state.further > 0 {
            self.read.remarks.push(format!("{} 行没有新的项目，写进上一项的标准", self.state.further));
        }
        if self.state.is_too_deep {
            self.read.remarks.push("类别分得太细，末级写进标准".to_owned());
        }
        self.without_plain_codes();
        self.read
    }

    /// Numbers of rows that only count them are no codes where there are wholes above: each whole counts anew.
    fn without_plain_codes(&mut self) {
        let has_wholes = self.read.lines.all().iter().any(|line| line.depth > 0);
        let are_told = self.read.lines.all().iter().all(|line| line.item.code.contains(['.', '-']));
        let are_complete = self.read.lines.all().iter().all(|line| !line.item.code.is_empty());
        if (!has_wholes && are_complete) || are_told {
            return;
        }
        for at in 0..self.read.lines.len() {
            if let Some(item) = self.read.lines.item_mut(at) {
                item.code.clear();
            }
        }
    }
}

/// 永久, 30年, 10年, as lists write them.
fn retention_of(text: &str) -> Option<Retention> {
    let plain = squeezed(text).to_uppercase();
    Retention::ALL
        .into_iter()
        .find(|one| plain == one.label() || plain == one.code() || plain == one.label().replace('年', ""))
}
