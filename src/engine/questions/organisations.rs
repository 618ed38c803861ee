//! Questions about organisations: the tree, pages, terms, what is found in them, what a change would do.

use super::PEOPLE;
use crate::clock::Day;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::rules::RuleFinding;
use crate::engine::Question;
use crate::problem::Result;
use crate::store::Areas;
use crate::view::desk::Desk;
use crate::view::organisations::{
    self, ChoosablePerson, FindingLine, MergerOutcome, OrganisationLine, OrganisationPage, SplitOutcome, TermLine,
};
use crate::view::rules::{self, RuleLine};

/// The tree of organisations with counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Organisations {
    pub as_of: Day,
}

impl Question for Organisations {
    type Answer = Vec<OrganisationLine>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<OrganisationLine>> {
        organisations::tree(desk, self.as_of)
    }
}

/// Everything about one organisation: posts, term, groups, history, what the rules find.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganisationSheet {
    pub organisation: OrganisationId,
    pub as_of: Day,
}

impl Question for OrganisationSheet {
    type Answer = OrganisationPage;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<OrganisationPage> {
        organisations::page(desk, self.organisation, self.as_of)
    }
}

/// The terms of a scope, by the day on which the next election is due.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    pub scope: Option<OrganisationId>,
    pub as_of: Day,
}

impl Question for Terms {
    type Answer = Vec<TermLine>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<TermLine>> {
        organisations::terms_by_due(desk, self.scope, self.as_of)
    }
}

/// What the rules find in the organisations of a scope.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganisationFindings {
    pub scope: Option<OrganisationId>,
    pub as_of: Day,
}

impl Question for OrganisationFindings {
    type Answer = Vec<FindingLine>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<FindingLine>> {
        organisations::all_findings(desk, self.scope, self.as_of)
    }
}

/// Who can be chosen for something in an organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Choosable {
    pub organisation: OrganisationId,
    pub as_of: Day,
}

impl Question for Choosable {
    type Answer = Vec<ChoosablePerson>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<ChoosablePerson>> {
        organisations::choosable(desk, self.organisation, self.as_of)
    }
}

/// What a merger will do.
#[derive(Debug, Clone, PartialEq)]
pub struct Merger {
    pub ids: Vec<OrganisationId>,
    pub into: OrganisationId,
    pub on: Day,
}

impl Question for Merger {
    type Answer = Vec<MergerOutcome>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<MergerOutcome>> {
        organisations::merger(desk, &self.ids, self.into, self.on)
    }
}

/// What a split will do: who goes to each part.
#[derive(Debug, Clone, PartialEq)]
pub struct Splitting {
    pub organisation: OrganisationId,
    pub parts: Vec<Vec<PersonId>>,
    pub on: Day,
}

impl Question for Splitting {
    type Answer = SplitOutcome;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<SplitOutcome> {
        organisations::split(desk, self.organisation, &self.parts, self.on)
    }
}

/// What the rules would find in a committee that was elected so.
#[derive(Debug, Clone, PartialEq)]
pub struct IfElected {
    pub organisation: OrganisationId,
    pub on: Day,
    pub posts: Vec<(PersonId, String)>,
}

impl Question for IfElected {
    type Answer = Vec<RuleFinding>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<RuleFinding>> {
        organisations::findings_if_elected(desk, self.organisation, self.on, &self.posts)
    }
}

/// The rules as the workbook has them.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules;

impl Question for Rules {
    type Answer = Vec<RuleLine>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<RuleLine>> {
        rules::rules(desk)
    }
}
