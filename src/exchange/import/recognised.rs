//! What the columns of each table were taken for, and how surely.
//!
//! Start at [`RecognisedTable`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::headers::Role;
use super::settle::{Settled, readable};
use super::sheets::{Row, Sheet};
use super::tables::Table;
use crate::domain::import_layout::{ImportLayout, Meaning};
use crate::domain::imports::RosterKind;
use crate::domain::lists::{ColumnField, ListField};

/// A table of a sheet with its heads (识别出的表).
#[derive(Debug, Clone, PartialEq)]
pub struct RecognisedTable {
    pub kind: RosterKind,
    pub sheet: Arc<str>,
    /// Which of the tables beside each other it is, from the left; 0 where there is one.
    pub beside: usize,
    /// The numbers of the first and the last row of its heads.
    pub heads: (u32, u32),
    /// The number of its last record; that of the heads where it has none.
    pub last_row: u32,
    pub columns: Vec<TableColumn>,
    /// The column that names the records: 姓名, 党组织名称, 谈话对象.
    pub naming: Option<usize>,
    /// A person spoke of these heads, now or before.
    pub is_told: bool,
}

/// A column of a table, as it was taken.
#[derive(Debug, Clone, PartialEq)]
pub struct TableColumn {
    pub index: usize,
    /// As written, without spaces; heads of two rows joined by `/`; empty where there is none.
    pub head: Arc<str>,
    pub meaning: ColumnMeaning,
    pub sureness: Sureness,
}

/// What the columns under a head were taken for, in all tables of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecognisedColumn {
    pub sheet: Arc<str>,
    pub index: usize,
    pub head: Arc<str>,
    pub meaning: ColumnMeaning,
}

/// What a column was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnMeaning {
    Field(ColumnField),
    /// Two fields in one column.
    Pair(ColumnField, ColumnField),
    /// Counted or computed: not read.
    Derived,
    /// Kept as a field of its own.
    Extra,
}

/// How surely a column was recognised (把握).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sureness {
    /// A person said so.
    Told,
    /// The head is known, and the values fit it.
    Sure,
    /// The head is known, many values do not fit it.
    Doubtful,
    /// The head is not known: the values told.
    ByValues,
    /// Nothing is known of it: it is kept as it is.
    Unknown,
    /// There is no head: it is left out until a person says what it is.
    Headless,
    /// There is neither a head nor a value.
    Blank,
}

impl Sureness {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Told => "您指的",
            Self::Sure => "表头和内容都相符",
            Self::Doubtful => "表头认得，内容有出入",
            Self::ByValues => "表头不认得，凭内容认的",
            Self::Unknown => "表头不认得",
            Self::Headless => "没有表头",
            Self::Blank => "整栏空白",
        }
    }

    /// Whether a person should look at it.
    pub fn is_doubtful(self) -> bool {
        matches!(self, Self::Doubtful | Self::ByValues | Self::Headless)
    }
}

impl RecognisedColumn {
    pub(super) fn of<K: ListField>(sheet: &Sheet, settled: &Settled<K>) -> Self {
        let column = &settled.column;
        Self {
            sheet: Arc::clone(&sheet.name),
            index: column.index,
            head: column.head.as_str().into(),
            meaning: meaning_of(column.role),
        }
    }
}

impl RecognisedTable {
    pub(super) fn of<K: ListField>(sheet: &Sheet, table: &Table<K>, settled: &[Settled<K>]) -> Self {
        let first = table.first_row;
        let rows = u32::try_from(table.header.rows).unwrap_or(1);
        let last = first + rows.saturating_sub(1);
        let last_record = table.records.last().map_or(last, |record| sheet.rows[record.place].number);
        let headed = table.header.columns.iter().zip(settled).map(|(column, settled)| TableColumn {
            index: column.index,
            head: if table.header.headless.contains(&column.index) { "" } else { column.head.as_str() }.into(),
            meaning: meaning_of(settled.column.role),
            sureness: match table.header.is_told(column.index) {
                true => Sureness::Told,
                false => sureness(sheet, table, column.role, settled),
            },
        });
        let is_open = |(index, _): &(usize, Sureness)| !table.header.headless.contains(index);
        let headless = headless(sheet, table).into_iter().filter(is_open).map(|(index, sureness)| TableColumn {
            index,
            head: "".into(),
            meaning: ColumnMeaning::Derived,
            sureness,
        });
        let mut columns: Vec<TableColumn> = headed.chain(headless).collect();
        columns.sort_by_key(|column| column.index);
        let names = |settled: &&Settled<K>| match settled.column.role {
            Role::Field(field) => field.is_key(),
            Role::Pair(one, two) => K::KIND == RosterKind::Talks && (one.is_key() || two.is_key()),
            _ => false,
        };
        Self {
            kind: K::KIND,
            sheet: Arc::clone(&sheet.name),
            beside: 0,
            heads: (first, last),
            last_row: last_record,
            columns,
            naming: settled.iter().find(names).map(|settled| settled.column.index),
            is_told: table.header.told.is_some(),
        }
    }

