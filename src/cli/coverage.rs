//! `coverage`: who was talked with, who is missing and who is left out, organisation by organisation.

use std::io::Write;

use clap::Args;
use serde_json::{Value as Json, json};

use super::Done;
use super::asks::{Scope, day, year};
use super::opening::Book;
use crate::clock::{Clock, Day};
use crate::domain::coverage::{Board, Coverage, Due, Relation, State, WhyLeftOut, Window};
use crate::domain::dates::Period;
use crate::problem::{Problem, Result};
use crate::view::coverage::{Called, CoverageAsk, CoverageNode, Ratio, answering, tree};
use crate::view::desk::Desk;

#[derive(Debug, Args)]
pub(super) struct CoverageTask {
    #[command(flatten)]
    book: Book,
    #[arg(
        long,
        value_name = "党组织",
        help = "哪个党组织和它所辖的：编号、名称，或“总支/支部”这样的路径；最上级的党组织只有一个时可以不写"
    )]
    org: Option<String>,
    #[arg(
        long,
        value_name = "日期",
        value_parser = day,
        help = "截至哪一天（2026-11-24）：按这一天的支委和党员算应谈，之后的谈话不算；不写为今天，期间已过的为期间最后一天"
    )]
    as_of: Option<Day>,
    #[arg(long, value_name = "年份", value_parser = year, conflicts_with_all = ["from", "to"], help = "哪一年；什么都不写为 --as-of 那一年，也没有则为今年")]
    year: Option<i16>,
    #[arg(long, value_name = "日期", value_parser = day, help = "从哪一天起，例如上次组织生活会那天")]
    from: Option<Day>,
    #[arg(long, value_name = "日期", value_parser = day, requires = "from", help = "到哪一天为止；不写为今天")]
    to: Option<Day>,
    #[arg(long, help = "写成 JSON")]
    json: bool,
}

impl CoverageTask {
    /// The day that is asked for.
    pub fn asked_day(&self) -> Option<Day> {
        self.as_of
    }

    pub fn run(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        let desk = self.book.desk()?;
        let node = tree(&desk, self.ask(&desk, clock)?)?;
        if self.json {
            writeln!(out, "{:#}", as_json(&desk, &node))?;
        } else {
            let Window { period, as_of } = node.coverage.window;
            writeln!(out, "谈话覆盖，{} 至 {}，截至 {as_of}", period.first, period.last)?;
            if as_of < period.first {
                writeln!(out, "期间还没开始")?;
            }
            print_node(&desk, &node, out)?;
            print_basis(&desk, &node.coverage, out)?;
        }
        Ok(Done::Well)
    }

    fn ask(&self, desk: &Desk, clock: Clock) -> Result<CoverageAsk> {
        let mut roots = desk.tree().children(None).map(|node| node.id);
        let only = roots.next().filter(|_| roots.next().is_none());
        let scope = Scope { org: self.org.clone(), as_of: self.as_of };
        let organisation = scope.organisation(desk)?.or(only).ok_or_else(|| {
            Problem::usage("没有写哪个党组织".to_owned()).next("加上 --org，写编号、名称，或“总支/支部”这样的路径")
        })?;
        // A group has no coverage of its own: its branch answers.
        let organisation = answering(organisation, desk.tree()).unwrap_or(organisation);
        let today = clock.today();
        let period = match self.from {
            Some(first) => Some(Period { first, last: self.to.unwrap_or(today) }),
            None => Period::year(self.year.unwrap_or_else(|| scope.day(clock).year())),
        };
        let period = period
            .filter(|period| period.first <= period.last)
            .ok_or_else(|| Problem::usage("期间的第一天晚于最后一天".to_owned()).next("改好 --from 和 --to"))?;
        let ask = CoverageAsk::until_today(organisation, period, today);
        Ok(CoverageAsk { as_of: self.as_of.unwrap_or(ask.as_of), ..ask })
    }
}

