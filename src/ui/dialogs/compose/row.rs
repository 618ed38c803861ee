//! Owns one row of the dialog: what is asked for, how it is compared, what with; and what condition that is.
//! Must never draw. Start at [`Row::condition`].

use crate::domain::conditions::{Comparison, Condition, Subject, SubjectKind};
use crate::domain::dates::PartialDate;
use crate::domain::fields::Known;
use crate::domain::ids::OrganisationId;

/// How a thing is compared, before it is negated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    Is,
    Contains,
    Begins,
    From,
    To,
    Between,
    During,
    InMonth,
    Empty,
}

/// A way to compare, with whether its opposite is meant, and its words.
pub type Way = (How, bool, &'static str);

const TEXT: &[Way] = &[
    (How::Contains, false, "含"),
    (How::Contains, true, "不含"),
    (How::Is, false, "是"),
    (How::Is, true, "不是"),
    (How::Begins, false, "开头是"),
    (How::Begins, true, "开头不是"),
    (How::Empty, false, "空着"),
    (How::Empty, true, "不空"),
];
const CHOICE: &[Way] =
    &[(How::Is, false, "是"), (How::Is, true, "不是"), (How::Empty, false, "空着"), (How::Empty, true, "不空")];
const DATE: &[Way] = &[
    (How::From, false, "不早于"),
    (How::To, false, "不晚于"),
    (How::Between, false, "在…之间"),
    (How::Between, true, "不在…之间"),
    (How::During, false, "在某年某月"),
    (How::During, true, "不在某年某月"),
    (How::InMonth, false, "在每年几月"),
    (How::InMonth, true, "不在每年几月"),
    (How::Empty, false, "空着"),
    (How::Empty, true, "不空"),
];
const NUMBER: &[Way] = &[
    (How::From, false, "不小于"),
    (How::To, false, "不大于"),
    (How::Between, false, "在…之间"),
    (How::Between, true, "不在…之间"),
    (How::Empty, false, "空着"),
    (How::Empty, true, "不空"),
];

/// The ways to compare a kind of thing, the usual one first.
pub fn ways(kind: SubjectKind) -> &'static [Way] {
    match kind {
        SubjectKind::Text => TEXT,
        SubjectKind::Choice(_) | SubjectKind::Nation | SubjectKind::Organisation => CHOICE,
        SubjectKind::Date => DATE,
        SubjectKind::Number => NUMBER,
    }
}

/// A row as it is being written.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub what: Subject,
    pub how: How,
    pub negated: bool,
    /// A text, a date, a number; the first of two.
    pub first: String,
    /// The second of two.
    pub second: String,
    /// Words that were chosen.
    pub chosen: Vec<String>,
    pub organisations: Vec<OrganisationId>,
    /// 0 for January.
    pub month: Option<usize>,
}

impl Default for Row {
    fn default() -> Self {
        Self::of(Known::Name.into())
    }
}

impl Row {
    /// An empty row that asks for this.
    pub fn of(what: Subject) -> Self {
        let (how, negated, _) = ways(what.kind())[0];
        Self {
            what,
            how,
            negated,
            first: String::new(),
            second: String::new(),
            chosen: Vec::new(),
            organisations: Vec::new(),
            month: None,
        }
    }

    /// The row that means this condition; none where no row can.
    pub fn of_condition(condition: &Condition) -> Option<Self> {
        let (inner, negated) = match condition {
            Condition::Not(inner) => (&**inner, true),
            other => (other, false),
        };
        let mut row = Self { negated, ..Self::of_positive(inner)? };
        row.negated = negated;
        let is_offered =
            ways(row.what.kind()).iter().any(|(how, negated, _)| (*how, *negated) == (row.how, row.negated));
        is_offered.then_some(row)
    }

    fn of_positive(condition: &Condition) -> Option<Self> {
        let words = |what: Known, words: Vec<String>| Self { how: How::Is, chosen: words, ..Self::of(what.into()) };
        Some(match condition {
            Condition::Category(label) => words(Known::Category, vec![label.clone()]),
            Condition::Sex(sex) => words(Known::Sex, vec![sex.clone()]),
            Condition::Nation(nation) => words(Known::Nation, vec![nation.clone()]),
            Condition::Within(id) => Self { how: How::Is, organisations: vec![*id], ..Self::of(Known::Branch.into()) },
            Condition::Age(from, to) => {
                let bound = |years: u16, none: u16| if years == none { String::new() } else { years.to_string() };
                Self::between(Subject::Age, bound(*from, 0), bound(*to, u16::MAX))
            }
            Condition::Compare { what, how } => Self::of_comparison(*what, how)?,
            Condition::Any(several) => {
                let mut rows = several.iter().map(Self::of_positive).collect::<Option<Vec<_>>>()?.into_iter();
                let mut first = rows.next()?;
                for row in rows {
                    let is_same = row.what == first.what && (row.how, first.how) == (How::Is, How::Is);
                    if !is_same || matches!(row.what.kind(), SubjectKind::Text) {
                        return None;
                    }
                    first.chosen.extend(row.chosen);
                    first.organisations.extend(row.organisations);
                }
                first
            }
            _ => return None,
        })
    }

