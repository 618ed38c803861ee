//! What a column means is told by its head and by the values below: heads that offices use for several things are
//! settled here, and how the column writes months.
//!
//! Start at [`settle`].

use super::by_values::{MEMBER_DAYS, ORGANISATION_DAYS, TALK_DAYS, alone, dated, is_id_number, is_mobile};
use super::head_grammar::{canonical, ending, ending_with_post, is_of_organisation, is_of_others};
use super::head_words::{bare_head, is_of_other_persons};
use super::headers::{Column, DatePart, Role};
use super::plan_talks::{FollowUpPart, follow_up_part, tell_follow_ups};
use super::record::is_repetition;
use super::sheets::{Cell, Sheet, raw};
use super::tables::Table;
use crate::clock::Day;
use crate::domain::fields::Known;
use crate::domain::imports::RosterKind;
use crate::domain::lists::{ListField, OrganisationField, TalkField};
use crate::domain::values::{Context, Reading, Told, Trouble, category_told, half_width, says_nothing, squeezed};

/// How many values of a column are looked at.
const SAMPLE: usize = 400;

/// What is known of a column once its values were looked at.
#[derive(Debug, Clone)]
pub struct Settled<K = Known> {
    pub column: Column<K>,
    pub context: Context,
}

/// Settles what the columns of a table of members mean.
pub fn settle(sheet: &Sheet, table: &Table<Known>, today: Day) -> Vec<Settled> {
    let has = |field: Known| table.header.column_of(field).is_some();
    let mut by_values = Vec::new();
    settle_by(sheet, table, today, |column, values, context| match column.role {
        Role::Extra if !has(Known::Branch) && is_organisation_head(&column.head) && values.most(is_branch) => {
            Role::Field(Known::Branch)
        }
        Role::Field(Known::Unit) if !has(Known::Branch) && values.most(is_branch) => Role::Field(Known::Branch),
        Role::Extra if !has(Known::Branch) && !is_of_others(&column.head) && values.nearly_all(is_branch) => {
            Role::Field(Known::Branch)
        }
        // 单位职务 beside 企业名称.
        Role::Field(Known::Unit) if !has(Known::Job) && is_second_unit(table, column) => Role::Field(Known::Job),
        Role::Field(Known::Status) if !has(Known::Category) && values.most(is_category) => Role::Field(Known::Category),
        Role::Field(Known::Job) if !has(Known::PartyPost) && values.most(is_party_post) => {
            Role::Field(Known::PartyPost)
        }
        Role::Extra if is_of_other_persons(&column.head) => Role::Extra,
        Role::Extra if !has(Known::IdNumber) && values.most(is_id_number) => Role::Field(Known::IdNumber),
        Role::Extra if !has(Known::Phone) && values.most(is_mobile) => Role::Field(Known::Phone),
        Role::Extra => match values.dated(&column.head, dated(&column.head, MEMBER_DAYS), has, context) {
            Role::Extra => {
                let is_held = |field: Known| has(field) || by_values.contains(&field);
                let by_end = by_end(&column.head).filter(|field| !is_held(*field));
                let found = alone(&column.head, || values.texts(), is_held).or(by_end);
                by_values.extend(found);
                found.map_or(Role::Extra, Role::Field)
            }
            role => role,
        },
        role => role,
    })
}

/// Whether a head of unit and post stands beside one of the unit alone.
fn is_second_unit(table: &Table<Known>, column: &Column<Known>) -> bool {
    let names_post = |column: &Column<Known>| ["职务", "岗位"].iter().any(|word| column.head.contains(word));
    let is_unit = |other: &Column<Known>| other.role == Role::Field(Known::Unit) && !names_post(other);
    names_post(column) && table.header.columns.iter().any(is_unit)
}

