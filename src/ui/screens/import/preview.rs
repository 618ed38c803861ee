//! What the page shows of an import: the plan, turned once into rows, groups and words.
//! Must never know egui, and never change the plan but for what is decided about those in no row.
//! Start at [`Preview::of`].

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::listed;
use super::places::Places;
use super::questions::{QuestionGroup, others_group, question_groups};
use crate::domain::as_written;
use crate::domain::fields::Known;
use crate::domain::ids::PersonId;
use crate::domain::imports::{
    BranchRef, Difference, ImportPlan, ImportedTalk, OpenQuestion, PlannedOrganisation, PlannedProblem, PlannedRow,
    QuestionAbout, RosterKind, RowClass, Waits,
};
use crate::domain::organisations::OrganisationKind;
use crate::domain::values::Value;
use crate::exchange::import::RosterReading;
use crate::ui::widgets::grouped as grouped_count;
use crate::view::desk::Desk;

/// What can be looked at: the classes of rows, those in no row, the organisations to be made; in the order shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Class {
    #[default]
    New,
    Changed,
    Same,
    Waiting,
    Broken,
    Gone,
    Branches,
}

impl Class {
    /// The classes that a kind of list has, in the order shown.
    pub fn of_kind(kind: RosterKind) -> &'static [Self] {
        match kind {
            RosterKind::Members | RosterKind::Organisations | RosterKind::None => {
                &[Self::New, Self::Changed, Self::Same, Self::Waiting, Self::Broken, Self::Gone, Self::Branches]
            }
            RosterKind::Talks => &[Self::New, Self::Changed, Self::Same, Self::Waiting, Self::Broken],
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::New => "新增",
            Self::Changed => "变更",
            Self::Same => "相同",
            Self::Waiting => "待定",
            Self::Broken => "有误",
            Self::Gone => "本表之外",
            Self::Branches => "新建党组织",
        }
    }

    fn of(class: &RowClass) -> Self {
        match class {
            RowClass::New { .. } => Self::New,
            RowClass::Changed { .. } => Self::Changed,
            RowClass::Same { .. } => Self::Same,
            RowClass::Waiting => Self::Waiting,
            RowClass::Broken => Self::Broken,
        }
    }
}

/// A row as it is shown.
#[derive(Debug)]
pub struct ShownRow {
    /// `12`, or `二支部.xlsx·Sheet1·12` where there is more than one sheet.
    pub place: String,
    pub name: String,
    pub branch: String,
    /// What is written, what is different, or why nothing is written.
    pub what: String,
    /// What was said, of a talk.
    pub content: String,
    /// What is wrong or suspicious about it.
    pub trouble: String,
    /// Who it is, where that is known.
    pub person: Option<PersonId>,
}

impl ShownRow {
    /// Adds what is told of the row.
    fn tell(&mut self, note: Option<&String>) {
        if let Some(note) = note {
            self.what = format!("{}；{note}", self.what);
        }
    }
}

/// An organisation to be made, or left out.
#[derive(Debug)]
pub struct Made {
    pub name: String,
    pub kind: OrganisationKind,
    pub parent: Option<String>,
}