fn as_json(desk: &Desk, node: &CoverageNode) -> Json {
    let coverage = &node.coverage;
    let rules: Vec<Json> =
        Relation::ALL.into_iter().filter_map(|relation| rule_json(desk, coverage, relation)).collect();
    let left_out = coverage.left_out.iter().map(|out| json!({ "person": out.person, "why": out.why.name() }));
    json!({
        "organisation": node.organisation,
        "from": coverage.window.period.first.to_string(),
        "to": coverage.window.period.last.to_string(),
        "as_of": coverage.window.as_of.to_string(),
        "rules": rules,
        "left_out": left_out.collect::<Vec<_>>(),
        "branches": node.branches.iter().map(|branch| as_json(desk, branch)).collect::<Vec<_>>(),
    })
}

/// One relation; `None` where it is switched off.
fn rule_json(desk: &Desk, coverage: &Coverage, relation: Relation) -> Option<Json> {
    let ratio = Ratio::of(coverage, relation)?;
    let rule = relation.rule(desk.rules())?;
    let event = |due: Due| json!([due.occasion.person, due.occasion.day.to_string()]);
    let of = |state: State| match relation {
        Relation::Committee => listed(&coverage.pairs, state, |(one, other)| json!([one, other])),
        Relation::WithCommittee => listed(&coverage.with_committee, state, |person| json!([person])),
        Relation::AmongMembers => listed(&coverage.among_members, state, |person| json!([person])),
        Relation::AfterEvents => listed(&coverage.after_events, state, event),
    };
    let mut line = json!({
        "id": relation.code(),
        "title": rule.title,
        "article": rule.article,
        "required": ratio.required,
        "done": ratio.done,
        "missing": of(State::Missing),
    });
    if relation == Relation::AfterEvents {
        line["open"] = of(State::Open).into();
    }
    Some(line)
}

fn listed<W: Copy>(board: &Option<Board<W>>, state: State, told: impl Fn(W) -> Json) -> Vec<Json> {
    board.iter().flat_map(|board| board.of(state)).map(|need| told(need.whom)).collect()
}

/// An organisation in words, then those below it.
fn print_node(desk: &Desk, node: &CoverageNode, out: &mut impl Write) -> Result<()> {
    let coverage = &node.coverage;
    let called = Called::new(desk, coverage);
    writeln!(out, "{}", node.name)?;
    for relation in Relation::ALL {
        let (Some(ratio), Some(rule)) = (Ratio::of(coverage, relation), relation.rule(desk.rules())) else { continue };
        if ratio.required == 0 {
            continue;
        }
        let states = [("缺", State::Missing, ratio.missing()), ("待谈", State::Open, ratio.open)];
        let states = states.into_iter().filter(|(.., count)| *count > 0);
        let counts: String = states.clone().map(|(word, _, count)| format!("，{word} {count}")).collect();
        let unit = relation.unit();
        writeln!(out, "  {}：应谈 {} {unit}，已谈 {}{counts}", rule.title, ratio.required, ratio.done)?;
        for (word, state, _) in states {
            writeln!(out, "    {word}：{}", called.told(coverage, relation, state).join("、"))?;
        }
    }
    for why in WhyLeftOut::ALL {
        let of_it = coverage.left_out.iter().filter(|left| left.why == why);
        let names: Vec<String> = of_it.map(|left| called.of(left.person)).collect();
        if !names.is_empty() {
            writeln!(out, "  不列入（{}）：{}", why.label(), names.join("、"))?;
        }
    }
    node.branches.iter().try_for_each(|branch| print_node(desk, branch, out))
}

/// What the relations rest on, once for all organisations.
fn print_basis(desk: &Desk, coverage: &Coverage, out: &mut impl Write) -> Result<()> {
    for relation in Relation::ALL.into_iter().filter(|relation| Ratio::of(coverage, *relation).is_some()) {
        if let Some(rule) = relation.rule(desk.rules()) {
            writeln!(out, "{}：{}，{}", rule.title, rule.words(), rule.shown_article())?;
        }
    }
    Ok(())
}
