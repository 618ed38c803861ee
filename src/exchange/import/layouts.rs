//! Heads of which a person said what they mean (栏目对照): they are known again before any word is looked at.
//!
//! Works on any table of fields. Start at [`ToldLists`].

use std::collections::HashSet;
use std::hash::Hash;

use super::head_words::{Words, member_words, organisation_words, talk_words};
use super::headers::{Column, Header, Role, columns_below, rows_of_heads};
use super::sheets::Sheet;
use crate::domain::fields::Known;
use crate::domain::import_layout::{ImportLayout, Meaning, letters, plain};
use crate::domain::imports::RosterKind;
use crate::domain::lists::{ListField, OrganisationField, TalkField};

/// What persons said of the heads of lists of every kind.
#[derive(Debug)]
pub struct ToldLists {
    pub members: ToldHeads<Known>,
    pub organisations: ToldHeads<OrganisationField>,
    pub talks: ToldHeads<TalkField>,
}

impl ToldLists {
    /// What these layouts say.
    pub fn of(layouts: &[ImportLayout]) -> Self {
        Self { members: ToldHeads::of(layouts), organisations: ToldHeads::of(layouts), talks: ToldHeads::of(layouts) }
    }

    /// The kind of list that a person said a sheet is: that of the first heads somebody spoke of, however far below.
    pub fn kind_of(&self, sheet: &Sheet) -> Option<RosterKind> {
        (0..sheet.rows.len()).find_map(|place| {
            let is_told = [
                (self.members.header_at(sheet, place, member_words()).is_some(), RosterKind::Members),
                (self.organisations.header_at(sheet, place, organisation_words()).is_some(), RosterKind::Organisations),
                (self.talks.header_at(sheet, place, talk_words()).is_some(), RosterKind::Talks),
            ];
            is_told.into_iter().find_map(|(is_told, kind)| is_told.then_some(kind))
        })
    }
}

/// What persons said of the heads of lists of one kind.
#[derive(Debug)]
pub struct ToldHeads<K> {
    layouts: Vec<Told<K>>,
}

#[derive(Debug)]
struct Told<K> {
    layout: ImportLayout,
    /// Parallel to its heads: what a person said.
    roles: Vec<Option<Role<K>>>,
    /// Every text that may stand in a cell of its heads, as it is compared: other rows are passed over quickly.
    pieces: HashSet<String>,
}

impl<K: ListField> ToldHeads<K> {
    /// What these layouts say; those of other kinds of lists say nothing here.
    pub fn of(layouts: &[ImportLayout]) -> Self {
        let role = |means: Meaning| match means {
            Meaning::Nothing => Some(Role::Derived),
            Meaning::Kept => Some(Role::Extra),
            Meaning::Field(field) => K::of_name(field.name).map(Role::Field),
        };
        let told = |layout: &ImportLayout| Told {
            layout: layout.clone(),
            roles: layout.heads.iter().map(|head| head.means.and_then(role)).collect(),
            pieces: layout.heads.iter().flat_map(|head| pieces(&head.head)).collect(),
        };
        Self { layouts: layouts.iter().filter(|layout| layout.kind == K::KIND).map(told).collect() }
    }
}

impl<K: Copy + Eq + Hash> ToldHeads<K> {
    /// Nobody said anything.
    pub const fn nothing() -> Self {
        Self { layouts: Vec::new() }
    }

    /// The heads that begin in a row, if somebody spoke of them.
    pub fn header_at(&self, sheet: &Sheet, place: usize, words: &Words<K>) -> Option<Header<K>> {
        self.found(sheet, place, words, |_| true)
    }

