//! Blank sheets (空白记录表): which are wanted, and how each gets a number that no other sheet and no talk has.
//!
//! A number is given by the command that plans talks, so that it is in the journal and can be taken back. A sheet that
//! was printed before for the same two, and not recorded yet, keeps its number. Start at [`Sheets`].

use crate::command::{Command, PlanTalks, PlannedDraft};
use crate::domain::coverage::{Board, OccasionKind, Relation, State};
use crate::domain::events::EventKind;
use crate::domain::ids::{OrganisationId, PersonId, PlannedTalkId};
use crate::domain::talks::{PlannedTalk, TalkNumber};
use crate::problem::{Problem, Result};
use crate::store::reader::Reader;
use crate::store::talks;
use crate::view::coverage::CoverageBoard;

/// The usual type of a talk that closes a hole of the coverage.
const USUAL_TYPE: &str = "T01";

/// The type of talk that fits what happened to somebody.
fn type_after(kind: OccasionKind) -> Option<&'static str> {
    Some(match kind {
        OccasionKind::Appointed => "T08",
        OccasionKind::Event(kind) => match kind {
            EventKind::TransferIn | EventKind::TransferWithin => "T09",
            EventKind::Accepted | EventKind::Converted | EventKind::Extended => "T07",
            EventKind::Honour => "T15",
            EventKind::Discipline => "T13",
            EventKind::Misfortune => "T14",
            _ => return None,
        },
    })
}

/// Blank sheets of an organisation, with the numbers they have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheets {
    pub organisation: OrganisationId,
    pub sheets: Vec<BlankSheet>,
}

/// A sheet to be filled in by hand. What is not told stays blank.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BlankSheet {
    /// The planned talk that keeps its number; none before one is given.
    pub planned: Option<PlannedTalkId>,
    pub number: Option<TalkNumber>,
    pub talker: Option<PersonId>,
    pub partner: Option<PersonId>,
    /// What it closes: `C1` … `C4`, several joined by a blank.
    pub rule: Option<String>,
    /// The code of a type of talk.
    pub kind: Option<String>,
}

impl BlankSheet {
    /// A sheet for two of an organisation.
    pub fn of_pair(talker: PersonId, partner: PersonId) -> Self {
        Self { talker: Some(talker), partner: Some(partner), kind: Some(USUAL_TYPE.to_owned()), ..Self::default() }
    }

    fn of_rules(talker: Option<PersonId>, partner: PersonId, rules: &[Relation]) -> Self {
        let codes: Vec<&str> = rules.iter().map(|rule| rule.code()).collect();
        let kind = Some(USUAL_TYPE.to_owned());
        Self { talker, partner: Some(partner), rule: Some(codes.join(" ")), kind, ..Self::default() }
    }

    fn is_for(&self, planned: &PlannedTalk) -> bool {
        let wanted = (self.talker, self.partner);
        let is_told = self.talker.is_some() || self.partner.is_some();
        let same_two = wanted == (planned.talker, planned.partner) || wanted == (planned.partner, planned.talker);
        is_told && same_two && (self.rule.is_none() || self.rule == planned.rule)
    }

    fn take(&mut self, planned: &PlannedTalk) {
        self.planned = Some(planned.id);
        self.number = planned.number;
    }
}

impl Sheets {
    /// So many sheets with nothing on them but a number.
    pub fn empty(organisation: OrganisationId, count: usize) -> Self {
        Self { organisation, sheets: vec![BlankSheet::default(); count] }
    }