/// A row of the plan that is looked at by itself.
#[derive(Debug, Clone, Copy)]
pub enum Opened<'p> {
    Person(&'p PlannedRow),
    Talk(&'p ImportedTalk),
}

/// The same trouble in several rows.
#[derive(Debug)]
pub struct ProblemGroup {
    pub sentence: String,
    pub places: String,
}

/// Everything the page shows of a plan.
#[derive(Debug)]
pub struct Preview {
    pub plan: ImportPlan,
    pub rows: Vec<ShownRow>,
    classes: [Vec<usize>; 7],
    /// The branches of those in no row, parallel to the plan's list.
    pub gone_branches: Vec<String>,
    /// The organisations to be made, the groups after the others.
    pub made: Vec<Made>,
    /// The organisations that a list of organisations leaves out.
    pub gone_organisations: Vec<Made>,
    pub questions: Vec<QuestionGroup>,
    /// Those of no party: they may be said to want to join.
    pub others: Option<QuestionGroup>,
    pub problems: Vec<ProblemGroup>,
    pub problem_count: usize,
    /// What is told of rows with which nothing is wrong.
    pub notes: Vec<ProblemGroup>,
    pub note_count: usize,
    /// How many are changed: not those of whom every change is refused.
    pub changed: usize,
    /// Rows and sheets left out: why, and where.
    pub skipped: Vec<ProblemGroup>,
    pub skipped_count: usize,
    /// Rows between records: what was taken from them, and where.
    pub grouping: Vec<ProblemGroup>,
    pub places: Places,
}

impl Preview {
    pub fn of(plan: ImportPlan, readings: &[RosterReading], desk: &Desk) -> Self {
        let places = Places::of(readings);
        let words = Words::of(&plan, desk);
        let mut classes: [Vec<usize>; 7] = Default::default();
        let mut rows = Vec::with_capacity(plan.rows.len());
        let mut put = |class: Class, row: ShownRow| {
            if let Some(indexes) = classes.get_mut(class as usize) {
                indexes.push(rows.len());
            }
            rows.push(row);
        };
        for row in &plan.rows {
            put(Class::of(&row.class), words.row(row, places.short(row.file, &row.sheet, row.row)));
        }
        for row in &plan.organisations {
            let place = places.short(row.file, &row.sheet, row.row);
            let trouble = words.trouble(row.file, &row.sheet, row.row);
            let is_asked = words.is_asked_which(row);
            put(listed::class_of(&row.class), listed::organisation(row, place, trouble, is_asked));
        }
        for row in &plan.talks {
            let place = places.short(row.file, &row.sheet, row.row);
            let branch = row.organisation.map(|id| words.branch(BranchRef::There(id))).unwrap_or_default();
            let trouble = words.trouble(row.file, &row.sheet, row.row);
            let mut shown = listed::talk(row, place, branch, trouble);
            shown.tell(words.notes.get(&(row.file, &*row.sheet, row.row)));
            put(listed::class_of_talk(&row.class), shown);
        }
        let gone_branches = plan.gone.iter().map(|gone| words.branch(BranchRef::There(gone.branch))).collect();
        let made = words.made();
        let gone_organisations = words.gone_organisations();
        let questions = question_groups(&plan, &places);
        let problems = problem_groups(&plan, &places, false);
        let notes = problem_groups(&plan, &places, true);
        let note_count = plan.problems.iter().filter(|problem| problem.is_note()).count();
        let others = others_group(&plan, &places);
        let skipped = skipped_groups(readings, &plan, &places);
        let grouping = grouping_rows(readings, &places);
        Self {
            rows,
            classes,
            gone_branches,
            made,
            gone_organisations,
            questions,
            others,
            problems,
            problem_count: plan.problems.len() - note_count,
            notes,
            note_count,
            changed: plan.counts().changed,
            skipped,
            skipped_count: readings
                .iter()
                .flat_map(|reading| &reading.skipped)
                .filter(|one| one.why.taken().is_none())
                .count(),
            grouping,
            places,
            plan,
        }
    }

    /// Whether a row of the plan stands where it did in the one before.
    pub fn is_same_row(&self, before: Option<&Self>, at: usize) -> bool {
        let place = |preview: &Self| {
            let person = preview.plan.rows.get(at).map(|row| (row.file, Arc::clone(&row.sheet), row.row, row.beside));
            let talk = || preview.plan.talks.get(at).map(|row| (row.file, Arc::clone(&row.sheet), row.row, 0));
            person.or_else(talk)
        };
        before.and_then(place).is_some_and(|row| Some(row) == place(self))
    }

    /// The row of the plan at a place, where there is more to see of it than its line.
    pub fn opened(&self, at: usize) -> Option<Opened<'_>> {
        let person = self.plan.rows.get(at).map(Opened::Person);
        person.or_else(|| self.plan.talks.get(at).map(Opened::Talk))
    }

    /// The rows of a class, as places in [`Preview::rows`].
    pub fn of_class(&self, class: Class) -> &[usize] {
        self.classes.get(class as usize).map_or(&[], Vec::as_slice)
    }

    pub fn count(&self, class: Class) -> usize {
        match class {
            Class::Gone => self.plan.gone.len() + self.gone_organisations.len(),
            Class::Branches => self.made.len(),
            class => self.of_class(class).len(),
        }
    }

    /// The class that is shown first: the first that has rows.
    pub fn first_class(&self) -> Class {
        let all = Class::of_kind(self.plan.kind);
        all.iter().find(|class| self.count(**class) > 0).or(all.first()).copied().unwrap_or_default()
    }

    /// How many of a class are told: of the changed not those of whom every change is refused.
    pub fn told(&self, class: Class) -> usize {
        if class == Class::Changed { self.changed } else { self.count(class) }
    }

    /// Rows that are not written: they wait for an answer, or are broken.
    pub fn left_out(&self) -> usize {
        self.count(Class::Waiting) + self.count(Class::Broken)
    }

    /// 「党员花名册 28 人」, 「党组织名册 12 个党组织」: how many records of which kind were read.
    pub fn record_words(&self) -> String {
        let kind = self.plan.kind;
        format!("{} {} {}", kind.label(), grouped_count(self.rows.len() as u64), kind.unit())
    }

    /// People, organisations or talks that writing would touch.
    pub fn written(&self) -> usize {
        let (transferred, died) = self.plan.leaving();
        self.count(Class::New) + self.changed + transferred + died
    }
}

