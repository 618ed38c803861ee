//! An import: a whole plan as one entry.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::drafts::Checked;
use super::ledger::Stamp;
use super::members::{self, EndMembership, Leaving, Places};
use super::organisations::{STEP, write_organisations};
use super::talks::write_talks;
use super::{Made, title};
use crate::domain::dates::{PartialDate, Span};
use crate::domain::fields::{FactKind, Home, Known};
use crate::domain::ids::{ExtraFieldId, FactId, OrganisationId, PersonId};
use crate::domain::imports::{BranchRef, GoneDecision, ImportPlan, PlannedRow, RosterKind, RowClass};
use crate::domain::members::{Fact, Person, PersonFile};
use crate::domain::organisations::Organisation;
use crate::domain::values::Value;
use crate::problem::{Problem, ProblemKind, Result};
use crate::store::book::Book;
use crate::store::members::ExtraField;
use crate::store::{journal, members as table, organisations, workbook::Title};

/// Writes what a plan shows. Refused if the workbook has moved on since the plan was made.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportRoster {
    pub plan: ImportPlan,
}

/// Rows between two reports of progress.
const STRIDE: u64 = 256;

impl ImportRoster {
    pub(super) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let mut plan = self.plan;
        if journal::head(book.reader())? != plan.against {
            return Err(
                Problem::new(ProblemKind::Conflict, "没有导入", "预览之后工作簿又有改动").next("请重新预览，再写入")
            );
        }
        let counts = plan.counts();
        let branches = make_branches(book, &plan)?;
        write_organisations(book, &plan, &branches, stamp)?;
        let extras = make_extra_fields(book, &plan)?;
        let mut places = Places::default();
        let roster_day = PartialDate::of_day(plan.roster_day);
        book.progress().stage("导入", plan.rows.len() as u64)?;
        for (row, nth) in std::mem::take(&mut plan.rows).into_iter().zip(0_u64..) {
            if nth % STRIDE == 0 {
                book.progress().step(nth)?;
            }
            let branch = |branch: BranchRef| match branch {
                BranchRef::There(id) => id,
                BranchRef::New(place) => branches[place],
            };
            let is_refused = matches!(row.class, RowClass::Changed { .. }) && !row.changes_something();
            if is_refused {
                continue;
            }
            let PlannedRow { name, class, values, extras: more, .. } = row.accepted();
            let checked = checked(values, more, &extras);
            match class {
                RowClass::New { branch: target } => {
                    let person = Person::new(PersonId(book.new_id()), &name);
                    let file = PersonFile { person, facts: Vec::new(), extras: Default::default() };
                    members::write_new(book, &mut places, file, branch(target), &checked, plan.roster_day)?;
                }
                RowClass::Changed { person, branch: moved, .. } => {
                    let seen = members::require_file(book, person)?;
                    let seen = match moved {
                        Some(target) => move_to(book, &mut places, &seen, branch(target), &checked, roster_day)?,
                        None => seen,
                    };
                    change(book, &mut places, &seen, &checked, roster_day)?;
                }
                RowClass::Same { .. } | RowClass::Waiting | RowClass::Broken => {}
            }
        }
        write_talks(book, std::mem::take(&mut plan.talks), stamp)?;
        leave(book, &plan, stamp)?;
        Ok((title(heading(&plan, counts.new, counts.changed)), Made(None)))
    }
}

/// 「导入党员 312 人：花名册.xlsx」「导入党组织 12 个：党组织名册.xlsx」「导入谈话 24 次：台账.xlsx」
/// 「导入 花名册.xlsx：新增 3 人，变更 5 人，去世 1 人」
fn heading(plan: &ImportPlan, new: usize, changed: usize) -> String {
    let files = match &plan.file_names[..] {
        [one] => one.clone(),
        [first, ..] => format!("{first} 等 {} 个文件", plan.file_names.len()),
        [] => String::new(),
    };
    if plan.kind == RosterKind::Organisations {
        let made = plan.new_branches.len();
        let more = if made > 0 { format!("，另建上级 {made} 个") } else { String::new() };
        return match changed {
            0 => format!("导入党组织 {new} 个{more}：{files}"),
            _ => format!("导入 {files}：新增 {new} 个党组织，变更 {changed} 个{more}"),
        };
    }
    if plan.kind == RosterKind::Talks {
        return match changed {
            0 => format!("导入谈话 {new} 次：{files}"),
            _ => format!("导入 {files}：新增谈话 {new} 次，补全 {changed} 次"),
        };
    }
    let (transferred, died) = plan.leaving();
    if (changed, transferred, died) == (0, 0, 0) {
        return format!("导入党员 {new} 人：{files}");
    }
    let mut words = format!("导入 {files}：新增 {new} 人，变更 {changed} 人");
    for (how, count) in [("转出", transferred), ("去世", died)] {
        if count > 0 {
            words.push_str(&format!("，{how} {count} 人"));
        }
    }
    words
}

