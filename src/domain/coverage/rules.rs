//! What the rules of a workbook ask for: which relations, how often, who is left out, which talks count.

use std::collections::BTreeMap;

use super::roles::holds;
use super::{OccasionKind, Roles, TalkSeen, WhyLeftOut};
use crate::clock::Day;
use crate::domain::dates::{PartialDate, months_before};
use crate::domain::rules::{Measure, Rule, RuleBook};
use crate::domain::talks::Counts;

/// Between whom talks are asked for (谈话关系).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// C1 支委之间
    Committee,
    /// C2 支委和党员
    WithCommittee,
    /// C3 党员和党员
    AmongMembers,
    /// C4 必谈事项
    AfterEvents,
}

impl Relation {
    pub const ALL: [Self; 4] = [Self::Committee, Self::WithCommittee, Self::AmongMembers, Self::AfterEvents];

    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Committee => "C1",
            Self::WithCommittee => "C2",
            Self::AmongMembers => "C3",
            Self::AfterEvents => "C4",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Committee => "支委之间",
            Self::WithCommittee => "支委和党员",
            Self::AmongMembers => "党员和党员",
            Self::AfterEvents => "必谈事项",
        }
    }

    /// As the names of figures have it; they stay what they are, whatever the screens say.
    pub fn in_figures(self) -> &'static str {
        match self {
            Self::AfterEvents => "必谈",
            other => other.label(),
        }
    }

    /// What is counted: 对 of two people, 人, 项 that happened.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Committee => "对",
            Self::WithCommittee | Self::AmongMembers => "人",
            Self::AfterEvents => "项",
        }
    }

    /// The rule that asks for it, whether or not it is on.
    pub fn rule(self, book: &RuleBook) -> Option<&Rule> {
        rule_of(book, self.measure())
    }

    fn measure(self) -> Measure {
        match self {
            Self::Committee => Measure::TalksOfCommittee,
            Self::WithCommittee => Measure::TalksWithCommittee,
            Self::AmongMembers => Measure::TalksAmongMembers,
            Self::AfterEvents => Measure::TalksAfterEvents,
        }
    }
}

impl WhyLeftOut {
    /// The rule that leaves such people out, whether or not it is on.
    pub fn rule(self, book: &RuleBook) -> Option<&Rule> {
        rule_of(book, self.measure())
    }

    fn measure(self) -> Measure {
        match self {
            Self::New => Measure::TalkNewcomer,
            Self::Lost => Measure::TalkLost,
            Self::Away => Measure::TalkAway,
            Self::Unable => Measure::TalkUnable,
        }
    }
}

fn rule_of(book: &RuleBook, measure: Measure) -> Option<&Rule> {
    book.rules.iter().find(|rule| rule.measure == measure)
}

/// The rules of coverage (覆盖口径) as a workbook has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageRules {
    /// How many talks each relation asks for of each.
    needed: BTreeMap<Relation, i64>,
    /// Within how many days after an event.
    days: i64,
    /// After which events.
    events: Vec<OccasionKind>,
    /// Who is left out, with the months it takes.
    left_out: Vec<(WhyLeftOut, i64)>,
    counts_one_to_many: bool,
    counts_remote: bool,
}

impl CoverageRules {
    /// As the rules have it; a relation or a reason whose rule is off is not there.
    pub fn of(book: &RuleBook) -> Self {
        let on = |measure: Measure| rule_of(book, measure).filter(|rule| rule.enabled);
        let needed = |relation: Relation| Some((relation, on(relation.measure())?.number("needed")));
        let left_out = |why: WhyLeftOut| Some((why, on(why.measure())?.number("months")));
        let asking = book.rules.iter().filter(|rule| rule.enabled && rule.measure == Measure::TalkEvent);
        Self {
            needed: Relation::ALL.into_iter().filter_map(needed).collect(),
            days: on(Measure::TalksAfterEvents).map_or(0, |rule| rule.number("days")),
            events: asking.flat_map(|rule| &rule.events).filter_map(|name| OccasionKind::from_name(name)).collect(),
            left_out: WhyLeftOut::ALL.into_iter().filter_map(left_out).collect(),
            counts_one_to_many: on(Measure::TalkOneToMany).is_some(),
            counts_remote: on(Measure::TalkRemote).is_some(),
        }
    }

    /// How many talks a relation asks for; `None` if it asks for none.
    pub fn needed(&self, relation: Relation) -> Option<i64> {
        self.needed.get(&relation).copied()
    }

    /// Within how many days after an event a talk is asked for.
    pub fn days(&self) -> i64 {
        self.days
    }

    /// Whether an event of this kind asks for a talk.
    pub fn asks_after(&self, kind: OccasionKind) -> bool {
        self.events.contains(&kind)
    }

    /// Why somebody is not asked for on a day; `None` if nothing speaks against it. Months before the day are reckoned to
    /// the month's end where that is shorter.
    pub(super) fn left_out(&self, roles: &Roles, day: Day) -> Option<WhyLeftOut> {
        let fits = |why: WhyLeftOut, months: i64| {
            let edge = months_before(day, months);
            let is_before = |date: PartialDate| edge.is_some_and(|edge| date.first_day() <= edge);
            match why {
                WhyLeftOut::New => roles.since.is_some_and(|since| !is_before(since)),
                WhyLeftOut::Lost => holds(&roles.lost, day),
                WhyLeftOut::Away => roles.away.iter().any(|span| span.holds_on(day) && span.from.is_none_or(is_before)),
                WhyLeftOut::Unable => holds(&roles.unable, day),
            }
        };
        self.left_out.iter().find(|(why, months)| fits(*why, *months)).map(|(why, _)| *why)
    }

    /// Whether a talk of this type and mode counts at all.
    pub(super) fn is_counted(&self, talk: &TalkSeen) -> bool {
        talk.counts != Counts::No
            && (self.counts_one_to_many || !talk.is_one_to_many)
            && (self.counts_remote || !talk.is_remote)
    }
}
