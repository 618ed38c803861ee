//! From a ledger of talks to what would be written: organisations, persons and types matched with the workbook, rows put
//! into classes.
//!
//! What a row says stands in [`told`], of which year it is in [`years`], in whose ledger it stands in [`ledgers`], which type it means in [`kinds`], who
//! sat in it in [`both_sides`] and [`seats`], who is meant by a name in [`people`], by a post in [`posts`], what of it can
//! be written in [`writable`], what the workbook has already in [`held`], whether a row is that in [`known`], what it adds
//! to it in [`filling`]. Start at [`plan_talks`].

mod both_sides;
mod filling;
mod follow_up_columns;
mod held;
mod kinds;
mod known;
mod ledgers;
mod of_persons;
mod people;
mod posts;
mod seats;
mod told;
mod writable;
mod years;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::matching::People;
use super::plan::PlanOptions;
use super::reading::{Kept, RosterReading, RosterRow};
use crate::clock::Day;
use crate::domain::ids::OrganisationId;
use crate::domain::imports::{ImportPlan, ImportedTalk, PlannedProblem, TalkClass, TalkWaits};
use crate::domain::lists::TalkField;
use crate::domain::organisations::OrganisationTree;
use crate::domain::talks::{TalkDraft, TalkDraftField, TalkTypes};
use crate::domain::values::{Trouble, Value};
use crate::problem::Result;
use crate::progress::Progress;
use crate::store::reader::Reader;
use crate::store::talks;
use both_sides::SidesKnown;
pub(in crate::exchange::import) use follow_up_columns::{FollowUpPart, follow_up_part, tell_follow_ups};
use held::Held;
use kinds::KnownType;
use known::KnownTalk;
use ledgers::standing;
pub(in crate::exchange::import) use of_persons::{head_beside, is_of_person};
use people::Faces;
pub(super) use told::part_of_form;
pub use told::place_of_column;
use told::{Heads, NameTold, RowTold};
use writable::name_of;

/// What a plan of talks looks at besides the files.
pub(super) struct Workbook<'p> {
    pub tree: &'p OrganisationTree,
    pub people: &'p People,
    pub options: &'p PlanOptions,
    pub today: Day,
}

/// Adds the talks of these files to a plan.
pub(super) fn plan_talks(
    plan: &mut ImportPlan,
    readings: Vec<RosterReading>,
    reader: Reader<'_>,
    workbook: &Workbook<'_>,
    progress: &Progress,
) -> Result<()> {
    progress.stage("比对", readings.iter().map(|reading| reading.talks.rows.len() as u64).sum())?;
    let mut planner = Planner {
        types: talks::types(reader)?,
        held: Held::load(reader, workbook.people)?,
        faces: Faces::of(workbook),
        doubles: plan.problems.iter().filter(|problem| is_double(problem)).map(place_of_problem).collect(),
        told: plan.problems.iter().map(|problem| (place_of_problem(problem), problem.field.clone())).collect(),
        undated: HashSet::new(),
        yearless: HashSet::new(),
        organisations: HashMap::new(),
        kinds: HashMap::new(),
        without_organisation: BTreeMap::new(),
        unordered: BTreeMap::new(),
        standing: standing(workbook, plan.roster_day),
        plan,
        workbook,
    };
    let mut done = 0;
    for (file, reading) in readings.into_iter().enumerate() {
        let heads = Heads::of(&reading.columns);
        planner.tell_columns(&heads);
        let questions = reading.talks.questions.iter();
        planner.undated = questions.map(|question| (Arc::clone(&question.sheet), question.row)).collect();
        planner.ask_which_year(file, &reading);
        for row in reading.talks.rows {
            done += 1;
            if done % 512 == 0 {
                progress.step(done)?;
            }
            planner.row(file, &heads, row);
        }
    }
    planner.ask_for_the_organisation();
    planner.ask_who_stands_first();
    order_problems(plan);
    Ok(())
}

/// In the order of the rows: what the reading tells and what the comparison tells of one stand together.
fn order_problems(plan: &mut ImportPlan) {
    let mut sheets: HashMap<Arc<str>, usize> = HashMap::new();
    for row in &plan.talks {
        let next = sheets.len();
        sheets.entry(Arc::clone(&row.sheet)).or_insert(next);
    }
    plan.problems.sort_by_key(|problem| (problem.file, sheets.get(&problem.sheet).copied(), problem.row));
}

/// A row of one of the files.
type RowPlace = (usize, Arc<str>, u32);

fn place_of_problem(problem: &PlannedProblem) -> RowPlace {
    (problem.file, Arc::clone(&problem.sheet), problem.row)
}

fn is_double(problem: &PlannedProblem) -> bool {
    problem.code == Trouble::Duplicate.code()
}

struct Planner<'p> {
    plan: &'p mut ImportPlan,
    workbook: &'p Workbook<'p>,
    types: TalkTypes,
    held: Held,
    faces: Faces<'p>,
    /// What is told of rows already: where, and of which field.
    told: HashSet<(RowPlace, String)>,
    /// Rows that repeat one before.
    doubles: HashSet<RowPlace>,
    /// Rows of the file whose day is asked about.
    undated: HashSet<(Arc<str>, u32)>,
    /// Rows of the file whose year is asked about.
    yearless: HashSet<(Arc<str>, u32)>,
    /// What is compared of the names of organisations → which they are; none where that waits for an answer.
    organisations: HashMap<String, Option<OrganisationId>>,
    /// Texts, and whether they stand in a column of types → the types they mean.
    kinds: HashMap<(String, bool), KnownType>,
    /// The organisations in whose ledgers talks can stand.
    standing: Vec<OrganisationId>,
    /// Rows that name no organisation, by file.
    without_organisation: BTreeMap<usize, Vec<u32>>,
    /// Cells with two names of which nothing tells who talked with whom, by file.
    unordered: BTreeMap<usize, Vec<String>>,
}

