//! From what was read to what would be written: branches and persons matched, rows put into classes.
//!
//! Reads the workbook, writes nothing. Where rows belong stands in [`branches`], what they change in [`changes`], who
//! they are in [`who`]. Start at [`plan`].

mod branches;
mod changes;
mod who;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::answers::Answers;
use super::matching::{Matched, People, RowPlace, Seen, place_of};
use super::plan_organisations::{Held, plan_organisations};
use super::plan_talks::{Workbook, plan_talks};
use super::reading::{Kept, Other, Place, Question, RosterKind, RosterReading, RosterRow, RowProblem, Why};
use super::remarks::{has_room, keep_unanswered, remark_of};
use crate::clock::Day;
use crate::domain::fields::Known;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::imports::{
    Gone, GoneDecision, ImportPlan, OpenQuestion, OtherPerson, PlannedProblem, PlannedRow, QuestionAbout, RowClass,
};
use crate::domain::lists::ListField;
use crate::domain::organisations::OrganisationTree;
use crate::domain::values::{Trouble, Value};
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::reader::Reader;
use crate::store::{journal, members, organisations};
use branches::Told;

/// What a plan depends on besides the files.
#[derive(Debug, Clone, Default)]
pub struct PlanOptions {
    /// Where branches are looked for and made; everything for `None`.
    pub scope: Option<OrganisationId>,
    /// The roster's day, where a person gave it.
    pub day: Option<Day>,
    pub answers: Answers,
}

/// Makes the plan of one import, of one or several files.
pub fn plan(
    reader: Reader<'_>,
    mut readings: Vec<RosterReading>,
    options: &PlanOptions,
    today: Day,
    progress: &Progress,
) -> Result<ImportPlan> {
    let told_day = readings.iter().find_map(|reading| reading.roster_day);
    let roster_day = options.day.or(told_day).unwrap_or(today).min(today);
    for (file, reading) in readings.iter_mut().enumerate() {
        options.answers.settle(file, reading);
        keep_unanswered(&mut reading.rows, &reading.questions);
        keep_unanswered(&mut reading.organisations.rows, &reading.organisations.questions);
    }
    let kind = one_kind(&readings)?;
    let tree = organisations::tree(reader)?;
    let people = People::load(reader)?;
    let labels: HashMap<_, _> =
        members::extra_fields(reader)?.into_iter().map(|field| (field.label.clone(), field)).collect();
    let mut planner = Planner {
        plan: ImportPlan {
            kind,
            file_names: readings.iter().map(|reading| reading.file_name.clone()).collect(),
            roster_day,
            against: journal::head(reader)?,
            new_branches: Vec::new(),
            new_groups: Vec::new(),
            new_extra_fields: Vec::new(),
            rows: Vec::new(),
            organisations: Vec::new(),
            remark_columns: Vec::new(),
            roster_columns: Vec::new(),
            not_members: readings.iter().map(not_members).sum(),
            talks: Vec::new(),
            gone: Vec::new(),
            others: Vec::new(),
            gone_organisations: Vec::new(),
            questions: Vec::new(),
            problems: Vec::new(),
        },
        tree: &tree,
        people: &people,
        extra_fields: labels,
        options,
        branch_keys: HashMap::new(),
        branches: HashMap::new(),
        covered: HashSet::new(),
        seen: Seen::default(),
        taken: HashMap::new(),
        certain: HashSet::new(),
        asked_about: HashSet::new(),
        doubles: HashMap::new(),
        without_branch: Vec::new(),
    };
    for (file, reading) in readings.iter().enumerate() {
        planner.tell(file, reading);
    }
    if kind == RosterKind::Organisations {
        let events = organisations::events(reader)?;
        plan_organisations(&mut planner.plan, readings, &Held { tree: &tree, events: &events, options });
        return Ok(planner.plan);
    }
    if kind == RosterKind::Talks {
        let mut plan = planner.plan;
        let workbook = Workbook { tree: &tree, people: &people, options, today };
        plan_talks(&mut plan, readings, reader, &workbook, progress)?;
        return Ok(plan);
    }
    planner.find_certain(&readings);
    progress.stage("比对", readings.iter().map(|reading| reading.rows.len() as u64).sum())?;
    let (mut done, mut others) = (0, Vec::new());
    for (file, reading) in readings.into_iter().enumerate() {
        for row in reading.rows {
            done += 1;
            if done % 512 == 0 {
                progress.step(done)?;
            }
            planner.row(file, row);
        }
        others.extend(reading.others.into_iter().map(|other| (file, other)));
    }
    // After all rows: whoever stands in one of them is read from there.
    for (file, other) in others {
        planner.leave(file, other);
    }
    planner.ask_for_the_branches();
    planner.find_gone();
    Ok(planner.plan)
}

/// Rows of people who are no members, or of whom nobody says that they are.
fn not_members(reading: &RosterReading) -> usize {
    let skipped = reading.skipped.iter();
    skipped.filter(|skipped| matches!(skipped.why, Why::NotAMember(_) | Why::NotSaid)).count()
}

