//! Column heads: what each column of a table means.
//!
//! Works on any table of fields: `K` is the key of a field. One to four rows of heads are read. Start at
//! [`header_at`].

use std::hash::Hash;

use super::both_sides::settle_sides;
use super::head_words::{Records, Words};
use super::sheets::{Cell, Merged, Row, Sheet};
use crate::domain::values::squeezed;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role<K> {
    Field(K),
    /// One of the three columns of a date.
    Part(K, DatePart),
    /// Two fields in one column: 性别、民族.
    Pair(K, K),
    /// 序号, 年龄, 党龄: counted or computed, never read.
    Derived,
    /// None of our fields: kept under its head.
    Extra,
}

/// A column of 年, 月 or 日 below a common head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatePart {
    Year,
    Month,
    Day,
}

/// A column with a head (列).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column<K> {
    pub index: usize,
    /// As written, without spaces and line breaks; two rows joined by `/`.
    pub head: String,
    pub role: Role<K>,
}

/// The heads of a table (表头).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header<K> {
    pub columns: Vec<Column<K>>,
    /// How many rows they take.
    pub rows: usize,
    /// The columns of which a person said what they mean, by index; none where nobody spoke of these heads.
    pub told: Option<Vec<usize>>,
    /// Of these the columns above which no head stands, by index.
    pub headless: Vec<usize>,
}

impl<K: Copy + Eq> Header<K> {
    /// Whether a person said what a column means.
    pub fn is_told(&self, column: usize) -> bool {
        self.told.as_ref().is_some_and(|told| told.contains(&column))
    }

    /// The first column of a field.
    pub fn column_of(&self, key: K) -> Option<usize> {
        self.columns.iter().find(|column| column.role == Role::Field(key)).map(|column| column.index)
    }
}

/// The heads that begin in a row, if it is one of heads: the key field, and some known ones or nothing but known ones.
pub fn header_at<K: Copy + Eq + Hash>(sheet: &Sheet, place: usize, words: &Words<K>) -> Option<Header<K>> {
    let rows = rows_of_heads(sheet, place, words)?;
    let mut columns = columns_below(sheet, place, rows, words)?;
    words.keep_the_plainest_key(&mut columns);
    settle_sides(&mut columns, words);
    let has_key = columns.iter().any(|column| words.is_key(column.role));
    let known = columns.iter().filter(|column| column.role != Role::Extra).count();
    let fields =
        columns.iter().filter(|column| matches!(column.role, Role::Field(_) | Role::Part(..) | Role::Pair(..))).count();
    // 姓名 may head anything; the keys of the other lists mean them alone.
    let most = if words.records == Records::Persons { 4 } else { 3 };
    let enough = has_key && (known >= most || (fields >= 2 && known == columns.len()));
    // 谈话人 above 姓名: the heads were read together with the row above, and are no heads of persons.
    let of_others = rows == 1 && is_below_others(sheet, place, words);
    (enough && !of_others).then_some(Header { columns, rows, told: None, headless: Vec::new() })
}

/// How many rows the heads take that begin in a row; none where no heads begin there.
pub(super) fn rows_of_heads<K: Copy + Eq + Hash>(sheet: &Sheet, place: usize, words: &Words<K>) -> Option<usize> {
    let row = &sheet.rows[place];
    let next = sheet.rows.get(place + 1).filter(|next| next.number == row.number + 1);
    if words.holds_key(row) {
        return Some(depth_of_key(sheet, place, next, words));
    }
    if words.holds_both(row) && !next.is_some_and(|next| words.holds_key(next)) {
        return Some(depth_of_key(sheet, place, next, words));
    }
    let next = next.filter(|next| words.holds_key(next) || words.holds_both(next))?;
    // A row of groups (基本情况, 党内情况) above the heads.
    if is_group_row(row, next) {
        let after = sheet.rows.get(place + 2).filter(|after| after.number == next.number + 1);
        return Some(1 + depth_of_key(sheet, place + 1, after, words));
    }
    // 谈话双方 above 谈话人 and 谈话对象, beside heads that are not split.
    let is_split = is_row_of_words(row) && next.filled().all(|(column, _)| is_spanned(row, column));
    let known = row.filled().filter(|(_, cell)| words.meaning(&cell.shown()).is_some()).count();
    (is_split && known >= 2).then_some(2)
}

