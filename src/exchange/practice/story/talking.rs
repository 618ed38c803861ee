//! What the branches handed in on paper about their talks, and what they plan.

use jiff::ToSpan as _;

use super::{Clerk, ELECTED_DAYS_AGO};
use crate::command::Command;
use crate::domain::events::EventKind;
use crate::domain::fields::FactKind;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::members::{Category, Fact};
use crate::domain::posts::post_rank;
use crate::domain::rules::organisations::is_of_committee;
use crate::exchange::practice::chance::Chance;
use crate::exchange::practice::talks::{BranchTalks, Occasion, TalkWords};
use crate::problem::Result;
use crate::store::events;
use crate::store::members::{facts_in, file};

/// Persons with their names.
type Seats = Vec<(PersonId, String)>;

/// So many days after something happened it was talked about.
const TALKED_AFTER_DAYS: i64 = 3;
/// After these events the branch talked with the person; after a transfer within the bureau nobody thought of it.
const TALKED_AFTER: [EventKind; 3] = [EventKind::Honour, EventKind::TransferIn, EventKind::Extended];

impl Clerk {
    /// The talks of the general branch's own committee; it has no members of its own.
    pub(super) fn leaders_talks(&mut self, root: OrganisationId, seed: u32) -> Result<()> {
        let words = TalkWords::read()?;
        let (committee, members) = self.sides(root)?;
        let chance = Chance::new(seed);
        let (today, occasions) = (self.today, Vec::new());
        let mut talks =
            BranchTalks { words: &words, branch: root, committee, members, occasions, today, chance, follows: false };
        self.run(2, Command::RecordTalks(talks.copied()?))?;
        Ok(())
    }

    /// What the branches handed in on paper about their talks, and what they plan.
    pub(super) fn talks(&mut self, branches: &[OrganisationId], seed: u32) -> Result<()> {
        let words = TalkWords::read()?;
        let mut planned = None;
        for (branch, nth) in branches.iter().zip(1_u32..) {
            let (committee, members) = self.sides(*branch)?;
            let occasions = self.occasions(*branch, committee.iter().skip(1).chain(&members))?;
            let chance = Chance::new(seed.wrapping_add(nth));
            let mut talks = BranchTalks {
                words: &words,
                branch: *branch,
                committee,
                members,
                occasions,
                today: self.today,
                chance,
                follows: nth == 1,
            };
            let copied = talks.copied()?;
            if nth == 1 {
                planned = Some(talks.planned(&copied)?);
            }
            self.run(3, Command::RecordTalks(copied))?;
        }
        if let Some(planned) = planned {
            self.run(2, Command::PlanTalks(planned))?;
        }
        Ok(())
    }

    /// What the committee talked about with these people soon after it happened.
    fn occasions<'s>(
        &self,
        branch: OrganisationId,
        people: impl Iterator<Item = &'s (PersonId, String)>,
    ) -> Result<Vec<Occasion>> {
        let elected = self.date(ELECTED_DAYS_AGO)?;
        let mut occasions = Vec::new();
        for (person, name) in people {
            let events = events::of_person(self.ledger.reader(), *person)?;
            let events = events.into_iter().filter(|event| TALKED_AFTER.contains(&event.kind));
            let mut happened: Vec<_> = events.map(|event| (event.kind.name(), event.day)).collect();
            let posts = facts_in(self.ledger.reader(), branch)?.into_iter().filter(|fact| fact.person == *person);
            let is_elected = |fact: &Fact| fact.kind == FactKind::Post && fact.span.from == Some(elected);
            happened.extend(posts.filter(is_elected).map(|_| ("appointed", elected)));
            for (what, day) in happened {
                let on = day.first_day().checked_add(TALKED_AFTER_DAYS.days())?;
                occasions.push(Occasion { what, on, partner: (*person, name.clone()) });
            }
        }
        Ok(occasions)
    }

    /// Who is on the committee of a branch today, in rank, and the other members in the order of the roster.
    pub(super) fn sides(&self, branch: OrganisationId) -> Result<(Seats, Seats)> {
        let mut facts: Vec<Fact> = facts_in(self.ledger.reader(), branch)?;
        facts.retain(|fact| fact.span.holds_on(self.today));
        let of = |kind: FactKind| facts.iter().filter(move |fact| fact.kind == kind);
        let mut posts: Vec<&Fact> =
            of(FactKind::Post).filter(|fact| fact.value.as_deref().is_some_and(is_of_committee)).collect();
        posts.sort_by_key(|fact| fact.value.as_deref().map(post_rank));
        let mut committee = Vec::new();
        for post in posts {
            if !committee.iter().any(|(id, _)| *id == post.person) {
                committee.extend(self.seat(post.person)?);
            }
        }
        let mut members = Vec::new();
        for membership in of(FactKind::Membership) {
            if !committee.iter().any(|(id, _)| *id == membership.person) {
                members.extend(self.seat(membership.person)?);
            }
        }
        Ok((committee, members))
    }

    /// A member with the name; nobody who is no member, or cannot be reached.
    fn seat(&self, person: PersonId) -> Result<Option<(PersonId, String)>> {
        let Some(file) = file(self.ledger.reader(), person)? else { return Ok(None) };
        let is_lost = file.facts_on(FactKind::Lost, self.today).next().is_some();
        let is_member = file.person.path().category_on(self.today).is_some_and(Category::is_member);
        let is_there = is_member && !is_lost && file.person.voided.is_none();
        Ok((is_there && file.on_roll(self.today).is_some()).then(|| (person, file.person.name().to_owned())))
    }
}