/// The kind of all files of one import.
fn one_kind(readings: &[RosterReading]) -> Result<RosterKind> {
    let mut kinds = readings.iter().filter(|reading| reading.kind != RosterKind::None);
    let Some(first) = kinds.next() else { return Ok(RosterKind::None) };
    match kinds.find(|reading| reading.kind != first.kind) {
        None => Ok(first.kind),
        Some(other) => {
            let happened =
                format!("“{}”是{}，“{}”是{}", first.file_name, first.kind.label(), other.file_name, other.kind.label());
            Err(Problem::input("没有导入", happened).next("请分几次导入：先党组织名册，再党员花名册"))
        }
    }
}

fn entry<K: ListField>(field: K) -> QuestionAbout {
    QuestionAbout::Entry(field.name(), field.label())
}

/// What the list has as the remark of a person.
fn told_remark(row: &RosterRow) -> Option<&str> {
    row.values.get(&Known::Remark).and_then(Value::as_text)
}

/// What is wrong, in the words of the kind of list.
fn in_words(trouble: Trouble, kind: RosterKind) -> &'static str {
    match (trouble, kind) {
        (Trouble::NameMissing, RosterKind::Organisations) => "这一行没有党组织名称",
        (Trouble::NameMissing, RosterKind::Talks) => "这一行没有谈话对象",
        (Trouble::NameUnreadable, RosterKind::Talks | RosterKind::Organisations) => {
            "不是姓名，或没有写明是谁，已按原样保留；请核对"
        }
        (Trouble::IdDigitsLost, RosterKind::Organisations) => {
            "组织代码存成了数字，末几位已经丢失，没有采用；请在原表中把该列设为文本后重新填写"
        }
        (Trouble::Duplicate, RosterKind::Organisations) => "与前面的一行是同一个党组织",
        (Trouble::Duplicate, RosterKind::Talks) => "与前面的一行完全相同",
        (Trouble::TotalMismatch, RosterKind::Talks | RosterKind::Organisations) => "合计的数目与表中的行数不一致",
        (trouble, _) => trouble.sentence(),
    }
}

struct Planner<'p> {
    plan: ImportPlan,
    tree: &'p OrganisationTree,
    people: &'p People,
    extra_fields: HashMap<String, members::ExtraField>,
    options: &'p PlanOptions,
    /// Names of branches as the file writes them → what is compared of them.
    branch_keys: HashMap<String, String>,
    /// What is compared of a name → the branch.
    branches: HashMap<String, Told>,
    /// Branches of the workbook that the file covers.
    covered: HashSet<OrganisationId>,
    /// Rows that are new persons.
    seen: Seen,
    /// Persons that a row already is, with the row.
    taken: HashMap<PersonId, RowPlace>,
    /// Persons who stand in a row beyond doubt.
    certain: HashSet<PersonId>,
    /// Persons that a row may be: the answer is awaited.
    asked_about: HashSet<PersonId>,
    /// Rows of which the reading tells that they stand twice, with the place of that problem.
    doubles: HashMap<RowPlace, usize>,
    /// Rows that wait for a branch.
    without_branch: Vec<RowPlace>,
}

