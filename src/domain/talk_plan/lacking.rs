//! What a plan has to close, read from the coverage of an organisation.

use std::collections::BTreeSet;

use super::{Askable, AwaitedTalk, Lacking};
use crate::domain::coverage::{Board, Coverage, Need, State};
use crate::domain::dates::Period;
use crate::domain::ids::PersonId;

impl Lacking {
    /// What a coverage lacks, in its order. What can still be done in time after an event is lacking too.
    pub fn of(coverage: &Coverage) -> Self {
        let after_events = coverage.after_events.iter().flat_map(|board| &board.needs);
        Self {
            committee_pairs: each_missing(coverage.pairs.as_ref()),
            with_committee: each_missing(coverage.with_committee.as_ref()),
            among_members: each_missing(coverage.among_members.as_ref()),
            after_events: after_events
                .filter(|need| need.state != State::Done)
                .map(|need| AwaitedTalk {
                    person: need.whom.occasion.person,
                    days: Period { first: need.whom.occasion.day.first_day(), last: need.whom.until },
                })
                .collect(),
        }
    }

    /// Takes in what will be lacking on a later day besides, as far as `is_here` knows the people by now: whoever came
    /// a short while ago will be asked for by then.
    pub fn take_in(&mut self, later: Self, is_here: impl Fn(PersonId) -> bool) {
        let new_pairs = later.committee_pairs.into_iter().filter(|(one, other)| {
            let is_new = |pair: &(PersonId, PersonId)| *pair != (*one, *other) && *pair != (*other, *one);
            is_here(*one) && is_here(*other) && self.committee_pairs.iter().all(is_new)
        });
        let new_pairs: Vec<_> = new_pairs.collect();
        self.committee_pairs.extend(new_pairs);
        for (known, later) in
            [(&mut self.with_committee, later.with_committee), (&mut self.among_members, later.among_members)]
        {
            let new = later.into_iter().filter(|person| is_here(*person) && !known.contains(person));
            let new: Vec<_> = new.collect();
            known.extend(new);
        }
        let new = later.after_events.into_iter().filter(|event| !self.after_events.contains(event));
        let new: Vec<_> = new.collect();
        self.after_events.extend(new);
    }
}

impl Lacking {
    /// Nobody of these is asked for any more; what an event asks for still is.
    pub fn leave_out(&mut self, people: &BTreeSet<PersonId>) {
        self.committee_pairs.retain(|(one, other)| !people.contains(one) && !people.contains(other));
        self.with_committee.retain(|person| !people.contains(person));
        self.among_members.retain(|person| !people.contains(person));
    }
}

impl Askable {
    /// Nobody of these is asked to talk.
    pub fn leave_out(&mut self, people: &BTreeSet<PersonId>) {
        self.committee.retain(|person| !people.contains(person));
        self.members.retain(|person| !people.contains(person));
    }
}

/// Whoever is missing, as often as talks are.
fn each_missing<W: Copy>(board: Option<&Board<W>>) -> Vec<W> {
    let Some(board) = board else { return Vec::new() };
    let times = |need: &Need<W>| usize::try_from(board.needed).unwrap_or(0).saturating_sub(need.held.len());
    board.of(State::Missing).flat_map(|need| std::iter::repeat_n(need.whom, times(need))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Day;
    use crate::domain::coverage::{CoverageRules, Roles, Window, coverage};
    use crate::domain::dates::Span;
    use crate::domain::rules::{RuleBook, RuleChange};

    const ALWAYS: Span = Span { from: None, to: None };

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn branch() -> Vec<Roles> {
        let committee =
            [1, 2].map(|id| Roles { committee: vec![ALWAYS], member: vec![ALWAYS], ..Roles::new(PersonId(id)) });
        let members = [3, 4].map(|id| Roles { member: vec![ALWAYS], ..Roles::new(PersonId(id)) });
        committee.into_iter().chain(members).collect()
    }

    fn lacking(rules: &CoverageRules, as_of: &str, people: &[Roles]) -> Lacking {
        let period = Period { first: day("2026-01-01"), last: day("2026-12-31") };
        Lacking::of(&coverage(rules, Window { period, as_of: day(as_of) }, people, &[], &[]))
    }

    #[test]
    fn whoever_lacks_two_talks_stands_there_twice() {
        let change = |rule: &str| RuleChange {
            id: 1,
            rule: rule.into(),
            numbers: [("needed".to_owned(), 2)].into(),
            enabled: None,
            note: None,
        };
        let book = RuleBook::shipped().expect("rules").with(&[change("talk.c2")]);
        let lacking = lacking(&CoverageRules::of(&book), "2026-11-24", &branch());
        assert_eq!(lacking.committee_pairs, [(PersonId(1), PersonId(2))]);
        assert_eq!(lacking.with_committee, [3, 3, 4, 4].map(PersonId));
        assert_eq!(lacking.among_members, [3, 4].map(PersonId));
    }

    #[test]
    fn whoever_will_be_asked_for_by_the_last_day_is_taken_in() {
        let rules = CoverageRules::of(&RuleBook::shipped().expect("rules"));
        let mut people = branch();
        let since = crate::domain::dates::PartialDate::from_iso("2026-09-15");
        people[3].since = since;
        people[3].member = vec![Span { from: since, to: None }];
        let mut now = lacking(&rules, "2026-11-24", &people);
        let then = lacking(&rules, "2026-12-31", &people);
        assert_eq!(now.with_committee, [PersonId(3)], "three months are not over");
        let before = now.clone();
        now.take_in(then.clone(), |person| person != PersonId(4));
        assert_eq!(now, before, "somebody who is not here yet");
        now.take_in(then, |_| true);
        assert_eq!(now.with_committee, [3, 4].map(PersonId));
        assert_eq!(now.committee_pairs, [(PersonId(1), PersonId(2))], "nothing twice");
    }
}
