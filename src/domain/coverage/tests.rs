//! Each clause of the definition, with its article where it has one: the branch that the tests look at. Which clauses
//! there are is told by the files.

mod asked_for;
mod days;
mod events;
mod left_out;
mod talks;

use super::{
    Board, Coverage, CoverageRules, Occasion, OccasionKind, Roles, State, TalkSeen, WhyLeftOut, Window, coverage,
};
use crate::clock::Day;
use crate::domain::dates::{PartialDate, Period, Span};
use crate::domain::ids::{PersonId, TalkId};
use crate::domain::rules::{RuleBook, RuleChange};
use crate::domain::talks::Counts;

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// A span; an empty text is no end.
fn span(from: &str, to: &str) -> Span {
    Span { from: PartialDate::from_iso(from), to: PartialDate::from_iso(to) }
}

const SECRETARY: PersonId = PersonId(1);
const DEPUTY: PersonId = PersonId(2);
const COMMISSIONER: PersonId = PersonId(3);
const ANNA: PersonId = PersonId(11);
const BERT: PersonId = PersonId(12);
const CORA: PersonId = PersonId(13);
/// Somebody who is nothing here.
const STRANGER: PersonId = PersonId(99);

fn member(person: PersonId) -> Roles {
    Roles { member: vec![span("2015-07-01", "")], ..Roles::new(person) }
}

fn on_committee(person: PersonId) -> Roles {
    Roles { committee: vec![span("2024-03-01", "")], ..member(person) }
}

/// A branch with a committee of three and three members besides, looked at over 2026.
struct Branch {
    people: Vec<Roles>,
    talks: Vec<TalkSeen>,
    occasions: Vec<Occasion>,
    as_of: Day,
    changes: Vec<RuleChange>,
}

impl Branch {
    fn new() -> Self {
        let committee = [SECRETARY, DEPUTY, COMMISSIONER].map(on_committee);
        let members = [ANNA, BERT, CORA].map(member);
        Self {
            people: committee.into_iter().chain(members).collect(),
            talks: Vec::new(),
            occasions: Vec::new(),
            as_of: day("2026-12-31"),
            changes: Vec::new(),
        }
    }

    /// The roles of somebody, to be changed.
    fn role(&mut self, person: PersonId) -> &mut Roles {
        self.people.iter_mut().find(|roles| roles.person == person).expect("somebody of the branch")
    }

    /// Records an ordinary talk, numbered in the order of recording from 1.
    fn talk(&mut self, on: &str, talkers: &[PersonId], partners: &[PersonId]) -> &mut TalkSeen {
        let id = TalkId(i64::try_from(self.talks.len()).expect("few") + 1);
        self.talks.push(TalkSeen {
            id,
            held_on: PartialDate::of_day(day(on)),
            counts: Counts::Yes,
            is_one_to_many: partners.len() > 1,
            is_remote: false,
            talkers: talkers.to_vec(),
            partners: partners.to_vec(),
        });
        self.talks.last_mut().expect("just recorded")
    }

    fn happened(&mut self, on: &str, person: PersonId, kind: OccasionKind) {
        let id = i64::try_from(self.occasions.len()).expect("few") + 1;
        self.occasions.push(Occasion { day: PartialDate::of_day(day(on)), person, kind, id });
    }

    fn set(&mut self, rule: &str, numbers: &[(&str, i64)], enabled: Option<bool>) {
        let numbers = numbers.iter().map(|(name, number)| ((*name).to_owned(), *number)).collect();
        self.changes.push(RuleChange { id: 1, rule: rule.into(), numbers, enabled, note: None });
    }

    fn coverage(&self) -> Coverage {
        let rules = CoverageRules::of(&RuleBook::shipped().expect("rules").with(&self.changes));
        let window = Window { as_of: self.as_of, ..Window::until_today(year(2026), self.as_of) };
        coverage(&rules, window, &self.people, &self.talks, &self.occasions)
    }

    fn missing_pairs(&self) -> Vec<(PersonId, PersonId)> {
        whom(&self.coverage().pairs, State::Missing)
    }

    fn missing_with_committee(&self) -> Vec<PersonId> {
        whom(&self.coverage().with_committee, State::Missing)
    }

    fn missing_among_members(&self) -> Vec<PersonId> {
        whom(&self.coverage().among_members, State::Missing)
    }

    /// The days of the events in this state.
    fn events(&self, state: State) -> Vec<String> {
        let all = whom(&self.coverage().after_events, state);
        all.into_iter().map(|due| due.occasion.day.to_string()).collect()
    }

    fn left_out(&self) -> Vec<(PersonId, WhyLeftOut)> {
        self.coverage().left_out.into_iter().map(|out| (out.person, out.why)).collect()
    }
}

fn whom<W: Copy>(board: &Option<Board<W>>, state: State) -> Vec<W> {
    board.as_ref().expect("the rule is on").of(state).map(|need| need.whom).collect()
}

fn year(year: i16) -> Period {
    Period::year(year).expect("a year")
}