    fn found(
        &self,
        sheet: &Sheet,
        place: usize,
        words: &Words<K>,
        counts: impl Fn(&Told<K>) -> bool,
    ) -> Option<Header<K>> {
        if self.layouts.is_empty() {
            return None;
        }
        let row = &sheet.rows[place];
        let first = plain(&row.filled().next()?.1.shown());
        let fitting = self.layouts.iter().filter(|told| counts(told) && told.pieces.contains(&first));
        fitting.into_iter().find_map(|told| {
            let over = |rows: usize| told.header(columns_below(sheet, place, rows, words)?, rows);
            match told.layout.rows {
                Some(rows) => over(rows),
                None => over(1).or_else(|| over(2)).or_else(|| over(rows_of_heads(sheet, place, words)?)),
            }
        })
    }

    /// The place of the first heads at which a person pointed: above them stand none.
    pub fn first_pointed(&self, sheet: &Sheet, words: &Words<K>) -> Option<usize> {
        let is_pointed = |told: &Told<K>| told.layout.rows.is_some();
        if !self.layouts.iter().any(is_pointed) {
            return None;
        }
        (0..sheet.rows.len()).find(|place| self.found(sheet, *place, words, is_pointed).is_some())
    }
}

impl<K: Copy + Eq + Hash> Told<K> {
    /// The heads with what was said of them, if they are the same.
    fn header(&self, mut columns: Vec<Column<K>>, rows: usize) -> Option<Header<K>> {
        let heads: Vec<(usize, &str)> = columns.iter().map(|column| (column.index, column.head.as_str())).collect();
        let places = self.layout.columns(&heads)?;
        let (mut told, mut headless) = (Vec::new(), Vec::new());
        for (index, role) in places.into_iter().zip(&self.roles) {
            let Some(role) = *role else { continue };
            told.push(index);
            match columns.iter_mut().find(|column| column.index == index) {
                Some(column) => column.role = role,
                None => {
                    headless.push(index);
                    // Where it is kept, it is kept under its letters.
                    columns.push(Column { index, head: format!("{} 栏", letters(index)), role });
                }
            }
        }
        columns.sort_by_key(|column| column.index);
        give_up_doubles(&mut columns, &told);
        Some(Header { columns, rows, told: Some(told), headless })
    }
}

/// A field that a person gave to a column is no longer that of another: the other one is kept under its head.
fn give_up_doubles<K: Copy + Eq>(columns: &mut [Column<K>], told: &[usize]) {
    let given: Vec<Role<K>> = columns
        .iter()
        .filter(|column| told.contains(&column.index) && matches!(column.role, Role::Field(_)))
        .map(|column| column.role)
        .collect();
    for column in columns.iter_mut().filter(|column| !told.contains(&column.index)) {
        if given.contains(&column.role) {
            column.role = Role::Extra;
        }
    }
}

