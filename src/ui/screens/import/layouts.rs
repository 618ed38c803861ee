//! What the person says of the columns while the files lie open: which head means what, which row holds the heads.
//! Must never read a file, and never write. Start at [`Said`].

use super::listed;
use crate::domain::import_layout::{ImportLayout, Meaning};
use crate::domain::imports::RosterKind;
use crate::domain::lists::ColumnField;
use crate::exchange::import::{ColumnMeaning, RecognisedTable, Sureness, TableColumn};

/// What was said, and what the workbook remembered when the files were read.
#[derive(Debug, Default)]
pub struct Said {
    /// In this session: these count first.
    pub now: Vec<ImportLayout>,
    /// Of these the person pointed at the row of heads, or told the kind: without them the file is not understood, though
    /// nothing be said of a column.
    needed: Vec<ImportLayout>,
    pub remembered: Vec<ImportLayout>,
}

impl Said {
    /// All that holds, the newest word about each list.
    pub fn all(now: &[ImportLayout], remembered: &[ImportLayout]) -> Vec<ImportLayout> {
        let older = remembered.iter().filter(|known| !now.iter().any(|one| one.is_like(known)));
        now.iter().chain(older).cloned().collect()
    }

    /// Says what a column of a table means; `None` leaves it to the program.
    pub fn tell(&mut self, table: &RecognisedTable, column: usize, means: Option<Meaning>, file: &str) {
        let Some(place) = table.columns.iter().position(|one| one.index == column) else { return };
        let mut layout = table.layout(&self.free_name(file), &Self::all(&self.now, &self.remembered));
        layout.tell(place, means);
        self.put(layout.trimmed());
    }

    /// Says that these are the heads of a list, and no longer those that stood for it: `tables` as they were found.
    pub fn point_at(&mut self, mut layout: ImportLayout, tables: &[RecognisedTable], file: &str) {
        let is_given_up =
            |one: &ImportLayout| tables.iter().any(|table| one.is_of(table.columns.iter().map(|column| &*column.head)));
        self.now.retain(|one| !is_given_up(one));
        self.needed.retain(|one| !is_given_up(one));
        layout.name = self.free_name(file);
        self.needed.push(layout.clone());
        self.put(layout);
    }

    /// Says of what kind these lists of a file are.
    pub fn tell_kind(&mut self, tables: &[RecognisedTable], kind: RosterKind, file: &str) {
        for table in tables.iter().filter(|table| table.kind != kind) {
            let layout =
                table.layout(&self.free_name(file), &Self::all(&self.now, &self.remembered)).of_kind(kind).trimmed();
            self.needed.push(layout.clone());
            self.put(layout);
        }
    }

    fn put(&mut self, layout: ImportLayout) {
        self.now.retain(|one| !one.is_like(&layout));
        self.now.push(layout);
    }

    /// What is to be remembered: what was said now and the workbook does not know yet.
    pub fn to_remember(&self) -> Vec<ImportLayout> {
        let is_said = |layout: &ImportLayout| layout.told() > 0 || self.needed.iter().any(|one| one.is_like(layout));
        let is_known = |layout: &ImportLayout| {
            self.remembered.iter().any(|known| known.is_like(layout) && known.heads == layout.heads)
        };
        let is_changed = |layout: &ImportLayout| self.remembered.iter().any(|known| known.is_like(layout));
        self.now.iter().filter(|one| (is_said(one) || is_changed(one)) && !is_known(one)).cloned().collect()
    }

    /// The name of the file without its ending; numbered where another list has it.
    fn free_name(&self, file: &str) -> String {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let is_taken = |name: &str| self.now.iter().chain(&self.remembered).any(|layout| layout.name == name);
        let numbered = (2..).map(|number| format!("{stem}（{number}）"));
        let mut names = std::iter::once(stem.to_owned()).chain(numbered);
        names.find(|name| !is_taken(name)).unwrap_or_default()
    }
}

