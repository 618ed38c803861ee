//! Writes what was read as `<file name>.actual.json`, in the schema that careful clerks' readings are kept in.

use serde_json::{Map, Value as Json, json};

use super::reading::{Place, Question, RosterKind, RosterReading, RosterRow, RowProblem};
use crate::domain::lists::{Form, ListField, TalkField};
use crate::domain::values::Value;

/// The reading as JSON.
pub fn actual_json(reading: &RosterReading) -> Json {
    let (organisations, talks) = (&reading.organisations, &reading.talks);
    let list = if reading.kind == RosterKind::None { RosterKind::Members } else { reading.kind }.name();
    let (records, questions, problems) = match reading.kind {
        RosterKind::Members | RosterKind::None => listed(&reading.rows, &reading.questions, &reading.problems),
        RosterKind::Organisations => listed(&organisations.rows, &organisations.questions, &organisations.problems),
        RosterKind::Talks => listed(&talks.rows, &talks.questions, &talks.problems),
    };
    let skipped: Vec<Json> = reading
        .skipped
        .iter()
        .map(|skipped| json!({"sheet": *skipped.sheet, "row": skipped.row, "why": skipped.why.sentence()}))
        .collect();
    json!({
        "file": reading.file_name,
        "kind": reading.kind.name(),
        list: records,
        "questions": questions,
        "problems": problems,
        "skipped": skipped,
    })
}

/// Records, questions and problems of one kind of list.
fn listed<K: ListField>(
    rows: &[RosterRow<K>],
    questions: &[Question<K>],
    problems: &[RowProblem<K>],
) -> (Vec<Json>, Vec<Json>, Vec<Json>) {
    let question = |question: &Question<K>| {
        let choices: Vec<String> = question.choices.iter().map(Value::text).collect();
        json!({"sheet": *question.sheet, "row": question.row, "field": question.field.name(), "raw": question.raw, "choices": choices})
    };
    let problem = |problem: &RowProblem<K>| {
        let field = match &problem.place {
            Place::Row => "",
            Place::Field(field) => field.name(),
            Place::Extra(head) => head,
        };
        json!({"sheet": *problem.sheet, "row": problem.row, "field": field, "code": problem.trouble.code()})
    };
    (
        rows.iter().map(record).collect(),
        questions.iter().map(question).collect(),
        problems.iter().map(problem).collect(),
    )
}

fn record<K: ListField>(row: &RosterRow<K>) -> Json {
    let mut values: Map<String, Json> =
        row.values.iter().map(|(field, value)| (field.name().to_owned(), value_json(*field, value))).collect();
    let mut extra: Map<String, Json> =
        row.extra.iter().map(|(head, text)| (head.to_string(), Json::String(text.clone()))).collect();
    if K::KIND == RosterKind::Talks {
        tell_type_as_topic(&mut values, &mut extra);
    }
    let mut record = json!({"sheet": *row.sheet, "row": row.row, "values": values});
    if !extra.is_empty() {
        record["extra"] = Json::Object(extra);
    }
    record
}

/// Clerks have one field for 谈话类型 and 谈话主题: a type beside a topic is told under its head.
fn tell_type_as_topic(values: &mut Map<String, Json>, extra: &mut Map<String, Json>) {
    let Some(told) = values.remove(TalkField::Kind.name()) else { return };
    if values.contains_key(TalkField::Topic.name()) {
        extra.insert(TalkField::Kind.label().to_owned(), told);
    } else {
        values.insert(TalkField::Topic.name().to_owned(), told);
    }
}

/// A value: a list of names, a number, or text.
fn value_json<K: ListField>(field: K, value: &Value) -> Json {
    let text = value.text();
    match field.form() {
        Form::Names => text.split('、').collect(),
        Form::Number => text.parse::<u32>().map_or(Json::String(text), Json::from),
        Form::Text => Json::String(text),
    }
}