/// How many rows of heads begin with that of the key: as many as its cell takes, or two where the next row splits some.
fn depth_of_key<K: Copy + Eq + Hash>(sheet: &Sheet, place: usize, next: Option<&Row>, words: &Words<K>) -> usize {
    let row = &sheet.rows[place];
    let is_key = |(_, cell): &(usize, &Cell)| words.names_key(&cell.shown());
    let key = row.filled().find(is_key).map(|(column, _)| column);
    let is_key_cell = |merged: &&Merged| merged.first_row == row.number && Some(merged.first_column) == key;
    let merged = sheet.merged.iter().find(is_key_cell);
    let depth = merged.map_or(1, |merged| (merged.last_row - merged.first_row) as usize + 1);
    let last = sheet.rows.get(place + depth - 1);
    if (2..=4).contains(&depth) && last.is_some_and(|last| merged.is_some_and(|one| one.last_row == last.number)) {
        return depth;
    }
    if next.is_some_and(|next| is_second_row(row, next, words)) { 2 } else { 1 }
}

/// What the columns below so many rows of heads mean; none where other rows stand between them.
pub(super) fn columns_below<K: Copy + Eq + Hash>(
    sheet: &Sheet,
    place: usize,
    rows: usize,
    words: &Words<K>,
) -> Option<Vec<Column<K>>> {
    let heads = sheet.rows.get(place..place + rows)?;
    let is_gapless = heads.windows(2).all(|pair| matches!(pair, [one, next] if next.number == one.number + 1));
    match heads {
        _ if !is_gapless => None,
        [] => None,
        [only] => Some(columns_of(sheet, only, None, words)),
        [top, below] => Some(columns_of(sheet, top, Some(below), words)),
        heads => Some(columns_of_levels(sheet, heads, words)),
    }
}

/// What the columns below three or more rows of heads mean: the last words tell, those above say of whom.
pub(super) fn columns_of_levels<K: Copy + Eq + Hash>(sheet: &Sheet, heads: &[Row], words: &Words<K>) -> Vec<Column<K>> {
    let width = heads.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    let last = heads.last().map_or(0, |row| row.number);
    let mut columns = Vec::new();
    for index in 0..width {
        let mut levels: Vec<String> = Vec::new();
        for row in heads {
            let own = squeezed(&row.text(index));
            let is_spanned = is_one_cell(sheet, row.number, index) || (sheet.is_text_file && row.number < last);
            let text = match own.is_empty() && is_spanned {
                true => group_head(row, index).unwrap_or_default(),
                false => own,
            };
            if !text.is_empty() && levels.last() != Some(&text) {
                levels.push(text);
            }
        }
        let role = match &levels[..] {
            [] => continue,
            [only] => words.meaning(only).or_else(|| words.pair(only)).unwrap_or(Role::Extra),
            [above @ .., _] if above.iter().any(|group| words.is_of_others(group)) => Role::Extra,
            [.., top, sub] => joined_meaning(top, sub, words),
        };
        columns.push(Column { index, head: levels.join("/"), role });
    }
    columns
}

/// Whether a row holds the names of groups of heads: some short words, fewer than heads below.
fn is_group_row(row: &Row, below: &Row) -> bool {
    let filled = row.filled().count();
    filled >= 2 && filled < below.filled().count() && is_row_of_words(row)
}

/// Whether all that stands in a row are short words, as heads are.
fn is_row_of_words(row: &Row) -> bool {
    let short = |text: &str| {
        text.chars().count() <= 16 && !text.contains([':', '：']) && !text.chars().any(|c| c.is_ascii_digit())
    };
    row.filled().all(|(_, cell)| matches!(cell, Cell::Text(text) if short(&squeezed(text))))
}

fn is_below_others<K: Copy + Eq + Hash>(sheet: &Sheet, place: usize, words: &Words<K>) -> bool {
    let row = &sheet.rows[place];
    let Some(above) = place.checked_sub(1).map(|above| &sheet.rows[above]) else { return false };
    if above.number + 1 != row.number || !is_group_row(above, row) {
        return false;
    }
    let keys = row.filled().filter(|(_, cell)| words.meaning(&cell.shown()) == Some(Role::Field(words.key)));
    keys.filter_map(|(column, _)| group_head(above, column)).any(|group| words.is_of_others(&group))
}

