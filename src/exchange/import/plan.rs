//! From what was read to what would be written: branches and persons matched, rows put into classes.
//!
//! Reads the workbook, writes nothing. Start at [`plan`].

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::answers::Answers;
use super::matching::{Matched, People};
use super::plan_organisations::{Held, plan_organisations};
use super::reading::{Kept, Other, Place, Question, RosterKind, RosterReading, RosterRow, RowProblem};
use super::remarks::{has_room, keep_unanswered, remark_of};
use crate::clock::Day;
use crate::domain::fields::{FieldKey, Known};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::imports::{
    BranchRef, Difference, Gone, GoneDecision, ImportPlan, NewBranch, OpenQuestion, OtherPerson, PlannedProblem,
    PlannedRow, QuestionAbout, RowClass,
};
use crate::domain::lists::ListField;
use crate::domain::members::PersonFile;
use crate::domain::organisations::{OrganisationKind, OrganisationTree, branch_key};
use crate::domain::values::{Trouble, Value};
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::reader::Reader;
use crate::store::{journal, members, organisations};
use crate::view::member::{shown as seen, value_on};

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
            new_extra_fields: Vec::new(),
            rows: Vec::new(),
            organisations: Vec::new(),
            remark_columns: Vec::new(),
            talks: readings.iter().map(|reading| reading.talks.rows.len()).sum(),
            gone: Vec::new(),
            others: Vec::new(),
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
        taken: HashMap::new(),
        asked_about: HashSet::new(),
        without_branch: 0,
    };
    for (file, reading) in readings.iter().enumerate() {
        planner.tell(file, reading);
    }
    if kind == RosterKind::Organisations {
        let events = organisations::events(reader)?;
        plan_organisations(&mut planner.plan, readings, &Held { tree: &tree, events: &events, options });
        return Ok(planner.plan);
    }
    progress.stage("比对", readings.iter().map(|reading| reading.rows.len() as u64).sum())?;
    let mut done = 0;
    for (file, reading) in readings.into_iter().enumerate() {
        for row in reading.rows {
            done += 1;
            if done % 512 == 0 {
                progress.step(done)?;
            }
            planner.row(file, row);
        }
        for other in reading.others {
            planner.leave(file, other);
        }
    }
    planner.ask_for_the_branch();
    planner.find_gone();
    Ok(planner.plan)
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
    /// Persons that a row already is, with the row.
    taken: HashMap<PersonId, u32>,
    /// Persons that a row may be: the answer is awaited.
    asked_about: HashSet<PersonId>,
    without_branch: usize,
}

/// Which branch a row tells.
#[derive(Debug, Clone)]
enum Told {
    One(BranchRef),
    /// Several fit, or the row says nothing and there is more than one.
    Unclear,
    /// The workbook has none of this name.
    Nobodys(String),
}

