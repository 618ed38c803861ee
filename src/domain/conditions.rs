//! Conditions (条件): what a list of people can be asked for, put together by 且, 或 and 非, and kept under a name.
//!
//! Plain data: knows neither who is asked nor how an answer is found, nor in which words it is told.
//! Start at [`Condition`].

use serde::{Deserialize, Serialize};

use super::dates::PartialDate;
use super::fields::{FieldKey, FieldKind, Known};
use super::ids::OrganisationId;

/// Which people a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// 在册: on the roll on the day.
    #[default]
    OnRoll,
    /// 流入党员: takes part in a branch here, the relation is elsewhere; counted nowhere.
    FloatingIn,
    /// 已离开: once on a roll or floating in, no longer on the day.
    Left,
    /// 已作废: typed by mistake.
    Voided,
}

/// A condition: a tree of 且, 或 and 非 over what people are asked for. Those of a list hold together (且).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// 人员类别
    Category(String),
    /// 党员: formal and probationary together.
    Members,
    /// 性别
    Sex(String),
    /// 民族; 「少数民族」 for all but 汉族.
    Nation(String),
    /// A value of a feature: of 年龄, 学历, 职业 …
    Band(String, String),
    /// 大专及以上
    College,
    /// 光荣在党50年: formal members of fifty full years on 1 July of the year.
    FiftyYears,
    /// 预备期将满: a probation that ends within the time it is told before, or is over without 转正.
    ProbationEnding,
    /// 类别不详: nothing tells what the person is.
    UnknownCategory,
    /// 起始日期不详: on the roll by a membership whose start is unknown.
    UnknownStart,
    /// 年龄, from and to in full years.
    Age(u16, u16),
    /// In this organisation or below it.
    Within(OrganisationId),
    /// One thing that is known or computed of a person, compared with what is given.
    Compare { what: Subject, how: Comparison },
    /// All of these hold (且).
    All(Vec<Condition>),
    /// One of these holds (或).
    Any(Vec<Condition>),
    /// This does not hold (非): who has no value is among those it lists.
    Not(Box<Condition>),
}

impl Condition {
    /// A thing compared with what is given.
    pub fn of(what: impl Into<Subject>, how: Comparison) -> Self {
        Self::Compare { what: what.into(), how }
    }

    /// The opposite; of the opposite the thing itself.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }
}

impl Condition {
    /// Whether it, or a part of it, compares one of these.
    pub fn asks_for(&self, subjects: &[Subject]) -> bool {
        match self {
            Self::Compare { what, .. } => subjects.contains(what),
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.asks_for(subjects)),
            Self::Not(inner) => inner.asks_for(subjects),
            _ => false,
        }
    }
}

/// How several conditions hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Join {
    /// 且
    #[default]
    All,
    /// 或
    Any,
}

impl Join {
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "且",
            Self::Any => "或",
        }
    }

    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::All => Self::Any,
            Self::Any => Self::All,
        }
    }

    /// One condition that means these together; none where there are none.
    pub fn of(self, mut conditions: Vec<Condition>) -> Option<Condition> {
        match (self, conditions.len()) {
            (_, 0 | 1) => conditions.pop(),
            (Self::All, _) => Some(Condition::All(conditions)),
            (Self::Any, _) => Some(Condition::Any(conditions)),
        }
    }

    /// Conditions that hold together (且), taken apart: a single group gives its parts.
    pub fn apart(conditions: &[Condition]) -> (Self, &[Condition]) {
        match conditions {
            [Condition::Any(several)] => (Self::Any, several),
            [Condition::All(several)] => (Self::All, several),
            several => (Self::All, several),
        }
    }
}

/// What of a person can be asked for and shown in a column: a field, or what follows from fields on a day.
///
/// Kept by its name: `joined`, `age`, `extra:7238461038592`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    Field(FieldKey),
    /// 年龄, in full years.
    Age,
    /// 党龄 of formal members, in full years.
    Standing,
    /// 党龄起算日: the day 党龄 of a formal member counts from.
    StandingSince,
    /// 预备期满: the day on which the probation of a probationary member ends.
    ProbationEnds,
    /// 上次谈话: the last day on which the person sat in a talk of any type, as talker or partner.
    LastTalk,
    /// 距上次谈话, in full months; of who was never talked with since belonging here.
    Untalked,
    /// 缺少的资料: what a member's record should tell and does not.
    Missing,
}