    /// Whether columns that are none of the known fields are kept under their heads.
    pub fn keeps_all(&self) -> bool {
        self.kind == RosterKind::Members
    }

    /// Its heads with what was said of them so far: `said` are the layouts that held when it was read.
    pub fn layout(&self, name: &str, said: &[ImportLayout]) -> ImportLayout {
        let mut layout = ImportLayout::of_heads(name, self.kind, self.columns.iter().map(|column| &*column.head));
        let named = self.columns.iter().filter(|column| !column.head.is_empty());
        let heads: Vec<(usize, &str)> = named.map(|column| (column.index, &*column.head)).collect();
        let known = said.iter().find_map(|known| Some((known, known.columns(&heads)?)));
        if let Some((known, columns)) = known {
            layout.name.clone_from(&known.name);
            layout.rows = known.rows;
            for (head, index) in known.clone().of_kind(self.kind).heads.iter().zip(columns) {
                if let Some(place) = self.columns.iter().position(|column| column.index == index) {
                    layout.tell(place, head.means);
                }
            }
        }
        layout
    }

    /// The column that holds a field, by its name; for one that is kept, its head.
    pub fn column_of(&self, field: &str) -> Option<usize> {
        let holds = |one: ColumnField| one.name == field;
        let found = self.columns.iter().find(|column| match column.meaning {
            ColumnMeaning::Field(one) => holds(one),
            ColumnMeaning::Pair(one, two) => holds(one) || holds(two),
            ColumnMeaning::Derived => false,
            ColumnMeaning::Extra => &*column.head == field,
        });
        found.map(|column| column.index)
    }
}

/// The column in which something is told of a row; `of` gives it in a table. Of tables beside each other it is the one
/// that is meant, by its number, or that of the only record in the row; none where nothing tells which is meant.
pub fn column_in<'t>(
    tables: impl DoubleEndedIterator<Item = &'t RecognisedTable> + Clone,
    row: &Row,
    meant: Option<usize>,
    of: impl Fn(&RecognisedTable) -> Option<usize>,
) -> Option<usize> {
    let last = tables.clone().rfind(|table| table.heads.0 < row.number)?;
    let beside: Vec<&RecognisedTable> = tables.filter(|table| table.heads == last.heads).collect();
    if let Some(meant) = meant.filter(|_| beside.len() > 1) {
        return beside.into_iter().find(|table| table.beside == meant).and_then(of);
    }
    let is_record = |table: &&&RecognisedTable| table.naming.is_some_and(|column| !row.cell(column).is_blank());
    let records: Vec<&RecognisedTable> = beside.iter().filter(is_record).copied().collect();
    match records[..] {
        [] => of(last),
        [only] => of(only),
        _ => None,
    }
}

impl ColumnMeaning {
    /// As a person would say it; none for what only the program finds: two fields in one column.
    pub fn as_told(self) -> Option<Meaning> {
        match self {
            Self::Field(field) => Some(Meaning::Field(field)),
            Self::Pair(..) => None,
            Self::Derived => Some(Meaning::Nothing),
            Self::Extra => Some(Meaning::Kept),
        }
    }

    /// In the words of the window.
    pub fn label(self) -> String {
        match self {
            Self::Field(field) => field.label.to_owned(),
            Self::Pair(one, two) => format!("{}、{}", one.label, two.label),
            Self::Derived => Meaning::Nothing.label().to_owned(),
            Self::Extra => Meaning::Kept.label().to_owned(),
        }
    }
}

/// What a role means to a person.
fn meaning_of<K: ListField>(role: Role<K>) -> ColumnMeaning {
    match role {
        Role::Field(field) | Role::Part(field, _) => ColumnMeaning::Field(ColumnField::of(field)),
        Role::Pair(one, two) => ColumnMeaning::Pair(ColumnField::of(one), ColumnField::of(two)),
        Role::Derived => ColumnMeaning::Derived,
        Role::Extra => ColumnMeaning::Extra,
    }
}

/// The columns without a head in which something stands or of which a person spoke, with all between the same heads; and
/// whether something stands in them.
fn headless<K>(sheet: &Sheet, table: &Table<K>) -> BTreeMap<usize, Sureness> {
    let told = &table.header.headless;
    let indexes = table.header.columns.iter().map(|column| column.index);
    let heads: BTreeSet<usize> = indexes.filter(|index| !told.contains(index)).collect();
    let mut filled = BTreeSet::new();
    for record in &table.records {
        let cells = sheet.rows[record.place].cells.iter().enumerate();
        filled.extend(cells.filter(|(index, cell)| !heads.contains(index) && !cell.is_blank()).map(|(index, _)| index));
    }
    let with_those_beside = |index: &usize| {
        let after = heads.range(index..).next().copied();
        let before = heads.range(..index).next_back().map(|before| before + 1);
        before.unwrap_or(*index)..after.unwrap_or(index + 1)
    };
    let sureness = |index| (index, if filled.contains(&index) { Sureness::Headless } else { Sureness::Blank });
    filled.iter().chain(told).flat_map(with_those_beside).map(sureness).collect()
}