/// The field whose word a head ends with; one below a group of heads ends with nothing of its own.
fn by_end(head: &str) -> Option<Known> {
    if head.contains('/') {
        return None;
    }
    let plain = canonical(&bare_head(head));
    ending(&plain).or_else(|| ending_with_post(&plain))
}

/// Settles what the columns of a list of organisations mean.
pub fn settle_organisations(
    sheet: &Sheet,
    table: &Table<OrganisationField>,
    today: Day,
) -> Vec<Settled<OrganisationField>> {
    let has = |field| table.header.column_of(field).is_some();
    settle_by(sheet, table, today, |column, values, context| match column.role {
        Role::Extra => match values.dated(&column.head, dated(&column.head, ORGANISATION_DAYS), has, context) {
            Role::Extra => containing(&column.head, ORGANISATION_WORDS, has),
            role => role,
        },
        role => role,
    })
}

/// Settles what the columns of a ledger of talks mean: 谈话类型 is 个别谈话 in one office and 廉政提醒 in another.
pub fn settle_talks(sheet: &Sheet, table: &Table<TalkField>, today: Day) -> Vec<Settled<TalkField>> {
    let has = |field| table.header.column_of(field).is_some();
    let follows = tell_follow_ups(table.header.columns.iter().map(|column| column.head.as_str()));
    settle_by(sheet, table, today, |column, values, context| match column.role {
        Role::Extra if follows && follow_up_part(&column.head).is_some() => Role::Extra,
        // 整改落实情况 beside 整改措施: what is to be done is another column.
        Role::Field(TalkField::Measures) if follows && follow_up_part(&column.head) == Some(FollowUpPart::State) => {
            Role::Extra
        }
        Role::Field(TalkField::Kind | TalkField::Topic) if !has(TalkField::Mode) && values.most(is_mode) => {
            Role::Field(TalkField::Mode)
        }
        Role::Extra => match containing(&column.head, TALK_WORDS, has) {
            Role::Extra => values.dated(&column.head, dated(&column.head, TALK_DAYS), has, context),
            role => role,
        },
        role => role,
    })
}

/// Words that heads of talks are made of.
const TALK_WORDS: &[(TalkField, &[&str])] = &[
    (TalkField::Recorder, &["记录人", "记录员"]),
    (TalkField::Measures, &["整改", "措施", "落实情况"]),
    (TalkField::Mode, &["方式", "形式"]),
    (TalkField::Place, &["地点", "场所"]),
    (TalkField::Topic, &["主题", "事由", "议题"]),
    (TalkField::Content, &["谈话内容", "内容摘要", "内容纪要", "谈话要点"]),
    (TalkField::Remark, &["附注", "备考", "备注"]),
];
/// Words that heads of organisations are made of.
const ORGANISATION_WORDS: &[(OrganisationField, &[&str])] = &[
    (OrganisationField::Committee, &["其他成员", "其他委员", "委员会成员", "支委会成员", "班子其他"]),
    (OrganisationField::Remark, &["附注", "备考", "备注"]),
];

/// The field one of whose words stands in a head, where no other column is that field.
fn containing<K: Copy>(head: &str, words: &[(K, &[&str])], has: impl Fn(K) -> bool) -> Role<K> {
    let head = squeezed(&half_width(head));
    let is_other = ["联系方式", "人数", "是否", "电话"].iter().any(|word| head.contains(word));
    let found = words.iter().find(|(field, words)| !has(*field) && words.iter().any(|word| head.contains(word)));
    found.filter(|_| !is_other).map_or(Role::Extra, |(field, _)| Role::Field(*field))
}

/// One to one or several at once, face to face or not.
fn is_mode(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "个别",
        "集体",
        "一对一",
        "一对多",
        "单独",
        "当面",
        "面谈",
        "面对面",
        "电话",
        "视频",
        "线上",
        "线下",
        "微信",
        "座谈",
        "走访",
        "约谈",
        "书面",
        "网络",
    ];
    WORDS.iter().any(|word| text.starts_with(word)) && text.chars().count() <= 8
}

