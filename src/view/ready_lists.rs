//! Ready lists (现成名单): lists an office makes again and again, each a value: what it is called, of which time it is,
//! who stands on it, which columns matter, in which order.
//!
//! A ready list is made of the conditions that anybody could put together. Start at [`ReadyList`].

use super::members::{Comparison, Condition, SortBy, SortKey, Subject};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::fields::Known;
use crate::domain::members::Category;

/// A list that needs not be put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReadyList {
    /// 政治生日: members who joined in this month of an earlier year.
    Birthdays,
    /// 光荣在党50年: formal members of fifty full years on 1 July of the year; awarded every 1 July
    /// (《“光荣在党50年”纪念章颁发管理办法》).
    FiftyYears,
    /// 预备期将满: probation that ends within the time it is told before, or has ended without 转正
    /// (《中国共产党发展党员工作细则》第三十二条).
    Probation,
    /// 流动党员
    Floating,
    /// 失联党员
    Lost,
    /// 没有谈话的: members with whom, and by whom, no talk was held for so many months.
    Untalked,
    /// 资料不全: what a record should tell and does not.
    Incomplete,
    /// 类别不详: nothing tells what the person is.
    UnknownCategory,
    /// 起始日期不详: on the roll by a membership whose start is unknown.
    UnknownStart,
}

/// Of which time a ready list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReadyPeriod {
    /// Of the day the list is made for.
    Day,
    /// Of a month.
    Month { year: i16, month: i8 },
    /// Of a year.
    Year(i16),
    /// Of the day, and so many months before it.
    Months(u16),
}

/// A ready list of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReadyAsk {
    pub list: ReadyList,
    pub period: ReadyPeriod,
}

/// Years in the party for which the award is given (光荣在党50年).
const AWARDED_YEARS: i16 = 50;

/// Months without a talk after which somebody is listed, unless others are asked for.
const UNTALKED_MONTHS: u16 = 6;

impl ReadyList {
    pub const ALL: [Self; 9] = [
        Self::Birthdays,
        Self::FiftyYears,
        Self::Probation,
        Self::Floating,
        Self::Lost,
        Self::Untalked,
        Self::Incomplete,
        Self::UnknownCategory,
        Self::UnknownStart,
    ];

    pub fn title(self) -> &'static str {
        match self {
            Self::Birthdays => "政治生日",
            Self::FiftyYears => "光荣在党50年",
            Self::Probation => "预备期将满",
            Self::Floating => "流动党员",
            Self::Lost => "失联党员",
            Self::Untalked => "久未谈话",
            Self::Incomplete => "资料不全",
            Self::UnknownCategory => "类别不详",
            Self::UnknownStart => "起始日期不详",
        }
    }

    /// The name on the command line and in settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Birthdays => "birthdays",
            Self::FiftyYears => "fifty_years",
            Self::Probation => "probation",
            Self::Floating => "floating",
            Self::Lost => "lost",
            Self::Untalked => "untalked",
            Self::Incomplete => "incomplete",
            Self::UnknownCategory => "unknown_category",
            Self::UnknownStart => "unknown_start",
        }
    }

    /// The list with this name or title.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.name() == name || list.title() == name)
    }

    /// The time that is meant where nobody says which: that of the day.
    pub fn usual(self, day: Day) -> ReadyAsk {
        let period = match self {
            Self::Birthdays => ReadyPeriod::Month { year: day.year(), month: day.month() },
            Self::FiftyYears => ReadyPeriod::Year(day.year()),
            Self::Untalked => ReadyPeriod::Months(UNTALKED_MONTHS),
            _ => ReadyPeriod::Day,
        };
        ReadyAsk { list: self, period }
    }

    /// The columns that matter, in their order; the name is the first.
    pub fn columns(self) -> Vec<Subject> {
        let known = |fields: &[Known]| fields.iter().copied().map(Subject::from).collect::<Vec<_>>();
        let mut columns = known(&[Known::Name, Known::Sex, Known::Birth]);
        match self {
            Self::Birthdays => {
                columns.extend(known(&[Known::Joined, Known::Full]));
                columns.extend([Subject::Standing, Known::Branch.into(), Known::Phone.into()]);
            }
            Self::FiftyYears => {
                columns.push(Subject::Age);
                columns.extend(known(&[Known::Joined, Known::Full]));
                columns.extend([Subject::StandingSince, Subject::Standing, Known::Branch.into()]);
            }
            Self::Probation => {
                columns.push(Known::Joined.into());
                columns.push(Subject::ProbationEnds);
                columns.extend(known(&[Known::Introducers, Known::Branch, Known::Group]));
            }
            Self::Floating => {
                columns.extend(known(&[Known::FloatPlace, Known::Phone, Known::Joined, Known::Branch, Known::Unit]));
            }
            Self::Lost => {
                columns.extend(known(&[Known::LostSince, Known::Phone, Known::Address, Known::Joined, Known::Branch]));
            }
            Self::Untalked => {
                columns.extend([Subject::LastTalk, Subject::Untalked]);
                columns.extend(known(&[Known::Category, Known::PartyPost, Known::Branch, Known::Group, Known::Phone]));
            }
            Self::Incomplete => {
                columns.push(Subject::Missing);
                columns.extend(known(&[Known::Category, Known::Branch]));
            }
            Self::UnknownCategory => {
                columns.extend(known(&[Known::Applied, Known::Joined, Known::Full, Known::Branch, Known::Remark]));
            }
            Self::UnknownStart => {
                columns.extend(known(&[Known::Joined, Known::TransferIn, Known::Category, Known::Branch]));
            }
        }
        columns
    }

    /// The order; empty for 名册顺序.
    pub fn sort(self) -> Vec<SortKey> {
        match self {
            Self::Birthdays => vec![SortKey { by: SortBy::PartyBirthday, descending: false }],
            Self::FiftyYears => vec![SortKey { by: SortBy::Standing, descending: true }],
            // Whose probation ends first has joined first.
            Self::Probation => vec![SortKey { by: SortBy::Field(Known::Joined as u8), descending: false }],
            Self::Untalked => vec![SortKey { by: SortBy::Untalked, descending: true }],
            Self::Lost => vec![SortKey { by: SortBy::Field(Known::LostSince as u8), descending: false }],
            _ => Vec::new(),
        }
    }
}

