//! Column heads: what each column of a table means.
//!
//! Works on any table of fields: `K` is the key of a field. One or two rows of heads are read. Start at
//! [`header_at`]; the words of each kind of list are [`member_words`], [`organisation_words`], [`talk_words`].

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::LazyLock;

use super::sheets::{Cell, Merged, Row, Sheet};
use crate::domain::fields::{FIELDS, Known};
use crate::domain::lists::{ORGANISATION_COLUMNS, OrganisationField, TALK_COLUMNS, TalkField};
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
    /// Whether a person said what a column means.
    pub fn is_told(&self, column: usize) -> bool {
        self.told.as_ref().is_some_and(|told| told.contains(&column))
    }

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
    /// Every head of the key field has one of these characters; rows without any are not looked at closely.
    hints: &'static [char],
    /// Words around a head that do not change what it means.
    before: &'static [&'static str],
    after: &'static [&'static str],
    /// Heads that hold two fields though they name but one: 任期.
    pairs: Vec<(&'static str, K, K)>,
    /// Whether a head stands above fields of somebody else.
    is_of_others: fn(&str) -> bool,
    /// What a record is.
    pub(super) records: Records,
}

/// What the records of a list are, for telling them from what stands between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Records {
    Persons,
    Organisations,
    Talks,
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
    "单位建立党组织情况",
    "建立党组织情况",
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
    "书记",
];

/// Whether a head speaks of somebody beside the person of the row.
pub fn is_of_other_persons(head: &str) -> bool {
    OTHER_PERSONS.iter().any(|word| head.contains(word))
}

/// The words of a list of members.
pub fn member_words() -> &'static Words<Known> {
    static WORDS: LazyLock<Words<Known>> = LazyLock::new(|| {
        let fields = FIELDS.iter().map(|field| (field.key, field.label, field.synonyms));
        let hints = &['名'];
        let words = Words::new(fields, Known::Name, hints, is_of_other_persons, Records::Persons);
        Words { before: BEFORE, after: AFTER, ..words }
    });
    &WORDS
}

/// The words of a list of organisations.
pub fn organisation_words() -> &'static Words<OrganisationField> {
    static WORDS: LazyLock<Words<OrganisationField>> = LazyLock::new(|| {
        let fields = ORGANISATION_COLUMNS.iter().map(|entry| (entry.key, entry.label, entry.synonyms));
        let hints = &['党', '组', '支', '称'];
        let others = |group: &str| {
            !group.contains("班子") && ["书记", "联系人", "联络员", "负责人"].iter().any(|word| group.contains(word))
        };
        Words {
            before: &["基层党组织", "党组织", "党支部", "支部", "现任", "本", "现"],
            after: &["(必填)", "必填", "情况", "信息", "姓名", "名单"],
            pairs: TERMS.map(|term| (term, OrganisationField::ElectedOn, OrganisationField::TermEnds)).to_vec(),
            ..Words::new(fields, OrganisationField::Name, hints, others, Records::Organisations)
        }
    });
    &WORDS
}

/// Heads of columns that tell when a term begins and when it ends.
const TERMS: [&str; 7] = ["任期", "本届任期", "任期起止", "任期起止时间", "本届任期起止时间", "起止时间", "届期"];

/// The words of a ledger of talks.
pub fn talk_words() -> &'static Words<TalkField> {
    static WORDS: LazyLock<Words<TalkField>> = LazyLock::new(|| {
        let fields = TALK_COLUMNS.iter().map(|entry| (entry.key, entry.label, entry.synonyms));
        // In a ledger that names nobody else 姓名 is whom one talked with.
        let name = (TalkField::Partners, "姓名", &["党员姓名", "对象姓名"] as &[&str]);
        let others = |group: &str| {
            ["谈话人", "主谈人", "谈心人", "对象", "被谈", "记录人", "双方"].iter().any(|word| group.contains(word))
        };
        Words {
            before: &["谈心谈话", "谈话", "谈心", "约谈"],
            after: &["(必填)", "必填", "姓名", "名单", "信息"],
            ..Words::new(fields.chain([name]), TalkField::Partners, &['谈', '对', '名'], others, Records::Talks)
        }
    });
    &WORDS
}

