//! Working weeks (Monday to Friday) and how talks are shared out over them. Public holidays are not known.
//!
//! One talker after the other gets weeks by the flow of [`sharing`](super::sharing): in no week more talks than there
//! have to be; those after an event first, by their last day; the others evenly; then rather weeks in which the partner
//! has no other talk and the organisation has few. Start at [`working_weeks`].

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Weekday;

use super::sharing::{Choice, Lane, share};
use super::{ProposedTalk, Unscheduled};
use crate::clock::Day;
use crate::domain::coverage::Relation;
use crate::domain::dates::Period;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::problem::{Problem, Result};

/// Nobody plans talks further ahead; a longer plan is a slip in its day.
const MOST_WEEKS: usize = 106;

/// The working weeks of a period.
#[derive(Debug)]
pub(super) struct WorkingWeeks {
    /// The first and the last working day.
    pub days: Period,
    /// Each week from its first to its last working day in the period.
    weeks: Vec<Period>,
}

/// The Monday of the week of a day.
pub fn week_of(day: Day) -> Day {
    day.saturating_sub(i32::from(day.weekday().to_monday_zero_offset()).days())
}

/// The working days from the first to the last working day of these; `None` if there is none.
pub(super) fn working_days(days: Period) -> Option<Period> {
    let forward = match days.first.weekday() {
        Weekday::Saturday => 2,
        Weekday::Sunday => 1,
        _ => 0,
    };
    let back = match days.last.weekday() {
        Weekday::Saturday => 1,
        Weekday::Sunday => 2,
        _ => 0,
    };
    let working =
        Period { first: days.first.saturating_add(forward.days()), last: days.last.saturating_sub(back.days()) };
    (working.first <= working.last).then_some(working)
}

/// The days that are in both; `None` if there is none.
pub(super) fn common_days(one: Period, other: Period) -> Option<Period> {
    let common = Period { first: one.first.max(other.first), last: one.last.min(other.last) };
    (common.first <= common.last).then_some(common)
}

/// The working weeks of a period. Fails if it has none, or more than anybody plans ahead.
pub(super) fn working_weeks(period: Period) -> Result<WorkingWeeks> {
    const TITLE: &str = "没有拟出计划";
    if period.last < period.first {
        let happened = format!("完成日期 {} 早于开始日期 {}", period.last, period.first);
        return Err(Problem::input(TITLE, happened).next("请改完成日期"));
    }
    let Some(days) = working_days(period) else {
        let happened = format!("从 {} 到 {} 没有工作日（周一至周五）", period.first, period.last);
        return Err(Problem::input(TITLE, happened).next("请把完成日期往后改"));
    };
    let mut weeks = Vec::new();
    let mut monday = week_of(days.first);
    while monday <= days.last && weeks.len() <= MOST_WEEKS {
        let week = Period { first: monday, last: monday.saturating_add(4.days()) };
        weeks.extend(common_days(week, days));
        monday = monday.saturating_add(7.days());
    }
    if weeks.len() > MOST_WEEKS {
        let happened = format!("完成日期 {} 离开始日期 {} 超过两年", period.last, period.first);
        return Err(Problem::input(TITLE, happened).next("请把完成日期往前改"));
    }
    Ok(WorkingWeeks { days, weeks })
}

/// How many talks there are already.
#[derive(Debug)]
struct Filling {
    /// Of each organisation, in each week.
    of_week: BTreeMap<OrganisationId, Vec<usize>>,
    /// Of each person, talker or partner, in each week.
    of_person: BTreeMap<(PersonId, usize), usize>,
}

