//! Writes what was read as `<file name>.actual.json`, in the schema that careful clerks' readings are kept in.

use serde_json::{Map, Value as Json, json};

use super::reading::{Place, RosterKind, RosterReading, RosterRow};

/// The reading as JSON.
pub fn actual_json(reading: &RosterReading) -> Json {
    let kind = match reading.kind {
        RosterKind::Members => "members",
        RosterKind::None => "none",
    };
    let questions: Vec<Json> = reading
        .questions
        .iter()
        .map(|question| {
            let choices: Vec<String> = question.choices.iter().map(|choice| choice.text()).collect();
            json!({"sheet": *question.sheet, "row": question.row, "field": question.field.spec().name, "raw": question.raw, "choices": choices})
        })
        .collect();
    let problems: Vec<Json> = reading
        .problems
        .iter()
        .map(|problem| {
            let field = match &problem.place {
                Place::Row => "",
                Place::Field(field) => field.spec().name,
                Place::Extra(head) => head,
            };
            json!({"sheet": *problem.sheet, "row": problem.row, "field": field, "code": problem.trouble.code()})
        })
        .collect();
    let skipped: Vec<Json> = reading
        .skipped
        .iter()
        .map(|skipped| json!({"sheet": *skipped.sheet, "row": skipped.row, "why": skipped.why.sentence()}))
        .collect();
    json!({
        "file": reading.file_name,
        "kind": kind,
        "members": reading.rows.iter().map(member).collect::<Vec<_>>(),
        "questions": questions,
        "problems": problems,
        "skipped": skipped,
    })
}

fn member(row: &RosterRow) -> Json {
    let values: Map<String, Json> =
        row.values.iter().map(|(field, value)| (field.spec().name.to_owned(), Json::String(value.text()))).collect();
    let mut member = json!({"sheet": *row.sheet, "row": row.row, "values": values});
    if !row.extra.is_empty() {
        let extra: Map<String, Json> =
            row.extra.iter().map(|(head, text)| (head.to_string(), Json::String(text.clone()))).collect();
        member["extra"] = Json::Object(extra);
    }
    member
}
