//! What the columns of each table were taken for, and how surely.
//!
//! Start at [`RecognisedTable`].

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
    /// As written, without spaces; heads of two rows joined by `/`.
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
        }
    }

    /// Whether a person should look at it.
    pub fn is_doubtful(self) -> bool {
        matches!(self, Self::Doubtful | Self::ByValues)
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
        let columns = table.header.columns.iter().zip(settled).map(|(column, settled)| TableColumn {
            index: column.index,
            head: column.head.as_str().into(),
            meaning: meaning_of(settled.column.role),
            sureness: match table.header.is_told(column.index) {
                true => Sureness::Told,
                false => sureness(sheet, table, column.role, settled),
            },
        });
        let names = |settled: &&Settled<K>| matches!(settled.column.role, Role::Field(field) if field.is_key());
        Self {
            kind: K::KIND,
            sheet: Arc::clone(&sheet.name),
            heads: (first, last),
            last_row: last_record,
            columns: columns.collect(),
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
        let heads = || self.columns.iter().map(|column| &*column.head);
        let known = said.iter().find(|layout| layout.is_of(heads()));
        let layout = known.cloned().unwrap_or_else(|| ImportLayout::of_heads(name, self.kind, heads()));
        layout.of_kind(self.kind)
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

/// The column in which something is told of a row; `of` gives it in a table. Of tables beside each other it is that of
/// the only record in the row, or the one whose cell shows `raw`; none where nothing tells which is meant.
pub fn column_in<'t>(
    tables: impl DoubleEndedIterator<Item = &'t RecognisedTable> + Clone,
    row: &Row,
    raw: &str,
    of: impl Fn(&RecognisedTable) -> Option<usize>,
) -> Option<usize> {
    let last = tables.clone().rfind(|table| table.heads.0 < row.number)?;
    let beside: Vec<&RecognisedTable> = tables.filter(|table| table.heads == last.heads).collect();
    let is_record = |table: &&&RecognisedTable| table.naming.is_some_and(|column| !row.cell(column).is_blank());
    let records: Vec<&RecognisedTable> = beside.iter().filter(is_record).copied().collect();
    match records[..] {
        [] => of(last),
        [only] => of(only),
        _ => records.into_iter().filter_map(of).find(|column| row.text(*column) == raw),
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
    use super::super::reading::understand;
    use super::*;
    use crate::clock::Day;
    use crate::domain::fields::Known;
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
}
