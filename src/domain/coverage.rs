//! Coverage (谈话覆盖): whom the regulation wants talked with in an organisation, and who is missing.
//!
//! 《中国共产党支部工作条例（试行）》第十九条 names three relations — between committee members, committee members with
//! members, members with members — generally at least once a year each; events ask for a talk of their own. Who is
//! asked for is read on the day of the coverage, what counts on the day of each talk: committee and membership change,
//! and persons are told apart by id, never by name. Pure: what people are and were is handed in as [`Roles`].
//! Start at [`coverage`]; the numbers stand in [`CoverageRules`], C4 in [`Occasion`].

mod occasions;
mod roles;
mod rules;
mod standings;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

pub use occasions::{Due, Occasion, OccasionKind};
pub use roles::{LeftOut, Roles, WhyLeftOut};
pub use rules::{CoverageRules, Relation};
pub use standings::Standings;

use super::dates::{PartialDate, Period, full_months};
use super::ids::{PersonId, TalkId};
use super::talks::Counts;
use crate::clock::Day;

/// What is looked at: talks of a period, as of a day (期间、截至).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Window {
    pub period: Period,
    /// Who is asked for is read on it, and no talk after it counts.
    pub as_of: Day,
}

impl Window {
    /// A period as of today, or as of its end if that is earlier.
    pub fn until_today(period: Period, today: Day) -> Self {
        Self { period, as_of: period.last.min(today) }
    }

    /// Whether a talk of this day lies in the period and not after the day.
    fn holds(self, day: Day) -> bool {
        self.period.holds(day) && day <= self.as_of
    }
}

/// A talk as far as coverage looks at it. Whoever is no person of the workbook is left out: names never count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TalkSeen {
    pub id: TalkId,
    pub held_on: PartialDate,
    /// How talks of its type count.
    pub counts: Counts,
    /// 一对多: by its mode, or since it has several partners.
    pub is_one_to_many: bool,
    /// 电话、视频
    pub is_remote: bool,
    pub talkers: Vec<PersonId>,
    pub partners: Vec<PersonId>,
}

impl TalkSeen {
    /// The day it acts on: one known to the month or the year is its first.
    pub fn day(&self) -> Day {
        self.held_on.first_day()
    }

    /// As one that counted.
    pub fn held(&self) -> Held {
        Held { held_on: self.held_on, talk: self.id }
    }
}

/// A talk that counted for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Held {
    /// As it is known: it is shown so. It acts as its first day.
    pub held_on: PartialDate,
    pub talk: TalkId,
}

/// How what is asked for stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// 缺
    Missing,
    /// 待谈: there is time left.
    Open,
    /// 已谈
    Done,
}

/// Something that is asked for (应谈), with the talks that count for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need<W> {
    pub whom: W,
    pub state: State,
    /// The talks that count, the earliest first.
    pub held: Vec<Held>,
    /// The last talk in this relation among all that were handed in, whether or not it lies in the period; none after
    /// the day of the coverage.
    pub last: Option<Held>,
}

impl<W> Need<W> {
    /// Full months since the last talk in this relation; `None` where there was none.
    pub fn months_since(&self, day: Day) -> Option<i64> {
        self.last.map(|last| full_months(last.held_on.first_day(), day))
    }
}

/// What one relation asks for and how it stands: what is missing first, each in the order of the people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board<W> {
    pub relation: Relation,
    /// How many talks are asked for of each.
    pub needed: i64,
    pub needs: Vec<Need<W>>,
}

impl<W> Board<W> {
    /// 应谈
    pub fn required(&self) -> usize {
        self.needs.len()
    }

    /// 已谈
    pub fn done(&self) -> usize {
        self.of(State::Done).count()
    }

    pub fn of(&self, state: State) -> impl Iterator<Item = &Need<W>> {
        self.needs.iter().filter(move |need| need.state == state)
    }

