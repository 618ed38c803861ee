//! Blank sheets (空白记录表): which are wanted, and how each gets a number that no other sheet and no talk has.
//!
//! A number is given by the command that plans talks, so that it is in the journal and can be taken back. What is
//! planned already is the sheet of its planned talk, and keeps the number it was printed with. Start at [`Sheets`].

use crate::clock::Day;
use crate::command::{Command, PlanTalks, PlannedDraft};
use crate::domain::coverage::{Board, CoverageRules, Need, Relation, State};
use crate::domain::ids::{OrganisationId, PersonId, PlannedTalkId};
use crate::domain::talk_plan::closes_of;
use crate::domain::talks::{PlannedTalk, TalkNumber, TalkTypes};
use crate::problem::{Problem, Result};
use crate::store::reader::Reader;
use crate::store::{talk_plan, talks};
use crate::view::coverage::CoverageBoard;
use crate::view::desk::Desk;

/// The usual type of a talk that closes a hole of the coverage.
const USUAL_TYPE: &str = "T01";

/// Who is missing in a relation, once for each talk that is lacking.
fn lacking<W: Copy>(board: &Board<W>) -> Vec<W> {
    let times = |need: &Need<W>| {
        let lacking = board.needed - i64::try_from(need.held.len()).unwrap_or(board.needed);
        std::iter::repeat_n(need.whom, usize::try_from(lacking).unwrap_or(0))
    };
    board.of(State::Missing).flat_map(times).collect()
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

    /// Whether a planned talk is the one that it asks for: of two who are told those two, else whatever closes the same
    /// with the same person.
    fn is_for(&self, planned: &PlannedTalk) -> bool {
        let Some(partner) = self.partner else { return false };
        let two = [planned.talker, planned.partner];
        let wanted = self.relations();
        let closes = closes_of(planned);
        if closes.is_empty() || wanted.is_empty() || wanted.contains(&Relation::Committee) {
            let is_same = [planned.talker, planned.partner] == [self.talker, self.partner]
                || [planned.partner, planned.talker] == [self.talker, self.partner];
            return is_same && (wanted.is_empty() || closes.is_empty() || closes.contains(&Relation::Committee));
        }
        let is_closed = |relation: &Relation| match relation {
            Relation::AfterEvents => planned.partner == Some(partner),
            _ => two.contains(&Some(partner)),
        };
        wanted.iter().filter(|relation| closes.contains(relation)).any(is_closed)
    }

    /// What it is to close.
    fn relations(&self) -> Vec<Relation> {
        let codes = self.rule.as_deref().unwrap_or_default().split_whitespace();
        codes.filter_map(|code| Relation::ALL.into_iter().find(|relation| relation.code() == code)).collect()
    }

    /// Becomes the sheet of a planned talk, of whom and for what that is; the type that happened asks for stays.
    fn take(&mut self, planned: &PlannedTalk) {
        self.planned = Some(planned.id);
        self.number = planned.number;
        (self.talker, self.partner) = (planned.talker, planned.partner);
        self.rule = planned.rule.clone().or(self.rule.take());
        self.kind = planned.kind.clone().or(self.kind.take());
    }
}

impl Sheets {
    /// So many sheets with nothing on them but a number.
    pub fn empty(organisation: OrganisationId, count: usize) -> Self {
        Self { organisation, sheets: vec![BlankSheet::default(); count] }
    }

    /// A sheet for each talk that the coverage lacks: for a pair of the committee, for who is to be talked with by the
    /// committee, for who is to talk with another member. A talk after an event serves as one with the committee, where
    /// its type counts for that.
    pub fn of_holes(board: &CoverageBoard, types: &TalkTypes) -> Self {
        let coverage = &board.coverage;
        let mut sheets = Vec::new();
        for pair in coverage.pairs.iter().flat_map(lacking) {
            sheets.push(BlankSheet::of_rules(Some(pair.0), pair.1, &[Relation::Committee]));
        }
        let missing = |board: &Option<Board<PersonId>>| -> Vec<PersonId> { board.iter().flat_map(lacking).collect() };
        let mut with_committee = missing(&coverage.with_committee);
        let events = coverage.after_events.iter().flat_map(|board| &board.needs);
        for need in events.filter(|need| need.state != State::Done) {
            let person = need.whom.occasion.person;
            let serves = with_committee.iter().position(|id| *id == person).map(|place| with_committee.remove(place));
            let rules: &[Relation] = match serves {
                Some(_) => &[Relation::WithCommittee, Relation::AfterEvents],
                None => &[Relation::AfterEvents],
            };
            let talker = coverage.usual_talker(Relation::AfterEvents, person);
            let mut sheet = BlankSheet::of_rules(talker, person, rules);
            // Restricted talks count for 必谈事项 alone: one that is to close both has the usual type.
            let fits = |code: &&str| serves.is_none() || types.get(code).is_some_and(|kind| !kind.is_restricted());
            if let Some(kind) = need.whom.occasion.kind.talk_type().filter(fits) {
                sheet.kind = Some(kind.to_owned());
            }
            sheets.push(sheet);
        }
        let of = |rule, person| BlankSheet::of_rules(coverage.usual_talker(rule, person), person, &[rule]);
        sheets.extend(with_committee.into_iter().map(|person| of(Relation::WithCommittee, person)));
        let among_members = missing(&coverage.among_members);
        sheets.extend(among_members.into_iter().map(|person| of(Relation::AmongMembers, person)));
        Self { organisation: board.organisation, sheets }
    }

