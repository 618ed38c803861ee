//! What an import would write (导入方案): row by row, in classes, before anything is written.
//!
//! Plain data: made in `exchange`, shown by the window, written by a command. What it shows is what is written.

mod questions;
mod talks;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use questions::{OUTSIDE, OpenQuestion, QuestionAbout, person_in_talks};
pub use talks::{ImportedTalk, TalkClass, TalkWaits};

use super::dates::PartialDate;
use super::fields::Known;
use super::ids::{OrganisationId, PersonId};
use super::lists::{ORGANISATION_COLUMNS, TALK_COLUMNS};
use super::organisations::OrganisationKind;
use super::values::{Trouble, Value};
use crate::clock::Day;

/// What kind of list a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RosterKind {
    /// 党员名册
    Members,
    /// 谈心谈话台账
    Talks,
    /// 党组织名册
    Organisations,
    /// None of the lists the program knows.
    #[default]
    None,
}

impl RosterKind {
    /// The kind in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Members => "党员花名册",
            Self::Talks => "谈心谈话台账",
            Self::Organisations => "党组织名册",
            Self::None => "",
        }
    }

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::Talks => "talks",
            Self::Organisations => "organisations",
            Self::None => "none",
        }
    }

    /// The kinds that a list can be of, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Members, Self::Organisations, Self::Talks];

    /// What its records are counted in: 12 人.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Members | Self::None => "人",
            Self::Talks => "次谈话",
            Self::Organisations => "个党组织",
        }
    }
}

/// Everything an import would write (导入方案).
#[derive(Debug, Clone, PartialEq)]
pub struct ImportPlan {
    pub kind: RosterKind,
    pub file_names: Vec<String>,
    /// The day of the roster: what it tells holds from then on.
    pub roster_day: Day,
    /// The end of the journal when the plan was made; a workbook that moved on refuses the plan.
    pub against: Vec<u8>,
    /// Branches that the file names and the workbook has not.
    pub new_branches: Vec<NewBranch>,
    /// Groups that rows name and their branches have not.
    pub new_groups: Vec<NewGroup>,
    /// Heads of columns that become extra fields.
    pub new_extra_fields: Vec<Arc<str>>,
    pub rows: Vec<PlannedRow>,
    /// The rows of a list of organisations.
    pub organisations: Vec<PlannedOrganisation>,
    /// Columns of a list of organisations or of talks for which there is no field: they go into the remark.
    pub remark_columns: Vec<Arc<str>>,
    /// Columns of a ledger of talks that tell of people what the roster has: they are not taken of its people.
    pub roster_columns: Vec<Arc<str>>,
    /// Rows that were left out because the person is no member, or not told to be one.
    pub not_members: usize,
    /// The rows of a ledger of talks.
    pub talks: Vec<ImportedTalk>,
    /// People of the branches that the file covers who stand in no row of it, nor may in one that waits.
    pub gone: Vec<Gone>,
    /// People of the file who are no members: they are left out.
    pub others: Vec<OtherPerson>,
    /// Organisations below the same top that a list of organisations leaves out; they stay.
    pub gone_organisations: Vec<GoneOrganisation>,
    pub questions: Vec<OpenQuestion>,
    pub problems: Vec<PlannedProblem>,
}

/// A branch to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBranch {
    pub name: String,
    pub kind: OrganisationKind,
    pub parent: Option<OrganisationId>,
}

/// A group (党小组) to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGroup {
    pub name: String,
    pub branch: BranchRef,
}

/// A branch of the workbook, or one that the plan makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BranchRef {
    There(OrganisationId),
    /// Its place in [`ImportPlan::new_branches`].
    New(usize),
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum RowClass {
    /// 新增
    New { branch: BranchRef },
    /// 变更
    Changed { person: PersonId, branch: Option<BranchRef>, differences: Vec<Difference> },
    /// 相同
    Same { person: PersonId },
    /// 待定: waits for an answer.
    Waiting,
    /// 有误: cannot be written.
    Broken,
}

/// Why a row waits (待定的原因).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// Which person of the workbook it is.
    Who,
    /// Whether it is the person of the workbook from whom it differs in one thing only.
    Nearly,
    /// Whether it is the person of a row before.
    Twice,
    /// It was answered to be the person of a row before: nothing is to be written.
    SaidTwice,
    /// Whether who had ceased to be on the roll is on it again.
    Returned,
    /// To which branch it belongs: it names none.
    Branch,
    /// Which of several branches of one name it means.
    WhichBranch,
}

impl Waits {
    /// For people who look at the row.
    pub fn words(self) -> &'static str {
        match self {
            Self::Who => "可能是现有的人，等回答",
            Self::Nearly => "和现有的人只有一处不同，等回答",
            Self::Twice => "可能和前面的一行是同一个人，等回答",
            Self::SaidTwice => "和前面的一行是同一个人，不再写入",
            Self::Returned => "已不在册，等回答",
            Self::Branch => "没有写党支部，等回答",
            Self::WhichBranch => "有几个党支部叫这个名称，等回答",
        }
    }
}

