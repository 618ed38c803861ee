//! Questions about figures: the summary, the tables, what differs between two days.

use super::PEOPLE;
use crate::clock::Day;
use crate::domain::ids::OrganisationId;
use crate::engine::Question;
use crate::problem::Result;
use crate::store::Areas;
use crate::view::desk::Desk;
use crate::view::difference::{self, Difference, DifferenceAsk};
use crate::view::figures::{self, Figures};
use crate::view::statistics::{self, FigureTable, Statistics, StatisticsAsk};

/// The figures of a scope on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    pub scope: Option<OrganisationId>,
    pub as_of: Day,
}

impl Question for Summary {
    type Answer = Figures;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Figures> {
        figures::figures(desk, self.scope, self.as_of)
    }
}

/// A table of figures: the annual form, by branch, the comparison of two years, a cross table; and how it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct StatisticsOf {
    pub ask: StatisticsAsk,
    pub today: Day,
}

impl Question for StatisticsOf {
    type Answer = (Statistics, FigureTable);
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<(Statistics, FigureTable)> {
        let counted = statistics::statistics(desk, &self.ask)?;
        let table = counted.table(self.today);
        Ok((counted, table))
    }
}

/// Who came, left and changed between two days.
#[derive(Debug, Clone, PartialEq)]
pub struct DifferenceOf(pub DifferenceAsk);

impl Question for DifferenceOf {
    type Answer = Difference;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Difference> {
        difference::difference(desk, &self.0)
    }
}
