//! From a ledger of talks to what would be written: organisations, persons and types matched with the workbook, rows put
//! into classes.
//!
//! What a row says stands in [`told`], who is named in [`people`], what the workbook has already in [`held`]. What a
//! draft may hold is checked here as it is when it is written. Start at [`plan_talks`].

mod follow_ups;
mod held;
mod people;
mod told;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::matching::People;
use super::plan::PlanOptions;
use super::reading::{Kept, RosterReading, RosterRow};
use super::remarks::remark_of;
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{OrganisationId, PersonId, TalkId};
use crate::domain::imports::{
    ImportPlan, ImportedTalk, OpenQuestion, PlannedProblem, QuestionAbout, TalkClass, TalkWaits,
};
use crate::domain::lists::{ListField, TalkField};
use crate::domain::organisations::{Organisation, OrganisationKind, OrganisationTree, branch_key};
use crate::domain::talks::{TalkDraft, TalkDraftField, TalkNumber, TalkTypes, TypeTold};
use crate::domain::values::{Trouble, Value};
use crate::problem::Result;
use crate::progress::Progress;
use crate::store::reader::Reader;
use crate::store::talks;
use held::Held;
use people::Faces;
pub use told::part_of_form;
use told::{Heads, RowTold};

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
        organisations: HashMap::new(),
        kinds: HashMap::new(),
        without_organisation: BTreeMap::new(),
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
        for row in reading.talks.rows {
            done += 1;
            if done % 512 == 0 {
                progress.step(done)?;
            }
            planner.row(file, &heads, row);
        }
    }
    planner.ask_for_the_organisation();
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

/// Which type a text means.
#[derive(Debug, Clone)]
struct KnownType {
    /// None where that waits for an answer.
    code: Option<String>,
    /// The text is the type's own name: it says nothing more.
    is_name: bool,
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
    /// What is compared of the names of organisations → which they are; none where that waits for an answer.
    organisations: HashMap<String, Option<OrganisationId>>,
    /// Texts → the types they mean.
    kinds: HashMap<String, KnownType>,
    /// The organisations in whose ledgers talks can stand.
    standing: Vec<OrganisationId>,
    /// Rows that name no organisation, by file.
    without_organisation: BTreeMap<usize, Vec<u32>>,
}