/// A head, and its parts where it is one of two rows.
fn pieces(head: &str) -> Vec<String> {
    let all = std::iter::once(head).chain(head.split('/'));
    all.map(plain).filter(|piece| !piece.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::head_words::member_words;
    use super::super::headers::header_at;
    use super::super::sheets::Merged;
    use super::*;
    use crate::domain::lists::ColumnField;

    fn field(key: Known) -> Option<Meaning> {
        Some(Meaning::Field(ColumnField::of(key)))
    }

    fn told(heads: &[(&str, Option<Meaning>)]) -> ToldHeads<Known> {
        let mut layout = ImportLayout::of_heads("名册", RosterKind::Members, heads.iter().map(|(head, _)| *head));
        for (place, (_, means)) in heads.iter().enumerate() {
            layout.tell(place, *means);
        }
        ToldHeads::of(&[layout])
    }

    #[test]
    fn heads_that_no_word_knows_are_known_once_a_person_spoke_of_them() {
        let sheet = Sheet::of_texts(&[&["某局"], &["职 工", "性质", "备用"], &["张三", "正式党员", "x"]]);
        let told =
            told(&[("职工", field(Known::Name)), ("性质", field(Known::Category)), ("备用", Some(Meaning::Nothing))]);
        assert_eq!(header_at(&sheet, 1, member_words()), None);
        let header = told.header_at(&sheet, 1, member_words()).expect("heads");
        let roles: Vec<_> = header.columns.iter().map(|column| column.role).collect();
        assert_eq!(roles, [Role::Field(Known::Name), Role::Field(Known::Category), Role::Derived]);
        assert_eq!(header.told, Some(vec![0, 1, 2]));
        assert_eq!([0, 2].map(|place| told.header_at(&sheet, place, member_words()).is_some()), [false, false]);
    }

    #[test]
    fn a_field_is_taken_from_the_column_that_had_it_by_its_head() {
        let sheet = Sheet::of_texts(&[&["姓名", "入党时间", "批准时间"]]);
        let told = told(&[("姓名", None), ("入党时间", None), ("批准时间", field(Known::Joined))]);
        let header = told.header_at(&sheet, 0, member_words()).expect("heads");
        let roles: Vec<_> = header.columns.iter().map(|column| column.role).collect();
        assert_eq!(roles, [Role::Field(Known::Name), Role::Extra, Role::Field(Known::Joined)]);
    }

    #[test]
    fn heads_of_two_rows_are_known_again() {
        let sheet = Sheet::of_texts(&[&["", "本人情况", ""], &["姓名", "性别", "称呼"], &["张三", "男", "老张"]]);
        let told = told(&[("姓名", None), ("本人情况/性别", None), ("本人情况/称呼", Some(Meaning::Nothing))]);
        let header = told.header_at(&sheet, 0, member_words()).expect("heads");
        assert_eq!((header.rows, header.told), (2, Some(vec![2])));
    }

    #[test]
    fn heads_of_three_rows_are_known_again() {
        let rows: [&[&str]; 4] =
            [&["姓名", "本人情况", ""], &["", "性别", "其他"], &["", "", "称呼"], &["张三", "男", "老张"]];
        let mut sheet = Sheet::of_texts(&rows);
        sheet.merged.push(Merged { first_row: 1, last_row: 3, first_column: 0, last_column: 0 });
        sheet.merged.push(Merged { first_row: 1, last_row: 1, first_column: 1, last_column: 2 });
        let heads = [("姓名", None), ("本人情况/性别", None), ("本人情况/其他/称呼", Some(Meaning::Nothing))];
        let header = told(&heads).header_at(&sheet, 0, member_words()).expect("heads");
        assert_eq!((header.rows, header.told), (3, Some(vec![2])));
    }
    #[test]
    fn heads_at_which_a_person_pointed_are_as_many_rows_as_were_pointed_at() {
        let rows: [&[&str]; 6] = [
            &["姓名", "性别", "民族", "入党时间"],
            &["填表说明", "照实填写"],
            &["谁", "", "哪里的", ""],
            &["", "", "单位", "住处"],
            &["写全名", "男女", "全称", "到门牌"],
            &["张三", "男", "某局", "某路"],
        ];
        let sheet = Sheet::of_texts(&rows);
        let heads = ["谁/写全名", "男女", "哪里的/单位/全称", "住处/到门牌"];
        let mut layout = ImportLayout::of_heads("名册", RosterKind::Members, heads.into_iter());
        layout.rows = Some(3);
        layout.tell(0, field(Known::Name));
        let told = ToldHeads::<Known>::of(&[layout.clone()]);
        let header = told.header_at(&sheet, 2, member_words()).expect("heads");
        assert_eq!((header.rows, header.columns[0].role), (3, Role::Field(Known::Name)));
        assert_eq!(told.first_pointed(&sheet, member_words()), Some(2), "what stands above is no head");
        layout.rows = Some(2);
        assert_eq!(ToldHeads::<Known>::of(&[layout.clone()]).header_at(&sheet, 2, member_words()), None);
        layout.rows = None;
        assert_eq!(ToldHeads::<Known>::of(&[layout]).first_pointed(&sheet, member_words()), None);
    }
}
