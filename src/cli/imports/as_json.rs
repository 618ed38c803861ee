//! What an import would write, or wrote, in JSON.
//!
//! Start at [`as_json`].

use serde_json::{Value as Json, json};

use crate::command::Receipt;
use crate::domain::imports::{
    BranchRef, Difference, ImportPlan, ImportedTalk, OrganisationClass, PlannedOrganisation, PlannedRow, RowClass,
    TalkClass, TalkWaits,
};
use crate::exchange::import::{asked, asked_of_others};

pub(super) fn as_json(plan: &ImportPlan, receipt: Option<&Receipt>, dry_run: bool) -> Json {
    let counts = plan.counts();
    let file = |place: usize| plan.file_names.get(place).map_or("", String::as_str);
    let problems: Vec<Json> = plan
        .problems
        .iter()
        .map(|problem| {
            json!({
                "file": file(problem.file), "sheet": *problem.sheet, "row": problem.row, "field": problem.field,
                "code": problem.code, "sentence": problem.sentence,
            })
        })
        .collect();
    let people = plan.rows.iter().map(|row| row_json(row, file(row.file)));
    let organisations = plan.organisations.iter().map(|row| organisation_json(row, file(row.file)));
    let talks = plan.talks.iter().map(|row| talk_json(row, file(row.file)));
    let rows: Vec<Json> = people.chain(organisations).chain(talks).collect();
    let gone: Vec<Json> = plan
        .gone
        .iter()
        .map(|gone| json!({ "person": gone.person, "name": gone.name, "branch_id": gone.branch }))
        .collect();
    let gone_organisations = plan.gone_organisations.iter();
    let gone_organisations: Vec<Json> =
        gone_organisations.map(|gone| json!({ "organisation": gone.id, "name": gone.name })).collect();
    let branches: Vec<Json> = plan
        .new_branches
        .iter()
        .map(|branch| json!({ "name": branch.name, "org_kind": branch.kind.label(), "parent_id": branch.parent }))
        .collect();
    let groups: Vec<Json> = plan
        .new_groups
        .iter()
        .map(|group| match group.branch {
            BranchRef::There(id) => json!({ "name": group.name, "branch_id": id }),
            BranchRef::New(place) => json!({ "name": group.name, "branch": plan.new_branches[place].name }),
        })
        .collect();
    json!({
        "files": plan.file_names,
        "kind": plan.kind.name(),
        "talks": plan.talks.len(),
        "not_members": plan.not_members,
        "remark_columns": plan.remark_columns.iter().map(|head| &**head).collect::<Vec<&str>>(),
        "roster_columns": plan.roster_columns.iter().map(|head| &**head).collect::<Vec<&str>>(),
        "dry_run": dry_run,
        "entry": receipt.and_then(|receipt| receipt.entry.as_ref()).map(|entry| entry.id),
        "title": receipt.map(|receipt| receipt.title.as_str()),
        "roster_day": plan.roster_day.to_string(),
        "counts": {
            "new": counts.new, "changed": counts.changed, "same": counts.same, "waiting": counts.waiting,
            "broken": counts.broken, "gone": counts.gone,
        },
        "new_branches": branches,
        "new_groups": groups,
        "new_fields": plan.new_extra_fields.iter().map(|label| &**label).collect::<Vec<&str>>(),
        "questions": asked(plan),
        "others": asked_of_others(plan),
        "problems": problems,
        "gone": gone,
        "gone_organisations": gone_organisations,
        "rows": rows,
    })
}

fn row_json(row: &PlannedRow, file: &str) -> Json {
    let (class, person, differences) = match &row.class {
        RowClass::New { .. } => ("new", None, None),
        RowClass::Changed { person, differences, .. } => ("changed", Some(person), Some(differences)),
        RowClass::Same { person } => ("same", Some(person), None),
        RowClass::Waiting => ("waiting", None, None),
        RowClass::Broken => ("broken", None, None),
    };
    let mut value = json!({ "file": file, "sheet": *row.sheet, "row": row.row, "name": row.name, "class": class });
    if row.beside > 0 {
        value["beside"] = json!(row.beside);
    }
    if let Some(why) = row.why {
        value["why"] = json!(why.words());
    }
    if let Some(person) = person {
        value["person"] = json!(person);
    }
    if let Some(differences) = differences {
        value["differences"] = differences_json(differences);
        value["kept"] = json!(row.refused);
    }
    value
}

fn organisation_json(row: &PlannedOrganisation, file: &str) -> Json {
    let (class, id, differences) = match &row.class {
        OrganisationClass::New { .. } => ("new", None, None),
        OrganisationClass::Changed { id, differences, .. } => ("changed", Some(id), Some(differences)),
        OrganisationClass::Same { id } => ("same", Some(id), None),
        OrganisationClass::Waiting => ("waiting", None, None),
        OrganisationClass::Broken => ("broken", None, None),
    };
    let mut value = json!({ "file": file, "sheet": *row.sheet, "row": row.row, "name": row.name, "class": class });
    if let Some(id) = id {
        value["organisation"] = json!(id);
    }
    if let Some(differences) = differences {
        value["differences"] = differences_json(differences);
    }
    value
}

fn talk_json(row: &ImportedTalk, file: &str) -> Json {
    let (class, id, differences) = match &row.class {
        TalkClass::New => ("new", None, None),
        TalkClass::Changed { id, differences } => ("changed", Some(id), Some(differences)),
        TalkClass::Same { id } => ("same", Some(id), None),
        TalkClass::Waiting(TalkWaits::Twice) => ("same", None, None),
        TalkClass::Waiting(_) => ("waiting", None, None),
        TalkClass::Broken => ("broken", None, None),
    };
    let mut value = json!({ "file": file, "sheet": *row.sheet, "row": row.row, "name": row.name, "class": class });
    if let TalkClass::Waiting(why) = row.class {
        value["why"] = json!(why.words());
    }
    if !row.meant.is_empty() {
        value["meant"] = json!(row.meant);
    }
    if let Some(id) = id {
        value["talk"] = json!(id);
    }
    if let Some(differences) = differences {
        // What was said stays out: the parts are named.
        let (filled_in, corrected): (Vec<&Difference>, Vec<&Difference>) =
            differences.iter().partition(|one| one.old.is_empty());
        let labels = |parts: Vec<&Difference>| parts.into_iter().map(|one| one.label.as_str()).collect::<Json>();
        value["filled_in"] = labels(filled_in);
        if !corrected.is_empty() {
            value["corrected"] = labels(corrected);
        }
    }
    value
}

fn differences_json(differences: &[Difference]) -> Json {
    differences
        .iter()
        .map(|one| json!({ "field": one.field, "label": one.label, "old": one.old, "new": one.new }))
        .collect()
}