impl Planner<'_> {
    /// Columns for which there is no field.
    fn tell_columns(&mut self, heads: &Heads) {
        for head in &heads.of_no_field {
            if !self.plan.remark_columns.contains(head) {
                self.plan.remark_columns.push(Arc::clone(head));
            }
        }
    }

    fn row(&mut self, file: usize, heads: &Heads, row: RosterRow<TalkField>) {
        let place = (file, Arc::clone(&row.sheet), row.row);
        let names = |field: TalkField| row.values.get(&field).map(Value::text).unwrap_or_default();
        let (talkers, name) = (names(TalkField::Talkers), names(TalkField::Partners));
        let mut told = RowTold::of(row, heads);
        let kind = self.kind_of(&place, &mut told);
        let organisation = self.organisation_of(&place, told.branch.as_deref());
        let mut draft = told.draft.clone();
        draft.organisation_id = organisation;
        draft.kind.clone_from(&kind);
        let class = self.class_of(&place, &told, &mut draft);
        let (file, sheet, row) = place;
        let kind = kind.map(|code| self.types.label(&code).to_owned()).unwrap_or_default();
        self.plan.talks.push(ImportedTalk { file, sheet, row, talkers, name, kind, organisation, class, draft });
    }

    fn class_of(&mut self, place: &RowPlace, told: &RowTold, draft: &mut TalkDraft) -> TalkClass {
        let who = draft.held_on.map(|day| self.people_of(place, told, draft, day));
        if self.undated.contains(&(Arc::clone(&place.1), place.2)) {
            return TalkClass::Waiting(TalkWaits::Day);
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
        if who == Some(false) {
            return TalkClass::Waiting(TalkWaits::Who);
        }
        self.keep_no_texts_of_restricted(place, told, draft);
        if !self.check(place, draft) {
            return TalkClass::Broken;
        }
        if self.doubles.contains(place) {
            return TalkClass::Waiting(TalkWaits::Twice);
        }
        let class = self.held.class_of(organisation, draft);
        match &class {
            TalkClass::New => self.number(place, organisation, draft),
            TalkClass::Changed { id, .. } | TalkClass::Same { id } => self.tell_other_texts(place, *id, draft),
            TalkClass::Waiting(_) | TalkClass::Broken => {}
        }
        class
    }

    /// Tells what is wrong, unless something is told of the same field already.
    fn problem(&mut self, place: &RowPlace, field: &str, code: &'static str, sentence: String) {
        if self.told.insert((place.clone(), field.to_owned())) {
            let (file, sheet, row) = place.clone();
            self.plan.problems.push(PlannedProblem { file, sheet, row, field: field.to_owned(), code, sentence });
        }
    }

    /// Of a restricted type only day, topic and persons are kept; what is left out is told.
    fn keep_no_texts_of_restricted(&mut self, place: &RowPlace, told: &RowTold, draft: &mut TalkDraft) {
        let kind = draft.kind.as_deref().and_then(|code| self.types.get(code));
        let Some(kind) = kind.filter(|kind| kind.is_restricted()) else {
            let kept = told.kept_beside(draft);
            let remark = remark_of("", told.remark.as_deref(), &kept, |field| told.has(field));
            draft.remark = Some(remark).filter(|remark| !remark.is_empty());
            return;
        };
        let label = kind.label.clone();
        let mut left: Vec<&str> = Vec::new();
        for (field, text) in long_texts(draft) {
            if text.take().is_some() {
                left.push(field.label());
            }
        }
        if !std::mem::take(&mut draft.follow_ups).is_empty() {
            left.push(TalkDraftField::FollowUps.label());
        }
        if told.remark.is_some() {
            left.push(TalkDraftField::Remark.label());
        }
        let kept = told.kept_beside(draft);
        left.extend(kept.iter().map(|kept| &*kept.head));
        left.dedup();
        if !left.is_empty() {
            let sentence = format!("{label}只存时间、主题和人员，没有写入{}", left.join("、"));
            self.problem(place, TalkDraftField::Kind.label(), "restricted_text", sentence);
        }
    }

    /// Whether the draft can be written: a text that is too long is left out, anything else breaks the row and is told.
    fn check(&mut self, place: &RowPlace, draft: &mut TalkDraft) -> bool {
        let people = self.workbook.people;
        let name = |id: PersonId| people.get(id).map(|file| file.person.name().to_owned());
        let mut faults = match draft.check(&self.types, None, self.workbook.today, name) {
            Ok(_) => return true,
            Err(faults) => faults,
        };
        for fault in &faults {
            let left_out = match fault.field {
                TalkDraftField::FollowUps => std::mem::take(&mut draft.follow_ups).pop().map(|last| last.measure),
                TalkDraftField::Mode => draft.mode.take(),
                TalkDraftField::Place => draft.place.take(),
                TalkDraftField::Topic => draft.topic.take(),
                TalkDraftField::Remark => draft.remark.take(),
                field => long_texts(draft).into_iter().find(|(of, _)| *of == field).and_then(|(_, text)| text.take()),
            };
            if left_out.is_some() {
                self.problem(place, name_of(fault.field), "misfit", format!("{}，没有写入这一栏", fault.why));
            }
        }
        faults = match draft.check(&self.types, None, self.workbook.today, name) {
            Ok(_) => return true,
            Err(faults) => faults,
        };
        for fault in faults {
            self.problem(place, name_of(fault.field), UNWRITABLE, format!("{}，没有写入这一行", fault.why));
        }
        false
    }

    /// A number that the ledger tells is kept, unless another talk has it.
    fn number(&mut self, place: &RowPlace, organisation: OrganisationId, draft: &mut TalkDraft) {
        let year = draft.held_on.map_or(0, PartialDate::year);
        let Some(number) = draft.number.as_deref().and_then(|text| TalkNumber::read(text, year)) else { return };
        if !self.held.take_number(organisation, number) {
            draft.number = None;
            let sentence = format!("编号 {number} 已经用于别的谈话，由程序接着编");
            self.problem(place, TalkDraftField::Number.label(), "number_taken", sentence);
        }
    }

    /// Texts of the ledger that are others than those of the workbook stay out, and that is told.
    fn tell_other_texts(&mut self, place: &RowPlace, id: TalkId, draft: &TalkDraft) {
        for label in self.held.other_texts(id, draft) {
            self.problem(place, label, "talk_differs", "工作簿里已有这次谈话，写的不一样；没有改动".to_owned());
        }
    }

    /// In whose ledger a row stands: what its branch column or a title says, else the scope, else the only one there is.
    fn organisation_of(&mut self, place: &RowPlace, name: Option<&str>) -> Option<OrganisationId> {
        let Some(name) = name else { return self.organisation_without_name(place) };
        let key = branch_key(name);
        if let Some(known) = self.organisations.get(&key) {
            return *known;
        }
        let answer = self.workbook.options.answers.organisation(place.0, &place.1, place.2).flatten();
        let answer = answer.filter(|id| self.workbook.tree.get(*id).is_some());
        let found = answer.or_else(|| match self.workbook.tree.named(name, self.workbook.options.scope)[..] {
            [one] => Some(one.id),
            ref several => {
                let several: Vec<OrganisationId> = several.iter().map(|node| node.id).collect();
                let choices = if several.is_empty() { self.standing.clone() } else { several };
                self.ask_which_organisation(place, name, &choices);
                None
            }
        });
        self.organisations.insert(key, found);
        found
    }

    fn organisation_without_name(&mut self, place: &RowPlace) -> Option<OrganisationId> {
        let tree = self.workbook.tree;
        let answer = self.workbook.options.answers.branch(place.0, None).and_then(|answer| tree.find(answer).ok());
        let told = answer.map(|node| node.id).or(self.workbook.options.scope);
        let found = told.or_else(|| match self.standing[..] {
            [only] => Some(only),
            _ => None,
        });
        if found.is_none() {
            self.without_organisation.entry(place.0).or_default().push(place.2);
        }
        found
    }

    fn ask_which_organisation(&mut self, place: &RowPlace, name: &str, choices: &[OrganisationId]) {
        if choices.is_empty() {
            return;
        }
        let (file, sheet, row) = place.clone();
        self.plan.questions.push(OpenQuestion {
            file,
            sheet,
            row,
            beside: 0,
            about: QuestionAbout::Organisation,
            raw: name.to_owned(),
            choices: choices.iter().map(ToString::to_string).collect(),
            labels: choices.iter().map(|id| self.workbook.tree.path(*id)).collect(),
        });
    }

    /// One question for each file with rows that name no organisation.
    fn ask_for_the_organisation(&mut self) {
        let choices = std::mem::take(&mut self.standing);
        if choices.is_empty() {
            return;
        }
        for (file, rows) in std::mem::take(&mut self.without_organisation) {
            self.plan.questions.push(OpenQuestion {
                file,
                sheet: Arc::from(""),
                row: 0,
                beside: 0,
                about: QuestionAbout::Branch,
                raw: format!("{} 次谈话没有写党组织", rows.len()),
                choices: choices.iter().map(ToString::to_string).collect(),
                labels: choices.iter().map(|id| self.workbook.tree.path(*id)).collect(),
            });
        }
    }

    /// The type of a row: by its words, else 其他谈话; none where only a person can tell which of several.
    fn kind_of(&mut self, place: &RowPlace, told: &mut RowTold) -> Option<String> {
        let text = told.kind_text().unwrap_or_default().to_owned();
        let known = match self.kinds.get(&text) {
            Some(known) => known.clone(),
            None => {
                let known = self.type_told(place, &text);
                self.kinds.insert(text, known.clone());
                known
            }
        };
        told.keep_kind(known.is_name);
        known.code
    }

    fn type_told(&mut self, place: &RowPlace, text: &str) -> KnownType {
        let like = |code: Option<String>| KnownType { code, is_name: false };
        if let Some(stopped) = self.types.all().iter().find(|kind| kind.removed && kind.label == text.trim()) {
            let sentence = format!("谈话类型“{}”已停用，记为{}", stopped.label, self.types.label(OTHER_TYPE));
            self.problem(place, TalkDraftField::Kind.label(), "type_stopped", sentence);
            return like(Some(OTHER_TYPE.to_owned()));
        }
        match self.types.told(text) {
            TypeTold::Named(code) => KnownType { code: Some(code), is_name: true },
            TypeTold::Like(code) => like(Some(code)),
            TypeTold::Unknown => like(Some(OTHER_TYPE.to_owned())),
            TypeTold::Several(codes) => {
                let answer = self.workbook.options.answers.talk_type(place.0, &place.1, place.2);
                let answer = answer.filter(|answer| codes.iter().any(|code| code == answer)).map(str::to_owned);
                if answer.is_none() {
                    self.ask_which_type(place, text, codes);
                }
                like(answer)
            }
        }
    }

    fn ask_which_type(&mut self, place: &RowPlace, text: &str, codes: Vec<String>) {
        let (file, sheet, row) = place.clone();
        let labels = codes.iter().map(|code| self.types.label(code).to_owned()).collect();
        self.plan.questions.push(OpenQuestion {
            file,
            sheet,
            row,
            beside: 0,
            about: QuestionAbout::TalkType,
            raw: text.to_owned(),
            choices: codes,
            labels,
        });
    }

    /// Puts who sat on which side into the draft; whether everybody is known.
    fn people_of(&mut self, place: &RowPlace, told: &RowTold, draft: &mut TalkDraft, day: PartialDate) -> bool {
        let Some(organisation) = draft.organisation_id else { return true };
        let is_known_talk = self.held.seat_as_held(organisation, &told.talkers, &told.partners, draft);
        let seat = people::Seat { place, organisation, day };
        let answers = &self.workbook.options.answers;
        let mut questions = Vec::new();
        let mut is_known = true;
        let mut sides = [
            (&told.talkers, TalkField::Talkers, Vec::new(), Vec::new()),
            (&told.partners, TalkField::Partners, Vec::new(), Vec::new()),
        ];
        for (names, field, ids, others) in &mut sides {
            if is_known_talk {
                continue;
            }
            for name in names.iter() {
                let is_doubtful = self.told.contains(&(place.clone(), field.name().to_owned()));
                let said = match is_doubtful {
                    true => people::NameTold::Doubtful,
                    false if told.says_no_member(name) => people::NameTold::NoMember,
                    false => people::NameTold::Nothing,
                };
                match self.faces.who(&seat, name, said, &self.held, answers, &mut questions) {
                    Some(people::Found::Person(id)) => ids.push(id),
                    Some(people::Found::Outside) => others.push(told.with_about(name)),
                    None => is_known = false,
                }
            }
        }
        let [(_, _, talker_ids, talkers), (_, _, partner_ids, partners)] = sides;
        if !is_known_talk {
            draft.talker_ids = talker_ids;
            draft.talkers = talkers;
            draft.partner_ids = partner_ids;
            draft.partners = partners;
        }
        if let Some(name) = &told.recorder {
            match self.faces.beside(&seat, name) {
                Some(id) => draft.recorder_id = Some(id),
                None => draft.recorder = Some(told.with_about(name)),
            }
        }
        for follow_up in &mut draft.follow_ups {
            follow_up.owner_id = follow_up.owner.as_deref().and_then(|name| self.faces.beside(&seat, name));
            follow_up.owner.take_if(|_| follow_up.owner_id.is_some());
        }
        self.plan.questions.append(&mut questions);
        is_known
    }
}

