//! From a list of organisations to what would be written: rows matched with the workbook and put below their parents.
//!
//! Matched by code, else by name and parent; several that fit are a question. Names of secretaries and committees stay
//! text until a person matches them. Below what rows stand is found in [`placing`], what they change in [`comparing`];
//! what a list leaves out stands in [`missing`]. Start at [`plan_organisations`].

mod comparing;
mod missing;
mod placing;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::plan::PlanOptions;
use super::reading::{Kept, Listed, RosterReading, RosterRow};
use super::recognised::ColumnMeaning;
use super::remarks::remark_of;
use crate::command::{ORGANISATION_FIELDS, OrganisationDraft, organisation_field_label};
use crate::domain::ids::OrganisationId;
use crate::domain::imports::{
    Above, ImportPlan, OpenQuestion, OrganisationClass, PlannedOrganisation, PlannedProblem, QuestionAbout,
};
use crate::domain::lists::{ColumnField, ListField, OrganisationField};
use crate::domain::organisations::{Organisation, OrganisationEvent, OrganisationKind, OrganisationTree, branch_key};
use crate::domain::values::{Trouble, Value};
use comparing::held_text;

/// What the workbook holds of organisations, as a plan looks at it.
pub(super) struct Held<'p> {
    pub tree: &'p OrganisationTree,
    pub events: &'p [OrganisationEvent],
    pub options: &'p PlanOptions,
}

/// Adds the organisations of these files to a plan.
pub(super) fn plan_organisations(plan: &mut ImportPlan, readings: Vec<RosterReading>, held: &Held<'_>) {
    let mut planner = Planner { plan, held, rows: Vec::new(), taken: HashMap::new(), asked_about: HashSet::new() };
    for (file, reading) in readings.into_iter().enumerate() {
        planner.take(file, reading);
    }
    planner.match_rows();
    planner.ask_about_renamed();
    planner.leave_open();
    planner.keep_words();
    planner.place_rows();
    planner.break_circles();
    planner.list_missing();
    planner.finish();
}

struct Planner<'p> {
    plan: &'p mut ImportPlan,
    held: &'p Held<'p>,
    rows: Vec<Row>,
    /// Organisations of the workbook that a row already is, with the row.
    taken: HashMap<OrganisationId, u32>,
    /// Those that a row may be: the answer is awaited.
    asked_about: HashSet<OrganisationId>,
}

/// A row on its way into the plan.
struct Row {
    file: usize,
    sheet: Arc<str>,
    number: u32,
    name: String,
    kind: Option<OrganisationKind>,
    /// Whether a column says so, not the name alone.
    is_kind_written: bool,
    parent: Option<String>,
    set: BTreeMap<&'static str, String>,
    /// What else the row says.
    kept: Vec<Kept<OrganisationField>>,
    found: Found,
    above: Option<Above>,
}

/// Which organisation of the workbook a row is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    None,
    One(OrganisationId),
    /// The answer is awaited, or the row is the same as one before.
    Waiting,
    Broken,
}