/// Whether the row below the heads splits some of them: nothing new under the key, short words elsewhere.
fn is_second_row<K: Copy + Eq + Hash>(heads: &Row, below: &Row, words: &Words<K>) -> bool {
    let same = |column: usize| squeezed(&below.text(column)) == squeezed(&heads.text(column));
    let is_key = |(_, cell): &(usize, &Cell)| words.names_key(&cell.shown());
    let Some((key_column, _)) = heads.filled().find(is_key) else { return false };
    // 谈话对象 may be split into 姓名 and 职务; a name below 姓名 is a record.
    let is_split = words.meaning(&format!("{}{}", heads.text(key_column), below.text(key_column)));
    if !below.cell(key_column).is_blank() && !same(key_column) && is_split != Some(Role::Field(words.key)) {
        return false;
    }
    let mut splits = false;
    for (column, cell) in below.filled() {
        if same(column) {
            continue;
        }
        let Cell::Text(text) = cell else { return false };
        let text = squeezed(text);
        let is_number = text.chars().any(|c| c.is_ascii_digit()) && !is_period(&text);
        if text.chars().count() > 12 || is_number || !is_spanned(heads, column) {
            return false;
        }
        splits = true;
    }
    splits
}

/// 1月, 第2季度: a piece of a year.
fn is_period(text: &str) -> bool {
    let text = text.trim_start_matches('第');
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    text.len() - rest.len() <= 2 && matches!(rest, "月" | "月份" | "季度" | "季")
}

/// Whether the head above a column spans more than one.
fn is_spanned(heads: &Row, column: usize) -> bool {
    let Some(start) = (0..=column).rev().find(|index| !heads.cell(*index).is_blank()) else { return false };
    start < column || heads.cell(start + 1).is_blank()
}

/// The head above a column: its own, or the one to the left that spans it.
fn group_head(heads: &Row, column: usize) -> Option<String> {
    (0..=column).rev().find(|index| !heads.cell(*index).is_blank()).map(|index| squeezed(&heads.text(index)))
}

/// What the columns of one or two rows of heads mean.
pub(super) fn columns_of<K: Copy + Eq + Hash>(
    sheet: &Sheet,
    heads: &Row,
    below: Option<&Row>,
    words: &Words<K>,
) -> Vec<Column<K>> {
    let width = heads.cells.len().max(below.map_or(0, |row| row.cells.len()));
    let mut columns: Vec<Column<K>> = Vec::new();
    for index in 0..width {
        let top = squeezed(&heads.text(index));
        let sub = below.map(|row| squeezed(&row.text(index))).filter(|sub| !sub.is_empty() && *sub != top);
        let (head, role) = match sub {
            Some(sub) => {
                let top = group_head(heads, index).unwrap_or_default();
                let role = joined_meaning(&top, &sub, words);
                (if top.is_empty() { sub } else { format!("{top}/{sub}") }, role)
            }
            None if top.is_empty() => match columns.last() {
                // 党组织名称 above a column for each level: names stand in steps.
                Some(last) if last.role == Role::Field(words.key) && is_one_cell(sheet, heads.number, index) => {
                    (last.head.clone(), last.role)
                }
                _ => continue,
            },
            None => {
                let role = words.meaning(&top).or_else(|| words.pair(&top)).unwrap_or(Role::Extra);
                (top, role)
            }
        };
        columns.push(Column { index, head, role });
    }
    columns
}

/// Whether a cell is one with the one to its left.
fn is_one_cell(sheet: &Sheet, row: u32, column: usize) -> bool {
    sheet.merged.iter().any(|merged| {
        (merged.first_row..=merged.last_row).contains(&row)
            && merged.first_column < column
            && column <= merged.last_column
    })
}