/// What a person said of a column holds as it is.
fn settle_by<K: ListField>(
    sheet: &Sheet,
    table: &Table<K>,
    today: Day,
    mut settled: impl FnMut(&Column<K>, &Values<'_, K>, &Context) -> Role<K>,
) -> Vec<Settled<K>> {
    // 02.7 in a list of members is no 7 February.
    let is_of_talks = K::KIND == RosterKind::Talks;
    let year = table.surroundings.iter().find_map(|told| told.year).filter(|_| is_of_talks);
    let month = table.surroundings.iter().find_map(|told| told.month).filter(|_| is_of_talks);
    table
        .header
        .columns
        .iter()
        .map(|column| {
            let values = Values { sheet, table, index: column.index };
            let context = Context {
                today,
                lone_one_is_january: (!sheet.is_text_file || values.keep_zeros()) && !values.has_decimals(),
                is_1904: sheet.is_1904,
                year,
                month,
            };
            let mut column = column.clone();
            if table.header.is_told(column.index) {
                return Settled { column, context };
            }
            column.role = match settled(&column, &values, &context) {
                // Values of a narrow kind: a column that holds nothing of it is another one.
                // 任期（年） above 3 is no term from a day to a day.
                Role::Pair(one, two) if one.is_date() && two.is_date() && values.are_small_numbers() => Role::Extra,
                Role::Field(field) if field.is_narrow() && !values.understood(field, &column.head, &context) => {
                    Role::Extra
                }
                role => role,
            };
            Settled { column, context }
        })
        .collect()
}

struct Values<'a, K> {
    sheet: &'a Sheet,
    table: &'a Table<K>,
    index: usize,
}

impl<'a, K: ListField> Values<'a, K> {
    fn cells(&self) -> impl Iterator<Item = &'a Cell> {
        let (sheet, index) = (self.sheet, self.index);
        self.table.records.iter().map(move |record| sheet.rows[record.place].cell(index))
    }

    fn texts(&self) -> impl Iterator<Item = String> {
        let own = self.cells().filter(|cell| !is_repetition(cell));
        own.map(|cell| cell.shown().into_owned()).filter(|text| !says_nothing(text))
    }

    /// Whether there are numbers such as 2019.1, whose last zero is not kept.
    fn has_decimals(&self) -> bool {
        self.cells().any(|cell| matches!(cell, Cell::Number(value, _) if value.fract() != 0.0))
    }

    /// Whether months in a text file keep their zero: `2019.10` stands somewhere. A column of numbers has lost it.
    fn keep_zeros(&self) -> bool {
        self.texts().any(|text| {
            let text = squeezed(&half_width(&text));
            text.len() == 7 && text.ends_with(".10") && text[..4].bytes().all(|byte| byte.is_ascii_digit())
        })
    }

    /// Whether all that stands below is a number too small for a day.
    fn are_small_numbers(&self) -> bool {
        let mut texts = self.texts().map(|text| squeezed(&half_width(&text)).trim_end_matches('年').parse::<u32>());
        let all = texts.by_ref().take(SAMPLE).collect::<Vec<_>>();
        !all.is_empty() && all.iter().all(|number| matches!(number, Ok(number) if *number < 100))
    }

    /// Whether most values are of a kind.
    fn most(&self, is_of_kind: fn(&str) -> bool) -> bool {
        let (mut all, mut of_kind) = (0, 0);
        for text in self.texts().take(SAMPLE) {
            all += 1;
            of_kind += usize::from(is_of_kind(&squeezed(&text)));
        }
        all > 0 && of_kind * 5 >= all * 3
    }

    /// Whether there are enough values, and nearly all of them are of a kind.
    fn nearly_all(&self, is_of_kind: fn(&str) -> bool) -> bool {
        let (mut all, mut of_kind) = (0, 0);
        for text in self.texts().take(SAMPLE) {
            all += 1;
            of_kind += usize::from(is_of_kind(&squeezed(&text)));
        }
        all >= 3 && of_kind * 20 >= all * 19
    }

    /// The field of a column whose head speaks of that day, where nearly all values are dates and no other column is it.
    fn dated(&self, head: &str, field: Option<K>, has: impl Fn(K) -> bool, context: &Context) -> Role<K> {
        let Some(field) = field.filter(|field| !has(*field)) else { return Role::Extra };
        let (all, understood) = self.readable(field, head, context);
        if all >= 2 && understood * 5 >= all * 4 { Role::Field(field) } else { Role::Extra }
    }

    /// Whether at least a third of the values can be read as the field. Where there are few, the head is believed.
    fn understood(&self, field: K, head: &str, context: &Context) -> bool {
        let (all, understood) = self.readable(field, head, context);
        all < 4 || understood * 3 >= all
    }

    /// How many values were looked at, and how many of them can be read as the field.
    fn readable(&self, field: K, head: &str, context: &Context) -> (usize, usize) {
        let (mut all, mut understood) = (0, 0);
        for cell in self.cells() {
            let text = cell.shown();
            match field.read_below(head, &raw(cell, &text), context) {
                Reading::Nothing | Reading::Refused(Trouble::FormulaError) => continue,
                Reading::Refused(Trouble::NotAMember | Trouble::DateInvalid | Trouble::YearMissing) => understood += 1,
                Reading::Refused(_) => {}
                _ => understood += 1,
            }
            all += 1;
            if all == SAMPLE {
                break;
            }
        }
        (all, understood)
    }
}