    fn of_comparison(what: Subject, how: &Comparison) -> Option<Self> {
        let row = Self::of(what);
        let is_text = what.kind() == SubjectKind::Text;
        let iso = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
        let years = |years: Option<u16>| years.map(|years| years.to_string()).unwrap_or_default();
        Some(match how {
            // A field of organisations compared by name.
            Comparison::Is(_) | Comparison::OneOf(_) if what.kind() == SubjectKind::Organisation => return None,
            Comparison::Is(text) if is_text => Self { how: How::Is, first: text.clone(), ..row },
            Comparison::Is(text) => Self { how: How::Is, chosen: vec![text.clone()], ..row },
            Comparison::OneOf(texts) if !is_text => Self { how: How::Is, chosen: texts.clone(), ..row },
            Comparison::OneOf(_) => return None,
            Comparison::Contains(text) => Self { how: How::Contains, first: text.clone(), ..row },
            Comparison::BeginsWith(text) => Self { how: How::Begins, first: text.clone(), ..row },
            Comparison::Empty => Self { how: How::Empty, ..row },
            Comparison::Dates { from, to } => Self::between(what, iso(*from), iso(*to)),
            Comparison::Years { from, to } => Self::between(what, years(*from), years(*to)),
            Comparison::During(period) => Self { how: How::During, first: period.to_string(), ..row },
            Comparison::InMonth(month) => {
                Self { how: How::InMonth, month: usize::try_from(*month).ok()?.checked_sub(1), ..row }
            }
            Comparison::Organisations(ids) => Self { how: How::Is, organisations: ids.clone(), ..row },
        })
    }

    fn between(what: Subject, first: String, second: String) -> Self {
        let row = Self::of(what);
        match (first.is_empty(), second.is_empty()) {
            (false, true) => Self { how: How::From, first, ..row },
            (true, false) => Self { how: How::To, first: second, ..row },
            _ => Self { how: How::Between, first, second, ..row },
        }
    }

    /// The condition it means, or what is still missing.
    pub fn condition(&self) -> Result<Condition, &'static str> {
        let positive = self.positive()?;
        Ok(if self.negated { positive.negated() } else { positive })
    }

    fn positive(&self) -> Result<Condition, &'static str> {
        let of = |how: Comparison| Ok(Condition::of(self.what, how));
        let text = || match self.first.trim() {
            "" => Err("还没写内容"),
            text => Ok(text.to_owned()),
        };
        match (self.how, self.what.kind()) {
            (How::Empty, _) => of(Comparison::Empty),
            (How::Is, SubjectKind::Organisation) if self.organisations.is_empty() => Err("还没选"),
            (How::Is, SubjectKind::Organisation) => Ok(self.organisation_condition()),
            (How::Is, SubjectKind::Choice(_) | SubjectKind::Nation) if self.chosen.is_empty() => Err("还没选"),
            (How::Is, SubjectKind::Choice(_) | SubjectKind::Nation) => Ok(self.word_condition()),
            (How::Is, _) => of(Comparison::Is(text()?)),
            (How::Contains, _) => of(Comparison::Contains(text()?)),
            (How::Begins, _) => of(Comparison::BeginsWith(text()?)),
            (How::During, _) => of(Comparison::During(date(&self.first)?)),
            (How::InMonth, _) => {
                let month = self.month.and_then(|month| i8::try_from(month + 1).ok()).ok_or("还没选月份")?;
                of(Comparison::InMonth(month))
            }
            (how, SubjectKind::Number) => of(Comparison::Years {
                from: (how != How::To).then(|| years(&self.first)).transpose()?,
                to: self.second_of(how).map(years).transpose()?,
            }),
            (how, _) => of(Comparison::Dates {
                from: (how != How::To).then(|| date(&self.first)).transpose()?,
                to: self.second_of(how).map(date).transpose()?,
            }),
        }
    }

    /// What the upper bound is written in.
    fn second_of(&self, how: How) -> Option<&str> {
        match how {
            How::From => None,
            How::To => Some(&self.first),
            _ => Some(&self.second),
        }
    }

    /// As the chips tell it, where they can.
    fn word_condition(&self) -> Condition {
        let is = |known: Known| self.what == known.into();
        let each = self.chosen.iter().cloned();
        let mut told: Vec<Condition> = match () {
            () if is(Known::Sex) => each.map(Condition::Sex).collect(),
            () if is(Known::Nation) => each.map(Condition::Nation).collect(),
            () if is(Known::Category) => each.map(Condition::Category).collect(),
            () => return Condition::of(self.what, Comparison::OneOf(self.chosen.clone())),
        };
        if told.len() == 1 { told.remove(0) } else { Condition::Any(told) }
    }

    fn organisation_condition(&self) -> Condition {
        match self.organisations[..] {
            [only] if self.what == Known::Branch.into() => Condition::Within(only),
            _ if self.what == Known::Branch.into() => {
                Condition::Any(self.organisations.iter().copied().map(Condition::Within).collect())
            }
            _ => Condition::of(self.what, Comparison::Organisations(self.organisations.clone())),
        }
    }
}