/// A row of the file, as it would be written.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedRow {
    /// The file's place in [`ImportPlan::file_names`].
    pub file: usize,
    pub sheet: Arc<str>,
    pub row: u32,
    /// Which of the tables beside each other it stands in, from the left; 0 where there is one.
    pub beside: usize,
    pub name: String,
    pub class: RowClass,
    /// Why it waits, where it does.
    pub why: Option<Waits>,
    /// What is written: everything for a new person, what is different for a changed one.
    pub values: BTreeMap<Known, Value>,
    pub extras: Vec<(Arc<str>, String)>,
    /// Changes that somebody refused (不改): the fields that stay as the workbook has them.
    pub refused: BTreeSet<String>,
}

impl PlannedRow {
    /// A row that names nobody.
    pub fn broken(file: usize, sheet: Arc<str>, row: u32, beside: usize) -> Self {
        let (values, extras) = (BTreeMap::new(), Vec::new());
        Self {
            file,
            sheet,
            row,
            beside,
            name: String::new(),
            class: RowClass::Broken,
            why: None,
            values,
            extras,
            refused: BTreeSet::new(),
        }
    }
}

impl PlannedRow {
    /// Whether somebody of the workbook is changed: not where all changes are refused.
    pub fn changes_something(&self) -> bool {
        match &self.class {
            RowClass::Changed { differences, .. } => differences.iter().any(|one| !self.refused.contains(&one.field)),
            _ => false,
        }
    }

    /// The row without what was refused. Who stays in the branch keeps group and posts there.
    pub fn accepted(mut self) -> Self {
        let refused = std::mem::take(&mut self.refused);
        if refused.is_empty() {
            return self;
        }
        let is_moved = match &mut self.class {
            RowClass::Changed { branch, .. } => {
                let is_moved = branch.is_some();
                branch.take_if(|_| refused.contains(Known::Branch.spec().name));
                is_moved
            }
            _ => false,
        };
        self.values.retain(|key, _| !refused.contains(changed_with(*key, is_moved)));
        self.extras.retain(|(label, _)| !refused.contains(&**label));
        self
    }
}

/// The field together with which another one changes: group and posts with the branch, the wording of the file with
/// what it means.
pub fn changed_with(field: Known, is_moved: bool) -> &'static str {
    match field {
        Known::Group | Known::PartyPost | Known::TransferIn if is_moved => Known::Branch.spec().name,
        Known::EducationText => Known::Education.spec().name,
        _ => field.spec().name,
    }
}

/// An organisation of the file, as it would be written.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedOrganisation {
    /// The file's place in [`ImportPlan::file_names`].
    pub file: usize,
    pub sheet: Arc<str>,
    pub row: u32,
    pub name: String,
    pub kind: Option<OrganisationKind>,
    /// What the file tells to stand above it.
    pub parent: Option<String>,
    pub class: OrganisationClass,
    /// What is written, by the names of a draft: everything for a new one, what is different for a changed one.
    pub set: BTreeMap<&'static str, String>,
}

/// What becomes of a row of a list of organisations.
#[derive(Debug, Clone, PartialEq)]
pub enum OrganisationClass {
    /// 新增
    New { above: Above },
    /// 变更
    Changed { id: OrganisationId, above: Option<Above>, differences: Vec<Difference> },
    /// 相同
    Same { id: OrganisationId },
    /// 待定: waits for an answer, or is told twice.
    Waiting,
    /// 有误: cannot be written.
    Broken,
}

/// What stands above an organisation of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Above {
    /// One of the workbook, or nothing.
    There(Option<OrganisationId>),
    /// Its place in [`ImportPlan::new_branches`].
    Made(usize),
    /// Its place in [`ImportPlan::organisations`].
    Row(usize),
}

/// A cell that would become different, as it is shown: ID numbers and phones are masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field whose change can be refused: its name, the label of an extra one. What changes together has the same.
    pub field: String,
    pub label: String,
    pub old: String,
    pub new: String,
}

impl Difference {
    /// A field of somebody who stays in the branch, or moves to another.
    pub fn of(field: Known, is_moved: bool, old: String, new: String) -> Self {
        Self { field: changed_with(field, is_moved).to_owned(), label: field.label().to_owned(), old, new }
    }
}

/// Somebody of a covered branch who stands in no row, nor may in one that waits for an answer (本表之外).
#[derive(Debug, Clone, PartialEq)]
pub struct Gone {
    pub person: PersonId,
    pub name: String,
    pub branch: OrganisationId,
    pub decision: GoneDecision,
}

/// Somebody of the file who is of no party (群众、共青团员): left out, unless a person says that they want to join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherPerson {
    pub file: usize,
    pub sheet: Arc<str>,
    pub row: u32,
    /// Which of the tables beside each other, counted from the left.
    pub beside: usize,
    pub name: String,
    /// What the file says they are.
    pub word: String,
}

