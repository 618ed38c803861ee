//! Which people a list has: conditions, a filter kept in the workbook, a ready list. Talks are narrowed down by conditions
//! and a year.
//!
//! Start at [`Listing`].

use clap::Args;

use super::conditions::condition;
use crate::clock::Day;
use crate::domain::dates::Period;
use crate::problem::{Problem, Result};
use crate::store::members::extra_fields;
use crate::view::desk::Desk;
use crate::view::members::{ListAsk, Who};
use crate::view::ready_lists::{ReadyAsk, ReadyList, ReadyPeriod};
use crate::view::saved_filters;

/// What narrows a list of members down.
#[derive(Debug, Args)]
pub(super) struct Listing {
    #[arg(
        long = "where",
        value_name = "条件",
        help = "只要满足条件的人（talks：谈话）；可以写几次，都要满足；一条里用“ 或 ”连几个条件，满足其一即可（sex=女 或 age>=60）。字段=值 是，!= 不是，=甲|乙 是其中之一，= 后面不写为空着，~ 含，^ 开头是，>= 和 <= 起止（日期、年龄、党龄），joined=*-07 为每年7月；也可写 年龄=41至45岁、age=30-40。talks 的字段：organisation、number、held_on、time、type、mode、place、talkers、partners、recorder、topic、outline、content、opinions、attitude、measures、remark、follow_ups，例如 type=T01、talkers=陈志远、held_on>=2026-07"
    )]
    conditions: Vec<String>,
    #[arg(long, value_name = "名称", conflicts_with = "list", help = "用工作簿里保存的筛选")]
    saved: Option<String>,
    #[arg(
        long,
        value_name = "现成名单",
        value_parser = ready_list,
        help = "birthdays 政治生日、fifty_years 光荣在党50年、probation 预备期将满、floating 流动党员、lost 失联党员、incomplete 资料不全、unknown_category 类别不详、unknown_start 起始日期不详"
    )]
    list: Option<ReadyList>,
    #[arg(long, value_name = "年月", value_parser = month, help = "政治生日是哪个月的（2026-07）；--list birthdays 不写为当月，print birthdays 不写为全年")]
    month: Option<ReadyPeriod>,
    #[arg(
        long,
        value_name = "年",
        value_parser = year,
        conflicts_with = "month",
        help = "export 和 print 的谈话、变动、档案各表：哪一年的（2026）；--list fifty_years：光荣在党50年是哪一年的，不写为当年"
    )]
    year: Option<ReadyPeriod>,
}

const MONTH: &str = "--month 只用于 --list birthdays 和 print birthdays";
const YEAR: &str =
    "--year 只用于 export talks、export events、print talk、print talk-ledger、档案各表和 --list fifty_years";

impl Listing {
    /// Whether anything narrows the list down.
    pub fn is_given(&self) -> bool {
        !self.conditions.is_empty() || self.is_of_people() || self.year.is_some()
    }

    /// Whether there is something that only lists of people have.
    pub fn is_of_people(&self) -> bool {
        self.saved.is_some() || self.list.is_some() || self.month.is_some()
    }

    /// What `--where` says, as it was written.
    pub fn written_conditions(&self) -> &[String] {
        &self.conditions
    }

    /// The year that no ready list takes.
    pub fn own_year(&self) -> Option<Period> {
        match self.year {
            Some(ReadyPeriod::Year(year)) if self.list.is_none() => Period::year(year),
            _ => None,
        }
    }

    /// Fails where a year is told that only a ready list takes.
    pub fn refuse_year(&self) -> Result<()> {
        match self.year.filter(|_| self.list.is_none()) {
            Some(_) => Err(Problem::usage(YEAR).next("是哪一年的表，用 --period 写，例如 --period 2025")),
            None => Ok(()),
        }
    }

    /// The month that no ready list takes.
    pub fn own_month(&self) -> Option<Period> {
        match self.month {
            Some(ReadyPeriod::Month { year, month }) if self.list.is_none() => Period::month(year, month),
            _ => None,
        }
    }

    /// Fails where a month is told that nothing takes.
    pub fn refuse_month(&self) -> Result<()> {
        match self.own_month() {
            Some(_) => Err(Problem::usage(MONTH)),
            None => Ok(()),
        }
    }

    /// The ready list that is asked for, of its time.
    pub fn ready(&self, day: Day) -> Result<Option<ReadyAsk>> {
        self.refuse_year()?;
        let Some(list) = self.list else { return Ok(None) };
        let usual = list.usual(day);
        match (self.month.or(self.year), usual.period) {
            (None, _) => Ok(Some(usual)),
            (Some(period @ ReadyPeriod::Month { .. }), ReadyPeriod::Month { .. })
            | (Some(period @ ReadyPeriod::Year(_)), ReadyPeriod::Year(_)) => Ok(Some(ReadyAsk { list, period })),
            (Some(ReadyPeriod::Month { .. }), _) => Err(Problem::usage(MONTH)),
            (Some(_), _) => Err(Problem::usage(YEAR)),
        }
    }

    /// Narrows a list down. What the list already asks for stays.
    pub fn narrow(&self, desk: &Desk, mut ask: ListAsk) -> Result<ListAsk> {
        if let Some(name) = &self.saved {
            let kept = saved_filters::named(desk, name)?;
            if ask.who == Who::OnRoll {
                ask.who = kept.who;
            }
            ask.text = format!("{} {}", ask.text, kept.text).trim().to_owned();
            ask.conditions.extend(kept.conditions);
        }
        if let Some(ready) = self.ready(ask.as_of)? {
            ask.conditions.extend(ready.conditions(ask.as_of));
            if ask.sort.is_empty() {
                ask.sort = ready.list.sort();
            }
        }
        let extra = extra_fields(desk.reader())?;
        for text in &self.conditions {
            ask.conditions.push(condition(text, &extra)?);
        }
        Ok(ask)
    }
}

fn ready_list(text: &str) -> std::result::Result<ReadyList, String> {
    ReadyList::from_name(text.trim()).ok_or_else(|| {
        let names: Vec<&str> = ReadyList::ALL.iter().map(|list| list.name()).collect();
        format!("可以是 {}", names.join("、"))
    })
}

fn month(text: &str) -> std::result::Result<ReadyPeriod, String> {
    let read = text.trim().split_once('-').and_then(|(year, month)| Some((year.parse().ok()?, month.parse().ok()?)));
    match read {
        Some((year, month)) if (1850..=2200).contains(&year) && (1..=12).contains(&month) => {
            Ok(ReadyPeriod::Month { year, month })
        }
        _ => Err("月份写成 2026-07 的样子".to_owned()),
    }
}

fn year(text: &str) -> std::result::Result<ReadyPeriod, String> {
    let read = text.trim().parse().ok().filter(|year| (1850..=2200).contains(year));
    read.map(ReadyPeriod::Year).ok_or_else(|| "年份写成 2026 的样子".to_owned())
}