    /// The same for the talks that are planned already and not held: each sheet that one of them closes becomes that of
    /// the planned talk, with its number where it was printed before; two who are planned together have one sheet. Types
    /// that are not offered are left out. What was due before the year of `today` and not printed is not meant.
    pub fn with_planned(mut self, desk: &Desk, today: Day) -> Result<Self> {
        let reader = desk.reader();
        let types = talks::types(reader)?;
        let mut planned = talks::planned_of(reader, self.organisation)?;
        let rules = CoverageRules::of(desk.rules());
        let became = talk_plan::became(reader, desk.directory(), &rules, &planned)?;
        let is_late = |planned: &PlannedTalk| planned.due.is_some_and(|due| due.year() < today.year());
        planned.retain(|one| !became.contains_key(&one.id) && (one.number.is_some() || !is_late(one)));
        // What is to be held by a day comes before a sheet that was only printed.
        planned.sort_by_key(|one| one.due.is_none());
        let mut taken: Vec<(PlannedTalkId, BlankSheet)> = Vec::new();
        for mut sheet in std::mem::take(&mut self.sheets) {
            let asked = sheet.clone();
            // A talk closes several holes, but each of somebody once.
            let is_free = |one: &&PlannedTalk| {
                let same = |(id, other): &(PlannedTalkId, BlankSheet)| {
                    *id == one.id && (other.partner, &other.rule) == (asked.partner, &asked.rule)
                };
                !taken.iter().any(same)
            };
            let found = planned.iter().filter(|one| asked.is_for(one)).find(is_free);
            match found.filter(|_| sheet.number.is_none()) {
                Some(one) => {
                    let is_there = taken.iter().any(|(id, _)| *id == one.id);
                    taken.push((one.id, asked));
                    if is_there {
                        continue;
                    }
                    sheet.take(one);
                }
                None => taken.extend(sheet.planned.map(|id| (id, asked))),
            }
            sheet.kind.take_if(|code| !types.offered().any(|kind| kind.code == *code));
            self.sheets.push(sheet);
        }
        Ok(self)
    }

    /// What gives a number to each sheet that has none; `None` where all have one.
    pub fn reserve(&self) -> Option<Command> {
        let draft = |sheet: &BlankSheet| match sheet.planned {
            Some(_) => PlannedDraft { planned_id: sheet.planned, numbered: true, ..PlannedDraft::default() },
            None => PlannedDraft {
                talker_id: sheet.talker,
                partner_id: sheet.partner,
                rule: sheet.rule.clone(),
                kind: sheet.kind.clone(),
                numbered: true,
                ..PlannedDraft::default()
            },
        };
        let talks: Vec<PlannedDraft> = self.sheets.iter().filter(|sheet| sheet.number.is_none()).map(draft).collect();
        let plan = PlanTalks { organisation_id: self.organisation, talks, replace: false };
        (!plan.talks.is_empty()).then_some(Command::PlanTalks(plan))
    }

    /// The sheets with the numbers that the command gave; `last` is what it made last. What was planned before has its
    /// own row, the rest the last rows up to that one.
    pub fn with_reserved(mut self, reader: Reader<'_>, last: i64) -> Result<Self> {
        let lost = || Problem::fault("the numbers of blank sheets are not there");
        let planned = talks::planned_of(reader, self.organisation)?;
        let of_plan: Vec<PlannedTalkId> = self.sheets.iter().filter_map(|sheet| sheet.planned).collect();
        let count = self.sheets.iter().filter(|sheet| sheet.planned.is_none()).count();
        let end = planned.iter().find(|planned| planned.id.0 == last).and_then(|planned| planned.number);
        let end = end.ok_or_else(lost)?;
        let is_up_to = |number: TalkNumber| number.year == end.year && number.number <= end.number;
        let mut new: Vec<&PlannedTalk> =
            planned.iter().filter(|one| one.number.is_some_and(is_up_to) && !of_plan.contains(&one.id)).collect();
        new.sort_by_key(|one| one.number.map(|number| number.number));
        let mut new = new.split_off(new.len().checked_sub(count).ok_or_else(lost)?).into_iter();
        for sheet in self.sheets.iter_mut().filter(|sheet| sheet.number.is_none()) {
            let row = match sheet.planned {
                Some(id) => planned.iter().find(|one| one.id == id).filter(|one| one.number.is_some()),
                None => new.next(),
            };
            sheet.take(row.ok_or_else(lost)?);
        }
        Ok(self)
    }
}