impl WorkingWeeks {
    /// Gives each talk its week; the plan is in the order of its weeks.
    pub(super) fn share(&self, talks: Vec<Unscheduled>) -> Result<Vec<ProposedTalk>> {
        let mut by_talker: Vec<(PersonId, Vec<Unscheduled>)> = Vec::new();
        let mut place_of = BTreeMap::new();
        for talk in talks {
            let place = *place_of.entry(talk.talker).or_insert(by_talker.len());
            if place == by_talker.len() {
                by_talker.push((talk.talker, Vec::new()));
            }
            by_talker[place].1.push(talk);
        }
        // Who has most to do chooses first; the order of the talkers holds among equals.
        by_talker.sort_by_key(|(_, talks)| std::cmp::Reverse(talks.len()));
        let mut filling = Filling { of_week: BTreeMap::new(), of_person: BTreeMap::new() };
        let mut plan = Vec::new();
        for (_, talks) in by_talker {
            let weeks = self.weeks_of_one(&talks, &filling)?;
            for (talk, week) in talks.into_iter().zip(weeks) {
                let none = || vec![0; self.weeks.len()];
                filling.of_week.entry(talk.organisation).or_insert_with(none)[week] += 1;
                for person in [talk.talker, talk.partner] {
                    *filling.of_person.entry((person, week)).or_default() += 1;
                }
                let last = self.weeks[week].last.min(talk.days.last);
                let Unscheduled { organisation, talker, partner, closes, .. } = talk;
                plan.push(ProposedTalk { organisation, talker, partner, closes, week: week_of(last), due: last });
            }
        }
        plan.sort_by_key(|talk| (talk.week, !talk.closes.contains(&Relation::AfterEvents), talk.due));
        Ok(plan)
    }

    /// The week of each of the talks of one talker.
    fn weeks_of_one(&self, talks: &[Unscheduled], filling: &Filling) -> Result<Vec<usize>> {
        let number = |count: usize| i128::try_from(count).unwrap_or(i128::MAX);
        let fullness: BTreeMap<_, _> = filling.of_week.iter().map(|(of, counts)| (*of, ranks(counts))).collect();
        let urgency = urgency(talks);
        // What comes first weighs more than all that comes after can.
        let pleasant = number(2 * self.weeks.len() * talks.len() + 1);
        let even = pleasant * number(talks.len() * talks.len() + 1);
        let choices = |(place, talk): (usize, &Unscheduled)| -> Vec<Choice> {
            let holds = |(_, week): &(usize, &Period)| common_days(**week, talk.days).is_some();
            let choice = |(week, _): (usize, &Period)| {
                let is_met = filling.of_person.contains_key(&(talk.partner, week));
                let full = fullness.get(&talk.organisation).map_or(week, |ranks| ranks[week]);
                let unpleasant = full + if is_met { self.weeks.len() } else { 0 };
                Choice { lane: week, cost: even * number(urgency[place] * week) + number(unpleasant) }
            };
            self.weeks.iter().enumerate().filter(holds).map(choice).collect()
        };
        let jobs: Vec<_> = talks.iter().enumerate().map(choices).collect();
        let lanes: Vec<_> = (0..self.weeks.len()).map(|taker| Lane { taker, room: talks.len() }).collect();
        let shares = share(&jobs, &lanes, self.weeks.len(), pleasant);
        shares.map(|shares| shares.lanes).ok_or_else(|| Problem::fault("a talk of the plan has no week"))
    }
}

/// The place of each among all, the smallest first; equal ones in their order.
fn ranks(of: &[usize]) -> Vec<usize> {
    let mut order: Vec<_> = (0..of.len()).collect();
    order.sort_by_key(|place| of[*place]);
    let mut ranks = vec![0; of.len()];
    for (rank, place) in order.into_iter().enumerate() {
        ranks[place] = rank;
    }
    ranks
}

/// How urgent each talk is: those after an event the more the earlier their last day is, the others not at all.
fn urgency(talks: &[Unscheduled]) -> Vec<usize> {
    let mut urgent: Vec<_> =
        (0..talks.len()).filter(|place| talks[*place].closes.contains(&Relation::AfterEvents)).collect();
    urgent.sort_by_key(|place| std::cmp::Reverse((talks[*place].days.last, *place)));
    let mut urgency = vec![0; talks.len()];
    for (rank, place) in urgent.into_iter().enumerate() {
        urgency[place] = rank + 1;
    }
    urgency
}