impl ReadyAsk {
    /// 「政治生日：2026年7月」「光荣在党50年：2027年」「失联党员」
    pub fn words(self) -> String {
        let title = self.list.title();
        match self.period {
            ReadyPeriod::Day => title.to_owned(),
            ReadyPeriod::Month { year, month } => format!("{title}：{year}年{month}月"),
            ReadyPeriod::Year(year) => format!("{title}：{year}年"),
            ReadyPeriod::Months(months) => format!("{title}：满 {months} 个月"),
        }
    }

    /// Who stands on it on a day.
    pub fn conditions(self, day: Day) -> Vec<Condition> {
        let yes = |known: Known| vec![Condition::Members, Condition::of(known, Comparison::Is("是".to_owned()))];
        match self.list {
            ReadyList::Birthdays => birthdays(self.month(day)),
            ReadyList::FiftyYears => fifty_years(self.year(day)),
            ReadyList::Probation => vec![Condition::ProbationEnding],
            ReadyList::Floating => yes(Known::Floating),
            ReadyList::Lost => yes(Known::Lost),
            ReadyList::Untalked => untalked(self.months()),
            ReadyList::Incomplete => vec![Condition::of(Subject::Missing, Comparison::Empty).negated()],
            ReadyList::UnknownCategory => vec![Condition::UnknownCategory],
            ReadyList::UnknownStart => vec![Condition::UnknownStart],
        }
    }

    fn month(self, day: Day) -> (i16, i8) {
        match self.period {
            ReadyPeriod::Month { year, month } => (year, month),
            ReadyPeriod::Day | ReadyPeriod::Year(_) | ReadyPeriod::Months(_) => (day.year(), day.month()),
        }
    }

    fn months(self) -> u16 {
        match self.period {
            ReadyPeriod::Months(months) => months,
            ReadyPeriod::Day | ReadyPeriod::Year(_) | ReadyPeriod::Month { .. } => UNTALKED_MONTHS,
        }
    }

    fn year(self, day: Day) -> i16 {
        match self.period {
            ReadyPeriod::Year(year) | ReadyPeriod::Month { year, .. } => year,
            ReadyPeriod::Day | ReadyPeriod::Months(_) => day.year(),
        }
    }
}

fn untalked(months: u16) -> Vec<Condition> {
    let for_so_long = Comparison::Years { from: Some(months), to: None };
    vec![Condition::Members, Condition::of(Subject::Untalked, for_so_long)]
}

/// In the year of joining there is none yet.
fn birthdays((year, month): (i16, i8)) -> Vec<Condition> {
    let before = Comparison::Dates { from: None, to: PartialDate::new(year - 1, None, None) };
    vec![
        Condition::Members,
        Condition::of(Known::Joined, Comparison::InMonth(month)),
        Condition::of(Known::Joined, before),
    ]
}

fn fifty_years(year: i16) -> Vec<Condition> {
    let latest = PartialDate::new(year - AWARDED_YEARS, Some(7), Some(1));
    vec![
        Condition::Category(Category::Formal.label().to_owned()),
        Condition::of(Subject::StandingSince, Comparison::Dates { from: None, to: latest }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_its_own_name_and_columns_begin_with_the_name() {
        for list in ReadyList::ALL {
            assert_eq!(ReadyList::from_name(list.name()), Some(list));
            assert_eq!(ReadyList::from_name(list.title()), Some(list));
            assert_eq!(list.columns()[0], Known::Name.into());
        }
    }

    #[test]
    fn the_time_that_is_meant_is_that_of_the_day() {
        let day = "2026-11-24".parse().expect("a day");
        assert_eq!(ReadyList::Birthdays.usual(day).words(), "政治生日：2026年11月");
        assert_eq!(ReadyList::FiftyYears.usual(day).words(), "光荣在党50年：2026年");
        assert_eq!(ReadyList::Lost.usual(day).words(), "失联党员");
        assert_eq!(ReadyList::Untalked.usual(day).words(), "久未谈话：满 6 个月");
    }
}
