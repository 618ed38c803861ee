//! Finds the tables of a sheet: heads, rows of persons, and what stands between and around them.
//!
//! Works on any table of fields. Totals, footers, notes, page numbers and repeated heads are told apart from persons.
//! Start at [`find`].

use std::hash::Hash;

use super::head_words::{Records, Words};
use super::headers::{Header, header_at};
use super::layouts::ToldHeads;
use super::row_kinds::{Kind, kind_of, kind_of_entry};
use super::sheets::{Row, Sheet};
use super::titles::{GroupRow, Surroundings};
use crate::domain::values::{half_width, squeezed};
use crate::problem::Result;
use crate::progress::Progress;

/// A table with its rows (表).
#[derive(Debug)]
pub struct Table<K> {
    pub header: Header<K>,
    /// The number of the first row of its heads.
    pub first_row: u32,
    /// What the rows above it say, for telling what kind of list it is.
    pub titles: Vec<String>,
    pub surroundings: Vec<Surroundings>,
    pub records: Vec<Placed>,
}

/// A row that is a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Its place in the rows of the sheet.
    pub place: usize,
    /// Which of the surroundings it stands in.
    pub within: usize,
}

/// Why a row is no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Skip {
    Total,
    Note,
    /// A row between records, and what it told of those below, in words.
    Group(String),
    RepeatedHeads,
}

/// What was found in a sheet.
#[derive(Debug)]
pub struct Found<K> {
    pub tables: Vec<Table<K>>,
    pub skipped: Vec<(u32, Skip)>,
    /// Rows whose total is another one than the rows above it make.
    pub wrong_totals: Vec<u32>,
    /// The day on which the list was filled in, as a row below it says.
    pub day_below: Option<crate::clock::Day>,
}

/// Finds the tables of a sheet.
pub fn find<K: Copy + Eq + Hash>(
    sheet: &Sheet,
    words: &Words<K>,
    told: &ToldHeads<K>,
    key: K,
    carried: &[K],
    progress: &Progress,
) -> Result<Found<K>> {
    let mut finder = Finder {
        sheet,
        words,
        told,
        key,
        carried,
        found: Found { tables: Vec::new(), skipped: Vec::new(), wrong_totals: Vec::new(), day_below: None },
        pending: Vec::new(),
        filled: Vec::new(),
        counted: Counted::default(),
        first: Surroundings::default(),
        heads_from: told.first_pointed(sheet, words).unwrap_or(0),
    };
    let mut place = 0;
    while place < sheet.rows.len() {
        if place % 1000 == 0 {
            progress.step(place as u64)?;
        }
        place += finder.take(place);
    }
    Ok(finder.found)
}

/// How many records there were, for totals.
#[derive(Debug, Default, Clone, Copy)]
struct Counted {
    since_subtotal: u32,
    since_heads: u32,
    in_sheet: u32,
}

struct Finder<'a, K> {
    sheet: &'a Sheet,
    words: &'a Words<K>,
    /// What persons said of heads.
    told: &'a ToldHeads<K>,
    key: K,
    /// Fields that stand in every row of a merged cell and say nothing about whether there is a record.
    carried: &'a [K],
    found: Found<K>,
    /// Rows since the last record that may be titles of the next table.
    pending: Vec<String>,
    /// Places whose key cell is only the lower part of a merged one.
    filled: Vec<usize>,
    counted: Counted,
    first: Surroundings,
    /// Above this place stand no heads.
    heads_from: usize,
}