/// How many values of a column were looked at, and how many of them can be read as the field.
pub fn readable<K: ListField>(sheet: &Sheet, table: &Table<K>, settled: &Settled<K>, field: K) -> (usize, usize) {
    let Settled { column, context } = settled;
    Values { sheet, table, index: column.index }.readable(field, &column.head, context)
}

/// Heads of columns that hold a branch in one office and a committee in another.
fn is_organisation_head(head: &str) -> bool {
    let last = head.rsplit('/').next().unwrap_or(head);
    is_of_organisation(&canonical(&bare_head(last)))
}

fn is_branch(text: &str) -> bool {
    (text.ends_with("支部") || text.ends_with("支部委员会")) && !text.ends_with("总支部委员会")
}

fn is_category(text: &str) -> bool {
    matches!(category_told(text), Told::Category(_))
}

fn is_party_post(text: &str) -> bool {
    const POSTS: &[&str] = &[
        "书记",
        "支部书记",
        "党支部书记",
        "副书记",
        "支部副书记",
        "党支部副书记",
        "组织委员",
        "宣传委员",
        "纪检委员",
        "青年委员",
        "统战委员",
        "保密委员",
        "支部委员",
        "党支部委员",
        "支委",
        "委员",
        "普通党员",
        "党小组组长",
        "党小组长",
        "党员",
    ];
    POSTS.contains(&text)
}

/// The text of a date whose year, month and day stand in columns of their own; `year` is that of the whole list.
/// None where no year is told.
pub fn joined_date(parts: &[(DatePart, String)], year: Option<i16>) -> Option<String> {
    let part = |wanted: DatePart| {
        let text = parts.iter().find(|(part, _)| *part == wanted).map(|(_, text)| squeezed(&half_width(text)));
        text.filter(|text| !says_nothing(text))
    };
    let year = part(DatePart::Year).or_else(|| year.map(|year| year.to_string()))?;
    let mut date = year.trim_end_matches('年').to_owned();
    if let Some(month) = part(DatePart::Month) {
        date = format!("{date}年{}月", month.trim_end_matches('月'));
        if let Some(day) = part(DatePart::Day) {
            date = format!("{date}{}日", day.trim_end_matches(['日', '号']));
        }
    } else {
        date.push('年');
    }
    Some(date)
}
