//! The words of the practice workbook, from `assets/practice`.

use serde::Deserialize;

use crate::problem::{Problem, Result};

/// The invented bureau.
#[derive(Debug, Deserialize)]
pub(super) struct Bureau {
    pub title: String,
    pub reporting_unit: String,
    pub prepared_by: String,
    pub checked_by: String,
    pub general_branch: String,
    /// When its committee was elected, so many days before today.
    pub general_elected_days_ago: i64,
    #[serde(rename = "branch")]
    pub branches: Vec<BureauBranch>,
}

/// One of its branches.
#[derive(Debug, Deserialize)]
pub(super) struct BureauBranch {
    pub name: String,
    pub unit: String,
    pub code: String,
    pub founded: String,
    /// When its committee was elected, so many days before today.
    pub elected_days_ago: i64,
    /// Members written down at first.
    pub entered: usize,
    /// Applicants and activists beside them.
    pub applicants: usize,
    /// Youngest and oldest.
    pub ages: (i64, i64),
    pub kind_of_work: String,
    pub groups: Vec<String>,
    /// Hands its roster in as a file.
    #[serde(default)]
    pub imported: bool,
    #[serde(default)]
    pub people: Vec<BureauPerson>,
}

/// Somebody who is always there.
#[derive(Debug, Deserialize)]
pub(super) struct BureauPerson {
    pub name: String,
    pub sex: String,
    pub birth: String,
    pub joined: String,
    pub post: Option<String>,
}

/// What people are made of.
#[derive(Debug, Deserialize)]
pub(super) struct Words {
    pub surnames: Vec<String>,
    pub men: Vec<String>,
    pub women: Vec<String>,
    /// A name and its nation.
    pub dotted: Vec<(String, String)>,
    pub nations: Vec<String>,
    pub native_places: Vec<String>,
    pub schools: Vec<String>,
    pub streets: Vec<String>,
    pub honours: Vec<String>,
    pub remarks: Vec<String>,
    pub hobbies: Vec<String>,
    pub float_places: Vec<String>,
    /// What is said in talks.
    pub talk_sentences: Vec<String>,
    /// Highest first.
    pub education: Vec<EducationWords>,
    pub work: Vec<WorkWords>,
}

/// How a level is written.
#[derive(Debug, Deserialize)]
pub(super) struct EducationWords {
    pub band: String,
    pub written: Vec<String>,
    /// Of people past 66 only.
    #[serde(default)]
    pub older: Vec<String>,
    pub degree: String,
}

/// What people of a kind of work do.
#[derive(Debug, Deserialize)]
pub(super) struct WorkWords {
    pub kind: String,
    pub jobs: Vec<String>,
    pub titles: Vec<String>,
    pub occupation: String,
}

pub(super) fn bureau() -> Result<Bureau> {
    toml::from_str(include_str!("../../../assets/practice/bureau.toml")).map_err(damaged)
}

pub(super) fn words() -> Result<Words> {
    toml::from_str(include_str!("../../../assets/practice/words.toml")).map_err(damaged)
}

fn damaged(error: toml::de::Error) -> Problem {
    Problem::fault(error.to_string())
}