impl<K: Copy + Eq + Hash> Finder<'_, K> {
    /// Looks at a row; gives how many rows were dealt with.
    fn take(&mut self, place: usize) -> usize {
        let row = &self.sheet.rows[place];
        if row.is_blank() {
            return 1;
        }
        let told = self.told.header_at(self.sheet, place, self.words);
        let by_words = || header_at(self.sheet, place, self.words).filter(|_| place >= self.heads_from);
        if let Some(header) = told.or_else(by_words) {
            let rows = header.rows;
            self.begin(header, row.number);
            return rows;
        }
        let Some(table) = self.found.tables.last() else {
            self.pending.push(joined(row));
            return 1;
        };
        let key_is_filled = self.filled.binary_search(&place).is_ok();
        let kind = match self.words.records {
            Records::Persons => kind_of(row, table, self.key, self.carried, key_is_filled),
            records => kind_of_entry(row, table, records, self.key),
        };
        match kind {
            Kind::Record => self.record(place),
            Kind::Total => self.total(row),
            Kind::Note => {
                self.skip(row.number, Skip::Note);
                if let Some(day) = crate::domain::values::day_in_text(&joined(row)) {
                    self.found.day_below = Some(day);
                }
            }
            Kind::Group(told) => self.group(row.number, told),
            Kind::Loose => {
                self.skip(row.number, Skip::Note);
                self.pending.push(joined(row));
            }
        }
        1
    }

    fn skip(&mut self, row: u32, why: Skip) {
        self.found.skipped.push((row, why));
    }

    /// A new table, or the same one on its next page.
    fn begin(&mut self, header: Header<K>, row: u32) {
        let titles = std::mem::take(&mut self.pending);
        let told = Surroundings::of_rows(&titles);
        let key_column = header.column_of(self.key).unwrap_or_default();
        // The same title again is that of a further page: the group goes on over it.
        let is_same = self.found.tables.first().is_some_and(|first| !titles.is_empty() && first.titles == titles);
        let continues = is_same || titles.iter().all(|title| title.contains('续'));
        // 二、预备党员 above repeated heads speaks of those below them.
        let before = self.found.tables.last().and_then(|table| table.surroundings.last());
        let surroundings = match before {
            None => told.or_sheet_name(&self.sheet.name),
            Some(before) if continues => before.clone(),
            Some(_) => {
                let branch = told.branch.clone().or_else(|| self.first.branch.clone());
                let day = told.day.or(self.first.day);
                let year = told.year.or(self.first.year);
                let month = told.month.or(self.first.month);
                Surroundings { branch, day, year, month, ..told }
            }
        };
        if before.is_none() {
            self.first = surroundings.clone();
        } else {
            self.skip(row, Skip::RepeatedHeads);
        }
        self.counted.since_heads = 0;
        self.filled = self.sheet.filled_places(key_column);
        self.found.tables.push(Table {
            header,
            first_row: row,
            titles,
            surroundings: vec![surroundings],
            records: Vec::new(),
        });
    }

    fn record(&mut self, place: usize) {
        self.pended();
        self.counted.since_subtotal += 1;
        self.counted.since_heads += 1;
        self.counted.in_sheet += 1;
        if let Some(table) = self.found.tables.last_mut() {
            let within = table.surroundings.len() - 1;
            table.records.push(Placed { place, within });
        }
    }

    /// Texts that stand right above a record without heads between: what they tell holds from here on.
    fn pended(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        if pending.is_empty() || self.words.records != Records::Persons {
            return;
        }
        let told = Surroundings::of_rows(&pending);
        let now = self.found.tables.last_mut().map(|table| &mut table.surroundings);
        if let Some(all) = now.filter(|_| told.branch.is_some() || told.category.is_some()) {
            let mut now = all.last().cloned().unwrap_or_default();
            if told.branch.is_some() {
                (now.branch, now.group) = (told.branch, told.group);
            }
            now.category = told.category.or(now.category);
            all.push(now);
        }
    }

    fn total(&mut self, row: &Row) {
        self.skip(row.number, Skip::Total);
        self.pending.clear();
        let Counted { since_subtotal, since_heads, in_sheet } = self.counted;
        let is_wrong = |told: u32| ![since_subtotal, since_heads, in_sheet].contains(&told);
        let is_wrong = match self.words.records {
            Records::Persons => number_before(row, &['人', '名']).is_some_and(is_wrong),
            Records::Talks => number_before(row, &['次', '场']).is_some_and(is_wrong),
            // Of how many kinds, and with which of them counted twice, is not told.
            Records::Organisations => number_before(row, &['个']).is_some_and(|told| told > in_sheet),
        };
        if is_wrong {
            self.found.wrong_totals.push(row.number);
        }
        self.counted.since_subtotal = 0;
    }

    fn group(&mut self, row: u32, told: GroupRow) {
        self.skip(row, Skip::Group(told.in_words()));
        self.counted.since_subtotal = 0;
        let Some(table) = self.found.tables.last_mut() else { return };
        let Some(mut now) = table.surroundings.last().cloned() else { return };
        match told {
            GroupRow::Group(group) => now.group = Some(group),
            GroupRow::Branch { branch, group } => {
                now.branch = Some(branch);
                now.group = group;
            }
            GroupRow::Category(category) => {
                now.category = Some(category);
                now.group = None;
            }
            GroupRow::Parent(name) => now.parent = Some(name),
            GroupRow::Year(year) => (now.year, now.month) = (Some(year), None),
            GroupRow::Month { year, month } => (now.year, now.month) = (year.or(now.year), Some(month)),
            GroupRow::Heading => {}
        }
        table.surroundings.push(now);
    }
}

