//! How a plan is proposed: what the coverage of each organisation lacks, who may be asked, who talked just now.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;

use super::{PlanAsk, PlannedFor, Proposal, organisations};
use crate::clock::Day;
use crate::domain::coverage::{Coverage, CoverageRules, Held, WhyLeftOut, Window};
use crate::domain::dates::Period;
use crate::domain::ids::{OrganisationId, PersonId, TalkId};
use crate::domain::rules::organisations::is_of_committee;
use crate::domain::talk_plan::{self, Askable, CannotClose, JustHeld, Lacking, TalkPlan, ToClose};
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::talk_plan as talk_plans;
use crate::store::talks::{self, people_of};
use crate::view::coverage::{Called, several};
use crate::view::desk::Desk;
use crate::view::organisations::posts;

/// How long before the period a talk still is one just held.
const JUST_BEFORE_MONTHS: i64 = 12;

/// Proposes talks that close what the coverage of each organisation of the scope lacks today and by the last day.
///
/// Fails with a sentence where the period is over or no working day is left.
pub fn propose(desk: &Desk, ask: PlanAsk, progress: &Progress) -> Result<Proposal> {
    let days = days_within(ask)?;
    let ids = organisations(desk, ask.scope, ask.with_below, ask.today);
    if ids.is_empty() {
        return Err(Problem::input("没有拟出计划", "工作簿里还没有党组织").next("请先新增党支部"));
    }
    progress.stage("读取覆盖情况", 0)?;
    let today = Window::until_today(ask.period, ask.today);
    let since = ask.period.first.saturating_sub(JUST_BEFORE_MONTHS.months());
    let now = several(desk, &ids, today, since)?;
    let then = match today.as_of < days.last {
        true => several(desk, &ids, Window { as_of: days.last, ..today }, ask.period.first)?,
        false => now.clone(),
    };
    let printed = printed(desk, days)?;
    progress.stage("排谈话", ids.len() as u64)?;
    let (mut of, mut told) = (Vec::new(), Vec::new());
    for ((id, now), then) in ids.iter().zip(&now).zip(then) {
        progress.step(of.len() as u64)?;
        let here = people_here(now);
        let mut lacking = Lacking::of(now);
        lacking.take_in(Lacking::of(&then), |person| here.contains(&person));
        let mut askable = askable(desk, *id, today.as_of, now)?;
        // Whoever is left out by the last day is missing no more then.
        let leaving = then.left_out.iter().filter(|left| left.why != WhyLeftOut::New).map(|left| left.person);
        let leaving: BTreeSet<PersonId> = leaving.collect();
        lacking.leave_out(&leaving);
        askable.leave_out(&leaving);
        told.push(planned_for(desk, *id, &askable, then, &here));
        let printed = printed.get(id).cloned().unwrap_or_default();
        of.push(ToClose { organisation: *id, lacking, askable, printed });
    }
    let just_held = just_held(desk, &now)?;
    progress.step(of.len() as u64)?;
    let plan = talk_plan::propose(&of, &just_held, days)?;
    let names = names(desk, &ids, &plan, &told);
    let name = desk.scope_name(ask.scope);
    Ok(Proposal { scope: ask.scope, name, organisations: told, period: ask.period, days, plan, names })
}

/// The days of the period that were asked for, as far as they are not over.
fn days_within(ask: PlanAsk) -> Result<Period> {
    let first = ask.days.first.max(ask.period.first).max(ask.today);
    if first > ask.period.last {
        let happened = format!("覆盖期间到 {} 为止，已经过了", ask.period.last);
        return Err(Problem::input("没有拟出计划", happened).next("请换一个期间"));
    }
    if ask.days.last < ask.period.first {
        let happened = format!("完成日期 {} 早于覆盖期间（{} 起）", ask.days.last, ask.period.first);
        return Err(Problem::input("没有拟出计划", happened).next("请改完成日期"));
    }
    if ask.days.last < ask.today && ask.days.first <= ask.days.last {
        let happened = format!("完成日期 {} 已经过了", ask.days.last);
        return Err(Problem::input("没有拟出计划", happened).next("请改完成日期"));
    }
    Ok(Period { first, last: ask.days.last.min(ask.period.last) })
}

fn planned_for(
    desk: &Desk,
    organisation: OrganisationId,
    askable: &Askable,
    then: Coverage,
    here: &BTreeSet<PersonId>,
) -> PlannedFor {
    let is_event = then.after_events.as_ref().is_some_and(|board| board.required() > 0);
    PlannedFor {
        organisation,
        name: desk.scope_name(Some(organisation)),
        committee: askable.committee.len(),
        asks: is_event || !then.members.is_empty() || then.committee.len() > 1,
        left_out: then.left_out.into_iter().filter(|left| here.contains(&left.person)).collect(),
    }
}

