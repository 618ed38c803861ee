//! Scores what the program read in a roster against what a careful clerk reads: a port of `score.py` beside the
//! corpus, with the same rules.

use std::collections::{BTreeMap, BTreeSet};

use branchdesk::domain::organisations::branch_key;
use serde_json::Value as Json;
use unicode_normalization::UnicodeNormalization as _;

/// Fields whose white space and width do not count.
const FREE_TEXT: [&str; 22] = [
    "education_text",
    "degree",
    "school",
    "native_place",
    "birthplace",
    "unit",
    "job",
    "title",
    "occupation",
    "address",
    "introducers",
    "remark",
    "honours",
    "group",
    "party_post",
    "place",
    "topic",
    "content",
    "mode",
    "measures",
    "float_place",
    "status",
];
const BRANCH_LIKE: [&str; 3] = ["branch", "parent", "short_name"];
/// Problems that are about a row, wherever in it they are told.
const ROW_CODES: [&str; 5] = ["duplicate", "columns_shifted", "name_missing", "total_mismatch", "encoding_broken"];
const DATES: [&str; 7] = ["joined", "full", "birth", "work_start", "applied", "activist", "candidate"];

/// What came of a file.
#[derive(Debug, Default)]
pub struct Score {
    pub faults: Vec<String>,
    /// Wrong values with no problem and no question on their cell.
    pub silent: usize,
}

/// A cell: sheet, row, field.
type Cell = (String, i64, String);

/// Compares two readings.
pub fn score(expected: &Json, actual: &Json) -> Score {
    let mut score = Score::default();
    let list = match text(expected, "kind").as_str() {
        "talks" => "talks",
        "organisations" => "organisations",
        _ => "members",
    };
    if expected["kind"] != actual["kind"] {
        score.faults.push(format!("kind {}, expected {}", actual["kind"], expected["kind"]));
    }
    let nothing = Vec::new();
    let actual_records = if expected["kind"] == actual["kind"] { items(actual, list) } else { &nothing };
    let (pairs, missing, surplus) = paired(items(expected, list), actual_records);
    score.faults.extend(missing.iter().map(|record| format!("row {} missing", place(record))));
    score.faults.extend(surplus.iter().map(|record| format!("row {} is no record", place(record))));
    let told: Vec<&Json> = items(actual, "problems").iter().chain(items(actual, "questions")).collect();
    let flagged: BTreeSet<Cell> = told.iter().map(|item| cell(item)).collect();
    for (wanted, got) in pairs {
        compare(wanted, got, &flagged, &mut score);
    }
    report(expected, list, &flagged, &mut score);
    score
}

fn items<'a>(reading: &'a Json, list: &str) -> &'a Vec<Json> {
    static NONE: Vec<Json> = Vec::new();
    reading[list].as_array().unwrap_or(&NONE)
}

fn text(item: &Json, key: &str) -> String {
    item[key].as_str().unwrap_or_default().to_owned()
}

fn cell(item: &Json) -> Cell {
    (text(item, "sheet"), item["row"].as_i64().unwrap_or(-1), text(item, "field"))
}

fn place(record: &Json) -> String {
    format!("{}!{} {}", text(record, "sheet"), record["row"], record["values"]["name"])
}

/// By sheet and row, then what is left by name.
fn paired<'a>(expected: &'a [Json], actual: &'a [Json]) -> (Vec<(&'a Json, &'a Json)>, Vec<&'a Json>, Vec<&'a Json>) {
    let at = |record: &Json| (text(record, "sheet"), record["row"].as_i64());
    let mut left: Vec<&Json> = actual.iter().collect();
    let mut pairs = Vec::new();
    let mut rest = Vec::new();
    for wanted in expected {
        match left.iter().position(|got| at(got) == at(wanted)) {
            Some(index) => pairs.push((wanted, left.remove(index))),
            None => rest.push(wanted),
        }
    }
    let name = |record: &Json| canon("name", &record["values"]["name"]);
    let mut missing = Vec::new();
    for wanted in rest {
        match left.iter().position(|got| name(got) == name(wanted) && wanted["values"]["name"].is_string()) {
            Some(index) => pairs.push((wanted, left.remove(index))),
            None => missing.push(wanted),
        }
    }
    (pairs, missing, left)
}