impl Planner<'_> {
    fn take(&mut self, file: usize, reading: RosterReading) {
        let RosterReading { organisations, columns, .. } = reading;
        let Listed { rows, .. } = organisations;
        for column in columns.iter().filter(|column| column.meaning == ColumnMeaning::Extra) {
            if named_field(&column.head).is_none() && !self.plan.remark_columns.contains(&column.head) {
                self.plan.remark_columns.push(Arc::clone(&column.head));
            }
        }
        let kind = ColumnMeaning::Field(ColumnField::of(OrganisationField::Kind));
        for row in rows {
            let is_kind_column =
                |sheet: &str| columns.iter().any(|column| *column.sheet == *sheet && column.meaning == kind);
            let is_kind_written = is_kind_column(&row.sheet);
            let row = self.row_of(file, row, is_kind_written);
            self.rows.push(row);
        }
    }

    fn row_of(&mut self, file: usize, row: RosterRow<OrganisationField>, is_kind_written: bool) -> Row {
        let text = |field| row.values.get(&field).map(Value::text);
        let name = text(OrganisationField::Name).unwrap_or_default();
        let kind = text(OrganisationField::Kind).and_then(|label| OrganisationKind::from_label(&label));
        let parent = text(OrganisationField::Parent);
        let told = row.values.iter().filter(|(field, _)| {
            !matches!(
                field,
                OrganisationField::Name
                    | OrganisationField::Kind
                    | OrganisationField::Parent
                    | OrganisationField::MembersTold
            )
        });
        let told = told.map(|(field, value)| (field.name(), value.text()));
        let extra = row.extra.iter().filter_map(|(head, text)| Some((named_field(head)?, text.clone())));
        let told: Vec<_> = told.chain(extra).collect();
        let of_no_field = row.extra.iter().filter(|(head, _)| named_field(head).is_none());
        let mut kept: Vec<_> = of_no_field.map(|(head, text)| as_written(head, text)).collect();
        kept.extend(row.kept);
        let is_short = name.chars().count() <= LONGEST_NAME;
        let found = if name.is_empty() || !is_short { Found::Broken } else { Found::None };
        let (sheet, number) = (row.sheet, row.row);
        let mut made = Row {
            file,
            sheet,
            number,
            name,
            kind,
            is_kind_written,
            parent,
            set: BTreeMap::new(),
            kept,
            found,
            above: None,
        };
        if !is_short {
            self.problem(&made, OrganisationField::Name.name(), "misfit", "党组织名称太长（不超过 200 字），没有写入");
        }
        for (field, value) in told {
            let draft = OrganisationDraft(BTreeMap::from([(field.to_owned(), Some(value.clone()))]));
            match draft.fault() {
                None => drop(made.set.insert(field, value)),
                Some(fault) => {
                    self.problem(&made, field, "misfit", &format!("{fault}，没有写入这一栏"));
                    let label = organisation_field_label(field).unwrap_or(field);
                    made.kept.push(as_written(label, &value));
                }
            }
        }
        made
    }

    fn problem(&mut self, row: &Row, field: &str, code: &'static str, sentence: &str) {
        self.plan.problems.push(PlannedProblem {
            file: row.file,
            sheet: Arc::clone(&row.sheet),
            row: row.number,
            field: field.to_owned(),
            code,
            sentence: sentence.to_owned(),
        });
    }

    fn problem_at(&mut self, place: usize, field: OrganisationField, code: &'static str, sentence: &str) {
        let row = &self.rows[place];
        let problem = PlannedProblem {
            file: row.file,
            sheet: Arc::clone(&row.sheet),
            row: row.number,
            field: field.name().to_owned(),
            code,
            sentence: sentence.to_owned(),
        };
        self.plan.problems.push(problem);
    }

    /// Which organisation of the workbook each row is.
    fn match_rows(&mut self) {
        let mut new_names: HashSet<(String, String)> = HashSet::new();
        for place in 0..self.rows.len() {
            if self.rows[place].found == Found::Broken {
                continue;
            }
            let found = self.find(place);
            let row = &self.rows[place];
            let number = row.number;
            let is_double = match found {
                Found::One(id) => self.taken.insert(id, number).is_some(),
                Found::None => {
                    let parent = row.parent.as_deref().map(branch_key).unwrap_or_default();
                    !new_names.insert((parent, branch_key(&row.name)))
                }
                Found::Waiting | Found::Broken => false,
            };
            if is_double {
                self.tell_double(place);
            }
            self.rows[place].found = if is_double { Found::Waiting } else { found };
        }
    }

    /// One of the workbook is not closed by a list: whoever closes it sees first who is still in it.
    fn leave_open(&mut self) {
        for place in 0..self.rows.len() {
            let Found::One(id) = self.rows[place].found else { continue };
            let held = self.held.tree.get(id).and_then(|node| node.closed).map(|date| date.to_string());
            let told = self.rows[place].set.get("closed").cloned();
            if told.is_none() || told == held {
                continue;
            }
            let row = &mut self.rows[place];
            for (field, text) in row.set.extract_if(.., |field, _| field.starts_with("closed")) {
                row.kept.push(as_written(organisation_field_label(field).unwrap_or(field), &text));
            }
            let row = &self.rows[place];
            self.plan.problems.push(PlannedProblem {
                file: row.file,
                sheet: Arc::clone(&row.sheet),
                row: row.number,
                field: "撤销时间".to_owned(),
                code: "closing_left",
                sentence: "没有写入；撤销请在党组织页面办理".to_owned(),
            });
        }
    }

    /// What a row says besides values goes into the remark.
    fn keep_words(&mut self) {
        for place in 0..self.rows.len() {
            let row = &self.rows[place];
            let node = match row.found {
                Found::One(id) => self.held.tree.get(id),
                _ => None,
            };
            let held = node.and_then(|node| node.remark.as_deref()).unwrap_or_default();
            let told = row.set.get("remark").map(String::as_str);
            let has_value = |field: OrganisationField| {
                row.set.contains_key(field.name()) || node.is_some_and(|node| !held_text(node, field.name()).is_empty())
            };
            let remark = remark_of(held, told, &row.kept, has_value);
            let draft = OrganisationDraft(BTreeMap::from([("remark".to_owned(), Some(remark.clone()))]));
            if draft.fault().is_some() {
                self.problem_at(place, OrganisationField::Remark, "misfit", "备注里放不下原表的其他栏目，没有写入");
            } else if !remark.is_empty() {
                self.rows[place].set.insert("remark", remark);
            }
        }
    }

    /// The same organisation twice in the file: the later row waits.
    fn tell_double(&mut self, place: usize) {
        let row = &self.rows[place];
        let is_told = self.plan.problems.iter().any(|problem| {
            (problem.file, problem.row) == (row.file, row.number)
                && problem.sheet == row.sheet
                && problem.code == Trouble::Duplicate.code()
        });
        if !is_told {
            self.problem_at(place, OrganisationField::Name, Trouble::Duplicate.code(), DOUBLE);
        }
    }

    fn find(&mut self, place: usize) -> Found {
        let tree = self.held.tree;
        let row = &self.rows[place];
        match self.held.options.answers.organisation(row.file, &row.sheet, row.number) {
            Some(Some(id)) if tree.get(id).is_some() => return Found::One(id),
            Some(None) => return Found::None,
            _ => {}
        }
        if let Some(code) = row.set.get("code") {
            let mut same = tree.all().filter(|node| node.code.as_deref() == Some(code));
            if let (Some(one), None) = (same.next(), same.next()) {
                return Found::One(one.id);
            }
        }
        let candidates = self.named_like(row);
        match candidates[..] {
            [] => Found::None,
            [one] => Found::One(one.id),
            _ => {
                let choices: Vec<_> = candidates.iter().map(|node| (node.id, tree.path(node.id))).collect();
                self.asked_about.extend(choices.iter().map(|(id, _)| *id));
                self.ask_which(place, choices);
                Found::Waiting
            }
        }
    }

    /// Organisations of the workbook with the name of a row, below the same parent where that is told.
    fn named_like(&self, row: &Row) -> Vec<&Organisation> {
        let tree = self.held.tree;
        let day = self.plan.roster_day;
        let is_group = row.kind == Some(OrganisationKind::Group);
        let key = branch_key(&row.name);
        let is_named = |node: &Organisation, key: &str| {
            branch_key(&node.name) == key || node.short_name.as_deref().map(branch_key).as_deref() == Some(key)
        };
        let in_scope = tree.within(self.held.options.scope);
        let named = in_scope.into_iter().filter(|node| {
            node.stands_on(day) && (node.kind == OrganisationKind::Group) == is_group && is_named(node, &key)
        });
        let named: Vec<&Organisation> = named.collect();
        let Some(parent) = row.parent.as_deref().map(branch_key) else { return named };
        let stands_below = |node: &&Organisation| {
            node.parent.and_then(|id| tree.get(id)).is_some_and(|above| is_named(above, &parent))
        };
        let below: Vec<&Organisation> = named.iter().copied().filter(stands_below).collect();
        if is_group || !below.is_empty() { below } else { named }
    }

    fn ask_which(&mut self, place: usize, choices: Vec<(OrganisationId, String)>) {
        let row = &self.rows[place];
        let (mut answers, mut labels): (Vec<String>, Vec<String>) =
            choices.into_iter().map(|(id, path)| (id.to_string(), path)).unzip();
        answers.push("new".into());
        labels.push("都不是，新建".into());
        self.plan.questions.push(OpenQuestion {
            file: row.file,
            sheet: Arc::clone(&row.sheet),
            row: row.number,
            beside: 0,
            about: QuestionAbout::Organisation,
            raw: row.name.clone(),
            choices: answers,
            labels,
        });
    }

    /// The rows as the plan has them, each with its class.
    fn finish(&mut self) {
        for row in std::mem::take(&mut self.rows) {
            let class = self.class_of(&row);
            let kind = row.kind.unwrap_or(OrganisationKind::Branch);
            let mut set = row.set;
            match &class {
                OrganisationClass::New { .. } => {
                    set.insert("name", row.name.clone());
                    set.insert("org_kind", kind.label().to_owned());
                }
                OrganisationClass::Changed { differences, .. } => {
                    if row.is_kind_written {
                        set.insert("org_kind", kind.label().to_owned());
                    }
                    set.insert("name", row.name.clone());
                    let is_told = |field: &str| {
                        differences.iter().any(|one| Some(one.label.as_str()) == organisation_field_label(field))
                    };
                    set.retain(|field, _| is_told(field));
                }
                _ => set.clear(),
            }
            self.plan.organisations.push(PlannedOrganisation {
                file: row.file,
                sheet: row.sheet,
                row: row.number,
                name: row.name,
                kind: row.kind,
                parent: row.parent,
                class,
                set,
            });
        }
    }
}

/// Characters of a name that the workbook keeps.
const LONGEST_NAME: usize = 200;
const DOUBLE: &str = "和前面的一行是同一个党组织";

fn as_written(head: &str, text: &str) -> Kept<OrganisationField> {
    Kept { head: head.into(), text: text.to_owned(), instead_of: None }
}

/// The field of an organisation that a head names as the program itself does.
fn named_field(head: &str) -> Option<&'static str> {
    ORGANISATION_FIELDS.iter().find(|(_, label)| *label == head).map(|(name, _)| *name)
}
