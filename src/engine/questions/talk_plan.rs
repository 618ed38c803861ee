//! Questions about talk plans: what was kept and what became of it.

use super::COVERAGE;
use crate::clock::Day;
use crate::domain::coverage::Relation;
use crate::domain::dates::Period;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::engine::Question;
use crate::problem::Result;
use crate::store::Areas;
use crate::view::desk::Desk;
use crate::view::talk_plan::{self, KeptPlan};

/// The kept plan of an organisation for a period.
#[derive(Debug, Clone, PartialEq)]
pub struct TalksPlanned {
    pub organisation: OrganisationId,
    pub period: Period,
}

impl Question for TalksPlanned {
    type Answer = KeptPlan;
    const USES: Areas = COVERAGE;
    fn answer(&self, desk: &Desk) -> Result<KeptPlan> {
        talk_plan::kept(desk, self.organisation, self.period)
    }
}

/// The kept plans of an organisation and of those below it, of each that has one; `None`: of all.
#[derive(Debug, Clone, PartialEq)]
pub struct PlansWithin {
    pub scope: Option<OrganisationId>,
    pub period: Period,
    pub today: Day,
}

impl Question for PlansWithin {
    type Answer = Vec<KeptPlan>;
    const USES: Areas = COVERAGE;
    fn answer(&self, desk: &Desk) -> Result<Vec<KeptPlan>> {
        talk_plan::kept_within(desk, self.scope, self.period, self.today)
    }
}

/// In which relation two people talk in an organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct RelationOfTwo {
    pub organisation: OrganisationId,
    pub two: (PersonId, PersonId),
    pub day: Day,
}

impl Question for RelationOfTwo {
    type Answer = Option<Relation>;
    const USES: Areas = COVERAGE;
    fn answer(&self, desk: &Desk) -> Result<Option<Relation>> {
        talk_plan::relation_of_two(desk, self.organisation, self.two, self.day)
    }
}