    fn new(relation: Relation, needed: i64, needs: impl Iterator<Item = (W, Tally, State)>) -> Self {
        let mut needs: Vec<Need<W>> = needs
            .map(|(whom, tally, otherwise)| {
                let is_done = i64::try_from(tally.held.len()).is_ok_and(|held| held >= needed);
                let state = if is_done { State::Done } else { otherwise };
                Need { whom, state, held: tally.held, last: tally.last }
            })
            .collect();
        needs.sort_by_key(|need| need.state);
        Self { relation, needed, needs }
    }
}

/// How the talks of an organisation cover what is asked for. A relation that the workbook's rules switched off is not
/// there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    pub window: Window,
    /// C1 支委之间: every pair, in the order of the people.
    pub pairs: Option<Board<(PersonId, PersonId)>>,
    /// C2 支委和党员
    pub with_committee: Option<Board<PersonId>>,
    /// C3 党员和党员
    pub among_members: Option<Board<PersonId>>,
    /// C4 必谈事项
    pub after_events: Option<Board<Due>>,
    /// Whom C1 asks for, in order.
    pub committee: Vec<PersonId>,
    /// Whom C2 and C3 ask for, in order.
    pub members: Vec<PersonId>,
    /// Who would be asked for by C1 to C3 and is not, in order.
    pub left_out: Vec<LeftOut>,
}

impl Coverage {
    /// Who talks with somebody as long as nothing else is planned: of the committee the one with the highest post, and
    /// none among members or where there is no committee.
    pub fn usual_talker(&self, relation: Relation, partner: PersonId) -> Option<PersonId> {
        let mut committee = self.committee.iter().copied().filter(|id| *id != partner);
        committee.next().filter(|_| relation != Relation::AmongMembers)
    }
}

/// The coverage of one organisation.
///
/// `people`: everybody who is or was a member of it or on its committee, in the order in which they are to be listed.
/// `talks`: all that may count, in any order; earlier ones than the period's serve [`Need::last`]. `occasions`: the
/// events that belong to the organisation.
pub fn coverage<'t>(
    rules: &CoverageRules,
    window: Window,
    people: &[Roles],
    talks: impl IntoIterator<Item = &'t TalkSeen>,
    occasions: &[Occasion],
) -> Coverage {
    let (committee, members, left_out) = asked(rules, window.as_of, people);
    let mut counted = Counted::new(rules, window, people, occasions);
    for talk in talks {
        counted.take(talk);
    }
    let Counted { mut pairs, mut with_committee, mut among_members, after_events, due, .. } = counted;
    let take = |tallies: &mut HashMap<PersonId, Tally>| -> Vec<_> {
        members.iter().map(|id| (*id, tallies.remove(id).unwrap_or_default().sorted(), State::Missing)).collect()
    };
    let board = |relation, tallies: &mut HashMap<PersonId, Tally>| {
        rules.needed(relation).map(|needed| Board::new(relation, needed, take(tallies).into_iter()))
    };
    let with_committee = board(Relation::WithCommittee, &mut with_committee);
    let among_members = board(Relation::AmongMembers, &mut among_members);
    let pairs = rules.needed(Relation::Committee).map(|needed| {
        let all = pairs_of(&committee).map(|pair| {
            let tally = pairs.remove(&unordered(pair.0, pair.1)).unwrap_or_default();
            (pair, tally.sorted(), State::Missing)
        });
        Board::new(Relation::Committee, needed, all)
    });
    let after_events = rules.needed(Relation::AfterEvents).map(|needed| {
        let all = due.into_iter().zip(after_events).map(|(due, tally)| {
            let otherwise = if due.until < window.as_of { State::Missing } else { State::Open };
            (due, tally.sorted(), otherwise)
        });
        Board::new(Relation::AfterEvents, needed, all)
    });
    Coverage { window, pairs, with_committee, among_members, after_events, committee, members, left_out }
}