/// What a head of two rows means.
fn joined_meaning<K: Copy + Eq + Hash>(top: &str, sub: &str, words: &Words<K>) -> Role<K> {
    let part = match sub {
        "年" => Some(DatePart::Year),
        "月" => Some(DatePart::Month),
        "日" => Some(DatePart::Day),
        _ => None,
    };
    if let (Some(part), Some(Role::Field(field))) = (part, words.meaning(top)) {
        return Role::Part(field, part);
    }
    if let Some(role) = words.meaning_of_one(&format!("{top}{sub}")) {
        return role;
    }
    // 委员 above 组织, 宣传, 纪检.
    if words.records != Records::Persons
        && let Some(role) = words.meaning(&format!("{sub}{top}"))
    {
        return role;
    }
    // 党组织书记 above 姓名 and 电话: the name is the field itself.
    if let (Some(role), "姓名") = (words.meaning(top), sub) {
        return role;
    }
    // 谈话双方 above 谈话人 and 谈话对象.
    if words.records == Records::Talks
        && let Some(role) = words.meaning(sub).filter(|_| sub.contains('谈'))
    {
        return role;
    }
    if words.is_of_others(top) || words.is_of_something_else(top, sub) {
        return Role::Extra;
    }
    words.meaning(sub).unwrap_or(Role::Extra)
}

#[cfg(test)]
mod tests {
    use super::super::head_words::{member_words, talk_words};
    use super::*;
    use crate::domain::fields::Known;
    use crate::domain::lists::TalkField;

    fn roles(header: &Header<Known>) -> Vec<(&str, Role<Known>)> {
        header.columns.iter().map(|column| (column.head.as_str(), column.role)).collect()
    }

    #[test]
    fn a_talk_has_somebody_on_either_side() {
        let sheet = Sheet::of_texts(&[
            &["序号", "谈话时间", "谈话人", "", "谈话对象", "", "谈话情况", ""],
            &["", "", "姓名", "职务", "姓名", "单位职务", "地点", "内容"],
            &["1", "1月16日", "张三", "书记", "李四", "科员", "会议室", "征求意见"],
        ]);
        let header = header_at(&sheet, 0, talk_words()).expect("heads");
        let roles: Vec<_> = header.columns.iter().map(|column| (column.head.as_str(), column.role)).collect();
        assert_eq!(
            roles,
            [
                ("序号", Role::Derived),
                ("谈话时间", Role::Field(TalkField::HeldOn)),
                ("谈话人/姓名", Role::Field(TalkField::Talkers)),
                ("谈话人/职务", Role::Extra),
                ("谈话对象/姓名", Role::Field(TalkField::Partners)),
                ("谈话对象/单位职务", Role::Extra),
                ("谈话情况/地点", Role::Field(TalkField::Place)),
                ("谈话情况/内容", Role::Field(TalkField::Content)),
            ]
        );
    }

    #[test]
    fn a_row_of_persons_is_no_row_of_heads() {
        let sheet =
            Sheet::of_texts(&[&["党员花名册"], &["序号", "姓名", "性别", "民族"], &["1", "名姓", "男", "汉族"]]);
        assert_eq!([0, 1, 2].map(|place| header_at(&sheet, place, member_words()).is_some()), [false, true, false]);
    }

    #[test]
    fn two_rows_of_heads_are_joined() {
        let sheet = Sheet::of_texts(&[
            &["序号", "姓名", "性别", "入党时间", "", "", "党内情况", "", "家庭成员", ""],
            &["", "", "", "年", "月", "日", "转正时间", "党内职务", "配偶", "工作单位"],
            &["1", "张三", "男", "2019", "7", "1", "2020.7", "书记", "李四", "某局"],
        ]);
        let header = header_at(&sheet, 0, member_words()).expect("heads");
        assert_eq!(header.rows, 2);
        assert_eq!(
            roles(&header),
            [
                ("序号", Role::Derived),
                ("姓名", Role::Field(Known::Name)),
                ("性别", Role::Field(Known::Sex)),
                ("入党时间/年", Role::Part(Known::Joined, DatePart::Year)),
                ("入党时间/月", Role::Part(Known::Joined, DatePart::Month)),
                ("入党时间/日", Role::Part(Known::Joined, DatePart::Day)),
                ("党内情况/转正时间", Role::Field(Known::Full)),
                ("党内情况/党内职务", Role::Field(Known::PartyPost)),
                ("家庭成员/配偶", Role::Extra),
                ("家庭成员/工作单位", Role::Extra),
            ]
        );
    }
}