/// What may be said of a column of a kind of list, in the order of the picker.
pub fn choices(kind: RosterKind) -> Vec<(Option<Meaning>, &'static str)> {
    let fields = ColumnField::all(kind).into_iter().map(|field| Some(Meaning::Field(field)));
    let kept = Some(Some(Meaning::Kept));
    let word = |means: Meaning| match (kind, means) {
        (RosterKind::Organisations | RosterKind::Talks, Meaning::Kept) => INTO_REMARK,
        (_, means) => means.label(),
    };
    std::iter::once(Some(Meaning::Nothing))
        .chain(kept)
        .chain(fields)
        .map(|means| (means, means.map_or("", word)))
        .chain([(None, "由程序识别")])
        .collect()
}

/// The place in the picker of what a column was taken for; none for what cannot be said of it.
pub fn chosen(kind: RosterKind, column: &TableColumn) -> Option<usize> {
    let means = column.meaning.as_told()?;
    choices(kind).iter().position(|(one, _)| *one == Some(means))
}

/// What becomes of a column of organisations or of talks that is no field.
const INTO_REMARK: &str = "记入备注";

/// What becomes of the values of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Read as a field.
    Read,
    /// Kept under its head.
    Kept,
    /// Neither.
    Left,
}

/// What becomes of a column. Of members everything is kept; of others in the remark where there is no field.
pub fn fate(column: &TableColumn) -> Fate {
    match column.meaning {
        ColumnMeaning::Field(_) | ColumnMeaning::Pair(..) => Fate::Read,
        ColumnMeaning::Extra => Fate::Kept,
        ColumnMeaning::Derived => Fate::Left,
    }
}

/// What a column was taken for, in words.
pub fn meaning_in_words(table: &RecognisedTable, column: &TableColumn) -> String {
    match column.meaning {
        ColumnMeaning::Extra if table.keeps_all() => column.meaning.label(),
        ColumnMeaning::Extra => listed::place_of(table, column).unwrap_or(INTO_REMARK).to_owned(),
        meaning => meaning.label(),
    }
}

/// How surely it was recognised, in words; what becomes of it where the program has no place for it.
pub fn sureness(table: &RecognisedTable, column: &TableColumn) -> &'static str {
    match (column.meaning, column.sureness) {
        (ColumnMeaning::Extra, Sureness::Unknown)
            if !table.keeps_all() && listed::place_of(table, column).is_none() =>
        {
            "表头不认得，记入备注"
        }
        (ColumnMeaning::Derived, Sureness::Sure) => "不必读，程序会排会算",
        (_, sureness) => sureness.label(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(name: &str, head: &str, means: Option<Meaning>) -> ImportLayout {
        let mut layout = ImportLayout::of_heads(name, RosterKind::Members, ["姓名", head].into_iter());
        layout.tell(1, means);
        layout
    }

    #[test]
    fn only_what_is_new_is_remembered_and_the_newest_word_counts() {
        let old = layout("名册", "备用", Some(Meaning::Kept));
        let mut said = Said { remembered: vec![old.clone()], ..Said::default() };
        assert!(said.to_remember().is_empty());
        said.put(old.clone());
        assert!(said.to_remember().is_empty(), "the same again");
        let newer = layout("名册", "备用", Some(Meaning::Nothing));
        said.put(newer.clone());
        assert_eq!(said.to_remember(), std::slice::from_ref(&newer));
        assert_eq!(Said::all(&said.now, &said.remembered), [newer]);
        said.put(layout("名册", "备用", None));
        assert_eq!(said.to_remember().len(), 1, "taken back: that is remembered too");
        let mut other = Said::default();
        other.put(layout("名册", "别的", None));
        assert!(other.to_remember().is_empty(), "nothing was said");
    }

    #[test]
    fn two_lists_of_one_file_have_two_names() {
        let said = Said { remembered: vec![layout("名册", "备用", None)], ..Said::default() };
        assert_eq!((said.free_name("名册.xlsx"), said.free_name("别的.csv")), ("名册（2）".into(), "别的".into()));
    }
}