/// The texts of a row, wide gaps between them.
pub(super) fn joined(row: &Row) -> String {
    row.filled().map(|(_, cell)| cell.shown().into_owned()).collect::<Vec<_>>().join("\u{3000}\u{3000}")
}

/// How many a total tells: the first number before one of these words, 36人.
fn number_before(row: &Row, units: &[char]) -> Option<u32> {
    let text = squeezed(&half_width(&joined(row)));
    let characters: Vec<char> = text.chars().collect();
    let unit = characters
        .iter()
        .enumerate()
        .position(|(at, c)| units.contains(c) && at > 0 && characters[at - 1].is_ascii_digit())?;
    let start = characters[..unit].iter().rposition(|c| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    characters[start..unit].iter().collect::<String>().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::head_words::member_words;
    use super::super::sheets::Cell;
    use super::*;
    use crate::domain::fields::Known;

    fn found(rows: &[&[&str]]) -> (Sheet, Found<Known>) {
        let mut sheet = Sheet::new("Sheet1");
        for (index, row) in rows.iter().enumerate() {
            for (column, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                sheet.put(index as u32 + 1, column, Cell::text(text));
            }
        }
        let found =
            find(&sheet, member_words(), &ToldHeads::nothing(), Known::Name, &[Known::Branch], &Progress::default())
                .expect("not cancelled");
        (sheet, found)
    }

    fn numbers(sheet: &Sheet, table: &Table<Known>) -> Vec<u32> {
        table.records.iter().map(|record| sheet.rows[record.place].number).collect()
    }

    #[test]
    fn persons_are_told_from_totals_groups_notes_and_pages() {
        let (sheet, found) = found(&[
            &["某局党员花名册"],
            &["序号", "姓名", "性别", "出生年月", "入党时间"],
            &["第一党小组"],
            &["1", "张三", "男", "1980.5", "2001.7"],
            &["小计", "", "1人"],
            &["第二党小组"],
            &["1", "李四", "女", "1981.5", "2002.7"],
            &["2", "", "男", "1982.5", "2003.7"],
            &["3"],
            &["第 1 页\u{3000}共 2 页"],
            &["某局党员花名册（续）"],
            &["序号", "姓名", "性别", "出生年月", "入党时间"],
            &["4", "王五", "男", "1983.5", "2004.7"],
            &["合计", "5人"],
            &["填表人：张三", "", "审核人：李四"],
        ]);
        assert_eq!(
            found.tables.iter().map(|table| numbers(&sheet, table)).collect::<Vec<_>>(),
            [vec![4, 7, 8], vec![13]]
        );
        let groups: Vec<_> = found.tables[0]
            .records
            .iter()
            .map(|record| found.tables[0].surroundings[record.within].group.as_deref())
            .collect();
        assert_eq!(groups, [Some("第一党小组"), Some("第二党小组"), Some("第二党小组")]);
        assert_eq!(found.tables[1].surroundings[0].group.as_deref(), Some("第二党小组"));
        assert_eq!(found.wrong_totals, [14]);
    }

    #[test]
    fn a_group_goes_on_over_a_page_that_repeats_title_and_heads() {
        let heads: &[&str] = &["序号", "姓名", "性别", "入党时间"];
        let (_, found) = found(&[
            &["公交公司党员名册"],
            heads,
            &["第一车队党支部"],
            &["1", "张三", "男", "2001.7"],
            &["公交公司党员名册"],
            heads,
            &["2", "李四", "女", "2002.7"],
        ]);
        assert_eq!(found.tables[1].surroundings[0].branch.as_deref(), Some("第一车队党支部"));
    }

    #[test]
    fn a_second_table_has_its_own_title() {
        let (_, found) = found(&[
            &["机关党支部正式党员名册"],
            &["序号", "姓名", "性别", "入党时间"],
            &["1", "张三", "男", "2001.7"],
            &["共1人"],
            &["机关党支部预备党员名册"],
            &["序号", "姓名", "性别", "入党时间"],
            &["1", "李四", "女", "2023.7"],
        ]);
        let told: Vec<_> = found
            .tables
            .iter()
            .map(|table| (table.surroundings[0].branch.as_deref(), table.surroundings[0].category))
            .collect();
        assert_eq!(told, [(Some("机关党支部"), Some("正式党员")), (Some("机关党支部"), Some("预备党员"))]);
        assert_eq!(found.wrong_totals, [] as [u32; 0]);
    }
}
