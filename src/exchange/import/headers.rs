//! Column heads: what each column of a table means.
//!
//! Works on any table of fields: `K` is the key of a field. One or two rows of heads are read. Start at
//! [`header_at`]; the words of members are [`member_words`].

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::LazyLock;

use super::sheets::{Cell, Row, Sheet};
use crate::domain::fields::{FIELDS, Known};
use crate::domain::values::{half_width, squeezed};

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
}

impl<K: Copy + Eq> Header<K> {
    /// The first column of a field.
    pub fn column_of(&self, key: K) -> Option<usize> {
        self.columns.iter().find(|column| column.role == Role::Field(key)).map(|column| column.index)
    }
}

/// The words that heads are made of, for one kind of list.
#[derive(Debug)]
pub struct Words<K> {
    fields: HashMap<String, K>,
    /// The field without which there is no table.
    key: K,
    /// A character that every head of the key field has; rows without it are not looked at closely.
    hint: char,
}

/// Heads of columns that are never read.
const DERIVED: &[&str] = &[
    "序号",
    "编号",
    "序",
    "no",
    "顺序号",
    "行号",
    "排序",
    "年龄",
    "周岁",
    "岁数",
    "现年龄",
    "实足年龄",
    "党龄",
    "入党年限",
    "党龄年",
];

/// Words around a head that do not change what it means.
const BEFORE: &[&str] = &["本人", "现在", "党员", "个人", "现", "目前", "人员"];
const AFTER: &[&str] = &["(必填)", "必填", "情况", "信息"];

/// Heads below which a field belongs to somebody else.
const OTHER_PERSONS: &[&str] = &[
    "家庭",
    "配偶",
    "子女",
    "父亲",
    "母亲",
    "父母",
    "亲属",
    "介绍人",
    "联系人",
    "培养",
    "紧急",
    "监护",
    "社会关系",
    "谈话",
];

/// The words of a list of members.
pub fn member_words() -> &'static Words<Known> {
    static WORDS: LazyLock<Words<Known>> = LazyLock::new(|| {
        Words::new(FIELDS.iter().map(|field| (field.key, field.label, field.synonyms)), Known::Name, '名')
    });
    &WORDS
}

