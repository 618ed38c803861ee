//! The words that heads are made of, for each kind of list, and what a head means by them.
//!
//! Start at [`Words::meaning`]; the words are [`member_words`], [`organisation_words`], [`talk_words`].

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::LazyLock;

use super::both_sides::BOTH;
use super::head_grammar::{canonical, goes_with, is_of_something_else, qualified, together};
use super::headers::{Column, Role};
use super::sheets::{Cell, Row};
use crate::domain::fields::{FIELDS, Known};
use crate::domain::lists::{ListField, ORGANISATION_COLUMNS, OrganisationField, TALK_COLUMNS, TalkField};
use crate::domain::values::{half_width, squeezed};

/// The words that heads are made of, for one kind of list.
#[derive(Debug)]
pub struct Words<K> {
    fields: HashMap<String, K>,
    /// The field without which there is no table.
    pub(super) key: K,
    /// Every head of the key field has one of these characters; rows without any are not looked at closely.
    hints: &'static [char],
    /// Words around a head that do not change what it means.
    before: &'static [&'static str],
    after: &'static [&'static str],
    /// Heads that hold two fields though they name but one: 任期.
    pub(super) pairs: Vec<(&'static str, K, K)>,
    /// Whether a head stands above fields of somebody else.
    is_of_others: fn(&str) -> bool,
    /// The phrases that are understood beside the words.
    grammar: Grammar<K>,
    /// What a record is.
    pub(super) records: Records,
}

/// How heads are understood that stand in no table of words.
#[derive(Debug)]
struct Grammar<K> {
    /// The field of a head with words before it that change nothing.
    qualified: fn(&str) -> Option<K>,
    /// The one field that two names put together mean.
    together: fn(K, K) -> Option<K>,
    /// Whether a word that names no field alone may stand beside the name of one.
    goes_with: fn(K, &str) -> bool,
    /// Whether a head below a group of heads is of something else than the record.
    is_of_something_else: fn(&str, &str) -> bool,
    is_date: fn(K) -> bool,
    is_narrow: fn(K) -> bool,
}

impl<K: ListField> Grammar<K> {
    /// Nothing but the words themselves.
    fn plain() -> Self {
        Self {
            qualified: |_| None,
            together: |one, other| (one == other).then_some(one),
            goes_with: |_, _| false,
            is_of_something_else: |_, _| false,
            is_date: |field| field.is_date(),
            is_narrow: |field| field.is_narrow(),
        }
    }
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
    "次序",
    "顺序",
    "序次",
    "项次",
    "排号",
    "顺号",
    "流水号",
    "顺序编号",
    "排列序号",
    "序列号",
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
        let grammar = Grammar { qualified, together, goes_with, is_of_something_else, ..Grammar::plain() };
        Words { before: BEFORE, after: AFTER, grammar, ..words }
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
            after: &[
                "(必填)",
                "必填",
                "姓名及职务",
                "姓名和职务",
                "姓名、职务",
                "姓名职务",
                "及职务",
                "姓名",
                "名单",
                "信息",
            ],
            pairs: BOTH.map(|head| (head, TalkField::Talkers, TalkField::Partners)).to_vec(),
            ..Words::new(fields.chain([name]), TalkField::Partners, &['谈', '对', '名'], others, Records::Talks)
        }
    });
    &WORDS
}