/// Everybody who is on the committee or a member on the day of a coverage.
fn people_here(coverage: &Coverage) -> BTreeSet<PersonId> {
    let left_out = coverage.left_out.iter().map(|left| left.person);
    coverage.committee.iter().chain(&coverage.members).copied().chain(left_out).collect()
}

/// Whoever is asked for may be asked to talk, and whoever came a short while ago.
fn askable(desk: &Desk, organisation: OrganisationId, day: Day, coverage: &Coverage) -> Result<Askable> {
    let posts = posts(desk, organisation, day)?;
    let on_committee = |person: PersonId| posts.iter().any(|line| line.person == person && is_of_committee(&line.post));
    let new = coverage.left_out.iter().filter(|left| left.why == WhyLeftOut::New).map(|left| left.person);
    let (committee, members): (Vec<_>, Vec<_>) = new.partition(|person| on_committee(*person));
    Ok(Askable {
        committee: coverage.committee.iter().copied().chain(committee).collect(),
        members: coverage.members.iter().copied().chain(members).collect(),
    })
}

/// Who talks with whom on the open sheets of the years of these days, as far as both are named.
fn printed(desk: &Desk, days: Period) -> Result<BTreeMap<OrganisationId, BTreeSet<(PersonId, PersonId)>>> {
    let years = days.first.year()..=days.last.year();
    let mut sheets = talks::planned(desk.reader())?;
    sheets.retain(|sheet| sheet.number.is_some_and(|number| years.contains(&number.year)));
    let became = talk_plans::became(desk.reader(), desk.directory(), &CoverageRules::of(desk.rules()), &sheets)?;
    let mut printed: BTreeMap<OrganisationId, BTreeSet<(PersonId, PersonId)>> = BTreeMap::new();
    for sheet in sheets.iter().filter(|sheet| !became.contains_key(&sheet.id)) {
        printed.entry(sheet.organisation).or_default().extend(sheet.talker.zip(sheet.partner));
    }
    Ok(printed)
}

/// With whom everybody who is missing had the last talk of the kind that is missing.
fn just_held(desk: &Desk, of: &[Coverage]) -> Result<JustHeld> {
    let mut people: BTreeMap<TalkId, Vec<PersonId>> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (talk, person) in of.iter().flat_map(last_talks) {
        if let std::collections::btree_map::Entry::Vacant(place) = people.entry(talk) {
            let sat = people_of(desk.reader(), talk)?;
            place.insert(sat.into_iter().filter_map(|row| row.who.person()).collect());
        }
        let others = people.get(&talk).into_iter().flatten().filter(|other| **other != person);
        pairs.extend(others.map(|other| (person, *other)));
    }
    Ok(pairs.into_iter().collect())
}

/// The last talk of each person in each relation.
fn last_talks(coverage: &Coverage) -> BTreeSet<(TalkId, PersonId)> {
    let of_person = [&coverage.with_committee, &coverage.among_members].into_iter().flatten();
    let of_person = of_person.flat_map(|board| &board.needs).map(|need| (need.whom, need.last));
    let of_event = coverage.after_events.iter().flat_map(|board| &board.needs);
    let of_event = of_event.map(|need| (need.whom.occasion.person, need.last));
    of_person.chain(of_event).filter_map(|(person, last): (_, Option<Held>)| Some((last?.talk, person))).collect()
}

/// The names of all in a plan; those that two people of the organisations bear are told apart.
fn names(desk: &Desk, ids: &[OrganisationId], plan: &TalkPlan, told: &[PlannedFor]) -> BTreeMap<PersonId, String> {
    let in_talks = plan.talks.iter().flat_map(|talk| [talk.talker, talk.partner]);
    let not_closed = plan.cannot_close.iter().map(|(_, one)| match *one {
        CannotClose::NoTalker(person, _) | CannotClose::NoPartner(person) | CannotClose::TooLate(person, _) => person,
    });
    let left_out = told.iter().flat_map(|of| &of.left_out).map(|left| left.person);
    let people: BTreeSet<PersonId> = in_talks.chain(not_closed).chain(left_out).collect();
    let here = ids.iter().flat_map(|id| desk.directory().ever_in(Some(*id))).copied();
    let called = Called::among(desk, here.chain(people.iter().copied()));
    people.into_iter().map(|person| (person, called.of(person))).collect()
}
