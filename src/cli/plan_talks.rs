//! `plan-talks`: proposes talks that close the coverage of an organisation and of those below it, and keeps them where
//! that is asked for.

use std::io::Write;

use clap::Args;
use serde_json::{Map, Value as Json, json};

use super::Done;
use super::asks::{Scope, day, year};
use super::opening::{Book, Operator};
use crate::clock::{Clock, Day};
use crate::command::Command;
use crate::domain::coverage::Relation;
use crate::domain::dates::Period;
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::view::desk::Desk;
use crate::view::talk_plan::{PlanAsk, PlannedFor, Proposal, propose};

/// The most talkers whose load is told in words; JSON has all.
const TOLD: usize = 20;

#[derive(Debug, Args)]
pub(super) struct PlanTalksTask {
    #[command(flatten)]
    book: Book,
    #[arg(long, value_name = "党组织", help = "哪个党组织和它所辖的：编号、名称，或“总支/支部”这样的路径；不写为全部")]
    org: Option<String>,
    #[arg(long, requires = "org", help = "只排 --org 这个党组织本级的，不排所辖的")]
    alone: bool,
    #[arg(long, value_name = "日期", value_parser = day, help = "到哪一天谈完，含这一天")]
    by: Day,
    #[arg(long, value_name = "日期", value_parser = day, help = "从哪一天开始谈；不写为今天")]
    from: Option<Day>,
    #[arg(long, value_name = "年份", value_parser = year, conflicts_with = "since", help = "补哪一年的覆盖；什么都不写为开始谈的那一年")]
    year: Option<i16>,
    #[arg(long, value_name = "日期", value_parser = day, help = "不按年，补从这一天起的覆盖，例如上次组织生活会那天")]
    since: Option<Day>,
    #[arg(long, help = "把计划存进工作簿，换下以前拟的、还没谈的，可以撤销；不写则工作簿什么都不改")]
    keep: bool,
    #[command(flatten)]
    operator: Operator,
    #[arg(long, help = "写成 JSON")]
    json: bool,
}

impl PlanTalksTask {
    pub fn run(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        let desk = self.book.desk()?;
        let proposal = propose(&desk, self.ask(&desk, clock)?, &Progress::default())?;
        drop(desk);
        if self.keep {
            let (mut ledger, stamp) = self.book.ledger(&self.operator, clock)?;
            ledger.run(Command::PlanTalksTogether(proposal.keep()), &stamp)?;
        }
        if self.json {
            writeln!(out, "{:#}", as_json(&proposal, self.by))?;
        } else {
            if self.from.is_some_and(|from| from < clock.today()) {
                writeln!(out, "开始日期已经过了，从 {} 起排", proposal.days.first)?;
            }
            if proposal.days.last < self.by {
                let last = proposal.period.last;
                writeln!(out, "覆盖期间到 {last} 为止，之后的日子没有排谈话")?;
            }
            print_plan(&proposal, self.keep, out)?;
        }
        Ok(Done::Well)
    }

    fn ask(&self, desk: &Desk, clock: Clock) -> Result<PlanAsk> {
        let scope = Scope { org: self.org.clone(), as_of: None }.organisation(desk)?;
        let today = clock.today();
        let first = self.from.unwrap_or(today);
        let period = match self.since {
            Some(since) => Some(Period { first: since, last: self.by }),
            None => Period::year(self.year.unwrap_or(first.year())),
        };
        let period = period
            .filter(|period| period.first <= period.last)
            .ok_or_else(|| Problem::usage("--since 晚于 --by").next("改好 --since 和 --by"))?;
        Ok(PlanAsk { scope, with_below: !self.alone, period, days: Period { first, last: self.by }, today })
    }
}

fn as_json(proposal: &Proposal, by: Day) -> Json {
    let talks = proposal.plan.talks.iter().map(|talk| {
        json!({
            "organisation": talk.organisation,
            "talker": talk.talker,
            "partner": talk.partner,
            "rule": talk.closes.iter().map(|relation| relation.code()).collect::<Vec<_>>(),
            "week": talk.week.to_string(),
            "due": talk.due.to_string(),
        })
    });
    let loads: Map<String, Json> =
        proposal.loads().into_iter().map(|(person, load)| (person.to_string(), load.into())).collect();
    json!({
        "organisation": proposal.scope,
        "by": by.to_string(),
        "from": proposal.days.first.to_string(),
        "until": proposal.days.last.to_string(),
        "talks": talks.collect::<Vec<_>>(),
        "loads": loads,
        "largest_load": proposal.plan.largest_load(),
        "cannot_close": proposal.cannot_close_words(),
    })
}

fn print_plan(proposal: &Proposal, is_kept: bool, out: &mut impl Write) -> Result<()> {
    let plan = &proposal.plan;
    let (first, last) = (proposal.days.first, proposal.days.last);
    write!(out, "{}，{first} 至 {last}：", proposal.name)?;
    match proposal.nothing_words() {
        Some(nothing) => writeln!(out, "{nothing}")?,
        None => writeln!(out, "谈话 {} 次，每人最多主谈 {} 次", plan.talks.len(), plan.largest_load())?,
    }
    for of in &proposal.organisations {
        print_talks(proposal, of, out)?;
    }
    if !plan.talks.is_empty() {
        writeln!(out, "  主谈次数：{}", proposal.loads_words(TOLD))?;
    }
    for words in proposal.cannot_close_words() {
        writeln!(out, "  {words}")?;
    }
    for words in proposal.remarks() {
        writeln!(out, "  {words}")?;
    }
    writeln!(out, "{}", if is_kept { "计划已存进工作簿" } else { "只是拟定，工作簿没有改动；加 --keep 存下" })?;
    Ok(())
}

/// The talks of one organisation, week by week.
fn print_talks(proposal: &Proposal, of: &PlannedFor, out: &mut impl Write) -> Result<()> {
    let mut week = None;
    for talk in proposal.talks_of(of.organisation) {
        if week.is_none() && proposal.organisations.len() > 1 {
            writeln!(out, "  {}", of.name)?;
        }
        if week.replace(talk.week) != Some(talk.week) {
            writeln!(out, "  {} 那一周", talk.week)?;
        }
        let (talker, partner) = (proposal.name_of(talk.talker), proposal.name_of(talk.partner));
        let closes: Vec<&str> = talk.closes.iter().map(|relation| Relation::label(*relation)).collect();
        writeln!(out, "    {talker} 和 {partner}（{}），{} 前", closes.join("、"), talk.due)?;
    }
    Ok(())
}
