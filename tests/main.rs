//! All tests of the program, in one binary.

mod cells;
mod cli;
mod definitions;
mod difference;
mod filters;
mod history;
mod imports;
mod journal;
mod lists;
mod members;
mod paper;
mod rosters;
mod round_trip;
mod rules;
#[cfg(unix)]
mod storage;
mod stories;
mod support;
mod tidy;
mod upgrades;
mod workbook;