fn sureness<K: ListField>(sheet: &Sheet, table: &Table<K>, by_head: Role<K>, settled: &Settled<K>) -> Sureness {
    match (by_head, settled.column.role) {
        (Role::Extra, Role::Extra) => Sureness::Unknown,
        (Role::Extra, _) => Sureness::ByValues,
        (_, Role::Extra) => Sureness::Doubtful,
        (_, Role::Field(field)) => {
            let (all, fit) = readable(sheet, table, settled, field);
            if fit * 10 >= all * 7 { Sureness::Sure } else { Sureness::Doubtful }
        }
        _ => Sureness::Sure,
    }
}

#[cfg(test)]
mod tests {
    use super::super::opened::Opened;
    use super::super::reading::{RosterReading, understand};
    use super::*;
    use crate::clock::Day;
    use crate::domain::fields::Known;
    use crate::domain::values::Value;
    use crate::progress::Progress;

    /// What the columns of a list were taken for, and how surely.
    fn columns(text: &str, layouts: &[ImportLayout]) -> Vec<(String, Sureness)> {
        let opened = Opened::pasted(text, "粘贴的表格").expect("a block");
        let today = Day::constant(2026, 11, 24);
        let reading = understand(&opened, layouts, today, &Progress::default()).expect("read");
        reading.tables[0].columns.iter().map(|column| (column.meaning.label(), column.sureness)).collect()
    }

    #[test]
    fn what_a_person_said_of_a_column_holds_whatever_its_values_are() {
        let heads = ["姓名", "性别", "民族", "所在党支部", "性质", "加入组织时间"];
        let rows = "\n张三\t男\t汉族\t一支部\t甲\t2001.7\n李四\t女\t汉族\t一支部\t乙\t2003.7\n\
            王五\t男\t回族\t一支部\t丙\t2005.7\n赵六\t女\t汉族\t一支部\t丁\t2006.7";
        let text = format!("{}{rows}", heads.join("\t"));
        let by_itself = columns(&text, &[]);
        assert_eq!(by_itself[4], ("自留栏".to_owned(), Sureness::Unknown));
        assert_eq!(by_itself[5], ("入党时间".to_owned(), Sureness::ByValues));
        let mut layout = ImportLayout::of_heads("名册", RosterKind::Members, heads.into_iter());
        layout.tell(4, Some(Meaning::Field(ColumnField::of(Known::Category))));
        layout.tell(5, Some(Meaning::Kept));
        let told = columns(&text, &[layout]);
        assert_eq!(told[4], ("人员类别".to_owned(), Sureness::Told), "none of its values is one");
        assert_eq!(told[5], ("自留栏".to_owned(), Sureness::Told), "its values are days");
        assert_eq!(told[..4], by_itself[..4]);
    }
    #[test]
    fn a_column_without_a_head_is_left_out_until_a_person_says_what_it_is() {
        let text = "姓名\t性别\t\t\t入党时间\t所在党支部\n\
            张三\t男\t\t13800000001\t2001.7\t一支部\n李四\t女\t\t13800000002\t2003.7\t一支部\t甲";
        let opened = Opened::pasted(text, "粘贴的表格").expect("a block");
        let read = |layouts: &[ImportLayout]| {
            understand(&opened, layouts, Day::constant(2026, 11, 24), &Progress::default()).expect("read")
        };
        let by_itself = read(&[]);
        let headless = |reading: &RosterReading| {
            let columns = reading.tables[0].columns.iter().filter(|column| column.head.is_empty());
            columns.map(|column| (column.index, column.meaning.label(), column.sureness)).collect::<Vec<_>>()
        };
        let blank = || (2, "不取".to_owned(), Sureness::Blank);
        let open = |index: usize| (index, "不取".to_owned(), Sureness::Headless);
        assert_eq!(headless(&by_itself), [blank(), open(3), open(6)], "the empty one between tells which is meant");
        let mut layout = by_itself.tables[0].layout("名册", &[]);
        layout.tell(3, Some(Meaning::Field(ColumnField::of(Known::Phone))));
        layout.tell(6, Some(Meaning::Kept));
        let layouts = [layout.trimmed()];
        let told = read(&layouts);
        let phone = (3, "联系电话".to_owned(), Sureness::Told);
        assert_eq!(headless(&told), [blank(), phone, (6, "自留栏".to_owned(), Sureness::Told)]);
        let phones = told.rows.iter().map(|row| row.values.get(&Known::Phone).map(Value::text));
        assert_eq!(phones.collect::<Vec<_>>(), [Some("13800000001".to_owned()), Some("13800000002".to_owned())]);
        assert_eq!(told.rows[1].extra, [("G 栏".into(), "甲".to_owned())], "kept under its letters");
        assert_eq!(told.tables[0].layout("名册", &layouts).trimmed(), layouts[0], "known as it was told");
    }
}