impl<K: Copy + Eq + Hash> Words<K> {
    fn new(
        fields: impl Iterator<Item = (K, &'static str, &'static [&'static str])>,
        key: K,
        hints: &'static [char],
        is_of_others: fn(&str) -> bool,
        records: Records,
    ) -> Self {
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
        Self { fields: words, key, hints, before: &[], after: &[], pairs: Vec::new(), is_of_others, records }
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
        let undressed = self
            .before
            .iter()
            .filter_map(|word| bare.strip_prefix(word))
            .chain(self.after.iter().filter_map(|word| bare.strip_suffix(word)))
            .chain(
                self.before
                    .iter()
                    .filter_map(|word| bare.strip_prefix(word))
                    .flat_map(|rest| self.after.iter().filter_map(|word| rest.strip_suffix(word))),
            );
        undressed
            .filter(|rest| rest.chars().count() > 1)
            .find_map(|rest| self.fields.get(rest))
            .map(|field| Role::Field(*field))
    }

    /// Whether a title says that its list is of this kind.
    pub(super) fn names_kind(&self, title: &str) -> bool {
        let words: &[&str] = match self.records {
            Records::Persons => &["花名册", "党员名册", "党员名单"],
            Records::Organisations => &[
                "党组织名册",
                "党组织名单",
                "党组织一览",
                "党组织基本情况",
                "党组织信息",
                "支部名册",
                "支部一览",
                "支部基本情况",
                "组织体系",
            ],
            Records::Talks => &["谈心", "谈话"],
        };
        let title = squeezed(title);
        words.iter().any(|word| title.contains(word))
    }

    /// Whether a head above others names somebody whose fields are not the record's own.
    fn is_of_others(&self, group: &str) -> bool {
        (self.is_of_others)(group)
    }

    /// Two heads in one: 性别、民族, 入党/转正时间.
    fn pair(&self, head: &str) -> Option<Role<K>> {
        let bare = bare_head(head);
        if let Some((_, one, two)) = self.pairs.iter().find(|(word, ..)| *word == bare) {
            return Some(Role::Pair(*one, *two));
        }
        let (one, two) = bare.split_once(['、', '/', '及', '和', '与', ','])?;
        match (self.fields.get(one)?, self.fields.get(two)?) {
            (one, two) if one != two => Some(Role::Pair(*one, *two)),
            _ => None,
        }
    }

    fn holds_key(&self, row: &Row) -> bool {
        row.cells.iter().any(|cell| {
            matches!(cell, Cell::Text(text) if text.len() <= 60 && text.contains(self.hints) && self.meaning(text) == Some(Role::Field(self.key)))
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

/// The heads that begin in a row, if it is one of heads: the key field, and some known ones or nothing but known ones.
pub fn header_at<K: Copy + Eq + Hash>(sheet: &Sheet, place: usize, words: &Words<K>) -> Option<Header<K>> {
    let row = &sheet.rows[place];
    let next = sheet.rows.get(place + 1).filter(|next| next.number == row.number + 1);
    let deep = deep_heads(sheet, place, words);
    let (columns, rows) = if let Some(heads) = deep {
        (columns_of_levels(sheet, heads, words), heads.len())
    } else if words.holds_key(row) {
        match next.filter(|next| is_second_row(row, next, words)) {
            Some(below) => (columns_of(sheet, row, Some(below), words), 2),
            None => (columns_of(sheet, row, None, words), 1),
        }
    } else {
        // A row of groups (基本情况, 党内情况) above the row of heads.
        let below = next.filter(|next| words.holds_key(next) && is_group_row(row, next))?;
        (columns_of(sheet, row, Some(below), words), 2)
    };
    let has_key = columns.iter().any(|column| column.role == Role::Field(words.key));
    let known = columns.iter().filter(|column| column.role != Role::Extra).count();
    let fields =
        columns.iter().filter(|column| matches!(column.role, Role::Field(_) | Role::Part(..) | Role::Pair(..))).count();
    // 姓名 may head anything; the keys of the other lists mean them alone.
    let most = if words.records == Records::Persons { 4 } else { 3 };
    let enough = has_key && (known >= most || (fields >= 2 && known == columns.len()));
    // 谈话人 above 姓名: the heads were read together with the row above, and are no heads of persons.
    let of_others = rows == 1 && is_below_others(sheet, place, words);
    (enough && !of_others).then_some(Header { columns, rows, told: None })
}

/// The rows of heads that begin in a row, where they are three or four: the head of the key is one cell over all of them.
pub(super) fn deep_heads<'s, K: Copy + Eq + Hash>(
    sheet: &'s Sheet,
    place: usize,
    words: &Words<K>,
) -> Option<&'s [Row]> {
    let row = &sheet.rows[place];
    if !words.holds_key(row) {
        return None;
    }
    let is_key = |(_, cell): &(usize, &Cell)| words.meaning(&cell.shown()) == Some(Role::Field(words.key));
    let (key, _) = row.filled().find(is_key)?;
    let is_key_cell = |merged: &&Merged| merged.first_row == row.number && merged.first_column == key;
    let merged = sheet.merged.iter().find(is_key_cell)?;
    let depth = usize::try_from(merged.last_row - merged.first_row + 1).ok()?;
    let heads = sheet.rows.get(place..place + depth)?;
    ((3..=4).contains(&depth) && heads[depth - 1].number == merged.last_row).then_some(heads)
}

/// What the columns below three or four rows of heads mean: the last words tell, those above say of whom.
pub(super) fn columns_of_levels<K: Copy + Eq + Hash>(sheet: &Sheet, heads: &[Row], words: &Words<K>) -> Vec<Column<K>> {
    let width = heads.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    let mut columns = Vec::new();
    for index in 0..width {
        let mut levels: Vec<String> = Vec::new();
        for row in heads {
            let own = squeezed(&row.text(index));
            let text = if own.is_empty() && is_one_cell(sheet, row.number, index) {
                group_head(row, index).unwrap_or_default()
            } else {
                own
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
    keys.filter_map(|(column, _)| group_head(above, column)).any(|group| words.is_of_others(&group))
}

/// Whether the row below the heads splits some of them: nothing new under the key, short words elsewhere.
fn is_second_row<K: Copy + Eq + Hash>(heads: &Row, below: &Row, words: &Words<K>) -> bool {
    let same = |column: usize| squeezed(&below.text(column)) == squeezed(&heads.text(column));
    let is_key = |(_, cell): &(usize, &Cell)| words.meaning(&cell.shown()) == Some(Role::Field(words.key));
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
    if let Some(role) = words.meaning(&format!("{top}{sub}")) {
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
    if words.is_of_others(top) {
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
    fn heads_of_talks_and_organisations_are_known() {
        for (head, field) in [
            ("谈话\n时间", TalkField::HeldOn),
            ("谈心谈话时间", TalkField::HeldOn),
            ("被谈话人姓名", TalkField::Partners),
            ("谈话对象（签字）", TalkField::Partners),
            ("主谈人", TalkField::Talkers),
            ("谈话主要内容", TalkField::Content),
            ("谈话类型", TalkField::Topic),
            ("谈话形式", TalkField::Mode),
        ] {
            assert_eq!(talk_words().meaning(head), Some(Role::Field(field)), "{head}");
        }
        for (head, field) in [
            ("党组织书记", OrganisationField::Secretary),
            ("党支部\n书记", OrganisationField::Secretary),
            ("书记姓名", OrganisationField::Secretary),
            ("本届选举\n时间", OrganisationField::ElectedOn),
            ("换届选举时间", OrganisationField::ElectedOn),
            ("任期届满时间", OrganisationField::TermEnds),
            ("党员\n人数", OrganisationField::MembersTold),
            ("党支部委员", OrganisationField::Committee),
            ("党（总）支部名称", OrganisationField::Name),
            ("支部纪检委员", OrganisationField::Committee),
            ("党组织书记姓名", OrganisationField::Secretary),
        ] {
            assert_eq!(organisation_words().meaning(head), Some(Role::Field(field)), "{head}");
        }
        let term = Role::Pair(OrganisationField::ElectedOn, OrganisationField::TermEnds);
        assert_eq!(organisation_words().pair("任期"), Some(term));
        assert_eq!(organisation_words().pair("选举/届满时间"), None);
        assert_eq!(
            organisation_words().pair("联系人及电话"),
            Some(Role::Pair(OrganisationField::Contact, OrganisationField::Phone))
        );
    }

    #[test]
    fn a_talk_has_somebody_on_either_side() {
        let sheet = sheet(&[
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
