//! A sheet as it is in the file, to be looked at: what each row is, what each cell shows.
//!
//! ID numbers and phones are masked, wherever they stand. Start at [`Picture`].

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::RangeInclusive;

use super::head_words::{Words, member_words, organisation_words, talk_words};
use super::headers::{Column, Role, columns_below};
use super::opened::Opened;
use super::reading::RosterReading;
use super::recognised::{ColumnMeaning, RecognisedTable, column_in};
use super::sheets::{Cell, Row, Sheet};
use super::tables::joined;
use super::titles::Surroundings;
use crate::domain::fields::Known;
use crate::domain::identity::{masked, masked_phone, masked_within};
use crate::domain::import_layout::{ImportLayout, MOST_HEAD_ROWS};
use crate::domain::lists::ListField;

/// A sheet with what was made of its rows (原表).
#[derive(Debug, Clone)]
pub struct Picture {
    opened: Opened,
    at: usize,
    pub tables: Vec<RecognisedTable>,
    looks: HashMap<u32, RowLook>,
    columns: usize,
}

/// What a row of the sheet is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowLook {
    /// A record, or a row outside every table.
    Plain,
    /// A row above a table: its whole text, and what it told, in words.
    Title(String, String),
    Heads,
    /// A row between records, and what it tells of those below, in words.
    Group(String),
    /// Not taken, and why.
    Left(String),
}

impl Picture {
    /// The sheets of a file that are shown there.
    pub fn all(opened: &Opened, reading: &RosterReading) -> Vec<Self> {
        let visible = opened.sheets.iter().enumerate().filter(|(_, sheet)| sheet.visible && !sheet.rows.is_empty());
        visible.map(|(at, sheet)| Self::of(opened, at, sheet, reading)).collect()
    }

    fn of(opened: &Opened, at: usize, sheet: &Sheet, reading: &RosterReading) -> Self {
        let tables: Vec<RecognisedTable> =
            reading.tables.iter().filter(|table| table.sheet == sheet.name).cloned().collect();
        let mut looks = HashMap::new();
        for skipped in reading.skipped.iter().filter(|skipped| skipped.sheet == sheet.name && skipped.row > 0) {
            let look = match skipped.why.taken() {
                Some(told) => RowLook::Group(told.to_owned()),
                None => RowLook::Left(skipped.why.sentence()),
            };
            looks.insert(skipped.row, look);
        }
        let mut after = 0;
        for table in &tables {
            let above = sheet.rows.iter().skip_while(|row| row.number <= after);
            for row in above.take_while(|row| row.number < table.heads.0).filter(|row| !row.is_blank()) {
                looks.insert(row.number, RowLook::Title(joined(row), told_by(row)));
            }
            looks.extend((table.heads.0..=table.heads.1).map(|row| (row, RowLook::Heads)));
            after = table.last_row;
        }
        let columns = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        Self { opened: opened.clone(), at, tables, looks, columns }
    }

    fn sheet(&self) -> Option<&Sheet> {
        self.opened.sheets.get(self.at)
    }

    /// The name of the file.
    pub fn file_name(&self) -> &str {
        self.opened.name()
    }

    /// The name of the sheet; empty for a text.
    pub fn sheet_name(&self) -> &str {
        self.sheet().map_or("", |sheet| &sheet.name)
    }

    /// The number of its last row.
    pub fn row_count(&self) -> u32 {
        self.sheet().and_then(|sheet| sheet.rows.last()).map_or(0, |row| row.number)
    }

    pub fn column_count(&self) -> usize {
        self.columns
    }

    fn row(&self, number: u32) -> Option<&Row> {
        let rows = &self.sheet()?.rows;
        let place = rows.binary_search_by_key(&number, |row| row.number).ok()?;
        rows.get(place)
    }

    /// What a row is.
    pub fn look(&self, row: u32) -> RowLook {
        self.looks.get(&row).cloned().unwrap_or(RowLook::Plain)
    }

    /// What a cell shows, with ID numbers and phones masked.
    pub fn text(&self, row: u32, column: usize) -> Cow<'_, str> {
        let Some(cells) = self.row(row) else { return Cow::Borrowed("") };
        let text = cells.text(column);
        let holds = |key: Known| {
            let of_column = |table: &RecognisedTable| {
                let is_it = |means| matches!(means, ColumnMeaning::Field(field) if field.name == key.spec().name);
                table.columns.iter().any(|one| one.index == column && is_it(one.meaning))
            };
            self.table_of(row, column).is_some_and(|table| row > table.heads.1 && of_column(table))
        };
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            text
        } else if holds(Known::IdNumber) {
            Cow::Owned(masked(text.trim()))
        } else if holds(Known::Phone) {
            Cow::Owned(masked_phone(text.trim()))
        } else {
            masked_within(text)
        }
    }

    /// Whether a cell is a number, which stands at its right.
    pub fn is_number(&self, row: u32, column: usize) -> bool {
        self.row(row).is_some_and(|row| matches!(row.cell(column), Cell::Number(..)))
    }

    /// The table a row belongs to: the last that begins above it, else the first.
    pub fn table_at(&self, row: u32) -> Option<&RecognisedTable> {
        self.tables.iter().rev().find(|table| table.heads.0 <= row).or(self.tables.first())
    }

    /// The table a cell belongs to: of tables beside each other the one that has its column.
    pub fn table_of(&self, row: u32, column: usize) -> Option<&RecognisedTable> {
        let last = self.table_at(row)?;
        let mut beside = self.tables.iter().filter(|table| table.heads == last.heads);
        beside.find(|table| table.columns.iter().any(|one| one.index == column)).or(Some(last))
    }

    /// The column in which something is told of a row, by the name of a field, else that which names the record; `meant` is
    /// the number of the table, where there are several beside each other and that is known.
    pub fn column_of(&self, row: u32, field: &str, meant: Option<usize>) -> Option<usize> {
        column_in(self.tables.iter(), self.row(row)?, meant, |table| table.column_of(field).or(table.naming))
    }

    /// A layout of the heads that a person points at in these rows, of the kind that knows most of them; nothing is said
    /// of them yet. Where there can be none, why, in a sentence.
    pub fn heads_in(&self, rows: RangeInclusive<u32>, name: &str) -> Result<ImportLayout, &'static str> {
        const NOTHING: &str = "那里没有栏目名，换一行";
        let sheet = self.sheet().ok_or(NOTHING)?;
        let place = sheet.rows.binary_search_by_key(rows.start(), |row| row.number).map_err(|_| NOTHING)?;
        let count = rows.end().saturating_sub(*rows.start()) as usize + 1;
        if count > MOST_HEAD_ROWS {
            return Err("表头没有这么多行，重新指一下");
        }
        let of_kinds = [
            pointed(sheet, place, count, talk_words(), name),
            pointed(sheet, place, count, organisation_words(), name),
            pointed(sheet, place, count, member_words(), name),
        ];
        let best = of_kinds.into_iter().flatten().max_by_key(|(known, _)| *known);
        let (_, layout) = best.ok_or("表头的几行要挨着，中间不能有空行")?;
        if layout.heads.len() > 1 { Ok(layout) } else { Err(NOTHING) }
    }
}