impl Planner<'_> {
    /// Columns for which there is no field.
    fn tell_columns(&mut self, heads: &Heads) {
        for head in &heads.of_no_field {
            if !self.plan.remark_columns.contains(head) {
                self.plan.remark_columns.push(Arc::clone(head));
            }
        }
        for head in &heads.of_persons {
            if !self.plan.roster_columns.contains(head) {
                self.plan.roster_columns.push(Arc::clone(head));
            }
        }
    }

    fn row(&mut self, file: usize, heads: &Heads, row: RosterRow<TalkField>) {
        let place = (file, Arc::clone(&row.sheet), row.row);
        let names = |field: TalkField| row.values.get(&field).map(Value::text).unwrap_or_default();
        let (mut talkers, mut name) = (names(TalkField::Talkers), names(TalkField::Partners));
        let mut told = RowTold::of(row, heads, self.workbook.today);
        let sides = self.part_sides(&place, &mut told);
        self.tell_kept(&place, &mut told);
        if let Some(both) = &told.both {
            let names = |side: &[NameTold]| side.iter().map(|told| told.name.as_str()).collect::<Vec<_>>().join("、");
            (talkers, name) = match sides {
                SidesKnown::Yes => (names(&told.talkers), names(&told.partners)),
                _ => (String::new(), both.text.clone()),
            };
        }
        told.talkers = self.faces.parted(told.talkers);
        told.partners = self.faces.parted(told.partners);
        let kind = self.kind_of(&place, &mut told);
        let organisation = self.organisation_of(&place, told.branch.as_deref());
        let mut draft = told.draft.clone();
        draft.organisation_id = organisation;
        draft.kind.clone_from(&kind);
        let class = self.class_of(&place, &told, sides, &mut draft);
        let (file, sheet, row) = place;
        let kind = kind.map(|code| self.types.label(&code).to_owned()).unwrap_or_default();
        let sat = draft.talker_ids.iter().chain(&draft.partner_ids);
        let meant = sat.filter_map(|id| self.faces.told_apart(*id)).collect();
        self.plan.talks.push(ImportedTalk { file, sheet, row, talkers, name, meant, kind, organisation, class, draft });
    }

    fn class_of(&mut self, place: &RowPlace, told: &RowTold, sides: SidesKnown, draft: &mut TalkDraft) -> TalkClass {
        let day = draft.held_on.filter(|_| sides == SidesKnown::Yes);
        let who = day.map(|day| self.people_of(place, told, draft, day));
        if self.undated.contains(&(Arc::clone(&place.1), place.2)) {
            return TalkClass::Waiting(TalkWaits::Day);
        }
        if self.yearless.contains(&(Arc::clone(&place.1), place.2)) {
            return TalkClass::Waiting(TalkWaits::Year);
        }
        if draft.held_on.is_none() {
            self.problem(
                place,
                name_of(TalkDraftField::HeldOn),
                UNWRITABLE,
                "没有写谈话时间，没有写入这一行".to_owned(),
            );
            return TalkClass::Broken;
        }
        let Some(organisation) = draft.organisation_id else {
            if self.standing.is_empty() {
                let sentence = "工作簿里还没有党组织，没有写入这一行；请先导入党组织和党员".to_owned();
                self.problem(place, name_of(TalkDraftField::Organisation), "no_organisation", sentence);
                return TalkClass::Broken;
            }
            return TalkClass::Waiting(TalkWaits::Organisation);
        };
        if draft.kind.is_none() {
            return TalkClass::Waiting(TalkWaits::Kind);
        }
        match sides {
            SidesKnown::Yes => {}
            SidesKnown::Asked => return TalkClass::Waiting(TalkWaits::Sides),
            SidesKnown::No => return TalkClass::Broken,
        }
        if who == Some(false) {
            return TalkClass::Waiting(TalkWaits::Who);
        }
        let kind = Self::type_told(told, draft);
        let known = self.known_talk(place, draft, kind.as_deref());
        self.keep_no_texts_of_restricted(place, told, draft, known.id());
        if !self.check(place, draft) {
            return TalkClass::Broken;
        }
        if self.doubles.contains(place) {
            return TalkClass::Waiting(TalkWaits::Twice);
        }
        match known {
            KnownTalk::No => {
                self.number(place, organisation, draft);
                TalkClass::New
            }
            KnownTalk::Same(_) | KnownTalk::Corrected(..) => self.filled(place, known, draft, kind.as_deref()),
            KnownTalk::Asked(id, field) => {
                self.ask_whether_same(place, id, field);
                TalkClass::Waiting(TalkWaits::SameTalk)
            }
        }
    }

    /// Tells what is wrong, unless something is told of the same field already.
    fn problem(&mut self, place: &RowPlace, field: &str, code: &'static str, sentence: String) {
        if self.told.insert((place.clone(), field.to_owned())) {
            let (file, sheet, row) = place.clone();
            self.plan.problems.push(PlannedProblem { file, sheet, row, field: field.to_owned(), code, sentence });
        }
    }
}

/// The code of what breaks a row.
const UNWRITABLE: &str = "unwritable";
