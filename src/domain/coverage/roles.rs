//! What people are and were in an organisation, and who is not asked for.

use crate::clock::Day;
use crate::domain::dates::{PartialDate, Span};
use crate::domain::ids::PersonId;

/// What somebody is and was in one organisation (身份), as spans of days. Whoever is voided is nothing in any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roles {
    pub person: PersonId,
    /// 党员 with the membership directly in this organisation.
    pub member: Vec<Span>,
    /// 书记、副书记、委员 of it, wherever the membership is.
    pub committee: Vec<Span>,
    /// When the membership in this organisation began that holds on the day of the coverage; `None` where there is none,
    /// or where that is not known: long ago.
    pub since: Option<PartialDate>,
    /// 失去联系
    pub lost: Vec<Span>,
    /// 流动外出
    pub away: Vec<Span>,
    /// 不能参加
    pub unable: Vec<Span>,
}

impl Roles {
    /// Somebody who is nothing yet.
    pub fn new(person: PersonId) -> Self {
        let none = Vec::new;
        Self { person, member: none(), committee: none(), since: None, lost: none(), away: none(), unable: none() }
    }

    pub fn is_member(&self, day: Day) -> bool {
        holds(&self.member, day)
    }

    pub fn is_on_committee(&self, day: Day) -> bool {
        holds(&self.committee, day)
    }
}

pub(super) fn holds(spans: &[Span], day: Day) -> bool {
    spans.iter().any(|span| span.holds_on(day))
}

/// Why somebody is not asked for (不列入的原因).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WhyLeftOut {
    /// 刚来: the membership here began a short while ago.
    New,
    /// 失联
    Lost,
    /// 外出: floating for long.
    Away,
    /// 不能参加
    Unable,
}

impl WhyLeftOut {
    pub const ALL: [Self; 4] = [Self::New, Self::Lost, Self::Away, Self::Unable];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Lost => "lost",
            Self::Away => "away",
            Self::Unable => "unable",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::New => "刚来",
            Self::Lost => "失联",
            Self::Away => "外出",
            Self::Unable => "不能参加",
        }
    }
}

/// Somebody who is not asked for (不列入).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LeftOut {
    pub person: PersonId,
    pub why: WhyLeftOut,
}