/// The organisations of the scope that are there, but for groups.
fn standing(workbook: &Workbook<'_>, day: Day) -> Vec<OrganisationId> {
    let can = |node: &&&Organisation| node.kind != OrganisationKind::Group && node.stands_on(day);
    workbook.tree.within(workbook.options.scope).iter().filter(can).map(|node| node.id).collect()
}

/// The type of talks of which nothing else is known.
const OTHER_TYPE: &str = "T20";
/// The code of what breaks a row.
const UNWRITABLE: &str = "unwritable";

/// The texts of a draft that may be long, but for the remark.
fn long_texts(draft: &mut TalkDraft) -> [(TalkDraftField, &mut Option<String>); 5] {
    [
        (TalkDraftField::Outline, &mut draft.outline),
        (TalkDraftField::Content, &mut draft.content),
        (TalkDraftField::Opinions, &mut draft.opinions),
        (TalkDraftField::Attitude, &mut draft.attitude),
        (TalkDraftField::Measures, &mut draft.measures),
    ]
}

/// How a part of the form is called in problems: the name of the column where a ledger has one for it.
fn name_of(field: TalkDraftField) -> &'static str {
    let column = match field {
        TalkDraftField::HeldOn => TalkField::HeldOn,
        TalkDraftField::Place => TalkField::Place,
        TalkDraftField::Talkers => TalkField::Talkers,
        TalkDraftField::Partners => TalkField::Partners,
        TalkDraftField::Topic => TalkField::Topic,
        TalkDraftField::Content => TalkField::Content,
        TalkDraftField::Mode => TalkField::Mode,
        TalkDraftField::Recorder => TalkField::Recorder,
        TalkDraftField::Measures => TalkField::Measures,
        TalkDraftField::Remark => TalkField::Remark,
        TalkDraftField::Organisation => TalkField::Branch,
        other => return other.label(),
    };
    column.name()
}