/// What kind of thing it is, and so how it can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubjectKind {
    Text,
    Date,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A nation of GB/T 3304.
    Nation,
    /// Full years; of 距上次谈话 full months.
    Number,
    Organisation,
}

impl From<Known> for Subject {
    fn from(known: Known) -> Self {
        Self::Field(known.into())
    }
}

impl Subject {
    /// Those that are computed, with their names and headings.
    pub const COMPUTED: [(Self, &'static str, &'static str); 7] = [
        (Self::Age, "age", "年龄"),
        (Self::Standing, "standing_years", "党龄"),
        (Self::StandingSince, "standing_since", "党龄起算日"),
        (Self::ProbationEnds, "probation_ends", "预备期满"),
        (Self::LastTalk, "last_talk", "上次谈话"),
        (Self::Untalked, "months_without_talk", "距上次谈话"),
        (Self::Missing, "missing", "缺少的资料"),
    ];

    /// The name it is kept by.
    pub fn name(self) -> String {
        match self {
            Self::Field(FieldKey::Known(known)) => known.spec().name.to_owned(),
            Self::Field(FieldKey::Extra(id)) => format!("extra:{id}"),
            computed => computed.told().0.to_owned(),
        }
    }

    /// Reads the name it is kept by.
    pub fn from_name(name: &str) -> Option<Self> {
        if let Some(id) = name.strip_prefix("extra:") {
            return id.parse().ok().map(|id| Self::Field(FieldKey::Extra(id)));
        }
        let computed = Self::COMPUTED.iter().find(|(_, known, _)| *known == name).map(|(subject, ..)| *subject);
        computed.or_else(|| Known::from_name(name).map(Self::from))
    }

    /// The heading on screen and paper; none of a field the user made, whose label the workbook keeps.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Self::Field(FieldKey::Known(known)) => Some(known.label()),
            Self::Field(FieldKey::Extra(_)) => None,
            computed => Some(computed.told().1),
        }
    }

    pub fn kind(self) -> SubjectKind {
        match self {
            Self::Age | Self::Standing | Self::Untalked => SubjectKind::Number,
            Self::StandingSince | Self::ProbationEnds | Self::LastTalk => SubjectKind::Date,
            Self::Missing | Self::Field(FieldKey::Extra(_)) => SubjectKind::Text,
            Self::Field(FieldKey::Known(Known::Group)) => SubjectKind::Organisation,
            Self::Field(FieldKey::Known(known)) => match known.spec().kind {
                FieldKind::Date => SubjectKind::Date,
                FieldKind::Choice(words) => SubjectKind::Choice(words),
                FieldKind::Nation => SubjectKind::Nation,
                FieldKind::Organisation => SubjectKind::Organisation,
                FieldKind::Text | FieldKind::LongText | FieldKind::IdNumber | FieldKind::Phone | FieldKind::Money => {
                    SubjectKind::Text
                }
            },
        }
    }

    /// The field, where it is one.
    pub fn field(self) -> Option<FieldKey> {
        match self {
            Self::Field(key) => Some(key),
            _ => None,
        }
    }

    /// Whether its text may hold several values, joined by 、: each of them is compared.
    pub fn holds_several(self) -> bool {
        let several = [Known::PartyPost, Known::Phone, Known::Introducers].map(Self::from);
        self == Self::Missing || several.contains(&self)
    }

    fn told(self) -> (&'static str, &'static str) {
        let found = Self::COMPUTED.iter().find(|(subject, ..)| *subject == self);
        found.map_or(("", ""), |(_, name, label)| (name, label))
    }
}

impl Serialize for Subject {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name())
    }
}

