//! Questions about coverage: of one organisation, of all below it.

use super::COVERAGE;
use crate::engine::Question;
use crate::problem::Result;
use crate::store::Areas;
use crate::view::coverage::{self, CoverageAsk, CoverageBoard, CoverageNode};
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