fn make_branches(book: &mut Book<'_>, plan: &ImportPlan) -> Result<Vec<OrganisationId>> {
    let tree = organisations::tree(book.reader())?;
    let mut last: HashMap<Option<OrganisationId>, i64> = HashMap::new();
    let mut made = Vec::new();
    for branch in &plan.new_branches {
        let id = OrganisationId(book.new_id());
        let position = last
            .entry(branch.parent)
            .or_insert_with(|| tree.children(branch.parent).map(|node| node.position).max().unwrap_or(0));
        *position += STEP;
        let mut node = Organisation::new(id, branch.parent, branch.kind, &branch.name);
        node.position = *position;
        book.insert(&node)?;
        made.push(id);
    }
    Ok(made)
}

fn make_extra_fields(book: &mut Book<'_>, plan: &ImportPlan) -> Result<HashMap<String, ExtraFieldId>> {
    let seen = table::extra_fields(book.reader())?;
    let mut position = seen.iter().map(|field| field.position).max().unwrap_or(0);
    let mut fields: HashMap<String, ExtraFieldId> = seen.into_iter().map(|field| (field.label, field.id)).collect();
    for label in &plan.new_extra_fields {
        if !fields.contains_key(&**label) {
            position += STEP;
            let id = ExtraFieldId(book.new_id());
            book.insert(&ExtraField::text(id, label.to_string(), position))?;
            fields.insert(label.to_string(), id);
        }
    }
    Ok(fields)
}

fn checked(
    values: BTreeMap<Known, Value>,
    more: Vec<(Arc<str>, String)>,
    extras: &HashMap<String, ExtraFieldId>,
) -> Checked {
    let known = values.into_iter().filter(|(key, _)| *key != Known::Branch);
    let more = more.into_iter().filter_map(|(label, value)| Some((*extras.get(&*label)?, Some(value))));
    Checked { known: known.map(|(key, value)| (key, Some(value))).collect(), extras: more.collect() }
}

/// A branch that the roster tells otherwise is 变更 on the roster day, or on the day of transfer where it is told.
fn move_to(
    book: &mut Book<'_>,
    places: &mut Places,
    seen: &PersonFile,
    target: OrganisationId,
    checked: &Checked,
    roster_day: PartialDate,
) -> Result<PersonFile> {
    let on = match checked.known.get(&Known::TransferIn) {
        Some(Some(Value::Date(date))) => *date,
        _ => roster_day,
    };
    members::end_all(book, seen, on, &[FactKind::Membership, FactKind::Group, FactKind::Post])?;
    if seen.status_on(on.first_day()).is_some_and(crate::domain::members::status_ends_membership) {
        members::end_all(book, seen, on, &[FactKind::Status])?;
    }
    let membership = Fact {
        id: FactId(book.new_id()),
        person: seen.person.id,
        kind: FactKind::Membership,
        organisation: Some(target),
        value: None,
        place: None,
        span: Span { from: Some(on), to: None },
        position: Some(places.next_position(book, target)?),
    };
    book.insert(&membership)?;
    members::require_file(book, seen.person.id)
}

/// Facts that were recorded before change from the roster day; what is told for the first time has no known start.
fn change(
    book: &mut Book<'_>,
    places: &mut Places,
    seen: &PersonFile,
    checked: &Checked,
    roster_day: PartialDate,
) -> Result<()> {
    let recorded = |key: &Known| match key.spec().home {
        Home::Fact(FactKind::Membership) => false,
        Home::Fact(kind) => seen.facts.iter().any(|fact| fact.kind == kind),
        Home::Person | Home::Derived => false,
    };
    let (changed, first): (Vec<_>, Vec<_>) = checked.known.clone().into_iter().partition(|(key, _)| recorded(key));
    let day = roster_day.first_day();
    let first = Checked { known: first.into_iter().collect(), extras: checked.extras.clone() };
    members::edit_one(book, places, seen, &first, None, day)?;
    if changed.is_empty() {
        return Ok(());
    }
    let seen = members::require_file(book, seen.person.id)?;
    let changed = Checked { known: changed.into_iter().collect(), ..Checked::default() };
    members::edit_one(book, places, &seen, &changed, Some(roster_day), day)
}

/// Those in no row, as decided.
fn leave(book: &mut Book<'_>, plan: &ImportPlan, stamp: &Stamp) -> Result<()> {
    for gone in &plan.gone {
        let (how, on) = match gone.decision {
            GoneDecision::Keep => continue,
            GoneDecision::TransferredOut(on) => (Leaving::TransferredOut, on),
            GoneDecision::Died(on) => (Leaving::Died, on),
        };
        EndMembership { ids: vec![gone.person], how, on, place: None, reason: None }.apply(book, stamp)?;
    }
    Ok(())
}