impl Planner<'_> {
    /// Carries the reading's open questions and problems over.
    fn tell(&mut self, file: usize, reading: &RosterReading) {
        let of_member = |field: Known| QuestionAbout::Field(field);
        self.tell_of(file, &reading.questions, &reading.problems, of_member);
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
        let class = self.class_of(file, &row, &name);
        let (values, extras) = match &class {
            RowClass::Changed { person, .. } => self.different(&row, *person),
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
        for (label, _) in &extras {
            if !self.extra_fields.contains_key(&**label) && !self.plan.new_extra_fields.contains(label) {
                self.plan.new_extra_fields.push(Arc::clone(label));
            }
        }
        let RosterRow { sheet, row, beside, .. } = row;
        self.plan.rows.push(PlannedRow { file, sheet, row, beside, name, class, values, extras });
    }

    /// Somebody of no party is left out; one whom the workbook knows is not missing from the list.
    fn leave(&mut self, file: usize, other: Other) {
        let Other { row, word, .. } = other;
        let name = row.values.get(&Known::Name).map(Value::text).unwrap_or_default();
        match self.people.find(&row, &name) {
            Matched::One(person) => drop(self.taken.entry(person).or_insert(row.row)),
            Matched::Several(people) => self.asked_about.extend(people),
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

    fn class_of(&mut self, file: usize, row: &RosterRow, name: &str) -> RowClass {
        let matched = self.people.find(row, name);
        let person = match self.options.answers.person(file, row) {
            Some(answer) => answer,
            None => match matched {
                Matched::Nobody => None,
                Matched::One(person) => Some(person),
                Matched::Several(candidates) => {
                    self.ask_who(file, row, name, &candidates);
                    self.branch_told(file, row);
                    return RowClass::Waiting;
                }
            },
        };
        if let Some(person) = person
            && let Some(earlier) = self.taken.insert(person, row.row)
        {
            self.double(file, row, earlier);
            return RowClass::Waiting;
        }
        if person.is_none()
            && self.options.answers.person(file, row).is_none()
            && let Some(earlier) = self.people.seen_in_file(row, name)
        {
            self.double(file, row, earlier);
            return RowClass::Waiting;
        }
        let branch = self.branch_of(file, row);
        match (person, branch) {
            (None, None) => {
                self.without_branch += 1;
                RowClass::Waiting
            }
            (None, Some(branch)) => RowClass::New { branch },
            (Some(person), branch) => self.compare(row, person, branch),
        }
    }

    /// The same person twice in the file: the later row waits.
    fn double(&mut self, file: usize, row: &RosterRow, earlier: u32) {
        let told = self.plan.problems.iter().any(|problem| {
            problem.file == file
                && problem.row == row.row
                && problem.sheet == row.sheet
                && problem.code == Trouble::Duplicate.code()
        });
        if !told {
            self.plan.problems.push(PlannedProblem {
                file,
                sheet: Arc::clone(&row.sheet),
                row: row.row,
                field: String::new(),
                code: Trouble::Duplicate.code(),
                sentence: format!("和第 {earlier} 行是同一个人"),
            });
        }
    }

    fn ask_who(&mut self, file: usize, row: &RosterRow, name: &str, candidates: &[PersonId]) {
        self.asked_about.extend(candidates);
        let mut choices: Vec<String> = candidates.iter().map(ToString::to_string).collect();
        let mut labels: Vec<String> = candidates.iter().map(|id| self.people.describe(*id, self.tree)).collect();
        choices.push("new".into());
        labels.push("都不是，新增".into());
        self.plan.questions.push(OpenQuestion {
            file,
            sheet: Arc::clone(&row.sheet),
            row: row.row,
            beside: row.beside,
            about: QuestionAbout::Person,
            raw: name.to_owned(),
            choices,
            labels,
        });
    }

    /// The branch a row belongs to; `None` where it has to be asked for. One that nobody has yet is made.
    fn branch_of(&mut self, file: usize, row: &RosterRow) -> Option<BranchRef> {
        match self.branch_told(file, row) {
            Told::One(branch) => Some(branch),
            Told::Unclear => None,
            Told::Nobodys(name) => Some(self.make_branch(&name)),
        }
    }

    /// Which branch a row tells, without making one. A branch of the workbook that a row tells is covered by the file.
    fn branch_told(&mut self, file: usize, row: &RosterRow) -> Told {
        let told = match row.values.get(&Known::Branch) {
            Some(Value::Text(name)) => self.branch_named(name),
            _ => self.branch_without_name(file).map_or(Told::Unclear, Told::One),
        };
        if let Told::One(BranchRef::There(id)) = told {
            self.covered.insert(id);
        }
        told
    }

    fn branch_named(&mut self, name: &str) -> Told {
        if let Some(known) = self.branch_keys.get(name).and_then(|key| self.branches.get(key)) {
            return known.clone();
        }
        let key = branch_key(name);
        self.branch_keys.insert(name.to_owned(), key.clone());
        let known = self.branches.entry(key).or_insert_with(|| match self.tree.named(name, self.options.scope)[..] {
            [one] => Told::One(BranchRef::There(one.id)),
            [] => Told::Nobodys(name.to_owned()),
            _ => Told::Unclear,
        });
        known.clone()
    }

    fn make_branch(&mut self, name: &str) -> BranchRef {
        let made = BranchRef::New(self.plan.new_branches.len());
        self.plan.new_branches.push(NewBranch {
            name: name.to_owned(),
            kind: OrganisationKind::from_name(name),
            parent: self.root_of_scope(),
        });
        self.branches.insert(branch_key(name), Told::One(made));
        made
    }

    /// Rows without a branch go to the scope, else to the only branch there is, else they wait for one answer.
    fn branch_without_name(&self, file: usize) -> Option<BranchRef> {
        if let Some(answer) = self.options.answers.branch(file) {
            return self.tree.find(&answer).ok().map(|node| BranchRef::There(node.id));
        }
        if let Some(scope) = self.options.scope {
            return Some(BranchRef::There(scope));
        }
        let mut branches = self.tree.all().filter(|node| node.kind != OrganisationKind::Group);
        match (branches.next(), branches.next()) {
            (Some(only), None) => Some(BranchRef::There(only.id)),
            _ => {
                let mut branches = self.tree.all().filter(|node| node.kind.is_branch());
                match (branches.next(), branches.next()) {
                    (Some(only), None) => Some(BranchRef::There(only.id)),
                    _ => None,
                }
            }
        }
    }

    /// New branches stand below the scope; below a branch nothing but groups can stand.
    fn root_of_scope(&self) -> Option<OrganisationId> {
        let scope = self.options.scope.and_then(|id| self.tree.get(id))?;
        if scope.kind.is_branch() || scope.kind == OrganisationKind::Group { scope.parent } else { Some(scope.id) }
    }

    /// What is different about a person of the workbook, as of the roster day.
    fn compare(&self, row: &RosterRow, person: PersonId, branch: Option<BranchRef>) -> RowClass {
        let Some(file) = self.people.get(person) else { return RowClass::Waiting };
        let moved = self.moved(row, file, branch);
        let mut differences: Vec<Difference> = Vec::new();
        if let Some(target) = moved {
            differences.push(Difference {
                label: Known::Branch.label().to_owned(),
                old: self.shown(file, Known::Branch),
                new: match target {
                    BranchRef::There(id) => self.tree.get(id).map(|node| node.name.clone()).unwrap_or_default(),
                    BranchRef::New(place) => self.plan.new_branches[place].name.clone(),
                },
            });
        }
        let (values, extras) = self.different(row, person);
        for (key, value) in &values {
            if *key != Known::Branch && !(moved.is_some() && *key == Known::TransferIn) {
                let seen = |text: &str| seen(FieldKey::Known(*key), text, false);
                let (label, old) = (key.label().to_owned(), seen(&self.shown(file, *key)));
                differences.push(Difference { label, old, new: seen(&value.text()) });
            }
        }
        for (label, value) in &extras {
            let old = self.extra_fields.get(&**label).and_then(|field| file.extras.get(&field.id)).cloned();
            differences.push(Difference { label: label.to_string(), old: old.unwrap_or_default(), new: value.clone() });
        }
        if differences.is_empty() {
            RowClass::Same { person }
        } else {
            RowClass::Changed { person, branch: moved, differences }
        }
    }

    /// The other branch that the roster tells, if it tells one; not where the workbook knows of a later move.
    fn moved(&self, row: &RosterRow, file: &PersonFile, branch: Option<BranchRef>) -> Option<BranchRef> {
        let told = branch
            .filter(|_| row.values.contains_key(&Known::Branch) || file.on_roll(self.plan.roster_day).is_none())?;
        let day = self.plan.roster_day;
        let current = file.on_roll(day);
        let is_older = file.facts.iter().any(|fact| {
            fact.kind == crate::domain::fields::FactKind::Membership
                && fact.span.from.is_some_and(|from| from.first_day() >= day)
        });
        if is_older || current.is_some_and(|fact| fact.organisation.map(BranchRef::There) == Some(told)) {
            None
        } else {
            Some(told)
        }
    }

    /// The values and extra values that are not as they stand on the roster day. What says nothing is not there; a
    /// date that only says less than the one that stands is no difference.
    fn different(&self, row: &RosterRow, person: PersonId) -> (BTreeMap<Known, Value>, Vec<(Arc<str>, String)>) {
        let Some(file) = self.people.get(person) else { return (BTreeMap::new(), Vec::new()) };
        let mut values: BTreeMap<Known, Value> = row
            .values
            .iter()
            .filter(|(key, _)| !matches!(key, Known::Branch | Known::Remark))
            .filter(|(key, value)| !self.says_the_same(file, **key, value))
            .map(|(key, value)| (*key, value.clone()))
            .collect();
        let held = self.shown(file, Known::Remark);
        let has_value = |field| !self.shown(file, field).is_empty() || row.values.contains_key(&field);
        let remark = remark_of(&held, told_remark(row), &row.kept, has_value);
        if remark != held {
            values.insert(Known::Remark, Value::Text(remark));
        }
        let extras = row
            .extra
            .iter()
            .filter(|(label, value)| {
                self.extra_fields.get(&**label).and_then(|field| file.extras.get(&field.id)) != Some(value)
            })
            .cloned()
            .collect();
        (values, extras)
    }

    fn says_the_same(&self, file: &PersonFile, key: Known, value: &Value) -> bool {
        let old = self.shown(file, key);
        match value {
            Value::Text(text) => *text == old,
            Value::Date(date) => crate::domain::dates::PartialDate::from_iso(&old)
                .is_some_and(|old| old == *date || (old.agrees_with(*date) && old.precision() > date.precision())),
        }
    }

    fn shown(&self, file: &PersonFile, key: Known) -> String {
        value_on(file, key, self.plan.roster_day, self.tree).unwrap_or_default()
    }

    /// One question for all rows that name no branch.
    fn ask_for_the_branch(&mut self) {
        if self.without_branch == 0 {
            return;
        }
        let branches: Vec<_> = self
            .tree
            .within(self.options.scope)
            .into_iter()
            .filter(|node| node.kind != OrganisationKind::Group)
            .collect();
        self.plan.questions.push(OpenQuestion {
            file: 0,
            sheet: Arc::from(""),
            row: 0,
            beside: 0,
            about: QuestionAbout::Branch,
            raw: format!("{} 行没有写党支部", self.without_branch),
            choices: branches.iter().map(|node| node.id.to_string()).collect(),
            labels: branches.iter().map(|node| self.tree.path(node.id)).collect(),
        });
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