impl<K: ListField + Hash> Words<K> {
    fn new(
        fields: impl Iterator<Item = (K, &'static str, &'static [&'static str])>,
        key: K,
        hints: &'static [char],
        is_of_others: fn(&str) -> bool,
        records: Records,
    ) -> Self {
        let mut words = HashMap::new();
        let mut bare = Vec::new();
        for (field, label, synonyms) in fields {
            for word in synonyms.iter().copied().chain([label]) {
                words.entry(plain_head(word)).or_insert(field);
                bare.push((bare_head(word), field));
            }
        }
        // 学历（原文） is itself, not 学历.
        for (word, field) in &bare {
            words.entry(word.clone()).or_insert(*field);
        }
        for (word, field) in bare {
            words.entry(canonical(&word)).or_insert(field);
        }
        let (before, after, pairs, grammar) = (&[], &[], Vec::new(), Grammar::plain());
        Self { fields: words, key, hints, before, after, pairs, is_of_others, grammar, records }
    }
}

impl<K: Copy + Eq + Hash> Words<K> {
    /// What a head means, if it is a known one, or made of several that mean the same.
    pub fn meaning(&self, head: &str) -> Option<Role<K>> {
        let put_together = || self.put_together(&canonical(&bare_head(head))).map(Role::Field);
        self.meaning_of_one(head).or_else(put_together)
    }

    /// What a head means, if it is a known one.
    pub(super) fn meaning_of_one(&self, head: &str) -> Option<Role<K>> {
        let bare = bare_head(head);
        if bare.is_empty() {
            return None;
        }
        let plain = plain_head(head);
        if let Some(pair) = self.pair_in_brackets(&plain, &bare) {
            return Some(pair);
        }
        if let Some(field) = self.fields.get(&plain).or_else(|| self.fields.get(&bare)) {
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
        let field = undressed.filter(|rest| rest.chars().count() > 1).find_map(|rest| self.fields.get(rest)).copied();
        let plain = canonical(&bare);
        // 员工编号 is a number of its own.
        if field.is_none() && DERIVED.contains(&plain.as_str()) && plain != "编号" {
            return Some(Role::Derived);
        }
        field.or_else(|| self.named(&plain)).map(Role::Field)
    }

    /// The field that a canonical head names.
    fn named(&self, canonical: &str) -> Option<K> {
        self.fields.get(canonical).copied().or_else(|| (self.grammar.qualified)(canonical))
    }

    /// The field of a head made of several names for it.
    fn put_together(&self, canonical: &str) -> Option<K> {
        let parts: Vec<&str> = canonical.split(SEPARATORS).filter(|part| !part.is_empty()).collect();
        if parts.len() < 2 {
            let ends = canonical.char_indices().map(|(at, _)| at).skip(2);
            let ways = ends.map(|at| canonical.split_at(at)).filter(|(_, other)| other.chars().count() > 1);
            return ways.into_iter().find_map(|(one, other)| self.both(self.named(one)?, other));
        }
        let first = self.named(parts[0])?;
        parts[1..].iter().try_fold(first, |field, part| self.both(field, part))
    }

    /// The one field that a field and a further name mean.
    fn both(&self, field: K, other: &str) -> Option<K> {
        match self.named(other) {
            Some(other) => (self.grammar.together)(field, other),
            None => (self.grammar.goes_with)(field, other).then_some(field),
        }
    }

    /// 入党时间（转正时间）: two days in one cell.
    fn pair_in_brackets(&self, plain: &str, bare: &str) -> Option<Role<K>> {
        let inside = plain.strip_prefix(bare)?.strip_prefix('(')?.strip_suffix(')')?;
        let (one, two) = (self.fields.get(bare)?, self.fields.get(inside)?);
        let is_date = self.grammar.is_date;
        (one != two && is_date(*one) && is_date(*two)).then_some(Role::Pair(*one, *two))
    }

    /// Of several heads of names of persons the plainest is that of the record: 姓名 beside 学生姓名.
    pub(super) fn keep_the_plainest_key(&self, columns: &mut [Column<K>]) {
        if self.records != Records::Persons {
            return;
        }
        let is_plain = |column: &Column<K>| self.fields.get(&bare_head(&column.head)) == Some(&self.key);
        let is_key = |column: &Column<K>| column.role == Role::Field(self.key);
        if columns.iter().any(|column| is_key(column) && is_plain(column)) {
            for column in columns.iter_mut().filter(|column| is_key(column) && !is_plain(column)) {
                column.role = Role::Extra;
            }
        }
    }

    /// Whether a head below a group of heads is of something else than the record.
    pub(super) fn is_of_something_else(&self, group: &str, head: &str) -> bool {
        !group.is_empty()
            && self.meaning(group).is_none()
            && (self.grammar.is_of_something_else)(group, &canonical(&bare_head(head)))
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
    pub(super) fn is_of_others(&self, group: &str) -> bool {
        (self.is_of_others)(group)
    }

    /// Two heads in one: 性别、民族, 入党/转正时间.
    pub(super) fn pair(&self, head: &str) -> Option<Role<K>> {
        let bare = bare_head(head);
        if let Some((_, one, two)) = self.pairs.iter().find(|(word, ..)| *word == bare) {
            return Some(Role::Pair(*one, *two));
        }
        let Some((one, two)) = bare.split_once(SEPARATORS) else { return self.pair_put_together(&bare) };
        match (self.named(&canonical(one))?, self.named(&canonical(two))?) {
            (one, two) if one != two => Some(Role::Pair(one, two)),
            _ => None,
        }
    }

    /// Two names that stand one below the other in a cell: 出生年月 参加工作时间, 性别 民族. Only values of a narrow kind
    /// can be parted.
    fn pair_put_together(&self, bare: &str) -> Option<Role<K>> {
        let ends = bare.char_indices().map(|(at, _)| at).skip(2);
        let ways = ends.filter_map(|at| Some((self.fields.get(&bare[..at])?, self.fields.get(&bare[at..])?)));
        let is_narrow = |field: K| (self.grammar.is_date)(field) || (self.grammar.is_narrow)(field);
        ways.into_iter()
            .find(|(one, two)| one != two && is_narrow(**one) && is_narrow(**two))
            .map(|(one, two)| Role::Pair(*one, *two))
    }

    pub(super) fn holds_key(&self, row: &Row) -> bool {
        row.cells.iter().any(|cell| {
            matches!(cell, Cell::Text(text) if text.len() <= 60 && text.contains(self.hints) && self.meaning(text) == Some(Role::Field(self.key)))
        })
    }
}

/// What stands between two names in one head.
const SEPARATORS: [char; 6] = ['、', '/', '及', '和', '与', ','];

/// A head in half width, without spaces and line breaks.
fn plain_head(head: &str) -> String {
    squeezed(&half_width(head)).to_lowercase()
}

/// A head without spaces, line breaks, what stands in brackets, and `*`.
pub(super) fn bare_head(head: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

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
        for (head, field) in [
            ("您的姓名（必填）", Known::Name),
            ("岗位职务", Known::Job),
            ("行政职务/职级", Known::Job),
            ("办公电话/手机", Known::Phone),
            ("隶属支部", Known::Branch),
            ("工作单位（职务）", Known::Unit),
            ("参加党派日期", Known::Joined),
        ] {
            assert_eq!(member_words().meaning(head), Some(Role::Field(field)), "{head}");
        }
        let (joined, full) = (Known::Joined, Known::Full);
        assert_eq!(member_words().meaning("入党时间\n（转正时间）"), Some(Role::Pair(joined, full)));
        assert_eq!(member_words().pair("性别、\n民族"), Some(Role::Pair(Known::Sex, Known::Nation)));
        assert_eq!(member_words().pair("性别民族"), Some(Role::Pair(Known::Sex, Known::Nation)));
        assert_eq!(member_words().pair("入党/转正时间"), Some(Role::Pair(Known::Joined, Known::Full)));
        for head in ["No.", "党龄\n（年）", "序号"] {
            assert_eq!(member_words().meaning(head), Some(Role::Derived), "{head}");
        }
        for head in ["培养联系人", "支部代码", "任教学科\n及年级", "介绍人联系电话", "员工编号", "原党支部"]
        {
            assert_eq!(member_words().meaning(head), None, "{head}");
        }
    }

    #[test]
    fn heads_of_talks_and_organisations_are_known() {
        for (head, field) in [
            ("谈话\n时间", TalkField::HeldOn),
            ("谈心谈话时间", TalkField::HeldOn),
            ("被谈话人姓名", TalkField::Partners),
            ("谈话人姓名及职务", TalkField::Talkers),
            ("谈话对象（签字）", TalkField::Partners),
            ("主谈人", TalkField::Talkers),
            ("谈话主要内容", TalkField::Content),
            ("谈话类型", TalkField::Kind),
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
}