/// Committee, the other members, and who is left out of both, read on a day.
fn asked(rules: &CoverageRules, day: Day, people: &[Roles]) -> (Vec<PersonId>, Vec<PersonId>, Vec<LeftOut>) {
    let (mut committee, mut members, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
    for roles in people {
        let on_committee = roles.is_on_committee(day);
        if !on_committee && !roles.is_member(day) {
            continue;
        }
        match rules.left_out(roles, day) {
            Some(why) => left_out.push(LeftOut { person: roles.person, why }),
            None if on_committee => committee.push(roles.person),
            None => members.push(roles.person),
        }
    }
    (committee, members, left_out)
}

/// Every two of them once, in their order.
fn pairs_of(people: &[PersonId]) -> impl Iterator<Item = (PersonId, PersonId)> {
    people.iter().enumerate().flat_map(|(nth, one)| people[nth + 1..].iter().map(|other| (*one, *other)))
}

fn unordered(one: PersonId, other: PersonId) -> (PersonId, PersonId) {
    (one.min(other), one.max(other))
}

/// The talks that counted for one thing.
#[derive(Debug, Clone, Default)]
struct Tally {
    held: Vec<Held>,
    last: Option<Held>,
}

impl Tally {
    /// A talk that joins somebody with several counts once.
    fn add(&mut self, held: Held, is_counted: bool) {
        self.last = self.last.max(Some(held));
        if is_counted && self.held.last() != Some(&held) {
            self.held.push(held);
        }
    }

    fn sorted(mut self) -> Self {
        self.held.sort_unstable();
        self
    }
}

/// What each talk counts for, as they come.
struct Counted<'a> {
    window: Window,
    standings: Standings<'a>,
    pairs: HashMap<(PersonId, PersonId), Tally>,
    with_committee: HashMap<PersonId, Tally>,
    among_members: HashMap<PersonId, Tally>,
    due: Vec<Due>,
    /// Of each in `due`.
    after_events: Vec<Tally>,
    due_of: HashMap<PersonId, Vec<usize>>,
}

impl<'a> Counted<'a> {
    fn new(rules: &'a CoverageRules, window: Window, people: &'a [Roles], occasions: &[Occasion]) -> Self {
        let due = occasions::due(rules, window, occasions);
        let mut due_of: HashMap<PersonId, Vec<usize>> = HashMap::new();
        for (place, due) in due.iter().enumerate() {
            due_of.entry(due.occasion.person).or_default().push(place);
        }
        Self {
            window,
            standings: Standings::new(rules, people),
            pairs: HashMap::new(),
            with_committee: HashMap::new(),
            among_members: HashMap::new(),
            after_events: vec![Tally::default(); due.len()],
            due,
            due_of,
        }
    }

    fn take(&mut self, talk: &TalkSeen) {
        if talk.day() > self.window.as_of {
            return;
        }
        self.join(talk);
        self.answer(talk);
    }

    /// Counts a talk for every two it joins.
    fn join(&mut self, talk: &TalkSeen) {
        let held = talk.held();
        let is_counted = self.window.holds(talk.day());
        let Self { standings, pairs, with_committee, among_members, .. } = self;
        standings.each_joined(talk, |relation, one, other| {
            let tallies = match relation {
                Relation::Committee => return pairs.entry(unordered(one, other)).or_default().add(held, is_counted),
                Relation::WithCommittee => &mut *with_committee,
                Relation::AmongMembers => &mut *among_members,
                Relation::AfterEvents => return,
            };
            for person in [one, other] {
                tallies.entry(person).or_default().add(held, is_counted);
            }
        });
    }

    /// Counts a talk of a committee member for the events of its partners.
    fn answer(&mut self, talk: &TalkSeen) {
        for partner in &talk.partners {
            let Some(places) = self.due_of.get(partner) else { continue };
            if !self.standings.is_by_committee(talk, *partner) {
                continue;
            }
            for place in places {
                let due = self.due[*place];
                if due.occasion.day.first_day() <= talk.day() {
                    // One that came too late closes nothing; it is told as the last.
                    let is_in_time = talk.day() <= due.until;
                    self.after_events[*place].add(talk.held(), is_in_time);
                }
            }
        }
    }
}
