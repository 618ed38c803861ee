//! What people are in an organisation on the day of a talk, and what the talk counts for there.

use std::collections::HashMap;

use super::{CoverageRules, Relation, Roles, TalkSeen};
use crate::clock::Day;
use crate::domain::ids::PersonId;
use crate::domain::talks::Counts;

/// The people of one organisation with the rules by which their talks count.
pub struct Standings<'a> {
    rules: &'a CoverageRules,
    people: HashMap<PersonId, &'a Roles>,
}

/// What somebody is in the organisation on the day of a talk.
struct Standing {
    person: PersonId,
    on_committee: bool,
    is_member: bool,
}

impl<'a> Standings<'a> {
    pub fn new(rules: &'a CoverageRules, people: &'a [Roles]) -> Self {
        Self { rules, people: people.iter().map(|roles| (roles.person, roles)).collect() }
    }

    /// Passes every talker with every partner for each relation in which they talked; partners among themselves are not
    /// joined. Nobody where the talk does not count for the relations.
    pub fn each_joined(&self, talk: &TalkSeen, mut take: impl FnMut(Relation, PersonId, PersonId)) {
        if talk.counts != Counts::Yes || !self.rules.is_counted(talk) {
            return;
        }
        let partners: Vec<Standing> = talk.partners.iter().filter_map(|id| self.standing(*id, talk.day())).collect();
        let talkers: Vec<Standing> = talk.talkers.iter().filter_map(|id| self.standing(*id, talk.day())).collect();
        for one in &talkers {
            for other in partners.iter().filter(|partner| partner.person != one.person) {
                if one.on_committee && other.on_committee {
                    take(Relation::Committee, one.person, other.person);
                }
                if one.on_committee && other.is_member || other.on_committee && one.is_member {
                    take(Relation::WithCommittee, one.person, other.person);
                } else if one.is_member && other.is_member {
                    take(Relation::AmongMembers, one.person, other.person);
                }
            }
        }
    }

    /// Whether a talk is one of a committee member with this partner, as events ask for it.
    pub fn is_by_committee(&self, talk: &TalkSeen, partner: PersonId) -> bool {
        let talks = |id: &PersonId| *id != partner && self.is_on_committee(*id, talk.day());
        self.rules.is_counted(talk) && talk.partners.contains(&partner) && talk.talkers.iter().any(talks)
    }

    pub fn is_on_committee(&self, person: PersonId, day: Day) -> bool {
        self.people.get(&person).is_some_and(|roles| roles.is_on_committee(day))
    }

    /// What somebody is in the organisation on a day; `None` if nothing.
    fn standing(&self, person: PersonId, day: Day) -> Option<Standing> {
        let roles = self.people.get(&person)?;
        let standing = Standing { person, on_committee: roles.is_on_committee(day), is_member: roles.is_member(day) };
        (standing.on_committee || standing.is_member).then_some(standing)
    }
}