impl<'de> Deserialize<'de> for Subject {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = <String as Deserialize>::deserialize(deserializer)?;
        Self::from_name(&name).ok_or_else(|| serde::de::Error::custom(format!("没有名为“{name}”的字段")))
    }
}

/// How a thing is compared with what is given. Whoever has no value fulfils [`Comparison::Empty`] only.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// 是: exactly this text.
    Is(String),
    /// 是其中之一
    OneOf(Vec<String>),
    /// 含
    Contains(String),
    /// 开头是
    BeginsWith(String),
    /// 空着
    Empty,
    /// A date from and to, both included. What a date is known to as a month or a year acts as its first day; a bound
    /// that is a month or a year takes in all of it.
    Dates { from: Option<PartialDate>, to: Option<PartialDate> },
    /// A date in this month, or this year.
    During(PartialDate),
    /// A date in this month (1…12) of any year; one known only to the year lies in none.
    InMonth(i8),
    /// Full years from and to, both included; of 距上次谈话 full months.
    Years { from: Option<u16>, to: Option<u16> },
    /// In one of these organisations, or below it.
    Organisations(Vec<OrganisationId>),
}

/// What is known of a person, as it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told<'a> {
    Text(&'a str),
    /// Several values, joined by 、.
    Several(&'a str),
    Date(PartialDate),
    Years(u16),
    Organisation(OrganisationId),
}

impl Comparison {
    /// Whether it holds for what is known; `None` where nothing is.
    pub fn holds(&self, told: Option<Told<'_>>) -> bool {
        let Some(told) = told else { return *self == Self::Empty };
        match (self, told) {
            (Self::Empty, _) => false,
            (Self::Dates { from, to }, Told::Date(date)) => {
                let day = date.first_day();
                from.is_none_or(|from| from.first_day() <= day) && to.is_none_or(|to| day <= to.last_day())
            }
            (Self::During(period), Told::Date(date)) => {
                (period.first_day()..=period.last_day()).contains(&date.first_day())
            }
            (Self::InMonth(month), Told::Date(date)) => date.month() == Some(*month),
            (Self::Years { from, to }, Told::Years(years)) => {
                from.is_none_or(|from| from <= years) && to.is_none_or(|to| years <= to)
            }
            (Self::Organisations(ids), Told::Organisation(id)) => ids.contains(&id),
            (text, Told::Text(told)) => text.holds_for_text(told),
            (text, Told::Several(told)) => {
                text.holds_for_text(told) || told.split('、').any(|one| text.holds_for_text(one))
            }
            (text, Told::Date(date)) => text.holds_for_text(&date.to_string()),
            (text, Told::Years(years)) => text.holds_for_text(&years.to_string()),
            (_, Told::Organisation(_)) => false,
        }
    }

    fn holds_for_text(&self, told: &str) -> bool {
        match self {
            Self::Is(text) => told == text,
            Self::OneOf(texts) => texts.iter().any(|text| text == told),
            Self::Contains(text) => told.contains(text.as_str()),
            Self::BeginsWith(text) => told.starts_with(text.as_str()),
            _ => false,
        }
    }
}

/// What is kept under a name (保存的筛选): who is listed, what is searched for, the conditions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedFilter {
    #[serde(default)]
    pub who: Who,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(default)]
    pub conditions: Vec<Condition>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::ExtraFieldId;

    fn date(text: &str) -> Option<PartialDate> {
        Some(PartialDate::from_iso(text).expect("a date"))
    }

    fn dates(from: &str, to: &str) -> Comparison {
        let bound = |text: &str| if text.is_empty() { None } else { date(text) };
        Comparison::Dates { from: bound(from), to: bound(to) }
    }

    #[test]
    fn a_month_acts_as_its_first_day_and_as_a_bound_takes_in_all_of_it() {
        for (from, to, told, holds) in [
            ("2019-07-01", "", "2019-07", true),
            ("2019-07-02", "", "2019-07", false),
            ("2019-07", "", "2019-07-01", true),
            ("2019-07", "", "2019-06-30", false),
            ("", "2019-07", "2019-07-31", true),
            ("", "2019-07", "2019-08-01", false),
            ("", "2019-06-30", "2019-07", false),
            ("2019-01-01", "2019-01-01", "2019", true),
            ("2019-01-02", "2019-12-31", "2019", false),
            ("2018", "2019", "2019-12-31", true),
            ("", "", "2019", true),
        ] {
            let told = date(told).map(Told::Date);
            assert_eq!(dates(from, to).holds(told), holds, "{from} to {to}: {told:?}");
        }
    }

    #[test]
    fn a_month_of_any_year_holds_what_is_known_to_the_month() {
        let july = Comparison::InMonth(7);
        for (told, holds) in [("2019-07-01", true), ("1996-07", true), ("2019-08-01", false), ("2019", false)] {
            assert_eq!(july.holds(date(told).map(Told::Date)), holds, "{told}");
        }
        let february = Comparison::InMonth(2);
        assert!(february.holds(date("2000-02-29").map(Told::Date)));
        let year = Comparison::During(PartialDate::from_iso("2019").expect("a year"));
        assert!(year.holds(date("2019-12-31").map(Told::Date)) && !year.holds(date("2020").map(Told::Date)));
    }

    #[test]
    fn without_a_value_only_empty_holds() {
        let all = [
            Comparison::Is(String::new()),
            Comparison::Contains(String::new()),
            Comparison::Years { from: None, to: None },
            dates("", ""),
            Comparison::InMonth(7),
            Comparison::Organisations(Vec::new()),
        ];
        for comparison in all {
            assert!(!comparison.holds(None), "{comparison:?}");
        }
        assert!(Comparison::Empty.holds(None) && !Comparison::Empty.holds(Some(Told::Text("局"))));
    }

    #[test]
    fn each_of_several_values_is_compared() {
        let posts = Some(Told::Several("书记、组织委员"));
        assert!(Comparison::Is("组织委员".into()).holds(posts));
        assert!(Comparison::BeginsWith("组织".into()).holds(posts));
        assert!(!Comparison::Is("委员".into()).holds(posts) && Comparison::Contains("委员".into()).holds(posts));
    }

    #[test]
    fn what_is_kept_is_read_again_as_it_was() {
        let leaf = |what: Subject, how| Condition::of(what, how);
        let conditions = vec![
            Condition::Any(vec![
                leaf(Known::Joined.into(), dates("2019-07", "")),
                leaf(Subject::Field(FieldKey::Extra(ExtraFieldId(72))), Comparison::Contains("书法".into())),
                Condition::All(vec![
                    Condition::Members,
                    leaf(Subject::Age, Comparison::Years { from: Some(60), to: None }),
                ]),
            ]),
            Condition::Sex("女".into()).negated(),
        ];
        let kept = SavedFilter { who: Who::Left, text: "局".into(), conditions };
        let text = serde_json::to_string(&kept).expect("JSON");
        assert_eq!(serde_json::from_str::<SavedFilter>(&text).expect("a filter"), kept);
        assert_eq!(
            text,
            r#"{"who":"left","text":"局","conditions":[{"any":[{"compare":{"what":"joined","how":{"dates":{"from":"2019-07","to":null}}}},{"compare":{"what":"extra:72","how":{"contains":"书法"}}},{"all":["members",{"compare":{"what":"age","how":{"years":{"from":60,"to":null}}}}]}]},{"not":{"sex":"女"}}]}"#,
            "saved filters lie in workbooks in this form: it is never changed"
        );
        assert_eq!(Condition::Members.negated().negated(), Condition::Members);
    }

    #[test]
    fn every_subject_has_a_name_of_its_own() {
        let fields = crate::domain::fields::FIELDS.iter().map(|field| Subject::from(field.key));
        let computed = Subject::COMPUTED.iter().map(|(subject, ..)| *subject);
        for subject in fields.chain(computed) {
            assert_eq!(Subject::from_name(&subject.name()), Some(subject));
            assert!(subject.label().is_some_and(|label| !label.is_empty()));
        }
        assert_eq!(Subject::from_name("颜色"), None);
    }
}