fn date(text: &str) -> Result<PartialDate, &'static str> {
    PartialDate::from_iso(text.trim()).ok_or("日期还没写好")
}

fn years(text: &str) -> Result<u16, &'static str> {
    text.trim().parse().ok().filter(|years| *years <= 200).ok_or("年数还没写好")
}

#[cfg(test)]
mod tests {
    use super::{How, Row};
    use crate::domain::conditions::{Comparison, Condition, Subject};
    use crate::domain::dates::PartialDate;
    use crate::domain::fields::Known;
    use crate::domain::ids::OrganisationId;

    #[test]
    fn a_row_means_the_condition_it_was_read_from() {
        let date = PartialDate::from_iso;
        let of = |what: Known, how| Condition::of(what, how);
        for condition in [
            Condition::Sex("女".into()),
            Condition::Any(vec![Condition::Nation("回族".into()), Condition::Nation("满族".into())]),
            Condition::Category("预备党员".into()).negated(),
            Condition::Within(OrganisationId(1)),
            Condition::Any(vec![Condition::Within(OrganisationId(1)), Condition::Within(OrganisationId(2))]).negated(),
            of(Known::Group, Comparison::Organisations(vec![OrganisationId(3)])),
            of(Known::Education, Comparison::OneOf(vec!["研究生".into(), "大学本科".into()])),
            of(Known::Unit, Comparison::Contains("局".into())).negated(),
            of(Known::Name, Comparison::BeginsWith("林".into())),
            of(Known::Phone, Comparison::Empty),
            of(Known::Joined, Comparison::Dates { from: date("2019-07"), to: None }),
            of(Known::Joined, Comparison::Dates { from: None, to: date("2019") }),
            of(Known::Joined, Comparison::Dates { from: date("2018"), to: date("2019-07-01") }).negated(),
            of(Known::Birth, Comparison::InMonth(12)),
            of(Known::Full, Comparison::During(date("2020-07").expect("a month"))),
            Condition::of(Subject::Standing, Comparison::Years { from: Some(10), to: Some(20) }),
        ] {
            let row = Row::of_condition(&condition).expect("a row");
            assert_eq!(row.condition(), Ok(condition));
        }
    }

    #[test]
    fn what_no_row_can_tell_stays_as_it_is() {
        for condition in [
            Condition::Members,
            Condition::College,
            Condition::Any(vec![Condition::Sex("女".into()), Condition::Nation("回族".into())]),
            Condition::of(Known::Unit, Comparison::OneOf(vec!["甲".into(), "乙".into()])),
            Condition::of(Known::Group, Comparison::Is("第一党小组".into())),
            Condition::of(Known::Joined, Comparison::Dates { from: PartialDate::from_iso("2019"), to: None }).negated(),
        ] {
            assert_eq!(Row::of_condition(&condition), None, "{condition:?}");
        }
    }

    #[test]
    fn a_row_says_what_is_missing() {
        let mut row = Row::of(Known::Joined.into());
        assert_eq!(row.condition(), Err("日期还没写好"));
        row.first = "2019-07".into();
        assert!(row.condition().is_ok());
        row.how = How::Between;
        assert_eq!(row.condition(), Err("日期还没写好"), "the second one");
        assert_eq!(Row::of(Known::Sex.into()).condition(), Err("还没选"));
        assert_eq!(Row::of(Subject::Age).condition(), Err("年数还没写好"));
        assert_eq!(Row::of(Known::Name.into()).condition(), Err("还没写内容"));
    }
}
