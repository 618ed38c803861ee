//! Questions about coverage: of one organisation, of all below it.

use std::collections::BTreeMap;

use super::COVERAGE;
use crate::domain::coverage::{Relation, TalkSeen};
use crate::domain::ids::{OrganisationId, TalkId};
use crate::engine::Question;
use crate::problem::Result;
use crate::store::Areas;
use crate::view::coverage::{self, CoverageAsk, CoverageBoard, CoverageNode, EffectIn};
use crate::view::desk::Desk;

/// Who was talked with and who is missing in one organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverageOf(pub CoverageAsk);

impl Question for CoverageOf {
    type Answer = CoverageBoard;
    const USES: Areas = COVERAGE;
    fn answer(&self, desk: &Desk) -> Result<CoverageBoard> {
        coverage::board(desk, self.0)
    }
}

/// The same of an organisation and of each below it, as far as numbers and missing people go.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverageTree(pub CoverageAsk);

impl Question for CoverageTree {
    type Answer = CoverageNode;
    const USES: Areas = COVERAGE;
    fn answer(&self, desk: &Desk) -> Result<CoverageNode> {
        coverage::tree(desk, self.0)
    }
}

/// Who is missing in one relation, of an organisation and of each below it, by name.
#[derive(Debug, Clone, PartialEq)]
pub struct MissingInTree(pub CoverageAsk, pub Relation);

impl Question for MissingInTree {
    type Answer = BTreeMap<OrganisationId, Vec<String>>;
    const USES: Areas = COVERAGE;
    fn answer(&self, desk: &Desk) -> Result<Self::Answer> {
        coverage::missing(desk, self.0, self.1)
    }
}

/// What talks that are being written down would do to the coverage of an organisation, and of others that they move.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverageEffects {
    pub ask: CoverageAsk,
    /// The talk that they take the place of.
    pub without: Option<TalkId>,
    pub talks: Vec<TalkSeen>,
}

impl Question for CoverageEffects {
    type Answer = Vec<EffectIn>;
    const USES: Areas = COVERAGE;
    fn answer(&self, desk: &Desk) -> Result<Vec<EffectIn>> {
        coverage::effects(desk, self.ask, self.without, &self.talks)
    }
}