fn squeeze(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// The form in which values are compared.
fn canon(field: &str, value: &Json) -> String {
    if let Some(list) = value.as_array() {
        let mut names: Vec<String> = list.iter().filter_map(Json::as_str).map(squeeze).collect();
        names.sort();
        return names.join("|");
    }
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if BRANCH_LIKE.contains(&field) || (field == "name" && text.contains("支部")) {
        return branch_key(&text);
    }
    if FREE_TEXT.contains(&field) || field.starts_with("extra:") { squeeze(&text) } else { text }
}

/// All values of a record, extras under `extra:`.
fn flat(record: &Json) -> BTreeMap<String, Json> {
    let mut out = BTreeMap::new();
    for (key, prefix) in [("values", ""), ("extra", "extra:")] {
        for (field, value) in record[key].as_object().into_iter().flatten() {
            let is_empty = value.is_null() || value == "" || value.as_array().is_some_and(Vec::is_empty);
            if !is_empty {
                let field = if prefix.is_empty() { field.clone() } else { format!("{prefix}{}", squeeze(field)) };
                out.insert(field, value.clone());
            }
        }
    }
    out
}

fn compare(wanted: &Json, got: &Json, flagged: &BTreeSet<Cell>, score: &mut Score) {
    let (expected, actual) = (flat(wanted), flat(got));
    let unscored: Vec<&str> = items(wanted, "unscored").iter().filter_map(Json::as_str).collect();
    let fields: BTreeSet<&String> = expected.keys().chain(actual.keys()).collect();
    for field in fields {
        let head = field.split(':').next().unwrap_or_default();
        if unscored.contains(&field.as_str()) || unscored.contains(&head) {
            continue;
        }
        let (want, have) = (expected.get(field), actual.get(field));
        if let (Some(want), Some(have)) = (want, have)
            && canon(field, want) == canon(field, have)
        {
            continue;
        }
        let bare = field.strip_prefix("extra:").unwrap_or(field);
        let told = flagged.contains(&(text(got, "sheet"), got["row"].as_i64().unwrap_or(-1), bare.to_owned()));
        let is_silent = have.is_some() && !told;
        score.silent += usize::from(is_silent);
        let mark = if is_silent { "  SILENT" } else { "" };
        score.faults.push(format!("{} {field}: {have:?}, expected {want:?}{mark}", place(got)));
    }
}

/// Every expected problem and question is told, and not much else.
fn report(expected: &Json, list: &str, flagged: &BTreeSet<Cell>, score: &mut Score) {
    let wanted: Vec<&Json> = items(expected, "problems").iter().chain(items(expected, "questions")).collect();
    let rows: BTreeSet<(&str, i64)> = flagged.iter().map(|(sheet, row, _)| (sheet.as_str(), *row)).collect();
    let mut known: BTreeSet<Cell> = BTreeSet::new();
    let mut tolerated: BTreeSet<(String, i64)> = BTreeSet::new();
    for item in wanted {
        let (sheet, row, field) = cell(item);
        let code = text(item, "code");
        let is_of_row = ROW_CODES.contains(&code.as_str());
        let on = |field: &str| flagged.contains(&(sheet.clone(), row, field.to_owned()));
        let is_told = match code.as_str() {
            _ if is_of_row => rows.contains(&(sheet.as_str(), row)),
            "id_birth" => on(&field) || on("birth"),
            "id_sex" => on(&field) || on("sex"),
            "date_order" => on(&field) || DATES.iter().any(|date| on(date)),
            _ => on(&field),
        };
        if !is_told {
            score.faults.push(format!(
                "{sheet}!{row} {field}: {} not reported",
                if code.is_empty() { "question" } else { &code }
            ));
        }
        if is_of_row || matches!(code.as_str(), "id_birth" | "id_sex" | "date_order") {
            tolerated.insert((sheet.clone(), row));
        }
        known.insert((sheet, row, field));
    }
    let alarms: Vec<&Cell> = flagged
        .iter()
        .filter(|cell| !known.contains(*cell) && !tolerated.contains(&(cell.0.clone(), cell.1)))
        .collect();
    let allowed = (items(expected, list).len() * 5 / 100).max(1);
    if alarms.len() > allowed {
        score.faults.push(format!("{} false alarms (allowed {allowed}), first {:?}", alarms.len(), alarms[0]));
    }
}
