//! All tests of the program, in one binary.

mod cells;
mod cli;
mod definitions;
mod difference;
mod duplicates;
mod extra_fields;
mod filters;
mod history;
mod import_layouts;
mod import_questions;
mod import_remarks;
mod imports;
mod journal;
mod life;
mod lists;
mod members;
mod mutated;
mod office_forms;
mod organisation_lists;
mod organisation_rules;
mod organisations;
mod paper;
mod quality;
mod rosters;
mod round_trip;
mod rules;
mod statistics;
#[cfg(unix)]
mod storage;
mod stories;
mod support;
mod talks;
mod tidy;
mod upgrades;
mod upper_forms;
mod workbook;