/// A layout of the heads in some rows as a kind of list, and how many of them are its fields.
fn pointed<K: ListField>(
    sheet: &Sheet,
    place: usize,
    rows: usize,
    words: &Words<K>,
    name: &str,
) -> Option<(usize, ImportLayout)> {
    let columns = columns_below(sheet, place, rows, words)?;
    let is_known = |column: &&Column<K>| !matches!(column.role, Role::Extra | Role::Derived);
    let known = columns.iter().filter(is_known).count();
    let layout = ImportLayout::of_heads(name, K::KIND, columns.iter().map(|column| column.head.as_str()));
    Some((known, ImportLayout { rows: Some(rows), ..layout }))
}

/// What a row above a table told, in words; empty where nothing.
fn told_by(row: &Row) -> String {
    let told = Surroundings::of_rows(&[joined(row)]);
    let words = [
        (told.branch.is_some(), "党支部"),
        (told.group.is_some(), "党小组"),
        (told.category.is_some(), "人员类别"),
        (told.day.is_some(), "名册日期"),
    ];
    let words: Vec<&str> = words.into_iter().filter_map(|(is_told, word)| is_told.then_some(word)).collect();
    if words.is_empty() { String::new() } else { format!("{}取自这里", words.join("、")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Day;
    use crate::exchange::import::understand;
    use crate::progress::Progress;

    fn picture(text: &str) -> Picture {
        let opened = Opened::pasted(text, "粘贴的表格").expect("a block");
        let reading = understand(&opened, &[], Day::constant(2026, 11, 24), &Progress::default()).expect("read");
        Picture::all(&opened, &reading).remove(0)
    }

    #[test]
    fn every_row_tells_what_it_is_and_what_it_told() {
        let picture = picture(
            "机关第二党支部党员花名册\n填表时间：2026年10月\n姓名\t性别\t入党时间\t电话\n张三\t男\t2001.7\t13800000001\n共1人",
        );
        assert_eq!(picture.row_count(), 5);
        let title = |text: &str, told: &str| RowLook::Title(text.to_owned(), told.to_owned());
        assert_eq!(picture.look(1), title("机关第二党支部党员花名册", "党支部取自这里"));
        assert_eq!(picture.look(2), title("填表时间：2026年10月", "名册日期取自这里"));
        assert_eq!(picture.look(3), RowLook::Heads);
        assert_eq!(picture.look(4), RowLook::Plain);
        assert_eq!(picture.look(5), RowLook::Left("合计行".to_owned()));
        assert_eq!(picture.text(3, 3), "电话");
        assert_eq!(picture.text(4, 3), "138****0001");
        assert_eq!(picture.tables[0].column_of("joined"), Some(2));
    }

    #[test]
    fn of_tables_beside_each_other_each_cell_belongs_to_its_own() {
        let picture = picture(
            "某党支部通讯录\n姓名\t性别\t入党时间\t电话\t姓名\t性别\t入党时间\t电话\n\
            张三\t男\t2001.7\t13800000001\t王五\t男\t2019.1\t13800000003\n李四\t女\t2003.7\t13800000002",
        );
        assert_eq!(picture.tables.len(), 2);
        let naming = |column: usize| picture.table_of(3, column).and_then(|table| table.naming);
        assert_eq!([1, 3, 5, 7].map(naming), [Some(0), Some(0), Some(4), Some(4)]);
        assert_eq!(picture.column_of(3, "joined", Some(1)), Some(6));
        assert_eq!(picture.column_of(3, "joined", None), None, "either may be meant");
        assert_eq!(picture.column_of(4, "joined", None), Some(2), "only one stands in the row");
        assert_eq!(picture.column_of(4, "", None), Some(0));
    }

    #[test]
    fn numbers_of_people_are_masked_wherever_they_stand() {
        for (text, shown) in [
            ("李四 110000198001010019，电话13800000001", "李四 110000********0019，电话138****0001"),
            ("11000019800101001X", "110000********001X"),
            ("110000800101001", "110000*****1001"),
            ("+8613800000001，１３８００００００01", "+86138****0001，１３８****００01"),
            ("2019.07", "2019.07"),
            ("20190701", "20190701"),
        ] {
            assert_eq!(masked_within(Cow::Borrowed(text)), shown);
        }
    }
}
