//! Questions about people: lists, rows, pages, what is found in them, who may be recorded twice.

use std::sync::Arc;

use super::{COVERAGE, PEOPLE};
use crate::clock::Day;
use crate::command::Adopted;
use crate::domain::fields::{ExtraKind, FieldKey};
use crate::domain::ids::{ExtraFieldId, OrganisationId, PersonId};
use crate::domain::probation::ProbationRule;
use crate::engine::Question;
use crate::problem::Result;
use crate::store::Areas;
use crate::store::members::{self as table, ExtraField};
use crate::view::desk::Desk;
use crate::view::duplicates::{self, Comparison, Duplicates, Merged, Whose};
use crate::view::extra_fields::{self, ExtraFieldLine, Misfit};
use crate::view::list_words::in_words;
use crate::view::member::{self, MemberPage};
use crate::view::members::{self, ListAsk, MemberList, MemberRow, Sums};
use crate::view::quality::{self, Adoptable, Finding};

/// Which people, in which order, with the sum line.
#[derive(Debug, Clone, PartialEq)]
pub struct List(pub ListAsk);

impl Question for List {
    type Answer = MemberList;
    // A list may ask for who was not talked with.
    const USES: Areas = COVERAGE;
    fn answer(&self, desk: &Desk) -> Result<MemberList> {
        members::list(desk, &self.0)
    }
}

/// A list in words: 「青禾县民政局党总支，截至 2026-11-24，性别：女」.
#[derive(Debug, Clone, PartialEq)]
pub struct ListInWords(pub ListAsk);

impl Question for ListInWords {
    type Answer = String;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<String> {
        in_words(desk, &self.0)
    }
}

/// The rows of some people.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    pub ids: Vec<PersonId>,
    pub as_of: Day,
    pub fields: Arc<Vec<FieldKey>>,
    pub unmasked: bool,
}

impl Question for Rows {
    type Answer = Vec<MemberRow>;
    const USES: Areas = COVERAGE;
    fn answer(&self, desk: &Desk) -> Result<Vec<MemberRow>> {
        members::rows(desk, &self.ids, self.as_of, &self.fields, self.unmasked)
    }
}

/// The sum line of a selection.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    pub ids: Vec<PersonId>,
    pub as_of: Day,
}

impl Question for Selection {
    type Answer = Sums;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Sums> {
        Ok(members::sums(desk, &self.ids, self.as_of))
    }
}

/// Who else has this identity number, in words.
#[derive(Debug, Clone, PartialEq)]
pub struct SameNumber {
    pub number: String,
    pub except: Option<PersonId>,
    pub as_of: Day,
}

impl Question for SameNumber {
    type Answer = Vec<String>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<String>> {
        members::same_number(desk, &self.number, self.except, self.as_of)
    }
}

/// One member's page; `None` if there is no such person.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    pub id: PersonId,
    pub as_of: Day,
}

impl Question for Member {
    type Answer = Option<MemberPage>;
    const USES: Areas = Areas { settings: true, archives: true, ..COVERAGE };
    fn answer(&self, desk: &Desk) -> Result<Option<MemberPage>> {
        member::page(desk, self.id, self.as_of)
    }
}

/// What the rules find in one member, with what settles it.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberFindings {
    pub id: PersonId,
    pub as_of: Day,
}

impl Question for MemberFindings {
    type Answer = Vec<Finding>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<Finding>> {
        quality::of_id(desk, self.id, self.as_of)
    }
}

/// How long a probation lasts in this workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Probation;

impl Question for Probation {
    type Answer = ProbationRule;
    const USES: Areas = Areas { settings: true, ..Areas::NONE };
    fn answer(&self, desk: &Desk) -> Result<ProbationRule> {
        Ok(desk.probation())
    }
}

/// What could be taken over from the identity numbers of these people.
#[derive(Debug, Clone, PartialEq)]
pub struct AdoptableValues {
    pub ids: Arc<Vec<PersonId>>,
    pub field: Adopted,
}

impl Question for AdoptableValues {
    type Answer = Vec<Adoptable>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<Adoptable>> {
        quality::adoptable(desk, &self.ids, self.field)
    }
}

/// Who may be recorded twice.
#[derive(Debug, Clone, PartialEq)]
pub struct DuplicatePairs {
    pub scope: Option<OrganisationId>,
    pub whose: Whose,
    pub as_of: Day,
}

impl Question for DuplicatePairs {
    type Answer = Duplicates;
    const USES: Areas = Areas { settings: true, organisations: true, members: true, ..Areas::NONE };
    fn answer(&self, desk: &Desk) -> Result<Duplicates> {
        duplicates::duplicates(desk, self.scope, self.whose, self.as_of)
    }
}

/// Two persons side by side, the first of whom would stay; `None` where one is not there or was merged.
#[derive(Debug, Clone, PartialEq)]
pub struct SideBySide {
    pub keep: PersonId,
    pub other: PersonId,
}

impl Question for SideBySide {
    type Answer = Option<Comparison>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Option<Comparison>> {
        duplicates::comparison(desk, self.keep, self.other)
    }
}

/// Those merged into somebody whom a text finds.
#[derive(Debug, Clone, PartialEq)]
pub struct MergedPeople {
    pub text: String,
}

impl Question for MergedPeople {
    type Answer = Vec<Merged>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<Merged>> {
        Ok(duplicates::merged(desk, &self.text))
    }
}

/// The fields the user made.
#[derive(Debug, Clone, PartialEq)]
pub struct ExtraFields;

impl Question for ExtraFields {
    type Answer = Vec<ExtraField>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<ExtraField>> {
        table::extra_fields(desk.reader())
    }
}

/// The fields the user made, with how many people have a value of each.
#[derive(Debug, Clone, PartialEq)]
pub struct ExtraFieldLines;

impl Question for ExtraFieldLines {
    type Answer = Vec<ExtraFieldLine>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<ExtraFieldLine>> {
        extra_fields::lines(desk)
    }
}

/// The values of a field that another kind would not read.
#[derive(Debug, Clone, PartialEq)]
pub struct Misfits {
    pub field: ExtraFieldId,
    pub kind: ExtraKind,
}

impl Question for Misfits {
    type Answer = Vec<Misfit>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<Misfit>> {
        extra_fields::misfits(desk, self.field, &self.kind)
    }
}