/// What rows are put into words with.
struct Words<'a> {
    plan: &'a ImportPlan,
    desk: &'a Desk,
    troubles: HashMap<(usize, &'a str, u32), String>,
    /// What is told of rows with which nothing is wrong.
    notes: HashMap<(usize, &'a str, u32), String>,
}

impl<'a> Words<'a> {
    fn of(plan: &'a ImportPlan, desk: &'a Desk) -> Self {
        let (mut troubles, mut notes) = (HashMap::new(), HashMap::new());
        for problem in &plan.problems {
            let lines: &mut HashMap<(usize, &str, u32), String> =
                if problem.is_note() { &mut notes } else { &mut troubles };
            let told = lines.entry((problem.file, &*problem.sheet, problem.row)).or_default();
            if !told.is_empty() {
                told.push('；');
            }
            told.push_str(&with_field(problem));
        }
        Self { plan, desk, troubles, notes }
    }

    /// What is wrong or suspicious about a row.
    fn trouble(&self, file: usize, sheet: &str, row: u32) -> String {
        self.troubles.get(&(file, sheet, row)).cloned().unwrap_or_default()
    }

    /// Whether it is asked which organisation a row is.
    fn is_asked_which(&self, row: &PlannedOrganisation) -> bool {
        let is_about = |question: &&OpenQuestion| question.about == QuestionAbout::Organisation;
        self.plan
            .questions
            .iter()
            .filter(is_about)
            .any(|question| (question.file, question.row) == (row.file, row.row) && question.sheet == row.sheet)
    }

    fn made(&self) -> Vec<Made> {
        let branches = self.plan.new_branches.iter().map(|new| {
            let parent = new.parent.map(|id| self.branch(BranchRef::There(id)));
            Made { name: new.name.clone(), kind: new.kind, parent }
        });
        let groups = self.plan.new_groups.iter().map(|group| {
            let parent = Some(self.branch(group.branch));
            Made { name: group.name.clone(), kind: OrganisationKind::Group, parent }
        });
        branches.chain(groups).collect()
    }

    fn gone_organisations(&self) -> Vec<Made> {
        let nodes = self.plan.gone_organisations.iter().filter_map(|gone| self.desk.tree().get(gone.id));
        let shown = nodes.map(|node| Made {
            name: node.name.clone(),
            kind: node.kind,
            parent: node.parent.map(|id| self.branch(BranchRef::There(id))),
        });
        shown.collect()
    }

    fn branch(&self, branch: BranchRef) -> String {
        match branch {
            BranchRef::There(id) => self.desk.tree().get(id).map(|node| node.name.clone()).unwrap_or_default(),
            BranchRef::New(place) => self.plan.new_branches.get(place).map(|new| new.name.clone()).unwrap_or_default(),
        }
    }

    fn branch_of(&self, person: PersonId) -> String {
        let card = self.desk.directory().get(person);
        let membership = card.and_then(|card| card.on_roll(self.plan.roster_day).or_else(|| card.last_membership()));
        membership.map(|membership| self.branch(BranchRef::There(membership.organisation))).unwrap_or_default()
    }

    fn row(&self, row: &PlannedRow, place: String) -> ShownRow {
        let trouble = self.trouble(row.file, &row.sheet, row.row);
        let (branch, what, person) = match &row.class {
            RowClass::New { branch } => (self.branch(*branch), new_in_words(row), None),
            RowClass::Changed { person, branch, differences } => {
                let branch = branch.map_or_else(|| self.branch_of(*person), |branch| self.branch(branch));
                (branch, differences_in_words(differences, &row.refused), Some(*person))
            }
            RowClass::Same { person } => (self.branch_of(*person), "和工作簿里一样".to_owned(), Some(*person)),
            RowClass::Waiting => (String::new(), row.why.map_or("", Waits::words).to_owned(), None),
            RowClass::Broken => (String::new(), "不能写入".into(), None),
        };
        let name = if row.name.is_empty() { "（没有姓名）".to_owned() } else { row.name.clone() };
        ShownRow { place, name, branch, what, content: String::new(), trouble, person }
    }
}

/// 「正式党员，男，1979-06 生，2004-06 入党」
fn new_in_words(row: &PlannedRow) -> String {
    let parts = [(Known::Category, ""), (Known::Sex, ""), (Known::Birth, " 生"), (Known::Joined, " 入党")];
    let told = parts.iter().filter_map(|(key, after)| Some(format!("{}{after}", row.values.get(key)?.text())));
    let remark = row.values.get(&Known::Remark).map(Value::text).unwrap_or_default();
    with_kept(told.collect::<Vec<_>>().join("，"), &remark)
}

/// With what of the list is kept in the remark: 「男；备注里记下 原表入党时间：2011年2月30日」
pub(super) fn with_kept(words: String, remark: &str) -> String {
    let shown = as_written::masked(remark);
    let lines = as_written::lines_of(&shown);
    match lines[..] {
        [] => words,
        _ if words.is_empty() => format!("备注里记下 {}", lines.join("；")),
        _ => format!("{words}；备注里记下 {}", lines.join("；")),
    }
}

/// What is different, without the wording of the file where the field itself is told.
pub(super) fn differences_in_words(differences: &[Difference], refused: &BTreeSet<String>) -> String {
    let is_told = |label: &str| differences.iter().any(|other| other.label == label);
    let is_doubled = |one: &&Difference| one.label == Known::EducationText.label() && is_told(Known::Education.label());
    let told = differences.iter().filter(|one| !is_doubled(one)).map(|one| match refused.contains(&one.field) {
        true => format!("{}：不改", one.label),
        false => difference(one),
    });
    told.collect::<Vec<_>>().join("；")
}

/// 「学历：大专 → 大学本科」
fn difference(one: &Difference) -> String {
    let dash = |text: &str| if text.is_empty() { "—".to_owned() } else { text.to_owned() };
    format!("{}：{} → {}", one.label, dash(&one.old), dash(&one.new))
}

/// 「公民身份号码：校验位不符」
fn with_field(problem: &PlannedProblem) -> String {
    match problem.field_label() {
        // A note names whom it is about.
        _ if problem.is_note() => problem.sentence.clone(),
        "" => problem.sentence.clone(),
        label => format!("{label}：{}", problem.sentence),
    }
}

fn problem_groups(plan: &ImportPlan, places: &Places, are_notes: bool) -> Vec<ProblemGroup> {
    let meant = plan.problems.iter().filter(|problem| problem.is_note() == are_notes);
    let told = meant.map(|problem| (with_field(problem), (problem.file, &*problem.sheet, problem.row)));
    grouped(told, places)
}

/// Those of no party are told by themselves.
fn skipped_groups(readings: &[RosterReading], plan: &ImportPlan, places: &Places) -> Vec<ProblemGroup> {
    let others: HashSet<_> = plan.others.iter().map(|other| (other.file, &*other.sheet, other.row)).collect();
    let told = readings.iter().enumerate().flat_map(|(file, reading)| {
        let left = reading.skipped.iter().filter(|skipped| skipped.why.taken().is_none());
        left.map(move |skipped| (skipped.why.sentence(), (file, &*skipped.sheet, skipped.row)))
    });
    grouped(told.filter(|(_, place)| !others.contains(place)), places)
}

/// What was taken from rows between records.
fn grouping_rows(readings: &[RosterReading], places: &Places) -> Vec<ProblemGroup> {
    let told = readings.iter().enumerate().flat_map(|(file, reading)| {
        let taken = reading.skipped.iter().filter_map(|skipped| Some((skipped, skipped.why.taken()?)));
        taken.map(move |(skipped, told)| (told.to_owned(), (file, &*skipped.sheet, skipped.row)))
    });
    grouped(told, places)
}

fn grouped<'a>(told: impl Iterator<Item = (String, (usize, &'a str, u32))>, places: &Places) -> Vec<ProblemGroup> {
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut found: Vec<(String, BTreeSet<(usize, &str, u32)>)> = Vec::new();
    for (sentence, place) in told {
        let group = *known.entry(sentence.clone()).or_insert_with(|| {
            found.push((sentence, BTreeSet::new()));
            found.len() - 1
        });
        found[group].1.insert(place);
    }
    let group = |(sentence, rows): (String, BTreeSet<(usize, &str, u32)>)| ProblemGroup {
        sentence,
        places: places.long(rows.into_iter()),
    };
    found.into_iter().map(group).collect()
}