    /// A sheet for each talk that the coverage lacks: for a pair of the committee, for who is to be talked with by the
    /// committee, for who is to talk with another member. A talk after an event serves as one with the committee.
    pub fn of_holes(board: &CoverageBoard) -> Self {
        let coverage = &board.coverage;
        let mut sheets = Vec::new();
        let pairs = coverage.pairs.iter().flat_map(|pairs| pairs.of(State::Missing));
        sheets.extend(pairs.map(|need| BlankSheet::of_rules(Some(need.whom.0), need.whom.1, &[Relation::Committee])));
        let missing = |board: &Option<Board<PersonId>>| -> Vec<PersonId> {
            board.iter().flat_map(|board| board.of(State::Missing)).map(|need| need.whom).collect()
        };
        let mut with_committee = missing(&coverage.with_committee);
        let events = coverage.after_events.iter().flat_map(|board| &board.needs);
        for need in events.filter(|need| need.state != State::Done) {
            let person = need.whom.occasion.person;
            let serves = with_committee.iter().position(|id| *id == person).map(|place| with_committee.remove(place));
            let rules: &[Relation] = match serves {
                Some(_) => &[Relation::WithCommittee, Relation::AfterEvents],
                None => &[Relation::AfterEvents],
            };
            let kind = type_after(need.whom.occasion.kind).map(str::to_owned);
            sheets.push(BlankSheet { kind, ..BlankSheet::of_rules(None, person, rules) });
        }
        let of = |rule: Relation| move |person: PersonId| BlankSheet::of_rules(None, person, &[rule]);
        sheets.extend(with_committee.into_iter().map(of(Relation::WithCommittee)));
        sheets.extend(missing(&coverage.among_members).into_iter().map(of(Relation::AmongMembers)));
        Self { organisation: board.organisation, sheets }
    }

    /// The same with the numbers of sheets that were printed before and are not recorded yet, and without types that are
    /// not offered.
    pub fn with_printed(mut self, reader: Reader<'_>) -> Result<Self> {
        let types = talks::types(reader)?;
        for sheet in &mut self.sheets {
            sheet.kind.take_if(|code| !types.offered().any(|kind| kind.code == *code));
        }
        let mut printed = Vec::new();
        for planned in talks::planned_of(reader, self.organisation)? {
            let Some(number) = planned.number else { continue };
            if talks::numbered(reader, self.organisation, number)?.is_empty() {
                printed.push(planned);
            }
        }
        for sheet in self.sheets.iter_mut().filter(|sheet| sheet.number.is_none()) {
            if let Some(place) = printed.iter().position(|planned| sheet.is_for(planned)) {
                sheet.take(&printed.remove(place));
            }
        }
        Ok(self)
    }

    /// What gives a number to each sheet that has none; `None` where all have one.
    pub fn reserve(&self) -> Option<Command> {
        let draft = |sheet: &BlankSheet| PlannedDraft {
            talker_id: sheet.talker,
            partner_id: sheet.partner,
            rule: sheet.rule.clone(),
            kind: sheet.kind.clone(),
            numbered: true,
            ..PlannedDraft::default()
        };
        let talks: Vec<PlannedDraft> = self.sheets.iter().filter(|sheet| sheet.number.is_none()).map(draft).collect();
        let plan = PlanTalks { organisation_id: self.organisation, talks, replace: false };
        (!plan.talks.is_empty()).then_some(Command::PlanTalks(plan))
    }

    /// The sheets with the numbers that the command gave; `last` is what it made last.
    pub fn with_reserved(mut self, reader: Reader<'_>, last: i64) -> Result<Self> {
        let lost = || Problem::fault("the numbers of blank sheets are not there");
        let planned = talks::planned_of(reader, self.organisation)?;
        let end = planned.iter().find(|planned| planned.id.0 == last).and_then(|planned| planned.number);
        let end = end.ok_or_else(lost)?;
        let mut waiting: Vec<&mut BlankSheet> = self.sheets.iter_mut().filter(|sheet| sheet.number.is_none()).collect();
        let count = u32::try_from(waiting.len()).unwrap_or(u32::MAX);
        let first = (end.number + 1).checked_sub(count).ok_or_else(lost)?;
        for (sheet, number) in waiting.iter_mut().zip(first..) {
            let number = TalkNumber { year: end.year, number };
            let planned = planned.iter().find(|planned| planned.number == Some(number)).ok_or_else(lost)?;
            sheet.take(planned);
        }
        Ok(self)
    }
}