/// What somebody of no party may be said to be, in the words of 人员类别.
pub const OTHERS_MAY_BE: [&str; 2] = ["入党积极分子", "入党申请人"];

impl OtherPerson {
    /// What may be said of them, in the form of a question.
    pub fn question(&self) -> OpenQuestion {
        OpenQuestion {
            file: self.file,
            sheet: Arc::clone(&self.sheet),
            row: self.row,
            beside: self.beside,
            about: QuestionAbout::Field(Known::Category),
            raw: self.word.clone(),
            choices: OTHERS_MAY_BE.map(str::to_owned).to_vec(),
            labels: OTHERS_MAY_BE.map(|word| format!("记为{}", word.trim_start_matches("入党"))).to_vec(),
        }
    }
}

/// An organisation that a list of organisations leaves out (本表之外).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoneOrganisation {
    pub id: OrganisationId,
    pub name: String,
}

/// What becomes of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GoneDecision {
    /// 保留
    #[default]
    Keep,
    /// 转出, on a day.
    TransferredOut(PartialDate),
    /// 去世, on a day.
    Died(PartialDate),
}

/// Something wrong or suspicious in the file, told beside the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedProblem {
    pub file: usize,
    pub sheet: Arc<str>,
    pub row: u32,
    /// The field's name, its head for an extra one, empty for a row.
    pub field: String,
    pub code: &'static str,
    pub sentence: String,
}

impl PlannedProblem {
    /// The code of what is told of somebody who belonged elsewhere, or nowhere, on the day of a talk.
    pub const NOT_THERE_THEN: &'static str = "not_there_then";

    /// The codes of what is told of a text that says more than could be understood, and is kept in the remark.
    pub const KEPT: [&'static str; 3] = [Self::KEPT_AS_WRITTEN, Trouble::SeveralDays.code(), Trouble::DayVague.code()];

    /// The code of what is told of a text for which there is no place but the remark.
    pub const KEPT_AS_WRITTEN: &'static str = "kept_as_written";

    /// Whether nothing is wrong: it is told why something was understood as it was (提醒).
    pub fn is_note(&self) -> bool {
        self.code == Self::NOT_THERE_THEN || Self::KEPT.contains(&self.code)
    }

    /// The field in words: the label of a known one, the head of an extra one; empty for a row.
    pub fn field_label(&self) -> &str {
        let of_entry = || {
            let organisation = ORGANISATION_COLUMNS.iter().map(|entry| (entry.name, entry.label));
            let talk = TALK_COLUMNS.iter().map(|entry| (entry.name, entry.label));
            organisation.chain(talk).find(|(name, _)| *name == self.field).map(|(_, label)| label)
        };
        Known::from_name(&self.field).map(Known::label).or_else(of_entry).unwrap_or(&self.field)
    }
}

/// How many rows of each class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClassCounts {
    pub new: usize,
    pub changed: usize,
    pub same: usize,
    pub waiting: usize,
    pub broken: usize,
    pub gone: usize,
}

impl ImportPlan {
    pub fn counts(&self) -> ClassCounts {
        let mut counts =
            ClassCounts { gone: self.gone.len() + self.gone_organisations.len(), ..ClassCounts::default() };
        for row in &self.rows {
            match row.class {
                RowClass::New { .. } => counts.new += 1,
                RowClass::Changed { .. } if row.changes_something() => counts.changed += 1,
                RowClass::Changed { .. } => counts.same += 1,
                RowClass::Same { .. } => counts.same += 1,
                RowClass::Waiting => counts.waiting += 1,
                RowClass::Broken => counts.broken += 1,
            }
        }
        for row in &self.organisations {
            match row.class {
                OrganisationClass::New { .. } => counts.new += 1,
                OrganisationClass::Changed { .. } => counts.changed += 1,
                OrganisationClass::Same { .. } => counts.same += 1,
                OrganisationClass::Waiting => counts.waiting += 1,
                OrganisationClass::Broken => counts.broken += 1,
            }
        }
        for row in &self.talks {
            match row.class {
                TalkClass::New => counts.new += 1,
                TalkClass::Changed { .. } => counts.changed += 1,
                TalkClass::Same { .. } | TalkClass::Waiting(TalkWaits::Twice) => counts.same += 1,
                TalkClass::Waiting(_) => counts.waiting += 1,
                TalkClass::Broken => counts.broken += 1,
            }
        }
        counts
    }

    /// How many in no row are 转出, and how many 去世.
    pub fn leaving(&self) -> (usize, usize) {
        let count = |is_it: fn(&GoneDecision) -> bool| self.gone.iter().filter(|gone| is_it(&gone.decision)).count();
        (
            count(|decision| matches!(decision, GoneDecision::TransferredOut(_))),
            count(|decision| matches!(decision, GoneDecision::Died(_))),
        )
    }

    /// Whether writing it would change anything.
    pub fn writes_something(&self) -> bool {
        let counts = self.counts();
        counts.new + counts.changed > 0 || self.leaving() != (0, 0)
    }
}