impl Planner<'_> {
    /// Carries the reading's open questions and problems over.
    fn tell(&mut self, file: usize, reading: &RosterReading) {
        let of_member = |field: Known| QuestionAbout::Field(field);
        let first = self.plan.problems.len();
        self.tell_of(file, &reading.questions, &reading.problems, of_member);
        let problems = reading.problems.iter().zip(first..);
        let doubles = problems.filter(|(problem, _)| problem.trouble == Trouble::Duplicate);
        let place = |problem: &RowProblem| (file, Arc::clone(&problem.sheet), problem.row, problem.beside);
        self.doubles.extend(doubles.map(|(problem, at)| (place(problem), at)));
        let (organisations, talks) = (&reading.organisations, &reading.talks);
        self.tell_of(file, &organisations.questions, &organisations.problems, entry);
        self.tell_of(file, &talks.questions, &talks.problems, entry);
    }

    fn tell_of<K: ListField>(
        &mut self,
        file: usize,
        questions: &[Question<K>],
        problems: &[RowProblem<K>],
        about: impl Fn(K) -> QuestionAbout,
    ) {
        self.plan.questions.extend(questions.iter().map(|question| OpenQuestion {
            file,
            sheet: Arc::clone(&question.sheet),
            row: question.row,
            beside: question.beside,
            about: about(question.field),
            raw: question.raw.clone(),
            choices: question.choices.iter().map(Value::text).collect(),
            labels: Vec::new(),
        }));
        self.plan.problems.extend(problems.iter().map(|problem| {
            let field = match &problem.place {
                Place::Row => String::new(),
                Place::Field(key) => key.name().to_owned(),
                Place::Extra(head) => head.to_string(),
            };
            PlannedProblem {
                file,
                sheet: Arc::clone(&problem.sheet),
                row: problem.row,
                field,
                code: problem.trouble.code(),
                sentence: in_words(problem.trouble, self.plan.kind).to_owned(),
            }
        }));
    }

    fn row(&mut self, file: usize, row: RosterRow) {
        let Some(Value::Text(name)) = row.values.get(&Known::Name) else {
            self.plan.rows.push(PlannedRow::broken(file, row.sheet, row.row, row.beside));
            return;
        };
        let name = name.clone();
        let row = self.fitting(file, row);
        let (class, why) = match self.class_of(file, &row, &name) {
            Ok(class) => (class, None),
            Err(why) => (RowClass::Waiting, Some(why)),
        };
        self.tell_double(file, &row, &class, why);
        let refused = self.refused(file, &row, &class);
        let (values, extras) = match &class {
            RowClass::Changed { person, branch, .. } => self.different(&row, *person, branch.is_some()),
            RowClass::New { .. } => {
                let remark = remark_of("", told_remark(&row), &row.kept, |_| false);
                let mut values = row.values;
                if !remark.is_empty() {
                    values.insert(Known::Remark, Value::Text(remark));
                }
                (values, row.extra)
            }
            _ => (BTreeMap::new(), Vec::new()),
        };
        let RosterRow { sheet, row, beside, .. } = row;
        let planned = PlannedRow { file, sheet, row, beside, name, class, why, values, extras, refused };
        let accepted = if planned.refused.is_empty() { None } else { Some(planned.clone().accepted()) };
        let written = accepted.as_ref().unwrap_or(&planned);
        self.tell_group(&written.class, &written.values);
        for (label, _) in &written.extras {
            if !self.extra_fields.contains_key(&**label) && !self.plan.new_extra_fields.contains(label) {
                self.plan.new_extra_fields.push(Arc::clone(label));
            }
        }
        self.plan.rows.push(planned);
    }

    /// Somebody of no party is left out; one whom the workbook knows is not missing from the list.
    fn leave(&mut self, file: usize, other: Other) {
        let Other { row, word, .. } = other;
        let name = row.values.get(&Known::Name).map(Value::text).unwrap_or_default();
        match self.people.find(&row, &name) {
            Matched::One(person) => drop(self.taken.entry(person).or_insert_with(|| place_of(file, &row))),
            Matched::Several(people) | Matched::Namesakes(people) => self.asked_about.extend(people),
            Matched::Nearly(people) => self.asked_about.extend(people.into_iter().map(|(person, _)| person)),
            Matched::Nobody => {}
        }
        if !name.is_empty() {
            self.plan.others.push(OtherPerson { file, sheet: row.sheet, row: row.row, beside: row.beside, name, word });
        }
    }

    /// The row with its values of the user's fields in the form of their kind; those that do not fit are told, and
    /// kept in the remark.
    fn fitting(&mut self, file: usize, mut row: RosterRow) -> RosterRow {
        let mut fitting = Vec::with_capacity(row.extra.len());
        for (label, text) in std::mem::take(&mut row.extra) {
            match self.extra_fields.get(&*label).map(|field| field.kind.read(&text)) {
                None => fitting.push((label, text)),
                Some(Ok(value)) => fitting.push((label, value)),
                Some(Err(fault)) => {
                    let sentence = format!("“{text}”{fault}，没有写入这一栏");
                    self.tell_misfit(file, &row, label.to_string(), "extra_misfit", sentence);
                    row.kept.push(Kept { head: label, text, instead_of: None });
                }
            }
        }
        row.extra = fitting;
        if !has_room(&remark_of("", told_remark(&row), &row.kept, |_| false)) {
            row.kept.clear();
            let sentence = "备注里放不下原表没有采用的文字，没有写入".to_owned();
            self.tell_misfit(file, &row, Known::Remark.name().to_owned(), "remark_misfit", sentence);
        }
        row
    }

    fn tell_misfit(&mut self, file: usize, row: &RosterRow, field: String, code: &'static str, sentence: String) {
        let (sheet, row) = (Arc::clone(&row.sheet), row.row);
        self.plan.problems.push(PlannedProblem { file, sheet, row, field, code, sentence });
    }

    /// People on the roll of a covered branch who stand in no row, and in none that waits for an answer either.
    fn find_gone(&mut self) {
        let day = self.plan.roster_day;
        for file in self.people.all() {
            let Some(branch) = file.on_roll(day).and_then(|fact| fact.organisation) else { continue };
            let id = file.person.id;
            let may_stand_in_a_row = self.taken.contains_key(&id) || self.asked_about.contains(&id);
            if self.covered.contains(&branch) && !may_stand_in_a_row {
                self.plan.gone.push(Gone {
                    person: id,
                    name: file.person.name().to_owned(),
                    branch,
                    decision: GoneDecision::Keep,
                });
            }
        }
    }
}
