//! Questions about talk plans: what is proposed, what was kept and what became of it.

use super::COVERAGE;
use crate::domain::dates::Period;
use crate::domain::ids::OrganisationId;
use crate::engine::Question;
use crate::problem::Result;
use crate::store::Areas;
use crate::view::desk::Desk;
use crate::view::talk_plan::{self, KeptPlan, PlanAsk, Proposal};

/// Talks that close what the coverage of an organisation lacks.
#[derive(Debug, Clone, PartialEq)]
pub struct ProposedTalks(pub PlanAsk);

impl Question for ProposedTalks {
    type Answer = Proposal;
    const USES: Areas = COVERAGE;
    fn answer(&self, desk: &Desk) -> Result<Proposal> {
        talk_plan::propose(desk, self.0)
    }
}

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