impl<K: Copy + Eq + Hash> Words<K> {
    fn new(fields: impl Iterator<Item = (K, &'static str, &'static [&'static str])>, key: K, hint: char) -> Self {
        let mut words = HashMap::new();
        let mut bare = HashMap::new();
        for (field, label, synonyms) in fields {
            for word in synonyms.iter().copied().chain([label]) {
                words.entry(plain_head(word)).or_insert(field);
                bare.entry(bare_head(word)).or_insert(field);
            }
        }
        // 学历（原文） is itself, not 学历.
        for (word, field) in bare {
            words.entry(word).or_insert(field);
        }
        Self { fields: words, key, hint }
    }

    /// What a head means, if it is a known one.
    pub fn meaning(&self, head: &str) -> Option<Role<K>> {
        let bare = bare_head(head);
        if bare.is_empty() {
            return None;
        }
        if let Some(field) = self.fields.get(&plain_head(head)).or_else(|| self.fields.get(&bare)) {
            return Some(Role::Field(*field));
        }
        if DERIVED.contains(&bare.as_str()) {
            return Some(Role::Derived);
        }
        let undressed = BEFORE
            .iter()
            .filter_map(|word| bare.strip_prefix(word))
            .chain(AFTER.iter().filter_map(|word| bare.strip_suffix(word)));
        undressed
            .filter(|rest| rest.chars().count() > 1)
            .find_map(|rest| self.fields.get(rest))
            .map(|field| Role::Field(*field))
    }

    /// Two heads in one: 性别、民族, 入党/转正时间.
    fn pair(&self, head: &str) -> Option<Role<K>> {
        let bare = bare_head(head);
        let (one, two) = bare.split_once(['、', '/', '及', '和', '与', ','])?;
        match (self.fields.get(one)?, self.fields.get(two)?) {
            (one, two) if one != two => Some(Role::Pair(*one, *two)),
            _ => None,
        }
    }

    fn holds_key(&self, row: &Row) -> bool {
        row.cells.iter().any(|cell| {
            matches!(cell, Cell::Text(text) if text.len() <= 60 && text.contains(self.hint) && self.meaning(text) == Some(Role::Field(self.key)))
        })
    }
}

/// A head in half width, without spaces and line breaks.
fn plain_head(head: &str) -> String {
    squeezed(&half_width(head)).to_lowercase()
}

/// A head without spaces, line breaks, what stands in brackets, and `*` (domain §10.1).
fn bare_head(head: &str) -> String {
    let squeezed = plain_head(head);
    let mut depth = 0usize;
    let mut bare = String::with_capacity(squeezed.len());
    for c in squeezed.chars() {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            '*' | ':' | '#' | '※' | '★' | '.' => {}
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    if bare.is_empty() { squeezed } else { bare }
}

/// The heads that begin in a row, if it is one of heads: the key field, and four known ones or nothing but known ones.
pub fn header_at<K: Copy + Eq + Hash>(sheet: &Sheet, place: usize, words: &Words<K>) -> Option<Header<K>> {
    let row = &sheet.rows[place];
    let next = sheet.rows.get(place + 1).filter(|next| next.number == row.number + 1);
    let (columns, rows) = if words.holds_key(row) {
        match next.filter(|next| is_second_row(row, next, words)) {
            Some(below) => (columns_of(row, Some(below), words), 2),
            None => (columns_of(row, None, words), 1),
        }
    } else {
        // A row of groups (基本情况, 党内情况) above the row of heads.
        let below = next.filter(|next| words.holds_key(next) && is_group_row(row, next))?;
        (columns_of(row, Some(below), words), 2)
    };
    let has_key = columns.iter().any(|column| column.role == Role::Field(words.key));
    let known = columns.iter().filter(|column| column.role != Role::Extra).count();
    let fields =
        columns.iter().filter(|column| matches!(column.role, Role::Field(_) | Role::Part(..) | Role::Pair(..))).count();
    let enough = has_key && (known >= 4 || (fields >= 2 && known == columns.len()));
    // 谈话人 above 姓名: the heads were read together with the row above, and are no heads of persons.
    let of_others = rows == 1 && is_below_others(sheet, place, words);
    (enough && !of_others).then_some(Header { columns, rows, told: None })
}

/// Whether a row holds the names of groups of heads: some short words, fewer than heads below.
fn is_group_row(row: &Row, below: &Row) -> bool {
    let short = |text: &str| {
        text.chars().count() <= 12 && !text.contains([':', '：']) && !text.chars().any(|c| c.is_ascii_digit())
    };
    let filled = row.filled().count();
    filled >= 2
        && filled < below.filled().count()
        && row.filled().all(|(_, cell)| matches!(cell, Cell::Text(text) if short(&squeezed(text))))
}

fn is_below_others<K: Copy + Eq + Hash>(sheet: &Sheet, place: usize, words: &Words<K>) -> bool {
    let row = &sheet.rows[place];
    let Some(above) = place.checked_sub(1).map(|above| &sheet.rows[above]) else { return false };
    if above.number + 1 != row.number || !is_group_row(above, row) {
        return false;
    }
    let keys = row.filled().filter(|(_, cell)| words.meaning(&cell.shown()) == Some(Role::Field(words.key)));
    keys.filter_map(|(column, _)| group_head(above, column)).any(|group| is_of_others(&group))
}

pub(super) fn is_of_others(group: &str) -> bool {
    OTHER_PERSONS.iter().any(|word| group.contains(word))
}

/// Whether the row below the heads splits some of them: nothing new under the key, short words elsewhere.
fn is_second_row<K: Copy + Eq + Hash>(heads: &Row, below: &Row, words: &Words<K>) -> bool {
    let same = |column: usize| squeezed(&below.text(column)) == squeezed(&heads.text(column));
    let is_key = |(_, cell): &(usize, &Cell)| words.meaning(&cell.shown()) == Some(Role::Field(words.key));
    let Some((key_column, _)) = heads.filled().find(is_key) else { return false };
    if !below.cell(key_column).is_blank() && !same(key_column) {
        return false;
    }
    let mut splits = false;
    for (column, cell) in below.filled() {
        if same(column) {
            continue;
        }
        let Cell::Text(text) = cell else { return false };
        let text = squeezed(text);
        if text.chars().count() > 12 || text.chars().any(|c| c.is_ascii_digit()) || !is_spanned(heads, column) {
            return false;
        }
        splits = true;
    }
    splits
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
pub(super) fn columns_of<K: Copy + Eq + Hash>(heads: &Row, below: Option<&Row>, words: &Words<K>) -> Vec<Column<K>> {
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
            None if top.is_empty() => continue,
            None => {
                let role = words.meaning(&top).or_else(|| words.pair(&top)).unwrap_or(Role::Extra);
                (top, role)
            }
        };
        columns.push(Column { index, head, role });
    }
    columns
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
    if let Some(role) = words.meaning(&format!("{top}{sub}")) {
        return role;
    }
    if is_of_others(top) {
        return Role::Extra;
    }
    words.meaning(sub).unwrap_or(Role::Extra)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &[&[&str]]) -> Sheet {
        let mut sheet = Sheet::new("Sheet1");
        for (index, row) in rows.iter().enumerate() {
            for (column, text) in row.iter().enumerate() {
                sheet.put(index as u32 + 1, column, Cell::text(text));
            }
        }
        sheet
    }

    fn roles(header: &Header<Known>) -> Vec<(&str, Role<Known>)> {
        header.columns.iter().map(|column| (column.head.as_str(), column.role)).collect()
    }

    #[test]
    fn heads_are_known_however_they_are_written() {
        for (head, field) in [
            ("姓\u{3000}名", Known::Name),
            ("入党\n时间", Known::Joined),
            ("党费（元）", Known::Fee),
            ("*身份证号", Known::IdNumber),
            ("本人联系电话", Known::Phone),
            ("专业技术\n职务", Known::Title),
            ("党员姓名", Known::Name),
            ("学历学位", Known::Education),
            ("学历（必填）", Known::Education),
            ("学历（原文）", Known::EducationText),
        ] {
            assert_eq!(member_words().meaning(head), Some(Role::Field(field)), "{head}");
        }
        assert_eq!(member_words().pair("性别、\n民族"), Some(Role::Pair(Known::Sex, Known::Nation)));
        assert_eq!(member_words().pair("入党/转正时间"), Some(Role::Pair(Known::Joined, Known::Full)));
        for head in ["No.", "党龄\n（年）", "序号"] {
            assert_eq!(member_words().meaning(head), Some(Role::Derived), "{head}");
        }
        for head in ["培养联系人", "支部代码", "任教学科\n及年级", "介绍人联系电话"] {
            assert_eq!(member_words().meaning(head), None, "{head}");
        }
    }

    #[test]
    fn a_row_of_persons_is_no_row_of_heads() {
        let sheet = sheet(&[&["党员花名册"], &["序号", "姓名", "性别", "民族"], &["1", "名姓", "男", "汉族"]]);
        assert_eq!([0, 1, 2].map(|place| header_at(&sheet, place, member_words()).is_some()), [false, true, false]);
    }

    #[test]
    fn two_rows_of_heads_are_joined() {
        let sheet = sheet(&[
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
